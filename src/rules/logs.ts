import { all, any, applies, not, ResourceReader, rule, Truth } from './kernel';
import { jsonAt } from './shared/json-text';
import { notPublic } from './shared/resource-policy';
import { retained as isRetained } from './shared/retention';

const GROUP = ['AWS::Logs::LogGroup'];
/** CDK's `logRetention` sets the period of a log group that a service makes. */
const PERIOD = [...GROUP, 'Custom::LogRetention'];

/** The values that CloudWatch Logs takes; any other is refused. */
const RETENTIONS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

export const retention = rule({
  id: 'Logs.Retention',
  resourceTypes: PERIOD,
  title: 'Log group says how long it keeps logs',
  severity: 'medium',
  criteria: { direct: ['CC7.2'], supporting: ['CC7.3', 'C1.2'] },
  rationale: 'A stated period shows that logs are there long enough for an inquiry and are disposed of afterwards; without one they are kept for ever.',
  remediation: { construct: 'SecureLogGroup', l2: 'retention: RetentionDays.ONE_YEAR', cfn: 'RetentionInDays: 365' },
  configRule: 'CW_LOGGROUP_RETENTION_PERIOD_CHECK',
  nagRules: ['CloudWatchLogGroupRetentionPeriod'],
  sources: [
    'AWS::Logs::LogGroup, RetentionInDays: possible values; never expires by default',
    'Amazon CloudWatch Logs API reference, CreateLogGroup: groups of class DELIVERY only pass logs on',
  ],
  check: (group) => applies(not(group.get('LogGroupClass').is('DELIVERY'), 'it only passes logs on'), 'a log group of class DELIVERY only passes logs on',
    () => statesPeriod(group).because('no retention period is set that CloudWatch Logs knows')),
});

/** CloudFormation refuses any other period, so one that deployment supplies is one of these. CDK's resource takes more, and one of those means for ever. */
function statesPeriod(group: ResourceReader): Truth {
  const period = group.get('RetentionInDays');
  return period.undecided && GROUP.includes(group.type) ? period.isPresent() : period.oneOf(RETENTIONS);
}

export const yearOfRetention = rule({
  id: 'Logs.RetentionOneYear',
  resourceTypes: PERIOD,
  title: 'Logs are kept for a year or more',
  severity: 'low',
  criteria: { direct: ['CC7.2'], supporting: ['CC7.3'] },
  rationale: 'A year covers the period of a type 2 report. It suits logs of security events, and is long for those of an application.',
  remediation: { construct: 'SecureLogGroup', l2: 'retention: RetentionDays.ONE_YEAR', cfn: 'RetentionInDays: 365' },
  configRule: 'CW_LOGGROUP_RETENTION_PERIOD_CHECK',
  sources: ['AWS Security Hub CloudWatch.16: at least 365 days'],
  onByDefault: false,
  check: (group) => applies(not(group.get('LogGroupClass').is('DELIVERY'), 'it only passes logs on'), 'a log group of class DELIVERY only passes logs on',
    () => any([group.get('RetentionInDays').isAbsent(), group.get('RetentionInDays').atLeast(365)]).because('logs are kept for less than a year')),
});

export const customerKey = rule({
  id: 'Logs.CustomerKey',
  resourceTypes: GROUP,
  title: 'Log group is encrypted with a named KMS key',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1', 'CC7.3'] },
  rationale: 'Logs are always encrypted; a key of one\'s own adds a policy and an audit trail of who read them.',
  remediation: { construct: 'SecureLogGroup', l2: 'encryptionKey', cfn: 'KmsKeyId' },
  configRule: 'CLOUDWATCH_LOG_GROUP_ENCRYPTED',
  nagRules: ['CloudWatchLogGroupEncrypted'],
  sources: ['Amazon CloudWatch Logs user guide, "Encrypt log data in CloudWatch Logs using AWS KMS"'],
  check: (group) => group.get('KmsKeyId').isPresent(),
});

export const deletionProtection = rule({
  id: 'Logs.DeletionProtection',
  resourceTypes: GROUP,
  title: 'Log group cannot be deleted by a slip',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC7.3'] },
  rationale: 'Logs of security events should outlive the stack that wrote them. For logs of an application it is a choice.',
  remediation: { cfn: 'DeletionProtectionEnabled: true' },
  sources: ['AWS::Logs::LogGroup, DeletionProtectionEnabled'],
  onByDefault: false,
  check: (group) => group.get('DeletionProtectionEnabled').isTrue(),
});

export const dataProtection = rule({
  id: 'Logs.DataProtection',
  resourceTypes: GROUP,
  title: 'Personal data in logs is masked',
  severity: 'low',
  criteria: { direct: ['C1.1'] },
  rationale: 'Masking keeps identifiers that slip into logs from everyone who may read logs. It is billed by volume and needs to know what to look for.',
  remediation: { l2: 'dataProtectionPolicy', cfn: 'DataProtectionPolicy, or an AWS::Logs::AccountPolicy for all log groups' },
  sources: ['Amazon CloudWatch Logs user guide, "Help protect sensitive log data with masking"'],
  onByDefault: false,
  check: (group, model) => any([
    group.get('DataProtectionPolicy').isPresent(),
    ...model.ofType('AWS::Logs::AccountPolicy').map((policy) => all(
      policy.get('PolicyType').is('DATA_PROTECTION_POLICY'), policy.get('PolicyDocument').isPresent(),
    )),
  ]).because('neither the log group nor its account has a data protection policy'),
});

export const retained = rule({
  id: 'Logs.Retained',
  resourceTypes: GROUP,
  title: 'Log group outlives its stack',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC7.3'] },
  rationale: 'Whoever may delete a stack deletes its logs with it, and with them what happened. For logs that nobody will ask for it only leaves litter.',
  remediation: { construct: 'SecureLogGroup', l2: 'removalPolicy: RemovalPolicy.RETAIN', cfn: 'DeletionPolicy: Retain and UpdateReplacePolicy: Retain' },
  sources: ['AWS CloudFormation user guide, "DeletionPolicy attribute": resources are deleted by default'],
  onByDefault: false,
  check: isRetained,
});

export const resourcePolicyNotPublic = rule({
  id: 'Logs.ResourcePolicyNotPublic',
  resourceTypes: ['AWS::Logs::ResourcePolicy', 'AWS::Logs::Destination'],
  title: 'Log policy does not admit everyone',
  severity: 'high',
  criteria: { direct: ['CC6.1'], supporting: ['CC6.6'] },
  rationale: 'Whoever may write to log groups can bury the traces of an attack in noise; a policy for * lets any account do so.',
  remediation: { l2: 'resourcePolicy with named principals', cfn: 'PolicyDocument (DestinationPolicy) whose Allow statements name their principals' },
  sources: ['Amazon CloudWatch Logs user guide, "Resource-based policies"'],
  check: (resource) => {
    const document = resource.get(resource.type === 'AWS::Logs::Destination' ? 'DestinationPolicy' : 'PolicyDocument');
    return applies(document.isPresent(), 'it holds no policy', () => notPublic(jsonAt(document, resource)));
  },
});
