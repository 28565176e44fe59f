import { ifProd, MACRO, P, subject } from './cases';
import { Case, fail, judge, notApplicable, pass, unknown, verdicts } from './verdicts';
import * as rules from '../../src/rules/network-reach';
import { DATA_STORES } from '../../src/rules/shared/reach';

const WORLD = { CidrIp: '0.0.0.0/0' };
const LAN = { CidrIp: '10.0.0.0/16' };
const tcp = (port: unknown, more: object = WORLD, to: unknown = port) => ({ IpProtocol: 'tcp', FromPort: port, ToPort: to, ...more });
const every = (more: object = WORLD) => ({ IpProtocol: '-1', ...more });
const resource = (Type: string, Properties: object = {}, more: object = {}) => ({ Type: Type.includes('::') ? Type : `AWS::EC2::${Type}`, Properties, ...more });
const att = (id: string, attribute: string) => ({ 'Fn::GetAtt': [id, attribute] });
const ref = (id: string) => ({ Ref: id });

/** A VPC with a subnet whose route table leads to the internet, one whose table leads to a NAT gateway, and one that has none. */
const NETWORK: Case = {
  Vpc: resource('VPC', { CidrBlock: '10.0.0.0/16' }),
  Igw: resource('InternetGateway'),
  Attachment: resource('VPCGatewayAttachment', { VpcId: ref('Vpc'), InternetGatewayId: ref('Igw') }),
  OutTable: resource('RouteTable', { VpcId: ref('Vpc') }),
  NatTable: resource('RouteTable', { VpcId: ref('Vpc') }),
  OutRoute: resource('Route', { RouteTableId: ref('OutTable'), DestinationCidrBlock: '0.0.0.0/0', GatewayId: ref('Igw') }),
  NatRoute: resource('Route', { RouteTableId: ref('NatTable'), DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: 'nat-1' }),
  V6Route: resource('Route', { RouteTableId: ref('NatTable'), DestinationIpv6CidrBlock: '::/0', EgressOnlyInternetGatewayId: 'eigw-1' }),
  Public: resource('Subnet', { VpcId: ref('Vpc'), MapPublicIpOnLaunch: true }),
  Private: resource('Subnet', { VpcId: ref('Vpc') }),
  Isolated: resource('Subnet', { VpcId: ref('Vpc') }),
  PublicAssociation: resource('SubnetRouteTableAssociation', { SubnetId: ref('Public'), RouteTableId: ref('OutTable') }),
  PrivateAssociation: resource('SubnetRouteTableAssociation', { SubnetId: ref('Private'), RouteTableId: ref('NatTable') }),
};

const group = (...ingress: unknown[]) => ({ Sg: resource('SecurityGroup', { GroupDescription: 'store', VpcId: ref('Vpc'), SecurityGroupIngress: ingress }) });
const groupOut = (...egress: unknown[]) => ({ Sg: resource('SecurityGroup', { GroupDescription: 'store', SecurityGroupEgress: egress }) });
const SG = [att('Sg', 'GroupId')];
const inSubnets = (...ids: string[]) => ({ Subnets: resource('AWS::RDS::DBSubnetGroup', { SubnetIds: ids.map(ref) }) });

const dbOf = subject('AWS::RDS::DBInstance', { Engine: 'postgres', VPCSecurityGroups: SG, DBSubnetGroupName: ref('Subnets') });
/** A database with a group, in subnets, with an address. */
const db = (properties: object, groups: object, subnets: string[] = ['Public'], more: object = {}) =>
  dbOf({ PubliclyAccessible: true, ...properties }, { ...NETWORK, ...inSubnets(...subnets), ...groups, ...more });

verdicts(rules.dataStoreNotReachable, {
  pass: {
    'the group lets in an application': db({}, group({ ...tcp(5432, {}), SourceSecurityGroupId: 'sg-1' })),
    'no address': db({ PubliclyAccessible: false }, group(tcp(5432))),
    'a private subnet': db({}, group(tcp(5432)), ['Private', 'Isolated']),
  },
  fail: {
    'all three': db({}, group(tcp(5432))),
    'a warehouse': subject('AWS::Redshift::Cluster', { VpcSecurityGroupIds: SG, PubliclyAccessible: true, ClusterSubnetGroupName: ref('Sng') })({}, {
      ...NETWORK, ...group(tcp(5439)), Sng: resource('AWS::Redshift::ClusterSubnetGroup', { SubnetIds: [ref('Public')] }),
    }),
    'replication, which has an address unless told': subject('AWS::DMS::ReplicationInstance', { VpcSecurityGroupIds: SG, ReplicationSubnetGroupIdentifier: 'sng' })({}, {
      ...NETWORK, ...group(tcp(9999)),
      Sng: resource('AWS::DMS::ReplicationSubnetGroup', { ReplicationSubnetGroupIdentifier: 'sng', SubnetIds: [ref('Public')] }),
    }),
    'Kafka': subject('AWS::MSK::Cluster')({
      BrokerNodeGroupInfo: { ClientSubnets: [ref('Public')], SecurityGroups: SG, ConnectivityInfo: { PublicAccess: { Type: 'SERVICE_PROVIDED_EIPS' } } },
    }, { ...NETWORK, ...group(tcp(9194)) }),
  },
  unknown: {
    'the address is a parameter': db({ PubliclyAccessible: P }, group(tcp(5432))),
    'the subnet group is not in the templates': db({ DBSubnetGroupName: 'mine' }, group(tcp(5432))),
    'the block is a parameter': db({}, group(tcp(5432, { CidrIp: P }))),
  },
  notApplicable: { 'Aurora: its instances have the addresses': subject('AWS::RDS::DBCluster', { Engine: 'aurora-mysql' })() },
  trap: {
    'all three are named': fail(db({}, group(tcp(5432))), {
      message: /^Sg\.SecurityGroupIngress\.0 lets the internet reach port 5432; it has a public address; a route leads from the internet/,
    }),
    'closed, whatever the address and the subnet are': pass(db({ PubliclyAccessible: P, DBSubnetGroupName: P }, group(tcp(5432, LAN)))),
    'open on a parameter, but without an address': pass(db({ PubliclyAccessible: 'false' }, group(tcp(5432, { CidrIp: P })))),
    'another port is open': pass(db({}, group(tcp(443)))),
    'its own port is set and open': fail(db({ Port: '6000' }, group(tcp(6000)))),
    'its own port is set, and the usual one is open': pass(db({ Port: 6000 }, group(tcp(5432)))),
    'the rule stands elsewhere and names the endpoint\'s port': fail(db({}, {
      ...group(), Rule: resource('SecurityGroupIngress', { GroupId: att('Sg', 'GroupId'), ...tcp(att('Subject', 'Endpoint.Port')) }),
    }), { message: /^Sg: Rule lets/ }),
    'one of two groups is open': fail(db({ VPCSecurityGroups: [att('Other', 'GroupId'), ...SG] }, {
      ...group(tcp(5432)), Other: resource('SecurityGroup', { GroupDescription: 'other' }),
    })),
    'one of two subnets is public': fail(db({}, group(tcp(5432)), ['Private', 'Public'])),
    'a subnet with addresses but no route': pass(db({}, group(tcp(5432)), ['Mapped'], { Mapped: resource('Subnet', { VpcId: ref('Vpc'), MapPublicIpOnLaunch: true }) })),
    'the route stands in one branch': fail(db({}, group(tcp(5432)), ['Public'], {
      OutRoute: resource('Route', { RouteTableId: ref('OutTable'), DestinationCidrBlock: ifProd('10.1.0.0/16', '0.0.0.0/0'), GatewayId: ref('Igw') }),
    }), { message: /when IsProd is false/ }),
    'half of the internet is routed': fail(db({}, group(tcp(5432)), ['Public'], {
      OutRoute: resource('Route', { RouteTableId: ref('OutTable'), DestinationCidrBlock: '128.0.0.0/1', GatewayId: ref('Igw') }),
    })),
    'an instance of a cluster lies where the cluster does': fail(dbOf({
      Engine: 'aurora-postgresql', PubliclyAccessible: true, DBClusterIdentifier: ref('Cluster'), VPCSecurityGroups: undefined, DBSubnetGroupName: undefined,
    }, {
      ...NETWORK, ...inSubnets('Public'), ...group(tcp(5432)),
      Cluster: resource('AWS::RDS::DBCluster', { Engine: 'aurora-postgresql', VpcSecurityGroupIds: SG, DBSubnetGroupName: ref('Subnets') }),
    })),
    'its cluster is not in the templates': unknown(dbOf({ PubliclyAccessible: true, DBClusterIdentifier: 'mine' }, { ...NETWORK, ...inSubnets('Public'), ...group(tcp(5432)) })),
    'RDS decides on the address': unknown(db({ PubliclyAccessible: undefined, DBSubnetGroupName: undefined }, group(tcp(5432)))),
    'private by default in a subnet group of its own': pass(db({ PubliclyAccessible: undefined }, group(tcp(5432)))),
    'the engine is not known, but every port is open': fail(db({ Engine: undefined }, group(every()))),
    'the engine is not known, and one port is open': unknown(db({ Engine: undefined }, group(tcp(5432)))),
  },
});

