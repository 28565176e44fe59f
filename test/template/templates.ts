import fc from '../properties';
import { templateOf } from './values';
import { allRules, evaluate, Rule, rulesForType } from '../../src/rules';
import { Session } from '../../src/rules/kernel/evaluate';
import { Json, JsonObject, put } from '../../src/template/json';

/** The places that the rules of a type ask for, found by letting them ask: first of nothing, then below what they asked for. */
export function placesOf(type: string): string[] {
  const found = new Set<string>();
  for (let round = 0; round < 2; round++) {
    const properties: JsonObject = {};
    for (const place of found) if (!place.includes('.')) put(properties, place, [{}]);
    const resource = templateOf(JSON.stringify({ Resources: { R: { Type: type, Properties: properties } } })).resources.get('R')!;
    for (const rule of rulesForType(type)) {
      for (const { path } of evaluate(rule, resource).evidence) {
        if (path.startsWith('Properties.')) found.add(path.slice('Properties.'.length));
      }
    }
  }
  return [...found];
}

const statement: fc.Arbitrary<Json> = fc.record({
  Effect: fc.constantFrom<Json>('Allow', 'Deny', { Ref: 'Open' }),
  Principal: fc.constantFrom<Json>('*', { AWS: '*' }, { AWS: '111122223333' }, { Service: 's3.amazonaws.com' }, { AWS: { 'Fn::GetAtt': ['Other', 'Arn'] } }, { Ref: 'Open' }, ['*']),
  NotPrincipal: fc.constantFrom<Json>({ AWS: '1' }),
  Action: fc.constantFrom<Json>('*', 's3:*', ['s3:GetObject', 'kms:*'], 'sts:AssumeRole', { Ref: 'Open' }, 7),
  Resource: fc.constantFrom<Json>('*', { 'Fn::GetAtt': ['Other', 'Arn'] }, ['arn:aws:s3:::x/*'], { 'Fn::Sub': 'arn:${AWS::Partition}:s3:::${Other}/*' }),
  Condition: fc.constantFrom<Json>({ Bool: { 'aws:SecureTransport': 'false' } }, { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } }, { Ref: 'Open' }, 'x', { StringLike: 7 }),
}, { requiredKeys: ['Effect'] }) as fc.Arbitrary<Json>;

/** Values as templates hold them, functions and wrong kinds included. */
export const value: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof({ maxDepth: 3 },
    { weight: 6, arbitrary: fc.constantFrom<Json>(true, false, 'true', 'Enabled', 'Disabled', 'on', 'aws:kms', 'AES256', 0, 1, 7, 35, 365, '30', 22, 443, '', '*', '0.0.0.0/0', '::/0', '10.0.0.0/8', 'tcp', '-1', -1, 'TLSv1.2_2021', 'Retain', 'hunter2', 'arn:aws:kms:eu-west-1:111122223333:key/1', null, '{{resolve:secretsmanager:x}}') },
    { weight: 4, arbitrary: fc.constantFrom<Json>({ Ref: 'Open' }, { Ref: 'Default' }, { Ref: 'AWS::NoValue' }, { Ref: 'Other' }, { 'Fn::GetAtt': ['Other', 'Arn'] }, { Ref: 'AWS::Region' }, { 'Fn::If': ['Maybe', true, false] }, { 'Fn::If': ['Maybe', 'Enabled', { Ref: 'AWS::NoValue' }] }, { 'Fn::Sub': '${AWS::StackName}-x' }, { 'Fn::GetAZs': '' },
      { 'Fn::Transform': { Name: 'M' } }, { 'Fn::FindInMap': ['M', { Ref: 'AWS::Region' }, 'k'] }, { 'Fn::ImportValue': 'x' }, { Ref: 'Nobody' }, { 'Fn::If': ['Cyclic', 1, 2] }, { 'Fn::Select': [0, { Ref: 'List' }] }, { 'Fn::Split': [',', { Ref: 'Open' }] }, { 'Fn::Foo': {} }, { 'Fn::If': 7 }, { Ref: 7 }) },
    { weight: 1, arbitrary: statement.map((one) => ({ Version: '2012-10-17', Statement: [one] })) }, { weight: 1, arbitrary: statement.map((one) => ({ Statement: one })) },
    { weight: 2, arbitrary: fc.array(tie('value'), { maxLength: 3 }) },
    { weight: 2, arbitrary: fc.dictionary(fc.constantFrom('Key', 'Value', 'Name', 'Enabled', 'Status', 'Type', 'Password', 'CidrIp', 'FromPort', 'ToPort', 'IpProtocol', 'Rules', '__proto__', 'Fn::Transform'), tie('value'), { maxKeys: 3 }) }),
})).value;

