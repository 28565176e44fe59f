import { awsDefaults } from './aws-defaults';
import { all, any, applies, AwsDefault, not, Property, rule, Statement, Truth } from './kernel';
import { bucketNamed, receivesAccessLogs, receivesServerAccessLogs } from './shared/log-bucket';
import { ownKey } from './shared/own-key';
import { deniesPlainHttp, isNamedBy, somePolicy } from './shared/resource-policy';
import { retained } from './shared/retention';
import { stands } from './shared/stands';

const BUCKET = ['AWS::S3::Bucket'];
const BUCKET_POLICY = [{ type: 'AWS::S3::BucketPolicy', property: 'Bucket' }];

export const versioning = rule({
  id: 'S3.Versioning',
  resourceTypes: BUCKET,
  title: 'Bucket keeps object versions',
  severity: 'medium',
  criteria: { direct: ['A1.2', 'PI1.5'], supporting: ['CC7.5'] },
  rationale: 'Without versions an overwritten or deleted object is gone, so data cannot be recovered after an error or an attack.',
  remediation: { construct: 'SecureBucket', l2: 'versioned: true', cfn: 'VersioningConfiguration: { Status: Enabled }' },
  configRule: 'S3_BUCKET_VERSIONING_ENABLED',
  nagRules: ['S3BucketVersioningEnabled'],
  sources: ['Amazon S3 user guide, "Retaining multiple versions of objects with S3 Versioning"'],
  check: (bucket) => bucket.get('VersioningConfiguration.Status').is('Enabled'),
});

/** A statement that leaves the objects out, by naming the bucket alone, protects no data. */
const coversObjects = (statement: Statement): Truth => any([
  statement.property.get('Resource').some((item) => (item.target() ? Truth.no('it names the bucket alone') : item.endsWith('*')), 'the statement has no Resource'),
  statement.property.get('NotResource').isPresent(),
]);

const refusesHttp = (document: Property): Truth => deniesPlainHttp(document, ['s3:GetObject', 's3:PutObject'], coversObjects);

export const tlsOnly = rule({
  id: 'S3.TlsOnly',
  resourceTypes: [...BUCKET, 'AWS::S3::BucketPolicy'],
  title: 'Bucket refuses plain HTTP',
  severity: 'high',
  criteria: { direct: ['CC6.7'], supporting: ['CC6.1'] },
  rationale: 'A bucket accepts unencrypted requests until a policy denies them, so data in transit is not shown to be protected.',
  remediation: { construct: 'SecureBucket', l2: 'enforceSSL: true', cfn: 'a bucket policy that denies s3:* when aws:SecureTransport is false' },
  configRule: 'S3_BUCKET_SSL_REQUESTS_ONLY',
  nagRules: ['S3BucketSSLRequestsOnly'],
  sources: ['Amazon S3 user guide, "Security best practices for Amazon S3"', 'CIS AWS Foundations 2.1.1'],
  check: (resource, model) => {
    if (resource.type === 'AWS::S3::Bucket') return somePolicy(resource, model, BUCKET_POLICY, refusesHttp);
    // A bucket has one policy at most, so the policy of a bucket that is made elsewhere tells all there is to know of it.
    return applies(Truth.of(!bucketNamed(resource.get('Bucket'), model), 'its bucket is judged'), 'its bucket is among the templates and judged itself',
      () => refusesHttp(resource.get('PolicyDocument')));
  },
});

/** S3 encrypts with its own keys where no rule is set, and where a rule is for the bucket key alone. */
const BY_DEFAULT = awsDefaults['AWS::S3::Bucket.BucketEncryption.ServerSideEncryptionConfiguration'];
const ALGORITHM = awsDefaults['AWS::S3::Bucket.BucketEncryption.ServerSideEncryptionConfiguration.ServerSideEncryptionByDefault.SSEAlgorithm'];

/** A place, with what AWS does by default where the whole that it belongs to is absent. */
const whereMissing = (whole: Property, place: Property, fact: AwsDefault): Property => (whole.missing ? place.awsDefault(fact) : place);

