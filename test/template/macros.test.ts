import { Loader, LoadOptions } from '../../src/template';
import { Json, JsonObject } from '../../src/template/json';
import { DEFAULT_LIMITS, Limits } from '../../src/template/limits';
import { expandMacros, opaqueTransforms, transformsOf } from '../../src/template/macros';
import { Model } from '../../src/template/model';
import { SOON, worked } from '../soon';

const EXTENDED = { Transform: 'AWS::LanguageExtensions' };
const BUCKET = { Type: 'AWS::S3::Bucket' };

function expand(raw: JsonObject, { limits, given }: { limits?: Partial<Limits>; given?: Record<string, string> } = {}): { result: JsonObject; notes: string[] } {
  const notes: string[] = [];
  return { result: expandMacros({ ...EXTENDED, ...raw }, { ...DEFAULT_LIMITS, ...limits }, notes, given), notes };
}

function load(raw: JsonObject, options: LoadOptions = {}): Model {
  const loader = new Loader(options);
  loader.addTemplate('t', raw, loader.newUnit(), {}, JSON.stringify(raw));
  return loader.finish();
}

describe('the transforms that a template declares', () => {
  test.each<[string, Json | undefined, string[], string[]]>([
    ['none', undefined, [], []], ['one', 'AWS::LanguageExtensions', ['AWS::LanguageExtensions'], []], ['several', ['AWS::Serverless-2016-10-31', 'Mine'], ['AWS::Serverless-2016-10-31', 'Mine'], ['Mine']],
    ['with parameters', { Name: 'AWS::Include', Parameters: {} }, ['AWS::Include'], ['AWS::Include']], ['of wrong kinds', [7, null, [], {}, { Name: 7 }], [], []], ['a number', 7, [], []],
  ])('%s', (_name, Transform, all, opaque) => {
    const raw: JsonObject = Transform === undefined ? {} : { Transform };
    expect([transformsOf(raw), opaqueTransforms(raw)]).toEqual([all, opaque]);
  });

  test('one that is not understood is a limitation', () => {
    expect(load({ Transform: ['Mine'], Resources: { B: BUCKET } }).limitations).toEqual([expect.objectContaining({ code: 'macro', text: expect.stringContaining('Mine'), affects: ['t'] })]);
  });
  test.each<[string, JsonObject]>([['at the root', { 'Fn::Transform': { Name: 'AWS::Include' }, 'Resources': { B: BUCKET } }], ['among the resources', { Resources: { 'B': BUCKET, 'Fn::Transform': { Name: 'AWS::Include', Parameters: {} } } }]])('a macro %s adds what is not in the population', (_name, raw) => {
    const model = load(raw);
    expect(model.limitations).toEqual([{ code: 'macro', text: 'the macro AWS::Include adds to the template at deployment; what it adds is not in the population', affects: ['t'] }]);
    expect([...model.templates[0].resources.keys()]).toEqual(['B']);
  });
});

