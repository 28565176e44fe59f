import { isCriterionId } from '../../src/criteria';
import * as defaults from '../../src/defaults';
import { Default } from '../../src/defaults';
import { ruleById } from '../../src/rules';
import { judge } from '../rules/verdicts';

const tables = Object.entries(defaults).filter(([name]) => name.endsWith('Defaults')) as [string, Record<string, Default<unknown>>][];
const all = tables.flatMap(([table, entries]) => Object.entries(entries).map(([name, one]): [string, Default<unknown>] => [`${table}.${name}`, one]));
const proofs = all.flatMap(([name, one]) => one.provenBy.map((rule): [string, string, Default<unknown>] => [name, rule, one]));

describe('every default', () => {
  test('is found', () => expect(all.length).toBeGreaterThan(70));

  test.each(proofs)('%s is proven by %s, which exists and maps to its criteria', (_, id, { criteria }) => {
    const { allCriteria } = ruleById(id);
    expect(criteria.filter((criterion) => !allCriteria.includes(criterion))).toEqual([]);
  });

  test.each(all)('%s names known criteria, a source and a reason', (_, { provenBy, criteria, source, reason }) => {
    expect(criteria.every(isCriterionId)).toBe(true);
    // Without a rule there is no claim, and without a claim no criterion.
    expect(criteria.length > 0).toBe(provenBy.length > 0);
    expect(source).toMatch(/\S{3}/);
    expect(reason).toMatch(/^[A-Z].*\.$/);
  });

  test('is frozen', () => {
    for (const [, one] of all) expect(Object.isFrozen(one)).toBe(true);
    for (const [, table] of tables) expect(Object.isFrozen(table)).toBe(true);
  });
});

describe('the least value of a default is the least that its rule accepts', () => {
  const subject = (Type: string, Properties: object) => ({ Subject: { Type, Properties } });
  const cases: Record<string, (value: number) => Record<string, unknown>> = {
    'KMS.DeletionWindow': (PendingWindowInDays) => subject('AWS::KMS::Key', { PendingWindowInDays }),
    'S3.DefaultRetention': (Days) => subject('AWS::S3::Bucket', { ObjectLockEnabled: true, ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days } } } }),
    'Cognito.PasswordPolicy': (MinimumLength) => subject('AWS::Cognito::UserPool', { Policies: { PasswordPolicy: { MinimumLength, RequireUppercase: true, RequireLowercase: true, RequireNumbers: true, RequireSymbols: true } } }),
    'Kinesis.Retention': (days) => subject('AWS::Kinesis::Stream', { RetentionPeriodHours: days * 24 }),
    'ElastiCache.Backup': (SnapshotRetentionLimit) => subject('AWS::ElastiCache::ReplicationGroup', { Engine: 'valkey', SnapshotRetentionLimit }),
    'OpenSearch.DedicatedMasters': (DedicatedMasterCount) => subject('AWS::OpenSearchService::Domain', { ClusterConfig: { DedicatedMasterEnabled: true, DedicatedMasterCount } }),
    'DocDB.BackupRetention': (BackupRetentionPeriod) => subject('AWS::DocDB::DBCluster', { BackupRetentionPeriod }),
    'Redshift.AutomatedSnapshots': (AutomatedSnapshotRetentionPeriod) => subject('AWS::Redshift::Cluster', { AutomatedSnapshotRetentionPeriod }),
    'Redshift.SnapshotRetention': (AutomatedSnapshotRetentionPeriod) => subject('AWS::Redshift::Cluster', { AutomatedSnapshotRetentionPeriod }),
    'Logs.RetentionOneYear': (RetentionInDays) => subject('AWS::Logs::LogGroup', { RetentionInDays }),
    'RDS.AutomatedBackups': (BackupRetentionPeriod) => subject('AWS::RDS::DBInstance', { Engine: 'postgres', BackupRetentionPeriod }),
    'RDS.BackupRetention': (BackupRetentionPeriod) => subject('AWS::RDS::DBInstance', { Engine: 'postgres', BackupRetentionPeriod }),
    'RDS.EnhancedMonitoring': (MonitoringInterval) => subject('AWS::RDS::DBInstance', { Engine: 'postgres', MonitoringInterval }),
    'Backup.VaultLock': (MinRetentionDays) => subject('AWS::Backup::BackupVault', { LockConfiguration: { MinRetentionDays } }),
    'Backup.PlanRetention': (DeleteAfterDays) => subject('AWS::Backup::BackupPlan', { BackupPlan: { BackupPlanRule: [{ Lifecycle: { DeleteAfterDays } }] } }),
  };
  const rows = all.flatMap(([name, { least = {}, value }]) => Object.entries(least)
    .map(([rule, bound]): [string, string, number, unknown] => [name, rule, bound, value]));
  test.each(rows)('%s, %s: %d', (_, id, bound, value) => {
    const verdict = (of: number): string => judge(ruleById(id), cases[id](of)).verdict;
    expect([verdict(bound), verdict(bound - 1), value as number >= bound]).toEqual(['pass', 'fail', true]);
  });
});
