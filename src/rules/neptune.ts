import { twoMembers } from './aurora';
import { awsDefaults } from './aws-defaults';
import { all, not, rule } from './kernel';
import { storageEncrypted as encrypted } from './shared/database';
import { ownKey } from './shared/own-key';

const CLUSTER = ['AWS::Neptune::DBCluster'];
const GLOBAL = 'AWS::Neptune::GlobalCluster';
const GRAPH = 'AWS::NeptuneGraph::Graph';

export const storageEncrypted = rule({
  id: 'Neptune.StorageEncrypted',
  resourceTypes: [...CLUSTER, GLOBAL],
  title: 'Neptune storage is encrypted',
  severity: 'high',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'Encrypted storage keeps the graph, its logs and snapshots unreadable without the key. It can be chosen only when the cluster is made.',
  remediation: { l2: 'storageEncrypted: true', cfn: 'StorageEncrypted: true' },
  configRule: 'NEPTUNE_CLUSTER_ENCRYPTED',
  nagRules: ['NeptuneClusterEncryptionAtRest'],
  sources: ['AWS::Neptune::DBCluster, StorageEncrypted: inherited from a snapshot or source cluster'],
  check: (cluster) => encrypted(cluster),
});

export const customerKey = rule({
  id: 'Neptune.CustomerKey',
  resourceTypes: [...CLUSTER, GRAPH],
  title: 'Neptune storage is encrypted with a KMS key of the organization',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'A key of one\'s own has a policy, rotation and an audit trail that the organization decides. Encryption as such holds without it.',
  remediation: { l2: 'kmsKey', cfn: 'KmsKeyId (KmsKeyIdentifier of a graph)' },
  sources: ['Amazon Neptune user guide, "Encrypting Neptune resources at rest"'],
  onByDefault: false,
  check: (cluster) => all(
    ownKey(cluster.get(cluster.type === GRAPH ? 'KmsKeyIdentifier' : 'KmsKeyId'), 'rds'),
    not(cluster.get('StorageEncrypted').isFalse(), 'StorageEncrypted is false: no key is used'),
  ),
});

export const auditLogs = rule({
  id: 'Neptune.AuditLogs',
  resourceTypes: CLUSTER,
  title: 'Neptune audit logs go to CloudWatch Logs',
  severity: 'medium',
  criteria: { direct: ['CC7.2'], supporting: ['CC7.3'] },
  rationale: 'The audit log shows who asked the database what; it can be searched and alarmed on only once it is exported.',
  remediation: { l2: 'cloudwatchLogsExports: [LogType.AUDIT]', cfn: 'EnableCloudwatchLogsExports: [audit]' },
  configRule: 'NEPTUNE_CLUSTER_CLOUDWATCH_LOG_EXPORT_ENABLED',
  sources: ['Amazon Neptune user guide, "Publishing Neptune logs to Amazon CloudWatch Logs"'],
  check: (cluster) => cluster.get('EnableCloudwatchLogsExports').some((log) => log.is('audit')).because('the audit log is not exported'),
});

export const backupRetention = rule({
  id: 'Neptune.BackupRetention',
  resourceTypes: CLUSTER,
  title: 'Neptune backups are kept for a week or more',
  severity: 'medium',
  criteria: { direct: ['A1.2'], supporting: ['CC7.5'] },
  rationale: 'Damage is often noticed days later; a backup of yesterday then holds the damage too.',
  remediation: { l2: 'backupRetention: Duration.days(35)', cfn: 'BackupRetentionPeriod of 7 or more' },
  configRule: 'NEPTUNE_CLUSTER_BACKUP_RETENTION_CHECK',
  nagRules: ['NeptuneClusterBackupRetentionPeriod'],
  sources: ['AWS::Neptune::DBCluster, BackupRetentionPeriod: default 1', 'AWS Security Hub Neptune.5: at least 7 days'],
  check: (cluster) => cluster.get('BackupRetentionPeriod').awsDefault(awsDefaults['AWS::Neptune::DBCluster.BackupRetentionPeriod']).atLeast(7),
});

export const iamAuthentication = rule({
  id: 'Neptune.IamAuthentication',
  resourceTypes: CLUSTER,
  title: 'Neptune asks callers for IAM credentials',
  severity: 'high',
  criteria: { direct: ['CC6.1'], supporting: ['CC6.3'] },
  rationale: 'Neptune has no passwords: without IAM authentication whoever reaches the port may read and change the graph.',
  remediation: { l2: 'iamAuthentication: true', cfn: 'IamAuthEnabled: true' },
  configRule: 'NEPTUNE_CLUSTER_IAM_DATABASE_AUTHENTICATION',
  nagRules: ['NeptuneClusterIAMAuth'],
  sources: ['Amazon Neptune user guide, "Authenticating your Amazon Neptune database with IAM"'],
  check: (cluster) => cluster.get('IamAuthEnabled').isTrue(),
});