describe('ForEach', () => {
  const loop = (collection: Json, body: Json = { 'B${X}': { ...BUCKET, Properties: { BucketName: { 'Fn::Sub': 'b-${X}-${AWS::Region}' }, Tags: [{ Key: 'x', Value: { Ref: 'X' } }] } } }): JsonObject => ({ Resources: { 'Fn::ForEach::L': ['X', collection, body] } });
  const made = (raw: JsonObject, options?: Parameters<typeof expand>[1]) => Object.keys(expand(raw, options).result.Resources as JsonObject);

  test('makes an entry of each value', () => {
    expect(expand(loop(['a', 'b'])).result.Resources).toEqual({
      Ba: { ...BUCKET, Properties: { BucketName: { 'Fn::Sub': 'b-a-${AWS::Region}' }, Tags: [{ Key: 'x', Value: 'a' }] } },
      Bb: { ...BUCKET, Properties: { BucketName: { 'Fn::Sub': 'b-b-${AWS::Region}' }, Tags: [{ Key: 'x', Value: 'b' }] } },
    });
  });
  test('&{X} gives the letters and digits', () => expect(made(loop(['10.0.0.0/8', 'a-b'], { 'B&{X}': BUCKET }))).toEqual(['B100008', 'Bab']));
  test('loops in loops', () => expect(made(loop(['a', 'b'], { 'Fn::ForEach::M': ['Y', ['1', '2'], { 'B${X}${Y}': BUCKET }] }))).toEqual(['Ba1', 'Ba2', 'Bb1', 'Bb2']));
  test('the collection of an inner loop may name the outer value', () => expect(made(loop(['a', 'b'], { 'Fn::ForEach::M${X}': ['Y', ['${X}1', { Ref: 'X' }], { 'B${Y}': BUCKET }] }))).toEqual(['Ba1', 'Ba', 'Bb1', 'Bb']));
  test('in properties, outputs and conditions', () => {
    const { result } = expand({
      Conditions: { 'Fn::ForEach::C': ['X', ['a'], { 'C${X}': { 'Fn::Equals': ['${X}', 'a'] } }] }, Outputs: { 'Fn::ForEach::O': ['X', ['a'], { 'O${X}': { Value: { 'Fn::GetAtt': ['B${X}', 'Arn'] } } }] },
      Resources: { B: { ...BUCKET, Properties: { 'Fn::ForEach::P': ['X', ['BucketName'], { '${X}': 'name' }], 'Other': 1 } } },
    });
    expect(result).toEqual({ ...EXTENDED, Conditions: { Ca: { 'Fn::Equals': ['a', 'a'] } }, Outputs: { Oa: { Value: { 'Fn::GetAtt': ['Ba', 'Arn'] } } }, Resources: { B: { ...BUCKET, Properties: { BucketName: 'name', Other: 1 } } } });
  });
  test('numbers and booleans as values', () => expect(made(loop([1, true]))).toEqual(['B1', 'Btrue']));
  test('over nothing', () => expect(made(loop([]))).toEqual([]));

  describe('over a parameter', () => {
    const over = (parameter: JsonObject) => ({ Parameters: { P: parameter }, ...loop({ Ref: 'P' }) });
    test('takes its default, and says so', () => {
      expect(made(over({ Type: 'CommaDelimitedList', Default: 'a, b' }))).toEqual(['Ba', 'Bb']);
      expect(expand(over({ Type: 'CommaDelimitedList', Default: 'a' })).notes).toEqual(['the resources that Fn::ForEach makes are those for the default of parameter P']);
    });
    test('takes what is given before that', () => {
      const { result, notes } = expand(over({ Type: 'CommaDelimitedList', Default: 'a, b' }), { given: { P: 'c' } });
      expect([Object.keys(result.Resources as JsonObject), notes]).toEqual([['Bc'], []]);
      expect([...load({ ...EXTENDED, ...over({ Type: 'CommaDelimitedList' }) }, { parameters: { P: 'c,d' } }).templates[0].resources.keys()]).toEqual(['Bc', 'Bd']);
    });
    test.each<[string, JsonObject]>([['without default', { Type: 'CommaDelimitedList' }], ['in Parameter Store', { Type: 'AWS::SSM::Parameter::Value<List<String>>', Default: '/a,/b' }], ['of a strange type', { Type: { toString: 1 } }]])('%s', (_name, parameter) => {
      expect(expand(over(parameter)).notes).toEqual(['Fn::ForEach::L could not be expanded: its collection is known at deployment']);
    });
  });

  test.each<[string, Json]>([
    ['null', null], ['a text', 'x'], ['an empty list', []], ['no identifier', [7, ['a'], {}]], ['a body that is a list', ['X', ['a'], []]], ['a body that is null', ['X', ['a'], null]], ['a collection of objects', ['X', [{ Ref: 'A' }], {}]], ['a collection by a function', ['X', { 'Fn::FindInMap': ['a', 'b', 'c'] }, {}]],
    ['a parameter that is not there', ['X', { Ref: '__proto__' }, {}]],
  ])('malformed: %s', (_name, argument) => {
    const model = load({ ...EXTENDED, Resources: { 'Fn::ForEach::L': argument, 'B': BUCKET } });
    expect(model.limitations.map(({ text }) => text)).toEqual([expect.stringMatching(/^Fn::ForEach::L could not be expanded/), expect.stringMatching(/^"Fn::ForEach::L" in Resources is .*, expected an object: it is not in the population$/)]);
    expect([...model.templates[0].resources.keys()]).toEqual(['B']);
  });
  test('without the transform it is no resource', () => {
    expect(load(loop(['a'])).limitations).toEqual([{ code: 'resource', text: '"Fn::ForEach::L" in Resources is a list, expected an object: it is not in the population', affects: ['t'] }]);
  });
  test('keys such as __proto__ are made as keys', () => {
    const { Resources } = expand(loop(['__proto__', 'constructor'], { '${X}': BUCKET })).result;
    expect(Object.entries(Resources as JsonObject)).toEqual([['__proto__', BUCKET], ['constructor', BUCKET]]);
  });

  describe('bombs', () => {
    const many = (count: number) => Array.from({ length: count }, (_, at) => String(at));
    const nested = (depth: number): JsonObject => ({ [`Fn::ForEach::L${depth}`]: [`X${depth}`, many(10), depth === 0 ? { B: BUCKET } : nested(depth - 1)] });
    test.each<[string, JsonObject, RegExp]>([
      ['many values', loop(many(5001)), /makes more than 5000 entries/],
      ['loops in loops', { Resources: nested(8) }, /makes more than 5000 entries/],
      ['a large body', loop(many(4000), { 'B${X}': { ...BUCKET, Properties: { P: many(20_000) } } }), /makes more than 16777216 bytes/],
      ['a long value in many places', loop(['x'.repeat(1_000_000)], { '${X}': { A: '${X}'.repeat(100_000) } }), /makes more than 16777216 bytes/],
      ['long texts', loop(many(4000), { 'B${X}': 'x'.repeat(100_000) }), /makes more than 16777216 bytes/],
    ])('%s', (_name, raw, message) => {
      const began = process.cpuUsage();
      const model = load({ ...EXTENDED, ...raw });
      expect([model.templates, model.inputs[0].error]).toEqual([[], expect.stringMatching(message)]);
      expect(worked(began)).toBeLessThan(SOON);
    });
  });
});

