import { defaults } from './default';

const LOCK = 'Amazon S3 user guide, "Locking objects with Object Lock"';

/** Secure defaults of a bucket whose objects cannot be deleted or overwritten for a time, besides those of every bucket. */
export const wormBucketDefaults = defaults({
  objectLock: {
    value: true,
    provenBy: ['S3.ObjectLock'],
    criteria: ['PI1.5', 'A1.2', 'CC7.3'],
    source: `${LOCK}: it works on versions, and cannot be turned off again`,
    reason: 'Records, logs and copies stay as they were written, whoever gets hold of an account.',
  },
  retentionDays: {
    value: 365,
    provenBy: ['S3.DefaultRetention'],
    criteria: ['PI1.5', 'A1.2', 'CC7.3'],
    source: 'Amazon S3 user guide, "Configuring S3 Object Lock": a default retention of days or years; AICPA SOC 2 guide: a type 2 period is up to twelve months',
    reason: 'Every new object is locked for a period of twelve months, without its writer asking for it.',
    least: { 'S3.DefaultRetention': 1 },
  },
  retentionMode: {
    value: 'GOVERNANCE',
    provenBy: [],
    criteria: [],
    source: `${LOCK}: in compliance mode nobody can shorten a retention or delete a version, not even the root user`,
    reason: 'Those who hold s3:BypassGovernanceRetention can mend a mistake, which nobody can in compliance mode.',
  },
});
