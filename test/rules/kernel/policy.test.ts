import { ask } from './ask';
import { Policy, Property, Statement, Truth, wildcard } from '../../../src/rules/kernel';
import { deniesPlainHttp } from '../../../src/rules/shared/resource-policy';
import { Json, JsonObject } from '../../../src/template/json';
import fc, { runs } from '../../properties';
import { SOON, worked } from '../../soon';

const open: Json = { Ref: 'Open' };
const account: Json = { Ref: 'AWS::AccountId' };
const short = (answer: string) => answer.split(/[: ]/, 1)[0];
const statement = (raw: Json, question: (statement: Statement) => Truth) => short(ask(raw, (a) => question(new Statement(a))));
const policy = (raw: Json | undefined, question: (policy: Policy) => Truth) => short(ask(raw, (a: Property) => question(a.policy())));

describe('wildcard', () => {
  /** What the pattern means, said another way. */
  const reference = (pattern: string, text: string): boolean =>
    new RegExp(`^${[...pattern.toLowerCase()].map((char) => (char === '*' ? '[^]*' : char === '?' ? '[^]' : char.replace(/[.+^${}()|[\]\\/-]/, '\\$&'))).join('')}$`).test(text.toLowerCase());
  const chars = fc.constantFrom('*', '?', 'a', 'b', ':', 'A', '.', '**');

  test('agrees with a regular expression', () => fc.assert(fc.property(fc.array(chars, { maxLength: 8 }), fc.array(fc.constantFrom('a', 'b', ':', 'B', '.'), { maxLength: 8 }), (pattern, text) => {
    expect(wildcard(pattern.join(''), text.join(''))).toBe(reference(pattern.join(''), text.join('')));
  }), runs(3000)));
  test('a text matches itself, and * everything', () => fc.assert(fc.property(fc.string(), (text) => expect([wildcard(text.replace(/[*?]/g, 'x'), text.replace(/[*?]/g, 'x')), wildcard('*', text), wildcard('**', text), wildcard(`*${text}*`, text)]).toEqual([true, true, true, true]))));
  test.each<[string, string, boolean]>([
    ['s3:*', 's3:GetObject', true], ['S3:getobject', 's3:GetObject', true], ['s3:Get*', 's3:PutObject', false], ['s3:?etObject', 's3:GetObject', true], ['*', '', true], ['', '', true], ['', 'a', false], ['?', '', false], ['*:*', 's3:GetObject', true], ['*Object', 's3:GetObject', true], ['a*b*c', 'abbc', true], ['a*b*c', 'abb', false],
  ])('%j on %j', (pattern, text, matches) => expect(wildcard(pattern, text)).toBe(matches));
  test('hostile patterns end soon', () => {
    const began = process.cpuUsage();
    wildcard(`${'*a'.repeat(20_000)}b`, 'a'.repeat(20_000));
    wildcard('*'.repeat(1_000_000), 'a');
    wildcard(`${'a*'.repeat(1000)}b`, 'a'.repeat(10_000));
    expect(worked(began)).toBeLessThan(SOON);
  });
});

