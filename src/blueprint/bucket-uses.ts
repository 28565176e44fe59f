import { CfnResource, Stack } from 'aws-cdk-lib';
import { Filling, Said } from './filling';
import { Referrers } from './referrers';
import { admittedBy } from './resource-policies';
import { Json } from '../template/json';

/** What delivers logs and sets the policy of the bucket by itself, unless there is one: one of ours would take the place of it. */
const SETS_POLICY: Readonly<Record<string, RegExp>> = {
  'AWS::EC2::FlowLog': /^logdestination$/,
  'AWS::Logs::DeliveryDestination': /destinationresourcearn/,
  'AWS::Route53Resolver::ResolverQueryLoggingConfig': /^destinationarn$/,
  'AWS::WAFv2::LoggingConfiguration': /^logdestinationconfigs/,
};

const LOGS_ACCESS: Readonly<Record<string, RegExp>> = { 'AWS::S3::Bucket': /^loggingconfiguration/ };

/** What uses a bucket by its own right, or replicates it, and cannot do so when the bucket is under a key. */
const NEVER_UNDER_KEY: Readonly<Record<string, RegExp>> = {
  'AWS::CloudFront::Distribution': /^distributionconfig\.logging\./,
  'AWS::ElasticLoadBalancing::LoadBalancer': /^accessloggingpolicy/,
  'AWS::ElasticLoadBalancingV2::LoadBalancer': /^loadbalancerattributes/,
  'AWS::Redshift::Cluster': /^loggingproperties/,
  'AWS::S3::Bucket': /^(logging|replication)configuration/,
};

/** What else uses a bucket: most of these stop when the bucket is under a key that they do not know. */
const WITHOUT_KEY: Readonly<Record<string, RegExp>> = {
  ...NEVER_UNDER_KEY,
  ...SETS_POLICY,
  'AWS::CloudFront::Distribution': /^distributionconfig\.(logging|origins)\./,
  'AWS::CloudTrail::Trail': /^s3bucketname$/,
  'AWS::Config::DeliveryChannel': /^s3bucketname$/,
};

/** All who use the bucket can do so under a key of the account: none of them is a service, of another account or a replication. */
export function canHaveKey(bucket: CfnResource, said: Said, others: Referrers): boolean {
  if (receivesAccessLogs(bucket, said, others) || said('ReplicationConfiguration') !== undefined) return false;
  const { services, strangers, unknown } = admittedBy(bucket, others);
  return services.length + strangers.length === 0 && !unknown && others.to(bucket, WITHOUT_KEY).every((user) => user === bucket);
}

/** Somebody uses the bucket who cannot under its key. The policy of the key names some of them. */
export function isClosedByKey(bucket: CfnResource, said: Said, others: Referrers, isNamed: (principal: Json) => boolean): boolean {
  const { services, strangers, unknown } = admittedBy(bucket, others);
  return unknown || ![...services, ...strangers].every(isNamed) || receivesAccessLogs(bucket, said, others) || isReplicatedWithoutKey(said)
    || others.to(bucket, NEVER_UNDER_KEY).some((user) => user !== bucket && !isNetworkBalancer(user));
}

/** Objects under a key are replicated only where the replication says so. */
function isReplicatedWithoutKey(said: Said): boolean {
  const replication = said('ReplicationConfiguration');
  return replication !== undefined && !JSON.stringify(replication).includes('SseKmsEncryptedObjects');
}

/** Its logs come from the service that delivers those of others, which the policies name. */
function isNetworkBalancer(user: CfnResource): boolean {
  return user.cfnResourceType === 'AWS::ElasticLoadBalancingV2::LoadBalancer' && Filling.of(user).look().said('Type') === 'network';
}

/** The bucket receives server access logs of buckets. Its own would make another one each. */
export function receivesAccessLogs(bucket: CfnResource, said: Said, others: Referrers): boolean {
  return said('AccessControl') === 'LogDeliveryWrite'
    || admittedBy(bucket, others).services.includes('logging.s3.amazonaws.com') || others.to(bucket, LOGS_ACCESS).length > 0;
}

/** Another service sets the policy of the bucket, as long as there is none. */
export function leavesPolicyToService(bucket: CfnResource, others: Referrers): boolean {
  return others.to(bucket, SETS_POLICY).length > 0;
}

/** The flow logs that are delivered to a bucket, with the prefix of their objects. */
export function flowLogsTo(bucket: CfnResource, others: Referrers): { readonly stack: Stack; readonly prefix?: string }[] {
  return others.to(bucket, { 'AWS::EC2::FlowLog': SETS_POLICY['AWS::EC2::FlowLog'] }).map((flowLog) => {
    const [, prefix] = /"\/([^"]+)"/.exec(JSON.stringify(Filling.of(flowLog).look().said('LogDestination') ?? '')) ?? [];
    return { stack: Stack.of(flowLog), prefix: prefix?.replace(/\/$/, '') };
  });
}