export const encryption = rule({
  id: 'S3.Encryption',
  resourceTypes: BUCKET,
  title: 'Bucket encrypts new objects',
  severity: 'high',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'Stored objects must be unreadable to whoever gets at the media. S3 encrypts every new object since January 2023; what is left to show is that a template does not ask for anything else.',
  remediation: { construct: 'SecureBucket', l2: 'encryption: BucketEncryption.KMS', cfn: 'BucketEncryption with SSEAlgorithm AES256, aws:kms or aws:kms:dsse' },
  configRule: 'S3_BUCKET_SERVER_SIDE_ENCRYPTION_ENABLED',
  sources: [`${BY_DEFAULT.source}, 2023-01-05: in every bucket, old ones too`],
  // The defaults stand for what is left out as a whole: CloudFormation takes neither an empty BucketEncryption nor a rule that names a key alone.
  check: (bucket) => whereMissing(bucket.get('BucketEncryption'), bucket.get('BucketEncryption.ServerSideEncryptionConfiguration'), BY_DEFAULT).seen()
    .some((item) => whereMissing(item.get('ServerSideEncryptionByDefault'), item.get('ServerSideEncryptionByDefault.SSEAlgorithm'), ALGORITHM)
      .oneOf(['AES256', 'aws:kms', 'aws:kms:dsse'])),
});

const NO_KMS_FOR_LOGS = 'it receives access logs, for which S3 and load balancers support SSE-S3 only';
const kmsRule = (item: Property): Truth => item.get('ServerSideEncryptionByDefault.SSEAlgorithm').oneOf(['aws:kms', 'aws:kms:dsse']);

export const kmsEncryption = rule({
  id: 'S3.KmsEncryption',
  resourceTypes: BUCKET,
  title: 'Bucket encrypts with a KMS key',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'With KMS every decryption is a call that a key policy can refuse and CloudTrail records; with the keys of S3, whoever may read an object may decrypt it.',
  remediation: { construct: 'SecureBucket', l2: 'encryption: BucketEncryption.KMS', cfn: 'BucketEncryption with SSEAlgorithm aws:kms' },
  configRule: 'S3_DEFAULT_ENCRYPTION_KMS',
  nagRules: ['S3DefaultEncryptionKMS'],
  sources: ['Amazon S3 user guide, "Using server-side encryption with AWS KMS keys"', 'Elastic Load Balancing user guide, "Access logs": the bucket must use SSE-S3'],
  check: (bucket, model) => applies(not(receivesAccessLogs(bucket, model), NO_KMS_FOR_LOGS), NO_KMS_FOR_LOGS,
    () => bucket.get('BucketEncryption.ServerSideEncryptionConfiguration').some(kmsRule)),
});

export const customerKey = rule({
  id: 'S3.CustomerKey',
  resourceTypes: BUCKET,
  title: 'Bucket encrypts with a key of the organization',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'A key of one\'s own has a policy, rotation and a deletion procedure that the organization decides; the AWS managed key aws/s3 has none. Encryption as such holds without it.',
  remediation: { construct: 'SecureBucket', l2: 'encryptionKey', cfn: 'KMSMasterKeyID in BucketEncryption' },
  sources: ['Amazon S3 user guide, "Using server-side encryption with AWS KMS keys"'],
  onByDefault: false,
  check: (bucket, model) => applies(not(receivesAccessLogs(bucket, model), NO_KMS_FOR_LOGS), NO_KMS_FOR_LOGS,
    () => bucket.get('BucketEncryption.ServerSideEncryptionConfiguration').some((item) => all(
      kmsRule(item),
      ownKey(item.get('ServerSideEncryptionByDefault.KMSMasterKeyID'), 's3'),
    ))),
});

export const accessLogging = rule({
  id: 'S3.AccessLogging',
  resourceTypes: BUCKET,
  title: 'Bucket logs requests',
  severity: 'medium',
  criteria: { direct: ['CC7.2'], supporting: ['CC7.3'] },
  rationale: 'Without a record of who read or changed objects, misuse is neither noticed nor investigated.',
  remediation: { construct: 'SecureBucket', l2: 'serverAccessLogsBucket', cfn: 'LoggingConfiguration: { DestinationBucketName }' },
  configRule: 'S3_BUCKET_LOGGING_ENABLED',
  nagRules: ['S3BucketLoggingEnabled'],
  sources: ['Amazon S3 user guide, "Logging requests with server access logging"', 'AWS::S3::Bucket LoggingConfiguration: without a destination a bucket logs to itself', 'CIS AWS Foundations 3.4'],
  check: (bucket, model) => applies(
    not(receivesAccessLogs(bucket, model), 'it receives access logs'),
    'it receives access logs: logging the log bucket would not end',
    () => bucket.get('LoggingConfiguration').isPresent().because('LoggingConfiguration is absent: requests are not logged'),
  ),
});

