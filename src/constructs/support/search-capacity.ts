import { Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import { privateSubnets } from './database-subnets';
import { oneInEachZone } from './store-network';
import { searchDomainDefaults as d } from '../../defaults/search-domain';

/** In how many zones nodes can lie, and the subnets, one in each, where these are known. */
interface Places {
  readonly zones: number;
  readonly subnets?: readonly ec2.ISubnet[];
}

const MOST_ZONES = 3;
const MASTERS = d.masterNodes.value;
const { GENERAL_PURPOSE_SSD_GP3: GP3 } = ec2.EbsDeviceVolumeType;

/** Types that have neither standby nor volumes of gp3: burstable ones, and those of earlier generations. */
const FORMER = /^(t\d|[mcr][234]|i2)\./i;
/** Versions that have standby. */
const STANDBY = /^OpenSearch_(1\.[3-9]|[2-9]\.|\d\d)/;

/** How many nodes a domain has, and where, as far as it was not said. What OpenSearch Service would refuse, it is not given. */
export function capacityOf(props: opensearch.DomainProps): Pick<opensearch.DomainProps, 'capacity' | 'zoneAwareness' | 'vpcSubnets'> {
  const { capacity = {}, zoneAwareness } = props;
  const places = placesOf(props);
  const zones = zonesOf(props, places);
  const dataNodes = capacity.dataNodes ?? zones;
  // A single node manages itself.
  const masterNodes = capacity.masterNodes ?? (zones > 1 ? MASTERS : undefined);
  // Said, because a feature flag turns standby on for domains that cannot have it.
  const multiAzWithStandbyEnabled = capacity.multiAzWithStandbyEnabled ?? (canStandBy(props) && isStandbySize(zones, dataNodes, masterNodes));
  return {
    capacity: { ...capacity, dataNodes, masterNodes, multiAzWithStandbyEnabled },
    zoneAwareness: zones > 1 ? { enabled: zoneAwareness?.enabled ?? true, availabilityZoneCount: zones } : { enabled: false },
    // As many subnets as zones: OpenSearch Service refuses more. The L2 hands it all that it finds.
    vpcSubnets: places.subnets ? [{ subnets: places.subnets.slice(0, zones) }] : props.vpcSubnets,
  };
}

/** Why OpenSearch Service would refuse these nodes, and what mends it. Undefined when it would not. */
export function refusalOf({ capacity = {}, zoneAwareness = {} }: opensearch.DomainProps): string | undefined {
  const { dataNodes = 1, masterNodes } = capacity;
  const zones = zoneAwareness.enabled ? zoneAwareness.availabilityZoneCount ?? 1 : 1;
  if (Token.isUnresolved(dataNodes)) return undefined;
  if (dataNodes < zones) return `capacity.dataNodes: ${dataNodes} cannot be spread over ${zones} zones; take as many, or leave out zoneAwareness`;
  if (zones === 2 && dataNodes % 2 > 0) return `capacity.dataNodes: ${dataNodes} cannot be spread over two zones; take an even number, or subnets in three zones`;
  if (capacity.multiAzWithStandbyEnabled && !isStandbySize(zones, dataNodes, masterNodes)) {
    return 'capacity.multiAzWithStandbyEnabled needs three zones, data nodes in multiples of three, and three master nodes; leave it out';
  }
  return undefined;
}

/** The volumes of data nodes. */
export function volumesOf({ ebs, capacity }: opensearch.DomainProps): opensearch.EbsOptions | undefined {
  if (ebs?.enabled === false || FORMER.test(capacity?.dataNodeInstanceType ?? '')) return ebs;
  return { ...ebs, volumeType: ebs?.volumeType ?? GP3 };
}

function isStandbySize(zones: number, dataNodes: number, masterNodes: number | undefined): boolean {
  return !Token.isUnresolved(dataNodes) && zones === MOST_ZONES && dataNodes % MOST_ZONES === 0 && masterNodes === MASTERS;
}

function canStandBy({ version: { version }, capacity = {}, ebs }: opensearch.DomainProps): boolean {
  const types = [capacity.dataNodeInstanceType, capacity.masterNodeInstanceType];
  const stored = ebs?.enabled === false || (ebs?.volumeType ?? GP3) === GP3;
  return STANDBY.test(version) && stored && !types.some((type) => FORMER.test(type ?? ''));
}

/** As many zones as were asked for, else as have subnets and data nodes. */
function zonesOf({ capacity, zoneAwareness }: opensearch.DomainProps, places: Places): number {
  if (zoneAwareness?.enabled === false) return 1;
  if (zoneAwareness?.availabilityZoneCount !== undefined) return zoneAwareness.availabilityZoneCount;
  const nodes = capacity?.dataNodes;
  const most = nodes === undefined || Token.isUnresolved(nodes) ? MOST_ZONES : nodes;
  return Math.max(Math.min(places.zones, most), zoneAwareness?.enabled ? 2 : 1);
}

/** One subnet in each zone. None are chosen where there is no VPC, or where it or the zones of its subnets are not known yet. */
function placesOf({ vpc, vpcSubnets }: opensearch.DomainProps): Places {
  const own = vpc && privateSubnets(vpc);
  const selections = vpcSubnets ?? (own && [own]);
  if (!vpc || !selections) return { zones: MOST_ZONES };
  const found = selections.map((selection) => vpc.selectSubnets(selection));
  if (found.some(({ isPendingLookup }) => isPendingLookup)) return { zones: MOST_ZONES };
  try {
    const subnets = oneInEachZone(found.flatMap((one) => one.subnets), MOST_ZONES);
    return { zones: subnets.length, subnets };
  } catch {
    // CDK throws for a subnet that was imported without its zone, also where it spreads a domain itself.
    return { zones: 1 };
  }
}
