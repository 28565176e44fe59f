import { result } from './ask';
import { evidenceValue, isSecretKey, keyAt, secretPair, showValue } from '../../../src/rules/kernel/show';
import { resolve } from '../../../src/template/intrinsics';
import { Json } from '../../../src/template/json';
import { World } from '../../../src/template/world';
import { SECTIONS, templateOf } from '../../template/values';

const template = templateOf(JSON.stringify(SECTIONS));
const value = (raw: Json | undefined) => resolve(raw, template, new World());
const evidence = (raw: Json | undefined, key = 'A') => evidenceValue(value(raw), key);

describe('keys of secrets', () => {
  test.each(['MasterUserPassword', 'password', 'DB_PASSWORD', 'db-password', 'Secret', 'CLIENT_SECRET', 'OAuthToken', 'apiKey', 'API_KEY', 'SecretAccessKey', 'PRIVATE_KEY', 'ConnectionString', 'SecretString', 'credentials'])('%s', (key) => expect(isSecretKey(key)).toBe(true));
  test.each(['PasswordLength', 'SecretArn', 'TokenValidity', 'KmsKeyId', 'Name', 'Value', '', 'KeyId'])('not %s', (key) => expect(isSecretKey(key)).toBe(false));
  test.each([['Properties.A', 'A'], ['Properties.Passwords.0', 'Passwords'], ['Properties.Password.0.1', 'Password'], ['Password', 'Password'], ['0', '0'], ['', ''], ['A.0.B', 'B'], ['A.10', 'A']])('the key at %j is %j', (path, key) => expect(keyAt(path)).toBe(key));
  test('the key at a path of a million digits', () => expect(keyAt(`A${'.1'.repeat(500_000)}x`)).toBe('1x'));
  test.each<[Json, string | undefined]>([
    [{ Name: 'DB_PASSWORD', Value: 'x' }, 'Value'], [{ Key: 'token', Value: 'x' }, 'Value'], [{ name: 'token', value: 'x' }, 'value'], [{ key: 'token', value: 'x' }, 'value'], [{ Name: 'DB_HOST', Value: 'x' }, undefined], [{ Name: 'DB_PASSWORD' }, undefined], [{ Name: { Ref: 'P' }, Value: 'x' }, undefined], [{}, undefined],
  ])('the pair %j', (pair, secret) => expect(secretPair(pair as never)).toBe(secret));
});

describe('what is shown', () => {
  test.each<[Json | undefined, Json]>([
    [undefined, null], [null, null], ['x', 'x'], [7, 7], [false, false], ['', ''], [['a', 1], ['a', 1]], [{ a: 1 }, { a: 1 }], [{ Ref: 'Bucket' }, '${Bucket}'], [{ 'Fn::GetAtt': ['Bucket', 'Arn'] }, '${Bucket.Arn}'], [{ Ref: 'Open' }, '${Open}'], [{ 'Fn::Sub': 'a${Open}b' }, 'a${Open}b'], [{ Ref: 'AWS::Region' }, '${AWS::Region}'],
    [{ 'Fn::Transform': 'M' }, '(not known: the macro M decides it at deployment)'], [{ 'Fn::GetAZs': '' }, '(list of 0 or more)'], [{ 'Fn::Split': [',', 'a,b'] }, '(list of 2)'], ['{{resolve:secretsmanager:x}}', '{{resolve:secretsmanager:x}}'], [{ 'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: 'Bucket' }, '}}']] }, '{{resolve:secretsmanager:${Bucket}}}'],
    ['x'.repeat(400), `${'x'.repeat(300)}…`], [{ 'Fn::Sub': `\${Open}${'x'.repeat(400)}` }, `\${Open}${'x'.repeat(293)}…`], [['x'.repeat(400)], `["${'x'.repeat(298)}…`], [[{ Ref: 'Bucket' }], [{ Ref: 'Bucket' }]],
  ])('%j', (raw, shown) => expect(evidence(raw)).toEqual(shown));
  test('in a sentence', () => expect([undefined, 'x', 7, ['a'], { 'Fn::Transform': 'M' }, { Ref: 'Hidden' }].map((raw: unknown) => showValue(value(raw as Json), 'A'))).toEqual(['null', '"x"', '7', '["a"]', '(not known: the macro M decides it at deployment)', '"[redacted]"']));
});

