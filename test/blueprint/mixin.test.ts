import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Aspects, CfnCondition, CfnParameter, CfnResource, Duration, Fn, Lazy, NestedStack, RemovalPolicy, Shims, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { apply, bucketIn, propertiesOf, Properties, rendered, stackIn, withKeys } from './mixed';
import { Soc2Blueprint } from '../../src/blueprint';
import { AccessLogBucket, AuditTrail, SecureBucket, SecureDeadLetterQueue, SecureLogGroup, SecureQueue, SecureTopic } from '../../src/constructs';
import { OptOut } from '../../src/declarations/opt-out';
import * as tables from '../../src/defaults';
import { DEFAULTS_BY_TYPE } from '../../src/defaults/by-type';
import { SharedKey } from '../../src/defaults/default';
import { evaluate, ruleById, rulesForType } from '../../src/rules';
import { undeployable } from '../constructs/deployable';
import { appWith, CONCRETE, modelOf } from '../constructs/harness';
import { at } from '../rules/cases';

const failing = (app: App): string[] => modelOf(app).templates.flatMap((template) => [...template.resources.values()])
  .flatMap((resource) => rulesForType(resource.type).filter((rule) => rule.onByDefault && evaluate(rule, resource).verdict === 'fail').map(({ id }) => `${id} ${resource.logicalId}`));

/** What a resource cannot do without, by type. */
const REQUIRED: Readonly<Record<string, Properties>> = {
  'AWS::Backup::BackupVault': { BackupVaultName: 'vault' },
  'AWS::CloudTrail::Trail': { IsLogging: true, S3BucketName: 'trail' },
  'AWS::EC2::FlowLog': { LogDestinationType: 's3', LogDestination: 'arn:aws:s3:::logs' },
  'AWS::Lambda::Function': { Environment: { Variables: { A: 'b' } } },
  'AWS::RDS::DBCluster': { Engine: 'aurora-postgresql' },
  'AWS::RDS::DBInstance': { Engine: 'postgres' },
};

/** Where a rule cannot tell of a bare resource, or needs what properties cannot say. */
const UNTOLD: Readonly<Record<string, string>> = {};

const types = Object.keys(DEFAULTS_BY_TYPE);
const filled = types.flatMap((type) => Object.entries(DEFAULTS_BY_TYPE[type].table).filter(([, { cfn }]) => cfn).map(([name, one]) => ({ type, name, ...one, cfn: one.cfn! })));
const paths = filled.flatMap(({ type, cfn }) => Object.keys(cfn).map((path): [string, string] => [type, path]));
const isAttribute = (path: string): boolean => path === 'DeletionPolicy' || path === 'UpdateReplacePolicy';

