import { defaults } from './default';
import { closedDatabaseEgress, closedDatabaseSubnets, closedSecurityGroup, inRecoveryPlan } from './store';

const AURORA = 'Amazon Aurora user guide';
const SECURITY_HUB = 'AWS Security Hub';

/** Secure defaults of an Aurora cluster. */
export const databaseClusterDefaults = defaults({
  storageEncrypted: {
    value: true,
    provenBy: ['RDS.StorageEncrypted'],
    criteria: ['CC6.1', 'C1.1'],
    source: `${AURORA}, "Encrypting Amazon Aurora resources": cannot be turned on later`,
    reason: 'Tables, logs and snapshots stay unreadable to whoever gets hold of a copy.',
  },
  storageEncryptionKey: {
    value: 'customer managed',
    provenBy: ['RDS.CustomerKey'],
    criteria: ['CC6.1', 'C1.1'],
    source: `${AURORA}, "Encrypting Amazon Aurora resources"`,
    reason: 'A key of one\'s own has a policy, rotation and an audit trail, and snapshots under it can be copied to another account.',
  },
  vpcSubnets: closedDatabaseSubnets,
  securityGroups: closedSecurityGroup,
  egress: closedDatabaseEgress,
  readers: {
    value: 'one like the writer, in another zone',
    provenBy: ['RDS.ClusterMultiAZ'],
    criteria: ['A1.2', 'CC9.1'],
    source: `${AURORA}, "High availability for Amazon Aurora"`,
    reason: 'A reader takes over within a minute; without one the database is down until a new instance has started.',
  },
  backupRetentionDays: {
    value: 35,
    provenBy: ['RDS.AutomatedBackups', 'RDS.BackupRetention'],
    criteria: ['A1.2', 'CC7.5'],
    source: `${AURORA}, "Overview of backing up and restoring an Aurora DB cluster": 1 to 35 days; ${SECURITY_HUB} RDS.11: at least 7`,
    reason: 'Damage is often noticed weeks later.',
    least: { 'RDS.AutomatedBackups': 1, 'RDS.BackupRetention': 7 },
    cfn: { BackupRetentionPeriod: 35 },
  },
  deleteAutomatedBackups: {
    value: false,
    provenBy: [],
    criteria: [],
    source: `${AURORA}, "Retaining automated backups"`,
    reason: 'The backups of a deleted cluster stay until they expire.',
    cfn: { DeleteAutomatedBackups: false },
  },
  copyTagsToSnapshot: {
    value: true,
    provenBy: ['RDS.CopyTagsToSnapshot'],
    criteria: ['C1.1'],
    source: `${AURORA}, "Tagging Amazon Aurora and Amazon RDS resources": copying tags to DB cluster snapshots`,
    reason: 'A snapshot keeps the classification of its data.',
    cfn: { CopyTagsToSnapshot: true },
  },
  deletionProtection: {
    value: true,
    provenBy: ['RDS.DeletionProtection'],
    criteria: ['A1.2', 'C1.1'],
    source: `${AURORA}, "Deleting Aurora DB clusters and DB instances": off by default in the API`,
    reason: 'Deleting the cluster becomes a step of its own.',
    cfn: { DeletionProtection: true },
  },
  removalPolicy: {
    value: 'SNAPSHOT',
    provenBy: [],
    criteria: [],
    source: 'AWS CloudFormation user guide, "DeletionPolicy attribute"',
    reason: 'A removed or replaced cluster leaves a last snapshot.',
    cfn: { DeletionPolicy: 'Snapshot', UpdateReplacePolicy: 'Snapshot' },
  },
  iamAuthentication: {
    value: true,
    provenBy: ['RDS.IamAuthentication'],
    criteria: ['CC6.1', 'CC6.2'],
    source: `${AURORA}, "IAM database authentication"`,
    reason: 'Access ends with the role, instead of living on in a password.',
    cfn: { EnableIAMDatabaseAuthentication: true },
  },
  manageMasterUserPassword: {
    value: true,
    provenBy: ['RDS.ManagedMasterPassword'],
    criteria: ['CC6.1', 'CC6.2'],
    source: `${AURORA}, "Password management with Amazon Aurora and AWS Secrets Manager": rotated every seven days`,
    reason: 'No password stands in the template, and Aurora rotates it without a function of one\'s own.',
  },
  masterUsername: {
    value: 'dbowner',
    provenBy: ['RDS.NonDefaultMasterUsername'],
    criteria: ['CC6.1'],
    source: `${SECURITY_HUB} RDS.24`,
    reason: 'A default name is half of what an attacker has to guess.',
  },
  tlsRequired: {
    value: true,
    provenBy: ['RDS.TlsEnforced'],
    criteria: ['CC6.7'],
    source: `${AURORA}, "Securing Aurora PostgreSQL data with SSL/TLS" and "TLS connections to Aurora MySQL DB clusters"`,
    reason: 'The engine accepts clients without TLS until a parameter of the cluster says otherwise.',
  },
  cloudwatchLogsExports: {
    value: 'all logs of the engine',
    provenBy: ['RDS.LogExports'],
    criteria: ['CC7.2', 'CC7.3'],
    source: `${AURORA}, "Publishing database logs to Amazon CloudWatch Logs"`,
    reason: 'Logs on the instances are rotated away within days.',
  },
  auditLog: {
    value: 'sign-ins, users and tables',
    provenBy: ['RDS.AuroraMySqlAuditLog'],
    criteria: ['CC7.2', 'CC7.3'],
    source: `${AURORA}, "Using Advanced Auditing with an Amazon Aurora MySQL DB cluster"; ${SECURITY_HUB} RDS.34`,
    reason: 'Of the logs of Aurora MySQL it alone tells who signed in and what they changed.',
  },
  performanceInsights: {
    value: 'where every instance class has it',
    provenBy: ['RDS.PerformanceInsights'],
    criteria: ['A1.1', 'CC7.2'],
    source: `${AURORA}, "Monitoring DB load with Performance Insights on Amazon Aurora": 7 days are free`,
    reason: 'Shows which queries load the database, and whose.',
  },
  autoMinorVersionUpgrade: {
    value: true,
    provenBy: ['RDS.AutoMinorVersionUpgrade'],
    criteria: ['CC7.1'],
    source: 'AWS::RDS::DBCluster, AutoMinorVersionUpgrade',
    reason: 'Security fixes of the engine arrive without somebody having to notice them.',
    cfn: { AutoMinorVersionUpgrade: true },
  },
  backup: inRecoveryPlan,
});

