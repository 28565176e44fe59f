import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as defaults from '../../src/defaults';
import { Default } from '../../src/defaults';

/*
 * The table of defaults on each page is made from src/defaults. After a change there:
 *   UPDATE_DOCS=1 npx jest test/constructs/docs.test.ts
 */
const PAGES: Readonly<Record<string, readonly Readonly<Record<string, Default<unknown>>>[]>> = {
  'access-log-bucket': [defaults.accessLogBucketDefaults],
  'alarm-topic': [defaults.topicDefaults],
  'audit-trail': [defaults.trailDefaults],
  'encryption-key': [defaults.keyDefaults],
  'recovery-plan': [defaults.vaultDefaults, defaults.planDefaults],
  'secure-bucket': [defaults.bucketDefaults],
  'secure-database': [defaults.databaseDefaults],
  'secure-log-group': [defaults.logGroupDefaults],
  'secure-table': [defaults.tableDefaults],
};

const BEGIN = '<!-- defaults: written by test/constructs/docs.test.ts -->';
const END = '<!-- /defaults -->';

function tableOf(all: readonly Readonly<Record<string, Default<unknown>>>[]): string {
  const rows = all.flatMap((table) => Object.entries(table)).map(([name, { value, provenBy, criteria, reason, source }]) =>
    `| \`${name}\` | ${Array.isArray(value) ? value.join(', ') : String(value)} | ${provenBy.join(', ') || '-'} | ${criteria.join(' ') || '-'} | ${reason} | ${source} |`);
  return ['| default | value | proven by | criteria | why | source |', '|---|---|---|---|---|---|', ...rows].join('\n');
}

test.each(Object.entries(PAGES))('docs/constructs/%s.md shows the defaults', (page, all) => {
  const path = join(__dirname, '..', '..', 'docs', 'constructs', `${page}.md`);
  const text = readFileSync(path, 'utf8');
  const [from, to] = [text.indexOf(BEGIN), text.indexOf(END)];
  expect([from, to].every((at) => at > 0)).toBe(true);
  const expected = `${text.slice(0, from + BEGIN.length)}\n${tableOf(all)}\n${text.slice(to)}`;
  if (process.env.UPDATE_DOCS) writeFileSync(path, expected);
  else expect(text).toBe(expected);
});

/** Where the class of each page is. */
const SOURCES: Readonly<Record<string, string>> = {
  'access-log-bucket': 'storage',
  'alarm-topic': 'monitoring',
  'audit-trail': 'logging',
  'encryption-key': 'security',
  'recovery-plan': 'recovery',
  'secure-bucket': 'storage',
  'secure-database': 'database',
  'secure-log-group': 'logging',
  'secure-table': 'database',
};

test.each(Object.entries(PAGES))('docs/constructs/%s.md and the class name the criteria of the defaults', (page, all) => {
  const criteria = [...new Set(all.flatMap((table) => Object.values(table)).flatMap((one) => one.criteria))].sort();
  const text = readFileSync(join(__dirname, '..', '..', 'docs', 'constructs', `${page}.md`), 'utf8');
  const source = readFileSync(join(__dirname, '..', '..', 'src', 'constructs', SOURCES[page], `${page}.ts`), 'utf8');
  const named = (passage: string): string[] => [...new Set(passage.match(/\b(CC\d|A1|C1|PI1|P\d)\.\d\b/g))].sort();
  expect(named(text.slice(text.indexOf('## Criteria'), text.indexOf('## Cost')))).toEqual(expect.arrayContaining(criteria));
  expect(named(/ \* Supports ([^]*?)Billed/.exec(source)![1])).toEqual(expect.arrayContaining(criteria));
});

test.each(Object.keys(PAGES))('docs/constructs/%s.md has all its parts', (page) => {
  const text = readFileSync(join(__dirname, '..', '..', 'docs', 'constructs', `${page}.md`), 'utf8');
  expect(text.match(/^## .*$/gm)).toEqual(['## Example', '## What it makes', '## Defaults', '## Criteria', '## Cost', '## Traps handled']);
});
