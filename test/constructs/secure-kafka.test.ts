import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { appWith, claimsIn, CONCRETE, describeConstruct, modelOf, optionalOf } from './harness';
import { EncryptionKey, SecureKafka, SecureKafkaProps, SecureLogGroup } from '../../src/constructs';

const subnetConfiguration = [{ name: 'public', subnetType: ec2.SubnetType.PUBLIC }, { name: 'data', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }];
const required = { kafkaVersion: '3.9.x.kraft', instanceType: 'kafka.m7g.large' };

function vpcOf(stack: Stack): ec2.Vpc {
  return stack.node.tryFindChild('Vpc') as ec2.Vpc | undefined ?? new ec2.Vpc(stack, 'Vpc', { natGateways: 0, subnetConfiguration });
}

const set = (path: string, value: unknown) => ({ cluster }: SecureKafka) => cluster.addPropertyOverride(path, value);
const unset = (path: string) => ({ cluster }: SecureKafka) => cluster.addPropertyDeletionOverride(path);
const open = (kafka: SecureKafka): void => kafka.connections.allowDefaultPortFromAnyIpv4();
const logicalId = (scope: Stack, vpc: ec2.Vpc): string => scope.getLogicalId(vpc.node.defaultChild as ec2.CfnVPC);

describeConstruct<SecureKafkaProps>({
  name: 'SecureKafka',
  make: (scope, id, props) => new SecureKafka(scope, id, { vpc: vpcOf(Stack.of(scope)), ...required, ...props }),
  optional: optionalOf<SecureKafkaProps>()([
    'optOuts', 'vpcSubnets', 'securityGroups', 'clusterName', 'brokersPerZone', 'storageGib', 'encryptionKey', 'logGroup', 'enhancedMonitoring', 'removalPolicy',
  ]),
  breaks: {
    'MSK.CustomerKey': unset('EncryptionInfo.EncryptionAtRest'),
    'MSK.EncryptedInTransit': set('EncryptionInfo.EncryptionInTransit.ClientBroker', 'TLS_PLAINTEXT'),
    'MSK.EncryptedInCluster': set('EncryptionInfo.EncryptionInTransit.InCluster', false),
    'MSK.Authentication': set('ClientAuthentication.Unauthenticated.Enabled', true),
    'MSK.NotPublic': set('BrokerNodeGroupInfo.ConnectivityInfo.PublicAccess.Type', 'SERVICE_PROVIDED_EIPS'),
    'MSK.BrokerLogging': unset('LoggingInfo'),
    'MSK.EnhancedMonitoring': set('EnhancedMonitoring', 'DEFAULT'),
    'Network.DataStoreNotReachable': (kafka: SecureKafka) => {
      open(kafka);
      set('BrokerNodeGroupInfo.ConnectivityInfo.PublicAccess.Type', 'SERVICE_PROVIDED_EIPS')(kafka);
      set('BrokerNodeGroupInfo.ClientSubnets', vpcOf(Stack.of(kafka)).publicSubnets.map(({ subnetId }) => Stack.of(kafka).resolve(subnetId)))(kafka);
    },
    'Network.DataStorePrivateSubnet': (kafka: SecureKafka) => (vpcOf(Stack.of(kafka)).isolatedSubnets[0].node.defaultChild as ec2.CfnSubnet).addPropertyOverride('MapPublicIpOnLaunch', true),
    'Network.DataStoreGroupsClosed': open,
    'Network.DataStoreEgress': (kafka: SecureKafka) => (kafka.connections.securityGroups[0].node.defaultChild as ec2.CfnSecurityGroup)
      .addPropertyOverride('SecurityGroupEgress', [{ CidrIp: '0.0.0.0/0', IpProtocol: '-1' }]),
    'Network.OwnSecurityGroup': (kafka: SecureKafka) => set('BrokerNodeGroupInfo.SecurityGroups', [{ 'Fn::GetAtt': [logicalId(Stack.of(kafka), vpcOf(Stack.of(kafka))), 'DefaultSecurityGroup'] }])(kafka),
  },
  weakenings: [
    { props: { vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC } }, says: 'vpcSubnets with public subnets', rules: ['Network.DataStorePrivateSubnet'] },
    { props: { enhancedMonitoring: 'DEFAULT' }, says: 'enhancedMonitoring: DEFAULT', rules: ['MSK.EnhancedMonitoring'] },
  ],
  uses: (kafka: SecureKafka, consumer) => {
    const role = new iam.Role(consumer, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    kafka.grantProduce(role, 'orders');
    kafka.grantConsume(role, 'orders', 'billing');
    new ec2.SecurityGroup(consumer, 'Client', { vpc: vpcOf(Stack.of(kafka)), allowAllOutbound: false }).connections.allowToDefaultPort(kafka);
  },
  given: (elsewhere) => ({ vpc: vpcOf(elsewhere), encryptionKey: new EncryptionKey(elsewhere, 'Key'), logGroup: new SecureLogGroup(elsewhere, 'Logs') }),
  besides: /^S\/Vpc\//,
});

