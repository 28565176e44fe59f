import { Aws, Duration, RemovalPolicy, SecretValue, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { appWith, claimsIn, describeConstruct, modelOf, optionalOf, validated } from './harness';
import { AWS_POLICY, BACKED_UP_BY_TAG } from './nag-findings';
import { EncryptionKey, SecureDatabaseInstance, SecureDatabaseInstanceProps } from '../../src/constructs';
import { OptOut } from '../../src/declarations/opt-out';

const optional = optionalOf<SecureDatabaseInstanceProps>()([
  'optOuts', 'backup', 'instanceType', 'licenseModel', 'allowMajorVersionUpgrade', 'timezone', 'allocatedStorage', 'databaseName', 'parameters',
  'credentials', 'manageMasterUserPassword', 'characterSetName', 'storageEncrypted', 'storageEncryptionKey', 'multiAz', 'availabilityZone',
  'storageType', 'storageThroughput', 'iops', 'processorFeatures', 'instanceIdentifier', 'vpcSubnets', 'securityGroups', 'port', 'parameterGroup',
  'optionGroup', 'iamAuthentication', 'backupRetention', 'preferredBackupWindow', 'copyTagsToSnapshot', 'deleteAutomatedBackups',
  'monitoringInterval', 'monitoringRole', 'enablePerformanceInsights', 'performanceInsightRetention', 'performanceInsightEncryptionKey',
  'databaseInsightsMode', 'cloudwatchLogsExports', 'cloudwatchLogsRetention', 'cloudwatchLogsRetentionRole', 'autoMinorVersionUpgrade',
  'preferredMaintenanceWindow', 'deletionProtection', 'removalPolicy', 'maxAllocatedStorage', 'domain', 'domainRole', 'subnetGroup', 's3ImportRole',
  's3ImportBuckets', 's3ExportRole', 's3ExportBuckets', 'publiclyAccessible', 'networkType', 'caCertificate', 'applyImmediately',
  'engineLifecycleSupport',
]);

const postgres = rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_14 });
const subnetConfiguration = [{ name: 'public', subnetType: ec2.SubnetType.PUBLIC }, { name: 'data', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }];
const cfn = (database: SecureDatabaseInstance): rds.CfnDBInstance => database.node.defaultChild as rds.CfnDBInstance;
const set = (path: string, value: unknown) => (database: SecureDatabaseInstance) => cfn(database).addPropertyOverride(path, value);
const unset = (path: string) => (database: SecureDatabaseInstance) => cfn(database).addPropertyDeletionOverride(path);

const groupOf = (database: SecureDatabaseInstance): ec2.CfnSecurityGroup => database.connections.securityGroups[0].node.defaultChild as ec2.CfnSecurityGroup;

function vpcOf(stack: Stack): ec2.Vpc {
  return stack.node.tryFindChild('Vpc') as ec2.Vpc | undefined ?? new ec2.Vpc(stack, 'Vpc', { natGateways: 0, subnetConfiguration });
}

