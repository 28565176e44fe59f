import { all, any, applies, Evaluation, not, ResourceReader, rule, Truth, when } from './kernel';
import { storageEncrypted as encrypted, unlessInCluster } from './shared/database';
import { withDefault } from './shared/own-default';
import { ownKey } from './shared/own-key';
import { somePublic } from './shared/public-subnets';

const INSTANCE = ['AWS::RDS::DBInstance'];
const DATABASE = ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'];

export const storageEncrypted = rule({
  id: 'RDS.StorageEncrypted',
  resourceTypes: [...DATABASE, 'AWS::RDS::GlobalCluster'],
  title: 'Database storage is encrypted',
  severity: 'high',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'Encrypted storage keeps tables, logs and snapshots unreadable to whoever gets hold of a copy without the key. It cannot be turned on later without a restore.',
  remediation: { construct: 'SecureDatabaseInstance', l2: 'storageEncrypted: true', cfn: 'StorageEncrypted: true' },
  configRule: 'RDS_STORAGE_ENCRYPTED',
  nagRules: ['RDSStorageEncrypted'],
  sources: [
    'AWS::RDS::DBInstance, StorageEncrypted: not encrypted by default, inherited from a snapshot or source', 'CIS AWS Foundations 2.3.1',
    'Amazon Aurora user guide, "Encrypting Amazon Aurora resources": new Aurora clusters are encrypted without being asked since February 2026',
  ],
  check: (database) => unlessInCluster(database, () => encrypted(database)),
});

export const customerKey = rule({
  id: 'RDS.CustomerKey',
  resourceTypes: DATABASE,
  title: 'Database storage is encrypted with a KMS key of the organization',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'A key of one\'s own has a policy, rotation and an audit trail; the AWS managed key has none that the organization decides. Encryption as such holds without it.',
  remediation: { construct: 'SecureDatabaseInstance', l2: 'storageEncryptionKey', cfn: 'KmsKeyId' },
  sources: ['Amazon RDS user guide, "Encrypting Amazon RDS resources"'],
  onByDefault: false,
  check: (database) => unlessInCluster(database, () => applies(
    database.get('StorageEncrypted').isTrue(), 'its storage is not encrypted, or inherits its encryption', () => ownKey(database.get('KmsKeyId'), 'rds'))),
});

export const notPublic = rule({
  id: 'RDS.NotPublic',
  resourceTypes: DATABASE,
  title: 'Database has no public address',
  severity: 'critical',
  criteria: { direct: ['CC6.6'], supporting: ['CC6.1'] },
  rationale: 'A database with a public address is one security-group rule away from the whole internet.',
  remediation: { construct: 'SecureDatabaseInstance', l2: 'publiclyAccessible: false', cfn: 'PubliclyAccessible: false' },
  configRule: 'RDS_INSTANCE_PUBLIC_ACCESS_CHECK',
  nagRules: ['RDSInstancePublicAccess'],
  sources: [
    'Amazon RDS API reference, CreateDBInstance and CreateDBCluster: the default of PubliclyAccessible depends on the subnet group',
    'CIS AWS Foundations 2.3.3',
  ],
  check: (database) => {
    const setting = database.get('PubliclyAccessible');
    if (!setting.missing) return setting.isFalse().because('the database gets a public address');
    const aurora = isAurora(database);
    if (database.type === 'AWS::RDS::DBCluster' && !aurora.no) return aurora.yes ? Truth.skip('in an Aurora cluster the instances have the setting') : aurora;
    const byDefault = publicByDefault(database, aurora);
    if (byDefault.open) return byDefault;
    const assumed = byDefault.yes ? setting : withDefault(database, 'PubliclyAccessible');
    return assumed.isFalse().because('PubliclyAccessible is absent: RDS makes the database public');
  },
});

