import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { appWith, claimsIn, CONCRETE, describeConstruct, modelOf, optionalOf } from './harness';
import { EncryptionKey, SecureWarehouse, SecureWarehouseProps } from '../../src/constructs';
import { OptOut } from '../../src/declarations/opt-out';

const subnetConfiguration = [{ name: 'public', subnetType: ec2.SubnetType.PUBLIC }, { name: 'data', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }];

function vpcOf(scope: Construct): ec2.Vpc {
  const stack = Stack.of(scope);
  return stack.node.tryFindChild('Vpc') as ec2.Vpc | undefined ?? new ec2.Vpc(stack, 'Vpc', { natGateways: 0, subnetConfiguration });
}

const set = (path: string, value: unknown) => ({ cluster }: SecureWarehouse) => cluster.addPropertyOverride(path, value);
const unset = (path: string) => ({ cluster }: SecureWarehouse) => cluster.addPropertyDeletionOverride(path);
const group = ({ node }: SecureWarehouse): ec2.CfnSecurityGroup => node.findChild('SecurityGroup').node.defaultChild as ec2.CfnSecurityGroup;
const parameter = (name: string) => ({ parameterGroup }: SecureWarehouse) => parameterGroup.addPropertyOverride('Parameters', [{ ParameterName: name, ParameterValue: 'false' }]);

describeConstruct<SecureWarehouseProps>({
  name: 'SecureWarehouse',
  make: (scope, id, props) => new SecureWarehouse(scope, id, { nodeType: 'ra3.large', ...props, vpc: props?.vpc ?? vpcOf(scope) }),
  optional: optionalOf<SecureWarehouseProps>()([
    'optOuts', 'vpcSubnets', 'securityGroups', 'numberOfNodes', 'multiAz', 'databaseName', 'masterUsername', 'clusterIdentifier', 'port', 'encryptionKey', 'parameters', 'snapshotRetention',
    'logRetention', 'roles', 'allowVersionUpgrade', 'preferredMaintenanceWindow', 'backup', 'removalPolicy',
  ]),
  breaks: {
    'Redshift.Encrypted': set('Encrypted', false),
    'Redshift.CustomerKey': unset('KmsKeyId'),
    'Redshift.NotPublic': set('PubliclyAccessible', true),
    'Redshift.InVpc': unset('ClusterSubnetGroupName'),
    'Redshift.EnhancedVpcRouting': unset('EnhancedVpcRouting'),
    'Redshift.AuditLogging': unset('LoggingProperties'),
    'Redshift.AutomatedSnapshots': set('AutomatedSnapshotRetentionPeriod', 0),
    'Redshift.SnapshotRetention': set('AutomatedSnapshotRetentionPeriod', 6),
    'Redshift.ManagedPassword': set('ManageMasterPassword', false),
    'Redshift.NonDefaultUsername': set('MasterUsername', 'awsuser'),
    'Redshift.VersionUpgrade': set('AllowVersionUpgrade', false),
    'Redshift.TlsRequired': parameter('require_ssl'),
    'Redshift.UserActivityLogging': parameter('enable_user_activity_logging'),
    'Network.DataStorePrivateSubnet': ({ node }: SecureWarehouse) => ((node.root.node.findChild('S').node.findChild('Vpc') as ec2.Vpc).isolatedSubnets[0].node.defaultChild as ec2.CfnSubnet).addPropertyOverride('MapPublicIpOnLaunch', true),
    'Network.DataStoreGroupsClosed': (warehouse: SecureWarehouse) => group(warehouse).addPropertyOverride('SecurityGroupIngress', [{ CidrIp: '0.0.0.0/0', IpProtocol: 'tcp', FromPort: 5439, ToPort: 5439 }]),
    'Network.DataStoreEgress': (warehouse: SecureWarehouse) => group(warehouse).addPropertyOverride('SecurityGroupEgress', [{ CidrIp: '0.0.0.0/0', IpProtocol: '-1' }]),
    'Network.OwnSecurityGroup': unset('VpcSecurityGroupIds'),
  },
  weakenings: [
    { props: { vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC } }, says: 'vpcSubnets with public subnets', rules: ['Network.DataStorePrivateSubnet'] },
    { props: { snapshotRetention: Duration.days(6) }, says: 'snapshotRetention: 6 days', rules: ['Redshift.SnapshotRetention'] },
    { props: { snapshotRetention: Duration.days(0) }, says: 'snapshotRetention: 0 days', rules: ['Redshift.AutomatedSnapshots', 'Redshift.SnapshotRetention'] },
    { props: { masterUsername: 'awsuser' }, says: 'masterUsername: awsuser', rules: ['Redshift.NonDefaultUsername'] },
    { props: { allowVersionUpgrade: false }, says: 'allowVersionUpgrade: false', rules: ['Redshift.VersionUpgrade'] },
    { props: { parameters: { require_ssl: 'false' } }, says: 'require_ssl: false', rules: ['Redshift.TlsRequired'] },
    { props: { parameters: { enable_user_activity_logging: 'false' } }, says: 'enable_user_activity_logging: false', rules: ['Redshift.UserActivityLogging'] },
  ],
  uses: (warehouse: SecureWarehouse, consumer) => {
    const role = new iam.Role(consumer, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    warehouse.grantConnect(role);
    warehouse.secret.grantRead(role);
    const client = new ec2.SecurityGroup(consumer, 'Client', { vpc: vpcOf(warehouse), allowAllOutbound: false });
    client.connections.allowToDefaultPort(warehouse);
  },
  given: (elsewhere) => ({ vpc: vpcOf(elsewhere), encryptionKey: new EncryptionKey(elsewhere, 'Key') }),
  nag: {
    'AwsSolutions-RS4 S/X/Resource': 'another port hides nothing from a scan',
    'NIST.800.53.R5-RedshiftClusterMaintenanceSettings S/X/Resource': 'Redshift chooses a window, in which upgrades are installed all the same; give preferredMaintenanceWindow where the hour matters',
  },
  besides: /^S\/Vpc\//,
});

