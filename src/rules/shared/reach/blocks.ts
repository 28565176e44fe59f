import { Block, parseCidr } from '../../../template/cidr';
import { Property, shortPath, Truth } from '../../kernel';

export type Width = 32 | 128;
export type Family = 'IPv4' | 'IPv6';
export const FAMILIES: readonly Family[] = ['IPv4', 'IPv6'];
const WIDTH = { IPv4: 32, IPv6: 128 } as const;

interface Reach { readonly prefix: number; readonly width: Width; readonly block?: Block }

export function blockAt(cidr: Property): Block | undefined {
  return typeof cidr.scalar === 'string' ? parseCidr(cidr.scalar) : undefined;
}

/** How many addresses a block holds, as far as its text tells: its end does, even when its beginning is known at deployment only. */
export function reachOf(cidr: Property, width: Width): Reach | undefined {
  const block = blockAt(cidr);
  if (block) return { prefix: block.prefix, width: block.width, block };
  const last = cidr.parts[cidr.parts.length - 1];
  const length = cidr.parts.length > 1 && typeof last === 'string' ? /\/(\d{1,3})$/.exec(last) : null;
  if (length) return { prefix: Number(length[1]), width };
  const target = cidr.target();
  // A VPC holds a /16 at most, or a /44 in IPv6 (Amazon VPC user guide, "VPC CIDR blocks").
  return target && /^AWS::EC2::(VPC|Subnet)$/.test(target.type) ? { prefix: width === 32 ? 16 : 44, width } : undefined;
}

/** The block lies in the range: every address of the one is an address of the other. */
export function contains(range: Block, block: Block): boolean {
  if (range.width !== block.width || block.prefix < range.prefix) return false;
  const host = BigInt(range.width - range.prefix);
  return block.first >> host === range.first >> host;
}

/** The block lies in one of the ranges. */
export function within(block: Block, ranges: readonly Block[]): boolean {
  return ranges.some((range) => contains(range, block));
}

const blocks = (...texts: readonly string[]) => texts.map((text) => parseCidr(text)!);

export const LOOPBACK = blocks('127.0.0.0/8', '::1/128');
/** Not a part of the internet: multicast and reserved addresses, unique local and link-local ones. */
const NOT_PUBLIC = blocks('224.0.0.0/3', 'fc00::/7', 'fe80::/10', 'ff00::/8');

/**
 * A block wider than IANA gives to any one holder (IPv4: /8) or to a registry (IPv6: /12) is the internet or a piece of it:
 * so are the halves `0.0.0.0/1` and `128.0.0.0/1`, and `2000::/3`. With a family, it must be a piece of the internet of that one.
 */
export function isWorldwide(cidr: Property, width: Width, family?: Family): Truth {
  if (cidr.missing) return Truth.no('no address block');
  const reach = reachOf(cidr, width);
  if (family !== undefined && (reach?.width ?? width) !== WIDTH[family]) return Truth.no(`not a block of ${family}`);
  if (!reach) return cidr.openTruth();
  const wide = reach.prefix < (reach.width === 32 ? 8 : 12) && !(reach.block && within(reach.block, NOT_PUBLIC));
  return Truth.of(wide, () => `${String(cidr.scalar ?? 'the block')} is not the internet`);
}

/** A prefix list that the templates define is read; what another one holds is not known. */
export function isWorldwideList(id: Property, family?: Family): Truth {
  if (id.missing) return Truth.no('no prefix list');
  const target = id.target();
  if (target?.type !== 'AWS::EC2::PrefixList') return Truth.unknown(`${shortPath(id.path)}: the entries of the prefix list are not in the templates given`);
  const width = target.get('AddressFamily').is('IPv6').yes ? 128 : 32;
  return target.get('Entries').some((entry) => isWorldwide(entry.get('Cidr').seen(), width, family));
}
