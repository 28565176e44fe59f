import Ajv from 'ajv';
import { assess, AssessOptions, digestOf, Ledger, reconciles } from '../../src/ledger';
import * as schema from '../../src/ledger/schema.json';
import { rule, Rule, RuleSpec, Truth } from '../../src/rules';
import { Loader } from '../../src/template';
import fc, { runs } from '../properties';
import { modelOf } from '../rules/verdicts';

const validate = new Ajv({ allErrors: true, strict: false }).compile(schema);

function testRule(more: Partial<RuleSpec>): Rule {
  return rule({
    id: 'Test.Flag', resourceTypes: ['AWS::Test::Thing'], title: 'Flag is set', severity: 'medium', criteria: { direct: ['CC6.1'], supporting: ['A1.2'] }, rationale: 'A test.',
    remediation: { cfn: 'Flag: true' }, check: (thing) => thing.get('Flag').isTrue(), ...more,
  });
}

const options: AssessOptions = { categories: ['security', 'availability'], asOf: '2026-06-30', command: 'test', rules: [testRule({})] };
const thing = (properties: object = {}, more: object = {}) => ({ Type: 'AWS::Test::Thing', Properties: properties, ...more });

function ledgerOf(resources: object, more: Partial<AssessOptions> = {}): Ledger {
  return assess(modelOf(resources as Record<string, unknown>), { ...options, ...more });
}

function valid(ledger: Ledger): Ledger {
  const plain = JSON.parse(JSON.stringify(ledger)) as Ledger;
  validate(plain);
  expect(validate.errors ?? []).toEqual([]);
  return plain;
}

