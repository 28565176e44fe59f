import { admits, keyAdmits, placeOf, Request, textsOf } from './request';
import { roleAllows, roleTrusts } from './roles';
import { trap } from './trap';
import { all, any, applies, Evaluation, Property, ResourceReader, Truth, when } from '../../../src/rules/kernel';

const LOG_GROUP = 'AWS::Logs::LogGroup';

function groupArns(group: ResourceReader): string[] {
  const { account, region } = placeOf(group.resource);
  const arn = (name: string): string => `arn:aws:logs:${region}:${account}:log-group:${name}`;
  return textsOf(group, [], arn, 'LogGroupName');
}

/** Service principal and actions: CloudWatch Logs user guide, "Encrypt log data in CloudWatch Logs using AWS KMS". */
function logsWith(group: ResourceReader): Request {
  const { account, region } = placeOf(group.resource);
  return {
    service: [`logs.${region}.amazonaws.com`, 'logs.amazonaws.com'],
    actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncryptFrom', 'kms:ReEncryptTo', 'kms:GenerateDataKey', 'kms:DescribeKey'],
    keys: { 'kms:encryptioncontext:aws:logs:arn': groupArns(group), 'aws:sourceaccount': [account], 'aws:sourcearn': groupArns(group) },
  };
}

/** A policy of CloudWatch Logs, or a custom resource that may set one, lets a service write into a group. */
function resourcePolicyAdmits(group: Property, model: Evaluation, service: 'es.amazonaws.com' | 'route53.amazonaws.com'): Truth {
  const target = group.target();
  if (target?.type !== LOG_GROUP) return Truth.YES;
  const { account, region } = placeOf(target.resource);
  const on = [...groupArns(target), ...groupArns(target).map((arn) => `${arn}:*`), ...groupArns(target).map((arn) => `${arn}:log-stream:x`), ...textsOf(target, ['Arn', 'LogGroupArn']), ...textsOf(target, ['Arn']).map((arn) => `${arn}:*`)];
  const source = service === 'es.amazonaws.com' ? `arn:aws:es:${region}:${account}:domain/x` : 'arn:aws:route53:::hostedzone/x';
  const request: Request = { service, actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], on, keys: { 'aws:sourceaccount': [account], 'aws:sourcearn': [source] } };
  return any([
    ...model.ofType('AWS::Logs::ResourcePolicy').map((policy) => admits(policy.get('PolicyDocument'), request)),
    ...model.ofType('Custom::CloudwatchLogResourcePolicy', 'Custom::AWS', 'AWS::CloudFormation::CustomResource').map(() => Truth.unknown('a custom resource may set the policy')),
  ]).because(`no AWS::Logs::ResourcePolicy lets ${service} write into ${target.logicalId}`);
}

const FLOW_LOG_DELIVERY = 'delivery.logs.amazonaws.com';

/** The names of what WAF logs to: AWS WAF developer guide, "Logging destinations". */
function wafDestination(place: Property, model: Evaluation): Truth {
  const target = place.target();
  const prefix = 'aws-waf-logs-';
  const named: Record<string, [string, string]> = {
    [LOG_GROUP]: ['LogGroupName', 'LogGroupArn'], 'AWS::S3::Bucket': ['BucketName', 'Arn'], 'AWS::KinesisFirehose::DeliveryStream': ['DeliveryStreamName', 'Arn'],
  };
  const star = Truth.no('its destination ends in ":*": WAF takes the ARN of a log group without it');
  if (target) {
    const [name, attribute] = named[target.type] ?? [];
    if (name === undefined) return Truth.no(`WAF cannot log to ${target.type}`);
    if (place.attribute !== attribute) return target.type === LOG_GROUP && place.attribute === 'Arn' ? star : Truth.no(`its destination is no ARN of ${target.logicalId}`);
    return target.get(name).startsWith(prefix).because(`its destination ${target.logicalId} must have a name that begins with ${prefix}`);
  }
  if (place.endsWith(':*').yes) return star;
  const group = model.resourceNamed(place, LOG_GROUP) ?? model.resourceNamed(place, 'AWS::S3::Bucket');
  const [name] = named[group?.type ?? ''] ?? [];
  if (group) return group.get(name).startsWith(prefix).because(`its destination ${group.logicalId} must have a name that begins with ${prefix}`);
  return place.matches(/:aws-waf-logs-[^:]*$|\/aws-waf-logs-[^:]*$/, `a name that begins with ${prefix}`);
}

