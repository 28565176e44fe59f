import { App, NestedStack, RemovalPolicy, Stack, Duration } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { appWith, claimsIn, describeConstruct, modelOf, optionalOf } from './harness';
import { EncryptionKey, EncryptionKeyProps } from '../../src/constructs';

const optional = optionalOf<EncryptionKeyProps>()([
  'optOuts', 'description', 'alias', 'enableKeyRotation', 'rotationPeriod', 'enabled', 'keySpec', 'keyUsage', 'multiRegion', 'policy', 'admins',
  'removalPolicy', 'pendingWindow',
]);

const cfn = (key: EncryptionKey): kms.CfnKey => key.node.defaultChild as kms.CfnKey;
const allow = (statement: object) => (key: EncryptionKey) => cfn(key).addPropertyOverride('KeyPolicy.Statement.1', { Effect: 'Allow', Resource: '*', ...statement });

describeConstruct<EncryptionKeyProps>({
  name: 'EncryptionKey',
  uses: (key: EncryptionKey, consumer) => void key.grantDecrypt(new iam.Role(consumer, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') })),
  make: (scope, id, props) => new EncryptionKey(scope, id, props),
  optional,
  breaks: {
    'KMS.KeyRotation': (key: EncryptionKey) => cfn(key).addPropertyOverride('EnableKeyRotation', false),
    'KMS.KeyPolicyNotPublic': allow({ Principal: '*', Action: 'kms:Decrypt' }),
    'KMS.FullAccessOfAccountOnly': allow({ Principal: { AWS: 'arn:aws:iam::111111111111:role/Admin' }, Action: 'kms:*' }),
    'KMS.KeyPolicyNoNegation': allow({ Principal: { AWS: 'arn:aws:iam::111111111111:root' }, NotAction: 'kms:Delete*' }),
    'KMS.KeyEnabled': (key: EncryptionKey) => cfn(key).addPropertyOverride('Enabled', false),
    'KMS.DeletionWindow': (key: EncryptionKey) => cfn(key).addPropertyOverride('PendingWindowInDays', 7),
    'KMS.Retained': (key: EncryptionKey) => key.applyRemovalPolicy(RemovalPolicy.DESTROY),
  },
  weakenings: [
    { props: { enableKeyRotation: false }, says: 'enableKeyRotation: false', rules: ['KMS.KeyRotation'] },
    { props: { enabled: false }, says: 'enabled: false', rules: ['KMS.KeyEnabled'] },
    { props: { pendingWindow: Duration.days(7) }, says: 'pendingWindow: Duration.days(7)', rules: ['KMS.DeletionWindow'] },
    { props: { removalPolicy: RemovalPolicy.DESTROY }, says: 'removalPolicy: DESTROY', rules: ['KMS.Retained'] },
  ],
});

describe('EncryptionKey', () => {
  const stackOf = (app: App = appWith()): Stack => new Stack(app, 'S');
  const statements = (stack: Stack): Record<string, unknown>[] => Object.values(Template.fromStack(stack).findResources('AWS::KMS::Key')).flatMap((key) => key.Properties.KeyPolicy.Statement);

  test('gives the account the key whatever the feature flags, so that IAM policies can grant its use', () => {
    const stack = stackOf();
    new EncryptionKey(stack, 'K');
    expect(statements(stack)).toMatchObject([{ Effect: 'Allow', Action: 'kms:*' }]);
  });

  test.each([
    ['of a stack, one for each domain', (stack: Stack) => [EncryptionKey.shared(stack, 'data'), EncryptionKey.shared(stack, 'data'), EncryptionKey.shared(stack, 'logs')], 2],
    ['with a nested stack, another', (stack: Stack) => [EncryptionKey.shared(stack, 'data'), EncryptionKey.shared(new NestedStack(stack, 'N'), 'data')], 2],
  ])('is shared by the constructs %s', (_, keys, count) => {
    expect(new Set(keys(stackOf())).size).toBe(count);
  });

  test('claims nothing of a policy that is given', () => {
    const app = appWith();
    new EncryptionKey(new Stack(app, 'S'), 'K', {
      policy: new iam.PolicyDocument({ statements: [new iam.PolicyStatement({ principals: [new iam.AnyPrincipal()], actions: ['kms:*'], resources: ['*'] })] }),
    });
    expect(claimsIn(modelOf(app)).map(({ rule, verdict }) => `${rule} ${verdict}`)).toEqual(['KMS.DeletionWindow pass', 'KMS.KeyEnabled pass', 'KMS.KeyRotation pass', 'KMS.Retained pass']);
  });

  test('fails to be shared for a domain that is no word', () => {
    expect(() => EncryptionKey.shared(stackOf(), 'my data')).toThrow('EncryptionKey at S: the domain of a shared key must be letters and digits, got "my data"');
  });

  test.each([
    ['the account by default', {}, { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } }],
    ['an account', { sourceAccount: '222222222222' }, { StringEquals: { 'aws:SourceAccount': '222222222222' } }],
    ['a resource', { sourceArn: 'arn:aws:cloudtrail:*:111111111111:trail/t' }, { ArnLike: { 'aws:SourceArn': 'arn:aws:cloudtrail:*:111111111111:trail/t' } }],
    ['an encryption context', { encryptionContext: { 'aws:logs:arn': 'arn:aws:logs:*', 'purpose': 'x*' } }, {
      ArnLike: { 'kms:EncryptionContext:aws:logs:arn': 'arn:aws:logs:*' }, StringLike: { 'kms:EncryptionContext:purpose': 'x*' },
    }],
  ])('lets a service use it on behalf of %s', (_, options, conditions) => {
    const stack = stackOf();
    new EncryptionKey(stack, 'K').grantService('x.amazonaws.com', options);
    expect(statements(stack)[1]).toEqual({
      Effect: 'Allow',
      Principal: { Service: 'x.amazonaws.com' },
      Resource: '*',
      Condition: conditions,
      Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
    });
  });

  test.each([
    ['signing', { keySpec: kms.KeySpec.RSA_2048, keyUsage: kms.KeyUsage.SIGN_VERIFY }],
    ['encryption with a public key', { keySpec: kms.KeySpec.RSA_2048, keyUsage: kms.KeyUsage.ENCRYPT_DECRYPT }],
    ['message authentication', { keySpec: kms.KeySpec.HMAC_256, keyUsage: kms.KeyUsage.GENERATE_VERIFY_MAC }],
  ])('does not rotate, or claim to, a key for %s', (_, props) => {
    const app = appWith();
    new EncryptionKey(stackOf(app), 'K', props);
    const claims = claimsIn(modelOf(app), 'EncryptionKey');
    expect(claims.map(({ rule }) => rule)).not.toContain('KMS.KeyRotation');
    expect(claims.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
  });

  test('grants by IAM policy alone, so that a role in another stack makes no cycle', () => {
    const app = appWith();
    const key = new EncryptionKey(new Stack(app, 'Keys'), 'K');
    const user = new Stack(app, 'Users');
    key.grantDecrypt(new iam.Role(user, 'R', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }));
    new kms.Alias(user, 'A', { aliasName: 'alias/k', targetKey: key });
    expect(() => app.synth()).not.toThrow();
  });
});