describe('SecureWarehouse', () => {
  const made = (props: Partial<SecureWarehouseProps> = {}, stack = new Stack(appWith(), 'S', CONCRETE)): { stack: Stack; warehouse: SecureWarehouse } =>
    ({ stack, warehouse: new SecureWarehouse(stack, 'X', { nodeType: 'ra3.large', ...props, vpc: props.vpc ?? vpcOf(stack) }) });
  const only = (stack: Stack, type = 'AWS::Redshift::Cluster'): Record<string, any> => Object.values(Template.fromStack(stack).findResources(type))[0].Properties;
  const rulesOf = (stack: Stack): string[] => claimsIn(modelOf(stack.node.root as never), 'SecureWarehouse').map(({ rule, verdict, says }) => (verdict === 'pass' ? rule : `${rule} ${says}`));

  test('has its log groups, under a key and for a year, before Redshift makes them', () => {
    const { stack, warehouse } = made({ clusterIdentifier: 'orders' });
    const template = Template.fromStack(stack);
    for (const log of ['connectionlog', 'userlog', 'useractivitylog']) {
      template.hasResourceProperties('AWS::Logs::LogGroup', { LogGroupName: `/aws/redshift/cluster/orders/${log}`, RetentionInDays: 365, KmsKeyId: Match.anyValue() });
    }
    const [cluster] = Object.values(template.findResources('AWS::Redshift::Cluster'));
    expect(cluster.DependsOn).toEqual(expect.arrayContaining(Object.keys(template.findResources('AWS::Logs::LogGroup'))));
    expect(Object.keys(warehouse.logGroups)).toEqual(cluster.Properties.LoggingProperties.LogExports);
  });

  test('has an identifier that Redshift takes', () => {
    expect(only(made().stack).ClusterIdentifier).toMatch(/^[a-z](-?[a-z0-9]){0,62}$/);
  });

  test('keeps logs for less than a year with a reason only', () => {
    const retention = { logRetention: logs.RetentionDays.ONE_MONTH };
    expect(() => made(retention)).toThrow('SecureLogGroup at S/X/Logconnectionlog: retention: 30 weakens Logs.RetentionOneYear');
    expect(only(made({ ...retention, optOuts: [OptOut.of('Logs.RetentionOneYear', { reason: 'a test' })] }).stack, 'AWS::Logs::LogGroup').RetentionInDays).toBe(30);
  });

  test.each([
    ['two nodes', {}, { ClusterType: 'multi-node', NumberOfNodes: 2 }],
    ['as many as it is told', { numberOfNodes: 4 }, { ClusterType: 'multi-node', NumberOfNodes: 4 }],
    ['one, of which Redshift takes no number', { numberOfNodes: 1 }, { ClusterType: 'single-node' }],
  ])('has %s', (_, props, expected) => {
    const { ClusterType, NumberOfNodes } = only(made(props).stack);
    expect({ ClusterType, NumberOfNodes }).toEqual({ NumberOfNodes: undefined, ...expected });
  });

  test('spans two zones when told so', () => {
    const { stack } = made({ multiAz: true });
    expect(only(stack).MultiAZ).toBe(true);
    expect(rulesOf(stack)).toContain('Redshift.MultiAZ');
    expect(rulesOf(made().stack)).not.toContain('Redshift.MultiAZ');
  });

  test.each([
    ['one node', { numberOfNodes: 1 }, 'two nodes at least'],
    ['nodes of another family', { nodeType: 'dc2.large' }, 'nodes of the family RA3, not dc2.large'],
  ])('fails to span two zones with %s', (_, props, needs) => {
    expect(() => made({ multiAz: true, ...props })).toThrow(`SecureWarehouse at S/X: multiAz needs ${needs}; change nodeType or numberOfNodes, or leave out multiAz`);
  });

  test('fails to span two zones with subnets of one', () => {
    const stack = new Stack(appWith(), 'S');
    const vpc = new ec2.Vpc(stack, 'Flat', { maxAzs: 1, natGateways: 0, subnetConfiguration });
    expect(() => made({ vpc, multiAz: true }, stack)).toThrow('SecureWarehouse at S/X: multiAz needs subnets in two zones; add some, or leave out multiAz');
  });

  test('leaves the password to Redshift, under the key, and gives its secret', () => {
    const { stack, warehouse } = made();
    expect(only(stack)).toMatchObject({ ManageMasterPassword: true, MasterUsername: 'dbowner', MasterPasswordSecretKmsKeyId: only(stack).KmsKeyId });
    expect(only(stack)).not.toHaveProperty('MasterUserPassword');
    expect(stack.resolve(warehouse.secret.secretArn)).toEqual({ 'Fn::GetAtt': [expect.any(String), 'MasterPasswordSecretArn'] });
  });

  test('requires TLS and logs queries besides the parameters that are given', () => {
    expect(only(made({ parameters: { statement_timeout: '60000' } }).stack, 'AWS::Redshift::ClusterParameterGroup').Parameters).toEqual([
      { ParameterName: 'require_ssl', ParameterValue: 'true' },
      { ParameterName: 'enable_user_activity_logging', ParameterValue: 'true' },
      { ParameterName: 'statement_timeout', ParameterValue: '60000' },
    ]);
  });

  test('lets a role sign in to its database, and a client connect', () => {
    const { stack, warehouse } = made({ databaseName: 'orders', port: 5440 });
    warehouse.grantConnect(new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }));
    warehouse.connections.allowDefaultPortFrom(ec2.Peer.ipv4('10.0.0.0/24'));
    const [statement] = only(stack, 'AWS::IAM::Policy').PolicyDocument.Statement;
    expect(statement).toMatchObject({ Action: 'redshift:GetClusterCredentialsWithIAM', Effect: 'Allow' });
    expect(JSON.stringify(statement.Resource)).toMatch(/:redshift:eu-west-1:111111111111:dbname:.*\/orders/);
    expect(only(stack, 'AWS::EC2::SecurityGroup').SecurityGroupIngress).toEqual([expect.objectContaining({ CidrIp: '10.0.0.0/24', FromPort: 5440, ToPort: 5440 })]);
    expect(only(stack)).toMatchObject({ Port: 5440, DBName: 'orders' });
  });

  test('takes on the roles that are given', () => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('redshift.amazonaws.com') });
    made({ roles: [role], preferredMaintenanceWindow: 'sun:23:00-mon:01:30' }, stack);
    expect(only(stack)).toMatchObject({ IamRoles: [stack.resolve(role.roleArn)], PreferredMaintenanceWindow: 'sun:23:00-mon:01:30' });
  });

  test('lies in private subnets where there are no isolated ones, and fails where there are public ones only', () => {
    const stack = new Stack(appWith(), 'S');
    const vpc = new ec2.Vpc(stack, 'V');
    made({ vpc }, stack);
    expect(only(stack, 'AWS::Redshift::ClusterSubnetGroup').SubnetIds).toEqual(vpc.privateSubnets.map(({ subnetId }) => stack.resolve(subnetId)));
    const open = new ec2.Vpc(stack, 'Open', { subnetConfiguration: [{ name: 'public', subnetType: ec2.SubnetType.PUBLIC }] });
    expect(() => new SecureWarehouse(stack, 'Y', { nodeType: 'ra3.large', vpc: open })).toThrow('SecureWarehouse at S/Y: the VPC has neither isolated nor private subnets; add some, or give vpcSubnets');
  });

  test('claims nothing of a VPC, a security group and a key from elsewhere', () => {
    const stack = new Stack(appWith(), 'S');
    made({
      vpc: ec2.Vpc.fromVpcAttributes(stack, 'V', { vpcId: 'vpc-12345678', availabilityZones: ['a', 'b'], isolatedSubnetIds: ['subnet-12345678', 'subnet-87654321'] }),
      securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(stack, 'G', 'sg-12345678')],
      encryptionKey: kms.Key.fromKeyArn(stack, 'K', 'arn:aws:kms:eu-west-1:111111111111:key/12345678-1234-1234-1234-123456789012'),
    }, stack);
    expect(rulesOf(stack).filter((rule) => rule.startsWith('Network.') || rule === 'Redshift.CustomerKey')).toEqual([]);
    expect(rulesOf(stack)).toContain('Redshift.Encrypted');
  });

  test.each([['', {}, 'Snapshot', true], [', unless told otherwise', { removalPolicy: RemovalPolicy.RETAIN, backup: false }, 'Retain', false]])('leaves a last snapshot and is tagged for backup%s', (_, props, policy, tagged) => {
    const { stack } = made(props);
    Template.fromStack(stack).hasResource('AWS::Redshift::Cluster', { DeletionPolicy: policy, UpdateReplacePolicy: policy });
    const with_ = Object.values(Template.fromStack(stack).toJSON().Resources as Record<string, any>).filter(({ Properties }) => JSON.stringify(Properties?.Tags ?? []).includes('soc2:backup'));
    expect(with_.map(({ Type }) => Type)).toEqual(tagged ? ['AWS::Redshift::Cluster'] : []);
  });
});
