import { all, any, applies, not, Property, ResourceReader, rule, Truth } from './kernel';
import { unlessInCluster } from './shared/database';
import { lookup, secretsKept } from './shared/plaintext-secret';

const INSTANCE = ['AWS::RDS::DBInstance'];
const DATABASE = ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'];

/** Replicas and restored databases take their master user from their source. */
const ORIGINS = [
  'SourceDBInstanceIdentifier', 'SourceDBClusterIdentifier', 'SourceDbiResourceId', 'SourceDbClusterResourceId', 'SourceDBInstanceAutomatedBackupsArn',
  'DBSnapshotIdentifier', 'SnapshotIdentifier', 'ReplicationSourceIdentifier', 'GlobalClusterIdentifier', 'DBClusterSnapshotIdentifier',
];

function withOwnMaster(database: ResourceReader, check: () => Truth): Truth {
  return unlessInCluster(database, () => applies(
    not(any(ORIGINS.map((name) => database.get(name).isPresent())), 'made of another database'), 'the master user is that of the source or snapshot', check));
}

export const managedMasterPassword = rule({
  id: 'RDS.ManagedMasterPassword',
  resourceTypes: DATABASE,
  title: 'Master password is kept by Secrets Manager',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['CC6.2'] },
  rationale: 'A password that Secrets Manager makes and rotates is known to nobody. A hidden parameter keeps it out of the template, but somebody typed it and nobody rotates it.',
  remediation: { construct: 'SecureDatabaseInstance', l2: 'credentials: Credentials.fromGeneratedSecret(…)', cfn: 'ManageMasterUserPassword: true' },
  sources: ['Amazon RDS user guide, "Password management with Amazon RDS and AWS Secrets Manager"'],
  onByDefault: false,
  check: (database) => withOwnMaster(database, () => any([
    database.get('ManageMasterUserPassword').isTrue(),
    Truth.of(lookup(database.get('MasterUserPassword').seen()) === 'secretsmanager', 'the master password is no secret of Secrets Manager'),
  ]).because('the master password is not kept in Secrets Manager')),
});

export const masterUsernameNotPlaintext = rule({
  id: 'RDS.MasterUsernameNotPlaintext',
  resourceTypes: DATABASE,
  title: 'Master user name is not written in the template',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC6.1'] },
  rationale: 'Some houses treat the name of the master user as half of the credential. It is no secret in itself, so this is a hardening step only.',
  remediation: { l2: 'credentials: Credentials.fromSecret(…)', cfn: 'MasterUsername from Secrets Manager or a NoEcho parameter' },
  sources: ['AWS CloudFormation user guide, "Security best practices": do not embed credentials in templates'],
  onByDefault: false,
  check: (database) => secretsKept(database, ['MasterUsername']),
});

export const nonDefaultMasterUsername = rule({
  id: 'RDS.NonDefaultMasterUsername',
  resourceTypes: DATABASE,
  title: 'Master user does not bear a default name',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC6.1'] },
  rationale: 'Guessing a password needs a user name, and default names save the guess. Weak next to network and password controls.',
  remediation: { construct: 'SecureDatabaseInstance', l2: 'credentials: Credentials.fromGeneratedSecret(\'…\')', cfn: 'MasterUsername other than admin or postgres' },
  configRule: 'RDS_INSTANCE_DEFAULT_ADMIN_CHECK',
  sources: ['AWS Config, rds-instance-default-admin-check'],
  onByDefault: false,
  check: (database) => applies(database.get('MasterUsername').isPresent(), 'no master user is named here', () =>
    not(database.get('MasterUsername').matches(/^(admin|postgres|administrator|root|sa|master)$/i, 'a default name'), 'the master user bears a default name')),
});

const DEFAULT_PORTS: readonly [RegExp, number][] = [
  [/mysql|mariadb|^aurora$/i, 3306], [/postgres/i, 5432], [/oracle/i, 1521], [/sqlserver/i, 1433], [/^db2/i, 50000],
];

export const nonDefaultPort = rule({
  id: 'RDS.NonDefaultPort',
  resourceTypes: DATABASE,
  title: 'Database does not listen on its engine\'s usual port',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC6.6'] },
  rationale: 'Another port hides a database from careless scans only; whoever can reach it finds it. Network rules are the control.',
  remediation: { l2: 'port', cfn: 'Port other than the usual one' },
  nagRules: ['RDSNonDefaultPort'],
  sources: ['Amazon RDS API reference, CreateDBInstance: Port'],
  onByDefault: false,
  check: (database) => unlessInCluster(database, () => {
    const engine = database.get('Engine');
    return applies(engine.isPresent(), 'the engine is that of its source', () => {
      const usual = DEFAULT_PORTS.find(([pattern]) => engine.matches(pattern, 'the engine').yes)?.[1];
      if (usual === undefined) return engine.scalar === undefined ? engine.openTruth() : Truth.skip('the usual port of the engine is not known');
      const port = database.get('Port');
      return all(port.isPresent().because(`Port is absent: the usual ${usual}`), port.isNot(usual));
    });
  }),
});

