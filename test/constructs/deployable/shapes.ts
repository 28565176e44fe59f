import { Case } from '../../rules/verdicts';

type Properties = Readonly<Record<string, unknown>>;

const of = (Type: string, properties: Properties = {}, more: object = {}): object => ({ Type, Properties: properties, ...more });
const ref = (Ref: string): object => ({ Ref });
const att = (name: string, attribute = 'Arn'): object => ({ 'Fn::GetAtt': [name, attribute] });
const sub = (text: string): object => ({ 'Fn::Sub': text });
const document = (...Statement: object[]): object => ({ Version: '2012-10-17', Statement });

/** A statement for a service; conditions by operator. */
const admit = (Service: unknown, Action: unknown, Resource: unknown = '*', Condition?: object): object => ({
  Effect: 'Allow', Principal: { Service }, Action, Resource, ...Condition && { Condition },
});
const OWNER = { Effect: 'Allow', Principal: { AWS: sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:root') }, Action: 'kms:*', Resource: '*' };
const key = (...statements: object[]): object => of('AWS::KMS::Key', { KeyPolicy: document(OWNER, ...statements) });
const DATA_KEY = ['kms:Decrypt', 'kms:GenerateDataKey*'];
const SAME_ACCOUNT = { StringEquals: { 'aws:SourceAccount': ref('AWS::AccountId') } };
const bySource = (arn: unknown): object => ({ ArnLike: { 'aws:SourceArn': arn } });

const topicPolicy = (...statements: object[]): object => of('AWS::SNS::TopicPolicy', { Topics: [ref('Topic')], PolicyDocument: document(...statements) });
const queuePolicy = (...statements: object[]): object => of('AWS::SQS::QueuePolicy', { Queues: [ref('Queue')], PolicyDocument: document(...statements) });
const bucketPolicy = (...statements: object[]): object => of('AWS::S3::BucketPolicy', { Bucket: ref('Bucket'), PolicyDocument: document(...statements) });
const kmsBucket = of('AWS::S3::Bucket', { BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: att('Key') } }] } });
const role = (service: string, ...statements: object[]): object => of('AWS::IAM::Role', {
  AssumeRolePolicyDocument: document(admit(service, 'sts:AssumeRole')), Policies: [{ PolicyName: 'p', PolicyDocument: document(...statements) }],
});
const may = (Action: unknown, Resource: unknown = '*'): object => ({ Effect: 'Allow', Action, Resource });

export interface Shape {
  /** Nothing is found. */
  readonly sound: Readonly<Record<string, Case>>;
  /** One thing is found, which says so. */
  readonly broken: Readonly<Record<string, readonly [Case, RegExp]>>;
}

