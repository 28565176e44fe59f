import { Aws, Duration, RemovalPolicy, SecretValue, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as docdb from 'aws-cdk-lib/aws-docdb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as rds from 'aws-cdk-lib/aws-rds';
import type { Construct } from 'constructs';
import { appWith, claimsIn, describeConstruct, modelOf, optionalOf } from './harness';
import { EncryptionKey, SecureDocumentCluster, SecureDocumentClusterProps } from '../../src/constructs';
import { OptOut } from '../../src/declarations/opt-out';

const optional = optionalOf<SecureDocumentClusterProps>()([
  'optOuts', 'inRecoveryPlan', 'engineVersion', 'port', 'backup', 'kmsKey', 'storageEncrypted', 'dbClusterName', 'instanceIdentifierBase', 'instanceType', 'instances',
  'serverlessV2ScalingConfiguration', 'caCertificate', 'vpcSubnets', 'securityGroup', 'parameterGroup', 'preferredMaintenanceWindow', 'instanceMaintenanceWindow', 'removalPolicy',
  'deletionProtection', 'exportProfilerLogsToCloudWatch', 'exportAuditLogsToCloudWatch', 'cloudWatchLogsRetention', 'cloudWatchLogsRetentionRole', 'enablePerformanceInsights',
  'instanceRemovalPolicy', 'securityGroupRemovalPolicy', 'copyTagsToSnapshot', 'storageType', 'manageMasterUserPassword', 'masterUserSecretKmsKey',
]);

const subnetConfiguration = [{ name: 'public', subnetType: ec2.SubnetType.PUBLIC }, { name: 'data', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }];
const cfn = (cluster: Construct): docdb.CfnDBCluster => cluster.node.defaultChild as docdb.CfnDBCluster;
const set = (path: string, value: unknown) => (cluster: SecureDocumentCluster) => cfn(cluster).addPropertyOverride(path, value);
const unset = (path: string) => (cluster: SecureDocumentCluster) => cfn(cluster).addPropertyDeletionOverride(path);
const groupOf = (cluster: SecureDocumentCluster): ec2.CfnSecurityGroup => cluster.connections.securityGroups[0].node.defaultChild as ec2.CfnSecurityGroup;

function vpcOf(scope: Construct): ec2.Vpc {
  const stack = Stack.of(scope);
  return stack.node.tryFindChild('Vpc') as ec2.Vpc | undefined ?? new ec2.Vpc(stack, 'Vpc', { natGateways: 0, subnetConfiguration });
}

const EVENTS = 'an event, which the log audit holds; CloudFormation takes no other logs than audit and profiler';
const required = { masterUser: { username: 'dbowner' }, instanceType: new ec2.InstanceType('r6g.large') };

describeConstruct<SecureDocumentClusterProps>({
  name: 'SecureDocumentCluster',
  make: (scope, id, props) => new SecureDocumentCluster(scope, id, { vpc: vpcOf(scope), masterUser: required.masterUser, ...props, instanceType: props?.instanceType ?? required.instanceType }),
  uses: (cluster: SecureDocumentCluster, consumer) => cluster.connections.allowDefaultPortFrom(new ec2.SecurityGroup(consumer, 'Client', { vpc: vpcOf(consumer) })),
  given: (elsewhere) => ({ vpc: vpcOf(elsewhere), kmsKey: new EncryptionKey(elsewhere, 'Key') }),
  optional,
  breaks: {
    'DocDB.StorageEncrypted': set('StorageEncrypted', false),
    'DocDB.CustomerKey': unset('KmsKeyId'),
    'DocDB.MultiAZ': (cluster: SecureDocumentCluster) => void cluster.node.tryRemoveChild('Instance2'),
    'DocDB.BackupRetention': set('BackupRetentionPeriod', 6),
    'DocDB.DeletionProtection': set('DeletionProtection', false),
    'DocDB.LogExports': unset('EnableCloudwatchLogsExports'),
    'DocDB.CaCertificateCurrent': (cluster: SecureDocumentCluster) => (cluster.node.findChild('Instance1') as docdb.CfnDBInstance).addPropertyOverride('CACertificateIdentifier', 'rds-ca-2019'),
    'DocDB.TlsEnforced': ({ node }: SecureDocumentCluster) => (node.scope!.node.findChild(`${node.id}Parameters`).node.defaultChild as docdb.CfnDBClusterParameterGroup).addPropertyOverride('Parameters.tls', 'disabled'),
    'Data.Retained': (cluster: SecureDocumentCluster) => {
      cfn(cluster).applyRemovalPolicy(RemovalPolicy.DESTROY);
      cfn(cluster).deletionProtection = false;
    },
    'Network.DataStorePrivateSubnet': (cluster: SecureDocumentCluster) => (vpcOf(cluster).isolatedSubnets[0].node.defaultChild as ec2.CfnSubnet).addPropertyOverride('MapPublicIpOnLaunch', true),
    'Network.DataStoreGroupsClosed': (cluster: SecureDocumentCluster) => cluster.connections.allowDefaultPortFromAnyIpv4(),
    'Network.DataStoreEgress': (cluster: SecureDocumentCluster) => groupOf(cluster).addPropertyOverride('SecurityGroupEgress', [{ CidrIp: '0.0.0.0/0', IpProtocol: '-1' }]),
    'Network.OwnSecurityGroup': (cluster: SecureDocumentCluster) => cfn(cluster).addPropertyOverride('VpcSecurityGroupIds', [{ 'Fn::GetAtt': [Stack.of(cluster).getLogicalId(vpcOf(cluster).node.defaultChild as ec2.CfnVPC), 'DefaultSecurityGroup'] }]),
  },
  weakenings: [
    { props: { storageEncrypted: false }, says: 'storageEncrypted: false', rules: ['DocDB.StorageEncrypted'] },
    { props: { instances: 1 }, says: 'instances: 1', rules: ['DocDB.MultiAZ'] },
    { props: { backup: { retention: Duration.days(6) } }, says: 'backup: { retention: 6 days }', rules: ['DocDB.BackupRetention'] },
    { props: { deletionProtection: false }, says: 'deletionProtection: false', rules: ['DocDB.DeletionProtection'] },
    { props: { exportAuditLogsToCloudWatch: false }, says: 'exportAuditLogsToCloudWatch: false', rules: ['DocDB.LogExports'] },
    { props: { masterUser: { username: 'dbowner', password: SecretValue.unsafePlainText('secret') } }, says: 'masterUser with a password', rules: ['DocDB.NoPlaintextSecret'] },
    { props: { vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC } }, says: 'vpcSubnets with public subnets', rules: ['Network.DataStorePrivateSubnet'] },
    { props: { removalPolicy: RemovalPolicy.DESTROY, deletionProtection: false }, says: 'deletionProtection: false', rules: ['DocDB.DeletionProtection', 'Data.Retained'] },
  ],
  nag: {
    'AwsSolutions-DOC2 S/X/Resource': 'another port hides nothing from a scan',
    'AwsSolutions-DOC3 S/X/Resource': 'DocumentDB keeps the password in Secrets Manager itself, which cdk-nag does not follow',
    'AwsSolutions-DOC5[LogExport::authenticate] S/X/Resource': EVENTS,
    'AwsSolutions-DOC5[LogExport::createIndex] S/X/Resource': EVENTS,
    'AwsSolutions-DOC5[LogExport::dropCollection] S/X/Resource': EVENTS,
  },
  besides: /^S\/Vpc\//,
});

