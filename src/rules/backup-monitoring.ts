import { tellsOfFailures } from './backup';
import { all, any, Property, ResourceReader, rule, Truth } from './kernel';
import { jsonAt } from './shared/json-text';

const GUIDE = 'AWS Backup developer guide';
const FAILED = ['FAILED', 'ABORTED', 'EXPIRED', 'PARTIAL'];

/** The pattern matches a failure: it names one, or matches by something else than a name. */
function matchesFailure(states: Property): Truth {
  return states.some((state) => (state.isMap ? Truth.YES : state.oneOf(FAILED)));
}

/** Backup and copy jobs have a state, restore jobs a status; alternatives stand in `$or`. What is not asked for is let through. */
function admitsFailures(detail: Property): Truth {
  const [state, status, alternatives] = ['state', 'status', '$or'].map((key) => detail.get(key));
  return any([
    all(state.isAbsent(), status.isAbsent(), alternatives.isAbsent()),
    matchesFailure(state),
    matchesFailure(status),
    alternatives.some((one) => any([matchesFailure(one.get('state')), matchesFailure(one.get('status'))])),
  ]);
}

function reportsFailures(eventRule: ResourceReader): Truth {
  const pattern = jsonAt(eventRule.get('EventPattern'), eventRule);
  const kinds = pattern.get('detail-type');
  return all(
    eventRule.get('State').isNot('DISABLED'),
    eventRule.get('Targets').count(1),
    pattern.get('source').some((source) => source.is('aws.backup')),
    any([kinds.isAbsent(), kinds.some((kind) => kind.is('Backup Job State Change'))]),
    admitsFailures(pattern.get('detail')),
  );
}

function watchesFailures(alarm: ResourceReader): Truth {
  return all(
    alarm.get('Namespace').is('AWS/Backup'),
    alarm.get('MetricName').oneOf(['NumberOfBackupJobsFailed', 'NumberOfBackupJobsAborted', 'NumberOfBackupJobsExpired']),
    alarm.get('ActionsEnabled').isNot(false),
    alarm.get('AlarmActions').count(1),
  );
}

export const failuresNotified = rule({
  id: 'Backup.FailuresNotified',
  resourceTypes: ['AWS::Backup::BackupPlan'],
  title: 'Somebody is told of failed backups',
  severity: 'low',
  criteria: { direct: [], supporting: ['A1.2', 'CC7.2'] },
  rationale: 'A backup that fails unseen is found out when it is needed. Who is told may be decided for the whole account elsewhere, so this is asked for.',
  remediation: { construct: 'RecoveryPlan', l2: 'notificationTopic', cfn: 'an AWS::Events::Rule for aws.backup and failed states, an alarm on NumberOfBackupJobsFailed, or Notifications of the vault' },
  sources: [`${GUIDE}, "Monitoring AWS Backup events using Amazon EventBridge"`, `${GUIDE}, "AWS Backup metrics with CloudWatch"`],
  onByDefault: false,
  check: (_plan, model) => any([
    ...model.ofType('AWS::Events::Rule').map((one) => reportsFailures(one)),
    ...model.ofType('AWS::CloudWatch::Alarm').map(watchesFailures),
    ...model.ofType('AWS::Backup::BackupVault', 'AWS::Backup::LogicallyAirGappedBackupVault').map(tellsOfFailures),
  ]).because('no event rule, alarm or vault of the templates reports failed backup jobs'),
});
