import { awsDefaults } from './aws-defaults';
import { all, applies, environmentRule, not, rule, Truth } from './kernel';
import { bucketNamed } from './shared/log-bucket';
import { recordsDataEvents, recordsManagementEvents, recordsSomeManagementEvents } from './shared/trail-events';

const TRAIL = ['AWS::CloudTrail::Trail'];
const STORE = ['AWS::CloudTrail::EventDataStore'];

export const isLogging = rule({
  id: 'CloudTrail.Logging',
  resourceTypes: TRAIL,
  title: 'Trail is recording',
  severity: 'high',
  criteria: { direct: ['CC7.2'], supporting: ['CC2.1', 'CC7.3'] },
  rationale: 'A trail that is switched off records nothing of who did what in the account.',
  remediation: { construct: 'AuditTrail', l2: 'new Trail(…), which is logging', cfn: 'IsLogging: true' },
  configRule: 'CLOUD_TRAIL_ENABLED',
  sources: ['AWS::CloudTrail::Trail, IsLogging', 'CIS AWS Foundations 3.1'],
  check: (trail) => trail.get('IsLogging').isTrue(),
});

export const multiRegion = rule({
  id: 'CloudTrail.MultiRegion',
  resourceTypes: TRAIL,
  title: 'Trail covers all Regions and the global services',
  severity: 'high',
  criteria: { direct: ['CC7.2'], supporting: ['CC2.1'] },
  rationale: 'Attackers use the Region where nobody looks, and changes of IAM are recorded by global service events only.',
  remediation: { construct: 'AuditTrail', l2: 'isMultiRegionTrail: true', cfn: 'IsMultiRegionTrail: true and IncludeGlobalServiceEvents: true' },
  configRule: 'MULTI_REGION_CLOUD_TRAIL_ENABLED',
  sources: ['AWS::CloudTrail::Trail, IsMultiRegionTrail: false by default', 'CIS AWS Foundations 3.1'],
  check: (trail) => all(
    trail.get('IsMultiRegionTrail').isTrue(),
    // The template must not switch global events off; a multi-Region trail has them by itself.
    not(trail.get('IncludeGlobalServiceEvents').isFalse(), 'global service events are left out'),
  ),
});

export const logFileValidation = rule({
  id: 'CloudTrail.LogFileValidation',
  resourceTypes: TRAIL,
  title: 'Changes of log files can be detected',
  severity: 'high',
  criteria: { direct: ['CC7.2'], supporting: ['CC7.3', 'CC2.1', 'PI1.5'] },
  rationale: 'Signed digests show whether a log file was altered or deleted after it was written; without them the record proves little.',
  remediation: { construct: 'AuditTrail', l2: 'enableFileValidation: true', cfn: 'EnableLogFileValidation: true' },
  configRule: 'CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED',
  nagRules: ['CloudTrailLogFileValidationEnabled'],
  sources: ['AWS::CloudTrail::Trail, EnableLogFileValidation: false by default', 'CIS AWS Foundations 3.2'],
  check: (trail) => trail.get('EnableLogFileValidation').isTrue(),
});

export const customerKey = rule({
  id: 'CloudTrail.CustomerKey',
  resourceTypes: TRAIL,
  title: 'Log files are encrypted with a named KMS key',
  severity: 'medium',
  criteria: { direct: ['CC6.1'], supporting: ['CC7.3', 'C1.1'] },
  rationale: 'With a key of its own, reading the trail takes a right on the key beside one on the bucket, and every use of the key is recorded.',
  remediation: { construct: 'AuditTrail', l2: 'encryptionKey', cfn: 'KMSKeyId' },
  configRule: 'CLOUD_TRAIL_ENCRYPTION_ENABLED',
  nagRules: ['CloudTrailEncryptionEnabled'],
  sources: ['AWS CloudTrail user guide, "Encrypting CloudTrail log files with AWS KMS keys"', 'CIS AWS Foundations 3.5'],
  check: (trail) => trail.get('KMSKeyId').isPresent(),
});

export const cloudWatchLogs = rule({
  id: 'CloudTrail.CloudWatchLogs',
  resourceTypes: TRAIL,
  title: 'Trail is delivered to CloudWatch Logs',
  severity: 'medium',
  criteria: { direct: ['CC7.2'], supporting: ['CC7.3'] },
  rationale: 'Metric filters and alarms on what happens in the account need the trail in CloudWatch Logs; files in a bucket alarm nobody.',
  remediation: { construct: 'AuditTrail', l2: 'sendToCloudWatchLogs: true', cfn: 'CloudWatchLogsLogGroupArn and CloudWatchLogsRoleArn' },
  configRule: 'CLOUD_TRAIL_CLOUD_WATCH_LOGS_ENABLED',
  nagRules: ['CloudTrailCloudWatchLogsEnabled'],
  sources: ['AWS CloudTrail user guide, "Sending events to CloudWatch Logs"', 'AWS Security Hub CloudTrail.5'],
  check: (trail) => trail.get('CloudWatchLogsLogGroupArn').isPresent(),
});

