import { cidrBlocks, parseCidr } from '../../src/template/cidr';
import fc, { runs } from '../properties';

describe('parseCidr', () => {
  test.each([
    ['10.1.2.3/16', 10n * 2n ** 24n + 2n ** 16n, 16, 32], ['0.0.0.0/0', 0n, 0, 32], ['10.0.0.1', 10n * 2n ** 24n + 1n, 32, 32], [' 10.0.0.0/8 ', 10n * 2n ** 24n, 8, 32],
    ['::/0', 0n, 0, 128], ['::1', 1n, 128, 128], ['fd00::/8', 0xfdn << 120n, 8, 128], ['2001:db8::ffff/32', 0x20010db8n << 96n, 32, 128],
    ['::ffff:10.0.0.1', 0xffff0a000001n, 128, 128], ['2001:DB8:0:0:0:0:0:1/128', (0x20010db8n << 96n) + 1n, 128, 128],
  ])('%s', (text, first, prefix, width) => expect(parseCidr(text)).toEqual({ first, prefix, width }));

  test.each(['', '/', '10.0.0.0/33', '10.0.0/8', '10.0.0.0/8/8', '10.0.0.0/', '10.0.0.0/-1', '10.0.0.0/1e1', '10.0.0.0/ 8', '256.0.0.0/8', '010.0.0.0/8', 'fd00::/129', 'fd00:::/8', ':/8', 'g::/8',
    'sg-12345678', '*', '0x0a.0.0.0/8', '1'.repeat(100_000)])('%.20s is no block', (text) => expect(parseCidr(text)).toBeUndefined());
});

describe('cidrBlocks', () => {
  test.each<[string, number, number, string[] | undefined]>([
    ['192.168.0.0/24', 6, 5, ['192.168.0.0/27', '192.168.0.32/27', '192.168.0.64/27', '192.168.0.96/27', '192.168.0.128/27', '192.168.0.160/27']],
    ['10.0.255.7/16', 1, 8, ['10.0.0.0/24']],
    ['2001:db8::/56', 3, 64, ['2001:db8::/64', '2001:db8:0:1::/64', '2001:db8:0:2::/64']],
    ['fd00::/127', 2, 1, undefined], ['fd00::/127', 1, 1, ['fd00::/127']], ['0:0:1:0:0:0:1:0/112', 1, 16, ['0:0:1::1:0/112']],
    ['10.0.0.0/24', 256, 8, undefined], ['10.0.0.0/16', 256, 8, expect.any(Array) as never], ['10.0.0.0/8', 257, 8, undefined],
    ['10.0.0.0/16', 0, 8, undefined], ['10.0.0.0/16', 1.5, 8, undefined], ['10.0.0.0/16', NaN, 8, undefined], ['10.0.0.0/16', 1, 0, undefined], ['10.0.0.0/16', 1, 17, undefined],
    ['nonsense', 1, 8, undefined],
  ])('%s into %p of %p bits', (block, count, bits, blocks) => expect(cidrBlocks(block, count, bits)).toEqual(blocks));

  test('blocks lie in the one that is divided, one behind the other', () => {
    fc.assert(fc.property(fc.ipV6(), fc.integer({ min: 1, max: 120 }), fc.integer({ min: 1, max: 16 }), (address, prefix, count) => {
      const outer = parseCidr(`${address}/${prefix}`)!;
      const blocks = cidrBlocks(`${address}/${prefix}`, count, 2) ?? [];
      blocks.forEach((text, at) => expect(parseCidr(text)).toEqual({ first: outer.first + 4n * BigInt(at), prefix: 126, width: 128 }));
    }), runs(200));
  });
});
