import { SPEC } from './ask';
import { all, any, evaluate, Evaluation, Result, rule, Rule, RuleSpec, Truth } from '../../../src/rules/kernel';
import { Session } from '../../../src/rules/kernel/evaluate';
import { Loader } from '../../../src/template';
import { Json, JsonObject } from '../../../src/template/json';
import { Model, TemplateContext } from '../../../src/template/model';
import { SOON, worked } from '../../soon';
import { templateOf } from '../../template/values';

const check = (question: RuleSpec['check'], id = 'Test.Rule'): Rule => rule({ ...SPEC, id, check: question });
const load = (raw: JsonObject) => templateOf(JSON.stringify(raw));
const judge = (raw: JsonObject, question: RuleSpec['check'], id = 'Subject'): Result => evaluate(check(question), load(raw).resources.get(id)!);
const subject = (properties: Json, more: JsonObject = {}): JsonObject => ({ Resources: { Subject: { Type: 'T', Properties: properties, ...more } } });
const says = ({ verdict, message, reason }: Result) => [verdict, message ?? reason].filter((text) => text !== undefined).join(': ');
const MAYBE: JsonObject = { Parameters: { Env: { Type: 'String' } }, Conditions: { Maybe: { 'Fn::Equals': [{ Ref: 'Env' }, 'prod'] } } };

describe('verdicts', () => {
  test.each<[Truth, string]>([[Truth.YES, 'pass'], [Truth.no('bad'), 'fail: bad'], [Truth.unknown('open'), 'not-evaluated: open'], [Truth.skip('none'), 'not-applicable: none']])('%#', (truth, expected) => expect(says(judge(subject({}), () => truth))).toBe(expected));

  test.each<[string, Truth, Truth, string]>([
    ['a pass and a failure', Truth.YES, Truth.no('bad'), 'fail: bad when Maybe is false'], ['a failure first', Truth.no('bad'), Truth.YES, 'fail: bad when Maybe is true'], ['a pass and not known', Truth.YES, Truth.unknown('open'), 'not-evaluated: open when Maybe is false'], ['not known and a failure', Truth.unknown('open'), Truth.no('bad'), 'fail: bad when Maybe is false'],
    ['not applicable and a pass', Truth.skip('none'), Truth.YES, 'pass'], ['not applicable and a failure', Truth.skip('none'), Truth.no('bad'), 'fail: bad when Maybe is false'], ['not applicable in both', Truth.skip('a'), Truth.skip('b'), 'not-applicable: a'], ['a pass in both', Truth.YES, Truth.YES, 'pass'],
  ])('in two worlds: %s', (_name, yes, no, expected) => {
    expect(says(judge({ ...MAYBE, ...subject({ A: { 'Fn::If': ['Maybe', 1, 0] } }) }, (resource) => (resource.get('A').is(1).yes ? yes : no)))).toBe(expected);
  });

  test('a rule that throws is not evaluated, and that is said', () => {
    expect(judge(subject({}), () => {
      throw new TypeError('x is not a function');
    })).toEqual({ verdict: 'not-evaluated', crashed: true, reason: 'the rule failed to run: TypeError: x is not a function', evidence: [] });
    // eslint-disable-next-line @typescript-eslint/only-throw-error
    expect(judge(subject({}), () => {
      throw 'a text';
    })).toMatchObject({ crashed: true, reason: 'the rule failed to run: a text' });
  });
  test('a rule that recurses without end is not', () => {
    const forever = (n: number): Truth => (n < 0 ? Truth.YES : all(forever(n + 1)));
    expect(judge(subject({}), () => forever(0))).toEqual({ verdict: 'not-evaluated', reason: 'the template is nested too deeply here', evidence: [] });
  });
});

