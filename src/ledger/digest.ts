import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Rule } from '../rules/kernel';
import { canonical } from '../template/json';
import type { Ledger } from './model';

/** SHA-256 over a ledger without its digest, as its JSON text. To re-perform: drop `digest`, `JSON.stringify`, hash. */
export function digestOf(ledger: Omit<Ledger, 'digest'>): string {
  return createHash('sha256').update(JSON.stringify(ledger)).digest('hex');
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
