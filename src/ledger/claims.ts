import { CriterionId, isCriterionId } from '../criteria';
import { Declaration } from '../declarations/metadata';
import { LedgerClaim, Verdict } from './model';

/**
 * Judges what a construct claims of a resource by the rules that it names. A claim is upheld when they all pass, not upheld when one fails
 * (even if a waiver covers the failure: the setting is still not there), and otherwise not shown.
 */
export function judgeClaims(declaration: Declaration, verdicts: ReadonlyMap<string, Verdict>): LedgerClaim[] {
  const rules = new Map<CriterionId, string[]>();
  for (const claim of declaration.claims) {
    for (const id of claim.criteria) {
      if (isCriterionId(id)) rules.set(id, [...rules.get(id) ?? [], claim.rule]);
    }
  }
  return [...rules].map(([criterion, ids]) => {
    const states = ids.map((id) => verdicts.get(id));
    const state = states.some((verdict) => verdict === 'fail' || verdict === 'waived' || verdict === 'baselined') ? 'not-upheld'
      : states.every((verdict) => verdict === 'pass') ? 'upheld' : 'not-shown';
    return { criterion, construct: declaration.construct, rules: [...ids].sort(), state };
  });
}
