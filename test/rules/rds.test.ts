import { caseOf, ifProd, P, presence, setting, subject } from './cases';
import { Case, fail, notApplicable, pass, unknown, verdicts } from './verdicts';
import {
  automatedBackups, autoMinorVersionUpgrade, backupRetention, customerKey, deletionProtection, enhancedMonitoring, iamAuthentication, logExports, multiAz,
  notInPublicSubnet,
  notPublic, storageEncrypted,
} from '../../src/rules/rds';

const instance = subject('AWS::RDS::DBInstance', { Engine: 'mysql' });
const aurora = subject('AWS::RDS::DBInstance', { Engine: 'aurora-mysql' });
const cluster = subject('AWS::RDS::DBCluster', { Engine: 'aurora-postgresql' });
const member = subject('AWS::RDS::DBInstance', { DBClusterIdentifier: { Ref: 'Cluster' } });
const other = (Type: string, Properties: object) => ({ Type, Properties });

verdicts(storageEncrypted, setting(instance, 'StorageEncrypted', {
  good: true,
  bad: false,
  pass: { 'a cluster': cluster({ StorageEncrypted: 'true' }) },
  fail: { 'a cluster without': cluster(), 'a key without the switch': instance({ KmsKeyId: 'k' }) },
  unknown: { 'restored from a snapshot': instance({ DBSnapshotIdentifier: 'snap' }), 'a cluster restored from a snapshot': cluster({ SnapshotIdentifier: P }) },
  notApplicable: { 'a member of a cluster': member({ StorageEncrypted: false }), 'an Aurora instance': aurora() },
  trap: {
    'switched off beside a snapshot': fail(instance({ DBSnapshotIdentifier: 'snap', StorageEncrypted: false })),
    'a replica of an encrypted instance': pass(
      instance({ SourceDBInstanceIdentifier: { Ref: 'Source' } }, { Source: other('AWS::RDS::DBInstance', { StorageEncrypted: true }) }),
    ),
    'a replica of a plain instance': fail(instance({ SourceDBInstanceIdentifier: { Ref: 'Source' } }, { Source: other('AWS::RDS::DBInstance', {}) })),
    'a replica of an instance elsewhere': unknown(instance({ SourceDBInstanceIdentifier: P })),
    'absent, of an Aurora cluster: only new ones are encrypted': fail(cluster(), { message: /since February 2026/ }),
    'absent, of a Multi-AZ cluster that is not of Aurora': fail(subject('AWS::RDS::DBCluster')({ Engine: 'mysql' }), { message: /expected true/ }),
  },
}));

const encrypted = subject('AWS::RDS::DBInstance', { Engine: 'mysql', StorageEncrypted: true });
verdicts(customerKey, presence(encrypted, 'KmsKeyId', {
  notApplicable: { 'not encrypted': instance({ StorageEncrypted: false }), 'a member of a cluster': member() },
  unknown: { 'a key by parameter, it may be that of AWS': cluster({ StorageEncrypted: true, KmsKeyId: P }) },
  trap: {
    'the key of a cluster': pass(cluster({ StorageEncrypted: true, KmsKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } }, { Key: other('AWS::KMS::Key', {}) })),
    'the AWS managed key': fail(encrypted({ KmsKeyId: 'alias/aws/rds' })),
  },
}));

const grouped = subject('AWS::RDS::DBInstance', { Engine: 'mysql', DBSubnetGroupName: 'private' });
verdicts(notPublic, setting(grouped, 'PubliclyAccessible', {
  good: false,
  bad: true,
  absent: 'pass',
  fail: {
    'absent, in the default VPC': instance(),
    'absent, in the default group': instance({ DBSubnetGroupName: 'default' }),
    'a Multi-AZ cluster without a group': subject('AWS::RDS::DBCluster')({ Engine: 'mysql' }),
  },
  unknown: { 'absent, in a group by parameter': instance({ DBSubnetGroupName: P }), 'absent, of an engine by parameter': instance({ Engine: P }) },
  notApplicable: { 'an Aurora cluster': cluster() },
  trap: {
    'absent, of Aurora': pass(aurora()),
    'absent, of a member of a cluster': pass(member()),
    'a public member of a cluster': fail(member({ PubliclyAccessible: 'true' })),
    'absent, of a replica': unknown(instance({ SourceDBInstanceIdentifier: 'db' })),
    'absent, in a group of the template': pass(instance({ DBSubnetGroupName: { Ref: 'Group' } }, { Group: other('AWS::RDS::DBSubnetGroup', {}) })),
    'a default does not count when asked for what is written': fail(grouped(), { options: { requireExplicit: true } }),
  },
}));

