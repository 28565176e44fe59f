import { Case, fail, judge, notApplicable, pass, unknown, verdicts } from './verdicts';
import { evaluate } from '../../src/rules/kernel';
import * as rules from '../../src/rules/security-group';
import { JsonObject } from '../../src/template/json';
import { Loader } from '../../src/template/load';

const WORLD = { CidrIp: '0.0.0.0/0' };
const LAN = { CidrIp: '10.0.0.0/16' };
const param = { $Parameters: { P: { Type: 'String' } } };
const isProd = { $Parameters: { Env: { Type: 'String' } }, $Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Env' }, 'prod'] } } };

const tcp = (from: unknown, more: object = WORLD, to: unknown = from) => ({ IpProtocol: 'tcp', FromPort: from, ToPort: to, ...more });
const every = (more: object = WORLD) => ({ IpProtocol: '-1', ...more });
const group = (properties: object): Case => ({ Subject: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'web servers', ...properties } } });
const ingress = (...list: unknown[]) => group({ SecurityGroupIngress: list });
const egress = (...list: unknown[]) => group({ SecurityGroupEgress: list });
const alone = (direction: 'Ingress' | 'Egress', one: object): Case =>
  ({ Subject: { Type: `AWS::EC2::SecurityGroup${direction}`, Properties: { GroupId: 'sg-12345678', ...one } } });
const attached = (direction: 'Ingress' | 'Egress', one: object, to: unknown = { 'Fn::GetAtt': ['Subject', 'GroupId'] }): Case =>
  ({ ...group({}), Rule: { Type: `AWS::EC2::SecurityGroup${direction}`, Properties: { GroupId: to, ...one } } });
const other = { Other: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'other' } } };
const vpc = { Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } } };
const prefixList = (cidr: string): Case => ({
  ...ingress({ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, SourcePrefixListId: { 'Fn::GetAtt': ['List', 'PrefixListId'] } }),
  List: { Type: 'AWS::EC2::PrefixList', Properties: { AddressFamily: 'IPv4', Entries: [{ Cidr: '10.0.0.0/8' }, { Cidr: cidr }] } },
});

