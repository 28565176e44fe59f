import type { Family } from './blocks';
import { sameExpression } from './expressions';
import { positionsOfInstance, positionsOfScalingGroup } from './instances';
import { Memories } from './memory';
import { DATA_STORES, OTHERS, Placement } from './placements';
import { Ports } from './ports';
import { any, both, Evaluation, not, Property, ResourceReader, Truth } from '../../kernel';
import { placesAt } from '../places';

/** How a resource lies in the network, by one of its interfaces if it is an instance. */
export interface Position {
  /** What says so: the resource, or the cluster that it is a part of. */
  readonly subject: ResourceReader;
  /** The lists that name its security groups, and those that name its subnets. */
  readonly groups: readonly Property[];
  readonly subnets: readonly Property[];
  /** AWS gives it the default group of its VPC when it names none. */
  readonly withDefaultGroup: boolean;
  /** Without a group it lets in everything that it listens for. */
  readonly groupless?: Truth;
  /** Why there may be more of either. */
  readonly groupsOpen?: string;
  readonly subnetsOpen?: string;
  /** It has an address of the family that strangers can send to. */
  readonly address: (family: Family) => Truth;
  readonly ports?: Ports;
  notes?: Map<object, unknown>;
}

const positions = new Memories<readonly Position[]>();

export function positionsOf(resource: ResourceReader, model: Evaluation): readonly Position[] {
  return positions.recall(resource, model, () => {
    switch (resource.type) {
      case 'AWS::EC2::Instance': return positionsOfInstance(resource, model);
      case 'AWS::AutoScaling::AutoScalingGroup': return positionsOfScalingGroup(resource, model);
      default: return [placedAs(resource, model)];
    }
  });
}

function placedAs(resource: ResourceReader, model: Evaluation): Position {
  const how = placementOf(resource);
  const cluster = how.cluster && !resource.get(how.cluster.name).missing ? resource.get(how.cluster.name).target() : resource;
  const address = (family: Family) => addressOf(resource, how, family);
  if (cluster === undefined || (cluster !== resource && cluster.type !== how.cluster?.type)) {
    const open = 'its cluster is not among the templates given';
    return { subject: resource, groups: [], subnets: [], withDefaultGroup: false, groupsOpen: open, subnetsOpen: open, address };
  }
  const at = placementOf(cluster);
  const { subnets, open } = subnetsOf(cluster, at, model);
  const groupless = at.groupless?.(cluster);
  return {
    subject: cluster, groups: at.groups.flatMap((path) => placesAt(cluster, path)), subnets, withDefaultGroup: at.without !== 'none' && (groupless?.no ?? true), groupless,
    address, ports: at.listens(cluster), subnetsOpen: open,
  };
}

export function placementOf({ type }: ResourceReader): Placement {
  return DATA_STORES[type] ?? OTHERS[type];
}

function addressOf(resource: ResourceReader, how: Placement, family: Family): Truth {
  if (typeof how.address === 'function') return how.address(resource, family);
  return family === 'IPv4' ? publicAddress(resource, how) : both(hasBothFamilies(resource), () => {
    const setting = publicAddress(resource, how);
    return setting.no ? setting : Truth.unknown('not every store that is public has public addresses of IPv6');
  });
}

/** Stores have addresses of IPv4 unless they are told to have both. */
function hasBothFamilies(resource: ResourceReader): Truth {
  return any(['NetworkType', 'IpAddressType'].map((key) => resource.get(key).matches(/dual|ipv6/i, 'both families of addresses')));
}

/** A public address, as its setting says. Where that is absent, a database with a subnet group of its own has none. */
function publicAddress(resource: ResourceReader, { address, subnetGroup }: Placement): Truth {
  if (!address || typeof address === 'function') return Truth.no('it has no public address');
  const setting = resource.get(address.path);
  if ('unless' in address) return not(setting.is(address.unless), 'it has no public address');
  if (setting.missing && /^AWS::RDS::/.test(resource.type) && resource.get(subnetGroup!.name).missing) return Truth.unknown(`${address.path} is absent, so its VPC decides`);
  return setting.is(address.is).because('it has no public address');
}

function subnetsOf(resource: ResourceReader, { subnets = [], subnetGroup }: Placement, model: Evaluation): { subnets: Property[]; open?: string } {
  const places = subnets.flatMap((path) => placesAt(resource, path)).filter((place) => !place.missing);
  if (!subnetGroup) return { subnets: places };
  const name = resource.get(subnetGroup.name);
  if (name.missing) return { subnets: [] };
  const group = name.target() ?? model.ofType(subnetGroup.type).find((one) => sameExpression(one.get(subnetGroup.own), name));
  return group?.type === subnetGroup.type ? { subnets: [group.get('SubnetIds')] } : { subnets: [], open: 'its subnet group is not among the templates given' };
}
