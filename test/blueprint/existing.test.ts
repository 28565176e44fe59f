import { PropertyInjectors, Stack, Tags } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import flags from 'aws-cdk-lib/recommended-feature-flags.json';
import { describeInjected } from './injected';
import { HardeningInjector } from '../../src/blueprint/injectors';
import { AccessLogBucket, EncryptionKey, SecureBucket } from '../../src/constructs';
import { tableHardening, tableV1Hardening } from '../../src/constructs/database/table-hardening';
import { logGroupHardening } from '../../src/constructs/logging/log-group-hardening';
import { keyHardening } from '../../src/constructs/security/key-hardening';
import { bucketHardening } from '../../src/constructs/storage/bucket-hardening';
import { Hardening } from '../../src/constructs/support/hardening';
import { bucketDefaults, keyDefaults, logGroupDefaults, tableDefaults } from '../../src/defaults';
import { evaluate, ruleById } from '../../src/rules';
import { appWith, CONCRETE, modelOf } from '../constructs/harness';

const partitionKey = { name: 'id', type: dynamodb.AttributeType.STRING };

describeInjected<s3.BucketProps>({
  name: 's3.Bucket',
  hardening: bucketHardening,
  make: (scope, id, props) => new s3.Bucket(scope, id, props),
  defaults: { 'AWS::S3::Bucket': bucketDefaults },
  explicit: { props: { versioned: false }, rule: 'S3.Versioning' },
});

describeInjected<kms.KeyProps>({
  name: 'kms.Key',
  hardening: keyHardening,
  make: (scope, id, props) => new kms.Key(scope, id, props),
  defaults: { 'AWS::KMS::Key': keyDefaults },
  explicit: { props: { enableKeyRotation: false }, rule: 'KMS.KeyRotation' },
});

describeInjected<logs.LogGroupProps>({
  name: 'logs.LogGroup',
  hardening: logGroupHardening,
  make: (scope, id, props) => new logs.LogGroup(scope, id, props),
  defaults: { 'AWS::Logs::LogGroup': logGroupDefaults, 'AWS::KMS::Key': keyDefaults },
  explicit: { props: { retention: logs.RetentionDays.ONE_DAY }, rule: 'Logs.RetentionOneYear' },
});

describeInjected<dynamodb.TablePropsV2>({
  name: 'dynamodb.TableV2',
  hardening: tableHardening,
  make: (scope, id, props) => new dynamodb.TableV2(scope, id, { partitionKey, ...props }),
  defaults: { 'AWS::DynamoDB::GlobalTable': tableDefaults },
  explicit: { props: { deletionProtection: false }, rule: 'DynamoDB.DeletionProtection' },
});

describeInjected<dynamodb.TableProps>({
  name: 'dynamodb.Table',
  hardening: tableV1Hardening,
  make: (scope, id, props) => new dynamodb.Table(scope, id, { partitionKey, ...props }),
  defaults: { 'AWS::DynamoDB::Table': tableDefaults },
  explicit: { props: { pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: false } }, rule: 'DynamoDB.PointInTimeRecovery' },
});

/** A stack in which a hardening is injected. */
function stackWith(hardening: Hardening<any>, context: Record<string, unknown> = {}): Stack {
  const stack = new Stack(appWith(context), 'S', CONCRETE);
  PropertyInjectors.of(stack).add(new HardeningInjector(hardening));
  return stack;
}

/** The properties of the resource below a construct. */
function propertiesOf(construct: { node: { defaultChild?: unknown } }, stack: Stack): Record<string, any> {
  const id = stack.getLogicalId(construct.node.defaultChild as s3.CfnBucket);
  return Template.fromStack(stack).toJSON().Resources[id].Properties;
}

const FLAGS: [string, Record<string, unknown>][] = [['no feature flags', {}], ['all recommended flags', flags]];