/** A database in a subnet whose route table leads to a gateway. */
function network(route: object, parts: { subnet?: object; association?: object; database?: Case } = {}): Case {
  return caseOf({
    Subject: other('AWS::RDS::DBInstance', { DBSubnetGroupName: { Ref: 'Group' } }),
    Group: other('AWS::RDS::DBSubnetGroup', { SubnetIds: [{ Ref: 'Subnet' }] }),
    Subnet: other('AWS::EC2::Subnet', { VpcId: { Ref: 'Vpc' }, ...parts.subnet }),
    Vpc: other('AWS::EC2::VPC', {}),
    Internet: other('AWS::EC2::InternetGateway', {}),
    Private: other('AWS::EC2::VPNGateway', {}),
    Table: other('AWS::EC2::RouteTable', { VpcId: { Ref: 'Vpc' } }),
    Route: other('AWS::EC2::Route', { RouteTableId: { Ref: 'Table' }, ...route }),
    Association: other('AWS::EC2::SubnetRouteTableAssociation', { SubnetId: { Ref: 'Subnet' }, RouteTableId: { Ref: 'Table' }, ...parts.association }),
    ...parts.database,
  });
}
const open = { DestinationCidrBlock: '0.0.0.0/0', GatewayId: { Ref: 'Internet' } };
verdicts(notInPublicSubnet, {
  pass: {
    'the route leads to a NAT gateway': network({ DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: 'nat-1' }),
    'the route leads to a VPN gateway': network({ DestinationCidrBlock: '0.0.0.0/0', GatewayId: { Ref: 'Private' } }),
    'no route table is associated': network(open, { association: { SubnetId: 'subnet-12345678' } }),
  },
  fail: {
    'the route leads to an internet gateway': network(open),
    'in IPv6 too': network({ DestinationIpv6CidrBlock: '::/0', GatewayId: 'igw-1' }),
    'it gives out public addresses': network({}, { subnet: { MapPublicIpOnLaunch: 'true' } }),
  },
  unknown: {
    'no subnet group': instance(),
    'a group by name': instance({ DBSubnetGroupName: 'private' }),
    'subnets by id': instance({ DBSubnetGroupName: { Ref: 'Group' } }, { Group: other('AWS::RDS::DBSubnetGroup', { SubnetIds: ['subnet-1'] }) }),
    'a list of subnets by parameter': instance({ DBSubnetGroupName: { Ref: 'Group' } }, { Group: other('AWS::RDS::DBSubnetGroup', { SubnetIds: P }) }),
    'a gateway by parameter': network({ DestinationCidrBlock: '0.0.0.0/0', GatewayId: P }),
    'a route table elsewhere': network(open, { association: { RouteTableId: 'rtb-1' } }),
    'the main route table of a VPC elsewhere': network(open, { association: { SubnetId: 'subnet-12345678' }, subnet: { VpcId: 'vpc-12345678' } }),
  },
  trap: {
    'a route to the internet gateway for one peer only': pass(network({ DestinationCidrBlock: '203.0.113.0/24', GatewayId: { Ref: 'Internet' } })),
    'a member of a cluster in a public subnet': fail(network(open, { database: {
      Subject: other('AWS::RDS::DBInstance', { DBClusterIdentifier: { Ref: 'Cluster' } }),
      Cluster: other('AWS::RDS::DBCluster', { DBSubnetGroupName: { Ref: 'Group' } }),
    } })),
    'the route exists in production only': fail(
      network(open, { database: { Route: { ...other('AWS::EC2::Route', { RouteTableId: { Ref: 'Table' }, ...open }), Condition: 'IsProd' } } }),
      { message: /when IsProd is true/ },
    ),
    'the group names the public subnet in production only': fail(
      network(open, { database: { Group: other('AWS::RDS::DBSubnetGroup', { SubnetIds: ifProd([{ Ref: 'Subnet' }], []) }) } }), { message: /IsProd is true/ },
    ),
  },
});

verdicts(multiAz, setting(instance, 'MultiAZ', {
  good: true,
  bad: false,
  notApplicable: {
    'a member of a cluster': member(),
    'an Aurora instance': aurora({ MultiAZ: false }),
    'SQL Server Express, which has no standby': instance({ Engine: 'sqlserver-ex', MultiAZ: false }),
    'a replica of SQL Server, which has no standby': instance({ Engine: 'sqlserver-ee', SourceDBInstanceIdentifier: 'db' }),
    'a replica whose source is of SQL Server': subject('AWS::RDS::DBInstance')({ SourceDBInstanceIdentifier: { Ref: 'Source' } },
      { Source: other('AWS::RDS::DBInstance', { Engine: 'sqlserver-ee', MultiAZ: true }) }),
  },
  fail: {
    'SQL Server Enterprise': instance({ Engine: 'sqlserver-ee' }),
    'a replica of an engine that has standbys of replicas': instance({ SourceDBInstanceIdentifier: 'db' }),
    'a replica whose source has one': subject('AWS::RDS::DBInstance')({ SourceDBInstanceIdentifier: { Ref: 'Source' } },
      { Source: other('AWS::RDS::DBInstance', { Engine: 'postgres', MultiAZ: true }) }),
    'restored without an engine': subject('AWS::RDS::DBInstance')({ DBSnapshotIdentifier: 'snap' }),
    'a replica of an instance elsewhere, though it may be of SQL Server': subject('AWS::RDS::DBInstance')({ SourceDBInstanceIdentifier: 'arn:aws:rds:eu-west-1:111111111111:db:orders' }),
  },
  unknown: { 'an engine by parameter, which may be one of clusters': instance({ Engine: P }) },
  trap: { 'a replica of an instance elsewhere that has one': pass(subject('AWS::RDS::DBInstance')({ SourceDBInstanceIdentifier: P, MultiAZ: true })) },
}));

