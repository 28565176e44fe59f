import { awsDefaults } from './aws-defaults';
import { all, any, applies, Evaluation, not, Property, ResourceReader, rule, Truth } from './kernel';
import { ACL_ENTRY, isInternetGateway, isWorldwideRoute, TrafficRule } from './shared/reach';
import { isReference } from '../template/value';

const VPC = ['AWS::EC2::VPC'];
const ACL = 'AWS::EC2::NetworkAclEntry';
const ADMIN_PORTS = [22, 3389];

export const flowLogs = rule({
  id: 'VPC.FlowLogs',
  resourceTypes: VPC,
  title: 'Network traffic is logged',
  severity: 'medium',
  criteria: { direct: ['CC7.2'], supporting: ['CC6.6', 'CC7.3'] },
  rationale: 'Without flow logs nobody can tell afterwards who talked to whom, so an intrusion can neither be seen nor be traced.',
  remediation: { construct: 'SecureVpc', l2: 'flowLogs', cfn: 'AWS::EC2::FlowLog with the VPC as ResourceId' },
  configRule: 'VPC_FLOW_LOGS_ENABLED',
  nagRules: ['VPCFlowLogsEnabled'],
  sources: ['CIS AWS Foundations 3.7', 'Amazon VPC user guide, "Logging IP traffic using VPC Flow Logs"'],
  check: (vpc, model) => any(
    // A log that leaves its type out is still one of the VPC that it names.
    model.referrers(vpc, 'AWS::EC2::FlowLog', 'ResourceId').map((log) => any([log.get('ResourceType').is('VPC'), log.get('ResourceType').isAbsent()])),
    'no AWS::EC2::FlowLog refers to this VPC',
  ),
});

export const flowLogTraffic = rule({
  id: 'VPC.FlowLogTraffic',
  resourceTypes: ['AWS::EC2::FlowLog'],
  title: 'Flow log records refused traffic',
  severity: 'low',
  criteria: { direct: ['CC7.2'], supporting: ['CC7.3'] },
  rationale: 'A log of accepted traffic alone leaves out the attempts that were refused, which are the first signs of an attack.',
  remediation: { construct: 'SecureVpc', l2: 'trafficType: FlowLogTrafficType.ALL', cfn: 'TrafficType: ALL' },
  sources: ['AWS::EC2::FlowLog, TrafficType: not supported for transit gateways', 'CIS AWS Foundations 3.7'],
  check: (log) => applies(not(
    log.get('ResourceType').oneOf(['TransitGateway', 'TransitGatewayAttachment']), 'a transit gateway',
  ), 'flow logs of transit gateways record all traffic',
  () => log.get('TrafficType').oneOf(['ALL', 'REJECT'])),
});

export const subnetNoPublicIp = rule({
  id: 'VPC.SubnetNoPublicIp',
  resourceTypes: ['AWS::EC2::Subnet'],
  title: 'Subnet gives out no public addresses',
  severity: 'medium',
  criteria: { direct: ['CC6.6'] },
  rationale: 'Where a subnet gives every instance a public address, one is put on the internet by mistake rather than by decision.',
  remediation: { construct: 'SecureVpc', l2: 'mapPublicIpOnLaunch: false', cfn: 'MapPublicIpOnLaunch: false' },
  configRule: 'SUBNET_AUTO_ASSIGN_PUBLIC_IP_DISABLED',
  nagRules: ['VPCSubnetAutoAssignPublicIpDisabled'],
  sources: ['AWS::EC2::Subnet, MapPublicIpOnLaunch: the default value is false'],
  check: (subnet) => subnet.get('MapPublicIpOnLaunch').awsDefault(awsDefaults['AWS::EC2::Subnet.MapPublicIpOnLaunch']).isFalse(),
});

export const defaultSecurityGroupClosed = rule({
  id: 'VPC.DefaultSecurityGroupClosed',
  resourceTypes: VPC,
  title: 'The default security group allows nothing',
  severity: 'medium',
  criteria: { direct: ['CC6.6'], supporting: ['CC6.1'] },
  rationale: 'What is started without a security group gets the default one, which lets its members reach one another and everything outside.',
  remediation: { construct: 'SecureVpc', l2: 'restrictDefaultSecurityGroup: true', cfn: 'a custom resource that revokes its rules: CloudFormation cannot' },
  configRule: 'VPC_DEFAULT_SECURITY_GROUP_CLOSED',
  nagRules: ['VPCDefaultSecurityGroupClosed'],
  sources: ['CIS AWS Foundations 5.4', 'Amazon VPC user guide, "Default security groups for your VPCs"'],
  check: (vpc, model) => all(
    any(model.ofType('Custom::VpcRestrictDefaultSG', 'AWS::CloudFormation::CustomResource').map((custom) => custom.get('DefaultSecurityGroupId').names(vpc)))
      .because('nothing revokes the rules that AWS gives the default security group'),
    not(any(['Ingress', 'Egress'].flatMap((direction) => model.referrers(vpc, `AWS::EC2::SecurityGroup${direction}`, 'GroupId'))
      .map((one) => one.get('GroupId').isPresent())), 'a rule is added to the default security group'),
  ),
});

