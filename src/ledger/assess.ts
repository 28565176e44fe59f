import { CATEGORIES, Category, compareCriteria, criteriaOf, CriterionId } from '../criteria';
import { Declaration, readDeclaration } from '../declarations/metadata';
import { allRules, Result, Rule, rulesForType, Session } from '../rules';
import { Asked, judgeClaims } from './claims';
import { reconciles, Tally } from './counts';
import { ruleSetDigest, toolVersion, withDigest } from './digest';
import { EnvironmentOptions, EnvironmentResult, Environments } from './environments';
import { AcknowledgementMode, Acknowledgements, OptOuts, PLUGIN_NAME } from './exceptions';
import { Counts, Ledger, LedgerCriterion, LedgerEvaluation, LedgerResource, LedgerRule, SCHEMA_VERSION, Verdict } from './model';
import { mayBeClassified } from '../declarations/data-class';
import { classified } from '../rules/data-classification';
import { DATA_STORES } from '../rules/shared/data-stores';
import { Model, Resource } from '../template/model';
import { compareText, nearest } from '../template/text';

/** What is asked of a model. */
export interface AssessOptions extends EnvironmentOptions {
  /** Categories whose criteria are in scope. Security is always added, as no SOC 2 examination leaves it out, unless `exactly` says otherwise. */
  readonly categories: readonly Category[];
  /** Only the named categories: for a check of some criteria, not for a report. @default false */
  readonly exactly?: boolean;
  /** `YYYY-MM-DD` */
  readonly asOf: string;
  /** How to make this ledger again. */
  readonly command: string;
  readonly commit?: string;
  readonly ci?: string;
  /** @default honour */
  readonly acknowledgements?: AcknowledgementMode;
  /** Also evaluate advisory rules: weak or contested controls. They are counted apart and are never findings. @default true */
  readonly advisory?: boolean;
  /** Treat a default that AWS applies as if the property were missing. @default false */
  readonly requireExplicit?: boolean;
  /** The rules to evaluate. @default all rules of the registry */
  readonly rules?: readonly Rule[];
}

/**
 * Evaluates every rule of the chosen categories on every resource of its types and writes it all down.
 *
 * @throws Error when the counts do not add up: such a ledger must not be written.
 */
export function assess(model: Model, options: AssessOptions): Ledger {
  return new Assessment(model, options).ledger();
}

const NOT_CLASSIFIED: Result = { verdict: 'fail', evidence: [] };

interface CriterionState { readonly tally: Tally; resources: number; last: Resource | undefined }

/** A rule with what is counted for it. */
interface RuleState { readonly rule: Rule; readonly tally: Tally; readonly criteria: readonly CriterionState[] }

class Assessment {
  private readonly acknowledgements: Acknowledgements;
  private readonly optOuts: OptOuts;
  private readonly inScope: ReadonlySet<CriterionId>;
  private readonly rules: Rule[];
  private readonly rulesOf: (type: string) => readonly RuleState[];
  private readonly resources: LedgerResource[] = [];
  private readonly evaluations: LedgerEvaluation[] = [];
  private readonly unclassified: string[] = [];
  private readonly states: RuleState[];
  /** Rules of the criteria in scope that this run leaves out, being advisory: asked after all where a construct claims them. */
  private readonly leftOut: Map<string, Rule>;
  private readonly claimed = new Map<string, RuleState>();
  private readonly byCriterion = new Map<CriterionId, CriterionState>();
  private readonly asked: Asked;
  private readonly crashes = new Map<string, string[]>();
  private readonly categories: readonly Category[];
  private readonly environments: Environments;

