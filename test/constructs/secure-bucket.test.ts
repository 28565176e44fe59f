import { Duration, NestedStack, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { breaks, bucketProps, dataBreaks, dataWeakenings, weakenings } from './bucket-subject';
import { appWith, claimsIn, CONCRETE, describeConstruct, modelOf, optionalOf } from './harness';
import { LOGS_NOT_LOGGED, LOGS_UNDER_SSE_S3, NOT_REPLICATED, SHARED_LOGS } from './nag-findings';
import { AccessLogBucket, AccessLogBucketProps, EncryptionKey, SecureBucket, SecureBucketProps } from '../../src/constructs';
import { OptOut } from '../../src/declarations/opt-out';

describeConstruct<SecureBucketProps>({
  name: 'SecureBucket',
  uses: (bucket: s3.Bucket, consumer) => void bucket.grantReadWrite(new iam.Role(consumer, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') })),
  given: (elsewhere) => ({ encryptionKey: new EncryptionKey(elsewhere, 'Key'), serverAccessLogsBucket: new AccessLogBucket(elsewhere, 'Logs') }),
  nag: { ...SHARED_LOGS, 'NIST.800.53.R5-S3BucketReplicationEnabled S/X/Resource': NOT_REPLICATED },
  make: (scope, id, props) => new SecureBucket(scope, id, props),
  optional: optionalOf<SecureBucketProps>()([...bucketProps, 'optOuts', 'backup']),
  breaks: dataBreaks,
  weakenings: dataWeakenings,
});

describeConstruct<AccessLogBucketProps>({
  name: 'AccessLogBucket',
  uses: (bucket: s3.Bucket, consumer) => void new SecureBucket(consumer, 'Data', { serverAccessLogsBucket: bucket }),
  nag: {
    'AwsSolutions-S1 S/X/Resource': LOGS_NOT_LOGGED,
    'NIST.800.53.R5-S3BucketLoggingEnabled S/X/Resource': LOGS_NOT_LOGGED,
    'NIST.800.53.R5-S3BucketReplicationEnabled S/X/Resource': NOT_REPLICATED,
    'NIST.800.53.R5-S3DefaultEncryptionKMS S/X/Resource': LOGS_UNDER_SSE_S3,
  },
  make: (scope, id, props) => new AccessLogBucket(scope, id, props),
  optional: optionalOf<AccessLogBucketProps>()([...bucketProps, 'optOuts']),
  breaks,
  weakenings,
});

describe('SecureBucket', () => {
  const bucketOf = (stack: Stack): Record<string, any> => Object.values(Template.fromStack(stack).findResources('AWS::S3::Bucket', { Metadata: { 'cdk-soc2': { construct: 'SecureBucket' } } }))[0].Properties;
  const deliveries = (stack: Stack): Record<string, any>[] => Object.values(Template.fromStack(stack).findResources('AWS::S3::BucketPolicy'))
    .flatMap((one) => one.Properties.PolicyDocument.Statement).filter((statement) => statement.Principal?.Service === 'logging.s3.amazonaws.com');

  test('shares the key and the log bucket of the stack with the other buckets of it', () => {
    const stack = new Stack(appWith(), 'S');
    for (const id of ['A', 'B', 'C']) new SecureBucket(stack, id);
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::KMS::Key', 1);
    template.resourceCountIs('AWS::S3::Bucket', 4);
  });

  test('of a nested stack logs to the bucket of the outermost stack', () => {
    const stack = new Stack(appWith(), 'S');
    const nested = new NestedStack(stack, 'N');
    new SecureBucket(new NestedStack(nested, 'M'), 'A');
    expect(AccessLogBucket.shared(nested)).toBe(AccessLogBucket.shared(stack));
    Template.fromStack(stack).resourceCountIs('AWS::S3::Bucket', 1);
  });

  test('lets logs in by one statement, bound to the account, however many buckets there are', () => {
    const stack = new Stack(appWith(), 'S');
    for (let n = 0; n < 60; n++) new SecureBucket(stack, `B${n}`);
    expect(deliveries(stack)).toMatchObject([{ Action: 's3:PutObject', Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } } }]);
  });

  test('binds the delivery of logs to the account when the log bucket is in another stack', () => {
    const app = appWith();
    const logs = new Stack(app, 'Logs', CONCRETE);
    const plain = new s3.Bucket(logs, 'Plain', { objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED });
    const own = new AccessLogBucket(logs, 'Own');
    const data = new Stack(app, 'Data', CONCRETE);
    new SecureBucket(data, 'A', { serverAccessLogsBucket: plain, serverAccessLogsPrefix: 'a/' });
    new SecureBucket(data, 'B', { serverAccessLogsBucket: own });
    const found = deliveries(logs);
    expect(found).toHaveLength(2);
    for (const { Condition } of found) expect(Condition).toEqual({ StringEquals: { 'aws:SourceAccount': '111111111111' } });
    // No ACL, which the feature flag would otherwise have to prevent.
    expect(JSON.stringify(Template.fromStack(logs).toJSON())).not.toContain('LogDeliveryWrite');
    expect(claimsIn(modelOf(app), 'SecureBucket').filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
  });

  test.each([
    ['a key', (stack: Stack) => new s3.Bucket(stack, 'T', { encryptionKey: new kms.Key(stack, 'K') }), 'S3 does not deliver access logs to S/T, which is encrypted with a KMS key'],
    ['the AWS managed key', (stack: Stack) => new s3.Bucket(stack, 'T', { encryption: s3.BucketEncryption.KMS_MANAGED }), 'which is encrypted by KMS'],
    ['a lock by default', (stack: Stack) => new s3.Bucket(stack, 'T', { objectLockDefaultRetention: s3.ObjectLockRetention.governance(Duration.days(1)) }), 'which locks objects by default'],
    ['another region', (stack: Stack) => new s3.Bucket(new Stack(stack.node.root as never, 'Far', { env: { account: '111111111111', region: 'us-east-1' } }), 'T', { bucketName: 'far' }), 'which is in the region us-east-1; it must be in eu-west-1'],
    ['another account', (stack: Stack) => new s3.Bucket(new Stack(stack.node.root as never, 'Far', { env: { account: '222222222222', region: 'eu-west-1' } }), 'T', { bucketName: 'far' }), 'which is in the account 222222222222; it must be in 111111111111'],
  ])('fails to log to a bucket with %s', (_, target, message) => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    expect(() => new SecureBucket(stack, 'X', { serverAccessLogsBucket: target(stack) })).toThrow(message);
  });

  test('does not claim that logs reach a bucket from elsewhere, and says what is needed', () => {
    const app = appWith();
    const stack = new Stack(app, 'S');
    new SecureBucket(stack, 'X', { serverAccessLogsBucket: s3.Bucket.fromBucketName(stack, 'T', 'elsewhere') });
    const claims = claimsIn(modelOf(app), 'SecureBucket');
    expect(claims.map(({ rule }) => rule)).toContain('S3.AccessLogging');
    expect(claims.map(({ rule }) => rule)).not.toContain('S3.AccessLogTargetExists');
    Annotations.fromStack(stack).hasWarning('/S/X', Match.stringLikeRegexp('must let logging.s3.amazonaws.com put objects'));
  });

  test('does not claim whose key it is when the key comes from elsewhere', () => {
    const app = appWith();
    const stack = new Stack(app, 'S');
    new SecureBucket(stack, 'X', { encryptionKey: kms.Key.fromKeyArn(stack, 'K', 'arn:aws:kms:eu-west-1:111111111111:key/12345678-1234-1234-1234-123456789012') });
    const claims = claimsIn(modelOf(app), 'SecureBucket');
    expect(claims.map(({ rule }) => rule)).toContain('S3.KmsEncryption');
    expect(claims.map(({ rule }) => rule)).not.toContain('S3.CustomerKey');
    Template.fromStack(stack).resourceCountIs('AWS::KMS::Key', 0);
  });

  test.each([
    ['autoDeleteObjects', { autoDeleteObjects: true, removalPolicy: RemovalPolicy.DESTROY }, 'SecureBucket at S/X: autoDeleteObjects cannot empty a bucket with object lock; leave out one of them'],
    ['no versions', { versioned: false }, 'SecureBucket at S/X: object lock works on versions; leave out versioned: false, or object lock'],
  ])('fails with object lock and %s', (_, props, message) => {
    const lock = { objectLockDefaultRetention: s3.ObjectLockRetention.governance(Duration.days(30)) };
    expect(() => new SecureBucket(new Stack(appWith(), 'S'), 'X', { ...lock, ...props })).toThrow(message);
    expect(() => new SecureBucket(new Stack(appWith(), 'S'), 'X', { objectLockEnabled: true, ...props })).toThrow(message);
  });

  test('fails with an ACL where ACLs are off', () => {
    const make = (props: SecureBucketProps) => () => new SecureBucket(new Stack(appWith(), 'S'), 'X', props);
    const { PUBLIC_READ, LOG_DELIVERY_WRITE, PRIVATE } = s3.BucketAccessControl;
    expect(make({ accessControl: PUBLIC_READ })).toThrow('SecureBucket at S/X: accessControl: PublicRead is an ACL, which S3 refuses where ACLs are off');
    expect(make({ accessControl: LOG_DELIVERY_WRITE, objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED })).toThrow('accessControl: LogDeliveryWrite');
    expect(make({ accessControl: PRIVATE })).not.toThrow();
  });

  test('blocks what a partial setting leaves out, without the feature flag for it', () => {
    const stack = new Stack(appWith(), 'S');
    new SecureBucket(stack, 'X', { blockPublicAccess: new s3.BlockPublicAccess({ blockPublicAcls: true }) });
    const all = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true };
    expect(bucketOf(stack).PublicAccessBlockConfiguration).toEqual(all);
  });

  test.each([
    ['a rule of its own besides ours', [{ expiration: Duration.days(9) }], 3],
    ['its own noncurrent versions', [{ noncurrentVersionExpiration: Duration.days(9) }], 2],
    ['none', [], 2],
  ])('keeps the lifecycle when given %s', (_, lifecycleRules, count) => {
    const stack = new Stack(appWith(), 'S');
    new SecureBucket(stack, 'X', { lifecycleRules });
    expect(bucketOf(stack).LifecycleConfiguration.Rules).toHaveLength(count);
  });

  test('has no bucket key under DSSE-KMS, which has none', () => {
    const stack = new Stack(appWith(), 'S');
    new SecureBucket(stack, 'X', { encryption: s3.BucketEncryption.DSSE });
    expect(bucketOf(stack).BucketEncryption.ServerSideEncryptionConfiguration[0].BucketKeyEnabled).toBeUndefined();
    expect(bucketOf(stack).BucketEncryption.ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault.KMSMasterKeyID).toBeDefined();
  });

  test('leaves the name of the replication role to CloudFormation, without the feature flag for it', () => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    const destination = s3.Bucket.fromBucketName(stack, 'T', 'elsewhere');
    for (const id of ['A', 'B']) new SecureBucket(stack, id, { replicationRules: [{ destination }] });
    for (const role of Object.values(Template.fromStack(stack).findResources('AWS::IAM::Role'))) expect(role.Properties.RoleName).toBeUndefined();
  });

  test('is tagged for backup on request only', () => {
    const tagged = (backup?: boolean): boolean => {
      const stack = new Stack(appWith(), 'S');
      new SecureBucket(stack, 'X', { backup });
      return JSON.stringify(bucketOf(stack).Tags).includes('soc2:backup');
    };
    expect([tagged(), tagged(true)]).toEqual([false, true]);
  });

  test('can be granted from, under its key, as any bucket', () => {
    const stack = new Stack(appWith(), 'S');
    const key = new EncryptionKey(stack, 'K');
    expect(new SecureBucket(stack, 'X', { encryptionKey: key }).encryptionKey).toBe(key);
  });
});

