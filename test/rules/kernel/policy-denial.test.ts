import { ask } from './ask';
import { parseJsonText, Property, wildcard } from '../../../src/rules/kernel';
import { contains, overlaps } from '../../../src/rules/kernel/policy/wildcard';
import { Json, JsonObject } from '../../../src/template/json';
import fc, { runs } from '../../properties';
import { SOON, worked } from '../../soon';

const open: Json = { Ref: 'Open' };
const short = (answer: string) => answer.split(/[: ]/, 1)[0];
const isPublic = (Statement: Json, more: JsonObject = {}) => short(ask({ Statement, ...more }, (a: Property) => a.policy().allowsEveryone()));
const allow = (more: JsonObject = {}): JsonObject => ({ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*', ...more });
const deny = (Condition: Json | undefined, more: JsonObject = {}): JsonObject => ({ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*', ...Condition !== undefined && { Condition }, ...more });
const outside = (operator = 'StringNotEquals', key = 'aws:PrincipalOrgID', value: Json = 'o-1'): JsonObject => ({ [operator]: { [key]: value } });

describe('a denial that takes back what is allowed to everyone', () => {
  test.each<[string, Json, 'yes' | 'no' | '?']>([
    ['to everyone outside of an organization', deny(outside()), 'no'], ['if it exists', deny(outside('StringNotEqualsIfExists')), 'no'], ['outside of a network', deny(outside('NotIpAddress', 'aws:SourceIp', '203.0.113.0/24')), 'no'], ['to everyone', deny(undefined), 'no'],
    ['outside, but for AWS services', deny({ ...outside(), BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } }), 'no'], ['to all but a role', deny(undefined, { Principal: undefined as never, NotPrincipal: { AWS: 'arn:aws:iam::1:role/x' } }), 'no'],
    ['outside of both a network and an endpoint', deny({ ...outside('NotIpAddress', 'aws:SourceIp', '203.0.113.0/24'), ...outside('StringNotEquals', 'aws:SourceVpce', 'vpce-1') }), 'no'], ['outside of every path', deny(outside('ForAllValues:StringNotLike', 'aws:PrincipalOrgPaths', 'o-1/*')), 'no'],
    ['on the same resources', deny(outside(), { Resource: ['arn:aws:s3:::b', 'arn:aws:s3:::b/*'] }), 'no'], ['of all but another action', deny(outside(), { Action: undefined as never, NotAction: 's3:ListBucket' }), 'no'], ['without a resource', deny(outside(), { Resource: undefined as never }), 'no'],
    ['as the caller compared with the resource', deny(outside('StringNotEquals', 'aws:ResourceOrgID', '${aws:PrincipalOrgID}')), 'no'],
    ['inside of an organization', deny(outside('StringEquals')), 'yes'], ['under one more condition', deny({ ...outside(), Bool: { 'aws:SecureTransport': 'false' } }), 'yes'], ['to those without an organization', deny({ Null: { 'aws:PrincipalOrgID': 'true' } }), 'yes'], ['to those who have several values', deny(outside('ForAnyValue:StringNotLike', 'aws:PrincipalOrgPaths', 'o-1/*')), 'yes'],
    ['of another key', deny(outside('StringNotEquals', 's3:prefix', 'x')), 'yes'], ['for no value at all', deny(outside('StringNotLike', 'aws:PrincipalOrgID', '*')), 'yes'], ['of what a stranger sets', deny(outside('StringNotEquals', 'aws:PrincipalTag/x', 'y')), 'yes'], ['but for AWS services, of signed requests only', deny({ ...outside(), Bool: { 'aws:PrincipalIsAWSService': 'false' } }), 'yes'],
    ['of another action', deny(outside(), { Action: 's3:Put*' }), 'yes'], ['on other resources', deny(outside(), { Resource: 'arn:aws:s3:::b' }), 'yes'], ['on all but some resources', deny(outside(), { Resource: undefined as never, NotResource: 'arn:aws:s3:::b/*' }), 'yes'], ['to one principal', deny(outside(), { Principal: { AWS: '1' } }), 'yes'], ['to services', deny(outside(), { Principal: { Service: '*' } }), 'yes'],
    ['of all but that action', deny(outside(), { Action: undefined as never, NotAction: 's3:Get*' }), 'yes'], ['plain HTTP', deny({ Bool: { 'aws:SecureTransport': 'false' } }), 'yes'], ['to all but everyone', deny(undefined, { Principal: undefined as never, NotPrincipal: '*' }), 'yes'],
    ['under a condition that is not known', deny(open), '?'], ['of an action that is not known', deny(outside(), { Action: open }), '?'], ['an effect that is not known', deny(outside(), { Effect: open }), '?'], ['for a value that is not known', deny(outside('StringNotEquals', 'aws:PrincipalOrgID', open)), '?'], ['a statement that is not known', open, '?'], ['on a resource that is not known', deny(outside(), { Resource: open }), '?'], ['to all but somebody not known', deny(undefined, { Principal: undefined as never, NotPrincipal: { AWS: open } }), '?'],
  ])('%s', (_name, denial, expected) => expect([isPublic([allow(), denial]), isPublic([denial, allow()])]).toEqual([expected, expected]));

  const arn: Json = { 'Fn::GetAtt': ['Bucket', 'Arn'] };
  const objects: Json = { 'Fn::Join': ['', [arn, '/*']] };
  test.each<[string, Json, Json, 'yes' | 'no' | '?']>([
    ['the same reference', objects, objects, 'no'], ['the bucket and its objects', objects, [arn, { 'Fn::Sub': '${Bucket.Arn}/*' }], 'no'], ['the bucket alone', objects, arn, 'yes'], ['one folder', objects, { 'Fn::Sub': '${Bucket.Arn}/a/*' }, 'yes'], ['another one than written out', objects, 'arn:aws:s3:::b/*', '?'], ['all but a list is allowed', '*', objects, '?'],
  ])('by references: %s', (_name, allowed, denied, expected) => expect(isPublic([allow({ Resource: allowed }), deny(outside(), { Resource: denied })])).toBe(expected));

  test('action by action', () => {
    const two = allow({ Action: ['s3:GetObject', 's3:PutObject'] });
    expect(isPublic([two, deny(outside(), { Action: 's3:Get*' })])).toBe('yes');
    expect(isPublic([two, deny(outside(), { Action: 's3:Get*' }), deny(outside(), { Action: 's3:Put*' })])).toBe('no');
    expect(isPublic([allow({ Action: '*' }), deny(outside())])).toBe('yes');
    expect(isPublic([allow({ Action: '*' }), deny(outside(), { Action: '*' })])).toBe('no');
    const allBut = { Action: undefined as never, NotAction: 's3:Delete*' };
    expect([isPublic([allow(allBut), deny(outside())]), isPublic([allow(allBut), deny(outside(), { Action: '*' })]), isPublic([allow(allBut), deny(outside(), { Action: undefined as never, NotAction: 's3:DeleteObject' })])]).toEqual(['yes', 'no', 'no']);
    expect(isPublic([allow({ NotResource: 'x', Resource: undefined as never }), deny(outside(), { Resource: 'y' })])).toBe('yes');
  });
});

describe('monotone', () => {
  const principal = fc.constantFrom<Json>('*', { AWS: '*' }, { AWS: '111122223333' }, { Service: 's3.amazonaws.com' }, open);
  const action = fc.constantFrom<Json>('*', 's3:*', 's3:GetObject', ['s3:Get*', 's3:PutObject'], open);
  const resource = fc.constantFrom<Json>('*', 'arn:aws:s3:::b/*', 'arn:aws:s3:::b', { 'Fn::GetAtt': ['Bucket', 'Arn'] }, open);
  const condition = fc.constantFrom<Json>({}, outside(), outside('StringEquals'), { Bool: { 'aws:SecureTransport': 'false' } }, { StringEquals: open }, open);
  const statement = (effect: Json) => fc.record({ Effect: fc.constant(effect), Principal: principal, Action: action, Resource: resource, Condition: condition });
  const any = fc.oneof(statement('Allow'), statement('Deny'), statement(open));
  const rank = { 'no': 0, '?': 1, 'yes': 2 } as Record<string, number>;

  test('a further denial never makes a policy more public, a further allowance never less', () => fc.assert(fc.property(fc.array(any, { maxLength: 4 }), statement('Deny'), statement('Allow'), (statements, denial, allowance) => {
    const before = rank[isPublic(statements as Json)];
    expect(rank[isPublic([...statements, denial] as Json)]).toBeLessThanOrEqual(before);
    expect(rank[isPublic([allowance, ...statements] as Json)]).toBeGreaterThanOrEqual(before);
  }), runs(400)));

  test('what is not known is between what it may turn out to be', () => fc.assert(fc.property(fc.array(statement('Allow'), { maxLength: 2 }), fc.array(statement('Deny'), { maxLength: 2 }), (allowances, denials) => {
    const all = [...allowances, ...denials];
    const filled = (value: Json, with_: Json): Json => JSON.parse(JSON.stringify(value).replace(/\{"Ref":"Open"\}/g, JSON.stringify(with_))) as Json;
    const answer = isPublic(all as Json);
    if (answer === '?') return;
    expect(isPublic(filled(all as Json, '*'))).not.toBe(answer === 'yes' ? 'no' : 'never');
  }), runs(200)));
});

describe('patterns', () => {
  const chars = fc.constantFrom('*', '?', 'a', 'b');
  const pattern = fc.array(chars, { maxLength: 5 }).map((all) => all.join(''));
  const texts = ['', ...['a', 'b'].flatMap((a) => [a, ...['a', 'b'].flatMap((b) => [a + b, ...['a', 'b'].flatMap((c) => [a + b + c, a + b + c + 'a', a + b + c + 'b', a + b + c + 'ab', a + b + c + 'ba'])])])];
  test('one that contains another matches whatever that one does', () => fc.assert(fc.property(pattern, pattern, (wide, narrow) => {
    if (contains(wide, narrow)) for (const text of texts) expect(!wildcard(narrow, text) || wildcard(wide, text)).toBe(true);
    expect(contains(wide, wide)).toBe(true);
  }), runs(2000)));
  test('two that match one text overlap, and overlapping is mutual', () => fc.assert(fc.property(pattern, pattern, (one, other) => {
    if (texts.some((text) => wildcard(one, text) && wildcard(other, text))) expect(overlaps(one, other)).toBe(true);
    expect(overlaps(one, other)).toBe(overlaps(other, one));
  }), runs(2000)));
  test.each<[string, string, boolean, boolean]>([
    ['s3:*', 's3:get*', true, true], ['s3:get*', 's3:*', false, true], ['s3:?et*', 's3:get*', true, true], ['s3:?', 's3:*', false, true], ['*', '*', true, true], ['s3:get*', 's3:put*', false, false], ['a*b', 'a', false, false], ['a*', '*b', false, true], ['?', '', false, false],
  ])('%j and %j', (one, other, within, mutual) => expect([contains(one, other), overlaps(one, other)]).toEqual([within, mutual]));
  test('hostile patterns end soon', () => {
    const began = process.cpuUsage();
    overlaps('*a'.repeat(20_000), '*b'.repeat(20_000));
    contains('*a'.repeat(5_000), 'a*'.repeat(5_000));
    expect(worked(began)).toBeLessThan(SOON);
  });
});

describe('a policy as JSON text', () => {
  const everyone = (raw: Json) => short(ask(raw, (a) => a.policy().allowsEveryone()));
  const text = (statement: JsonObject) => JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  test.each<[string, Json, 'yes' | 'no' | '?']>([
    ['public', text(allow()), 'yes'], ['named', text(allow({ Principal: { AWS: '1' } })), 'no'], ['with a variable of IAM', text(allow({ Condition: { StringEquals: { 'aws:PrincipalOrgID': '${aws:ResourceOrgID}' } } })), 'no'],
    ['a reference in it', { 'Fn::Sub': text(allow({ Principal: { AWS: 'arn:aws:iam::${AWS::AccountId}:root' } })) }, 'no'], ['an open principal', { 'Fn::Sub': text(allow({ Principal: { AWS: '${Open}' } })) }, '?'], ['a reference elsewhere', { 'Fn::Sub': text(allow({ Resource: '${Bucket.Arn}/*' })) }, 'yes'],
    ['a variable of IAM beside a reference', { 'Fn::Sub': text(allow({ Resource: '${Bucket.Arn}/*', Condition: { StringEquals: { 'aws:PrincipalOrgID': '${!aws:ResourceOrgID}' } } })) }, 'no'],
    ['an open key', { 'Fn::Sub': '{"Statement":{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*","Condition":{"StringEquals":{"${Open}:sub":"x"}}}}' }, 'yes'],
    ['no JSON', '{"Statement"', '?'], ['a list', '[]', '?'], ['text', 'public', '?'],
  ])('%s', (_name, raw, expected) => expect(everyone(raw)).toBe(expected));
  test('what is no object or list is none', () => expect(['7', '"x"', '', ' ', 'null'].map((one) => parseJsonText([one]))).toEqual([undefined, undefined, undefined, undefined, undefined]));
});

describe('principals of other accounts', () => {
  const other = (Principal: Json, whole = false, own?: string) => short(ask({ Statement: { Effect: 'Allow', Principal, Action: 'sts:AssumeRole' } }, (a) => a.policy().some('Allow', (one) => one.principal().ofOtherAccount(own, whole))));
  test.each<[Json, 'yes' | 'no' | '?', 'yes' | 'no' | '?']>([
    [{ AWS: '111122223333' }, 'yes', 'yes'], [{ AWS: 'arn:aws:iam::111122223333:root' }, 'yes', 'yes'], [{ AWS: 'arn:aws:iam::111122223333:role/x' }, 'yes', 'no'], [{ AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::111122223333:root' } }, 'yes', 'yes'], [{ AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::111122223333:role/${Open}' } }, 'yes', 'no'],
    [{ AWS: { Ref: 'AWS::AccountId' } }, 'no', 'no'], [{ AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:root' } }, 'no', 'no'], [{ AWS: { 'Fn::GetAtt': ['Bucket', 'Arn'] } }, 'no', 'no'], [{ AWS: '*' }, 'no', 'no'], [{ Service: 's3.amazonaws.com' }, 'no', 'no'], [{ AWS: 'arn:aws:iam::cloudfront:user/x' }, 'no', 'no'], ['*', 'no', 'no'],
    [{ AWS: open }, '?', '?'], [{ AWS: { 'Fn::Sub': 'arn:aws:iam::${Open}:root' } }, '?', '?'], [open, '?', '?'],
  ])('%j', (principal, expected, whole) => expect([other(principal), other(principal, true)]).toEqual([expected, whole]));
  test('the stack\'s own account is none, where it is known', () => expect([other({ AWS: '111122223333' }, false, '111122223333'), other({ AWS: 'arn:aws:iam::111122223333:root' }, true, '444455556666')]).toEqual(['no', 'yes']));
});
