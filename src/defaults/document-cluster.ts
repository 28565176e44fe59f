import { defaults } from './default';
import { closedSecurityGroup, inRecoveryPlan } from './store';

const DOCUMENTDB = 'Amazon DocumentDB developer guide';

/** Secure defaults of a DocumentDB cluster. */
export const documentClusterDefaults = defaults({
  storageEncrypted: {
    value: true,
    provenBy: ['DocDB.StorageEncrypted'],
    criteria: ['CC6.1', 'C1.1'],
    source: `${DOCUMENTDB}, "Encrypting Amazon DocumentDB data at rest": cannot be turned on later`,
    reason: 'Documents, indexes and snapshots stay unreadable to whoever gets hold of a copy.',
  },
  kmsKey: {
    value: 'customer managed',
    provenBy: ['DocDB.CustomerKey'],
    criteria: ['CC6.1', 'C1.1'],
    source: `${DOCUMENTDB}, "Encrypting Amazon DocumentDB data at rest"`,
    reason: 'A key of one\'s own has a policy, rotation and an audit trail, and snapshots under it can be copied to another account.',
  },
  vpcSubnets: {
    value: 'isolated, else private',
    provenBy: ['Network.DataStorePrivateSubnet'],
    criteria: ['CC6.1', 'CC6.6'],
    source: 'Amazon VPC user guide, "Subnet types"',
    reason: 'A loosened security group alone does not open the cluster.',
  },
  securityGroup: closedSecurityGroup,
  egress: {
    value: 'none',
    provenBy: ['Network.DataStoreEgress'],
    criteria: ['CC6.6', 'CC6.7'],
    source: 'AWS::EC2::SecurityGroup, SecurityGroupEgress: all outbound traffic by default',
    reason: 'A cluster calls nobody, so a way out serves only who wants to carry data away.',
  },
  manageMasterUserPassword: {
    value: true,
    provenBy: ['DocDB.NoPlaintextSecret'],
    criteria: ['CC6.1', 'CC6.2'],
    source: `${DOCUMENTDB}, "Password management with Amazon DocumentDB and AWS Secrets Manager": rotated every seven days`,
    reason: 'No password stands in the template, and DocumentDB rotates it without a function of one\'s own.',
  },
  instances: {
    value: 2,
    provenBy: ['DocDB.MultiAZ'],
    criteria: ['A1.2', 'CC9.1'],
    source: `${DOCUMENTDB}, "Amazon DocumentDB high availability and replication"`,
    reason: 'A replica takes over within a minute; without one the database is down until a new instance has started.',
  },
  backupRetentionDays: {
    value: 35,
    provenBy: ['DocDB.BackupRetention'],
    criteria: ['A1.2', 'CC7.5'],
    source: 'AWS::DocDB::DBCluster, BackupRetentionPeriod: 1 to 35 days, 1 by default; AWS Security Hub DocumentDB.2: at least 7',
    reason: 'Damage is often noticed weeks later.',
    least: { 'DocDB.BackupRetention': 7 },
    cfn: { BackupRetentionPeriod: 35 },
  },
  deletionProtection: {
    value: true,
    provenBy: ['DocDB.DeletionProtection'],
    criteria: ['A1.2', 'C1.1'],
    source: 'AWS::DocDB::DBCluster, DeletionProtection; AWS Security Hub DocumentDB.5',
    reason: 'Deleting the cluster becomes a step of its own.',
    cfn: { DeletionProtection: true },
  },
  exportAuditLogs: {
    value: true,
    provenBy: ['DocDB.LogExports'],
    criteria: ['CC7.2', 'CC7.3'],
    source: `${DOCUMENTDB}, "Auditing Amazon DocumentDB events": exported by the cluster, written when the parameter audit_logs is on`,
    reason: 'Who signed in and what they changed can be told afterwards.',
  },
  copyTagsToSnapshot: {
    value: true,
    provenBy: [],
    criteria: [],
    source: 'AWS::DocDB::DBCluster, CopyTagsToSnapshot',
    reason: 'A snapshot keeps the classification of its data.',
    cfn: { CopyTagsToSnapshot: true },
  },
  removalPolicy: {
    value: 'SNAPSHOT',
    provenBy: ['Data.Retained'],
    criteria: ['A1.2', 'C1.1'],
    source: 'AWS CloudFormation user guide, "DeletionPolicy attribute"',
    reason: 'A removed or replaced cluster leaves a last snapshot.',
  },
  backup: inRecoveryPlan,
});

/** Secure defaults of the instances of a DocumentDB cluster. */
export const documentInstanceDefaults = defaults({
  caCertificate: {
    value: 'rds-ca-rsa2048-g1',
    provenBy: ['DocDB.CaCertificateCurrent'],
    criteria: ['CC6.7'],
    source: `${DOCUMENTDB}, "Updating your Amazon DocumentDB TLS certificates": valid until 2061`,
    reason: 'Clients can verify the server for as long as it lives.',
  },
});

/** Secure defaults of the parameters of a DocumentDB cluster. */
export const documentParameterDefaults = defaults({
  tls: {
    value: 'enabled',
    provenBy: ['DocDB.TlsEnforced'],
    criteria: ['CC6.7'],
    source: `${DOCUMENTDB}, "Managing Amazon DocumentDB cluster TLS settings": enabled by default`,
    reason: 'Passwords and documents do not travel in the clear.',
  },
  auditLogs: {
    value: 'enabled',
    provenBy: [],
    criteria: [],
    source: `${DOCUMENTDB}, "Auditing Amazon DocumentDB events": audit_logs, disabled by default`,
    reason: 'Without the parameter the audit log that the cluster exports stays empty.',
  },
});