describe('SecureKafka', () => {
  const made = (props: Partial<SecureKafkaProps> = {}, stack = new Stack(appWith(), 'S')): { stack: Stack; kafka: SecureKafka } =>
    ({ stack, kafka: new SecureKafka(stack, 'X', { vpc: vpcOf(stack), ...required, ...props }) });
  const only = (stack: Stack, type: string): Record<string, any> => Object.values(Template.fromStack(stack).findResources(type))[0];
  const cluster = (stack: Stack): Record<string, any> => only(stack, 'AWS::MSK::Cluster');
  const rulesOf = (stack: Stack): string[] => claimsIn(modelOf(stack.node.root as never), 'SecureKafka').map(({ rule, verdict }) => (verdict === 'pass' ? rule : `${rule} ${verdict}`));
  const role = (stack: Stack): iam.Role => new iam.Role(stack, 'R', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });

  test.each([
    ['two zones', {}, undefined, 2],
    ['three zones', CONCRETE, ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'], 3],
    ['three of four zones', CONCRETE, ['eu-west-1a', 'eu-west-1b', 'eu-west-1c', 'eu-west-1d'], 3],
  ])('spreads its brokers over %s, with one subnet in each', (_, env, availabilityZones, zones) => {
    const stack = new Stack(appWith(), 'S', env);
    // Twice as many subnets as zones: MSK refuses two in one zone.
    const more = [...subnetConfiguration, { name: 'more', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }];
    const vpc = new ec2.Vpc(stack, 'Vpc', { availabilityZones, natGateways: 0, subnetConfiguration: more });
    new SecureKafka(stack, 'X', { vpc, ...required, brokersPerZone: 2 });
    const { NumberOfBrokerNodes, BrokerNodeGroupInfo } = cluster(stack).Properties;
    expect([NumberOfBrokerNodes, BrokerNodeGroupInfo.ClientSubnets.length]).toEqual([zones * 2, zones]);
    expect(new Set(BrokerNodeGroupInfo.ClientSubnets.map(({ Ref }: { Ref: string }) => Ref)).size).toBe(zones);
  });

  test('lets a role write to a topic of this cluster', () => {
    const { stack, kafka } = made();
    kafka.grantProduce(role(stack), 'orders');
    const arn = stack.resolve(kafka.clusterArn);
    const within = (kind: string, name: string): object => ({
      'Fn::Join': ['', [
        'arn:', { Ref: 'AWS::Partition' }, ':kafka:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, `:${kind}/`, { 'Fn::Select': [1, { 'Fn::Split': [':cluster/', arn] }] }, `/${name}`,
      ]],
    });
    expect(only(stack, 'AWS::IAM::Policy').Properties.PolicyDocument.Statement).toEqual([
      { Action: ['kafka-cluster:Connect', 'kafka-cluster:DescribeCluster', 'kafka-cluster:WriteDataIdempotently'], Effect: 'Allow', Resource: arn },
      { Action: ['kafka-cluster:DescribeTopic', 'kafka-cluster:WriteData'], Effect: 'Allow', Resource: within('topic', 'orders') },
    ]);
    const { stack: other, kafka: read } = made();
    read.grantConsume(role(other), 'orders', 'billing-*');
    expect(only(other, 'AWS::IAM::Policy').Properties.PolicyDocument.Statement).toEqual([
      { Action: ['kafka-cluster:Connect', 'kafka-cluster:DescribeCluster'], Effect: 'Allow', Resource: arn },
      { Action: ['kafka-cluster:DescribeTopic', 'kafka-cluster:ReadData'], Effect: 'Allow', Resource: within('topic', 'orders') },
      { Action: ['kafka-cluster:AlterGroup', 'kafka-cluster:DescribeGroup'], Effect: 'Allow', Resource: within('group', 'billing-*') },
    ]);
  });

  test('opens the port of IAM when told', () => {
    const { stack, kafka } = made();
    kafka.connections.allowDefaultPortFrom(new ec2.SecurityGroup(stack, 'Client', { vpc: vpcOf(stack) }));
    Template.fromStack(stack).hasResourceProperties('AWS::EC2::SecurityGroupIngress', { FromPort: 9098, ToPort: 9098 });
  });

  test('delivers its logs to a group that is there before, whose name CloudWatch Logs admits services to without a policy for each', () => {
    const { stack } = made();
    expect(cluster(stack).Properties.LoggingInfo).toEqual({ BrokerLogs: { CloudWatchLogs: { Enabled: true, LogGroup: { Ref: expect.stringMatching(/^XBrokerLogs/) } } } });
    expect(JSON.stringify(only(stack, 'AWS::Logs::LogGroup').Properties.LogGroupName)).toContain('/aws/vendedlogs/msk/');
  });

  test.each([['kafka.m7g.large', { EBSStorageInfo: { VolumeSize: 500 } }], ['express.m7g.large', undefined]])('of %s says the size of its storage only where MSK takes one', (instanceType, storage) => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    const vpc = new ec2.Vpc(stack, 'Wide', { natGateways: 0, subnetConfiguration, availabilityZones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'] });
    expect(cluster(made({ instanceType, storageGib: 500, vpc }, stack).stack).Properties.BrokerNodeGroupInfo.StorageInfo).toEqual(storage);
  });

  test('has a name that MSK takes, and the one it is given', () => {
    const name: string = cluster(made({}, new Stack(appWith(), 'A-Stack-Whose-Name-Goes-On-And-On-And-On-Until-It-Is-Longer-Than-Names-Of-Clusters')).stack).Properties.ClusterName;
    expect(name).toMatch(/^[A-Za-z0-9-]{1,64}$/);
    expect(cluster(made({ clusterName: 'orders' }).stack).Properties.ClusterName).toBe('orders');
  });

  test('outlives its stack unless told otherwise', () => {
    expect(cluster(made().stack)).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    expect(cluster(made({ removalPolicy: RemovalPolicy.DESTROY }).stack)).toMatchObject({ DeletionPolicy: 'Delete' });
  });

  test('takes finer metrics without an opt-out', () => {
    expect(cluster(made({ enhancedMonitoring: 'PER_TOPIC_PER_BROKER' }).stack).Properties.EnhancedMonitoring).toBe('PER_TOPIC_PER_BROKER');
  });

  test('does not claim what it cannot see: a foreign key, foreign groups, a foreign VPC', () => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Foreign', {
      vpcId: 'vpc-12345678', availabilityZones: ['eu-west-1a', 'eu-west-1b'], privateSubnetIds: ['subnet-11111111', 'subnet-22222222'], privateSubnetRouteTableIds: ['rtb-11111111', 'rtb-22222222'],
    });
    made({
      vpc,
      encryptionKey: kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111111111111:key/00000000-0000-0000-0000-000000000000') as kms.IKey,
      securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-12345678')],
    }, stack);
    expect(rulesOf(stack).filter((rule) => /Network.*(Group|Egress|Subnet)|CustomerKey/.test(rule))).toEqual([]);
    expect(rulesOf(stack).filter((rule) => rule.includes(' '))).toEqual([]);
  });

  test('refuses what MSK would refuse', () => {
    const stack = new Stack(appWith(), 'S');
    const flat = new ec2.Vpc(stack, 'Flat', { maxAzs: 1, natGateways: 0, subnetConfiguration });
    const bare = new ec2.Vpc(stack, 'Bare', { natGateways: 0, subnetConfiguration: [subnetConfiguration[0]] });
    const make = (id: string, vpc: ec2.IVpc, props: Partial<SecureKafkaProps> = {}) => () => new SecureKafka(stack, id, { vpc, ...required, ...props });
    const unplaced = { subnets: ['subnet-11111111', 'subnet-22222222'].map((subnet) => ec2.Subnet.fromSubnetId(stack, subnet, subnet)) };
    expect(make('A', flat)).toThrow('SecureKafka at S/A: Amazon MSK needs subnets in two or three zones; add some, or give vpcSubnets');
    expect(make('B', bare)).toThrow('SecureKafka at S/B: the VPC has neither isolated nor private subnets; add some, or give vpcSubnets');
    expect(make('C', vpcOf(stack), { instanceType: 'express.m7g.large' }))
      .toThrow('SecureKafka at S/C: Amazon MSK needs subnets in three zones for express brokers; add some, or give another instanceType');
    expect(make('D', vpcOf(stack), { vpcSubnets: unplaced }))
      .toThrow('SecureKafka at S/D: a subnet was imported without its zone, and Amazon MSK takes one of each; import it with ec2.Subnet.fromSubnetAttributes()');
  });
});