/** Without a subnet group, or in the one named `default`, RDS makes a database public, unless it is Aurora's. */
function publicByDefault(database: ResourceReader, aurora: Truth): Truth {
  const group = database.get('DBSubnetGroupName');
  if (!group.missing) return group.target() ? Truth.no('it has a subnet group of its own') : group.is('default');
  const replica = any(['SourceDBInstanceIdentifier', 'SourceDBClusterIdentifier'].map((name) => database.get(name).isPresent()));
  return replica.no ? not(aurora, 'Aurora is private') : Truth.unknown('PubliclyAccessible is absent, and the subnet group is that of the source');
}

function isAurora(database: ResourceReader): Truth {
  return any([database.get('DBClusterIdentifier').isPresent(), database.get('Engine').startsWith('aurora')]);
}

/** The subnets of the database's own subnet group, else those of its cluster. */
function inPublicSubnet(database: ResourceReader, model: Evaluation): Truth {
  const name = database.get('DBSubnetGroupName');
  const group = name.target();
  if (group) return somePublic(group.get('SubnetIds'), model);
  const cluster = name.missing ? database.get('DBClusterIdentifier').target() : undefined;
  if (cluster?.type === 'AWS::RDS::DBCluster') return inPublicSubnet(cluster, model);
  return Truth.unknown(name.missing ? 'no subnet group is named: the default VPC of the account counts' : 'the subnet group is not among the templates given');
}

export const notInPublicSubnet = rule({
  id: 'RDS.NotInPublicSubnet',
  resourceTypes: DATABASE,
  title: 'Database lies in private subnets',
  severity: 'high',
  criteria: { direct: ['CC6.6'], supporting: ['CC6.1'] },
  rationale: 'A subnet without a way in from the internet keeps the database apart even when a security group or an address setting is loosened by mistake.',
  remediation: {
    construct: 'SecureDatabaseInstance',
    l2: 'vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED }',
    cfn: 'an AWS::RDS::DBSubnetGroup of subnets without a route to an internet gateway',
  },
  sources: ['Amazon VPC user guide, "Subnet types": public when its route table leads to an internet gateway'],
  check: (database, model) => not(inPublicSubnet(database, model), 'a subnet of the database is public'),
});

export const multiAz = rule({
  id: 'RDS.MultiAZ',
  resourceTypes: INSTANCE,
  title: 'Database instance has a standby in another zone',
  severity: 'medium',
  criteria: { direct: ['A1.2'], supporting: ['CC9.1'] },
  rationale: 'With one zone a failure of the zone, or a patch, takes the database down until somebody restores it.',
  remediation: { construct: 'SecureDatabaseInstance', l2: 'multiAz: true', cfn: 'MultiAZ: true' },
  configRule: 'RDS_MULTI_AZ_SUPPORT',
  nagRules: ['RDSMultiAZSupport'],
  sources: [
    'Amazon RDS user guide, "Configuring and managing a Multi-AZ deployment"',
    'Amazon RDS user guide, "Multi-AZ deployments for Amazon RDS for Microsoft SQL Server": Express Edition has none',
    'Amazon RDS user guide, "Working with read replicas for Microsoft SQL Server": no replica of SQL Server has one',
  ],
  check: (instance, model) => unlessInCluster(instance, () => {
    const asked = instance.get('MultiAZ').isTrue();
    return asked.no && hasNoStandby(instance, model).yes ? Truth.skip('RDS has no standby for it') : asked;
  }),
});

/** RDS makes no standby of SQL Server Express, nor of a replica of SQL Server. An engine that cannot be seen excuses nothing: that there is no standby is known. */
function hasNoStandby(instance: ResourceReader, model: Evaluation): Truth {
  const source = instance.get('SourceDBInstanceIdentifier');
  const own = instance.get('Engine');
  const engine = own.missing ? model.resourceNamed(source, 'AWS::RDS::DBInstance')?.get('Engine') : own;
  if (!engine) return Truth.no('no engine is named');
  return any([engine.startsWith('sqlserver-ex'), all(source.isPresent(), engine.startsWith('sqlserver'))]);
}

