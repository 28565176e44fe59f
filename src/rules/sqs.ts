import { awsDefaults } from './aws-defaults';
import { all, any, applies, Evaluation, not, ResourceReader, rule, Truth } from './kernel';
import { watched } from './shared/alarm';
import { ownKey } from './shared/own-key';
import { deniesPlainHttp, noNegation, notPublic, noWildcardAction, somePolicy } from './shared/resource-policy';

const QUEUE = ['AWS::SQS::Queue'];
const POLICY = ['AWS::SQS::QueuePolicy', 'AWS::SQS::QueueInlinePolicy'];
const ATTACHMENTS = [{ type: 'AWS::SQS::QueuePolicy', property: 'Queues' }, { type: 'AWS::SQS::QueueInlinePolicy', property: 'Queue' }];

export const encryption = rule({
  id: 'SQS.Encryption',
  resourceTypes: QUEUE,
  title: 'Queue encrypts messages',
  severity: 'medium',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'Messages wait in the queue for up to two weeks; encryption keeps them unreadable to whoever gets at the media.',
  remediation: { construct: 'SecureQueue', l2: 'encryption: QueueEncryption.KMS or SQS_MANAGED', cfn: 'KmsMasterKeyId, or SqsManagedSseEnabled: true' },
  nagRules: ['SQSQueueSSE'],
  sources: [
    'Amazon SQS developer guide, "Encryption at rest in Amazon SQS"',
    'AWS announcement "Amazon SQS announces server-side encryption with SSE-SQS by default", October 2022: for new queues only',
  ],
  // SQS encrypts by default only queues made since October 2022. When a queue was made, a template does not say: absent proves nothing.
  check: (queue) => {
    const key = queue.get('KmsMasterKeyId');
    const managed = queue.get('SqsManagedSseEnabled');
    const encrypted = any([key.isPresent(), managed.isTrue()]);
    return managed.missing ? encrypted.because('neither KmsMasterKeyId nor SqsManagedSseEnabled is set: only queues made since October 2022 are then encrypted') : encrypted;
  },
});

export const customerKey = rule({
  id: 'SQS.CustomerKey',
  resourceTypes: QUEUE,
  title: 'Queue encrypts with a key of the organization',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'A key of one\'s own has a policy, rotation and an audit trail of its use; the keys of SQS have none. Encryption as such holds without it.',
  remediation: { construct: 'EncryptionKey', l2: 'encryptionMasterKey', cfn: 'KmsMasterKeyId of an AWS::KMS::Key' },
  sources: ['Amazon SQS developer guide, "Amazon SQS Key management"'],
  onByDefault: false,
  check: (queue) => ownKey(queue.get('KmsMasterKeyId'), 'sqs'),
});

export const tlsOnly = rule({
  id: 'SQS.TlsOnly',
  resourceTypes: QUEUE,
  title: 'Queue refuses plain HTTP',
  severity: 'medium',
  criteria: { direct: ['CC6.7'], supporting: ['CC6.1'] },
  rationale: 'A queue accepts requests over HTTP until a policy denies it, so data in transit is not shown to be protected.',
  remediation: { construct: 'SecureQueue', l2: 'enforceSSL: true', cfn: 'an AWS::SQS::QueuePolicy that denies sqs:* when aws:SecureTransport is false' },
  nagRules: ['SQSQueueSSLRequestsOnly'],
  sources: ['Amazon SQS developer guide, "Amazon SQS security best practices": enforce encryption of data in transit'],
  check: (queue, model) => somePolicy(queue, model, ATTACHMENTS, (document) => deniesPlainHttp(document, ['sqs:SendMessage', 'sqs:ReceiveMessage'])),
});

export const policyNotPublic = rule({
  id: 'SQS.PolicyNotPublic',
  resourceTypes: POLICY,
  title: 'Queue policy allows no unbounded principal',
  severity: 'critical',
  criteria: { direct: ['CC6.1', 'CC6.6'], supporting: ['CC6.3'] },
  rationale: 'A statement that allows everyone, with no condition on who calls, lets any AWS account read, forge or delete messages.',
  remediation: { construct: 'SecureQueue', l2: 'grantSendMessages(), grantConsumeMessages()', cfn: 'PolicyDocument whose Allow statements name their principals or bind aws:SourceArn or aws:SourceAccount' },
  configRule: 'SQS_QUEUE_NO_PUBLIC_ACCESS',
  sources: ['Amazon SQS developer guide, "Amazon SQS security best practices": make sure queues are not publicly accessible'],
  check: (policy) => notPublic(policy.get('PolicyDocument')),
});

