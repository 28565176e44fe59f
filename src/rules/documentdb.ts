import { twoMembers } from './aurora';
import { applies, not, rule } from './kernel';
import { parameterNamed, storageEncrypted as encrypted } from './shared/database';

const CLUSTER = ['AWS::DocDB::DBCluster'];

export const storageEncrypted = rule({
  id: 'DocDB.StorageEncrypted',
  resourceTypes: CLUSTER,
  title: 'DocumentDB storage is encrypted',
  severity: 'high',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'Encrypted storage keeps documents, indexes and snapshots unreadable without the key. It can be chosen only when the cluster is made.',
  remediation: { l2: 'storageEncrypted: true', cfn: 'StorageEncrypted: true' },
  configRule: 'DOCDB_CLUSTER_ENCRYPTED',
  nagRules: ['DocumentDBClusterEncryptionAtRest'],
  sources: ['AWS::DocDB::DBCluster, StorageEncrypted: inherited from a snapshot or source cluster'],
  check: (cluster) => encrypted(cluster),
});

export const customerKey = rule({
  id: 'DocDB.CustomerKey',
  resourceTypes: ['AWS::DocDB::DBCluster', 'AWS::DocDBElastic::Cluster'],
  title: 'DocumentDB is encrypted with a named KMS key',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'A key of one\'s own has a policy, rotation and an audit trail that the organization decides. Encryption as such holds without it.',
  remediation: { l2: 'kmsKey', cfn: 'KmsKeyId' },
  sources: ['Amazon DocumentDB developer guide, "Encrypting Amazon DocumentDB data at rest"'],
  onByDefault: false,
  check: (cluster) => cluster.get('KmsKeyId').isPresent(),
});

export const logExports = rule({
  id: 'DocDB.LogExports',
  resourceTypes: CLUSTER,
  title: 'DocumentDB audit logs go to CloudWatch Logs',
  severity: 'medium',
  criteria: { direct: ['CC7.2'], supporting: ['CC7.3'] },
  rationale: 'The audit log shows who signed in and changed what; it can be searched and alarmed on only once it is exported.',
  remediation: { l2: 'exportAuditLogsToCloudWatch: true', cfn: 'EnableCloudwatchLogsExports: [audit, profiler]' },
  configRule: 'DOCDB_CLUSTER_AUDIT_LOGGING_ENABLED',
  nagRules: ['DocumentDBClusterLogExports'],
  sources: ['Amazon DocumentDB developer guide, "Auditing Amazon DocumentDB events"'],
  check: (cluster) => cluster.get('EnableCloudwatchLogsExports').some((log) => log.is('audit')).because('the audit log is not exported'),
});

export const backupRetention = rule({
  id: 'DocDB.BackupRetention',
  resourceTypes: CLUSTER,
  title: 'DocumentDB backups are kept for a week or more',
  severity: 'medium',
  criteria: { direct: ['A1.2'], supporting: ['CC7.5'] },
  rationale: 'Damage is often noticed days later; a backup of yesterday then holds the damage too.',
  remediation: { l2: 'backup: { retention: Duration.days(35) }', cfn: 'BackupRetentionPeriod of 7 or more' },
  configRule: 'DOCDB_CLUSTER_BACKUP_RETENTION_CHECK',
  nagRules: ['DocumentDBClusterBackupRetentionPeriod'],
  sources: ['AWS::DocDB::DBCluster, BackupRetentionPeriod: default 1', 'AWS Security Hub DocumentDB.2: at least 7 days'],
  check: (cluster) => cluster.get('BackupRetentionPeriod').awsDefault(1, 'AWS::DocDB::DBCluster').atLeast(7),
});

export const deletionProtection = rule({
  id: 'DocDB.DeletionProtection',
  resourceTypes: CLUSTER,
  title: 'DocumentDB cluster cannot be deleted by a slip',
  severity: 'medium',
  criteria: { direct: ['A1.2'], supporting: ['C1.1'] },
  rationale: 'Deletion protection makes removing a cluster a step of its own, so that no stack update or script removes it along the way.',
  remediation: { l2: 'deletionProtection: true', cfn: 'DeletionProtection: true' },
  configRule: 'DOCDB_CLUSTER_DELETION_PROTECTION_ENABLED',
  sources: ['AWS::DocDB::DBCluster, DeletionProtection'],
  check: (cluster) => cluster.get('DeletionProtection').isTrue(),
});

export const tlsEnforced = rule({
  id: 'DocDB.TlsEnforced',
  resourceTypes: ['AWS::DocDB::DBClusterParameterGroup'],
  title: 'DocumentDB requires TLS',
  severity: 'high',
  criteria: { direct: ['CC6.7'] },
  rationale: 'TLS is required unless the parameter group turns it off; then passwords and documents may travel in the clear.',
  remediation: { l2: 'parameters: { tls: \'enabled\' }', cfn: 'Parameters: { tls: enabled }' },
  configRule: 'DOCDB_CLUSTER_ENCRYPTED_IN_TRANSIT',
  sources: ['Amazon DocumentDB developer guide, "Managing Amazon DocumentDB cluster TLS settings": tls is enabled by default'],
  check: (group) => not(
    parameterNamed(group.get('Parameters'), 'tls').awsDefault('enabled', 'Amazon DocumentDB developer guide').matches(/^disabled$/i, 'disabled'),
    'the parameter tls is disabled',
  ),
});

export const multiAz = rule({
  id: 'DocDB.MultiAZ',
  resourceTypes: CLUSTER,
  title: 'DocumentDB cluster has an instance to fail over to',
  severity: 'medium',
  criteria: { direct: ['A1.2'], supporting: ['CC9.1'] },
  rationale: 'The storage of a cluster spans zones, its instances do not: with a single instance the database is down until a new one has started.',
  remediation: { l2: 'instances: 2', cfn: 'two or more AWS::DocDB::DBInstance of the cluster' },
  sources: ['Amazon DocumentDB developer guide, "High availability and replication"'],
  check: (cluster, model) => twoMembers(cluster, model, 'AWS::DocDB::DBInstance'),
});

export const elasticBackupRetention = rule({
  id: 'DocDB.ElasticBackupRetention',
  resourceTypes: ['AWS::DocDBElastic::Cluster'],
  title: 'Elastic cluster snapshots are kept for a week or more',
  severity: 'medium',
  criteria: { direct: ['A1.2'], supporting: ['CC7.5'] },
  rationale: 'Damage is often noticed days later; a snapshot of yesterday then holds the damage too.',
  remediation: { cfn: 'BackupRetentionPeriod of 7 or more' },
  sources: ['AWS::DocDBElastic::Cluster, BackupRetentionPeriod'],
  check: (cluster) => applies(
    cluster.get('BackupRetentionPeriod').isPresent(), 'the retention is left to the service', () => cluster.get('BackupRetentionPeriod').atLeast(7),
  ),
});
