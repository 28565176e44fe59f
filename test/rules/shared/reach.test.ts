import { RawVerdict, Rule, rule, Truth } from '../../../src/rules/kernel';
import { dataStoreGroupsClosed } from '../../../src/rules/network-reach';
import { noOpenAdminPorts, noOpenHighRiskPorts, noOpenIngress, noWorldIngress } from '../../../src/rules/security-group';
import { trafficRules } from '../../../src/rules/shared/reach';
import { contains, isWorldwide } from '../../../src/rules/shared/reach/blocks';
import { Memory } from '../../../src/rules/shared/reach/memory';
import { Block, parseCidr } from '../../../src/template/cidr';
import fc, { runs } from '../../properties';
import { Case, judge } from '../verdicts';

const v4 = (prefix: fc.Arbitrary<number>) => fc.tuple(fc.ipV4(), prefix).map(([address, length]) => `${address}/${length}`);
const v6 = (prefix: fc.Arbitrary<number>) => fc.tuple(fc.ipV6(), prefix).map(([address, length]) => `${address}/${length}`);
const blockText = fc.oneof(v4(fc.integer({ min: 0, max: 32 })), v6(fc.integer({ min: 0, max: 128 })));
const block = blockText.map((text) => parseCidr(text)!);

const last = ({ first, prefix, width }: Block) => first + (1n << BigInt(width - prefix)) - 1n;
const widened = ({ first, prefix, width }: Block, by: number): Block => {
  const shorter = Math.max(0, prefix - by);
  const host = BigInt(width - shorter);
  return { first: (first >> host) << host, prefix: shorter, width };
};

describe('blocks', () => {
  test('one contains another exactly when the first and the last address of that lie in it', () => {
    fc.assert(fc.property(block, block, fc.integer({ min: 0, max: 128 }), (a, b, by) => {
      for (const range of [a, widened(b, by)]) {
        const inside = range.width === b.width && range.first <= b.first && last(b) <= last(range);
        expect(contains(range, b)).toBe(inside);
      }
    }));
  });

  test('containment is reflexive, and two blocks that contain each other are one', () => {
    fc.assert(fc.property(block, fc.integer({ min: 1, max: 128 }), (a, by) => {
      expect(contains(a, a)).toBe(true);
      const wider = widened(a, by);
      expect(contains(a, wider)).toBe(wider.prefix === a.prefix);
    }));
  });

  test('a block in which a worldwide one lies is worldwide', () => {
    const says = (text: string) => judged(rule({
      id: 'Test.Worldwide', resourceTypes: ['AWS::EC2::Route'], title: '', severity: 'low', criteria: { direct: [] }, rationale: '', remediation: { cfn: '' },
      check: (route) => isWorldwide(route.get('Block'), 32),
    }), { Subject: { Type: 'AWS::EC2::Route', Properties: { Block: text } } });
    fc.assert(fc.property(fc.oneof(v4(fc.integer({ min: 0, max: 12 })), v6(fc.integer({ min: 0, max: 16 }))), fc.integer({ min: 0, max: 8 }), (text, by) => {
      const [address, length] = text.split('/');
      if (says(text) === 'pass') expect(says(`${address}/${Math.max(0, Number(length) - by)}`)).toBe('pass');
    }));
  });

  test.each([
    ['0.0.0.0/0', 'pass'], ['::/0', 'pass'], ['128.0.0.0/1', 'pass'], ['10.0.0.0/7', 'pass'], ['2000::/3', 'pass'], ['8000::/1', 'pass'],
    ['10.0.0.0/8', 'fail'], ['224.0.0.0/3', 'fail'], ['240.0.0.0/4', 'fail'], ['fc00::/7', 'fail'], ['fd00::/8', 'fail'], ['2001::/16', 'fail'],
  ])('%s: %s', (text, verdict) => {
    const ask = rule({
      id: 'Test.Worldwide', resourceTypes: ['AWS::EC2::Route'], title: '', severity: 'low', criteria: { direct: [] }, rationale: '', remediation: { cfn: '' },
      check: (route) => isWorldwide(route.get('Block'), 32),
    });
    expect(judged(ask, { Subject: { Type: 'AWS::EC2::Route', Properties: { Block: text } } })).toBe(verdict);
  });
});

function judged(one: Rule, case_: Case): RawVerdict {
  return judge(one, { $Parameters: { P: { Type: 'String' } }, ...case_ }).verdict;
}

const P = { Ref: 'P' };
const port = fc.oneof(fc.constantFrom<unknown>(22, '22', 80, 443, 3389, 5432, 5985, -1, P, 0, 65535), fc.integer({ min: 0, max: 65535 }));
const source = fc.oneof(
  fc.constantFrom<object>({ CidrIp: '0.0.0.0/0' }, { CidrIp: P }, { CidrIpv6: '::/0' }, { SourceSecurityGroupId: 'sg-1' }, { SourcePrefixListId: 'pl-1' }, {}),
  v4(fc.integer({ min: 0, max: 32 })).map((CidrIp) => ({ CidrIp })), v6(fc.integer({ min: 0, max: 128 })).map((CidrIpv6) => ({ CidrIpv6 })),
);
const ingressRule = fc.record({
  IpProtocol: fc.constantFrom<unknown>('tcp', 'tcp', 'udp', 'icmp', '-1', -1, '6', 'all', '50', P), FromPort: fc.option(port, { nil: undefined }),
  ToPort: fc.option(port, { nil: undefined }), source,
}).map(({ source: from, ...more }) => ({ ...more, ...from }));

