import { twoMembers } from './aurora';
import { awsDefaults } from './aws-defaults';
import { all, applies, not, rule } from './kernel';
import { caCurrent, parameterNamed, storageEncrypted as encrypted } from './shared/database';
import { ownKey } from './shared/own-key';

const CLUSTER = ['AWS::DocDB::DBCluster'];
const GLOBAL = 'AWS::DocDB::GlobalCluster';

export const storageEncrypted = rule({
  id: 'DocDB.StorageEncrypted',
  resourceTypes: [...CLUSTER, GLOBAL],
  title: 'DocumentDB storage is encrypted',
  severity: 'high',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'Encrypted storage keeps documents, indexes and snapshots unreadable without the key. It can be chosen only when the cluster is made.',
  remediation: { construct: 'SecureDocumentCluster', l2: 'storageEncrypted: true', cfn: 'StorageEncrypted: true' },
  configRule: 'DOCDB_CLUSTER_ENCRYPTED',
  nagRules: ['DocumentDBClusterEncryptionAtRest'],
  sources: ['AWS::DocDB::DBCluster, StorageEncrypted: inherited from a snapshot or source cluster'],
  check: (cluster) => encrypted(cluster),
});

export const customerKey = rule({
  id: 'DocDB.CustomerKey',
  resourceTypes: ['AWS::DocDB::DBCluster', 'AWS::DocDBElastic::Cluster'],
  title: 'DocumentDB is encrypted with a KMS key of the organization',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'A key of one\'s own has a policy, rotation and an audit trail that the organization decides. Encryption as such holds without it.',
  remediation: { construct: 'SecureDocumentCluster', l2: 'kmsKey', cfn: 'KmsKeyId' },
  sources: ['Amazon DocumentDB developer guide, "Encrypting Amazon DocumentDB data at rest"'],
  onByDefault: false,
  check: (cluster) => all(ownKey(cluster.get('KmsKeyId'), 'rds'), not(cluster.get('StorageEncrypted').isFalse(), 'StorageEncrypted is false: no key is used')),
});

export const logExports = rule({
  id: 'DocDB.LogExports',
  resourceTypes: CLUSTER,
  title: 'DocumentDB audit logs go to CloudWatch Logs',
  severity: 'medium',
  criteria: { direct: ['CC7.2'], supporting: ['CC7.3'] },
  rationale: 'The audit log shows who signed in and changed what; it can be searched and alarmed on only once it is exported.',
  remediation: { construct: 'SecureDocumentCluster', l2: 'exportAuditLogsToCloudWatch: true', cfn: 'EnableCloudwatchLogsExports: [audit, profiler]' },
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
  remediation: { construct: 'SecureDocumentCluster', l2: 'backup: { retention: Duration.days(35) }', cfn: 'BackupRetentionPeriod of 7 or more' },
  configRule: 'DOCDB_CLUSTER_BACKUP_RETENTION_CHECK',
  nagRules: ['DocumentDBClusterBackupRetentionPeriod'],
  sources: ['AWS::DocDB::DBCluster, BackupRetentionPeriod: default 1', 'AWS Security Hub DocumentDB.2: at least 7 days'],
  check: (cluster) => cluster.get('BackupRetentionPeriod').awsDefault(awsDefaults['AWS::DocDB::DBCluster.BackupRetentionPeriod']).atLeast(7),
});

export const deletionProtection = rule({
  id: 'DocDB.DeletionProtection',
  resourceTypes: [...CLUSTER, GLOBAL],
  title: 'DocumentDB cluster cannot be deleted by a slip',
  severity: 'medium',
  criteria: { direct: ['A1.2'], supporting: ['C1.1'] },
  rationale: 'Deletion protection makes removing a cluster a step of its own, so that no stack update or script removes it along the way.',
  remediation: { construct: 'SecureDocumentCluster', l2: 'deletionProtection: true', cfn: 'DeletionProtection: true' },
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
  remediation: { construct: 'SecureDocumentCluster', l2: 'parameters: { tls: \'enabled\' }', cfn: 'Parameters: { tls: enabled }' },
  configRule: 'DOCDB_CLUSTER_ENCRYPTED_IN_TRANSIT',
  sources: ['Amazon DocumentDB developer guide, "Managing Amazon DocumentDB cluster TLS settings": tls is enabled by default'],
  check: (group) => not(
    parameterNamed(group.get('Parameters'), 'tls').awsDefault(awsDefaults['AWS::DocDB::DBClusterParameterGroup.Parameters.tls']).matches(/^disabled$/i, 'disabled'),
    'the parameter tls is disabled',
  ),
});

export const caCertificateCurrent = rule({
  id: 'DocDB.CaCertificateCurrent',
  resourceTypes: ['AWS::DocDB::DBInstance'],
  title: 'Certificate authority of the instance has not expired',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC6.7'] },
  rationale: 'Clients that verify the server cannot connect under an expired authority, and so somebody turns verification off.',
  remediation: {
    construct: 'SecureDocumentCluster', l2: 'caCertificate: CaCertificate.RDS_CA_RSA2048_G1',
    cfn: 'CACertificateIdentifier: rds-ca-rsa2048-g1, rds-ca-rsa4096-g1 or rds-ca-ecc384-g1',
  },
  sources: ['Amazon DocumentDB developer guide, "Updating your Amazon DocumentDB TLS certificates": rds-ca-2019 expired in August 2024'],
  check: (instance) => caCurrent(instance.get('CACertificateIdentifier').awsDefault(awsDefaults['AWS::DocDB::DBInstance.CACertificateIdentifier'])),
});

export const multiAz = rule({
  id: 'DocDB.MultiAZ',
  resourceTypes: CLUSTER,
  title: 'DocumentDB cluster has an instance to fail over to',
  severity: 'medium',
  criteria: { direct: ['A1.2'], supporting: ['CC9.1'] },
  rationale: 'The storage of a cluster spans zones, its instances do not: with a single instance the database is down until a new one has started.',
  remediation: { construct: 'SecureDocumentCluster', l2: 'instances: 2', cfn: 'two or more AWS::DocDB::DBInstance of the cluster' },
  sources: ['Amazon DocumentDB developer guide, "High availability and replication"'],
  check: (cluster, model) => twoMembers(cluster, model, 'AWS::DocDB::DBInstance'),
});

export const nonDefaultPort = rule({
  id: 'DocDB.NonDefaultPort',
  resourceTypes: CLUSTER,
  title: 'DocumentDB does not listen on port 27017',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC6.6'] },
  rationale: 'Another port hides a database from careless scans only; whoever can reach it finds it. Network rules are the control.',
  remediation: { l2: 'port', cfn: 'Port other than the usual one' },
  nagRules: ['DocumentDBClusterNonDefaultPort'],
  sources: ['AWS::DocDB::DBCluster, Port', 'Amazon DocumentDB API reference, CreateDBCluster: 27017 by default'],
  onByDefault: false,
  check: (cluster) => {
    const port = cluster.get('Port');
    return all(port.isPresent().because('Port is absent: the usual 27017'), port.isNot(27017));
  },
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