verdicts(rules.noOpenAdminPorts, {
  pass: {
    'no rules': group({}),
    'web ports': ingress(tcp(443), tcp(80)),
    'SSH from a network of one\'s own': ingress(tcp(22, LAN)),
    'SSH from a group': ingress({ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, SourceSecurityGroupId: 'sg-12345678' }),
    'a block of one holder': ingress(tcp(22, { CidrIp: '12.0.0.0/8' }), tcp(22, { CidrIpv6: '2001:800::/21' })),
  },
  fail: {
    'SSH': ingress(tcp(22)),
    'RDP in a range, the second rule': ingress(tcp(443), tcp(3000, WORLD, 4000)),
    'ports as text': ingress(tcp('22')),
    'one rule, not a list': group({ SecurityGroupIngress: tcp(22) }),
    'by itself': alone('Ingress', tcp(22)),
    'by itself, all protocols': alone('Ingress', every()),
  },
  unknown: {
    'the block is a parameter': { ...ingress(tcp(22, { CidrIp: { Ref: 'P' } })), ...param },
    'the port is a parameter': { ...ingress(tcp({ Ref: 'P' })), ...param },
    'the whole list is a parameter': { ...group({ SecurityGroupIngress: { Ref: 'P' } }), ...param },
    'a prefix list of somebody else': ingress({ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, SourcePrefixListId: 'pl-12345678' }),
  },
  trap: {
    'protocol -1 opens all ports, whatever they say': fail(
      ingress(every({ ...WORLD, FromPort: 443, ToPort: 443 })),
      { message: /SecurityGroupIngress\.0 lets the internet reach ports 22, 3389/ },
    ),
    'protocol -1 as a number': fail(ingress({ IpProtocol: -1, ...WORLD })),
    'protocol by its number': fail(ingress({ ...tcp(22), IpProtocol: '6' })),
    'ports -1 to -1 are all': fail(ingress(tcp(-1))),
    'tcp without ports': fail(ingress({ IpProtocol: 'tcp', ...WORLD })),
    'ICMP type 22 is no port': pass(ingress({ ...tcp(22), IpProtocol: 'icmp' })),
    'ICMP of all types': pass(ingress({ IpProtocol: 'icmp', FromPort: -1, ToPort: -1, ...WORLD })),
    'all IPv6 addresses, in full': fail(ingress(tcp(22, { CidrIpv6: '0000:0000:0000:0000:0000:0000:0000:0000/0' }))),
    'all IPv6 addresses in use': fail(ingress(tcp(22, { CidrIpv6: '2000::/3' }))),
    'private IPv6 addresses': pass(ingress(tcp(22, { CidrIpv6: 'fc00::/7' }))),
    'the internet in two halves': fail(ingress(tcp(22, { CidrIp: '0.0.0.0/1' }), tcp(22, { CidrIp: '128.0.0.0/1' }))),
    'host bits before /0': fail(ingress(tcp(22, { CidrIp: '10.1.2.3/0' }))),
    'an address that is known at deployment, with /32': pass({ ...ingress(tcp(22, { CidrIp: { 'Fn::Sub': '${P}/32' } })), ...param }),
    'an address that is known at deployment, with /0': fail({ ...ingress(tcp(22, { CidrIp: { 'Fn::Join': ['/', [{ Ref: 'P' }, '0']] } })), ...param }),
    'the block of the VPC': pass({ ...ingress(tcp(22, { CidrIp: { 'Fn::GetAtt': ['Vpc', 'CidrBlock'] } })), ...vpc }),
    'a parameter whose default is the internet': fail({
      ...ingress(tcp(22, { CidrIp: { Ref: 'P' } })),
      $Parameters: { P: { Type: 'String', Default: '0.0.0.0/0' } },
    }),
    'in one branch': fail({ ...ingress({ 'Fn::If': ['IsProd', { Ref: 'AWS::NoValue' }, tcp(22)] }), ...isProd }, { message: /when IsProd is false/ }),
    'a rule that stands elsewhere': fail(attached('Ingress', tcp(22)), { message: /^Rule lets the internet reach port 22/ }),
    'a rule of another group': pass({ ...attached('Ingress', tcp(22), { Ref: 'Other' }), ...other }),
    'a rule that stands elsewhere and is made in one branch': fail({
      ...attached('Ingress', tcp(22)),
      ...isProd,
      Rule: { Type: 'AWS::EC2::SecurityGroupIngress', Condition: 'IsProd', Properties: { GroupId: { Ref: 'Subject' }, ...tcp(22) } },
    }),
    'a prefix list that holds the internet': fail(prefixList('0.0.0.0/0')),
    'a prefix list that does not': pass(prefixList('192.168.0.0/16')),
    'port 22 without its other end': fail(ingress({ IpProtocol: 'tcp', FromPort: 22, ...WORLD })),
    'not the port, whatever the other end': pass({ ...ingress(tcp(4000, WORLD, { Ref: 'P' })), ...param }),
    'a block that is none': unknown(ingress(tcp(22, { CidrIp: 'anywhere' }))),
  },
});

verdicts(rules.noOpenSsh, {
  pass: { 'RDP only': ingress(tcp(3389)), 'narrow': ingress(tcp(22, LAN)) },
  fail: { 'SSH': ingress(tcp(22)), 'by itself': alone('Ingress', tcp(22, { CidrIpv6: '::/0' })) },
  unknown: { 'the block is a parameter': { ...ingress(tcp(22, { CidrIp: { Ref: 'P' } })), ...param } },
  trap: { 'in a range': fail(ingress(tcp(0, WORLD, 65535))), 'a range that ends before it': pass(ingress(tcp(1, WORLD, 21))) },
});

verdicts(rules.noOpenRdp, {
  pass: { 'SSH only': ingress(tcp(22)), 'narrow': ingress(tcp(3389, LAN)) },
  fail: { 'RDP': ingress(tcp(3389)), 'by itself': alone('Ingress', tcp(3389)) },
  unknown: { 'the block is a parameter': { ...ingress(tcp(3389, { CidrIp: { Ref: 'P' } })), ...param } },
  trap: { 'over UDP': fail(ingress({ ...tcp(3389), IpProtocol: 'udp' })), 'a range that begins after it': pass(ingress(tcp(3390, WORLD, 4000))) },
});

