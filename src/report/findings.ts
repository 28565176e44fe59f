import { compareCriteria } from '../criteria';
import { Ledger, LedgerEnvironment, LedgerEvaluation, LedgerResource, LedgerRule } from '../ledger';
import { Severity, SEVERITIES } from '../rules/kernel';
import { ENVIRONMENT_TYPE } from '../template/environment';

/** An evaluation with what it refers to. */
export interface Finding {
  readonly evaluation: LedgerEvaluation;
  readonly rule: LedgerRule;
  readonly resource: LedgerResource;
  /** A construct claims of the resource what the rule does not find there. */
  readonly brokenClaim?: BrokenClaim;
}

/** What a construct says of a resource, and the template does not hold. */
export interface BrokenClaim {
  readonly construct: string;
  readonly criteria: readonly string[];
}

/** The evaluations that a predicate picks, advisory ones only if asked for or if they break a claim, in ledger order. */
export function select(ledger: Ledger, pick: (evaluation: LedgerEvaluation) => boolean, advisory = false): Finding[] {
  const rules = new Map(ledger.rules.map((rule) => [rule.id, rule]));
  const resources = new Map([...ledger.resources, ...ledger.environments.map(subjectOf)].map((resource) => [resource.id, resource]));
  const found: Finding[] = [];
  for (const evaluation of ledger.evaluations) {
    if (!pick(evaluation)) continue;
    const rule = rules.get(evaluation.rule);
    const resource = resources.get(evaluation.resource);
    if (!rule || !resource) continue;
    const brokenClaim = brokenClaimOf(evaluation, resource);
    if (advisory || brokenClaim || !rule.advisory) found.push({ evaluation, rule, resource, brokenClaim });
  }
  return found;
}

function brokenClaimOf({ rule, verdict }: LedgerEvaluation, { claims }: LedgerResource): BrokenClaim | undefined {
  if (!claims || (verdict !== 'fail' && verdict !== 'waived')) return undefined;
  const broken = claims.filter(({ state, rules }) => state === 'not-upheld' && rules.includes(rule));
  return broken.length > 0 ? { construct: broken[0].construct, criteria: broken.map(({ criterion }) => criterion).sort(compareCriteria) } : undefined;
}

/**
 * How much a finding matters: that of its rule, and at least medium where it breaks a claim. What is claimed and not so misleads whoever reads the
 * claim, however little the setting matters by itself.
 */
export function severityOf({ rule, brokenClaim }: Pick<Finding, 'rule' | 'brokenClaim'>): Severity {
  return brokenClaim && !atLeast(rule.severity, 'medium') ? 'medium' : rule.severity;
}

/** What was found: of a broken claim also who claims what, and where it was read. */
export function messageOf({ evaluation, brokenClaim }: Finding): string {
  const message = evaluation.message ?? '';
  if (!brokenClaim) return message;
  const read = telling(evaluation)[0]?.path;
  const where = read === undefined || message.includes(read.replace(/^Properties\./, '')) ? '' : ` (read ${read})`;
  return `claim not upheld: ${brokenClaim.construct} claims ${brokenClaim.criteria.join(' ')} by ${evaluation.rule}, but ${message}${where}`;
}

/** An environment in the place of a resource: what a rule was asked of. */
export function subjectOf({ id, account, region, stack }: LedgerEnvironment): LedgerResource {
  return { id, template: '', logicalId: id, type: ENVIRONMENT_TYPE, account, region, stack };
}

/** True when a severity is at or above a threshold. */
export function atLeast(severity: Severity, threshold: Severity | 'none'): boolean {
  return threshold !== 'none' && SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(threshold);
}

/** The criteria of a rule, direct ones first. */
export function criteriaOfRule(rule: LedgerRule): string[] {
  return [...rule.criteria.direct, ...rule.criteria.supporting];
}

/** How to mend a broken claim, in one line. */
export const MEND_CLAIM = 'take back what changed the resource, or give the construct an opt-out with a reason';

/** How to mend a failure, in one line. */
export function mend(rule: Pick<LedgerRule, 'remediation'>): string {
  const { construct, l2, cfn } = rule.remediation;
  // A property reads `set x: y`; anything else is a sentence of its own.
  const ways = [construct && `use ${construct}`, l2 && (/^[\w.]+(:|$)/.test(l2) ? `set ${l2}` : l2)].filter(Boolean);
  return ways.length ? `${ways.join(', or ')} (CloudFormation: ${cfn})` : `CloudFormation: ${cfn}`;
}

/** The evidence of a failure, what its message speaks of first. */
export function telling(evaluation: LedgerEvaluation): LedgerEvaluation['evidence'] {
  const { evidence, message = '' } = evaluation;
  const spoken = evidence.filter(({ path }) => message.includes(path.replace(/^Properties\./, '')));
  return spoken.length ? [...spoken, ...evidence.filter((one) => !spoken.includes(one))] : evidence;
}

/** The value of a piece of evidence, as text. */
export function shownValue(value: unknown): string {
  return value === null ? 'absent' : typeof value === 'string' ? value : JSON.stringify(value);
}

/** The sentence that must stand under every report. */
export const DISCLAIMER = 'Evidence prepared by management; not an auditor’s report or opinion.';
