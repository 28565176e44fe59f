import { readFileSync, statSync } from 'node:fs';
import { digestOf, Ledger, SCHEMA_VERSION } from '../../ledger';
import { summary } from '../../report/text';
import { isObject, own } from '../../template/json';
import { AssessmentFlags, assessPaths } from '../assessment';
import { ExitCode, Failure } from '../failure';
import { formatsNamed, verdict, writeFormats } from './check';

export interface ReportFlags extends AssessmentFlags {
  readonly format: readonly string[];
  readonly output: string;
}

/** `cdk-soc2 report` */
export function report(paths: readonly string[], flags: ReportFlags): ExitCode {
  const formats = formatsNamed(flags.format.length ? flags.format : ['html', 'json']);
  const ledger = (paths.length === 1 && readLedger(paths[0])) || assessPaths('report', paths, flags);
  writeFormats(ledger, formats, flags.output);
  process.stdout.write(`${summary(ledger).join('\n')}\n`);
  // A report states findings, it does not gate on them.
  return verdict(ledger, 'none');
}

/**
 * A ledger written before, or undefined when the path is something else.
 *
 * @throws Failure when it is a ledger that does not verify, or one of another schema.
 */
function readLedger(path: string): Ledger | undefined {
  let raw: unknown;
  try {
    if (!path.endsWith('.json') || !statSync(path).isFile()) return undefined;
    raw = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined; // Not JSON, or not there: reading it as a template says what is wrong.
  }
  if (!isObject(raw) || own(raw, 'schemaVersion') === undefined || own(raw, 'evaluations') === undefined) return undefined;
  const [major] = String(raw.schemaVersion).split('.');
  if (major !== SCHEMA_VERSION.split('.')[0]) throw new Failure(`${path}: a ledger of schema ${String(raw.schemaVersion)}, this version reads ${SCHEMA_VERSION}`);
  const { digest, ...rest } = raw as unknown as Ledger;
  if (digestOf(rest) !== digest) throw new Failure(`${path}: its digest does not verify, so it was changed after it was written`, ExitCode.INCOMPLETE);
  // What later minor versions of the schema added reads as empty, and is not written: the digest is over what the ledger holds.
  for (const list of ['environments', 'unclassified']) if (!(list in raw)) Object.defineProperty(raw, list, { value: [], enumerable: false });
  return raw as unknown as Ledger;
}
