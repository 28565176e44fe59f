import { Duration, PropertyInjectors, RemovalPolicy, SecretValue, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { appWith, claimsIn, CONCRETE, describeConstruct, modelOf, optionalOf } from './harness';
import { HardeningInjector } from '../../src/blueprint/injectors';
import { EncryptionKey, SecureDatabaseInstance, SecureSecret, SecureSecretProps } from '../../src/constructs';
import { secretHardening } from '../../src/constructs/security/secret-hardening';
import { OptOut } from '../../src/declarations/opt-out';
import { secretDefaults, secretPolicyDefaults } from '../../src/defaults';
import { describeInjected } from '../blueprint/injected';

const { HostedRotation } = secretsmanager;

/** The function of the team that rotates its secrets. */
function rotator(scope: Construct): lambda.Function {
  const stack = Stack.of(scope);
  return stack.node.tryFindChild('Rotator') as lambda.Function | undefined ?? new lambda.Function(stack, 'Rotator', {
    runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = async () => {};'), tracing: lambda.Tracing.ACTIVE,
  });
}

const cfn = (secret: SecureSecret): secretsmanager.CfnSecret => secret.node.defaultChild as secretsmanager.CfnSecret;
const below = <T>(secret: SecureSecret, id: string): T => secret.node.findChild(id).node.defaultChild as T;

describeConstruct<SecureSecretProps>({
  name: 'SecureSecret',
  make: (scope, id, props) => new SecureSecret(scope, id, { ...props, rotation: props?.rotation ?? { rotationLambda: rotator(scope) } }),
  optional: optionalOf<SecureSecretProps>()([
    'description', 'encryptionKey', 'generateSecretString', 'secretName', 'secretStringBeta1', 'secretStringValue', 'secretObjectValue', 'removalPolicy', 'replicaRegions', 'optOuts', 'rotation', 'target',
  ]),
  breaks: {
    'SecretsManager.CustomerKey': (secret: SecureSecret) => cfn(secret).addPropertyDeletionOverride('KmsKeyId'),
    'SecretsManager.Rotation': (secret: SecureSecret) => below<secretsmanager.CfnRotationSchedule>(secret, 'Rotation').addPropertyDeletionOverride('RotationRules'),
    'SecretsManager.RotationInterval': (secret: SecureSecret) => below<secretsmanager.CfnRotationSchedule>(secret, 'Rotation').addPropertyOverride('RotationRules', { ScheduleExpression: 'rate(91 days)' }),
    'SecretsManager.BlocksPublicPolicy': (secret: SecureSecret) => below<secretsmanager.CfnResourcePolicy>(secret, 'Policy').addPropertyOverride('BlockPublicPolicy', false),
    'SecretsManager.PolicyNotPublic': (secret: SecureSecret) => below<secretsmanager.CfnResourcePolicy>(secret, 'Policy').addPropertyOverride('ResourcePolicy.Statement.1', { Effect: 'Allow', Principal: '*', Action: 'secretsmanager:GetSecretValue', Resource: '*' }),
  },
  weakenings: [
    { props: { rotation: { hostedRotation: HostedRotation.mysqlSingleUser(), automaticallyAfter: Duration.days(91) } }, says: 'rotation: { automaticallyAfter: 91 days }', rules: ['SecretsManager.RotationInterval'] },
    { props: { rotation: { hostedRotation: HostedRotation.mysqlSingleUser(), automaticallyAfter: Duration.days(0) } }, says: 'rotation: { automaticallyAfter: 0 days }', rules: ['SecretsManager.Rotation', 'SecretsManager.RotationInterval'] },
  ],
  uses: (secret: SecureSecret, consumer) => {
    const role = new iam.Role(consumer, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    secret.grantRead(role);
    secret.grantWrite(role);
  },
  given: (elsewhere) => ({ encryptionKey: new EncryptionKey(elsewhere, 'Key') }),
  besides: /^S\/Rotator\//,
});

const tables = { 'AWS::SecretsManager::Secret': secretDefaults, 'AWS::SecretsManager::ResourcePolicy': secretPolicyDefaults };

describeInjected<secretsmanager.SecretProps>({
  name: 'secretsmanager.Secret',
  hardening: secretHardening,
  make: (scope, id, props) => {
    const secret = new secretsmanager.Secret(scope, id, props);
    secret.denyAccountRootDelete();
    return secret;
  },
  defaults: tables,
  leaves: { 'SecretsManager.Rotation': 'only those who use a secret know how it is rotated' },
  explicit: { props: { secretStringValue: SecretValue.unsafePlainText('x') }, rule: 'SecretsManager.Rotation' },
});

describe('SecureSecret', () => {
  const token = { optOuts: [OptOut.of('SecretsManager.Rotation', { reason: 'a third party hands it out' })] };
  const rotation = { hostedRotation: HostedRotation.postgreSqlSingleUser() };
  const stackOf = (): Stack => new Stack(appWith(), 'S', CONCRETE);
  const only = (stack: Stack, type: string): Record<string, any> => Object.values(Template.fromStack(stack).findResources(type))[0];
  const policies = (stack: Stack): string => JSON.stringify(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
  const claims = (stack: Stack): string[] => claimsIn(modelOf(stack.node.root as never), 'SecureSecret').map(({ rule, verdict }) => `${rule} ${verdict}`).sort();

  test('is rotated, or says why not', () => {
    const stack = stackOf();
    expect(() => new SecureSecret(stack, 'X')).toThrow('SecureSecret at S/X: nothing rotates it; give rotation: { rotationLambda } or { hostedRotation }, or optOuts: [OptOut.of(\'SecretsManager.Rotation\'');
    expect(() => new SecureSecret(stack, 'X', { optOuts: [OptOut.of('SecretsManager.CustomerKey', { reason: 'a test' })] })).toThrow('nothing rotates it');
    new SecureSecret(stack, 'Token', token);
    expect(claims(stack)).toEqual(['SecretsManager.CustomerKey pass']);
    Template.fromStack(stack).resourceCountIs('AWS::SecretsManager::RotationSchedule', 0);
  });

  test.each([
    ['every 30 days', undefined, 'rate(30 days)'],
    ['as often as it is told', Duration.hours(8), 'rate(8 hours)'],
    ['at least every 90 days', Duration.days(90), 'rate(90 days)'],
  ])('is rotated %s', (_, automaticallyAfter, expected) => {
    const stack = stackOf();
    new SecureSecret(stack, 'X', { rotation: { rotationLambda: rotator(stack), automaticallyAfter } });
    expect(only(stack, 'AWS::SecretsManager::RotationSchedule').Properties.RotationRules).toEqual({ ScheduleExpression: expected });
    expect(claims(stack)).toContain('SecretsManager.RotationInterval pass');
  });

  test('is attached to its database, on which the rotation that Secrets Manager hosts relies', () => {
    const stack = stackOf();
    const engine = rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_17 });
    const vpc = new ec2.Vpc(stack, 'Vpc');
    const target = new SecureDatabaseInstance(stack, 'Orders', { engine, vpc });
    new SecureSecret(stack, 'X', { rotation, target });
    const [attachment] = Object.keys(Template.fromStack(stack).findResources('AWS::SecretsManager::SecretTargetAttachment'));
    expect(only(stack, 'AWS::SecretsManager::RotationSchedule').Properties).toMatchObject({ SecretId: { Ref: attachment }, HostedRotationLambda: { RotationType: 'PostgreSQLSingleUser' } });
    expect(claims(stack)).toEqual(expect.arrayContaining(['SecretsManager.Rotation pass', 'SecretsManager.BlocksPublicPolicy pass', 'SecretsManager.PolicyNotPublic pass']));
  });

  test('is kept, and so is every token in it', () => {
    const stack = stackOf();
    new SecureSecret(stack, 'X', token);
    expect(only(stack, 'AWS::SecretsManager::Secret')).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    const other = stackOf();
    new SecureSecret(other, 'X', { ...token, removalPolicy: RemovalPolicy.DESTROY });
    expect(only(other, 'AWS::SecretsManager::Secret').DeletionPolicy).toBe('Delete');
  });

  test('claims nothing of a key from elsewhere', () => {
    const stack = stackOf();
    new SecureSecret(stack, 'X', { ...token, encryptionKey: kms.Key.fromKeyArn(stack, 'K', 'arn:aws:kms:eu-west-1:111111111111:key/12345678-1234-1234-1234-123456789012') });
    expect(claims(stack)).toEqual([]);
  });

  test.each([
    ['without a key, which it warns of', {}, 1],
    ['with a key', { encryptionKey: 'arn:aws:kms:us-east-1:111111111111:key/12345678-1234-1234-1234-123456789012' }, 0],
  ])('has a replica in another region %s', (_, { encryptionKey: arn }: { encryptionKey?: string }, warnings) => {
    const stack = stackOf();
    new SecureSecret(stack, 'X', { ...token, replicaRegions: [{ region: 'us-east-1', encryptionKey: arn === undefined ? undefined : kms.Key.fromKeyArn(stack, 'K', arn) }] });
    expect(only(stack, 'AWS::SecretsManager::Secret').Properties.ReplicaRegions).toEqual([{ Region: 'us-east-1', ...arn !== undefined && { KmsKeyId: arn } }]);
    expect(Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('a replica without encryptionKey'))).toHaveLength(warnings);
  });

  test('lets its readers use the key by their own policies, through Secrets Manager only', () => {
    const stack = stackOf();
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    for (const id of ['One', 'Two']) new SecureSecret(stack, id, token).grantRead(role);
    expect(JSON.stringify(only(stack, 'AWS::KMS::Key').Properties.KeyPolicy)).not.toContain('Role');
    expect(only(stack, 'AWS::KMS::Key').Properties.KeyPolicy.Statement).toHaveLength(3);
    expect(policies(stack)).toContain('"Action":"kms:Decrypt","Condition":{"StringEquals":{"kms:ViaService":"secretsmanager.eu-west-1.amazonaws.com"}}');
  });

  test('lets readers of another account use the key by its policy, as only it can', () => {
    const stack = stackOf();
    const secret = new SecureSecret(stack, 'X', token);
    secret.grantRead(new iam.AccountPrincipal('222222222222'));
    secret.grantRead(iam.Role.fromRoleArn(stack, 'Theirs', 'arn:aws:iam::333333333333:role/theirs'));
    for (const account of ['222222222222', '333333333333']) expect(JSON.stringify(only(stack, 'AWS::KMS::Key').Properties.KeyPolicy)).toContain(account);
    expect(claims(stack)).toContain('SecretsManager.PolicyNotPublic pass');
  });
});