export const policyNoWildcardAction = rule({
  id: 'SQS.PolicyNoWildcardAction',
  resourceTypes: POLICY,
  title: 'Queue policy names the actions it allows',
  severity: 'medium',
  criteria: { direct: ['CC6.3'], supporting: ['CC6.1'] },
  rationale: 'sqs:* holds deleting the queue and rewriting its policy: more than any sender or receiver needs.',
  remediation: { construct: 'SecureQueue', l2: 'grantSendMessages(), grantConsumeMessages()', cfn: 'PolicyDocument whose Allow statements name actions' },
  configRule: 'SQS_QUEUE_POLICY_FULL_ACCESS_CHECK',
  sources: ['Amazon SQS developer guide, "Amazon SQS security best practices": least-privilege access'],
  check: (policy) => noWildcardAction(policy.get('PolicyDocument'), 'sqs'),
});

export const policyNoNegation = rule({
  id: 'SQS.PolicyNoNegation',
  resourceTypes: POLICY,
  title: 'Queue policy allows nothing by exclusion',
  severity: 'medium',
  criteria: { direct: ['CC6.3'], supporting: ['CC6.1'] },
  rationale: 'Allow with NotAction or NotPrincipal gives all but a list, which grows with every new action and every new account.',
  remediation: { construct: 'SecureQueue', l2: 'name actions and principals in addToResourcePolicy()', cfn: 'Action and Principal instead of NotAction and NotPrincipal' },
  sources: ['IAM user guide, "AWS JSON policy elements: NotPrincipal" and "NotAction"'],
  check: (policy) => noNegation(policy.get('PolicyDocument')),
});

/** What sends its failures to a queue, by the property that names the queue. */
const SENDERS_OF_FAILURES = [
  ['AWS::SQS::Queue', 'RedrivePolicy.deadLetterTargetArn'],
  ['AWS::SNS::Subscription', 'RedrivePolicy.deadLetterTargetArn'],
  ['AWS::Lambda::Function', 'DeadLetterConfig.TargetArn'],
  ['AWS::Lambda::EventInvokeConfig', 'DestinationConfig.OnFailure.Destination'],
  ['AWS::Lambda::EventSourceMapping', 'DestinationConfig.OnFailure.Destination'],
  ['AWS::Serverless::Function', 'DeadLetterQueue.TargetArn'],
  ['AWS::Serverless::Function', 'EventInvokeConfig.DestinationConfig.OnFailure.Destination'],
  ['AWS::IoT::TopicRule', 'TopicRulePayload.ErrorAction.Sqs.QueueUrl'],
  ['AWS::Events::Rule', 'Targets.DeadLetterConfig.Arn'],
  ['AWS::Events::EventBus', 'DeadLetterConfig.Arn'],
  ['AWS::Scheduler::Schedule', 'Target.DeadLetterConfig.Arn'],
  ['AWS::Pipes::Pipe', 'SourceParameters.KinesisStreamParameters.DeadLetterConfig.Arn'],
  ['AWS::Pipes::Pipe', 'SourceParameters.DynamoDBStreamParameters.DeadLetterConfig.Arn'],
] as const;

/** The queue takes what others could not deliver, as one of them or its own redrive permission says. */
function isDeadLetterQueue(queue: ResourceReader, model: Evaluation): Truth {
  return any([
    all(queue.get('RedriveAllowPolicy').isPresent(), queue.get('RedriveAllowPolicy.redrivePermission').isNot('denyAll')),
    Truth.of(model.referrersAmong(queue, SENDERS_OF_FAILURES, 'send their failures to').length > 0, 'nothing sends its failures to it'),
  ]);
}

export const deadLetterQueue = rule({
  id: 'SQS.DeadLetterQueue',
  resourceTypes: QUEUE,
  title: 'Queue sets failing messages aside',
  severity: 'medium',
  criteria: { direct: ['PI1.3'], supporting: ['CC7.2'] },
  rationale: 'A message that fails again and again blocks others or expires unseen; a dead-letter queue keeps it for whoever must find out why.',
  remediation: { construct: 'SecureQueue', l2: 'deadLetterQueue', cfn: 'RedrivePolicy: { deadLetterTargetArn, maxReceiveCount }' },
  configRule: 'SQS_QUEUE_DLQ_CHECK',
  nagRules: ['SQSQueueDLQ', 'SQSRedrivePolicy'],
  sources: ['Amazon SQS developer guide, "Using dead-letter queues in Amazon SQS"'],
  check: (queue, model) => applies(not(isDeadLetterQueue(queue, model), 'it is a dead-letter queue'), 'it is a dead-letter queue itself',
    () => queue.get('RedrivePolicy').isPresent()),
});

