import { Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as synthetics from 'aws-cdk-lib/aws-synthetics';
import { appWith, claimsIn, describeConstruct, modelOf, optionalOf } from './harness';
import { NOT_REPLICATED, SHARED_LOGS } from './nag-findings';
import { AlarmTopic, EncryptionKey, SecureBucket, SecureCanary, SecureCanaryProps } from '../../src/constructs';
import { canaryHardening } from '../../src/constructs/monitoring/canary-hardening';
import { canaryDefaults } from '../../src/defaults';
import { describeInjected } from '../blueprint/injected';

const RUN = {
  test: synthetics.Test.custom({ code: synthetics.Code.fromInline('exports.handler = async () => {};'), handler: 'index.handler' }),
  runtime: new synthetics.Runtime('syn-nodejs-puppeteer-10.0', synthetics.RuntimeFamily.NODEJS),
};
const PYTHON = { ...RUN, runtime: new synthetics.Runtime('syn-python-selenium-5.1', synthetics.RuntimeFamily.PYTHON) };
const GRANTED = 'what a grant of the L2 gives: all of them encrypt under the one key';
const INLINE = 'the role of the canary alone, whose policy goes with it';
const cfn = (canary: synthetics.Canary): synthetics.CfnCanary => canary.node.defaultChild as synthetics.CfnCanary;
const alarm = (canary: SecureCanary): cloudwatch.CfnAlarm => canary.alarm.node.defaultChild as cloudwatch.CfnAlarm;

describeConstruct<SecureCanaryProps>({
  name: 'SecureCanary',
  make: (scope, id, props) => new SecureCanary(scope, id, { ...RUN, ...props }),
  optional: optionalOf<SecureCanaryProps>()([
    'optOuts', 'alarmTopic', 'artifactsBucketLocation', 'role', 'timeToLive', 'schedule', 'maxRetries', 'startAfterCreation', 'successRetentionPeriod', 'failureRetentionPeriod',
    'canaryName', 'activeTracing', 'environmentVariables', 'memory', 'timeout', 'vpc', 'vpcSubnets', 'securityGroups', 'cleanup', 'provisionedResourceCleanup',
    'artifactsBucketLifecycleRules', 'artifactS3EncryptionMode', 'artifactS3KmsKey', 'dryRunAndUpdate', 'resourcesToReplicateTags', 'browserConfigs',
  ]),
  breaks: {
    'Synthetics.CustomerKey': (canary: SecureCanary) => cfn(canary).addPropertyOverride('ArtifactConfig.S3Encryption.EncryptionMode', 'SSE_S3'),
    'Synthetics.Recurring': (canary: SecureCanary) => cfn(canary).addPropertyOverride('Schedule.Expression', 'rate(0 minute)'),
    'CloudWatch.AlarmAction': (canary: SecureCanary) => alarm(canary).addPropertyDeletionOverride('AlarmActions'),
    'CloudWatch.AlarmActionsEnabled': (canary: SecureCanary) => alarm(canary).addPropertyOverride('ActionsEnabled', false),
  },
  weakenings: [
    { props: { artifactS3EncryptionMode: synthetics.ArtifactsEncryptionMode.S3_MANAGED }, says: 'artifactS3EncryptionMode: S3_MANAGED', rules: ['Synthetics.CustomerKey'] },
    { props: { schedule: synthetics.Schedule.once() }, says: 'schedule: rate(0 minutes)', rules: ['Synthetics.Recurring'] },
    { props: { timeToLive: Duration.hours(1) }, says: 'timeToLive', rules: ['Synthetics.Recurring'] },
  ],
  uses: (canary: SecureCanary, consumer) => {
    new cloudwatch.Alarm(consumer, 'Slow', { metric: canary.metricDuration(), threshold: 1, evaluationPeriods: 1 });
  },
  given: (elsewhere) => ({
    artifactS3KmsKey: new EncryptionKey(elsewhere, 'Key'), artifactsBucketLocation: { bucket: new SecureBucket(elsewhere, 'Bucket') }, alarmTopic: new AlarmTopic(elsewhere, 'Alarms'),
  }),
  nag: {
    'AwsSolutions-IAM5[Action::kms:GenerateDataKey*] S/X/ServiceRole/DefaultPolicy/Resource': GRANTED,
    'AwsSolutions-IAM5[Action::kms:ReEncrypt*] S/X/ServiceRole/DefaultPolicy/Resource': GRANTED,
    'AwsSolutions-IAM5[Resource::*] S/X/ServiceRole/Resource': 'metrics, and the list of buckets, have no resource; the namespace of the metrics is bound by a condition',
    'AwsSolutions-IAM5[Resource::<XArtifactsBA9C880C.Arn>/*] S/X/ServiceRole/Resource': 'the objects of its own bucket',
    'AwsSolutions-IAM5[Resource::arn:aws:logs:eu-west-1:111111111111:log-group:/aws/lambda/cwsyn-*] S/X/ServiceRole/Resource': 'Synthetics makes up the name of the log group, which begins so',
    'NIST.800.53.R5-IAMNoInlinePolicy S/X/ServiceRole/DefaultPolicy/Resource': INLINE,
    'NIST.800.53.R5-IAMNoInlinePolicy S/X/ServiceRole/Resource': INLINE,
    'NIST.800.53.R5-S3BucketReplicationEnabled S/XArtifacts/Resource': NOT_REPLICATED,
    ...SHARED_LOGS,
  },
});

const { alarm: _ofAlarm, ...ofCanary } = canaryDefaults;

describeInjected<synthetics.CanaryProps>({
  name: 'synthetics.Canary',
  hardening: canaryHardening,
  make: (scope, id, props) => new synthetics.Canary(scope, id, { ...RUN, ...props }),
  // An injector makes no alarm: whom it should tell, a plain canary does not say.
  defaults: { 'AWS::Synthetics::Canary': ofCanary },
  explicit: { props: { schedule: synthetics.Schedule.once() }, rule: 'Synthetics.Recurring' },
});

describe('SecureCanary', () => {
  const policiesOf = (stack: Stack): string => JSON.stringify(Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy')));

  test('keeps what it saw in a bucket of its own, for 400 days, under one key', () => {
    const stack = new Stack(appWith(), 'S');
    const canary = new SecureCanary(stack, 'X', RUN);
    const template = Template.fromStack(stack);
    expect(canary.artifactsBucket).toBeInstanceOf(SecureBucket);
    template.hasResourceProperties('AWS::S3::Bucket', { LifecycleConfiguration: { Rules: Match.arrayWith([Match.objectLike({ ExpirationInDays: 400, Status: 'Enabled' })]) } });
    template.hasResourceProperties('AWS::Synthetics::Canary', {
      ArtifactConfig: { S3Encryption: { EncryptionMode: 'SSE_KMS', KmsKeyArn: stack.resolve(EncryptionKey.shared(stack, 'data').keyArn) } },
      ProvisionedResourceCleanup: 'AUTOMATIC',
    });
  });

  test('may encrypt with the key', () => {
    const stack = new Stack(appWith(), 'S');
    new SecureCanary(stack, 'X', RUN);
    expect(policiesOf(stack)).toContain('"kms:GenerateDataKey*"');
  });

  test.each([
    ['is told when a run fails', {}, false],
    ['may send traces when they are asked for, which CDK leaves out', { activeTracing: true }, true],
  ])('%s', (_, props, traces) => {
    const stack = new Stack(appWith(), 'S');
    new SecureCanary(stack, 'X', { ...RUN, ...props });
    expect(policiesOf(stack).includes('xray:PutTraceSegments')).toBe(traces);
    Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'Failed', Threshold: 1, AlarmActions: [stack.resolve(AlarmTopic.shared(stack).topicArn)] });
  });

  test('in Python its artifacts follow the bucket, which is under a key: nothing is claimed of it, and the role may use the key', () => {
    const app = appWith();
    const stack = new Stack(app, 'S');
    const canary = new SecureCanary(stack, 'X', { ...PYTHON, test: synthetics.Test.custom({ code: synthetics.Code.fromInline('def handler(): pass'), handler: 'index.handler' }) });
    expect(canary.artifactsBucket.encryptionKey).toBe(EncryptionKey.shared(stack, 'data'));
    expect(policiesOf(stack)).toContain('"kms:GenerateDataKey*"');
    expect(claimsIn(modelOf(app), 'SecureCanary').map(({ rule }) => rule)).not.toContain('Synthetics.CustomerKey');
  });

  test('claims no key from elsewhere', () => {
    const app = appWith();
    const stack = new Stack(app, 'S');
    new SecureCanary(stack, 'X', { ...RUN, artifactS3KmsKey: kms.Key.fromKeyArn(stack, 'K', 'arn:aws:kms:eu-west-1:111111111111:key/12345678-1234-1234-1234-123456789012') });
    expect(claimsIn(modelOf(app), 'SecureCanary').map(({ rule }) => rule)).not.toContain('Synthetics.CustomerKey');
  });

  test.each([
    ['a bucket of one\'s own', (stack: Stack) => ({ artifactsBucketLocation: { bucket: s3.Bucket.fromBucketName(stack, 'B', 'artifacts') } }), 0],
    ['further lifecycle rules', () => ({ artifactsBucketLifecycleRules: [{ id: 'Mine', prefix: 'x/', expiration: Duration.days(1) }] }), 2],
  ])('takes %s', (_, props, buckets) => {
    const stack = new Stack(appWith(), 'S');
    new SecureCanary(stack, 'X', { ...RUN, ...props(stack) });
    Template.fromStack(stack).resourceCountIs('AWS::S3::Bucket', buckets);
  });

  test('keeps the older way to clean up, which the L2 refuses beside the newer one', () => {
    const given = canaryHardening.harden(new Stack(appWith(), 'S'), 'X', { ...RUN, cleanup: synthetics.Cleanup.LAMBDA });
    expect(given).toMatchObject({ cleanup: 'lambda', provisionedResourceCleanup: undefined });
  });
});
