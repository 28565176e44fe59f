import { ask, More, result } from './ask';
import { all, any, not, Property, Truth } from '../../../src/rules/kernel';
import { equal, isNumeric } from '../../../src/rules/kernel/scalars';
import { Json, JsonObject } from '../../../src/template/json';
import fc, { runs } from '../../properties';

const NOT_KNOWN = 'A: parameter Open has no default and no value was given';
const open: Json = { Ref: 'Open' };
const sub = (text: string): Json => ({ 'Fn::Sub': text });
type Question = (place: Property) => Truth;

describe('questions to one value', () => {
  const rows: [name: string, question: Question, yes: readonly Json[], no: readonly Json[], unsure: readonly Json[]][] = [
    ['is text', (a) => a.is('on'), ['on', { 'Fn::Sub': 'on' }], ['off', 'On', ' on', '', 1, true, sub('off-${Open}'), sub('${Open}-off')], [open, sub('o${Open}'), sub('${Open}n'), { Ref: 'Bucket' }, [], ['on'], {}, { a: 1 }, { 'Fn::GetAZs': '' }]],
    ['is a number', (a) => a.is(7), [7, '7', '7.0', ' 7 ', '07', '+7', '7e0'], [8, '', '7x', true, '0x7', '0b111', ' ', 'Infinity'], [open, [7], sub('7${Open}')]],
    ['is a boolean', (a) => a.is(true), [true, 'true', 'True', 'TRUE'], [false, 'false', 'yes', 1, '1', ''], [open, [true], {}]],
    ['isTrue', (a) => a.isTrue(), [true, 'true'], [false, 'no', 0], [open]],
    ['isFalse', (a) => a.isFalse(), [false, 'false', 'False'], [true, 0, ''], [open]],
    ['isNot', (a) => a.isNot('*'), ['x', '', 1, sub('a${Open}'), { Ref: 'Bucket' }, { 'Fn::GetAtt': ['Bucket', 'Arn'] }, { Ref: 'AWS::AccountId' }], ['*'], [open, sub('${Open}*'), ['*'], {}, { 'Fn::GetAtt': ['Inner', 'Outputs.X'] }, { 'Fn::ImportValue': 'x' }]],
    ['oneOf', (a) => a.oneOf(['a', 2]), ['a', 2, '2'], ['b', 3, '', true, sub('x${Open}y')], [open, ['a'], sub('${Open}')]],
    ['atLeast', (a) => a.atLeast(7), [7, 8, '7', '8.5', 1e3], [6, '6', -7, 'x', '', true, '0x10', 'NaN', '1e999', `${'0'.repeat(100_000)}x`], [open, sub('1${Open}'), [7]]],
    ['atMost', (a) => a.atMost(7), [7, 6, '7', '-1'], [8, '8', 'x', ''], [open, [7]]],
    ['matches', (a) => a.matches(/^a+$/, 'some a'), ['a', 'aa'], ['b', '', 1], [open, sub('a${Open}'), ['a']]],
    ['startsWith', (a) => a.startsWith('arn:'), ['arn:aws', 'arn:', sub('arn:${Open}'), sub('arn:aws:${Open}')], ['', 'ar', 'xarn:', sub('arx${Open}'), sub('xarn:${Open}')], [open, sub('ar${Open}'), sub('${Open}arn:'), { Ref: 'Bucket' }, ['arn:']]],
    ['endsWith', (a) => a.endsWith('/*'), ['x/*', '/*', sub('${Open}/*'), sub('${Bucket.Arn}/*'), sub('${Open}a/*')], ['', '*', '/*x', sub('${Open}x'), sub('/*${Open}x')], [open, sub('${Open}*'), sub('/*${Open}'), ['/*']]],
    ['includes', (a) => a.includes('b'), ['abc', sub('b${Open}'), sub('${Open}b')], ['', 'a'], [open, sub('a${Open}'), ['b']]],
    ['isPresent', (a) => a.isPresent(), ['x', 0, false, open, sub('${Open}'), ['x'], { a: 1 }, { Ref: 'Bucket' }, { 'Fn::Split': [',', open] }, { 'Fn::GetAZs': '' }, [{ Ref: 'AWS::NoValue' }, open], { a: null, b: open }, { 'a': null, 'Fn::Transform': 'M' }], ['', [], {}, [null], [{ Ref: 'AWS::NoValue' }, { 'Fn::If': ['No', 'x', { Ref: 'AWS::NoValue' }] }], { a: { Ref: 'AWS::NoValue' } }, { a: null }], [{ 'Fn::Transform': 'M' }, { 'Fn::If': ['Nope', 1, 2] }, { 'Fn::Later': 1 }, { 'Fn::Select': [open, ['a']] }]],
    ['isAbsent', (a) => a.isAbsent(), ['', [], {}], ['x', 0, false, open, ['x'], { Ref: 'Bucket' }], [{ 'Fn::Transform': 'M' }]],
    ['count', (a) => a.count(2), [['a', 'b'], ['a', open], { Ref: 'List' }, { 'Fn::Split': [',', 'a,b'] }], [['a'], [], 'a', { a: 1 }, ['a', { Ref: 'AWS::NoValue' }], { Ref: 'Bucket' }], [open, { Ref: 'OpenList' }, { 'Fn::GetAZs': '' }, { 'Fn::GetAtt': ['Vpc', 'CidrBlockAssociations'] }]],
    ['every', (a) => a.every((item) => item.is('x')), [['x', 'x'], [], 'x'], [['x', 'y'], 'y', ['y', open]], [['x', open], open, { 'Fn::GetAZs': '' }]],
    ['some', (a) => a.some((item) => item.is('x')), [['y', 'x'], ['x', open], 'x'], [['y'], [], 'y'], [['y', open], open]],
  ];
  test.each(rows.flatMap(([name, question, yes, no, unsure]) => [
    ...yes.map((raw): [string, Json, Question, string] => [name, raw, question, 'yes']), ...no.map((raw): [string, Json, Question, string] => [name, raw, question, 'no']), ...unsure.map((raw): [string, Json, Question, string] => [name, raw, question, '?']),
  ]))('%s: %j', (_name, raw, question, expected) => expect(ask(raw, question).split(/[: ]/, 1)[0]).toBe(expected));

  test('what is absent is no, except where absence is asked for', () => {
    const absent = rows.map(([name, question]) => `${name}: ${ask(undefined, question).split(/[: ]/, 1)[0]}`);
    expect(absent.filter((row) => row.endsWith(': yes'))).toEqual(['isNot: yes', 'isAbsent: yes', 'every: yes']);
    expect(absent.filter((row) => row.endsWith(': ?'))).toEqual([]);
    for (const none of [null, { Ref: 'AWS::NoValue' }]) expect(rows.map(([name, question]) => `${name}: ${ask(none, question).split(/[: ]/, 1)[0]}`)).toEqual(absent);
  });

  test.each<[string, Json | undefined, Question, string]>([
    ['wanted', 'off', (a) => a.is('on'), 'no: A is "off", expected "on"'], ['absent', undefined, (a) => a.is('on'), 'no: A is absent, expected "on"'], ['not known', open, (a) => a.is('on'), `? ${NOT_KNOWN}`], ['a wrong kind', [1], (a) => a.is('on'), '? A is a list, where a single value was expected'],
    ['an object', { a: 1 }, (a) => a.atLeast(1), '? A is an object, where a single value was expected'], ['a list made of text', { 'Fn::Split': [',', 'a'] }, (a) => a.is('a'), '? A is a list, where a single value was expected'], ['a reference', { Ref: 'Bucket' }, (a) => a.is('x'), '? A: its value is known at deployment'],
    ['unwanted', '*', (a) => a.isNot('*'), 'no: A is "*", expected anything but "*"'], ['one of', 'c', (a) => a.oneOf(['a', 'b']), 'no: A is "c", expected one of a, b'], ['at least', 3, (a) => a.atLeast(7), 'no: A is 3, expected at least 7'], ['at most', '9', (a) => a.atMost(7), 'no: A is "9", expected at most 7'],
    ['a pattern', 'c', (a) => a.matches(/x/, 'an x'), 'no: A is "c", expected an x'], ['empty', '', (a) => a.isPresent(), 'no: A is empty'], ['none wanted', 'x', (a) => a.isAbsent(), 'no: A is "x", expected none'], ['count', ['a'], (a) => a.count(2), 'no: A has 1 element, expected at least 2'],
    ['too few', [], (a) => a.count(2), 'no: A has 0 elements, expected at least 2'], ['an element', ['x', 'y'], (a) => a.every((item) => item.is('x')), 'no: A.1 is "y", expected "x"'], ['no element', [], (a) => a.some((item) => item.is('x')), 'no: A is empty'], ['no list', undefined, (a) => a.some((item) => item.is('x')), 'no: A is absent'],
    ['none of them', ['y', 'z', 'y'], (a) => a.some((item) => item.is('x')), 'no: A.0 is "y", expected "x"; A.1 is "z", expected "x"; A.2 is "y", expected "x"'], ['words for none', [], (a) => a.some((item) => item.is('x'), 'nobody'), 'no: nobody'],
  ])('says %s', (_name, raw, question, expected) => expect(ask(raw, question)).toBe(expected));
});

