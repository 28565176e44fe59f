import { SOON, worked } from '../soon';
import { judgeAll, placesOf } from './templates';
import { allRules } from '../../src/rules';
import { Json, JsonObject, put } from '../../src/template/json';
import { DEFAULT_LIMITS } from '../../src/template/limits';
import { InputError, parseText } from '../../src/template/parse';

/** Judges a template and expects that to end. */
function soon(raw: Json): string[] {
  const began = process.cpuUsage();
  const judged = judgeAll(raw);
  expect(worked(began)).toBeLessThan(SOON);
  expect(judged.filter(({ crashed }) => crashed)).toEqual([]);
  return judged.map(({ verdict }) => verdict);
}

const times = <T>(count: number, make: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at));
const bucket = (properties: Json = {}, more: JsonObject = {}): JsonObject => ({ Type: 'AWS::S3::Bucket', Properties: properties, ...more });
const policyOf = (Statement: Json, target: Json = { Ref: 'B' }): JsonObject => ({ Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: target, PolicyDocument: { Statement } } });
const undecided = (count: number): JsonObject => ({
  Parameters: Object.fromEntries(times(count, (at) => [`P${at}`, { Type: 'String' }])), Conditions: Object.fromEntries(times(count, (at) => [`C${at}`, { 'Fn::Equals': [{ Ref: `P${at}` }, 'x'] }])),
});

describe('large values end soon', () => {
  test.each<[string, JsonObject]>([
    ['a list of a hundred thousand', { B: bucket({ Tags: times(100_000, (at) => ({ Key: String(at), Value: 'x' })) }) }],
    ['a list that is longer than a call takes arguments', { B: bucket({ BucketEncryption: { ServerSideEncryptionConfiguration: times(130_000, () => ({})) } }) }],
    ['a policy of ten thousand statements', { B: bucket(), P: policyOf(times(10_000, (at) => ({ Effect: at % 2 ? 'Allow' : 'Deny', Principal: '*', Action: ['s3:*', `s3:${at}`], Resource: '*' }))) }],
    ['a statement of fifty thousand actions', { R: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Statement: { Effect: 'Allow', Action: times(50_000, (at) => `s3:*${at}*`), Resource: '*' } } } } }],
    ['a hostile action', { R: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Statement: { Effect: 'Allow', Action: '*a'.repeat(100_000), Resource: '*a'.repeat(100_000) } } } } }],
    ['a security group of three thousand rules', { G: { Type: 'AWS::EC2::SecurityGroup', Properties: { SecurityGroupIngress: times(3000, (at) => ({ IpProtocol: 'tcp', FromPort: at, ToPort: at, CidrIp: '0.0.0.0/0' })) } } }],
    ['an object of a hundred thousand keys', { F: { Type: 'AWS::Lambda::Function', Properties: { Environment: { Variables: Object.fromEntries(times(100_000, (at) => [`K${at}_PASSWORD`, 'x'])) } } } }],
    ['text of a million characters', { B: bucket({ BucketName: 'x'.repeat(1_000_000), AccessControl: { 'Fn::Sub': '${AWS::Region}'.repeat(70_000) } }) }],
  ])('%s', (_name, resources) => expect(soon({ Resources: resources }).length).toBeGreaterThan(0));

  test('five hundred buckets, each with a policy, a name and a log bucket', () => {
    const resources: JsonObject = {};
    for (let at = 0; at < 500; at++) {
      resources[`B${at}`] = bucket({ BucketName: { 'Fn::Sub': `b${at}-\${AWS::AccountId}` }, LoggingConfiguration: { DestinationBucketName: { 'Fn::Sub': `b${(at + 1) % 500}-\${AWS::AccountId}` } } });
      resources[`P${at}`] = policyOf({ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': false } } }, { Ref: `B${at}` });
    }
    soon({ Resources: resources });
  });
  test('a thousand policies of one bucket', () => void soon({ Resources: { B: bucket(), ...Object.fromEntries(times(1000, (at) => [`P${at}`, policyOf([])])) } }));
});

