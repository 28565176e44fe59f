import { Construct } from 'constructs';

/**
 * How the properties of an L2 become secure, once for our construct and for the property injector: what was given stays as it is, what was
 * left out gets the secure default, and collaborators (keys, log buckets) are those that the stack shares.
 *
 * It never refuses: what is explicit and weak is kept, and left to the construct, which asks for a reason, or to the checks.
 */
export interface Hardening<P extends object> {
  /** The id under which CDK looks for injectors of the L2 (`Bucket.PROPERTY_INJECTION_ID`). */
  readonly injectionId: string;
  readonly harden: (scope: Construct, id: string, given: P) => P;
  /**
   * What properties of the L2 cannot say, done to the L2 once it exists: properties of the L1, statements in policies. Our construct calls it right
   * after `super`; of plain L2s the blueprint does at synthesis.
   */
  readonly complete?: (made: Construct, secure: P) => void;
}

const OWN = new WeakMap<Construct, Set<string>>();

/**
 * Hardens what one of our constructs hands to its L2, and notes that it did. CDK asks the injector for the same construct again: hardening
 * twice would give a log bucket a log bucket, and that one another, without end.
 */
export function hardened<P extends object>(hardening: Hardening<P>, scope: Construct, id: string, given: P): P {
  const ids = OWN.get(scope) ?? new Set();
  OWN.set(scope, ids.add(id));
  return hardening.harden(scope, id, given);
}

/** True when one of our constructs has hardened the properties of this one. */
export function isHardened(scope: Construct, id: string): boolean {
  return OWN.get(scope)?.has(id) ?? false;
}
