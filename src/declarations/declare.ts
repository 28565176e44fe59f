import { CfnResource, Tags, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { Claim, CRITERIA_TAG, METADATA_KEY } from './metadata';
import { OptOut } from './opt-out';

/** What a construct declares when it is made. */
export interface DeclareOptions {
  /** The class of the construct. */
  readonly construct: string;
  /** Claims by the resource they are about, and the weakenings that were given a reason. */
  readonly resources: readonly { readonly resource: CfnResource; readonly claims: readonly Claim[] }[];
  readonly optOuts?: readonly OptOut[];
}

/**
 * Writes the claims and opt-outs of a construct into the metadata of its resources, and the criteria into a tag on the construct.
 * An opt-out drops its claim.
 *
 * @throws Error when an opt-out names a rule that the construct does not claim: it would silently do nothing.
 */
export function declare(scope: Construct, options: DeclareOptions): void {
  const optOuts = options.optOuts ?? [];
  const claimed = new Set(options.resources.flatMap(({ claims }) => claims.map((claim) => claim.rule)));
  for (const optOut of optOuts) {
    if (!claimed.has(optOut.rule)) {
      throw new Error(`${options.construct} at ${scope.node.path}: cannot opt out of ${optOut.rule}, which it does not claim; it claims ${[...claimed].sort().join(', ')}`);
    }
  }
  const given = new Map(optOuts.map((optOut) => [optOut.rule, optOut]));
  const criteria = new Set<string>();
  for (const { resource, claims } of options.resources) {
    const kept = claims.filter((claim) => !given.has(claim.rule));
    for (const claim of kept) for (const id of claim.criteria) criteria.add(id);
    resource.addMetadata(METADATA_KEY, {
      construct: options.construct,
      claims: kept,
      optOuts: claims.filter((claim) => given.has(claim.rule)).map(({ rule }) => {
        const { reason, ticket, expires } = given.get(rule)!;
        return { rule, reason, ...ticket !== undefined && { ticket }, ...expires !== undefined && { expires } };
      }),
    });
  }
  // Tag values admit letters, digits, blanks and _.:/=+-@ only, at most 256 characters (Resource Groups Tagging API, "Tag naming limits").
  if (criteria.size > 0) Tags.of(scope).add(CRITERIA_TAG, [...criteria].sort().join(' '));
}

/**
 * Refuses a property that weakens a claim unless the construct was given an opt-out for it.
 *
 * @throws Error naming the construct, the property, the rule and the mend.
 */
export function requireOptOut(
  scope: Construct, construct: string, optOuts: readonly OptOut[] | undefined, rule: string, weakened: boolean, property: string,
): void {
  if (!weakened || optOuts?.some((optOut) => optOut.rule === rule)) return;
  throw new Error(`${construct} at ${scope.node.path}: ${property} weakens ${rule}; leave it out, or give optOuts: [OptOut.of('${rule}', { reason: '…' })]`);
}

/** True when a value is known at synthesis and false. A token is not known, so it does not count as a weakening: the checks read the template. */
export function isOff(value: boolean | undefined): boolean {
  return value !== undefined && !Token.isUnresolved(value) && !value;
}
