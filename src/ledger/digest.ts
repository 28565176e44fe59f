import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ledger } from './model';
import type { Rule } from '../rules/kernel';
import { canonical } from '../template/json';

const digests = new WeakMap<object, string>();

/** Elements that are rendered at a time: a ledger of a large app is too long for one text to be good for the memory. */
const BATCH = 500;

/** The text of a ledger without its digest and without the brace that closes it, in pieces: as `JSON.stringify` gives it. */
function* pieces(ledger: Omit<Ledger, 'digest'>): Generator<string> {
  let lead = '{';
  for (const key of Object.keys(ledger) as (keyof typeof ledger)[]) {
    if (key as string === 'digest') continue;
    const value = ledger[key];
    if (Array.isArray(value) && value.length > BATCH) {
      yield `${lead}${JSON.stringify(key)}:`;
      for (let at = 0; at < value.length; at += BATCH) yield (at === 0 ? '[' : ',') + JSON.stringify(value.slice(at, at + BATCH)).slice(1, -1);
      yield ']';
    } else {
      yield `${lead}${JSON.stringify(key)}:${JSON.stringify(value)}`;
    }
    lead = ',';
  }
}

/** SHA-256 over a ledger without its digest, as its JSON text. To re-perform: drop `digest`, `JSON.stringify`, hash. */
export function digestOf(ledger: Omit<Ledger, 'digest'>): string {
  const hash = createHash('sha256');
  for (const piece of pieces(ledger)) hash.update(piece);
  return hash.update('}').digest('hex');
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

/** The text that a ledger is written as, in pieces. It is rendered once for both the digest and the file. */
export function* ledgerText(ledger: Ledger): Generator<string> {
  const hash = createHash('sha256');
  for (const piece of pieces(ledger)) {
    hash.update(piece);
    yield piece;
  }
  let digest = digests.get(ledger);
  if (digest === undefined) digests.set(ledger, digest = hash.update('}').digest('hex'));
  // The brace that closes the ledger makes room for one more member.
  yield `,"digest":${JSON.stringify(digest)}}\n`;
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