export const noInternetRoute = rule({
  id: 'VPC.NoInternetRoute',
  resourceTypes: ['AWS::EC2::Route'],
  title: 'Route does not lead everything to the internet',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['CC6.6'] },
  rationale: 'A default route to an internet gateway makes a subnet public. A public tier needs one, so this is for networks that must have none.',
  remediation: { l2: 'subnets of type PRIVATE_ISOLATED or PRIVATE_WITH_EGRESS', cfn: 'no AWS::EC2::Route from 0.0.0.0/0 or ::/0 to an internet gateway' },
  configRule: 'NO_UNRESTRICTED_ROUTE_TO_IGW',
  nagRules: ['VPCNoUnrestrictedRouteToIGW'],
  sources: ['AWS::EC2::Route, GatewayId: an internet gateway or a virtual private gateway'],
  check: (route) => not(all(isWorldwideRoute(route), isInternetGatewayByName(route.get('GatewayId'))), 'the route leads all traffic to an internet gateway'),
});

/** A gateway that is not in the templates goes by what the template calls it: egress-only and NAT gateways have properties of their own. */
function isInternetGatewayByName(gateway: Property): Truth {
  const known = isInternetGateway(gateway);
  const called = gateway.parts.map((part) => (typeof part === 'string' || isReference(part) ? '' : part.written ?? '')).join('');
  return known.open && /internet|igw/i.test(called) ? Truth.YES : known;
}

export const networkAclNoOpenAdminPorts = rule({
  id: 'VPC.NetworkAclNoOpenAdminPorts',
  resourceTypes: [ACL],
  title: 'Network ACL does not let the internet reach SSH or RDP',
  severity: 'medium',
  criteria: { direct: ['CC6.6'] },
  rationale: 'A network ACL that lets everyone reach administration ports leaves the security groups as the only line of defence.',
  remediation: { cfn: 'no entry that allows 0.0.0.0/0 or ::/0 on ports 22 and 3389, or an entry before it that denies them' },
  configRule: 'NACL_NO_UNRESTRICTED_SSH_RDP',
  sources: ['CIS AWS Foundations 5.1', 'AWS::EC2::NetworkAclEntry: entries are processed in ascending order; with Protocol -1 the PortRange is ignored'],
  check: (entry, model) => {
    const one = new TrafficRule(model, 'the entry', entry.properties(), ACL_ENTRY);
    return not(all(
      entry.get('Egress').awsDefault(awsDefaults['AWS::EC2::NetworkAclEntry.Egress']).isFalse(),
      entry.get('RuleAction').matches(/^allow$/i, 'allow'),
      one.worldwide(),
      any(ADMIN_PORTS.map((port) => all(one.covers(port), not(deniedBefore(entry, port, model), 'an entry before it denies the port')))),
    ), 'the entry lets the internet reach port 22 or 3389');
  },
});

export const networkAclNarrow = rule({
  id: 'VPC.NetworkAclNarrow',
  resourceTypes: [ACL],
  title: 'Network ACL entry allows neither all protocols nor all ports',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['CC6.6'] },
  rationale: 'An entry that allows everything makes the list say nothing. Security groups decide in most networks and leave their lists open, so this is off by default.',
  remediation: { cfn: 'Protocol other than -1, and a PortRange' },
  sources: ['AWS::EC2::NetworkAclEntry, Protocol: -1 means all protocols', 'Amazon VPC user guide, "Control subnet traffic with network access control lists"'],
  check: (entry, model) => {
    const one = new TrafficRule(model, 'the entry', entry.properties(), ACL_ENTRY);
    return not(all(entry.get('RuleAction').matches(/^allow$/i, 'allow'), any([one.everyProtocol(), one.coversAll()])), 'the entry allows all protocols or all ports');
  },
});

/** An entry of the same list with a lower number denies the port to everyone. */
function deniedBefore(entry: ResourceReader, port: number, model: Evaluation): Truth {
  const acl = entry.get('NetworkAclId').target();
  const number = entry.get('RuleNumber').scalar;
  const siblings = acl && number !== undefined ? model.referrers(acl, ACL, 'NetworkAclId') : [];
  return any(siblings.map((other) => {
    const one = new TrafficRule(model, other.logicalId, other.properties(), ACL_ENTRY);
    return all(
      other.get('Egress').awsDefault(awsDefaults['AWS::EC2::NetworkAclEntry.Egress']).isFalse(),
      other.get('RuleAction').matches(/^deny$/i, 'deny'), one.everyone(entry.get('CidrBlock').missing ? 'IPv6' : 'IPv4'), one.covers(port),
      other.get('RuleNumber').atMost(Number(number) - 1),
    );
  }));
}

