import { Duration, SecretValue, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import flags from 'aws-cdk-lib/recommended-feature-flags.json';
import type { Construct } from 'constructs';
import { appWith, claimsIn, CONCRETE, describeConstruct, modelOf, optionalOf, validated } from './harness';
import { AWS_POLICY, BACKED_UP_BY_TAG } from './nag-findings';
import { EncryptionKey, SecureDatabaseCluster, SecureDatabaseClusterProps } from '../../src/constructs';
import { OptOut } from '../../src/declarations/opt-out';

const optional = optionalOf<SecureDatabaseClusterProps>()([
  'instances', 'instanceProps', 'writer', 'readers', 'serverlessV2MaxCapacity', 'serverlessV2MinCapacity', 'serverlessV2AutoPauseDuration', 'vpc', 'vpcSubnets', 'securityGroups',
  'instanceUpdateBehaviour', 'backtrackWindow', 'backup', 'port', 'clusterIdentifier', 'instanceIdentifierBase', 'defaultDatabaseName', 'deletionProtection',
  'preferredMaintenanceWindow', 'parameterGroup', 'parameters', 'removalPolicy', 'cloudwatchLogsExports', 'cloudwatchLogsRetention', 'cloudwatchLogsRetentionRole',
  'monitoringInterval', 'monitoringRole', 'enableClusterLevelEnhancedMonitoring', 's3ImportRole', 's3ImportBuckets', 's3ExportRole', 's3ExportBuckets', 'subnetGroup',
  'iamAuthentication', 'storageEncrypted', 'storageEncryptionKey', 'storageType', 'copyTagsToSnapshot', 'networkType', 'domain', 'domainRole', 'enableDataApi',
  'enableLocalWriteForwarding', 'enablePerformanceInsights', 'performanceInsightRetention', 'performanceInsightEncryptionKey', 'databaseInsightsMode',
  'autoMinorVersionUpgrade', 'clusterScalabilityType', 'clusterScailabilityType', 'engineLifecycleSupport', 'deleteAutomatedBackups', 'credentials',
  'replicationSourceIdentifier', 'manageMasterUserPassword', 'optOuts', 'inRecoveryPlan', 'secondaryOf',
]);

const postgres = rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_16_6 });
const mysql = rds.DatabaseClusterEngine.auroraMysql({ version: rds.AuroraMysqlEngineVersion.VER_3_08_0 });
const subnetConfiguration = [{ name: 'public', subnetType: ec2.SubnetType.PUBLIC }, { name: 'data', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }];
const cfn = (cluster: rds.DatabaseCluster): rds.CfnDBCluster => cluster.node.defaultChild as rds.CfnDBCluster;
const set = (path: string, value: unknown) => (cluster: SecureDatabaseCluster) => cfn(cluster).addPropertyOverride(path, value);
const unset = (path: string) => (cluster: SecureDatabaseCluster) => cfn(cluster).addPropertyDeletionOverride(path);
const members = (cluster: Construct): rds.CfnDBInstance[] => cluster.node.findAll().filter((node): node is rds.CfnDBInstance => rds.CfnDBInstance.isCfnDBInstance(node));
const setOnWriter = (path: string, value: unknown) => (cluster: SecureDatabaseCluster) => members(cluster)[0].addPropertyOverride(path, value);

const groupOf = (cluster: SecureDatabaseCluster): ec2.CfnSecurityGroup => cluster.connections.securityGroups[0].node.defaultChild as ec2.CfnSecurityGroup;

function vpcOf(scope: Construct): ec2.Vpc {
  const stack = Stack.of(scope);
  return stack.node.tryFindChild('Vpc') as ec2.Vpc | undefined ?? new ec2.Vpc(stack, 'Vpc', { natGateways: 0, subnetConfiguration });
}

/** A VPC with the subnets that CDK takes unless told: it refuses a plain cluster where there are none. */
function usualVpcOf(scope: Construct): ec2.Vpc {
  const stack = Stack.of(scope);
  return stack.node.tryFindChild('Usual') as ec2.Vpc | undefined ?? new ec2.Vpc(stack, 'Usual', { natGateways: 1 });
}

const writer = (props: rds.ProvisionedClusterInstanceProps): rds.IClusterInstance => rds.ClusterInstance.provisioned('W', props);
const readers = [rds.ClusterInstance.provisioned('R')];
const MONITORED_BY_CLUSTER = 'the cluster sets the interval for all of its instances, which cdk-nag does not follow';

