import { Duration, Lazy, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as kms from 'aws-cdk-lib/aws-kms';
import { appWith, claimsIn, describeConstruct, modelOf, optionalOf } from './harness';
import { EncryptionKey, SecureStream, SecureStreamProps } from '../../src/constructs';
import { streamHardening } from '../../src/constructs/streaming/stream-hardening';
import { streamDefaults } from '../../src/defaults';
import { describeInjected } from '../blueprint/injected';

const { UNENCRYPTED, MANAGED } = kinesis.StreamEncryption;
const cfn = (stream: kinesis.Stream): kinesis.CfnStream => stream.node.defaultChild as kinesis.CfnStream;
const set = (path: string, value: unknown) => (stream: kinesis.Stream) => cfn(stream).addPropertyOverride(path, value);

describeConstruct<SecureStreamProps>({
  name: 'SecureStream',
  make: (scope, id, props) => new SecureStream(scope, id, props),
  optional: optionalOf<SecureStreamProps>()([
    'optOuts', 'streamName', 'retentionPeriod', 'shardCount', 'encryption', 'encryptionKey', 'streamMode', 'removalPolicy', 'shardLevelMetrics',
  ]),
  breaks: {
    'Kinesis.Encryption': (stream: kinesis.Stream) => cfn(stream).addPropertyDeletionOverride('StreamEncryption'),
    'Kinesis.CustomerKey': set('StreamEncryption.KeyId', 'alias/aws/kinesis'),
    'Kinesis.Retention': set('RetentionPeriodHours', 24),
    'Kinesis.ScalesWithDemand': set('StreamModeDetails.StreamMode', 'PROVISIONED'),
  },
  weakenings: [
    { props: { encryption: UNENCRYPTED }, says: 'encryption: UNENCRYPTED', rules: ['Kinesis.Encryption', 'Kinesis.CustomerKey'] },
    { props: { encryption: MANAGED }, says: 'encryption: MANAGED', rules: ['Kinesis.CustomerKey'] },
    { props: { retentionPeriod: Duration.days(6) }, says: 'retentionPeriod: 6 days', rules: ['Kinesis.Retention'] },
    { props: { shardCount: 2 }, says: 'shardCount: 2', rules: ['Kinesis.ScalesWithDemand'] },
    { props: { streamMode: kinesis.StreamMode.PROVISIONED }, says: 'streamMode: PROVISIONED', rules: ['Kinesis.ScalesWithDemand'] },
  ],
  uses: (stream: SecureStream, consumer) => void stream.grantReadWrite(new iam.Role(consumer, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') })),
  given: (elsewhere) => ({ encryptionKey: new EncryptionKey(elsewhere, 'Key') }),
  nag: { 'AwsSolutions-KDS3 S/X/Resource': 'it asks for the key of AWS; a key of one\'s own is more' },
});

describeInjected<kinesis.StreamProps>({
  name: 'kinesis.Stream',
  hardening: streamHardening,
  make: (scope, id, props) => new kinesis.Stream(scope, id, props),
  defaults: { 'AWS::Kinesis::Stream': streamDefaults },
  explicit: { props: { encryption: UNENCRYPTED }, rule: 'Kinesis.Encryption' },
});

describe('SecureStream', () => {
  const made = (props: SecureStreamProps = {}): Stack => {
    const stack = new Stack(appWith(), 'S');
    new SecureStream(stack, 'X', props);
    return stack;
  };
  const only = (stack: Stack): Record<string, any> => Object.values(Template.fromStack(stack).findResources('AWS::Kinesis::Stream'))[0];
  const rulesOf = (stack: Stack): string[] => claimsIn(modelOf(stack.node.root as never), 'SecureStream').map(({ rule }) => rule);

  test('outlives its stack unless told otherwise', () => {
    expect(only(made())).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    expect(only(made({ removalPolicy: RemovalPolicy.DESTROY }))).toMatchObject({ DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' });
  });

  test('keeps records for longer than a week when asked', () => {
    expect(only(made({ retentionPeriod: Duration.days(30) })).Properties.RetentionPeriodHours).toBe(720);
  });

  test('has no shard count, which Kinesis refuses on demand', () => {
    expect(only(made()).Properties).not.toHaveProperty('ShardCount');
  });

  test('does not claim whose key a foreign one is', () => {
    const stack = new Stack(appWith(), 'S');
    const encryptionKey = kms.Key.fromKeyArn(stack, 'Foreign', 'arn:aws:kms:eu-west-1:111111111111:key/00000000-0000-0000-0000-000000000000');
    new SecureStream(stack, 'X', { encryptionKey });
    expect(rulesOf(stack)).toEqual(['Kinesis.Encryption', 'Kinesis.Retention', 'Kinesis.ScalesWithDemand']);
  });

  test('takes values that are known at deployment only', () => {
    const stack = made({
      retentionPeriod: Duration.hours(Lazy.number({ produce: () => 168 })),
      streamMode: Lazy.string({ produce: () => 'ON_DEMAND' }) as kinesis.StreamMode,
    });
    expect(only(stack).Properties).toMatchObject({ RetentionPeriodHours: 168, StreamModeDetails: { StreamMode: 'ON_DEMAND' } });
  });

  test('grants the use of its key with that of the stream', () => {
    const stack = new Stack(appWith(), 'S');
    new SecureStream(stack, 'X').grantRead(new iam.Role(stack, 'R', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }));
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: 'kms:Decrypt', Effect: 'Allow' })]) },
    });
  });
});

describe('kinesis.Stream under its injector', () => {
  test('keeps the shards that were counted', () => {
    expect(streamHardening.harden(new Stack(appWith(), 'S'), 'X', { shardCount: 3 })).toMatchObject({ shardCount: 3, streamMode: undefined });
  });
});
