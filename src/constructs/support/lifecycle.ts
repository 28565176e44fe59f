import { Duration } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';

/** Our lifecycle, and what stands in its place. */
export interface LifecycleOptions {
  readonly abortMultipartUploadDays: number;
  readonly noncurrentVersionDays: number;
  /** Days after which current versions expire, if they do. */
  readonly expirationDays?: number;
  readonly given?: s3.LifecycleRule[];
}

/** The rules given, and of ours those that none of them speaks of: of two rules S3 follows the one that deletes first. */
export function lifecycleOf({ abortMultipartUploadDays, noncurrentVersionDays, expirationDays, given = [] }: LifecycleOptions): s3.LifecycleRule[] {
  const says = (...keys: (keyof s3.LifecycleRule)[]): boolean => given.some((rule) => keys.some((key) => rule[key] !== undefined));
  return [
    ...given,
    ...says('abortIncompleteMultipartUploadAfter') ? [] : [{ id: 'AbortIncompleteUploads', abortIncompleteMultipartUploadAfter: Duration.days(abortMultipartUploadDays) }],
    ...says('noncurrentVersionExpiration', 'noncurrentVersionTransitions', 'noncurrentVersionsToRetain') ? []
      : [{ id: 'ExpireNoncurrentVersions', noncurrentVersionExpiration: Duration.days(noncurrentVersionDays) }],
    ...expirationDays === undefined || says('expiration', 'expirationDate') ? [] : [{ id: 'Expire', expiration: Duration.days(expirationDays) }],
  ];
}
