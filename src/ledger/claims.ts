import { CriterionId, isCriterionId } from '../criteria';
import { LedgerClaim, Verdict } from './model';
import { Declaration } from '../declarations/metadata';

/** What this run was asked to evaluate: a claim that rests on other categories or on advisory rules is not its matter. */
export interface Asked {
  readonly criterion: (id: CriterionId) => boolean;
  readonly rule: (id: string) => boolean;
}

/**
 * Judges what a construct claims of a resource by the rules that it names. A claim is upheld when they all pass, not upheld when one fails
 * (even if a waiver covers the failure: the setting is still not there), and otherwise not shown.
 */
export function judgeClaims(declaration: Declaration, verdicts: ReadonlyMap<string, Verdict>, asked: Asked): LedgerClaim[] {
  const rules = new Map<CriterionId, string[]>();
  for (const claim of declaration.claims) {
    if (!asked.rule(claim.rule)) continue;
    for (const id of claim.criteria) {
      if (isCriterionId(id) && asked.criterion(id)) rules.set(id, [...rules.get(id) ?? [], claim.rule]);
    }
  }
  return [...rules].map(([criterion, ids]) => {
    const states = ids.map((id) => verdicts.get(id));
    const state = states.some((verdict) => verdict === 'fail' || verdict === 'waived' || verdict === 'baselined') ? 'not-upheld'
      : states.every((verdict) => verdict === 'pass') ? 'upheld' : 'not-shown';
    return { criterion, construct: declaration.construct, rules: [...ids].sort(), state };
  });
}
