import { CfnResource } from 'aws-cdk-lib';
import { Filling } from './filling';
import { Referrers } from './referrers';
import { admittedBy } from './resource-policies';

/** What delivers logs and sets the policy of the bucket by itself, unless there is one: one of ours would take the place of it. */
const SETS_POLICY: Readonly<Record<string, RegExp>> = {
  'AWS::EC2::FlowLog': /^logdestination$/,
  'AWS::Logs::DeliveryDestination': /destinationresourcearn/,
  'AWS::Route53Resolver::ResolverQueryLoggingConfig': /^destinationarn$/,
  'AWS::WAFv2::LoggingConfiguration': /^logdestinationconfigs/,
};

const LOGS_ACCESS: Readonly<Record<string, RegExp>> = { 'AWS::S3::Bucket': /^loggingconfiguration/ };

/** What else uses a bucket by its own right, or replicates it: most of these stop when the bucket is under a key that they do not know. */
const WITHOUT_KEY: Readonly<Record<string, RegExp>> = {
  ...SETS_POLICY,
  'AWS::CloudFront::Distribution': /^distributionconfig\.(logging|origins)\./,
  'AWS::CloudTrail::Trail': /^s3bucketname$/,
  'AWS::Config::DeliveryChannel': /^s3bucketname$/,
  'AWS::ElasticLoadBalancing::LoadBalancer': /^accessloggingpolicy/,
  'AWS::ElasticLoadBalancingV2::LoadBalancer': /^loadbalancerattributes/,
  'AWS::Redshift::Cluster': /^loggingproperties/,
  'AWS::S3::Bucket': /^(logging|replication)configuration/,
};

/** All who use the bucket can do so under a key of the account: none of them is a service, of another account or a replication. */
export function canHaveKey(bucket: CfnResource, others: Referrers): boolean {
  const { services, strangers } = admittedBy(bucket, others);
  return !receivesAccessLogs(bucket, others) && services.length === 0 && !strangers && others.to(bucket, WITHOUT_KEY).every((user) => user === bucket)
    && Filling.of(bucket).look().said('ReplicationConfiguration') === undefined;
}

/** The bucket receives server access logs of buckets. Its own would make another one each. */
export function receivesAccessLogs(bucket: CfnResource, others: Referrers): boolean {
  return Filling.of(bucket).look().said('AccessControl') === 'LogDeliveryWrite'
    || admittedBy(bucket, others).services.includes('logging.s3.amazonaws.com') || others.to(bucket, LOGS_ACCESS).length > 0;
}

/** Another service sets the policy of the bucket, as long as there is none. */
export function leavesPolicyToService(bucket: CfnResource, others: Referrers): boolean {
  return others.to(bucket, SETS_POLICY).length > 0;
}