describeConstruct<SecureDatabaseClusterProps>({
  name: 'SecureDatabaseCluster',
  make: (scope, id, props) => new SecureDatabaseCluster(scope, id, { engine: postgres, ...props, vpc: props?.vpc ?? vpcOf(scope) }),
  uses: (cluster: SecureDatabaseCluster, consumer) => {
    const role = new iam.Role(consumer, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    cluster.grantConnect(role, 'app');
    cluster.secret!.grantRead(role);
  },
  given: (elsewhere) => ({ vpc: vpcOf(elsewhere), storageEncryptionKey: new EncryptionKey(elsewhere, 'Key') }),
  optional,
  breaks: {
    'RDS.StorageEncrypted': set('StorageEncrypted', false),
    'RDS.CustomerKey': unset('KmsKeyId'),
    'RDS.NotInPublicSubnet': (cluster: SecureDatabaseCluster) => (cluster.vpc.isolatedSubnets[0].node.defaultChild as ec2.CfnSubnet).addPropertyOverride('MapPublicIpOnLaunch', true),
    'Network.DataStoreGroupsClosed': (cluster: SecureDatabaseCluster) => cluster.connections.allowDefaultPortFromAnyIpv4(),
    'Network.DataStoreEgress': (cluster: SecureDatabaseCluster) => groupOf(cluster).addPropertyOverride('SecurityGroupEgress', [{ CidrIp: '0.0.0.0/0', IpProtocol: '-1' }]),
    'Network.OwnSecurityGroup': (cluster: SecureDatabaseCluster) => cfn(cluster).addPropertyOverride('VpcSecurityGroupIds', [{ 'Fn::GetAtt': [Stack.of(cluster).getLogicalId(cluster.vpc.node.defaultChild as ec2.CfnVPC), 'DefaultSecurityGroup'] }]),
    'RDS.ClusterMultiAZ': (cluster: SecureDatabaseCluster) => void cluster.node.tryRemoveChild('Standby'),
    'RDS.AutomatedBackups': set('BackupRetentionPeriod', 0),
    'RDS.BackupRetention': set('BackupRetentionPeriod', 6),
    'RDS.CopyTagsToSnapshot': set('CopyTagsToSnapshot', false),
    'RDS.DeletionProtection': set('DeletionProtection', false),
    'RDS.IamAuthentication': unset('EnableIAMDatabaseAuthentication'),
    'RDS.ManagedMasterPassword': set('ManageMasterUserPassword', false),
    'RDS.NonDefaultMasterUsername': set('MasterUsername', 'postgres'),
    'RDS.LogExports': unset('EnableCloudwatchLogsExports'),
    'RDS.PerformanceInsights': set('PerformanceInsightsEnabled', false),
    'RDS.AutoMinorVersionUpgrade': set('AutoMinorVersionUpgrade', false),
    'RDS.NotPublic': setOnWriter('PubliclyAccessible', true),
    'RDS.EnhancedMonitoring': set('MonitoringInterval', 0),
    'RDS.CaCertificateCurrent': setOnWriter('CACertificateIdentifier', 'rds-ca-2019'),
    'RDS.TlsEnforced': (cluster: SecureDatabaseCluster) => {
      const group = cluster.node.findAll().find((child): child is rds.CfnDBClusterParameterGroup => rds.CfnDBClusterParameterGroup.isCfnDBClusterParameterGroup(child))!;
      group.addPropertyOverride('Parameters', { 'rds.force_ssl': '0' });
    },
  },
  weakenings: [
    { props: { storageEncrypted: false }, says: 'storageEncrypted: false', rules: ['RDS.StorageEncrypted'] },
    { props: { vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC }, writer: writer({ publiclyAccessible: false }) }, says: 'vpcSubnets with public subnets', rules: ['RDS.NotInPublicSubnet'] },
    { props: { readers: [] }, says: 'readers: []', rules: ['RDS.ClusterMultiAZ'] },
    { props: { backup: { retention: Duration.days(6) } }, says: 'backup: { retention: 6 days }', rules: ['RDS.BackupRetention'] },
    { props: { backup: { retention: Duration.days(0) } }, says: 'backup: { retention: 0 days }', rules: ['RDS.AutomatedBackups', 'RDS.BackupRetention'] },
    { props: { copyTagsToSnapshot: false }, says: 'copyTagsToSnapshot: false', rules: ['RDS.CopyTagsToSnapshot'] },
    { props: { deletionProtection: false }, says: 'deletionProtection: false', rules: ['RDS.DeletionProtection'] },
    { props: { iamAuthentication: false }, says: 'iamAuthentication: false', rules: ['RDS.IamAuthentication'] },
    { props: { credentials: rds.Credentials.fromPassword('someone', SecretValue.unsafePlainText('secret')) }, says: 'credentials with a password', rules: ['RDS.ManagedMasterPassword'] },
    { props: { credentials: rds.Credentials.fromUsername('postgres') }, says: 'credentials of postgres', rules: ['RDS.NonDefaultMasterUsername'] },
    { props: { cloudwatchLogsExports: [] }, says: 'cloudwatchLogsExports: []', rules: ['RDS.LogExports'] },
    { props: { enablePerformanceInsights: false }, says: 'enablePerformanceInsights: false', rules: ['RDS.PerformanceInsights'] },
    { props: { autoMinorVersionUpgrade: false }, says: 'autoMinorVersionUpgrade: false', rules: ['RDS.AutoMinorVersionUpgrade'] },
    { props: { writer: writer({ publiclyAccessible: true }), readers }, says: 'publiclyAccessible: true', rules: ['RDS.NotPublic'] },
    { props: { writer: writer({ caCertificate: rds.CaCertificate.of('rds-ca-2019') }), readers }, says: 'caCertificate: rds-ca-2019', rules: ['RDS.CaCertificateCurrent'] },
    { props: { parameters: { 'rds.force_ssl': '0' } }, says: 'rds.force_ssl: 0', rules: ['RDS.TlsEnforced'] },
  ],
  nag: {
    'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole] S/X/MonitoringRole/Resource': AWS_POLICY,
    'NIST.800.53.R5-RDSEnhancedMonitoringEnabled S/X/Standby/Writer/Resource': MONITORED_BY_CLUSTER,
    'NIST.800.53.R5-RDSEnhancedMonitoringEnabled S/X/Writer/Resource': MONITORED_BY_CLUSTER,
    'NIST.800.53.R5-RDSInBackupPlan S/X/Standby/Writer/Resource': BACKED_UP_BY_TAG,
    'NIST.800.53.R5-RDSInBackupPlan S/X/Writer/Resource': BACKED_UP_BY_TAG,
  },
  besides: /^S\/Vpc\//,
});