describe('s3.Bucket under its injector', () => {
  const algorithm = (bucket: s3.Bucket, stack: Stack): string => (
    propertiesOf(bucket, stack).BucketEncryption.ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault.SSEAlgorithm);
  const OWNED = { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] };
  const verdicts = (stack: Stack, bucket: s3.Bucket): string[] => {
    const [resource] = modelOf(stack.node.root as never).templates.flatMap((template) => [...template.resources.values()]
      .filter(({ logicalId }) => logicalId === stack.getLogicalId(bucket.node.defaultChild as s3.CfnBucket)));
    return ['S3.AccessLogging', 'S3.AccessLogTargetExists', 'S3.Encryption', 'S3.TlsOnly'].filter((rule) => evaluate(ruleById(rule), resource).verdict === 'fail');
  };

  describe.each(FLAGS)('%s', (_, context) => {
    test('logs to a plain one, which gets SSE-S3 and a policy, since S3 delivers to no other', () => {
      const stack = stackWith(bucketHardening, context);
      const target = new s3.Bucket(stack, 'Journal');
      const source = new s3.Bucket(stack, 'X', { serverAccessLogsBucket: target });
      new s3.Bucket(stack, 'Y', { serverAccessLogsBucket: target });
      expect(algorithm(target, stack)).toBe('AES256');
      expect(propertiesOf(target, stack)).toMatchObject({ OwnershipControls: OWNED });
      expect(propertiesOf(target, stack)).not.toHaveProperty('AccessControl');
      expect(JSON.stringify(propertiesOf(target, stack).BucketEncryption)).toContain('SSE-C');
      expect(JSON.stringify(Template.fromStack(stack).findResources('AWS::KMS::Key'))).not.toContain('logging.s3');
      const delivery = propertiesOf(target.policy!, stack).PolicyDocument.Statement.filter(({ Principal }: any) => Principal.Service === 'logging.s3.amazonaws.com');
      expect(delivery).toEqual([expect.objectContaining({ Effect: 'Allow', Condition: { StringEquals: { 'aws:SourceAccount': '111111111111' } } })]);
      expect(verdicts(stack, source)).toEqual([]);
    });

    test('logs to a plain one whose encryption is explicit, which keeps it', () => {
      const stack = stackWith(bucketHardening, context);
      const target = new s3.Bucket(stack, 'Journal', { encryption: s3.BucketEncryption.S3_MANAGED });
      new s3.Bucket(stack, 'X', { serverAccessLogsBucket: target });
      expect(algorithm(target, stack)).toBe('AES256');
      expect(propertiesOf(target, stack)).toMatchObject({ OwnershipControls: OWNED });
    });

    test('logs to itself with a prefix', () => {
      const stack = stackWith(bucketHardening, context);
      const bucket = new s3.Bucket(stack, 'X', { serverAccessLogsPrefix: 'access/' });
      expect(algorithm(bucket, stack)).toBe('AES256');
      expect(propertiesOf(bucket, stack)).toMatchObject({ OwnershipControls: OWNED, LoggingConfiguration: { LogFilePrefix: 'access/' } });
      expect(propertiesOf(bucket, stack)).not.toHaveProperty('AccessControl');
      expect(JSON.stringify(propertiesOf(bucket.policy!, stack))).toContain('logging.s3.amazonaws.com');
      expect(verdicts(stack, bucket)).toEqual([]);
    });

    test('keeps an explicit ACL, for which ACLs stay on', () => {
      const stack = stackWith(bucketHardening, context);
      const bucket = new s3.Bucket(stack, 'X', { accessControl: s3.BucketAccessControl.LOG_DELIVERY_WRITE });
      expect(propertiesOf(bucket, stack)).toMatchObject({ AccessControl: 'LogDeliveryWrite', OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] } });
    });
  });

  // With the feature flags CDK itself takes the settings that are left out for on.
  test('keeps an explicit read access of the public, whose other settings are left to CDK', () => {
    const stack = stackWith(bucketHardening);
    const bucket = new s3.Bucket(stack, 'X', { publicReadAccess: true, blockPublicAccess: new s3.BlockPublicAccess({ blockPublicAcls: true }) });
    expect(JSON.stringify(propertiesOf(bucket.policy!, stack))).toContain('s3:GetObject');
  });

  test('takes the logs of a load balancer, which refuses keys, when its name says that it is for logs', () => {
    const stack = stackWith(bucketHardening);
    const bucket = new s3.Bucket(stack, 'BalancerLogs');
    const vpc = new ec2.Vpc(stack, 'Vpc');
    expect(() => new elbv2.ApplicationLoadBalancer(stack, 'B', { vpc }).logAccessLogs(bucket)).not.toThrow();
    expect(algorithm(bucket, stack)).toBe('AES256');
  });

  test.each([
    ['Logs', 'AES256'], ['AlbLogs', 'AES256'], ['LogBucket', 'AES256'], ['LoggingBucket', 'AES256'], ['access-logs', 'AES256'], ['accesslogs', 'AES256'],
    ['Catalog', 'aws:kms'], ['LoginPages', 'aws:kms'], ['Dialogs', 'aws:kms'], ['blog', 'aws:kms'], ['Data', 'aws:kms'],
  ])('%s is encrypted by %s', (id, expected) => {
    const stack = stackWith(bucketHardening);
    expect(algorithm(new s3.Bucket(stack, id), stack)).toBe(expected);
  });

  test('one of ours stays under its key, whatever its name', () => {
    const stack = stackWith(bucketHardening);
    expect(algorithm(new SecureBucket(stack, 'Logs'), stack)).toBe('aws:kms');
  });

  test('one of ours can log to a plain one', () => {
    const stack = stackWith(bucketHardening);
    const target = new s3.Bucket(stack, 'Journal');
    const source = new SecureBucket(stack, 'X', { serverAccessLogsBucket: target });
    expect(algorithm(target, stack)).toBe('AES256');
    expect(verdicts(stack, source)).toEqual([]);
  });

  test('leaves the shared log bucket as it is', () => {
    const stack = stackWith(bucketHardening);
    new s3.Bucket(stack, 'X');
    expect(algorithm(AccessLogBucket.shared(stack), stack)).toBe('AES256');
    Template.fromStack(stack).resourceCountIs('AWS::S3::Bucket', 2);
  });
});

