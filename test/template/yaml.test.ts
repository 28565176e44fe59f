import { stringify } from 'yaml';
import fc, { runs } from '../properties';
import { templateOf, yaml } from './values';
import { Json, JsonObject } from '../../src/template/json';
import { DEFAULT_LIMITS } from '../../src/template/limits';
import { InputError, parseText } from '../../src/template/parse';
import { SOON, worked } from '../soon';

const refusal = (text: string, limits = DEFAULT_LIMITS): string => {
  const began = process.cpuUsage();
  let message = 'was read';
  try {
    parseText(text, limits);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    ({ message } = error);
  }
  expect(worked(began)).toBeLessThan(SOON);
  return message;
};

describe('short tags', () => {
  test.each<[string, Json]>([
    ['!Ref A', { Ref: 'A' }], ['!Condition A', { Condition: 'A' }], ['!GetAtt A.B', { 'Fn::GetAtt': ['A', 'B'] }], ['!GetAtt A.B.C', { 'Fn::GetAtt': ['A', 'B.C'] }], ['!GetAtt A', { 'Fn::GetAtt': 'A' }],
    ['!GetAtt [A, B]', { 'Fn::GetAtt': ['A', 'B'] }], ['!Sub 8080', { 'Fn::Sub': '8080' }], ['!Sub "a: b"', { 'Fn::Sub': 'a: b' }], ['!Sub |\n  a\n  b', { 'Fn::Sub': 'a\nb\n' }], ['!Sub >-\n  a\n  b', { 'Fn::Sub': 'a b' }],
    ['!Join [",", [!Ref A, b]]', { 'Fn::Join': [',', [{ Ref: 'A' }, 'b']] }], ['!Join\n  - ""\n  - - a\n    - !Ref B', { 'Fn::Join': ['', ['a', { Ref: 'B' }]] }],
    ['!If [C, !Ref A, !Ref "AWS::NoValue"]', { 'Fn::If': ['C', { Ref: 'A' }, { Ref: 'AWS::NoValue' }] }], ['!And [!Condition A, !Not [!Equals [!Ref B, c]]]', { 'Fn::And': [{ Condition: 'A' }, { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'B' }, 'c'] }] }] }],
    ['!Or [true, false]', { 'Fn::Or': [true, false] }], ['!Select [0, !GetAZs ""]', { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }], ['!GetAZs\n  Ref: AWS::Region', { 'Fn::GetAZs': { Ref: 'AWS::Region' } }],
    ['!Base64\n  Fn::Sub: a', { 'Fn::Base64': { 'Fn::Sub': 'a' } }], ['!FindInMap [A, !Ref B, C]', { 'Fn::FindInMap': ['A', { Ref: 'B' }, 'C'] }], ['!ImportValue a', { 'Fn::ImportValue': 'a' }], ['!Split [",", a]', { 'Fn::Split': [',', 'a'] }],
    ['!Cidr [10.0.0.0/16, 2, 8]', { 'Fn::Cidr': ['10.0.0.0/16', 2, 8] }], ['!Transform {Name: M}', { 'Fn::Transform': { Name: 'M' } }], ['!Length [1]', { 'Fn::Length': [1] }], ['!ToJsonString {a: 1}', { 'Fn::ToJsonString': { a: 1 } }],
    ['!GetStackOutput\n  StackName: a\n  OutputName: b', { 'Fn::GetStackOutput': { StackName: 'a', OutputName: 'b' } }], ['!Foo bar', { 'Fn::Foo': 'bar' }], ['!Ref', { Ref: '' }], ['! x', 'x'], ['!!str 7', '7'], ['!<!Ref> A', { Ref: 'A' }],
  ])('%j', (text, value) => expect(yaml(text)).toEqual(value));
});