describe('AccessLogBucket', () => {
  test('receives logs of a plain bucket without an ACL, whatever the feature flags', () => {
    const app = appWith();
    const stack = new Stack(app, 'S');
    const target = new AccessLogBucket(stack, 'Logs');
    new s3.Bucket(stack, 'Plain', { serverAccessLogsBucket: target });
    new s3.Bucket(new Stack(app, 'Other'), 'Plain', { serverAccessLogsBucket: target });
    const text = JSON.stringify(Template.fromStack(stack).toJSON());
    expect(text).not.toContain('LogDeliveryWrite');
    expect(text.match(/logging\.s3\.amazonaws\.com/g)).toHaveLength(1);
  });

  test.each([
    ['encryptionKey', (stack: Stack) => ({ encryptionKey: new kms.Key(stack, 'K') })],
    ['encryption: KMS_MANAGED', () => ({ encryption: s3.BucketEncryption.KMS_MANAGED })],
    ['objectLockDefaultRetention', () => ({ objectLockDefaultRetention: s3.ObjectLockRetention.governance(Duration.days(1)) })],
  ])('fails with %s, under which no log arrives', (property, props) => {
    const stack = new Stack(appWith(), 'S');
    expect(() => new AccessLogBucket(stack, 'X', props(stack))).toThrow(`AccessLogBucket at S/X: ${property} keeps S3 from delivering access logs`);
  });

  test('does not log to itself, unless it is given a prefix for it', () => {
    const stack = new Stack(appWith(), 'S');
    new AccessLogBucket(stack, 'Plain');
    new AccessLogBucket(stack, 'Own', { serverAccessLogsPrefix: 'own/' });
    const configurations = Object.values(Template.fromStack(stack).findResources('AWS::S3::Bucket')).map((bucket) => bucket.Properties.LoggingConfiguration);
    expect(configurations).toEqual([undefined, expect.objectContaining({ LogFilePrefix: 'own/' })]);
  });

  test('opts out of one claim and keeps the others', () => {
    const app = appWith();
    new AccessLogBucket(new Stack(app, 'S'), 'X', { versioned: false, optOuts: [OptOut.of('S3.Versioning', { reason: 'a test' })] });
    const rules = claimsIn(modelOf(app)).map(({ rule }) => rule);
    expect(rules).toContain('S3.TlsOnly');
    expect(rules).not.toContain('S3.Versioning');
  });
});