describe('the properties of a resource', () => {
  const present = (raw: JsonObject): string => says(judge({ Resources: { Subject: raw } }, (resource) => resource.get('A').isPresent()));
  test.each<[string, JsonObject, string]>([
    ['none', { Type: 'T' }, 'fail: A is absent'], ['null', { Type: 'T', Properties: null }, 'fail: A is absent'], ['empty', { Type: 'T', Properties: {} }, 'fail: A is absent'], ['a text', { Type: 'T', Properties: 'x' }, 'not-evaluated: A: "Properties" is not an object'], ['a number', { Type: 'T', Properties: 7 }, 'not-evaluated: A: "Properties" is not an object'],
    ['a list', { Type: 'T', Properties: [{ A: 1 }] }, 'not-evaluated: A: Properties is a list, where an object was expected'], ['a macro', { Type: 'T', Properties: { 'Fn::Transform': 'M' } }, 'not-evaluated: A: the macro M decides it at deployment'], ['a macro beside', { Type: 'T', Properties: { 'Fn::Transform': 'M', 'B': 1 } }, 'not-evaluated: A: a macro completes this object at deployment'],
    ['a macro beside, but set', { Type: 'T', Properties: { 'Fn::Transform': 'M', 'A': 1 } }, 'pass'], ['a macro in the resource', { 'Type': 'T', 'Fn::Transform': { Name: 'M' } }, 'not-evaluated: A: the macro M decides it at deployment'], ['a macro in the resource, but set', { 'Type': 'T', 'Fn::Transform': { Name: 'M' }, 'Properties': { A: 1 } }, 'pass'],
    ['a macro in the resource, and others set', { 'Type': 'T', 'Fn::Transform': { Name: 'M' }, 'Properties': { B: 1 } }, 'not-evaluated: A: a macro completes this object at deployment'], ['AWS::NoValue', { Type: 'T', Properties: { Ref: 'AWS::NoValue' } }, 'fail: A is absent'], ['a parameter', { Type: 'T', Properties: { Ref: 'P' } }, 'not-evaluated: A: Ref names P, which the template does not define'],
  ])('%s', (_name, raw, expected) => expect(present(raw)).toBe(expected));

  test('sections beside them', () => {
    const policy = (more: JsonObject, extra: JsonObject = {}) => says(judge({ ...extra, ...subject({}, more) }, (resource) => resource.attribute('DeletionPolicy').is('Retain')));
    expect(policy({ DeletionPolicy: 'Retain' })).toBe('pass');
    expect(policy({})).toBe('fail: DeletionPolicy is absent, expected "Retain"');
    expect(policy({ DeletionPolicy: { 'Fn::If': ['Maybe', 'Retain', 'Delete'] } }, MAYBE)).toBe('fail: DeletionPolicy is "Delete", expected "Retain" when Maybe is false');
    expect(policy({ DeletionPolicy: 7 })).toBe('fail: DeletionPolicy is 7, expected "Retain"');
    expect(policy({ DeletionPolicy: ['Retain'] })).toBe('not-evaluated: DeletionPolicy is a list, where a single value was expected');
    expect(policy({ 'Fn::Transform': 'M' })).toBe('not-evaluated: DeletionPolicy: a macro completes this resource at deployment');
  });
});

