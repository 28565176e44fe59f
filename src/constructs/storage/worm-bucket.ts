import { Duration } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { SecureBucket, SecureBucketProps } from './secure-bucket';
import { isOff } from '../../declarations/declare';
import { wormBucketDefaults as d } from '../../defaults/worm-bucket';
import { BucketKind } from '../support/bucket-claims';

/** Properties of a `WormBucket`. */
export interface WormBucketProps extends SecureBucketProps {
  /**
   * Says that you know: in compliance mode nobody can delete an object or shorten its retention until it is over, neither you nor the root user nor AWS,
   * and you pay for its storage until then. Try governance mode first.
   *
   * Must be true for `objectLockDefaultRetention: ObjectLockRetention.compliance()`, which fails without it.
   *
   * @default false - compliance mode is refused
   */
  readonly complianceModeCannotBeUndone?: boolean;
}

/**
 * A bucket whose objects are written once and read many times: Object Lock keeps every new version from being deleted or overwritten for 365 days.
 *
 * Give another time with `objectLockDefaultRetention: ObjectLockRetention.governance()`. In governance mode, those who hold
 * `s3:BypassGovernanceRetention` can still delete a version. Object Lock cannot be turned off again, and S3 delivers no server access logs to such
 * a bucket: use an `AccessLogBucket` for them.
 *
 * Supports CC6.1, CC6.3, CC6.6, CC6.7, CC7.2, CC7.3, CC7.5, A1.2, C1.1, C1.2, P4.3 and PI1.5. Billed: the shared key (1 USD a month for the stack),
 * every version until its lock is over, access logs for 400 days.
 */
export class WormBucket extends SecureBucket {
  /**
   * @throws Error when a property weakens a claim without an opt-out, when Object Lock is turned off or meets `autoDeleteObjects` or
   * `versioned: false`, or when compliance mode is asked for without `complianceModeCannotBeUndone: true`.
   */
  constructor(scope: Construct, id: string, props: WormBucketProps = {}) {
    const retention = props.objectLockDefaultRetention ?? s3.ObjectLockRetention.governance(Duration.days(d.retentionDays.value));
    refuseContradictions(`${scope.node.path}/${id}`, props, retention);
    super(scope, id, { ...props, objectLockEnabled: d.objectLock.value, objectLockDefaultRetention: retention });
  }

  /** @internal */
  protected _kind(): BucketKind {
    return { construct: 'WormBucket', upheld: [{ by: d.objectLock }, { by: d.retentionDays }] };
  }
}

function refuseContradictions(path: string, props: WormBucketProps, { mode }: s3.ObjectLockRetention): void {
  const refuse = (why: string): never => {
    throw new Error(`WormBucket at ${path}: ${why}`);
  };
  if (isOff(props.objectLockEnabled)) refuse('objectLockEnabled: false leaves nothing locked; leave it out, or use SecureBucket');
  if (props.autoDeleteObjects) refuse('autoDeleteObjects cannot empty a bucket with object lock; leave it out');
  if (isOff(props.versioned)) refuse('object lock works on versions; leave out versioned: false');
  if (mode === s3.ObjectLockMode.COMPLIANCE && !props.complianceModeCannotBeUndone) {
    refuse('compliance mode cannot be undone by anybody until the retention is over; use ObjectLockRetention.governance(), or say complianceModeCannotBeUndone: true');
  }
}
