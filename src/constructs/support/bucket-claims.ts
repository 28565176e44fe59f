import { RemovalPolicy } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { isOff } from '../../declarations/declare';
import { Default } from '../../defaults/default';
import { Upheld } from './uphold';

/** What a bucket upholds whether it holds data or logs. */
export interface ProtectedBucketDefaults {
  readonly blockPublicAccess: Default<boolean>;
  readonly objectOwnership: Default<string>;
  readonly enforceSSL: Default<boolean>;
  readonly versioned: Default<boolean>;
  readonly noncurrentVersionDays: Default<number>;
  readonly removalPolicy: Default<string>;
}

/** All four settings on, except those that were given. Not left to the feature flag that completes a partial setting. */
export function blockAll(given: s3.BlockPublicAccess | undefined): s3.BlockPublicAccess {
  return new s3.BlockPublicAccess({
    blockPublicAcls: given?.blockPublicAcls ?? true,
    blockPublicPolicy: given?.blockPublicPolicy ?? true,
    ignorePublicAcls: given?.ignorePublicAcls ?? true,
    restrictPublicBuckets: given?.restrictPublicBuckets ?? true,
  });
}

export function protectedBucketClaims(d: ProtectedBucketDefaults, props: s3.BucketProps): Upheld[] {
  const open = props.blockPublicAccess;
  return [
    { by: d.blockPublicAccess, weakened: open !== undefined && [open.blockPublicAcls, open.blockPublicPolicy, open.ignorePublicAcls, open.restrictPublicBuckets].some(isOff) && 'blockPublicAccess' },
    { by: d.objectOwnership, weakened: (props.objectOwnership ?? d.objectOwnership.value) !== d.objectOwnership.value && `objectOwnership: ${props.objectOwnership}` },
    { by: d.enforceSSL, weakened: isOff(props.enforceSSL) && 'enforceSSL: false' },
    { by: d.versioned, weakened: isOff(props.versioned) && 'versioned: false' },
    { by: d.noncurrentVersionDays },
    { by: d.removalPolicy, weakened: props.removalPolicy === RemovalPolicy.DESTROY && 'removalPolicy: DESTROY' },
  ];
}