export const managementEvents = rule({
  id: 'CloudTrail.ManagementEvents',
  resourceTypes: TRAIL,
  title: 'Trail records management events, reads and writes',
  severity: 'medium',
  criteria: { direct: ['CC7.2'], supporting: ['CC2.1', 'CC7.3'] },
  rationale: 'Who changed what in the account stands in management events; a selector that is meant for data events may leave them out unnoticed.',
  remediation: { construct: 'AuditTrail', l2: 'managementEvents: ReadWriteType.ALL', cfn: 'EventSelectors with IncludeManagementEvents: true and ReadWriteType: All' },
  sources: ['AWS CloudTrail user guide, "Logging management events"', 'CIS AWS Foundations 3.1'],
  check: (trail, model) => {
    const records = recordsManagementEvents(trail);
    const another = model.ofType(...TRAIL).some((other) => other.resource !== trail.resource && recordsManagementEvents(other).yes);
    return records.no && another ? Truth.skip('another trail of these templates records management events') : records;
  },
});

export const multiRegionTrailExists = environmentRule({
  id: 'CloudTrail.MultiRegionTrailExists',
  resourceTypes: TRAIL,
  within: 'account',
  title: 'A trail records every Region, with signed log files',
  severity: 'high',
  criteria: { direct: ['CC7.2'], supporting: ['CC2.1', 'CC7.3'] },
  rationale: 'An inquiry needs one complete record that nobody can alter unseen: of all Regions, switched on, with digests of its files.',
  remediation: { construct: 'AuditTrail', l2: 'new Trail(this, …)', cfn: 'an AWS::CloudTrail::Trail with IsLogging, IsMultiRegionTrail and EnableLogFileValidation: true' },
  configRule: 'MULTI_REGION_CLOUD_TRAIL_ENABLED',
  sources: ['CIS AWS Foundations 3.1 and 3.2', 'AWS Security Hub CloudTrail.1 and CloudTrail.4'],
  // A trail for data events alone is kept beside the one that counts.
  candidate: recordsManagementEvents,
  check: (trail) => all(...['IsLogging', 'IsMultiRegionTrail', 'EnableLogFileValidation'].map((name) => trail.get(name).isTrue())),
});

export const s3DataEvents = rule({
  id: 'CloudTrail.S3DataEvents',
  resourceTypes: TRAIL,
  title: 'Reading and writing of objects is recorded',
  severity: 'low',
  criteria: { direct: ['CC7.2'], supporting: ['CC2.1', 'PI1.2'] },
  rationale: 'A trail records the settings of buckets by itself; who read or changed which object is recorded only when data events are.',
  remediation: { construct: 'AuditTrail', l2: 's3DataEvents: true (AuditTrail), or trail.logAllS3DataEvents(); data events are billed', cfn: 'EventSelectors (AdvancedEventSelectors) with AWS::S3::Object' },
  configRule: 'CLOUDTRAIL_S3_DATAEVENTS_ENABLED',
  sources: ['AWS CloudTrail user guide, "Logging data events"', 'CIS AWS Foundations 3.8 and 3.9'],
  check: (trail) => recordsDataEvents(trail, 'AWS::S3::Object'),
});

export const lambdaDataEvents = rule({
  id: 'CloudTrail.LambdaDataEvents',
  resourceTypes: TRAIL,
  title: 'Invocations of functions are recorded',
  severity: 'low',
  criteria: { direct: ['CC7.2'] },
  rationale: 'Shows who invoked which function. Costly where functions are called often, and their own logs say most of it.',
  remediation: { construct: 'AuditTrail', l2: 'trail.logAllLambdaDataEvents()', cfn: 'EventSelectors (AdvancedEventSelectors) with AWS::Lambda::Function' },
  sources: ['AWS CloudTrail user guide, "Logging data events"'],
  onByDefault: false,
  check: (trail) => recordsDataEvents(trail, 'AWS::Lambda::Function'),
});

export const insights = rule({
  id: 'CloudTrail.Insights',
  resourceTypes: [...TRAIL, ...STORE],
  title: 'Unusual rates of API calls and errors are detected',
  severity: 'low',
  criteria: { direct: ['CC7.2'] },
  rationale: 'Insights points at bursts of calls and errors that differ from the usual. It is billed by event, and other detectors may do as much.',
  remediation: { construct: 'AuditTrail', l2: 'insightTypes: [InsightType.API_CALL_RATE, InsightType.API_ERROR_RATE]', cfn: 'InsightSelectors' },
  sources: ['AWS CloudTrail user guide, "Working with CloudTrail Insights"'],
  onByDefault: false,
  check: (trail) => applies(recordsSomeManagementEvents(trail), 'it records no management events, which Insights are drawn from',
    () => trail.get('InsightSelectors').count(1).because('no insight is selected')),
});