test('a number that JSON cannot hold is none', () => {
  const { value } = JSON.parse('{"value": 1e999}') as { value: number };
  expect([equal(value, Infinity), isNumeric(value), isNumeric(NaN), isNumeric(7)]).toEqual([false, false, false, true]);
});

describe('the way down', () => {
  const deep: Json = { B: { C: ['x', { D: 'y' }] }, n: null };
  test.each<[Json | undefined, string, string]>([
    [deep, 'B.C.0', 'x'], [deep, 'B.C.1.D', 'y'], [deep, 'B.C.2', 'absent'], [deep, 'B.X', 'absent'], [deep, 'B.X.Y.Z', 'absent'], [deep, 'n', 'absent'], [deep, 'n.x', 'absent'], [undefined, 'B.C', 'absent'],
    [{ B: open }, 'B.C', `?? ${NOT_KNOWN.slice(3)}`], [open, 'B', `?? ${NOT_KNOWN.slice(3)}`], ['x', 'B', '?? A is a string, where an object was expected'], [7, 'B.C', '?? A is a number, where an object was expected'], [['x'], 'B', '?? A is a list, where an object was expected'],
    [{ 'Fn::Split': [',', 'a,b'] }, '1', 'b'], [{ 'Fn::Split': [',', 'a,b'] }, '2', 'absent'], [{ 'Fn::Split': [',', 'a,b'] }, 'B', '?? A is a list, where an object was expected'], [{ 'Fn::Split': [',', sub('a,${Open}')] }, '5', `?? ${NOT_KNOWN.slice(3)}`],
    [{ Ref: 'Bucket' }, 'B', '?? A is ${Bucket}, where an object was expected'], [{ 'Fn::Transform': 'M', 'B': 1 }, 'C', '?? a macro completes this object at deployment'], [{ 'Fn::Transform': 'M', 'B': 'x' }, 'B', 'x'], [{ 'Fn::ForEach::L': [], 'B': 'x' }, 'C', '?? a macro completes this object at deployment'],
    [{ 'Fn::If': ['Yes', 1, 2], 'B': 1 }, 'C', '?? a macro completes this object at deployment'], [{ 'Fn::If': ['Yes', { B: 'x' }, {}] }, 'B', 'x'], [{ 'Fn::If': ['No', { B: 'x' }, {}] }, 'B', 'absent'], [[{ 'Fn::If': ['No', 'a', { Ref: 'AWS::NoValue' }] }, 'b'], '0', 'b'],
    [{ B: { 'Fn::FindInMap': ['Map', 'us-east-1', 'List'] } }, 'B.1', 'm'], [JSON.parse('{"__proto__": {"x": "y"}}'), '__proto__.x', 'y'], [{}, '__proto__', 'absent'], [{}, 'constructor', 'absent'], [{}, 'toString', 'absent'], [['a'], 'length', '?? A is a list, where an object was expected'], [{ 'a b': 1 }, 'a b', '1'],
  ])('%j at %s', (raw, path, expected) => {
    let found = '';
    result(raw, (a) => {
      const { value } = a.get(path);
      found = value.kind === 'known' ? String(value.json) : value.kind === 'unknown' ? `${value.part.present === false ? '??' : '?'} ${value.part.reason}` : value.kind;
      return Truth.YES;
    });
    expect(found).toBe(expected);
  });

  test('a value of the wrong kind is neither there nor absent', () => {
    for (const wrong of ['x', 7, true, ['x'], [{ B: false }], { Ref: 'Bucket' }]) {
      expect(ask(wrong, (a) => a.get('B').isNot(true))).toMatch(/^\? A\.B: A is .*, where an object was expected$/);
      expect(ask(wrong, (a) => a.get('B').isAbsent())).toMatch(/^\?/);
      expect(ask(wrong, (a) => a.get('B').isPresent())).toMatch(/^\?/);
    }
  });
  test('one place is read once', () => {
    result(deep, (a) => {
      expect(a.get('B.C')).toBe(a.get('B').get('C'));
      expect(a.list()).toBe(a.list());
      return Truth.YES;
    });
  });
});