describe('ledger', () => {
  test('lists the whole population, and every evaluation with what was read', () => {
    const ledger = valid(ledgerOf({ Good: thing({ Flag: 'true' }), Bad: thing({ Flag: false }), Open: thing({ Flag: { Ref: 'P' } }), Other: { Type: 'AWS::Else' }, $Parameters: { P: { Type: 'String' } } }));
    expect(ledger.resources.map(({ logicalId }) => logicalId)).toEqual(['Bad', 'Good', 'Open', 'Other']);
    expect(ledger.evaluations.map(({ resource, verdict }) => [resource, verdict])).toEqual([['case.json#Bad', 'fail'], ['case.json#Good', 'pass'], ['case.json#Open', 'not-evaluated']]);
    expect(ledger.evaluations[0]).toMatchObject({ message: 'Flag is false, expected true', evidence: [{ path: 'Properties.Flag', value: false }] });
    expect(ledger.evaluations[2].reason).toBe('Flag: parameter P has no default and no value was given');
    expect(ledger.totals).toMatchObject({ evaluations: 3, pass: 1, fail: 1, notEvaluated: 1, resources: 4, resourcesWithRules: 3, stacks: 1 });
  });

  test('lists all criteria of the categories in scope, with their counts', () => {
    const ledger = ledgerOf({ Bad: thing() });
    expect(ledger.criteria).toHaveLength(36);
    expect(ledger.criteria.find(({ id }) => id === 'CC6.1')).toMatchObject({ coverage: 'evaluated', rules: 1, resources: 1, counts: { fail: 1 } });
    expect(ledger.criteria.find(({ id }) => id === 'A1.2')).toMatchObject({ coverage: 'evaluated', counts: { fail: 1 } });
    expect(ledger.criteria.find(({ id }) => id === 'CC1.1')).toMatchObject({ coverage: 'no-rule', class: 'organizational' });
    expect(ledgerOf({}).criteria.find(({ id }) => id === 'CC6.1')!.coverage).toBe('no-resource');
    expect(ledgerOf({}, { categories: ['privacy'] }).scope.categories).toEqual(['security', 'privacy']);
    expect(ledgerOf({}, { categories: ['availability'], exactly: true }).criteria.map(({ id }) => id)).toEqual(['A1.1', 'A1.2', 'A1.3']);
  });

  test('counts advisory rules apart', () => {
    const advisory = testRule({ id: 'Test.Advice', onByDefault: false });
    const ledger = valid(ledgerOf({ Bad: thing() }, { rules: [testRule({}), advisory] }));
    expect(ledger.totals).toMatchObject({ evaluations: 1, fail: 1, advisory: { evaluations: 1, fail: 1 } });
    expect(ledger.criteria.find(({ id }) => id === 'CC6.1')).toMatchObject({ rules: 1, counts: { fail: 1 } });
    expect(ledgerOf({ Bad: thing() }, { rules: [testRule({}), advisory], advisory: false }).rules.map(({ id }) => id)).toEqual(['Test.Flag']);
  });

  test('a rule that crashes is not evaluated, and stands among the limitations', () => {
    const ledger = valid(ledgerOf({ One: thing() }, { rules: [testRule({ check: () => { throw new TypeError('oops'); } })] }));
    expect(ledger.evaluations[0]).toMatchObject({ verdict: 'not-evaluated', crashed: true, reason: 'the rule failed to run: TypeError: oops' });
    expect(ledger.limitations).toEqual([{ code: 'rule-failed', text: 'Test.Flag: the rule failed to run: TypeError: oops', affects: ['case.json#One'] }]);
  });

  test('a resource that is not created is not applicable', () => {
    const ledger = ledgerOf({ One: thing({}, { Condition: 'Never' }), $Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } } });
    expect(ledger.evaluations[0]).toMatchObject({ verdict: 'not-applicable', reason: 'the resource is not created: its condition Never is false' });
  });

  test('secrets do not enter it', () => {
    const secret = testRule({ check: (one) => one.get('MasterPassword').is('x').no ? Truth.no('no') : one.get('Env').isPresent() });
    const text = JSON.stringify(ledgerOf({
      A: thing({ MasterPassword: 'hunter2', Env: { DB_PASSWORD: 'hunter2' } }), B: thing({ MasterPassword: 'x', Env: [{ Name: 'API_TOKEN', Value: 'hunter2' }] }),
      C: thing({ MasterPassword: { Ref: 'P' } }), $Parameters: { P: { Type: 'String', NoEcho: true, Default: 'hunter2' } },
    }, { rules: [secret, testRule({ id: 'Test.Other', check: (one) => one.get('MasterPassword').oneOf(['a', 'b']) })] }));
    expect(text).not.toContain('hunter2');
    expect(text).toContain('[redacted]');
  });

  test('its digest is that of its own text, and the same input gives the same bytes', () => {
    const ledger = ledgerOf({ Bad: thing() });
    const { digest, ...rest } = JSON.parse(JSON.stringify(ledger)) as Ledger;
    expect(digestOf(rest)).toBe(digest);
    expect(JSON.stringify(ledgerOf({ Bad: thing() }))).toBe(JSON.stringify(ledger));
    expect(ledgerOf({ Bad: thing() }, { asOf: '2026-07-01' }).digest).not.toBe(digest);
  });

  test('the order in a template changes nothing', () => {
    const evaluations = (resources: object) => ledgerOf(resources).evaluations;
    expect(evaluations({ B: thing(), A: thing({ Flag: true }) })).toEqual(evaluations({ A: thing({ Flag: true }), B: thing() }));
  });

  test('the counts reconcile for any mix of verdicts', () => {
    const flag = fc.constantFrom(true, false, 'true', { Ref: 'P' }, { Ref: 'AWS::NoValue' }, null, [], 'maybe');
    fc.assert(fc.property(fc.dictionary(fc.stringMatching(/^[A-Z][a-z]{0,6}$/), flag, { maxKeys: 12 }), (flags) => {
      const ledger = ledgerOf({ ...Object.fromEntries(Object.entries(flags).map(([id, value]) => [id, thing({ Flag: value })])), $Parameters: { P: { Type: 'String' } } });
      valid(ledger);
      expect(reconciles(ledger.totals)).toBe(true);
      expect(ledger.totals.evaluations).toBe(Object.keys(flags).length);
    }), runs(50));
  });
});

