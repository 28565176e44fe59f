import { bucketKey, bucketTexts } from './logs';
import { admits, keyAdmits, placeOf, Request, textsOf } from './request';
import { roleAllows } from './roles';
import { trap } from './trap';
import { all, any, applies, Evaluation, not, Property, ResourceReader, Truth, when } from '../../../src/rules/kernel';
import { bucketNamed } from '../../../src/rules/shared/log-bucket';

const BUCKET = 'AWS::S3::Bucket';

function policyAdmits(bucket: ResourceReader, model: Evaluation, request: Request): Truth {
  return any(model.referrers(bucket, 'AWS::S3::BucketPolicy', 'Bucket').map((policy) => admits(policy.get('PolicyDocument'), request)));
}

function isUnderKms(bucket: ResourceReader): Truth {
  return bucket.get('BucketEncryption.ServerSideEncryptionConfiguration').some((item) => item.get('ServerSideEncryptionByDefault.SSEAlgorithm').includes('kms'));
}

/** The text of a property, to be a part of a longer one. */
function prefixOf(place: Property): string {
  const { scalar } = place;
  return scalar === undefined || scalar === '' ? '' : `${String(scalar).replace(/\/$/, '')}/`;
}

/** Amazon S3 user guide, "Enabling Amazon S3 server access logging" and "Troubleshoot server access logging". */
function serverAccessLogs(source: ResourceReader, model: Evaluation): Truth {
  const name = source.get('LoggingConfiguration.DestinationBucketName');
  const target = name.missing ? source : bucketNamed(name, model);
  if (!target) return Truth.YES;
  const { account } = placeOf(source.resource);
  const prefix = source.get('LoggingConfiguration.LogFilePrefix').scalar ?? '';
  const request: Request = {
    service: 'logging.s3.amazonaws.com', actions: ['s3:PutObject'], on: bucketTexts(target).map((arn) => `${arn}/${prefix}x`),
    keys: { 'aws:sourceaccount': [account], 'aws:sourcearn': bucketTexts(source) },
  };
  const to = `access logs are not delivered to ${target.logicalId}, `;
  return all(
    not(isUnderKms(target), `${to}which is encrypted by KMS`),
    not(target.get('ObjectLockConfiguration.Rule').isPresent(), `${to}which locks objects by default`),
    any([target.get('AccessControl').is('LogDeliveryWrite'), policyAdmits(target, model, request)]).because(`${to}whose policy does not let logging.s3.amazonaws.com write for the account`),
  );
}

/** AWS CloudTrail user guide, "Amazon S3 bucket policy for CloudTrail" and "Configure AWS KMS key policies for CloudTrail". */
function trail(resource: ResourceReader, model: Evaluation): Truth {
  const { account, region } = placeOf(resource.resource);
  const arns = textsOf(resource, ['Arn'], (name) => `arn:aws:cloudtrail:${region}:${account}:trail/${name}`, 'TrailName');
  const keys = { 'aws:sourcearn': arns, 'aws:sourceaccount': [account] };
  const service = 'cloudtrail.amazonaws.com';
  const bucket = bucketNamed(resource.get('S3BucketName'), model);
  const prefix = prefixOf(resource.get('S3KeyPrefix'));
  const key = resource.get('KMSKeyId');
  return all(
    keyAdmits(key, model, { service, actions: ['kms:DescribeKey'], keys }, 'it'),
    keyAdmits(key, model, { service, actions: ['kms:GenerateDataKey'], keys: { ...keys, 'kms:encryptioncontext:aws:cloudtrail:arn': arns } }, 'it'),
    ...bucket ? [
      policyAdmits(bucket, model, { service, actions: ['s3:GetBucketAcl'], on: bucketTexts(bucket), keys }).because(`the policy of ${bucket.logicalId} does not let ${service} do s3:GetBucketAcl`),
      policyAdmits(bucket, model, {
        service, actions: ['s3:PutObject'], on: bucketTexts(bucket).map((arn) => `${arn}/${prefix}AWSLogs/${account}/x`), keys: { ...keys, 's3:x-amz-acl': ['bucket-owner-full-control'] },
      }).because(`the policy of ${bucket.logicalId} does not let ${service} do s3:PutObject below ${prefix}AWSLogs/`),
    ] : [],
  );
}

/** Elastic Load Balancing user guides, "Access logs": who delivers, by the type of the load balancer. */
function loadBalancerLogs(balancer: ResourceReader, model: Evaluation, kind: string, bucketName: Property, prefix: Property): Truth {
  const bucket = bucketNamed(bucketName, model);
  if (!bucket) return Truth.YES;
  const { account, region } = placeOf(balancer.resource);
  const keys = { 'aws:sourceaccount': [account], 'aws:sourcearn': [`arn:aws:logs:${region}:${account}:x`], 's3:x-amz-acl': ['bucket-owner-full-control'] };
  const request: Request = {
    service: ['logdelivery.elasticloadbalancing.amazonaws.com', 'delivery.logs.amazonaws.com'], actions: ['s3:PutObject'],
    on: bucketTexts(bucket).map((arn) => `${arn}/${prefixOf(prefix)}AWSLogs/${account}/x`), keys,
  };
  const byAccount = any(model.referrers(bucket, 'AWS::S3::BucketPolicy', 'Bucket').map((policy) => policy.get('PolicyDocument').policy().some('Allow', (statement) => all(
    statement.principal().kind('AWS', (item) => item.isPresent()), statement.coversAction('s3:PutObject'),
  ))));
  return all(
    kind === 'network' ? keyAdmits(bucketKey(bucket), model, { service: 'delivery.logs.amazonaws.com', actions: ['kms:Decrypt', 'kms:GenerateDataKey'], keys }, bucket.logicalId)
      : not(isUnderKms(bucket), `logs of a load balancer are not delivered to ${bucket.logicalId}, which is encrypted by KMS`),
    any([policyAdmits(bucket, model, request), byAccount]).because(`the policy of ${bucket.logicalId} does not let Elastic Load Balancing deliver logs`),
  );
}

