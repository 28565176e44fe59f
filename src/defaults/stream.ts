import { defaults, SharedKey } from './default';

const KINESIS = 'Amazon Kinesis Data Streams developer guide';

/** Secure defaults of a Kinesis data stream. */
export const streamDefaults = defaults({
  encryption: {
    value: 'customer managed',
    provenBy: ['Kinesis.CustomerKey', 'Kinesis.Encryption'],
    criteria: ['CC6.1', 'C1.1'],
    source: `${KINESIS}, "Data protection in Amazon Kinesis Data Streams": not encrypted unless told to`,
    reason: 'A key of one\'s own has a policy, rotation and an audit trail, which alias/aws/kinesis has not.',
    cfn: { 'StreamEncryption.EncryptionType': 'KMS', 'StreamEncryption.KeyId': new SharedKey('data') },
  },
  retentionPeriodDays: {
    value: 7,
    provenBy: ['Kinesis.Retention'],
    criteria: ['A1.2', 'PI1.3'],
    source: `${KINESIS}, "Change the data retention period": 24 hours by default, billed beyond that`,
    reason: 'A consumer that stood still over a weekend still finds its records.',
    least: { 'Kinesis.Retention': 7 },
    cfn: { RetentionPeriodHours: 168 },
  },
  streamMode: {
    value: 'ON_DEMAND',
    provenBy: ['Kinesis.ScalesWithDemand'],
    criteria: ['A1.1'],
    source: `${KINESIS}, "Choose the right mode for your data stream": provisioned by default`,
    reason: 'Producers are not refused because somebody counted the shards too low.',
  },
  removalPolicy: {
    value: 'RETAIN',
    provenBy: [],
    criteria: [],
    source: 'AWS CloudFormation user guide, "DeletionPolicy attribute"',
    reason: 'A deleted stack does not take records along that nobody has read yet.',
    cfn: { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' },
  },
});