/** Queues that move to this one what they could not get processed. */
const sourceQueues = (queue: ResourceReader, model: Evaluation) => model.referrers(queue, 'AWS::SQS::Queue', 'RedrivePolicy.deadLetterTargetArn');

export const deadLetterAlarm = rule({
  id: 'SQS.DeadLetterAlarm',
  resourceTypes: QUEUE,
  title: 'An alarm watches the dead-letter queue',
  severity: 'low',
  criteria: { direct: ['PI1.3'], supporting: ['CC7.2', 'CC7.3'] },
  rationale: 'Messages that nobody looks at expire in the dead-letter queue as they would have outside it.',
  remediation: {
    construct: 'SecureDeadLetterQueue',
    l2: 'metricApproximateNumberOfMessagesVisible().createAlarm()',
    cfn: 'an AWS::CloudWatch::Alarm on ApproximateNumberOfMessagesVisible whose dimension QueueName names the queue',
  },
  sources: ['Amazon SQS developer guide, "Creating alarms for dead-letter queues using Amazon CloudWatch": messages that SQS moves are not counted as sent'],
  check: (queue, model) => applies(isDeadLetterQueue(queue, model), 'it is no dead-letter queue', () => {
    const moved = sourceQueues(queue, model).length > 0 || !queue.get('RedriveAllowPolicy').missing;
    return watched(queue, model, moved ? WAITING : WAITING_OR_SENT);
  }),
});

const WAITING = /^(ApproximateNumberOfMessages(Visible|NotVisible|Delayed)?|ApproximateAgeOfOldestMessage|NumberOfMessagesReceived)$/;
const WAITING_OR_SENT = new RegExp(`${WAITING.source}|^NumberOfMessagesSent$`);

/** The longest that SQS keeps a message. */
const FOURTEEN_DAYS = 1209600;

const retention = (queue: ResourceReader) => queue.get('MessageRetentionPeriod').awsDefault(awsDefaults['AWS::SQS::Queue.MessageRetentionPeriod']);

export const deadLetterRetention = rule({
  id: 'SQS.DeadLetterRetention',
  resourceTypes: QUEUE,
  title: 'Dead-letter queue keeps messages no shorter than their own queue',
  severity: 'low',
  criteria: { direct: ['PI1.3'] },
  rationale: 'A message keeps its age when it is moved: where it is kept for less time, one that failed for long expires as it arrives, before anybody finds out why.',
  remediation: { l2: 'retentionPeriod: Duration.days(14)', cfn: 'MessageRetentionPeriod: 1209600' },
  sources: [
    'Amazon SQS developer guide, "Setting-up dead-letter queue retention in Amazon SQS": it expires by the time of its first arrival; longer is recommended',
    'AWS::SQS::Queue, MessageRetentionPeriod: four days by default',
  ],
  check: (queue, model) => {
    const sources = sourceQueues(queue, model);
    if (!sources.length) return Truth.skip('no queue of these templates moves messages to it');
    return applies(not(queue.get('FifoQueue').isTrue(), 'FIFO'), 'in FIFO queues the age of a message begins anew', () => any([
      retention(queue).atLeast(FOURTEEN_DAYS), all(...sources.map((source) => noShorter(queue, source))),
    ]));
  },
});

function noShorter(queue: ResourceReader, source: ResourceReader): Truth {
  const other = retention(source).seen();
  if (other.scalar === undefined) return other.openTruth();
  return retention(queue).atLeast(Number(other.scalar)).because(`messages are kept for less time than in ${source.logicalId}`);
}

export const retriedBeforeDeadLetter = rule({
  id: 'SQS.RetriedBeforeDeadLetter',
  resourceTypes: QUEUE,
  title: 'Messages are tried again before they are set aside',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['PI1.3'] },
  rationale: 'With a single try one throttled call or one restart sets a good message aside. Where a message must not be processed twice, one try is right.',
  remediation: { construct: 'SecureQueue', l2: 'deadLetterQueue: { maxReceiveCount: 5 }', cfn: 'RedrivePolicy: { maxReceiveCount } of 2 or more; 5 or more for a Lambda function' },
  sources: ['Amazon SQS developer guide, "Using dead-letter queues in Amazon SQS": maxReceiveCount', 'AWS Lambda developer guide, "Creating and configuring an Amazon SQS event source mapping"'],
  check: (queue) => applies(queue.get('RedrivePolicy').isPresent(), 'the queue sets nothing aside', () => queue.get('RedrivePolicy.maxReceiveCount').atLeast(2)),
});