export const deletionProtection = rule({
  id: 'Neptune.DeletionProtection',
  resourceTypes: [...CLUSTER, GLOBAL, GRAPH],
  title: 'Neptune cluster cannot be deleted by a slip',
  severity: 'medium',
  criteria: { direct: ['A1.2'], supporting: ['C1.1'] },
  rationale: 'Deletion protection makes removing a database a step of its own, so that no stack update or script removes it along the way.',
  remediation: { l2: 'deletionProtection: true', cfn: 'DeletionProtection: true' },
  configRule: 'NEPTUNE_CLUSTER_DELETION_PROTECTION_ENABLED',
  sources: ['AWS::Neptune::DBCluster, DeletionProtection'],
  check: (cluster) => cluster.get('DeletionProtection').isTrue(),
});

export const multiAz = rule({
  id: 'Neptune.MultiAZ',
  resourceTypes: CLUSTER,
  title: 'Neptune cluster has an instance to fail over to',
  severity: 'medium',
  criteria: { direct: ['A1.2'], supporting: ['CC9.1'] },
  rationale: 'The storage of a cluster spans zones, its instances do not: with a single instance the database is down until a new one has started.',
  remediation: { l2: 'instances: 2', cfn: 'two or more AWS::Neptune::DBInstance of the cluster' },
  configRule: 'NEPTUNE_CLUSTER_MULTI_AZ_ENABLED',
  nagRules: ['NeptuneClusterMultiAZ'],
  sources: ['Amazon Neptune user guide, "Fault tolerance for a Neptune DB cluster"'],
  check: (cluster, model) => twoMembers(cluster, model, 'AWS::Neptune::DBInstance'),
});

export const autoMinorVersionUpgrade = rule({
  id: 'Neptune.AutoMinorVersionUpgrade',
  resourceTypes: ['AWS::Neptune::DBInstance'],
  title: 'Minor engine versions are installed automatically',
  severity: 'medium',
  criteria: { direct: ['CC7.1'] },
  rationale: 'Minor versions carry the security fixes of the engine; automatic installation closes known holes without somebody having to notice them.',
  remediation: { l2: 'autoMinorVersionUpgrade: true', cfn: 'AutoMinorVersionUpgrade: true' },
  nagRules: ['NeptuneClusterAutomaticMinorVersionUpgrade'],
  sources: ['Amazon Neptune API reference, CreateDBInstance: AutoMinorVersionUpgrade is true by default'],
  check: (instance) => instance.get('AutoMinorVersionUpgrade').awsDefault(awsDefaults['AWS::Neptune::DBInstance.AutoMinorVersionUpgrade']).isTrue(),
});

export const copyTagsToSnapshot = rule({
  id: 'Neptune.CopyTagsToSnapshot',
  resourceTypes: CLUSTER,
  title: 'Snapshots carry the tags of the cluster',
  severity: 'low',
  criteria: { direct: [], supporting: ['C1.1'] },
  rationale: 'Snapshots that carry the tags of their database keep its data classification and owner.',
  remediation: { l2: 'copyTagsToSnapshot: true', cfn: 'CopyTagsToSnapshot: true' },
  configRule: 'NEPTUNE_CLUSTER_COPY_TAGS_TO_SNAPSHOT_ENABLED',
  sources: ['AWS::Neptune::DBCluster, CopyTagsToSnapshot'],
  onByDefault: false,
  check: (cluster) => cluster.get('CopyTagsToSnapshot').isTrue(),
});

export const graphNotPublic = rule({
  id: 'Neptune.GraphNotPublic',
  resourceTypes: [GRAPH],
  title: 'Neptune Analytics graph is not reachable from the internet',
  severity: 'high',
  criteria: { direct: ['CC6.6'], supporting: ['CC6.1'] },
  rationale: 'A public graph answers on the internet, with IAM as its only gate.',
  remediation: { cfn: 'PublicConnectivity: false, with an AWS::NeptuneGraph::PrivateGraphEndpoint' },
  sources: ['AWS::NeptuneGraph::Graph, PublicConnectivity: not public by default'],
  check: (graph) => not(graph.get('PublicConnectivity').awsDefault(awsDefaults['AWS::NeptuneGraph::Graph.PublicConnectivity']).isTrue(), 'the graph is reachable from the internet'),
});

export const notPublic = rule({
  id: 'Neptune.NotPublic',
  resourceTypes: ['AWS::Neptune::DBInstance'],
  title: 'Neptune instance has no public address',
  severity: 'critical',
  criteria: { direct: ['CC6.6'], supporting: ['CC6.1'] },
  rationale: 'An instance with a public address is one security-group rule away from the whole internet.',
  remediation: { cfn: 'PubliclyAccessible: false' },
  sources: ['AWS::Neptune::DBInstance, PubliclyAccessible', 'Amazon Neptune user guide, "Neptune public endpoints": an instance has none unless asked for'],
  check: (instance) => not(
    instance.get('PubliclyAccessible').awsDefault(awsDefaults['AWS::Neptune::DBInstance.PubliclyAccessible']).isTrue(),
    'the instance gets a public address',
  ),
});
