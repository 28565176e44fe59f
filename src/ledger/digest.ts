import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ledger } from './model';
import type { Rule } from '../rules/kernel';
import { canonical } from '../template/json';

const digests = new WeakMap<object, string>();

/** SHA-256 over a ledger without its digest, as its JSON text. To re-perform: drop `digest`, `JSON.stringify`, hash. */
export function digestOf(ledger: Omit<Ledger, 'digest'>): string {
  return createHash('sha256').update(JSON.stringify(ledger)).digest('hex');
}

/** Adds the digest to a ledger. It is worked out when it is first asked for: a synthesis that writes no evidence should not pay for it. */
export function withDigest(ledger: Omit<Ledger, 'digest'>): Ledger {
  return Object.defineProperty({ ...ledger } as Ledger, 'digest', {
    enumerable: true,
    get(this: Ledger) {
      let digest = digests.get(this);
      if (digest === undefined) digests.set(this, digest = digestOf(ledger));
      return digest;
    },
  });
}

/** The bytes that a ledger is written as. It is rendered and encoded once for both the digest and the file. */
export function ledgerBytes(ledger: Ledger): Buffer {
  const rest: Record<string, unknown> = {};
  for (const key of Object.keys(ledger)) if (key !== 'digest') rest[key] = ledger[key as keyof Ledger];
  const body = Buffer.from(JSON.stringify(rest));
  let digest = digests.get(ledger);
  if (digest === undefined) digests.set(ledger, digest = createHash('sha256').update(body).digest('hex'));
  // The closing brace of the body makes room for one more member.
  return Buffer.concat([body.subarray(0, -1), Buffer.from(`,"digest":${JSON.stringify(digest)}}\n`)]);
}

/** What identifies a rule set: each rule's id, severity, mapping and types, with the version of the tool. */
export function ruleSetDigest(rules: readonly Rule[]): string {
  const parts = rules.map(({ id, severity, criteria, resourceTypes }) => ({ id, severity, criteria, resourceTypes }));
  return createHash('sha256').update(canonical({ version: toolVersion(), rules: parts })).digest('hex');
}

let version: string | undefined;

/** The version of this package. */
export function toolVersion(): string {
  version ??= (JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8')) as { version: string }).version;
  return version;
}
