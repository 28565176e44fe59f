import { ifProd, MACRO, P, subject } from './cases';
import { Case, fail, notApplicable, pass, verdicts } from './verdicts';
import { partialBatchResponse } from '../../src/rules/lambda-batches';

const SQS = 'arn:aws:sqs:eu-west-1:111111111111:jobs';
const mapping = subject('AWS::Lambda::EventSourceMapping', { FunctionName: 'fn' });
const of = (source: unknown, more: object = {}, others: Case = {}) => mapping({ EventSourceArn: source, ...more }, others);
const REPORTS = { FunctionResponseTypes: ['ReportBatchItemFailures'] };
const sam = (Type: string, Properties: object = {}) => subject('AWS::Serverless::Function')({ Events: { Jobs: { Type, Properties } } });

verdicts(partialBatchResponse, {
  pass: { 'a queue': of(SQS, REPORTS), 'one message at a time': of(SQS, { BatchSize: 1 }), 'SAM': sam('SQS', REPORTS) },
  fail: { 'a queue': of(SQS), 'a stream': of('arn:aws:kinesis:eu-west-1:111111111111:stream/s', { BatchSize: 100 }), 'SAM': sam('DynamoDB') },
  unknown: { 'a macro decides': of(SQS, { FunctionResponseTypes: MACRO }), 'the source is a parameter': of(P) },
  notApplicable: {
    'a broker': of({ Ref: 'Broker' }, {}, { Broker: { Type: 'AWS::AmazonMQ::Broker' } }),
    'Kafka that one runs oneself': mapping({ SelfManagedEventSource: { Endpoints: {} } }),
    'SAM, another event': sam('S3'),
  },
  trap: {
    'by reference': fail(of({ 'Fn::GetAtt': ['Queue', 'Arn'] }, {}, { Queue: { Type: 'AWS::SQS::Queue' } })),
    'the table of a stream': pass(of({ 'Fn::GetAtt': ['Table', 'StreamArn'] }, REPORTS, { Table: { Type: 'AWS::DynamoDB::Table' } })),
    'an empty list': fail(of(SQS, { FunctionResponseTypes: [] })),
    'in production only': fail(of(SQS, { FunctionResponseTypes: ifProd(['ReportBatchItemFailures']) }), { message: /IsProd is false/ }),
    'a broker by its ARN': notApplicable(of('arn:aws:mq:eu-west-1:111111111111:broker:b')),
  },
});