  constructor(private readonly model: Model, private readonly options: AssessOptions) {
    this.categories = CATEGORIES
      .filter((category) => (category === 'security' && !options.exactly) || options.categories.includes(category));
    this.acknowledgements = new Acknowledgements(model.acknowledgements, options.acknowledgements ?? 'honour');
    this.optOuts = new OptOuts(options.asOf);
    this.environments = new Environments(model, options);
    const criteria = criteriaOf(this.categories);
    this.inScope = new Set(criteria.map((criterion) => criterion.id));
    for (const { id } of criteria) this.byCriterion.set(id, { tally: new Tally(), resources: 0, last: undefined });
    const concerned = (rule: Rule): boolean => rule.allCriteria.some((id) => this.inScope.has(id));
    const given = options.rules ?? allRules();
    this.rules = given.filter((rule) => (rule.onByDefault || options.advisory !== false) && concerned(rule));
    this.states = this.rules.map((rule) => ({
      rule, tally: new Tally(), criteria: rule.onByDefault ? rule.allCriteria.flatMap((id) => this.byCriterion.get(id) ?? []) : [],
    }));
    const chosen = new Map(this.states.map((state) => [state.rule, state]));
    this.leftOut = new Map(given.filter((rule) => !chosen.has(rule) && concerned(rule)).map((rule) => [rule.id, rule]));
    const left = new Set(given.filter((rule) => !concerned(rule)).map((rule) => rule.id));
    // A rule that does not exist at all was asked for in vain: its claim is not shown, rather than passed over.
    this.asked = { criterion: (id) => this.inScope.has(id), rule: (id) => !left.has(id) };
    const cache = new Map<string, readonly RuleState[]>();
    this.rulesOf = (type) => {
      let found = cache.get(type);
      if (!found) {
        const rules = options.rules ? this.rules.filter((rule) => rule.scope === 'resource' && rule.resourceTypes.includes(type)) : rulesForType(type);
        cache.set(type, found = rules.flatMap((rule) => chosen.get(rule) ?? []));
      }
      return found;
    };
  }

  ledger(): Ledger {
    const { model, options } = this;
    let withRules = 0;
    for (const template of [...model.templates].sort((a, b) => compareText(a.path, b.path))) {
      for (const resource of [...template.resources.values()].sort((a, b) => compareText(a.logicalId, b.logicalId))) {
        if (this.resource(resource)) withRules++;
      }
    }
    const states = this.states.filter(({ rule }) => rule.scope !== 'resource');
    const byRule = new Map(states.map((state) => [state.rule, state]));
    for (const one of this.environments.judge(states.map(({ rule }) => rule))) this.environment(byRule.get(one.rule)!, one);
    const core = new Tally();
    const advisory = new Tally();
    for (const { rule, tally } of this.states) (rule.onByDefault ? core : advisory).merge(tally);
    const totals = {
      ...core.counts(), advisory: advisory.counts(), resources: this.resources.length, resourcesWithRules: withRules,
      stacks: model.templates.filter((template) => !template.parent).length,
    };
    this.reconcile(totals, totals.advisory);
    const withoutDigest: Omit<Ledger, 'digest'> = {
      schemaVersion: SCHEMA_VERSION,
      tool: { name: 'cdk-soc2', version: toolVersion(), ruleSetDigest: ruleSetDigest(this.rules) },
      run: { asOf: options.asOf, command: options.command, commit: options.commit, ci: options.ci },
      inputs: [...model.inputs].sort((a, b) => compareText(a.path, b.path)),
      scope: { categories: this.categories },
      criteria: this.criteria(),
      rules: [...this.rules].sort((a, b) => compareText(a.id, b.id)).map(ledgerRule),
      resources: this.resources,
      environments: this.environments.list(),
      evaluations: this.evaluations,
      unclassified: this.unclassified,
      waivers: [],
      acknowledgements: this.acknowledgements.list(),
      optOuts: this.optOuts.list(),
      inherited: this.environments.inherited(),
      limitations: this.limitations(),
      totals,
    };
    return withDigest(withoutDigest);
  }

