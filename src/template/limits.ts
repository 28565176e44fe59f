/** Bounds on what is read from templates that somebody else wrote. A template beyond them is refused with a clear error. */
export interface Limits {
  /** Largest template or manifest, in bytes. CloudFormation itself refuses templates over 1 MB (CloudFormation user guide, "Quotas"). */
  readonly bytes: number;
  /** Deepest nesting of lists and objects. */
  readonly depth: number;
  /** Most YAML alias expansions (`*anchor`), against "billion laughs" files. */
  readonly aliases: number;
  /** Most resources that `Fn::ForEach` may make in one template. */
  readonly expansions: number;
  /** Most files read below one directory. */
  readonly files: number;
}

export const DEFAULT_LIMITS: Limits = { bytes: 16 * 1024 * 1024, depth: 100, aliases: 1000, expansions: 5000, files: 20_000 };

/** Longest text that joining and substituting may build, in characters; beyond it a value is unknown. */
export const TEXT_LIMIT = 100_000;

/** Most parts, known and unknown, of one text; beyond it a value is unknown. */
export const PART_LIMIT = 10_000;

/** Most resolution steps that one evaluation may take, in all its worlds together; beyond it a value is unknown. */
export const STEP_LIMIT = 200_000;

/** Most undecided conditions that one evaluation may branch on (2^n combinations at worst). */
export const DECISION_LIMIT = 8;
