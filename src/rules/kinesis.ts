import { awsDefaults } from './aws-defaults';
import { all, rule } from './kernel';
import { ownKey } from './shared/own-key';

const STREAM = ['AWS::Kinesis::Stream'];

export const encryption = rule({
  id: 'Kinesis.Encryption',
  resourceTypes: STREAM,
  title: 'Stream encrypts records',
  severity: 'high',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'A stream keeps records for a day to a year; without a KMS key they lie there unencrypted.',
  remediation: { construct: 'EncryptionKey', l2: 'encryption: StreamEncryption.KMS', cfn: 'StreamEncryption: { EncryptionType: KMS, KeyId }' },
  configRule: 'KINESIS_STREAM_ENCRYPTED',
  nagRules: ['KinesisDataStreamSSE'],
  sources: ['AWS::Kinesis::Stream, StreamEncryption: EncryptionType and KeyId are both required', 'Amazon Kinesis Data Streams developer guide, "Data protection in Amazon Kinesis Data Streams"'],
  check: (stream) => all(stream.get('StreamEncryption.EncryptionType').is('KMS'), stream.get('StreamEncryption.KeyId').isPresent()),
});

export const customerKey = rule({
  id: 'Kinesis.CustomerKey',
  resourceTypes: STREAM,
  title: 'Stream encrypts with a key of the organization',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'A key of one\'s own has a policy, rotation and a deletion procedure that the organization decides; alias/aws/kinesis has none. Encryption as such holds without it.',
  remediation: { construct: 'EncryptionKey', l2: 'encryptionKey', cfn: 'KeyId of an AWS::KMS::Key' },
  nagRules: ['KinesisDataStreamDefaultKeyWhenSSE'],
  sources: ['Amazon Kinesis Data Streams developer guide, "Data protection in Amazon Kinesis Data Streams"'],
  onByDefault: false,
  check: (stream) => ownKey(stream.get('StreamEncryption.KeyId'), 'kinesis'),
});

export const retention = rule({
  id: 'Kinesis.Retention',
  resourceTypes: STREAM,
  title: 'Stream keeps records for a week',
  severity: 'low',
  criteria: { direct: [], supporting: ['PI1.3', 'A1.2'] },
  rationale: 'Records can be processed again only while the stream keeps them; one day, the default, is less than a weekend. How long is enough depends on the consumer, so this is asked for.',
  remediation: { construct: 'SecureStream', l2: 'retentionPeriod: Duration.days(7)', cfn: 'RetentionPeriodHours: 168' },
  configRule: 'KINESIS_STREAM_BACKUP_RETENTION_CHECK',
  sources: ['AWS::Kinesis::Stream, RetentionPeriodHours: 24 by default'],
  onByDefault: false,
  check: (stream) => stream.get('RetentionPeriodHours').awsDefault(awsDefaults['AWS::Kinesis::Stream.RetentionPeriodHours']).atLeast(168),
});

export const scalesWithDemand = rule({
  id: 'Kinesis.ScalesWithDemand',
  resourceTypes: STREAM,
  title: 'Stream\'s capacity follows demand',
  severity: 'low',
  criteria: { direct: ['A1.1'] },
  rationale: 'A stream of a fixed number of shards refuses records above their rate. Steady loads do well with provisioned shards, so this is asked for.',
  remediation: { construct: 'SecureStream', l2: 'streamMode: StreamMode.ON_DEMAND', cfn: 'StreamModeDetails: { StreamMode: ON_DEMAND }' },
  sources: ['AWS::Kinesis::Stream, StreamModeDetails: provisioned by default'],
  onByDefault: false,
  check: (stream) => stream.get('StreamModeDetails.StreamMode').awsDefault(awsDefaults['AWS::Kinesis::Stream.StreamModeDetails.StreamMode']).is('ON_DEMAND'),
});
