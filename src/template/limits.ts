/** Bounds on what is read from templates that somebody else wrote. A template beyond them is refused with a clear error. */
export interface Limits {
  /** Largest template or manifest, in bytes. CloudFormation itself refuses templates over 1 MB (CloudFormation user guide, "Quotas"). */
  readonly bytes: number;
  /** Deepest nesting of lists and objects. */
  readonly depth: number;
  /** Largest YAML file, in bytes: its parser takes a hundred times as long as that of JSON. */
  readonly yamlBytes: number;
  /** Largest sum of all files read at once, in bytes. One file that is read for several stacks counts each time. */
  readonly totalBytes: number;
  /** Most YAML alias expansions (`*anchor`), against "billion laughs" files. */
  readonly aliases: number;
  /** Most values that alias expansions may stand for in one file. */
  readonly copies: number;
  /** Most resources that `Fn::ForEach` may make in one template. */
  readonly expansions: number;
  /** Most files read below one directory. */
  readonly files: number;
}

const MEGABYTE = 1024 * 1024;

export const DEFAULT_LIMITS: Limits = {
  bytes: 16 * MEGABYTE, yamlBytes: 1.5 * MEGABYTE, totalBytes: 256 * MEGABYTE, depth: 100, aliases: 1000, copies: 100_000, expansions: 5000, files: 20_000,
};

/** Longest text that joining and substituting may build, in characters; beyond it a value is unknown. */
export const TEXT_LIMIT = 100_000;

/** Most parts, known and unknown, of one text; beyond it a value is unknown. */
export const PART_LIMIT = 10_000;

/** Most resolution steps that one evaluation may take, in all its worlds together; beyond it a value is unknown. */
export const STEP_LIMIT = 200_000;

/** Most expressions inside of one another, from one place to the next: a full stack may end the process, where an exception is not certain. */
export const NESTING_LIMIT = 400;

/** Most undecided conditions that one evaluation may branch on (2^n combinations at worst). */
export const DECISION_LIMIT = 8;