export const automatedBackups = rule({
  id: 'RDS.AutomatedBackups',
  resourceTypes: DATABASE,
  title: 'Automated backups are on',
  severity: 'high',
  criteria: { direct: ['A1.2'], supporting: ['CC7.5'] },
  rationale: 'Automated backups are what a lost or corrupted database is rebuilt from, to any point of the retention period.',
  remediation: { construct: 'SecureDatabaseInstance', l2: 'backupRetention: Duration.days(35)', cfn: 'BackupRetentionPeriod above 0' },
  configRule: 'DB_INSTANCE_BACKUP_ENABLED',
  nagRules: ['RDSInstanceBackupEnabled'],
  sources: ['AWS::RDS::DBInstance and AWS::RDS::DBCluster, BackupRetentionPeriod: default 1, 0 turns backups off'],
  check: (database) => unlessInCluster(database, () => backupDays(database, 1)),
});

export const backupRetention = rule({
  id: 'RDS.BackupRetention',
  resourceTypes: DATABASE,
  title: 'Automated backups are kept for a week or more',
  severity: 'medium',
  criteria: { direct: ['A1.2'], supporting: ['CC7.5'] },
  rationale: 'Damage is often noticed days later; a backup of yesterday then holds the damage too.',
  remediation: { construct: 'SecureDatabaseInstance', l2: 'backupRetention: Duration.days(35)', cfn: 'BackupRetentionPeriod of 7 or more' },
  configRule: 'RDS_CLUSTER_BACKUP_RETENTION_CHECK',
  sources: ['AWS Security Hub RDS.11: at least 7 days'],
  check: (database) => unlessInCluster(database, () => backupDays(database, 7)),
});

/** A read replica keeps no backups unless told to: its source does. */
function backupDays(database: ResourceReader, least: number): Truth {
  const days = database.get('BackupRetentionPeriod');
  const replica = any(['SourceDBInstanceIdentifier', 'SourceDBClusterIdentifier', 'ReplicationSourceIdentifier'].map((name) => database.get(name).isPresent()));
  if (days.missing) {
    return applies(
      not(replica, 'a replica'), 'a read replica is backed up through its source', () => withDefault(database, 'BackupRetentionPeriod').atLeast(least),
    );
  }
  return days.atLeast(least);
}

export const deletionProtection = rule({
  id: 'RDS.DeletionProtection',
  resourceTypes: [...DATABASE, 'AWS::RDS::GlobalCluster'],
  title: 'Database cannot be deleted by a slip',
  severity: 'medium',
  criteria: { direct: ['A1.2'], supporting: ['C1.1'] },
  rationale: 'Deletion protection makes removing a database a step of its own, so that no stack update or script removes it along the way.',
  remediation: { construct: 'SecureDatabaseInstance', l2: 'deletionProtection: true', cfn: 'DeletionProtection: true' },
  configRule: 'RDS_INSTANCE_DELETION_PROTECTION_ENABLED',
  nagRules: ['RDSInstanceDeletionProtectionEnabled'],
  sources: ['AWS::RDS::DBInstance, DeletionProtection: off by default, and the cluster\'s for instances of a cluster'],
  check: (database) => unlessInCluster(database, () => database.get('DeletionProtection').isTrue()),
});

export const autoMinorVersionUpgrade = rule({
  id: 'RDS.AutoMinorVersionUpgrade',
  resourceTypes: DATABASE,
  title: 'Minor engine versions are installed automatically',
  severity: 'medium',
  criteria: { direct: ['CC7.1'] },
  rationale: 'Minor versions carry the security fixes of the engine; automatic installation closes known holes without somebody having to notice them.',
  remediation: { construct: 'SecureDatabaseInstance', l2: 'autoMinorVersionUpgrade: true', cfn: 'AutoMinorVersionUpgrade: true' },
  configRule: 'RDS_AUTOMATIC_MINOR_VERSION_UPGRADE_ENABLED',
  nagRules: ['RDSAutomaticMinorVersionUpgradeEnabled'],
  sources: ['AWS::RDS::DBInstance, AutoMinorVersionUpgrade: applied automatically by default', 'CIS AWS Foundations 2.3.2'],
  check: (database) => withDefault(database, 'AutoMinorVersionUpgrade').isTrue(),
});