describe('SecureDocumentCluster', () => {
  const made = (props: Partial<SecureDocumentClusterProps> = {}, stack = new Stack(appWith(), 'S')): { stack: Stack; cluster: SecureDocumentCluster } =>
    ({ stack, cluster: new SecureDocumentCluster(stack, 'X', { ...required, vpc: vpcOf(stack), ...props }) });
  const all = (stack: Stack, type: string): Record<string, any>[] => Object.values(Template.fromStack(stack).findResources(type));
  const only = (stack: Stack, type = 'AWS::DocDB::DBCluster'): Record<string, any> => all(stack, type)[0].Properties;
  const rulesOf = (stack: Stack): string[] => [...new Set(claimsIn(modelOf(stack.node.root as never), 'SecureDocumentCluster').map(({ rule, verdict, says }) => (verdict === 'pass' ? rule : `${rule} ${says}`)))];

  test('leaves the master password to DocumentDB, under the key', () => {
    const { stack, cluster } = made();
    expect(only(stack)).toMatchObject({ ManageMasterUserPassword: true, MasterUsername: 'dbowner', MasterUserSecretKmsKeyId: only(stack).KmsKeyId });
    expect(only(stack).MasterUserPassword).toBeUndefined();
    expect(cluster.secret).toBeUndefined();
    expect(rulesOf(stack)).not.toContain('DocDB.NoPlaintextSecret');
    Template.fromStack(stack).resourceCountIs('AWS::SecretsManager::Secret', 0);
  });

  test.each<[string, Partial<SecureDocumentClusterProps>]>([
    ['when told so', { manageMasterUserPassword: false }],
    ['with characters that it must not have', { masterUser: { username: 'dbowner', excludeCharacters: '/' } }],
    ['with a name', { masterUser: { username: 'dbowner', secretName: 'orders' } }],
  ])('has a secret of CDK, under the key, that a role may read and that can be rotated: %s', (_, props) => {
    const { stack, cluster } = made(props);
    const role = new iam.Role(new Stack(stack.node.root as never, 'Other'), 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    cluster.secret!.grantRead(role);
    cluster.addRotationSingleUser();
    expect(only(stack, 'AWS::SecretsManager::Secret').KmsKeyId).toEqual(only(stack).KmsKeyId);
    expect(['ManageMasterUserPassword', 'MasterUserSecretKmsKeyId'].filter((name) => only(stack)[name])).toEqual([]);
    expect(rulesOf(stack)).toContain('DocDB.NoPlaintextSecret');
  });

  test('puts a password that DocumentDB manages under the key that it was given for it', () => {
    const stack = new Stack(appWith(), 'S');
    const key = new EncryptionKey(stack, 'Secrets');
    made({ masterUser: { username: 'dbowner', kmsKey: key } }, stack);
    expect(only(stack).MasterUserSecretKmsKeyId).toEqual(stack.resolve(key.keyArn));
  });

  test('writes the audit log that it exports, to a group that is there before, under a key and for a year', () => {
    const { stack } = made({ exportProfilerLogsToCloudWatch: true });
    const template = Template.fromStack(stack);
    expect(only(stack, 'AWS::DocDB::DBClusterParameterGroup')).toMatchObject({ Family: 'docdb5.0', Parameters: { audit_logs: 'enabled', tls: 'enabled' } });
    expect(only(stack)).toMatchObject({ EngineVersion: '5.0.0', EnableCloudwatchLogsExports: ['audit', 'profiler'] });
    const identifier = only(stack).DBClusterIdentifier;
    expect(identifier).toMatch(/^[a-z](-?[a-z0-9])*$/);
    expect(all(stack, 'AWS::Logs::LogGroup').map(({ Properties }) => [Properties.LogGroupName, Properties.RetentionInDays])).toEqual([[`/aws/docdb/${identifier}/audit`, 365], [`/aws/docdb/${identifier}/profiler`, 365]]);
    expect(all(stack, 'AWS::DocDB::DBCluster')[0].DependsOn).toEqual(expect.arrayContaining(Object.keys(template.findResources('AWS::Logs::LogGroup'))));
    template.resourceCountIs('Custom::LogRetention', 0);
  });

  test('keeps logs for less than a year with a reason only', () => {
    const retention = { cloudWatchLogsRetention: logs.RetentionDays.ONE_MONTH };
    expect(() => made(retention)).toThrow('SecureLogGroup at S/X/Logaudit: retention: 30 weakens Logs.RetentionOneYear');
    expect(only(made({ ...retention, optOuts: [OptOut.of('Logs.RetentionOneYear', { reason: 'a test' })] }).stack, 'AWS::Logs::LogGroup').RetentionInDays).toBe(30);
  });

  test('takes another version, and the name that it is given', () => {
    const { stack } = made({ engineVersion: '4.0.0', dbClusterName: 'Orders' });
    expect(only(stack, 'AWS::DocDB::DBClusterParameterGroup').Family).toBe('docdb4.0');
    expect(only(stack, 'AWS::Logs::LogGroup').LogGroupName).toBe('/aws/docdb/orders/audit');
    expect(only(stack).DBClusterIdentifier).toBe('Orders');
  });

  test('asks for parameters of a version that nobody knows', () => {
    expect(() => made({ engineVersion: Aws.NO_VALUE })).toThrow('SecureDocumentCluster at S/X: engineVersion is not known before deployment, and with it the family of the parameters; give parameterGroup');
  });

  test.each([['enabled', true], ['tls1.3+', true], ['disabled', false]])('judges a parameter group whose tls is %s', (tls, sound) => {
    const stack = new Stack(appWith(), 'S');
    const parameterGroup = new docdb.ClusterParameterGroup(stack, 'P', { family: 'docdb5.0', parameters: { tls } });
    if (sound) expect(rulesOf(made({ parameterGroup }, stack).stack)).toContain('DocDB.TlsEnforced');
    else expect(() => made({ parameterGroup }, stack)).toThrow('SecureDocumentCluster at S/X: tls: disabled weakens DocDB.TlsEnforced');
  });

  test('keeps a certificate authority that has expired with a reason only, on every instance', () => {
    const old = { caCertificate: rds.CaCertificate.of('rds-ca-2019') };
    expect(() => made(old)).toThrow('caCertificate: rds-ca-2019 weakens DocDB.CaCertificateCurrent');
    const { stack } = made({ ...old, optOuts: [OptOut.of('DocDB.CaCertificateCurrent', { reason: 'a test' })] });
    expect(rulesOf(stack)).not.toContain('DocDB.CaCertificateCurrent');
    expect(all(stack, 'AWS::DocDB::DBInstance').filter(({ Metadata }) => JSON.stringify(Metadata).includes('a test'))).toHaveLength(2);
  });

  test('is serverless, and claims nothing of instances that are made elsewhere', () => {
    const { stack } = made({ instanceType: undefined, serverlessV2ScalingConfiguration: { minCapacity: 0.5, maxCapacity: 2 } });
    Template.fromStack(stack).resourceCountIs('AWS::DocDB::DBInstance', 0);
    expect(rulesOf(stack).filter((rule) => /MultiAZ|CaCertificate|[ ]/.test(rule))).toEqual([]);
  });

  test('claims nothing of a VPC, a key, a security group and a parameter group from elsewhere', () => {
    const stack = new Stack(appWith(), 'S');
    made({
      vpc: ec2.Vpc.fromVpcAttributes(stack, 'V', { vpcId: 'vpc-12345678', availabilityZones: ['a', 'b'], isolatedSubnetIds: ['subnet-12345678', 'subnet-87654321'] }),
      kmsKey: kms.Key.fromKeyArn(stack, 'K', 'arn:aws:kms:eu-west-1:111111111111:key/12345678-1234-1234-1234-123456789012') as kms.IKey,
      securityGroup: ec2.SecurityGroup.fromSecurityGroupId(stack, 'G', 'sg-12345678'),
      parameterGroup: docdb.ClusterParameterGroup.fromParameterGroupName(stack, 'P', 'theirs'),
    }, stack);
    expect(rulesOf(stack).filter((rule) => /Network|CustomerKey|TlsEnforced|[ ]/.test(rule))).toEqual([]);
    expect(rulesOf(stack)).toContain('DocDB.StorageEncrypted');
  });

  test('fails in a VPC with public subnets only', () => {
    const stack = new Stack(appWith(), 'S');
    const vpc = new ec2.Vpc(stack, 'Open', { natGateways: 0, subnetConfiguration: [subnetConfiguration[0]] });
    expect(() => made({ vpc }, stack)).toThrow('SecureDocumentCluster at S/X: the VPC has neither isolated nor private subnets; add some, or give vpcSubnets');
  });

  test.each([['is tagged for backup', {}, true], ['is not, when told so', { inRecoveryPlan: false }, false]])('%s, the cluster alone, and leaves a last snapshot', (_, props, tagged) => {
    const { stack } = made(props);
    const found = Object.values(Template.fromStack(stack).toJSON().Resources as Record<string, any>).filter(({ Properties }) => JSON.stringify(Properties?.Tags ?? []).includes('soc2:backup'));
    expect(found.map(({ Type }) => Type)).toEqual(tagged ? ['AWS::DocDB::DBCluster'] : []);
    expect(all(stack, 'AWS::DocDB::DBCluster')[0]).toMatchObject({ DeletionPolicy: 'Snapshot', UpdateReplacePolicy: 'Snapshot' });
    expect(all(stack, 'AWS::DocDB::DBInstance')[0]).toMatchObject({ DeletionPolicy: 'Delete' });
  });
});
