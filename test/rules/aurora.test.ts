import { ifProd, P, setting, subject } from './cases';
import { fail, pass, unknown, verdicts } from './verdicts';
import { auroraMySqlAuditLog, backtrack, clusterMultiAz } from '../../src/rules/aurora';

const mysql = subject('AWS::RDS::DBCluster', { Engine: 'aurora-mysql' });
const postgres = subject('AWS::RDS::DBCluster', { Engine: 'aurora-postgresql' });
const instances = (...clusters: unknown[]) => Object.fromEntries(
  clusters.map((DBClusterIdentifier, at) => [`I${at}`, { Type: 'AWS::RDS::DBInstance', Properties: { DBClusterIdentifier } }]),
);
const mine = { Ref: 'Subject' };

verdicts(backtrack, setting(mysql, 'BacktrackWindow', {
  good: 86400,
  bad: 0,
  fail: { 'the older engine name': subject('AWS::RDS::DBCluster', { Engine: 'aurora' })() },
  notApplicable: { 'Aurora PostgreSQL': postgres() },
  trap: { 'absent, of an engine by parameter': unknown(subject('AWS::RDS::DBCluster', { Engine: P })()) },
}));

verdicts(clusterMultiAz, {
  pass: {
    'two instances': postgres({}, instances(mine, mine)),
    'a Multi-AZ DB cluster makes its own': subject('AWS::RDS::DBCluster')({ Engine: 'mysql', DBClusterInstanceClass: 'db.m6gd.large' }),
  },
  fail: { 'one instance': postgres({}, instances(mine)) },
  unknown: { 'none among the templates': postgres() },
  notApplicable: { 'Aurora Serverless v1': mysql({ EngineMode: 'serverless' }, instances(mine)) },
  trap: {
    'two, of which one is of another cluster': fail(postgres({}, instances(mine, 'elsewhere'))),
    'by physical name': pass(postgres({ DBClusterIdentifier: 'payments' }, instances('payments', mine))),
    'the second in production only': fail(
      postgres({}, { ...instances(mine), I1: { ...instances(mine).I0, Condition: 'IsProd' } }), { message: /IsProd is false/ },
    ),
  },
});

const audited = (Parameters: unknown, more: object = {}) => mysql(
  { EnableCloudwatchLogsExports: ['audit'], DBClusterParameterGroupName: { Ref: 'Group' }, ...more }, { Group: { Type: 'AWS::RDS::DBClusterParameterGroup', Properties: { Parameters } } },
);
verdicts(auroraMySqlAuditLog, {
  pass: { 'written and exported': audited({ server_audit_logging: 1 }), 'as text': audited({ server_audit_logging: '1' }, { EnableCloudwatchLogsExports: ['error', 'audit'] }) },
  fail: {
    'neither': mysql(),
    'not exported': audited({ server_audit_logging: 1 }, { EnableCloudwatchLogsExports: ['error'] }),
    'not written, under the default group': mysql({ EnableCloudwatchLogsExports: ['audit'] }),
    'not written, under the default group by name': mysql({ EnableCloudwatchLogsExports: ['audit'], DBClusterParameterGroupName: 'default.aurora-mysql8.0' }),
    'not written, under a group that does not say so': audited({ require_secure_transport: 'ON' }),
  },
  unknown: {
    'a group that is made elsewhere': mysql({ EnableCloudwatchLogsExports: ['audit'], DBClusterParameterGroupName: 'house-rules' }),
    'the logs by parameter': audited({ server_audit_logging: 1 }, { EnableCloudwatchLogsExports: P }),
    'the switch by parameter': audited({ server_audit_logging: P }),
  },
  notApplicable: { 'Aurora PostgreSQL': postgres() },
  trap: { 'written in one branch only': fail(audited({ server_audit_logging: ifProd(1, 0) }), { message: /IsProd is false/ }) },
});
