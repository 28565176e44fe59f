import type { CriterionId } from '../criteria';

/**
 * A secure default, said once: its value, what proves it, and why it is so. Constructs set it and claim by it, the blueprint sets it on
 * plain L2s, the documentation prints it, and a test proves each with its rules.
 */
export interface Default<T> {
  /** Plain data: numbers carry their unit in the name of the default (`retentionDays`). */
  readonly value: T;
  /** The rules that prove it in a template. Empty when no rule judges it: then nothing is claimed. */
  readonly provenBy: readonly string[];
  /** The criteria that it supports, each of them among those of its rules. */
  readonly criteria: readonly CriterionId[];
  /** Where the fact behind it is written. */
  readonly source: string;
  /** Why this value, in one sentence. */
  readonly reason: string;
  /** The least value that its rules accept, by rule, where a smaller one than the default is still sound. */
  readonly least?: Readonly<Record<string, number>>;
  /**
   * How CloudFormation says it, by the path of the property (`VersioningConfiguration.Status`); `DeletionPolicy` and `UpdateReplacePolicy` are those
   * of the resource. The mixin sets it where the template says nothing. Absent where the properties of one resource cannot say it.
   */
  readonly cfn?: Readonly<Record<string, unknown>>;
}

/** Stands in a default for the key that the stack shares for a domain of data. */
export class SharedKey {
  constructor(public readonly domain: string, public readonly as: 'arn' | 'id' = 'arn') {}
}

/** The defaults of one kind of resource. */
export type Defaults = Readonly<Record<string, Default<unknown>>>;

/** Declares the defaults of a kind of resource, and freezes them. */
export function defaults<T extends Defaults>(table: T): T {
  for (const one of Object.values(table)) Object.freeze(one);
  return Object.freeze(table);
}