/** Secure defaults of the instances of an Aurora cluster. */
export const clusterInstanceDefaults = defaults({
  publiclyAccessible: {
    value: false,
    provenBy: ['RDS.NotPublic'],
    criteria: ['CC6.1', 'CC6.6'],
    source: 'Amazon RDS API reference, CreateDBInstance; CIS AWS Foundations 2.3.3',
    reason: 'No address of the database is reachable from the internet.',
  },
  monitoringIntervalSeconds: {
    value: 60,
    provenBy: ['RDS.EnhancedMonitoring'],
    criteria: ['CC7.2', 'A1.1'],
    source: `${AURORA}, "Monitoring OS metrics with Enhanced Monitoring": off by default, and set for all instances of a cluster at once`,
    reason: 'Shows exhaustion that the metrics of the hypervisor do not.',
    least: { 'RDS.EnhancedMonitoring': 1 },
  },
  caCertificate: {
    value: 'rds-ca-rsa2048-g1',
    provenBy: ['RDS.CaCertificateCurrent'],
    criteria: ['CC6.7'],
    source: `${AURORA}, "Using SSL/TLS to encrypt a connection to a DB cluster": valid until 2061`,
    reason: 'Clients can verify the server for as long as it lives.',
  },
});

/** Secure defaults of an Aurora global database. */
export const globalDatabaseDefaults = defaults({
  deletionProtection: {
    value: true,
    provenBy: ['RDS.DeletionProtection'],
    criteria: ['A1.2', 'C1.1'],
    source: 'AWS::RDS::GlobalCluster, DeletionProtection: off by default',
    reason: 'Deleting the global database becomes a step of its own.',
    cfn: { DeletionProtection: true },
  },
});
