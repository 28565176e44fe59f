import { awsDefaults } from './aws-defaults';
import { all, any, applies, Property, ResourceReader, rule, Truth } from './kernel';
import { stands } from './shared/stands';

const PIPE = ['AWS::Pipes::Pipe'];
const DESTINATIONS = ['CloudwatchLogsLogDestination.LogGroupArn', 'FirehoseLogDestination.DeliveryStreamArn', 'S3LogDestination.BucketName'];

/** Sources that lose what is not processed in time. Both need parameters, so these tell what the source is. */
const STREAMS = ['KinesisStreamParameters', 'DynamoDBStreamParameters'];

/** The check of the parameters of a stream; queues and brokers keep what was not processed. */
function ofStream(pipe: ResourceReader, check: (parameters: Property) => Truth): Truth {
  const places = STREAMS.map((name) => pipe.get(`SourceParameters.${name}`));
  return applies(any(places.map(stands)), 'the source is no stream: queues and brokers keep what was not processed',
    () => all(...places.filter((place) => !place.missing).map(check)));
}

export const pipeDeadLetterQueue = rule({
  id: 'Pipes.DeadLetterQueue',
  resourceTypes: PIPE,
  title: 'Records of a stream that cannot be processed are kept',
  severity: 'medium',
  criteria: { direct: ['PI1.3'] },
  rationale: 'A batch that keeps failing is dropped when it expires in the stream; without a dead-letter queue nobody learns which records were lost.',
  remediation: { cfn: 'SourceParameters: { KinesisStreamParameters or DynamoDBStreamParameters: { DeadLetterConfig: { Arn } } }' },
  sources: ['Amazon EventBridge user guide, "Amazon EventBridge Pipes error handling and troubleshooting"'],
  check: (pipe) => ofStream(pipe, (parameters) => parameters.get('DeadLetterConfig.Arn').isPresent()),
});

export const pipeBoundedRetries = rule({
  id: 'Pipes.BoundedRetries',
  resourceTypes: PIPE,
  title: 'A record that keeps failing does not hold up the stream',
  severity: 'low',
  criteria: { direct: ['PI1.3'], supporting: ['A1.1'] },
  rationale: 'Without a bound a pipe retries a failing batch until it expires, and all that comes after it waits and may expire too.',
  remediation: { cfn: 'MaximumRetryAttempts or MaximumRecordAgeInSeconds of the stream\'s parameters' },
  sources: ['AWS::Pipes::Pipe PipeSourceKinesisStreamParameters and PipeSourceDynamoDBStreamParameters: both are -1, infinite, by default'],
  check: (pipe) => ofStream(pipe, (parameters) => any([
    parameters.get('MaximumRetryAttempts').awsDefault(awsDefaults['AWS::Pipes::Pipe.SourceParameters.MaximumRetryAttempts']).atLeast(0),
    parameters.get('MaximumRecordAgeInSeconds').awsDefault(awsDefaults['AWS::Pipes::Pipe.SourceParameters.MaximumRecordAgeInSeconds']).atLeast(0),
  ]).because('neither the retries nor the age of a record are bounded')),
});

export const pipeLogging = rule({
  id: 'Pipes.Logging',
  resourceTypes: PIPE,
  title: 'Pipe logs its errors',
  severity: 'low',
  criteria: { direct: ['CC7.2'], supporting: ['PI1.3'] },
  rationale: 'The log is the only place that tells at which step a pipe failed, and with what answer.',
  remediation: { cfn: 'LogConfiguration: { Level: ERROR } with a destination' },
  sources: ['Amazon EventBridge user guide, "Log Amazon EventBridge Pipes"'],
  check: (pipe) => all(
    pipe.get('LogConfiguration.Level').oneOf(['ERROR', 'INFO', 'TRACE']).because('the pipe writes no log'),
    any(DESTINATIONS.map((path) => pipe.get(`LogConfiguration.${path}`).isPresent())).because('the log has no destination'),
  ),
});

export const pipeLogsNoPayload = rule({
  id: 'Pipes.NoExecutionData',
  resourceTypes: PIPE,
  title: 'Payloads are not copied to logs',
  severity: 'low',
  criteria: { direct: ['C1.1'], supporting: ['CC6.1'] },
  rationale: 'Execution data writes whole payloads, requests and answers, unredacted, to logs that more people can read than the data itself.',
  remediation: { cfn: 'LogConfiguration without IncludeExecutionData' },
  sources: ['Amazon EventBridge user guide, "Log Amazon EventBridge Pipes": including execution data'],
  check: (pipe) => applies(pipe.get('LogConfiguration').isPresent(), 'the pipe writes no log',
    () => pipe.get('LogConfiguration.IncludeExecutionData').isAbsent().because('the log holds payloads, requests and answers')),
});

export const pipeCustomerKey = rule({
  id: 'Pipes.CustomerKey',
  resourceTypes: PIPE,
  title: 'Pipe is encrypted with a key of the organization',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['CC6.1', 'C1.1'] },
  rationale: 'What a pipe holds is always encrypted; a key of one\'s own adds a policy and an audit trail of its use.',
  remediation: { construct: 'EncryptionKey', cfn: 'KmsKeyIdentifier' },
  sources: ['AWS::Pipes::Pipe, KmsKeyIdentifier: an AWS owned key by default'],
  check: (pipe) => pipe.get('KmsKeyIdentifier').isPresent(),
});