export const LOG_TRAPS = [
  trap(LOG_GROUP, (group, model) => keyAdmits(group.get('KmsKeyId'), model, logsWith(group), 'it')),
  trap(LOG_GROUP, (group) => when(group.get('LogGroupClass').is('DELIVERY'), () => group.get('RetentionInDays').isAbsent().because('groups of the class DELIVERY take no retention'))),
  trap('AWS::EC2::FlowLog', (flow, model) => {
    const destination = flow.get('LogDestination');
    const bucket = model.resourceNamed(destination, 'AWS::S3::Bucket');
    if (flow.get('LogDestinationType').is('s3').yes) return bucket ? deliveredTo(bucket, model, flow) : Truth.YES;
    if (flow.get('LogDestinationType').is('kinesis-data-firehose').yes) return Truth.YES;
    const role = flow.get('DeliverLogsPermissionArn');
    return all(
      role.isPresent().because('it writes into a log group without a role: DeliverLogsPermissionArn'),
      roleTrusts(role, 'vpc-flow-logs.amazonaws.com'),
      roleAllows(role, model, ['logs:CreateLogStream', 'logs:PutLogEvents']),
    );
  }),
  trap('AWS::WAFv2::LoggingConfiguration', (logging, model) => logging.get('LogDestinationConfigs').every((item) => wafDestination(item, model))),
  trap(['AWS::OpenSearchService::Domain', 'AWS::Elasticsearch::Domain'], (domain, model) => all(...domain.get('LogPublishingOptions').entries().items
    .map(({ value }) => when(value.get('Enabled').isTrue(), () => resourcePolicyAdmits(value.get('CloudWatchLogsLogGroupArn'), model, 'es.amazonaws.com'))))),
  trap('AWS::Route53::HostedZone', (zone, model) => {
    const group = zone.get('QueryLoggingConfig.CloudWatchLogsLogGroupArn');
    return applies(group.isPresent(), 'it logs no queries', () => resourcePolicyAdmits(group, model, 'route53.amazonaws.com'));
  }),
];

/**
 * A bucket that receives logs of EC2 flow logs. Where no template sets a policy the delivery adds one of its own; a policy of a template takes
 * its place. (Amazon VPC user guide, "Amazon S3 bucket permissions for flow logs")
 */
function deliveredTo(bucket: ResourceReader, model: Evaluation, source: ResourceReader): Truth {
  const { account, region } = placeOf(source.resource);
  const keys = { 'aws:sourceaccount': [account], 'aws:sourcearn': [`arn:aws:logs:${region}:${account}:x`] };
  const arns = bucketTexts(bucket);
  const policies = model.referrers(bucket, 'AWS::S3::BucketPolicy', 'Bucket');
  const prefix = `/AWSLogs/${account}/vpcflowlogs`;
  return all(
    policies.length === 0 ? Truth.YES : any(policies.map((policy) => all(
      admits(policy.get('PolicyDocument'), { service: FLOW_LOG_DELIVERY, actions: ['s3:GetBucketAcl'], on: arns, keys }),
      any(['', '/prefix'].map((before) => admits(policy.get('PolicyDocument'), {
        service: FLOW_LOG_DELIVERY, actions: ['s3:PutObject'], on: arns.map((arn) => `${arn}${before}${prefix}/x`), keys: { ...keys, 's3:x-amz-acl': ['bucket-owner-full-control'] },
      }))),
    ))).because(`the policy of ${bucket.logicalId} does not let ${FLOW_LOG_DELIVERY} write`),
    keyAdmits(bucketKey(bucket), model, { service: FLOW_LOG_DELIVERY, actions: ['kms:GenerateDataKey', 'kms:Decrypt'], keys }, bucket.logicalId),
  );
}

/** The bucket by its ARN, as a policy may write it. */
export function bucketTexts(bucket: ResourceReader): string[] {
  return textsOf(bucket, ['Arn'], (name) => `arn:aws:s3:::${name}`, 'BucketName');
}

/** The place of the key that a bucket encrypts with. */
export function bucketKey(bucket: ResourceReader): Property {
  const [first] = bucket.get('BucketEncryption.ServerSideEncryptionConfiguration').list().items;
  return (first ?? bucket.get('BucketEncryption')).get('ServerSideEncryptionByDefault.KMSMasterKeyID');
}