/** The group in the three spellings: some rules in it, the others apart, by reference and by name. */
function groupOf(inline: readonly object[], apart: readonly object[], name: string): Case {
  const resources: Record<string, object> = {
    [name]: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupName: 'mine', SecurityGroupIngress: inline } },
  };
  apart.forEach((one, at) => {
    const group = [{ GroupId: { 'Fn::GetAtt': [name, 'GroupId'] } }, { GroupId: { Ref: name } }, { GroupName: 'mine' }][at % 3];
    resources[`Rule${at}`] = { Type: 'AWS::EC2::SecurityGroupIngress', Properties: { ...one, ...group } };
  });
  return resources;
}

const store = (inline: readonly object[], apart: readonly object[] = []): Case => ({
  ...groupOf(inline, apart, 'Sg'),
  Subject: { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'postgres', VPCSecurityGroups: [{ 'Fn::GetAtt': ['Sg', 'GroupId'] }] } },
});

const ASKED: readonly [string, Rule, (inline: readonly object[], apart?: readonly object[]) => Case][] = [
  ...[noOpenAdminPorts, noOpenHighRiskPorts, noOpenIngress, noWorldIngress]
    .map((one): [string, Rule, (inline: readonly object[], apart?: readonly object[]) => Case] => [one.id, one, (inline, apart = []) => groupOf(inline, apart, 'Subject')]),
  [dataStoreGroupsClosed.id, dataStoreGroupsClosed, store],
];

const OPENNESS: readonly RawVerdict[] = ['pass', 'not-evaluated', 'fail'];

describe.each(ASKED)('%s', (_id, one, make) => {
  test('adding a rule never makes a group less reachable', () => {
    fc.assert(fc.property(fc.array(ingressRule, { maxLength: 3 }), ingressRule, fc.boolean(), (rules, more, apart) => {
      const before = OPENNESS.indexOf(judged(one, make(rules)));
      const after = OPENNESS.indexOf(judged(one, apart ? make(rules, [more]) : make([...rules, more])));
      expect(after).toBeGreaterThanOrEqual(before);
    }), runs(150));
  });

  test('it makes no difference where a rule stands, or in which order', () => {
    fc.assert(fc.property(fc.array(ingressRule, { maxLength: 4 }), (rules) => {
      const verdict = judged(one, make(rules));
      expect(judged(one, make([...rules].reverse()))).toBe(verdict);
      expect(judged(one, make([], rules))).toBe(verdict);
    }), runs(100));
  });

  test('widening a block never makes a group less reachable', () => {
    fc.assert(fc.property(fc.ipV4(), fc.integer({ min: 0, max: 32 }), fc.integer({ min: 0, max: 32 }), port, (address, length, by, at) => {
      const of = (prefix: number) => OPENNESS.indexOf(judged(one, make([{ IpProtocol: 'tcp', FromPort: at, ToPort: at, CidrIp: `${address}/${prefix}` }])));
      // Within 224.0.0.0/3 nothing is public; a block that is wider than that is more than it.
      expect(of(Math.max(0, length - by))).toBeGreaterThanOrEqual(of(length));
    }), runs(100));
  });
});

test('the ports that a rule covers are those from its first to its last', () => {
  const number = fc.integer({ min: 1, max: 65535 });
  fc.assert(fc.property(number, number, number, (a, b, asked) => {
    const [from, to] = a < b ? [a, b] : [b, a];
    const ask = (check: (answers: { one: Truth; some: Truth; all: Truth }) => Truth) => judged(rule({
      id: 'Test.Covers', resourceTypes: ['AWS::EC2::SecurityGroup'], title: '', severity: 'low', criteria: { direct: [] }, rationale: '', remediation: { cfn: '' },
      check: (group, model) => {
        const [first] = trafficRules(group, model, 'Ingress').items;
        return check({ one: first.covers(asked), some: first.coversSome([asked, 0]), all: first.coversAll() });
      },
    }), groupOf([{ IpProtocol: 'tcp', FromPort: from, ToPort: to }], [], 'Subject'));
    const expected = from <= asked && asked <= to ? 'pass' : 'fail';
    expect(ask(({ one }) => one)).toBe(expected);
    expect(ask(({ some }) => some)).toBe(expected);
    expect(ask(({ all }) => all)).toBe(from === 1 && to === 65535 ? 'pass' : 'fail');
  }));
});

test('what is remembered is evidence of each rule that recalls it, and is worked out once', () => {
  const memory = new Memory<Truth>();
  let worked = 0;
  const seen: number[] = [];
  judge(rule({
    id: 'Test.Memory', resourceTypes: ['AWS::EC2::Subnet'], title: '', severity: 'low', criteria: { direct: [] }, rationale: '', remediation: { cfn: '' },
    check: (subnet, model) => {
      for (let again = 0; again < 2; again++) {
        model.begin();
        memory.recall(model, () => {
          worked++;
          return subnet.get('VpcId').is('vpc-1');
        });
        seen.push(model.readings.length);
      }
      return Truth.YES;
    },
  }), { Subject: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: 'vpc-1' } } });
  expect({ worked, seen }).toEqual({ worked: 1, seen: [1, 1] });
});
