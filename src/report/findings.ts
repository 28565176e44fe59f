import { Ledger, LedgerEnvironment, LedgerEvaluation, LedgerResource, LedgerRule } from '../ledger';
import { Severity, SEVERITIES } from '../rules/kernel';
import { ENVIRONMENT_TYPE } from '../template/environment';

/** An evaluation with what it refers to. */
export interface Finding {
  readonly evaluation: LedgerEvaluation;
  readonly rule: LedgerRule;
  readonly resource: LedgerResource;
}

/** The evaluations that a predicate picks, advisory ones only if asked for, in ledger order. */
export function select(ledger: Ledger, pick: (evaluation: LedgerEvaluation) => boolean, advisory = false): Finding[] {
  const rules = new Map(ledger.rules.map((rule) => [rule.id, rule]));
  const resources = new Map([...ledger.resources, ...ledger.environments.map(subjectOf)].map((resource) => [resource.id, resource]));
  const found: Finding[] = [];
  for (const evaluation of ledger.evaluations) {
    if (!pick(evaluation)) continue;
    const rule = rules.get(evaluation.rule);
    const resource = resources.get(evaluation.resource);
    if (rule && resource && (advisory || !rule.advisory)) found.push({ evaluation, rule, resource });
  }
  return found;
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