const LOGS = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'];
const logGroup = (properties: Properties = {}): object => of('AWS::Logs::LogGroup', { KmsKeyId: att('Key'), ...properties });
const logsKey = (arn: string, service = 'logs.${AWS::Region}.amazonaws.com'): object => key(
  admit(sub(service), LOGS, '*', { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': sub(arn) } }));
const GROUPS = 'arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:';

const alarm = of('AWS::CloudWatch::Alarm', { AlarmActions: [ref('Topic')] });
const topic = of('AWS::SNS::Topic', { KmsMasterKeyId: ref('Key') });
const queue = of('AWS::SQS::Queue', { KmsMasterKeyId: att('Key') });
const plainTopic = of('AWS::SNS::Topic');
const plainQueue = of('AWS::SQS::Queue');
const tlsOnly = { Effect: 'Deny', Principal: '*', Action: 'sns:Publish', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } };

const ruleTo = (target: object): object => of('AWS::Events::Rule', { ScheduleExpression: 'rate(1 day)', Targets: [{ Id: 't', ...target }] });
const EVENTS = 'events.amazonaws.com';
const CLOUDWATCH = 'cloudwatch.amazonaws.com';

const trail = (properties: Properties = {}): object => of('AWS::CloudTrail::Trail', { TrailName: 'T', S3BucketName: ref('Bucket'), IsLogging: true, ...properties });
const TRAIL = sub('arn:${AWS::Partition}:cloudtrail:${AWS::Region}:${AWS::AccountId}:trail/T');
const trailPolicy = (under: string, conditions: object = {}): object => bucketPolicy(
  admit('cloudtrail.amazonaws.com', 's3:GetBucketAcl', att('Bucket'), bySource(TRAIL)),
  admit('cloudtrail.amazonaws.com', 's3:PutObject', { 'Fn::Join': ['', [att('Bucket'), under]] }, { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control', 'aws:SourceArn': TRAIL, ...conditions } }),
);

const logged = (properties: Properties = {}): object => of('AWS::S3::Bucket', { LoggingConfiguration: { DestinationBucketName: ref('Bucket'), LogFilePrefix: 'a/', ...properties } });
const delivery = (Resource: unknown, Condition: object = SAME_ACCOUNT): object => bucketPolicy(admit('logging.s3.amazonaws.com', 's3:PutObject', Resource, Condition));
const objects = (path: string): object => sub('${Bucket.Arn}' + path);

const balancer = (Type = 'application', ...more: object[]): object => of('AWS::ElasticLoadBalancingV2::LoadBalancer', {
  Type, LoadBalancerAttributes: [{ Key: 'access_logs.s3.enabled', Value: 'true' }, { Key: 'access_logs.s3.bucket', Value: ref('Bucket') }, ...more],
});

const flowLog = (properties: Properties): object => of('AWS::EC2::FlowLog', { ResourceId: 'vpc-12345678', ResourceType: 'VPC', TrafficType: 'ALL', ...properties });
const toBucket = flowLog({ LogDestinationType: 's3', LogDestination: att('Bucket') });
const delivered = bucketPolicy(
  admit('delivery.logs.amazonaws.com', 's3:PutObject', objects('/AWSLogs/${AWS::AccountId}/*'), { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control', 'aws:SourceAccount': ref('AWS::AccountId') } }),
  admit('delivery.logs.amazonaws.com', 's3:GetBucketAcl', att('Bucket'), SAME_ACCOUNT),
);

const waf = (arn: unknown): object => of('AWS::WAFv2::LoggingConfiguration', { LogDestinationConfigs: [arn], ResourceArn: 'arn:aws:wafv2:eu-west-1:111111111111:regional/webacl/a/b' });
const recorder = (more: object = {}): object => of('AWS::Config::ConfigurationRecorder', { RoleARN: sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig') }, more);
const channel = (more: object = {}): object => of('AWS::Config::DeliveryChannel', { S3BucketName: ref('Bucket') }, more);
const configPolicy = bucketPolicy(
  admit('config.amazonaws.com', ['s3:GetBucketAcl', 's3:ListBucket'], att('Bucket'), SAME_ACCOUNT),
  admit('config.amazonaws.com', 's3:PutObject', objects('/AWSLogs/${AWS::AccountId}/Config/*'), { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control', 'aws:SourceAccount': ref('AWS::AccountId') } }),
);

const subscription = (Protocol: string, Endpoint: unknown, more: Properties = {}): object => of('AWS::SNS::Subscription', { TopicArn: ref('Topic'), Protocol, Endpoint, ...more });
const fromTopic = admit('sns.amazonaws.com', 'sqs:SendMessage', att('Queue'), { ArnEquals: { 'aws:SourceArn': ref('Topic') } });
const lambda = (properties: Properties = {}): object => of('AWS::Lambda::Function', { Role: att('Role'), ...properties });
const permission = (Principal: string): object => of('AWS::Lambda::Permission', { Action: 'lambda:InvokeFunction', FunctionName: att('Function'), Principal });
const rotation = of('AWS::SecretsManager::RotationSchedule', { SecretId: 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:s', RotationLambdaARN: att('Function') });

/** Shapes by what they are about: sound ones, and broken ones with what is to be found. */
export const SHAPES: Readonly<Record<string, Shape>> = {
  'log group under a key': {
    sound: {
      'whose policy admits all groups of the account': { Group: logGroup(), Key: logsKey(`${GROUPS}*`) },
      'whose policy names the group': { Group: logGroup({ LogGroupName: '/a/b' }), Key: logsKey(`${GROUPS}/a/b`) },
      'that is not among the templates': { Group: logGroup({ KmsKeyId: 'arn:aws:kms:eu-west-1:111111111111:key/k' }) },
      'whose policy is known at deployment': { $Parameters: { P: { Type: 'String' } }, Group: logGroup(), Key: of('AWS::KMS::Key', { KeyPolicy: document(OWNER, admit(ref('P'), LOGS)) }) },
    },
    broken: {
      'whose policy admits nobody but the account': [{ Group: logGroup(), Key: key() }, /#Group: it is under the key Key, whose policy does not let logs\.\$\{AWS::Region\}\.amazonaws\.com/],
      'whose policy admits the service in another region': [{ Group: logGroup(), Key: logsKey(`${GROUPS}*`, 'logs.us-east-1.amazonaws.com.cn') }, /#Group/],
      'whose policy names another group': [{ Group: logGroup({ LogGroupName: '/a/b' }), Key: logsKey(`${GROUPS}/a/c`) }, /#Group/],
      'whose policy leaves out an action': [{ Group: logGroup(), Key: key(admit(sub('logs.${AWS::Region}.amazonaws.com'), LOGS.slice(0, 3))) }, /#Group/],
      'whose policy asks for another encryption context': [{ Group: logGroup(), Key: key(admit(sub('logs.${AWS::Region}.amazonaws.com'), LOGS, '*', { StringEquals: { 'kms:EncryptionContext:SecretARN': 'x' } })) }, /#Group/],
    },
  },
  'log group of the class DELIVERY': {
    sound: { 'without retention': { Group: of('AWS::Logs::LogGroup', { LogGroupClass: 'DELIVERY' }) } },
    broken: { 'with retention': [{ Group: of('AWS::Logs::LogGroup', { LogGroupClass: 'DELIVERY', RetentionInDays: 365 }) }, /takes? no retention/] },
  },
  'alarm': {
    sound: {
      'to a plain topic without a policy': { alarm, Topic: plainTopic },
      'admitted by topic and key': { alarm, Topic: topic, Key: key(admit(CLOUDWATCH, DATA_KEY, '*', SAME_ACCOUNT)), Policy: topicPolicy(tlsOnly, admit(CLOUDWATCH, 'sns:Publish', ref('Topic'), SAME_ACCOUNT)) },
      'admitted by its ARN': { alarm, Topic: plainTopic, Policy: topicPolicy(admit(CLOUDWATCH, 'sns:Publish', ref('Topic'), bySource(att('alarm')))) },
      'admitted with all alarms of the account': { alarm, Topic: plainTopic, Policy: topicPolicy(admit(CLOUDWATCH, 'sns:Publish', ref('Topic'), bySource(sub('arn:aws:cloudwatch:*:${AWS::AccountId}:alarm:*')))) },
      'to a topic under an alias of an admitting key': { alarm, Topic: of('AWS::SNS::Topic', { KmsMasterKeyId: ref('Alias') }),
        Alias: of('AWS::KMS::Alias', { AliasName: 'alias/a', TargetKeyId: ref('Key') }), Key: key(admit(CLOUDWATCH, DATA_KEY)) },
    },
    broken: {
      'to a topic under a key that does not admit it': [{ alarm, Topic: topic, Key: key() }, /#alarm: Topic is under the key Key, whose policy does not let cloudwatch/],
      'to a topic under an alias of a key that does not': [
        { alarm, Topic: of('AWS::SNS::Topic', { KmsMasterKeyId: ref('Alias') }), Alias: of('AWS::KMS::Alias', { AliasName: 'alias/a', TargetKeyId: ref('Key') }), Key: key() }, /#alarm: Topic is under the key Key/,
      ],
      'to a topic under the key of AWS': [{ alarm, Topic: of('AWS::SNS::Topic', { KmsMasterKeyId: 'alias/aws/sns' }) }, /alias\/aws\/sns, which lets no service in/],
      'to a topic whose policy does not admit it': [{ alarm, Topic: plainTopic, Policy: topicPolicy(tlsOnly) }, /#alarm: the policy of Topic does not let cloudwatch/],
      'to a topic whose policy admits another account': [{ alarm, Topic: plainTopic,
        Policy: topicPolicy(admit(CLOUDWATCH, 'sns:Publish', ref('Topic'), { StringEquals: { 'aws:SourceArn': 'arn:aws:cloudwatch:eu-west-1:222222222222:alarm:a' } })) }, /#alarm/],
      'when it is fine again': [{ alarm: of('AWS::CloudWatch::Alarm', { OKActions: [ref('Topic')] }), Topic: topic, Key: key() }, /#alarm/],
    },
  },
  'event rule': {
    sound: {
      'to a topic': { Rule: ruleTo({ Arn: ref('Topic') }), Topic: topic, Key: key(admit(EVENTS, DATA_KEY)), Policy: topicPolicy(admit(EVENTS, 'sns:Publish', ref('Topic'))) },
      'to a queue on behalf of the rule': { Rule: ruleTo({ Arn: att('Queue') }), Queue: queue, Key: key(admit(EVENTS, DATA_KEY, '*', SAME_ACCOUNT)),
        Policy: queuePolicy(admit(EVENTS, 'sqs:SendMessage', att('Queue'), { ArnEquals: { 'aws:SourceArn': att('Rule') } })) },
      'by a role': { Rule: ruleTo({ Arn: att('Queue'), RoleArn: 'arn:aws:iam::111111111111:role/r' }), Queue: plainQueue },
      'to a function': { Rule: ruleTo({ Arn: att('Function') }), Function: lambda({ Role: 'arn:aws:iam::111111111111:role/r' }), Permission: permission(EVENTS) },
    },
    broken: {
      'to a topic without a policy': [{ Rule: ruleTo({ Arn: ref('Topic') }), Topic: plainTopic }, /#Rule: no policy of Topic lets events/],
      'to a topic that admits it under a condition': [{ Rule: ruleTo({ Arn: ref('Topic') }), Topic: plainTopic, Policy: topicPolicy(admit(EVENTS, 'sns:Publish', ref('Topic'), SAME_ACCOUNT)) }, /#Rule: the policy of Topic/],
      'to a topic under a key that does not': [{ Rule: ruleTo({ Arn: ref('Topic') }), Topic: topic, Key: key(), Policy: topicPolicy(admit(EVENTS, 'sns:Publish', ref('Topic'))) }, /#Rule: Topic is under the key/],
      'to a queue that admits another rule': [{ Rule: ruleTo({ Arn: att('Queue') }), Other: ruleTo({ Arn: 'arn:aws:sqs:eu-west-1:111111111111:q' }),
        Queue: plainQueue, Policy: queuePolicy(admit(EVENTS, 'sqs:SendMessage', att('Queue'), bySource(att('Other')))) }, /#Rule/],
      'with a dead-letter queue that does not admit it': [{ Rule: ruleTo({ Arn: 'arn:aws:lambda:eu-west-1:111111111111:function:f', DeadLetterConfig: { Arn: att('Queue') } }), Queue: plainQueue }, /#Rule: no policy of Queue/],
      'to a function that it may not invoke': [{ Rule: ruleTo({ Arn: att('Function') }), Function: lambda({ Role: 'arn:aws:iam::111111111111:role/r' }) }, /#Rule: no AWS::Lambda::Permission lets events/],
    },
  },
  'notification of a bucket': {
    sound: {
      'to a queue': { Bucket: of('AWS::S3::Bucket', { NotificationConfiguration: { QueueConfigurations: [{ Event: 's3:ObjectCreated:*', Queue: att('Queue') }] } }), Queue: queue,
        Key: key(admit('s3.amazonaws.com', DATA_KEY, '*', SAME_ACCOUNT)), Policy: queuePolicy(admit('s3.amazonaws.com', 'sqs:SendMessage', att('Queue'), bySource('arn:aws:s3:::*'))) },
      'to a topic, by the custom resource of CDK': { Bucket: of('AWS::S3::Bucket'),
        Custom: of('Custom::S3BucketNotifications', { ServiceToken: 'x', BucketName: ref('Bucket'),
          NotificationConfiguration: { TopicConfigurations: [{ TopicArn: ref('Topic') }] } }), Topic: plainTopic, Policy: topicPolicy(admit('s3.amazonaws.com', 'sns:Publish', ref('Topic'), bySource(att('Bucket')))) },
    },
    broken: {
      'to a queue under a key that does not admit S3': [{ Bucket: of('AWS::S3::Bucket', { NotificationConfiguration: { QueueConfigurations: [{ Queue: att('Queue') }] } }),
        Queue: queue, Key: key(), Policy: queuePolicy(admit('s3.amazonaws.com', 'sqs:SendMessage', att('Queue'))) }, /#Bucket: Queue is under the key/],
      'to a topic that does not admit S3': [{ Bucket: of('AWS::S3::Bucket', { NotificationConfiguration: { TopicConfigurations: [{ Topic: ref('Topic') }] } }), Topic: plainTopic }, /#Bucket: no policy of Topic/],
      'to a queue of another bucket, by the custom resource': [{ Bucket: of('AWS::S3::Bucket'),
        Custom: of('Custom::S3BucketNotifications', { ServiceToken: 'x', BucketName: ref('Bucket'),
          NotificationConfiguration: { QueueConfigurations: [{ QueueArn: att('Queue') }] } }), Queue: plainQueue, Policy: queuePolicy(admit('s3.amazonaws.com', 'sqs:SendMessage', att('Queue'), bySource('arn:aws:s3:::another'))) },
      /#Custom: the policy of Queue/],
    },
  },
  'subscription of a queue': {
    sound: {
      'admitted by queue and key': { S: subscription('sqs', att('Queue')), Topic: plainTopic, Queue: queue, Key: key(admit('sns.amazonaws.com', DATA_KEY)), Policy: queuePolicy(fromTopic) },
    },
    broken: {
      'under a key that does not admit SNS': [{ S: subscription('sqs', att('Queue')), Topic: plainTopic, Queue: queue, Key: key(), Policy: queuePolicy(fromTopic) }, /#S: Queue is under the key Key, whose policy does not let sns/],
      'without a policy': [{ S: subscription('sqs', att('Queue')), Topic: plainTopic, Queue: plainQueue }, /#S: no policy of Queue/],
      'with a dead-letter queue without a policy': [{ S: subscription('https', 'https://example.com', { RedrivePolicy: { deadLetterTargetArn: att('Queue') } }), Topic: plainTopic, Queue: plainQueue }, /#S: no policy of Queue/],
      'of a function that SNS may not invoke': [{ S: subscription('lambda', att('Function')), Topic: plainTopic, Function: lambda({ Role: 'arn:aws:iam::111111111111:role/r' }) }, /#S: no AWS::Lambda::Permission/],
    },
  },
  'publisher': {
    sound: {
      'budget': { B: of('AWS::Budgets::Budget', { NotificationsWithSubscribers: [{ Subscribers: [{ SubscriptionType: 'EMAIL', Address: 'a@example.com' }, { SubscriptionType: 'SNS', Address: ref('Topic') }] }] }),
        Topic: plainTopic, Policy: topicPolicy(admit('budgets.amazonaws.com', 'SNS:Publish', ref('Topic'), SAME_ACCOUNT)) },
    },
    broken: {
      'cost anomalies': [{ A: of('AWS::CE::AnomalySubscription', { Subscribers: [{ Type: 'SNS', Address: ref('Topic') }] }), Topic: plainTopic }, /#A: no policy of Topic lets costalerts/],
      'notifications of pipelines': [{ N: of('AWS::CodeStarNotifications::NotificationRule', { Targets: [{ TargetType: 'SNS', TargetAddress: ref('Topic') }] }), Topic: plainTopic }, /#N: no policy of Topic lets codestar-notifications/],
      'Config': [{ C: of('AWS::Config::DeliveryChannel', { S3BucketName: 'logs', SnsTopicARN: ref('Topic') }), Topic: plainTopic }, /#C: no policy of Topic lets config/],
      'events of databases': [{ E: of('AWS::RDS::EventSubscription', { SnsTopicArn: ref('Topic') }), Topic: topic, Key: key(), Policy: topicPolicy(admit('events.rds.amazonaws.com', 'sns:Publish', ref('Topic'))) },
        /#E: Topic is under the key/],
      'budget': [{ B: of('AWS::Budgets::Budget', { NotificationsWithSubscribers: [{ Subscribers: [{ SubscriptionType: 'SNS', Address: ref('Topic') }] }] }), Topic: plainTopic }, /#B: no policy of Topic lets budgets/],
      'vault': [{ V: of('AWS::Backup::BackupVault', { Notifications: { SNSTopicArn: ref('Topic'), BackupVaultEvents: ['COPY_JOB_FAILED'] } }),
        Topic: topic, Key: key(), Policy: topicPolicy(admit('backup.amazonaws.com', 'sns:Publish', ref('Topic'))) }, /#V: Topic is under the key/],
    },
  },
  'policies': {
    sound: { 'one each': { Topic: plainTopic, P: topicPolicy(tlsOnly) } },
    broken: {
      'of a topic': [{ Topic: plainTopic, P: topicPolicy(tlsOnly), Q: topicPolicy(tlsOnly) }, /#Topic: it has several policies, .*: P, Q/],
      'of a queue': [{ Queue: plainQueue, P: queuePolicy(tlsOnly), Q: queuePolicy(tlsOnly) }, /#Queue: it has several policies/],
      'of a bucket': [{ Bucket: of('AWS::S3::Bucket'), P: bucketPolicy(tlsOnly), Q: bucketPolicy(tlsOnly) }, /#Bucket: it has several policies: P, Q/],
    },
  },
  'FIFO': {
    sound: {
      'both': { Queue: of('AWS::SQS::Queue', { FifoQueue: true, QueueName: 'a.fifo', RedrivePolicy: { deadLetterTargetArn: att('Letters'), maxReceiveCount: 3 } }), Letters: of('AWS::SQS::Queue', { FifoQueue: true }) },
      'neither': { Queue: of('AWS::SQS::Queue', { QueueName: 'a', RedrivePolicy: { deadLetterTargetArn: att('Letters'), maxReceiveCount: 3 } }), Letters: plainQueue },
    },
    broken: {
      'one only': [{ Queue: of('AWS::SQS::Queue', { FifoQueue: true, RedrivePolicy: { deadLetterTargetArn: att('Letters'), maxReceiveCount: 3 } }), Letters: plainQueue }, /#Queue: its dead-letter queue Letters must be FIFO/],
      'name without the ending': [{ Queue: of('AWS::SQS::Queue', { FifoQueue: true, QueueName: 'a' }) }, /#Queue/],
      'ending without FIFO': [{ Topic: of('AWS::SNS::Topic', { TopicName: 'a.fifo' }) }, /#Topic: its name ends in \.fifo/],
    },
  },
  'trail': {
    sound: {
      'under a key': {
        Trail: trail({ KMSKeyId: att('Key') }), Bucket: of('AWS::S3::Bucket'), Policy: trailPolicy('/AWSLogs/*'),
        Key: key(admit('cloudtrail.amazonaws.com', ['kms:GenerateDataKey*', 'kms:DescribeKey'], '*', bySource(TRAIL))),
      },
      'under a key with an encryption context': {
        Trail: trail({ KMSKeyId: att('Key') }), Bucket: of('AWS::S3::Bucket'), Policy: trailPolicy('/AWSLogs/*'),
        Key: key(admit('cloudtrail.amazonaws.com', 'kms:DescribeKey'),
          admit('cloudtrail.amazonaws.com', 'kms:GenerateDataKey*', '*', { StringLike: { 'kms:EncryptionContext:aws:cloudtrail:arn': sub('arn:aws:cloudtrail:*:${AWS::AccountId}:trail/*') } })),
      },
      'with a prefix': { Trail: trail({ S3KeyPrefix: 'p' }), Bucket: of('AWS::S3::Bucket'), Policy: trailPolicy('/p/AWSLogs/*') },
    },
    broken: {
      'under a key that does not admit it': [{ Trail: trail({ KMSKeyId: att('Key') }), Bucket: of('AWS::S3::Bucket'), Policy: trailPolicy('/AWSLogs/*'), Key: key() }, /#Trail: it is under the key Key/],
      'under a key that admits another trail': [{ Trail: trail({ KMSKeyId: att('Key') }), Bucket: of('AWS::S3::Bucket'), Policy: trailPolicy('/AWSLogs/*'),
        Key: key(admit('cloudtrail.amazonaws.com', 'kms:*', '*', bySource('arn:aws:cloudtrail:eu-west-1:111111111111:trail/other'))) }, /#Trail: it is under the key/],
      'under a key that asks for the context where it is described': [{
        Trail: trail({ KMSKeyId: att('Key') }), Bucket: of('AWS::S3::Bucket'), Policy: trailPolicy('/AWSLogs/*'),
        Key: key(admit('cloudtrail.amazonaws.com', 'kms:*', '*', { StringLike: { 'kms:EncryptionContext:aws:cloudtrail:arn': '*' } })),
      }, /kms:DescribeKey/],
      'into a bucket without a policy': [{ Trail: trail(), Bucket: of('AWS::S3::Bucket') }, /#Trail: the policy of Bucket does not let cloudtrail.*GetBucketAcl.*PutObject/],
      'into another folder than its policy says': [{ Trail: trail({ S3KeyPrefix: 'p' }), Bucket: of('AWS::S3::Bucket'), Policy: trailPolicy('/AWSLogs/*') }, /s3:PutObject below p\/AWSLogs/],
    },
  },
  'server access logs': {
    sound: {
      'for the account': { Source: logged(), Bucket: of('AWS::S3::Bucket'), Policy: delivery(objects('/*')) },
      'below the prefix': { Source: logged(), Bucket: of('AWS::S3::Bucket'), Policy: delivery(objects('/a/*'), bySource(att('Source'))) },
      'by the ACL': { Source: logged(), Bucket: of('AWS::S3::Bucket', { AccessControl: 'LogDeliveryWrite' }) },
      'by a name, under SSE-S3': { Source: logged({ DestinationBucketName: 'logs' }),
        Bucket: of('AWS::S3::Bucket', { BucketName: 'logs', BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] } }), Policy: delivery('arn:aws:s3:::logs/*') },
    },
    broken: {
      'under KMS': [{ Source: logged(), Bucket: kmsBucket, Key: key(), Policy: delivery(objects('/*')) }, /#Source: access logs are not delivered to Bucket, which is encrypted by KMS/],
      'under a lock': [{ Source: logged(), Bucket: of('AWS::S3::Bucket', { ObjectLockEnabled: true, ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 1 } } } }),
        Policy: delivery(objects('/*')) }, /locks objects by default/],
      'without a policy': [{ Source: logged(), Bucket: of('AWS::S3::Bucket') }, /whose policy does not let logging\.s3/],
      'into another folder': [{ Source: logged(), Bucket: of('AWS::S3::Bucket'), Policy: delivery(objects('/b/*')) }, /whose policy does not let/],
      'on behalf of another bucket': [{ Source: logged(), Other: of('AWS::S3::Bucket'), Bucket: of('AWS::S3::Bucket'), Policy: delivery(objects('/*'), bySource(att('Other'))) }, /whose policy does not let/],
      'into itself without a policy': [{ Source: logged({ DestinationBucketName: ref('AWS::NoValue') }) }, /not delivered to Source/],
    },
  },
  'bucket': {
    sound: {
      'without ACL': { Bucket: of('AWS::S3::Bucket', { OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } }) },
      'locked, with versions': { Bucket: of('AWS::S3::Bucket', { ObjectLockEnabled: true, VersioningConfiguration: { Status: 'Enabled' } }) },
    },
    broken: {
      'with an ACL that its ownership disables': [{ Bucket: of('AWS::S3::Bucket', { AccessControl: 'LogDeliveryWrite', OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } }) }, /#Bucket: it has an ACL/],
      'locked, without versions': [{ Bucket: of('AWS::S3::Bucket', { ObjectLockEnabled: true, VersioningConfiguration: { Status: 'Suspended' } }) }, /need versions/],
    },
  },
  'logs of a load balancer': {
    sound: {
      'by the service': { LB: balancer(), Bucket: of('AWS::S3::Bucket'), Policy: bucketPolicy(admit('logdelivery.elasticloadbalancing.amazonaws.com', 's3:PutObject', objects('/AWSLogs/${AWS::AccountId}/*'))) },
      'by the account of the region': { LB: balancer('application', { Key: 'access_logs.s3.prefix', Value: 'p' }), Bucket: of('AWS::S3::Bucket'),
        Policy: bucketPolicy({ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::156460612806:root' }, Action: 's3:PutObject', Resource: objects('/p/AWSLogs/*') }) },
      'of the network kind, under a key': {
        LB: balancer('network'), Bucket: kmsBucket, Policy: bucketPolicy(admit('delivery.logs.amazonaws.com', 's3:PutObject', objects('/*'), { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } })),
        Key: key(admit('delivery.logs.amazonaws.com', DATA_KEY, '*', SAME_ACCOUNT)),
      },
      'that are off': { LB: of('AWS::ElasticLoadBalancingV2::LoadBalancer', { LoadBalancerAttributes: [{ Key: 'access_logs.s3.enabled', Value: 'false' }, { Key: 'access_logs.s3.bucket', Value: ref('Bucket') }] }),
        Bucket: kmsBucket, Key: key() },
    },
    broken: {
      'under KMS': [{ LB: balancer(), Bucket: kmsBucket, Key: key(), Policy: bucketPolicy(admit('logdelivery.elasticloadbalancing.amazonaws.com', 's3:PutObject', objects('/*'))) },
        /#LB: logs of a load balancer are not delivered to Bucket, which is encrypted by KMS/],
      'without a policy': [{ LB: balancer(), Bucket: of('AWS::S3::Bucket') }, /#LB: the policy of Bucket does not let/],
      'of the network kind, under a key that does not admit it': [{ LB: balancer('network'), Bucket: kmsBucket, Key: key(), Policy: bucketPolicy(admit('delivery.logs.amazonaws.com', 's3:PutObject', objects('/*'))) },
        /#LB: Bucket is under the key/],
      'of the classic kind, without a policy': [{ LB: of('AWS::ElasticLoadBalancing::LoadBalancer', { AccessLoggingPolicy: { Enabled: true, S3BucketName: ref('Bucket') } }), Bucket: of('AWS::S3::Bucket') }, /#LB/],
    },
  },
  'flow log': {
    sound: {
      'to a bucket whose policy the delivery sets': { Flow: toBucket, Bucket: of('AWS::S3::Bucket') },
      'to a bucket whose policy admits the delivery': { Flow: toBucket, Bucket: kmsBucket, Policy: delivered, Key: key(admit('delivery.logs.amazonaws.com', DATA_KEY, '*', SAME_ACCOUNT)) },
      'to a log group by a role': { Flow: flowLog({ LogDestinationType: 'cloud-watch-logs', LogGroupName: ref('Group'), DeliverLogsPermissionArn: att('Role') }),
        Group: of('AWS::Logs::LogGroup'), Role: role('vpc-flow-logs.amazonaws.com', may(['logs:CreateLogStream', 'logs:PutLogEvents'])) },
    },
    broken: {
      'to a bucket whose policy does not admit the delivery': [{ Flow: toBucket, Bucket: of('AWS::S3::Bucket'), Policy: bucketPolicy(tlsOnly) }, /#Flow: the policy of Bucket does not let delivery\.logs/],
      'to a bucket under a key that does not': [{ Flow: toBucket, Bucket: kmsBucket, Policy: delivered, Key: key() }, /#Flow: Bucket is under the key/],
      'to a log group without a role': [{ Flow: flowLog({ LogGroupName: ref('Group') }), Group: of('AWS::Logs::LogGroup') }, /#Flow: it writes into a log group without a role/],
      'to a log group by a role of another service': [{ Flow: flowLog({ LogGroupName: ref('Group'), DeliverLogsPermissionArn: att('Role') }), Group: of('AWS::Logs::LogGroup'), Role: role('ec2.amazonaws.com', may('logs:*')) },
        /#Flow: vpc-flow-logs\.amazonaws\.com cannot assume its role Role/],
      'to a log group by a role that may not': [{ Flow: flowLog({ LogGroupName: ref('Group'), DeliverLogsPermissionArn: att('Role') }), Group: of('AWS::Logs::LogGroup'),
        Role: role('vpc-flow-logs.amazonaws.com', may('logs:CreateLogStream')) }, /#Flow: its role Role is not allowed to do logs:PutLogEvents/],
    },
  },
  'WAF logging': {
    sound: {
      'to a log group by its ARN without a star': { W: waf(att('Group', 'LogGroupArn')), Group: of('AWS::Logs::LogGroup', { LogGroupName: 'aws-waf-logs-a' }) },
      'to a log group by an ARN that is put together': { W: waf(sub('arn:aws:logs:${AWS::Region}:${AWS::AccountId}:log-group:${Group}')), Group: of('AWS::Logs::LogGroup', { LogGroupName: 'aws-waf-logs-a' }) },
      'to a stream': { W: waf(att('Stream')), Stream: of('AWS::KinesisFirehose::DeliveryStream', { DeliveryStreamName: 'aws-waf-logs-a' }) },
      'to a bucket of another template': { W: waf('arn:aws:s3:::aws-waf-logs-a') },
    },
    broken: {
      'to a log group by its ARN with a star': [{ W: waf(att('Group')), Group: of('AWS::Logs::LogGroup', { LogGroupName: 'aws-waf-logs-a' }) }, /#W: its destination ends in ":\*"/],
      'to a log group of another name': [{ W: waf(att('Group', 'LogGroupArn')), Group: of('AWS::Logs::LogGroup', { LogGroupName: 'waf' }) }, /#W: its destination Group must have a name that begins with aws-waf-logs-/],
      'to a bucket whose name CloudFormation makes': [{ W: waf(att('Bucket')), Bucket: of('AWS::S3::Bucket') }, /#W: its destination Bucket must have a name/],
      'to an ARN of another name': [{ W: waf('arn:aws:logs:eu-west-1:111111111111:log-group:waf') }, /#W/],
      'to a topic': [{ W: waf(ref('Topic')), Topic: plainTopic }, /#W: WAF cannot log to AWS::SNS::Topic/],
    },
  },
  'Config': {
    sound: {
      'by the policy of the bucket': { Recorder: recorder(), Channel: channel(), Bucket: of('AWS::S3::Bucket'), Policy: configPolicy },
      'by the role of the recorder': { Recorder: of('AWS::Config::ConfigurationRecorder', { RoleARN: att('Role') }), Channel: channel(), Bucket: of('AWS::S3::Bucket'), Role: role('config.amazonaws.com', may('s3:*')) },
    },
    broken: {
      'recorder that waits for its channel': [{ Recorder: recorder({ DependsOn: 'Channel' }), Channel: channel(), Bucket: of('AWS::S3::Bucket'), Policy: configPolicy }, /#Recorder: it depends on Channel/],
      'channel that waits for its recorder': [{ Recorder: recorder(), Channel: channel({ DependsOn: ['Recorder'] }), Bucket: of('AWS::S3::Bucket'), Policy: configPolicy }, /#Channel: it depends on Recorder/],
      'bucket without a policy': [{ Recorder: recorder(), Channel: channel(), Bucket: of('AWS::S3::Bucket') }, /#Channel: neither the policies of Bucket/],
      'bucket under a key that does not admit it': [{ Recorder: recorder(), Channel: channel(), Bucket: kmsBucket, Policy: configPolicy, Key: key() }, /#Channel: neither the policies of Bucket/],
    },
  },
  'function': {
    sound: {
      'that may send what failed': { Function: lambda({ DeadLetterConfig: { TargetArn: att('Queue') } }), Queue: queue, Key: key(), Role: role('lambda.amazonaws.com', may('sqs:SendMessage', att('Queue')), may(DATA_KEY, att('Key'))) },
      'that the key lets send': { Function: lambda({ DeadLetterConfig: { TargetArn: att('Queue') } }), Queue: queue,
        Key: key({ Effect: 'Allow', Principal: { AWS: att('Role') }, Action: 'kms:*', Resource: '*' }), Role: role('lambda.amazonaws.com', may('sqs:SendMessage')) },
      'whose role may hold more than is seen': { Function: lambda({ DeadLetterConfig: { TargetArn: att('Queue') } }), Queue: plainQueue, Role: of('AWS::IAM::Role', { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonSQSFullAccess'] }) },
      'that sends by a policy beside its role': { Function: lambda({ DeadLetterConfig: { TargetArn: ref('Topic') } }), Topic: plainTopic,
        Role: role('lambda.amazonaws.com'), More: of('AWS::IAM::Policy', { Roles: [ref('Role')], PolicyDocument: document(may('sns:Publish', ref('Topic'))) }) },
    },
    broken: {
      'that may not send what failed': [{ Function: lambda({ DeadLetterConfig: { TargetArn: att('Queue') } }), Queue: plainQueue,
        Role: of('AWS::IAM::Role', { ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'] }) }, /#Function: its role Role is not allowed to do sqs:SendMessage on Queue/],
      'that may send to another queue': [{ Function: lambda({ DeadLetterConfig: { TargetArn: att('Queue') } }), Queue: plainQueue, Other: plainQueue, Role: role('lambda.amazonaws.com', may('sqs:SendMessage', att('Other'))) }, /#Function/],
      'that may not use the key of the queue': [{ Function: lambda({ DeadLetterConfig: { TargetArn: att('Queue') } }), Queue: queue, Key: key(), Role: role('lambda.amazonaws.com', may('sqs:SendMessage')) },
        /#Function: its role Role is not allowed to do kms:GenerateDataKey on Key/],
      'that may not send on failure': [{ Function: lambda(), Config: of('AWS::Lambda::EventInvokeConfig', { FunctionName: ref('Function'), Qualifier: '$LATEST', DestinationConfig: { OnFailure: { Destination: att('Queue') } } }),
        Queue: plainQueue, Role: role('lambda.amazonaws.com') }, /#Config: its role Role/],
    },
  },
  'rotation': {
    sound: { 'that may be invoked': { S: rotation, Function: lambda({ Role: 'arn:aws:iam::111111111111:role/r' }), P: permission('secretsmanager.amazonaws.com') } },
    broken: {
      'that may not': [{ S: rotation, Function: lambda({ Role: 'arn:aws:iam::111111111111:role/r' }) }, /#S: no AWS::Lambda::Permission lets secretsmanager\.amazonaws\.com invoke Function/],
      'that another service may': [{ S: rotation, Function: lambda({ Role: 'arn:aws:iam::111111111111:role/r' }), P: permission('s3.amazonaws.com') }, /#S/],
    },
  },
  'service that writes into log groups by a policy of CloudWatch Logs': {
    sound: {
      'which admits it': {
        D: of('AWS::OpenSearchService::Domain', { LogPublishingOptions: { ES_APPLICATION_LOGS: { Enabled: true, CloudWatchLogsLogGroupArn: att('Group') } } }), Group: of('AWS::Logs::LogGroup'),
        P: of('AWS::Logs::ResourcePolicy', { PolicyName: 'p', PolicyDocument: JSON.stringify(document(admit('es.amazonaws.com', ['logs:PutLogEvents', 'logs:CreateLogStream']))) }),
      },
      'which admits its domains': {
        D: of('AWS::OpenSearchService::Domain', { LogPublishingOptions: { ES_APPLICATION_LOGS: { Enabled: true, CloudWatchLogsLogGroupArn: att('Group') } } }), Group: of('AWS::Logs::LogGroup'),
        P: of('AWS::Logs::ResourcePolicy', { PolicyName: 'p', PolicyDocument: JSON.stringify(document(admit('es.amazonaws.com', ['logs:PutLogEvents', 'logs:CreateLogStream'], '*', { ArnLike: { 'aws:SourceArn': 'arn:aws:es:*:*:domain/*' } }))) }),
      },
      'which a custom resource may set': {
        D: of('AWS::OpenSearchService::Domain', { LogPublishingOptions: { ES_APPLICATION_LOGS: { Enabled: true, CloudWatchLogsLogGroupArn: att('Group') } } }), Group: of('AWS::Logs::LogGroup'),
        P: of('Custom::CloudwatchLogResourcePolicy', { ServiceToken: 'x' }),
      },
    },
    broken: {
      'which is not there': [{ D: of('AWS::OpenSearchService::Domain', { LogPublishingOptions: { ES_APPLICATION_LOGS: { Enabled: true, CloudWatchLogsLogGroupArn: att('Group') } } }), Group: of('AWS::Logs::LogGroup') },
        /#D: no AWS::Logs::ResourcePolicy lets es\.amazonaws\.com write into Group/],
      'which is for another kind of source': [{
        D: of('AWS::OpenSearchService::Domain', { LogPublishingOptions: { ES_APPLICATION_LOGS: { Enabled: true, CloudWatchLogsLogGroupArn: att('Group') } } }), Group: of('AWS::Logs::LogGroup'),
        P: of('AWS::Logs::ResourcePolicy', { PolicyName: 'p', PolicyDocument: JSON.stringify(document(admit('es.amazonaws.com', ['logs:PutLogEvents', 'logs:CreateLogStream'], '*', { ArnLike: { 'aws:SourceArn': 'arn:aws:aoss:*:*:collection/*' } }))) }),
      }, /#D: no AWS::Logs::ResourcePolicy lets es/],
      'which is for another service': [{
        Z: of('AWS::Route53::HostedZone', { Name: 'a.', QueryLoggingConfig: { CloudWatchLogsLogGroupArn: att('Group') } }), Group: of('AWS::Logs::LogGroup'),
        P: of('AWS::Logs::ResourcePolicy', { PolicyName: 'p', PolicyDocument: JSON.stringify(document(admit('es.amazonaws.com', 'logs:*'))) }),
      }, /#Z: no AWS::Logs::ResourcePolicy lets route53/],
    },
  },
  'key': {
    sound: {
      'of the account': { Key: key() },
      'that is not rotated': { Key: of('AWS::KMS::Key', { KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY', KeyPolicy: document(OWNER) }) },
    },
    broken: {
      'that nobody administers': [{ Key: of('AWS::KMS::Key', { KeyPolicy: document(admit('logs.amazonaws.com', 'kms:*')) }) }, /#Key: its policy lets no account and no role change the policy/],
      'that cannot be rotated': [{ Key: of('AWS::KMS::Key', { KeySpec: 'RSA_2048', EnableKeyRotation: true, KeyPolicy: document(OWNER) }) }, /#Key: EnableKeyRotation is for symmetric keys only/],
    },
  },
  'references': {
    sound: {
      'in one direction': { Key: key(), Topic: topic },
      'to what a variable holds': { Topic: of('AWS::SNS::Topic', { DisplayName: { 'Fn::Sub': ['${Topic}', { Topic: 'x' }] } }) },
    },
    broken: {
      'of a key policy back to what the key encrypts': [{ Topic: topic, Key: key(admit(CLOUDWATCH, DATA_KEY, '*', bySource(ref('Topic')))) }, /circular dependency: Topic → Key → Topic/],
      'to itself': [{ Topic: of('AWS::SNS::Topic', { DisplayName: sub('${Topic}') }) }, /circular dependency: Topic → Topic/],
      'by DependsOn': [{ A: of('AWS::SNS::Topic', {}, { DependsOn: 'B' }), B: of('AWS::SNS::Topic', { DisplayName: att('A', 'TopicName') }) }, /circular dependency: A → B → A/],
      'by the text form of GetAtt': [{ A: of('AWS::SNS::Topic', { DisplayName: { 'Fn::GetAtt': 'A.TopicName' } }) }, /circular dependency: A → A/],
      'to nothing': [{ Topic: of('AWS::SNS::Topic', { DisplayName: ref('Nothing') }) }, /#Topic: refers to Nothing, which the template does not define/],
    },
  },
};