describe('every default that CloudFormation can say', () => {
  test('is found', () => expect(paths.length).toBeGreaterThan(100));

  test('is filled in, whichever table it is in', () => {
    const missing = Object.entries(tables as unknown as Record<string, Record<string, { cfn?: object }>>)
      .filter(([name, table]) => name.endsWith('Defaults') && Object.values(table).some(({ cfn }) => cfn) && !Object.values(DEFAULTS_BY_TYPE).some((one) => one.table === table))
      .map(([name]) => name);
    // A template does not tell a queue for dead letters or a topic for alarms from others; buckets for logs are tested below.
    expect(missing.sort()).toEqual(['accessLogBucketDefaults', 'alarmTopicDefaults', 'deadLetterQueueDefaults']);
  });

  test.each(types)('%s: what is said of its defaults is said of some that there are', (type) => {
    const { table, only = {}, each = [], replaces = [], deletes = [], refuses = [] } = DEFAULTS_BY_TYPE[type];
    expect([...Object.keys(only), ...each, ...replaces, ...deletes, ...refuses].filter((name) => !table[name]?.cfn)).toEqual([]);
  });

  test.each(types)('is proven on a bare %s', (type) => {
    const app = appWith();
    new CfnResource(stackIn(app), 'R', { type, properties: REQUIRED[type] ?? {} });
    Aspects.of(app).add(Shims.asAspect(Soc2Blueprint.mixin()));
    const model = modelOf(app);
    const resource = [...model.templates[0].resources.values()].find(({ logicalId }) => logicalId === 'R')!;
    const verdicts = filled.filter((one) => one.type === type).flatMap(({ name, provenBy }) => provenBy.map((rule) => ({ name, rule, verdict: evaluate(ruleById(rule), resource).verdict })));
    expect(verdicts.filter(({ rule, verdict }) => verdict !== 'pass' && !(rule in UNTOLD && verdict !== 'fail'))).toEqual([]);
    expect(undeployable(model)).toEqual([]);
  });

  test.each(filled.map(({ type, name, cfn }): [string, string, Readonly<Record<string, unknown>>] => [type, name, cfn]))('%s %s is in the template as it is in the table', (type, _, cfn) => {
    const resource = new CfnResource(stackIn(), 'R', { type, properties: REQUIRED[type] ?? {} });
    apply(resource);
    const { Properties, ...attributes } = rendered(resource);
    for (const [path, value] of Object.entries(cfn)) {
      const found = path.split('.').reduce<any>((json, key) => json?.[key], isAttribute(path) ? attributes : Properties);
      expect(found).toEqual(withKeys(value));
    }
  });

  test.each(paths)('%s %s stays as it is said, by a function too', (type, path) => {
    const stack = stackIn();
    new CfnParameter(stack, 'P');
    const condition = new CfnCondition(stack, 'C', { expression: Fn.conditionEquals('a', 'b') });
    const explicit = new CfnResource(stack, 'R', { type, properties: isAttribute(path) ? REQUIRED[type] ?? {} : { ...REQUIRED[type], ...at(path, 'weak') } });
    const chosen = new CfnResource(stack, 'F', { type, properties: isAttribute(path) ? REQUIRED[type] ?? {} : { ...REQUIRED[type], [path.split('.')[0]]: Fn.conditionIf('C', { Ref: 'P' }, { Ref: 'AWS::NoValue' }) } });
    if (isAttribute(path)) for (const one of [explicit, chosen]) one.addOverride(path, 'Delete');
    expect(condition.logicalId).toBeDefined();
    apply(stack);
    const { Properties, ...attributes } = rendered(explicit);
    expect(path.split('.').reduce<any>((json, key) => json?.[key], isAttribute(path) ? attributes : Properties)).toBe(isAttribute(path) ? 'Delete' : 'weak');
    if (!isAttribute(path)) expect(propertiesOf(chosen)[path.split('.')[0]]).toEqual({ 'Fn::If': ['C', { Ref: 'P' }, { Ref: 'AWS::NoValue' }] });
  });
});

const VERSIONED = { Status: 'Enabled' };

