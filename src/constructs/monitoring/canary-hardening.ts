import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as synthetics from 'aws-cdk-lib/aws-synthetics';
import { canaryDefaults as d } from '../../defaults/canary';
import { EncryptionKey } from '../security/encryption-key';
import { SecureBucket } from '../storage/secure-bucket';
import { Hardening } from '../support/hardening';

const { KMS, S3_MANAGED } = synthetics.ArtifactsEncryptionMode;

/** Synthetics encrypts the artifacts of canaries in JavaScript only under a key that is given; others follow the bucket. */
export function takesKey({ runtime }: synthetics.CanaryProps): boolean {
  return runtime.family === synthetics.RuntimeFamily.NODEJS;
}

/** Secure properties of a canary. */
export const canaryHardening: Hardening<synthetics.CanaryProps> = {
  injectionId: synthetics.Canary.PROPERTY_INJECTION_ID,
  harden: (scope, id, props) => {
    // The L2 refuses the older way to clean up beside the newer one, and warns of it even when it is undefined.
    const { cleanup, ...others } = props;
    const encrypts = takesKey(props) && props.artifactS3EncryptionMode !== S3_MANAGED;
    return {
      ...cleanup === undefined ? others : props,
      artifactsBucketLocation: props.artifactsBucketLocation ?? {
        bucket: new SecureBucket(scope, `${id}Artifacts`, {
          lifecycleRules: [...props.artifactsBucketLifecycleRules ?? [], { id: 'ExpireArtifacts', expiration: Duration.days(d.artifactDays.value) }],
        }),
      },
      artifactS3EncryptionMode: props.artifactS3EncryptionMode ?? (encrypts ? KMS : undefined),
      artifactS3KmsKey: props.artifactS3KmsKey ?? (encrypts ? EncryptionKey.shared(scope, 'data') : undefined),
      provisionedResourceCleanup: props.provisionedResourceCleanup ?? (cleanup === synthetics.Cleanup.LAMBDA ? undefined : d.provisionedResourceCleanup.value),
    };
  },
  complete: (made, secure) => {
    const canary = made as synthetics.Canary;
    // CDK's role may write to the bucket, but not encrypt with its key, nor send traces.
    secure.artifactsBucketLocation?.bucket.encryptionKey?.grantEncryptDecrypt(canary.role);
    if (secure.activeTracing && !secure.role) {
      canary.role.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], resources: ['*'] }));
    }
  },
};
