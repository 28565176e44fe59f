import { Duration, PropertyInjectors, SecretValue, Stack, Tags } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as rds from 'aws-cdk-lib/aws-rds';
import type { Construct } from 'constructs';
import { appWith } from './harness';
import { HardeningInjector } from '../../src/blueprint/injectors';
import { EncryptionKey, SecureDatabaseInstance } from '../../src/constructs';
import { databaseClusterHardening, restoredClusterHardening } from '../../src/constructs/database/database-cluster-hardening';
import { databaseInstanceHardening, replicaInstanceHardening, restoredInstanceHardening } from '../../src/constructs/database/database-instance-hardening';
import { Hardening } from '../../src/constructs/support/hardening';
import { clusterInstanceDefaults, databaseClusterDefaults, databaseDefaults, logGroupDefaults } from '../../src/defaults';
import { describeInjected } from '../blueprint/injected';

const postgres = rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_14 });
const aurora = rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_16_6 });
const auroraMysql = rds.DatabaseClusterEngine.auroraMysql({ version: rds.AuroraMysqlEngineVersion.VER_3_08_0 });
const subnetConfiguration = [{ name: 'public', subnetType: ec2.SubnetType.PUBLIC }, { name: 'data', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }];
const writer = rds.ClusterInstance.provisioned('W');

function vpcOf(stack: Stack): ec2.Vpc {
  return stack.node.tryFindChild('Vpc') as ec2.Vpc | undefined ?? new ec2.Vpc(stack, 'Vpc', { natGateways: 0, subnetConfiguration });
}

/** A VPC with the subnets that CDK takes unless told: it refuses a plain database where there are none. */
function usualVpcOf(scope: Construct): ec2.Vpc {
  const stack = Stack.of(scope);
  return stack.node.tryFindChild('Usual') as ec2.Vpc | undefined ?? new ec2.Vpc(stack, 'Usual', { natGateways: 1 });
}

const OPEN = { 'Network.DataStoreEgress': 'it keeps its security group, which others may import, and may call what nobody sees here' };
const PLAIN = { ...OPEN, 'RDS.PerformanceInsights': 'their key cannot be changed later, and it may be deployed' };
const injected = { 'AWS::RDS::DBInstance': databaseDefaults, 'AWS::Logs::LogGroup': logGroupDefaults };

describeInjected<rds.DatabaseInstanceProps>({
  name: 'rds.DatabaseInstance',
  hardening: databaseInstanceHardening,
  make: (scope, id, props) => new rds.DatabaseInstance(scope, id, { engine: postgres, vpc: usualVpcOf(scope), ...props }),
  defaults: { ...injected, 'AWS::RDS::DBParameterGroup': { tlsRequired: databaseDefaults.tlsRequired } },
  leaves: PLAIN,
  explicit: { props: { deletionProtection: false }, rule: 'RDS.DeletionProtection' },
});

describeInjected<rds.DatabaseInstanceFromSnapshotProps>({
  name: 'rds.DatabaseInstanceFromSnapshot',
  hardening: restoredInstanceHardening,
  make: (scope, id, props) => new rds.DatabaseInstanceFromSnapshot(scope, id, { engine: postgres, vpc: usualVpcOf(scope), snapshotIdentifier: 'before', instanceIdentifier: id, ...props }),
  defaults: { ...injected, 'AWS::RDS::DBParameterGroup': { tlsRequired: databaseDefaults.tlsRequired } },
  leaves: PLAIN,
  explicit: { props: { multiAz: false }, rule: 'RDS.MultiAZ' },
});

describeInjected<rds.DatabaseInstanceReadReplicaProps>({
  name: 'rds.DatabaseInstanceReadReplica',
  hardening: replicaInstanceHardening,
  make: (scope, id, props) => new rds.DatabaseInstanceReadReplica(scope, id, { ...replicaOf(scope, id, postgres), ...props }),
  defaults: injected,
  leaves: PLAIN,
  explicit: { props: { monitoringInterval: Duration.seconds(0) }, rule: 'RDS.EnhancedMonitoring' },
});