describe('acknowledgements', () => {
  function acknowledged(acks: [string, string, string?][], more: Partial<AssessOptions> = {}): Ledger {
    const loader = new Loader();
    const raw = { Resources: { A: thing({}, { Metadata: { 'aws:cdk:path': 'App/Stack/A/Resource' } }), B: thing({}, { Metadata: { 'aws:cdk:path': 'App/Stack/B' } }) } };
    loader.addTemplate('t.json', raw as never, loader.newUnit(), {}, JSON.stringify(raw));
    for (const [id, scope, reason] of acks) loader.acknowledge(id, scope, reason ?? 'known');
    return valid(assess(loader.finish(), { ...options, ...more }));
  }
  const verdicts = (ledger: Ledger) => ledger.evaluations.map(({ verdict, waiver }) => waiver ?? verdict);

  test.each<[string, [string, string, string?][], string[]]>([
    ['on the construct', [['SOC2::Test.Flag', 'App/Stack/A']], ['ack:Test.Flag@App/Stack/A', 'fail']],
    ['on the stack', [['SOC2::Test.Flag', 'App/Stack']], ['ack:Test.Flag@App/Stack', 'ack:Test.Flag@App/Stack']],
    ['on the App', [['SOC2::Test.Flag', '']], ['ack:Test.Flag@(app)', 'ack:Test.Flag@(app)']],
    ['the closest ancestor counts', [['SOC2::Test.Flag', 'App'], ['SOC2::Test.Flag', 'App/Stack/A']], ['ack:Test.Flag@App/Stack/A', 'ack:Test.Flag@App']],
    ['a name that only begins alike is no ancestor', [['SOC2::Test.Flag', 'App/Sta']], ['fail', 'fail']],
    ['another plugin', [['Other::Test.Flag', 'App']], ['fail', 'fail']],
    ['another rule', [['SOC2::Test.Fla', 'App']], ['fail', 'fail']],
    ['no wildcard', [['SOC2::*', 'App']], ['fail', 'fail']],
    ['a bare id', [['Annotation::Test.Flag', 'App']], ['fail', 'fail']],
  ])('%s', (_name, acks, expected) => {
    expect(verdicts(acknowledged(acks))).toEqual(expected);
  });

  test('are listed as unapproved, unused ones too', () => {
    expect(acknowledged([['SOC2::Test.Flag', 'App/Stack/A', 'known'], ['SOC2::Test.Flag', 'App/Elsewhere', '']]).acknowledgements).toEqual([
      { id: 'ack:Test.Flag@App/Elsewhere', rule: 'Test.Flag', scope: 'App/Elsewhere', approved: false, state: 'unused', appliedTo: 0 },
      { id: 'ack:Test.Flag@App/Stack/A', rule: 'Test.Flag', scope: 'App/Stack/A', reason: 'known', approved: false, state: 'active', appliedTo: 1 },
    ]);
  });

  test('do not cover a critical rule, nor anything when they are refused', () => {
    expect(verdicts(acknowledged([['SOC2::Test.Flag', 'App']], { rules: [testRule({ severity: 'critical' })] }))).toEqual(['fail', 'fail']);
    const refused = acknowledged([['SOC2::Test.Flag', 'App']], { acknowledgements: 'refuse' });
    expect(verdicts(refused)).toEqual(['fail', 'fail']);
    expect(refused.acknowledgements[0].state).toBe('refused');
  });

  test('that can do nothing are named among the limitations', () => {
    const ledger = acknowledged([['SOC2::Test.Flog', 'App'], ['Annotation::Test.Flag', 'App/Stack']]);
    expect(ledger.limitations.map(({ text }) => text)).toEqual([
      'an acknowledgement of Test.Flag does nothing: its id must be SOC2::Test.Flag',
      'an acknowledgement names the rule Test.Flog, which does not exist; did you mean SOC2::Test.Flag?',
    ]);
  });
});