describe('secretsmanager.Secret under its injector', () => {
  const stackWith = (): Stack => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    PropertyInjectors.of(stack).add(new HardeningInjector(secretHardening));
    return stack;
  };

  test('can be read from another stack, as without the key', () => {
    const stack = stackWith();
    const consumer = new Stack(stack.node.root, 'Consumer', CONCRETE);
    new secretsmanager.Secret(stack, 'X').grantRead(new iam.Role(consumer, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }));
    expect(() => Template.fromStack(consumer)).not.toThrow();
  });

  test('keeps an explicit opinion on public policies', () => {
    const stack = stackWith();
    const secret = new secretsmanager.Secret(stack, 'X');
    secret.denyAccountRootDelete();
    (secret.node.findChild('Policy').node.defaultChild as secretsmanager.CfnResourcePolicy).blockPublicPolicy = false;
    Template.fromStack(stack).hasResourceProperties('AWS::SecretsManager::ResourcePolicy', { BlockPublicPolicy: false });
  });

  test('has no key of ours in its way when one is given', () => {
    const stack = stackWith();
    const key = new kms.Key(stack, 'K');
    new secretsmanager.Secret(stack, 'X', { encryptionKey: key }).grantRead(new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }));
    Template.fromStack(stack).resourceCountIs('AWS::KMS::Key', 1);
    expect(JSON.stringify(Template.fromStack(stack).findResources('AWS::KMS::Key'))).toContain('Role1ABCC5F0');
  });
});
