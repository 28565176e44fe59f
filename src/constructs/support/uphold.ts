import { CfnResource } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { declare, requireOptOut } from '../../declarations/declare';
import { Claim } from '../../declarations/metadata';
import { OptOut } from '../../declarations/opt-out';
import { Default } from '../../defaults/default';

/** A default that a resource upholds, or a property that gives it up. */
export interface Upheld {
  readonly by: Default<unknown>;
  /** The property that weakens it, as the user wrote it (`versioned: false`); false when none does. */
  readonly weakened?: string | false;
  /** The one rule that is meant, when the rules of the default differ in what they accept. */
  readonly rule?: string;
}

/** A resource of a construct with what it upholds. What cannot be shown, such as the policy of a foreign key, is left out by the construct. */
export interface Upholding {
  readonly resource: CfnResource;
  readonly upheld: readonly Upheld[];
}

/**
 * Refuses weakenings that have no opt-out, and declares the rest as claims.
 *
 * @throws Error when a weakening has no opt-out, or an opt-out names a rule that the construct does not claim.
 */
export function uphold(scope: Construct, construct: string, optOuts: readonly OptOut[] | undefined, upholdings: readonly Upholding[]): void {
  for (const { upheld } of upholdings) {
    for (const one of upheld) {
      for (const rule of rulesOf(one)) requireOptOut(scope, construct, optOuts, rule, Boolean(one.weakened), one.weakened || '');
    }
  }
  declare(scope, { construct, optOuts, resources: upholdings.map(({ resource, upheld }) => ({ resource, claims: claimsOf(upheld) })) });
}

/** The claims by rule, sorted: two defaults that one rule proves are one claim. */
function claimsOf(upheld: readonly Upheld[]): Claim[] {
  const criteria = new Map<string, Set<string>>();
  for (const one of upheld) {
    for (const rule of rulesOf(one)) {
      const of = criteria.get(rule) ?? new Set();
      for (const id of one.by.criteria) of.add(id);
      criteria.set(rule, of);
    }
  }
  return [...criteria].sort(([a], [b]) => (a < b ? -1 : 1)).map(([rule, ids]) => ({ rule, criteria: [...ids].sort() }));
}

function rulesOf({ by, rule }: Upheld): readonly string[] {
  return rule === undefined ? by.provenBy : [rule];
}
