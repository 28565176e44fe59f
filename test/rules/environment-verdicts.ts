import { Case, Expectation, suites, survivors, Trap } from './verdicts';
import { RawVerdict, Result, Rule, RuleOptions, Session } from '../../src/rules/kernel';
import { environmentsOf } from '../../src/template/environment';
import { Loader } from '../../src/template/load';

/** Where a case is deployed that does not say. */
export const HERE = 'aws://111111111111/eu-west-1';
/** Another Region of the same account, and another account. */
export const OTHER_REGION = 'aws://111111111111/us-east-1';
export const OTHER_ACCOUNT = 'aws://222222222222/eu-west-1';

/** Several templates by where they are deployed; the first place is judged. */
export function deployed(templates: Readonly<Record<string, Case>>): Case {
  return { $$environments: templates };
}

/** The tests of an environment rule. That it is open where the templates hold nothing, and fails there when it is required, is tested for each. */
export interface EnvironmentTable {
  readonly pass: Readonly<Record<string, Case>>;
  readonly fail?: Readonly<Record<string, Case>>;
  readonly unknown?: Readonly<Record<string, Case>>;
  readonly trap: Readonly<Record<string, Trap>>;
}

/** Runs a rule on the first environment of a case. */
export function judgeEnvironment(rule: Rule, case_: Case, options: RuleOptions = {}): Result {
  const templates = (case_.$$environments ?? { [HERE]: case_ }) as Readonly<Record<string, Case>>;
  const loader = new Loader();
  for (const [id, one] of Object.entries(templates)) {
    const [, account, region] = /^aws:\/\/(.+)\/(.+)$/.exec(id)!;
    const template: Record<string, unknown> = { Resources: {} };
    for (const [key, value] of Object.entries(one)) {
      if (key.startsWith('$')) template[key.slice(1)] = value;
      else (template.Resources as Record<string, unknown>)[key] = value;
    }
    const text = JSON.stringify(template);
    const context = { account: account === 'unknown-account' ? undefined : account, region: region === 'unknown-region' ? undefined : region };
    loader.addTemplate(`${account}-${region}.json`, JSON.parse(text), loader.newUnit(), context, text);
  }
  const judged = environmentsOf(loader.finish()).find(({ id }) => id === Object.keys(templates)[0])!;
  return new Session(rule.scope === 'account' ? judged.inAccount : judged.inRegion, options).run(rule);
}

/** Declares the tests of an environment rule. */
export function environmentVerdicts(rule: Rule, table: EnvironmentTable): void {
  const plain = (verdict: RawVerdict, cases: Readonly<Record<string, Case>> = {}) =>
    Object.entries(cases).map(([name, case_]): [RawVerdict, string, Trap] => [verdict, name, { verdict, case: case_ }]);
  const required: RuleOptions = { required: new Set([rule.id]) };
  const unrelated: Case = { Queue: { Type: 'AWS::SQS::Queue' } };
  const rows = [
    ...plain('pass', table.pass), ...plain('fail', table.fail), ...plain('not-evaluated', table.unknown),
    ...Object.entries(table.trap).map(([name, trap]): [RawVerdict, string, Trap] => [trap.verdict, `${name} (trap)`, trap]),
    ...([
      ['not-evaluated', 'nothing is about it', { verdict: 'not-evaluated', case: unrelated, message: /another system may provide it/ }],
      ['fail', 'nothing is about it, and it is required', { verdict: 'fail', case: unrelated, options: required, message: /^it is required/ }],
      ['not-evaluated', 'another rule is required', { verdict: 'not-evaluated', case: unrelated, options: { required: new Set(['S3.Versioning']) } }],
    ] as [RawVerdict, string, Trap][]),
  ];
  const suite = rows.map(([verdict, name, trap]): Expectation => ({ name, verdict, case: trap.case, run: (one) => judgeEnvironment(one, trap.case, trap.options) }));
  suites.set(rule, [...suites.get(rule) ?? [], ...suite]);
  describe(rule.id, () => {
    test.each(rows)('%s: %s', (verdict, _name, trap) => {
      const result = judgeEnvironment(rule, trap.case, trap.options);
      expect({ verdict: result.verdict, says: result.message ?? result.reason }).toEqual({ verdict, says: verdict === 'pass' ? undefined : expect.stringMatching(/./) });
      if (trap.message) expect(result.message ?? result.reason).toMatch(trap.message);
      if (verdict === 'pass' || verdict === 'fail') expect(result.evidence.length).toBeGreaterThan(0);
    });

    test.each(Object.entries(table.pass))('passes when it is required: %s', (_name, case_) => {
      expect(judgeEnvironment(rule, case_, required).verdict).toBe('pass');
    });

    test('has a pass and a trap', () => {
      for (const kind of ['pass', 'trap'] as const) expect(Object.keys(table[kind]).length).toBeGreaterThan(0);
    });

    test('no mutant of the whole check survives', () => expect(survivors(rule, suite)).toEqual([]));
  });
}
