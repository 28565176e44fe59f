import { defaults } from './default';

const FIREHOSE = 'Amazon Data Firehose developer guide';

/** Secure defaults of a Firehose delivery stream. */
export const deliveryStreamDefaults = defaults({
  encryption: {
    value: 'customer managed',
    provenBy: ['KinesisFirehose.Encryption'],
    criteria: ['CC6.1', 'C1.1'],
    source: `${FIREHOSE}, "Data protection in Amazon Data Firehose": for direct puts, off by default; with a data stream as source nothing is stored at rest`,
    reason: 'Records that wait for a destination that fails, for up to a day, are unreadable without the key.',
  },
  destinationKey: {
    value: 'that of the bucket',
    provenBy: ['KinesisFirehose.DestinationKey'],
    criteria: ['CC6.1', 'C1.1'],
    source: 'AWS::KinesisFirehose::DeliveryStream EncryptionConfiguration',
    reason: 'Objects are encrypted with the key by which grants on the bucket let readers decrypt, whatever its default encryption becomes.',
  },
  loggingConfig: {
    value: 'a log group of its own',
    provenBy: ['KinesisFirehose.ErrorLogging'],
    criteria: ['CC7.2', 'PI1.4'],
    source: `${FIREHOSE}, "Monitor Amazon Data Firehose Using CloudWatch Logs"`,
    reason: 'Failed deliveries and transformations are silent unless they are logged.',
  },
  errorOutputPrefix: {
    value: 'errors/!{firehose:error-output-type}/',
    provenBy: [],
    criteria: [],
    source: `${FIREHOSE}, "Understand custom prefixes for Amazon S3 objects"`,
    reason: 'What could not be delivered does not lie among the records, where readers would take it for data.',
  },
  compression: {
    value: 'GZIP',
    provenBy: [],
    criteria: [],
    source: 'AWS::KinesisFirehose::DeliveryStream ExtendedS3DestinationConfiguration, CompressionFormat: UNCOMPRESSED by default',
    reason: 'Costs less to keep and to read; Athena and Glue read it as it is.',
  },
});