verdicts(rules.noOpenHttp, {
  pass: { HTTPS: ingress(tcp(443)) },
  fail: { 'HTTP': ingress(tcp(80)), 'by itself': alone('Ingress', tcp(80)) },
  unknown: { 'the block is a parameter': { ...ingress(tcp(80, { CidrIp: { Ref: 'P' } })), ...param } },
  trap: { 'port 8080 is another one': pass(ingress(tcp(8080))), 'all protocols': fail(ingress(every())) },
});

verdicts(rules.noOpenDatabasePorts, {
  pass: { 'web': ingress(tcp(443)), 'PostgreSQL from a group': ingress({ ...tcp(5432, {}), SourceSecurityGroupId: 'sg-12345678' }) },
  fail: { 'MySQL': ingress(tcp(3306)), 'Redis by itself': alone('Ingress', tcp(6379)), 'all ports': ingress(every()) },
  unknown: { 'the block is a parameter': { ...ingress(tcp(5432, { CidrIp: { Ref: 'P' } })), ...param } },
  trap: {
    'the endpoint port of a database': fail({
      ...ingress(tcp({ 'Fn::GetAtt': ['Db', 'Endpoint.Port'] })), Db: { Type: 'AWS::RDS::DBInstance', Properties: {} },
    }, { message: /port of a data store/ }),
    'many ports are named briefly': fail(ingress(tcp(0, WORLD, 65535)), { message: /ports 1433, 1434, 1521, 3306 and \d+ more$/ }),
    'SSH is not a database': pass(ingress(tcp(22))),
  },
});

verdicts(rules.noOpenHighRiskPorts, {
  pass: { 'web': ingress(tcp(443)), 'file shares within': ingress(tcp(445, LAN)) },
  fail: {
    'WinRM': ingress(tcp(5985)),
    'Telnet by itself': alone('Ingress', tcp(23)),
    'Kafka over IPv6': ingress(tcp(9092, { CidrIpv6: '::/0' })),
    'all ports': ingress(every()),
  },
  unknown: {
    'the block is a parameter': { ...ingress(tcp(445, { CidrIp: { Ref: 'P' } })), ...param },
    'the port is a parameter': { ...ingress(tcp({ Ref: 'P' })), ...param },
    'the list may go on': { ...group({ SecurityGroupIngress: { Ref: 'P' } }), ...param },
  },
  trap: {
    'in a range': fail(ingress(tcp(130, WORLD, 140)), { message: /reach ports 130 to 140 \(RPC, NetBIOS\)$/ }),
    'many services are named briefly': fail(ingress(tcp(0, WORLD, 65535)), { message: /\(FTP, Telnet, TFTP, Kerberos and \d+ more\)$/ }),
    'a range between them': pass(ingress(tcp(8000, WORLD, 8100))),
    'a range whose end is a parameter, past all of them': pass({ ...ingress(tcp(62000, WORLD, { Ref: 'P' })), ...param }),
    'a port of a database is asked for elsewhere': pass(ingress(tcp(5432))),
    'ICMP': pass(ingress({ IpProtocol: 'icmp', FromPort: 23, ToPort: 23, ...WORLD })),
    'a group that is named in full in two places': fail({
      ...group({ GroupName: 'files' }),
      Rule: { Type: 'AWS::EC2::SecurityGroupIngress', Properties: { GroupName: 'files', ...tcp(2049) } },
    }, { message: /^Rule lets/ }),
    'a group of another name': pass({
      ...group({ GroupName: 'files' }),
      Rule: { Type: 'AWS::EC2::SecurityGroupIngress', Properties: { GroupName: 'web', ...tcp(2049) } },
    }),
  },
});

verdicts(rules.noOpenIngress, {
  pass: { 'web ports': ingress(tcp(80), tcp(443), { ...tcp(443), IpProtocol: 'udp' }), 'any port within': ingress(tcp(8080, LAN)), 'HTTPS by itself': alone('Ingress', tcp(443)), 'HTTP by itself': alone('Ingress', tcp(80)) },
  fail: {
    'another port': ingress(tcp(8080)),
    'all ports of a protocol': ingress({ IpProtocol: 'udp', ...WORLD }),
    'by itself': alone('Ingress', tcp(8443)),
    'everything': ingress(every()),
    'everything, by itself': alone('Ingress', every()),
  },
  unknown: {
    'the port is a parameter': { ...ingress(tcp({ Ref: 'P' })), ...param },
    'the block is a parameter': { ...ingress(tcp(8080, { CidrIp: { Ref: 'P' } })), ...param },
  },
  trap: {
    'a range from one web port to the other': fail(ingress(tcp(80, WORLD, 443)), { message: /reach ports 80 to 443$/ }),
    'a protocol without ports': fail(ingress({ IpProtocol: '50', ...WORLD }), { message: /a protocol without ports$/ }),
    'protocol -1 with a web port': fail(ingress(every({ ...WORLD, FromPort: 443, ToPort: 443 }))),
    'ICMP has no ports': pass(ingress({ IpProtocol: 'icmp', FromPort: 8, ToPort: -1, ...WORLD })),
    'a rule that stands elsewhere': fail(attached('Ingress', tcp(8080))),
  },
});

