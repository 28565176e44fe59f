import type { Category, CriterionClass, CriterionId } from '../criteria';
import type { Severity } from '../rules/kernel';
import type { Json } from '../template/json';
import type { Input } from '../template/model';

/** Version of the ledger's shape; a breaking change raises the major. */
export const SCHEMA_VERSION = '1.1.0';

/** The six things that can be said of a rule and a resource. */
export type Verdict = 'pass' | 'fail' | 'waived' | 'baselined' | 'not-evaluated' | 'not-applicable';

/** How many evaluations ended in each verdict. Their sum is `evaluations`. */
export interface Counts {
  readonly evaluations: number;
  readonly pass: number;
  readonly fail: number;
  readonly waived: number;
  readonly baselined: number;
  readonly notEvaluated: number;
  readonly notApplicable: number;
}

/**
 * The one data model: the population, every evaluation, what was waived and by whom, totals and a digest.
 * Reports are functions of it. Its JSON Schema is `ledger/schema.json`.
 */
export interface Ledger {
  readonly schemaVersion: string;
  readonly tool: { readonly name: string; readonly version: string; readonly ruleSetDigest: string };
  readonly run: {
    /** `YYYY-MM-DD`, the day that expiry dates are compared with. */
    readonly asOf: string;
    /** How it was made, so that it can be made again. */
    readonly command: string;
    readonly commit?: string;
    readonly ci?: string;
  };
  readonly inputs: readonly LedgerInput[];
  readonly scope: { readonly categories: readonly Category[] };
  /** All criteria of the chosen categories, those without any rule included. */
  readonly criteria: readonly LedgerCriterion[];
  readonly rules: readonly LedgerRule[];
  /** The full population. */
  readonly resources: readonly LedgerResource[];
  /** The accounts and regions that the templates are deployed to, for rules that give one verdict for each of them. */
  readonly environments: readonly LedgerEnvironment[];
  readonly evaluations: readonly LedgerEvaluation[];
  /** Data stores of which nobody said how sensitive their data is, by resource id. */
  readonly unclassified: readonly string[];
  /** Governed exceptions. */
  readonly waivers: readonly LedgerWaiver[];
  /** CDK's own acknowledgements: a reason, but no owner, approver or expiry. */
  readonly acknowledgements: readonly LedgerAcknowledgement[];
  /** Weakenings that a construct was given a reason for. */
  readonly optOuts: readonly LedgerOptOut[];
  /** Controls that another system shows. */
  readonly inherited: readonly LedgerInherited[];
  /** What bounds the verdicts. */
  readonly limitations: readonly { readonly code: string; readonly text: string; readonly affects: readonly string[] }[];
  /** Counts without the advisory rules, which are counted apart. */
  readonly totals: Counts & { readonly advisory: Counts; readonly resources: number; readonly resourcesWithRules: number; readonly stacks: number };
  /** SHA-256 over everything above, as canonical JSON. */
  readonly digest: string;
}

/** One thing that was given to be read. */
export type LedgerInput = Input;

export interface LedgerCriterion {
  readonly id: CriterionId;
  readonly category: Category;
  readonly title: string;
  readonly class: CriterionClass;
  /** `evaluated`: some rule was evaluated on some resource; `no-resource`: rules exist, nothing to apply them to; `no-rule`: outside infrastructure. */
  readonly coverage: 'evaluated' | 'no-resource' | 'no-rule';
  /** Rules that map to it, direct and supporting. */
  readonly rules: number;
  /** Resources that a rule of it was evaluated on. */
  readonly resources: number;
  readonly counts: Counts;
}

export interface LedgerRule {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly criteria: { readonly direct: readonly CriterionId[]; readonly supporting: readonly CriterionId[] };
  readonly resourceTypes: readonly string[];
  readonly rationale: string;
  readonly remediation: { readonly construct?: string; readonly l2?: string; readonly cfn: string };
  readonly configRule?: string;
  /** A weak or contested control: evaluated and recorded, counted apart, never a finding. */
  readonly advisory?: true;
  /** `region` or `account` for a rule with one verdict for each environment. @default resource */
  readonly scope?: 'region' | 'account';
}

export interface LedgerResource {
  /** `<template>#<logicalId>` */
  readonly id: string;
  readonly template: string;
  readonly logicalId: string;
  readonly type: string;
  readonly stack?: string;
  readonly constructPath?: string;
  readonly account?: string;
  readonly region?: string;
  /** `file:line:column` in the app. */
  readonly location?: string;
  /** What a construct claims of it. */
  readonly claims?: readonly LedgerClaim[];
  /** How sensitive its data is, as its tag `soc2:data` says: `public`, `internal`, `confidential` or `personal`. */
  readonly data?: string;
}

/** An account and region. In an evaluation it stands where a resource stands elsewhere. */
export interface LedgerEnvironment {
  /** As CDK writes it: `aws://<account>/<region>`, with `unknown-account` and `unknown-region` where templates leave it open. */
  readonly id: string;
  readonly account?: string;
  readonly region?: string;
  /** The first stack that is deployed there. */
  readonly stack?: string;
  /** The templates that are deployed there. */
  readonly templates: readonly string[];
}

export interface LedgerClaim {
  readonly criterion: CriterionId;
  /** The construct that makes the claim. */
  readonly construct: string;
  /** The rules that prove it. */
  readonly rules: readonly string[];
  /** `upheld`: all its rules pass; `not-upheld`: one fails; `not-shown`: one could not be evaluated or none applies. */
  readonly state: 'upheld' | 'not-upheld' | 'not-shown';
}

export interface LedgerEvaluation {
  readonly rule: string;
  /** The id of a resource, or of an environment. */
  readonly resource: string;
  readonly verdict: Verdict;
  /** What was read. `value` is `null` where the property is absent. */
  readonly evidence: readonly { readonly path: string; readonly value: Json; readonly note?: string }[];
  /** What was found wrong. */
  readonly message?: string;
  /** Why it was not evaluated or does not apply. */
  readonly reason?: string;
  /** The waiver or acknowledgement that covers it. */
  readonly waiver?: string;
  readonly location?: string;
  /** The rule failed to run. */
  readonly crashed?: true;
}

export interface LedgerWaiver {
  readonly id: string;
  readonly rule: string;
  readonly scope: string;
  readonly reason: string;
  readonly owner?: string;
  readonly approvedBy?: string;
  readonly ticket?: string;
  readonly expires?: string;
  readonly compensatingControl?: string;
  readonly state: 'active' | 'expired' | 'unused';
  readonly appliedTo: number;
}

export interface LedgerAcknowledgement {
  readonly id: string;
  readonly rule: string;
  /** The construct path that it was declared on. */
  readonly scope: string;
  readonly reason?: string;
  readonly approved: false;
  readonly state: 'active' | 'unused' | 'refused';
  readonly appliedTo: number;
}

export interface LedgerOptOut {
  readonly id: string;
  readonly rule: string;
  readonly resource: string;
  readonly construct: string;
  readonly reason: string;
  readonly ticket?: string;
  readonly expires?: string;
  readonly state: 'active' | 'expired' | 'unused';
}

/** A control that another system provides, as management states it. */
export interface LedgerInherited {
  readonly rule: string;
  readonly providedBy: string;
  readonly evidence?: string;
  /** The environments that it was declared for. */
  readonly environments: readonly string[];
  /** `unused`: the templates show the control themselves, or no rule of this run asked for it. */
  readonly state: 'active' | 'unused';
}
