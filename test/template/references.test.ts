import { SOON, worked } from '../soon';
import { modelOf, read, templateOf, worlds } from './values';
import { evaluate, rule, RuleSpec } from '../../src/rules/kernel';
import { Loader, LoadOptions } from '../../src/template';
import { Json, JsonObject } from '../../src/template/json';
import { Model, Template, TemplateContext } from '../../src/template/model';

const spec: Omit<RuleSpec, 'id' | 'check'> = { resourceTypes: ['T'], title: '', severity: 'low', criteria: { direct: [] }, rationale: '', remediation: { cfn: '' } };
const isOn = rule({ ...spec, id: 'Test.On', check: (resource) => resource.get('A').is('on') });
const exporting = (name: Json, value: Json = 'exported', more: JsonObject = {}): JsonObject => ({ Resources: { Bucket: { Type: 'AWS::S3::Bucket' } }, Outputs: { O: { Value: value, Export: { Name: name } } }, ...more });
const EMPTY: JsonObject = { Resources: { R: { Type: 'T' } } };

/** What an expression of the last template gives. */
function last(raw: Json, model: Model): string[] {
  return worlds(raw, model.templates[model.templates.length - 1]);
}

describe('parameters', () => {
  const property = (type: string, more: object, options?: LoadOptions) => {
    const template = templateOf(JSON.stringify({ Parameters: { P: { Type: type, ...more } }, Resources: { R: { Type: 'T', Properties: { A: { Ref: 'P' }, Password: { Ref: 'P' } } } } }), {}, options);
    return evaluate(isOn, template.resources.get('R')!);
  };

  test('a default is said to be one', () => expect(property('String', { Default: 'on' }).evidence).toEqual([{ path: 'Properties.A', value: 'on', note: 'default of parameter P' }]));
  test('a given value is said to be one', () => expect(property('String', { Default: 'off' }, { parameters: { P: 'on' } }).evidence).toEqual([{ path: 'Properties.A', value: 'on', note: 'parameter P, given' }]));
  test('without either the reason is given', () => expect(property('String', {})).toMatchObject({ verdict: 'not-evaluated', reason: 'A: parameter P has no default and no value was given', evidence: [{ path: 'Properties.A', value: '${P}' }] }));
  test('a given value for a parameter that is not declared is passed over', () => expect(property('String', { Default: 'on' }, { parameters: { Q: 'off', __proto__: 'off' } as never }).verdict).toBe('pass'));
  test('a default that is no text', () => expect(property('String', { Default: { a: 1 } })).toMatchObject({ verdict: 'not-evaluated', reason: 'A: parameter P has a value that is not text' }));
  test('a default of null is none', () => expect(property('String', { Default: null }).verdict).toBe('not-evaluated'));

  describe('that are hidden', () => {
    const hidden = (raw: Json, more: object = { Default: 'hunter2' }, options?: LoadOptions) => {
      const template = templateOf(JSON.stringify({ Parameters: { P: { Type: 'String', NoEcho: 'true', ...more } }, Resources: { R: { Type: 'T', Properties: { A: raw } } } }), {}, options);
      const walk = rule({ ...spec, id: 'Test.Walk', check: (resource) => resource.get('A').every((item) => item.is('on')) });
      return [evaluate(isOn, template.resources.get('R')!), evaluate(walk, template.resources.get('R')!)];
    };
    const list = { Type: 'CommaDelimitedList', Default: 'x,hunter2' };
    test.each<[string, Json, object?, LoadOptions?]>([
      ['a value', { Ref: 'P' }], ['in Sub', { 'Fn::Sub': 'a${P}b' }], ['in Join', { 'Fn::Join': ['', ['a', { Ref: 'P' }]] }], ['in Base64', { 'Fn::Base64': { Ref: 'P' } }], ['in Split', { 'Fn::Split': [',', { Ref: 'P' }] }],
      ['in ToJsonString', { 'Fn::ToJsonString': { p: { Ref: 'P' } } }], ['selected', { 'Fn::Select': [0, [{ Ref: 'P' }]] }], ['in a list', [{ Ref: 'P' }]], ['given', { Ref: 'P' }, {}, { parameters: { P: 'hunter2' } }],
      ['a list', { Ref: 'P' }, list], ['out of a list', { 'Fn::Select': [1, { Ref: 'P' }] }, list], ['a joined list', { 'Fn::Join': ['', { Ref: 'P' }] }, list], ['a list given', { Ref: 'P' }, { Type: 'List<String>' }, { parameters: { P: 'hunter2,y' } }],
    ])('%s is shown nowhere', (...[, raw, more, options]) => {
      const results = hidden(raw, more, options);
      expect(JSON.stringify(results)).not.toMatch(/hunter2|aHVudGVyMg/);
      for (const { verdict } of results) expect(verdict).not.toBe('pass');
    });
    test.each([true, 'true', 'True', 'TRUE'])('NoEcho may be %p', (NoEcho) => expect(JSON.stringify(hidden({ Ref: 'P' }, { NoEcho, Default: 'hunter2' }))).not.toContain('hunter2'));
    test.each([false, 'false', null, { toString: 1 }, []])('NoEcho is not set by %p', (NoEcho) => expect(JSON.stringify(hidden({ Ref: 'P' }, { NoEcho, Default: 'visible' }))).toContain('visible'));
    test('decides all the same', () => expect(hidden({ Ref: 'P' }, { Default: 'on' }).map(({ verdict }) => verdict)).toEqual(['pass', 'pass']));
  });

  describe('of list types', () => {
    test.each([
      ['CommaDelimitedList', 'a, b ,c', '["a", "b", "c"]'], ['List<Number>', '1,2', '["1", "2"]'], ['List<AWS::EC2::Subnet::Id>', 'subnet-1', '["subnet-1"]'], ['CommaDelimitedList', '', '[]'], ['CommaDelimitedList', 'a,,b', '["a", "", "b"]'], ['String', 'a,b', '"a,b"'],
    ])('%s of %p', (Type, Default, gives) => expect(read({ Ref: 'P' }, { template: { Parameters: { P: { Type, Default } } } })).toEqual([gives]));
    test('given', () => expect(read({ Ref: 'P' }, { template: { Parameters: { P: { Type: 'CommaDelimitedList', Default: 'x' } } }, options: { parameters: { P: 'a,b' } } })).toEqual(['["a", "b"]']));
    test('a number as default', () => expect(read({ Ref: 'P' }, { template: { Parameters: { P: { Type: 'CommaDelimitedList', Default: 7 } } } })).toEqual(['7']));
  });
});

