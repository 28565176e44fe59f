import { RemovalPolicy } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { uphold, Upheld } from './uphold';
import { isOff } from '../../declarations/declare';
import { OptOut } from '../../declarations/opt-out';
import type { accessLogBucketDefaults } from '../../defaults/bucket';

/** What a bucket has whether it holds data or logs. */
type EveryBucket = Omit<typeof accessLogBucketDefaults, 'encryption' | 'expirationDays'>;

/** The class of a bucket, as declarations and errors name it, and what it upholds besides that of every bucket. */
export interface BucketKind {
  readonly construct: string;
  readonly upheld: readonly Upheld[];
}

const { PUBLIC_READ, PUBLIC_READ_WRITE, AUTHENTICATED_READ } = s3.BucketAccessControl;

/** All four settings on, except those that were given. Not left to the feature flag that completes a partial setting. */
export function blockAll(given: s3.BlockPublicAccess | undefined): s3.BlockPublicAccess {
  return new s3.BlockPublicAccess({
    blockPublicAcls: given?.blockPublicAcls ?? true,
    blockPublicPolicy: given?.blockPublicPolicy ?? true,
    ignorePublicAcls: given?.ignorePublicAcls ?? true,
    restrictPublicBuckets: given?.restrictPublicBuckets ?? true,
  });
}

interface BucketProps extends s3.BucketProps {
  readonly optOuts?: OptOut[];
}

/** Declares what a bucket upholds: what every bucket does, and the rest. */
export function upholdBucket(bucket: s3.Bucket, construct: string, d: EveryBucket, props: BucketProps, rest: readonly Upheld[]): void {
  const open = props.blockPublicAccess;
  const opened = open !== undefined && [open.blockPublicAcls, open.blockPublicPolicy, open.ignorePublicAcls, open.restrictPublicBuckets].some(isOff);
  const [writable, readable] = [props.accessControl === PUBLIC_READ_WRITE, props.accessControl === PUBLIC_READ || props.accessControl === AUTHENTICATED_READ];
  const owned = (props.objectOwnership ?? d.objectOwnership.value) === d.objectOwnership.value;
  const { policy } = bucket;
  uphold(bucket, construct, props.optOuts, [
    {
      resource: bucket.node.defaultChild as s3.CfnBucket,
      upheld: [
        { by: d.blockPublicAccess, weakened: opened && 'blockPublicAccess' },
        { by: d.objectOwnership, weakened: !owned && `objectOwnership: ${props.objectOwnership}` },
        { by: d.accessControl, rule: 'S3.NoPublicWriteAcl', weakened: writable && `accessControl: ${props.accessControl}` },
        // An ACL by which the world may write is judged by the rule above alone.
        ...writable ? [] : [{ by: d.accessControl, rule: 'S3.NoPublicReadAcl', weakened: readable && `accessControl: ${props.accessControl}` }],
        { by: d.website, weakened: props.websiteIndexDocument !== undefined && 'websiteIndexDocument' },
        { by: d.enforceSSL, weakened: isOff(props.enforceSSL) && 'enforceSSL: false' },
        { by: d.versioned, weakened: isOff(props.versioned) && 'versioned: false' },
        { by: d.noncurrentVersionDays, rule: 'S3.Lifecycle' },
        // Without versions there are no old ones.
        ...isOff(props.versioned) ? [] : [{ by: d.noncurrentVersionDays, rule: 'S3.NoncurrentVersionsExpire', weakened: keepsOldVersions(props) && 'lifecycleRules without an enabled noncurrentVersionExpiration' }],
        { by: d.autoDeleteObjects, weakened: Boolean(props.autoDeleteObjects) && 'autoDeleteObjects: true' },
        { by: d.removalPolicy, weakened: props.removalPolicy === RemovalPolicy.DESTROY && 'removalPolicy: DESTROY' },
        ...rest,
      ],
    },
    ...policy ? [{
      resource: policy.node.defaultChild as s3.CfnBucketPolicy,
      upheld: [{ by: d.publicReadAccess, weakened: Boolean(props.publicReadAccess) && 'publicReadAccess: true' }],
    }] : [],
  ]);
}

/** Rules were given that speak of old versions, in place of ours, and none of them expires any. */
function keepsOldVersions({ lifecycleRules = [] }: s3.BucketProps): boolean {
  const speaks = lifecycleRules.some((rule) => [rule.noncurrentVersionTransitions, rule.noncurrentVersionsToRetain, rule.noncurrentVersionExpiration]
    .some((one) => one !== undefined));
  return speaks && !lifecycleRules.some((rule) => rule.enabled !== false && rule.noncurrentVersionExpiration !== undefined);
}
