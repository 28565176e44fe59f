import { all, any, applies, Evaluation, Property, ResourceReader, rule, Truth } from './kernel';
import { alarmOn } from './shared/alarm';
import { withDefault } from './shared/own-default';
import { ownKey } from './shared/own-key';
import { notPublic } from './shared/resource-policy';
import { retained } from './shared/retention';

const TABLE = ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'];
const ANY_TABLE = [...TABLE, 'AWS::Serverless::SimpleTable'];

/** What a table says of itself, a global table says of each replica. A global table without replicas says nothing. */
function everyReplica(table: ResourceReader, check: (replica: Property) => Truth): Truth {
  if (table.type !== 'AWS::DynamoDB::GlobalTable') return check(table.properties());
  const replicas = table.get('Replicas');
  return all(replicas.count(1), replicas.every(check));
}

export const kmsEncryption = rule({
  id: 'DynamoDB.KmsEncryption',
  resourceTypes: ANY_TABLE,
  title: 'Table encrypts with a KMS key of the account',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'DynamoDB always encrypts, with a key that AWS owns and nobody sees. A KMS key of the account leaves a record of each use in CloudTrail.',
  remediation: { construct: 'SecureTable', l2: 'encryption: TableEncryptionV2.customerManagedKey(key)', cfn: 'SSESpecification: { SSEEnabled: true }' },
  configRule: 'DYNAMODB_TABLE_ENCRYPTED_KMS',
  sources: ['Amazon DynamoDB developer guide, "DynamoDB encryption at rest"', 'AWS::DynamoDB::Table SSESpecification: KMS is the only type'],
  check: (table) => table.get('SSESpecification.SSEEnabled').isTrue(),
});

export const customerKey = rule({
  id: 'DynamoDB.CustomerKey',
  resourceTypes: ANY_TABLE,
  title: 'Table encrypts with a key of the organization',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'A key of one\'s own has a policy, rotation and a deletion procedure that the organization decides; the AWS managed key has none. Encryption as such holds without it.',
  remediation: { construct: 'SecureTable', l2: 'encryption: TableEncryptionV2.customerManagedKey(key)', cfn: 'KMSMasterKeyId in SSESpecification' },
  sources: ['Amazon DynamoDB developer guide, "DynamoDB encryption at rest"'],
  onByDefault: false,
  check: (table) => all(table.get('SSESpecification.SSEEnabled').isTrue(),
    everyReplica(table, (replica) => ownKey(replica.get('SSESpecification.KMSMasterKeyId'), 'dynamodb'))),
});

export const pointInTimeRecovery = rule({
  id: 'DynamoDB.PointInTimeRecovery',
  resourceTypes: ANY_TABLE,
  title: 'Table can be restored to any second',
  severity: 'medium',
  criteria: { direct: ['A1.2', 'PI1.5'], supporting: ['CC7.5'] },
  rationale: 'Continuous backups undo a faulty release or a malicious delete; without them what was overwritten is gone.',
  remediation: { construct: 'SecureTable', l2: 'pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true }', cfn: 'PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true }, in every replica' },
  configRule: 'DYNAMODB_PITR_ENABLED',
  nagRules: ['DynamoDBPITREnabled'],
  sources: ['Amazon DynamoDB developer guide, "Point-in-time backups for DynamoDB"'],
  check: (table) => everyReplica(table, (replica) => replica.get('PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled').isTrue()),
});

const isProtected = (table: ResourceReader): Truth => everyReplica(table, (replica) => replica.get('DeletionProtectionEnabled').isTrue());

export const deletionProtection = rule({
  id: 'DynamoDB.DeletionProtection',
  resourceTypes: TABLE,
  title: 'Table refuses to be deleted',
  severity: 'medium',
  criteria: { direct: ['A1.2'], supporting: ['C1.1'] },
  rationale: 'One mistaken call, or a change that replaces the table, would delete it with its data.',
  remediation: { construct: 'SecureTable', l2: 'deletionProtection: true', cfn: 'DeletionProtectionEnabled: true, in every replica' },
  configRule: 'DYNAMODB_TABLE_DELETION_PROTECTION_ENABLED',
  sources: ['Amazon DynamoDB developer guide, "Using deletion protection to protect your table"'],
  check: isProtected,
});

export const tableRetained = rule({
  id: 'DynamoDB.Retained',
  resourceTypes: ANY_TABLE,
  title: 'Table outlives its stack',
  severity: 'medium',
  criteria: { direct: ['A1.2'], supporting: ['C1.1'] },
  rationale: 'CloudFormation deletes a table with its stack, or when a change replaces it, unless it is told to keep it or the table refuses.',
  remediation: { construct: 'SecureTable', l2: 'removalPolicy: RemovalPolicy.RETAIN', cfn: 'DeletionPolicy and UpdateReplacePolicy: Retain' },
  sources: ['CloudFormation user guide, "DeletionPolicy attribute"'],
  check: (table) => any([retained(table), isProtected(table)]).because('DeletionPolicy and UpdateReplacePolicy do not both keep it, and it has no deletion protection'),
});

/** A scaling target of the table, not of one of its indexes, adjusts the dimension. */
function scales(table: ResourceReader, model: Evaluation, dimension: string): Truth {
  const targets = model.referrers(table, 'AWS::ApplicationAutoScaling::ScalableTarget', 'ResourceId');
  return any(targets.map((target) => target.get('ScalableDimension').is(`dynamodb:table:${dimension}`)), 'no scaling target adjusts it')
    .because(`no AWS::ApplicationAutoScaling::ScalableTarget adjusts ${dimension}`);
}