const cache = (groups: object, properties: object = {}) => subject('AWS::ElastiCache::ReplicationGroup', { SecurityGroupIds: SG })(properties, { ...NETWORK, ...groups });
const domain = subject('AWS::OpenSearchService::Domain');
const stranger = (Rule: object, id: unknown = 'sg-1') => cache({ Rule: resource('SecurityGroupIngress', { GroupId: id, ...Rule }) }, { SecurityGroupIds: [id] });
verdicts(rules.dataStoreGroupsClosed, {
  pass: {
    'a network': cache(group(tcp(6379, LAN))),
    'no rules': cache(group()),
    'the port of another service': cache(group(tcp(443))),
    'broker': subject('AWS::AmazonMQ::Broker', { SecurityGroups: SG })({}, group(tcp(5671, LAN))),
  },
  fail: {
    'a cache': cache(group(tcp(6379))),
    'a database in private subnets': db({ PubliclyAccessible: false }, group(tcp(5432)), ['Private']),
    'a search domain': domain({ VPCOptions: { SecurityGroupIds: SG } }, group(tcp(443))),
    'files': subject('AWS::EFS::MountTarget', { SecurityGroups: SG, SubnetId: 'subnet-1' })({}, group(every())),
    'Kafka without servers': subject('AWS::MSK::ServerlessCluster')({ VpcConfigs: [{ SubnetIds: ['subnet-1'], SecurityGroups: SG }] }, group(tcp(9098))),
    'Hadoop': subject('AWS::EMR::Cluster')({ Instances: { EmrManagedMasterSecurityGroup: SG[0] } }, group(tcp(8088))),
  },
  unknown: {
    'the groups are a parameter': cache({}, { SecurityGroupIds: P }),
    'a group of somebody else': cache({}, { SecurityGroupIds: ['sg-1'] }),
    'the block is a parameter': cache(group(tcp(6379, { CidrIp: P }))),
    'the default group of some VPC': cache({}, { SecurityGroupIds: undefined }),
  },
  notApplicable: {
    'a search domain outside of a VPC': domain(),
    'an instance of a cluster': dbOf({ DBClusterIdentifier: 'mine' }),
  },
  trap: {
    'an instance of a cluster, whatever the group': notApplicable(db({ DBClusterIdentifier: 'mine' }, group(tcp(5432)))),
    'ports to choose from': fail(cache(group(tcp(6000, WORLD, 7000))), { message: /^Sg\.SecurityGroupIngress\.0 lets the internet reach ports 6000 to 7000$/ }),
    'all protocols, whatever the port': fail(cache(group({ ...every(), FromPort: 1, ToPort: 1 }))),
    'ICMP': pass(cache(group({ IpProtocol: 'icmp', FromPort: -1, ToPort: -1, ...WORLD }))),
    'ICMP, where any port counts': pass(subject('AWS::EMR::Cluster')({ Instances: { EmrManagedMasterSecurityGroup: SG[0] } }, group({ IpProtocol: 'icmp', ...WORLD }))),
    'all IPv6 addresses': fail(cache(group(tcp(6379, { CidrIpv6: '::/0' })))),
    'private IPv6 addresses': pass(cache(group(tcp(6379, { CidrIpv6: 'fd00::/8' })))),
    'a rule of the templates for a group of somebody else': fail(stranger(tcp(6379)), { message: /^the group: Rule lets/ }),
    'a rule for a group that is a parameter': fail(stranger(tcp(6379), P)),
    'a narrow rule for a group of somebody else': unknown(stranger(tcp(6379, LAN))),
    'a group of somebody else beside an open one': fail(cache(group(tcp(6379)), { SecurityGroupIds: ['sg-1', ...SG] })),
    'the default group, to which a rule is added': fail(subject('AWS::ElastiCache::ServerlessCache', { Engine: 'valkey', SubnetIds: [ref('Private')] })({}, {
      ...NETWORK, Rule: resource('SecurityGroupIngress', { GroupId: att('Vpc', 'DefaultSecurityGroup'), ...tcp(6380) }),
    }), { message: /^the default security group: Rule/ }),
    'the default group as AWS makes it': pass(subject('AWS::ElastiCache::ServerlessCache', { Engine: 'redis', SubnetIds: [ref('Private')] })({}, NETWORK)),
    'a group of old times': fail(subject('AWS::RDS::DBInstance', { Engine: 'mysql', DBSecurityGroups: [ref('Old')] })({}, {
      Old: resource('AWS::RDS::DBSecurityGroup', { GroupDescription: 'old', DBSecurityGroupIngress: [{ CIDRIP: '0.0.0.0/0' }] }),
    }), { message: /^Old\.DBSecurityGroupIngress.*every port/ }),
    'a group of old times, with its rule apart': fail(subject('AWS::Redshift::Cluster', { ClusterSecurityGroups: [ref('Old')] })({}, {
      Old: resource('AWS::Redshift::ClusterSecurityGroup', { Description: 'old' }),
      Rule: resource('AWS::Redshift::ClusterSecurityGroupIngress', { ClusterSecurityGroupName: ref('Old'), CIDRIP: '0.0.0.0/0' }),
    }), { message: /^Old: Rule/ }),
    'a memory cache listens elsewhere': pass(subject('AWS::ElastiCache::CacheCluster', { Engine: 'memcached', VpcSecurityGroupIds: SG })({}, group(tcp(6379)))),
    'a memory cache': fail(subject('AWS::ElastiCache::CacheCluster', { Engine: 'memcached', VpcSecurityGroupIds: SG })({}, group(tcp(11211)))),
    'a port that is a parameter, on both sides': unknown(cache(group(tcp(P)), { Port: P })),
    'open in one branch': fail(cache(group(ifProd(tcp(6379, LAN), tcp(6379)))), { message: /when IsProd is false/ }),
    'the group is used in one branch': fail(cache({ ...group(tcp(6379)), Other: resource('SecurityGroup', { GroupDescription: 'x' }) }, {
      SecurityGroupIds: ifProd([att('Other', 'GroupId')], SG),
    }), { message: /when IsProd is false/ }),
    'whether it is in a VPC is left open': unknown(domain({ VPCOptions: MACRO })),
  },
});

