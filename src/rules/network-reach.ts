import { all, applies, not, ResourceReader, rule, Truth } from './kernel';
import {
  DATA_PORTS, DATA_STORES, groupsClosed, inPublicSubnet, letsEverythingOut, OTHERS, outOfReach, passedOnPorts, placementOf, PRIVATE_PORTS, RDP, SSH,
  usesDefaultGroup,
} from './shared/reach';

const INSTANCE = 'AWS::EC2::Instance';
const CLUSTER = 'AWS::RDS::DBCluster';
const STORES = Object.keys(DATA_STORES);
/** An instance of a cluster has the groups and subnets of the cluster, where they are judged. */
const WITH_GROUPS = STORES.filter((type) => DATA_STORES[type].groups.length > 0);

/** Some kinds of resources lie in a VPC only if they say so, and an instance of a cluster lies where the cluster does. */
function whereItLies(resource: ResourceReader, then: () => Truth): Truth {
  const { inVpc, cluster } = placementOf(resource) ?? {};
  const apart = () => (inVpc ? applies(inVpc(resource), 'it is not placed in a VPC with security groups', then) : then());
  return cluster ? applies(resource.get(cluster.name).isAbsent(), 'it is an instance of a cluster, which is judged', apart) : apart();
}

export const dataStoreNotReachable = rule({
  id: 'Network.DataStoreNotReachable',
  resourceTypes: STORES.filter((type) => DATA_STORES[type].address),
  title: 'Data store cannot be reached from the internet',
  severity: 'critical',
  criteria: { direct: ['CC6.6'], supporting: ['CC6.1', 'C1.1'] },
  rationale: 'Here a public address, a route and a security group come together: anyone may connect, and the password is all that is left.',
  remediation: {
    l2: 'publiclyAccessible: false, vpcSubnets of type PRIVATE_ISOLATED and connections.allowDefaultPortFrom() the application',
    cfn: 'PubliclyAccessible: false, subnets without a route to an internet gateway, and SourceSecurityGroupId in place of 0.0.0.0/0 or ::/0',
  },
  sources: ['Amazon VPC user guide, "Enable internet access for a VPC using an internet gateway"', 'Amazon VPC user guide, "Security group rules"'],
  check: (store, model) => applies(
    not(all(Truth.of(store.type === CLUSTER, 'it is an instance'), store.get('Engine').startsWith('aurora')), 'an Aurora cluster'),
    'in an Aurora cluster the instances have the addresses', () => outOfReach(store, model),
  ),
});

export const dataStoreGroupsClosed = rule({
  id: 'Network.DataStoreGroupsClosed',
  resourceTypes: WITH_GROUPS,
  title: 'Security groups of a data store do not let in the internet',
  severity: 'high',
  criteria: { direct: ['CC6.6'], supporting: ['CC6.1', 'C1.1'] },
  rationale: 'A data store that takes connections from everywhere has no boundary of its own: one change of a route or an address puts it on the internet.',
  remediation: {
    l2: 'connections.allowDefaultPortFrom() the application',
    cfn: 'the security groups of the data store with SourceSecurityGroupId in place of 0.0.0.0/0 or ::/0',
  },
  sources: ['Amazon VPC user guide, "Security group rules"', 'Amazon RDS user guide, "Controlling access with security groups"'],
  check: (store, model) => whereItLies(store, () => groupsClosed(store, model)),
});

/** Rules of RDS, EFS and EMR ask the same of their resources. */
const ASKED_ELSEWHERE = /^AWS::(RDS|EFS|EMR)::/;

export const dataStorePrivateSubnet = rule({
  id: 'Network.DataStorePrivateSubnet',
  resourceTypes: WITH_GROUPS.filter((type) => !ASKED_ELSEWHERE.test(type)),
  title: 'Data store lies in private subnets',
  severity: 'high',
  criteria: { direct: ['CC6.6'], supporting: ['CC6.1'] },
  rationale: 'A subnet without a way in from the internet keeps the data apart even when a security group or an address setting is loosened by mistake.',
  remediation: {
    l2: 'vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED }',
    cfn: 'subnets without MapPublicIpOnLaunch whose route table has no route to an internet gateway',
  },
  sources: ['Amazon VPC user guide, "Subnet types": public when its route table leads to an internet gateway'],
  check: (store, model) => whereItLies(store, () => not(inPublicSubnet(store, model), 'a subnet of the data store is public')),
});

