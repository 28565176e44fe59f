import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { appWith, claimsIn, CONCRETE, describeConstruct, modelOf, optionalOf } from './harness';
import { EncryptionKey, SecureLogGroup, SecureLogGroupProps } from '../../src/constructs';

const optional = optionalOf<SecureLogGroupProps>()([
  'optOuts', 'encryptionKey', 'logGroupName', 'dataProtectionPolicy', 'deletionProtectionEnabled', 'fieldIndexPolicies', 'retention',
  'logGroupClass', 'removalPolicy',
]);

const cfn = (group: SecureLogGroup): logs.CfnLogGroup => group.node.defaultChild as logs.CfnLogGroup;

describeConstruct<SecureLogGroupProps>({
  name: 'SecureLogGroup',
  uses: (group: SecureLogGroup, consumer) => void group.grantWrite(new iam.Role(consumer, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') })),
  given: (elsewhere) => ({ encryptionKey: new EncryptionKey(elsewhere, 'Key') }),
  make: (scope, id, props) => new SecureLogGroup(scope, id, props),
  optional,
  breaks: {
    'Logs.CustomerKey': (group: SecureLogGroup) => cfn(group).addPropertyDeletionOverride('KmsKeyId'),
    'Logs.Retention': (group: SecureLogGroup) => cfn(group).addPropertyDeletionOverride('RetentionInDays'),
    'Logs.RetentionOneYear': (group: SecureLogGroup) => cfn(group).addPropertyOverride('RetentionInDays', 180),
  },
  weakenings: [
    { props: { retention: logs.RetentionDays.SIX_MONTHS }, says: 'retention: 180', rules: ['Logs.RetentionOneYear'] },
    { props: { retention: logs.RetentionDays.INFINITE }, says: 'retention: INFINITE', rules: ['Logs.Retention'] },
  ],
});

describe('SecureLogGroup', () => {
  const keyStatements = (stack: Stack): Record<string, any>[] => Object.values(Template.fromStack(stack).findResources('AWS::KMS::Key')).flatMap((key) => key.Properties.KeyPolicy.Statement);

  test('lets CloudWatch Logs of its region use the key for the log groups of the account, once however many there are', () => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    for (const id of ['A', 'B', 'C']) new SecureLogGroup(stack, id);
    expect(keyStatements(stack).slice(1)).toEqual([{
      Effect: 'Allow',
      Resource: '*',
      Principal: { Service: { 'Fn::Join': ['', ['logs.eu-west-1.', { Ref: 'AWS::URLSuffix' }]] } },
      Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
      Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':logs:eu-west-1:111111111111:log-group:*']] } } },
    }]);
  });

  test.each([
    ['of the same stack', (app: ReturnType<typeof appWith>) => new Stack(app, 'S')],
    ['of another stack', (app: ReturnType<typeof appWith>) => new Stack(app, 'Keys')],
  ])('lets CloudWatch Logs use a key given, %s, without a cycle', (_, keys) => {
    const app = appWith();
    const home = keys(app);
    const key = new EncryptionKey(home, 'K');
    new SecureLogGroup(home.node.id === 'S' ? home : new Stack(app, 'S'), 'X', { encryptionKey: key });
    expect(() => app.synth()).not.toThrow();
    expect(keyStatements(home)).toHaveLength(2);
  });

  test('claims no key from elsewhere, and says what its policy needs', () => {
    const app = appWith();
    const stack = new Stack(app, 'S');
    new SecureLogGroup(stack, 'X', { encryptionKey: kms.Key.fromKeyArn(stack, 'K', 'arn:aws:kms:eu-west-1:111111111111:key/12345678-1234-1234-1234-123456789012') });
    expect(claimsIn(modelOf(app), 'SecureLogGroup').map(({ rule }) => rule)).toEqual(['Logs.Retention', 'Logs.RetentionOneYear']);
    Annotations.fromStack(stack).hasWarning('/S/X', Match.stringLikeRegexp('must let logs.<region>.amazonaws.com use the key'));
  });

  test('sets no retention in the class DELIVERY, which takes none, and claims none', () => {
    const app = appWith();
    new SecureLogGroup(new Stack(app, 'S'), 'X', { logGroupClass: logs.LogGroupClass.DELIVERY });
    expect(claimsIn(modelOf(app), 'SecureLogGroup').map(({ rule }) => rule)).toEqual(['Logs.CustomerKey']);
  });

  test('outlives its stack unless told otherwise', () => {
    const stack = new Stack(appWith(), 'S');
    new SecureLogGroup(stack, 'Kept');
    new SecureLogGroup(stack, 'Gone', { removalPolicy: RemovalPolicy.DESTROY });
    expect(Object.values(Template.fromStack(stack).findResources('AWS::Logs::LogGroup')).map(({ DeletionPolicy }) => DeletionPolicy)).toEqual(['Retain', 'Delete']);
  });
});
