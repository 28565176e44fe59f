import { admits, keyAdmits, placeOf, Request, textsOf } from './request';
import { trap } from './trap';
import { all, any, both, Evaluation, not, Property, ResourceReader, Truth, when } from '../../../src/rules/kernel';

const TOPIC = 'AWS::SNS::Topic';
const QUEUE = 'AWS::SQS::Queue';
const POLICIES: Readonly<Record<string, readonly (readonly [type: string, property: string])[]>> = {
  [TOPIC]: [['AWS::SNS::TopicPolicy', 'Topics'], ['AWS::SNS::TopicInlinePolicy', 'TopicArn']],
  [QUEUE]: [['AWS::SQS::QueuePolicy', 'Queues'], ['AWS::SQS::QueueInlinePolicy', 'Queue']],
};

/** A service that publishes to a topic or sends to a queue: condition keys that come with its requests. */
interface Sender {
  readonly service: string;
  readonly keys: Readonly<Record<string, readonly string[]>>;
  /** The policy that SNS gives a topic lets in whoever acts for the account, and alarms do. */
  readonly byDefault?: boolean;
}

/** The topic or queue that a place names takes messages of the service, by its policy and that of its key. */
function takes(place: Property, model: Evaluation, { service, keys, byDefault }: Sender): Truth {
  const target = place.target();
  const attachments = POLICIES[target?.type ?? ''];
  if (!target || !attachments) return Truth.YES;
  const [action, on] = target.type === TOPIC ? ['sns:Publish', textsOf(target, [undefined, 'TopicArn'])] : ['sqs:SendMessage', textsOf(target, ['Arn'])];
  const request: Request = { service, actions: [action], on: [...on, ...nameTexts(target)], keys };
  const policies = attachments.flatMap(([type, property]) => model.referrers(target, type, property));
  const admitted = policies.length === 0 && byDefault ? Truth.YES : any(policies.map((policy) => admits(policy.get('PolicyDocument'), request)))
    .because(`${policies.length ? 'the policy' : 'no policy'} of ${target.logicalId} ${policies.length ? 'does not let' : 'lets'} ${service} do ${action}`);
  return all(admitted, keyAdmits(target.get('KmsMasterKeyId'), model, { service, actions: ['kms:Decrypt', 'kms:GenerateDataKey'], keys }, target.logicalId));
}

function nameTexts(target: ResourceReader): string[] {
  const { account, region } = placeOf(target.resource);
  const [service, name] = target.type === TOPIC ? ['sns', 'TopicName'] : ['sqs', 'QueueName'];
  return textsOf(target, target.type === TOPIC ? [] : ['QueueName'], undefined).map((text) => `arn:aws:${service}:${region}:${account}:${text}`)
    .concat(textsOf(target, [], (text) => `arn:aws:${service}:${region}:${account}:${text}`, name).slice(1));
}

function arnOf(reader: ResourceReader, arn: (name: string, place: { account: string; region: string }) => string, name: string): string[] {
  return textsOf(reader, ['Arn'], (text) => arn(text, placeOf(reader.resource)), name);
}

function accountOf(reader: ResourceReader): { 'aws:sourceaccount': string[] } {
  return { 'aws:sourceaccount': [placeOf(reader.resource).account] };
}

/** The ARNs of rules: those of the default bus, and of others. */
function ruleArns(rule: ResourceReader): string[] {
  return arnOf(rule, (name, { account, region }) => `arn:aws:events:${region}:${account}:rule/${name}`, 'Name');
}

/** Services that publish to the topic that a property names. */
const PUBLISHERS: readonly (readonly [type: string, property: string, service: string])[] = [
  ['AWS::Backup::BackupVault', 'Notifications.SNSTopicArn', 'backup.amazonaws.com'],
  ['AWS::Budgets::Budget', 'NotificationsWithSubscribers.Subscribers.Address', 'budgets.amazonaws.com'],
  ['AWS::CE::AnomalySubscription', 'Subscribers.Address', 'costalerts.amazonaws.com'],
  ['AWS::CodeStarNotifications::NotificationRule', 'Targets.TargetAddress', 'codestar-notifications.amazonaws.com'],
  ['AWS::Config::DeliveryChannel', 'SnsTopicARN', 'config.amazonaws.com'],
  ['AWS::RDS::EventSubscription', 'SnsTopicArn', 'events.rds.amazonaws.com'],
];

function follow(place: Property, [key, ...rest]: readonly string[], check: (place: Property) => Truth): Truth {
  return key === undefined ? check(place) : all(...place.list().items.map((item) => follow(item.get(key), rest, check)));
}

