import { blockAt, Family, isWorldwide, isWorldwideList, LOOPBACK, reachOf, within } from './blocks';
import { numberAt, sameExpression } from './expressions';
import { Memory } from './memory';
import { all, any, Evaluation, Property, ResourceReader, Truth } from '../../kernel';

const EVERY_PROTOCOL = /^(-1|all)$/i;
const ICMP = /^(icmp|icmpv6|icmpv4|1|58)$/i;
const WITH_PORTS = /^(tcp|udp|6|17)$/i;

/** What the parts of a rule are called where it stands: `blocks` are the IPv4 and the IPv6 one. */
export interface Keys { readonly protocol: string; readonly from: string; readonly to: string; readonly blocks: readonly [string, string] }

const GROUP: Keys = { protocol: 'IpProtocol', from: 'FromPort', to: 'ToPort', blocks: ['CidrIp', 'CidrIpv6'] };
export const FLEET: Keys = { ...GROUP, protocol: 'Protocol', blocks: ['IpRange', ''] };
export const ACL_ENTRY: Keys = { protocol: 'Protocol', from: 'PortRange.From', to: 'PortRange.To', blocks: ['CidrBlock', 'Ipv6CidrBlock'] };
/** Groups from before VPCs have rules without protocols and ports. */
export const CLASSIC: Keys = { protocol: '-', from: '-', to: '-', blocks: ['CIDRIP', ''] };

/** The protocols and ports of a rule. */
interface Opening { readonly every: Truth; readonly withPorts: Truth; readonly first?: number; readonly last?: number }

const WIDTHS = [32, 128] as const;
const PREFIX_LISTS = ['SourcePrefixListId', 'DestinationPrefixListId'];

/** One rule: a protocol, ports and an address block, prefix list or group on the other side. */
export class TrafficRule {
  private readonly opening = new Memory<Opening>();
  private readonly world = new Memory<Truth>();

  constructor(private readonly model: Evaluation, readonly name: string, readonly property: Property, private readonly keys: Keys = GROUP) {}

  private get from(): Property {
    return this.property.get(this.keys.from);
  }

  private get to(): Property {
    return this.property.get(this.keys.to);
  }

  /** When the protocol is missing, EC2 would refuse the rule, and it is read as the widest one. */
  private protocol(pattern: RegExp, meaning: string): Truth {
    const protocol = this.property.get(this.keys.protocol);
    return protocol.missing ? Truth.of(pattern === EVERY_PROTOCOL, 'no protocol is given') : protocol.matches(pattern, meaning);
  }

  private get opened(): Opening {
    return this.opening.recall(this.model, () => {
      const every = this.protocol(EVERY_PROTOCOL, '-1');
      const withPorts = this.protocol(WITH_PORTS, 'tcp or udp');
      // With all protocols the ports do not matter, whatever they say (AWS::EC2::SecurityGroupIngress, `IpProtocol`).
      return every.yes || withPorts.no ? { every, withPorts } : { every, withPorts, first: numberAt(this.from), last: numberAt(this.to) };
    });
  }

  /** All protocols, and with them all ports. */
  everyProtocol(): Truth {
    return this.opened.every;
  }

  /** ICMP messages, which have types and codes in the place of ports. */
  icmp(): Truth {
    return this.protocol(ICMP, 'icmp');
  }

  /** The rule lets traffic to the TCP or UDP port through. */
  covers(port: number): Truth {
    const { every, withPorts } = this.opened;
    if (every.yes || withPorts.no) return every;
    return any([every, all(withPorts, this.spans(port, port))]);
  }

  /** The rule lets traffic to one of the ports through. */
  coversSome(ports: readonly number[]): Truth {
    const { every, withPorts, first, last } = this.opened;
    if (every.no && withPorts.yes && first !== undefined && last !== undefined && first >= 0) {
      return Truth.of(ports.some((port) => first <= port && (last < 0 || port <= last)), () => `ports ${first} to ${last}`);
    }
    return any(ports.map((port) => this.covers(port)), 'it listens on no port');
  }

  /** The rule lets traffic to every port through. */
  coversAll(): Truth {
    const { every, withPorts } = this.opened;
    if (every.yes || withPorts.no) return every;
    return any([every, all(withPorts, this.spans(1, 65535))]);
  }