  /** Evaluates all rules on a resource; true when there was any. */
  private resource(resource: Resource): boolean {
    const { template } = resource;
    const states = this.rulesOf(resource.type);
    const declaration = resource.raw.Metadata === undefined ? undefined : readDeclaration(resource);
    if (declaration) this.optOuts.note(resource, declaration);
    const verdicts = declaration && new Map<string, Verdict>();
    const id = resource.id;
    const session = new Session(resource, { requireExplicit: this.options.requireExplicit });
    for (const state of declaration && this.leftOut.size > 0 ? [...states, ...this.claimedStates(declaration, resource)] : states) {
      if (state.rule.concerns?.(resource) === false) continue;
      const result = session.run(state.rule);
      const evaluation = this.judge(state.rule, resource, id, result);
      this.evaluations.push(evaluation);
      verdicts?.set(state.rule.id, evaluation.verdict);
      record(state, resource, evaluation.verdict);
      if (result.crashed) this.crashed(evaluation);
    }
    const data = DATA_STORES.has(resource.type) ? this.dataClass(session, resource) : undefined;
    const claims = declaration && verdicts ? judgeClaims(declaration, verdicts, this.asked) : [];
    this.resources.push({
      id, template: template.path, logicalId: resource.logicalId, type: resource.type, stack: template.context.constructPath ?? template.context.stackName,
      constructPath: resource.constructPath, account: template.context.account, region: template.context.region, location: resource.location,
      claims: claims.length > 0 ? claims : undefined, data,
    });
    return states.length > 0;
  }

  /**
   * What this run leaves out, and a construct speaks of: a claim that nobody looks into is worth nothing, and of an opt-out it is to be told whether it is
   * needed.
   */
  private claimedStates({ claims, optOuts }: Declaration, { type }: Resource): RuleState[] {
    return [...claims, ...optOuts].flatMap((claim) => {
      const rule = this.leftOut.get(claim.rule);
      if (!rule?.resourceTypes.includes(type)) return [];
      let state = this.claimed.get(rule.id);
      if (!state) {
        state = { rule, tally: new Tally(), criteria: [] };
        this.claimed.set(rule.id, state);
        this.states.push(state);
        this.rules.push(rule);
      }
      return [state];
    });
  }

  /** The class of a store's data. One of which it cannot be told is not listed as unclassified. */
  private dataClass(session: Session, resource: Resource): string | undefined {
    const { verdict, evidence } = mayBeClassified(resource) ? session.run(classified) : NOT_CLASSIFIED;
    if (verdict === 'fail') this.unclassified.push(resource.id);
    const value = evidence[evidence.length - 1]?.value;
    return verdict === 'pass' && typeof value === 'string' ? value.trim().toLowerCase() : undefined;
  }

  private environment(state: RuleState, { environment, result }: EnvironmentResult): void {
    const { verdict, evidence, message, reason, crashed } = result;
    const cover = verdict === 'fail' ? this.acknowledgements.cover(state.rule, environment.stack) : undefined;
    const evaluation: LedgerEvaluation = {
      rule: state.rule.id, resource: environment.id, verdict: cover === undefined ? verdict : 'waived', evidence, message, reason, waiver: cover, location: undefined,
      crashed: crashed ? true : undefined,
    };
    this.evaluations.push(evaluation);
    state.tally.add(evaluation.verdict);
    for (const criterion of state.criteria) {
      criterion.tally.add(evaluation.verdict);
      // That nothing in the templates is about it is no evidence for a criterion.
      if (verdict === 'pass' || verdict === 'fail') criterion.resources++;
    }
    if (crashed) this.crashed(evaluation);
  }

  private crashed({ rule, reason, resource }: LedgerEvaluation): void {
    const text = `${rule}: ${reason}`;
    this.crashes.set(text, [...this.crashes.get(text) ?? [], resource]);
  }

  private judge(rule: Rule, resource: Resource, id: string, result: Result): LedgerEvaluation {
    const { verdict, evidence, message, reason } = result;
    // Every evaluation has the same shape: there are very many of them.
    if (verdict !== 'fail') {
      const crashed = result.crashed ? true : undefined;
      return { rule: rule.id, resource: id, verdict, evidence, message, reason, waiver: undefined, location: undefined, crashed };
    }
    const cover = this.optOuts.cover(rule, resource) ?? this.acknowledgements.cover(rule, resource.constructPath);
    const remark = cover === undefined ? this.optOuts.remark(rule, resource) : undefined;
    return {
      rule: rule.id, resource: id, verdict: cover === undefined ? 'fail' : 'waived', evidence, message: remark ? `${message}; ${remark}` : message,
      reason: undefined, waiver: cover, location: resource.location, crashed: undefined,
    };
  }

