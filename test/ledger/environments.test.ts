import Ajv from 'ajv';
import { App, CfnWaitConditionHandle, Stack, Stage } from 'aws-cdk-lib';
import { Soc2 } from '../../src/checks';
import { assess, AssessOptions, Ledger } from '../../src/ledger';
import * as schema from '../../src/ledger/schema.json';
import { environmentRule, EnvironmentRuleSpec, Rule } from '../../src/rules';
import { Loader } from '../../src/template';

const validate = new Ajv({ allErrors: true, strict: false }).compile(schema);

const detector = (more: Partial<EnvironmentRuleSpec> = {}): Rule => environmentRule({
  id: 'Test.Detector', resourceTypes: ['AWS::Test::Detector'], title: 'A detector watches', severity: 'high', criteria: { direct: ['CC7.2'] }, rationale: 'A test.',
  remediation: { cfn: 'AWS::Test::Detector' }, within: 'region', check: (found) => found.get('Enable').isTrue(), ...more,
});

interface Given { readonly account?: string; readonly region?: string; readonly resources?: object; readonly metadata?: object; readonly more?: object }

function ledgerOf(stacks: Record<string, Given>, more: Partial<AssessOptions> = {}): Ledger {
  const loader = new Loader();
  for (const [name, { account, region, resources = {}, metadata, more: sections }] of Object.entries(stacks)) {
    const template = { Resources: { ...resources }, ...metadata && { Metadata: { 'cdk-soc2': metadata } }, ...sections };
    loader.addTemplate(`${name}.json`, JSON.parse(JSON.stringify(template)), loader.newUnit(), { account, region, stackName: name }, JSON.stringify(template));
  }
  const ledger = JSON.parse(JSON.stringify(assess(loader.finish(), { categories: ['security'], asOf: '2026-06-30', command: 'test', rules: [detector()], ...more }))) as Ledger;
  validate(ledger);
  expect(validate.errors ?? []).toEqual([]);
  return ledger;
}

const verdicts = (ledger: Ledger) => Object.fromEntries(ledger.evaluations.map(({ resource, verdict }) => [resource, verdict]));
const on = { Detector: { Type: 'AWS::Test::Detector', Properties: { Enable: true } } };
const off = { Detector: { Type: 'AWS::Test::Detector', Properties: { Enable: false } } };
const home = { account: '111111111111', region: 'eu-west-1' };
const away = { account: '111111111111', region: 'us-east-1' };

