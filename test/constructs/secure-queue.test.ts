import { CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { undeployable } from './deployable';
import { appWith, CONCRETE, describeConstruct, modelOf, optionalOf } from './harness';
import { AlarmTopic, EncryptionKey, SecureDeadLetterQueue, SecureDeadLetterQueueProps, SecureQueue, SecureQueueProps, SecureTopic } from '../../src/constructs';
import { queueHardening } from '../../src/constructs/messaging/queue-hardening';
import { queueDefaults } from '../../src/defaults';
import { describeInjected } from '../blueprint/injected';

const queueProps = [
  'queueName', 'retentionPeriod', 'deliveryDelay', 'maxMessageSizeBytes', 'receiveMessageWaitTime', 'visibilityTimeout', 'deadLetterQueue', 'encryption',
  'encryptionMasterKey', 'dataKeyReuse', 'fifo', 'contentBasedDeduplication', 'deduplicationScope', 'fifoThroughputLimit', 'removalPolicy', 'enforceSSL',
  'redriveAllowPolicy', 'optOuts',
] as const;

const cfn = (queue: sqs.Queue): sqs.CfnQueue => queue.node.defaultChild as sqs.CfnQueue;
const policy = (queue: sqs.Queue): sqs.CfnQueuePolicy => queue.node.findChild('Policy').node.defaultChild as sqs.CfnQueuePolicy;
const statement = (value: object) => (queue: sqs.Queue) => policy(queue).addPropertyOverride('PolicyDocument.Statement.1', { Effect: 'Allow', Resource: '*', ...value });

const breaks = {
  'SQS.Encryption': (queue: sqs.Queue) => cfn(queue).addPropertyDeletionOverride('KmsMasterKeyId'),
  'SQS.CustomerKey': (queue: sqs.Queue) => cfn(queue).addPropertyOverride('KmsMasterKeyId', 'alias/aws/sqs'),
  'SQS.TlsOnly': (queue: sqs.Queue) => policy(queue).addPropertyOverride('PolicyDocument.Statement.0.Condition', { Bool: { 'aws:SecureTransport': 'true' } }),
  'SQS.PolicyNotPublic': statement({ Principal: '*', Action: 'sqs:SendMessage' }),
  'SQS.PolicyNoWildcardAction': statement({ Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:*' }),
  'SQS.PolicyNoNegation': statement({ Principal: { Service: 'events.amazonaws.com' }, NotAction: 'sqs:SendMessage' }),
};

const weakenings = [
  { props: { enforceSSL: false }, says: 'enforceSSL: false', rules: ['SQS.TlsOnly'] },
  { props: { encryption: sqs.QueueEncryption.SQS_MANAGED }, says: 'encryption: SQS_MANAGED', rules: ['SQS.CustomerKey'] },
  { props: { encryption: sqs.QueueEncryption.KMS_MANAGED }, says: 'encryption: KMS_MANAGED', rules: ['SQS.CustomerKey'] },
  { props: { encryption: sqs.QueueEncryption.UNENCRYPTED }, says: 'encryption: UNENCRYPTED', rules: ['SQS.Encryption', 'SQS.CustomerKey'] },
];

const uses = (queue: sqs.Queue, consumer: Stack): void => {
  queue.grantSendMessages(new iam.Role(consumer, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }));
};

describeConstruct<SecureQueueProps>({
  name: 'SecureQueue',
  make: (scope, id, props) => new SecureQueue(scope, id, props),
  optional: optionalOf<SecureQueueProps>()(queueProps),
  breaks: {
    ...breaks,
    'SQS.DeadLetterQueue': (queue: sqs.Queue) => cfn(queue).addPropertyDeletionOverride('RedrivePolicy'),
    'SQS.RetriedBeforeDeadLetter': (queue: sqs.Queue) => cfn(queue).addPropertyOverride('RedrivePolicy.maxReceiveCount', 1),
  },
  weakenings,
  uses,
  given: (elsewhere) => ({ encryptionMasterKey: new EncryptionKey(elsewhere, 'Key'), deadLetterQueue: { maxReceiveCount: 5, queue: new SecureDeadLetterQueue(elsewhere, 'Failed') } }),
});

describeConstruct<SecureDeadLetterQueueProps>({
  name: 'SecureDeadLetterQueue',
  make: (scope, id, props) => new SecureDeadLetterQueue(scope, id, props),
  optional: optionalOf<SecureDeadLetterQueueProps>()([...queueProps, 'alarmTopic']),
  breaks: {
    ...breaks,
    'SQS.DeadLetterAlarm': (queue: SecureDeadLetterQueue) => (queue.alarm.node.defaultChild as cloudwatch.CfnAlarm).addPropertyOverride('Dimensions', []),
  },
  weakenings,
  uses,
  nag: { 'AwsSolutions-SQS3 S/X/Resource': 'it is a dead-letter queue; cdk-nag knows it by the queues that use it, of which there is none here' },
  given: (elsewhere) => ({ encryptionMasterKey: new EncryptionKey(elsewhere, 'Key'), alarmTopic: new AlarmTopic(elsewhere, 'Alarms') }),
});

describeInjected<sqs.QueueProps>({
  name: 'sqs.Queue',
  hardening: queueHardening,
  make: (scope, id, props) => new sqs.Queue(scope, id, props),
  defaults: { 'AWS::SQS::Queue': queueDefaults, 'AWS::SQS::QueuePolicy': { policy: queueDefaults.policy } },
  explicit: { props: { enforceSSL: false }, rule: 'SQS.TlsOnly' },
});

describe('SecureQueue', () => {
  test('sets messages aside in a queue of its own kind, under its own key', () => {
    const stack = new Stack(appWith(), 'S');
    const key = new EncryptionKey(stack, 'K');
    new SecureQueue(stack, 'X', { encryptionMasterKey: key, fifo: true });
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::SQS::Queue', 2);
    template.allResourcesProperties('AWS::SQS::Queue', { FifoQueue: true, KmsMasterKeyId: stack.resolve(key.keyArn) });
    template.hasResourceProperties('AWS::SQS::Queue', { MessageRetentionPeriod: 1209600 });
  });

  test.each([
    ['a queue that is given', (stack: Stack) => ({ deadLetterQueue: { maxReceiveCount: 2, queue: new sqs.Queue(stack, 'Mine') } }), 2],
    ['one of its own for a queue that takes no dead letters', () => ({ redriveAllowPolicy: { redrivePermission: sqs.RedrivePermission.DENY_ALL } }), 2],
    ['none for a queue that says whose dead letters it takes', () => ({ redriveAllowPolicy: { redrivePermission: sqs.RedrivePermission.ALLOW_ALL } }), 1],
  ])('has %s', (_, props, count) => {
    const stack = new Stack(appWith(), 'S');
    new SecureQueue(stack, 'X', props(stack));
    Template.fromStack(stack).resourceCountIs('AWS::SQS::Queue', count);
  });

  test('takes a number of tries that is known at deployment', () => {
    const stack = new Stack(appWith(), 'S');
    const tries = new CfnParameter(stack, 'Tries', { type: 'Number', default: 5 }).valueAsNumber;
    new SecureQueue(stack, 'X', { deadLetterQueue: { maxReceiveCount: tries, queue: new SecureDeadLetterQueue(stack, 'D') } });
    Template.fromStack(stack).hasResourceProperties('AWS::SQS::Queue', { RedrivePolicy: { maxReceiveCount: { Ref: 'Tries' } } });
  });

  test('lets EventBridge use its key, as CDK asks', () => {
    const stack = new Stack(appWith(), 'S');
    new events.Rule(stack, 'R', { schedule: events.Schedule.rate(Duration.days(1)), targets: [new SqsQueue(new SecureQueue(stack, 'X'))] });
    Template.fromStack(stack).hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: { Statement: Match.arrayWith([Match.objectLike({ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' } })]) },
    });
  });
});

describe('SecureDeadLetterQueue', () => {
  const handled = (stack: Stack, deadLetterQueue: sqs.IQueue): void => {
    const target = sqs.Queue.fromQueueArn(stack, 'Target', `arn:aws:sqs:eu-west-1:111111111111:target`);
    new events.Rule(stack, 'Rule', { schedule: events.Schedule.rate(Duration.days(1)), targets: [new SqsQueue(target, { deadLetterQueue })] });
    new SecureTopic(stack, 'Topic').addSubscription(new SqsSubscription(target, { deadLetterQueue }));
  };

  test.each<[string, (stack: Stack) => sqs.IQueue]>([
    ['it makes its key', (stack) => new SecureDeadLetterQueue(stack, 'X')],
    ['it is given a key', (stack) => new SecureDeadLetterQueue(stack, 'X', { encryptionMasterKey: new EncryptionKey(stack, 'Key') })],
    ['it is any queue under the shared key', (stack) => new SecureQueue(stack, 'X')],
  ])('takes what EventBridge and SNS could not deliver, when %s', (_, make) => {
    const app = appWith();
    const stack = new Stack(app, 'S', CONCRETE);
    handled(stack, make(stack));
    expect(undeployable(modelOf(app))).toEqual([]);
  });

  test('lets its alarm into a topic that is given, by the policies of both the topic and its key', () => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    new SecureDeadLetterQueue(stack, 'X', { alarmTopic: new sns.Topic(stack, 'Topic', { masterKey: new kms.Key(stack, 'Key') }) });
    const statement = { Effect: 'Allow', Principal: { Service: 'cloudwatch.amazonaws.com' }, Condition: { StringEquals: { 'aws:SourceAccount': '111111111111' } } };
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::SNS::TopicPolicy', { PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ ...statement, Action: 'sns:Publish' })]) } });
    template.hasResourceProperties('AWS::KMS::Key', { KeyPolicy: { Statement: Match.arrayWith([Match.objectLike({ ...statement, Action: ['kms:Decrypt', 'kms:GenerateDataKey*'] })]) } });
  });

  test('would lose them under a key that CDK has not told of it', () => {
    const app = appWith();
    const stack = new Stack(app, 'S', CONCRETE);
    handled(stack, new sqs.Queue(stack, 'X', { encryptionMasterKey: new EncryptionKey(stack, 'Key') }));
    expect(undeployable(modelOf(app)).join()).toMatch(/events\.amazonaws\.com/);
  });
});

describe('sqs.Queue under its injector', () => {
  test.each(['DeadLetterQueue', 'OrdersDlq', 'orders-dead-letters'])('%s gets no queue for its own dead letters', (id) => {
    const given = queueHardening.harden(new Stack(appWith(), 'S'), id, {});
    expect(given.deadLetterQueue).toBeUndefined();
  });
});