export const performanceInsights = rule({
  id: 'RDS.PerformanceInsights',
  resourceTypes: DATABASE,
  title: 'Database load is recorded by query',
  severity: 'low',
  criteria: { direct: ['A1.1'], supporting: ['CC7.2'] },
  rationale: 'A record of which queries load the database supports capacity decisions. It costs money beyond a week and is no safeguard in itself.',
  remediation: {
    construct: 'SecureDatabaseInstance',
    l2: 'databaseInsightsMode',
    cfn: 'EnablePerformanceInsights (instance) or PerformanceInsightsEnabled (cluster): true',
  },
  sources: ['Amazon RDS user guide, "Monitoring database load with Performance Insights"'],
  onByDefault: false,
  check: (database) => any([
    database.get('EnablePerformanceInsights').isTrue(),
    database.get('PerformanceInsightsEnabled').isTrue(),
    database.get('DatabaseInsightsMode').is('advanced'),
  ]).because('neither Performance Insights nor Database Insights in its advanced mode is on'),
});

export const copyTagsToSnapshot = rule({
  id: 'RDS.CopyTagsToSnapshot',
  resourceTypes: DATABASE,
  title: 'Snapshots carry the tags of the database',
  severity: 'low',
  criteria: { direct: [], supporting: ['C1.1'] },
  rationale: 'Snapshots that carry the tags of their database keep its data classification and owner.',
  remediation: { construct: 'SecureDatabaseInstance', l2: 'copyTagsToSnapshot: true', cfn: 'CopyTagsToSnapshot: true' },
  configRule: 'RDS_MYSQL_CLUSTER_COPY_TAGS_TO_SNAPSHOT_CHECK',
  sources: ['AWS::RDS::DBInstance, CopyTagsToSnapshot: not copied by default'],
  onByDefault: false,
  check: (database) => unlessInCluster(database, () => database.get('CopyTagsToSnapshot').isTrue()),
});

export const storageAutoscaling = rule({
  id: 'RDS.StorageAutoscaling',
  resourceTypes: INSTANCE,
  title: 'Storage grows by itself up to a ceiling',
  severity: 'low',
  criteria: { direct: ['A1.1'] },
  rationale: 'A database that runs out of storage stops taking writes; a ceiling above the first size lets it grow first.',
  remediation: { l2: 'maxAllocatedStorage', cfn: 'MaxAllocatedStorage above AllocatedStorage' },
  sources: ['Amazon RDS user guide, "Managing capacity automatically with Amazon RDS storage autoscaling"'],
  onByDefault: false,
  check: (instance) => unlessInCluster(instance, () => {
    const ceiling = instance.get('MaxAllocatedStorage');
    const size = numberAt(instance.get('AllocatedStorage'));
    return size === undefined || numberAt(ceiling) === undefined ? ceiling.isPresent() : ceiling.atLeast(size + 1);
  }),
});

function numberAt(place: Property): number | undefined {
  const number = Number(place.scalar);
  return place.scalar === undefined || Number.isNaN(number) ? undefined : number;
}

export const proxyIamAuthentication = rule({
  id: 'RDS.ProxyIamAuthentication',
  resourceTypes: ['AWS::RDS::DBProxy'],
  title: 'Clients sign in to the proxy with IAM',
  severity: 'low',
  criteria: { direct: ['CC6.1'] },
  rationale: 'With IAM sign-in the proxy holds the database password and clients hold only short-lived tokens.',
  remediation: { l2: 'iamAuth: true', cfn: 'Auth with IAMAuth: REQUIRED' },
  sources: ['AWS::RDS::DBProxy AuthFormat, IAMAuth'],
  onByDefault: false,
  check: (proxy) => any(
    [
      proxy.get('DefaultAuthScheme').is('IAM_AUTH'),
      proxy.get('Auth').count(1).yes ? proxy.get('Auth').every((auth) => auth.get('IAMAuth').is('REQUIRED')) : proxy.get('Auth').count(1),
    ],
  )
    .because('clients may sign in without IAM'),
});

const CLASSIC_GROUPS = [
  'AWS::RDS::DBSecurityGroup', 'AWS::RDS::DBSecurityGroupIngress', 'AWS::Redshift::ClusterSecurityGroup', 'AWS::Redshift::ClusterSecurityGroupIngress',
  'AWS::ElastiCache::SecurityGroup', 'AWS::ElastiCache::SecurityGroupIngress',
];

/** Where databases name such groups. */
const CLASSIC_PLACES: Readonly<Record<string, string>> = {
  'AWS::RDS::DBInstance': 'DBSecurityGroups', 'AWS::Redshift::Cluster': 'ClusterSecurityGroups',
  'AWS::ElastiCache::CacheCluster': 'CacheSecurityGroupNames', 'AWS::ElastiCache::ReplicationGroup': 'CacheSecurityGroupNames',
};

export const noClassicSecurityGroup = rule({
  id: 'RDS.NoClassicSecurityGroup',
  resourceTypes: [...CLASSIC_GROUPS, ...Object.keys(CLASSIC_PLACES)],
  title: 'No security group from before VPCs is used',
  severity: 'medium',
  criteria: { direct: ['CC6.6'] },
  rationale: 'Groups of this kind belong to the network before VPCs, which is retired: they protect nothing, while the template looks as if they did.',
  remediation: { l2: 'securityGroups', cfn: 'VPCSecurityGroups with an AWS::EC2::SecurityGroup' },
  configRule: 'RDS_DB_SECURITY_GROUP_NOT_ALLOWED',
  nagRules: ['RDSRestrictedInbound'],
  sources: ['Amazon RDS user guide, "Controlling access with security groups": DB security groups were for EC2-Classic, retired in August 2022'],
  check: (resource) => {
    const place = CLASSIC_PLACES[resource.type];
    if (place !== undefined) return resource.get(place).isAbsent().because(`${place}: it uses security groups of EC2-Classic`);
    resource.properties().seen();
    return Truth.no('it is a security group of EC2-Classic');
  },
});