describe('one verdict for each account and region', () => {
  test('it passes where one resource shows it, fails where what is there does not, and is not evaluated where there is none', () => {
    const ledger = ledgerOf({ A: { ...home, resources: on }, B: home, C: { ...away, resources: off }, D: { account: '222222222222', region: 'eu-west-1' } });
    expect(verdicts(ledger)).toEqual({ 'aws://111111111111/eu-west-1': 'pass', 'aws://111111111111/us-east-1': 'fail', 'aws://222222222222/eu-west-1': 'not-evaluated' });
    expect(ledger.environments.map(({ id, templates, stack }) => [id, templates, stack])).toEqual([
      ['aws://111111111111/eu-west-1', ['A.json', 'B.json'], 'A'], ['aws://111111111111/us-east-1', ['C.json'], 'C'], ['aws://222222222222/eu-west-1', ['D.json'], 'D'],
    ]);
    expect(ledger.totals).toMatchObject({ evaluations: 3, pass: 1, fail: 1, notEvaluated: 1, resources: 2, resourcesWithRules: 0 });
    expect(ledger.evaluations[2].reason).toBe('no AWS::Test::Detector of the templates given shows it; another system may provide it');
    expect(ledger.evaluations[0].evidence).toContainEqual({ path: 'A.json#Detector.Properties.Enable', value: true });
  });

  test('one of several is enough', () => {
    expect(verdicts(ledgerOf({ A: { ...home, resources: off }, B: { ...home, resources: on } }))).toEqual({ 'aws://111111111111/eu-west-1': 'pass' });
  });

  test('an account-wide control may stand in another region, not in another account', () => {
    const rules = [detector({ within: 'account' })];
    expect(verdicts(ledgerOf({ A: { ...home, resources: on }, B: away, C: { account: '222222222222', region: 'eu-west-1' } }, { rules }))).toEqual({
      'aws://111111111111/eu-west-1': 'pass', 'aws://111111111111/us-east-1': 'pass', 'aws://222222222222/eu-west-1': 'not-evaluated',
    });
  });

  test('stacks that leave the environment open share one', () => {
    expect(verdicts(ledgerOf({ A: { resources: on }, B: {} }))).toEqual({ 'aws://unknown-account/unknown-region': 'pass' });
  });

  test('a resource that is made under a condition shows it only where the condition holds', () => {
    const conditional = { Detector: { ...on.Detector, Condition: 'IsProd' } };
    const more = { Parameters: { Env: { Type: 'String' } }, Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Env' }, 'prod'] } } };
    const ledger = ledgerOf({ A: { ...home, resources: conditional, more } });
    expect(ledger.evaluations[0]).toMatchObject({ verdict: 'not-evaluated', reason: expect.stringContaining('when IsProd is false') });
    expect(ledgerOf({ A: { ...home, resources: conditional, more } }, { required: ['Test.Detector'] }).evaluations[0]).toMatchObject({ verdict: 'fail', message: expect.stringContaining('when IsProd is false') });
  });

  test('what is not about it does not count, and what may be about it leaves it open', () => {
    const rules = [detector({ candidate: (found) => found.get('Kind').is('intrusion') })];
    const kind = (Kind: unknown, Enable: unknown) => ({ Detector: { Type: 'AWS::Test::Detector', Properties: { Kind, Enable } } });
    expect(verdicts(ledgerOf({ A: { ...home, resources: kind('smoke', false) } }, { rules }))).toEqual({ 'aws://111111111111/eu-west-1': 'not-evaluated' });
    expect(verdicts(ledgerOf({ A: { ...home, resources: kind('intrusion', false) } }, { rules }))).toEqual({ 'aws://111111111111/eu-west-1': 'fail' });
    const open = ledgerOf({ A: { ...home, resources: kind({ Ref: 'Kind' }, true), more: { Parameters: { Kind: { Type: 'String' } } } } }, { rules });
    expect(open.evaluations[0]).toMatchObject({ verdict: 'not-evaluated', reason: expect.stringContaining('Kind') });
  });

  test('an environment of which nothing is shown is no evidence for a criterion', () => {
    const criterion = (ledger: Ledger) => ledger.criteria.find(({ id }) => id === 'CC7.2');
    expect(criterion(ledgerOf({ A: home }))).toMatchObject({ coverage: 'no-resource', counts: { notEvaluated: 1 } });
    expect(criterion(ledgerOf({ A: { ...home, resources: on } }))).toMatchObject({ coverage: 'evaluated', resources: 1 });
  });
});

describe('required and inherited', () => {
  test('what is required and absent fails', () => {
    const ledger = ledgerOf({ A: { ...home, metadata: { required: ['Test.Detector'] } }, B: away });
    expect(verdicts(ledger)).toEqual({ 'aws://111111111111/eu-west-1': 'fail', 'aws://111111111111/us-east-1': 'not-evaluated' });
    expect(ledger.evaluations[0].message).toBe('it is required, and no AWS::Test::Detector of the templates given shows it');
  });

  test('what is inherited is listed with its source, and is no pass', () => {
    const ledger = ledgerOf({ A: { ...home, metadata: { inherited: [{ rule: 'Test.Detector', providedBy: 'Landing zone', evidence: 'SOC 2 report of 2026' }] } }, B: away });
    expect(ledger.evaluations[0]).toMatchObject({ verdict: 'not-evaluated', reason: 'inherited: Landing zone provides it, evidence SOC 2 report of 2026' });
    expect(ledger.inherited).toEqual([{ rule: 'Test.Detector', providedBy: 'Landing zone', evidence: 'SOC 2 report of 2026', environments: ['aws://111111111111/eu-west-1'], state: 'active' }]);
  });

  test('what the templates show themselves is not inherited', () => {
    const ledger = ledgerOf({ A: { ...home, resources: on } }, { inherited: [{ rule: 'Test.Detector', providedBy: 'Landing zone' }] });
    expect(ledger.evaluations[0].verdict).toBe('pass');
    expect(ledger.inherited).toEqual([expect.objectContaining({ state: 'unused' })]);
  });

  test('a declaration that does nothing is a limitation', () => {
    const ledger = ledgerOf({ A: { ...home, metadata: { required: ['S3.Versioning', 'No.Such'], inherited: [{ rule: 'Also.Not', providedBy: 'x' }, { rule: 3 }, 'nonsense'] } } });
    expect(ledger.limitations.map(({ code, text }) => [code, text.split(' ')[0]])).toEqual([['not-an-environment-rule', 'S3.Versioning'], ['unknown-rule', 'Also.Not'], ['unknown-rule', 'No.Such']]);
  });

  test.each<[string, unknown]>([['a list', []], ['a text', 'x'], ['null', null], ['of wrong kinds', { inherited: 'x', required: {} }]])('metadata that is %s says nothing', (_name, metadata) => {
    const ledger = ledgerOf({ A: { ...home, more: { Metadata: { 'cdk-soc2': metadata } } } });
    expect(ledger.evaluations[0].verdict).toBe('not-evaluated');
    expect(ledger.inherited).toEqual([]);
  });
});

describe('Soc2.inherit and Soc2.require', () => {
  const known = 'CloudTrail.MultiRegionTrailExists';

  test('are written to every stack below the scope, through Stages, once', () => {
    const app = new App();
    const stacks = [new Stack(app, 'A'), new Stack(new Stage(app, 'Prod'), 'B')];
    for (const stack of stacks) new CfnWaitConditionHandle(stack, 'Handle');
    Soc2.inherit(app, known, { providedBy: 'Landing zone', evidence: 'report' });
    Soc2.inherit(app, known, { providedBy: 'Landing zone', evidence: 'report' });
    Soc2.require(stacks[0], known);
    const assembly = app.synth();
    const inherited = [{ rule: known, providedBy: 'Landing zone', evidence: 'report' }];
    expect(assembly.getStackByName('A').template.Metadata['cdk-soc2']).toEqual({ inherited, required: [known] });
    expect(assembly.getNestedAssembly('assembly-Prod').getStackByName('Prod-B').template.Metadata['cdk-soc2']).toEqual({ inherited });
  });

  test.each<[string, () => void, RegExp]>([
    ['a rule that does not exist', () => Soc2.inherit(new App(), 'CloudTrail.Nonsense', { providedBy: 'x' }), /does not exist/],
    ['a rule about resources', () => Soc2.require(new App(), 'S3.Versioning'), /S3\.Versioning cannot be required: it judges resources, not an account and region/],
    ['nobody', () => Soc2.inherit(new App(), known, { providedBy: ' ' }), /'providedBy' must say who provides it/],
  ])('refuse %s', (_name, run, message) => expect(run).toThrow(message));
});