describe('lists', () => {
  const shape = (raw: Json | undefined): string => {
    let found = '';
    result(raw, (a) => {
      const { items, open: rest } = a.list();
      found = [...items.map((item) => `${item.path.slice('Properties.'.length)}=${item.scalar ?? item.value.kind}`), ...rest === undefined ? [] : [`… ${rest}`]].join(' ');
      return Truth.YES;
    });
    return found;
  };
  test.each<[Json | undefined, string]>([
    [['a', 'b'], 'A.0=a A.1=b'], ['a', 'A=a'], [undefined, ''], [[], ''], [{ Ref: 'List' }, 'A.0=a A.1=b A.2=c'], [{ Ref: 'Empty' }, ''], [{ 'Fn::Cidr': ['10.0.0.0/16', 2, 8] }, 'A.0=10.0.0.0/24 A.1=10.0.1.0/24'],
    [{ 'Fn::GetAZs': '' }, '… the Availability Zones of the Region are known at deployment'], [open, `… ${NOT_KNOWN.slice(3)}`], [{ Ref: 'AWS::AccountId' }, 'A=unknown'], [{ Ref: 'AWS::NotificationARNs' }, '… AWS::NotificationARNs is known at deployment'],
    [{ 'Fn::FindInMap': ['Map', 'us-east-1', 'List'] }, 'A.0=l A.1=m'], [{ 'Fn::If': ['Yes', ['a'], []] }, 'A.0=a'], [['a', { 'Fn::If': ['No', 'b', { Ref: 'AWS::NoValue' }] }, null, 'c'], 'A.0=a A.1=c'], [[{ Ref: 'Bucket' }, open], 'A.0=text A.1=unknown'],
    [{ 'Fn::Split': ['||', { 'Fn::Join': ['||', ['a', { Ref: 'Vpc' }]] }] }, 'A.0=a A.1=text'], [{ a: 1 }, 'A=known'], [{ Ref: 'Bucket' }, 'A=text'],
  ])('%j', (raw, expected) => expect(shape(raw)).toBe(expected));
});

