import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { appWith, claimsIn, CONCRETE, describeConstruct, modelOf, optionalOf } from './harness';
import { EncryptionKey, SecureCache, SecureCacheProps, SecureLogGroup } from '../../src/constructs';
import { OptOut } from '../../src/declarations/opt-out';

const subnetConfiguration = [{ name: 'public', subnetType: ec2.SubnetType.PUBLIC }, { name: 'data', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }];
const nodeType = 'cache.t4g.small';

function vpcOf(stack: Stack): ec2.Vpc {
  return stack.node.tryFindChild('Vpc') as ec2.Vpc | undefined ?? new ec2.Vpc(stack, 'Vpc', { natGateways: 0, subnetConfiguration });
}

const set = (path: string, value: unknown) => ({ replicationGroup }: SecureCache) => replicationGroup.addPropertyOverride(path, value);
const unset = (path: string) => ({ replicationGroup }: SecureCache) => replicationGroup.addPropertyDeletionOverride(path);
const groupOf = (cache: SecureCache): ec2.CfnSecurityGroup => cache.connections.securityGroups[0].node.defaultChild as ec2.CfnSecurityGroup;

describeConstruct<SecureCacheProps>({
  name: 'SecureCache',
  make: (scope, id, props) => new SecureCache(scope, id, { vpc: vpcOf(Stack.of(scope)), nodeType, ...props }),
  optional: optionalOf<SecureCacheProps>()([
    'optOuts', 'vpcSubnets', 'securityGroups', 'engineVersion', 'shards', 'replicasPerShard', 'multiAz', 'port', 'parameterGroupName', 'encryptionKey',
    'userGroupId', 'accessString', 'snapshotRetention', 'snapshotWindow', 'preferredMaintenanceWindow', 'autoMinorVersionUpgrade', 'engineLogGroup',
    'slowLogGroup', 'removalPolicy',
  ]),
  breaks: {
    'ElastiCache.EncryptedAtRest': set('AtRestEncryptionEnabled', false),
    'ElastiCache.CustomerKey': unset('KmsKeyId'),
    'ElastiCache.EncryptedInTransit': set('TransitEncryptionMode', 'preferred'),
    'ElastiCache.Authentication': unset('UserGroupIds'),
    'ElastiCache.AutomaticFailover': set('MultiAZEnabled', false),
    'ElastiCache.Backup': set('SnapshotRetentionLimit', 0),
    'ElastiCache.AutoMinorVersionUpgrade': set('AutoMinorVersionUpgrade', false),
    'ElastiCache.InVpc': unset('CacheSubnetGroupName'),
    'ElastiCache.LogDelivery': unset('LogDeliveryConfigurations'),
    'ElastiCache.UserAuthentication': ({ user }: SecureCache) => user!.addPropertyOverride('AuthenticationMode.Type', 'no-password-required'),
    'Network.DataStorePrivateSubnet': (cache: SecureCache) => (vpcOf(Stack.of(cache)).isolatedSubnets[0].node.defaultChild as ec2.CfnSubnet).addPropertyOverride('MapPublicIpOnLaunch', true),
    'Network.DataStoreGroupsClosed': (cache: SecureCache) => cache.connections.allowDefaultPortFromAnyIpv4(),
    'Network.DataStoreEgress': (cache: SecureCache) => groupOf(cache).addPropertyOverride('SecurityGroupEgress', [{ CidrIp: '0.0.0.0/0', IpProtocol: '-1' }]),
    'Network.OwnSecurityGroup': (cache: SecureCache) => cache.replicationGroup.addPropertyOverride('SecurityGroupIds', [{ 'Fn::GetAtt': [Stack.of(cache).getLogicalId(vpcOf(Stack.of(cache)).node.defaultChild as ec2.CfnVPC), 'DefaultSecurityGroup'] }]),
  },
  weakenings: [
    { props: { multiAz: false }, says: 'multiAz: false', rules: ['ElastiCache.AutomaticFailover'] },
    { props: { replicasPerShard: 0 }, says: 'replicasPerShard: 0', rules: ['ElastiCache.AutomaticFailover'] },
    { props: { snapshotRetention: Duration.days(0) }, says: 'snapshotRetention: 0 days', rules: ['ElastiCache.Backup'] },
    { props: { autoMinorVersionUpgrade: false }, says: 'autoMinorVersionUpgrade: false', rules: ['ElastiCache.AutoMinorVersionUpgrade'] },
    { props: { vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC } }, says: 'vpcSubnets with public subnets', rules: ['Network.DataStorePrivateSubnet'] },
  ],
  uses: (cache: SecureCache, consumer) => {
    cache.grantConnect(new iam.Role(consumer, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }));
    new ec2.SecurityGroup(consumer, 'Client', { vpc: vpcOf(Stack.of(cache)), allowAllOutbound: false }).connections.allowToDefaultPort(cache);
  },
  given: (elsewhere) => ({ vpc: vpcOf(elsewhere), encryptionKey: new EncryptionKey(elsewhere, 'Key'), slowLogGroup: new SecureLogGroup(elsewhere, 'Slow') }),
  besides: /^S\/Vpc\//,
  nag: { 'AwsSolutions-AEC6 S/X/Resource': 'clients sign in with IAM, by a user group, in place of a token that all of them share' },
});

