import { Block, parseCidr } from '../../template/cidr';
import { isReference } from '../../template/value';
import { all, any, Evaluation, not, Property, ResourceReader, shortPath, Truth } from '../kernel';

export type Direction = 'Ingress' | 'Egress';

/** The rules of a security group, in whichever of the three spellings they come. `open` says why there may be more. */
export interface TrafficRules {
  readonly items: readonly TrafficRule[];
  readonly open?: string;
}

/**
 * The rules that a resource states: those written in an `AWS::EC2::SecurityGroup`, those of `AWS::EC2::SecurityGroupIngress` and
 * `…Egress` resources that name the group, and such a resource by itself.
 */
export function trafficRules(resource: ResourceReader, model: Evaluation, direction: Direction): TrafficRules {
  if (resource.type === 'AWS::GameLift::Fleet') return inline(resource.get('EC2InboundPermissions'), FLEET);
  if (resource.type !== 'AWS::EC2::SecurityGroup') return { items: [new TrafficRule('the rule', resource.properties())] };
  const type = `AWS::EC2::SecurityGroup${direction}`;
  const own = inline(resource.get(`SecurityGroup${direction}`));
  const attached = [...model.referrers(resource, type, 'GroupId'), ...model.referrers(resource, type, 'GroupName')];
  return { items: [...own.items, ...attached.map((rule) => new TrafficRule(rule.logicalId, rule.properties()))], open: own.open };
}

function inline(list: Property, keys?: Keys): TrafficRules {
  list.seen();
  const { items, open } = list.list();
  return { items: items.map((item) => new TrafficRule(shortPath(item.path), item, keys)), open };
}

/** No rule answers yes. `says` completes the sentence that begins with the rule's name. */
export function noRule({ items, open }: TrafficRules, bad: (rule: TrafficRule) => Truth, says: (rule: TrafficRule) => string): Truth {
  return all(
    ...items.map((rule) => not(bad(rule), () => `${rule.name} ${says(rule)}`)),
    ...open === undefined ? [] : [Truth.unknown(`the rules: ${open}`)],
  );
}

/** No rule lets the internet reach any of the TCP (or UDP) ports. */
export function notReachable(rules: TrafficRules, ports: readonly number[]): Truth {
  return noRule(rules, (rule) => {
    const worldwide = rule.worldwide();
    // Most rules are not open to the world: then their ports do not matter.
    return worldwide.no ? worldwide : all(worldwide, any(ports.map((port) => rule.covers(port))));
  }, (rule) => {
    const reached = ports.filter((port) => rule.covers(port).yes);
    const shown = reached.slice(0, 4).join(', ') + (reached.length > 4 ? ` and ${reached.length - 4} more` : '');
    return `lets the internet reach port${reached.length === 1 ? '' : 's'} ${shown}`;
  });
}

const EVERY_PROTOCOL = /^(-1|all)$/i;
const ICMP = /^(icmp|icmpv6|icmpv4|1|58)$/i;
const WITH_PORTS = /^(tcp|udp|6|17)$/i;

/** What the parts of a rule are called where it stands: `blocks` are the IPv4 and the IPv6 one. */
interface Keys { readonly protocol: string; readonly from: string; readonly to: string; readonly blocks: readonly [string, string] }

const GROUP: Keys = { protocol: 'IpProtocol', from: 'FromPort', to: 'ToPort', blocks: ['CidrIp', 'CidrIpv6'] };
const FLEET: Keys = { ...GROUP, protocol: 'Protocol', blocks: ['IpRange', ''] };
export const ACL_ENTRY: Keys = { protocol: 'Protocol', from: 'PortRange.From', to: 'PortRange.To', blocks: ['CidrBlock', 'Ipv6CidrBlock'] };

/** One rule: a protocol, ports and an address block, prefix list or group on the other side. */
export class TrafficRule {
  constructor(readonly name: string, readonly property: Property, private readonly keys: Keys = GROUP) {}

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

  /** All protocols, and with them all ports, whatever the ports say (AWS::EC2::SecurityGroupIngress, `IpProtocol`). */
  everyProtocol(): Truth {
    return this.protocol(EVERY_PROTOCOL, '-1');
  }

  /** ICMP messages, which have types and codes in the place of ports. */
  icmp(): Truth {
    return this.protocol(ICMP, 'icmp');
  }

  /** TCP or UDP. */
  withPorts(): Truth {
    return this.protocol(WITH_PORTS, 'tcp or udp');
  }

  /** The rule lets traffic to the port through. */
  covers(port: number): Truth {
    return any([this.everyProtocol(), all(this.withPorts(), this.spans(port))]);
  }

  /** The rule is for one port and nothing else. */
  isPort(port: number): Truth {
    return all(this.withPorts(), this.from.is(port), this.to.is(port));
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
    if (this.everyProtocol().yes) return 'every port';
    const [first, last] = [numberAt(this.from), numberAt(this.to)];
    if (this.withPorts().no) return 'a protocol without ports';
    if (first === undefined || last === undefined || first < 0) return this.from.missing || first === -1 ? 'every port' : 'a port that is not fixed';
    return first === last ? `port ${first}` : `ports ${first} to ${last}`;
  }