const warehouse = (subnets: unknown, more: object = {}) => subject('AWS::RedshiftServerless::Workgroup', { SubnetIds: subnets })({}, { ...NETWORK, ...more });
const memory = (name: unknown, group_: object = {}) => subject('AWS::MemoryDB::Cluster', { SubnetGroupName: name })({}, {
  ...NETWORK, Sng: resource('AWS::MemoryDB::SubnetGroup', { SubnetGroupName: 'sng', SubnetIds: [ref('Public')], ...group_ }),
});
verdicts(rules.dataStorePrivateSubnet, {
  pass: { 'behind a NAT gateway': warehouse([ref('Private')]), 'without a route table': warehouse([ref('Isolated')]) },
  fail: { 'a route to the internet': warehouse([ref('Private'), ref('Public')]), 'by its subnet group': memory(ref('Sng')) },
  unknown: {
    'a parameter': warehouse(P),
    'no subnet is named': warehouse(undefined),
    'the subnet is not in the templates': warehouse(['subnet-1']),
    'the subnet group is not in the templates': memory('other'),
  },
  notApplicable: { 'a search domain outside of a VPC': domain() },
  trap: {
    'a subnet group by its name': fail(memory('sng')),
    'a subnet group of private subnets': pass(memory('sng', { SubnetIds: [ref('Private')] })),
    'addresses are given out, though no route leads out': fail(warehouse([ref('Mapped')], { Mapped: resource('Subnet', { VpcId: ref('Vpc'), MapPublicIpOnLaunch: 'true' }) })),
    'a route over IPv6': fail(warehouse([ref('Private')], {
      V6Route: resource('Route', { RouteTableId: ref('NatTable'), DestinationIpv6CidrBlock: '::/0', GatewayId: ref('Igw') }),
    })),
    'a route to a network over VPN': pass(warehouse([ref('Private')], {
      NatRoute: resource('Route', { RouteTableId: ref('NatTable'), DestinationCidrBlock: '0.0.0.0/0', GatewayId: ref('Vgw') }), Vgw: resource('VPNGateway'),
    })),
    'a route for a network only': pass(warehouse([ref('Public')], {
      Public: resource('Subnet', { VpcId: ref('Vpc') }),
      OutRoute: resource('Route', { RouteTableId: ref('OutTable'), DestinationCidrBlock: '192.0.2.0/24', GatewayId: ref('Igw') }),
    })),
    'the main route table of a VPC elsewhere': unknown(warehouse([ref('Far')], { Far: resource('Subnet', { VpcId: 'vpc-1' }) })),
    'a public subnet in one branch': fail(warehouse([ifProd(ref('Private'), ref('Public'))]), { message: /when IsProd is false/ }),
  },
});

verdicts(rules.dataStoreEgress, {
  pass: { 'narrow': cache(groupOut(tcp(443, LAN))), 'one port': cache(groupOut(tcp(443))) },
  fail: { 'everything': cache(groupOut(every())), 'every TCP port': cache(groupOut(tcp(0, WORLD, 65535))) },
  unknown: { 'the block is a parameter': cache(groupOut(every({ CidrIp: P }))), 'a group of somebody else': cache({}, { SecurityGroupIds: ['sg-1'] }) },
  trap: {
    'AWS lets everything out where nothing is said': fail(cache(groupOut())),
    'the way to allow nothing': pass(cache(groupOut(every({ CidrIp: '127.0.0.1/32' })))),
    'a rule that stands elsewhere': fail(cache({ ...groupOut(tcp(443, LAN)), Rule: resource('SecurityGroupEgress', { GroupId: att('Sg', 'GroupId'), ...every() }) })),
    'only a narrow one, which stands elsewhere': pass(cache({ ...groupOut(), Rule: resource('SecurityGroupEgress', { GroupId: att('Sg', 'GroupId'), ...tcp(443) }) })),
    'the default group': fail(cache(NETWORK, { SecurityGroupIds: [att('Vpc', 'DefaultSecurityGroup')] })),
    'ingress does not count': pass(cache({ Sg: resource('SecurityGroup', { SecurityGroupIngress: [every()], SecurityGroupEgress: [tcp(443)] }) })),
  },
});

