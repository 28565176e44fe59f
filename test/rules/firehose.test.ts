import { Case, fail, notApplicable, pass, verdicts } from './verdicts';
import * as rules from '../../src/rules/firehose';

const stream = (properties?: object): Case => ({ Subject: { Type: 'AWS::KinesisFirehose::DeliveryStream', Properties: properties } });
const keyType = (type: unknown, more: object = {}) => stream({ DeliveryStreamEncryptionConfigurationInput: { KeyType: type }, ...more });
const param = { $Parameters: { P: { Type: 'String' } } };
const P = { Ref: 'P' };

verdicts(rules.encryption, {
  pass: { 'a key of AWS': keyType('AWS_OWNED_CMK'), 'a key of one\'s own': keyType('CUSTOMER_MANAGED_CMK', { DeliveryStreamType: 'DirectPut' }) },
  fail: { 'absent': stream({ DeliveryStreamType: 'DirectPut' }), 'no type of key': keyType(null) },
  unknown: { 'a parameter': { ...keyType(P), ...param } },
  notApplicable: { 'a stream is its source': stream({ DeliveryStreamType: 'KinesisStreamAsSource' }), 'a topic of Kafka is its source': stream({ DeliveryStreamType: 'MSKAsSource' }) },
  trap: {
    'absent type: direct puts': fail(stream()),
    'its kind is a parameter, and it is encrypted': pass({ ...keyType('AWS_OWNED_CMK', { DeliveryStreamType: P }), ...param }),
  },
});


const logged = (enabled: unknown) => ({ CloudWatchLoggingOptions: { Enabled: enabled } });

verdicts(rules.errorLogging, {
  pass: { on: stream({ ExtendedS3DestinationConfiguration: logged(true) }) },
  fail: { absent: stream({ ExtendedS3DestinationConfiguration: {}, S3DestinationConfiguration: { BucketARN: 'arn' } }), off: stream({ SplunkDestinationConfiguration: logged('false') }) },
  unknown: { 'a parameter': { ...stream({ IcebergDestinationConfiguration: logged(P) }), ...param } },
  notApplicable: { 'no destination': stream() },
  trap: { 'one of two destinations': fail(stream({ SplunkDestinationConfiguration: logged(true), S3DestinationConfiguration: { BucketARN: 'arn' } })) },
});

const transformed = (more: object = {}, type = 'Lambda') => stream({ ExtendedS3DestinationConfiguration: { ProcessingConfiguration: { Enabled: true, Processors: [{ Type: type }] }, ...more } });

verdicts(rules.sourceBackup, {
  pass: { kept: transformed({ S3BackupMode: 'Enabled' }) },
  fail: {
    'absent': transformed(),
    'switched off': transformed({ S3BackupMode: 'Disabled' }),
    'the format is converted': stream({ ExtendedS3DestinationConfiguration: { DataFormatConversionConfiguration: { SchemaConfiguration: {} } } }),
    'to Redshift': stream({ RedshiftDestinationConfiguration: { ProcessingConfiguration: { Enabled: 'true', Processors: [{ Type: 'Lambda' }] } } }),
  },
  unknown: { 'a parameter': { ...transformed({ S3BackupMode: P }), ...param }, 'whether it transforms is a parameter': { ...transformed({ ProcessingConfiguration: { Enabled: P, Processors: [{ Type: 'Lambda' }] } }), ...param } },
  notApplicable: { 'delivered as they come': stream({ ExtendedS3DestinationConfiguration: {} }), 'a destination that keeps failures anyway': stream({ HttpEndpointDestinationConfiguration: { ProcessingConfiguration: { Enabled: true, Processors: [{ Type: 'Lambda' }] } } }) },
  trap: {
    'only line ends are added': notApplicable(transformed({}, 'AppendDelimiterToRecord')),
    'the processors are switched off': notApplicable(transformed({ ProcessingConfiguration: { Enabled: false, Processors: [{ Type: 'Lambda' }] } })),
    'the conversion is switched off': notApplicable(stream({ ExtendedS3DestinationConfiguration: { DataFormatConversionConfiguration: { Enabled: false } } })),
    'Kafka is its source': notApplicable(stream({ DeliveryStreamType: 'MSKAsSource', ExtendedS3DestinationConfiguration: { DataFormatConversionConfiguration: { Enabled: true } } })),
  },
});

const delivered = (configuration: object) => stream({ ExtendedS3DestinationConfiguration: { BucketARN: 'arn', EncryptionConfiguration: configuration } });

verdicts(rules.destinationKey, {
  pass: { 'a key': delivered({ KMSEncryptionConfig: { AWSKMSKeyARN: 'arn' } }) },
  fail: { absent: stream({ S3DestinationConfiguration: { BucketARN: 'arn' } }), off: delivered({ NoEncryptionConfig: 'NoEncryption' }) },
  unknown: { 'a macro decides': delivered({ KMSEncryptionConfig: { AWSKMSKeyARN: { 'Fn::Transform': { Name: 'Key' } } } }) },
  notApplicable: { 'no bucket': stream({ SplunkDestinationConfiguration: {} }) },
  trap: { 'a key, and off': fail(delivered({ KMSEncryptionConfig: { AWSKMSKeyARN: 'arn' }, NoEncryptionConfig: 'NoEncryption' })) },
});
