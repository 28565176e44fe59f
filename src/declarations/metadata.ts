import { isObject, JsonObject, own } from '../template/json';
import type { Resource } from '../template/model';

/** The key under a resource's `Metadata` where constructs write what they declare of it. */
export const METADATA_KEY = 'cdk-soc2';

/** The tag that names the criteria a resource's construct claims, sorted and separated by blanks. */
export const CRITERIA_TAG = 'soc2:criteria';

/** One claim: this resource supports these criteria by upholding this rule. */
export interface Claim {
  /** The rule that proves it. */
  readonly rule: string;
  readonly criteria: readonly string[];
}

/** A weakening with its reason. */
export interface OptOutDeclaration {
  readonly rule: string;
  readonly reason: string;
  readonly ticket?: string;
  /** `YYYY-MM-DD`, the last day on which it holds. */
  readonly expires?: string;
}

/** What a construct says of one of its resources. */
export interface Declaration {
  /** The class of the construct, e.g. `SecureBucket`. */
  readonly construct: string;
  readonly claims: readonly Claim[];
  readonly optOuts: readonly OptOutDeclaration[];
}

/** Reads back what {@link Declaration} was written to a template. Malformed parts are left out: a template may come from anywhere. */
export function readDeclaration(resource: Resource): Declaration | undefined {
  const metadata = own(resource.raw, 'Metadata');
  const raw = isObject(metadata) ? own(metadata, METADATA_KEY) : undefined;
  if (!isObject(raw) || typeof raw.construct !== 'string') return undefined;
  return {
    construct: raw.construct,
    claims: objects(raw, 'claims').flatMap((claim) => typeof claim.rule === 'string'
      ? [{ rule: claim.rule, criteria: (Array.isArray(claim.criteria) ? claim.criteria : []).filter((id): id is string => typeof id === 'string') }] : []),
    optOuts: objects(raw, 'optOuts').flatMap((optOut) => typeof optOut.rule === 'string' && typeof optOut.reason === 'string'
      ? [{ rule: optOut.rule, reason: optOut.reason, ticket: text(optOut, 'ticket'), expires: text(optOut, 'expires') }] : []),
  };
}

function objects(raw: JsonObject, key: string): JsonObject[] {
  const list = own(raw, key);
  return Array.isArray(list) ? list.filter(isObject) : [];
}

function text(raw: JsonObject, key: string): string | undefined {
  const value = own(raw, key);
  return typeof value === 'string' ? value : undefined;
}