export const accessLogTargetExists = rule({
  id: 'S3.AccessLogTargetExists',
  resourceTypes: BUCKET,
  title: 'Access logs reach their bucket',
  severity: 'medium',
  criteria: { direct: ['CC7.2'], supporting: ['CC7.3'] },
  rationale: 'Logging that is switched on but may not write leaves no record, and S3 tells nobody.',
  remediation: { construct: 'AccessLogBucket', l2: 'serverAccessLogsBucket', cfn: 'a policy on the log bucket that lets logging.s3.amazonaws.com do s3:PutObject' },
  sources: ['Amazon S3 user guide, "Enabling Amazon S3 server access logging": permissions for log delivery, no SSE-KMS and no default retention on the log bucket'],
  check: (bucket, model) => applies(bucket.get('LoggingConfiguration').isPresent(), 'the bucket does not log requests', () => {
    const name = bucket.get('LoggingConfiguration.DestinationBucketName');
    const target = name.missing ? bucket : bucketNamed(name, model);
    if (!target) return name.undecided ? name.openTruth() : Truth.unknown('the log bucket is not among the templates given');
    return all(
      any([
        // An ACL grants nothing where the bucket's owner is enforced.
        all(target.get('AccessControl').is('LogDeliveryWrite'),
          target.get('OwnershipControls.Rules').every((item) => item.get('ObjectOwnership').isNot('BucketOwnerEnforced'))),
        somePolicy(target, model, BUCKET_POLICY, (document) => document.policy().some('Allow', (statement) => all(isLogDelivery(statement), statement.coversAction('s3:PutObject')))),
      ]).because(`the log bucket ${target.logicalId} does not let logging.s3.amazonaws.com write`),
      target.get('ObjectLockConfiguration.Rule.DefaultRetention').isAbsent().because(`the log bucket ${target.logicalId} has a default retention, under which logs are not delivered`),
      not(target.get('BucketEncryption.ServerSideEncryptionConfiguration').some(kmsRule), `the log bucket ${target.logicalId} encrypts with KMS, under which logs are not delivered`),
    );
  }),
});

function isLogDelivery(statement: Statement): Truth {
  const { property } = statement.principal();
  return property.isMap ? property.get('Service').some((item) => item.startsWith('logging.s3.')) : statement.principal().everyone();
}

export const objectLock = rule({
  id: 'S3.ObjectLock',
  resourceTypes: BUCKET,
  title: 'Bucket has Object Lock',
  severity: 'low',
  criteria: { direct: ['PI1.5'], supporting: ['A1.2', 'CC7.3'] },
  rationale: 'Object Lock keeps versions from being deleted or overwritten for a time, by an administrator too. It suits records, logs and backups, and gets in the way of most other data: ask for it where records must not change.',
  remediation: { construct: 'WormBucket', l2: 'objectLockEnabled: true', cfn: 'ObjectLockEnabled: true' },
  configRule: 'S3_BUCKET_DEFAULT_LOCK_ENABLED',
  nagRules: ['S3BucketDefaultLockEnabled'],
  sources: ['Amazon S3 user guide, "Locking objects with Object Lock"', 'Amazon S3 user guide, "Enabling Amazon S3 server access logging": no default retention on a log bucket'],
  onByDefault: false,
  check: (bucket, model) => applies(not(receivesServerAccessLogs(bucket, model), 'it receives access logs'),
    'it receives server access logs, which default retention keeps from being delivered', () => bucket.get('ObjectLockEnabled').isTrue()),
});

