import { FeatureFlags, RemovalPolicy } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { S3_SERVER_ACCESS_LOGS_USE_BUCKET_POLICY } from 'aws-cdk-lib/cx-api';
import { Construct } from 'constructs';
import { AccessLogBucket } from './access-log-bucket';
import { isOff } from '../../declarations/declare';
import { bucketDefaults as d } from '../../defaults/bucket';
import { EncryptionKey } from '../security/encryption-key';
import { admitAccessLogs } from '../support/access-logs';
import { blockAll } from '../support/bucket-claims';
import { Hardening, isHardened } from '../support/hardening';
import { lifecycleOf } from '../support/lifecycle';

const { KMS, KMS_MANAGED, DSSE, S3_MANAGED } = s3.BucketEncryption;

/** Secure properties of a bucket that holds data. */
export const bucketHardening: Hardening<s3.BucketProps> = {
  injectionId: s3.Bucket.PROPERTY_INJECTION_ID,
  harden: (scope, id, props) => {
    if (props.serverAccessLogsBucket) receiveAccessLogs(props.serverAccessLogsBucket);
    const plain = !isHardened(scope, id);
    if (plain) notePlain(scope, id, props.encryption === undefined);
    const encryption = props.encryption ?? (plain && (logsToItself(props) || isForLogs(id)) && !props.encryptionKey ? S3_MANAGED : KMS);
    return {
      ...props,
      encryption,
      encryptionKey: props.encryptionKey ?? (encryption === KMS || encryption === DSSE ? EncryptionKey.shared(scope, 'data') : undefined),
      // DSSE-KMS has no bucket keys.
      bucketKeyEnabled: props.bucketKeyEnabled ?? (encryption === KMS || encryption === KMS_MANAGED ? d.bucketKeyEnabled.value : undefined),
      blockedEncryptionTypes: props.blockedEncryptionTypes ?? [s3.BlockedEncryptionType.SSE_C],
      // The L2 refuses publicReadAccess beside settings that forbid it, also those that are filled in.
      blockPublicAccess: plain && props.publicReadAccess ? props.blockPublicAccess : blockAll(props.blockPublicAccess),
      objectOwnership: props.objectOwnership ?? (plain && needsAcl(scope, props) ? undefined : s3.ObjectOwnership.BUCKET_OWNER_ENFORCED),
      enforceSSL: props.enforceSSL ?? d.enforceSSL.value,
      minimumTLSVersion: props.minimumTLSVersion ?? (isOff(props.enforceSSL) ? undefined : d.minimumTLSVersion.value),
      versioned: props.versioned ?? d.versioned.value,
      lifecycleRules: lifecycleOf({
        abortMultipartUploadDays: d.abortMultipartUploadDays.value,
        noncurrentVersionDays: d.noncurrentVersionDays.value,
        given: props.lifecycleRules,
      }),
      removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN,
      // A prefix without a bucket asks for logs of its own in the bucket itself.
      serverAccessLogsBucket: props.serverAccessLogsBucket ?? (props.serverAccessLogsPrefix === undefined ? AccessLogBucket.shared(scope) : undefined),
      targetObjectKeyFormat: props.targetObjectKeyFormat ?? s3.TargetObjectKeyFormat.partitionedPrefix(s3.PartitionDateSource.EVENT_TIME),
    };
  },
  complete: (made, secure) => {
    if (secure.objectOwnership !== undefined || secure.accessControl !== undefined || !logsToItself(secure)) return;
    // CDK has set an ACL, for want of a feature flag; a policy does the same without.
    const cfn = made.node.defaultChild as s3.CfnBucket;
    cfn.accessControl = undefined;
    cfn.ownershipControls = { rules: [{ objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED }] };
    admitAccessLogs(made as s3.Bucket);
  },
};

/** Load balancers, S3 and others deliver logs to buckets with SSE-S3 only. That a plain one is for logs shows only by its name. */
function isForLogs(id: string): boolean {
  return /(^|[^a-z])logs?(?![a-z])|Log(s|ging)?(?![a-z])|access-?logs?/.test(id);
}

function logsToItself({ serverAccessLogsBucket, serverAccessLogsPrefix }: s3.BucketProps): boolean {
  return !serverAccessLogsBucket && Boolean(serverAccessLogsPrefix);
}

/** An ACL was asked for, by name or, where a feature flag is off, by logs to the bucket itself: CDK or S3 refuses it where ACLs are off. */
function needsAcl(scope: Construct, props: s3.BucketProps): boolean {
  const { PRIVATE, BUCKET_OWNER_FULL_CONTROL } = s3.BucketAccessControl;
  const { accessControl = PRIVATE } = props;
  const asked = accessControl !== PRIVATE && accessControl !== BUCKET_OWNER_FULL_CONTROL;
  return asked || (logsToItself(props) && !FeatureFlags.of(scope).isEnabled(S3_SERVER_ACCESS_LOGS_USE_BUCKET_POLICY));
}

/** Plain buckets that were hardened, by scope and id, and whether their encryption was left to us. */
const PLAIN = new WeakMap<Construct, Map<string, boolean>>();

function notePlain(scope: Construct, id: string, ours: boolean): void {
  const below = PLAIN.get(scope) ?? new Map<string, boolean>();
  PLAIN.set(scope, below.set(id, ours));
}

/**
 * A plain bucket of which it turns out only now that it takes access logs: S3 delivers them under SSE-S3 only, and CDK would set an ACL, which
 * throws where ACLs are off.
 */
function receiveAccessLogs(target: s3.IBucket): void {
  const { scope, id } = target.node;
  const ours = scope && PLAIN.get(scope)?.get(id);
  if (ours === undefined || !(target instanceof s3.Bucket)) return;
  PLAIN.get(scope!)!.delete(id);
  admitAccessLogs(target);
  if (!ours) return;
  const cfn = target.node.defaultChild as s3.CfnBucket;
  const [rule] = target.stack.resolve(cfn.bucketEncryption).serverSideEncryptionConfiguration;
  cfn.bucketEncryption = { serverSideEncryptionConfiguration: [{ ...rule, serverSideEncryptionByDefault: { sseAlgorithm: 'AES256' }, bucketKeyEnabled: undefined }] };
  // The L2 would let the log service use the key, and refuse other logs because of it.
  Object.defineProperty(target, 'encryptionKey', { value: undefined });
}
