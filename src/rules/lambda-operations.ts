import { awsDefaults } from './aws-defaults';
import { any, rule, Truth } from './kernel';
import { watched } from './shared/alarm';
import { everyMapping, functionOf, MAPPINGS } from './shared/event-mapping';

const FUNCTION = ['AWS::Lambda::Function', 'AWS::Serverless::Function'];

export const structuredLogs = rule({
  id: 'Lambda.StructuredLogs',
  resourceTypes: FUNCTION,
  title: 'Function logs in JSON',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC7.2'] },
  rationale: 'Log lines with fields can be searched and counted, so that a filter finds what matters. Many libraries write JSON by themselves.',
  remediation: { construct: 'SecureFunction', l2: 'loggingFormat: LoggingFormat.JSON', cfn: 'LoggingConfig: { LogFormat: JSON }' },
  configRule: 'LAMBDA_FUNCTION_LOG_FORMAT_JSON',
  sources: ['AWS Lambda developer guide, "Configuring JSON and plain text log formats"'],
  onByDefault: false,
  check: (fn) => fn.get('LoggingConfig.LogFormat').awsDefault(awsDefaults['AWS::Lambda::Function.LoggingConfig.LogFormat']).is('JSON'),
});

export const errorAlarm = rule({
  id: 'Lambda.ErrorAlarm',
  resourceTypes: FUNCTION,
  title: 'An alarm watches the errors of the function',
  severity: 'low',
  criteria: { direct: ['CC7.2'], supporting: ['PI1.3', 'A1.1'] },
  rationale: 'An alarm tells that a function fails before its users do. Alarms on what a system does as a whole may serve better, so this is asked for.',
  remediation: { construct: 'ServiceAlarms', l2: 'metricErrors().createAlarm()', cfn: 'an AWS::CloudWatch::Alarm on Errors or Throttles whose dimension FunctionName names the function' },
  sources: ['AWS Lambda developer guide, "Types of metrics for Lambda functions": Errors and Throttles'],
  onByDefault: false,
  check: (fn, model) => watched(fn, model, /^(Errors|Throttles)$/),
});

export const eventSourceRetries = rule({
  id: 'Lambda.EventSourceRetries',
  resourceTypes: MAPPINGS,
  title: 'A record of a stream is not retried without end',
  severity: 'low',
  criteria: { direct: ['PI1.3'] },
  rationale: 'One record that always fails holds up its shard until it expires, and then goes to no failure destination. Where order is all, that may be wanted.',
  remediation: { l2: 'retryAttempts or maxRecordAge', cfn: 'MaximumRetryAttempts, or MaximumRecordAgeInSeconds' },
  sources: ['AWS::Lambda::EventSourceMapping, MaximumRetryAttempts: -1 by default, until the record expires in the source'],
  onByDefault: false,
  check: (mapping) => everyMapping(mapping, 'stream', (settings) => any([
    settings.get('MaximumRetryAttempts').awsDefault(awsDefaults['AWS::Lambda::EventSourceMapping.MaximumRetryAttempts']).atLeast(0),
    settings.get('MaximumRecordAgeInSeconds').awsDefault(awsDefaults['AWS::Lambda::EventSourceMapping.MaximumRecordAgeInSeconds']).atLeast(60),
  ]).because('neither the number of retries nor the age of a record is limited')),
});

export const visibilityTimeout = rule({
  id: 'Lambda.QueueVisibilityTimeout',
  resourceTypes: MAPPINGS,
  title: 'Queue hides a message for as long as the function may work on it',
  severity: 'low',
  criteria: { direct: ['PI1.3'] },
  rationale: 'A message that comes back while it is still worked on is processed twice, or ends among the dead letters without having failed.',
  remediation: { l2: 'visibilityTimeout of six times the timeout of the function', cfn: 'VisibilityTimeout of six times the Timeout of the function, plus MaximumBatchingWindowInSeconds' },
  nagRules: ['LambdaEventSourceSQSVisibilityTimeout'],
  sources: ['AWS Lambda developer guide, "Creating and configuring an Amazon SQS event source mapping": at least six times the timeout of the function'],
  onByDefault: false,
  check: (mapping, model) => everyMapping(mapping, 'queue', (settings) => {
    const queue = settings.get(mapping.type === 'AWS::Serverless::Function' ? 'Queue' : 'EventSourceArn').target();
    const fn = functionOf(mapping, model);
    if (queue?.type !== 'AWS::SQS::Queue' || !fn) return Truth.unknown('the queue or the function is not among the templates given');
    const timeout = fn.get('Timeout').awsDefault(awsDefaults['AWS::Lambda::Function.Timeout']).seen();
    const window = settings.get('MaximumBatchingWindowInSeconds').awsDefault(awsDefaults['AWS::Lambda::EventSourceMapping.MaximumBatchingWindowInSeconds']);
    if (timeout.scalar === undefined) return timeout.openTruth();
    if (window.scalar === undefined) return window.openTruth();
    return queue.get('VisibilityTimeout').awsDefault(awsDefaults['AWS::SQS::Queue.VisibilityTimeout']).atLeast(6 * Number(timeout.scalar) + Number(window.scalar));
  }),
});
