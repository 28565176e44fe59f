import { NestedStack, Stack, StackProps } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { appWith, claimsIn, CONCRETE, describeConstruct, modelOf, optionalOf } from './harness';
import { OptOut } from '../../src';
import { AccessLogBucket, SecureBucket, SecureVpc, SecureVpcProps } from '../../src/constructs';
import { vpcHardening } from '../../src/constructs/network/vpc-hardening';
import { flowLogDefaults, subnetDefaults, vpcDefaults } from '../../src/defaults';
import { describeInjected } from '../blueprint/injected';

const { PUBLIC, PRIVATE_WITH_EGRESS } = ec2.SubnetType;
const { ACCEPT } = ec2.FlowLogTrafficType;
const flowLog = (vpc: ec2.Vpc): ec2.CfnFlowLog => vpc.node.findAll().find((child): child is ec2.CfnFlowLog => ec2.CfnFlowLog.isCfnFlowLog(child))!;

// CDK has deprecated cidr, and warns of it wherever it is said.
const { cidr: _deprecated, ...optional } = optionalOf<SecureVpcProps>()([
  'optOuts', 'flowLogBucket', 'interfaceEndpoints', 'ipProtocol', 'ipAddresses', 'cidr', 'enableDnsHostnames', 'enableDnsSupport', 'defaultInstanceTenancy',
  'maxAzs', 'reservedAzs', 'availabilityZones', 'natGateways', 'natGatewaySubnets', 'natGatewayProvider', 'subnetConfiguration', 'vpnGateway', 'vpnGatewayAsn',
  'vpnConnections', 'vpnRoutePropagation', 'gatewayEndpoints', 'flowLogs', 'vpcName', 'restrictDefaultSecurityGroup', 'createInternetGateway', 'ipv6Addresses',
]);

describeConstruct<SecureVpcProps>({
  name: 'SecureVpc',
  make: (scope, id, props) => new SecureVpc(scope, id, props),
  optional,
  breaks: {
    'VPC.FlowLogs': (vpc: SecureVpc) => flowLog(vpc).addPropertyOverride('ResourceId', 'vpc-12345678'),
    'VPC.FlowLogTraffic': (vpc: SecureVpc) => flowLog(vpc).addPropertyOverride('TrafficType', 'ACCEPT'),
    'VPC.DefaultSecurityGroupClosed': (vpc: SecureVpc) => vpc.node.tryRemoveChild('RestrictDefaultSecurityGroupCustomResource'),
    'VPC.GatewayEndpoint': (vpc: SecureVpc) => vpc.node.tryRemoveChild('S3'),
    'VPC.SubnetNoPublicIp': (vpc: SecureVpc) => (vpc.publicSubnets[0].node.findChild('Subnet') as ec2.CfnSubnet).addPropertyOverride('MapPublicIpOnLaunch', true),
  },
  weakenings: [
    { props: { flowLogs: {} }, says: 'flowLogs: {}', rules: ['VPC.FlowLogs'] },
    { props: { flowLogs: { accepted: { trafficType: ACCEPT } } }, says: 'trafficType: ACCEPT', rules: ['VPC.FlowLogTraffic'] },
    { props: { restrictDefaultSecurityGroup: false }, says: 'restrictDefaultSecurityGroup: false', rules: ['VPC.DefaultSecurityGroupClosed'] },
    { props: { gatewayEndpoints: {} }, says: 'gatewayEndpoints without S3', rules: ['VPC.GatewayEndpoint'] },
    {
      props: { maxAzs: 1, subnetConfiguration: [{ name: 'Open', subnetType: PUBLIC, mapPublicIpOnLaunch: true }] },
      says: 'subnetConfiguration with mapPublicIpOnLaunch: true',
      rules: ['VPC.SubnetNoPublicIp'],
    },
  ],
  uses: (vpc: SecureVpc, consumer) => void new ec2.SecurityGroup(consumer, 'Group', { vpc }),
  nag: {
    'NIST.800.53.R5-IAMNoInlinePolicy S/X/all/Role/DefaultPolicy/Resource': 'a policy of its own for three actions on one log group, which nobody else shall have',
    ...Object.fromEntries([1, 2, 3].map((zone) => [`NIST.800.53.R5-VPCNoUnrestrictedRouteToIGW S/X/PublicSubnet${zone}/DefaultRoute`, 'what makes the public tier public'])),
  },
  given: (elsewhere) => ({ flowLogBucket: new SecureBucket(elsewhere, 'Bucket') }),
});

