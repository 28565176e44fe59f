import { Annotations, CfnResource, Stack, Token } from 'aws-cdk-lib';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { admitBalancerLogs, admitDeliveredLogs, folderOf } from './delivered-logs';

/** What a load balancer can log, as its attributes begin. */
export type BalancerLog = 'access_logs' | 'connection_logs';

/** A bucket that load balancers log to. */
export interface BalancerLogTarget {
  readonly bucket: s3.IBucket;
  /** @default - none */
  readonly prefix?: string;
}

/**
 * Logs to a bucket. CDK's own way needs a region to choose an account of AWS by, admits a service besides without any condition, and lets a bucket through
 * that access logs are never delivered to; here it is the policy that Elastic Load Balancing recommends for all regions.
 *
 * @throws Error when Elastic Load Balancing would refuse the bucket.
 */
export function deliverBalancerLogs(balancer: elbv2.BaseLoadBalancer, logs: readonly BalancerLog[], { bucket, prefix }: BalancerLogTarget): void {
  refuseUndeliverable(balancer, bucket, prefix);
  const stack = Stack.of(balancer);
  const admitted = balancer instanceof elbv2.NetworkLoadBalancer ? admitDeliveredLogs(bucket, stack, prefix) : admitBalancerLogs(bucket, stack, prefix);
  if (!admitted) {
    Annotations.of(balancer).addWarningV2('cdk-soc2:balancerLogsIntoForeignBucket',
      'the policy of the bucket that receives the logs cannot be seen; it must let Elastic Load Balancing put objects below AWSLogs/ and the id of this account');
  }
  for (const log of logs) {
    balancer.setAttribute(`${log}.s3.enabled`, 'true');
    balancer.setAttribute(`${log}.s3.bucket`, bucket.bucketName);
    balancer.setAttribute(`${log}.s3.prefix`, folderOf(prefix));
  }
  // Elastic Load Balancing tries to write as soon as it is told to log.
  if (bucket.policy) balancer.node.defaultChild!.node.addDependency(bucket.policy);
}

/** True when a load balancer has been told where to log, or not to. */
export function saysWhetherToLog(balancer: elbv2.BaseLoadBalancer, log: BalancerLog): boolean {
  const { loadBalancerAttributes } = balancer.node.defaultChild as elbv2.CfnLoadBalancer;
  const attributes = balancer.stack.resolve(loadBalancerAttributes) as { key?: string }[] | undefined ?? [];
  return attributes.some(({ key }) => key === `${log}.s3.enabled`);
}

function refuseUndeliverable(balancer: elbv2.BaseLoadBalancer, bucket: s3.IBucket, prefix: string | undefined): void {
  const refuse = (why: string): never => {
    throw new Error(`load balancer at ${balancer.node.path}: no logs are delivered to ${bucket.node.path}, ${why}`);
  };
  if (prefix?.includes('AWSLogs')) refuse(`under the prefix ${prefix}, which has AWSLogs in it; leave that out, as Elastic Load Balancing adds it`);
  const [from, to] = [balancer.env.region, bucket.env.region];
  if (!Token.isUnresolved(from) && !Token.isUnresolved(to) && from !== to) refuse(`which is in the region ${to}; it must be in ${from}`);
  // Network load balancers deliver under a key, too, if its policy lets them.
  if (balancer instanceof elbv2.NetworkLoadBalancer) return;
  const cfn = bucket.node.defaultChild;
  const encryption = CfnResource.isCfnResource(cfn) ? JSON.stringify(bucket.stack.resolve((cfn as s3.CfnBucket).bucketEncryption)) ?? '' : '';
  if (bucket.encryptionKey || encryption.includes('kms')) refuse('which is encrypted by KMS; give a bucket with S3_MANAGED encryption, such as AccessLogBucket');
}