describe('everyone', () => {
  const everyone = (raw: JsonObject) => statement(raw, (one) => one.principal().everyone());
  test.each<[Json, 'yes' | 'no' | '?']>([
    ['*', 'yes'], [['*'], 'yes'], [{ AWS: '*' }, 'yes'], [{ AWS: ['*'] }, 'yes'], [{ AWS: ['arn:aws:iam::1:root', '*'] }, 'yes'], [{ CanonicalUser: '*' }, 'yes'], [{ Federated: '*' }, 'yes'], [{ AWS: 'arn:aws:iam::*:root' }, 'yes'], [{ Service: 's3.amazonaws.com', AWS: '*' }, 'yes'],
    [{ AWS: '111122223333' }, 'no'], [{ AWS: [] }, 'no'], [{}, 'no'], [{ Service: 's3.amazonaws.com' }, 'no'], [{ AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' } }, 'no'], [{ AWS: { 'Fn::GetAtt': ['Bucket', 'Arn'] } }, 'no'], [{ AWS: account }, 'no'], ['arn:aws:iam::1:root', 'no'],
    [{ AWS: { 'Fn::Sub': 'arn:aws:iam::${Open}:root' } }, 'no'], [{ AWS: { Ref: 'AWS::NoValue' } }, 'no'],
    [open, '?'], [{ AWS: open }, '?'], [{ AWS: [open] }, '?'], [{ AWS: ['111122223333', open] }, '?'], [{ AWS: { 'Fn::Sub': '${Open}' } }, '?'], [{ 'AWS': '1', 'Fn::Transform': 'M' }, '?'], [{ 'Fn::Transform': 'M' }, '?'], [{ AWS: { 'Fn::ImportValue': 'x' } }, '?'], [{ AWS: { 'Fn::GetAtt': ['Inner', 'Outputs.X'] } }, '?'],
  ])('%j', (Principal, expected) => expect(everyone({ Effect: 'Allow', Principal })).toBe(expected));
  test('without a principal nobody is meant', () => expect([everyone({ Effect: 'Allow' }), everyone({ Effect: 'Allow', Principal: null })]).toEqual(['no', 'no']));
  test.each<[JsonObject, 'yes' | 'no' | '?']>([
    [{ Effect: 'Allow', NotPrincipal: { AWS: '1' } }, 'yes'], [{ Effect: 'Deny', NotPrincipal: { AWS: '1' } }, 'no'], [{ Effect: open, NotPrincipal: { AWS: '1' } }, '?'], [{ Effect: 'Allow', NotPrincipal: open }, 'yes'], [{ 'Effect': 'Deny', 'Fn::Transform': 'M' }, '?'],
    [{ Effect: 'Deny', Principal: { Service: '*' } }, 'no'], [{ Effect: 'Deny', Principal: { Federated: '*', AWS: '1' } }, 'no'], [{ Effect: 'Deny', Principal: { AWS: '*' } }, 'yes'], [{ Effect: 'Deny', Principal: '*' }, 'yes'], [{ Effect: 'Allow', Principal: { Service: '*' } }, 'yes'],
  ])('%j', (raw, expected) => expect(everyone(raw)).toBe(expected));
});

describe('what narrows the callers', () => {
  const narrowed = (Condition: Json | undefined) => statement({ Effect: 'Allow', Principal: '*', ...Condition !== undefined && { Condition } }, (one) => one.narrowed());
  const on = (key: string, value: Json, operator = 'StringEquals') => ({ [operator]: { [key]: value } });
  test.each<[Json | undefined, 'yes' | 'no' | '?']>([
    [undefined, 'no'], [{}, 'no'], [on('aws:SourceAccount', '1'), 'yes'], [on('AWS:sourceaccount', '1'), 'yes'], [on('aws:SourceAccount', account), 'yes'], [on('aws:SourceArn', { 'Fn::GetAtt': ['Bucket', 'Arn'] }, 'ArnEquals'), 'yes'], [on('aws:SourceArn', { 'Fn::Sub': 'arn:aws:s3:::${Bucket}' }, 'ArnLike'), 'yes'],
    [on('aws:PrincipalOrgID', ['o-1', 'o-2']), 'yes'], [on('aws:SourceIp', '10.0.0.0/8', 'IpAddress'), 'yes'], [on('aws:PrincipalTag/team', 'x'), 'no'], [on('kms:ViaService', 's3.eu-west-1.amazonaws.com'), 'yes'], [on('aws:PrincipalIsAWSService', 'true', 'Bool'), 'yes'], [on('aws:SourceArn', 'arn:aws:iam::1:role/x', 'ForAnyValue:ArnLike'), 'yes'],
    [on('aws:SecureTransport', 'true', 'Bool'), 'no'], [on('s3:prefix', 'x'), 'no'], [on('aws:SourceIp', '0.0.0.0/0', 'IpAddress'), 'no'], [on('aws:SourceIp', ['10.0.0.0/8', '::/0'], 'IpAddress'), 'no'], [on('aws:SourceArn', '*', 'ArnLike'), 'no'], [on('aws:SourceArn', ['arn:aws:s3:::x', '*'], 'ArnLike'), 'no'], [on('aws:SourceArn', '**', 'StringLike'), 'no'],
    [on('aws:SourceArn', 'arn:aws:s3:::*', 'ArnLike'), 'no'], [on('aws:PrincipalArn', 'arn:aws:iam::*:*', 'ArnLike'), 'no'], [on('aws:PrincipalArn', 'arn:*:iam::*:role/*', 'ArnLike'), 'no'], [on('aws:PrincipalArn', 'arn:aws:iam::*:role/deploy', 'ArnLike'), 'no'], [on('aws:PrincipalArn', 'arn:aws:iam::111122223333:role/*', 'ArnLike'), 'yes'], [on('aws:SourceArn', 'arn:aws:sns:*:*:topic', 'ArnLike'), 'no'], [on('aws:SourceArn', 'arn:aws:s3:*:*:bucket', 'ArnLike'), 'yes'], [on('aws:SourceArn', 'arn:aws:s3:::bucket*', 'ArnLike'), 'yes'],
    [on('aws:PrincipalIsAWSService', 'false', 'Bool'), 'no'], [on('aws:ViaAWSService', false, 'Bool'), 'no'], [on('aws:SourceAccount', '1', 'StringNotEquals'), 'no'], [on('aws:SourceAccount', '1', 'StringEqualsIfExists'), 'no'], [on('aws:SourceArn', 'true', 'Null'), 'no'], [on('aws:PrincipalOrgPaths', 'o-1/*', 'ForAllValues:StringLike'), 'no'],
    [{ ...on('aws:SourceArn', '*', 'ArnLike'), ...on('aws:SourceAccount', '1') }, 'yes'], [on('aws:SourceAccount', []), 'yes'],
    // What a stranger sets as they like.
    [on('aws:username', 'x'), 'no'], [on('aws:VpcSourceIp', '10.0.0.0/8', 'IpAddress'), 'no'], [on('aws:CalledVia', 'athena.amazonaws.com', 'ForAnyValue:StringEquals'), 'no'], [on('kms:EncryptionContext:x', 'y'), 'no'], [on('aws:userid', '*:session', 'StringLike'), 'no'], [on('aws:userid', 'AROAEXAMPLE:*', 'StringLike'), 'yes'],
    // Where the resource belongs says nothing of the caller, unless the two are compared.
    [on('aws:ResourceOrgID', 'o-1'), 'no'], [on('aws:ResourceOrgID', '${aws:PrincipalOrgID}'), 'yes'], [on('aws:PrincipalOrgID', '${aws:ResourceOrgID}'), 'yes'], [on('aws:PrincipalAccount', '${aws:PrincipalAccount}'), 'no'], [on('aws:PrincipalArn', 'arn:aws:iam::${aws:PrincipalAccount}:role/x', 'ArnLike'), 'no'],
    [on('aws:SourceIp', '0.0.0.0/1', 'IpAddress'), 'no'], [on('aws:SourceIp', '203.0.113.0/24', 'IpAddress'), 'yes'], [on('aws:SourceIp', '203.0.113.9', 'IpAddress'), 'yes'], [on('aws:SourceIp', '2001::/16', 'IpAddress'), 'no'], [on('aws:SourceIp', '2001:db8::/48', 'IpAddress'), 'yes'],
    // Present as well as equal is as much as equal.
    [{ ...on('aws:SourceAccount', '1', 'StringEqualsIfExists'), ...on('aws:SourceAccount', 'false', 'Null') }, 'yes'], [{ ...on('aws:PrincipalOrgPaths', 'o-1/*', 'ForAllValues:StringLike'), ...on('aws:PrincipalOrgPaths', false, 'Null') }, 'yes'], [{ ...on('aws:SourceAccount', '1', 'StringEqualsIfExists'), ...on('aws:SourceAccount', 'true', 'Null') }, 'no'],
    [open, '?'], [{ StringEquals: open }, '?'], [{ StringEquals: { Ref: 'Bucket' } }, '?'], [on('aws:SourceArn', open), '?'], [on('aws:SourceAccount', ['1', open]), '?'], [{ 'Fn::Transform': 'M' }, '?'], [{ ...on('s3:prefix', 'x'), 'Fn::Transform': 'M' }, '?'], ['x', '?'], [['x'], '?'], [{ StringEquals: 'x' }, '?'], [{ StringEquals: { 'aws:SourceAccount': '1' }, Bool: open }, 'yes'],
  ])('%j', (condition, expected) => expect(narrowed(condition)).toBe(expected));
});

describe('actions', () => {
  const covers = (raw: JsonObject) => statement(raw, (one) => one.coversAction('s3:GetObject'));
  test.each<[JsonObject, 'yes' | 'no' | '?']>([
    [{ Action: 's3:GetObject' }, 'yes'], [{ Action: 'S3:GETOBJECT' }, 'yes'], [{ Action: ['sqs:*', 's3:Get*'] }, 'yes'], [{ Action: '*' }, 'yes'], [{ Action: 's3:Put*' }, 'no'], [{ Action: [] }, 'no'], [{}, 'no'], [{ Action: { Ref: 'AWS::NoValue' } }, 'no'], [{ Action: 7 }, 'no'],
    [{ Action: open }, '?'], [{ Action: ['s3:Put*', open] }, '?'], [{ Action: [open, 's3:*'] }, 'yes'], [{ Action: { 'Fn::Sub': 's3:${Open}' } }, '?'], [{ Action: { 'Fn::Sub': 's3:*${Open}' } }, '?'], [{ Action: { 'Fn::Sub': '${Open}:*' } }, '?'], [{ Action: { 'Fn::Sub': 'sqs:${Open}' } }, 'no'], [{ Action: { a: 1 } }, '?'],
    [{ NotAction: 's3:PutObject' }, 'yes'], [{ NotAction: 's3:Get*' }, 'no'], [{ NotAction: ['sqs:*', 's3:*'] }, 'no'], [{ NotAction: open }, '?'], [{ NotAction: [] }, 'yes'], [{ NotAction: { 'Fn::Sub': 's3:Put${Open}' } }, 'yes'], [{ NotAction: { 'Fn::Sub': 's3:${Open}' } }, '?'], [{ 'Fn::Transform': 'M' }, '?'],
  ])('%j', (raw, expected) => expect(covers(raw)).toBe(expected));
  test.each<[JsonObject, string, string, string]>([
    [{ Action: '*', Resource: '*' }, 'yes', 'yes', 'no'], [{ Action: '*:*', Resource: ['x', '*'] }, 'yes', 'yes', 'no'], [{ Action: 's3:*', Resource: 'arn:*' }, 'no', 'no', 'no'], [{ NotAction: 's3:*', NotResource: 'x' }, 'yes', 'yes', 'yes'], [{ Action: open, Resource: open }, '?', '?', 'no'], [{}, 'no', 'no', 'no'],
    [{ Action: 's3:*', Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Bucket', 'Arn'] }, '/*']] } }, 'no', 'no', 'no'], [{ Action: 's3:*', Resource: { 'Fn::GetAtt': ['Bucket', 'Arn'] } }, 'no', 'no', 'no'],
  ])('%j: any action, any resource, any negation', (raw, action, resource, negation) => {
    expect([statement(raw, (one) => one.anyAction()), statement(raw, (one) => one.anyResource()), statement(raw, (one) => one.usesNot('NotAction', 'NotPrincipal', 'NotResource'))]).toEqual([action, resource, negation]);
  });
});

describe('a denial of plain HTTP', () => {
  const deny = (more: JsonObject = {}, without: string[] = []): JsonObject => {
    const raw: JsonObject = { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } }, ...more };
    for (const key of without) delete raw[key];
    return raw;
  };
  const condition = (Condition: Json) => deny({ Condition });
  const denies = (Statement: Json | undefined) => policy(Statement === undefined ? {} : { Statement }, (one) => deniesPlainHttp(one.property, ['s3:GetObject', 's3:PutObject']));

  test.each<[string, Json | undefined, 'yes' | 'no' | '?']>([
    ['as CDK writes it', deny(), 'yes'], ['in a list', [deny()], 'yes'], ['among others', [{ Effect: 'Allow', Principal: '*', Action: '*' }, deny()], 'yes'], ['a boolean', condition({ Bool: { 'aws:SecureTransport': false } }), 'yes'], ['a list of one', condition({ Bool: { 'aws:SecureTransport': ['false'] } }), 'yes'], ['in capitals', condition({ Bool: { 'AWS:SECURETRANSPORT': 'False' } }), 'yes'],
    ['if it exists', condition({ BoolIfExists: { 'aws:SecureTransport': false } }), 'yes'], ['all principals of AWS', deny({ Principal: { AWS: '*' } }), 'yes'], ['one statement an action', [deny({ Action: 's3:Get*' }), deny({ Action: 's3:Put*' })], 'yes'], ['all but some harmless actions', deny({ NotAction: 's3:ListBucket' }, ['Action']), 'yes'],
    ['nothing', undefined, 'no'], ['no statement', [], 'no'], ['allowed instead', deny({ Effect: 'Allow' }), 'no'], ['when it is true', condition({ Bool: { 'aws:SecureTransport': true } }), 'no'], ['negated', condition({ BoolNot: { 'aws:SecureTransport': true } }), 'no'], ['without condition', deny({}, ['Condition']), 'no'], ['as text', condition({ StringEquals: { 'aws:SecureTransport': 'false' } }), 'no'],
    ['on another key', condition({ Bool: { 'aws:MultiFactorAuthPresent': 'false' } }), 'no'], ['one principal', deny({ Principal: { AWS: '111122223333' } }), 'no'], ['every service', deny({ Principal: { Service: '*' } }), 'no'], ['all but one principal', deny({ NotPrincipal: { AWS: '1' } }, ['Principal']), 'no'], ['no principal', deny({}, ['Principal']), 'no'], ['one action of two', deny({ Action: 's3:GetObject' }), 'no'],
    ['all but one action', deny({ NotAction: 's3:PutObject' }, ['Action']), 'no'], ['under a further condition', condition({ Bool: { 'aws:SecureTransport': 'false' }, NumericLessThan: { 's3:TlsVersion': 1.2 } }), 'no'], ['under a further key', condition({ Bool: { 'aws:SecureTransport': 'false', 'aws:PrincipalIsAWSService': 'false' } }), 'no'],
    ['a statement that is not known', [open], '?'], ['statements that are not known', open, '?'], ['an effect', deny({ Effect: open }), '?'], ['a principal', deny({ Principal: { AWS: open } }), '?'], ['an action', deny({ Action: open }), '?'], ['a condition', condition(open), '?'], ['an operator', condition({ Bool: open }), '?'], ['a value', condition({ Bool: { 'aws:SecureTransport': open } }), '?'],
    ['a macro', deny({ 'Fn::Transform': 'M' }, ['Condition']), '?'], ['a text', 'deny', '?'], ['a list in a list', [[deny()]], '?'],
  ])('%s', (_name, raw, expected) => expect(denies(raw)).toBe(expected));

  test('a document that is not known, absent or of a wrong kind', () => {
    const question = (one: Policy) => deniesPlainHttp(one.property, ['s3:GetObject']);
    expect([open, 'text', ['x'], { Ref: 'Bucket' }].map((raw) => policy(raw, question))).toEqual(['?', '?', '?', '?']);
    expect([undefined, {}, null].map((raw) => policy(raw, question))).toEqual(['no', 'no', 'no']);
  });
});

describe('public access', () => {
  const allow = (more: JsonObject = {}): JsonObject => ({ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*', ...more });
  const isPublic = (Statement: Json) => policy({ Statement }, (one) => one.allowsEveryone());
  test.each<[Json, 'yes' | 'no' | '?']>([
    [allow(), 'yes'], [[allow({ Effect: 'Deny', Principal: { AWS: '1' } }), allow()], 'yes'], [[allow({ Effect: 'Deny' }), allow()], 'no'], [allow({ Effect: 'Deny' }), 'no'], [allow({ Principal: { AWS: '1' } }), 'no'], [allow({ Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } }), 'no'], [allow({ Condition: { StringEquals: { 's3:prefix': 'x' } } }), 'yes'], [allow({ Effect: 'allow' }), 'no'],
    [allow({ Condition: open }), '?'], [allow({ Principal: open }), '?'], [[allow({ Principal: open }), allow()], 'yes'], [open, '?'], [{ ...allow(), 'Fn::Transform': 'M' }, '?'], [{ 'Fn::If': ['Maybe', allow(), { Ref: 'AWS::NoValue' }] }, 'no'], [[{ 'Fn::If': ['Maybe', allow({ Principal: { AWS: '1' } }), allow({ Effect: 'Deny' })] }], 'no'],
  ])('%j', (raw, expected) => expect(isPublic(raw)).toBe(expected));
  test('none', () => {
    const none = (Statement: Json) => policy({ Statement }, (one) => one.none('Allow', (each) => each.principal().everyone(), 'found'));
    expect([none(allow()), none(allow({ Effect: 'Deny' })), none([]), none(open)]).toEqual(['no', 'yes', 'yes', '?']);
  });
});
