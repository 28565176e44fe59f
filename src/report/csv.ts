import { Ledger } from '../ledger';
import { criteriaOfRule, select, shownValue } from './findings';

const COLUMNS = ['rule', 'title', 'severity', 'criteria direct', 'criteria supporting', 'verdict', 'advisory', 'stack', 'construct', 'template', 'logical id', 'type',
  'account', 'region', 'data class', 'message', 'evidence', 'waiver', 'location'];

/** Every evaluation as one row: the full population, for sampling in a spreadsheet (RFC 4180, UTF-8 with byte order mark). */
export function renderCsv(ledger: Ledger): string {
  const rows = select(ledger, () => true, true).map(({ evaluation, rule, resource }) => [
    rule.id, rule.title, rule.severity, rule.criteria.direct.join(' '), criteriaOfRule(rule).slice(rule.criteria.direct.length).join(' '), evaluation.verdict,
    rule.advisory ? 'yes' : 'no', resource.stack ?? '', resource.constructPath ?? '', resource.template, resource.logicalId, resource.type, resource.account ?? '',
    resource.region ?? '', resource.data ?? '', evaluation.message ?? evaluation.reason ?? '',
    evaluation.evidence.map(({ path, value, note }) => `${path} = ${shownValue(value)}${note ? ` (${note})` : ''}`).join('; '), evaluation.waiver ?? '', evaluation.location ?? '',
  ]);
  return `\ufeff${[COLUMNS, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

/** A cell that starts like a formula would be run by a spreadsheet: it gets an apostrophe in front (OWASP, "CSV Injection"). */
function cell(text: string): string {
  const guarded = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(guarded) ? `"${guarded.replace(/"/g, '""')}"` : guarded;
}
