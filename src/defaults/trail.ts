import { defaults } from './default';

/** Secure defaults of a CloudTrail trail. */
export const trailDefaults = defaults({
  isLogging: {
    value: true,
    provenBy: ['CloudTrail.Logging'],
    criteria: ['CC7.2', 'CC2.1'],
    source: 'AWS CloudTrail user guide, "Working with CloudTrail trails"',
    reason: 'A trail that is stopped records nothing.',
  },
  isMultiRegionTrail: {
    value: true,
    provenBy: ['CloudTrail.MultiRegion'],
    criteria: ['CC7.2', 'CC2.1'],
    source: 'AWS CloudTrail user guide, "Understanding multi-Region trails and opt-in Regions"; CIS AWS Foundations 3.1',
    reason: 'An intruder prefers a region that nobody looks at.',
  },
  includeGlobalServiceEvents: {
    value: true,
    provenBy: ['CloudTrail.GlobalEvents'],
    criteria: ['CC7.2'],
    source: 'AWS CloudTrail user guide, "Global service events"',
    reason: 'IAM and STS are global services.',
  },
  enableFileValidation: {
    value: true,
    provenBy: ['CloudTrail.LogFileValidation'],
    criteria: ['CC7.2', 'CC7.3', 'PI1.5'],
    source: 'AWS CloudTrail user guide, "Validating CloudTrail log file integrity"; CIS AWS Foundations 3.2',
    reason: 'Shows that no log file was changed or removed.',
  },
  encryptionKey: {
    value: 'customer managed',
    provenBy: ['CloudTrail.CustomerKey'],
    criteria: ['CC6.1', 'CC7.3'],
    source: 'AWS CloudTrail user guide, "Encrypting CloudTrail log files, digest files and event data stores with AWS KMS keys"',
    reason: 'Reading the trail takes a right to the key, besides one to the bucket.',
  },
  sendToCloudWatchLogs: {
    value: true,
    provenBy: ['CloudTrail.CloudWatchLogs'],
    criteria: ['CC7.2', 'CC7.3'],
    source: 'AWS CloudTrail user guide, "Monitoring CloudTrail Log Files with Amazon CloudWatch Logs"',
    reason: 'Alarms work on log groups, not on files in a bucket.',
  },
  managementEvents: {
    value: 'All',
    provenBy: ['CloudTrail.ManagementEvents'],
    criteria: ['CC7.2', 'CC2.1'],
    source: 'AWS CloudTrail user guide, "Logging management events"',
    reason: 'Both who looked and who changed; the first copy is free of charge.',
  },
  retentionDays: {
    value: 365,
    provenBy: [],
    criteria: [],
    source: 'AICPA SOC 2 guide: a type 2 period is up to twelve months',
    reason: 'The log group covers a type 2 period.',
  },
  logFileDays: {
    value: 731,
    provenBy: [],
    criteria: [],
    source: 'AICPA SOC 2 guide: a type 2 period is up to twelve months',
    reason: 'The period under audit, and the one before it to compare with.',
  },
  lockDays: {
    value: 365,
    provenBy: [],
    criteria: [],
    source: 'Amazon S3 user guide, "Locking objects with Object Lock", governance mode',
    reason: 'Nobody without a right of its own removes a log file within the period.',
  },
});
