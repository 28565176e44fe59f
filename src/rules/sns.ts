import { all, applies, not, rule, Truth } from './kernel';
import { ownKey } from './shared/own-key';
import { deniesPlainHttp, noNegation, notPublic, noWildcardAction, somePolicy } from './shared/resource-policy';

const TOPIC = ['AWS::SNS::Topic'];
const SUBSCRIPTION = ['AWS::SNS::Subscription'];
const POLICY = ['AWS::SNS::TopicPolicy', 'AWS::SNS::TopicInlinePolicy'];
const ATTACHMENTS = [{ type: 'AWS::SNS::TopicPolicy', property: 'Topics' }, { type: 'AWS::SNS::TopicInlinePolicy', property: 'TopicArn' }];

export const encryption = rule({
  id: 'SNS.Encryption',
  resourceTypes: TOPIC,
  title: 'Topic encrypts messages',
  severity: 'medium',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'Messages wait in the topic until they are delivered; SNS encrypts them only with a KMS key.',
  remediation: { construct: 'SecureTopic', l2: 'masterKey', cfn: 'KmsMasterKeyId' },
  configRule: 'SNS_ENCRYPTED_KMS',
  nagRules: ['SNSEncryptedKMS'],
  sources: ['Amazon SNS developer guide, "Securing Amazon SNS data with server-side encryption"'],
  check: (topic) => topic.get('KmsMasterKeyId').isPresent(),
});

export const customerKey = rule({
  id: 'SNS.CustomerKey',
  resourceTypes: TOPIC,
  title: 'Topic encrypts with a key of the organization',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'The policy of the AWS managed key cannot be changed, so AWS services such as CloudWatch alarms cannot publish to a topic that uses it; a key of one\'s own can let them.',
  remediation: { construct: 'SecureTopic', l2: 'masterKey', cfn: 'KmsMasterKeyId of an AWS::KMS::Key' },
  sources: ['Amazon SNS developer guide, "Managing Amazon SNS encryption keys and costs"'],
  onByDefault: false,
  check: (topic) => ownKey(topic.get('KmsMasterKeyId'), 'sns'),
});

export const tlsOnly = rule({
  id: 'SNS.TlsOnly',
  resourceTypes: TOPIC,
  title: 'Topic refuses messages over plain HTTP',
  severity: 'medium',
  criteria: { direct: ['CC6.7'], supporting: ['CC6.1'] },
  rationale: 'A topic accepts messages over HTTP until a policy denies it, so data in transit is not shown to be protected.',
  remediation: { construct: 'SecureTopic', l2: 'enforceSSL: true', cfn: 'an AWS::SNS::TopicPolicy that denies sns:Publish when aws:SecureTransport is false' },
  nagRules: ['SNSTopicSSLPublishOnly'],
  sources: ['Amazon SNS developer guide, "Amazon SNS security best practices": enforce encryption of data in transit'],
  check: (topic, model) => somePolicy(topic, model, ATTACHMENTS, (document) => deniesPlainHttp(document, ['sns:Publish'])),
});

export const policyNotPublic = rule({
  id: 'SNS.PolicyNotPublic',
  resourceTypes: POLICY,
  title: 'Topic policy allows no unbounded principal',
  severity: 'critical',
  criteria: { direct: ['CC6.1', 'CC6.6'], supporting: ['CC6.3'] },
  rationale: 'A statement that allows everyone, with no condition on who calls, lets any AWS account read or forge messages.',
  remediation: { construct: 'SecureTopic', l2: 'name principals in addToResourcePolicy()', cfn: 'PolicyDocument whose Allow statements name their principals or bind aws:SourceArn or aws:SourceAccount' },
  configRule: 'SNS_TOPIC_NO_PUBLIC_ACCESS',
  sources: ['Amazon SNS developer guide, "Amazon SNS security best practices": ensure topics are not publicly accessible'],
  check: (policy) => notPublic(policy.get('PolicyDocument')),
});

export const policyNoWildcardAction = rule({
  id: 'SNS.PolicyNoWildcardAction',
  resourceTypes: POLICY,
  title: 'Topic policy names the actions it allows',
  severity: 'medium',
  criteria: { direct: ['CC6.3'], supporting: ['CC6.1'] },
  rationale: 'sns:* holds deleting the topic and rewriting its policy: more than any publisher or subscriber needs.',
  remediation: { construct: 'SecureTopic', l2: 'grantPublish(), grantSubscribe()', cfn: 'PolicyDocument whose Allow statements name actions' },
  sources: ['Amazon SNS developer guide, "Amazon SNS security best practices": least-privilege access'],
  check: (policy) => noWildcardAction(policy.get('PolicyDocument'), 'sns'),
});

export const policyNoNegation = rule({
  id: 'SNS.PolicyNoNegation',
  resourceTypes: POLICY,
  title: 'Topic policy allows nothing by exclusion',
  severity: 'medium',
  criteria: { direct: ['CC6.3'], supporting: ['CC6.1'] },
  rationale: 'Allow with NotAction or NotPrincipal gives all but a list, which grows with every new action and every new account.',
  remediation: { construct: 'SecureTopic', l2: 'name actions and principals in addToResourcePolicy()', cfn: 'Action and Principal instead of NotAction and NotPrincipal' },
  sources: ['IAM user guide, "AWS JSON policy elements: NotPrincipal" and "NotAction"'],
  check: (policy) => noNegation(policy.get('PolicyDocument')),
});

