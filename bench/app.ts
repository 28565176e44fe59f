import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';

const STACK_SIZE = 500;

/** An app of the given number of resources, in stacks of 500: the usual mix of a business application, some of it set up well and some not. */
export function benchApp(resources: number, directory: string): App {
  const app = new App({ outdir: join(directory, 'cdk.out'), analyticsReporting: false, context: { '@aws-cdk/core:failSynthOnValidationErrors': false } });
  mkdirSync(directory, { recursive: true });
  for (let made = 0, n = 0; made < resources; n++) {
    const stack = new Stack(app, `Stack${n}`, { env: { account: '111111111111', region: 'eu-west-1' } });
    const here = Math.min(STACK_SIZE, resources - made);
    const declared: Resources = {};
    for (let at = 0, group = 0; at < here; group++) at += fill(declared, group, here - at);
    // Included rather than made as plain CfnResource, so that cdk-nag meets the typed L1 classes that its rules look for.
    const templateFile = join(directory, `${stack.stackName}.json`);
    writeFileSync(templateFile, JSON.stringify({ Resources: declared }));
    new CfnInclude(stack, 'Template', { templateFile });
    made += here;
  }
  return app;
}

type Resources = Record<string, { Type: string; Properties: Record<string, unknown> }>;
type Make = (type: string, name: string, properties: Record<string, unknown>) => { ref: unknown; arn: (attribute?: string) => unknown };

/** Adds a group of related resources, as many as there is room for. */
function fill(into: Resources, group: number, room: number): number {
  let made = 0;
  const good = group % 3 !== 0;
  const make: Make = (type, name, properties) => {
    const id = `${name}${group}`;
    if (made < room) {
      made++;
      into[id] = { Type: type, Properties: properties };
    }
    return { ref: { Ref: id }, arn: (attribute = 'Arn') => ({ 'Fn::GetAtt': [id, attribute] }) };
  };
  const tags = [{ Key: 'team', Value: 'payments' }, { Key: 'stage', Value: 'prod' }];
  const key = make('AWS::KMS::Key', 'Key', { EnableKeyRotation: good, KeyPolicy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111111111111:root' }, Action: 'kms:*', Resource: '*' }] } });
  const bucket = make('AWS::S3::Bucket', 'Bucket', {
    BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: key.arn() } }] },
    VersioningConfiguration: { Status: good ? 'Enabled' : 'Suspended' }, Tags: tags,
    PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: good },
  });
  make('AWS::S3::BucketPolicy', 'Policy', {
    Bucket: bucket.ref, PolicyDocument: { Version: '2012-10-17', Statement: [{
      Effect: good ? 'Deny' : 'Allow', Principal: { AWS: '*' }, Action: 's3:*', Resource: [bucket.arn(), { 'Fn::Join': ['', [bucket.arn(), '/*']] }], Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    }] },
  });
  const log = make('AWS::Logs::LogGroup', 'Log', { RetentionInDays: 365, ...good && { KmsKeyId: key.arn() } });
  const role = make('AWS::IAM::Role', 'Role', {
    AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] },
    Policies: [{ PolicyName: 'p', PolicyDocument: { Statement: [{ Effect: 'Allow', Action: ['dynamodb:GetItem', 'dynamodb:PutItem'], Resource: good ? bucket.arn() : '*' }] } }],
  });
  const dead = make('AWS::SQS::Queue', 'Dead', { KmsMasterKeyId: key.ref, MessageRetentionPeriod: 1209600 });
  const queue = make('AWS::SQS::Queue', 'Queue', { KmsMasterKeyId: key.ref, RedrivePolicy: { maxReceiveCount: 3, deadLetterTargetArn: dead.arn() } });
  const table = make('AWS::DynamoDB::Table', 'Table', {
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }], AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }], BillingMode: 'PAY_PER_REQUEST',
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: good }, SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: key.arn() }, Tags: tags,
  });
  make('AWS::Lambda::Function', 'Fn', {
    Role: role.arn(), Runtime: 'nodejs22.x', Handler: 'index.handler', Code: { ZipFile: 'exports.handler = async () => 1' }, TracingConfig: { Mode: good ? 'Active' : 'PassThrough' },
    Environment: { Variables: { TABLE: table.ref, QUEUE: queue.ref } }, LoggingConfig: { LogGroup: log.ref }, Tags: tags,
  });
  const topic = make('AWS::SNS::Topic', 'Topic', { ...good && { KmsMasterKeyId: key.ref } });
  make('AWS::CloudWatch::Alarm', 'Alarm', {
    Namespace: 'AWS/SQS', MetricName: 'ApproximateNumberOfMessagesVisible', ComparisonOperator: 'GreaterThanThreshold', EvaluationPeriods: 1, Threshold: 1, Period: 60, Statistic: 'Maximum',
    Dimensions: [{ Name: 'QueueName', Value: queue.arn('QueueName') }], AlarmActions: good ? [topic.ref] : [],
  });
  const group_ = make('AWS::EC2::SecurityGroup', 'Group', {
    GroupDescription: 'database', VpcId: 'vpc-12345678', Tags: tags, SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432, CidrIp: good ? '10.0.0.0/16' : '0.0.0.0/0', Description: 'workers' }],
    SecurityGroupEgress: [{ IpProtocol: '-1', CidrIp: '0.0.0.0/0' }],
  });
  make('AWS::RDS::DBInstance', 'Db', {
    Engine: 'postgres', DBInstanceClass: 'db.t4g.medium', AllocatedStorage: '100', StorageEncrypted: good, KmsKeyId: key.arn(), MultiAZ: good, BackupRetentionPeriod: 35, DeletionProtection: good,
    PubliclyAccessible: false, ManageMasterUserPassword: true, MasterUsername: 'app', VPCSecurityGroups: [group_.arn('GroupId')], Tags: tags,
  });
  make('AWS::SecretsManager::Secret', 'Secret', { GenerateSecretString: { PasswordLength: 32 }, ...good && { KmsKeyId: key.arn() } });
  return made;
}