export const defaultRetention = rule({
  id: 'S3.DefaultRetention',
  resourceTypes: BUCKET,
  title: 'Object Lock holds every new object',
  severity: 'low',
  criteria: { direct: ['PI1.5'], supporting: ['A1.2', 'CC7.3'] },
  rationale: 'Object Lock alone locks nothing: without a default retention each writer must ask for it. Some writers do, AWS Backup among them, so this is asked for.',
  remediation: { construct: 'WormBucket', l2: 'objectLockDefaultRetention', cfn: 'ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode, Days } } }' },
  sources: ['Amazon S3 user guide, "Configuring S3 Object Lock": default retention takes a mode and a period'],
  onByDefault: false,
  check: (bucket) => applies(bucket.get('ObjectLockEnabled').isTrue(), 'the bucket has no Object Lock', () => {
    const retention = bucket.get('ObjectLockConfiguration.Rule.DefaultRetention');
    return all(retention.get('Mode').oneOf(['GOVERNANCE', 'COMPLIANCE']), any([retention.get('Days').atLeast(1), retention.get('Years').atLeast(1)]))
      .because('ObjectLockConfiguration sets no default retention: objects are locked only where their writer asks for it');
  }),
});

export const replication = rule({
  id: 'S3.Replication',
  resourceTypes: BUCKET,
  title: 'Bucket replicates its objects',
  severity: 'low',
  criteria: { direct: ['A1.2'], supporting: ['CC7.5', 'CC9.1'] },
  rationale: 'A copy in another Region or account survives the loss of the first. S3 already keeps objects in several Availability Zones, so this matters where a Region or an account must be survived.',
  remediation: { construct: 'ReplicatedBucket', l2: 'replicationRules', cfn: 'ReplicationConfiguration with an Enabled rule' },
  configRule: 'S3_BUCKET_REPLICATION_ENABLED',
  nagRules: ['S3BucketReplicationEnabled'],
  sources: ['Amazon S3 user guide, "Replicating objects within and across Regions"'],
  onByDefault: false,
  // Status is required in a rule: what is left out cannot be deployed, so only `Disabled` speaks against it.
  check: (bucket) => bucket.get('ReplicationConfiguration.Rules').some((item) => item.get('Status').isNot('Disabled'), 'no replication rule is set'),
});

export const lifecycle = rule({
  id: 'S3.Lifecycle',
  resourceTypes: BUCKET,
  title: 'Bucket has a lifecycle rule',
  severity: 'low',
  criteria: { direct: [], supporting: ['C1.2', 'P4.3'] },
  rationale: 'A rule that moves or expires objects shows that somebody decided how long they are kept. Whether the time is right, or whether all is to be kept, a template cannot show: ask for it where disposal is promised.',
  remediation: { construct: 'SecureBucket', l2: 'lifecycleRules', cfn: 'LifecycleConfiguration with an Enabled rule' },
  configRule: 'S3_LIFECYCLE_POLICY_CHECK',
  sources: ['Amazon S3 user guide, "Managing the lifecycle of objects"'],
  onByDefault: false,
  check: (bucket) => bucket.get('LifecycleConfiguration.Rules').some((item) => item.get('Status').is('Enabled'), 'no lifecycle rule is set'),
});

export const expires = rule({
  id: 'S3.ObjectsExpire',
  resourceTypes: BUCKET,
  title: 'Objects expire',
  severity: 'low',
  criteria: { direct: [], supporting: ['C1.2', 'P4.2', 'P4.3'] },
  rationale: 'A rule that expires objects disposes of them without anybody remembering. Some data must be kept for ever, so this is asked for: it is, of buckets that are classified as confidential or personal.',
  remediation: { construct: 'SecureBucket', l2: 'lifecycleRules: [{ expiration }]', cfn: 'ExpirationInDays or ExpirationDate in an Enabled rule of LifecycleConfiguration' },
  sources: ['Amazon S3 user guide, "Managing the lifecycle of objects"'],
  onByDefault: false,
  check: (bucket) => bucket.get('LifecycleConfiguration.Rules').some((item) => all(
    item.get('Status').is('Enabled'),
    any([item.get('ExpirationInDays').atLeast(1), item.get('ExpirationDate').isPresent()]),
  ), 'no lifecycle rule expires objects').because('no enabled lifecycle rule expires objects'),
});

