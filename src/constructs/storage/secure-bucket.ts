import { CfnResource, Tags } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { AccessLogBucket } from './access-log-bucket';
import { bucketHardening } from './bucket-hardening';
import { isOff } from '../../declarations/declare';
import { OptOut } from '../../declarations/opt-out';
import { bucketDefaults as d } from '../../defaults/bucket';
import { deliverAccessLogs } from '../support/access-logs';
import { BACKUP_TAG, BACKUP_TAG_VALUE } from '../support/backup-tag';
import { BucketKind, upholdBucket } from '../support/bucket-claims';
import { hardened } from '../support/hardening';
import { isOwnKey } from '../support/key-policy';

/** Properties of a `SecureBucket`. Those of `s3.Bucket` keep their meaning; where they are left out, the secure default stands. */
export interface SecureBucketProps extends s3.BucketProps {
  /**
   * Claims that are given up, each with a reason.
   *
   * @default - none
   */
  readonly optOuts?: OptOut[];
  /**
   * Tags the bucket `soc2:backup=true`, so that a `RecoveryPlan` backs it up. AWS Backup bills what it stores.
   *
   * @default false - versions are the way to recover an object
   */
  readonly backup?: boolean;
}

const { UNENCRYPTED, S3_MANAGED, KMS_MANAGED, DSSE_MANAGED } = s3.BucketEncryption;

/**
 * An S3 bucket that is private, encrypted with a customer managed key, versioned, access-logged, and refuses plain HTTP.
 *
 * The key and the bucket for the access logs are those given, else one of each that the stack shares.
 *
 * Supports CC6.1, CC6.3, CC6.6, CC6.7, CC7.2, CC7.3, CC7.5, A1.2, C1.1, C1.2, P4.3 and PI1.5. Billed: the shared key (1 USD a month for the
 * stack), old versions for 90 days, access logs for 400 days.
 */
export class SecureBucket extends s3.Bucket {
  /**
   * @throws Error when a property weakens a claim without an opt-out, when `autoDeleteObjects` or `versioned: false` meets object lock, or
   * when S3 would not deliver access logs to `serverAccessLogsBucket`.
   */
  constructor(scope: Construct, id: string, props: SecureBucketProps = {}) {
    refuseContradictions(scope, id, props);
    const secure = hardened(bucketHardening, scope, id, props);
    const { encryption, encryptionKey: key } = secure;
    // The L2 is not told where the logs go: its own wiring depends on feature flags, see deliverAccessLogs.
    super(scope, id, { ...secure, serverAccessLogsBucket: undefined, serverAccessLogsPrefix: undefined, targetObjectKeyFormat: undefined });
    const { construct, upheld } = this._kind();
    const logged = deliverAccessLogs(this, construct, {
      target: secure.serverAccessLogsBucket ?? AccessLogBucket.shared(this),
      prefix: props.serverAccessLogsPrefix,
      format: secure.targetObjectKeyFormat!,
    });
    unnameReplicationRole(this);
    if (props.backup) Tags.of(this).add(BACKUP_TAG, BACKUP_TAG_VALUE);
    const [managed, plain] = [encryption === KMS_MANAGED || encryption === DSSE_MANAGED, encryption === S3_MANAGED || encryption === UNENCRYPTED];
    upholdBucket(this, construct, d, props, [
      { by: d.encryption, rule: 'S3.Encryption' },
      { by: d.encryption, rule: 'S3.KmsEncryption', weakened: plain && `encryption: ${encryption}` },
      // Nothing here knows whose key it is when it comes from elsewhere.
      ...key && !isOwnKey(key) ? [] : [{ by: d.encryption, rule: 'S3.CustomerKey', weakened: (managed || plain) && `encryption: ${encryption}` }],
      { by: d.serverAccessLogs, rule: 'S3.AccessLogging' },
      ...logged ? [{ by: d.serverAccessLogs, rule: 'S3.AccessLogTargetExists' }] : [],
      ...upheld,
    ]);
  }

  /**
   * What a subclass upholds besides: a resource is declared once, here. Called before the subclass has been constructed.
   *
   * @internal
   */
  protected _kind(): BucketKind {
    return { construct: 'SecureBucket', upheld: [] };
  }
}

function refuseContradictions(scope: Construct, id: string, props: SecureBucketProps): void {
  const locked = props.objectLockEnabled || props.objectLockDefaultRetention !== undefined;
  if (locked && props.autoDeleteObjects) {
    throw new Error(`SecureBucket at ${scope.node.path}/${id}: autoDeleteObjects cannot empty a bucket with object lock; leave out one of them`);
  }
  if (locked && isOff(props.versioned)) {
    throw new Error(`SecureBucket at ${scope.node.path}/${id}: object lock works on versions; leave out versioned: false, or object lock`);
  }
  const { accessControl: acl, objectOwnership = s3.ObjectOwnership.BUCKET_OWNER_ENFORCED } = props;
  if (acl !== undefined && !HARMLESS_ACLS.includes(acl) && objectOwnership === s3.ObjectOwnership.BUCKET_OWNER_ENFORCED) {
    throw new Error(`SecureBucket at ${scope.node.path}/${id}: accessControl: ${acl} is an ACL, which S3 refuses where ACLs are off; leave it out and let a policy say who may read, `
      + "or give objectOwnership: ObjectOwnership.OBJECT_WRITER with an opt-out of 'S3.OwnershipEnforced'");
  }
}

/** What S3 takes even where ACLs are off (Amazon S3 user guide, "Controlling ownership of objects and disabling ACLs"). */
const HARMLESS_ACLS: readonly s3.BucketAccessControl[] = [s3.BucketAccessControl.PRIVATE, s3.BucketAccessControl.BUCKET_OWNER_FULL_CONTROL];

/** Without a feature flag CDK calls the role of every replicated bucket CDKReplicationRole, so the second one in an account cannot be made. */
function unnameReplicationRole(bucket: s3.Bucket): void {
  const role = bucket.node.tryFindChild('ReplicationRole')?.node.defaultChild as iam.CfnRole | undefined;
  if (role && CfnResource.isCfnResource(role) && role.roleName === 'CDKReplicationRole') role.roleName = undefined;
}