  private criteria(): LedgerCriterion[] {
    const rules = new Map<CriterionId, number>();
    for (const rule of this.rules) if (rule.onByDefault) for (const id of rule.allCriteria) rules.set(id, (rules.get(id) ?? 0) + 1);
    return criteriaOf(this.categories).map(({ id, category, title, class: kind }) => {
      const { tally, resources } = this.byCriterion.get(id)!;
      const count = rules.get(id) ?? 0;
      return { id, category, title, class: kind, coverage: count === 0 ? 'no-rule' : resources > 0 ? 'evaluated' : 'no-resource', rules: count, resources, counts: tally.counts() };
    });
  }

  private limitations(): Ledger['limitations'] {
    const found = [...this.model.limitations];
    for (const input of this.model.inputs) {
      if (input.error) found.push({ code: 'unreadable', text: `could not be read, so its resources are not in the population: ${input.error}`, affects: [input.path] });
    }
    for (const [text, affects] of this.crashes) found.push({ code: 'rule-failed', text, affects });
    const ids = this.rules.map((rule) => rule.id);
    for (const id of this.acknowledgements.unknownRules((one) => allRules().some((rule) => rule.id === one))) {
      const near = nearest(id, ids);
      found.push({ code: 'unknown-rule', text: `an acknowledgement names the rule ${id}, which does not exist${near ? `; did you mean ${PLUGIN_NAME}::${near}?` : ''}`, affects: [] });
    }
    for (const id of this.environments.named()) {
      const named = allRules().find((rule) => rule.id === id);
      const declared = `${id} is declared inherited or required`;
      if (!named) found.push({ code: 'unknown-rule', text: `${declared}, but there is no such rule`, affects: [] });
      if (named?.scope === 'resource') found.push({ code: 'not-an-environment-rule', text: `${declared}, which does nothing: it judges resources, not environments`, affects: [] });
    }
    for (const one of this.model.acknowledgements) {
      const bare = one.id.replace(/^Annotation::/, '');
      if (bare !== one.id && ids.includes(bare)) found.push({ code: 'bare-acknowledgement', text: `an acknowledgement of ${bare} does nothing: its id must be ${PLUGIN_NAME}::${bare}`, affects: [one.scope] });
    }
    return found.sort((a, b) => compareText(a.code, b.code) || compareText(a.text, b.text) || compareText(a.affects.join(), b.affects.join()));
  }

  private reconcile(totals: Counts, advisory: Counts): void {
    const sums = totals.evaluations + advisory.evaluations === this.evaluations.length && reconciles(totals) && reconciles(advisory);
    if (!sums) throw new Error(`the ledger does not reconcile and is not written: ${JSON.stringify({ totals, advisory, evaluations: this.evaluations.length })}`);
  }
}

function record(state: RuleState, resource: Resource, verdict: Verdict): void {
  state.tally.add(verdict);
  for (const criterion of state.criteria) {
    criterion.tally.add(verdict);
    if (verdict !== 'not-applicable' && criterion.last !== resource) {
      criterion.last = resource;
      criterion.resources++;
    }
  }
}

function ledgerRule(rule: Rule): LedgerRule {
  const { id, title, severity, resourceTypes, rationale, remediation, configRule } = rule;
  const { direct, supporting } = rule.criteria;
  return {
    id, title, severity, criteria: { direct: [...direct].sort(compareCriteria), supporting: [...supporting ?? []].sort(compareCriteria) },
    resourceTypes, rationale, remediation, ...configRule !== undefined && { configRule }, ...!rule.onByDefault && { advisory: true as const },
    ...rule.scope !== 'resource' && { scope: rule.scope },
  };
}