export const noncurrentExpiration = rule({
  id: 'S3.NoncurrentVersionsExpire',
  resourceTypes: BUCKET,
  title: 'Old versions expire',
  severity: 'low',
  criteria: { direct: [], supporting: ['C1.2', 'P4.3'] },
  rationale: 'In a versioned bucket a deleted object lives on as an old version, for ever unless a rule expires it. Some data must be kept for ever, so this is asked for where disposal is promised.',
  remediation: { construct: 'SecureBucket', l2: 'lifecycleRules: [{ noncurrentVersionExpiration }]', cfn: 'NoncurrentVersionExpiration in an Enabled rule of LifecycleConfiguration' },
  configRule: 'S3_VERSION_LIFECYCLE_POLICY_CHECK',
  sources: ['Amazon S3 user guide, "Managing the lifecycle of objects"'],
  onByDefault: false,
  check: (bucket) => applies(bucket.get('VersioningConfiguration.Status').is('Enabled'), 'the bucket keeps no versions', () =>
    bucket.get('LifecycleConfiguration.Rules').some((item) => all(
      item.get('Status').is('Enabled'),
      any([item.get('NoncurrentVersionExpiration').isPresent(), item.get('NoncurrentVersionExpirationInDays').isPresent()]),
    ), 'no lifecycle rule expires old versions')),
});

const CHANNELS = ['TopicConfigurations', 'QueueConfigurations', 'LambdaConfigurations', 'LambdaFunctionConfigurations'];

function notifies(configuration: Property): Truth {
  const bus = configuration.get('EventBridgeConfiguration');
  return any([...CHANNELS.map((name) => configuration.get(name).isPresent()), all(stands(bus), bus.get('EventBridgeEnabled').isNot(false))]);
}

export const eventNotifications = rule({
  id: 'S3.EventNotifications',
  resourceTypes: BUCKET,
  title: 'Bucket reports what happens to its objects',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC7.2'] },
  rationale: 'Events let a detection or a process act on objects as they come and go. Buckets that nothing listens to need none, so this is asked for.',
  remediation: { l2: 'eventBridgeEnabled: true', cfn: 'NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } }' },
  configRule: 'S3_EVENT_NOTIFICATIONS_ENABLED',
  sources: ['Amazon S3 user guide, "Amazon S3 Event Notifications"', 'AWS CDK, aws-s3 Bucket: notifications are set by a Custom::S3BucketNotifications resource'],
  onByDefault: false,
  check: (bucket, model) => any([bucket, ...model.referrers(bucket, 'Custom::S3BucketNotifications', 'BucketName')]
    .map((resource) => notifies(resource.get('NotificationConfiguration')))).because('NotificationConfiguration sends no events'),
});

export const noAutoDelete = rule({
  id: 'S3.NoAutoDelete',
  resourceTypes: BUCKET,
  title: 'Deleting the stack does not empty the bucket',
  severity: 'medium',
  criteria: { direct: ['A1.2'], supporting: ['PI1.5'] },
  rationale: 'CDK\'s autoDeleteObjects empties the bucket when its stack goes: a convenience of development that destroys data in production.',
  remediation: { construct: 'SecureBucket', l2: 'autoDeleteObjects: false', cfn: 'no Custom::S3AutoDeleteObjects resource for the bucket' },
  sources: ['AWS CDK API reference, aws-s3 Bucket, autoDeleteObjects'],
  check: (bucket, model) => not(isNamedBy(bucket, model, { type: 'Custom::S3AutoDeleteObjects', property: 'BucketName' }),
    'a custom resource empties the bucket when its stack is deleted'),
});

export const bucketRetained = rule({
  id: 'S3.Retained',
  resourceTypes: BUCKET,
  title: 'Bucket outlives its stack',
  severity: 'low',
  criteria: { direct: ['A1.2'], supporting: ['C1.1'] },
  rationale: 'CloudFormation deletes a bucket with its stack, or when a change replaces it. It does so only while the bucket is empty, which makes this a second line of defence.',
  remediation: { construct: 'SecureBucket', l2: 'removalPolicy: RemovalPolicy.RETAIN', cfn: 'DeletionPolicy and UpdateReplacePolicy: Retain' },
  sources: ['CloudFormation user guide, "DeletionPolicy attribute"'],
  onByDefault: false,
  check: (bucket) => retained(bucket),
});
