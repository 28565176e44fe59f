import { Duration, PropertyInjectors, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sources from 'aws-cdk-lib/aws-lambda-event-sources';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { appWith, CONCRETE } from './harness';
import { HardeningInjector } from '../../src/blueprint/injectors';
import { eventSourceMappingHardening } from '../../src/constructs/compute/event-source-mapping-hardening';
import { Default } from '../../src/defaults';
import { describeInjected } from '../blueprint/injected';

const MAPPING = 'AWS::Lambda::EventSourceMapping';
const { LATEST } = lambda.StartingPosition;

const functionOf = (scope: Construct, id: string, props: Partial<lambda.FunctionProps> = {}): lambda.Function => (
  new lambda.Function(scope, id, { runtime: lambda.Runtime.NODEJS_24_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = async () => {};'), ...props }));
const kept: Default<unknown> = { value: true, provenBy: ['Lambda.EventSourceFailureDestination'], criteria: [], source: '', reason: '' };

describeInjected<lambda.EventSourceMappingProps>({
  name: 'lambda.EventSourceMapping',
  hardening: eventSourceMappingHardening,
  make: (scope, id, props) => new lambda.EventSourceMapping(scope, id, {
    target: functionOf(scope, `${id}Function`), eventSourceArn: new kinesis.Stream(scope, `${id}Stream`).streamArn, startingPosition: LATEST, retryAttempts: 10, ...props,
  }),
  defaults: { [MAPPING]: { kept } },
  explicit: { props: { retryAttempts: undefined }, rule: 'Lambda.EventSourceFailureDestination' },
});

describe('lambda.EventSourceMapping under its injector', () => {
  const injected = (fill: (stack: Stack) => void): Template => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    PropertyInjectors.of(stack).add(new HardeningInjector(eventSourceMappingHardening));
    fill(stack);
    return Template.fromStack(stack);
  };
  const streamed = (stack: Stack, props: Partial<sources.KinesisEventSourceProps>, fn: lambda.Function = functionOf(stack, 'Fn')): void => (
    fn.addEventSource(new sources.KinesisEventSource(new kinesis.Stream(stack, 'Stream'), { startingPosition: LATEST, ...props })));

  test.each<[string, Partial<sources.KinesisEventSourceProps>]>([
    ['retries', { retryAttempts: 3 }], ['retries that are none', { retryAttempts: 0 }], ['age', { maxRecordAge: Duration.hours(6) }],
  ])('records that a limit of %s drops go to a queue with an alarm, which the function may send to under its key', (_, props) => {
    const template = injected((stack) => streamed(stack, props));
    const [queue] = Object.keys(template.findResources('AWS::SQS::Queue'));
    template.hasResourceProperties(MAPPING, { DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [queue, 'Arn'] } } } });
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Action: Match.arrayWith(['sqs:SendMessage']), Resource: { 'Fn::GetAtt': [queue, 'Arn'] } }),
          Match.objectLike({ Action: Match.arrayWith(['kms:GenerateDataKey*']) }),
        ]),
      },
    });
    template.resourceCountIs('AWS::CloudWatch::Alarm', 1);
  });

  test.each<[string, (stack: Stack) => void]>([
    ['a stream that drops nothing', (stack) => streamed(stack, {})],
    ['a queue', (stack) => functionOf(stack, 'Fn').addEventSource(new sources.SqsEventSource(new sqs.Queue(stack, 'Queue')))],
    ['Kafka', (stack) => functionOf(stack, 'Fn').addEventSourceMapping('Kafka', {
      eventSourceArn: 'arn:aws:kafka:eu-west-1:111111111111:cluster/a/12345678-1234-1234-1234-123456789012-1', kafkaTopic: 't', startingPosition: LATEST, retryAttempts: 3,
    })],
    ['a function whose role is elsewhere', (stack) => streamed(stack, { retryAttempts: 3 }, functionOf(stack, 'Fn', { role: iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111111111111:role/r') }))],
    ['a function that is elsewhere', (stack) => void new lambda.EventSourceMapping(stack, 'X', {
      target: lambda.Function.fromFunctionArn(stack, 'Fn', 'arn:aws:lambda:eu-west-1:111111111111:function:f'), eventSourceArn: new kinesis.Stream(stack, 'Stream').streamArn,
      startingPosition: LATEST, retryAttempts: 3,
    })],
  ])('nothing is added for %s', (_, fill) => {
    const template = injected(fill);
    template.hasResourceProperties(MAPPING, { DestinationConfig: Match.absent() });
    template.resourceCountIs('AWS::CloudWatch::Alarm', 0);
  });

  test('a destination that is given stays', () => {
    const template = injected((stack) => {
      const table = new dynamodb.Table(stack, 'Table', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING }, stream: dynamodb.StreamViewType.NEW_IMAGE });
      const onFailure = new sources.SqsDlq(new sqs.Queue(stack, 'Mine'));
      functionOf(stack, 'Fn').addEventSource(new sources.DynamoEventSource(table, { startingPosition: LATEST, retryAttempts: 1, onFailure }));
    });
    template.resourceCountIs('AWS::SQS::Queue', 1);
    template.hasResourceProperties(MAPPING, { DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Mine'), 'Arn'] } } } });
  });
});