describe('claims and opt-outs', () => {
  const declared = (declaration: object, properties: object = {}) => thing(properties, { Metadata: { 'cdk-soc2': { construct: 'SecureThing', claims: [], optOuts: [], ...declaration } } });
  const claim = { claims: [{ rule: 'Test.Flag', criteria: ['CC6.1'] }] };

  test.each([
    ['upheld', { Flag: true }],
    ['not-upheld', { Flag: false }],
    ['not-shown', { Flag: { Ref: 'P' } }],
  ])('a claim is %s', (state, properties) => {
    const ledger = valid(ledgerOf({ One: declared(claim, properties), $Parameters: { P: { Type: 'String' } } }));
    expect(ledger.resources[0].claims).toEqual([{ criterion: 'CC6.1', construct: 'SecureThing', rules: ['Test.Flag'], state }]);
  });

  test.each<[string, object, string, string]>([
    ['covers its rule', { rule: 'Test.Flag', reason: 'static site' }, 'waived', 'active'],
    ['holds on its last day', { rule: 'Test.Flag', reason: 'static site', expires: '2026-06-30' }, 'waived', 'active'],
    ['does not outlive it', { rule: 'Test.Flag', reason: 'static site', expires: '2026-06-29' }, 'fail', 'expired'],
  ])('an opt-out %s', (_name, optOut, verdict, state) => {
    const ledger = valid(ledgerOf({ One: declared({ optOuts: [optOut] }) }));
    expect(ledger.evaluations[0].verdict).toBe(verdict);
    expect(ledger.optOuts[0]).toMatchObject({ rule: 'Test.Flag', construct: 'SecureThing', reason: 'static site', state });
    if (state === 'expired') expect(ledger.evaluations[0].message).toContain('its opt-out expired on 2026-06-29');
  });

  test('an opt-out does not cover a critical rule', () => {
    const ledger = ledgerOf({ One: declared({ optOuts: [{ rule: 'Test.Flag', reason: 'x' }] }) }, { rules: [testRule({ severity: 'critical' })] });
    expect(ledger.evaluations[0]).toMatchObject({ verdict: 'fail', message: expect.stringContaining('an opt-out does not cover a critical rule') });
  });

  describe('an advisory rule that this run leaves out', () => {
    const advisory = { rules: [testRule({ onByDefault: false, severity: 'low' })], advisory: false };

    test('is asked where a construct claims it, and nowhere else', () => {
      const ledger = valid(ledgerOf({ Claimed: declared(claim, { Flag: false }), Plain: thing({ Flag: false }) }, advisory));
      expect(ledger.evaluations.map(({ resource, verdict }) => [resource, verdict])).toEqual([['case.json#Claimed', 'fail']]);
      expect(ledger.resources.find(({ logicalId }) => logicalId === 'Claimed')!.claims).toEqual([{ criterion: 'CC6.1', construct: 'SecureThing', rules: ['Test.Flag'], state: 'not-upheld' }]);
      expect(ledger.rules.map(({ id, advisory: apart }) => [id, apart])).toEqual([['Test.Flag', true]]);
      // It is counted apart as ever: a claim makes no control weightier for a criterion.
      expect(ledger.totals).toMatchObject({ evaluations: 0, advisory: { evaluations: 1, fail: 1 } });
    });

    test('is asked where a construct opts out of it: the opt-out is in use, and nothing is a finding', () => {
      const ledger = valid(ledgerOf({ Weak: declared({ optOuts: [{ rule: 'Test.Flag', reason: 'x' }] }, { Flag: false }), Needless: declared({ optOuts: [{ rule: 'Test.Flag', reason: 'x' }] }, { Flag: true }) }, advisory));
      expect(ledger.evaluations.map(({ verdict }) => verdict).sort()).toEqual(['pass', 'waived']);
      expect(ledger.optOuts.map(({ state }) => state).sort()).toEqual(['active', 'unused']);
      expect(ledger.totals.fail).toBe(0);
    });

    test('is not asked for a claim on a resource of another type, or of criteria out of scope', () => {
      const elsewhere = { Type: 'AWS::Else', Metadata: { 'cdk-soc2': { construct: 'SecureThing', ...claim, optOuts: [] } } };
      expect(ledgerOf({ Claimed: elsewhere }, advisory).evaluations).toEqual([]);
      expect(ledgerOf({ Claimed: declared(claim, { Flag: false }) }, { ...advisory, categories: ['availability'], exactly: true, rules: [testRule({ onByDefault: false, severity: 'low', criteria: { direct: ['CC6.1'] } })] }).evaluations).toEqual([]);
    });
  });

  test('a malformed declaration is passed over', () => {
    for (const bad of [7, 'x', [], { construct: 7 }, { construct: 'X', claims: 'no', optOuts: { a: 1 } }, { construct: 'X', claims: [7, {}, { rule: 7 }], optOuts: [null] }]) {
      expect(ledgerOf({ One: thing({}, { Metadata: { 'cdk-soc2': bad } }) }).totals.fail).toBe(1);
    }
  });
});
