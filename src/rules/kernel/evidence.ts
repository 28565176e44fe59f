import { MOST_READINGS, Reading } from './evaluation';
import { evidenceValue, keyAt } from './show';
import { Json } from '../../template/json';
import { Value } from '../../template/value';

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

/** What was read in one world, as it stands in the ledger: redacted and shortened. */
export function evidenceOf(readings: readonly Reading[]): readonly Evidence[] {
  return readings.length === 1 ? single(readings[0]) : readings.map((reading) => single(reading)[0]);
}

/** What was read in several worlds, each thing once. */
export function mergedEvidence(readings: readonly Reading[]): readonly Evidence[] {
  const evidence = new Map<string, Evidence>();
  for (const reading of readings) {
    if (evidence.size >= MOST_READINGS) break;
    const [one] = single(reading);
    const key = `${one.path}\n${JSON.stringify(one.value)}`;
    if (!evidence.has(key)) evidence.set(key, one);
  }
  return [...evidence.values()];
}

/** The evidence of one reading, kept with it: other rules of the resource read the same place. */
function single(reading: Reading): readonly [Evidence] {
  return reading.evidence ??= common(reading) ?? [made(reading)];
}

function common(reading: Reading): readonly [Evidence] | undefined {
  const { path, value, note } = reading;
  // Only the subject's own properties repeat: other paths have names of resources in them.
  const scalar = note === undefined && path.startsWith('Properties.') ? plainScalar(value) : undefined;
  if (scalar === undefined) return undefined;
  let values = shared.get(path);
  if (!values) {
    if (shared.size >= MOST_PATHS) shared.clear();
    shared.set(path, values = new Map());
  }
  const found = values.get(scalar);
  if (found || values.size >= MOST_VALUES) return found;
  const first: readonly [Evidence] = [made(reading)];
  values.set(scalar, first);
  return first;
}

/** A value that means the same wherever it stands: a scalar, or null for nothing. */
function plainScalar(value: Value): string | number | boolean | null | undefined {
  if (value.kind === 'absent') return null;
  return value.kind === 'known' && value.origin === undefined && (typeof value.json !== 'object') ? value.json : undefined;
}

const SEARCH = /^resources of type | with \S+ = /;

function made({ path, value, note }: Reading): Evidence {
  // A search is named by a sentence, which may end in anything; a place is named by its key.
  const shown = evidenceValue(value, SEARCH.test(path) ? '' : keyAt(path));
  return note === undefined ? { path, value: shown } : { path, value: shown, note };
}
