import { createColors } from 'picocolors';
import { Ledger } from '../ledger';
import { criteriaOfRule, Finding, MEND_CLAIM, mend, messageOf, select, severityOf, shownValue, telling } from './findings';
import { printable } from './printable';
import { ENVIRONMENT_TYPE } from '../template/environment';

export interface TextOptions {
  /** @default false */
  readonly color?: boolean;
  /** Also show failures of advisory rules. @default false */
  readonly advisory?: boolean;
  /** Also show what could not be evaluated. @default true */
  readonly notEvaluated?: boolean;
}

/** What a person wants on a terminal: findings by resource, criteria first, why, how to mend, where in the code; then the counts. */
export function renderText(ledger: Ledger, options: TextOptions = {}): string {
  const colors = createColors(options.color ?? false);
  const shown = select(ledger, ({ verdict }) => verdict === 'fail' || (verdict === 'not-evaluated' && options.notEvaluated !== false), options.advisory);
  const lines: string[] = [];
  const absent: string[] = [];
  for (const group of byResource(shown.filter((finding) => !isUnshown(finding)))) {
    const { resource } = group[0];
    const name = resource.constructPath ?? (ledger.inputs.length > 1 ? `${resource.template} ${resource.logicalId}` : resource.logicalId);
    lines.push([colors.bold(printable(name)), colors.dim(printable(resource.type)), ...resource.location ? [colors.cyan(printable(resource.location))] : []].join('   '));
    const ids = width(group.map(({ rule }) => criteriaOfRule(rule).join(' ')));
    const rules = width(group.map(({ rule }) => rule.id));
    // Failures first: they are what the reader came for.
    for (const finding of [...group].sort((a, b) => Number(b.evaluation.verdict === 'fail') - Number(a.evaluation.verdict === 'fail'))) {
      const { evaluation, rule, brokenClaim } = finding;
      const criteria = criteriaOfRule(rule).join(' ').padEnd(ids);
      if (evaluation.verdict === 'fail') {
        const level = severityOf(finding);
        const severity = level === 'critical' || level === 'high' ? colors.red : colors.yellow;
        lines.push(`  ${severity('✗')} ${criteria}  ${rule.id.padEnd(rules)}  ${severity((rule.advisory && !brokenClaim ? 'advisory' : level).padEnd(8))}  ${printable(messageOf(finding))}`);
        for (const { path, value, note } of telling(evaluation).slice(0, 3)) {
          lines.push(colors.dim(`        read  ${printable(path)} = ${printable(clip(shownValue(value)))}${note ? ` (${printable(note)})` : ''}`));
        }
        lines.push(`        mend  ${brokenClaim ? MEND_CLAIM : printable(mend(rule))}`);
      } else {
        lines.push(`  ${colors.yellow('?')} ${criteria}  ${rule.id.padEnd(rules)}  ${' '.repeat(8)}  ${colors.dim(printable(evaluation.reason ?? ''))}`);
      }
    }
    lines.push('');
  }
  for (const group of byResource(shown.filter(isUnshown))) absent.push(...unshown(group));
  if (absent.length) lines.push(...absent.map((line) => colors.dim(line)), '');
  for (const input of ledger.inputs) if (input.error) lines.push(`${colors.red('!')} ${printable(input.path)}: ${printable(input.error)}`);
  for (const { text, affects } of ledger.limitations.filter(({ code }) => code !== 'unreadable')) {
    lines.push(`${colors.yellow('!')} ${printable(text)}${affects.length ? colors.dim(` (${printable(affects.slice(0, 3).join(', '))}${affects.length > 3 ? ` and ${affects.length - 3} more` : ''})`) : ''}`);
  }
  if (lines.length && lines[lines.length - 1] !== '') lines.push('');
  lines.push(...summary(ledger));
  return `${lines.join('\n')}\n`;
}

/** The counts, in the words that every report uses. */
export function summary(ledger: Ledger): string[] {
  const { totals, criteria } = ledger;
  const evaluated = criteria.filter((criterion) => criterion.coverage === 'evaluated').length;
  const outside = criteria.filter((criterion) => criterion.coverage === 'no-rule').length;
  const counts = [
    `${totals.pass} pass`, `${totals.fail} fail`, `${totals.waived} waived`, ...totals.baselined ? [`${totals.baselined} baselined`] : [],
    `${totals.notEvaluated} not evaluated`, `${totals.notApplicable} not applicable`,
  ].join(', ');
  const lines = [
    `${plural(totals.stacks, 'stack')}, ${plural(totals.resources, 'resource')}, ${plural(totals.evaluations, 'evaluation')}: ${counts}`,
    `categories ${ledger.scope.categories.join(', ')} · ${evaluated} of ${criteria.length} criteria have design evidence, ${outside} lie outside infrastructure`,
  ];
  // Only who has begun to classify is told what is left.
  if (ledger.unclassified.length && ledger.resources.some(({ data }) => data !== undefined)) {
    lines.push(`${plural(ledger.unclassified.length, 'data store')} without a class (tag soc2:data), listed in the ledger`);
  }
  const broken = select(ledger, ({ verdict }) => verdict === 'fail').filter(({ brokenClaim }) => brokenClaim);
  if (broken.length) lines.push(`${plural(broken.length, 'failure')} of what a construct claims: its claims are not upheld`);
  const remarks = totals.advisory.fail - broken.filter(({ rule }) => rule.advisory).length;
  if (remarks) lines.push(`${plural(remarks, 'advisory remark')} not counted above; --advisory shows them`);
  return lines;
}

/** A control of an account and region that these templates do not show. There are dozens in most runs, so they are told in one line. */
function isUnshown({ evaluation, resource }: Finding): boolean {
  return resource.type === ENVIRONMENT_TYPE && evaluation.verdict === 'not-evaluated';
}

function unshown(group: readonly Finding[]): string[] {
  const ids = group.map(({ rule }) => rule.id);
  const inherited = group.filter(({ evaluation }) => evaluation.reason?.startsWith('inherited')).length;
  const shown = ids.slice(0, 3).join(', ') + (ids.length > 3 ? `, and ${ids.length - 3} more` : '');
  return [`? ${printable(group[0].resource.id)}: ${plural(ids.length, 'control')} of the account and region not shown by these templates (${shown})`,
    ...inherited ? [`  ${inherited} of them inherited, as declared`] : []];
}

function plural(n: number, word: string): string {
  return `${n} ${word}${n === 1 ? '' : 's'}`;
}

function byResource(findings: readonly Finding[]): Finding[][] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const group = groups.get(finding.resource.id);
    if (group) group.push(finding);
    else groups.set(finding.resource.id, [finding]);
  }
  return [...groups.values()];
}

function width(texts: readonly string[]): number {
  return Math.min(40, Math.max(...texts.map((text) => text.length)));
}

function clip(text: string): string {
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
}