describe('intricate expressions end soon', () => {
  test('eight undecided conditions in each of a hundred places', () => {
    const place = (at: number): Json => times(8, (n) => n).reduce<Json>((inner, n) => ({ 'Fn::If': [`C${n}`, inner, String(at)] }), 'Enabled');
    soon({ ...undecided(8), Resources: Object.fromEntries(times(20, (at) => [`B${at}`, bucket({ VersioningConfiguration: { Status: place(at) }, AccessControl: place(at), BucketName: { 'Fn::Join': ['', times(50, place)] } })])) });
  });
  test('a tree of conditions that are undecided', () => {
    const tree = (depth: number): Json => (depth === 0 ? { 'Fn::Equals': [{ Ref: 'P0' }, String(depth)] } : { 'Fn::Or': [tree(depth - 1), { 'Fn::And': [tree(depth - 1), { Condition: `C${depth % 8}` }] }] });
    soon({ ...undecided(8), Conditions: { ...undecided(8).Conditions as JsonObject, T: tree(8) }, Resources: { B: bucket({}, { Condition: 'T' }) } });
  });
  test('functions in functions, as deep as a template may nest', () => {
    const nest = (depth: number): Json => (depth === 0 ? { Ref: 'P0' } : { 'Fn::Sub': ['${a}${a}', { a: nest(depth - 1) }] });
    soon({ ...undecided(1), Resources: { B: bucket({ BucketName: nest(30), AccessControl: nest(30) }), P: policyOf([], nest(30)) } });
  });
  test('a hundred parameters of one another', () => {
    const cell = (at: number): Json => ({ 'Fn::Join': ['', [{ 'Fn::FindInMap': ['M', 'a', `k${at + 1}`] }, { 'Fn::FindInMap': ['M', 'a', `k${at + 1}`] }]] });
    soon({ Mappings: { M: { a: { ...Object.fromEntries(times(60, (at) => [`k${at}`, cell(at)])), k60: 'x' } } }, Resources: Object.fromEntries(times(5, (at) => [`B${at}`, bucket({ BucketName: { 'Fn::FindInMap': ['M', 'a', 'k0'] } })])) });
  });
  test('ten thousand exports that take decisions', () => {
    const name = (at: number): Json => ({ 'Fn::Join': ['', [String(at), ...times(8, (n): Json => ({ 'Fn::If': [`C${n}`, 'a', 'b'] }))]] });
    soon({ ...undecided(8), Resources: { B: bucket() }, Outputs: Object.fromEntries(times(10_000, (at) => [`O${at}`, { Value: 'x', Export: { Name: name(at) } }])) });
  });
  test('a thousand policies whose bucket takes decisions', () => {
    const target: Json = { 'Fn::Sub': ['${a}', { a: times(7, (n) => n).reduce<Json>((inner, n) => ({ 'Fn::If': [`C${n}`, inner, { Ref: 'Other' }] }), { Ref: 'B' }) }] };
    soon({ ...undecided(8), Resources: { B: bucket(), Other: { Type: 'AWS::SNS::Topic' }, ...Object.fromEntries(times(1000, (at) => [`P${at}`, policyOf([], target)])) } });
  });
});

describe('hostile text in every place that a rule asks for', () => {
  const types = [...new Set(allRules().flatMap(({ resourceTypes }) => [...resourceTypes]))];
  const long = 60_000;
  const texts = ['a'.repeat(long), '/'.repeat(long), 'arn:'.repeat(long / 4), ':'.repeat(long), `${'a.'.repeat(long / 2)}!`, `${'0'.repeat(long)}x`, ' '.repeat(long), `${'-a'.repeat(long / 2)} `, '{{resolve:'.repeat(long / 10), `${'a@'.repeat(long / 2)}`, '<'.repeat(long), '*?'.repeat(long / 2), `${'password='.repeat(long / 10)}`];
  test.each(texts.map((text) => [text.slice(0, 12), text]))('%s…', (_start, text) => {
    const value: Json = { Ref: 'Text' };
    const resources: JsonObject = {};
    for (const [at, type] of types.entries()) {
      const properties: JsonObject = {};
      for (const place of placesOf(type)) {
        const [first, second, third] = place.split('.');
        if (second === undefined) put(properties, first, value);
        else if (/^\d+$/.test(second)) put(properties, first, [third === undefined ? value : { [third]: value }]);
        else put(properties, first, { ...properties[first] as object, [second]: value });
      }
      resources[`R${at}`] = { Type: type, Properties: properties };
    }
    soon({ Parameters: { Text: { Type: 'String', Default: text } }, Resources: resources });
  });
});

describe('hostile files end soon', () => {
  const refused = (text: string): string => {
    const began = process.cpuUsage();
    try {
      parseText(text);
      return 'was read';
    } catch (error) {
      expect(error).toBeInstanceOf(InputError);
      return (error as InputError).message;
    } finally {
      expect(worked(began)).toBeLessThan(SOON);
    }
  };
  const full = DEFAULT_LIMITS.bytes;
  test.each<[string, string, RegExp]>([
    ['a list of a million levels', '['.repeat(1e6) + ']'.repeat(1e6), /^nested deeper/], ['objects as deep', `${'{"a":'.repeat(1e6)}1${'}'.repeat(1e6)}`, /^nested deeper/], ['a long list', `[${'1,'.repeat(full / 2 - 2)}1]`, /^was read/], ['a long text', `"${'x'.repeat(full - 2)}"`, /larger than/], ['escapes', `["${'\\"'.repeat(full / 2 - 4)}"]`, /^was read/], ['backslashes', `["${'\\\\'.repeat(full / 2 - 4)}"]`, /^was read/],
    ['many keys, the last one twice', `{${times(100_000, (at) => `"k${at}":1`).join(',')},"k7":1}`, /^line 1: the key "k7" appears twice/], ['broken JSON', `{${times(100_000, (at) => `"k${at}":1`).join(',')}`, /^not valid JSON/], ['too long', `["${'x'.repeat(full)}"]`, /^larger than/],
  ])('%s', (_name, text, message) => expect(refused(text)).toMatch(message));
});
