import { isIPv4, isIPv6 } from 'node:net';

/** An address range: first address as a number, prefix length, address width (32 or 128). */
export interface Block { readonly first: bigint; readonly prefix: number; readonly width: 32 | 128 }

/** Parses `10.0.0.0/16` or `fd00::/8`; undefined when it is not an address block. */
export function parseCidr(text: string): Block | undefined {
  const [address, length, more] = text.trim().split('/');
  if (more !== undefined || (length !== undefined && !/^\d{1,3}$/.test(length))) return undefined;
  const width = isIPv4(address) ? 32 : isIPv6(address) ? 128 : undefined;
  if (!width) return undefined;
  const prefix = length === undefined ? width : Number(length);
  if (prefix > width) return undefined;
  const shift = BigInt(width - prefix);
  const value = width === 32 ? ipv4(address) : ipv6(address);
  return { first: (value >> shift) << shift, prefix, width };
}

function ipv4(address: string): bigint {
  return address.split('.').reduce((sum, byte) => (sum << 8n) + BigInt(byte), 0n);
}

function ipv6(address: string): bigint {
  let text = address.split('%')[0];
  const dotted = /(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  if (dotted) {
    const value = ipv4(dotted[1]);
    text = text.slice(0, -dotted[1].length) + (value >> 16n).toString(16) + ':' + (value & 0xffffn).toString(16);
  }
  const [head, tail] = text.split('::');
  const groups = (part: string | undefined) => (part ? part.split(':') : []);
  const left = groups(head);
  const right = groups(tail);
  const middle = tail === undefined ? [] : new Array<string>(8 - left.length - right.length).fill('0');
  return [...left, ...middle, ...right].reduce((sum, group) => (sum << 16n) + BigInt(parseInt(group || '0', 16)), 0n);
}

/** What `Fn::Cidr` gives: the first `count` blocks of `bits` host bits inside a block. */
export function cidrBlocks(block: string, count: number, bits: number): string[] | undefined {
  const parsed = parseCidr(block);
  const whole = (n: number, most: number) => Number.isInteger(n) && n >= 1 && n <= most;
  if (!parsed || !whole(count, 256) || !whole(bits, parsed.width - parsed.prefix)) return undefined;
  const size = 1n << BigInt(bits);
  if (size * BigInt(count) > 1n << BigInt(parsed.width - parsed.prefix)) return undefined;
  return Array.from({ length: count }, (_, at) => `${formatAddress(parsed.first + size * BigInt(at), parsed.width)}/${parsed.width - bits}`);
}

function formatAddress(value: bigint, width: 32 | 128): string {
  if (width === 32) return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 255n)).join('.');
  const groups = Array.from({ length: 8 }, (_, at) => ((value >> BigInt(112 - 16 * at)) & 0xffffn).toString(16));
  // The longest run of zeros is left out (RFC 5952, section 4.2).
  let [from, length] = [0, 1];
  for (let start = 0; start < 8; start++) {
    let end = start;
    while (groups[end] === '0') end++;
    if (end - start > length) [from, length] = [start, end - start];
  }
  return length < 2 ? groups.join(':') : `${groups.slice(0, from).join(':')}::${groups.slice(from + length).join(':')}`;
}
