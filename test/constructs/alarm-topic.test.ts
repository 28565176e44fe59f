import { Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { appWith, claimsIn, CONCRETE, describeConstruct, modelOf, optionalOf } from './harness';
import { AlarmTopic, AlarmTopicProps, EncryptionKey } from '../../src/constructs';

const optional = optionalOf<AlarmTopicProps>()([
  'optOuts', 'publishers', 'displayName', 'topicName', 'masterKey', 'contentBasedDeduplication', 'fifo', 'loggingConfigs',
  'messageRetentionPeriodInDays', 'enforceSSL', 'signatureVersion', 'tracingConfig', 'fifoThroughputScope',
]);

const cfn = (topic: AlarmTopic): sns.CfnTopic => topic.node.defaultChild as sns.CfnTopic;
const policy = (topic: AlarmTopic): sns.CfnTopicPolicy => topic.node.findChild('Policy').node.defaultChild as sns.CfnTopicPolicy;
const statement = (value: object) => (topic: AlarmTopic) => policy(topic).addPropertyOverride('PolicyDocument.Statement.2', { Effect: 'Allow', Resource: '*', ...value });

describeConstruct<AlarmTopicProps>({
  name: 'AlarmTopic',
  uses: (topic: AlarmTopic, consumer) => new cloudwatch.Alarm(consumer, 'Alarm', { metric: new cloudwatch.Metric({ namespace: 'N', metricName: 'M' }), threshold: 1, evaluationPeriods: 1 }).addAlarmAction(new SnsAction(topic)),
  given: (elsewhere) => ({ masterKey: new EncryptionKey(elsewhere, 'Key') }),
  make: (scope, id, props) => new AlarmTopic(scope, id, props),
  optional,
  breaks: {
    'SNS.Encryption': (topic: AlarmTopic) => cfn(topic).addPropertyDeletionOverride('KmsMasterKeyId'),
    'SNS.CustomerKey': (topic: AlarmTopic) => cfn(topic).addPropertyOverride('KmsMasterKeyId', 'alias/aws/sns'),
    'SNS.TlsOnly': (topic: AlarmTopic) => policy(topic).addPropertyOverride('PolicyDocument.Statement.0.Condition', { Bool: { 'aws:SecureTransport': 'true' } }),
    'SNS.PolicyNotPublic': statement({ Principal: '*' }),
    'SNS.PolicyNoWildcardAction': statement({ Principal: { Service: 'events.amazonaws.com' }, Action: 'sns:*' }),
    'SNS.PolicyNoNegation': statement({ Principal: { Service: 'events.amazonaws.com' }, NotAction: 'sns:Subscribe' }),
  },
  weakenings: [{ props: { enforceSSL: false }, says: 'enforceSSL: false', rules: ['SNS.TlsOnly'] }],
});

describe('AlarmTopic', () => {
  const statements = (stack: Stack, type: string, document: string): Record<string, any>[] =>
    Object.values(Template.fromStack(stack).findResources(type)).flatMap((one) => one.Properties[document].Statement);
  const bound = { StringEquals: { 'aws:SourceAccount': '111111111111' } };

  test.each([
    ['cloudwatch.amazonaws.com', bound],
    ['budgets.amazonaws.com', bound],
    ['backup.amazonaws.com', bound],
    ['costalerts.amazonaws.com', bound],
    // EventBridge sends no condition keys: with any of them its messages are dropped.
    ['events.amazonaws.com', undefined],
  ])('lets in %s, by the policies of both the topic and the key', (service, condition) => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    new AlarmTopic(stack, 'X');
    const of = (found: Record<string, any>[]): Record<string, any>[] => found.filter(({ Effect, Principal }) => Effect === 'Allow' && Principal.Service === service);
    expect(of(statements(stack, 'AWS::SNS::TopicPolicy', 'PolicyDocument'))).toEqual([
      { Sid: expect.anything(), Effect: 'Allow', Principal: { Service: service }, Action: 'sns:Publish', Resource: expect.anything(), ...condition && { Condition: condition } },
    ]);
    expect(of(statements(stack, 'AWS::KMS::Key', 'KeyPolicy'))).toEqual([
      { Effect: 'Allow', Principal: { Service: service }, Action: ['kms:Decrypt', 'kms:GenerateDataKey*'], Resource: '*', ...condition && { Condition: condition } },
    ]);
  });

  test('lets in what is admitted later, once, and a given list instead of the usual one', () => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    const topic = new AlarmTopic(stack, 'X', { publishers: [] });
    for (let twice = 0; twice < 2; twice++) topic.admit('cloudtrail.amazonaws.com');
    const services = [...statements(stack, 'AWS::SNS::TopicPolicy', 'PolicyDocument'), ...statements(stack, 'AWS::KMS::Key', 'KeyPolicy')].flatMap(({ Principal }) => Principal.Service ?? []);
    expect(services).toEqual(['cloudtrail.amazonaws.com', 'cloudtrail.amazonaws.com']);
  });

  test('shares one key with the other alarm topics, and adds to its policy once', () => {
    const stack = new Stack(appWith(), 'S');
    for (const id of ['A', 'B']) new AlarmTopic(stack, id);
    expect(statements(stack, 'AWS::KMS::Key', 'KeyPolicy')).toHaveLength(7);
  });

  test('serves as the action of an alarm, and signs with SHA-256', () => {
    const stack = new Stack(appWith(), 'S');
    const alarm = new cloudwatch.Alarm(stack, 'A', { metric: new cloudwatch.Metric({ namespace: 'n', metricName: 'm' }), threshold: 1, evaluationPeriods: 1 });
    const topic = new AlarmTopic(stack, 'X');
    alarm.addAlarmAction(new SnsAction(topic));
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmActions: [stack.resolve(topic.topicArn)] });
    template.hasResourceProperties('AWS::SNS::Topic', { SignatureVersion: '2' });
  });

  test('makes no cycle with a key in another stack', () => {
    const app = appWith();
    new AlarmTopic(new Stack(app, 'S'), 'X', { masterKey: new EncryptionKey(new Stack(app, 'Keys'), 'K') });
    expect(() => app.synth()).not.toThrow();
  });

  test('claims no key from elsewhere, and says what its policy needs', () => {
    const app = appWith();
    const stack = new Stack(app, 'S');
    new AlarmTopic(stack, 'X', { masterKey: kms.Key.fromKeyArn(stack, 'K', 'arn:aws:kms:eu-west-1:111111111111:key/12345678-1234-1234-1234-123456789012') });
    const rules = claimsIn(modelOf(app), 'AlarmTopic').map(({ rule }) => rule);
    expect(rules).toContain('SNS.Encryption');
    expect(rules).not.toContain('SNS.CustomerKey');
    Annotations.fromStack(stack).hasWarning('/S/X', Match.stringLikeRegexp('must let cloudwatch.amazonaws.com do kms:Decrypt and kms:GenerateDataKey'));
  });
});
