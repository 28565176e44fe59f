import { ifProd, MACRO, P, presence, subject } from './cases';
import { fail, pass, verdicts } from './verdicts';
import * as rules from '../../src/rules/pipes';

const pipe = subject('AWS::Pipes::Pipe');
const kinesis = (parameters: unknown = {}) => pipe({ SourceParameters: { KinesisStreamParameters: parameters } });
const dynamo = (parameters: object = {}) => pipe({ SourceParameters: { DynamoDBStreamParameters: parameters } });
const queue = pipe({ SourceParameters: { SqsQueueParameters: { BatchSize: 1 } } });
const DLQ = { DeadLetterConfig: { Arn: 'arn:aws:sqs:eu-west-1:111111111111:failed' } };

verdicts(rules.pipeDeadLetterQueue, {
  pass: { 'Kinesis': kinesis(DLQ), 'DynamoDB': dynamo({ StartingPosition: 'LATEST', ...DLQ }) },
  fail: { 'Kinesis': kinesis({ StartingPosition: 'LATEST' }), 'DynamoDB': dynamo() },
  unknown: { 'a macro decides': kinesis({ DeadLetterConfig: MACRO }), 'the parameters of the source are a macro': pipe({ SourceParameters: MACRO }) },
  notApplicable: { 'a queue': queue, 'nothing is said of the source': pipe() },
  trap: { 'in one branch only': fail(kinesis({ DeadLetterConfig: ifProd(DLQ.DeadLetterConfig) }), { message: /IsProd is false/ }), 'at the wrong place': fail(pipe({ SourceParameters: { KinesisStreamParameters: {}, ...DLQ } })) },
});

verdicts(rules.pipeBoundedRetries, {
  pass: { 'retries': kinesis({ MaximumRetryAttempts: 5 }), 'age': dynamo({ MaximumRecordAgeInSeconds: 3600 }) },
  fail: { 'neither': kinesis(), 'neither, DynamoDB': dynamo({ BatchSize: 1 }) },
  unknown: { 'a parameter': kinesis({ MaximumRetryAttempts: P }) },
  notApplicable: { 'a queue': queue },
  trap: { 'no retry at all is a bound': pass(kinesis({ MaximumRetryAttempts: 0 })), '-1 is no bound': fail(kinesis({ MaximumRetryAttempts: -1, MaximumRecordAgeInSeconds: '-1' })) },
});

const LOG = { CloudwatchLogsLogDestination: { LogGroupArn: 'arn' } };
const logs = (Level: unknown, more: object = LOG) => pipe({ LogConfiguration: { Level, ...more } });
verdicts(rules.pipeLogging, {
  pass: { 'errors': logs('ERROR'), 'all, to a bucket': logs('TRACE', { S3LogDestination: { BucketName: 'b' } }), 'to Firehose': logs('INFO', { FirehoseLogDestination: { DeliveryStreamArn: P } }) },
  fail: { 'absent': pipe(), 'off': logs('OFF') },
  unknown: { 'a parameter': logs(P) },
  trap: { 'nowhere': fail(logs('ERROR', {})), 'an empty destination': fail(logs('ERROR', { S3LogDestination: {} })), 'off in one branch': fail(logs(ifProd('ERROR', 'OFF')), { message: /IsProd is false/ }) },
});

verdicts(rules.pipeLogsNoPayload, {
  pass: { 'not said': logs('ERROR'), 'an empty list': logs('ERROR', { IncludeExecutionData: [] }) },
  fail: { 'all': logs('ERROR', { IncludeExecutionData: ['ALL'] }) },
  unknown: { 'a macro decides': logs('ERROR', { IncludeExecutionData: MACRO }) },
  notApplicable: { 'no log': pipe() },
  trap: { 'in one branch': fail(logs('ERROR', { IncludeExecutionData: ifProd({ Ref: 'AWS::NoValue' }, ['ALL']) }), { message: /IsProd is false/ }) },
});

verdicts(rules.pipeCustomerKey, presence(pipe, 'KmsKeyIdentifier', { trap: { 'a parameter holds some key': pass(pipe({ KmsKeyIdentifier: P })) } }));