describe('kms.Key under its injector', () => {
  test('sets no rotation on a key that AWS KMS does not rotate', () => {
    const stack = stackWith(keyHardening);
    const key = new kms.Key(stack, 'X', { keySpec: kms.KeySpec.RSA_2048, keyUsage: kms.KeyUsage.SIGN_VERIFY });
    expect(propertiesOf(key, stack)).not.toHaveProperty('EnableKeyRotation');
    expect(propertiesOf(key, stack)).not.toHaveProperty('RotationPeriodInDays');
    expect(propertiesOf(key, stack)).toMatchObject({ PendingWindowInDays: 30 });
  });
});

describe('logs.LogGroup under its injector', () => {
  const statements = (stack: Stack): any[] => Object.values(Template.fromStack(stack).findResources('AWS::KMS::Key')).flatMap((key) => key.Properties.KeyPolicy.Statement);

  test('CloudWatch Logs may use the key, without which it refuses the group', () => {
    const stack = stackWith(logGroupHardening);
    for (const id of ['A', 'B']) new logs.LogGroup(stack, id);
    expect(statements(stack).filter(({ Principal }) => JSON.stringify(Principal).includes('logs.eu-west-1'))).toHaveLength(1);
  });

  test('also a key that was given', () => {
    const stack = stackWith(logGroupHardening);
    new logs.LogGroup(stack, 'X', { encryptionKey: new EncryptionKey(stack, 'K') });
    Template.fromStack(stack).resourceCountIs('AWS::KMS::Key', 1);
    expect(JSON.stringify(statements(stack))).toContain('kms:EncryptionContext:aws:logs:arn');
  });

  test('sets no retention in the class DELIVERY, which takes none', () => {
    const stack = stackWith(logGroupHardening);
    expect(propertiesOf(new logs.LogGroup(stack, 'X', { logGroupClass: logs.LogGroupClass.DELIVERY }), stack)).not.toHaveProperty('RetentionInDays');
  });
});