export const notifies = rule({
  id: 'CloudTrail.SnsTopic',
  resourceTypes: TRAIL,
  title: 'Trail announces new log files',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC7.2'] },
  rationale: 'Lets other systems pick up log files as they come. It tells nobody what happened, so it is plumbing rather than a safeguard.',
  remediation: { l2: 'snsTopic', cfn: 'SnsTopicName' },
  sources: ['AWS CloudTrail user guide, "Configuring Amazon SNS notifications for CloudTrail"'],
  onByDefault: false,
  check: (trail) => trail.get('SnsTopicName').isPresent(),
});

const BLOCKS = ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'];

export const bucketProtected = rule({
  id: 'CloudTrail.BucketProtected',
  resourceTypes: TRAIL,
  title: 'Bucket of the trail is private and logs its readers',
  severity: 'medium',
  criteria: { direct: ['CC7.2'], supporting: ['CC6.1', 'CC7.3', 'PI1.5'] },
  rationale: 'The trail is a map of the account: strangers must not read it, and it should be known who did.',
  remediation: { construct: 'AuditTrail', l2: 'bucket: new SecureBucket(…)', cfn: 'PublicAccessBlockConfiguration and LoggingConfiguration of the bucket' },
  configRule: 'CLOUDTRAIL_S3_BUCKET_PUBLIC_ACCESS_PROHIBITED',
  sources: ['CIS AWS Foundations 3.3 and 3.6', 'AWS announcement "Amazon S3 security best practices are enabled by default", April 2023: for new buckets only'],
  check: (trail, model) => {
    const bucket = bucketNamed(trail.get('S3BucketName'), model);
    if (!bucket) return Truth.unknown('the bucket of the trail is not among the templates given');
    // When a bucket was made, a template does not say, and within a configuration a setting that is left out is false.
    return all(
      ...BLOCKS.map((block) => bucket.get(`PublicAccessBlockConfiguration.${block}`).isTrue()),
      bucket.get('LoggingConfiguration').isPresent().because(`bucket ${bucket.logicalId} keeps no access log`),
    );
  },
});

export const eventDataStore = rule({
  id: 'CloudTrail.EventDataStore',
  resourceTypes: STORE,
  title: 'Event data store covers all Regions and cannot be deleted by a slip',
  severity: 'low',
  criteria: { direct: ['CC7.2'], supporting: ['CC7.3'] },
  rationale: 'A store for one Region misses what happens in the others, and one that can be deleted can be lost when it is needed.',
  remediation: { cfn: 'MultiRegionEnabled: true and TerminationProtectionEnabled: true' },
  configRule: 'CLOUDTRAIL_EVENT_DATA_STORE_MULTI_REGION',
  sources: ['AWS::CloudTrail::EventDataStore: both are true by default'],
  check: (store) => all(
    ...(['MultiRegionEnabled', 'TerminationProtectionEnabled'] as const).map((name) => store.get(name).awsDefault(awsDefaults[`AWS::CloudTrail::EventDataStore.${name}`]).isTrue()),
  ),
});

export const eventDataStoreKey = rule({
  id: 'CloudTrail.EventDataStoreKey',
  resourceTypes: STORE,
  title: 'Event data store is encrypted with a named KMS key',
  severity: 'low',
  criteria: { direct: ['CC6.1'] },
  rationale: 'A store is always encrypted; a key of one\'s own adds a policy and an audit trail of who read it.',
  remediation: { cfn: 'KmsKeyId' },
  configRule: 'EVENT_DATA_STORE_CMK_ENCRYPTION_ENABLED',
  sources: ['AWS CloudTrail user guide, "Event data stores"'],
  onByDefault: false,
  check: (store) => store.get('KmsKeyId').isPresent(),
});

export const organizationTrail = rule({
  id: 'CloudTrail.OrganizationTrail',
  resourceTypes: TRAIL,
  title: 'Trail covers every account of the organization',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC7.2'] },
  rationale: 'One trail made in the management account covers accounts that are added later. Only that account can make it, so it is asked for by choice.',
  remediation: { construct: 'AuditTrail', l2: 'isOrganizationTrail: true', cfn: 'IsOrganizationTrail: true' },
  sources: ['AWS CloudTrail user guide, "Creating a trail for an organization"'],
  onByDefault: false,
  check: (trail) => trail.get('IsOrganizationTrail').isTrue(),
});
