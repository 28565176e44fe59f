import { defaults, SharedKey } from './default';

/** Secure defaults of a CloudWatch log group. */
export const logGroupDefaults = defaults({
  encryptionKey: {
    value: 'customer managed',
    provenBy: ['Logs.CustomerKey'],
    criteria: ['CC6.1', 'CC7.3', 'C1.1'],
    source: 'Amazon CloudWatch Logs user guide, "Encrypt log data in CloudWatch Logs using AWS KMS"',
    reason: 'Logs hold what applications write to them; a key of one\'s own decides who reads it.',
    cfn: { KmsKeyId: new SharedKey('logs') },
  },
  retentionDays: {
    value: 365,
    provenBy: ['Logs.Retention', 'Logs.RetentionOneYear'],
    criteria: ['CC7.2', 'CC7.3'],
    source: 'Amazon CloudWatch Logs user guide, "Change log data retention": kept forever by default',
    reason: 'A year covers a type 2 period; without an end, confidential data is never disposed of.',
    least: { 'Logs.RetentionOneYear': 365 },
    cfn: { RetentionInDays: 365 },
  },
  removalPolicy: {
    value: 'RETAIN, with a name RETAIN_ON_UPDATE_OR_DELETE',
    provenBy: [],
    criteria: [],
    source: 'AWS CloudFormation user guide, "DeletionPolicy attribute": RetainExceptOnCreate deletes what a failed creation leaves behind',
    reason: 'What happened before a stack was deleted can still be looked into, and no name stays taken after a failed creation.',
    cfn: { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' },
  },
});
