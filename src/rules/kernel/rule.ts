import type { Evaluation } from './evaluation';
import type { ResourceReader } from './resource-reader';
import type { Truth } from './truth';
import type { CriterionId } from '../../criteria';
import type { Resource } from '../../template/model';

/** How much a failure matters. Critical ones cannot be acknowledged natively. */
export type Severity = 'critical' | 'high' | 'medium' | 'low';

export const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low'];

/** How to mend a failure, by the level at which the reader works. */
export interface Remediation {
  /** Our construct that is right by default. */
  readonly construct?: string;
  /** The property of the L2 construct. */
  readonly l2?: string;
  /** The CloudFormation property or resource. */
  readonly cfn: string;
}

/** What a rule is made of: data, and one pure function. */
export interface RuleSpec {
  /** `<Service>.<Property>`: public API, never renamed. */
  readonly id: string;
  readonly resourceTypes: readonly string[];
  /** What holds when the rule passes, in a few words. */
  readonly title: string;
  readonly severity: Severity;
  readonly criteria: {
    /** The passing check is evidence of a control activity that an auditor would test under the criterion. */
    readonly direct: readonly CriterionId[];
    /** It gives a precondition or an input to a control that people perform. */
    readonly supporting?: readonly CriterionId[];
  };
  /** Why an auditor cares, in our own words. */
  readonly rationale: string;
  readonly remediation: Remediation;
  /** The AWS Config managed rule that observes the same in operation. */
  readonly configRule?: string;
  /** cdk-nag's rules of the same meaning. */
  readonly nagRules?: readonly string[];
  /** Where the facts in the rule come from: AWS documentation titles, CIS or NIST ids. */
  readonly sources?: readonly string[];
  /** Weak or contested controls are off unless asked for by id. @default true */
  readonly onByDefault?: boolean;
  /**
   * Narrows the population beyond the types, by what the template writes of a resource. One that is left out is not evaluated at all, rather than found
   * not applicable; it must be certain that the rule has nothing to say of it. @default - every resource of the types
   */
  readonly concerns?: (resource: Resource) => boolean;
  readonly check: (resource: ResourceReader, evaluation: Evaluation) => Truth;
}

/** What a rule gives one verdict for: each resource of its types, each account and region, or each account and region from all of the account. */
export type RuleScope = 'resource' | 'region' | 'account';

export type Rule = Readonly<Required<Pick<RuleSpec, 'nagRules' | 'sources' | 'onByDefault'>> & RuleSpec> & {
  /** The criteria that the rule maps to, direct ones first. */
  readonly allCriteria: readonly CriterionId[];
  readonly scope: RuleScope;
};

/** Declares a rule. */
export function rule(spec: RuleSpec): Rule {
  return made(spec, 'resource');
}

/** Fills in what a declaration may leave out. */
export function made(spec: RuleSpec, scope: RuleScope): Rule {
  const { id, resourceTypes, title, severity, criteria, rationale, remediation, configRule, concerns, check } = spec;
  // All rules have one shape, whatever their declarations say first: hundreds of thousands of evaluations read them.
  return Object.freeze({
    id, resourceTypes, title, severity, criteria, rationale, remediation, configRule, nagRules: spec.nagRules ?? [], sources: spec.sources ?? [],
    onByDefault: spec.onByDefault ?? true, concerns, check, allCriteria: [...criteria.direct, ...criteria.supporting ?? []], scope,
  });
}