describe('secrets are not', () => {
  const SECRET = /hunter2|s3cr3t|31337/;
  test.each<[string, Json, string]>([
    ['under a telling key', 'hunter2', 'Password'], ['a number', 31337, 'Password'], ['in a list', ['hunter2', 31337], 'Passwords'.slice(0, 8)], ['in an object', { Password: 'hunter2', a: { b: [{ ClientSecret: 's3cr3t' }] } }, 'A'], ['in a pair', { Name: 'DB_PASSWORD', Value: 'hunter2' }, 'A'], ['in a list of pairs', [{ Name: 'TOKEN', Value: 31337 }, { Key: 'a_secret', Value: ['hunter2'] }], 'A'],
    ['in a function', { 'Fn::Join': ['', ['hunter2', { Ref: 'Open' }]] }, 'Password'], ['in the variables of a function', { a: { Password: { 'Fn::Sub': ['${x}', { x: 'hunter2' }] } } }, 'A'], ['in a function in an object', { Password: { 'Fn::Join': ['', ['hunt', 'er2', 'hunter2']] } }, 'A'], ['beside what is not known', { 'Fn::Sub': ':hunter2${Open}/s3cr3t' }, 'Password'],
    ['a hidden parameter', { Ref: 'Hidden' }, 'A'], ['a hidden parameter in text', { 'Fn::Sub': 'x-${Hidden}' }, 'A'],
  ])('%s', (_name, raw, key) => expect(JSON.stringify(evidence(raw, key))).not.toMatch(SECRET));
  test('what is no secret under such a key is shown', () => {
    expect(evidence({ Ref: 'Bucket' }, 'Password')).toBe('${Bucket}');
    expect(evidence({ Ref: 'Open' }, 'Password')).toBe('${Open}');
    expect(evidence('{{resolve:secretsmanager:x}}', 'Password')).toBe('{{resolve:secretsmanager:x}}');
    expect(evidence({ Password: { Ref: 'Open' }, S: { 'Fn::GetAtt': ['B', 'Secret'] } })).toEqual({ Password: { Ref: 'Open' }, S: { 'Fn::GetAtt': ['B', 'Secret'] } });
    expect([evidence('', 'Password'), evidence(true, 'ManageMasterUserPassword'), evidence(undefined, 'Password')]).toEqual(['', true, null]);
  });
  test.each<[string, unknown, string]>([
    ['an access key under any name', { NOTE: 'id AKIAABCDEFGHIJKLMNOP end' }, '{"NOTE":"id [redacted] end"}'],
    ['a temporary one in a list', ['ASIAABCDEFGHIJKLMNOP'], '["[redacted]"]'],
    ['a private key', '-----BEGIN RSA PRIVATE KEY-----\nMIIB\n-----END RSA PRIVATE KEY-----', '"[redacted]"'],
    ['a private key that is cut off', 'x -----BEGIN PRIVATE KEY-----\nMIIB', '"x [redacted]"'],
    ['in a text that is partly known', { 'Fn::Sub': 'AKIAABCDEFGHIJKLMNOP ${AWS::Region}' }, '"[redacted] ${AWS::Region}"'],
    ['a word that only begins so', 'AKIA and PRIVATE KEY of nobody', '"AKIA and PRIVATE KEY of nobody"'],
  ])('what is a credential by its shape is hidden: %s', (_name, raw, shown) => expect(JSON.stringify(evidence(raw as Json))).toBe(shown));

  test('keys such as __proto__ are shown as keys', () => expect(JSON.stringify(evidence(JSON.parse('{"__proto__": {"Password": "hunter2"}, "constructor": "x"}')))).toBe('{"__proto__":{"Password":"[redacted]"},"constructor":"x"}'));

  test.each<[string, Json, (raw: Json) => ReturnType<typeof result>]>([
    ['by a question', { Password: 'hunter2' }, (raw) => result(raw, (a) => a.get('Password').is('x'))], ['by the elements of a list', { Password: ['hunter2'] }, (raw) => result(raw, (a) => a.get('Password').some((item) => item.is('x')))], ['by the value of a pair', [{ Name: 'DB_PASSWORD', Value: 'hunter2' }], (raw) => result(raw, (a) => a.every((item) => item.get('Value').is('x')))],
    ['by the value of a pair with a default', { Key: 'token', Value: { Ref: 'P' } }, (raw) => result(raw, (a) => a.get('Value').is('x'), { sections: { Parameters: { P: { Type: 'String', Default: 'hunter2' } } } })], ['by the text of a pair', { Key: 'token', Value: { 'Fn::Sub': 'hunter2${Open}' } }, (raw) => result(raw, (a) => a.get('Value').is('x'))],
    ['by entries', { Password: 'hunter2' }, (raw) => result(raw, (a) => a.entries().items[0].value.is('x'))], ['as a whole', { Password: 'hunter2' }, (raw) => result(raw, (a) => a.isAbsent())],
  ])('nor in evidence and messages: %s', (_name, raw, run) => {
    const found = run(raw);
    expect(found.verdict).toBe('fail');
    expect(found.evidence.length).toBeGreaterThan(0);
    expect(JSON.stringify(found)).not.toMatch(SECRET);
  });
});
