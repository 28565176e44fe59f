import { awsDefaults } from './aws-defaults';
import { rule } from './kernel';
import { ownKey } from './shared/own-key';

const STREAM = ['AWS::KinesisVideo::Stream'];

export const customerKey = rule({
  id: 'KinesisVideo.CustomerKey',
  resourceTypes: STREAM,
  title: 'Video is encrypted with a key of the organization',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'Video is always encrypted; a key of one\'s own has a policy, rotation and a deletion procedure that the organization decides, which aws/kinesisvideo has not.',
  remediation: { construct: 'EncryptionKey', cfn: 'KmsKeyId' },
  sources: ['Amazon Kinesis Video Streams API reference, CreateStream, KmsKeyId: aws/kinesisvideo without it'],
  onByDefault: false,
  check: (stream) => ownKey(stream.get('KmsKeyId'), 'kinesisvideo'),
});

export const retention = rule({
  id: 'KinesisVideo.Retention',
  resourceTypes: STREAM,
  title: 'Video is kept for a time that is set',
  severity: 'low',
  criteria: { direct: [], supporting: ['PI1.5', 'CC7.3'] },
  rationale: 'By default a stream keeps nothing, so there is no recording to go back to. Live streams and personal data may want just that, so this is asked for.',
  remediation: { cfn: 'DataRetentionInHours' },
  configRule: 'KINESIS_VIDEO_STREAM_MINIMUM_DATA_RETENTION',
  sources: ['Amazon Kinesis Video Streams API reference, CreateStream, DataRetentionInHours: 0 by default, which keeps nothing'],
  onByDefault: false,
  check: (stream) => stream.get('DataRetentionInHours').awsDefault(awsDefaults['AWS::KinesisVideo::Stream.DataRetentionInHours']).atLeast(1),
});
