import { Rule, rule, RuleSpec } from '../../../src/rules/kernel';

/** A check of the rule kernel that is no rule of ours: nobody asks of an auditor whether a template can be deployed. */
export function trap(resourceTypes: string | readonly string[], check: RuleSpec['check']): Rule {
  return rule({
    id: 'Test.Deployable', resourceTypes: typeof resourceTypes === 'string' ? [resourceTypes] : resourceTypes, title: '', severity: 'high', criteria: { direct: [] },
    rationale: '', remediation: { cfn: '' }, check,
  });
}