describe("SAM's Globals", () => {
  const sam = (globals: Json, properties?: Json) => {
    const raw: JsonObject = { Transform: 'AWS::Serverless-2016-10-31', Globals: globals, Resources: { F: { Type: 'AWS::Serverless::Function', ...properties !== undefined && { Properties: properties } }, B: BUCKET } };
    return ((expand({ ...raw }).result.Resources as JsonObject).F as JsonObject).Properties;
  };
  test.each<[string, Json, Json | undefined, Json | undefined]>([
    ['are taken over', { Function: { Timeout: 3 } }, { Handler: 'h' }, { Timeout: 3, Handler: 'h' }],
    ['where there are no properties', { Function: { Timeout: 3 } }, undefined, { Timeout: 3 }],
    ["a resource's own value wins", { Function: { Timeout: 3 } }, { Timeout: 4 }, { Timeout: 4 }],
    ['objects merge', { Function: { Environment: { Variables: { A: 1, B: 1 } } } }, { Environment: { Variables: { B: 2 } } }, { Environment: { Variables: { A: 1, B: 2 } } }],
    ['lists join', { Function: { Layers: ['a'] } }, { Layers: ['b'] }, { Layers: ['a', 'b'] }],
    ['a function is one value', { Function: { Role: { Ref: 'A' }, VpcConfig: { 'Fn::If': ['C', {}, {}] } } }, { Role: { 'Fn::GetAtt': ['B', 'Arn'] }, VpcConfig: { SecurityGroupIds: [] } }, { Role: { 'Fn::GetAtt': ['B', 'Arn'] }, VpcConfig: { SecurityGroupIds: [] } }],
    ['those of other types are not', { Api: { Timeout: 3 } }, { Handler: 'h' }, { Handler: 'h' }],
    ['of a wrong kind are not', { Function: 'x', Nonsense: {} }, { Handler: 'h' }, { Handler: 'h' }],
    ['are no object', 7, { Handler: 'h' }, { Handler: 'h' }],
    ['nor are the properties', { Function: { Timeout: 3 } }, 'x', 'x'],
  ])('%s', (_name, globals, properties, result) => expect(sam(globals, properties)).toEqual(result));

  test('keys such as __proto__ stay keys', () => {
    const merged = sam(JSON.parse('{"Function": {"__proto__": {"x": 1}}}'), JSON.parse('{"__proto__": {"y": 2}}')) as JsonObject;
    expect(Object.entries(merged)).toEqual([['__proto__', { x: 1, y: 2 }]]);
  });
  test('without the transform they mean nothing', () => {
    expect((expandMacros({ Globals: { Function: { Timeout: 3 } }, Resources: { F: { Type: 'AWS::Serverless::Function' } } }, DEFAULT_LIMITS, []).Resources as JsonObject).F).toEqual({ Type: 'AWS::Serverless::Function' });
  });
});
