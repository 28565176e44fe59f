import { SOON, worked } from '../soon';
import { templateOf, worlds } from './values';
import { evaluate, Result, rule, Rule } from '../../src/rules/kernel';
import { Loader, LoadOptions } from '../../src/template';
import { Json, JsonObject } from '../../src/template/json';
import { DECISION_LIMIT } from '../../src/template/limits';

const spec = { resourceTypes: ['T'], title: '', severity: 'low', criteria: { direct: [] }, rationale: '', remediation: { cfn: '' } } as const;
const versioned = rule({ ...spec, id: 'Test.Versioned', check: (resource) => resource.get('A').is('on') });
const both = rule({ ...spec, id: 'Test.Both', check: (resource) => (resource.get('A').is('on').yes === resource.get('B').is('on').yes ? resource.get('A').isPresent() : resource.get('A').is('never')) });

const equals = (left: Json, right: Json): JsonObject => ({ 'Fn::Equals': [left, right] });
const env = (value: string) => equals({ Ref: 'Env' }, value);
const OPEN = { Env: { Type: 'String' } };
const iff = (condition: string, yes: Json, no: Json): Json => ({ 'Fn::If': [condition, yes, no] });

interface Case { readonly properties?: Json; readonly conditions?: Json; readonly parameters?: Json; readonly resource?: JsonObject; readonly more?: JsonObject; readonly sections?: JsonObject; readonly options?: LoadOptions }

function judge(check: Rule, { properties = {}, conditions = {}, parameters = OPEN, resource = {}, more = {}, sections = {}, options }: Case): Result {
  const template = { Parameters: parameters, Conditions: conditions, Resources: { R: { Type: 'T', Properties: properties, ...resource }, ...more }, ...sections };
  return evaluate(check, templateOf(JSON.stringify(template), {}, options).resources.get('R')!);
}

const says = (result: Result) => `${result.verdict}${result.message ?? result.reason ? `: ${result.message ?? result.reason}` : ''}`;

/** Both values of a condition, as far as they may occur. */
function values(condition: Json, given: { parameters?: Json; conditions?: JsonObject; options?: LoadOptions; context?: object } = {}): string[] {
  const template = templateOf(JSON.stringify({
    Parameters: given.parameters ?? OPEN, Conditions: { C: condition, ...given.conditions }, Resources: { B: { Type: 'AWS::S3::Bucket' } },
  }), given.context, given.options);
  return worlds(iff('C', 'true', 'false'), template);
}

const [YES, NO, BOTH] = [['"true"'], ['"false"'], ['"true"', '"false"']];
const UNKNOWN = [expect.stringMatching(/^<\?\? the condition C cannot be worked out/)];