function replicaOf(scope: Construct, id: string, engine: rds.IInstanceEngine): rds.DatabaseInstanceReadReplicaProps {
  const sourceDatabaseInstance = rds.DatabaseInstance.fromDatabaseInstanceAttributes(scope, `${id}Source`, {
    engine, instanceIdentifier: 'orders', instanceEndpointAddress: 'orders.example.com', port: 5432, securityGroups: [],
  });
  return { vpc: usualVpcOf(scope), instanceIdentifier: id, instanceType: new ec2.InstanceType('m6g.large'), sourceDatabaseInstance };
}

describe('database instances under their injectors', () => {
  const { fromUsername, fromPassword } = rds.Credentials;
  const only = (stack: Stack, type = 'AWS::RDS::DBInstance'): Record<string, any> => Object.values(Template.fromStack(stack).findResources(type))[0];
  const stackWith = (hardening: Hardening<any>, context = {}): Stack => {
    const stack = new Stack(appWith(context), 'S');
    PropertyInjectors.of(stack).add(new HardeningInjector(hardening));
    return stack;
  };
  const plain = (stack: Stack, props: Partial<rds.DatabaseInstanceProps> = {}): rds.DatabaseInstance => new rds.DatabaseInstance(stack, 'X', { engine: postgres, vpc: vpcOf(stack), ...props });

  test('have log groups of their own, before RDS makes them, and the name that those need', () => {
    const stack = stackWith(databaseInstanceHardening);
    const { cloudwatchLogGroups } = plain(stack);
    const { Properties: { DBInstanceIdentifier: identifier }, DependsOn: after } = only(stack);
    Template.fromStack(stack).hasResourceProperties('AWS::Logs::LogGroup', { LogGroupName: `/aws/rds/instance/${identifier}/postgresql`, RetentionInDays: 365 });
    expect(after).toEqual(expect.arrayContaining(Object.keys(Template.fromStack(stack).findResources('AWS::Logs::LogGroup'))));
    expect(Object.keys(cloudwatchLogGroups)).toEqual(['postgresql', 'upgrade']);
  });

  test('keep the retention that CDK sets by a function when it is explicit, and have no groups then', () => {
    const stack = stackWith(databaseInstanceHardening);
    plain(stack, { cloudwatchLogsRetention: logs.RetentionDays.ONE_WEEK });
    Template.fromStack(stack).resourceCountIs('Custom::LogRetention', 2);
    Template.fromStack(stack).resourceCountIs('AWS::Logs::LogGroup', 0);
    expect(only(stack).Properties.DBInstanceIdentifier).toBeUndefined();
  });

  test.each([['no feature flags', {}], ['stable aspects', { '@aws-cdk/core:aspectStabilization': true }]])('pass the tags of the app to all that they make, %s', (_, context) => {
    const stack = stackWith(databaseInstanceHardening, context);
    Tags.of(stack).add('owner', 'payments');
    plain(stack);
    const resources = Object.values(Template.fromStack(stack).toJSON().Resources as Record<string, any>).filter(({ Type }) => /^AWS::(Logs::LogGroup|KMS::Key|RDS::DB\w+)$/.test(Type));
    expect(resources.length).toBeGreaterThan(5);
    expect(resources.filter(({ Properties }) => !JSON.stringify(Properties.Tags ?? []).includes('payments')).map(({ Type }) => Type)).toEqual([]);
  });

  test.each([
    ['says nothing', undefined, 'true'],
    ['says otherwise', 'false', 'false'],
  ])('are tagged for backup when a tag %s', (_, given, expected) => {
    const stack = stackWith(databaseInstanceHardening);
    const database = plain(stack);
    if (given) Tags.of(database).add('soc2:backup', given);
    expect(only(stack).Properties.Tags).toContainEqual({ Key: 'soc2:backup', Value: expected });
  });

  const usual = (stack: Stack, props: Partial<rds.DatabaseInstanceProps> = {}): rds.DatabaseInstance => plain(stack, { vpc: usualVpcOf(stack), ...props });
  /** What CloudFormation replaces a database for. */
  const REPLACING = ['DBInstanceIdentifier', 'KmsKeyId', 'MasterUsername', 'StorageEncrypted'];
  const replacing = (stack: Stack): object => Object.fromEntries(REPLACING.map((name) => [name, only(stack).Properties[name]]));

  test.each<[string, (stack: Stack) => Partial<rds.DatabaseInstanceProps>]>([
    ['with the key of AWS', () => ({ storageEncrypted: true })],
    ['with a key', (stack) => ({ storageEncryptionKey: new EncryptionKey(stack, 'K') })],
    ['not at all', () => ({ storageEncrypted: false })],
  ])('are not replaced when they say how they are encrypted: %s', (_, props) => {
    const stacks = [new Stack(appWith(), 'S'), stackWith(databaseInstanceHardening)];
    const [before, after] = stacks.map((stack) => {
      usual(stack, props(stack));
      return { ...replacing(stack), subnets: only(stack, 'AWS::RDS::DBSubnetGroup').Properties.SubnetIds };
    });
    expect(after).toEqual(before);
    Template.fromStack(stacks[1]).resourceCountIs('AWS::Logs::LogGroup', 0);
  });

  test('get their log groups in any case when they have an identifier', () => {
    const stack = stackWith(databaseInstanceHardening);
    usual(stack, { storageEncrypted: true, instanceIdentifier: 'orders' });
    Template.fromStack(stack).hasResourceProperties('AWS::Logs::LogGroup', { LogGroupName: '/aws/rds/instance/orders/postgresql' });
  });

  test('keep their security group, which other stacks may import', () => {
    const [before, after] = [new Stack(appWith(), 'S'), stackWith(databaseInstanceHardening)].map((stack) => {
      usual(stack);
      return Template.fromStack(stack).findResources('AWS::EC2::SecurityGroup');
    });
    expect(Object.keys(before)).toHaveLength(1);
    expect(Object.keys(after)).toEqual(Object.keys(before));
  });

  test('can rotate the secret that CDK made, and have replicas', () => {
    const stack = stackWith(databaseInstanceHardening);
    const source = usual(stack);
    expect(() => source.addRotationSingleUser()).not.toThrow();
    expect(only(stack).Properties.ManageMasterUserPassword).toBeUndefined();
  });

  test.each<[string, Partial<rds.DatabaseInstanceProps>, object]>([
    ['a zone', { availabilityZone: 'eu-west-1a' }, { AvailabilityZone: 'eu-west-1a' }],
    ['an engine without a version', { engine: rds.DatabaseInstanceEngine.POSTGRES }, { EnableIAMDatabaseAuthentication: true }],
    ['a password that RDS manages', { manageMasterUserPassword: true, credentials: fromUsername('postgres') }, { MasterUsername: 'postgres', ManageMasterUserPassword: true }],
    ['a password', { credentials: fromPassword('someone', SecretValue.ssmSecure('/p', '1')) }, { MasterUsername: 'someone' }],
    ['insights, with their key', { enablePerformanceInsights: true }, { EnablePerformanceInsights: true }],
  ])('keep what is explicit: %s', (_, props, expected) => {
    const stack = stackWith(databaseInstanceHardening);
    plain(stack, props);
    expect(only(stack).Properties).toMatchObject(expected);
    expect(only(stack).Properties.PerformanceInsightsKMSKeyId).toBeUndefined();
    expect('MultiAZ' in only(stack).Properties).toBe(props.availabilityZone === undefined);
  });

  test('have no public address in public subnets, which the rules find nevertheless', () => {
    const stack = stackWith(databaseInstanceHardening);
    plain(stack, { vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC } });
    expect(only(stack).Properties.PubliclyAccessible).toBe(false);
  });

  test('leave to a restored one the encryption and users of its snapshot', () => {
    const stack = stackWith(restoredInstanceHardening);
    new rds.DatabaseInstanceFromSnapshot(stack, 'X', { engine: postgres, vpc: vpcOf(stack), snapshotIdentifier: 'before' });
    const { Properties } = only(stack);
    expect([...REPLACING, 'MasterUserPassword', 'ManageMasterUserPassword'].filter((name) => name in Properties)).toEqual([]);
    Template.fromStack(stack).resourceCountIs('AWS::Logs::LogGroup', 0);
  });

  test.each([
    ['PostgreSQL', postgres, true],
    ['SQL Server, whose replicas have none', rds.DatabaseInstanceEngine.sqlServerEe({ version: rds.SqlServerEngineVersion.VER_16 }), undefined],
  ])('give a replica a standby, but no encryption and backups of its own: %s', (_, engine, standby) => {
    const stack = stackWith(replicaInstanceHardening);
    new rds.DatabaseInstanceReadReplica(stack, 'X', replicaOf(stack, 'X', engine));
    expect(only(stack).Properties.MultiAZ).toBe(standby);
    expect(['KmsKeyId', 'StorageEncrypted', 'BackupRetentionPeriod'].filter((name) => name in only(stack).Properties)).toEqual([]);
  });

  test.each([
    ['warn of', {}, 1],
    ['say nothing of', { credentials: rds.Credentials.fromGeneratedSecret('someone') }, 0],
  ])('%s a replica that RDS does not make, as it manages the password of the source', (_, props, warnings) => {
    const stack = stackWith(replicaInstanceHardening);
    const source = new SecureDatabaseInstance(stack, 'Source', { engine: postgres, vpc: vpcOf(stack), ...props });
    new rds.DatabaseInstanceReadReplica(stack, 'X', { ...replicaOf(stack, 'X', postgres), sourceDatabaseInstance: source });
    expect(Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('no read replica \\(X\\) of S/Source'))).toHaveLength(warnings);
  });
});