describeConstruct<SecureDatabaseInstanceProps>({
  name: 'SecureDatabaseInstance',
  uses: (database: SecureDatabaseInstance, consumer) => {
    const role = new iam.Role(consumer, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    database.grantConnect(role, 'app');
    database.secret!.grantRead(role);
  },
  given: (elsewhere) => ({ vpc: vpcOf(elsewhere), storageEncryptionKey: new EncryptionKey(elsewhere, 'Key') }),
  nag: {
    'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole] S/X/MonitoringRole/Resource': AWS_POLICY,
    'AwsSolutions-RDS11 S/X/Resource': 'another port hides nothing from a scan',
    'NIST.800.53.R5-RDSInBackupPlan S/X/Resource': BACKED_UP_BY_TAG,
  },
  make: (scope, id, props) => new SecureDatabaseInstance(scope, id, { engine: postgres, vpc: vpcOf(Stack.of(scope)), ...props }),
  optional,
  breaks: {
    'RDS.StorageEncrypted': set('StorageEncrypted', false),
    'RDS.CustomerKey': unset('KmsKeyId'),
    'RDS.NotPublic': set('PubliclyAccessible', true),
    'RDS.NotInPublicSubnet': (database: SecureDatabaseInstance) => (database.vpc.isolatedSubnets[0].node.defaultChild as ec2.CfnSubnet).addPropertyOverride('MapPublicIpOnLaunch', true),
    'RDS.MultiAZ': set('MultiAZ', false),
    'Network.DataStoreGroupsClosed': (database: SecureDatabaseInstance) => database.connections.allowDefaultPortFromAnyIpv4(),
    'Network.DataStoreEgress': (database: SecureDatabaseInstance) => groupOf(database).addPropertyOverride('SecurityGroupEgress', [{ CidrIp: '0.0.0.0/0', IpProtocol: '-1' }]),
    'Network.OwnSecurityGroup': (database: SecureDatabaseInstance) => cfn(database).addPropertyOverride('VPCSecurityGroups', [{ 'Fn::GetAtt': [Stack.of(database).getLogicalId(database.vpc.node.defaultChild as ec2.CfnVPC), 'DefaultSecurityGroup'] }]),
    'RDS.PerformanceInsights': unset('EnablePerformanceInsights'),
    'RDS.AutomatedBackups': set('BackupRetentionPeriod', 0),
    'RDS.BackupRetention': set('BackupRetentionPeriod', 6),
    'RDS.CopyTagsToSnapshot': set('CopyTagsToSnapshot', false),
    'RDS.DeletionProtection': set('DeletionProtection', false),
    'RDS.IamAuthentication': unset('EnableIAMDatabaseAuthentication'),
    'RDS.ManagedMasterPassword': set('ManageMasterUserPassword', false),
    'RDS.NonDefaultMasterUsername': set('MasterUsername', 'postgres'),
    'RDS.LogExports': unset('EnableCloudwatchLogsExports'),
    'RDS.EnhancedMonitoring': set('MonitoringInterval', 0),
    'RDS.AutoMinorVersionUpgrade': set('AutoMinorVersionUpgrade', false),
    'RDS.CaCertificateCurrent': set('CACertificateIdentifier', 'rds-ca-2019'),
    'RDS.TlsEnforced': (database: SecureDatabaseInstance) => {
      const group = database.node.findAll().find((child): child is rds.CfnDBParameterGroup => rds.CfnDBParameterGroup.isCfnDBParameterGroup(child))!;
      group.addPropertyOverride('Parameters', { 'rds.force_ssl': '0' });
    },
  },
  weakenings: [
    { props: { storageEncrypted: false }, says: 'storageEncrypted: false', rules: ['RDS.StorageEncrypted'] },
    { props: { publiclyAccessible: true }, says: 'publiclyAccessible: true', rules: ['RDS.NotPublic'] },
    { props: { vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC } }, says: 'vpcSubnets with public subnets', rules: ['RDS.NotInPublicSubnet'] },
    { props: { multiAz: false }, says: 'multiAz: false', rules: ['RDS.MultiAZ'] },
    { props: { backupRetention: Duration.days(6) }, says: 'backupRetention: 6 days', rules: ['RDS.BackupRetention'] },
    { props: { backupRetention: Duration.days(0) }, says: 'backupRetention: 0 days', rules: ['RDS.AutomatedBackups', 'RDS.BackupRetention'] },
    { props: { copyTagsToSnapshot: false }, says: 'copyTagsToSnapshot: false', rules: ['RDS.CopyTagsToSnapshot'] },
    { props: { deletionProtection: false }, says: 'deletionProtection: false', rules: ['RDS.DeletionProtection'] },
    { props: { iamAuthentication: false }, says: 'iamAuthentication: false', rules: ['RDS.IamAuthentication'] },
    { props: { credentials: rds.Credentials.fromPassword('someone', SecretValue.unsafePlainText('secret')) }, says: 'credentials with a password', rules: ['RDS.ManagedMasterPassword'] },
    { props: { credentials: rds.Credentials.fromUsername('postgres') }, says: 'credentials of postgres', rules: ['RDS.NonDefaultMasterUsername'] },
    { props: { cloudwatchLogsExports: [] }, says: 'cloudwatchLogsExports: []', rules: ['RDS.LogExports'] },
    { props: { monitoringInterval: Duration.seconds(0) }, says: 'monitoringInterval: 0', rules: ['RDS.EnhancedMonitoring'] },
    { props: { enablePerformanceInsights: false }, says: 'enablePerformanceInsights: false', rules: ['RDS.PerformanceInsights'] },
    { props: { autoMinorVersionUpgrade: false }, says: 'autoMinorVersionUpgrade: false', rules: ['RDS.AutoMinorVersionUpgrade'] },
    { props: { availabilityZone: 'eu-west-1a' }, says: 'availabilityZone', rules: ['RDS.MultiAZ'] },
    { props: { caCertificate: rds.CaCertificate.of('rds-ca-2019') }, says: 'caCertificate: rds-ca-2019', rules: ['RDS.CaCertificateCurrent'] },
    { props: { parameters: { 'rds.force_ssl': '0' } }, says: 'rds.force_ssl: 0', rules: ['RDS.TlsEnforced'] },
  ],
  besides: /^S\/Vpc\//,
});