describe('other resources', () => {
  const ofType = (_resource: unknown, model: Evaluation) => Truth.of(model.ofType('Other').length === 1, `${model.ofType('Other').length} found`);
  const withOther = (more: JsonObject): JsonObject => ({ ...MAYBE, Resources: { Subject: { Type: 'T' }, Other: { Type: 'Other', ...more } } });

  test('of a type that are made', () => {
    expect(says(judge(withOther({}), ofType))).toBe('pass');
    expect(says(judge(withOther({ Condition: 'Maybe' }), ofType))).toBe('fail: 0 found when Maybe is false');
    expect(says(judge(withOther({ Condition: 'Nobody' }), ofType))).toBe('fail: 0 found when Nobody is false');
  });
  test('what was searched is evidence', () => {
    expect(judge(withOther({}), ofType).evidence).toEqual([{ path: 'resources of type Other', value: ['Other'] }]);
    expect(judge(subject({}), ofType).evidence).toEqual([{ path: 'resources of type Other', value: 'none' }]);
    const many = Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`O${at}`, { Type: 'Other' }]));
    expect(judge({ Resources: { Subject: { Type: 'T' }, ...many } }, ofType).evidence[0].value).toEqual([...Array.from({ length: 10 }, (_, at) => `O${at}`), 'and 2 more']);
  });
  test('evidence of another resource names it', () => {
    const question = (_resource: unknown, model: Evaluation) => all(...model.ofType('Other').map((other) => other.get('A').is(1)));
    expect(judge(withOther({ Properties: { A: 1 } }), question).evidence).toEqual(expect.arrayContaining([{ path: 'Other.Properties.A', value: 1 }]));
  });

  describe('that refer to one', () => {
    const refers = (type = 'Policy', property = 'Target'): RuleSpec['check'] => (resource, model) => Truth.of(model.referrers(resource, type, property).length > 0, 'none refers to it');
    const referring = (target: Json, more: JsonObject = {}, bucket: JsonObject = {}, sections: JsonObject = {}): string => says(judge({
      ...MAYBE, ...sections, Resources: { Subject: { Type: 'AWS::S3::Bucket', Properties: bucket }, Another: { Type: 'AWS::S3::Bucket' }, Policy: { Type: 'Policy', Properties: { Target: target }, ...more } },
    }, refers()));
    const NONE = 'fail: none refers to it';
    const name: JsonObject = { BucketName: 'my-bucket' };

    test.each<[string, string, string]>([
      ['by Ref', referring({ Ref: 'Subject' }), 'pass'], ['by GetAtt', referring({ 'Fn::GetAtt': ['Subject', 'Arn'] }), 'pass'], ['by Sub', referring({ 'Fn::Sub': 'arn:aws:s3:::${Subject}/*' }), 'pass'], ['in a list', referring([{ Ref: 'Another' }, { Ref: 'Subject' }]), 'pass'], ['to another', referring({ Ref: 'Another' }), NONE], ['to nothing', referring(null), NONE],
      ['in one branch', referring({ 'Fn::If': ['Maybe', { Ref: 'Subject' }, { Ref: 'Another' }] }), `${NONE} when Maybe is false`], ['in the other branch', referring({ 'Fn::If': ['Maybe', { Ref: 'Another' }, { Ref: 'Subject' }] }), `${NONE} when Maybe is true`], ['in both branches', referring({ 'Fn::If': ['Maybe', { Ref: 'Subject' }, [{ Ref: 'Subject' }]] }), 'pass'],
      ['in a branch inside a text', referring({ 'Fn::Sub': ['${x}/*', { x: { 'Fn::If': ['Maybe', { Ref: 'Another' }, { Ref: 'Subject' }] } }] }), `${NONE} when Maybe is true`], ['under a condition', referring({ Ref: 'Subject' }, { Condition: 'Maybe' }), `${NONE} when Maybe is false`],
      ['by name', referring('my-bucket', {}, name), 'pass'], ['by an ARN that ends in the name', referring('arn:aws:s3:::my-bucket', {}, name), 'pass'], ['by another name', referring('my-bucket-2', {}, name), NONE], ['by a name that ends alike', referring('not-my-bucket', {}, name), NONE], ['by name, out of a mapping', referring({ 'Fn::FindInMap': ['M', 'a', 'b'] }, {}, name, { Mappings: { M: { a: { b: 'my-bucket' } } } }), 'pass'],
      ['by a list out of a mapping', referring({ 'Fn::FindInMap': ['M', 'a', 'b'] }, {}, name, { Mappings: { M: { a: { b: ['x', 'my-bucket'] } } } }), 'pass'], ['by a parameter that both write', referring({ Ref: 'Env' }, {}, { BucketName: { Ref: 'Env' } }), 'pass'], ['by Sub that both write', referring({ 'Fn::Sub': 'x-${Env}' }, {}, { BucketName: { 'Fn::Join': ['-', ['x', { Ref: 'Env' }]] } }), 'pass'],
      ['by an ARN around it', referring({ 'Fn::Sub': 'arn:${AWS::Partition}:s3:::x-${AWS::AccountId}' }, {}, { BucketName: { 'Fn::Sub': 'x-${AWS::AccountId}' } }), 'pass'], ['by a name of the stack', referring({ 'Fn::Sub': '${AWS::StackName}-x' }, {}, { BucketName: { 'Fn::Sub': '${AWS::StackName}-x' } }), 'pass'], ['by another parameter', referring({ Ref: 'Other' }, {}, { BucketName: { Ref: 'Env' } }), NONE],
      ['by entries of two mappings, which only look alike', referring({ 'Fn::FindInMap': ['M', { Ref: 'Env' }, 'k'] }, {}, { BucketName: { 'Fn::FindInMap': ['N', { Ref: 'Env' }, 'k'] } }, { Mappings: { M: { a: { k: '1' }, b: { k: '2' } }, N: { a: { k: '3' }, b: { k: '4' } } } }), NONE],
      ['by a hidden name', referring({ Ref: 'P' }, {}, { BucketName: { 'Fn::Sub': 'x${Q}' } }, { Parameters: { P: { Type: 'String', NoEcho: true }, Q: { Type: 'String', NoEcho: true } } }), NONE], ['by a conditional name', referring('prod', {}, { BucketName: { 'Fn::If': ['Maybe', 'prod', 'dev'] } }), `${NONE} when Maybe is false`], ['by an object', referring({ a: { Ref: 'Subject' } }), NONE],
    ])('%s', (_name, found, expected) => expect(found).toBe(expected));

    test('by a path through lists and functions', () => {
      const through = (properties: Json, sections: JsonObject = {}) => says(judge({ ...MAYBE, ...sections, Resources: { Subject: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'n' } }, Policy: { Type: 'Policy', Properties: properties } } }, refers('Policy', 'A.B')));
      expect(through({ A: [{ C: 1 }, { B: { Ref: 'Subject' } }] })).toBe('pass');
      expect(through({ A: { 'Fn::If': ['Maybe', { B: { Ref: 'Subject' } }, [{ B: 'n' }]] } })).toBe('pass');
      expect(through({ 'Fn::If': ['Maybe', { A: { B: { Ref: 'Subject' } } }, { A: { B: 'x' } }] })).toBe('fail: none refers to it when Maybe is false');
      expect(through({ A: { 'Fn::FindInMap': ['M', 'a', 'b'] } }, { Mappings: { M: { a: { b: [{ B: 'n' }] } } } })).toBe('pass');
      for (const wrong of ['x', 7, null, [], { A: 'x' }, { A: { B: {} } }]) expect(through(wrong)).toBe('fail: none refers to it');
    });
    test('what takes too many decisions is not evaluated', () => {
      const many = Array.from({ length: 12 }, (_, at) => at);
      const text: Json = { 'Fn::Join': ['', many.map((at) => ({ 'Fn::If': [`C${at}`, { Ref: 'Subject' }, 'x'] }))] };
      expect(referring(text, {}, {}, { Parameters: Object.fromEntries(many.map((at) => [`P${at}`, { Type: 'String' }])), Conditions: Object.fromEntries(many.map((at) => [`C${at}`, { 'Fn::Equals': [{ Ref: `P${at}` }, 'x'] }])) }))
        .toBe('not-evaluated: it depends on more undecided conditions than can be tried');
    });
    test('in a nested stack that is made under a condition', () => {
      const loader = new Loader();
      const unit = loader.newUnit();
      const parent = loader.addTemplate('outer', { ...MAYBE, Resources: { Subject: { Type: 'AWS::S3::Bucket' }, N: { Type: 'AWS::CloudFormation::Stack', Condition: 'Maybe', Properties: { Parameters: { B: { Ref: 'Subject' } } } } } }, unit, {}, '')!;
      const child = loader.addTemplate('inner', { Parameters: { B: { Type: 'String' } }, Resources: { Policy: { Type: 'Policy', Properties: { Target: { Ref: 'B' } } } } }, unit, {}, '')!;
      unit.nest(child, parent.resources.get('N')!);
      loader.finish();
      expect(says(evaluate(check(refers()), parent.resources.get('Subject')!))).toBe('fail: none refers to it when Maybe is false');
    });
    test('in another stack, by the name both make of the account', () => {
      const model = (contexts: TemplateContext[]): Model => {
        const loader = new Loader();
        const unit = loader.newUnit();
        loader.addTemplate('a', { Resources: { Subject: { Type: 'AWS::S3::Bucket', Properties: { BucketName: { 'Fn::Sub': 'x-${AWS::AccountId}' } } } } }, unit, contexts[0], '');
        loader.addTemplate('b', { Resources: { Policy: { Type: 'Policy', Properties: { Target: { 'Fn::Sub': 'x-${AWS::AccountId}' } } } } }, unit, contexts[1], '');
        return loader.finish();
      };
      expect(says(evaluate(check(refers()), model([{}, {}]).templates[0].resources.get('Subject')!))).toBe('pass');
      expect(says(evaluate(check(refers()), model([{ account: '1' }, { account: '2' }]).templates[0].resources.get('Subject')!))).toBe('fail: none refers to it');
    });
    test('thousands of one name end soon', () => {
      const count = 5000;
      const resources: JsonObject = { Subject: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'n' } } };
      for (let at = 0; at < count; at++) {
        resources[`B${at}`] = { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'n' } };
        resources[`P${at}`] = { Type: 'Policy', Properties: { Target: 'n' } };
      }
      const began = process.cpuUsage();
      expect(says(judge({ Resources: resources }, refers()))).toBe('pass');
      expect(worked(began)).toBeLessThan(SOON);
    });
  });
});