describe('what a condition gives', () => {
  test.each<[string, Json, string[]]>([
    ['equal texts', equals('a', 'a'), YES], ['different texts', equals('a', 'A'), NO], ['a number and its text', equals(1, '1'), YES], ['a boolean and its text', equals(true, 'true'), YES],
    ['an undecided parameter', env('prod'), BOTH], ['the literal first', equals('prod', { Ref: 'Env' }), BOTH], ['a parameter with itself', equals({ Ref: 'Env' }, { Ref: 'Env' }), YES],
    ['nothing, which nobody can compare', equals({ Ref: 'AWS::NoValue' }, ''), BOTH], ['lists', equals(['a'], ['b']), BOTH], ['a reference', equals({ Ref: 'B' }, 'b'), BOTH], ['a reference with itself', equals({ Ref: 'B' }, { 'Fn::Sub': '${B}' }), YES],
    ['not', { 'Fn::Not': [equals('a', 'a')] }, NO], ['not, of undecided', { 'Fn::Not': [env('x')] }, ['"true"', '"false"'].reverse()],
    ['and', { 'Fn::And': [equals('a', 'a'), equals('b', 'b')] }, YES], ['and: a false one decides', { 'Fn::And': [equals('a', 'b'), env('x')] }, NO],
    ['and: a later false one decides', { 'Fn::And': [env('x'), equals('a', 'b')] }, ['"false"', '"false"']], ['and, of undecided', { 'Fn::And': [equals('a', 'a'), env('x')] }, BOTH],
    ['or', { 'Fn::Or': [equals('a', 'b'), equals('b', 'b')] }, YES], ['or: a true one decides', { 'Fn::Or': [equals('a', 'a'), env('x')] }, YES], ['or, of false ones', { 'Fn::Or': [equals('a', 'b'), equals('b', 'c')] }, NO],
    ['exclusive', { 'Fn::And': [env('x'), env('y')] }, ['"false"', '"false"', '"false"']],
    ['exclusive, negated', { 'Fn::Or': [{ 'Fn::Not': [env('x')] }, { 'Fn::Not': [env('y')] }] }, ['"true"', '"true"', '"true"']],
    ['nested', { 'Fn::Not': [{ 'Fn::Or': [{ 'Fn::And': [equals('a', 'a'), equals('a', 'b')] }, { 'Fn::Not': [equals('a', 'a')] }] }] }, YES],
    ['by name', { Condition: 'Other' }, BOTH], ['a boolean', true, YES], ['a text', 'false', NO],
    ['a function of later invention', { 'Fn::Contains': [['a'], 'a'] }, BOTH],
    ['cyclic', { Condition: 'C' }, UNKNOWN], ['cyclic through another', { 'Fn::Not': [{ Condition: 'Loop' }] }, UNKNOWN], ['not defined', { Condition: 'Nobody' }, UNKNOWN],
    ['malformed: a text', 'maybe', UNKNOWN], ['malformed: a number', 7, UNKNOWN], ['malformed: null', null, UNKNOWN], ['malformed: a list', [env('x')], UNKNOWN], ['malformed: two functions', { ...env('x'), 'Fn::Not': [env('y')] }, UNKNOWN],
    ['malformed: Equals of three', { 'Fn::Equals': ['a', 'b', 'c'] }, UNKNOWN], ['malformed: Equals of none', { 'Fn::Equals': 'a' }, UNKNOWN], ['malformed: Not of two', { 'Fn::Not': [env('x'), env('y')] }, UNKNOWN],
    ['malformed: And of no list', { 'Fn::And': env('x') }, UNKNOWN], ['malformed inside And', { 'Fn::And': [env('x'), 7] }, [UNKNOWN[0], UNKNOWN[0]]], ['empty', {}, BOTH],
    ['named as a prototype', { Condition: '__proto__' }, UNKNOWN], ['named as a method', { Condition: 'toString' }, UNKNOWN],
  ])('%s', (_name, condition, expected) => {
    expect(values(condition, { conditions: { Other: env('prod'), Loop: { 'Fn::Not': [{ Condition: 'C' }] } } })).toEqual(expected);
  });
});

