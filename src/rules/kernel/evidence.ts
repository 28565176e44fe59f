import { Json } from '../../template/json';
import { Value } from '../../template/value';
import { MOST_READINGS, Reading } from './evaluation';
import { evidenceValue } from './show';

/** One thing that was read: where, and what stood there (`null` where nothing did). */
export interface Evidence {
  readonly path: string;
  readonly value: Json;
  readonly note?: string;
}

// Templates say the same few things over and over (`Properties.Encrypted` is true, or absent). One object for each keeps a ledger of a hundred
// thousand evaluations small. It is bounded, as values may be anything.
const MOST_PATHS = 4000;
const MOST_VALUES = 40;
const shared = new Map<string, Map<unknown, readonly [Evidence]>>();

/** What was read, as it stands in the ledger: redacted and shortened. */
export function evidenceOf(readings: readonly Reading[]): readonly Evidence[] {
  if (readings.length === 1) return single(readings[0]);
  const evidence: Evidence[] = [];
  for (const reading of readings) {
    if (evidence.length >= MOST_READINGS) break;
    const [one] = single(reading);
    // The same place may have been read in several worlds, or through two readers.
    if (!evidence.some((other) => other.path === one.path)) evidence.push(one);
  }
  return evidence;
}

function single(reading: Reading): readonly [Evidence] {
  const { path, value, note } = reading;
  // Only the subject's own properties repeat: other paths have names of resources in them.
  const scalar = note === undefined && path.startsWith('Properties.') ? plainScalar(value) : undefined;
  if (scalar === undefined) return [made(reading)];
  let values = shared.get(path);
  if (!values) {
    if (shared.size >= MOST_PATHS) shared.clear();
    shared.set(path, values = new Map());
  }
  let found = values.get(scalar);
  if (!found) {
    if (values.size >= MOST_VALUES) return [made(reading)];
    values.set(scalar, found = [made(reading)]);
  }
  return found;
}

/** A value that means the same wherever it stands: a scalar, or null for nothing. */
function plainScalar(value: Value): string | number | boolean | null | undefined {
  if (value.kind === 'absent') return null;
  return value.kind === 'known' && value.origin === undefined && (typeof value.json !== 'object') ? value.json : undefined;
}

function made({ path, value, note }: Reading): Evidence {
  const shown = evidenceValue(value, path.slice(path.lastIndexOf('.') + 1));
  return note === undefined ? { path, value: shown } : { path, value: shown, note };
}
