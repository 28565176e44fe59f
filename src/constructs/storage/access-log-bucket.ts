import { RemovalPolicy } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { isOff } from '../../declarations/declare';
import { OptOut } from '../../declarations/opt-out';
import { accessLogBucketDefaults as d } from '../../defaults/bucket';
import { admitAccessLogs, deliverAccessLogs } from '../support/access-logs';
import { blockAll, upholdBucket } from '../support/bucket-claims';
import { Hardening, hardened } from '../support/hardening';
import { lifecycleOf } from '../support/lifecycle';
import { outermostStack } from '../support/outermost-stack';
import { shared } from '../support/shared';

/** Properties of an `AccessLogBucket`. */
export interface AccessLogBucketProps extends s3.BucketProps {
  /**
   * Claims that are given up, each with a reason.
   *
   * @default - none
   */
  readonly optOuts?: OptOut[];
}

/**
 * A bucket for S3 server access logs of its account and region: private, versioned, refuses plain HTTP, and keeps logs for 400 days.
 *
 * Its policy lets S3 deliver for every bucket of the account and for no other account. It is encrypted by S3 itself, because S3 does not
 * deliver to a bucket under a KMS key, and it does not log access to itself, because each log would make another.
 *
 * Supports CC6.1, CC6.3, CC6.6, CC6.7, CC7.5, A1.2, C1.1, C1.2, P4.3 and PI1.5. Billed: storage of the logs.
 */
export class AccessLogBucket extends s3.Bucket {
  /**
   * The access log bucket that the buckets of a stack share. Nested stacks use that of their outermost stack.
   *
   * @param scope a construct in the stack
   */
  public static shared(scope: Construct): AccessLogBucket {
    const stack = outermostStack(scope);
    const id = 'SharedAccessLogs';
    return shared(stack, id, AccessLogBucket, () => new AccessLogBucket(stack, id));
  }

  /**
   * @throws Error when a property would keep logs from being delivered (a KMS key, object lock by default), or weakens a claim without an
   * opt-out.
   */
  constructor(scope: Construct, id: string, props: AccessLogBucketProps = {}) {
    refuseUndeliverable(scope, id, props);
    super(scope, id, hardened(accessLogHardening, scope, id, props));
    admitAccessLogs(this);
    const target = props.serverAccessLogsBucket ?? (props.serverAccessLogsPrefix === undefined ? undefined : this);
    if (target) {
      const format = props.targetObjectKeyFormat ?? s3.TargetObjectKeyFormat.partitionedPrefix(s3.PartitionDateSource.EVENT_TIME);
      deliverAccessLogs(this, 'AccessLogBucket', { target, prefix: props.serverAccessLogsPrefix, format });
    }
    upholdBucket(this, 'AccessLogBucket', d, props, [{ by: d.encryption }]);
  }
}

/** No injector has these properties: a plain bucket says nowhere that it will receive logs. */
const accessLogHardening: Hardening<s3.BucketProps> = {
  injectionId: s3.Bucket.PROPERTY_INJECTION_ID,
  harden: (_scope, _id, props) => ({
    ...props,
    encryption: s3.BucketEncryption.S3_MANAGED,
    blockPublicAccess: blockAll(props.blockPublicAccess),
    objectOwnership: props.objectOwnership ?? s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: props.enforceSSL ?? d.enforceSSL.value,
    minimumTLSVersion: props.minimumTLSVersion ?? (isOff(props.enforceSSL) ? undefined : d.minimumTLSVersion.value),
    versioned: props.versioned ?? d.versioned.value,
    lifecycleRules: lifecycleOf({
      abortMultipartUploadDays: d.abortMultipartUploadDays.value,
      noncurrentVersionDays: d.noncurrentVersionDays.value,
      expirationDays: d.expirationDays.value,
      given: props.lifecycleRules,
    }),
    removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN,
    // The construct sends them, see deliverAccessLogs.
    serverAccessLogsBucket: undefined,
    serverAccessLogsPrefix: undefined,
    targetObjectKeyFormat: undefined,
  }),
};

function refuseUndeliverable(scope: Construct, id: string, props: AccessLogBucketProps): void {
  const refuse = (property: string, why: string): never => {
    throw new Error(`AccessLogBucket at ${scope.node.path}/${id}: ${property} keeps S3 from delivering access logs, ${why}`);
  };
  if (props.encryptionKey || (props.encryption !== undefined && props.encryption !== s3.BucketEncryption.S3_MANAGED)) {
    refuse(props.encryptionKey ? 'encryptionKey' : `encryption: ${props.encryption}`, 'which goes to buckets with S3_MANAGED encryption only; leave it out');
  }
  if (props.objectLockDefaultRetention) refuse('objectLockDefaultRetention', 'which cannot set a lock; leave it out');
}
