import { ifProd, P, setting, subject } from './cases';
import { fail, notApplicable, pass, unknown, verdicts } from './verdicts';
import { errorAlarm, eventSourceRetries, structuredLogs, visibilityTimeout } from '../../src/rules/lambda-operations';

const fn = subject('AWS::Lambda::Function');
const sam = subject('AWS::Serverless::Function');
const other = (Type: string, Properties: object = {}) => ({ Other: { Type, Properties } });

verdicts(structuredLogs, setting(fn, 'LoggingConfig.LogFormat', { good: 'JSON', bad: 'Text', pass: { SAM: sam({ LoggingConfig: { LogFormat: 'JSON' } }) } }));

const dimension = (of: string) => [{ Name: 'FunctionName', Value: { Ref: of } }];
const alarm = (MetricName: unknown, of = 'Subject') => ({ Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { MetricName, Dimensions: dimension(of) } } });
const calculated = (...metrics: [string, string][]) => ({
  Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { Metrics: metrics.map(([MetricName, of]) => ({ MetricStat: { Metric: { MetricName, Dimensions: dimension(of) } } })) } },
});
verdicts(errorAlarm, {
  pass: { 'errors': fn({}, alarm('Errors')), 'throttles, of SAM': sam({}, alarm('Throttles')), 'a calculation': fn({}, calculated(['Invocations', 'Subject'], ['Errors', 'Subject'])) },
  fail: { 'none': fn(), 'another metric': fn({}, alarm('Duration')) },
  unknown: { 'the metric by parameter': fn({}, alarm(P)) },
  trap: {
    'an alarm of another function': fail(fn({}, { ...alarm('Errors', 'Other'), ...other('AWS::Lambda::Function') })),
    'the errors of another function beside its own calls': fail(fn({}, { ...calculated(['Invocations', 'Subject'], ['Errors', 'Other']), ...other('AWS::Lambda::Function') })),
    'in one branch': fail(fn({}, alarm(ifProd('Errors', 'Duration'))), { message: /no AWS::CloudWatch::Alarm.*IsProd is false/ }),
  },
});

const stream = subject('AWS::Lambda::EventSourceMapping', { EventSourceArn: 'arn:aws:kinesis:eu-west-1:111111111111:stream/s' });
const events = (Properties: object, Type = 'DynamoDB') => sam({ Events: { Changes: { Type, Properties } } });
verdicts(eventSourceRetries, {
  pass: { 'some': stream({ MaximumRetryAttempts: 3 }), 'an age': stream({ MaximumRecordAgeInSeconds: '3600' }), 'none at all': stream({ MaximumRetryAttempts: 0 }), 'SAM': events({ MaximumRetryAttempts: 2 }) },
  fail: { 'absent': stream(), 'without end': stream({ MaximumRetryAttempts: -1 }), 'SAM': events({}, 'Kinesis') },
  unknown: { 'by parameter': stream({ MaximumRetryAttempts: P }) },
  notApplicable: { 'a queue': subject('AWS::Lambda::EventSourceMapping')({ EventSourceArn: 'arn:aws:sqs:eu-west-1:111111111111:q' }), 'SAM, an API': events({}, 'Api') },
  trap: {
    'one without end beside an age': pass(stream({ MaximumRetryAttempts: -1, MaximumRecordAgeInSeconds: 60 })),
    'in one branch': fail(stream({ MaximumRetryAttempts: ifProd(3) }), { message: /IsProd is false/ }),
    'a second event of SAM': fail(sam({ Events: { A: { Type: 'Kinesis', Properties: { MaximumRetryAttempts: 2 } }, B: { Type: 'Kinesis', Properties: {} } } })),
  },
});

const queue = (VisibilityTimeout?: unknown) => ({ Queue: { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout } } });
const called = (Timeout?: unknown) => ({ Fn: { Type: 'AWS::Lambda::Function', Properties: { Timeout } } });
const mapping = subject('AWS::Lambda::EventSourceMapping', { EventSourceArn: { 'Fn::GetAtt': ['Queue', 'Arn'] }, FunctionName: { Ref: 'Fn' } });
verdicts(visibilityTimeout, {
  pass: { 'six times': mapping({}, { ...queue(60), ...called(10) }), 'both by default': mapping({}, { ...queue(), ...called() }), 'as text': mapping({}, { ...queue('60'), ...called('10') }) },
  fail: {
    'less': mapping({}, { ...queue(59), ...called(10) }),
    'the default of the queue': mapping({}, { ...queue(), ...called(6) }),
    'SAM': sam({ Timeout: 30, Events: { Jobs: { Type: 'SQS', Properties: { Queue: { 'Fn::GetAtt': ['Queue', 'Arn'] } } } } }, queue(100)),
  },
  unknown: {
    'the timeout by parameter': mapping({}, { ...queue(60), ...called(P) }),
    'the window by parameter': mapping({ MaximumBatchingWindowInSeconds: P }, { ...queue(60), ...called(10) }),
    'a queue elsewhere': mapping({ EventSourceArn: 'arn:aws:sqs:eu-west-1:111111111111:q' }, called()),
    'a function elsewhere': mapping({ FunctionName: P }, queue()),
  },
  notApplicable: { 'a stream': stream() },
  trap: {
    'the window counts': fail(mapping({ MaximumBatchingWindowInSeconds: 5 }, { ...queue(60), ...called(10) })),
    'through an alias': fail(mapping({ FunctionName: { Ref: 'Alias' } }, { ...queue(20), ...called(10), Alias: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Fn' } } } })),
    'by the name of the function': fail(mapping({ FunctionName: 'work' }, { ...queue(20), Fn: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'work', Timeout: 10 } } })),
    'a topic that is no queue': notApplicable(mapping({ EventSourceArn: { Ref: 'Topic' } }, { ...called(), Topic: { Type: 'AWS::SNS::Topic' } })),
    'an alias of a function elsewhere': unknown(mapping({ FunctionName: { Ref: 'Alias' } }, { ...queue(20), Alias: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: 'f' } } })),
  },
});