describe('the rules of one resource in one session', () => {
  const rules = [
    check((resource) => resource.get('A').is('on'), 'Test.A'), check((resource) => resource.get('B').is('on'), 'Test.B'), check((resource) => any([resource.get('A').is('on'), resource.get('B').is('on')]), 'Test.Either'),
    check((_resource, model) => Truth.of(model.ofType('Other').length === 0, 'there is one'), 'Test.Other'), check(() => {
      throw new Error('broken');
    }, 'Test.Broken'), check((resource) => resource.get('C').is('on'), 'Test.C'),
  ];
  const template = load({
    ...MAYBE, Resources: { Subject: { Type: 'T', Properties: { A: 'on', B: { 'Fn::If': ['Maybe', 'on', 'off'] }, C: { 'Fn::If': ['Cyclic', 'on', 'on'] } } }, Other: { Type: 'Other', Condition: 'Maybe' } },
    Conditions: { ...MAYBE.Conditions as JsonObject, Cyclic: { Condition: 'Cyclic' } },
  });
  const resource = template.resources.get('Subject')!;
  test('give what each gives alone, in any order', () => {
    const alone = new Map(rules.map((one) => [one.id, evaluate(one, resource)]));
    for (const order of [rules, [...rules].reverse(), [rules[4], rules[0], rules[4], rules[1], rules[0]]]) {
      const session = new Session(resource);
      for (const one of order) expect(session.run(one)).toEqual(alone.get(one.id));
    }
    expect([...alone.values()].map(says)).toEqual(['pass', 'fail: B is "off", expected "on" when Maybe is false', 'pass', 'fail: there is one when Maybe is true', 'not-evaluated: the rule failed to run: Error: broken',
      'not-evaluated: C: the condition Cyclic cannot be worked out: it refers to itself or to one that is not defined, or it is too large']);
  });
});
