import { ifProd, P, setting, subject } from './cases';
import { Case, fail, pass, verdicts } from './verdicts';
import { capacityAlarms, eventSubscriptionEnabled, failureEvents } from '../../src/rules/rds-monitoring';

const instance = subject('AWS::RDS::DBInstance', { Engine: 'mysql' });
const cluster = subject('AWS::RDS::DBCluster', { Engine: 'aurora-mysql' });
const mine = { Ref: 'Subject' };
const alarm = (MetricName: unknown, Value: unknown = mine) => ({ Type: 'AWS::CloudWatch::Alarm', Properties: { MetricName, Dimensions: [{ Name: 'DBInstanceIdentifier', Value }] } });
const both = { Cpu: alarm('CPUUtilization'), Storage: alarm('FreeStorageSpace') };

verdicts(capacityAlarms, {
  pass: {
    'both': instance({}, both),
    'Aurora needs the processor only': cluster({}, { Cpu: alarm('CPUUtilization') }),
    'Aurora Serverless': cluster({}, { Acu: alarm('ACUUtilization') }),
    'a Multi-AZ cluster': subject('AWS::RDS::DBCluster')({ Engine: 'mysql' }, both),
  },
  fail: {
    'none': instance(),
    'the processor only': instance({}, { Cpu: both.Cpu }),
    'storage only': instance({}, { Storage: both.Storage }),
    'a Multi-AZ cluster, the processor only': subject('AWS::RDS::DBCluster')({ Engine: 'mysql' }, { Cpu: both.Cpu }),
  },
  unknown: { 'the metric by parameter': instance({}, { ...both, Cpu: alarm(P) }), 'the engine by parameter': cluster({ Engine: P }, { Cpu: both.Cpu }) },
  notApplicable: { 'a member of a cluster': instance({ DBClusterIdentifier: 'c' }) },
  trap: {
    'those of another database': fail(instance({}, { Other: { Type: 'AWS::RDS::DBInstance' }, Cpu: alarm('CPUUtilization', { Ref: 'Other' }), Storage: both.Storage }), { message: /CPUUtilization/ }),
    'that of an instance of the cluster': pass(cluster({}, {
      Member: { Type: 'AWS::RDS::DBInstance', Properties: { DBClusterIdentifier: mine } }, Cpu: alarm('CPUUtilization', { Ref: 'Member' }),
    })),
    'in production only': fail(instance({}, { ...both, Cpu: { ...both.Cpu, Condition: 'IsProd' } }), { message: /IsProd is false/ }),
  },
});

const subscribed = (Properties: object = {}, database: (properties?: object, others?: Case) => Case = instance) =>
  database({}, { Subscription: { Type: 'AWS::RDS::EventSubscription', Properties: { SnsTopicArn: 'arn', ...Properties } } });

verdicts(failureEvents, {
  pass: {
    'all events': subscribed(),
    'failures of its kind': subscribed({ SourceType: 'db-instance', EventCategories: ['maintenance', 'failure'] }),
    'by name': subscribed({ SourceType: 'db-instance', SourceIds: [mine] }),
    'of a cluster': subscribed({ SourceType: 'db-cluster' }, cluster),
  },
  fail: {
    'other events': subscribed({ SourceType: 'db-instance', EventCategories: ['backup'] }),
    'of another kind': subscribed({ SourceType: 'db-cluster' }),
    'of parameter groups': subscribed({ SourceType: 'db-parameter-group' }, cluster),
    'switched off': subscribed({ Enabled: false }),
  },
  unknown: {
    'none is among the templates': instance(),
    'the kind by parameter': subscribed({ SourceType: P }),
    'the names by parameter': subscribed({ SourceType: 'db-instance', SourceIds: P }),
  },
  trap: {
    'of another database': fail(subscribed({ SourceType: 'db-instance', SourceIds: ['other'] })),
    'switched off in one branch': fail(subscribed({ Enabled: ifProd(true, 'false') }), { message: /IsProd is false/ }),
    'a member of a cluster has events of its own': pass(subscribed({ SourceType: 'db-instance' }, subject('AWS::RDS::DBInstance', { DBClusterIdentifier: 'c' }))),
    'the categories are empty: all': pass(subscribed({ EventCategories: [] })),
  },
});

verdicts(eventSubscriptionEnabled, setting(subject('AWS::RDS::EventSubscription'), 'Enabled', { good: true, bad: false, absent: 'pass' }));