describe('entries', () => {
  const entries = (raw: Json | undefined): [string[], string | undefined] => {
    let found: [string[], string | undefined] = [[], undefined];
    result(raw, (a) => {
      const { items, open: rest } = a.entries();
      found = [items.map(({ key, value }) => `${key}=${value.scalar ?? value.value.kind}`), rest];
      return Truth.YES;
    });
    return found;
  };
  test.each<[Json | undefined, string[], string | undefined]>([
    [{ a: 1, b: open, c: null, d: { Ref: 'AWS::NoValue' } }, ['a=1', 'b=unknown'], undefined], [undefined, [], undefined], [{}, [], undefined], [open, [], NOT_KNOWN.slice(3)], [{ 'Fn::Transform': 'M', 'a': 1 }, ['a=1'], 'a macro completes this object at deployment'],
    [{ 'Fn::ForEach::L': [], 'a': 1 }, ['a=1'], 'a macro completes this object at deployment'], ['x', [], 'A is not known to be an object'], [[1], [], 'A is not known to be an object'], [{ Ref: 'Bucket' }, [], 'A is not known to be an object'], [JSON.parse('{"__proto__": 1, "constructor": 2}'), ['__proto__=1', 'constructor=2'], undefined],
  ])('%j', (raw, items, rest) => expect(entries(raw)).toEqual([items, rest]));
});