  private spans(port: number): Truth {
    const { from, to } = this;
    if (from.missing && to.missing) return Truth.YES;
    const [first, last] = [numberAt(from), numberAt(to)];
    if (first === -1 && (last === -1 || to.missing)) return Truth.YES;
    if (first !== undefined && first > port) return Truth.no(`ports from ${first}`);
    if (last !== undefined && last >= 0 && last < port) return Truth.no(`ports up to ${last}`);
    if (first !== undefined && last !== undefined) return Truth.YES;
    // One end is missing, which EC2 refuses: the end that is given is a port in any case.
    if ((from.missing || to.missing) && (first === port || last === port)) return Truth.YES;
    return first === undefined && !from.missing ? from.openTruth() : to.openTruth();
  }

  /** The port is the endpoint port of one of these resources. */
  portOf(type: RegExp): Truth {
    return all(this.withPorts(), Truth.of(type.test(this.from.target()?.type ?? ''), 'the port is not the endpoint of such a resource'));
  }

  /** The other side is the internet or a great part of it. */
  worldwide(): Truth {
    return any([
      ...this.blocks().map((block, at) => each(block, (cidr) => isWorldwide(cidr, WIDTHS[at]))),
      ...['SourcePrefixListId', 'DestinationPrefixListId'].map((key) => worldwideList(this.property.get(key))),
    ]);
  }

  /** The block of the family holds every address there is. */
  everyone(family: 'IPv4' | 'IPv6'): Truth {
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
      const block_ = parsed(cidr);
      return block_ ? Truth.of(within(block_, ['127.0.0.0/8', '::1/128']), 'another host') : cidr.openTruth();
    })));
  }

  /** The IPv4 block, then the IPv6 block. */
  private blocks(): Property[] {
    return this.keys.blocks.filter((key) => key !== '').map((key) => this.property.get(key));
  }
}

/** The address widths of the two blocks. */
const WIDTHS = [32, 128] as const;

function each(place: Property, check: (cidr: Property) => Truth): Truth {
  return place.missing ? Truth.no('no address block') : place.some((cidr) => cidr.seen() && check(cidr));
}

function numberAt(port: Property): number | undefined {
  const { scalar } = port.seen();
  return scalar !== undefined && String(scalar).trim() !== '' && Number.isInteger(Number(scalar)) ? Number(scalar) : undefined;
}

function sameExpression(a: Property, b: Property): boolean {
  const write = (place: Property) => place.parts.map((part) => {
    if (typeof part === 'string') return part;
    return isReference(part) ? `${part.target.id}.${part.attribute}` : part.written ?? part.parameter ?? '';
  });
  const [first, last] = [write(a), write(b)];
  return first.length > 0 && first.every((text, at) => text !== '' && text === last[at]) && first.length === last.length;
}

interface Reach { readonly prefix: number; readonly width: number; readonly block?: Block }

function parsed(cidr: Property): Block | undefined {
  return typeof cidr.scalar === 'string' ? parseCidr(cidr.scalar) : undefined;
}

/** How many addresses a block holds, as far as its text tells: its end does, even when its beginning is known at deployment only. */
function reachOf(cidr: Property, width: 32 | 128): Reach | undefined {
  const block = parsed(cidr);
  if (block) return { prefix: block.prefix, width: block.width, block };
  const last = cidr.parts[cidr.parts.length - 1];
  const length = cidr.parts.length > 1 && typeof last === 'string' ? /\/(\d{1,3})$/.exec(last) : null;
  if (length) return { prefix: Number(length[1]), width };
  const target = cidr.target();
  // A VPC holds a /16 at most, or a /44 in IPv6 (Amazon VPC user guide, "VPC CIDR blocks").
  return target && /^AWS::EC2::(VPC|Subnet)$/.test(target.type) ? { prefix: width === 32 ? 16 : 44, width } : undefined;
}

/** Not a part of the internet: multicast and reserved addresses, unique local and link-local ones. */
const NOT_PUBLIC = ['224.0.0.0/3', 'fc00::/7', 'fe80::/10', 'ff00::/8'];

/**
 * A block wider than IANA gives to any one holder (IPv4: /8) or to a registry (IPv6: /12) is the internet or a piece of it:
 * so are the halves `0.0.0.0/1` and `128.0.0.0/1`, and `2000::/3`.
 */
export function isWorldwide(cidr: Property, width: 32 | 128): Truth {
  if (cidr.missing) return Truth.no('no address block');
  const reach = reachOf(cidr, width);
  if (!reach) return cidr.openTruth();
  const wide = reach.prefix < (reach.width === 32 ? 8 : 12) && !(reach.block && within(reach.block, NOT_PUBLIC));
  return Truth.of(wide, `${String(cidr.scalar ?? 'the block')} is not the internet`);
}

function within(block: Block, ranges: readonly string[]): boolean {
  return ranges.some((text) => {
    const range = parseCidr(text)!;
    const size = 2n ** BigInt(range.width - range.prefix);
    return range.width === block.width && block.prefix >= range.prefix && block.first / size === range.first / size;
  });
}

/** A prefix list that the templates define is read; what another one holds is not known. */
function worldwideList(id: Property): Truth {
  if (id.missing) return Truth.no('no prefix list');
  const target = id.target();
  if (target?.type !== 'AWS::EC2::PrefixList') return Truth.unknown(`${shortPath(id.path)}: the entries of the prefix list are not in the templates given`);
  return target.get('Entries').some((entry) => isWorldwide(entry.get('Cidr').seen(), 32));
}
