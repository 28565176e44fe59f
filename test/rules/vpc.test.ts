import { Case, fail, notApplicable, pass, unknown, verdicts } from './verdicts';
import * as rules from '../../src/rules/vpc';

const of = (type: string) => (properties: object = {}): Case => ({ Subject: { Type: `AWS::EC2::${type}`, Properties: properties } });
const vpc = of('VPC')({ CidrBlock: '10.0.0.0/16' });
const param = { $Parameters: { P: { Type: 'String' } } };
const isProd = { $Parameters: { Env: { Type: 'String' } }, $Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Env' }, 'prod'] } } };
const beside = (type: string, properties: object, more: object = {}): Case => ({ ...vpc, Beside: { Type: type, Properties: properties, ...more } });
const logged = (properties: object = {}, more: object = {}) => beside(
  'AWS::EC2::FlowLog', { ResourceId: { Ref: 'Subject' }, ResourceType: 'VPC', TrafficType: 'ALL', ...properties }, more,
);

verdicts(rules.flowLogs, {
  pass: { 'a flow log': logged() },
  fail: { 'none': vpc, 'of no VPC': logged({ ResourceId: { Ref: 'AWS::NoValue' } }) },
  unknown: { 'the type is a parameter': { ...logged({ ResourceType: { Ref: 'P' } }), ...param } },
  trap: {
    'of another VPC': fail({ ...logged({ ResourceId: { Ref: 'Other' } }), Other: { Type: 'AWS::EC2::VPC' } }),
    'without its type': pass(logged({ ResourceType: undefined })),
    'of another type': fail(logged({ ResourceType: 'Subnet' })),
    'in one branch': fail({ ...logged({}, { Condition: 'IsProd' }), ...isProd }, { message: /when IsProd is false/ }),
  },
});

const flowLog = of('FlowLog');
verdicts(rules.flowLogTraffic, {
  pass: { all: flowLog({ ResourceType: 'VPC', TrafficType: 'ALL' }), refused: flowLog({ ResourceType: 'Subnet', TrafficType: 'REJECT' }) },
  fail: { accepted: flowLog({ ResourceType: 'VPC', TrafficType: 'ACCEPT' }), absent: flowLog({ ResourceType: 'VPC' }) },
  unknown: { 'a parameter': { ...flowLog({ ResourceType: 'VPC', TrafficType: { Ref: 'P' } }), ...param } },
  trap: { 'a transit gateway has no such setting': notApplicable(flowLog({ ResourceType: 'TransitGateway' })) },
});

const subnet = of('Subnet');
verdicts(rules.subnetNoPublicIp, {
  pass: { false: subnet({ MapPublicIpOnLaunch: false }) },
  fail: { 'true': subnet({ MapPublicIpOnLaunch: true }), 'as text': subnet({ MapPublicIpOnLaunch: 'True' }) },
  unknown: { 'a parameter': { ...subnet({ MapPublicIpOnLaunch: { Ref: 'P' } }), ...param } },
  trap: { 'false unless told': pass(subnet()), 'it must be said': fail(subnet(), { options: { requireExplicit: true } }) },
});

const restricted = (group: unknown = { 'Fn::GetAtt': ['Subject', 'DefaultSecurityGroup'] }) => beside(
  'Custom::VpcRestrictDefaultSG', { DefaultSecurityGroupId: group },
);
verdicts(rules.defaultSecurityGroupClosed, {
  pass: { 'the CDK revokes its rules': restricted() },
  fail: { 'nothing revokes its rules': vpc },
  unknown: { 'the group is a parameter': { ...restricted({ Ref: 'P' }), ...param } },
  trap: {
    'of another VPC': fail({ ...restricted({ 'Fn::GetAtt': ['Other', 'DefaultSecurityGroup'] }), Other: { Type: 'AWS::EC2::VPC' } }),
    'a rule is added again': fail(
      {
        ...restricted(),
        Rule: { Type: 'AWS::EC2::SecurityGroupIngress', Properties: { GroupId: { 'Fn::GetAtt': 'Subject.DefaultSecurityGroup' }, IpProtocol: '-1' } },
      },
      { message: /a rule is added/ },
    ),
    'a rule for another group': pass({
      ...restricted(),
      Rule: { Type: 'AWS::EC2::SecurityGroupIngress', Properties: { GroupId: 'sg-12345678', IpProtocol: '-1' } },
    }),
  },
});

const route = (properties: object, more: object = {}): Case => ({
  ...of('Route')({ RouteTableId: 'rtb-12345678', ...properties }), Igw: { Type: 'AWS::EC2::InternetGateway' }, Vgw: { Type: 'AWS::EC2::VPNGateway' }, ...more,
});
verdicts(rules.noInternetRoute, {
  pass: {
    'to a NAT gateway': route({ DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: 'nat-1' }),
    'a network': route({ DestinationCidrBlock: '192.168.0.0/16', GatewayId: { Ref: 'Igw' } }),
  },
  fail: {
    'everything': route({ DestinationCidrBlock: '0.0.0.0/0', GatewayId: { Ref: 'Igw' } }),
    'IPv6, by id': route({ DestinationIpv6CidrBlock: '::/0', GatewayId: 'igw-12345678' }),
  },
  unknown: { 'the gateway is a parameter': route({ DestinationCidrBlock: '0.0.0.0/0', GatewayId: { Ref: 'P' } }, param) },
  trap: {
    'to one\'s own network over VPN': pass(route({ DestinationCidrBlock: '0.0.0.0/0', GatewayId: { Ref: 'Vgw' } })),
    'an IPv6 block in the IPv4 property': fail(route({ DestinationCidrBlock: '::/0', GatewayId: { Ref: 'Igw' } })),
    'half of the internet': fail(route({ DestinationCidrBlock: '128.0.0.0/1', GatewayId: { Ref: 'Igw' } })),
    'a gateway that the template calls one and does not define': fail(route({ DestinationCidrBlock: '0.0.0.0/0', GatewayId: { Ref: 'InternetGateway' } })),
    'a parameter that is called one': fail(route({ DestinationCidrBlock: '0.0.0.0/0', GatewayId: { Ref: 'IgwId' } }, { $Parameters: { IgwId: { Type: 'String' } } })),
    'it is called one, and is another': pass({
      ...route({ DestinationCidrBlock: '0.0.0.0/0', GatewayId: { Ref: 'Internet' } }), Internet: { Type: 'AWS::EC2::VPNGateway', Properties: { Type: 'ipsec.1' } },
    }),
    'it is called another': unknown(route({ DestinationCidrBlock: '0.0.0.0/0', GatewayId: { Ref: 'VpnGateway' } })),
    'outbound IPv6 only': pass(route({ DestinationIpv6CidrBlock: '::/0', EgressOnlyInternetGatewayId: 'eigw-1' })),
  },
});

const entryOf = (more: object = {}) => ({
  NetworkAclId: { Ref: 'Acl' },
  RuleNumber: 100,
  RuleAction: 'allow',
  Protocol: 6,
  PortRange: { From: 22, To: 22 },
  CidrBlock: '0.0.0.0/0',
  ...more,
});
const entry = (more: object = {}, before?: object): Case => ({
  ...of('NetworkAclEntry')(entryOf(more)),
  Acl: { Type: 'AWS::EC2::NetworkAcl' },
  ...before && { Before: { Type: 'AWS::EC2::NetworkAclEntry', Properties: entryOf({ RuleNumber: 90, RuleAction: 'deny', ...before }) } },
});
verdicts(rules.networkAclNoOpenAdminPorts, {
  pass: { 'HTTPS': entry({ PortRange: { From: 443, To: 443 } }), 'a network': entry({ CidrBlock: '10.0.0.0/8' }), 'a denial': entry({ RuleAction: 'deny' }) },
  fail: { 'SSH': entry(), 'RDP over IPv6': entry({ CidrBlock: undefined, Ipv6CidrBlock: '::/0', PortRange: { From: 3000, To: 4000 } }) },
  unknown: {
    'the block is a parameter': { ...entry({ CidrBlock: { Ref: 'P' } }), ...param },
    'the direction is a parameter': { ...entry({ Egress: { Ref: 'P' } }), ...param },
  },
  trap: {
    'all protocols, whatever the ports': fail(entry({ Protocol: '-1', PortRange: { From: 443, To: 443 } })),
    'ICMP': pass(entry({ Protocol: 1 })),
    'in capitals': fail(entry({ RuleAction: 'ALLOW' })),
    'denied before, in capitals': pass(entry({}, { RuleAction: 'DENY' })),
    'outbound': pass(entry({ Egress: 'true' })),
    'denied before': pass(entry({}, {})),
    'denied after': fail(entry({}, { RuleNumber: 110 })),
    'denied for another port': fail(entry({}, { PortRange: { From: 80, To: 80 } })),
    'denied to some': fail(entry({}, { CidrBlock: '12.0.0.0/8' })),
    'denied in another list': fail({ ...entry({}, { NetworkAclId: { Ref: 'Other' } }), Other: { Type: 'AWS::EC2::NetworkAcl' } }),
    'one of two ports is denied': fail(entry({ Protocol: -1 }, {})),
  },
});

verdicts(rules.networkAclNarrow, {
  pass: { 'a port': entry({ PortRange: { From: 443, To: 443 } }), 'short-lived ports': entry({ PortRange: { From: 1024, To: 65535 } }), 'ICMP': entry({ Protocol: 1 }) },
  fail: { 'all protocols': entry({ Protocol: -1 }), 'all ports': entry({ PortRange: { From: 0, To: 65535 } }), 'outbound': entry({ Egress: true, Protocol: '-1' }) },
  unknown: {
    'the protocol is a parameter': { ...entry({ Protocol: { Ref: 'P' } }), ...param },
    'the end is a parameter': { ...entry({ PortRange: { From: 0, To: { Ref: 'P' } } }), ...param },
  },
  trap: {
    'in capitals': fail(entry({ RuleAction: 'ALLOW', Protocol: -1 })),
    'a denial of everything': pass(entry({ RuleAction: 'deny', Protocol: -1 })),
    'all protocols, whatever the ports': fail(entry({ Protocol: '-1', PortRange: { From: 443, To: 443 } })),
    'no ports are named': fail(entry({ PortRange: undefined })),
    'all protocols to one network': fail(entry({ Protocol: -1, CidrBlock: '10.0.0.0/16' })),
    'in one branch': fail({ ...entry({ RuleAction: { 'Fn::If': ['IsProd', 'deny', 'allow'] }, Protocol: -1 }), ...isProd }, { message: /when IsProd is false/ }),
  },
});

verdicts(rules.networkFirewall, {
  pass: {
    'a firewall': beside('AWS::NetworkFirewall::Firewall', { VpcId: { Ref: 'Subject' } }),
    'an endpoint of a firewall elsewhere': beside('AWS::NetworkFirewall::VpcEndpointAssociation', { VpcId: { 'Fn::GetAtt': ['Subject', 'VpcId'] } }),
  },
  fail: { none: vpc },
  unknown: {
    'it may be in another VPC': {
      ...beside('AWS::NetworkFirewall::Firewall', { VpcId: { 'Fn::Select': [{ Ref: 'P' }, [{ Ref: 'Subject' }, 'vpc-1']] }, SubnetMappings: [] }),
      ...param,
    },
  },
  trap: {
    'in another VPC': fail({ ...beside('AWS::NetworkFirewall::Firewall', { VpcId: { Ref: 'Other' } }), Other: { Type: 'AWS::EC2::VPC' } }),
    'in one branch': fail({ ...beside('AWS::NetworkFirewall::Firewall', { VpcId: { Ref: 'Subject' } }, { Condition: 'IsProd' }), ...isProd }, { message: /when IsProd is false/ }),
  },
});

const gateway = of('TransitGateway');
verdicts(rules.transitGatewayNoAutoAccept, {
  pass: { disabled: gateway({ AutoAcceptSharedAttachments: 'disable' }) },
  fail: { enabled: gateway({ AutoAcceptSharedAttachments: 'enable' }) },
  unknown: { 'a parameter': { ...gateway({ AutoAcceptSharedAttachments: { Ref: 'P' } }), ...param } },
  trap: { 'disabled unless told': pass(gateway()) },
});

const attachment = of('VPCGatewayAttachment');
verdicts(rules.noInternetGateway, {
  pass: { 'a VPN gateway': attachment({ VpcId: 'vpc-1', VpnGatewayId: 'vgw-1' }) },
  fail: { 'an internet gateway': attachment({ VpcId: 'vpc-1', InternetGatewayId: { Ref: 'Igw' } }) },
  unknown: { 'a macro decides': attachment({ VpcId: 'vpc-1', InternetGatewayId: { 'Fn::Transform': { Name: 'M' } } }) },
  trap: {
    'in one branch': fail({ ...attachment({ InternetGatewayId: { 'Fn::If': ['IsProd', { Ref: 'AWS::NoValue' }, 'igw-1'] } }), ...isProd }, { message: /when IsProd is false/ }),
    'in no branch': pass({ ...attachment({ InternetGatewayId: { 'Fn::If': ['IsProd', { Ref: 'AWS::NoValue' }, { Ref: 'AWS::NoValue' }] } }), ...isProd }),
  },
});

const block = of('VPCBlockPublicAccessOptions');
verdicts(rules.blockPublicAccess, {
  pass: { 'inbound': block({ InternetGatewayBlockMode: 'block-ingress' }), 'both ways': block({ InternetGatewayBlockMode: 'block-bidirectional' }) },
  fail: { off: block({ InternetGatewayBlockMode: 'off' }), absent: block() },
  unknown: { 'a parameter': { ...block({ InternetGatewayBlockMode: { Ref: 'P' } }), ...param } },
  trap: {
    'a parameter whose default blocks': pass({
      ...block({ InternetGatewayBlockMode: { Ref: 'P' } }), $Parameters: { P: { Type: 'String', Default: 'block-ingress' } },
    }),
  },
});

const controlled = (mode: unknown, of_: unknown = { Ref: 'Subject' }) => beside('AWS::EC2::VPCEncryptionControl', { VpcId: of_, Mode: mode });
verdicts(rules.encryptionControl, {
  pass: { 'watched': controlled('monitor'), 'in the VPC itself': of('VPC')({ VpcEncryptionControl: { Mode: 'enforce' } }) },
  fail: { 'none': vpc, 'without a mode': controlled(undefined) },
  unknown: { 'a parameter': { ...controlled({ Ref: 'P' }), ...param } },
  trap: { 'of another VPC': fail({ ...controlled('enforce', { Ref: 'Other' }), Other: { Type: 'AWS::EC2::VPC' } }) },
});
