import { all, any, applies, Evaluation, Property, ResourceReader, Truth, when } from '../kernel';

/** What connects a function to a source that it polls: a resource of its own, or an event of SAM's function. */
export const MAPPINGS = ['AWS::Lambda::EventSourceMapping', 'AWS::Serverless::Function'];

interface Mapping {
  readonly settings: Property;
  readonly from: (kind: 'stream' | 'queue') => Truth;
}

const TYPES = {
  stream: ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable', 'AWS::Kinesis::Stream', 'AWS::Kinesis::StreamConsumer', 'AWS::Serverless::SimpleTable'],
  queue: ['AWS::SQS::Queue'],
};
const ARNS = { stream: [':dynamodb:', ':kinesis:'], queue: [':sqs:'] };
const EVENTS = { stream: ['Kinesis', 'DynamoDB'], queue: ['SQS'] };

function sourceIs(source: Property, kind: 'stream' | 'queue'): Truth {
  const target = source.target();
  return target ? Truth.of(TYPES[kind].includes(target.type), 'another kind of source') : any(ARNS[kind].map((service) => source.includes(service)));
}

function mappingsOf(resource: ResourceReader): { items: Mapping[]; open?: string } {
  if (resource.type !== 'AWS::Serverless::Function') {
    return { items: [{ settings: resource.properties(), from: (kind) => sourceIs(resource.get('EventSourceArn'), kind) }] };
  }
  const { items, open } = resource.get('Events').seen().entries();
  return { items: items.map(({ value }) => ({ settings: value.get('Properties'), from: (kind) => value.get('Type').oneOf(EVENTS[kind]) })), open };
}

/** Every mapping of the resource from such a source answers yes; without one the check does not apply. */
export function everyMapping(resource: ResourceReader, kind: 'stream' | 'queue', check: (settings: Property) => Truth): Truth {
  const { items, open } = mappingsOf(resource);
  const more = open === undefined ? [] : [Truth.unknown(open)];
  return applies(any([...items.map((one) => one.from(kind)), ...more]), `nothing is read from a ${kind}`,
    () => all(...items.map((one) => when(one.from(kind), () => check(one.settings))), ...more));
}

/** The function that a mapping is for. */
export function functionOf(resource: ResourceReader, model: Evaluation): ResourceReader | undefined {
  if (resource.type === 'AWS::Serverless::Function') return resource;
  const name = resource.get('FunctionName');
  const target = name.target();
  if (target) return FUNCTIONS.includes(target.type) ? target : aliased(target);
  return name.undecided ? undefined : model.ofType(...FUNCTIONS).find((fn) => name.names(fn).yes);
}

const FUNCTIONS = ['AWS::Lambda::Function', 'AWS::Serverless::Function'];

/** An alias or a version names its function. */
function aliased(alias: ResourceReader): ResourceReader | undefined {
  const target = alias.get('FunctionName').target();
  return target && FUNCTIONS.includes(target.type) ? target : undefined;
}
