import { Anchors } from './anchors';
import { VERDICT_ORDER } from './format';
import { Tally } from '../../ledger/counts';
import type { Counts, Ledger, LedgerEnvironment, LedgerEvaluation, LedgerResource, LedgerRule } from '../../ledger/model';

/** Rows of one table that are written into the document; the rest is counted and named. */
export const MOST_ROWS = 2000;

/** Rows of all population tables together: beyond it the tables are cut earlier, so that a browser can still open the file. */
const MOST_ROWS_IN_ALL = 100_000;

/** A rule with its population: exceptions first, passes and not applicable last. */
export interface RuleView {
  readonly rule: LedgerRule;
  readonly evaluations: readonly LedgerEvaluation[];
  readonly counts: Counts;
}

/** A resource or an environment, and what was evaluated on it. Without either, the ledger's population does not list it. */
export interface ResourceView {
  readonly id: string;
  readonly resource?: LedgerResource;
  /** Set for an account and region, which rules about those are asked of. */
  readonly environment?: LedgerEnvironment;
  /** Evaluations of ordinary rules. */
  readonly evaluations: readonly LedgerEvaluation[];
  /** Evaluations of advisory rules, which are counted apart. */
  readonly advisory: readonly LedgerEvaluation[];
}

/** The ledger with its indexes, made once and shared by all sections. */
export interface View {
  readonly ledger: Ledger;
  readonly anchors: Anchors;
  /** Ordinary rules that were evaluated on something, in the order of the ledger. */
  readonly rules: readonly RuleView[];
  /** Advisory rules that were evaluated on something. */
  readonly advisory: readonly RuleView[];
  /** Rules that found nothing to apply to. */
  readonly idleRules: readonly LedgerRule[];
  readonly ruleById: ReadonlyMap<string, RuleView>;
  readonly resources: ReadonlyMap<string, ResourceView>;
  readonly types: ReadonlyMap<string, readonly ResourceView[]>;
  /** Counted again from the evaluations of ordinary rules. */
  readonly counts: Counts;
  /** Counted again from the evaluations of advisory rules. */
  readonly advisoryCounts: Counts;
  /** Rows that a population table may hold. */
  readonly rowLimit: number;
}

const MISSING: Omit<LedgerRule, 'id'> = {
  title: 'not described in this ledger',
  severity: 'medium',
  criteria: { direct: [], supporting: [] },
  resourceTypes: [],
  rationale: 'The ledger holds evaluations of this rule but does not describe it.',
  remediation: { cfn: 'not described in this ledger' },
};

export function viewOf(ledger: Ledger): View {
  const byRule = new Map<string, LedgerEvaluation[]>(ledger.rules.map(({ id }) => [id, []]));
  const described = new Map(ledger.rules.map((rule) => [rule.id, rule]));
  const resources = new Map<string, Building>(ledger.resources.map((resource) => [resource.id, { id: resource.id, resource, evaluations: [], advisory: [] }]));
  for (const environment of ledger.environments) resources.set(environment.id, { id: environment.id, environment, evaluations: [], advisory: [] });
  for (const evaluation of ledger.evaluations) {
    push(byRule, evaluation.rule, evaluation);
    const { resource: id } = evaluation;
    let known = resources.get(id);
    if (!known) resources.set(id, known = { id, evaluations: [], advisory: [] });
    (described.get(evaluation.rule)?.advisory ? known.advisory : known.evaluations).push(evaluation);
  }
  const all = [...byRule].map(([id, evaluations]): RuleView => (
    { rule: described.get(id) ?? { id, ...MISSING }, evaluations: inReadingOrder(evaluations), counts: countVerdicts(evaluations) }));
  const used = all.filter(({ evaluations }) => evaluations.length > 0);
  const rules = used.filter(({ rule }) => !rule.advisory);
  const advisory = used.filter(({ rule }) => rule.advisory);
  const types = byType(resources.values());
  const rowLimit = limit([...used.map(({ evaluations }) => evaluations.length), ...[...types.values()].map(({ length }) => length)]);
  const view: View = {
    ledger,
    anchors: new Anchors(),
    rules,
    advisory,
    idleRules: all.filter(({ evaluations }) => evaluations.length === 0).map(({ rule }) => rule),
    ruleById: new Map(all.map((each) => [each.rule.id, each])),
    resources,
    types,
    counts: addCounts(rules.map((each) => each.counts)),
    advisoryCounts: addCounts(advisory.map((each) => each.counts)),
    rowLimit,
  };
  announce(view);
  return view;
}

interface Building extends ResourceView {
  readonly evaluations: LedgerEvaluation[];
  readonly advisory: LedgerEvaluation[];
}

/** Whether any rule was evaluated on it. */
export function hasRules({ evaluations, advisory }: ResourceView): boolean {
  return evaluations.length + advisory.length > 0;
}

/** Counts verdicts; the sum of the six is `evaluations`. */
export function countVerdicts(evaluations: readonly LedgerEvaluation[]): Counts {
  const tally = new Tally();
  for (const { verdict } of evaluations) tally.add(verdict);
  return tally.counts();
}

export function addCounts(all: readonly Counts[]): Counts {
  const tally = new Tally();
  for (const counts of all) tally.merge(counts);
  return tally.counts();
}

function inReadingOrder(evaluations: readonly LedgerEvaluation[]): LedgerEvaluation[] {
  return VERDICT_ORDER.flatMap((wanted) => evaluations.filter(({ verdict }) => verdict === wanted));
}

function byType(resources: Iterable<ResourceView>): Map<string, ResourceView[]> {
  const found = new Map<string, ResourceView[]>();
  for (const each of resources) if (!each.environment) push(found, each.resource?.type ?? 'not listed in the population', each);
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}

/** The largest limit, at most {@link MOST_ROWS}, that keeps all tables together within bounds. */
function limit(lengths: readonly number[]): number {
  const written = (most: number) => lengths.reduce((total, length) => total + Math.min(length, most), 0);
  let most = MOST_ROWS;
  while (most > 20 && written(most) > MOST_ROWS_IN_ALL) most = Math.floor(most / 2);
  return most;
}

/** Says beforehand what the document will hold, so that no link leads nowhere. */
function announce({ ledger, anchors, rules, advisory, idleRules, types, rowLimit }: View): void {
  for (const { rule } of advisory) anchors.add('rule', rule.id);
  for (const { id } of ledger.optOuts) anchors.add('opt-out', id);
  for (const { rule, counts } of rules) {
    anchors.add('rule', rule.id);
    if (counts.fail > 0) anchors.add('exceptions', rule.id);
  }
  for (const { id } of idleRules) anchors.add('rule', id);
  for (const { id } of ledger.criteria) anchors.add('criterion', id);
  for (const { id } of ledger.waivers) anchors.add('waiver', id);
  for (const { id } of ledger.acknowledgements) anchors.add('acknowledgement', id);
  for (const [type, members] of types) {
    anchors.add('type', type);
    for (const { id } of members.slice(0, rowLimit)) anchors.add('resource', id);
  }
}
