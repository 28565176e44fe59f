import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { appWith, claimsIn, CONCRETE, describeConstruct, modelOf, optionalOf } from './harness';
import { EncryptionKey, SecureTable, SecureTableProps } from '../../src/constructs';

const optional = optionalOf<SecureTableProps>()([
  'optOuts', 'backup', 'sortKey', 'tableName', 'timeToLiveAttribute', 'dynamoStream', 'removalPolicy', 'billing', 'replicas',
  'globalTableSettingsReplicationMode', 'witnessRegion', 'multiRegionConsistency', 'globalSecondaryIndexes', 'localSecondaryIndexes', 'encryption',
  'warmThroughput', 'contributorInsights', 'contributorInsightsSpecification', 'deletionProtection', 'pointInTimeRecovery',
  'pointInTimeRecoverySpecification', 'tableClass', 'kinesisStream', 'tags', 'resourcePolicy', 'streamResourcePolicy',
]);

const autoscaled = dynamodb.Capacity.autoscaled({ maxCapacity: 5 });
const partitionKey = { name: 'id', type: dynamodb.AttributeType.STRING };
const cfn = (table: SecureTable): dynamodb.CfnGlobalTable => table.node.defaultChild as dynamodb.CfnGlobalTable;
const set = (path: string, value: unknown) => (table: SecureTable) => cfn(table).addPropertyOverride(path, value);

