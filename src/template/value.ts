import { Json } from './json';
import type { Parameter, Resource, Template } from './model';

/** A value that is another resource of the model: `Ref` (no attribute) or `Fn::GetAtt` (with one), wherever it was reached from. */
export interface Reference {
  readonly target: Resource;
  readonly attribute?: string;
}

/** What deployment chooses and a world may decide on: the value of a parameter or pseudo parameter. */
export interface Choice {
  /** The same wherever the same value is meant. */
  readonly key: string;
  /** The only values that it may have. */
  readonly allowed?: readonly string[];
}

/** A piece that only deployment will know. */
export interface UnknownPart {
  /** Why it is not known, as the end of the sentence "the value is not known: …". */
  readonly reason: string;
  /** False when even the presence of the value is uncertain (a macro may add or drop it). @default true */
  readonly present?: boolean;
  /** The service of a dynamic reference such as `{{resolve:secretsmanager:…}}`. */
  readonly dynamic?: 'ssm' | 'ssm-secure' | 'secretsmanager';
  /** The parameter or pseudo parameter that holds it, or that it is made of. */
  readonly parameter?: string;
  /** The parameter's declaration, which may stand in the template of a parent stack. */
  readonly declared?: Parameter;
  /** Set when the value is the parameter as it is, and not something made of it. */
  readonly choice?: Choice;
  /** It names something that the template does not define, so it is certainly none of its resources. */
  readonly dangling?: 'Ref' | 'Fn::GetAtt';
  /** How the template writes it, for evidence. */
  readonly written?: string;
  /** The text that this is the Base64 of, as far as it is known. */
  readonly encodes?: readonly Part[];
  /** An unfinished dynamic reference: text that what it is joined with may complete. */
  readonly piece?: string;
  /** The parts of the text that it was split out of. It is some piece of that text, and nobody can tell which. */
  readonly splitFrom?: readonly Part[];
}

export type Part = string | Reference | UnknownPart;

/** Where a known value came from, when it was not written in place. */
export interface Origin {
  /** Said in evidence, e.g. `default of parameter Days`. */
  readonly note: string;
  readonly parameter?: string;
  /** The parameter's declaration, which may stand in the template of a parent stack. */
  readonly declared?: Parameter;
  /** The value must not be shown: a `NoEcho` parameter. */
  readonly secret?: boolean;
}

/**
 * What a template says in one place, in one world of its conditions.
 *
 * - `known`: JSON without an intrinsic at its root. A container's children are still raw and belong to `template`.
 * - `list`: a list that was computed. With `rest`, further elements exist that are not known; those are pieces of the text `restFrom`, if any.
 * - `text`: a string of which some parts are references or unknown. A lone reference is a text of one part.
 */
export type Value =
  | { readonly kind: 'known'; readonly json: Json; readonly template: Template; readonly origin?: Origin }
  | { readonly kind: 'list'; readonly items: readonly Value[]; readonly rest?: string; readonly restFrom?: readonly Part[] }
  | { readonly kind: 'text'; readonly parts: readonly Part[]; readonly origin?: Origin }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown'; readonly part: UnknownPart };

export const ABSENT: Value = { kind: 'absent' };

export function unknown(reason: string, more?: Omit<UnknownPart, 'reason'>): Value {
  return { kind: 'unknown', part: more ? { reason, ...more } : { reason } };
}

/** A value of which nothing is known but why: it is made of another one, so no decision on that one decides on it. */
export function madeOf(part: UnknownPart, more?: Partial<UnknownPart>): Value {
  return { kind: 'unknown', part: { ...part, choice: undefined, ...more } };
}

export function isReference(part: Part): part is Reference {
  return typeof part === 'object' && 'target' in part;
}

/** The resource that a value is, when it is exactly one reference. */
export function referenceOf(value: Value): Reference | undefined {
  if (value.kind !== 'text' || value.parts.length !== 1) return undefined;
  const part = value.parts[0];
  return isReference(part) ? part : undefined;
}

/** A part as a person would write it. */
export function showPart(part: Part): string {
  if (typeof part === 'string') return part;
  if (isReference(part)) return `\${${part.target.logicalId}${part.attribute ? `.${part.attribute}` : ''}}`;
  return part.written ?? '${?}';
}

/** The reason of the first unknown part, if any. */
export function unknownIn(parts: readonly Part[]): UnknownPart | undefined {
  for (const part of parts) if (typeof part === 'object' && !isReference(part)) return part;
  return undefined;
}