describe('scalars of YAML 1.1, as CloudFormation takes them', () => {
  test.each<[string, Json]>([
    ['yes', true], ['No', false], ['on', true], ['OFF', false], ['True', true], ['y', 'y'], ['N', 'N'], ['"yes"', 'yes'], ['~', null], ['null', null], ['', null], ['2012-10-17', '2012-10-17'], ['2001-12-14t21:59:43.10-05:00', '2001-12-14t21:59:43.10-05:00'],
    ['22:30', '22:30'], ['190:20:30', '190:20:30'], ['0644', 420], ['0x1F', 31], ['0b101', 5], ['1_000', 1000], ['012345678901', '012345678901'], ['123456789012', 123456789012], ['12345678901234567890', '12345678901234567890'], ['010', 8], ['08', '08'], ['1.5', 1.5], ['1e3', 1000], ['+7', 7],
    ['.inf', '.inf'], ['.nan', '.nan'], ['-1', -1], ['!!binary aGk=', 'aGk='], ["'it''s'", "it's"], ['"\\u00e9\\n"', 'é\n'], ['a # comment', 'a'], ['"#"', '#'], ['a:b', 'a:b'], ['{a: 1, b: [x, y,],}', { a: 1, b: ['x', 'y'] }],
    ['|\n  a: {{b}}\n', 'a: {{b}}\n'], ['"{{resolve:ssm:x}}"', '{{resolve:ssm:x}}'], ['arn:aws:s3:::b/*', 'arn:aws:s3:::b/*'], ['*', 'refused'], ['sg-1', 'sg-1'], ['-', 'refused'], ['7e22', 7e22],
  ])('%j', (text, value) => {
    if (value !== 'refused') return expect(yaml(text)).toEqual(value);
    return expect(() => yaml(text)).toThrow(InputError);
  });
});

describe('keys', () => {
  test.each<[string, Json]>([
    ['80: a', { 80: 'a' }], ['yes: a', { yes: 'a' }], ['"a b": 1', { 'a b': 1 }], ['? a\n: 1', { a: 1 }], ['? [a, b]\n: 1', { '["a","b"]': 1 }], ['2012-10-17: 1', { '2012-10-17': 1 }], ['0644: 1', { '0644': 1 }], ['~: 1', { '~': 1 }],
    ['x: &k key\ny: {*k : 1}', { x: 'key', y: { key: 1 } }], ['aws:SecureTransport: false', { 'aws:SecureTransport': false }], ['Fn::If: [a, b, c]', { 'Fn::If': ['a', 'b', 'c'] }],
  ])('%j', (text, value) => expect(parseText(text)).toEqual(value));

  test.each([
    ['a: 1\na: 2', 'line 2: the key a appears twice in one object'], ['a:\n  b: 1\n  c: 2\n  b: 3', 'line 4: the key b appears twice in one object'], ['{a: 1, a: 2}', 'line 1: the key a appears twice in one object'],
    ['"a": 1\na: 2', 'line 2: the key a appears twice in one object'], ['1: a\n"1": b', 'line 2: the key 1 appears twice in one object'], ['x:\n- a: 1\n  "\\u0061": 2', 'line 3: the key a appears twice in one object'],
  ])('%j is refused, with the key', (text, message) => expect(refusal(text)).toBe(message));
});

describe('anchors and merge keys', () => {
  test.each<[string, Json]>([
    ['a: &x {b: 1}\nc: *x', { a: { b: 1 }, c: { b: 1 } }], ['a: &x 1\nb: &x 2\nc: *x', { a: 1, b: 2, c: 2 }], ['a: &x [&y 1]\nb: [*x, *y]', { a: [1], b: [[1], 1] }], ['a: &x !Ref B\nc: *x', { a: { Ref: 'B' }, c: { Ref: 'B' } }],
    ['a: &x {p: 1, q: 1}\nb: {<<: *x, q: 2}', { a: { p: 1, q: 1 }, b: { p: 1, q: 2 } }], ['a: &x {q: 1}\nb: {q: 2, <<: *x}', { a: { q: 1 }, b: { q: 2 } }],
    ['a: &x {p: 1}\nb: &y {p: 2, q: 2}\nc: {<<: [*x, *y]}', { a: { p: 1 }, b: { p: 2, q: 2 }, c: { p: 1, q: 2 } }], ['a: {<<: 7}', { a: {} }],
    ['i: &i 1\na: &x [*i]\ni2: &i 2\nb: *x', { i: 1, a: [1], i2: 2, b: [1] }],
  ])('%j', (text, value) => expect(parseText(text)).toEqual(value));
  test('an alias without anchor', () => expect(refusal('a: *nobody')).toMatch(/alias|Aliased anchor not found/));
});

describe('documents', () => {
  test.each(['---\na: 1', '---\na: 1\n...\n', '%YAML 1.1\n---\na: 1', 'a: 1\n---\n', '# comment\na: 1'])('%j holds one', (text) => expect(parseText(text)).toEqual({ a: 1 }));
  test.each(['a: 1\n---\nb: 2', '---\na: 1\n---\nb: 2\n---\nc: 3', 'a: 1\n...\n---\nb: 2'])('%j holds several, of which none may be dropped', (text) => expect(refusal(text)).toBe('holds several YAML documents, expected one'));
});

