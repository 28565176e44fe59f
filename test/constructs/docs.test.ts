import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import * as defaults from '../../src/defaults';
import { Default } from '../../src/defaults';

/*
 * The tables of defaults on the pages are made from src/defaults; each page names its tables in the comment above them. After a change there:
 *   UPDATE_DOCS=1 npx jest test/constructs/docs.test.ts
 */
const root = join(__dirname, '..', '..');
const folder = join(root, 'docs', 'constructs');
const pages = readdirSync(folder).filter((name) => name.endsWith('.md') && name !== 'README.md').sort();
const sources = readdirSync(join(root, 'src', 'constructs'), { recursive: true, encoding: 'utf8' });
const END = '<!-- /defaults -->';

type Table = Readonly<Record<string, Default<unknown>>>;
const tables = defaults as unknown as Record<string, Table>;

/** The marks on a page, e.g. `<!-- defaults: bucketDefaults -->`, with the tables they name. */
function marksOf(text: string): { mark: string; names: string[]; named: Table[] }[] {
  return [...text.matchAll(/<!-- defaults: ([\w, ]+) -->/g)].map(([mark, list]) => {
    const names = list.split(/,\s*/);
    return { mark, names, named: names.map((name) => tables[name] ?? missing(name)) };
  });
}

function missing(name: string): never {
  throw new Error(`src/defaults has no table ${name}`);
}

function tableOf(table: Table): string {
  const rows = Object.entries(table).map(([name, { value, provenBy, criteria, reason, source }]) =>
    `| \`${name}\` | ${Array.isArray(value) ? value.join(', ') : String(value)} | ${provenBy.join(', ') || '-'} | ${criteria.join(' ') || '-'} | ${reason} | ${source} |`);
  return ['| default | value | proven by | criteria | why | source |', '|---|---|---|---|---|---|', ...rows].join('\n');
}

/** `launchTemplateDefaults` as a caption: Launch template. */
const caption = (name: string): string => sentence(name.replace(/Defaults$/, '').replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`));

const sentence = (words: string): string => `${words[0].toUpperCase()}${words.slice(1)}`;

/** The tables of a mark. Where there are several, each says what it is about. */
function tablesOf(names: readonly string[]): string {
  if (names.length === 1) return tableOf(tables[names[0]]);
  return `\n${names.map((name) => `**${caption(name)}**\n\n${tableOf(tables[name])}\n`).join('\n')}`;
}

const read = (page: string): string => readFileSync(join(folder, page), 'utf8');

/** The file of the class of a page: `secure-bucket.md` is about `storage/secure-bucket.ts`. */
function fileOf(page: string): string {
  const found = sources.filter((file) => basename(file) === page.replace(/md$/, 'ts'));
  expect(found).toHaveLength(1);
  return found[0];
}

const sourceOf = (page: string): string => readFileSync(join(root, 'src', 'constructs', fileOf(page)), 'utf8');

/** Shows the defaults of L2s for which there is no construct. */
const BLUEPRINT = join(root, 'docs', 'blueprint.md');

test.each([...pages.map((page) => join(folder, page)), BLUEPRINT])('%s shows the defaults', (path) => {
  const text = readFileSync(path, 'utf8');
  const marks = marksOf(text);
  expect(marks.length).toBeGreaterThan(0);
  const expected = marks.reduce((before, { mark, names }) => {
    const [from, to] = [before.indexOf(mark), before.indexOf(END, before.indexOf(mark))];
    expect(to).toBeGreaterThan(from);
    return `${before.slice(0, from + mark.length)}\n${tablesOf(names)}\n${before.slice(to)}`;
  }, text);
  if (process.env.UPDATE_DOCS) writeFileSync(path, expected);
  else expect(text).toBe(expected);
});

test.each(pages)('docs/constructs/%s and the class name the criteria of the defaults', (page) => {
  const text = read(page);
  const criteria = [...new Set(marksOf(text).flatMap(({ named }) => named).flatMap((table) => Object.values(table)).flatMap((one) => one.criteria))].sort();
  const named = (passage: string): string[] => [...new Set(passage.match(/\b(CC\d|A1|C1|PI1|P\d)\.\d\b/g))].sort();
  expect(named(text.slice(text.indexOf('## Criteria'), text.indexOf('## Cost')))).toEqual(expect.arrayContaining(criteria));
  expect(named(/ \* Supports ([^]*?)Billed/.exec(sourceOf(page))![1])).toEqual(expect.arrayContaining(criteria));
});

test.each(pages)('docs/constructs/%s has all its parts', (page) => {
  expect(read(page).match(/^## .*$/gm)).toEqual(['## Example', '## What it makes', '## Defaults', '## Criteria', '## Cost', '## Traps handled']);
});

test('every construct has a page, and every table of defaults is on one', () => {
  const exported = [...readFileSync(join(root, 'src', 'constructs', 'index.ts'), 'utf8').matchAll(/from '\.\/(.+)'/g)].map(([, file]) => file);
  const classes = exported.filter((file) => /export class \w+ extends/.test(readFileSync(join(root, 'src', 'constructs', `${file}.ts`), 'utf8')));
  expect(classes.map((file) => `${basename(file)}.md`).sort()).toEqual(pages);
  const shown = new Set([...pages.map(read), readFileSync(BLUEPRINT, 'utf8')].flatMap((text) => marksOf(text).flatMap(({ named }) => named)));
  expect(Object.keys(tables).filter((name) => name.endsWith('Defaults') && !shown.has(tables[name]))).toEqual([]);
});

/** A table of all constructs: the L2 that each of them is, and the sentence that its page begins with. */
function catalogue(): string {
  const rows = pages.map((page) => {
    const source = sourceOf(page);
    const [, name, parent] = /export class (\w+) extends ([\w.]+)/.exec(source)!;
    const [, is] = /^# \w+\n\n([^]+?)\n\n/.exec(read(page))!;
    return { folder: dirname(fileOf(page)), row: `| [\`${name}\`](docs/constructs/${page}) | ${parent === 'Construct' ? '' : `\`${parent}\``} | ${is.replace(/\n/g, ' ').replace(/\.$/, '')} |` };
  });
  const folders = [...new Set(rows.map((one) => one.folder))].sort();
  return ['| construct | extends | what it is |', '| --- | --- | --- |',
    ...folders.flatMap((about) => [`| **${about === 'api' ? 'API' : sentence(about)}** | | |`, ...rows.filter((one) => one.folder === about).map(({ row }) => row)])].join('\n');
}

test('the README lists every construct', () => {
  const path = join(root, 'README.md');
  const text = readFileSync(path, 'utf8');
  const [begin, end] = ['<!-- constructs -->\n', '\n<!-- /constructs -->'];
  const [from, to] = [text.indexOf(begin) + begin.length, text.indexOf(end) + 1];
  expect(from).toBeGreaterThanOrEqual(begin.length);
  expect(to).toBeGreaterThanOrEqual(from);
  const expected = `${text.slice(0, from)}${catalogue()}\n${text.slice(to)}`;
  if (process.env.UPDATE_DOCS) writeFileSync(path, expected);
  else expect(text).toBe(expected);
});