describe('what is said goes first', () => {
  test.each<[string, (bucket: s3.CfnBucket, stack: Stack) => void, unknown]>([
    ['a property', (bucket) => { bucket.versioningConfiguration = { status: 'Suspended' }; }, { Status: 'Suspended' }],
    ['an override', (bucket) => bucket.addPropertyOverride('VersioningConfiguration.Status', 'Suspended'), { Status: 'Suspended' }],
    ['an override of what is above', (bucket) => bucket.addPropertyOverride('VersioningConfiguration', { Status: 'Suspended' }), { Status: 'Suspended' }],
    ['an override that takes it away', (bucket) => bucket.addPropertyDeletionOverride('VersioningConfiguration.Status'), undefined],
    ['an override that takes away what is above', (bucket) => bucket.addPropertyDeletionOverride('VersioningConfiguration'), undefined],
    ['a function', (bucket) => { bucket.versioningConfiguration = Fn.conditionIf('C', { Status: 'Suspended' }, { Ref: 'AWS::NoValue' }); }, { 'Fn::If': ['C', { Status: 'Suspended' }, { Ref: 'AWS::NoValue' }] }],
    ['no value, explicitly', (bucket) => bucket.addPropertyOverride('VersioningConfiguration.Status', { Ref: 'AWS::NoValue' }), { Status: { Ref: 'AWS::NoValue' } }],
    ['a macro', (bucket) => bucket.addPropertyOverride('Fn::Transform', { Name: 'Mystery' }), undefined],
  ])('by %s, said before or after', (_, say, expected) => {
    for (const when of ['before', 'after']) {
      const stack = stackIn();
      new CfnCondition(stack, 'C', { expression: Fn.conditionEquals('a', 'b') });
      const bucket = bucketIn(stack);
      if (when === 'before') say(bucket, stack);
      apply(bucket);
      if (when === 'after') say(bucket, stack);
      expect([when, propertiesOf(bucket).VersioningConfiguration]).toEqual([when, expected]);
    }
  });

  test.each<[string, s3.CfnBucketProps]>([
    ['nothing', {}], ['undefined', { versioningConfiguration: undefined }],
  ])('%s is not said', (_, props) => {
    const bucket = bucketIn(stackIn(), props);
    apply(bucket);
    expect(propertiesOf(bucket).VersioningConfiguration).toEqual(VERSIONED);
  });

  test.each<[string, unknown, unknown]>([
    ['an empty object is not said', {}, VERSIONED], ['null is said', null, null], ['null in an object is said', { Status: null }, { Status: null }], ['a list is said', ['a'], ['a']],
  ])('%s', (_, VersioningConfiguration, expected) => {
    const bucket = new CfnResource(stackIn(), 'B', { type: 'AWS::S3::Bucket', properties: { VersioningConfiguration } });
    apply(bucket);
    expect(propertiesOf(bucket).VersioningConfiguration).toEqual(expected);
  });

  test('a part that is said leaves the other parts to the defaults, where each says something of its own', () => {
    const bucket = bucketIn(stackIn(), { publicAccessBlockConfiguration: { blockPublicAcls: false } });
    apply(bucket);
    bucket.addPropertyOverride('PublicAccessBlockConfiguration.Unknown', 1);
    expect(propertiesOf(bucket).PublicAccessBlockConfiguration).toEqual({ BlockPublicAcls: false, Unknown: 1 });
    const other = bucketIn(stackIn(), { publicAccessBlockConfiguration: { blockPublicAcls: false } });
    other.addPropertyOverride('PublicAccessBlockConfiguration.BlockPublicPolicy', false);
    apply(other);
    expect(propertiesOf(other).PublicAccessBlockConfiguration).toEqual({ BlockPublicAcls: false, BlockPublicPolicy: false, IgnorePublicAcls: true, RestrictPublicBuckets: true });
  });

  test('an override that takes a part away keeps the rest as it is', () => {
    const bucket = bucketIn(stackIn(), { publicAccessBlockConfiguration: { blockPublicAcls: true, blockPublicPolicy: true } });
    bucket.addPropertyDeletionOverride('PublicAccessBlockConfiguration.BlockPublicAcls');
    apply(bucket);
    expect(propertiesOf(bucket).PublicAccessBlockConfiguration).toEqual({ BlockPublicPolicy: true });
  });

  test('each rendering asks anew', () => {
    const stack = stackIn();
    const bucket = bucketIn(stack);
    apply(bucket);
    const status = (): unknown => Object.values<any>(stack.resolve(bucket._toCloudFormation()).Resources)[0].Properties.VersioningConfiguration.Status;
    expect(status()).toBe('Enabled');
    bucket.versioningConfiguration = { status: 'Suspended' };
    expect(status()).toBe('Suspended');
    bucket.versioningConfiguration = undefined;
    expect(status()).toBe('Enabled');
  });

  test('a part that is said later leaves the whole alone', () => {
    const stack = stackIn();
    const table = new CfnResource(stack, 'T', { type: 'AWS::DynamoDB::Table', properties: {} });
    const cluster = new CfnResource(stack, 'C', { type: 'AWS::MSK::Cluster', properties: { ClientAuthentication: { Sasl: { 'Fn::If': ['X', 1, 2] } } } });
    apply(stack);
    table.addPropertyOverride('SSESpecification', { SSEEnabled: false });
    expect(propertiesOf(table).SSESpecification).toEqual({ SSEEnabled: false });
    expect(propertiesOf(cluster).ClientAuthentication).toEqual({ Sasl: { 'Fn::If': ['X', 1, 2] } });
    let EncryptionConfiguration: object | undefined;
    const repository = new CfnResource(stackIn(), 'T', { type: 'AWS::ECR::Repository', properties: { EncryptionConfiguration: Lazy.uncachedAny({ produce: () => EncryptionConfiguration }) } });
    apply(repository);
    EncryptionConfiguration = { EncryptionType: 'AES256' };
    expect(propertiesOf(repository).EncryptionConfiguration).toEqual({ EncryptionType: 'AES256' });
    const bucket = bucketIn(stackIn());
    apply(bucket);
    bucket.publicAccessBlockConfiguration = Fn.conditionIf('C', { BlockPublicAcls: false }, { Ref: 'AWS::NoValue' });
    expect(propertiesOf(bucket).PublicAccessBlockConfiguration).toEqual({ 'Fn::If': ['C', { BlockPublicAcls: false }, { Ref: 'AWS::NoValue' }] });
  });

  test('a default of several parts is filled as a whole or not at all', () => {
    const stack = stackIn();
    const table = new CfnResource(stack, 'T', { type: 'AWS::DynamoDB::Table', properties: { SSESpecification: { SSEEnabled: false }, PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: false } } });
    apply(stack);
    expect(propertiesOf(table)).toMatchObject({ SSESpecification: { SSEEnabled: false }, PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: false } });
    expect(stack.node.tryFindChild('SharedDataByServiceKey')).toBeUndefined();
  });

  test('what a resource is for decides which defaults hold', () => {
    const stack = stackIn();
    const make = (id: string, type: string, properties: Properties): CfnResource => new CfnResource(stack, id, { type, properties });
    const signing = make('Signing', 'AWS::KMS::Key', { KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' });
    const unrotated = make('Unrotated', 'AWS::KMS::Key', { EnableKeyRotation: false });
    const delivery = make('Delivery', 'AWS::Logs::LogGroup', { LogGroupClass: 'DELIVERY' });
    const provisioned = make('Provisioned', 'AWS::DynamoDB::Table', { ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 } });
    const managed = make('Managed', 'AWS::SQS::Queue', { SqsManagedSseEnabled: true });
    const acl = make('Acl', 'AWS::S3::Bucket', { AccessControl: 'BucketOwnerRead' });
    const old = make('Old', 'AWS::S3::Bucket', { VersioningConfiguration: VERSIONED });
    apply(stack);
    expect(propertiesOf(signing)).toEqual({ KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY', PendingWindowInDays: 30 });
    expect(propertiesOf(unrotated)).toEqual({ EnableKeyRotation: false, PendingWindowInDays: 30 });
    expect(propertiesOf(delivery)).not.toHaveProperty('RetentionInDays');
    expect(propertiesOf(provisioned)).not.toHaveProperty('BillingMode');
    expect(propertiesOf(managed)).toEqual({ SqsManagedSseEnabled: true });
    expect(propertiesOf(acl)).not.toHaveProperty('OwnershipControls');
    expect(propertiesOf(old)).not.toHaveProperty('LifecycleConfiguration');
  });

  test.each([
    ['a removal policy that is given later', (bucket: s3.CfnBucket) => bucket.applyRemovalPolicy(RemovalPolicy.DESTROY), 'Delete', 'Delete'],
    ['one of the two attributes', (bucket: s3.CfnBucket) => bucket.applyRemovalPolicy(RemovalPolicy.DESTROY, { applyToUpdateReplacePolicy: false }), 'Delete', 'Retain'],
    ['none', () => undefined, 'Retain', 'Retain'],
  ])('%s', (_, say, deletion, replacement) => {
    const bucket = bucketIn(stackIn());
    apply(bucket);
    say(bucket);
    expect(rendered(bucket)).toMatchObject({ DeletionPolicy: deletion, UpdateReplacePolicy: replacement });
  });

  test('what is deployed is neither replaced nor bereft of data or clients, when asked', () => {
    const stack = stackIn();
    const vault = new CfnResource(stack, 'V', { type: 'AWS::Backup::BackupVault', properties: REQUIRED['AWS::Backup::BackupVault'] });
    const group = new logs.CfnLogGroup(stack, 'G');
    const cluster = new CfnResource(stack, 'C', { type: 'AWS::EKS::Cluster', properties: {} });
    apply(stack, { deployed: true });
    expect(propertiesOf(cluster)).not.toHaveProperty('ResourcesVpcConfig');
    expect(propertiesOf(cluster)).toHaveProperty('DeletionProtection');
    expect(propertiesOf(vault)).not.toHaveProperty('EncryptionKeyArn');
    expect(propertiesOf(vault)).toHaveProperty('AccessPolicy');
    expect(propertiesOf(group)).toEqual({ KmsKeyId: expect.anything() });
  });

  test('a resource that is not finished is filled when it is', () => {
    const stack = stackIn();
    let bucketName: string | undefined;
    const produce = (): string => {
      if (bucketName === undefined) throw new Error('not yet');
      return bucketName;
    };
    const bucket = bucketIn(stack, { bucketName: Lazy.string({ produce }), versioningConfiguration: Lazy.any({ produce: () => ({ status: 'Suspended' }) }) });
    const policy = new s3.CfnBucketPolicy(stack, 'P', { bucket: bucket.ref, policyDocument: Lazy.any({ produce }) });
    apply(stack);
    bucketName = 'name';
    policy.policyDocument = { Statement: [] };
    expect(propertiesOf(bucket)).toMatchObject({ BucketName: 'name', VersioningConfiguration: { Status: 'Suspended' }, PublicAccessBlockConfiguration: { BlockPublicAcls: true } });
    expect(propertiesOf(policy)).toEqual({ Bucket: { Ref: 'B' }, PolicyDocument: { Statement: [expect.objectContaining({ Effect: 'Deny' })] } });
  });
});

describe('it works on', () => {
  test('L1s with types and without, in stacks, nested stacks and stages, each with a key of its stack', () => {
    const app = appWith();
    const stage = new Stage(app, 'P');
    const places = [stackIn(app), new NestedStack(new Stack(stage, 'S', CONCRETE), 'N'), new NestedStack(app.node.findChild('S') as Stack, 'N')];
    for (const place of places) {
      new s3.CfnBucket(place, 'Typed');
      new CfnResource(place, 'Generic', { type: 'AWS::S3::Bucket' });
    }
    // CDK does not hand on Aspects of the app to stages.
    Aspects.of(stage).add(Shims.asAspect(Soc2Blueprint.mixin()));
    Aspects.of(app).add(Shims.asAspect(Soc2Blueprint.mixin()));
    const model = modelOf(app);
    const buckets = model.templates.flatMap((template) => [...template.resources.values()]).filter(({ logicalId }) => /^(Typed|Generic)$/.test(logicalId));
    expect(buckets).toHaveLength(6);
    const rules = ['S3.CustomerKey', 'S3.Versioning', 'S3.PublicAccessBlock', 'S3.AccessLogging', 'S3.TlsOnly'];
    expect(buckets.flatMap((bucket) => rules.map((rule) => ({ id: bucket.id, rule, ...evaluate(ruleById(rule), bucket), evidence: 0 }))).filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
    expect(undeployable(model)).toEqual([]);
  });

  test('what an L2 makes, and leaves it what it says later', () => {
    const stack = stackIn();
    const bucket = new s3.Bucket(stack, 'B');
    apply(stack);
    bucket.addLifecycleRule({ id: 'Mine', expiration: Duration.days(1) });
    bucket.addToResourcePolicy(new iam.PolicyStatement({ principals: [new iam.AccountPrincipal('222222222222')], actions: ['s3:GetObject'], resources: [bucket.arnForObjects('*')] }));
    const template = Template.fromStack(stack);
    expect(propertiesOf(bucket.node.defaultChild as CfnResource).LifecycleConfiguration).toEqual({ Rules: [{ Id: 'Mine', Status: 'Enabled', ExpirationInDays: 1 }] });
    expect(propertiesOf(bucket.node.defaultChild as CfnResource).VersioningConfiguration).toEqual(VERSIONED);
    // One of the bucket, one of the bucket for the access logs.
    template.resourceCountIs('AWS::S3::BucketPolicy', 2);
    template.hasResourceProperties('AWS::S3::BucketPolicy', { PolicyDocument: { Statement: [{ Effect: 'Deny' }, { Effect: 'Allow' }] } });
  });

  test('templates that are imported', () => {
    const folder = mkdtempSync(join(tmpdir(), 'cdk-soc2-mixin-'));
    try {
      const templateFile = join(folder, 'template.json');
      writeFileSync(templateFile, JSON.stringify({
        Parameters: { Days: { Type: 'Number', Default: 30 } },
        Conditions: { Prod: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] } },
        Resources: {
          Data: { Type: 'AWS::S3::Bucket', DeletionPolicy: 'Delete', Properties: { VersioningConfiguration: { 'Fn::If': ['Prod', { Status: 'Suspended' }, { Ref: 'AWS::NoValue' }] } } },
          Policy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'Data' },
            PolicyDocument: { Statement: { Effect: 'Allow', Principal: { AWS: '222222222222' }, Action: 's3:GetObject', Resource: { 'Fn::Sub': '${Data.Arn}/*' } } } } },
          Jobs: { Type: 'AWS::SQS::Queue' },
          Logs: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: { Ref: 'Days' } } },
          Mine: { Type: 'AWS::S3::Bucket', Properties: { BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] } } },
        },
      }));
      const app = appWith();
      const include = new CfnInclude(stackIn(app), 'Include', { templateFile });
      apply(include);
      const [data, policy, jobs, group, mine] = ['Data', 'Policy', 'Jobs', 'Logs', 'Mine'].map((id) => rendered(include.getResource(id)));
      expect(data).toMatchObject({ DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Retain', Properties: { VersioningConfiguration: { 'Fn::If': expect.anything() }, PublicAccessBlockConfiguration: { BlockPublicAcls: true } } });
      expect(data.Properties).not.toHaveProperty('LifecycleConfiguration');
      expect(policy.Properties.PolicyDocument.Statement).toEqual([expect.objectContaining({ Effect: 'Allow' }), expect.objectContaining({ Effect: 'Deny', Action: 's3:*' })]);
      expect(jobs.Properties.KmsMasterKeyId).toEqual(withKeys(new SharedKey('messages')));
      expect(group.Properties).toEqual({ RetentionInDays: { Ref: 'Days' }, KmsKeyId: withKeys(new SharedKey('logs')) });
      expect(mine.Properties.BucketEncryption).toEqual({ ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] });
      expect(undeployable(modelOf(app))).toEqual([]);
      expect(failing(app).sort()).toEqual(['S3.KmsEncryption Data', 'S3.KmsEncryption Mine', 'S3.Versioning Data', 'SQS.DeadLetterQueue Jobs']);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('one resource, by with()', () => {
    const stack = stackIn();
    const bucket = bucketIn(stack);
    const other = new s3.CfnBucket(stack, 'Other');
    bucket.with(Soc2Blueprint.mixin());
    expect(propertiesOf(bucket).VersioningConfiguration).toEqual(VERSIONED);
    expect(propertiesOf(other)).toEqual({});
  });

  test('each resource once, however often it is applied', () => {
    const once = stackIn();
    const twice = stackIn();
    for (const stack of [once, twice]) {
      bucketIn(stack);
      new sns.Topic(stack, 'T');
      new CfnResource(stack, 'Q', { type: 'AWS::SQS::Queue' });
      apply(stack);
    }
    apply(twice);
    Aspects.of(twice).add(Shims.asAspect(Soc2Blueprint.mixin()));
    expect(Template.fromStack(twice).toJSON()).toEqual(Template.fromStack(once).toJSON());
  });

  test('nothing that our constructs have decided, opt-outs included', () => {
    const fill = (stack: Stack): void => {
      new SecureBucket(stack, 'Bucket', { enforceSSL: false, versioned: false, optOuts: [OptOut.of('S3.TlsOnly', { reason: 'a test' }), OptOut.of('S3.Versioning', { reason: 'a test' })] });
      new SecureLogGroup(stack, 'Group', { retention: logs.RetentionDays.INFINITE, optOuts: [OptOut.of('Logs.Retention', { reason: 'a test' })] });
      new SecureQueue(stack, 'Queue');
      new SecureDeadLetterQueue(stack, 'Letters');
      new SecureTopic(stack, 'Topic');
      new AuditTrail(stack, 'Trail');
      new AccessLogBucket(stack, 'Logs');
    };
    const [plain, mixed] = [stackIn(), stackIn()];
    for (const stack of [plain, mixed]) fill(stack);
    apply(mixed);
    expect(Template.fromStack(mixed).toJSON()).toEqual(Template.fromStack(plain).toJSON());
  });

  test('nothing but the types that it knows', () => {
    const mixin = Soc2Blueprint.mixin();
    const stack = stackIn();
    expect(mixin.supports(stack)).toBe(false);
    const wait = new CfnResource(stack, 'W', { type: 'AWS::CloudFormation::WaitConditionHandle' });
    expect(mixin.supports(wait)).toBe(false);
    expect(mixin.supports(new CfnResource(stack, 'C', { type: 'constructor' }))).toBe(false);
    mixin.applyTo(wait);
    expect(propertiesOf(wait)).toEqual({});
    expect(mixin.supports(bucketIn(stack))).toBe(true);
  });
});