describe('what AWS does by default', () => {
  const question: Question = (a) => a.awsDefault({ value: 'on', source: 'the guide', read: '2026-11' }).is('on');
  test('counts where nothing is set', () => expect(result(undefined, question)).toEqual({ verdict: 'pass', evidence: [{ path: 'Properties.A', value: 'on', note: 'AWS default (the guide)' }] }));
  test('does not where something is', () => expect([ask('off', question), ask(open, question)]).toEqual(['no: A is "off", expected "on"', `? ${NOT_KNOWN}`]));
  test('does not where what is missing may be added', () => expect(ask({ 'Fn::Transform': 'M' }, question)).toMatch(/^\?/));
  test('does not where explicit settings are asked for', () => expect(ask(undefined, question, { rule: { requireExplicit: true } })).toBe('no: A is absent, expected "on"'));
});

describe('references', () => {
  const seen = <T>(raw: Json, read: (a: Property) => T, more?: More): T => {
    let found: T;
    result(raw, (a) => {
      found = read(a);
      return Truth.YES;
    }, more);
    return found!;
  };
  test('target and attribute', () => {
    expect([{ Ref: 'Bucket' }, { 'Fn::GetAtt': ['Bucket', 'Arn'] }, sub('${Bucket}'), sub('x${Bucket}'), 'x', open].map((raw) => seen(raw, (a) => [a.target()?.logicalId, a.attribute]))).toEqual([
      ['Bucket', undefined], ['Bucket', 'Arn'], ['Bucket', undefined], [undefined, undefined], [undefined, undefined], [undefined, undefined],
    ]);
  });
  test('parameter', () => {
    expect([{ Ref: 'Open' }, { Ref: 'Hidden' }, { Ref: 'Named' }, sub('${Named}'), sub('x${Named}'), 'x', { Ref: 'AWS::Region' }, { Ref: 'Bucket' }].map((raw) => seen(raw, (a) => a.parameter))).toEqual([
      { name: 'Open', noEcho: false, hasDefault: false }, { name: 'Hidden', noEcho: true, hasDefault: true }, { name: 'Named', noEcho: false, hasDefault: true }, undefined, undefined, undefined, undefined, undefined,
    ]);
  });
  test('dynamic secrets', () => {
    const secrets: Json[] = ['{{resolve:secretsmanager:x}}', '{{resolve:ssm-secure:x}}', { 'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: 'Bucket' }, ':SecretString:p::}}']] }];
    const none: Json[] = ['{{resolve:ssm:x}}', '{{resolve:secretsmanager:hunter2', '{{resolve:nowhere:x}}', 'x', open];
    expect([...secrets, ...none].map((raw) => seen(raw, (a) => a.isDynamicSecret()))).toEqual([...secrets.map(() => true), ...none.map(() => false)]);
  });
  test('plain', () => {
    expect(seen({ a: [{ Ref: 'Named' }, { Ref: 'AWS::NoValue' }], b: { Ref: 'List' } }, (a) => a.plain())).toEqual({ a: ['named'], b: ['a', 'b', 'c'] });
    expect(seen({ a: open }, (a) => a.plain())).toBeUndefined();
  });
  test('a reference to a resource that is not made in this world is one all the same', () => {
    const sections: JsonObject = { Resources: { Log: { Type: 'AWS::S3::Bucket', Condition: 'Maybe' } } };
    expect(ask({ Ref: 'Log' }, (a) => Truth.of(a.target()?.logicalId === 'Log', 'no'), { sections })).toBe('yes');
  });
});

describe('evidence', () => {
  test('each place that was asked, once, in order', () => {
    expect(result({ B: 'x', C: ['y', 'z'], D: open }, (a) => all(a.get('B').isPresent(), a.get('C').some((item) => item.is('y')), a.get('B').is('x'), a.get('E').isAbsent(), a.get('D').isPresent())).evidence).toEqual([
      { path: 'Properties.A.B', value: 'x' }, { path: 'Properties.A.C.0', value: 'y' }, { path: 'Properties.A.C.1', value: 'z' }, { path: 'Properties.A.E', value: null }, { path: 'Properties.A.D', value: '${Open}' },
    ]);
  });
  test('both branches of a condition, when both pass', () => {
    expect(result({ 'Fn::If': ['Maybe', 'x', 'y'] }, (a) => a.oneOf(['x', 'y'])).evidence).toEqual([{ path: 'Properties.A', value: 'x' }, { path: 'Properties.A', value: 'y' }]);
  });
  test('the failing branch only, when one fails', () => expect(result({ 'Fn::If': ['Maybe', 'x', 'y'] }, (a) => a.is('x')).evidence).toEqual([{ path: 'Properties.A', value: 'y' }]));
  test('forty places at most', () => expect(result(Array.from({ length: 1000 }, (_, at) => at), (a) => a.every((item) => item.isPresent())).evidence).toHaveLength(40));
});