describe('SecureDatabaseInstance', () => {
  const made = (props: Partial<SecureDatabaseInstanceProps> = {}, stack = new Stack(appWith(), 'S')): { stack: Stack; database: SecureDatabaseInstance } =>
    ({ stack, database: new SecureDatabaseInstance(stack, 'X', { engine: postgres, vpc: vpcOf(stack), ...props }) });
  const only = (stack: Stack, type: string): Record<string, any> => Object.values(Template.fromStack(stack).findResources(type))[0].Properties;
  const instance = (stack: Stack): Record<string, any> => only(stack, 'AWS::RDS::DBInstance');
  const rulesOf = (stack: Stack): string[] => claimsIn(modelOf(stack.node.root as never), 'SecureDatabaseInstance').map(({ rule, verdict, says }) => (verdict === 'pass' ? rule : `${rule} ${says}`));

  const mysql = rds.DatabaseInstanceEngine.mysql({ version: rds.MysqlEngineVersion.VER_8_0 });
  const sqlserver = rds.DatabaseInstanceEngine.sqlServerSe({ version: rds.SqlServerEngineVersion.VER_16 });
  const oracle = rds.DatabaseInstanceEngine.oracleSe2({ version: rds.OracleEngineVersion.VER_19 });
  test.each([
    ['PostgreSQL', postgres, { 'rds.force_ssl': '1', 'shared_preload_libraries': 'pg_stat_statements,pgaudit', 'pgaudit.log': 'ddl,role' }, ['postgresql', 'upgrade'], true],
    ['MySQL', mysql, { require_secure_transport: '1', slow_query_log: '1', log_output: 'FILE' }, ['audit', 'error', 'general', 'slowquery'], true],
    ['MariaDB', rds.DatabaseInstanceEngine.mariaDb({ version: rds.MariaDbEngineVersion.VER_10_11 }), { require_secure_transport: '1', slow_query_log: '1', log_output: 'FILE' }, ['audit', 'error', 'general', 'slowquery'], true],
    ['SQL Server', sqlserver, { 'rds.force_ssl': '1' }, ['agent', 'error'], undefined],
    ['SQL Server Express', rds.DatabaseInstanceEngine.sqlServerEx({ version: rds.SqlServerEngineVersion.VER_16 }), { 'rds.force_ssl': '1' }, ['error'], undefined],
    ['Oracle', oracle, undefined, ['alert', 'audit', 'listener', 'trace'], undefined],
  ])('of %s requires TLS, exports the logs and accepts IAM sign-in as far as the engine can', (_, engine, parameters, exported, iam) => {
    const { stack } = made({ engine, licenseModel: rds.LicenseModel.LICENSE_INCLUDED });
    const template = Template.fromStack(stack);
    const groups = Object.values(template.findResources('AWS::RDS::DBParameterGroup'));
    expect(groups.map((group) => group.Properties.Parameters)).toEqual(parameters ? [parameters] : []);
    expect(instance(stack).EnableCloudwatchLogsExports).toEqual(exported);
    expect(instance(stack).EnableIAMDatabaseAuthentication).toBe(iam);
    template.resourceCountIs('AWS::Logs::LogGroup', exported.length);
    expect(rulesOf(stack).filter((rule) => rule === 'RDS.TlsEnforced' || rule === 'RDS.IamAuthentication').sort()).toEqual([...iam ? ['RDS.IamAuthentication'] : [], ...parameters ? ['RDS.TlsEnforced'] : []]);
    expect(rulesOf(stack).filter((rule) => rule.includes(' '))).toEqual([]);
  });

  test.each([['Express', rds.DatabaseInstanceEngine.sqlServerEx({ version: rds.SqlServerEngineVersion.VER_16 })], ['Web', rds.DatabaseInstanceEngine.sqlServerWeb({ version: rds.SqlServerEngineVersion.VER_16 })]])(
    'asks for no standby, and claims none, of SQL Server %s, which has none', (_, engine) => {
      const { stack } = made({ engine, licenseModel: rds.LicenseModel.LICENSE_INCLUDED });
      expect(instance(stack).MultiAZ).toBeUndefined();
      expect(rulesOf(stack)).not.toContain('RDS.MultiAZ');
    });

  test.each([
    ['MySQL', rds.DatabaseInstanceEngine.mysql({ version: rds.MysqlEngineVersion.of('8.0.42', '8.0') })],
    ['SQL Server', rds.DatabaseInstanceEngine.sqlServerSe({ version: rds.SqlServerEngineVersion.of('16.00.4185.3.v1', '16.00') })],
    ['Oracle', oracle],
  ])('satisfies CDK\'s own validation with %s', (_, engine) => {
    expect(() => validated((scope) => new SecureDatabaseInstance(scope, 'X', {
      engine,
      vpc: vpcOf(Stack.of(scope)),
      licenseModel: engine.engineType === 'mysql' ? undefined : rds.LicenseModel.LICENSE_INCLUDED,
    }))).not.toThrow();
  });

  test('has its log groups, under a key and for a year, before RDS makes them', () => {
    const { stack } = made({ instanceIdentifier: 'Orders' });
    const template = Template.fromStack(stack);
    template.hasResource('AWS::Logs::LogGroup', {
      Properties: { LogGroupName: '/aws/rds/instance/orders/postgresql', RetentionInDays: 365, KmsKeyId: Match.anyValue() },
      // A group that outlived the roll-back of its creation would stand in the way of the next try.
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
    });
    const database = Object.values(template.findResources('AWS::RDS::DBInstance'))[0];
    expect(database.DependsOn).toEqual(expect.arrayContaining(Object.keys(template.findResources('AWS::Logs::LogGroup'))));
    template.resourceCountIs('Custom::LogRetention', 0);
  });

  test('has an identifier that RDS takes, the same in every synthesis', () => {
    const identifiers = [1, 2].map(() => instance(made().stack).DBInstanceIdentifier);
    expect(identifiers[0]).toBe(identifiers[1]);
    expect(identifiers[0]).toMatch(/^[a-z](-?[a-z0-9])*$/);
    expect(identifiers[0].length).toBeLessThanOrEqual(63);
  });

  test.each([
    ['a long path', 'A'.repeat(80)],
    ['a path that begins with a digit', '1st-stack'],
  ])('has an identifier that RDS takes for %s', (_, id) => {
    const identifier = instance(made({}, new Stack(appWith(), `${/^\d/.test(id) ? 'x' : ''}${id}`)).stack).DBInstanceIdentifier;
    expect(identifier).toMatch(/^[a-z](-?[a-z0-9])*$/);
    expect(identifier.length).toBeLessThanOrEqual(63);
  });

  test('keeps logs for less than a year with a reason only', () => {
    const retention = { cloudwatchLogsRetention: logs.RetentionDays.ONE_MONTH };
    expect(() => made(retention)).toThrow('SecureLogGroup at S/X/Logpostgresql: retention: 30 weakens Logs.RetentionOneYear');
    const { stack } = made({ ...retention, optOuts: [OptOut.of('Logs.RetentionOneYear', { reason: 'a test' })] });
    expect(only(stack, 'AWS::Logs::LogGroup').RetentionInDays).toBe(30);
  });

  const of = (instanceType: string): Partial<SecureDatabaseInstanceProps> => ({ instanceType: new ec2.InstanceType(instanceType) });
  const mariadb = rds.DatabaseInstanceEngine.mariaDb({ version: rds.MariaDbEngineVersion.VER_10_11 });
  test.each<[string, Partial<SecureDatabaseInstanceProps>, boolean]>([
    ['of the class of CDK', { engine: mysql }, true],
    ['of PostgreSQL, however small', of('t4g.micro'), true],
    ['of MySQL', { engine: mysql, ...of('t4g.medium') }, true],
    ['of MySQL, too small', { engine: mysql, ...of('t4g.small') }, false],
    ['of MariaDB, too small', { engine: mariadb, ...of('t3.micro') }, false],
    ['of MySQL, of a class that nobody knows', { engine: mysql, ...of(Aws.NO_VALUE) }, false],
    ['of SQL Server', { engine: sqlserver, licenseModel: rds.LicenseModel.LICENSE_INCLUDED }, true],
  ])('has insights for seven days, under its key, where RDS has them: %s', (_, props, expected) => {
    const { stack } = made(props);
    const { EnablePerformanceInsights: on, PerformanceInsightsRetentionPeriod: days, PerformanceInsightsKMSKeyId: key } = instance(stack);
    expect([on, days, key]).toEqual(expected ? [true, 7, instance(stack).KmsKeyId] : [undefined, undefined, undefined]);
    expect(rulesOf(stack).filter((rule) => rule.startsWith('RDS.PerformanceInsights'))).toEqual(expected ? ['RDS.PerformanceInsights'] : []);
  });

  test.each<[string, Partial<SecureDatabaseInstanceProps>, object]>([
    ['turned on', { enablePerformanceInsights: true }, { EnablePerformanceInsights: true }],
    ['advanced', { databaseInsightsMode: rds.DatabaseInsightsMode.ADVANCED, performanceInsightRetention: rds.PerformanceInsightRetention.MONTHS_15 }, { DatabaseInsightsMode: 'advanced', PerformanceInsightsRetentionPeriod: 465 }],
  ])('puts insights that are asked for under its key: %s', (_, props, expected) => {
    expect(instance(made(props).stack)).toMatchObject({ ...expected, PerformanceInsightsKMSKeyId: instance(made().stack).KmsKeyId });
  });

  const bucket = (stack: Stack): s3.IBucket => s3.Bucket.fromBucketName(stack, 'B', 'theirs');
  const https = [expect.objectContaining({ cidrIp: '0.0.0.0/0', fromPort: 443, toPort: 443, ipProtocol: 'tcp' })];
  test.each<[string, (stack: Stack) => Partial<SecureDatabaseInstanceProps>, unknown]>([
    ['nothing', () => ({}), [expect.objectContaining({ cidrIp: '255.255.255.255/32' })]],
    ['to S3, to load from it', (stack) => ({ s3ImportBuckets: [bucket(stack)] }), https],
    ['to S3, to unload to it', (stack) => ({ s3ExportBuckets: [bucket(stack)] }), https],
    ['to a directory, on any port', () => ({ engine: sqlserver, licenseModel: rds.LicenseModel.LICENSE_INCLUDED, domain: 'd-1234567890' }), [expect.objectContaining({ cidrIp: '0.0.0.0/0', ipProtocol: '-1' })]],
  ])('lets out %s', (what, props, expected) => {
    const stack = new Stack(appWith(), 'S');
    const { database } = made(props(stack), stack);
    expect(stack.resolve(groupOf(database).securityGroupEgress)).toEqual(expected);
    const rules = rulesOf(stack);
    expect(rules.filter((rule) => rule.includes(' '))).toEqual([]);
    expect(rules.includes('Network.DataStoreEgress')).toBe(!what.includes('directory'));
    expect(rules).toContain('Network.OwnSecurityGroup');
  });

  test('is reached by who is named, rotates a secret, and reaches who is named', () => {
    const { stack, database } = made({ credentials: rds.Credentials.fromGeneratedSecret('someone') });
    const client = new ec2.SecurityGroup(stack, 'Client', { vpc: vpcOf(stack) });
    database.connections.allowDefaultPortFrom(client);
    database.connections.allowTo(client, ec2.Port.HTTPS);
    database.addRotationSingleUser();
    const template = Template.fromStack(stack);
    const { Ref: group } = { Ref: stack.getLogicalId(groupOf(database)) };
    expect(instance(stack).VPCSecurityGroups).toEqual([{ 'Fn::GetAtt': [group, 'GroupId'] }]);
    template.resourcePropertiesCountIs('AWS::EC2::SecurityGroupIngress', { GroupId: { 'Fn::GetAtt': [group, 'GroupId'] } }, 2);
    template.hasResourceProperties('AWS::EC2::SecurityGroupEgress', { GroupId: { 'Fn::GetAtt': [group, 'GroupId'] }, FromPort: 443 });
    expect(rulesOf(stack).filter((rule) => rule.includes(' '))).toEqual([]);
  });

  test('claims nothing of security groups that it was given', () => {
    const stack = new Stack(appWith(), 'S');
    const { database } = made({ securityGroups: [new ec2.SecurityGroup(stack, 'Given', { vpc: vpcOf(stack) })] }, stack);
    expect(database.connections.securityGroups.map(({ node }) => node.path)).toEqual(['S/Given']);
    expect(rulesOf(stack).filter((rule) => rule.startsWith('Network.'))).toEqual([]);
  });

  test('leaves the master password to RDS, under the key, and gives its secret', () => {
    const { stack, database } = made();
    expect(instance(stack)).toMatchObject({ ManageMasterUserPassword: true, MasterUsername: 'dbowner', MasterUserSecret: { KmsKeyId: expect.anything() } });
    expect(instance(stack).MasterUserPassword).toBeUndefined();
    expect(database.secret).toBeDefined();
    Template.fromStack(stack).resourceCountIs('AWS::SecretsManager::Secret', 0);
  });

  test.each([
    ['a generated secret', rds.Credentials.fromGeneratedSecret('someone')],
    ['a password from Secrets Manager', rds.Credentials.fromPassword('someone', SecretValue.secretsManager('s'))],
  ])('takes credentials with %s', (_, credentials) => {
    const { stack } = made({ credentials });
    expect(instance(stack).ManageMasterUserPassword).toBeUndefined();
    expect(rulesOf(stack)).toContain('RDS.ManagedMasterPassword');
  });

  test('lies in private subnets where there are no isolated ones', () => {
    const stack = new Stack(appWith(), 'S');
    const vpc = new ec2.Vpc(stack, 'V');
    new SecureDatabaseInstance(stack, 'X', { engine: postgres, vpc });
    expect(only(stack, 'AWS::RDS::DBSubnetGroup').SubnetIds).toEqual(vpc.privateSubnets.map(({ subnetId }) => stack.resolve(subnetId)));
    expect(rulesOf(stack)).toContain('RDS.NotInPublicSubnet');
  });

  test('fails in a VPC with public subnets only', () => {
    const stack = new Stack(appWith(), 'S');
    const vpc = new ec2.Vpc(stack, 'V', { subnetConfiguration: [{ name: 'public', subnetType: ec2.SubnetType.PUBLIC }] });
    expect(() => new SecureDatabaseInstance(stack, 'X', { engine: postgres, vpc }))
      .toThrow('SecureDatabaseInstance at S/X: the VPC has neither isolated nor private subnets; add some, or give vpcSubnets or subnetGroup');
  });

  test('claims nothing of a VPC, a key and a parameter group from elsewhere', () => {
    const stack = new Stack(appWith(), 'S');
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'V', { vpcId: 'vpc-12345678', availabilityZones: ['a', 'b'], isolatedSubnetIds: ['subnet-12345678', 'subnet-87654321'] });
    made({
      vpc,
      storageEncryptionKey: kms.Key.fromKeyArn(stack, 'K', 'arn:aws:kms:eu-west-1:111111111111:key/12345678-1234-1234-1234-123456789012'),
      parameterGroup: rds.ParameterGroup.fromParameterGroupName(stack, 'P', 'theirs'),
    }, stack);
    const rules = rulesOf(stack);
    for (const rule of ['RDS.NotInPublicSubnet', 'RDS.CustomerKey', 'RDS.TlsEnforced']) expect(rules).not.toContain(rule);
    expect(rules).toContain('RDS.StorageEncrypted');
  });

  test.each([
    ['requires TLS', '14', { 'rds.force_ssl': '1' }, undefined],
    ['says nothing of TLS, before version 15', '14', {}, 'rds.force_ssl: absent weakens RDS.TlsEnforced'],
    ['says nothing of TLS, which version 15 forces', '15', {}, undefined],
    ['lets clients go without TLS', '15', { 'rds.force_ssl': '0' }, 'rds.force_ssl: 0 weakens RDS.TlsEnforced'],
  ])('judges a parameter group that %s', (_, major, parameters, message) => {
    const stack = new Stack(appWith(), 'S');
    const engine = rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.of(`${major}.4`, major) });
    const parameterGroup = new rds.ParameterGroup(stack, 'P', { engine, parameters });
    const make = (): string[] => rulesOf(made({ engine, parameterGroup }, stack).stack);
    if (message) expect(make).toThrow(message);
    else expect(make()).toContain('RDS.TlsEnforced');
  });

  test('fails with an engine that has no version', () => {
    const engine = { ...rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_14 }), parameterGroupFamily: undefined, engineType: 'postgres', bindToInstance: () => ({}) } as never;
    expect(() => made({ engine })).toThrow('SecureDatabaseInstance at S/X: an engine without a version has no parameter group');
  });

  test('keeps a last snapshot, and the tag for backup is on the instance alone', () => {
    const { stack } = made();
    const template = Template.fromStack(stack);
    template.hasResource('AWS::RDS::DBInstance', { DeletionPolicy: 'Snapshot', UpdateReplacePolicy: 'Snapshot' });
    const tagged = Object.values(template.toJSON().Resources as Record<string, any>).filter(({ Properties }) => JSON.stringify(Properties?.Tags ?? []).includes('soc2:backup'));
    expect(tagged.map(({ Type }) => Type)).toEqual(['AWS::RDS::DBInstance']);
  });

  test('keeps its claims when it may be destroyed, for it is protected', () => {
    expect(rulesOf(made({ removalPolicy: RemovalPolicy.DESTROY }).stack)).toContain('RDS.DeletionProtection');
  });
});
