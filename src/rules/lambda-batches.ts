import { any, applies, Property, ResourceReader, rule, Truth } from './kernel';
import { everySamEvent } from './shared/sam-events';

const MAPPING = 'AWS::Lambda::EventSourceMapping';
const SOURCES = ['AWS::SQS::Queue', 'AWS::Kinesis::Stream', 'AWS::Kinesis::StreamConsumer', 'AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'];

/** Queues and streams, whose batches a function can answer message by message. Brokers know no such answer. */
function answersByMessage(mapping: ResourceReader): Truth {
  const source = mapping.get('EventSourceArn');
  const target = source.target();
  if (target) return Truth.of(SOURCES.includes(target.type), 'the source is a broker');
  return source.missing ? Truth.no('the source is a broker') : any([':sqs:', ':kinesis:', ':dynamodb:'].map((service) => source.includes(service)));
}

const partial = (settings: Property) => any([
  settings.get('FunctionResponseTypes').some((type) => type.is('ReportBatchItemFailures')), settings.get('BatchSize').is(1),
]).because('one failing message makes the whole batch be processed again');

export const partialBatchResponse = rule({
  id: 'Lambda.PartialBatchResponse',
  resourceTypes: [MAPPING, 'AWS::Serverless::Function'],
  title: 'Only the messages that failed are processed again',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['PI1.3'] },
  rationale: 'When one message fails, Lambda runs the function again for all of its batch, those included that were done. A function that bears repeats needs no more.',
  remediation: { l2: 'reportBatchItemFailures: true', cfn: 'FunctionResponseTypes: [ReportBatchItemFailures], which the code of the function must answer, or BatchSize: 1' },
  sources: ['AWS Lambda developer guide, "Handling errors for an SQS event source in Lambda": implementing partial batch responses'],
  check: (resource) => (resource.type === MAPPING
    ? applies(answersByMessage(resource), 'the source takes no answer by message', () => partial(resource.properties()))
    : everySamEvent(resource, ['SQS', 'Kinesis', 'DynamoDB'], partial)),
});