describeInjected<ec2.VpcProps>({
  name: 'ec2.Vpc',
  hardening: vpcHardening,
  make: (scope, id, props) => new ec2.Vpc(scope, id, props),
  defaults: { 'AWS::EC2::VPC': vpcDefaults, 'AWS::EC2::Subnet': subnetDefaults, 'AWS::EC2::FlowLog': flowLogDefaults },
  leaves: { 'VPC.GatewayEndpoint': 'a second endpoint for the same route tables cannot be made, and nobody knows whether one is added later' },
  explicit: { props: { restrictDefaultSecurityGroup: false }, rule: 'VPC.DefaultSecurityGroupClosed' },
});

describe('SecureVpc', () => {
  const made = (props: SecureVpcProps = {}, app = appWith()): { stack: Stack; vpc: SecureVpc; template: () => Template } => {
    const stack = new Stack(app, 'S', CONCRETE);
    const vpc = new SecureVpc(stack, 'X', props);
    return { stack, vpc, template: () => Template.fromStack(stack) };
  };
  const cidrs = (template: Template): Record<string, string> => Object.fromEntries(Object.values(template.findResources('AWS::EC2::Subnet'))
    .map(({ Properties }) => [Properties.Tags.find(({ Key }: { Key: string }) => Key === 'Name').Value, Properties.CidrBlock]));

  test('has no NAT gateway and no private subnet unless told so, and keeps the addresses of the others then', () => {
    const [without, two] = [made().template(), made({ natGateways: 2 }).template()];
    without.resourceCountIs('AWS::EC2::NatGateway', 0);
    two.resourceCountIs('AWS::EC2::NatGateway', 2);
    expect(Object.keys(cidrs(without)).sort()).toEqual(['Isolated', 'Public'].flatMap((tier) => [1, 2, 3].map((zone) => `S/X/${tier}Subnet${zone}`)));
    expect(cidrs(two)).toMatchObject(cidrs(without));
    expect(Object.keys(cidrs(two)).filter((name) => name.startsWith('S/X/PrivateSubnet'))).toHaveLength(3);
  });

  test('has a NAT gateway in each zone, as CDK does, where subnets ask for the way out', () => {
    made({ subnetConfiguration: [{ name: 'Public', subnetType: PUBLIC }, { name: 'App', subnetType: PRIVATE_WITH_EGRESS }] }).template().resourceCountIs('AWS::EC2::NatGateway', 3);
  });

  test('has a private tier for a provider of NAT gateways', () => {
    const { vpc, template } = made({ natGatewayProvider: ec2.NatProvider.gateway() });
    expect(vpc.privateSubnets).toHaveLength(3);
    template().resourceCountIs('AWS::EC2::NatGateway', 3);
  });

  test('logs all traffic of a minute each to a group under a key that admits it', () => {
    const template = made().template();
    template.hasResourceProperties('AWS::EC2::FlowLog', {
      TrafficType: 'ALL', MaxAggregationInterval: 60, LogDestinationType: 'cloud-watch-logs', LogGroupName: { Ref: Match.stringLikeRegexp('^XallLogs') },
    });
    template.hasResourceProperties('AWS::Logs::LogGroup', { KmsKeyId: Match.anyValue(), RetentionInDays: 365 });
    template.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: { Statement: Match.arrayWith([Match.objectLike({ Principal: { Service: { 'Fn::Join': ['', ['logs.eu-west-1.', { Ref: 'AWS::URLSuffix' }]] } } })]) },
    });
  });

  test('lets flow logs of this account alone take the role', () => {
    made().template().hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [{
          Principal: { Service: 'vpc-flow-logs.amazonaws.com' },
          Condition: {
            StringEquals: { 'aws:SourceAccount': '111111111111' },
            ArnLike: { 'aws:SourceArn': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':ec2:eu-west-1:111111111111:vpc-flow-log/*']] } },
          },
        }],
      },
    });
  });

  test.each<[string, (stack: Stack) => s3.Bucket, boolean]>([
    ['under a key', (stack) => new SecureBucket(stack, 'B'), true],
    ['without one', (stack) => new AccessLogBucket(stack, 'B'), false],
  ])('logs to a bucket %s, whose policy it waits for', (_, bucket, keyed) => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    new SecureVpc(stack, 'X', { flowLogBucket: bucket(stack) });
    const template = Template.fromStack(stack);
    const conditions = {
      StringEquals: { 'aws:SourceAccount': '111111111111' },
      ArnLike: { 'aws:SourceArn': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':logs:eu-west-1:111111111111:*']] } },
    };
    const put = { ...conditions, StringEquals: { ...conditions.StringEquals, 's3:x-amz-acl': 'bucket-owner-full-control' } };
    const name = Object.keys(template.findResources('AWS::S3::BucketPolicy', { Properties: { Bucket: { Ref: Match.stringLikeRegexp('^B') } } }))[0];
    const { Statement } = template.findResources('AWS::S3::BucketPolicy')[name].Properties.PolicyDocument;
    const delivered = Statement.filter(({ Principal }: any) => Principal.Service === 'delivery.logs.amazonaws.com');
    expect(delivered.map(({ Action, Condition }: any) => [Action, Condition])).toEqual([['s3:PutObject', put], [['s3:GetBucketAcl', 's3:ListBucket'], conditions]]);
    expect(JSON.stringify(delivered[0].Resource)).toContain('"/AWSLogs/111111111111/*"');
    template.hasResource('AWS::EC2::FlowLog', { DependsOn: Match.arrayWith([name]), Properties: { LogDestinationType: 's3', LogGroupName: Match.absent() } });
    template.resourceCountIs('AWS::Logs::LogGroup', 0);
    expect(JSON.stringify(template.findResources('AWS::KMS::Key')).includes('delivery.logs.amazonaws.com')).toBe(keyed);
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });

  test('warns of a bucket whose policy cannot be seen', () => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    new SecureVpc(stack, 'X', { flowLogBucket: s3.Bucket.fromBucketName(stack, 'B', 'all-flow-logs') });
    Annotations.fromStack(stack).hasWarning('/S/X/all', Match.stringLikeRegexp('must let delivery.logs.amazonaws.com put objects'));
  });

  test('keeps what a flow log says, and adds what it leaves out', () => {
    const template = made({ flowLogs: { refused: { trafficType: ec2.FlowLogTrafficType.REJECT, maxAggregationInterval: ec2.FlowLogMaxAggregationInterval.TEN_MINUTES }, all: {} } }).template();
    template.resourceCountIs('AWS::EC2::FlowLog', 2);
    template.hasResourceProperties('AWS::EC2::FlowLog', { TrafficType: 'REJECT', MaxAggregationInterval: 600 });
    template.hasResourceProperties('AWS::EC2::FlowLog', { TrafficType: 'ALL', MaxAggregationInterval: 60 });
    template.allResourcesProperties('AWS::Logs::LogGroup', { KmsKeyId: Match.anyValue() });
  });

  test('routes S3 and DynamoDB past the internet from every subnet', () => {
    const template = made({ natGateways: 1 }).template();
    const endpoints = Object.values(template.findResources('AWS::EC2::VPCEndpoint'));
    expect(endpoints.map(({ Properties }) => [Properties.VpcEndpointType, JSON.stringify(Properties.ServiceName).match(/s3|dynamodb/)?.[0], Properties.RouteTableIds.length]))
      .toEqual([['Gateway', 's3', 9], ['Gateway', 'dynamodb', 9]]);
  });

  test('refuses a second gateway endpoint for a service', () => {
    const { vpc } = made();
    expect(() => vpc.addGatewayEndpoint('Again', { service: ec2.GatewayVpcEndpointAwsService.S3 }))
      .toThrow('SecureVpc at S/X: addGatewayEndpoint(\'Again\') is the second for its service, and route tables hold one route to it; leave it out, or give gatewayEndpoints');
    expect(made({ gatewayEndpoints: {}, optOuts: [OptOut.of('VPC.GatewayEndpoint', { reason: 'added below' })] }).vpc.addGatewayEndpoint('First', { service: ec2.GatewayVpcEndpointAwsService.S3 })).toBeDefined();
    expect(made().vpc.addGatewayEndpoint('Express', { service: ec2.GatewayVpcEndpointAwsService.S3_EXPRESS })).toBeDefined();
  });

  test('has interface endpoints on request, which the VPC alone reaches', () => {
    const template = made({ interfaceEndpoints: [ec2.InterfaceVpcEndpointAwsService.SECRETS_MANAGER, ec2.InterfaceVpcEndpointAwsService.KMS] }).template();
    expect(Object.values(template.findResources('AWS::EC2::VPCEndpoint', { Properties: { VpcEndpointType: 'Interface' } })).map(({ Properties }) => Properties.ServiceName))
      .toEqual(['com.amazonaws.eu-west-1.secretsmanager', 'com.amazonaws.eu-west-1.kms']);
    template.allResourcesProperties('AWS::EC2::SecurityGroup', { SecurityGroupIngress: [Match.objectLike({ CidrIp: { 'Fn::GetAtt': [Match.stringLikeRegexp('^X'), 'CidrBlock'] }, FromPort: 443 })] });
  });

  test.each<[string, StackProps]>([['any region', {}], ['one region', CONCRETE]])('has an interface of S3 after its gateway, before which EC2 refuses private names, in %s', (_, env) => {
    const stack = new Stack(appWith(), 'S', env);
    const vpc = new SecureVpc(stack, 'X', { interfaceEndpoints: [ec2.InterfaceVpcEndpointAwsService.S3, ec2.InterfaceVpcEndpointAwsService.KMS] });
    vpc.addInterfaceEndpoint('More', { service: ec2.InterfaceVpcEndpointAwsService.DYNAMODB });
    const template = Template.fromStack(stack);
    const after = Object.entries(template.findResources('AWS::EC2::VPCEndpoint', { Properties: { VpcEndpointType: 'Interface' } }))
      .map(([id, { DependsOn = [] }]) => [id, DependsOn.filter((other: string) => /^X(S3|DynamoDb)/.test(other))]);
    const gateway = (id: string) => expect.stringMatching(new RegExp(`^X${id}`));
    expect(after).toEqual([[gateway('s3'), [gateway('S3')]], [gateway('kms'), []], [gateway('More'), [gateway('DynamoDb')]]]);
  });

  describe('with instances that translate addresses', () => {
    const natGatewayProvider = ec2.NatProvider.instanceV2({ instanceType: new ec2.InstanceType('t4g.nano'), machineImage: ec2.MachineImage.genericLinux({ 'eu-west-1': 'ami-12345678' }) });
    const provider = (associatePublicIpAddress?: boolean): ec2.NatProvider => ec2.NatProvider.instanceV2({
      instanceType: new ec2.InstanceType('t4g.nano'), machineImage: ec2.MachineImage.genericLinux({ 'eu-west-1': 'ami-12345678' }), associatePublicIpAddress,
    });

    test('says that their subnets give them their addresses', () => {
      expect(() => made({ natGatewayProvider })).toThrow('SecureVpc at S/X: natGatewayProvider of instances, which get their addresses by mapPublicIpOnLaunch: true weakens VPC.SubnetNoPublicIp');
    });

    test('takes those that have addresses of their own', () => {
      const app = appWith();
      made({
        natGatewayProvider: provider(true),
        subnetConfiguration: [{ name: 'Public', subnetType: PUBLIC, mapPublicIpOnLaunch: false }, { name: 'Private', subnetType: PRIVATE_WITH_EGRESS }],
      }, app);
      expect(claimsIn(modelOf(app), 'SecureVpc').filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
    });

    test('leaves their subnets alone under the injector', () => {
      expect(vpcHardening.harden(new Stack(appWith(), 'S'), 'X', { natGatewayProvider: provider() }).subnetConfiguration).toBeUndefined();
    });
  });

  test('in a nested stack logs under a key of that stack', () => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    const nested = new NestedStack(stack, 'N');
    new SecureVpc(nested, 'X');
    Template.fromStack(nested).resourceCountIs('AWS::KMS::Key', 1);
  });
});

describe('ec2.Vpc under its injector', () => {
  test.each<[string, ec2.VpcProps]>([
    ['private', {}],
    ['isolated', { natGateways: 0 }],
    ['given', { subnetConfiguration: [{ name: 'Web', subnetType: PUBLIC, cidrMask: 24 }, { name: 'Db', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }] }],
  ])('keeps the addresses of its subnets: %s', (_, props) => {
    const [plain, secure] = [new Stack(appWith(), 'A'), new Stack(appWith(), 'A')];
    new ec2.Vpc(plain, 'V', props);
    new ec2.Vpc(secure, 'V', vpcHardening.harden(secure, 'V', props));
    const subnets = (stack: Stack): object => Object.fromEntries(Object.entries(Template.fromStack(stack).findResources('AWS::EC2::Subnet')).map(([id, { Properties }]) => [id, Properties.CidrBlock]));
    expect(subnets(secure)).toEqual(subnets(plain));
    Template.fromStack(secure).allResourcesProperties('AWS::EC2::Subnet', { MapPublicIpOnLaunch: false });
  });
});