describe('exports and imports', () => {
  const imported = (name: Json, ...templates: JsonObject[]) => last({ 'Fn::ImportValue': name }, modelOf(Object.fromEntries([...templates, EMPTY].map((template, at) => [`t${at}`, { template, context: { stackName: `Stack${at}` } }]))));
  const SEVERAL = '<? several outputs export x>';

  test('by a literal', () => expect(imported('x', exporting('x'))).toEqual(['"exported"']));
  test('by Sub, with the name of the exporting stack', () => expect(imported('Stack0-x', exporting({ 'Fn::Sub': '${AWS::StackName}-x' }))).toEqual(['"exported"']));
  test('by Join and by parameter', () => expect(imported({ 'Fn::Join': ['-', ['a', 'b']] }, exporting({ 'Fn::Sub': '${P}-b' }, 1, { Parameters: { P: { Type: 'String', Default: 'a' } } }))).toEqual(['1']));
  test('a resource is followed into its template', () => {
    const model = modelOf({ a: { template: exporting('x', { 'Fn::GetAtt': ['Bucket', 'Arn'] }) }, b: { template: EMPTY } });
    expect(last({ 'Fn::Sub': ['${b}/*', { b: { 'Fn::ImportValue': 'x' } }] }, model)).toEqual(['<Bucket.Arn>/*']);
  });
  test('across separate templates too', () => expect(last({ 'Fn::ImportValue': 'x' }, modelOf({ a: { template: exporting('x') }, b: { template: EMPTY } }, {}, false))).toEqual(['"exported"']));
  test('exported twice', () => expect(imported('x', exporting('x', 'one'), exporting('x', 'two'))).toEqual([SEVERAL]));
  test('exported under conditions that exclude one another', () => {
    const template: JsonObject = {
      Parameters: { Env: { Type: 'String' } }, Conditions: { Prod: { 'Fn::Equals': [{ Ref: 'Env' }, 'prod'] }, NotProd: { 'Fn::Not': [{ Condition: 'Prod' }] } }, Resources: { R: { Type: 'T' } },
      Outputs: { A: { Condition: 'Prod', Value: 'one', Export: { Name: 'x' } }, B: { Condition: 'NotProd', Value: 'two', Export: { Name: 'x' } } },
    };
    expect(imported('x', template)).toEqual(['"one"', '"two"']);
  });
  test('by either name that a condition may give', () => {
    const template = exporting({ 'Fn::If': ['Prod', 'prod-x', 'dev-x'] }, 'v', { Parameters: { Env: { Type: 'String' } }, Conditions: { Prod: { 'Fn::Equals': [{ Ref: 'Env' }, 'prod'] } } });
    expect([imported('prod-x', template), imported('dev-x', template), imported('x', template)]).toEqual([['"v"'], ['"v"'], ['<? imported value x is exported by no template given>']]);
  });
  test('the one deployed together with the importing template is meant', () => {
    const loader = new Loader();
    const units = [loader.newUnit(), loader.newUnit()];
    units.forEach((unit, at) => loader.addTemplate(`a${at}`, exporting('x', `of ${at}`), unit, {}, ''));
    const importing = units.map((unit, at) => loader.addTemplate(`b${at}`, EMPTY, unit, {}, '')!);
    const other = loader.addTemplate('c', EMPTY, loader.newUnit(), {}, '')!;
    loader.finish();
    expect([...importing, other].map((template) => worlds({ 'Fn::ImportValue': 'x' }, template))).toEqual([['"of 0"'], ['"of 1"'], [SEVERAL]]);
  });
  test.each<[string, TemplateContext, TemplateContext, string]>([
    ['in another Region', { region: 'us-east-1' }, { region: 'eu-west-1' }, '<? imported value x is exported by no template given>'],
    ['in another account', { account: '1' }, { account: '2' }, '<? imported value x is exported by no template given>'],
    ['in the same', { account: '1', region: 'us-east-1' }, { account: '1', region: 'us-east-1' }, '"exported"'],
    ['where one is not known', { account: '1' }, { region: 'us-east-1' }, '"exported"'],
  ])('%s', (_name, a, b, gives) => expect(last({ 'Fn::ImportValue': 'x' }, modelOf({ a: { template: exporting('x'), context: a }, b: { template: EMPTY, context: b } }))).toEqual([gives]));
  test.each<[string, Json]>([['null', null], ['a number', 7], ['a list', ['x']], ['an object', { Name: 'x' }]])('a name that is %s', (_name, name) => expect(imported(name)).toEqual(['<? the name of the imported value is known at deployment>']));
  test.each<[string, Json]>([['Outputs is null', null], ['Outputs is a list', [1]], ['an output is a text', { O: 'x' }], ['Export is a text', { O: { Value: 1, Export: 'x' } }], ['there is no value', { O: { Export: { Name: 'x' } } }], ['there is no name', { O: { Value: 1, Export: {} } }]])('%s', (_name, Outputs) => {
    expect(imported('x', { ...EMPTY, Outputs })[0]).toMatch(/^<\? (imported value x is exported by no template given|the output O of t0 has no value)>$/);
  });
  test('an import of itself ends', () => expect(imported('x', exporting('x', { 'Fn::ImportValue': 'x' }))).toEqual(['<?? the output O of t0 refers to itself>']));
  test('an export name that takes too many decisions exports nothing that is known', () => {
    const many = Array.from({ length: 12 }, (_, at) => at);
    const template = exporting({ 'Fn::Join': ['', many.map((at) => ({ 'Fn::If': [`C${at}`, 'a', 'b'] }))] }, 'v', {
      Parameters: Object.fromEntries(many.map((at) => [`P${at}`, { Type: 'String' }])), Conditions: Object.fromEntries(many.map((at) => [`C${at}`, { 'Fn::Equals': [{ Ref: `P${at}` }, 'x'] }])),
    });
    expect(imported('x', template)).toEqual(['<? imported value x is exported by no template given>']);
  });
});