describe('what is no YAML', () => {
  test.each([
    ['a:\n\tb: 1', /^line 2: not valid YAML: Tabs/], ['a: [1', /^line 1: not valid YAML/], ['a: b: c', /not valid YAML/], ['a: "x', /not valid YAML/], ['\n\na: }', /^line 3: not valid YAML/], ['a: !Ref !Sub x', /not valid YAML/], ['@a: 1', /not valid YAML/],
  ])('%j', (text, message) => expect(refusal(text)).toMatch(message));
});

describe('hostile YAML ends soon', () => {
  const list = (count: number) => Array.from({ length: count }, (_, at) => at);
  test.each<[string, string, RegExp]>([
    ['a billion laughs', `a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n${list(30).map((at) => `a${at + 1}: &a${at + 1} [${Array(10).fill(`*a${at}`).join(',')}]`).join('\n')}`, /^more than 1000 alias expansions|^aliases stand for more/],
    ['many aliases of one large list', `a: &a [${list(20_000).join(',')}]\n${list(900).map((at) => `b${at}: *a`).join('\n')}`, /^aliases stand for more than 100000 values$/],
    ['many merges of one large object', `a: &a {${list(5000).map((at) => `k${at}: 1`).join(', ')}}\n${list(900).map((at) => `b${at}: {<<: *a}`).join('\n')}`, /^aliases stand for more than 100000 values$/],
    ['more aliases than are allowed', `a: &a 1\nb: [${list(1001).fill(0).map(() => '*a').join(', ')}]`, /^more than 1000 alias expansions$/],
    ['many keys', list(20_000).map((at) => `k${at}: v`).join('\n'), /^was read$/],
    ['many keys in a flow', `a: {${list(20_000).map((at) => `k${at}: v`).join(', ')}}`, /^was read$/],
    ['many tags', list(20_000).map(() => '- !Sub x').join('\n'), /^was read$/],
    ['tags in a row', `a: ${'!Sub '.repeat(20_000)}`, /not valid YAML/],
    ['many documents', '---\n'.repeat(50_000), /^holds several YAML documents/],
    ['many quotes', '"'.repeat(200_000), /not valid YAML/],
    ['many errors', '@ `\n'.repeat(50_000), /not valid YAML/],
    ['many directives', '%YAML 1.1\n'.repeat(20_000), /not valid YAML/],
    ['a long line', `a: ${'x '.repeat(200_000)}`, /^was read$/],
  ])('%s', (_name, text, message) => expect(refusal(text)).toMatch(message));
});

describe('JSON and YAML of one value give one model', () => {
  const keys = fc.constantFrom('Resources', 'Type', 'Properties', 'Ref', 'Fn::Sub', 'Fn::If', 'a', 'Condition', 'yes', '80', '2012-10-17', '<', 'é', 'a b', '');
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 4 }, fc.constantFrom<Json>('yes', 'no', '~', 'null', '0644', '012345678901', '2012-10-17', '22:30', '1e3', '.inf', '!Ref x', '*a', '&a', '<<', '- a', '{', '"', "'", '\n', 'a\nb', ' x ', 'a: b', '# c', '', '{{resolve:ssm:x}}', true, false, null, 0, -1.5, 7e22),
      fc.string(), fc.integer(), tie('list'), tie('object')),
    list: fc.array(tie('value'), { maxLength: 4 }),
    object: fc.dictionary(keys, tie('value'), { maxKeys: 4 }),
  }));
  test('whatever it holds', () => fc.assert(fc.property(value, (one) => {
    const json = JSON.parse(JSON.stringify({ Value: one })) as JsonObject;
    expect(parseText(stringify(json, { version: '1.1', aliasDuplicateObjects: false }))).toEqual(json);
  }), runs(300)));

  test('and so does a template with short tags', () => {
    const short = templateOf('Resources:\n  B:\n    Type: AWS::S3::Bucket\n    Properties:\n      BucketName: !Sub "${AWS::StackName}-x"\n      Tags: [{Key: a, Value: !GetAtt T.Arn}]\n  T: {Type: AWS::SNS::Topic}');
    const long = templateOf(JSON.stringify({ Resources: { B: { Type: 'AWS::S3::Bucket', Properties: { BucketName: { 'Fn::Sub': '${AWS::StackName}-x' }, Tags: [{ Key: 'a', Value: { 'Fn::GetAtt': ['T', 'Arn'] } }] } }, T: { Type: 'AWS::SNS::Topic' } } }));
    expect(short.raw).toEqual(long.raw);
  });
});
