import fc, { runs } from '../properties';
import { judgeAll, template } from './templates';
import { templateOf } from './values';
import { evaluate, rule, rulesForType } from '../../src/rules';
import { Loader } from '../../src/template';
import { Json, JsonObject, put } from '../../src/template/json';
import { InputError, parseObject, parseText } from '../../src/template/parse';

describe('any text', () => {
  const words = fc.array(fc.constantFrom('Resources:', '{', '}', '[', ']', ':', ' ', '\n', '\n  ', '"', "'", ',', '- ', '? ', '!Ref ', '!Sub', '&a ', '*a', '<<', '|', '>', '%', '@', '#', '---', '...', '\t', 'Type', '"Type"', '\\', '\u0000', '\ufeff', '__proto__', '~', '1', 'é'), { maxLength: 30 });
  test('is read or refused as input', () => fc.assert(fc.property(fc.oneof(words.map((some) => some.join('')), fc.string({ unit: 'binary' }), fc.json()), (text) => {
    try {
      parseText(text);
    } catch (error) {
      expect(error).toBeInstanceOf(InputError);
      expect((error as InputError).message).not.toMatch(/undefined|\[object|is not a function/);
    }
  }), runs(1500)));
});

describe('any JSON as a template', () => {
  const json = fc.letrec<{ value: Json }>((tie) => ({
    value: fc.oneof({ maxDepth: 6, withCrossShrink: true },
      fc.constantFrom<Json>(null, true, 7, '', 'AWS::S3::Bucket', 'AWS::KMS::Key', 'AWS::IAM::Role', 'x', 'Open', 'AWS::LanguageExtensions', 'AWS::Serverless-2016-10-31', '{{resolve:ssm:', 'arn:aws:s3:::x', '*'), fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom('Resources', 'Parameters', 'Conditions', 'Mappings', 'Outputs', 'Metadata', 'Transform', 'Globals', 'Type', 'Properties', 'Condition', 'Default', 'AllowedValues', 'NoEcho', 'Value', 'Export', 'Name', 'Statement', 'Policies', 'PolicyDocument',
        'Ref', 'Fn::GetAtt', 'Fn::If', 'Fn::Sub', 'Fn::Join', 'Fn::Select', 'Fn::Split', 'Fn::FindInMap', 'Fn::Equals', 'Fn::And', 'Fn::Not', 'Fn::ImportValue', 'Fn::Transform', 'Fn::ForEach::X', 'Fn::Cidr', 'Fn::Length', 'Fn::ToJsonString', 'Fn::GetStackOutput', '__proto__', 'constructor', 'toString', 'x'), tie('value'), { maxKeys: 4 })),
  })).value;
  const resources = fc.dictionary(fc.constantFrom('A', 'B', '__proto__', 'Fn::ForEach::L', 'Fn::Transform'), fc.oneof(json, fc.record({ Type: fc.constantFrom('AWS::S3::Bucket', 'AWS::S3::BucketPolicy', 'AWS::IAM::Policy', 'AWS::CloudFormation::Stack', 'AWS::RDS::DBInstance', 'AWS::EC2::SecurityGroup'), Properties: json })), { maxKeys: 4 });

  test('is judged or refused, and no rule fails to run', () => fc.assert(fc.property(json, resources, fc.boolean(), (root, some, whole) => {
    const raw: Json = whole ? root : { ...typeof root === 'object' && !Array.isArray(root) ? root : {}, Resources: some };
    const loader = new Loader();
    const text = JSON.stringify(raw);
    let parsed: JsonObject;
    try {
      parsed = parseObject(text);
    } catch (error) {
      return expect(error).toBeInstanceOf(InputError);
    }
    loader.addTemplate('t', parsed, loader.newUnit(), {}, text);
    const model = loader.finish();
    for (const one of model.templates) {
      for (const resource of one.resources.values()) for (const each of rulesForType(resource.type)) expect(evaluate(each, resource)).not.toHaveProperty('crashed');
    }
    for (const { error } of model.inputs) if (error) expect(error).toMatch(/^not a CloudFormation template|^Fn::ForEach makes/);
  }), runs(1500)));
});