describe.each([
  ['dynamodb.TableV2', tableHardening, (stack: Stack) => new dynamodb.TableV2(stack, 'X', { partitionKey })],
  ['dynamodb.Table', tableV1Hardening, (stack: Stack) => new dynamodb.Table(stack, 'X', { partitionKey })],
])('%s under its injector', (_, hardening: Hardening<any>, make: (stack: Stack) => dynamodb.TableBase | dynamodb.TableV2) => {
  test('is tagged for backup, and has insights', () => {
    const stack = stackWith(hardening);
    const text = JSON.stringify(propertiesOf(make(stack), stack));
    expect(text).toContain('{"Key":"soc2:backup","Value":"true"}');
    expect(text).toContain('"ContributorInsightsSpecification":{"Enabled":true}');
  });

  test('is not tagged for backup when a tag says otherwise', () => {
    const stack = stackWith(hardening);
    const table = make(stack);
    Tags.of(table).add('soc2:backup', 'false');
    expect(JSON.stringify(propertiesOf(table, stack))).toContain('{"Key":"soc2:backup","Value":"false"}');
    expect(JSON.stringify(propertiesOf(table, stack))).not.toContain('{"Key":"soc2:backup","Value":"true"}');
  });
});

describe('dynamodb.Table under its injector', () => {
  const index = { indexName: 'ByName', partitionKey: { name: 'name', type: dynamodb.AttributeType.STRING } };
  const capacity = (stack: Stack, table: dynamodb.Table): object => {
    const { BillingMode, ProvisionedThroughput, GlobalSecondaryIndexes = [] } = propertiesOf(table, stack);
    return { BillingMode, read: ProvisionedThroughput?.ReadCapacityUnits, ofIndex: GlobalSecondaryIndexes[0]?.ProvisionedThroughput?.ReadCapacityUnits };
  };

  test.each<[string, dynamodb.TableProps | object, (table: dynamodb.Table) => void, object]>([
    ['follows demand', {}, () => undefined, { BillingMode: 'PAY_PER_REQUEST' }],
    ['follows demand, and so do its indexes', {}, (table) => table.addGlobalSecondaryIndex(index), { BillingMode: 'PAY_PER_REQUEST' }],
    ['can be scaled', {}, (table) => void table.autoScaleReadCapacity({ minCapacity: 1, maxCapacity: 9 }), { read: 5 }],
    ['can have indexes with a capacity of their own', {}, (table) => table.addGlobalSecondaryIndex({ ...index, readCapacity: 3, writeCapacity: 3 }), { read: 5, ofIndex: 3 }],
    ['keeps an explicit capacity', { readCapacity: 5 }, () => undefined, { read: 5 }],
    ['keeps an explicit mode', { billingMode: dynamodb.BillingMode.PROVISIONED }, () => undefined, { read: 5 }],
  ])('%s', (_, props, change, expected) => {
    const stack = stackWith(tableV1Hardening);
    const table = new dynamodb.Table(stack, 'X', { partitionKey, ...props });
    change(table);
    expect(capacity(stack, table)).toEqual({ BillingMode: undefined, read: undefined, ofIndex: undefined, ...expected });
  });

  test.each([
    ['an older property for insights', { contributorInsightsEnabled: false }],
    ['an older property for recovery', { pointInTimeRecovery: false }],
    ['regions to replicate to, which exclude a key of one\'s own', { replicationRegions: ['us-east-1'] }],
    ['an empty list of regions', { replicationRegions: [] }],
  ])('takes %s', (_, props) => {
    const stack = stackWith(tableV1Hardening);
    const table = new dynamodb.Table(stack, 'X', { partitionKey, ...props });
    const { ContributorInsightsSpecification: insights, PointInTimeRecoverySpecification: recovery, SSESpecification: encryption } = propertiesOf(table, stack);
    expect({ insights: insights.Enabled, recovery: recovery.PointInTimeRecoveryEnabled, encrypted: encryption !== undefined }).toEqual({
      insights: !('contributorInsightsEnabled' in props), recovery: !('pointInTimeRecovery' in props), encrypted: !('replicationRegions' in props),
    });
  });
});
