import { evaluate, RawVerdict, Result, Rule, RuleOptions, Truth } from '../../src/rules/kernel';
import { Loader } from '../../src/template/load';
import { Model } from '../../src/template/model';

/** A template for one case: its resources by logical id, and other sections under `$`-keys (`$Parameters`, `$Conditions`, `$Mappings`…). */
export type Case = Readonly<Record<string, unknown>>;

/** A case with its verdict and, if wanted, the message or reason it must give. */
export interface Trap { readonly verdict: RawVerdict; readonly case: Case; readonly message?: RegExp; readonly options?: RuleOptions }

export interface Table {
  readonly pass: Readonly<Record<string, Case>>;
  readonly fail: Readonly<Record<string, Case>>;
  readonly unknown: Readonly<Record<string, Case>>;
  readonly notApplicable?: Readonly<Record<string, Case>>;
  /** Cases that a simpler rule would get wrong. */
  readonly trap: Readonly<Record<string, Trap>>;
}

export const pass = (case_: Case, more: Partial<Trap> = {}): Trap => ({ verdict: 'pass', case: case_, ...more });
export const fail = (case_: Case, more: Partial<Trap> = {}): Trap => ({ verdict: 'fail', case: case_, ...more });
export const unknown = (case_: Case, more: Partial<Trap> = {}): Trap => ({ verdict: 'not-evaluated', case: case_, ...more });
export const notApplicable = (case_: Case, more: Partial<Trap> = {}): Trap => ({ verdict: 'not-applicable', case: case_, ...more });

/** Loads one case as a model. */
export function modelOf(case_: Case): Model {
  const template: Record<string, unknown> = { Resources: {} };
  for (const [key, value] of Object.entries(case_)) {
    if (key.startsWith('$')) template[key.slice(1)] = value;
    else (template.Resources as Record<string, unknown>)[key] = value;
  }
  const loader = new Loader();
  const text = JSON.stringify(template);
  loader.addTemplate('case.json', JSON.parse(text), loader.newUnit(), {}, text);
  return loader.finish();
}

/** Runs a rule on the resource `Subject` of a case, or on the first of the rule's types. */
export function judge(rule: Rule, case_: Case, options?: RuleOptions): Result {
  const [template] = modelOf(case_).templates;
  const subject = template.resources.get('Subject') ?? [...template.resources.values()].find((resource) => rule.resourceTypes.includes(resource.type));
  if (!subject) throw new Error(`no resource of ${rule.resourceTypes.join(', ')} in the case`);
  return evaluate(rule, subject, options);
}

/** A case of a rule, ready to be run on the rule or on a mutant of it. */
export interface Expectation { readonly name: string; readonly verdict: RawVerdict; readonly case: Case; readonly run: (rule: Rule) => Result }

/** The cases of each rule that was declared so far. `npm run mutation` runs mutants of the rules on them. */
export const suites = new Map<Rule, Expectation[]>();

/** Declares the tests of a rule: a pass, a fail, an unknown and a trap at least. */
export function verdicts(rule: Rule, table: Table): void {
  const plain = (verdict: RawVerdict, cases: Readonly<Record<string, Case>> = {}) =>
    Object.entries(cases).map(([name, case_]): [RawVerdict, string, Trap] => [verdict, name, { verdict, case: case_ }]);
  const rows = [
    ...plain('pass', table.pass), ...plain('fail', table.fail), ...plain('not-evaluated', table.unknown), ...plain('not-applicable', table.notApplicable),
    ...Object.entries(table.trap).map(([name, trap]): [RawVerdict, string, Trap] => [trap.verdict, `${name} (trap)`, trap]),
  ];
  const suite = rows.map(([verdict, name, trap]): Expectation => ({ name, verdict, case: trap.case, run: (one) => judge(one, trap.case, trap.options) }));
  suites.set(rule, [...suites.get(rule) ?? [], ...suite]);
  describe(rule.id, () => {
    test.each(rows)('%s: %s', (verdict, _name, trap) => {
      const result = judge(rule, trap.case, trap.options);
      expect({ verdict: result.verdict, says: result.message ?? result.reason }).toEqual({ verdict, says: verdict === 'pass' ? undefined : expect.stringMatching(/./) });
      if (trap.message) expect(result.message ?? result.reason).toMatch(trap.message);
      if (verdict === 'pass' || verdict === 'fail') expect(result.evidence.length).toBeGreaterThan(0);
    });

    test('has a pass, a fail, an unknown and a trap', () => {
      for (const kind of ['pass', 'fail', 'unknown', 'trap'] as const) expect(Object.keys(table[kind]).length).toBeGreaterThan(0);
    });

    test('no mutant of the whole check survives', () => expect(survivors(rule, suite)).toEqual([]));
  });
}

/** What a rule could be turned into without anybody noticing, were it not for its table. */
const MUTANTS: Readonly<Record<string, (truth: Truth) => Truth>> = {
  'inverted': (truth) => (truth.yes ? Truth.no('inverted') : truth.no ? Truth.YES : truth),
  'always passing': () => Truth.YES,
  'always failing': () => Truth.no('mutant'),
  'never evaluated': () => Truth.unknown('mutant'),
  'open taken for a pass': (truth) => (truth.open ? Truth.YES : truth),
  'open taken for a failure': (truth) => (truth.open ? Truth.no('mutant') : truth),
};

/** The mutants of the whole check that none of the cases tells from the rule. */
export function survivors(rule: Rule, suite: readonly Expectation[]): string[] {
  return Object.entries(MUTANTS).filter(([, mutate]) => {
    const mutant: Rule = { ...rule, check: (resource, evaluation) => mutate(rule.check(resource, evaluation)) };
    return suite.every(({ verdict, run }) => run(mutant).verdict === verdict);
  }).map(([name]) => name);
}
