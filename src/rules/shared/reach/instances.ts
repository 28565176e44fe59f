import type { Family } from './blocks';
import type { Position } from './position';
import { NO_SUBNET, ofSubnet } from './subnets';
import { all, any, Evaluation, not, Property, ResourceReader, Truth } from '../../kernel';

const TEMPLATE = 'AWS::EC2::LaunchTemplate';
const CONFIGURATION = 'AWS::AutoScaling::LaunchConfiguration';
const INTERFACE = 'AWS::EC2::NetworkInterface';
const NO_TEMPLATE = 'the launch template that the instance uses is not in the templates given';

/** An instance, the data of a launch template, or a network interface. */
interface Place { get(path: string): Property }

/** What says how an instance is launched, the first that says something: itself, or what it is launched from. `open` says why there may be more. */
interface Launch { readonly subject: ResourceReader; readonly says: readonly Place[]; readonly zones?: Property; readonly open?: string }

/** How an instance lies in the network: by each of its network interfaces, which may stand apart, or by itself. */
export function positionsOfInstance(instance: ResourceReader, model: Evaluation): Position[] {
  const { says, open } = fromTemplate(instance.get('LaunchTemplate'), model);
  return launched({ subject: instance, says: [instance, ...says], open }, model);
}

/** How the instances of an Auto Scaling group lie: as each of its launch templates says, in the subnets of the group. */
export function positionsOfScalingGroup(group: ResourceReader, model: Evaluation): Position[] {
  const mixed = group.get('MixedInstancesPolicy.LaunchTemplate');
  const named = [
    group.get('LaunchTemplate'), mixed.get('LaunchTemplateSpecification'), ...mixed.get('Overrides').list().items.map((one) => one.get('LaunchTemplateSpecification')),
  ].filter((place) => !place.missing);
  const launches = named.map((place) => fromTemplate(place, model));
  const configuration = group.get('LaunchConfigurationName');
  if (!configuration.missing || launches.length === 0) {
    const target = model.resourceNamed(configuration, CONFIGURATION);
    launches.push(target ? { says: [target] } : { says: [], open: 'what the group launches is not in the templates given' });
  }
  const zones = group.get('VPCZoneIdentifier');
  return launches.flatMap((launch) => launched({ ...launch, subject: group, zones: zones.missing ? undefined : zones }, model));
}

function fromTemplate(named: Property, model: Evaluation): Omit<Launch, 'subject'> {
  if (named.missing) return { says: [] };
  const template = model.resourceNamed(named.get('LaunchTemplateId'), TEMPLATE) ?? model.resourceNamed(named.get('LaunchTemplateName'), TEMPLATE);
  return template ? { says: [template.get('LaunchTemplateData')] } : { says: [], open: NO_TEMPLATE };
}

function launched(launch: Launch, model: Evaluation): Position[] {
  const { subject } = launch;
  const interfaces = setting(launch, 'NetworkInterfaces');
  const { items, open } = interfaces ? interfaces.list() : { items: [], open: undefined };
  const attached = model.referrers(subject, 'AWS::EC2::NetworkInterfaceAttachment', 'InstanceId').map((one) => one.get('NetworkInterfaceId'));
  const positions = [
    ...items.map((one) => {
      const apart = one.get('NetworkInterfaceId');
      return apart.missing ? positionAt(launch, one, model) : positionApart(launch, apart, one, model);
    }),
    ...attached.map((id) => positionApart(launch, id, undefined, model)),
  ];
  if (items.length > 0 && open === undefined) return positions;
  return [...positions, positionAt({ ...launch, open: launch.open ?? open }, undefined, model)];
}

function setting({ says }: Launch, path: string): Property | undefined {
  return says.map((one) => one.get(path)).find((place) => !place.missing);
}

const given = (...found: (Property | undefined)[]) => found.filter((place) => place !== undefined && !place.missing) as Property[];