  /** The rule is for one port and nothing else. */
  isPort(port: number): Truth {
    const { withPorts } = this.opened;
    return withPorts.no ? withPorts : all(withPorts, this.from.is(port), this.to.is(port));
  }

  /** `FromPort` and `ToPort` are one port: equal, or the same expression. */
  singlePort(): Truth {
    const { from, to } = this;
    if (from.missing || to.missing) return Truth.no('no port is given');
    const [first, last] = [numberAt(from), numberAt(to)];
    if (first !== undefined && last !== undefined) return Truth.of(first === last && first >= 0, `ports ${first} to ${last}`);
    if (sameExpression(from, to)) return Truth.YES;
    return first === undefined ? from.openTruth() : to.openTruth();
  }

  /** What the rule opens, for a message. */
  get opens(): string {
    const { every, withPorts, first, last } = this.opened;
    if (every.yes) return 'every port';
    if (withPorts.no) return 'a protocol without ports';
    if (first === undefined || last === undefined || first < 0) return this.from.missing || first === -1 ? 'every port' : 'a port that is not fixed';
    return first === last ? `port ${first}` : `ports ${first} to ${last}`;
  }

  /** The ports of the rule hold all from one to another. */
  private spans(least: number, most: number): Truth {
    const { from, to } = this;
    if (from.missing && to.missing) return Truth.YES;
    const { first, last } = this.opened;
    if (first === -1 && (last === -1 || to.missing)) return Truth.YES;
    if (first !== undefined && first > least) return Truth.no(`ports from ${first}`);
    if (last !== undefined && last >= 0 && last < most) return Truth.no(`ports up to ${last}`);
    if (first !== undefined && last !== undefined) return Truth.YES;
    // One end is missing, which EC2 refuses: the end that is given is a port in any case.
    if (least === most && (from.missing || to.missing) && (first === least || last === most)) return Truth.YES;
    return first === undefined && !from.missing ? from.openTruth() : to.openTruth();
  }

  /** The port is the endpoint port of one of these resources. */
  portOf(type: RegExp): Truth {
    return all(this.opened.withPorts, Truth.of(type.test(this.from.target()?.type ?? ''), 'the port is not the endpoint of such a resource'));
  }

  /** The port is the endpoint port of the resource. */
  isPortOf(resource: ResourceReader): boolean {
    return !this.opened.withPorts.no && this.from.target() === resource;
  }

  /** The other side is the internet or a great part of it. */
  worldwide(): Truth {
    return this.world.recall(this.model, () => this.worldwideOver());
  }

  /** The same, over one family of addresses. */
  worldwideOver(family?: Family): Truth {
    return any([
      ...this.blocks().map((block, at) => each(block, (cidr) => isWorldwide(cidr, WIDTHS[at], family))),
      ...PREFIX_LISTS.map((key) => isWorldwideList(this.property.get(key), family)),
    ]);
  }

  /** The block of the family holds every address there is. */
  everyone(family: Family): Truth {
    const block = this.property.get(this.keys.blocks[family === 'IPv4' ? 0 : 1]);
    return block.missing ? Truth.no('no address block') : each(block, (cidr) => {
      const reach = reachOf(cidr, family === 'IPv4' ? 32 : 128);
      return reach ? Truth.of(reach.prefix === 0, 'some addresses only') : cidr.openTruth();
    });
  }

  /** Some address block on the other side holds more than one address. */
  manyAddresses(): Truth {
    return any(this.blocks().map((block, at) => each(block, (cidr) => {
      const reach = reachOf(cidr, WIDTHS[at]);
      return reach ? Truth.of(reach.prefix < reach.width, 'a single address') : cidr.openTruth();
    })));
  }

  /** The other side is the host itself, which is how rules that allow nothing are written. */
  loopback(): Truth {
    return any(this.blocks().map((block) => each(block, (cidr) => {
      const range = blockAt(cidr);
      return range ? Truth.of(within(range, LOOPBACK), 'another host') : cidr.openTruth();
    })));
  }

  /** The IPv4 block, then the IPv6 block. */
  private blocks(): Property[] {
    return this.keys.blocks.filter((key) => key !== '').map((key) => this.property.get(key));
  }
}

function each(place: Property, check: (cidr: Property) => Truth): Truth {
  return place.missing ? Truth.no('no address block') : place.some((cidr) => cidr.seen() && check(cidr));
}