describe('parameters in conditions', () => {
  const typed = (more: object) => ({ Env: { Type: 'String', ...more } });
  test.each<[string, Json, LoadOptions | undefined, string[]]>([
    ['a default is taken', typed({ Default: 'prod' }), undefined, YES],
    ['another default is taken', typed({ Default: 'dev' }), undefined, NO],
    ['a given value comes first', typed({ Default: 'dev' }), { parameters: { Env: 'prod' } }, YES],
    ['without either it is undecided', typed({}), undefined, BOTH],
    ['a value that is not allowed is not tried', typed({ AllowedValues: ['dev', 'test'] }), undefined, NO],
    ['the only allowed value is sure', typed({ AllowedValues: ['prod'] }), undefined, YES],
    ['one of several is not', typed({ AllowedValues: ['prod', 'dev'] }), undefined, BOTH],
    ['allowed values of wrong kinds are passed over', typed({ AllowedValues: [{ toString: 1 }, ['prod'], null, 'prod'] }), undefined, YES],
    ['the allowed values of a parameter in Parameter Store are names', { Env: { Type: 'AWS::SSM::Parameter::Value<String>', AllowedValues: ['/a', '/b'] } }, undefined, BOTH],
    ['what is given for one is a name too', { Env: { Type: 'AWS::SSM::Parameter::Value<String>' } }, { parameters: { Env: '/env/name' } }, BOTH],
    ['its default is a name too', { Env: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/env/name' } }, undefined, BOTH],
    ['not declared as an object', { Env: 'String' }, undefined, BOTH],
  ])('%s', (_name, parameters, options, expected) => expect(values(env('prod'), { parameters, options })).toEqual(expected));

  test('a number', () => expect(values(equals({ Ref: 'N' }, '7'), { parameters: { N: { Type: 'Number', Default: 7 } } })).toEqual(YES));
  test('a list that is joined and compared with nothing', () => {
    const empty = equals({ 'Fn::Join': ['', { Ref: 'L' }] }, '');
    expect(values(empty, { parameters: { L: { Type: 'CommaDelimitedList', Default: '' } } })).toEqual(YES);
    expect(values(empty, { parameters: { L: { Type: 'CommaDelimitedList' } } })).toEqual(BOTH);
  });
  test('a pseudo parameter', () => {
    expect(values(equals({ Ref: 'AWS::Region' }, 'us-east-1'), { context: { region: 'us-east-1' } })).toEqual(YES);
    expect(values(equals({ Ref: 'AWS::Region' }, 'us-east-1'))).toEqual(BOTH);
  });
  test('what a parameter only takes part in is not the parameter', () => {
    const parameters = { I: { Type: 'String', AllowedValues: ['0', '1'] } };
    expect(values(equals({ 'Fn::Select': [{ Ref: 'I' }, ['a', 'b']] }, 'a'), { parameters })).toEqual(BOTH);
    expect(values(equals({ 'Fn::Base64': { Ref: 'I' } }, 'MA=='), { parameters })).toEqual(BOTH);
    expect(values(equals({ 'Fn::Sub': 'x${I}' }, 'x0'), { parameters })).toEqual(BOTH);
    expect(values(equals({ 'Fn::Sub': '${I}' }, '2'), { parameters })).toEqual(NO);
  });
  test('texts that look alike are not one', () => {
    const map = (name: string): Json => ({ 'Fn::Sub': ['x${v}', { v: { 'Fn::FindInMap': [name, { Ref: 'AWS::Region' }, 'k'] } }] });
    const template = templateOf(JSON.stringify({
      Mappings: { M: { a: { k: '1' }, b: { k: '2' } }, N: { a: { k: '3' }, b: { k: '4' } } }, Conditions: { M: equals(map('M'), 'x1'), N: equals(map('N'), 'x1') }, Resources: { B: { Type: 'T' } },
    }));
    expect(worlds(iff('M', iff('N', 'both', 'M'), iff('N', 'N', 'none')), template)).toEqual(['"both"', '"M"', '"N"', '"none"']);
  });
});

describe('rules under conditions', () => {
  const isProd = { conditions: { IsProd: env('prod'), IsDev: env('dev') } };
  test.each<[string, Rule, Case, string]>([
    ['right in both branches', versioned, { ...isProd, properties: { A: iff('IsProd', 'on', 'on') } }, 'pass'],
    ['wrong in one branch, which is named', versioned, { ...isProd, properties: { A: iff('IsProd', 'on', 'off') } }, 'fail: A is "off", expected "on" when IsProd is false'],
    ['wrong in the other branch', versioned, { ...isProd, properties: { A: iff('IsProd', 'off', 'on') } }, 'fail: A is "off", expected "on" when IsProd is true'],
    ['absent in one branch', versioned, { ...isProd, properties: { A: iff('IsProd', 'on', { Ref: 'AWS::NoValue' }) } }, 'fail: A is absent, expected "on" when IsProd is false'],
    ['not known in one branch', versioned, { ...isProd, properties: { A: iff('IsProd', 'on', { Ref: 'Env' }) } }, 'not-evaluated: A: parameter Env has no default and no value was given when IsProd is false'],
    ['a failure outweighs what is not known', versioned, { ...isProd, properties: { A: iff('IsProd', { 'Fn::GetAZs': '' }, 'off') } }, 'fail: A is "off", expected "on" when IsProd is false'],
    ['the whole of the properties', versioned, { ...isProd, properties: iff('IsProd', { A: 'on' }, {}) }, 'fail: A is absent, expected "on" when IsProd is false'],
    ['branches that exclude one another: the third is named', versioned, { ...isProd, properties: { A: iff('IsProd', 'on', iff('IsDev', 'on', 'off')) } }, 'fail: A is "off", expected "on" when IsProd is false and IsDev is false'],
    ['two exclusive conditions are never both true', versioned, { ...isProd, properties: { A: iff('IsProd', iff('IsDev', 'off', 'on'), 'on') } }, 'pass'],
    ['decided once is decided in this world only', versioned, { ...isProd, properties: { A: iff('IsProd', iff('IsDev', 'on', 'on'), iff('IsDev', 'off', 'on')) } }, 'fail: A is "off", expected "on" when IsProd is false and IsDev is true'],
    ['allowed values leave no third branch', versioned, { ...isProd, parameters: { Env: { Type: 'String', AllowedValues: ['prod', 'dev'] } }, properties: { A: iff('IsProd', 'on', iff('IsDev', 'on', 'off')) } }, 'pass'],
    ['one condition in two properties goes one way', both, { ...isProd, properties: { A: iff('IsProd', 'on', 'off'), B: iff('IsProd', 'on', 'off') } }, 'pass'],
    ['two conditions do not', both, { conditions: { IsProd: env('prod'), Big: equals({ Ref: 'Size' }, 'big') }, parameters: { ...OPEN, Size: { Type: 'String' } }, properties: { A: iff('IsProd', 'on', 'off'), B: iff('Big', 'on', 'off') } },
      'fail: A is "on", expected "never" when IsProd is true and Big is false'],
    ['a condition on the resource holds in its properties', versioned, { ...isProd, resource: { Condition: 'IsProd' }, properties: { A: iff('IsProd', 'on', 'off') } }, 'pass'],
    ['a condition on the resource that never holds', versioned, { conditions: { Never: equals('a', 'b') }, resource: { Condition: 'Never' } }, 'not-applicable: the resource is not created: its condition Never is false'],
    ['a condition on the resource that is not defined', versioned, { resource: { Condition: 'Nobody' } }, 'fail: A is absent, expected "on" when Nobody is true'],
    ['a default settles it', versioned, { ...isProd, parameters: { Env: { Type: 'String', Default: 'prod' } }, properties: { A: iff('IsProd', 'on', 'off') } }, 'pass'],
    ['a given value overrides the default', versioned, { ...isProd, parameters: { Env: { Type: 'String', Default: 'prod' } }, options: { parameters: { Env: 'dev' } }, properties: { A: iff('IsProd', 'on', 'off') } }, 'fail: A is "off", expected "on"'],
    ['no conditions at all', versioned, { conditions: 7, properties: { A: iff('IsProd', 'on', 'on') } }, 'not-evaluated: A: the condition IsProd is not defined'],
  ])('%s', (_name, check, case_, expected) => expect(says(judge(check, case_))).toBe(expected));

  test('as many conditions as can be tried, and one more', () => {
    const many = (count: number): Case => ({
      parameters: Object.fromEntries(Array.from({ length: count }, (_, at) => [`P${at}`, { Type: 'String' }])),
      conditions: Object.fromEntries(Array.from({ length: count }, (_, at) => [`C${at}`, equals({ Ref: `P${at}` }, 'x')])),
      properties: { A: Array.from({ length: count }, (_, at) => at).reduce<Json>((inner, at) => ({ 'Fn::Sub': ['${a}${b}', { a: inner, b: iff(`C${at}`, '', '') }] }), 'on') },
    });
    expect(says(judge(versioned, many(DECISION_LIMIT)))).toBe('pass');
    expect(says(judge(versioned, many(DECISION_LIMIT + 1)))).toBe('not-evaluated: it depends on more undecided conditions than can be tried');
  });

  test('a failure that was found stands, though there are too many conditions beyond it', () => {
    const result = judge(versioned, { ...isProd, properties: { A: iff('IsProd', 'off', iff('IsDev', 'on', 'on')) } });
    expect(result.verdict).toBe('fail');
  });

  test('a condition that comes out true whatever is decided on the way hides no world', () => {
    const isA = equals({ Ref: 'Other' }, 'a');
    const conditions: JsonObject = {
      // Asks for `Env` before it finds out that it need not.
      Always: { 'Fn::Or': [env('a'), equals('x', 'x')] }, IsA: isA, Either: { 'Fn::Or': [{ 'Fn::Not': [isA] }, { 'Fn::And': [isA, env('b')] }] },
    };
    const parameters = { ...OPEN, Other: { Type: 'String' } };
    const result = judge(versioned, { parameters, conditions, resource: { Condition: 'Always' }, properties: { A: iff('Either', iff('IsA', 'off', 'on'), 'on') } });
    expect(says(result)).toBe('fail: A is "off", expected "on" when Either is true and IsA is true');
  });

  test('what one rule settled is not settled for the next', () => {
    const template = templateOf(JSON.stringify({
      Parameters: OPEN, Conditions: { IsProd: env('prod'), IsDev: env('dev') },
      Resources: { First: { Type: 'T', Properties: { A: iff('IsProd', iff('IsDev', 'off', 'on'), 'on') } }, Second: { Type: 'T', Properties: { A: iff('IsDev', 'off', 'on') } } },
    }));
    expect([...template.resources.values()].map((resource) => says(evaluate(versioned, resource)))).toEqual(['pass', 'fail: A is "off", expected "on" when IsDev is true']);
  });
});

describe('nested stacks', () => {
  const nested = (condition: Json, passed: Json, inner: JsonObject, parameters: Json = OPEN) => {
    const loader = new Loader();
    const unit = loader.newUnit();
    const parent = loader.addTemplate('outer', {
      Parameters: parameters, Conditions: { IsProd: env('prod') }, Resources: { Nested: { Type: 'AWS::CloudFormation::Stack', Condition: condition, Properties: { Parameters: passed } } },
    }, unit, {}, '')!;
    const child = loader.addTemplate('inner', inner, unit, {}, '')!;
    unit.nest(child, parent.resources.get('Nested')!);
    loader.finish();
    return child.resources.get('R')!;
  };
  const inner = (properties: Json, more: JsonObject = {}): JsonObject => ({ Parameters: { Env: { Type: 'String' }, Stage: { Type: 'String', AllowedValues: ['a', 'b'] } }, Conditions: { IsProd: env('prod'), IsA: equals({ Ref: 'Stage' }, 'a') }, Resources: { R: { Type: 'T', Properties: properties } }, ...more });

  test('the condition of the nested stack is that of all in it', () => {
    expect(says(evaluate(versioned, nested('IsProd', { Env: { Ref: 'Env' } }, inner({ A: iff('IsProd', 'on', 'off') }))))).toBe('pass');
    expect(says(evaluate(versioned, nested('IsProd', {}, inner({}), { Env: { Type: 'String', Default: 'dev' } })))).toBe('not-applicable: the resource is not created: of its nested stack the condition IsProd is false');
  });
  test('a parameter of the parent is not the one of the same name', () => {
    // The parent's `Stage` may be anything; the nested one's is `a` or `b`.
    const template = inner({ A: iff('IsA', 'on', 'off') });
    expect(says(evaluate(versioned, nested('IsProd', { Stage: { Ref: 'Stage' } }, template, { ...OPEN, Stage: { Type: 'String' } })))).toMatch(/^fail: A is "off"/);
    const crossed = inner({ A: iff('IsX', 'off', 'on') }, { Conditions: { IsX: equals({ Ref: 'Env' }, 'x') } });
    expect(says(evaluate(versioned, nested('IsProd', { Env: { Ref: 'Stage' }, Stage: 'a' }, crossed, { ...OPEN, Stage: { Type: 'String' } })))).toMatch(/^fail: A is "off"/);
  });
  test('parent and nested stack are in one Region', () => {
    const here = (properties: Json): JsonObject => ({ Conditions: { Here: equals({ Ref: 'AWS::Region' }, 'eu-west-1') }, Resources: { R: { Type: 'T', Properties: properties } } });
    const loader = new Loader();
    const unit = loader.newUnit();
    const parent = loader.addTemplate('outer', { ...here({}), Resources: { Nested: { Type: 'AWS::CloudFormation::Stack', Condition: 'Here' } } }, unit, {}, '')!;
    const child = loader.addTemplate('inner', here({ A: iff('Here', 'on', 'off') }), unit, {}, '')!;
    unit.nest(child, parent.resources.get('Nested')!);
    loader.finish();
    expect(says(evaluate(versioned, child.resources.get('R')!))).toBe('pass');
  });
});

describe('hostile conditions end soon', () => {
  const timed = (case_: Case): string => {
    const began = process.cpuUsage();
    const result = judge(versioned, case_);
    expect(worked(began)).toBeLessThan(SOON);
    return result.verdict;
  };
  const chain = (length: number, link: (next: string) => Json, last: Json): JsonObject =>
    Object.fromEntries(Array.from({ length }, (_, at) => [`C${at}`, at === length - 1 ? last : link(`C${at + 1}`)]));

  test('a chain of ten thousand', () => expect(timed({ conditions: chain(10_000, (next) => ({ 'Fn::Not': [{ Condition: next }] }), env('x')), properties: { A: iff('C0', 'on', 'on') } })).toBe('not-evaluated'));
  test('a chain of a hundred is worked out', () => expect(timed({ conditions: chain(100, (next) => ({ 'Fn::Not': [{ Condition: next }] }), equals('a', 'a')), properties: { A: iff('C0', 'off', 'on') } })).toBe('pass'));
  test('each names the next twice', () => expect(timed({ conditions: chain(60, (next) => ({ 'Fn::And': [{ Condition: next }, { Condition: next }] }), env('x')), properties: { A: iff('C0', 'on', 'on') } })).toBe('pass'));
  test('each names the next twice, and the last names the first', () => expect(timed({ conditions: chain(60, (next) => ({ 'Fn::Or': [{ Condition: next }, { Condition: next }] }), { Condition: 'C0' }), properties: { A: iff('C0', 'on', 'on') } })).toBe('not-evaluated'));
  test('a resource under a condition that nobody can tell', () => expect(timed({ conditions: chain(10_000, (next) => ({ Condition: next }), env('x')), resource: { Condition: 'C0' }, properties: { A: 'on' } })).toBe('pass'));
});