/** By an interface that is made with the instance. Without one, the instance says itself what the interface is to be. */
function positionAt(launch: Launch, one: Property | undefined, model: Evaluation): Position {
  const { subject, zones, open } = launch;
  const own = given(one?.get('GroupSet'), one?.get('Groups'));
  const subnets = given(zones).length ? given(zones) : given(one?.get('SubnetId'), setting(launch, 'SubnetId'));
  const inSubnet = (path: string) => (subnets.length === 0 ? Truth.unknown(NO_SUBNET)
    : any(subnets.map((place) => place.some((item) => ofSubnet(item, (subnet) => subnet.get(path).isTrue())))));
  const asked = one?.get('AssociatePublicIpAddress') ?? setting(launch, 'AssociatePublicIpAddress');
  const address: Record<Family, () => Truth> = {
    IPv4: () => any([
      // Where nothing says, the subnet decides.
      asked && !asked.missing ? asked.isTrue() : inSubnet('MapPublicIpOnLaunch'),
      ...isPrimary(one) ? [someElastic(subject, 'InstanceId', model)] : [],
    ]),
    IPv6: () => hasIpv6(one ? [one] : launch.says, () => inSubnet('AssignIpv6AddressOnCreation')),
  };
  return {
    subject, groups: own.length ? own : given(setting(launch, 'SecurityGroupIds'), setting(launch, 'SecurityGroups')), subnets, withDefaultGroup: true,
    groupsOpen: open, subnetsOpen: open,
    address: (family) => any([address[family](), ...open === undefined ? [] : [Truth.unknown(open)]]).because('it has no public address'),
  };
}

/** By an interface that stands apart. It gets no public address when the instance is launched, only an elastic one. */
function positionApart({ subject }: Launch, id: Property, one: Property | undefined, model: Evaluation): Position {
  const target = id.target();
  if (target?.type !== INTERFACE) {
    const open = 'a network interface of the instance is not among the templates given';
    return { subject, groups: [], subnets: [], withDefaultGroup: false, groupsOpen: open, subnetsOpen: open, address: () => Truth.unknown(open) };
  }
  const subnets = given(target.get('SubnetId'));
  const address: Record<Family, () => Truth> = {
    IPv4: () => any([someElastic(target, 'NetworkInterfaceId', model), ...one && isPrimary(one) ? [someElastic(subject, 'InstanceId', model)] : []]),
    IPv6: () => hasIpv6([target], () => any(subnets.map((place) => ofSubnet(place, (subnet) => subnet.get('AssignIpv6AddressOnCreation').isTrue())))),
  };
  return {
    subject, groups: given(target.get('GroupSet')), subnets, withDefaultGroup: true, address: (family) => address[family]().because('it has no public address'),
  };
}

/** An elastic address for an instance goes to its primary interface. */
function isPrimary(one: Property | undefined): boolean {
  const index = one?.get('DeviceIndex');
  return !index || index.missing || !index.isNot(0).yes;
}

/** An elastic address is given to the instance or to the interface. */
function someElastic(owner: ResourceReader, by: 'InstanceId' | 'NetworkInterfaceId', model: Evaluation): Truth {
  const found = ['AWS::EC2::EIP', 'AWS::EC2::EIPAssociation'].flatMap((type) => model.referrers(owner, type, by));
  return Truth.of(found.length > 0, 'no elastic address is given to it');
}

const IPV6_LISTS = ['Ipv6Addresses', 'Ipv6Prefixes'];
const IPV6_COUNTS = ['Ipv6AddressCount', 'Ipv6PrefixCount'];

/** It asks for IPv6 addresses, or the subnet gives it one, unless it wants none. Those of EC2 are public ones. */
function hasIpv6(says: readonly Place[], inSubnet: () => Truth): Truth {
  return any([
    ...says.flatMap((one) => [...IPV6_LISTS.map((key) => one.get(key).isPresent()), ...IPV6_COUNTS.map((key) => one.get(key).atLeast(1))]),
    all(...says.map((one) => not(one.get('Ipv6AddressCount').is(0), 'it wants no IPv6 address')), inSubnet()),
  ]);
}