verdicts(rules.noWorldIngress, {
  pass: { none: group({}), narrow: ingress(tcp(443, LAN)) },
  fail: { 'HTTPS': ingress(tcp(443)), 'by itself': alone('Ingress', tcp(443, { CidrIpv6: '0000::/0' })) },
  unknown: { 'the block is a parameter': { ...ingress(tcp(443, { CidrIp: { Ref: 'P' } })), ...param } },
  trap: { 'ICMP counts here': fail(ingress({ IpProtocol: 'icmp', FromPort: -1, ToPort: -1, ...WORLD })), 'egress does not': pass(egress(every())) },
});

verdicts(rules.ingressProtocolNamed, {
  pass: { tcp: ingress(tcp(443)) },
  fail: { '-1': ingress(every(LAN)), 'by itself': alone('Ingress', every({ SourceSecurityGroupId: 'sg-12345678' })) },
  unknown: { 'a parameter': { ...ingress({ IpProtocol: { Ref: 'P' }, ...LAN }), ...param } },
  trap: { '-1 as a number': fail(ingress({ IpProtocol: -1, ...LAN })), 'only the host itself': pass(ingress(every({ CidrIp: '127.0.0.1/32' }))) },
});

verdicts(rules.ingressSinglePorts, {
  pass: { 'one port': ingress(tcp(443)), 'ports as text and number': ingress(tcp('443', LAN, 443)) },
  fail: {
    'a range': ingress(tcp(8000, LAN, 8010)),
    'by itself': alone('Ingress', tcp(1, LAN, 2)),
    'all protocols': ingress(every(LAN)),
    'a game server fleet': {
      Subject: {
        Type: 'AWS::GameLift::Fleet',
        Properties: { EC2InboundPermissions: [{ FromPort: 1, ToPort: 9, IpRange: '10.0.0.0/8', Protocol: 'TCP' }] },
      },
    },
  },
  unknown: { 'one end is a parameter': { ...ingress(tcp(443, LAN, { Ref: 'P' })), ...param } },
  trap: {
    'both ends are the same parameter': pass({ ...ingress(tcp({ Ref: 'P' }, LAN)), ...param }),
    'both ends are the same endpoint port': pass({ ...ingress(tcp({ 'Fn::GetAtt': ['Db', 'Endpoint.Port'] }, LAN)), Db: { Type: 'AWS::RDS::DBInstance' } }),
    'ICMP type and code': pass(ingress({ IpProtocol: 'icmp', FromPort: 8, ToPort: -1, ...LAN })),
    'a game server fleet with single ports': pass({
      Subject: {
        Type: 'AWS::GameLift::Fleet',
        Properties: { EC2InboundPermissions: [{ FromPort: '9', ToPort: 9, Protocol: 'UDP' }] },
      },
    }),
  },
});

verdicts(rules.ingressSingleHosts, {
  pass: {
    'one address': ingress(tcp(22, { CidrIp: '10.1.2.3/32' })),
    'one IPv6 address': ingress(tcp(22, { CidrIpv6: '2001:db8::1/128' })),
    'a group': ingress(every({ SourceSecurityGroupId: 'sg-12345678' })),
  },
  fail: { 'a network': ingress(tcp(22, LAN)), 'by itself': alone('Ingress', tcp(22, { CidrIpv6: '2001::/99' })) },
  unknown: { 'a parameter': { ...ingress(tcp(22, { CidrIp: { Ref: 'P' } })), ...param } },
  trap: {
    'an IPv6 block of /32 is no host': fail(ingress(tcp(22, { CidrIpv6: '2001:db8::/32' }))),
    'the block of the VPC': fail({ ...ingress(tcp(22, { CidrIp: { 'Fn::GetAtt': ['Vpc', 'CidrBlock'] } })), ...vpc }),
    'an address known at deployment': pass({ ...ingress(tcp(22, { CidrIp: { 'Fn::Sub': '${P}/32' } })), ...param }),
  },
});