describe('GetStackOutput', () => {
  const stack = (value: Json): JsonObject => ({ Resources: { R: { Type: 'T' } }, Outputs: { O: { Value: value } } });
  const get = (more: JsonObject, contexts: readonly TemplateContext[], own: TemplateContext = {}) => last({ 'Fn::GetStackOutput': { StackName: 'S', OutputName: 'O', ...more } },
    modelOf(Object.fromEntries([...contexts.map((context, at) => [`s${at}`, { template: stack(`of ${at}`), context: { stackName: 'S', ...context } }]), ['own', { template: EMPTY, context: own }]])));
  const EAST = { region: 'us-east-1' };
  const WEST = { region: 'eu-west-1' };
  const NONE = '<? the stack S is not among the templates given>';

  test.each<[string, JsonObject, TemplateContext[], TemplateContext, string]>([
    ['of the only stack of the name', {}, [{}], {}, '"of 0"'],
    ['in its own Region', {}, [EAST, WEST], WEST, '"of 1"'],
    ['in a Region that is named', { Region: 'us-east-1' }, [EAST, WEST], WEST, '"of 0"'],
    ['in a Region where it is not', { Region: 'ap-south-1' }, [EAST, WEST], WEST, NONE],
    ['in a Region that is not its only one', { Region: 'us-east-1' }, [WEST], {}, NONE],
    ['in a Region that is not known', { Region: { Ref: 'AWS::Region' } }, [EAST, WEST], {}, '<? the Region of Fn::GetStackOutput is known at deployment>'],
    ['in its Region, by name', { Region: { Ref: 'AWS::Region' } }, [EAST, WEST], EAST, '"of 0"'],
    ['of several where its own Region is not known', {}, [EAST, WEST], {}, '<? several stacks are named S>'],
    ['in another account without a role', {}, [{ account: '1' }], { account: '2' }, NONE],
    ['in another account with a role', { RoleArn: 'arn:aws:iam::1:role/r' }, [{ account: '1' }], { account: '2' }, '"of 0"'],
    ['that the stack does not have', { OutputName: 'Nope' }, [{}], {}, '<? s0 has no output Nope>'],
    ['of a name that is not known', { StackName: { Ref: 'AWS::StackId' } }, [{}], {}, '<? the stack or the output of Fn::GetStackOutput is known at deployment>'],
    ['without a name', { OutputName: null }, [{}], {}, '<? the stack or the output of Fn::GetStackOutput is known at deployment>'],
  ])('%s', (_name, more, contexts, own, gives) => expect(get(more, contexts, own)).toEqual([gives]));
});

