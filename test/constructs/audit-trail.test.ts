import { Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as cloudtrail from 'aws-cdk-lib/aws-cloudtrail';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import { appWith, claimsIn, CONCRETE, describeConstruct, modelOf, optionalOf } from './harness';
import { NOT_REPLICATED, SHARED_LOGS } from './nag-findings';
import { AlarmTopic, AuditTrail, AuditTrailProps, SecureBucket } from '../../src/constructs';
import { OptOut } from '../../src/declarations/opt-out';

const optional = optionalOf<AuditTrailProps>()([
  'optOuts', 's3DataEvents', 'lambdaDataEvents', 'includeGlobalServiceEvents', 'isMultiRegionTrail', 'managementEvents', 'enableFileValidation',
  'sendToCloudWatchLogs', 'cloudWatchLogsRetention', 'cloudWatchLogGroup', 'encryptionKey', 'snsTopic', 'trailName', 's3KeyPrefix', 'bucket',
  'isOrganizationTrail', 'orgId', 'insightTypes',
]);

const set = (path: string, value: unknown) => (audit: AuditTrail) => (audit.trail.node.defaultChild as cloudtrail.CfnTrail).addPropertyOverride(path, value);
const unset = (path: string) => (audit: AuditTrail) => (audit.trail.node.defaultChild as cloudtrail.CfnTrail).addPropertyDeletionOverride(path);

describeConstruct<AuditTrailProps>({
  name: 'AuditTrail',
  uses: (trail: AuditTrail, consumer) => void trail.bucket.grantRead(new iam.Role(consumer, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') })),
  given: (elsewhere) => ({ snsTopic: new AlarmTopic(elsewhere, 'Topic') }),
  nag: {
    ...SHARED_LOGS,
    'NIST.800.53.R5-IAMNoInlinePolicy S/X/Trail/LogsRole/DefaultPolicy/Resource': 'CDK\'s role for the log group: a policy of its own for two actions on one group, which nobody else shall have',
    'NIST.800.53.R5-S3BucketReplicationEnabled S/X/Bucket/Resource': NOT_REPLICATED,
  },
  make: (scope, id, props) => new AuditTrail(scope, id, props),
  optional,
  breaks: {
    'CloudTrail.Logging': set('IsLogging', false),
    'CloudTrail.MultiRegion': set('IncludeGlobalServiceEvents', false),
    'CloudTrail.LogFileValidation': set('EnableLogFileValidation', false),
    'CloudTrail.CustomerKey': unset('KMSKeyId'),
    'CloudTrail.CloudWatchLogs': unset('CloudWatchLogsLogGroupArn'),
    'CloudTrail.BucketProtected': (audit: AuditTrail) => (audit.bucket.node.defaultChild as s3.CfnBucket).addPropertyDeletionOverride('LoggingConfiguration'),
  },
  weakenings: [
    { props: { isMultiRegionTrail: false }, says: 'isMultiRegionTrail: false', rules: ['CloudTrail.MultiRegion'] },
    { props: { includeGlobalServiceEvents: false }, says: 'includeGlobalServiceEvents: false', rules: ['CloudTrail.MultiRegion'] },
    { props: { enableFileValidation: false }, says: 'enableFileValidation: false', rules: ['CloudTrail.LogFileValidation'] },
    { props: { sendToCloudWatchLogs: false }, says: 'sendToCloudWatchLogs: false', rules: ['CloudTrail.CloudWatchLogs'] },
  ],
  leaves: { 'CloudTrail.S3DataEvents': 'billed by event: on with s3DataEvents' },
});

describe('AuditTrail', () => {
  const TRAIL = 'arn:aws:cloudtrail:eu-west-1:111111111111:trail/audit';
  const made = (props: AuditTrailProps = {}, app = appWith()): { stack: Stack; audit: AuditTrail } => {
    const stack = new Stack(app, 'S', CONCRETE);
    return { stack, audit: new AuditTrail(stack, 'X', { trailName: 'audit', ...props }) };
  };
  /** The statements for a service in the policies of a type, with the partition written out. */
  const statementsFor = (stack: Stack, type: string, document: string, service: string): Record<string, any>[] =>
    (JSON.parse(JSON.stringify(Object.values(Template.fromStack(stack).findResources(type)).flatMap((one) => one.Properties[document].Statement))
      .replace(/\{"Fn::Join":\["",\["arn:",\{"Ref":"AWS::Partition"\},"([^"]*)"\]\]\}/g, '"arn:aws$1"')) as Record<string, any>[])
      .filter(({ Principal }) => Principal.Service === service);

  test('lets CloudTrail use the key for this trail only, without which the trail cannot be made', () => {
    expect(statementsFor(made().stack, 'AWS::KMS::Key', 'KeyPolicy', 'cloudtrail.amazonaws.com')).toEqual([{
      Effect: 'Allow',
      Principal: { Service: 'cloudtrail.amazonaws.com' },
      Resource: '*',
      Action: ['kms:GenerateDataKey*', 'kms:DescribeKey'],
      Condition: { ArnLike: { 'aws:SourceArn': TRAIL } },
    }]);
  });

  test('lets CloudTrail write to the bucket for this trail only', () => {
    const statements = statementsFor(made().stack, 'AWS::S3::BucketPolicy', 'PolicyDocument', 'cloudtrail.amazonaws.com');
    expect(statements.map(({ Action, Condition }) => [Action, Condition])).toEqual([
      ['s3:GetBucketAcl', { StringEquals: { 'aws:SourceArn': TRAIL } }],
      ['s3:PutObject', { StringEquals: { 'aws:SourceArn': TRAIL, 's3:x-amz-acl': 'bucket-owner-full-control' } }],
    ]);
    expect(JSON.stringify(statements[1].Resource)).toContain('/AWSLogs/111111111111/*');
  });

  test('waits for the policy of the bucket', () => {
    const { stack } = made();
    const template = Template.fromStack(stack);
    const [policy] = Object.keys(template.findResources('AWS::S3::BucketPolicy', { Properties: { Bucket: { Ref: Match.stringLikeRegexp('^XBucket') } } }));
    template.hasResource('AWS::CloudTrail::Trail', { DependsOn: Match.arrayWith([policy]) });
  });

  test('has a name of its own, the same in every synthesis, which its policies speak of', () => {
    const names = [1, 2].map(() => {
      const stack = new Stack(appWith(), 'S', CONCRETE);
      new AuditTrail(stack, 'One');
      new AuditTrail(stack, 'Two');
      const template = Template.fromStack(stack);
      const found = Object.values(template.findResources('AWS::CloudTrail::Trail')).map((trail) => trail.Properties.TrailName as string);
      for (const name of found) expect(JSON.stringify(statementsFor(stack, 'AWS::KMS::Key', 'KeyPolicy', 'cloudtrail.amazonaws.com'))).toContain(`:trail/${name}"`);
      return found;
    });
    expect(new Set(names[0]).size).toBe(2);
    expect(names[0]).toEqual(names[1]);
  });

  test('keeps log files for two years, locked for one, and the log group for one, all under its key', () => {
    const template = Template.fromStack(made().stack);
    const key = { 'Fn::GetAtt': [Match.stringLikeRegexp('^XKey'), 'Arn'] };
    template.hasResourceProperties('AWS::S3::Bucket', {
      ObjectLockEnabled: true,
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 365 } } },
      LifecycleConfiguration: { Rules: Match.arrayWith([Match.objectLike({ ExpirationInDays: 731 })]) },
      BucketEncryption: { ServerSideEncryptionConfiguration: [Match.objectLike({ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: key } })] },
    });
    template.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 365, KmsKeyId: key });
    template.hasResourceProperties('AWS::CloudTrail::Trail', { KMSKeyId: key });
    template.resourceCountIs('AWS::KMS::Key', 1);
  });

  test('of an organization lets the logs of its accounts in, below the prefix', () => {
    const { stack } = made({ isOrganizationTrail: true, orgId: 'o-abcdefghij', s3KeyPrefix: 'trails' });
    const [, put] = statementsFor(stack, 'AWS::S3::BucketPolicy', 'PolicyDocument', 'cloudtrail.amazonaws.com');
    expect(put.Resource.map((one: object) => JSON.stringify(one).match(/\/[^"]*/)?.[0])).toEqual(['/trails/AWSLogs/111111111111/*', '/trails/AWSLogs/o-abcdefghij/*']);
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });

  test('fails for an organization whose id is not given', () => {
    expect(() => made({ isOrganizationTrail: true })).toThrow('AuditTrail at S/X: isOrganizationTrail needs orgId, or the bucket refuses the logs of the other accounts; give orgId: \'o-…\'');
  });

  test.each([
    ['objects', { s3DataEvents: true }, 'CloudTrail.S3DataEvents'],
    ['functions', { lambdaDataEvents: true }, 'CloudTrail.LambdaDataEvents'],
  ])('records and claims data events of %s on request', (_, props, rule) => {
    const app = appWith();
    made(props, app);
    expect(claimsIn(modelOf(app), 'AuditTrail').filter((claim) => claim.rule === rule).map(({ verdict }) => verdict)).toEqual(['pass']);
  });

  test('records management events of both kinds', () => {
    Template.fromStack(made().stack).hasResourceProperties('AWS::CloudTrail::Trail', { EventSelectors: [{ IncludeManagementEvents: true, ReadWriteType: 'All' }] });
  });

  test('takes a bucket, a key and a log group that are given, and adds to their policies', () => {
    const app = appWith();
    const stack = new Stack(app, 'S', CONCRETE);
    const encryptionKey = new kms.Key(stack, 'K');
    const bucket = new SecureBucket(stack, 'B', { encryptionKey });
    new AuditTrail(stack, 'X', { trailName: 'audit', encryptionKey, bucket, cloudWatchLogGroup: new logs.LogGroup(stack, 'L') });
    expect(statementsFor(stack, 'AWS::KMS::Key', 'KeyPolicy', 'cloudtrail.amazonaws.com')).toHaveLength(1);
    expect(statementsFor(stack, 'AWS::S3::BucketPolicy', 'PolicyDocument', 'cloudtrail.amazonaws.com')).toHaveLength(2);
    expect(claimsIn(modelOf(app), 'AuditTrail').filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
    Template.fromStack(stack).resourceCountIs('AWS::Logs::LogGroup', 1);
  });

  test('claims nothing of a bucket and a key from elsewhere, and says what their policies need', () => {
    const app = appWith();
    const stack = new Stack(app, 'S', CONCRETE);
    new AuditTrail(stack, 'X', {
      bucket: s3.Bucket.fromBucketName(stack, 'B', 'elsewhere'),
      encryptionKey: kms.Key.fromKeyArn(stack, 'K', 'arn:aws:kms:eu-west-1:111111111111:key/12345678-1234-1234-1234-123456789012'),
    });
    const rules = claimsIn(modelOf(app), 'AuditTrail').map(({ rule }) => rule);
    for (const rule of ['CloudTrail.CustomerKey', 'CloudTrail.BucketProtected']) expect(rules).not.toContain(rule);
    const annotations = Annotations.fromStack(stack);
    annotations.hasWarning('/S/X', Match.stringLikeRegexp('must let cloudtrail.amazonaws.com do kms:GenerateDataKey'));
    annotations.hasWarning('/S/X', Match.stringLikeRegexp('must let cloudtrail.amazonaws.com do s3:GetBucketAcl and s3:PutObject'));
  });

  test('waits for the policy of its topic, without which CloudTrail refuses it', () => {
    const app = appWith();
    const stack = new Stack(app, 'S', CONCRETE);
    const topic = new AlarmTopic(stack, 'Topic');
    new AuditTrail(stack, 'X', { snsTopic: topic });
    const [trail] = Object.values(Template.fromStack(stack).findResources('AWS::CloudTrail::Trail'));
    expect(trail.DependsOn).toContain(stack.getLogicalId(topic.node.findChild('Policy').node.defaultChild as sns.CfnTopicPolicy));
  });

  test.each<[string, (stack: Stack) => AuditTrailProps]>([
    ['is given one', (stack) => ({ cloudWatchLogGroup: new logs.LogGroup(stack, 'G') })],
    ['has none', () => ({ sendToCloudWatchLogs: false })],
  ])('takes no reason about a log group of its own where it %s', (_, propsOf) => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    const optOuts = ['Logs.RetentionOneYear', 'CloudTrail.CloudWatchLogs'].map((rule) => OptOut.of(rule, { reason: 'a test' }));
    expect(() => new AuditTrail(stack, 'X', { ...propsOf(stack), optOuts })).toThrow('AuditTrail at S/X: cannot opt out of Logs.RetentionOneYear, which it does not claim');
  });

  test('keeps its log group for less than a year with a reason only', () => {
    const retention = { cloudWatchLogsRetention: logs.RetentionDays.ONE_MONTH };
    expect(() => made(retention)).toThrow('SecureLogGroup at S/X/Logs: retention: 30 weakens Logs.RetentionOneYear');
    expect(() => made({ ...retention, optOuts: [OptOut.of('Logs.RetentionOneYear', { reason: 'a test' })] })).not.toThrow();
  });
});