export const MESSAGE_TRAPS = [
  trap(['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm'], (alarm, model) => {
    const arns = arnOf(alarm, (name, { account, region }) => `arn:aws:cloudwatch:${region}:${account}:alarm:${name}`, 'AlarmName');
    const { account } = placeOf(alarm.resource);
    const sender = { service: 'cloudwatch.amazonaws.com', keys: { ...accountOf(alarm), 'aws:sourceowner': [account], 'aws:sourcearn': arns }, byDefault: true };
    return all(...['AlarmActions', 'OKActions', 'InsufficientDataActions'].map((property) => alarm.get(property).every((item) => takes(item, model, sender))));
  }),
  trap('AWS::Events::Rule', (rule, model) => rule.get('Targets').every((target) => when(target.get('RoleArn').isAbsent(), () => {
    // EventBridge sends no condition keys to a topic, nor to its key ("Using resource-based policies for Amazon EventBridge").
    const toTopic = target.get('Arn').target()?.type === TOPIC;
    const keys = { ...accountOf(rule), 'aws:sourcearn': ruleArns(rule) };
    return all(
      takes(target.get('Arn'), model, { service: 'events.amazonaws.com', keys: toTopic ? {} : keys }),
      takes(target.get('DeadLetterConfig.Arn'), model, { service: 'events.amazonaws.com', keys }),
    );
  }))),
  trap('AWS::S3::Bucket', (bucket, model) => {
    const sender = { service: 's3.amazonaws.com', keys: { ...accountOf(bucket), 'aws:sourcearn': textsOf(bucket, ['Arn'], (name) => `arn:aws:s3:::${name}`, 'BucketName') } };
    const lists = { QueueConfigurations: 'Queue', TopicConfigurations: 'Topic' };
    return all(...Object.entries(lists).map(([list, key]) => bucket.get(`NotificationConfiguration.${list}`).every((item) => takes(item.get(key), model, sender))));
  }),
  // CDK sets notifications by a custom resource.
  trap('Custom::S3BucketNotifications', (custom, model) => {
    const bucket = custom.get('BucketName').target();
    if (!bucket) return Truth.YES;
    const sender = { service: 's3.amazonaws.com', keys: { ...accountOf(bucket), 'aws:sourcearn': textsOf(bucket, ['Arn'], (name) => `arn:aws:s3:::${name}`, 'BucketName') } };
    const lists = { QueueConfigurations: 'QueueArn', TopicConfigurations: 'TopicArn' };
    return all(...Object.entries(lists).map(([list, key]) => custom.get(`NotificationConfiguration.${list}`).every((item) => takes(item.get(key), model, sender))));
  }),
  trap('AWS::SNS::Subscription', (subscription, model) => {
    const topic = subscription.get('TopicArn').target();
    if (!topic) return Truth.YES;
    const sender = { service: 'sns.amazonaws.com', keys: { ...accountOf(topic), 'aws:sourcearn': [...textsOf(topic, [undefined, 'TopicArn']), ...nameTexts(topic)] } };
    return all(
      when(subscription.get('Protocol').is('sqs'), () => takes(subscription.get('Endpoint'), model, sender)),
      takes(subscription.get('RedrivePolicy.deadLetterTargetArn'), model, sender),
    );
  }),
  ...PUBLISHERS.map(([type, property, service]) => trap(type, (source, model) => follow(source.properties(), property.split('.'), (place) => takes(place, model, {
    service, keys: { ...accountOf(source), 'aws:sourcearn': [`\${${source.resource.id}.Arn}`] },
  })))),
  // The later of two policies takes the place of the earlier one, without a word.
  trap([TOPIC, QUEUE], (target, model) => {
    const policies = POLICIES[target.type].flatMap(([type, property]) => model.referrers(target, type, property));
    return Truth.of(policies.length < 2, `it has several policies, of which one takes the place of the others: ${policies.map(({ logicalId }) => logicalId).join(', ')}`);
  }),
  trap(QUEUE, (queue) => {
    const letters = queue.get('RedrivePolicy.deadLetterTargetArn').target();
    return letters?.type !== QUEUE ? Truth.YES : both(letters.get('FifoQueue').isTrue(), () => Truth.YES).yes === queue.get('FifoQueue').isTrue().yes ? Truth.YES
      : Truth.no(`its dead-letter queue ${letters.logicalId} must be FIFO where it is, and only there`);
  }),
  trap([TOPIC, QUEUE], (target) => {
    const [fifo, name] = target.type === TOPIC ? ['FifoTopic', 'TopicName'] : ['FifoQueue', 'QueueName'];
    return when(target.get(name).isPresent(), () => (target.get(fifo).isTrue().yes ? target.get(name).endsWith('.fifo') : not(target.get(name).endsWith('.fifo'), `its name ends in .fifo, and ${fifo} is not true`)));
  }),
];
