import { ledgerText } from '../ledger/digest';
import { Ledger } from '../ledger/model';

/** A format that a ledger can be written in. */
export interface Format {
  readonly name: string;
  readonly file: string;
  /** The text, in pieces where it may be very long. */
  readonly render: (ledger: Ledger) => Iterable<string>;
}

// Renderers load when they are used: a check that prints text should not pay for the page.
/* eslint-disable @typescript-eslint/no-require-imports */
export const FORMATS: readonly Format[] = [
  { name: 'text', file: 'findings.txt', render: (ledger) => [(require('./text') as typeof import('./text')).renderText(ledger)] },
  { name: 'json', file: 'ledger.json', render: ledgerText },
  { name: 'md', file: 'report.md', render: (ledger) => [(require('./markdown') as typeof import('./markdown')).renderMarkdown(ledger)] },
  { name: 'csv', file: 'evaluations.csv', render: (ledger) => [(require('./csv') as typeof import('./csv')).renderCsv(ledger)] },
  { name: 'html', file: 'report.html', render: (ledger) => [(require('./html') as typeof import('./html')).renderHtml(ledger)] },
];
/* eslint-enable @typescript-eslint/no-require-imports */

/**
 * The format with a name.
 *
 * @throws Error naming the ones that exist.
 */
export function formatNamed(name: string): Format {
  const found = FORMATS.find((format) => format.name === name);
  if (!found) throw new Error(`unknown format ${JSON.stringify(name)}; formats are ${FORMATS.map((format) => format.name).join(', ')}`);
  return found;
}
