import type { Evaluation } from './evaluation';
import type { ResourceReader } from './resource-reader';
import { made, Rule, RuleSpec } from './rule';
import { any, Truth } from './truth';

/** A rule about an account and region: some resource that is deployed there must show it. */
export interface EnvironmentRuleSpec extends Omit<RuleSpec, 'check'> {
  /** Where the resource may stand: in a template of the same account and region, or of any region of the account. */
  readonly within: 'region' | 'account';
  /** Which resources of the types are about it at all. @default - all of them */
  readonly candidate?: (resource: ResourceReader, evaluation: Evaluation) => Truth;
  /** A candidate shows it. */
  readonly check: (resource: ResourceReader, evaluation: Evaluation) => Truth;
}

/**
 * Declares a rule that gives one verdict for each environment. It passes when one resource shows the control, and fails when resources are
 * about it and none shows it. Where the templates hold no such resource at all, nobody can tell: another system may provide it.
 */
export function environmentRule({ within, candidate, check, ...spec }: EnvironmentRuleSpec): Rule {
  const none = `no ${spec.resourceTypes.join(' or ')} of the templates given shows it`;
  return made({
    ...spec,
    check: (_environment, evaluation) => {
      const found: Truth[] = [];
      for (const resource of spec.resourceTypes.flatMap((type) => evaluation.ofType(type))) {
        const concerned = candidate ? candidate(resource, evaluation) : Truth.YES;
        if (concerned.no) continue;
        const shown = check(resource, evaluation);
        found.push(concerned.yes ? shown : shown.yes ? concerned : Truth.unknown(concerned.message));
        if (shown.yes && concerned.yes) break;
      }
      if (found.length > 0) return any(found);
      return evaluation.options.required?.has(spec.id) ? Truth.no(`it is required, and ${none}`) : Truth.unknown(`${none}; another system may provide it`);
    },
  }, within);
}