describe('templates of resources that rules know', () => {
  test('are judged without a rule that fails to run', () => fc.assert(fc.property(template, (raw) => expect(judgeAll(raw).filter(({ crashed }) => crashed)).toEqual([])), runs(800)));

  /** The same with the keys of all objects in another order. */
  const shuffled = (raw: Json, turn: number): Json => {
    if (Array.isArray(raw)) return raw.map((item) => shuffled(item, turn));
    if (typeof raw !== 'object' || raw === null) return raw;
    const result: JsonObject = {};
    const keys = Object.keys(raw);
    const at = turn % Math.max(keys.length, 1);
    for (const key of [...keys.slice(at), ...keys.slice(0, at)].reverse()) put(result, key, shuffled(raw[key], turn));
    return result;
  };
  test('are judged alike, whatever order their keys are in', () => fc.assert(fc.property(template, fc.nat(5), (raw, turn) => {
    const verdicts = (one: Json) => judgeAll(one).map(({ resource, rule: { id }, verdict }) => `${resource} ${id} ${verdict}`).sort();
    expect(verdicts(shuffled(raw, turn))).toEqual(verdicts(raw));
  }), runs(500)));

  // Of these the place is asked, not what is in it: whatever deployment puts there is something, and what CloudFormation would refuse (a period of 'prod' days) never gets there.
  const PRESENCE = new Set(['ApiGateway.AccessLogs', 'Logs.Retention']);
  test('pass only if they pass whatever is given', () => fc.assert(fc.property(template, fc.constantFrom('prod', 'true', 'false', '*', 'Enabled', '0', '365', 'x', 'arn:aws:s3:::x', 'Allow'), (raw, Open) => {
    const after = judgeAll(raw, { Open });
    judgeAll(raw).forEach((before, at) => {
      if (before.verdict === 'pass' && !PRESENCE.has(before.rule.id)) expect({ ...after[at], Open, raw: JSON.stringify(raw) }).not.toMatchObject({ verdict: 'fail' });
    });
  }), runs(800)));
});

describe('conditions', () => {
  const NAMES = ['P', 'Q'];
  const LITERALS = ['a', 'b'];
  const condition = fc.letrec<{ value: Json }>((tie) => ({
    value: fc.oneof({ maxDepth: 3 },
      fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom(...LITERALS)).map(([name, literal]): Json => ({ 'Fn::Equals': [{ Ref: name }, literal] })),
      fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom(...LITERALS)).map(([name, literal]): Json => ({ 'Fn::Equals': [literal, { 'Fn::Sub': `\${${name}}` }] })),
      fc.constantFrom<Json>({ 'Fn::Equals': ['a', 'a'] }, { 'Fn::Equals': ['a', 'b'] }, { Condition: 'C0' }, { Condition: 'C1' }),
      tie('value').map((inner): Json => ({ 'Fn::Not': [inner] })), fc.tuple(tie('value'), tie('value')).map((inner): Json => ({ 'Fn::And': inner })), fc.tuple(tie('value'), tie('value')).map((inner): Json => ({ 'Fn::Or': inner }))),
  })).value;
  // `C0` and `C1` may name conditions of a lower number only, so that nothing is cyclic.
  const lower = (raw: Json, below: number): Json => (Array.isArray(raw) ? raw.map((item) => lower(item, below)) : typeof raw !== 'object' || raw === null ? raw
    : raw.Condition !== undefined ? (Number(String(raw.Condition).slice(1)) < below ? raw : { 'Fn::Equals': ['x', 'y'] }) : Object.fromEntries(Object.entries(raw).map(([key, value]) => [key, lower(value, below)])));
  const branch: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
    value: fc.oneof({ maxDepth: 3 }, fc.constantFrom<Json>('on', 'on', 'on', 'off', { Ref: 'AWS::NoValue' }), fc.tuple(fc.constantFrom('C0', 'C1', 'C2'), tie('value'), tie('value')).map(([name, yes, no]): Json => ({ 'Fn::If': [name, yes, no] })),
      fc.tuple(tie('value')).map(([inner]): Json => ({ 'Fn::Sub': ['${x}', { x: inner }] })), fc.tuple(tie('value'), fc.nat(1)).map(([inner, at]): Json => ({ 'Fn::Select': [at, [inner, 'on', 'on']] }))),
  })).value;
  const isOn = rule({ id: 'Test.On', resourceTypes: ['T'], title: '', severity: 'low', criteria: { direct: [] }, rationale: '', remediation: { cfn: '' }, check: (resource) => resource.get('A').is('on') });

  test('are tried exactly as they may turn out', () => fc.assert(fc.property(fc.tuple(condition, condition, condition), branch, fc.constantFrom('C0', 'C1', undefined), fc.boolean(), (conditions, property, own, restricted) => {
    const raw: JsonObject = {
      Parameters: Object.fromEntries(NAMES.map((name) => [name, { Type: 'String', ...restricted && { AllowedValues: LITERALS } }])), Conditions: Object.fromEntries(conditions.map((one, at) => [`C${at}`, lower(one, at)])),
      Resources: { R: { Type: 'T', Properties: { A: property }, ...own !== undefined && { Condition: own } } },
    };
    const verdict = (parameters?: Record<string, string>) => {
      const made = templateOf(JSON.stringify(raw), {}, { parameters }).resources.get('R')!;
      const first = evaluate(isOn, made);
      // What one run found out about the template must not change what the next one finds.
      expect(evaluate(isOn, made)).toEqual(first);
      return first.verdict;
    };
    const values = restricted ? LITERALS : [...LITERALS, 'another'];
    const each = values.flatMap((P) => values.map((Q) => verdict({ P, Q })));
    const expected = each.includes('fail') ? 'fail' : each.includes('not-evaluated') ? 'not-evaluated' : each.includes('pass') ? 'pass' : 'not-applicable';
    expect({ verdict: verdict(), raw: JSON.stringify(raw) }).toEqual({ verdict: expected, raw: JSON.stringify(raw) });
  }), runs(1500)));
});