verdicts(automatedBackups, setting(instance, 'BackupRetentionPeriod', {
  good: 1,
  bad: 0,
  absent: 'pass',
  pass: { 'a cluster, by default': cluster() },
  notApplicable: { 'a member of a cluster': member({ BackupRetentionPeriod: 0 }), 'a read replica': instance({ SourceDBInstanceIdentifier: 'db' }) },
  trap: {
    'switched off on a read replica': fail(instance({ SourceDBInstanceIdentifier: 'db', BackupRetentionPeriod: '0' })),
    'a default does not count when asked for what is written': fail(instance(), { options: { requireExplicit: true } }),
  },
}));

verdicts(backupRetention, setting(instance, 'BackupRetentionPeriod', {
  good: 7,
  bad: 6,
  fail: { 'a cluster, by default a day': cluster() },
  notApplicable: { 'a member of a cluster': member(), 'a read replica': instance({ SourceDBInstanceIdentifier: P }) },
}));

verdicts(deletionProtection, setting(instance, 'DeletionProtection', {
  good: true,
  bad: false,
  fail: { 'a cluster': cluster(), 'a global cluster': subject('AWS::RDS::GlobalCluster')() },
  notApplicable: { 'a member of a cluster': member(), 'an Aurora instance': aurora() },
  trap: { 'a read replica needs it too': fail(instance({ SourceDBInstanceIdentifier: 'db' })) },
}));

verdicts(autoMinorVersionUpgrade, setting(instance, 'AutoMinorVersionUpgrade', { good: true, bad: 'false', absent: 'pass' }));

verdicts(enhancedMonitoring, setting(instance, 'MonitoringInterval', {
  good: 60,
  bad: 0,
  trap: {
    'the cluster sets it for all': pass(member({}, { Cluster: other('AWS::RDS::DBCluster', { MonitoringInterval: 15 }) })),
    'the cluster sets it, the instance switches it off': fail(
      member({ MonitoringInterval: 0 }, { Cluster: other('AWS::RDS::DBCluster', { MonitoringInterval: 15 }) }),
    ),
    'neither cluster nor instance': fail(member({}, { Cluster: other('AWS::RDS::DBCluster', {}) })),
    'a Multi-AZ cluster, whose instances RDS makes': fail(subject('AWS::RDS::DBCluster')({ Engine: 'mysql', DBClusterInstanceClass: 'db.m6gd.large' })),
    'an Aurora cluster, whose instances are judged': notApplicable(cluster({ MonitoringInterval: 0 })),
  },
}));

verdicts(logExports, presence(instance, 'EnableCloudwatchLogsExports', {
  value: ['error'],
  fail: { 'a cluster': cluster() },
  pass: { 'of PostgreSQL': cluster({ EnableCloudwatchLogsExports: ['upgrade', 'postgresql'] }) },
  notApplicable: { 'a member of a cluster': member() },
  trap: {
    'of PostgreSQL, but not its own log': fail(cluster({ EnableCloudwatchLogsExports: ['upgrade', 'iam-db-auth-error'] }), { message: /postgresql/ }),
    'of PostgreSQL, one of several is not known': unknown(cluster({ EnableCloudwatchLogsExports: ['upgrade', P] })),
    'of an engine by parameter': unknown(instance({ Engine: P, EnableCloudwatchLogsExports: ['error'] })),
  },
}));

verdicts(iamAuthentication, setting(instance, 'EnableIAMDatabaseAuthentication', {
  good: true,
  bad: false,
  notApplicable: { 'an engine without': subject('AWS::RDS::DBInstance')({ Engine: 'oracle-se2' }), 'a member of a cluster': member() },
  trap: {
    'off, of an engine by parameter': unknown(instance({ Engine: P, EnableIAMDatabaseAuthentication: false })),
    'a cluster': pass(cluster({ EnableIAMDatabaseAuthentication: true })),
  },
}));