describe('nested stacks', () => {
  interface Nested { readonly passed?: Json; readonly inner: JsonObject; readonly outer?: JsonObject; readonly stack?: JsonObject; readonly options?: LoadOptions }

  const nest = ({ passed, inner, outer = {}, stack = {}, options }: Nested): { parent: Template; child: Template; model: Model } => {
    const loader = new Loader(options);
    const unit = loader.newUnit();
    const parent = loader.addTemplate('outer', {
      ...outer, Resources: { Bucket: { Type: 'AWS::S3::Bucket' }, Nested: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'x', ...passed !== undefined && { Parameters: passed } }, ...stack } },
    }, unit, {}, '')!;
    const child = loader.addTemplate('inner', { Resources: { Topic: { Type: 'AWS::SNS::Topic' } }, ...inner }, unit, {}, '')!;
    unit.nest(child, parent.resources.get('Nested')!);
    return { parent, child, model: loader.finish() };
  };
  const P = (more: object = {}): JsonObject => ({ Parameters: { P: { Type: 'String', ...more } } });
  const value = (nested: Nested) => worlds({ Ref: 'P' }, nest(nested).child);

  test.each<[string, Nested, string[]]>([
    ['a literal', { passed: { P: 'x' }, inner: P() }, ['"x"']],
    ['a reference of the parent', { passed: { P: { Ref: 'Bucket' } }, inner: P() }, ['<Bucket>']],
    ['a parameter of the parent', { passed: { P: { Ref: 'Q' } }, inner: P(), outer: { Parameters: { Q: { Type: 'String', Default: 'q' } } } }, ['"q"']],
    ['a parameter of the parent without default', { passed: { P: { Ref: 'Q' } }, inner: P({ Default: 'd' }), outer: { Parameters: { Q: { Type: 'String' } } } }, ['<? parameter Q has no default and no value was given>']],
    ['nothing: the default holds', { inner: P({ Default: 'd' }) }, ['"d"']],
    ['AWS::NoValue: the default holds', { passed: { P: { Ref: 'AWS::NoValue' } }, inner: P({ Default: 'd' }) }, ['"d"']],
    ['null: the default holds', { passed: { P: null }, inner: P({ Default: 'd' }) }, ['"d"']],
    ['another parameter: the default holds', { passed: { Z: 'z' }, inner: P({ Default: 'd' }) }, ['"d"']],
    ['all parameters by a function', { passed: { 'Fn::If': ['C', { P: 'x' }, {}] }, inner: P({ Default: 'd' }) }, ['<? what is passed for parameter P is decided at deployment>']],
    ['some parameters by a macro', { passed: { 'Q': 'q', 'Fn::Transform': { Name: 'M' } }, inner: P({ Default: 'd' }) }, ['<? what is passed for parameter P is decided at deployment>']],
    ['the properties by a function', { inner: P({ Default: 'd' }), stack: { Properties: { 'Fn::If': ['C', {}, {}] } } }, ['<? what is passed for parameter P is decided at deployment>']],
    ['a text: the default holds, as CloudFormation refuses it', { passed: 'x', inner: P({ Default: 'd' }) }, ['"d"']],
    ['a list', { passed: { P: 'a,b' }, inner: P({ Type: 'CommaDelimitedList' }) }, ['["a", "b"]']],
    ['a joined list of references', { passed: { P: { 'Fn::Join': [',', [{ Ref: 'Bucket' }, 'b']] } }, inner: P({ Type: 'CommaDelimitedList' }) }, ['[<Bucket>, "b"]']],
    ['a name in Parameter Store', { passed: { P: '/name' }, inner: P({ Type: 'AWS::SSM::Parameter::Value<String>' }) }, ['<? parameter P is read from Parameter Store at deployment>']],
    ['a conditional value', { passed: { P: { 'Fn::If': ['C', 'a', 'b'] } }, inner: P(), outer: { Parameters: { Q: { Type: 'String' } }, Conditions: { C: { 'Fn::Equals': [{ Ref: 'Q' }, 'x'] } } } }, ['"a"', '"b"']],
    ['a value given on the command line is for the outermost stack', { passed: { P: 'passed' }, inner: P({ Default: 'd' }), options: { parameters: { P: 'given' } } }, ['"passed"']],
    ['and does not replace the default either', { inner: P({ Default: 'd' }), options: { parameters: { P: 'given' } } }, ['"d"']],
  ])('%s', (_name, nested, gives) => expect(value(nested)).toEqual(gives));

  test('outputs are followed into the nested stack, and back', () => {
    const { parent, child } = nest({ passed: { P: { Ref: 'Bucket' } }, inner: { ...P(), Outputs: { T: { Value: { Ref: 'Topic' } }, Back: { Value: { 'Fn::Sub': '${P}-x' } } } } });
    expect(worlds({ 'Fn::GetAtt': ['Nested', 'Outputs.T'] }, parent)).toEqual(['<Topic>']);
    expect(worlds({ 'Fn::Sub': '${Nested.Outputs.Back}' }, parent)).toEqual(['<Bucket>-x']);
    expect(worlds({ 'Fn::GetAtt': 'Nested.Outputs.Nope' }, parent)).toEqual(['<? inner has no output Nope>']);
    expect(worlds({ 'Fn::GetAtt': ['Nested', 'Outputs', 'T'] }, parent)).toEqual(['<Topic>']);
    expect(worlds({ Ref: 'Nested' }, parent)).toEqual(['<Nested>']);
    expect(child.parent?.logicalId).toBe('Nested');
  });

  test('outputs and parameters that go round end', () => {
    const { parent } = nest({ passed: { P: { 'Fn::GetAtt': ['Nested', 'Outputs.O'] } }, inner: { ...P(), Outputs: { O: { Value: { Ref: 'P' } } } } });
    expect(worlds({ 'Fn::GetAtt': ['Nested', 'Outputs.O'] }, parent)).toEqual(['<?? the output O of inner refers to itself>']);
  });

  test('outputs that double at each step end soon', () => {
    const steps = 60;
    const { parent } = nest({
      passed: Object.fromEntries(Array.from({ length: steps }, (_, at) => [`P${at}`, { 'Fn::Sub': `\${Nested.Outputs.O${at + 1}}\${Nested.Outputs.O${at + 1}}` }])),
      inner: {
        Parameters: Object.fromEntries(Array.from({ length: steps }, (_, at) => [`P${at}`, { Type: 'String' }])),
        Outputs: Object.fromEntries(Array.from({ length: steps + 1 }, (_, at) => [`O${at}`, { Value: at === steps ? { Ref: 'Topic' } : { Ref: `P${at}` } }])),
      },
    });
    const began = process.cpuUsage();
    expect(worlds({ 'Fn::GetAtt': ['Nested', 'Outputs.O0'] }, parent)[0]).toContain('<? the text has more than 10000 parts>');
    expect(worked(began)).toBeLessThan(SOON);
  });

  test('a nested stack that is not given is a limitation', () => {
    expect(modelOf({ a: { template: { Resources: { N: { Type: 'AWS::CloudFormation::Stack' } } } } }).limitations).toEqual([expect.objectContaining({ code: 'nested-stack', affects: ['a'] })]);
  });

  describe('secrets', () => {
    const secret = rule({ ...spec, id: 'Test.Secret', check: (resource) => resource.get('A').is('on') });
    const judge = (nested: Nested) => evaluate(secret, nest({ ...nested, inner: { ...nested.inner, Resources: { R: { Type: 'T', Properties: { A: { Ref: 'P' } } } } } }).child.resources.get('R')!);
    test('a literal for a hidden parameter is hidden', () => expect(JSON.stringify(judge({ passed: { P: 'hunter2' }, inner: P({ NoEcho: true }) }))).not.toContain('hunter2'));
    test('a hidden parameter of the parent stays hidden', () => {
      expect(JSON.stringify(judge({ passed: { P: { Ref: 'Q' } }, inner: P(), outer: { Parameters: { Q: { Type: 'String', NoEcho: true, Default: 'hunter2' } } } }))).not.toContain('hunter2');
    });
    test('whether a parameter is hidden takes all on the way', () => {
      const asked: unknown[] = [];
      const ask = rule({ ...spec, id: 'Test.Ask', check: (resource) => (asked.push(resource.get('A').parameter), resource.get('A').isPresent()) });
      for (const [outerHidden, innerHidden] of [[true, true], [true, false], [false, true]]) {
        const { child } = nest({ passed: { P: { Ref: 'Q' } }, inner: { ...P({ NoEcho: innerHidden }), Resources: { R: { Type: 'T', Properties: { A: { Ref: 'P' } } } } }, outer: { Parameters: { Q: { Type: 'String', NoEcho: outerHidden } } } });
        evaluate(ask, child.resources.get('R')!);
      }
      expect(asked).toEqual([true, false, false].map((noEcho) => ({ name: 'Q', noEcho, hasDefault: false })));
    });
  });
});
