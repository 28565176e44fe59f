import { all, any, applies, Evaluation, not, ResourceReader, rule, Truth } from './kernel';
import { isOn, parameterNamed } from './shared/database';

const CLUSTER = ['AWS::RDS::DBCluster'];

function isAuroraMySql(cluster: ResourceReader): Truth {
  // `aurora` alone was Aurora for MySQL 5.6.
  return any([cluster.get('Engine').is('aurora-mysql'), cluster.get('Engine').is('aurora')]);
}

export const backtrack = rule({
  id: 'RDS.AuroraBacktrack',
  resourceTypes: CLUSTER,
  title: 'Aurora MySQL cluster can be wound back',
  severity: 'low',
  criteria: { direct: [], supporting: ['A1.2', 'PI1.5'] },
  rationale: 'Backtrack undoes a bad change in minutes. Point-in-time restore covers the same risk more slowly, and backtrack excludes other features, so it is a choice.',
  remediation: { l2: 'backtrackWindow: Duration.hours(24)', cfn: 'BacktrackWindow above 0' },
  configRule: 'AURORA_MYSQL_BACKTRACKING_ENABLED',
  nagRules: ['AuroraMySQLBacktrack'],
  sources: ['AWS::RDS::DBCluster, BacktrackWindow: Aurora MySQL only, default 0'],
  onByDefault: false,
  check: (cluster) => applies(isAuroraMySql(cluster), 'only Aurora MySQL has backtrack', () => cluster.get('BacktrackWindow').atLeast(1)),
});

export const auroraMySqlAuditLog = rule({
  id: 'RDS.AuroraMySqlAuditLog',
  resourceTypes: CLUSTER,
  title: 'Aurora MySQL cluster writes and exports its audit log',
  severity: 'low',
  criteria: { direct: ['CC7.2'], supporting: ['CC7.3'] },
  rationale: 'The other logs of the engine tell of errors and slow queries; the audit log alone tells who signed in and what they did.',
  remediation: {
    construct: 'SecureDatabaseCluster',
    l2: 'cloudwatchLogsExports: [\'audit\'], and server_audit_logging in the parameterGroup',
    cfn: 'EnableCloudwatchLogsExports with audit, and server_audit_logging: 1 in the AWS::RDS::DBClusterParameterGroup',
  },
  configRule: 'RDS_AURORA_MYSQL_AUDIT_LOGGING_ENABLED',
  sources: [
    'Amazon Aurora user guide, "Using advanced auditing with an Amazon Aurora MySQL DB cluster": server_audit_logging is off by default',
    'AWS Security Hub RDS.34',
  ],
  check: (cluster, model) => applies(isAuroraMySql(cluster), 'only Aurora MySQL has this log', () => all(
    cluster.get('EnableCloudwatchLogsExports').some((log) => log.is('audit')).because('the audit log is not exported'),
    writesAuditLog(cluster, model),
  )),
});

/** The parameter group turns auditing on, which the default one does not. */
function writesAuditLog(cluster: ResourceReader, model: Evaluation): Truth {
  const name = cluster.get('DBClusterParameterGroupName');
  if (name.missing) return name.isPresent().because('no parameter group is named: the default one leaves server_audit_logging off');
  const groups = model.ofType('AWS::RDS::DBClusterParameterGroup');
  const group = groups.find((one) => name.names(one).yes);
  if (!group) return name.startsWith('default.').yes ? Truth.no('the default parameter group leaves server_audit_logging off') : Truth.unknown('the parameter group is not among the templates given');
  return isOn(parameterNamed(group.get('Parameters'), 'server_audit_logging')).because(`server_audit_logging is not on in ${group.logicalId}`);
}

export const clusterMultiAz = rule({
  id: 'RDS.ClusterMultiAZ',
  resourceTypes: CLUSTER,
  title: 'Cluster has an instance to fail over to',
  severity: 'medium',
  criteria: { direct: ['A1.2'], supporting: ['CC9.1'] },
  rationale: 'The storage of a cluster spans zones, its instances do not: with a single instance the database is down until a new one has started.',
  remediation: { construct: 'SecureDatabaseInstance', l2: 'readers: [ClusterInstance.provisioned(…)]', cfn: 'two or more AWS::RDS::DBInstance of the cluster' },
  configRule: 'RDS_CLUSTER_MULTI_AZ_ENABLED',
  sources: ['Amazon Aurora user guide, "High availability for Amazon Aurora"', 'AWS::RDS::DBCluster, DBClusterInstanceClass: of a Multi-AZ DB cluster'],
  check: (cluster, model) => applies(
    not(cluster.get('EngineMode').is('serverless'), 'Aurora Serverless v1'),
    'Aurora Serverless v1 moves to another zone by itself',
    // RDS makes the three instances of a Multi-AZ DB cluster itself.
    () => any([cluster.get('DBClusterInstanceClass').isPresent(), twoMembers(cluster, model, 'AWS::RDS::DBInstance')])
      .because('the cluster has fewer than two instances'),
  ),
});

/** Two instances of the cluster at least. Where none is among the templates, they may be made elsewhere. */
export function twoMembers(cluster: ResourceReader, model: Evaluation, type: string): Truth {
  const members = model.referrers(cluster, type, 'DBClusterIdentifier');
  if (members.length === 0) return Truth.unknown('no instance of the cluster is among the templates given');
  return Truth.of(members.length >= 2, 'the cluster has one instance');
}
