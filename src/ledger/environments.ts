import { LedgerEnvironment, LedgerInherited } from './model';
import { InheritedControl, readEnvironment } from '../declarations/environment';
import { Result, Rule, Session } from '../rules';
import { Environment, environmentsOf } from '../template/environment';
import { Model } from '../template/model';
import { compareText } from '../template/text';

/** What is declared for every environment from outside of the templates. */
export interface EnvironmentOptions {
  readonly inherited?: readonly InheritedControl[];
  readonly required?: readonly string[];
  readonly requireExplicit?: boolean;
}

/** What an environment rule says of one environment. */
export interface EnvironmentResult {
  readonly rule: Rule;
  readonly environment: LedgerEnvironment;
  readonly result: Result;
}

interface Noted extends InheritedControl { readonly environments: Set<string>; used: boolean }

/** Gives one verdict for each environment rule and environment, and keeps what is inherited. */
export class Environments {
  private readonly noted = new Map<string, Noted>();
  private readonly declaredRules = new Set<string>();
  private readonly all: readonly Environment[];

  constructor(model: Model, private readonly options: EnvironmentOptions) {
    this.all = environmentsOf(model);
  }

  /** As the ledger lists them. */
  list(): LedgerEnvironment[] {
    return this.all.map(listed);
  }

  /** Judges all environments by the given rules. */
  judge(rules: readonly Rule[]): EnvironmentResult[] {
    return this.all.flatMap((environment) => this.judgeOne(environment, rules));
  }

  private judgeOne(environment: Environment, rules: readonly Rule[]): EnvironmentResult[] {
    const { inherited: given = [], required: asked = [] } = this.options;
    const declared = environment.templates.map(readEnvironment);
    const required = new Set([...asked, ...declared.flatMap((one) => one.required)]);
    const inherited = new Map<string, Noted>();
    for (const control of [...given, ...declared.flatMap((one) => one.inherited)]) inherited.set(control.rule, this.note(control, environment));
    for (const id of [...required, ...inherited.keys()]) this.declaredRules.add(id);
    const options = { requireExplicit: this.options.requireExplicit, required };
    const sessions = { region: new Session(environment.inRegion, options), account: new Session(environment.inAccount, options) };
    const judged = listed(environment);
    return rules.map((rule) => {
      const result = sessions[rule.scope === 'account' ? 'account' : 'region'].run(rule);
      const control = inherited.get(rule.id);
      return { rule, environment: judged, result: control && result.verdict !== 'pass' ? provided(result, control) : result };
    });
  }

  private note(control: InheritedControl, environment: Environment): Noted {
    const key = JSON.stringify([control.rule, control.providedBy, control.evidence]);
    let noted = this.noted.get(key);
    if (!noted) this.noted.set(key, noted = { ...control, environments: new Set(), used: false });
    noted.environments.add(environment.id);
    return noted;
  }

  /** Every declared inheritance, whether or not a rule of this run needed it. */
  inherited(): LedgerInherited[] {
    return [...this.noted.values()].map(({ rule, providedBy, evidence, environments, used }): LedgerInherited => ({
      rule, providedBy, ...evidence !== undefined && { evidence }, environments: [...environments].sort(compareText), state: used ? 'active' : 'unused',
    })).sort((a, b) => compareText(a.rule, b.rule) || compareText(a.providedBy, b.providedBy));
  }

  /** The rules that a declaration names. */
  named(): string[] {
    return [...this.declaredRules].sort(compareText);
  }
}

function listed({ id, account, region, templates }: Environment): LedgerEnvironment {
  return {
    id, account, region, templates: templates.map(({ path }) => path),
    stack: templates.map(({ context }) => context.constructPath ?? context.stackName).find((name) => name !== undefined),
  };
}

/** Nothing in the templates shows it, and another system is said to: that is a statement of management, not a result. */
function provided(result: Result, control: Noted): Result {
  control.used = true;
  const { providedBy, evidence } = control;
  return { verdict: 'not-evaluated', reason: `inherited: ${providedBy} provides it${evidence === undefined ? '' : `, evidence ${evidence}`}`, evidence: result.evidence };
}