export const scalesWithDemand = rule({
  id: 'DynamoDB.ScalesWithDemand',
  resourceTypes: TABLE,
  title: 'Table\'s capacity follows demand',
  severity: 'low',
  criteria: { direct: ['A1.1'], supporting: ['A1.2'] },
  rationale: 'A table of fixed capacity refuses requests above it. On-demand mode or auto scaling keeps it available at peaks.',
  remediation: { construct: 'SecureTable', l2: 'billing: Billing.onDemand()', cfn: 'BillingMode: PAY_PER_REQUEST, or scaling targets for reads and writes' },
  configRule: 'DYNAMODB_AUTOSCALING_ENABLED',
  nagRules: ['DynamoDBAutoScalingEnabled'],
  sources: ['AWS::DynamoDB::Table, BillingMode: PROVISIONED by default', 'Amazon DynamoDB developer guide, "Managing throughput capacity automatically with DynamoDB auto scaling"'],
  check: (table, model) => {
    const mode = withDefault(table, 'BillingMode');
    const scaled = table.type === 'AWS::DynamoDB::GlobalTable'
      ? all(
        table.get('WriteProvisionedThroughputSettings.WriteCapacityAutoScalingSettings').isPresent(),
        everyReplica(table, (replica) => replica.get('ReadProvisionedThroughputSettings.ReadCapacityAutoScalingSettings').isPresent()),
      )
      : all(scales(table, model, 'ReadCapacityUnits'), scales(table, model, 'WriteCapacityUnits'));
    return any([mode.is('PAY_PER_REQUEST'), all(mode.is('PROVISIONED'), scaled)]);
  },
});

export const timeToLive = rule({
  id: 'DynamoDB.TimeToLive',
  resourceTypes: TABLE,
  title: 'Table expires items',
  severity: 'low',
  criteria: { direct: [], supporting: ['C1.2', 'P4.3'] },
  rationale: 'Items that expire by themselves show that somebody decided how long they are kept. Many tables hold what must never expire, so this is asked for where disposal is promised.',
  remediation: { construct: 'SecureTable', l2: 'timeToLiveAttribute', cfn: 'TimeToLiveSpecification: { Enabled: true, AttributeName }' },
  sources: ['Amazon DynamoDB developer guide, "Using time to live (TTL) in DynamoDB"'],
  onByDefault: false,
  check: (table) => table.get('TimeToLiveSpecification.Enabled').isTrue(),
});

export const policyNotPublic = rule({
  id: 'DynamoDB.PolicyNotPublic',
  resourceTypes: TABLE,
  title: 'Table policy allows no unbounded principal',
  severity: 'high',
  criteria: { direct: ['CC6.1', 'CC6.6'], supporting: ['CC6.3'] },
  rationale: 'A statement that allows everyone, with no condition on who calls, offers the table to every AWS account. DynamoDB refuses to attach most such policies; one in a template is wrong all the same.',
  remediation: { construct: 'SecureTable', l2: 'resourcePolicy that names its principals', cfn: 'ResourcePolicy whose Allow statements name their principals' },
  sources: ['Amazon DynamoDB developer guide, "Block public access with resource-based policies"'],
  check: (table) => {
    const replicas = table.type === 'AWS::DynamoDB::GlobalTable' ? table.get('Replicas') : undefined;
    const { items, open } = replicas?.list() ?? { items: [], open: undefined };
    const places = replicas ? items.flatMap((replica) => [replica.get('ResourcePolicy.PolicyDocument'), replica.get('ReplicaStreamSpecification.ResourcePolicy.PolicyDocument')])
      : [table.get('ResourcePolicy.PolicyDocument'), table.get('StreamSpecification.ResourcePolicy.PolicyDocument')];
    const more = open === undefined ? [] : [Truth.unknown(`Replicas: ${open}`)];
    return applies(any([...places.map((place) => place.isPresent()), ...more]), 'it has no policy',
      () => all(...places.filter((place) => !place.missing).map(notPublic), ...more));
  },
});

const THROTTLES = [
  'ThrottledRequests', 'ReadThrottleEvents', 'WriteThrottleEvents', 'ReadProvisionedThroughputThrottleEvents', 'WriteProvisionedThroughputThrottleEvents',
  'ReadKeyRangeThroughputThrottleEvents', 'WriteKeyRangeThroughputThrottleEvents', 'ReadMaxOnDemandThroughputThrottleEvents', 'WriteMaxOnDemandThroughputThrottleEvents',
  'ReadAccountLimitThrottleEvents', 'WriteAccountLimitThrottleEvents',
];

export const throttleAlarm = rule({
  id: 'DynamoDB.ThrottleAlarm',
  resourceTypes: ANY_TABLE,
  title: 'An alarm watches for throttled requests',
  severity: 'low',
  criteria: { direct: ['A1.1'], supporting: ['CC7.2', 'PI1.3'] },
  rationale: 'Throttled requests are how a table says that its capacity or its keys do not suffice. Many houses watch their tables elsewhere, so this is asked for.',
  remediation: {
    construct: 'ServiceAlarms',
    l2: 'metricThrottledRequestsForOperations().createAlarm()', cfn: 'an AWS::CloudWatch::Alarm on ReadThrottleEvents, WriteThrottleEvents or ThrottledRequests of the table',
  },
  configRule: 'CLOUDWATCH_ALARM_RESOURCE_CHECK',
  sources: ['Amazon DynamoDB developer guide, "DynamoDB metrics and dimensions"'],
  onByDefault: false,
  check: (table, model) => alarmOn([table], model, THROTTLES),
});