const snapshotCredentials = rds.SnapshotCredentials.fromPassword(SecretValue.secretsManager('before'));
const clusterRules = { ...databaseClusterDefaults };

describeInjected<rds.DatabaseClusterProps>({
  name: 'rds.DatabaseCluster',
  hardening: databaseClusterHardening,
  make: (scope, id, props) => new rds.DatabaseCluster(scope, id, { engine: aurora, vpc: usualVpcOf(scope), writer, ...props }),
  defaults: { 'AWS::RDS::DBCluster': clusterRules, 'AWS::RDS::DBInstance': clusterInstanceDefaults, 'AWS::RDS::DBClusterParameterGroup': { tlsRequired: clusterRules.tlsRequired }, 'AWS::Logs::LogGroup': logGroupDefaults },
  leaves: OPEN,
  explicit: { props: { deletionProtection: false }, rule: 'RDS.DeletionProtection' },
});

describeInjected<rds.DatabaseClusterFromSnapshotProps>({
  name: 'rds.DatabaseClusterFromSnapshot',
  hardening: restoredClusterHardening,
  make: (scope, id, props) => new rds.DatabaseClusterFromSnapshot(scope, id, { engine: auroraMysql, vpc: usualVpcOf(scope), writer, snapshotIdentifier: 'before', snapshotCredentials, clusterIdentifier: id, ...props }),
  defaults: { 'AWS::RDS::DBCluster': clusterRules, 'AWS::RDS::DBInstance': clusterInstanceDefaults, 'AWS::RDS::DBClusterParameterGroup': { tlsRequired: clusterRules.tlsRequired }, 'AWS::Logs::LogGroup': logGroupDefaults },
  leaves: { ...OPEN, 'RDS.PerformanceInsights': 'Aurora MySQL has it for some classes of instances only' },
  explicit: { props: { backup: { retention: Duration.days(1) } }, rule: 'RDS.BackupRetention' },
});