export const transitGatewayNoAutoAccept = rule({
  id: 'VPC.TransitGatewayNoAutoAccept',
  resourceTypes: ['AWS::EC2::TransitGateway'],
  title: 'Transit gateway does not accept attachments by itself',
  severity: 'medium',
  criteria: { direct: ['CC6.6'], supporting: ['CC6.7'] },
  rationale: 'Automatic acceptance lets any account that the gateway is shared with join the network.',
  remediation: { cfn: 'AutoAcceptSharedAttachments: disable' },
  configRule: 'EC2_TRANSIT_GATEWAY_AUTO_VPC_ATTACH_DISABLED',
  sources: ['AWS::EC2::TransitGateway, AutoAcceptSharedAttachments: disabled by default'],
  check: (gateway) => gateway.get('AutoAcceptSharedAttachments').awsDefault(awsDefaults['AWS::EC2::TransitGateway.AutoAcceptSharedAttachments']).is('disable'),
});

export const noInternetGateway = rule({
  id: 'VPC.NoInternetGateway',
  resourceTypes: ['AWS::EC2::VPCGatewayAttachment'],
  title: 'VPC has no internet gateway',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['CC6.6'] },
  rationale: 'A VPC without an internet gateway cannot be opened to the internet by a slip. A public tier needs one, so this is for networks that must have none.',
  remediation: { l2: 'createInternetGateway: false', cfn: 'no AWS::EC2::VPCGatewayAttachment with InternetGatewayId' },
  configRule: 'INTERNET_GATEWAY_AUTHORIZED_VPC_ONLY',
  sources: ['AWS::EC2::VPCGatewayAttachment, InternetGatewayId', 'Amazon VPC user guide, "Enable internet access for a VPC using an internet gateway"'],
  check: (attachment) => attachment.get('InternetGatewayId').isAbsent().because('an internet gateway is attached'),
});

export const blockPublicAccess = rule({
  id: 'VPC.BlockPublicAccess',
  resourceTypes: ['AWS::EC2::VPCBlockPublicAccessOptions'],
  title: 'Internet traffic into VPCs is blocked across the Region',
  severity: 'low',
  criteria: { direct: ['CC6.6'] },
  rationale: 'A block for the whole Region holds whatever a single route, address or security group opens by mistake; what must be open is excluded by name.',
  remediation: { cfn: 'InternetGatewayBlockMode: block-ingress or block-bidirectional' },
  sources: ['AWS::EC2::VPCBlockPublicAccessOptions, InternetGatewayBlockMode'],
  check: (options) => options.get('InternetGatewayBlockMode').oneOf(['block-ingress', 'block-bidirectional']),
});

export const encryptionControl = rule({
  id: 'VPC.EncryptionControl',
  resourceTypes: VPC,
  title: 'Encryption of traffic inside the VPC is watched or enforced',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['CC6.7'] },
  rationale: 'The control shows which traffic inside a network is not encrypted, or stops it. It is recent, costs extra and needs recent instances.',
  remediation: { cfn: 'AWS::EC2::VPCEncryptionControl with Mode: monitor or enforce' },
  sources: ['Amazon VPC user guide, "Enforce VPC encryption in transit"', 'AWS::EC2::VPCEncryptionControl, Mode'],
  check: (vpc, model) => any([
    vpc.get('VpcEncryptionControl.Mode'), ...model.referrers(vpc, 'AWS::EC2::VPCEncryptionControl', 'VpcId').map((control) => control.get('Mode')),
  ].map((mode) => mode.oneOf(['monitor', 'enforce']))),
});

export const networkFirewall = rule({
  id: 'VPC.NetworkFirewall',
  resourceTypes: VPC,
  title: 'VPC has a network firewall',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['CC6.6', 'CC6.8'] },
  rationale: 'A firewall inspects and filters what security groups only let in or out by address and port. It costs by the hour, and many networks filter in one VPC for all.',
  remediation: { l2: 'CfnFirewall', cfn: 'AWS::NetworkFirewall::Firewall with the VPC as VpcId' },
  sources: ['AWS::NetworkFirewall::Firewall, VpcId', 'AWS::NetworkFirewall::VpcEndpointAssociation, VpcId'],
  check: (vpc, model) => any(
    model.ofType('AWS::NetworkFirewall::Firewall', 'AWS::NetworkFirewall::VpcEndpointAssociation').map((one) => one.get('VpcId').names(vpc)),
    'no AWS::NetworkFirewall::Firewall is in this VPC',
  ),
});
