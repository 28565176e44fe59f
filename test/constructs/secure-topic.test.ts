import { Duration, PropertyInjectors, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as events from 'aws-cdk-lib/aws-events';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { appWith, claimsIn, CONCRETE, describeConstruct, modelOf, optionalOf } from './harness';
import { HardeningInjector } from '../../src/blueprint/injectors';
import { EncryptionKey, SecureTopic, SecureTopicProps } from '../../src/constructs';
import { topicHardening } from '../../src/constructs/messaging/topic-hardening';
import { OptOut } from '../../src/declarations/opt-out';
import { topicDefaults } from '../../src/defaults';
import { describeInjected } from '../blueprint/injected';

const cfn = (topic: sns.Topic): sns.CfnTopic => topic.node.defaultChild as sns.CfnTopic;
const policy = (topic: sns.Topic): sns.CfnTopicPolicy => topic.node.findChild('Policy').node.defaultChild as sns.CfnTopicPolicy;
const statement = (value: object) => (topic: sns.Topic) => policy(topic).addPropertyOverride('PolicyDocument.Statement.2', { Effect: 'Allow', Resource: '*', ...value });

describeConstruct<SecureTopicProps>({
  name: 'SecureTopic',
  make: (scope, id, props) => new SecureTopic(scope, id, props),
  optional: optionalOf<SecureTopicProps>()([
    'optOuts', 'publishers', 'displayName', 'topicName', 'masterKey', 'contentBasedDeduplication', 'fifo', 'loggingConfigs',
    'messageRetentionPeriodInDays', 'enforceSSL', 'signatureVersion', 'tracingConfig', 'fifoThroughputScope',
  ]),
  breaks: {
    'SNS.Encryption': (topic: sns.Topic) => cfn(topic).addPropertyDeletionOverride('KmsMasterKeyId'),
    'SNS.CustomerKey': (topic: sns.Topic) => cfn(topic).addPropertyOverride('KmsMasterKeyId', 'alias/aws/sns'),
    'SNS.TlsOnly': (topic: sns.Topic) => policy(topic).addPropertyOverride('PolicyDocument.Statement.0.Condition', { Bool: { 'aws:SecureTransport': 'true' } }),
    'SNS.PolicyNotPublic': statement({ Principal: '*' }),
    'SNS.PolicyNoWildcardAction': statement({ Principal: { Service: 'events.amazonaws.com' }, Action: 'sns:*' }),
    'SNS.PolicyNoNegation': statement({ Principal: { Service: 'events.amazonaws.com' }, NotAction: 'sns:Subscribe' }),
  },
  weakenings: [{ props: { enforceSSL: false }, says: 'enforceSSL: false', rules: ['SNS.TlsOnly'] }],
  uses: (topic: SecureTopic, consumer) => void topic.grantPublish(new iam.Role(consumer, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') })),
  given: (elsewhere) => ({ masterKey: new EncryptionKey(elsewhere, 'Key') }),
});

describeInjected<sns.TopicProps>({
  name: 'sns.Topic',
  hardening: topicHardening,
  make: (scope, id, props) => new sns.Topic(scope, id, props),
  defaults: { 'AWS::SNS::Topic': topicDefaults, 'AWS::SNS::TopicPolicy': { publishers: topicDefaults.publishers } },
  explicit: { props: { enforceSSL: false }, rule: 'SNS.TlsOnly' },
});

const BOUND = { StringEquals: { 'aws:SourceAccount': '111111111111' } };

/** The statements, of the policies of both topics and keys, that let a service in. */
function admitting(stack: Stack, service: string): Record<string, any> {
  const of = (type: string, document: string): object[] => Object.values(Template.fromStack(stack).findResources(type))
    .flatMap(({ Properties }) => Properties[document].Statement).filter(({ Effect, Principal }) => Effect === 'Allow' && Principal.Service === service);
  return { topic: of('AWS::SNS::TopicPolicy', 'PolicyDocument'), key: of('AWS::KMS::Key', 'KeyPolicy') };
}

const alarmTo = (topic: sns.ITopic, stack: Stack): void => {
  const metric = new cloudwatch.Metric({ namespace: 'N', metricName: 'M', period: Duration.minutes(5) });
  new cloudwatch.Alarm(stack, 'Alarm', { metric, threshold: 1, evaluationPeriods: 1 }).addAlarmAction(new SnsAction(topic));
};

describe.each([
  ['SecureTopic', (stack: Stack) => new SecureTopic(stack, 'X')],
  ['sns.Topic under its injector', (stack: Stack) => {
    PropertyInjectors.of(stack).add(new HardeningInjector(topicHardening));
    return new sns.Topic(stack, 'X');
  }],
])('%s', (_, make) => {
  test('lets CloudWatch in by the policies of both the topic and the key, without which an alarm is dropped', () => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    alarmTo(make(stack), stack);
    expect(admitting(stack, 'cloudwatch.amazonaws.com')).toEqual({
      topic: [{ Sid: expect.anything(), Effect: 'Allow', Principal: { Service: 'cloudwatch.amazonaws.com' }, Action: 'sns:Publish', Resource: expect.anything(), Condition: BOUND }],
      key: [{ Effect: 'Allow', Principal: { Service: 'cloudwatch.amazonaws.com' }, Action: ['kms:Decrypt', 'kms:GenerateDataKey*'], Resource: '*', Condition: BOUND }],
    });
  });

  test('lets EventBridge in where it is a target, as CDK asks', () => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    new events.Rule(stack, 'R', { schedule: events.Schedule.rate(Duration.days(1)), targets: [new SnsTopic(make(stack))] });
    expect(admitting(stack, 'events.amazonaws.com')).toEqual({ topic: [expect.objectContaining({ Action: 'sns:Publish' })], key: [expect.not.objectContaining({ Condition: expect.anything() })] });
  });
});

describe('SecureTopic', () => {
  test('lets in a given list instead of the usual one, and what is admitted later', () => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    new SecureTopic(stack, 'X', { publishers: ['ses.amazonaws.com'] }).admit('s3.amazonaws.com');
    for (const service of ['ses.amazonaws.com', 's3.amazonaws.com']) {
      expect(admitting(stack, service)).toEqual({ topic: [expect.objectContaining({ Condition: BOUND })], key: [expect.objectContaining({ Condition: BOUND })] });
    }
    expect(admitting(stack, 'cloudwatch.amazonaws.com')).toEqual({ topic: [], key: [] });
  });

  test('signs with SHA-256', () => {
    const stack = new Stack(appWith(), 'S');
    new SecureTopic(stack, 'X');
    Template.fromStack(stack).hasResourceProperties('AWS::SNS::Topic', { SignatureVersion: '2' });
  });

  test('claims no policy where none is made', () => {
    const app = appWith();
    new SecureTopic(new Stack(app, 'S'), 'X', { publishers: [], enforceSSL: false, optOuts: [OptOut.of('SNS.TlsOnly', { reason: 'a test' })] });
    expect(claimsIn(modelOf(app), 'SecureTopic').map(({ rule }) => rule)).toEqual(['SNS.CustomerKey', 'SNS.Encryption']);
  });

  test('lets a service in once, however often it is admitted', () => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    const topic = new SecureTopic(stack, 'X');
    for (let twice = 0; twice < 2; twice++) topic.admit('s3.amazonaws.com');
    expect(admitting(stack, 's3.amazonaws.com')).toEqual({ topic: [expect.anything()], key: [expect.anything()] });
  });

  test('claims no key from elsewhere, and says what its policy needs', () => {
    const app = appWith();
    const stack = new Stack(app, 'S');
    new SecureTopic(stack, 'X', { masterKey: kms.Key.fromKeyArn(stack, 'K', 'arn:aws:kms:eu-west-1:111111111111:key/12345678-1234-1234-1234-123456789012') });
    const rules = claimsIn(modelOf(app), 'SecureTopic').map(({ rule }) => rule);
    expect(rules).toContain('SNS.Encryption');
    expect(rules).not.toContain('SNS.CustomerKey');
    Annotations.fromStack(stack).hasWarning('/S/X', Match.stringLikeRegexp('must let cloudwatch.amazonaws.com do kms:Decrypt and kms:GenerateDataKey'));
  });
});

describe('sns.Topic under its injector', () => {
  test('an explicit key from elsewhere is kept, with a warning', () => {
    const stack = new Stack(appWith(), 'S');
    PropertyInjectors.of(stack).add(new HardeningInjector(topicHardening));
    new sns.Topic(stack, 'X', { masterKey: kms.Alias.fromAliasName(stack, 'K', 'alias/mine') });
    Annotations.fromStack(stack).hasWarning('/S/X', Match.stringLikeRegexp('must let cloudwatch.amazonaws.com do kms:Decrypt'));
    Template.fromStack(stack).resourceCountIs('AWS::KMS::Key', 0);
  });
});