describe('SecureCache', () => {
  const made = (props: Partial<SecureCacheProps> = {}, stack = new Stack(appWith(), 'S')): { stack: Stack; cache: SecureCache } =>
    ({ stack, cache: new SecureCache(stack, 'X', { vpc: vpcOf(stack), nodeType, ...props }) });
  const only = (stack: Stack, type: string): Record<string, any> => Object.values(Template.fromStack(stack).findResources(type))[0];
  const group = (stack: Stack): Record<string, any> => only(stack, 'AWS::ElastiCache::ReplicationGroup');
  const rulesOf = (stack: Stack): string[] => claimsIn(modelOf(stack.node.root as never), 'SecureCache').map(({ rule, verdict }) => (verdict === 'pass' ? rule : `${rule} ${verdict}`));

  test('has one user, who signs in with IAM under a name that is its id, and no default user', () => {
    const { stack } = made();
    const { Properties: user } = only(stack, 'AWS::ElastiCache::User');
    expect(user).toMatchObject({ AuthenticationMode: { Type: 'iam' }, Engine: 'valkey', AccessString: 'on ~* &* +@all -@dangerous +info' });
    expect(user.UserId).toBe(user.UserName);
    expect(user.UserId).toMatch(/^[a-z](-?[a-z0-9])*$/);
    expect(user.UserId.length).toBeLessThanOrEqual(40);
    expect(only(stack, 'AWS::ElastiCache::UserGroup').Properties).toMatchObject({ Engine: 'valkey', UserIds: [{ Ref: expect.stringMatching(/^XUser/) }] });
    Template.fromStack(stack).resourceCountIs('AWS::ElastiCache::User', 1);
  });

  test('has names that ElastiCache takes, however long its path is', () => {
    const stack = new Stack(appWith(), 'Stack-With-A-Name-That-Goes-On-And-On');
    new SecureCache(stack, 'Cache--Of-A-Name-That-Goes-On-And-On-As-Well', { vpc: vpcOf(stack), nodeType });
    const id: string = only(stack, 'AWS::ElastiCache::User').Properties.UserId;
    expect(id).toMatch(/^[a-z](-?[a-z0-9])*$/);
    expect(id.length).toBeLessThanOrEqual(40);
  });

  test('lets a role sign in as that user, at this cache', () => {
    const { stack, cache } = made();
    cache.grantConnect(new iam.Role(stack, 'R', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }));
    expect(only(stack, 'AWS::IAM::Policy').Properties.PolicyDocument.Statement).toEqual([{
      Action: 'elasticache:Connect',
      Effect: 'Allow',
      Resource: [
        { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':elasticache:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':replicationgroup:', { Ref: expect.stringMatching(/^X/) }]] },
        { 'Fn::GetAtt': [expect.stringMatching(/^XUser/), 'Arn'] },
      ],
    }]);
  });

  test('takes users that were made elsewhere, and grants nothing on them', () => {
    const { stack, cache } = made({ userGroupId: 'team-users' });
    expect(group(stack).Properties.UserGroupIds).toEqual(['team-users']);
    Template.fromStack(stack).resourceCountIs('AWS::ElastiCache::User', 0);
    expect(cache.user).toBeUndefined();
    expect(rulesOf(stack)).toContain('ElastiCache.Authentication');
    expect(() => cache.grantConnect(new iam.Role(stack, 'R', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') })))
      .toThrow('SecureCache at S/X: its users were made elsewhere; allow elasticache:Connect on them and on the cache there');
  });

  test('lets nobody in and nothing out at first, and a client when told', () => {
    const { stack, cache } = made();
    const { Properties } = only(stack, 'AWS::EC2::SecurityGroup');
    expect(Properties).not.toHaveProperty('SecurityGroupIngress');
    expect(Properties.SecurityGroupEgress).toEqual([expect.objectContaining({ CidrIp: '255.255.255.255/32' })]);
    const { stack: other, cache: opened } = made({ port: 6380 });
    opened.connections.allowDefaultPortFrom(new ec2.SecurityGroup(other, 'Client', { vpc: vpcOf(other) }));
    Template.fromStack(other).hasResourceProperties('AWS::EC2::SecurityGroupIngress', { FromPort: 6380, ToPort: 6380 });
    expect(cache.connections.defaultPort!.toString()).toBe('6379');
  });

  test('has log groups of its own before it, whose names CloudWatch Logs admits services to without a policy for each', () => {
    const { stack } = made();
    const names = Object.values(Template.fromStack(stack).findResources('AWS::Logs::LogGroup')).map(({ Properties }) => JSON.stringify(Properties.LogGroupName));
    expect(names).toEqual([expect.stringContaining('/aws/vendedlogs/elasticache/'), expect.stringContaining('/aws/vendedlogs/elasticache/')]);
    expect(new Set(names).size).toBe(2);
    expect(group(stack).Properties.LogDeliveryConfigurations).toEqual(['engine-log', 'slow-log'].map((LogType) => ({
      LogType,
      LogFormat: 'json',
      DestinationType: 'cloudwatch-logs',
      DestinationDetails: { CloudWatchLogsDetails: { LogGroup: { Ref: expect.stringMatching(/^X(Engine|Slow)Log/) } } },
    })));
  });

  test('takes log groups that are given', () => {
    const stack = new Stack(appWith(), 'S');
    made({ engineLogGroup: new SecureLogGroup(stack, 'E'), slowLogGroup: new SecureLogGroup(stack, 'L') }, stack);
    Template.fromStack(stack).resourceCountIs('AWS::Logs::LogGroup', 2);
    expect(JSON.stringify(group(stack).Properties.LogDeliveryConfigurations)).toMatch(/"Ref":"E[^]*"Ref":"L/);
  });

  test('leaves a last snapshot unless told otherwise', () => {
    expect(group(made().stack)).toMatchObject({ DeletionPolicy: 'Snapshot', UpdateReplacePolicy: 'Snapshot' });
    expect(group(made({ removalPolicy: RemovalPolicy.DESTROY }).stack)).toMatchObject({ DeletionPolicy: 'Delete' });
  });

  test.each([
    [1, '8.0', 'default.valkey8', undefined, 'PrimaryEndPoint'],
    [2, '8.0', 'default.valkey8.cluster.on', { UseOnlineResharding: true }, 'ConfigurationEndPoint'],
    [1, '7.2', 'default.valkey7', undefined, 'PrimaryEndPoint'],
  ])('of %d shards of Valkey %s has the parameter group %s', (shards, engineVersion, name, policy, endpoint) => {
    const { stack, cache } = made({ shards, engineVersion });
    expect(group(stack)).toMatchObject({ Properties: { CacheParameterGroupName: name, NumNodeGroups: shards, ReplicasPerNodeGroup: 1, EngineVersion: engineVersion } });
    expect(group(stack).UpdatePolicy).toEqual(policy);
    expect(stack.resolve([cache.endpointAddress, cache.endpointPort])).toEqual([
      { 'Fn::GetAtt': [expect.any(String), `${endpoint}.Address`] }, { 'Fn::GetAtt': [expect.any(String), `${endpoint}.Port`] },
    ]);
  });

  test('of several shards without replicas still has failover, which cluster mode asks for', () => {
    const optOuts = [OptOut.of('ElastiCache.AutomaticFailover', { reason: 'a test' })];
    const properties = (shards: number): object => group(made({ shards, replicasPerShard: 0, optOuts }).stack).Properties;
    expect(properties(2)).toMatchObject({ AutomaticFailoverEnabled: true, MultiAZEnabled: false });
    expect(properties(1)).toMatchObject({ AutomaticFailoverEnabled: false, MultiAZEnabled: false });
  });

  test('passes on what has no default of ours', () => {
    const { stack } = made({ snapshotWindow: '05:00-06:00', preferredMaintenanceWindow: 'sun:23:00-mon:01:30', parameterGroupName: 'mine', accessString: 'on ~app:* +@read', snapshotRetention: Duration.days(7) });
    expect(group(stack).Properties).toMatchObject({ SnapshotWindow: '05:00-06:00', PreferredMaintenanceWindow: 'sun:23:00-mon:01:30', CacheParameterGroupName: 'mine', SnapshotRetentionLimit: 7 });
    expect(only(stack, 'AWS::ElastiCache::User').Properties.AccessString).toBe('on ~app:* +@read');
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
    expect(rulesOf(stack).filter((rule) => /Network|CustomerKey/.test(rule))).toEqual([]);
    expect(rulesOf(stack).filter((rule) => rule.includes(' '))).toEqual([]);
  });

  test('refuses what ElastiCache would refuse', () => {
    const stack = new Stack(appWith(), 'S');
    const flat = new ec2.Vpc(stack, 'Flat', { maxAzs: 1, natGateways: 0, subnetConfiguration });
    const open = new ec2.Vpc(stack, 'Open', { natGateways: 0, subnetConfiguration: [subnetConfiguration[0]] });
    const make = (id: string, props: Partial<SecureCacheProps>) => () => new SecureCache(stack, id, { vpc: vpcOf(stack), nodeType, ...props });
    expect(make('A', { vpc: flat })).toThrow('SecureCache at S/A: multiAz needs subnets in two zones; add some, or give multiAz: false with an opt-out of ElastiCache.AutomaticFailover');
    expect(make('B', { vpc: open })).toThrow('SecureCache at S/B: the VPC has neither isolated nor private subnets; add some, or give vpcSubnets');
    expect(make('C', { multiAz: true, replicasPerShard: 0 })).toThrow('SecureCache at S/C: multiAz needs a replica to fail over to; leave out replicasPerShard: 0');
    expect(make('D', { vpc: flat, multiAz: false, optOuts: [OptOut.of('ElastiCache.AutomaticFailover', { reason: 'a test' })] })).not.toThrow();
  });

  test('takes subnets whose zones nobody knows', () => {
    const stack = new Stack(appWith(), 'S');
    const subnets = ['subnet-11111111', 'subnet-22222222'].map((subnet) => ec2.Subnet.fromSubnetId(stack, subnet, subnet));
    made({ vpcSubnets: { subnets } }, stack);
    Template.fromStack(stack).hasResourceProperties('AWS::ElastiCache::SubnetGroup', { SubnetIds: ['subnet-11111111', 'subnet-22222222'] });
  });

  test('holds an L1 that can be changed further', () => {
    const { stack, cache } = made();
    cache.replicationGroup.notificationTopicArn = 'arn:aws:sns:eu-west-1:111111111111:topic';
    expect(cache.replicationGroup).toBeInstanceOf(elasticache.CfnReplicationGroup);
    expect(group(stack).Properties.NotificationTopicArn).toBe('arn:aws:sns:eu-west-1:111111111111:topic');
  });
});