verdicts(rules.noWorldEgress, {
  pass: { 'narrow': egress(tcp(443, LAN)), 'by itself': alone('Egress', tcp(443, LAN)) },
  fail: { 'everything': egress(every()), 'by itself': alone('Egress', tcp(443)) },
  unknown: { 'the block is a parameter': { ...egress(tcp(443, { CidrIp: { Ref: 'P' } })), ...param } },
  trap: {
    'none is stated': notApplicable(group({}), { message: /EgressStated/ }),
    'a rule that stands elsewhere': fail(attached('Egress', tcp(443)), { message: /^Rule allows/ }),
    'ingress does not count': pass(group({ SecurityGroupIngress: [every()], SecurityGroupEgress: [tcp(443, LAN)] })),
  },
});

verdicts(rules.egressProtocolNamed, {
  pass: { tcp: egress(tcp(443)) },
  fail: { '-1': egress(every(LAN)), 'by itself': alone('Egress', every(LAN)) },
  unknown: { 'a parameter': { ...egress({ IpProtocol: { Ref: 'P' }, ...LAN }), ...param } },
  trap: {
    'only the host itself': pass(egress(every({ CidrIpv6: '::1/128' }))),
    'the host itself and others': fail(egress(every({ CidrIp: '127.0.0.1/32' }), every({ CidrIp: '25.0.0.0/8' }))),
    'none is stated': notApplicable(group({})),
  },
});

verdicts(rules.egressSinglePorts, {
  pass: { 'one port': egress(tcp(443)) },
  fail: { 'a range': egress(tcp(1, LAN, 9)), 'by itself': alone('Egress', tcp(1, LAN, 9)) },
  unknown: { 'one end is a parameter': { ...egress(tcp({ Ref: 'P' }, LAN, 443)), ...param } },
  trap: { 'all ports of all protocols': fail(egress(every())), 'the range stands elsewhere': fail(attached('Egress', tcp(1, LAN, 9))) },
});

verdicts(rules.egressStated, {
  pass: { 'one rule': egress(tcp(443)), 'one rule, not a list': group({ SecurityGroupEgress: tcp(443) }) },
  fail: { 'none': group({}), 'ingress only': ingress(tcp(443)) },
  unknown: { 'a parameter': { ...group({ SecurityGroupEgress: { Ref: 'P' } }), $Parameters: { P: { Type: 'CommaDelimitedList' } } } },
  trap: {
    'an empty list': fail(egress(), { message: /AWS allows all outbound traffic/ }),
    'a rule that stands elsewhere': pass(attached('Egress', tcp(443))),
    'a rule that stands elsewhere and names the group by its name': pass({
      ...group({ GroupName: 'web' }), Rule: { Type: 'AWS::EC2::SecurityGroupEgress', Properties: { GroupName: 'web', ...tcp(443) } },
    }),
    'a rule of another group': fail({ ...attached('Egress', tcp(443), { Ref: 'Other' }), ...other }),
  },
});

verdicts(rules.ruleDescriptions, {
  pass: {
    'described': ingress({ ...tcp(443), Description: 'from the CDN' }),
    'no rules': group({}),
    'egress': egress({ ...tcp(443), Description: 'to the API' }),
    'by itself': alone('Egress', { ...tcp(443), Description: 'to the API' }),
  },
  fail: { 'not described': ingress(tcp(443)), 'by itself': alone('Ingress', tcp(443)), 'one of two': egress({ ...tcp(443), Description: 'x' }, tcp(80)) },
  unknown: { 'the whole list is a parameter': { ...group({ SecurityGroupIngress: { Ref: 'P' } }), ...param } },
  trap: {
    'empty': fail(ingress({ ...tcp(443), Description: '' })),
    'a rule that stands elsewhere': fail(attached('Ingress', tcp(443)), { message: /^Rule\.Description is absent/ }),
    'a rule that stands elsewhere and is described': pass(attached('Egress', { ...tcp(443), Description: 'to the API' })),
    'a text that deployment supplies': pass({ ...ingress({ ...tcp(443), Description: { Ref: 'P' } }), ...param }),
  },
});