describe('SecureDatabaseCluster', () => {
  const made = (props: Partial<SecureDatabaseClusterProps> = {}, stack = new Stack(appWith(), 'S')): { stack: Stack; cluster: SecureDatabaseCluster } =>
    ({ stack, cluster: new SecureDatabaseCluster(stack, 'X', { engine: postgres, ...props, vpc: props.vpc ?? vpcOf(stack) }) });
  const all = (stack: Stack, type: string): Record<string, any>[] => Object.values(Template.fromStack(stack).findResources(type));
  const only = (stack: Stack, type = 'AWS::RDS::DBCluster'): Record<string, any> => all(stack, type)[0].Properties;
  const instances = (stack: Stack): Record<string, any>[] => all(stack, 'AWS::RDS::DBInstance').map(({ Properties }) => Properties);
  const rulesOf = (stack: Stack): string[] => [...new Set(claimsIn(modelOf(stack.node.root as never), 'SecureDatabaseCluster').map(({ rule, verdict, says }) => (verdict === 'pass' ? rule : `${rule} ${says}`)))];
  const zone = (index: number) => ({ 'Fn::Select': [index, { 'Fn::GetAZs': '' }] });

  test('has a small serverless writer and a reader that can take its place, in two zones', () => {
    const { stack } = made();
    expect(instances(stack).map(({ DBInstanceClass, AvailabilityZone, PromotionTier }) => [DBInstanceClass, AvailabilityZone, PromotionTier])).toEqual(expect.arrayContaining([
      ['db.serverless', zone(0), 0], ['db.serverless', zone(1), 1],
    ]));
    expect(only(stack).ServerlessV2ScalingConfiguration).toEqual({ MinCapacity: 0.5, MaxCapacity: 2 });
  });

  test.each([
    ['of its class, in a zone of Aurora\'s choice', {}, [undefined, undefined]],
    ['in another zone than one that is named', { availabilityZone: 'eu-west-1a' }, ['eu-west-1a', 'eu-west-1b']],
    ['with a name like its name', { instanceIdentifier: 'orders' }, [undefined, undefined]],
  ])('has a reader like the writer: %s', (_, given, zones) => {
    const { stack } = made({ writer: writer({ instanceType: new ec2.InstanceType('r6g.large'), ...given }) }, new Stack(appWith({ 'availability-zones:account=111111111111:region=eu-west-1': ['eu-west-1a', 'eu-west-1b'] }), 'S', CONCRETE));
    expect(instances(stack).map(({ DBInstanceClass }) => DBInstanceClass)).toEqual(['db.r6g.large', 'db.r6g.large']);
    expect(instances(stack).map(({ AvailabilityZone }) => AvailabilityZone).sort()).toEqual(zones);
    expect(instances(stack).map(({ DBInstanceIdentifier }) => DBInstanceIdentifier).filter(Boolean).sort()).toEqual('instanceIdentifier' in given ? ['orders', 'orders-standby'] : []);
  });

  test.each([['no feature flags', {}, 1], ['all recommended flags', flags, 2]])('has instances with parameters, %s', (_, context, groups) => {
    const { stack } = made({ writer: writer({ parameters: { log_min_duration_statement: '100' } }) }, new Stack(appWith(context), 'S'));
    Template.fromStack(stack).resourceCountIs('AWS::RDS::DBParameterGroup', groups);
    const ids = Object.keys(Template.fromStack(stack).findResources('AWS::RDS::DBParameterGroup'));
    expect([...new Set(instances(stack).map(({ DBParameterGroupName }) => DBParameterGroupName.Ref))].sort()).toEqual(ids.sort());
  });

  test('takes readers that are given, and instances as they were told of before there were readers', () => {
    expect(instances(made({ writer: writer({}), readers: [...readers, rds.ClusterInstance.serverlessV2('S', { scaleWithWriter: true })] }).stack)).toHaveLength(3);
    const { stack } = made();
    const old = new Stack(appWith(), 'Old');
    process.env.JSII_DEPRECATED = 'quiet';
    try {
      const props = { engine: postgres, instances: 2, instanceProps: { vpc: vpcOf(old), vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED } } };
      new SecureDatabaseCluster(old, 'X', props);
      expect(() => new SecureDatabaseCluster(old, 'Y', { ...props, instances: 1 })).toThrow('SecureDatabaseCluster at Old/Y: instances: 1 weakens RDS.ClusterMultiAZ');
      expect(instances(old)).toHaveLength(3);
    } finally {
      process.env.JSII_DEPRECATED = 'fail';
    }
    expect(only(old).StorageEncrypted).toBe(only(stack).StorageEncrypted);
  });

  test.each([
    ['PostgreSQL', postgres, { 'rds.force_ssl': '1', 'shared_preload_libraries': 'pg_stat_statements,pgaudit', 'pgaudit.log': 'ddl,role' }, ['postgresql']],
    ['MySQL', mysql, { require_secure_transport: 'ON', server_audit_logging: '1', server_audit_events: 'CONNECT,QUERY_DCL,QUERY_DDL', slow_query_log: '1' }, ['audit', 'error', 'general', 'slowquery']],
  ])('of %s requires TLS, and writes and exports the logs', (_, engine, parameters, exported) => {
    const { stack } = made({ engine });
    expect(only(stack, 'AWS::RDS::DBClusterParameterGroup').Parameters).toEqual(parameters);
    expect(only(stack).EnableCloudwatchLogsExports).toEqual(exported);
    Template.fromStack(stack).resourceCountIs('AWS::Logs::LogGroup', exported.length);
    expect(rulesOf(stack).filter((rule) => rule.includes(' '))).toEqual([]);
    expect(rulesOf(stack)).toEqual(expect.arrayContaining(['RDS.TlsEnforced', ...engine === mysql ? ['RDS.AuroraMySqlAuditLog'] : []]));
  });

  test.each([
    ['parameters', { parameters: { server_audit_logging: '0' } }, 'server_audit_logging: 0 weakens RDS.AuroraMySqlAuditLog'],
    ['exports', { cloudwatchLogsExports: ['error'] }, 'cloudwatchLogsExports without audit weakens RDS.AuroraMySqlAuditLog'],
  ])('of MySQL keeps its audit log unless there is a reason: %s', (_, props, message) => {
    expect(() => made({ engine: mysql, ...props })).toThrow(message);
    const { stack } = made({ engine: mysql, ...props, optOuts: [OptOut.of('RDS.AuroraMySqlAuditLog', { reason: 'a test' })] });
    expect(rulesOf(stack)).not.toContain('RDS.AuroraMySqlAuditLog');
  });

  test('satisfies CDK\'s own validation with MySQL', () => {
    expect(() => validated((scope) => new SecureDatabaseCluster(scope, 'X', { engine: mysql, vpc: vpcOf(scope) }))).not.toThrow();
  });

  test('has its log groups, under a key and for a year, before Aurora makes them', () => {
    const { stack, cluster } = made({ clusterIdentifier: 'Orders' });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::Logs::LogGroup', { LogGroupName: '/aws/rds/cluster/orders/postgresql', RetentionInDays: 365 });
    expect(all(stack, 'AWS::RDS::DBCluster')[0].DependsOn).toEqual(expect.arrayContaining(Object.keys(template.findResources('AWS::Logs::LogGroup'))));
    template.resourceCountIs('Custom::LogRetention', 0);
    expect(Object.keys(cluster.cloudwatchLogGroups)).toEqual(['postgresql']);
  });

  test('keeps logs for less than a year with a reason only', () => {
    const retention = { cloudwatchLogsRetention: logs.RetentionDays.ONE_MONTH };
    expect(() => made(retention)).toThrow('SecureLogGroup at S/X/Logpostgresql: retention: 30 weakens Logs.RetentionOneYear');
    expect(only(made({ ...retention, optOuts: [OptOut.of('Logs.RetentionOneYear', { reason: 'a test' })] }).stack, 'AWS::Logs::LogGroup').RetentionInDays).toBe(30);
  });

  test('fails without enhanced monitoring, of all instances, unless there is a reason', () => {
    const off = { monitoringInterval: Duration.seconds(0) };
    expect(() => made(off)).toThrow('monitoringInterval: 0 weakens RDS.EnhancedMonitoring');
    const { stack } = made({ ...off, optOuts: [OptOut.of('RDS.EnhancedMonitoring', { reason: 'a test' })] });
    expect(rulesOf(stack)).not.toContain('RDS.EnhancedMonitoring');
    expect(all(stack, 'AWS::RDS::DBInstance').map(({ Metadata }) => JSON.stringify(Metadata)).filter((text) => text.includes('a test'))).toHaveLength(2);
  });

  test('monitors each instance when the cluster does not', () => {
    const { stack } = made({ enableClusterLevelEnhancedMonitoring: false });
    expect([only(stack).MonitoringInterval, ...instances(stack).map(({ MonitoringInterval }) => MonitoringInterval)]).toEqual([undefined, 60, 60]);
    expect(rulesOf(stack)).toContain('RDS.EnhancedMonitoring');
  });

  test.each<[string, Partial<SecureDatabaseClusterProps>, boolean | undefined]>([
    ['PostgreSQL', { writer: writer({}) }, true],
    ['MySQL with the default writer', { engine: mysql }, true],
    ['MySQL with a class of the family R', { engine: mysql, writer: writer({ instanceType: new ec2.InstanceType('r6g.large') }) }, true],
    ['MySQL with a class that is too small', { engine: mysql, writer: writer({}) }, undefined],
    ['MySQL with the smallest class that has them', { engine: mysql, writer: writer({ instanceType: new ec2.InstanceType('t4g.medium') }) }, true],
    ['an instance that has an opinion', { writer: writer({ enablePerformanceInsights: true }) }, undefined],
  ])('has insights under the key, without a warning of CDK: %s', (_, props, expected) => {
    const { stack } = made(props);
    const { PerformanceInsightsEnabled: on, PerformanceInsightsKmsKeyId: key } = only(stack);
    expect([on, key]).toEqual(expected ? [true, only(stack).KmsKeyId] : [undefined, undefined]);
    expect(rulesOf(stack).filter((rule) => rule.startsWith('RDS.PerformanceInsights'))).toEqual(expected ? ['RDS.PerformanceInsights'] : []);
  });

  const bucket = (stack: Stack): s3.IBucket => s3.Bucket.fromBucketName(stack, 'B', 'theirs');
  test.each<[string, (stack: Stack) => Partial<SecureDatabaseClusterProps>, object, boolean]>([
    ['nothing', () => ({}), { cidrIp: '255.255.255.255/32' }, true],
    ['to S3', (stack) => ({ s3ImportBuckets: [bucket(stack)] }), { cidrIp: '0.0.0.0/0', fromPort: 443, toPort: 443 }, true],
    ['to a directory, on any port', () => ({ domain: 'd-1234567890' }), { cidrIp: '0.0.0.0/0', ipProtocol: '-1' }, false],
  ])('lets out %s', (_, props, expected, closed) => {
    const stack = new Stack(appWith(), 'S');
    const { cluster } = made(props(stack), stack);
    expect(stack.resolve(groupOf(cluster).securityGroupEgress)).toEqual([expect.objectContaining(expected)]);
    expect(only(stack).VpcSecurityGroupIds).toEqual([stack.resolve(cluster.connections.securityGroups[0].securityGroupId)]);
    expect(rulesOf(stack).filter((rule) => /^Network|[ ]/.test(rule))).toEqual(['Network.DataStoreGroupsClosed', ...closed ? ['Network.DataStoreEgress'] : [], 'Network.OwnSecurityGroup'].sort());
  });

  test('claims nothing of security groups that it was given', () => {
    const stack = new Stack(appWith(), 'S');
    const { cluster } = made({ securityGroups: [new ec2.SecurityGroup(stack, 'Given', { vpc: vpcOf(stack) })] }, stack);
    expect(cluster.connections.securityGroups.map(({ node }) => node.path)).toEqual(['S/Given']);
    expect(rulesOf(stack).filter((rule) => rule.startsWith('Network.'))).toEqual([]);
  });

  test('puts insights that are asked for under the key', () => {
    expect(only(made({ databaseInsightsMode: rds.DatabaseInsightsMode.ADVANCED, performanceInsightRetention: rds.PerformanceInsightRetention.MONTHS_15 }).stack))
      .toMatchObject({ DatabaseInsightsMode: 'advanced', PerformanceInsightsRetentionPeriod: 465, PerformanceInsightsKmsKeyId: expect.anything() });
  });

  test('leaves the master password to Aurora, under the key, and gives its secret', () => {
    const { stack, cluster } = made();
    expect(only(stack)).toMatchObject({ ManageMasterUserPassword: true, MasterUsername: 'dbowner', MasterUserSecret: { KmsKeyId: expect.anything() } });
    expect(only(stack).MasterUserPassword).toBeUndefined();
    expect(cluster.secret).toBeDefined();
    Template.fromStack(stack).resourceCountIs('AWS::SecretsManager::Secret', 0);
  });

  test('has the users of its source as a replica of it', () => {
    const { stack } = made({ replicationSourceIdentifier: 'arn:aws:rds:eu-west-1:111111111111:cluster:orders' });
    expect(['MasterUsername', 'MasterUserPassword', 'ManageMasterUserPassword'].filter((name) => name in only(stack))).toEqual([]);
    expect(rulesOf(stack).filter((rule) => rule.includes('Master'))).toEqual([]);
  });

  test('lies in private subnets where there are no isolated ones, and fails where there are public ones only', () => {
    const stack = new Stack(appWith(), 'S');
    const vpc = usualVpcOf(stack);
    made({ vpc }, stack);
    expect(only(stack, 'AWS::RDS::DBSubnetGroup').SubnetIds).toEqual(vpc.privateSubnets.map(({ subnetId }) => stack.resolve(subnetId)));
    const open = new ec2.Vpc(stack, 'Open', { subnetConfiguration: [{ name: 'public', subnetType: ec2.SubnetType.PUBLIC }] });
    expect(() => new SecureDatabaseCluster(stack, 'Y', { engine: postgres, vpc: open })).toThrow('SecureDatabaseCluster at S/Y: the VPC has neither isolated nor private subnets; add some, or give vpcSubnets or subnetGroup');
  });

  test('fails with an engine that has no version', () => {
    expect(() => made({ engine: rds.DatabaseClusterEngine.AURORA_POSTGRESQL })).toThrow('SecureDatabaseCluster at S/X: an engine without a version has no parameter group');
  });

  test('claims nothing of a VPC, a key and a parameter group from elsewhere', () => {
    const stack = new Stack(appWith(), 'S');
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'V', { vpcId: 'vpc-12345678', availabilityZones: ['a', 'b'], isolatedSubnetIds: ['subnet-12345678', 'subnet-87654321'] });
    made({
      vpc,
      engine: mysql,
      storageEncryptionKey: kms.Key.fromKeyArn(stack, 'K', 'arn:aws:kms:eu-west-1:111111111111:key/12345678-1234-1234-1234-123456789012'),
      parameterGroup: rds.ParameterGroup.fromParameterGroupName(stack, 'P', 'theirs'),
    }, stack);
    const rules = rulesOf(stack);
    for (const rule of ['RDS.NotInPublicSubnet', 'RDS.CustomerKey', 'RDS.TlsEnforced', 'RDS.AuroraMySqlAuditLog']) expect(rules).not.toContain(rule);
    expect(rules).toContain('RDS.StorageEncrypted');
  });

  test.each([
    ['says nothing of TLS, before version 17', '16', {}, 'rds.force_ssl: absent weakens RDS.TlsEnforced'],
    ['says nothing of TLS, which version 17 forces', '17', {}, undefined],
    ['lets clients go without TLS', '17', { 'rds.force_ssl': '0' }, 'rds.force_ssl: 0 weakens RDS.TlsEnforced'],
  ])('judges a parameter group that %s', (_, major, parameters, message) => {
    const stack = new Stack(appWith(), 'S');
    const engine = rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.of(`${major}.4`, major) });
    const make = (): string[] => rulesOf(made({ engine, parameterGroup: new rds.ParameterGroup(stack, 'P', { engine, parameters }) }, stack).stack);
    if (message) expect(make).toThrow(message);
    else expect(make()).toContain('RDS.TlsEnforced');
  });

  test.each([['is tagged for backup', {}, true], ['is not, when told so', { inRecoveryPlan: false }, false]])('%s, the cluster alone', (_, props, tagged) => {
    const { stack } = made(props);
    const with_ = Object.values(Template.fromStack(stack).toJSON().Resources as Record<string, any>).filter(({ Properties }) => JSON.stringify(Properties?.Tags ?? []).includes('soc2:backup'));
    expect(with_.map(({ Type }) => Type)).toEqual(tagged ? ['AWS::RDS::DBCluster'] : []);
  });

  describe('in a global database', () => {
    const primary = { credentials: rds.Credentials.fromGeneratedSecret('someone') };

    test('is the primary', () => {
      const { stack, cluster } = made(primary);
      const global = cluster.addGlobalDatabase('orders');
      expect(only(stack, 'AWS::RDS::GlobalCluster')).toMatchObject({ GlobalClusterIdentifier: 'orders', SourceDBClusterIdentifier: stack.resolve(cluster.clusterIdentifier), DeletionProtection: true });
      expect(only(stack, 'AWS::RDS::GlobalCluster')).not.toHaveProperty('StorageEncrypted');
      expect(global.globalClusterIdentifier).toBe('orders');
      expect(claimsIn(modelOf(stack.node.root as never)).filter(({ resource }) => resource.type === 'AWS::RDS::GlobalCluster').map(({ rule, verdict }) => [rule, verdict])).toEqual([['RDS.DeletionProtection', 'pass']]);
    });

    test('cannot leave its password to Aurora', () => {
      expect(() => made().cluster.addGlobalDatabase('orders')).toThrow('SecureDatabaseCluster at S/X: Aurora manages no password of a global database; give credentials: rds.Credentials.fromGeneratedSecret(');
    });

    test('is a secondary one, which has users and databases of the primary, and a key of its own', () => {
      const { stack, cluster } = made({ secondaryOf: 'orders' });
      expect(only(stack)).toMatchObject({ GlobalClusterIdentifier: 'orders', StorageEncrypted: true, KmsKeyId: expect.anything() });
      expect(Object.keys(only(stack)).filter((name) => /Master|DatabaseName/.test(name))).toEqual([]);
      expect(cluster.secret).toBeUndefined();
      Template.fromStack(stack).resourceCountIs('AWS::SecretsManager::Secret', 0);
      expect(rulesOf(stack).filter((rule) => rule.includes(' ') || rule.includes('Master'))).toEqual([]);
    });

    test.each([
      ['credentials', primary],
      ['defaultDatabaseName', { defaultDatabaseName: 'orders' }],
      ['manageMasterUserPassword', { manageMasterUserPassword: true }],
    ])('is no secondary one with %s', (name, props) => {
      expect(() => made({ secondaryOf: 'orders', ...props })).toThrow(`SecureDatabaseCluster at S/X: ${name} is a matter of the primary of the global database; leave it out, or secondaryOf`);
    });
  });
});