export const enhancedMonitoring = rule({
  id: 'RDS.EnhancedMonitoring',
  resourceTypes: DATABASE,
  title: 'Operating-system metrics are collected',
  severity: 'low',
  criteria: { direct: ['CC7.2'], supporting: ['A1.1'] },
  rationale: 'Metrics of the operating system show exhaustion and anomalies that the metrics of the hypervisor do not.',
  remediation: { construct: 'SecureDatabaseInstance', l2: 'monitoringInterval: Duration.seconds(60)', cfn: 'MonitoringInterval above 0, with MonitoringRoleArn' },
  configRule: 'RDS_ENHANCED_MONITORING_ENABLED',
  nagRules: ['RDSEnhancedMonitoringEnabled'],
  sources: ['AWS::RDS::DBInstance and AWS::RDS::DBCluster, MonitoringInterval: 0 (off) by default'],
  check: (instance) => {
    const interval = instance.get('MonitoringInterval');
    if (instance.type === 'AWS::RDS::DBCluster') {
      return applies(instance.get('DBClusterInstanceClass').isPresent(), 'the instances of the cluster are judged', () => interval.atLeast(1));
    }
    const cluster = interval.missing ? instance.get('DBClusterIdentifier').target() : undefined;
    // An Aurora or Multi-AZ cluster may set it for all of its instances.
    return cluster?.type === 'AWS::RDS::DBCluster' ? any([interval.atLeast(1), cluster.get('MonitoringInterval').atLeast(1)]) : interval.atLeast(1);
  },
});

export const logExports = rule({
  id: 'RDS.LogExports',
  resourceTypes: DATABASE,
  title: 'Engine logs go to CloudWatch Logs',
  severity: 'medium',
  criteria: { direct: ['CC7.2'], supporting: ['CC7.3'] },
  rationale: 'Logs that stay on the instance are rotated away within days and cannot be searched or alarmed on when something happened.',
  remediation: { construct: 'SecureDatabaseInstance', l2: 'cloudwatchLogsExports', cfn: 'EnableCloudwatchLogsExports with the logs of the engine' },
  configRule: 'RDS_LOGGING_ENABLED',
  nagRules: ['RDSLoggingEnabled'],
  sources: ['Amazon RDS user guide, "Publishing database logs to Amazon CloudWatch Logs"'],
  // PostgreSQL writes one log; the others that it can export are of upgrades, sign-in tokens and the host.
  check: (database) => unlessInCluster(database, () => {
    const logs = database.get('EnableCloudwatchLogsExports');
    const exported = logs.count(1).because('no log is exported');
    return exported.no ? exported : all(exported, when(database.get('Engine').matches(/postgres/i, 'PostgreSQL'),
      () => logs.some((log) => log.is('postgresql')).because('the log of PostgreSQL itself, postgresql, is not exported')));
  }),
});

export const iamAuthentication = rule({
  id: 'RDS.IamAuthentication',
  resourceTypes: DATABASE,
  title: 'Database accepts IAM sign-in',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['CC6.2'] },
  rationale: 'Sign-in with short-lived tokens lets access end with the role, instead of living on in a password that was once handed out.',
  remediation: { construct: 'SecureDatabaseInstance', l2: 'iamAuthentication: true', cfn: 'EnableIAMDatabaseAuthentication: true' },
  configRule: 'RDS_INSTANCE_IAM_AUTHENTICATION_ENABLED',
  nagRules: ['AuroraMySQLPostgresIAMAuth'],
  sources: ['AWS::RDS::DBInstance, EnableIAMDatabaseAuthentication: for MariaDB, MySQL and PostgreSQL'],
  check: (database) => unlessInCluster(database, () => applies(
    not(database.get('Engine').matches(/^(oracle|sqlserver|custom|db2)/i, 'an engine without IAM sign-in'), 'the engine has no IAM sign-in'),
    'the engine has no IAM sign-in',
    () => database.get('EnableIAMDatabaseAuthentication').isTrue(),
  )),
});