verdicts(rules.groupDescription, {
  pass: { 'a text': group({}) },
  fail: { empty: group({ GroupDescription: '' }), none: { Subject: { Type: 'AWS::EC2::SecurityGroup' } } },
  unknown: { 'a macro': group({ GroupDescription: { 'Fn::Transform': { Name: 'M' } } }), 'a text that deployment supplies': { ...group({ GroupDescription: { 'Fn::Sub': '${P}' } }), ...param } },
  trap: {
    'one letter': fail(group({ GroupDescription: 'x' })),
    'a text that deployment completes': pass({ ...group({ GroupDescription: { 'Fn::Sub': '${P} web' } }), ...param }),
    'one letter that deployment completes': unknown({ ...group({ GroupDescription: { 'Fn::Sub': '${P}x' } }), ...param }),
  },
});

/** The rules that judge the rules of groups, and a rule that fails them. */
const OF_RULES = Object.values(rules).flatMap((rule) => (['Ingress', 'Egress'] as const)
  .filter((direction) => rule.resourceTypes.includes(`AWS::EC2::SecurityGroup${direction}`)).map((direction) => ({ rule, type: `AWS::EC2::SecurityGroup${direction}` })));
const BAD: Readonly<Record<string, object>> = {
  [rules.noOpenHttp.id]: tcp(0, WORLD, 65535), [rules.ingressProtocolNamed.id]: every(), [rules.egressProtocolNamed.id]: every(),
  [rules.ingressSinglePorts.id]: tcp(1, WORLD, 9), [rules.egressSinglePorts.id]: tcp(1, WORLD, 9),
};
const bad = (id: string) => BAD[id] ?? tcp(0, WORLD, 65535);