describe('clusters under their injectors', () => {
  const stackWith = (hardening: Hardening<any>): Stack => {
    const stack = new Stack(appWith(), 'S');
    PropertyInjectors.of(stack).add(new HardeningInjector(hardening));
    return stack;
  };
  const plain = (stack: Stack, props: Partial<rds.DatabaseClusterProps> = {}): rds.DatabaseCluster => new rds.DatabaseCluster(stack, 'X', { engine: aurora, vpc: usualVpcOf(stack), writer, ...props });
  const only = (stack: Stack, type = 'AWS::RDS::DBCluster'): Record<string, any> => Object.values(Template.fromStack(stack).findResources(type))[0].Properties;

  test.each([['says nothing', undefined, 'true'], ['says otherwise', 'false', 'false']])('are tagged for backup when a tag %s', (_, given, expected) => {
    const stack = stackWith(databaseClusterHardening);
    const cluster = plain(stack);
    if (given) Tags.of(cluster).add('soc2:backup', given);
    expect(only(stack).Tags).toContainEqual({ Key: 'soc2:backup', Value: expected });
  });

  test('keep the retention that CDK sets by a function when it is explicit, and have no groups then', () => {
    const stack = stackWith(databaseClusterHardening);
    plain(stack, { cloudwatchLogsRetention: logs.RetentionDays.ONE_WEEK });
    Template.fromStack(stack).resourceCountIs('Custom::LogRetention', 1);
    Template.fromStack(stack).resourceCountIs('AWS::Logs::LogGroup', 0);
  });

  test('keep what is explicit', () => {
    const stack = stackWith(databaseClusterHardening);
    plain(stack, { readers: [], storageEncrypted: false, enablePerformanceInsights: false, manageMasterUserPassword: true, credentials: rds.Credentials.fromUsername('postgres') });
    Template.fromStack(stack).resourceCountIs('AWS::RDS::DBInstance', 1);
    expect(only(stack)).toMatchObject({ StorageEncrypted: false, MasterUsername: 'postgres' });
    expect(['KmsKeyId', 'PerformanceInsightsEnabled'].filter((name) => only(stack)[name])).toEqual([]);
  });

  test.each<[string, Partial<rds.DatabaseClusterProps>]>([['with the key of AWS', { storageEncrypted: true }], ['not at all', { storageEncrypted: false }]])('are not replaced when they say how they are encrypted: %s', (_, props) => {
    const stacks = [new Stack(appWith(), 'S'), stackWith(databaseClusterHardening)];
    const [before, after] = stacks.map((stack) => {
      plain(stack, props);
      const { DBClusterIdentifier: identifier, KmsKeyId: key, MasterUsername: user, StorageEncrypted: encrypted } = only(stack);
      return { identifier, key, user: JSON.stringify(user), encrypted, subnets: only(stack, 'AWS::RDS::DBSubnetGroup').SubnetIds };
    });
    expect(after).toEqual(before);
    Template.fromStack(stacks[1]).resourceCountIs('AWS::Logs::LogGroup', 0);
  });

  test('can rotate the secret that CDK made', () => {
    const stack = stackWith(databaseClusterHardening);
    expect(() => plain(stack).addRotationSingleUser()).not.toThrow();
  });

  test('keep an interval of monitoring where it is', () => {
    const stack = stackWith(databaseClusterHardening);
    plain(stack, { monitoringInterval: Duration.seconds(30) });
    expect([only(stack).MonitoringInterval, only(stack, 'AWS::RDS::DBInstance').MonitoringInterval]).toEqual([undefined, 30]);
  });

  test('get no writer that nobody asked for', () => {
    const stack = stackWith(databaseClusterHardening);
    expect(() => plain(stack, { writer: undefined })).toThrow('writer must be provided');
  });

  test('leave to a restored one the encryption and users of its snapshot', () => {
    const stack = stackWith(restoredClusterHardening);
    new rds.DatabaseClusterFromSnapshot(stack, 'X', { engine: aurora, vpc: usualVpcOf(stack), writer, snapshotIdentifier: 'before', snapshotCredentials });
    expect(['KmsKeyId', 'StorageEncrypted', 'MasterUsername', 'ManageMasterUserPassword'].filter((name) => name in only(stack))).toEqual([]);
  });
});
