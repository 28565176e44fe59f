import { any, applies, Evaluation, not, ResourceReader, rule, Truth } from './kernel';

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

export const clusterMultiAz = rule({
  id: 'RDS.ClusterMultiAZ',
  resourceTypes: CLUSTER,
  title: 'Cluster has an instance to fail over to',
  severity: 'medium',
  criteria: { direct: ['A1.2'], supporting: ['CC9.1'] },
  rationale: 'The storage of a cluster spans zones, its instances do not: with a single instance the database is down until a new one has started.',
  remediation: { construct: 'SecureDatabase', l2: 'readers: [ClusterInstance.provisioned(…)]', cfn: 'two or more AWS::RDS::DBInstance of the cluster' },
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
