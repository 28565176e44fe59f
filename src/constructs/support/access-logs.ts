import { Annotations, Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';

/** Where the access logs of a bucket go. */
export interface AccessLogDelivery {
  readonly target: s3.IBucket;
  /** @default - none */
  readonly prefix?: string;
  readonly format: s3.TargetObjectKeyFormat;
}

/** The mark of a bucket whose policy admits the log delivery of its whole account. */
const ADMITS = Symbol.for('cdk-soc2.AccessLogBucket');

/**
 * Sends the access logs of a bucket to a target, by the target's policy.
 *
 * CDK's own wiring sets an ACL unless a feature flag is on, which throws where ACLs are disabled, and in another stack it adds a statement
 * without any condition. So the L2 is not told of the target.
 *
 * @returns false when the target is not made in this app, so that nobody here knows whether its policy lets the logs in.
 * @throws Error when S3 would accept the target and never deliver to it.
 */
export function deliverAccessLogs(source: s3.Bucket, construct: string, { target, prefix, format }: AccessLogDelivery): boolean {
  refuseUndeliverable(source, construct, target);
  (source.node.defaultChild as CfnBucket).loggingConfiguration = {
    // A reference to itself is a circular dependency; S3 takes the absence of a name for the bucket itself.
    destinationBucketName: target === source ? undefined : target.bucketName,
    logFilePrefix: prefix,
    targetObjectKeyFormat: format._render(),
  };
  if (ADMITS in target) return true;
  const added = target.addToResourcePolicy(logDeliveryStatement(target, Stack.of(source).account, prefix)).statementAdded;
  if (!added) {
    Annotations.of(source).addWarningV2('cdk-soc2:accessLogsOfForeignTarget',
      `the policy of the bucket that receives the access logs cannot be seen; it must let logging.s3.amazonaws.com put objects on behalf of this account (aws:SourceAccount)`);
  }
  return added;
}

/** Lets every bucket of the account deliver: one statement, however many buckets, because a bucket policy holds 20 KB at most. */
export function admitAccessLogs(target: s3.Bucket): void {
  target.addToResourcePolicy(logDeliveryStatement(target, target.stack.account));
  Object.defineProperty(target, ADMITS, { value: true });
  // A plain s3.Bucket that logs to this one calls the private method, which would add an ACL or a second, unconditional statement.
  Object.defineProperty(target, 'allowLogDelivery', { value: () => undefined });
}

function logDeliveryStatement(target: s3.IBucket, account: string, prefix = ''): iam.PolicyStatement {
  return new iam.PolicyStatement({
    principals: [new iam.ServicePrincipal('logging.s3.amazonaws.com')],
    actions: ['s3:PutObject'],
    resources: [target.arnForObjects(`${prefix}*`)],
    conditions: { StringEquals: { 'aws:SourceAccount': account } },
  });
}

function refuseUndeliverable(source: s3.Bucket, construct: string, target: s3.IBucket): void {
  const refuse = (why: string): never => {
    throw new Error(`${construct} at ${source.node.path}: S3 does not deliver access logs to ${target.node.path}, ${why}`);
  };
  for (const kind of ['account', 'region'] as const) {
    const [from, to] = [source.env[kind], target.env[kind]];
    if (!Token.isUnresolved(from) && !Token.isUnresolved(to) && from !== to) refuse(`which is in the ${kind} ${to}; it must be in ${from}`);
  }
  if (target.encryptionKey) refuse('which is encrypted with a KMS key; give a bucket with S3_MANAGED encryption, such as AccessLogBucket');
  const cfn = target.node.defaultChild;
  if (!CfnBucket.isCfnBucket(cfn)) return;
  const { stack } = target;
  if (/kms/.test(JSON.stringify(stack.resolve(cfn.bucketEncryption)) ?? '')) refuse('which is encrypted by KMS; give a bucket with S3_MANAGED encryption, such as AccessLogBucket');
  if (stack.resolve(cfn.objectLockConfiguration)?.rule) refuse('which locks objects by default; leave out its objectLockDefaultRetention');
}
