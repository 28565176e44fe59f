import { join } from 'node:path';
import { Ledger } from '../../ledger';
import { Format, formatNamed } from '../../report';
import { atLeast, select, severityOf } from '../../report/findings';
import { printable } from '../../report/printable';
import { renderText } from '../../report/text';
import { writeWhole } from '../../report/write';
import { Severity } from '../../rules/kernel';
import { AssessmentFlags, assessPaths } from '../assessment';
import { ExitCode, Failure } from '../failure';

export interface CheckFlags extends AssessmentFlags {
  readonly format: readonly string[];
  readonly output?: string;
  readonly failOn: Severity | 'none';
  readonly advisory: boolean;
}

/** `cdk-soc2 check` */
export function check(paths: readonly string[], flags: CheckFlags): ExitCode {
  const formats = formatsNamed(flags.format.length ? flags.format : ['text']);
  if (formats.length > 1 && !flags.output) throw new Failure(`several formats need --output <dir>, got ${formats.map(({ name }) => name).join(', ')}`);
  const ledger = assessPaths('check', paths, flags);
  if (flags.output) writeFormats(ledger, formats, flags.output);
  else if (formats[0].name === 'text') process.stdout.write(renderText(ledger, { color: useColor(process.stdout), advisory: flags.advisory }));
  else for (const piece of formats[0].render(ledger)) process.stdout.write(piece);
  return verdict(ledger, flags.failOn);
}

/** The exit code that a ledger calls for. What could not be read comes first: its absence from the findings must not look like a pass. */
export function verdict(ledger: Ledger, failOn: Severity | 'none'): ExitCode {
  const unreadable = ledger.inputs.filter((input) => input.error);
  for (const { path, error } of unreadable) process.stderr.write(`cdk-soc2: ${printable(path)}: ${printable(error!)}\n`);
  const crashed = ledger.evaluations.filter((evaluation) => evaluation.crashed);
  for (const { rule, resource, reason } of crashed) process.stderr.write(`cdk-soc2: ${rule} on ${printable(resource)}: ${printable(reason ?? '')}\n`);
  if (unreadable.length || crashed.length) return ExitCode.INCOMPLETE;
  return select(ledger, (evaluation) => evaluation.verdict === 'fail').some((finding) => atLeast(severityOf(finding), failOn)) ? ExitCode.FINDINGS : ExitCode.OK;
}

export function formatsNamed(names: readonly string[]): Format[] {
  try {
    return [...new Set(names)].map(formatNamed);
  } catch (error) {
    throw new Failure((error as Error).message);
  }
}

/** Writes each format into a directory and says where. */
export function writeFormats(ledger: Ledger, formats: readonly Format[], directory: string): void {
  for (const format of formats) {
    const path = join(directory, format.file);
    try {
      writeWhole(path, format.render(ledger));
    } catch (error) {
      throw new Failure(`${path} cannot be written: ${(error as Error).message}`);
    }
    process.stderr.write(`wrote ${path}\n`);
  }
}

/** Colour on a terminal only, unless `NO_COLOR` or `FORCE_COLOR` say otherwise. */
export function useColor(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv = process.env): boolean {
  if (env.NO_COLOR) return false;
  return Boolean(env.FORCE_COLOR && env.FORCE_COLOR !== '0') || (stream.isTTY && env.TERM !== 'dumb');
}