const balancer = subject('AWS::ElasticLoadBalancingV2::LoadBalancer');
verdicts(rules.ownSecurityGroup, {
  pass: { 'a group of its own': cache(group()), 'an instance': subject('AWS::EC2::Instance', { SecurityGroupIds: SG })({}, group()) },
  fail: {
    'the default group of the VPC': cache(NETWORK, { SecurityGroupIds: [att('Vpc', 'DefaultSecurityGroup')] }),
    'none': cache({}, { SecurityGroupIds: undefined }),
    'an instance with none': subject('AWS::EC2::Instance', { SubnetId: 'subnet-1' })(),
    'a balancer with none': balancer({ Type: 'application' }),
    'a function': subject('AWS::Lambda::Function')({ VpcConfig: { SubnetIds: ['subnet-1'], SecurityGroupIds: [att('Vpc', 'DefaultSecurityGroup')] } }, NETWORK),
  },
  unknown: { 'a group of somebody else': cache({}, { SecurityGroupIds: ['sg-1'] }), 'the groups are a parameter': cache({}, { SecurityGroupIds: P }) },
  notApplicable: { 'a function outside of a VPC': subject('AWS::Lambda::Function')(), 'a gateway endpoint': subject('AWS::EC2::VPCEndpoint')() },
  trap: {
    'one of two': fail(cache({ ...NETWORK, ...group() }, { SecurityGroupIds: [...SG, att('Vpc', 'DefaultSecurityGroup')] })),
    'in one branch': fail(cache({ ...NETWORK, ...group() }, { SecurityGroupIds: [ifProd(SG[0], att('Vpc', 'DefaultSecurityGroup'))] }), { message: /when IsProd is false/ }),
    'left out in one branch': fail(cache(group(), { SecurityGroupIds: ifProd(SG) }), { message: /when IsProd is false/ }),
    'a network balancer has none unless it names one': notApplicable(balancer({ Type: 'network' })),
    'a balancer is an application balancer unless told': fail(balancer()),
    'a launch template names the group': pass(subject('AWS::EC2::Instance', { LaunchTemplate: { LaunchTemplateId: ref('Template'), Version: '1' } })({}, {
      ...group(), Template: resource('LaunchTemplate', { LaunchTemplateData: { SecurityGroupIds: SG } }),
    })),
    'an interface names the group': pass(subject('AWS::EC2::Instance')({ NetworkInterfaces: [{ DeviceIndex: '0', GroupSet: SG }] }, group())),
    'an interface that stands apart is in the default group': fail(subject('AWS::EC2::Instance')({ NetworkInterfaces: [{ NetworkInterfaceId: ref('Eni') }] }, {
      ...NETWORK, Eni: resource('NetworkInterface', { SubnetId: ref('Private'), GroupSet: [att('Vpc', 'DefaultSecurityGroup')] }),
    })),
    'the launch template is not in the templates': unknown(subject('AWS::EC2::Instance', { LaunchTemplate: { LaunchTemplateId: 'lt-1' } })()),
  },
});

const instance = (properties: object, groups: object = group(tcp(22)), more: object = {}) =>
  subject('AWS::EC2::Instance')(properties, { ...NETWORK, ...groups, ...more });
