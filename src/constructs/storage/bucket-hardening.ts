import { RemovalPolicy } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { AccessLogBucket } from './access-log-bucket';
import { isOff } from '../../declarations/declare';
import { bucketDefaults as d } from '../../defaults/bucket';
import { EncryptionKey } from '../security/encryption-key';
import { blockAll } from '../support/bucket-claims';
import { Hardening } from '../support/hardening';
import { lifecycleOf } from '../support/lifecycle';

const { KMS, KMS_MANAGED, DSSE } = s3.BucketEncryption;

/** Secure properties of a bucket that holds data. */
export const bucketHardening: Hardening<s3.BucketProps> = {
  injectionId: s3.Bucket.PROPERTY_INJECTION_ID,
  harden: (scope, _id, props) => {
    const encryption = props.encryption ?? KMS;
    return {
      ...props,
      encryption,
      encryptionKey: props.encryptionKey ?? (encryption === KMS || encryption === DSSE ? EncryptionKey.shared(scope, 'data') : undefined),
      // DSSE-KMS has no bucket keys.
      bucketKeyEnabled: props.bucketKeyEnabled ?? (encryption === KMS || encryption === KMS_MANAGED ? d.bucketKeyEnabled.value : undefined),
      blockedEncryptionTypes: props.blockedEncryptionTypes ?? [s3.BlockedEncryptionType.SSE_C],
      blockPublicAccess: blockAll(props.blockPublicAccess),
      objectOwnership: props.objectOwnership ?? s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
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
};
