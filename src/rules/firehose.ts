import { awsDefaults } from './aws-defaults';
import { all, any, applies, not, Property, ResourceReader, rule, Truth } from './kernel';

const STREAM = ['AWS::KinesisFirehose::DeliveryStream'];
const DESTINATIONS = [
  'S3DestinationConfiguration', 'ExtendedS3DestinationConfiguration', 'RedshiftDestinationConfiguration', 'ElasticsearchDestinationConfiguration',
  'AmazonopensearchserviceDestinationConfiguration', 'AmazonOpenSearchServerlessDestinationConfiguration', 'SplunkDestinationConfiguration',
  'HttpEndpointDestinationConfiguration', 'SnowflakeDestinationConfiguration', 'IcebergDestinationConfiguration',
];

const sourceOf = (stream: ResourceReader) => stream.get('DeliveryStreamType').awsDefault(awsDefaults['AWS::KinesisFirehose::DeliveryStream.DeliveryStreamType']);
const destinationsOf = (stream: ResourceReader) => DESTINATIONS.map((name) => stream.get(name)).filter((destination) => !destination.missing);

export const encryption = rule({
  id: 'KinesisFirehose.Encryption',
  resourceTypes: STREAM,
  title: 'Delivery stream encrypts records in transit through it',
  severity: 'medium',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'A delivery stream buffers what producers put into it, and keeps it for up to a day when the destination fails: unencrypted, unless told otherwise.',
  remediation: { construct: 'EncryptionKey', l2: 'encryption: StreamEncryption.customerManagedKey(key)', cfn: 'DeliveryStreamEncryptionConfigurationInput: { KeyType }' },
  configRule: 'KINESIS_FIREHOSE_DELIVERY_STREAM_ENCRYPTED',
  nagRules: ['KinesisDataFirehoseSSE'],
  sources: ['Amazon Data Firehose developer guide, "Data protection in Amazon Data Firehose": server-side encryption is for direct puts; with a stream as source nothing is stored at rest'],
  check: (stream) => applies(
    sourceOf(stream).is('DirectPut'),
    'its source is a stream or a database, whose own encryption counts',
    () => stream.get('DeliveryStreamEncryptionConfigurationInput.KeyType').oneOf(['AWS_OWNED_CMK', 'CUSTOMER_MANAGED_CMK']),
  ),
});

export const errorLogging = rule({
  id: 'KinesisFirehose.ErrorLogging',
  resourceTypes: STREAM,
  title: 'Delivery stream logs what it could not deliver',
  severity: 'low',
  criteria: { direct: ['PI1.4'], supporting: ['CC7.2'] },
  rationale: 'Failed deliveries and transformations are silent unless they are logged; the log is what shows that outputs were complete.',
  remediation: { construct: 'SecureDeliveryStream', l2: 'loggingConfig: new EnableLogging()', cfn: 'CloudWatchLoggingOptions: { Enabled: true } of the destination' },
  sources: ['Amazon Data Firehose developer guide, "Monitor Amazon Data Firehose Using CloudWatch Logs"'],
  check: (stream) => applies(any(destinationsOf(stream).map((destination) => destination.isPresent())), 'it has no destination',
    () => all(...destinationsOf(stream).map((destination) => destination.get('CloudWatchLoggingOptions.Enabled').isTrue()))),
});

/** Only these can do without a copy of what they could not deliver: every other destination needs a bucket for it. */
const OPTIONAL_BACKUP = ['ExtendedS3DestinationConfiguration', 'RedshiftDestinationConfiguration'];

/** A function rewrites the records, or their format is converted. */
function transforms(destination: Property): Truth {
  const processing = destination.get('ProcessingConfiguration');
  return any([
    all(processing.get('Enabled').isTrue(), processing.get('Processors').some((processor) => processor.get('Type').is('Lambda'))),
    all(destination.get('DataFormatConversionConfiguration').isPresent(), destination.get('DataFormatConversionConfiguration.Enabled').isNot(false)),
  ]);
}

export const sourceBackup = rule({
  id: 'KinesisFirehose.SourceBackup',
  resourceTypes: STREAM,
  title: 'Records are kept as they came before they are transformed',
  severity: 'low',
  criteria: { direct: [], supporting: ['PI1.4', 'PI1.5', 'A1.2'] },
  rationale: 'A faulty transformation rewrites every record that passes; the originals are what it can be mended from, and compared with. They cost storage, so this is asked for.',
  remediation: { l2: 's3Backup of the S3Bucket destination', cfn: 'S3BackupMode: Enabled, with S3BackupConfiguration' },
  sources: ['Amazon Data Firehose developer guide, "Configure backup settings": source record backup for S3 and Redshift, with direct puts and data streams as source'],
  onByDefault: false,
  check: (stream) => applies(sourceOf(stream).oneOf(['DirectPut', 'KinesisStreamAsSource']), 'Firehose keeps no source records of this kind of source', () => {
    const transforming = OPTIONAL_BACKUP.map((name) => stream.get(name)).filter((destination) => !destination.missing)
      .map((destination) => applies(transforms(destination), 'it does not transform', () => destination.get('S3BackupMode').is('Enabled')));
    return transforming.find((truth) => !truth.skipped) ?? Truth.skip('it delivers records to S3 or Redshift as they come, or to a destination that needs a backup anyway');
  }),
});

export const destinationKey = rule({
  id: 'KinesisFirehose.DestinationKey',
  resourceTypes: STREAM,
  title: 'Delivered objects are encrypted with a KMS key',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'The destination bucket encrypts by default; a KMS key set here applies to what this stream delivers, whatever the bucket says.',
  remediation: { construct: 'EncryptionKey', l2: 'encryptionKey of the S3Bucket destination', cfn: 'EncryptionConfiguration: { KMSEncryptionConfig: { AWSKMSKeyARN } }' },
  sources: ['AWS::KinesisFirehose::DeliveryStream, EncryptionConfiguration'],
  onByDefault: false,
  check: (stream) => {
    const places = ['S3DestinationConfiguration', 'ExtendedS3DestinationConfiguration'].map((name) => stream.get(name)).filter((place) => !place.missing);
    return applies(any(places.map((place) => place.isPresent())), 'it delivers elsewhere than to a bucket', () => all(...places.map((place) => all(
      place.get('EncryptionConfiguration.KMSEncryptionConfig.AWSKMSKeyARN').isPresent(),
      not(place.get('EncryptionConfiguration.NoEncryptionConfig').is('NoEncryption'), 'NoEncryptionConfig switches encryption off'),
    ))));
  },
});
