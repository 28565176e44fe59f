import { categoryTitle, criterion } from '../criteria';
import { Ledger } from '../ledger';
import { criteriaOfRule, DISCLAIMER, MEND_CLAIM, mend, messageOf, select, severityOf } from './findings';
import { printable } from './printable';
import { summary } from './text';

/** A summary for people who read Markdown: a pull request, a job summary, a wiki. */
export function renderMarkdown(ledger: Ledger): string {
  const lines = ['# SOC 2 design evidence', '', `As of ${ledger.run.asOf} · cdk-soc2 ${ledger.tool.version} · ledger ${code(ledger.digest.slice(0, 16))}`, ''];
  lines.push(...summary(ledger).map((line) => `${escape(line)}  `), '');
  const failures = select(ledger, ({ verdict }) => verdict === 'fail');
  lines.push('## Exceptions', '');
  if (failures.length === 0) {lines.push('No exceptions noted.', '');} else {
    lines.push('| Criteria | Rule | Severity | Resource | What was found | How to mend |', '| --- | --- | --- | --- | --- | --- |');
    for (const finding of failures) {
      const { rule, resource, brokenClaim } = finding;
      const name = resource.constructPath ?? resource.id;
      lines.push(row([criteriaOfRule(rule).join(' '), code(rule.id), severityOf(finding), code(name) + (resource.location ? ` ${code(resource.location)}` : ''),
        escape(messageOf(finding)), escape(brokenClaim ? MEND_CLAIM : mend(rule))]));
    }
    lines.push('');
  }
  const waived = select(ledger, ({ verdict }) => verdict === 'waived');
  if (waived.length) {
    lines.push('## Waived', '', '| Rule | Resource | By |', '| --- | --- | --- |');
    for (const { evaluation, rule, resource } of waived) lines.push(row([code(rule.id), code(resource.constructPath ?? resource.id), code(evaluation.waiver ?? '')]));
    lines.push('');
  }
  lines.push('## Criteria', '');
  for (const category of ledger.scope.categories) {
    lines.push(`### ${categoryTitle(category)}`, '', '| Criterion | Title | Rules | Resources | Pass | Fail | Waived | Not evaluated | Not applicable | Evidence needed besides |',
      '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |');
    for (const one of ledger.criteria.filter((entry) => entry.category === category)) {
      const { counts } = one;
      lines.push(row([one.id, escape(one.title), one.coverage === 'no-rule' ? 'outside infrastructure' : String(one.rules), String(one.resources), String(counts.pass), String(counts.fail),
        String(counts.waived + counts.baselined), String(counts.notEvaluated), String(counts.notApplicable), escape(criterion(one.id).evidenceNeeded)]));
    }
    lines.push('');
  }
  if (ledger.limitations.length) {
    lines.push('## Limitations', '');
    for (const { text, affects } of ledger.limitations) lines.push(`- ${escape(text)}${affects.length ? ` (${affects.slice(0, 5).map(code).join(', ')}${affects.length > 5 ? ` and ${affects.length - 5} more` : ''})` : ''}`);
    lines.push('');
  }
  lines.push(`${DISCLAIMER} Made by ${code(ledger.run.command)}.`, '');
  return lines.join('\n');
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** Text that Markdown, and the HTML that it may hold, takes as text. */
function escape(text: string): string {
  return printable(text).replace(/[\\`*_{}[\]<>|#!~&]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function code(text: string): string {
  const plain = printable(text).replace(/\|/g, '&#124;');
  return plain.includes('`') || plain.includes('&#124;') ? escape(text) : `\`${plain}\``;
}
