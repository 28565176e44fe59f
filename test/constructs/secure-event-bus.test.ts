import { Duration, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { appWith, claimsIn, describeConstruct, modelOf, optionalOf } from './harness';
import { OptOut } from '../../src';
import { EncryptionKey, SecureDeadLetterQueue, SecureEventBus, SecureEventBusProps, SecureLogGroup } from '../../src/constructs';
import { eventBusHardening } from '../../src/constructs/messaging/event-bus-hardening';
import { eventBusDefaults } from '../../src/defaults';
import { describeInjected } from '../blueprint/injected';

const { IncludeDetail, Level } = events;
const TYPE = 'AWS::Events::EventBus';
const KEY = 'arn:aws:kms:eu-west-1:111111111111:key/12345678-1234-1234-1234-123456789012';
const cfn = (bus: SecureEventBus): events.CfnEventBus => bus.node.defaultChild as events.CfnEventBus;
const set = (path: string, value: unknown) => (bus: SecureEventBus) => cfn(bus).addPropertyOverride(path, value);

describeConstruct<SecureEventBusProps>({
  name: 'SecureEventBus',
  make: (scope, id, props) => new SecureEventBus(scope, id, props),
  optional: optionalOf<SecureEventBusProps>()([
    'eventBusName', 'eventSourceName', 'deadLetterQueue', 'description', 'kmsKey', 'logConfig', 'optOuts', 'logGroup', 'archiveRetention',
  ]),
  breaks: {
    'Events.CustomerKey': (bus: SecureEventBus) => cfn(bus).addPropertyDeletionOverride('KmsKeyIdentifier'),
    'Events.BusDeadLetterQueue': (bus: SecureEventBus) => cfn(bus).addPropertyDeletionOverride('DeadLetterConfig'),
    'Events.BusLogging': set('LogConfig.Level', 'OFF'),
    'Events.NoDetailInLogs': set('LogConfig.IncludeDetail', 'FULL'),
  },
  weakenings: [
    { props: { logConfig: { level: Level.OFF } }, says: 'logConfig: { level: OFF }', rules: ['Events.BusLogging'] },
    { props: { logConfig: { includeDetail: IncludeDetail.FULL } }, says: 'logConfig: { includeDetail: FULL }', rules: ['Events.NoDetailInLogs'] },
  ],
  uses: (bus: SecureEventBus, consumer) => {
    bus.grantPutEventsTo(new iam.Role(consumer, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }));
    new events.Rule(consumer, 'Rule', { eventBus: bus, eventPattern: { source: ['orders'] } });
  },
  given: (elsewhere) => ({ kmsKey: new EncryptionKey(elsewhere, 'Key'), deadLetterQueue: new SecureDeadLetterQueue(elsewhere, 'Failed'), logGroup: new SecureLogGroup(elsewhere, 'Logs') }),
  nag: { 'AwsSolutions-SQS3 S/XDeadLetters/Resource': 'it is a dead-letter queue; cdk-nag does not know those of event buses' },
});

describeInjected<events.EventBusProps>({
  name: 'events.EventBus',
  hardening: eventBusHardening,
  make: (scope, id, props) => new events.EventBus(scope, id, props),
  defaults: { [TYPE]: eventBusDefaults },
  leaves: { 'Events.BusLogging': 'the logs need deliveries, which nobody could take away again', 'Events.Archive': 'billed by size' },
  explicit: { props: { logConfig: { includeDetail: IncludeDetail.FULL, level: Level.ERROR } }, rule: 'Events.NoDetailInLogs' },
});