describeConstruct<SecureTableProps>({
  name: 'SecureTable',
  uses: (table: SecureTable, consumer) => void table.grantReadWriteData(new iam.Role(consumer, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') })),
  given: (elsewhere) => ({ encryption: dynamodb.TableEncryptionV2.customerManagedKey(new EncryptionKey(elsewhere, 'Key')) }),
  make: (scope, id, props) => new SecureTable(scope, id, { partitionKey, ...props }),
  optional,
  breaks: {
    'DynamoDB.CustomerKey': (table: SecureTable) => cfn(table).addPropertyDeletionOverride('Replicas.0.SSESpecification'),
    'DynamoDB.KmsEncryption': set('SSESpecification.SSEEnabled', false),
    'DynamoDB.PointInTimeRecovery': set('Replicas.0.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled', false),
    'DynamoDB.DeletionProtection': set('Replicas.0.DeletionProtectionEnabled', false),
    'DynamoDB.Retained': (table: SecureTable) => {
      table.applyRemovalPolicy(RemovalPolicy.DESTROY);
      set('Replicas.0.DeletionProtectionEnabled', false)(table);
    },
    'DynamoDB.ScalesWithDemand': set('BillingMode', 'PROVISIONED'),
  },
  weakenings: [
    { props: { encryption: dynamodb.TableEncryptionV2.dynamoOwnedKey() }, says: 'encryption: dynamoOwnedKey()', rules: ['DynamoDB.KmsEncryption', 'DynamoDB.CustomerKey'] },
    { props: { encryption: dynamodb.TableEncryptionV2.awsManagedKey() }, says: 'encryption without a customer managed key', rules: ['DynamoDB.CustomerKey'] },
    {
      props: { pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: false } },
      says: 'pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: false }',
      rules: ['DynamoDB.PointInTimeRecovery'],
    },
    { props: { deletionProtection: false }, says: 'deletionProtection: false', rules: ['DynamoDB.DeletionProtection'] },
    { props: { deletionProtection: false, removalPolicy: RemovalPolicy.DESTROY }, says: 'deletionProtection: false', rules: ['DynamoDB.DeletionProtection', 'DynamoDB.Retained'] },
    {
      props: { billing: dynamodb.Billing.provisioned({ readCapacity: dynamodb.Capacity.fixed(5), writeCapacity: autoscaled }) },
      says: 'billing with a fixed read capacity',
      rules: ['DynamoDB.ScalesWithDemand'],
    },
  ],
});

describe('SecureTable', () => {
  const propertiesOf = (stack: Stack): Record<string, any> => Object.values(Template.fromStack(stack).findResources('AWS::DynamoDB::GlobalTable'))[0].Properties;

  test('has its key, 35 days of recovery and the tag for backup', () => {
    const stack = new Stack(appWith(), 'S');
    new SecureTable(stack, 'X', { partitionKey });
    expect(propertiesOf(stack).Replicas).toMatchObject([{
      ContributorInsightsSpecification: { Enabled: true },
      DeletionProtectionEnabled: true,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 35 },
      SSESpecification: { KMSMasterKeyId: { 'Fn::GetAtt': [expect.stringMatching(/^SharedDataKey/), 'Arn'] } },
      Tags: expect.arrayContaining([{ Key: 'soc2:backup', Value: 'true' }]),
    }]);
  });

  test('is not tagged for backup when told so', () => {
    const stack = new Stack(appWith(), 'S');
    new SecureTable(stack, 'X', { partitionKey, backup: false });
    expect(JSON.stringify(propertiesOf(stack))).not.toContain('soc2:backup');
  });

  test('grants the use of its key with that of the table, where CDK refuses a key for want of a region', () => {
    const key = new kms.Key(new Stack(appWith(), 'S'), 'K');
    expect(new SecureTable(key.stack, 'X', { partitionKey, encryption: dynamodb.TableEncryptionV2.customerManagedKey(key) }).encryptionKey).toBe(key);
    expect(() => Template.fromStack(key.stack)).not.toThrow();
  });

  test('fails with replicas that have no key', () => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    expect(() => new SecureTable(stack, 'X', { partitionKey, replicas: [{ region: 'us-east-1' }] }))
      .toThrow('SecureTable at S/X: replicas need a key in each region; give encryption: TableEncryptionV2.customerManagedKey(key, { \'us-east-1\': keyArn })');
  });

  test('holds for its replicas too', () => {
    const app = appWith();
    const stack = new Stack(app, 'S', CONCRETE);
    const encryption = dynamodb.TableEncryptionV2.customerManagedKey(new kms.Key(stack, 'K'), { 'us-east-1': 'arn:aws:kms:us-east-1:111111111111:key/12345678-1234-1234-1234-123456789012' });
    new SecureTable(stack, 'X', { partitionKey, encryption, replicas: [{ region: 'us-east-1' }] });
    expect(claimsIn(modelOf(app), 'SecureTable').filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
    for (const replica of [{ deletionProtection: false }, { pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: false } }]) {
      expect(() => new SecureTable(stack, `X${Object.keys(replica)[0]}`, { partitionKey, encryption, replicas: [{ region: 'us-east-1', ...replica }] })).toThrow('weakens DynamoDB.');
    }
  });

  test.each([
    ['a key from elsewhere, which is not claimed', { encryption: (stack: Stack) => dynamodb.TableEncryptionV2.customerManagedKey(kms.Key.fromKeyArn(stack, 'K', 'arn:aws:kms:eu-west-1:111111111111:key/12345678-1234-1234-1234-123456789012')) }],
  ])('takes %s', (_, { encryption }) => {
    const app = appWith();
    const stack = new Stack(app, 'S');
    new SecureTable(stack, 'X', { partitionKey, encryption: encryption(stack) });
    expect(claimsIn(modelOf(app), 'SecureTable').map(({ rule }) => rule)).not.toContain('DynamoDB.CustomerKey');
  });

  test.each([
    ['an autoscaled capacity', { billing: dynamodb.Billing.provisioned({ readCapacity: autoscaled, writeCapacity: autoscaled }) }],
    ['the older property for recovery', { pointInTimeRecovery: true }],
    ['the older property for insights', { contributorInsights: false }],
    ['removalPolicy: DESTROY, since it is protected', { removalPolicy: RemovalPolicy.DESTROY }],
  ])('keeps its claims with %s', (_, props) => {
    const app = appWith();
    new SecureTable(new Stack(app, 'S'), 'X', { partitionKey, ...props });
    const claims = claimsIn(modelOf(app), 'SecureTable');
    expect(claims.map(({ verdict }) => verdict)).toEqual(Array(6).fill('pass'));
  });
});