/** A text with holes: `${Open}` and `${Other}` are parameters that are not known. */
const holes = fc.array(fc.constantFrom('a', 'b', 'ab', '/', '*', 'arn:', '${Open}', '${Other}', '${Open}', ''), { maxLength: 6 }).map((pieces) => pieces.join(''));
const filling = fc.constantFrom('', 'a', 'b', 'ab', '/', '*', 'arn:', 'ba');

describe('a text of which part is known', () => {
  const literal = fc.constantFrom('a', 'b', 'ab', 'aab', '/', '*', 'a*', 'arn:', 'arn:a', 'aba', 'b/');
  const questions: ((text: string) => Question)[] = [
    (text) => (a) => a.is(text), (text) => (a) => a.isNot(text), (text) => (a) => a.oneOf([text, 'x']), (text) => (a) => a.startsWith(text), (text) => (a) => a.endsWith(text), (text) => (a) => a.includes(text),
    (text) => (a) => a.matches(new RegExp(`^${text.replace(/[*/]/g, '\\$&')}`), text), (text) => (a) => not(a.is(text), ''), (text) => (a) => any([a.startsWith(text), a.endsWith(text)]),
    (text) => (a) => all(a.isNot(text), a.includes(text)), (text) => (a) => a.some((item) => item.is(text)), (text) => (a) => a.every((item) => item.isNot(text)),
  ];
  const parameters = { Parameters: { Open: { Type: 'String' }, Other: { Type: 'String' } } };
  test('is never judged against what it turns out to be', () => fc.assert(fc.property(holes, literal, fc.constantFrom(...questions), filling, filling, (text, wanted, question, Open, Other) => {
    const before = ask(sub(text), question(wanted), { sections: parameters }).split(/[: ]/, 1)[0];
    const after = ask(sub(text), question(wanted), { sections: parameters, options: { parameters: { Open, Other } } }).split(/[: ]/, 1)[0];
    if (before !== '?') expect({ text, wanted, Open, Other, before }).toEqual({ text, wanted, Open, Other, before: after });
  }), runs(3000)));
});

describe('a value that comes not to be known', () => {
  const value = fc.oneof(fc.constantFrom<Json>('on', 'off', '', true, false, 'true', 0, 7, '7', null, '*', 'arn:x', [], {}, ['on'], ['on', 'off'], { B: 'on' }, { B: ['on'] }, { 'Fn::If': ['Maybe', 'on', 'off'] }, sub('${Open}'), sub('a${Open}'), { Ref: 'List' }, { 'Fn::GetAZs': '' }), fc.string());
  // All but those that ask for presence, which a value that deployment supplies has.
  const questions: Question[] = [
    (a) => a.is('on'), (a) => a.isTrue(), (a) => a.isFalse(), (a) => a.isNot('on'), (a) => a.isNot('*'), (a) => a.oneOf(['on', 7]), (a) => a.atLeast(3), (a) => a.atMost(3), (a) => a.startsWith('a'), (a) => a.endsWith('n'), (a) => a.includes('o'), (a) => a.matches(/o/, 'o'), (a) => a.count(1), (a) => a.isAbsent(),
    (a) => a.get('B').is('on'), (a) => a.get('B').isNot('on'), (a) => a.get('B').isAbsent(), (a) => a.get('B').isPresent(), (a) => a.get('0').is('on'), (a) => a.every((item) => item.is('on')), (a) => a.some((item) => item.is('on')), (a) => a.awsDefault({ value: 'on', source: 's' }).is('on'), (a) => a.awsDefault({ value: 'on', source: 's' }).isNot('on'),
    (a) => any(a.entries().items.map((entry) => entry.value.is('on')).concat(a.entries().open === undefined ? [] : [Truth.unknown('open')])),
  ];
  test('turns no failure into a pass', () => fc.assert(fc.property(value, fc.constantFrom(...questions), (raw, question) => {
    if (ask(raw, question).startsWith('no')) expect(ask(open, question)).toMatch(/^[?n]/);
  }), runs(2000)));
});