function attribute(balancer: ResourceReader, key: string): Property | undefined {
  return balancer.get('LoadBalancerAttributes').list().items.find((item) => item.get('Key').is(key).yes)?.get('Value');
}

const DELIVERED = ['access_logs', 'connection_logs', 'health_check_logs'];

/** AWS Config developer guide, "Permissions for the Amazon S3 Bucket for the AWS Config Delivery Channel": by the recorder's role, or by the bucket's policy. */
function configDelivery(channel: ResourceReader, model: Evaluation): Truth {
  const bucket = bucketNamed(channel.get('S3BucketName'), model);
  if (!bucket) return Truth.YES;
  const { account } = placeOf(channel.resource);
  const service = 'config.amazonaws.com';
  const keys = { 'aws:sourceaccount': [account], 's3:x-amz-acl': ['bucket-owner-full-control'] };
  const roles = model.ofType('AWS::Config::ConfigurationRecorder').map((recorder) => recorder.get('RoleARN')).filter((role) => role.target()?.type === 'AWS::IAM::Role');
  return any([
    ...roles.map((role) => roleAllows(role, model, ['s3:PutObject'])),
    all(
      policyAdmits(bucket, model, { service, actions: ['s3:GetBucketAcl'], on: bucketTexts(bucket), keys }),
      policyAdmits(bucket, model, { service, actions: ['s3:PutObject'], on: bucketTexts(bucket).map((arn) => `${arn}/${prefixOf(channel.get('S3KeyPrefix'))}AWSLogs/${account}/Config/x`), keys }),
      keyAdmits(bucketKey(bucket), model, { service, actions: ['kms:Decrypt', 'kms:GenerateDataKey'], keys }, bucket.logicalId),
    ),
  ]).because(`neither the policies of ${bucket.logicalId} and its key nor the role of the recorder let ${service} deliver`);
}

function waitsFor({ resource: { raw } }: ResourceReader, { logicalId }: ResourceReader): boolean {
  const after = raw.DependsOn;
  return (Array.isArray(after) ? after : [after]).includes(logicalId);
}

export const BUCKET_TRAPS = [
  trap(BUCKET, (bucket, model) => applies(bucket.get('LoggingConfiguration').isPresent(), 'it logs no access', () => serverAccessLogs(bucket, model))),
  // The second of two policies is refused: the bucket has one already.
  trap(BUCKET, (bucket, model) => {
    const policies = model.referrers(bucket, 'AWS::S3::BucketPolicy', 'Bucket');
    return Truth.of(policies.length < 2, `it has several policies: ${policies.map(({ logicalId }) => logicalId).join(', ')}`);
  }),
  trap(BUCKET, (bucket) => when(bucket.get('OwnershipControls.Rules').some((item) => item.get('ObjectOwnership').is('BucketOwnerEnforced')), () => (
    bucket.get('AccessControl').missing ? Truth.YES : bucket.get('AccessControl').oneOf(['Private', 'BucketOwnerFullControl']).because('it has an ACL, and ownership that disables ACLs: S3 refuses that')))),
  trap(BUCKET, (bucket) => when(any([bucket.get('ObjectLockEnabled').isTrue(), bucket.get('ReplicationConfiguration').isPresent()]), () => (
    not(bucket.get('VersioningConfiguration.Status').is('Suspended'), 'object lock and replication need versions, which are suspended')))),
  trap('AWS::CloudTrail::Trail', trail),
  trap('AWS::ElasticLoadBalancingV2::LoadBalancer', (balancer, model) => {
    const kind = String(balancer.get('Type').scalar ?? 'application');
    return all(...DELIVERED.filter((logs) => attribute(balancer, `${logs}.s3.enabled`)?.isTrue().yes).map((logs) => (
      loadBalancerLogs(balancer, model, kind, attribute(balancer, `${logs}.s3.bucket`) ?? balancer.get('none'), attribute(balancer, `${logs}.s3.prefix`) ?? balancer.get('none')))));
  }),
  trap('AWS::ElasticLoadBalancing::LoadBalancer', (balancer, model) => when(balancer.get('AccessLoggingPolicy.Enabled').isTrue(), () => loadBalancerLogs(
    balancer, model, 'classic', balancer.get('AccessLoggingPolicy.S3BucketName'), balancer.get('AccessLoggingPolicy.S3BucketPrefix')))),
  trap('AWS::Config::DeliveryChannel', configDelivery),
  // Each waits for the other to be there: the first of them times out.
  trap(['AWS::Config::DeliveryChannel', 'AWS::Config::ConfigurationRecorder'], (one, model) => {
    const others = model.ofType('AWS::Config::DeliveryChannel', 'AWS::Config::ConfigurationRecorder').filter(({ resource }) => resource !== one.resource);
    const other = others.find((found) => found.resource.template === one.resource.template && waitsFor(one, found));
    return Truth.of(!other, `it depends on ${other?.logicalId}: a recorder and its channel are made side by side, or the first of them fails`);
  }),
  trap('AWS::Config::ConfigurationRecorder', (recorder, model) => {
    const channels = model.ofType('AWS::Config::DeliveryChannel');
    return Truth.of(channels.length === 0 || channels.some((channel) => channel.resource.template === recorder.resource.template), 'its delivery channel is in another template, so it never starts');
  }),
];