export const subscriptionTls = rule({
  id: 'SNS.SubscriptionTls',
  resourceTypes: [...SUBSCRIPTION, ...TOPIC],
  title: 'No subscription is delivered over plain HTTP',
  severity: 'high',
  criteria: { direct: ['CC6.7'] },
  rationale: 'SNS posts messages to an http endpoint in the clear.',
  remediation: { construct: 'SecureTopic', l2: 'UrlSubscription with an https URL', cfn: 'Protocol: https' },
  sources: ['Amazon SNS developer guide, "HTTP/HTTPS notifications"'],
  check: (resource) => (resource.type === 'AWS::SNS::Subscription'
    ? resource.get('Protocol').isNot('http')
    : applies(resource.get('Subscription').isPresent(), 'it lists no subscription itself', () => resource.get('Subscription').every((item) => item.get('Protocol').isNot('http')))),
});

export const subscriptionDeadLetterQueue = rule({
  id: 'SNS.SubscriptionDeadLetterQueue',
  resourceTypes: SUBSCRIPTION,
  title: 'Undeliverable messages are kept',
  severity: 'low',
  criteria: { direct: ['PI1.4'], supporting: ['PI1.3'] },
  rationale: 'SNS drops a message when its retries run out; a dead-letter queue keeps it for whoever must find out what was lost. Mail and text messages need none.',
  remediation: { l2: 'deadLetterQueue', cfn: 'RedrivePolicy: { deadLetterTargetArn }' },
  nagRules: ['SNSRedrivePolicy'],
  sources: ['Amazon SNS developer guide, "Amazon SNS dead-letter queues"'],
  check: (subscription) => applies(
    not(subscription.get('Protocol').oneOf(['email', 'email-json', 'sms']), 'it is for people'),
    'it is delivered to people, by mail or text message',
    () => subscription.get('RedrivePolicy').isPresent(),
  ),
});

export const deliveryStatusLogging = rule({
  id: 'SNS.DeliveryStatusLogging',
  resourceTypes: TOPIC,
  title: 'Topic logs failed deliveries',
  severity: 'low',
  criteria: { direct: ['PI1.4'], supporting: ['CC7.2'] },
  rationale: 'The log of failed deliveries shows which outputs did not arrive, and why. It matters for topics that carry data rather than alarms.',
  remediation: { l2: 'loggingConfigs', cfn: 'DeliveryStatusLogging with FailureFeedbackRoleArn' },
  configRule: 'SNS_TOPIC_MESSAGE_DELIVERY_NOTIFICATION_ENABLED',
  sources: ['Amazon SNS developer guide, "Amazon SNS message delivery status"'],
  onByDefault: false,
  check: (topic) => topic.get('DeliveryStatusLogging').some((item) => item.get('FailureFeedbackRoleArn').isPresent()),
});

export const fifoToFifo = rule({
  id: 'SNS.FifoToFifo',
  resourceTypes: SUBSCRIPTION,
  title: 'Messages keep their order on the way to a queue',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['PI1.3', 'PI1.4'] },
  rationale: 'A standard queue behind a FIFO topic may get messages twice and out of order. Consumers that do not mind, such as statistics, may use one.',
  remediation: { l2: 'new SqsSubscription(fifoQueue)', cfn: 'Endpoint of an AWS::SQS::Queue with FifoQueue: true' },
  sources: ['Amazon SNS developer guide, "Amazon SNS message delivery for FIFO topics"'],
  check: (subscription) => {
    const topic = subscription.get('TopicArn').target();
    if (topic?.type !== TOPIC[0]) return Truth.skip('the topic is not among the templates given');
    return applies(all(topic.get('FifoTopic').isTrue(), subscription.get('Protocol').is('sqs')), 'it leads from no FIFO topic to a queue', () => {
      const queue = subscription.get('Endpoint').target();
      return queue?.type === 'AWS::SQS::Queue' ? queue.get('FifoQueue').isTrue() : subscription.get('Endpoint').endsWith('.fifo');
    });
  },
});

export const fifoArchive = rule({
  id: 'SNS.FifoArchive',
  resourceTypes: TOPIC,
  title: 'Messages of the FIFO topic can be replayed',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['PI1.3', 'A1.2'] },
  rationale: 'After a fault in a subscriber an archive lets messages be delivered again, in their order. It costs storage and is for topics that carry data.',
  remediation: { l2: 'messageRetentionPeriodInDays', cfn: 'ArchivePolicy: { MessageRetentionPeriod }' },
  sources: ['Amazon SNS developer guide, "Amazon SNS message archiving and replay for FIFO topics"'],
  check: (topic) => applies(topic.get('FifoTopic').isTrue(), 'only FIFO topics can replay', () => topic.get('ArchivePolicy.MessageRetentionPeriod').atLeast(1)),
});
