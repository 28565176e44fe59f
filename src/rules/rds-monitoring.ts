import { awsDefaults } from './aws-defaults';
import { all, any, Evaluation, ResourceReader, rule, Truth } from './kernel';
import { alarmOn } from './shared/alarm';
import { unlessInCluster } from './shared/database';

const DATABASE = ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'];

export const capacityAlarms = rule({
  id: 'RDS.CapacityAlarms',
  resourceTypes: DATABASE,
  title: 'Alarms watch processor and storage',
  severity: 'low',
  criteria: { direct: ['A1.1'], supporting: ['CC7.2'] },
  rationale: 'A database that runs out of storage or processor stops serving; an alarm leaves time to act. Many houses watch their databases elsewhere, so this is asked for.',
  remediation: {
    construct: 'ServiceAlarms',
    l2: 'metricCPUUtilization().createAlarm(), metricFreeStorageSpace().createAlarm()',
    cfn: 'AWS::CloudWatch::Alarm on CPUUtilization and, but for Aurora, FreeStorageSpace of the database',
  },
  configRule: 'CLOUDWATCH_ALARM_RESOURCE_CHECK',
  sources: ['Amazon RDS user guide, "Amazon CloudWatch instance-level metrics for Amazon RDS"'],
  onByDefault: false,
  check: (database, model) => unlessInCluster(database, () => {
    const cluster = database.type === 'AWS::RDS::DBCluster';
    const watched = cluster ? [database, ...model.referrers(database, 'AWS::RDS::DBInstance', 'DBClusterIdentifier')] : [database];
    // The storage of Aurora grows by itself.
    const aurora = cluster ? database.get('Engine').startsWith('aurora') : Truth.no('it is not of Aurora');
    return all(
      alarmOn(watched, model, ['CPUUtilization', 'ACUUtilization']),
      aurora.yes ? Truth.YES : any([aurora, alarmOn(watched, model, ['FreeStorageSpace'])]),
    );
  }),
});

/** The subscription takes failures of the database: of its kind or of every kind, by name or of all. */
function takesFailures(subscription: ResourceReader, database: ResourceReader): Truth {
  const kind = database.type === 'AWS::RDS::DBCluster' ? 'db-cluster' : 'db-instance';
  const ids = subscription.get('SourceIds');
  const categories = subscription.get('EventCategories');
  return all(
    subscription.get('Enabled').awsDefault(awsDefaults['AWS::RDS::EventSubscription.Enabled']).isTrue(),
    any([subscription.get('SourceType').isAbsent(), subscription.get('SourceType').is(kind)]),
    any([ids.isAbsent(), ids.some((id) => id.names(database))]),
    any([categories.isAbsent(), categories.some((category) => category.is('failure'))]),
  );
}

export const failureEvents = rule({
  id: 'RDS.FailureEvents',
  resourceTypes: DATABASE,
  title: 'Somebody is told when the database fails',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC7.2', 'CC7.3'] },
  rationale: 'RDS reports failures as events, which nobody sees without a subscription. EventBridge rules, or a subscription of the whole account, do the same, so this is asked for.',
  remediation: { cfn: 'an enabled AWS::RDS::EventSubscription whose SourceType and EventCategories hold the failures of the database' },
  sources: ['Amazon RDS user guide, "Working with Amazon RDS event notification"', 'AWS Security Hub RDS.19 and RDS.20'],
  onByDefault: false,
  check: (database, model) => failuresTaken(database, model),
});

/** Where the templates hold no subscription, one of the account may take all events: nobody can tell from here. */
function failuresTaken(database: ResourceReader, model: Evaluation): Truth {
  const subscriptions = model.ofType('AWS::RDS::EventSubscription');
  if (subscriptions.length === 0) return Truth.unknown('no AWS::RDS::EventSubscription is among the templates given: one of the account may take the events');
  return any(subscriptions.map((one) => takesFailures(one, database))).because('no AWS::RDS::EventSubscription of the templates takes its failures');
}

export const eventSubscriptionEnabled = rule({
  id: 'RDS.EventSubscriptionEnabled',
  resourceTypes: ['AWS::RDS::EventSubscription'],
  title: 'Event subscription is not switched off',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC7.2', 'CC7.3'] },
  rationale: 'A subscription that was switched off for a maintenance and forgotten tells nobody anything, while the template looks as if it did.',
  remediation: { cfn: 'Enabled: true' },
  sources: ['AWS::RDS::EventSubscription, Enabled: true by default'],
  check: (subscription) => subscription.get('Enabled').awsDefault(awsDefaults['AWS::RDS::EventSubscription.Enabled']).isTrue(),
});