export const dataStoreEgress = rule({
  id: 'Network.DataStoreEgress',
  resourceTypes: WITH_GROUPS,
  title: 'Security groups of a data store do not let everything out',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['CC6.6', 'CC6.7'] },
  rationale: 'A data store hardly ever calls out, so a free way out serves only who wants to carry data away. AWS and the CDK open it by default.',
  remediation: { l2: 'allowAllOutbound: false', cfn: 'SecurityGroupEgress with rules other than 0.0.0.0/0 for all protocols' },
  sources: ['AWS::EC2::SecurityGroup, SecurityGroupEgress: without a rule AWS allows all outbound traffic'],
  check: (store, model) => whereItLies(store, () => not(letsEverythingOut(store, model), 'a security group of the data store lets everything out')),
});

export const ownSecurityGroup = rule({
  id: 'Network.OwnSecurityGroup',
  resourceTypes: [INSTANCE, ...Object.keys(OTHERS), ...WITH_GROUPS],
  title: 'The default security group of the VPC is not used',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC6.6', 'CC6.1'] },
  rationale: 'Whatever shares the default group can reach one another on every port, so nobody has decided what may talk to what.',
  remediation: { l2: 'securityGroups', cfn: 'an AWS::EC2::SecurityGroup of its own, named where the resource takes security groups' },
  sources: ['Amazon VPC user guide, "Default security groups for your VPCs"', 'CIS AWS Foundations 5.4'],
  check: (resource, model) => whereItLies(resource, () => not(usesDefaultGroup(resource, model), 'it is in the default security group of its VPC')),
});

const GUARDED = { numbers: [...SSH, ...RDP, ...DATA_PORTS, ...PRIVATE_PORTS] };
const BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';

export const instanceNotReachable = rule({
  id: 'Network.InstanceNotReachable',
  resourceTypes: [INSTANCE, 'AWS::AutoScaling::AutoScalingGroup'],
  title: 'Internet cannot reach the administration and data ports of an instance',
  severity: 'critical',
  criteria: { direct: ['CC6.6'], supporting: ['CC6.1'] },
  rationale: 'The instance has a public address, its subnet a route, and a security group lets everyone in: scanners find such a host within minutes.',
  remediation: {
    l2: 'a private subnet, associatePublicIpAddress: false, and Session Manager in place of an open port',
    cfn: 'AssociatePublicIpAddress: false, or security groups that do not open such ports to 0.0.0.0/0 or ::/0',
  },
  sources: [
    'Amazon VPC user guide, "Enable internet access for a VPC using an internet gateway"', 'AWS::EC2::Instance NetworkInterface, AssociatePublicIpAddress',
    'AWS::EC2::Subnet, AssignIpv6AddressOnCreation', 'AWS::AutoScaling::AutoScalingGroup, VPCZoneIdentifier',
  ],
  check: (instance, model) => outOfReach(instance, model, GUARDED),
});

export const balancerNotReachable = rule({
  id: 'Network.LoadBalancerNotReachable',
  resourceTypes: [BALANCER, 'AWS::ElasticLoadBalancing::LoadBalancer'],
  title: 'Internet cannot reach administration and data ports through a load balancer',
  severity: 'high',
  criteria: { direct: ['CC6.6'], supporting: ['CC6.1', 'C1.1'] },
  rationale: 'A load balancer that passes on connections puts hosts and data stores on the internet that have no public address of their own.',
  remediation: {
    l2: 'internetFacing: false, or securityGroups that let in known networks',
    cfn: 'Scheme: internal, or SecurityGroups that do not open such ports to 0.0.0.0/0 or ::/0',
  },
  sources: [
    'Elastic Load Balancing user guide, "Load balancer scheme"', 'User guide for Network Load Balancers, "Security groups for your Network Load Balancer": without one it accepts all traffic',
  ],
  check: (balancer, model) => applies(
    balancer.type === BALANCER ? balancer.get('Type').is('network') : Truth.YES, 'it passes on no connections, only requests of HTTP, or is a gateway', () => {
      const ports = passedOnPorts(balancer, model);
      const guarded = GUARDED.numbers.filter((port) => ports?.numbers.includes(port));
      return applies(Truth.of(ports !== undefined, 'none'), 'the templates give it no listener', () => all(
        guarded.length === 0 ? Truth.YES : outOfReach(balancer, model, { numbers: guarded }),
        // A port that is not known may be any of them.
        ports?.open === undefined || outOfReach(balancer, model, GUARDED).yes ? Truth.YES : Truth.unknown(ports.open),
      ));
    },
  ),
});