let known: { types: string[]; places: Map<string, string[]> } | undefined;

function typesWithRules() {
  if (!known) {
    const types = [...new Set(allRules().flatMap((rule) => [...rule.resourceTypes]))].sort();
    known = { types, places: new Map() };
  }
  return known;
}

function setAt(object: JsonObject, path: string, to: Json): void {
  const [first, ...rest] = path.split('.');
  if (rest.length === 0) return put(object, first, to);
  const list = /^\d+$/.test(rest[0]);
  const inner: JsonObject = {};
  const below = list ? rest.slice(1) : rest;
  if (below.length === 0) return put(object, first, [to]);
  const before = object[first];
  const place = typeof before === 'object' && before !== null && !Array.isArray(before) ? before : inner;
  setAt(place, below.join('.'), to);
  put(object, first, list ? [place] : place);
}

/** A resource of a type that rules know, with something at some of the places that they ask for. */
export const resource: fc.Arbitrary<JsonObject> = fc.nat().chain((seed) => {
  const { types, places } = typesWithRules();
  const type = types[seed % types.length];
  let asked = places.get(type);
  if (!asked) places.set(type, asked = placesOf(type));
  return fc.record({
    set: fc.array(fc.tuple(fc.constantFrom(...asked.length ? asked : ['Name']), value), { maxLength: 6 }),
    Condition: fc.constantFrom('Maybe', 'Cyclic', 'Nobody', undefined, undefined, undefined, undefined),
    DeletionPolicy: fc.constantFrom<Json | undefined>('Retain', 'Delete', { Ref: 'Open' }, undefined),
  }).map(({ set, Condition, DeletionPolicy }) => {
    const Properties: JsonObject = {};
    // A copy, as one value may be set in several places and written into.
    for (const [path, to] of set) setAt(Properties, path, JSON.parse(JSON.stringify(to)));
    return { Type: type, Properties, ...Condition !== undefined && { Condition }, ...DeletionPolicy !== undefined && { DeletionPolicy } };
  });
});

/** A template of such resources. */
export const template: fc.Arbitrary<JsonObject> = fc.tuple(resource, fc.array(resource, { maxLength: 3 })).map(([other, more]) => ({
  Parameters: { Open: { Type: 'String' }, Default: { Type: 'String', Default: 'true' }, List: { Type: 'CommaDelimitedList', Default: 'a,b' } },
  Conditions: { Maybe: { 'Fn::Equals': [{ Ref: 'Open' }, 'prod'] }, Cyclic: { Condition: 'Cyclic' } },
  Mappings: { M: { a: { k: true }, b: { k: false } } },
  Resources: { Other: other, ...Object.fromEntries(more.map((one, at) => [`R${at}`, one])) },
}));

/** Every rule on every resource. */
export function judgeAll(raw: Json, parameters?: Record<string, string>): { resource: string; rule: Rule; verdict: string; crashed?: boolean; says?: string }[] {
  const { resources } = templateOf(JSON.stringify(raw), {}, { parameters });
  return [...resources.values()].flatMap((one) => {
    const session = new Session(one);
    return rulesForType(one.type).map((rule) => {
      const { verdict, crashed, message, reason } = session.run(rule);
      return { resource: one.logicalId, rule, verdict, crashed, says: message ?? reason };
    });
  });
}