describe('SecureEventBus', () => {
  const made = (props: SecureEventBusProps | ((stack: Stack) => SecureEventBusProps) = {}): { stack: Stack; bus: SecureEventBus } => {
    const stack = new Stack(appWith(), 'S');
    return { stack, bus: new SecureEventBus(stack, 'X', typeof props === 'function' ? props(stack) : props) };
  };
  const arnOf = (name: string): object => ({
    'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':events:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, `:event-bus/${name}`]],
  });
  const logsArn = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':logs:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':*']] };

  test('its queue is under another key: what the key of the bus fails at could not be set aside under it', () => {
    const { stack } = made();
    const template = Template.fromStack(stack);
    const [bus] = Object.values(template.findResources(TYPE));
    const [queue] = Object.values(template.findResources('AWS::SQS::Queue'));
    expect(queue.Properties.KmsMasterKeyId).toBeDefined();
    expect(queue.Properties.KmsMasterKeyId).not.toEqual(bus.Properties.KmsKeyIdentifier);
  });

  test('lets EventBridge put its events, and only its, into the queue, under the queue\'s key', () => {
    const { stack, bus } = made({ eventBusName: 'orders' });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::SQS::QueuePolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([Match.objectLike({
          Action: 'sqs:SendMessage', Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Condition: { ArnEquals: { 'aws:SourceArn': arnOf('orders') } },
        })]),
      },
    });
    expect(cfn(bus).name).toBe('orders');
    template.hasResourceProperties('AWS::KMS::Key', {
      Description: 'messages of S',
      KeyPolicy: { Statement: Match.arrayWith([Match.objectLike({ Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Principal: { Service: 'events.amazonaws.com' } })]) },
    });
  });

  test('lets EventBridge use the key for the bus and its logs, and look at it, for which there is no encryption context', () => {
    const { stack } = made();
    const statement = (service: string, Action: unknown, Condition: unknown): object => Match.objectLike({ Action, Condition, Principal: { Service: service } });
    Template.fromStack(stack).hasResourceProperties('AWS::KMS::Key', {
      Description: 'data of S',
      KeyPolicy: {
        Statement: Match.arrayWith([
          statement('events.amazonaws.com', Match.arrayWith(['kms:Decrypt', 'kms:GenerateDataKey']), { StringEquals: Match.objectLike({ 'kms:EncryptionContext:aws:events:event-bus:arn': Match.anyValue() }) }),
          statement('events.amazonaws.com', 'kms:DescribeKey', Match.absent()),
          statement('events.amazonaws.com', 'kms:GenerateDataKey', { ArnLike: { 'kms:EncryptionContext:SourceArn': logsArn } }),
          statement('delivery.logs.amazonaws.com', ['kms:Decrypt', 'kms:GenerateDataKey'], { ArnLike: { 'kms:EncryptionContext:SourceArn': logsArn } }),
        ]),
      },
    });
  });

  test.each<[string, SecureEventBusProps, string[]]>([
    ['errors', {}, ['ERROR_LOGS']],
    ['errors and steps', { logConfig: { level: Level.INFO } }, ['ERROR_LOGS', 'INFO_LOGS']],
    ['everything', { logConfig: { level: Level.TRACE } }, ['ERROR_LOGS', 'INFO_LOGS', 'TRACE_LOGS']],
    ['nothing', { logConfig: { level: Level.OFF }, optOuts: [OptOut.of('Events.BusLogging', { reason: 'a test' })] }, []],
  ])('delivers the logs of %s, one kind after the other', (_, props, types) => {
    const { stack, bus } = made(props);
    const template = Template.fromStack(stack);
    expect(Object.values(template.findResources('AWS::Logs::DeliverySource')).map(({ Properties }) => Properties.LogType)).toEqual(types);
    const deliveries = Object.entries(template.findResources('AWS::Logs::Delivery'));
    expect(deliveries.map(([, { DependsOn }]) => DependsOn)).toEqual(types.map((__, index) => (index === 0 ? undefined : [deliveries[index - 1][0]])));
    expect(bus.logGroup === undefined).toBe(types.length === 0);
  });

  test('delivers to the ARN of the group without an asterisk at its end', () => {
    const { stack } = made();
    const [destination] = Object.values(Template.fromStack(stack).findResources('AWS::Logs::DeliveryDestination'));
    const arn = JSON.stringify(destination.Properties.DestinationResourceArn);
    expect(arn).toContain(':log-group:');
    expect(arn).not.toContain('*');
    expect(destination.Properties.Name.length).toBeLessThanOrEqual(60);
  });

  test('keeps events for replay when asked to, under another key than its own: one for both is a circular dependency', () => {
    const { stack, bus } = made({ archiveRetention: Duration.days(30) });
    const claims = claimsIn(modelOf(stack.node.root as never), 'SecureEventBus');
    expect(claims.filter(({ rule }) => rule === 'Events.Archive').map(({ verdict }) => verdict)).toEqual(['pass']);
    expect(claims.filter(({ rule }) => rule === 'Events.CustomerKey').map(({ resource, verdict }) => [resource.type, verdict])).toEqual([[TYPE, 'pass'], ['AWS::Events::Archive', 'pass']]);
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::Events::Archive', { RetentionDays: 30, EventPattern: { source: [{ prefix: '' }] }, SourceArn: stack.resolve(bus.eventBusArn) });
    const [archive] = Object.values(template.findResources('AWS::Events::Archive'));
    expect(archive.Properties.KmsKeyIdentifier).not.toEqual(stack.resolve(cfn(bus).kmsKeyIdentifier));
  });

  test('refuses a FIFO queue, which EventBridge sets nothing aside in', () => {
    const stack = new Stack(appWith(), 'S');
    expect(() => new SecureEventBus(stack, 'X', { deadLetterQueue: new SecureDeadLetterQueue(stack, 'D', { fifo: true }) }))
      .toThrow('SecureEventBus at S/X: EventBridge does not set events aside in FIFO queues; give another deadLetterQueue, or leave it out');
  });

  test('refuses an archive under its own key, and takes another', () => {
    const { stack, bus } = made((scope) => ({ kmsKey: new EncryptionKey(scope, 'K') }));
    const eventPattern = { source: ['orders'] };
    expect(() => bus.archive('A', { eventPattern, kmsKey: stack.node.findChild('K') as kms.IKey }))
      .toThrow('SecureEventBus at S/X: an archive under the key of its bus is a circular dependency; leave kmsKey out, or give another');
    const foreign = bus.archive('B', { eventPattern, kmsKey: kms.Key.fromKeyArn(stack, 'Foreign', KEY) });
    expect((foreign.node.defaultChild as events.CfnArchive).getMetadata('cdk-soc2').claims).toEqual([]);
  });

  test('warns where it cannot see the policies that it depends on', () => {
    const { stack } = made((scope) => ({
      kmsKey: kms.Key.fromKeyArn(scope, 'K', KEY),
      deadLetterQueue: sqs.Queue.fromQueueArn(scope, 'Q', 'arn:aws:sqs:eu-west-1:111111111111:failed'),
    }));
    const annotations = Annotations.fromStack(stack);
    annotations.hasWarning('/S/X', Match.stringLikeRegexp('the policy of its key cannot be seen'));
    annotations.hasWarning('/S/X', Match.stringLikeRegexp('the policy of its dead-letter queue'));
    expect(claimsIn(modelOf(stack.node.root as never), 'SecureEventBus').map(({ rule }) => rule)).not.toContain('Events.CustomerKey');
  });

  test('names itself in the policies as CloudFormation will', () => {
    const { stack, bus } = made();
    Template.fromStack(stack).hasResourceProperties('AWS::SQS::QueuePolicy', {
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Condition: { ArnEquals: { 'aws:SourceArn': arnOf(stack.resolve(cfn(bus).name)) } } })]) },
    });
  });
});