const onPublic = { SubnetId: ref('Public'), SecurityGroupIds: SG };
const addressed = (more: object = {}) => ({ NetworkInterfaces: [{ DeviceIndex: '0', AssociatePublicIpAddress: true, SubnetId: ref('Public'), GroupSet: SG, ...more }] });
/** Gives an address to something in a subnet that routes but gives out none. */
const UNMAPPED = { Public: resource('Subnet', { VpcId: ref('Vpc') }) };
const eni = (more: object) => ({ ...UNMAPPED, Eni: resource('NetworkInterface', { SubnetId: ref('Public'), GroupSet: SG }), ...more });
verdicts(rules.instanceNotReachable, {
  pass: {
    'web ports': instance(onPublic, group(tcp(443))),
    'a private subnet': instance({ SubnetId: ref('Private'), SecurityGroupIds: SG }),
    'no address': instance(addressed({ AssociatePublicIpAddress: false })),
  },
  fail: {
    'the subnet gives it an address': instance(onPublic),
    'it asks for an address': instance(addressed(), group(tcp(3389)), UNMAPPED),
    'an elastic address': instance(onPublic, group(tcp(5985)), { ...UNMAPPED, Eip: resource('EIP', { InstanceId: ref('Subject') }) }),
    'an elastic address, associated': instance(onPublic, group(tcp(3306)), { ...UNMAPPED, Eip: resource('EIPAssociation', { InstanceId: ref('Subject'), EIP: '192.0.2.1' }) }),
  },
  unknown: {
    'the subnet is a parameter': instance({ SubnetId: P, SecurityGroupIds: SG }),
    'the group is of somebody else': instance({ SubnetId: ref('Public'), SecurityGroupIds: ['sg-1'] }),
    'the address is a parameter': instance(addressed({ AssociatePublicIpAddress: P })),
    'no subnet is named': instance({ SecurityGroupIds: SG }),
  },
  trap: {
    'an interface refuses what the subnet would give': pass(instance(addressed({ AssociatePublicIpAddress: 'false' }))),
    'an interface says nothing, so the subnet decides': fail(instance(addressed({ AssociatePublicIpAddress: undefined }))),
    'an elastic address of another instance': pass(instance(onPublic, group(tcp(22)), {
      ...UNMAPPED, Other: resource('Instance'), Eip: resource('EIP', { InstanceId: ref('Other') }),
    })),
    'an interface that stands apart has an elastic address': fail(instance({ NetworkInterfaces: [{ NetworkInterfaceId: ref('Eni'), DeviceIndex: '0' }] }, group(tcp(22)), eni({
      Eip: resource('EIPAssociation', { NetworkInterfaceId: ref('Eni'), AllocationId: 'eipalloc-1' }),
    }))),
    'an interface that stands apart has none': pass(instance({ NetworkInterfaces: [{ NetworkInterfaceId: ref('Eni'), DeviceIndex: '0' }] }, group(tcp(22)), eni({}))),
    'a launch template says it all': fail(instance({ LaunchTemplate: { LaunchTemplateName: 'web', Version: '1' } }, group(tcp(22)), {
      Template: resource('LaunchTemplate', {
        LaunchTemplateName: 'web', LaunchTemplateData: { NetworkInterfaces: [{ AssociatePublicIpAddress: true, SubnetId: ref('Public'), Groups: SG }] },
      }),
    })),
    'a group that lets in the group of a public load balancer': pass(instance(onPublic, {
      ...group({ ...tcp(22, {}), SourceSecurityGroupId: att('Front', 'GroupId') }),
      Front: resource('SecurityGroup', { GroupDescription: 'front', SecurityGroupIngress: [tcp(22)] }),
      Alb: resource('AWS::ElasticLoadBalancingV2::LoadBalancer', { Scheme: 'internet-facing', SecurityGroups: [att('Front', 'GroupId')] }),
    })),
    'a subnet that gives out addresses gives none to an interface that stands apart': pass(instance({ NetworkInterfaces: [{ NetworkInterfaceId: ref('Eni') }] }, group(tcp(22)), {
      Eni: resource('NetworkInterface', { SubnetId: ref('Public'), GroupSet: SG }),
    })),
    'the elastic address of the instance is for its first interface': pass(instance({
      NetworkInterfaces: [
        { DeviceIndex: '0', SubnetId: ref('Public'), GroupSet: [att('Closed', 'GroupId')], AssociatePublicIpAddress: false },
        { DeviceIndex: '1', SubnetId: ref('Public'), GroupSet: SG, AssociatePublicIpAddress: false },
      ],
    }, group(tcp(22)), { Closed: resource('SecurityGroup'), Eip: resource('EIP', { InstanceId: ref('Subject') }) })),
    'an interface is attached from elsewhere': fail(instance({ SubnetId: ref('Private') }, group(tcp(22)), eni({
      Attached: resource('NetworkInterfaceAttachment', { InstanceId: ref('Subject'), NetworkInterfaceId: ref('Eni'), DeviceIndex: '1' }),
      Eip: resource('EIPAssociation', { NetworkInterfaceId: ref('Eni'), AllocationId: 'eipalloc-1' }),
    }))),
    'an interface that is not in the templates': unknown(instance({ NetworkInterfaces: [{ NetworkInterfaceId: 'eni-1' }] })),
    'the interfaces are a parameter': unknown(instance({ NetworkInterfaces: P })),
    'the gateway is attached to no VPC': pass(instance(onPublic, group(tcp(22)), { Attachment: resource('VPC') })),
    'the gateway is attached in one branch': fail(instance(onPublic, group(tcp(22)), {
      Attachment: resource('VPCGatewayAttachment', { VpcId: ref('Vpc'), InternetGatewayId: ref('Igw') }, { Condition: 'IsProd' }),
    }), { message: /when IsProd is true/ }),
    'another gateway is attached': pass(instance(onPublic, group(tcp(22)), {
      Second: resource('InternetGateway'), Attachment: resource('VPCGatewayAttachment', { VpcId: ref('Vpc'), InternetGatewayId: ref('Second') }),
    })),
    'which gateway is attached is a parameter': unknown(instance(onPublic, group(tcp(22)), {
      Attachment: resource('VPCGatewayAttachment', { VpcId: ref('Vpc'), InternetGatewayId: P }),
    })),
    'the gateway stands with a VPC that is made elsewhere': fail(instance(onPublic, group(tcp(22)), {
      Attachment: resource('VPC'), OutTable: resource('RouteTable', { VpcId: 'vpc-1' }),
    })),
    'the gateway is made elsewhere': fail(instance(onPublic, group(tcp(22)), {
      Attachment: resource('VPC'), OutRoute: resource('Route', { RouteTableId: ref('OutTable'), DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-1' }),
    })),
    'an address without a route': pass(instance({ NetworkInterfaces: [{ AssociatePublicIpAddress: true, SubnetId: ref('Private'), GroupSet: SG }] })),
    'open in one branch': fail(instance(onPublic, group(ifProd(tcp(22, LAN), tcp(22)))), { message: /when IsProd is false/ }),
  },
});

/** The network with IPv6: the subnet `Six` gives out addresses of IPv6 and no others, and its table leads to the internet over IPv6 only. */
const SIX: Case = {
  Six: resource('Subnet', { VpcId: ref('Vpc'), AssignIpv6AddressOnCreation: true }),
  SixTable: resource('RouteTable', { VpcId: ref('Vpc') }),
  SixRoute: resource('Route', { RouteTableId: ref('SixTable'), DestinationIpv6CidrBlock: '::/0', GatewayId: ref('Igw') }),
  SixAssociation: resource('SubnetRouteTableAssociation', { SubnetId: ref('Six'), RouteTableId: ref('SixTable') }),
};
const V6 = { CidrIpv6: '::/0' };
const onSix = { SubnetId: ref('Six'), SecurityGroupIds: SG };
const dull = { ...SIX, Six: resource('Subnet', { VpcId: ref('Vpc') }) };
const six = (properties: object, groups: object = group(tcp(22, V6)), more: object = {}) => instance(properties, groups, { ...SIX, ...more });
const list6 = (Cidr: unknown) => ({ List: resource('PrefixList', { AddressFamily: 'IPv6', Entries: [{ Cidr }] }) });

/** An Auto Scaling group that launches from a template, or as it is told. */
const scaled = (data: object, properties: object = {}, more: object = {}) => subject('AWS::AutoScaling::AutoScalingGroup', {
  LaunchTemplate: { LaunchTemplateId: ref('Template'), Version: '1' }, VPCZoneIdentifier: [ref('Private'), ref('Public')], MinSize: '1', MaxSize: '2',
})(properties, { ...NETWORK, ...group(tcp(22)), Template: resource('LaunchTemplate', { LaunchTemplateName: 'web', LaunchTemplateData: data }), ...more });
const configured = (properties: object, more: object = {}) => scaled({}, { LaunchTemplate: undefined, LaunchConfigurationName: ref('Configuration') }, {
  Configuration: resource('AWS::AutoScaling::LaunchConfiguration', { SecurityGroups: SG, ...properties }), ...more,
});
const LAUNCH = { SecurityGroupIds: SG };
const mixed = (more: object, others: object = {}) => scaled(LAUNCH, {
  LaunchTemplate: undefined, MixedInstancesPolicy: { LaunchTemplate: { LaunchTemplateSpecification: { LaunchTemplateName: 'web', Version: '1' }, ...more } },
}, others);
verdicts(rules.instanceNotReachable, {
  pass: {
    'IPv6: the group lets in a network': six(onSix, group(tcp(22, { CidrIpv6: '2001:db8::/32' }))),
    'IPv6: no address': six(onSix, group(tcp(22, V6)), dull),
    'a scaling group in private subnets': scaled(LAUNCH, { VPCZoneIdentifier: [ref('Private')] }),
    'a scaling group whose template wants no address': scaled({ NetworkInterfaces: [{ DeviceIndex: 0, AssociatePublicIpAddress: false, Groups: SG }] }),
    'a scaling group without an open port': scaled(LAUNCH, {}, group(tcp(443))),
    'a launch configuration that wants no address': configured({ AssociatePublicIpAddress: false }),
  },
  fail: {
    'IPv6: by the subnet': six(onSix),
    'IPv6: an address of its own': six({ ...onSix, Ipv6Addresses: [{ Ipv6Address: '2001:db8::1' }] }, group(tcp(22, V6)), dull),
    'IPv6: a number of addresses': six({ ...onSix, Ipv6AddressCount: '1' }, group(tcp(22, V6)), dull),
    'IPv6: a number of addresses of an interface': six({ NetworkInterfaces: [{ SubnetId: ref('Six'), GroupSet: SG, Ipv6AddressCount: 2 }] }, group(tcp(22, V6)), dull),
    'IPv6: an interface that stands apart': six({ NetworkInterfaces: [{ NetworkInterfaceId: ref('Eni') }] }, group(tcp(22, V6)), {
      ...dull, Eni: resource('NetworkInterface', { SubnetId: ref('Six'), GroupSet: SG, Ipv6AddressCount: 1 }),
    }),
    'IPv6: an interface that stands apart, by its subnet': six({ NetworkInterfaces: [{ NetworkInterfaceId: ref('Eni') }] }, group(tcp(22, V6)), {
      Eni: resource('NetworkInterface', { SubnetId: ref('Six'), GroupSet: SG }),
    }),
    'a scaling group: by the subnet': scaled(LAUNCH),
    'a scaling group: by the template': scaled({ NetworkInterfaces: [{ DeviceIndex: 0, AssociatePublicIpAddress: true, Groups: SG }] }, {}, UNMAPPED),
    'a scaling group: over IPv6': scaled({ NetworkInterfaces: [{ DeviceIndex: 0, Ipv6AddressCount: 1, Groups: SG }] }, { VPCZoneIdentifier: [ref('Six')] }, { ...dull, ...group(tcp(22, V6)) }),
    'a launch configuration: by the subnet': configured({}),
    'a launch configuration': configured({ AssociatePublicIpAddress: 'true' }, UNMAPPED),
    'mixed instances': mixed({}),
    'mixed instances, by an override': mixed({ Overrides: [{ InstanceType: 'm6g.large', LaunchTemplateSpecification: { LaunchTemplateId: ref('Arm'), Version: '1' } }] }, {
      Template: resource('LaunchTemplate', { LaunchTemplateName: 'web', LaunchTemplateData: {} }), Arm: resource('LaunchTemplate', { LaunchTemplateData: LAUNCH }),
    }),
  },
  unknown: {
    'IPv6: the number is a parameter': six({ ...onSix, Ipv6AddressCount: P }, group(tcp(22, V6)), dull),
    'IPv6: the block is a parameter': six(onSix, group(tcp(22, { CidrIpv6: P }))),
    'a scaling group: the template is elsewhere': scaled({}, { LaunchTemplate: { LaunchTemplateId: 'lt-1', Version: '1' } }),
    'a scaling group: the template is a parameter': scaled({}, { LaunchTemplate: P }),
    'a scaling group: the subnets are a parameter': scaled(LAUNCH, { VPCZoneIdentifier: P }),
    'a scaling group: no subnets': scaled(LAUNCH, { VPCZoneIdentifier: undefined }),
    'a scaling group that is made from an instance': scaled({}, { LaunchTemplate: undefined, InstanceId: 'i-1' }),
  },
  trap: {
    'IPv6: the group is open, the address is of IPv4': pass(instance(onPublic, group(tcp(22, V6)))),
    'IPv6: the address is of IPv6, the group is open to IPv4': pass(six(onSix, group(tcp(22)))),
    'IPv6: a subnet that routes IPv4 only': pass(six({ ...onPublic, Ipv6AddressCount: 1 })),
    'IPv6: the route is of an egress-only gateway': pass(six(onSix, group(tcp(22, V6)), {
      SixRoute: resource('Route', { RouteTableId: ref('SixTable'), DestinationIpv6CidrBlock: '::/0', EgressOnlyInternetGatewayId: ref('Eigw') }), Eigw: resource('EgressOnlyInternetGateway'),
    })),
    ...Object.fromEntries([{ Ipv6Addresses: [{ Ipv6Address: P }] }, { Ipv6Prefixes: [{ Ipv6Prefix: P }] }, { Ipv6PrefixCount: 1 }].flatMap((asked) => [
      [`IPv6: an interface with ${JSON.stringify(asked)}`, fail(six({ NetworkInterfaces: [{ SubnetId: ref('Six'), GroupSet: SG, ...asked }] }, group(tcp(22, V6)), dull))],
      [`IPv6: a template with ${JSON.stringify(asked)}`, fail(scaled({ NetworkInterfaces: [{ Groups: SG, ...asked }] }, { VPCZoneIdentifier: [ref('Six')] }, { ...dull, ...group(tcp(22, V6)) }))],
    ])),
    'IPv6: an interface wants no address': pass(six({ NetworkInterfaces: [{ SubnetId: ref('Six'), GroupSet: SG, Ipv6AddressCount: '0' }] })),
    'IPv6: a template wants no address': pass(scaled({ NetworkInterfaces: [{ Groups: SG, Ipv6AddressCount: 0 }] }, { VPCZoneIdentifier: [ref('Six')] }, { ...SIX, ...group(tcp(22, V6)) })),
    'IPv6: a prefix list with a block that is a parameter': unknown(six(onSix, { ...group({ ...tcp(22, {}), SourcePrefixListId: ref('List') }), ...list6(P) })),
    'a prefix list of IPv6 with a block that is a parameter, for an address of IPv4': pass(instance(onPublic, { ...group({ ...tcp(22, {}), SourcePrefixListId: ref('List') }), ...list6(P) })),
    'IPv6: the instance wants no address': pass(six({ ...onSix, Ipv6AddressCount: 0 })),
    'IPv6: the subnet says "false"': pass(six(onSix, group(tcp(22, V6)), { Six: resource('Subnet', { VpcId: ref('Vpc'), AssignIpv6AddressOnCreation: 'false' }) })),
    'IPv6: what is found is named': fail(six(onSix), { message: /^Sg\.SecurityGroupIngress\.0 lets the internet reach port 22; it has an IPv6 address; a route leads/ }),
    'IPv6: a prefix list': fail(six(onSix, { ...group({ ...tcp(22, {}), SourcePrefixListId: ref('List') }), ...list6('::/0') })),
    'IPv6: a prefix list of a network': pass(six(onSix, { ...group({ ...tcp(22, {}), SourcePrefixListId: ref('List') }), ...list6('2001:db8::/32') })),
    'IPv6: a prefix list of IPv6 for an address of IPv4': pass(instance(onPublic, { ...group({ ...tcp(22, {}), SourcePrefixListId: ref('List') }), ...list6('::/0') })),
    'both families in all, none in each': pass(instance({ SubnetId: ref('Public'), SecurityGroupIds: SG, Ipv6AddressCount: 1 }, group(tcp(22, V6)))),
    'a launch configuration by its name': fail(scaled({}, { LaunchTemplate: undefined, LaunchConfigurationName: 'mine' }, {
      Configuration: resource('AWS::AutoScaling::LaunchConfiguration', { LaunchConfigurationName: 'mine', SecurityGroups: SG }),
    }), { message: /port 22/ }),
    'a scaling group whose template wants an address in one branch': fail(scaled({
      NetworkInterfaces: [{ DeviceIndex: 0, AssociatePublicIpAddress: ifProd(true, false), Groups: SG }],
    }), { message: /when IsProd is true/ }),
    'a scaling group: the subnets of the group count, not that of the template': pass(scaled({
      NetworkInterfaces: [{ DeviceIndex: 0, SubnetId: ref('Public'), AssociatePublicIpAddress: true, Groups: SG }],
    }, { VPCZoneIdentifier: [ref('Private')] })),
    'mixed instances: an override that is elsewhere': unknown(mixed({ Overrides: [{ LaunchTemplateSpecification: { LaunchTemplateId: 'lt-1', Version: '1' } }] }, {
      Template: resource('LaunchTemplate', { LaunchTemplateName: 'web', LaunchTemplateData: {} }),
    })),
    'a launch configuration that no one uses': unknown(scaled({}, { LaunchTemplate: undefined }, { Configuration: resource('AWS::AutoScaling::LaunchConfiguration', { SecurityGroups: SG }) })),
  },
});

const LB = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const listener = (Port: unknown, more: object = {}) => resource('AWS::ElasticLoadBalancingV2::Listener', { LoadBalancerArn: ref('Subject'), Protocol: 'TCP', Port, ...more });
const front = (port: unknown, properties: object = {}, more: object = {}) =>
  subject(LB, { Type: 'network', Scheme: 'internet-facing', Subnets: [ref('Public')] })(properties, { ...NETWORK, Listener: listener(port), ...more });
const classic = (one: object, more: object = {}, groups: object = group(tcp(22))) => subject('AWS::ElasticLoadBalancing::LoadBalancer')(
  { Listeners: [{ InstancePort: '22', ...one }], Subnets: [ref('Public')], SecurityGroups: SG, ...more }, { ...NETWORK, ...groups },
);
verdicts(rules.balancerNotReachable, {
  pass: {
    'a web port': front(443),
    'internal': front(5432, { Scheme: 'internal' }),
    'its group lets in a network': front(22, { SecurityGroups: SG }, group(tcp(22, LAN))),
    'classic, a web port': classic({ LoadBalancerPort: '443', Protocol: 'SSL' }),
  },
  fail: {
    'a database behind it': front(5432),
    'SSH, as text': front('22', {}, { Listener: listener('22', { Protocol: 'TLS' }) }),
    'its group lets in everyone': front(3389, { SecurityGroups: SG }, group(tcp(3389))),
    'its subnets are mapped': front(22, { Subnets: undefined, SubnetMappings: [{ SubnetId: ref('Public'), AllocationId: 'eipalloc-1' }] }),
    'classic': classic({ LoadBalancerPort: '22', Protocol: 'TCP' }),
  },
  unknown: {
    'the port is a parameter': front(P),
    'the scheme is a parameter': front(22, { Scheme: P }),
    'the subnets are a parameter': front(22, { Subnets: P }),
    'its groups are a parameter': front(22, { SecurityGroups: P }),
    'classic: the listeners are a parameter': classic({}, { Listeners: P }),
  },
  notApplicable: {
    'an application load balancer': front(22, { Type: 'application' }),
    'a kind that is not said': front(22, { Type: undefined }),
    'a gateway': front(22, { Type: 'gateway' }),
    'no listener': subject(LB, { Type: 'network', Subnets: [ref('Public')] })({}, NETWORK),
  },
  trap: {
    'it is public unless told': fail(front(22, { Scheme: undefined }), { message: /^without a security group the internet reaches port 22; it has a public address; a route/ }),
    'classic: it is public unless told': fail(classic({ LoadBalancerPort: 22, Protocol: 'tcp' }, { Scheme: undefined })),
    'classic, internal': pass(classic({ LoadBalancerPort: '22', Protocol: 'TCP' }, { Scheme: 'internal' })),
    'no such port, whatever its groups are': pass(front(443, { SecurityGroups: P })),
    'classic, HTTP': pass(classic({ LoadBalancerPort: '22', Protocol: 'HTTP' })),
    'classic: without a group it is in the default one': pass(classic({ LoadBalancerPort: '22', Protocol: 'TCP' }, { SecurityGroups: undefined })),
    'the second of two listeners': fail(front(443, {}, { Second: listener(27017) })),
    'the listener of another load balancer': notApplicable(front(22, {}, { Listener: listener(22, { LoadBalancerArn: ref('Other') }), Other: resource(LB, { Type: 'network' }) })),
    'subnets without a route': pass(front(22, { Subnets: [ref('Private')] })),
    'its group opens another port': pass(front(22, { SecurityGroups: SG }, group(tcp(443)))),
    'a port that is not known, and all are closed': pass(front(P, { SecurityGroups: SG }, group(tcp(443)))),
    'a port that is not known, and all are open': unknown(front(P, { SecurityGroups: SG }, group(every()))),
    'IPv6: both families': fail(front(22, { IpAddressType: 'dualstack', Subnets: [ref('Six')] }, SIX), { message: /it has an IPv6 address/ }),
    'IPv6: no address': pass(front(22, { Subnets: [ref('Six')] }, SIX)),
    'IPv6: without public addresses of IPv4': pass(front(22, { IpAddressType: 'dualstack-without-public-ipv4' })),
    'public in one branch': fail(front(22, { Scheme: ifProd('internal', 'internet-facing') }), { message: /when IsProd is false/ }),
    'the kind is a parameter': unknown(front(22, { Type: P })),
  },
});

verdicts(rules.dataStoreNotReachable, {
  pass: { 'IPv6: an address of IPv4 only': db({}, group(tcp(5432, V6)), ['Public', 'Six'], SIX) },
  fail: { 'both families are open': db({ NetworkType: 'DUAL' }, group(tcp(5432), tcp(5432, V6)), ['Public', 'Six'], SIX) },
  unknown: { 'IPv6: addresses of both families': db({ NetworkType: 'DUAL' }, group(tcp(5432, V6)), ['Six'], SIX) },
  trap: {
    'IPv6: without a public address': pass(db({ NetworkType: 'DUAL', PubliclyAccessible: false }, group(tcp(5432, V6)), ['Six'], SIX)),
    'IPv6: it is told to have IPv4 only': pass(db({ NetworkType: 'IPV4' }, group(tcp(5432, V6)), ['Six'], SIX)),
    'the gateway is attached to no VPC': pass(db({}, group(tcp(5432)), ['Public'], { Attachment: resource('VPC') })),
  },
});

/** `{ A: { B: [{ C: value }] } }` for the path `A.B[].C`. */
const nested = (path: string, value: unknown): object => path.split('.').reduceRight<unknown>(
  (inner, key) => (key.endsWith('[]') ? { [key.slice(0, -2)]: [inner] } : { [key]: inner }), value,
) as object;

describe('every type of data store', () => {
  const placed = Object.entries(DATA_STORES).filter(([, { groups }]) => groups.length > 0);
  const named = placed.flatMap(([type, { groups }]) => groups.filter((path) => !/Classic|DBSecurity|ClusterSecurity|CacheSecurity/.test(path)).map((path): [string, string] => [type, path]));
  const groupsOf = (path: string) => nested(path, /Managed\w+Group$/.test(path) ? SG[0] : SG);

  test.each(named)('%s names its groups in %s', (type, path) => {
    const of = (one: object) => subject(type, groupsOf(path))({}, { Sg: resource('SecurityGroup', { GroupDescription: 'x', SecurityGroupIngress: [one] }) });
    expect(judge(rules.dataStoreGroupsClosed, of(every())).verdict).toBe('fail');
    expect(judge(rules.dataStoreGroupsClosed, of(every(LAN))).verdict).toBe('pass');
  });

  test.each<[string, object, number]>([
    ['AWS::RDS::DBInstance', { Engine: 'mysql' }, 3306], ['AWS::RDS::DBInstance', { Engine: 'custom-oracle-ee' }, 1521], ['AWS::RDS::DBInstance', { Engine: 'mariadb' }, 3306],
    ['AWS::RDS::DBInstance', { Engine: 'sqlserver-ex' }, 1433], ['AWS::RDS::DBInstance', { Engine: 'db2-se' }, 50000], ['AWS::RDS::DBCluster', { Engine: 'aurora-postgresql' }, 5432],
    ['AWS::RDS::DBCluster', { Engine: 'aurora' }, 3306], ['AWS::RDS::DBCluster', { Engine: 'aurora-mysql', Port: 3307 }, 3307], ['AWS::DocDB::DBCluster', {}, 27017],
    ['AWS::DocDBElastic::Cluster', {}, 27017], ['AWS::Neptune::DBCluster', {}, 8182], ['AWS::Neptune::DBCluster', { DBPort: '9000' }, 9000], ['AWS::Redshift::Cluster', {}, 5439],
    ['AWS::RedshiftServerless::Workgroup', { Port: 8000 }, 8000], ['AWS::ElastiCache::CacheCluster', { Engine: 'redis' }, 6379],
    ['AWS::ElastiCache::ServerlessCache', { Engine: 'memcached' }, 11212], ['AWS::MemoryDB::Cluster', { Port: 6390 }, 6390], ['AWS::DAX::Cluster', {}, 9111],
    ['AWS::Elasticsearch::Domain', {}, 443], ['AWS::MSK::Cluster', {}, 2182], ['AWS::AmazonMQ::Broker', {}, 61617], ['AWS::FSx::FileSystem', { FileSystemType: 'LUSTRE' }, 1021],
    ['AWS::FSx::FileSystem', { FileSystemType: 'WINDOWS' }, 445], ['AWS::FSx::FileSystem', { FileSystemType: 'ONTAP' }, 2049], ['AWS::FSx::FileSystem', { FileSystemType: 'OPENZFS' }, 2049],
    ['AWS::Timestream::InfluxDBInstance', {}, 8086],
  ])('%s %j listens on %d', (type, properties, port) => {
    const of = (one: object) => subject(type, { ...properties, ...groupsOf(DATA_STORES[type].groups[0]) })({}, group(one));
    expect(judge(rules.dataStoreGroupsClosed, of(tcp(port))).verdict).toBe('fail');
    expect(judge(rules.dataStoreGroupsClosed, of(tcp(12345))).verdict).toBe('pass');
  });

  test.each(placed.map(([type]): [string] => [type]))('%s is found where its subnets are', (type) => {
    const { subnets = [], subnetGroup, groups } = DATA_STORES[type];
    const where = (id: string): Case[] => [
      ...subnets.map((path) => subject(type, { ...nested(path, path.endsWith('Id') ? ref(id) : [ref(id)]) })({}, NETWORK)),
      ...subnetGroup ? [subject(type, { [subnetGroup.name]: ref('Sng') })({}, { ...NETWORK, Sng: resource(subnetGroup.type, { SubnetIds: [ref(id)] }) })] : [],
    ];
    const verdictsOf = (id: string) => where(id).map((case_) => judge(rules.dataStorePrivateSubnet, case_).verdict);
    expect(groups.length).toBeGreaterThan(0);
    expect(new Set(verdictsOf('Public'))).toEqual(new Set(['fail']));
    expect(new Set(verdictsOf('Private'))).toEqual(new Set(['pass']));
  });
});