describe.each(OF_RULES)('one opening is one finding: $rule.id, $type', ({ rule, type }) => {
  const says = (case_: Case) => {
    const { verdict, message, reason } = judge(rule, { ...param, ...isProd, ...case_ });
    return `${verdict}: ${message ?? reason}`;
  };
  const one = bad(rule.id);
  const apart = (to: object, more: object = {}, group_: Case = { Sg: group({}).Subject }) => ({ Subject: { Type: type, Properties: { ...one, ...to }, ...more }, ...group_ });

  test.each<[string, object]>([
    ['GetAtt', { GroupId: { 'Fn::GetAtt': ['Sg', 'GroupId'] } }], ['GetAtt as text', { GroupId: { 'Fn::GetAtt': 'Sg.GroupId' } }], ['Ref', { GroupId: { Ref: 'Sg' } }],
    ['Sub', { GroupId: { 'Fn::Sub': '${Sg.GroupId}' } }], ['GroupName', { GroupName: { Ref: 'Sg' } }],
  ])('a rule apart is judged with its group: %s', (_name, to) => {
    expect(says(apart(to))).toBe('not-applicable: it is judged with its group Sg');
    const { Subject, Sg } = apart(to) as Record<string, object>;
    expect(says({ Subject: Sg, Rule: JSON.parse(JSON.stringify(Subject).replace(/Sg/g, 'Subject')) })).toMatch(/^fail: Rule\b/);
  });

  test('by the name that both write', () => {
    const named = { Sg: group({ GroupName: 'web' }).Subject };
    const computed = { Sg: group({ GroupName: { 'Fn::Sub': '${P}-web' } }).Subject };
    expect(says(apart({ GroupName: 'web' }, {}, named))).toBe('not-applicable: it is judged with its group Sg');
    expect(says(apart({ GroupName: { 'Fn::Sub': '${P}-web' } }, {}, computed))).toBe('not-applicable: it is judged with its group Sg');
    expect(says(apart({ GroupName: 'api' }, {}, named))).toMatch(/^fail/);
    expect(says(apart({ GroupName: 'web' }, {}, computed))).toMatch(/^fail/);
  });

  test.each<[string, object, Case]>([
    ['its id', { GroupId: 'sg-12345678' }, { Sg: group({}).Subject }], ['a parameter', { GroupId: { Ref: 'P' } }, { Sg: group({}).Subject }],
    ['the default group of a VPC', { GroupId: { 'Fn::GetAtt': ['Vpc', 'DefaultSecurityGroup'] } }, vpc], ['nothing', {}, { Sg: group({}).Subject }],
    ['what the template does not define', { GroupId: { Ref: 'Missing' } }, { Sg: group({}).Subject }], ['an import', { GroupId: { 'Fn::ImportValue': 'sg' } }, {}],
  ])('a rule for a group that is not in the templates is judged by itself: %s', (_name, to, more) => expect(says(apart(to, {}, more))).toMatch(/^fail: /));

  test('in one branch it is for a group of somebody else', () => {
    expect(says(apart({ GroupId: { 'Fn::If': ['IsProd', { Ref: 'Sg' }, 'sg-12345678'] } }))).toMatch(/^fail: .* when IsProd is false$/);
    expect(says(apart({ GroupId: { 'Fn::If': ['IsProd', { Ref: 'Sg' }, { Ref: 'Other' }] } }, {}, { Sg: group({}).Subject, ...other }))).toMatch(/^not-applicable/);
  });

  test('its group is in the parent of its nested stack, or the other way round', () => {
    const stack = (Parameters: JsonObject) => ({ Type: 'AWS::CloudFormation::Stack', Properties: { Parameters } });
    const apartFrom = (to: JsonObject) => ({ Type: type, Properties: { ...one, ...to } }) as JsonObject;
    const nested = (inParent: JsonObject, inChild: JsonObject, passed: JsonObject = {}): Record<string, string> => {
      const loader = new Loader();
      const unit = loader.newUnit();
      const parent = loader.addTemplate('outer', { Resources: { ...inParent, Stack: stack(passed) } }, unit, {}, '')!;
      const child = loader.addTemplate('inner', {
        Parameters: { Id: { Type: 'String' } }, Resources: inChild, Outputs: { Id: { Value: { 'Fn::GetAtt': ['Sg', 'GroupId'] } } },
      }, unit, {}, '')!;
      unit.nest(child, parent.resources.get('Stack')!);
      loader.finish();
      return Object.fromEntries([parent, child].flatMap(({ resources }) => [...resources.values()]).filter(({ logicalId }) => logicalId !== 'Stack').map((resource) => {
        const { verdict, message, reason } = evaluate(rule, resource);
        return [resource.logicalId, `${verdict}: ${message ?? reason}`];
      }));
    };
    const Sg = group({}).Subject as JsonObject;
    const Rule = 'not-applicable: it is judged with its group Sg';
    expect(nested({ Sg }, { Rule: apartFrom({ GroupId: { Ref: 'Id' } }) }, { Id: { Ref: 'Sg' } })).toEqual({ Rule, Sg: expect.stringMatching(/^fail: (Rule in inner |inner#Rule\.)/) });
    expect(nested({ Rule: apartFrom({ GroupId: { 'Fn::GetAtt': ['Stack', 'Outputs.Id'] } }) }, { Sg })).toEqual({ Rule, Sg: expect.stringMatching(/^fail: (Rule in outer |outer#Rule\.)/) });
  });

  test('its group is in a stack that is deployed apart', () => {
    const loader = new Loader();
    const [first, second] = [loader.newUnit(), loader.newUnit()];
    loader.addTemplate('groups', { Resources: { Sg: group({}).Subject as JsonObject }, Outputs: { Id: { Value: { Ref: 'Sg' }, Export: { Name: 'sg' } } } }, first, {}, '');
    const apart_ = loader.addTemplate('rules', { Resources: { Rule: { Type: type, Properties: { ...one, GroupId: { 'Fn::ImportValue': 'sg' } } } } }, second, {}, '')!;
    loader.finish();
    // The group does not see it, so nobody else would.
    expect(evaluate(rule, apart_.resources.get('Rule')!).verdict).toBe('fail');
  });

  test('it is not decided', () => {
    const open = rule === rules.ruleDescriptions ? { Description: { 'Fn::Transform': { Name: 'M' } } } : { IpProtocol: { Ref: 'P' }, FromPort: { Ref: 'P' }, CidrIp: { Ref: 'P' } };
    expect(says({ Subject: group({}).Subject, Rule: { Type: type, Properties: { ...open, GroupId: { Ref: 'Subject' } } } })).toMatch(/^not-evaluated/);
  });
});
