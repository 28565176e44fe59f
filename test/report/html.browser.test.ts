import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { sampleLedger } from './fixtures/sample';
import { renderHtml } from '../../src/report/html';

// the browser package holds a build for this platform only
const onLinux = process.platform === 'linux' && process.arch === 'x64' ? describe : describe.skip;

onLinux('the report in a browser', () => {
  const ledger = sampleLedger();
  const advisory = new Set(ledger.rules.filter((rule) => rule.advisory).map(({ id }) => id));
  const all = ledger.evaluations.filter(({ rule }) => !advisory.has(rule));
  let folder: string;
  let file: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  let seen: any;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'cdk-soc2-report-'));
    file = join(folder, 'report.html');
    writeFileSync(file, renderHtml(ledger));
    const output = execFileSync(process.execPath, [join(__dirname, 'fixtures', 'browser.mjs'), file], { encoding: 'utf8', timeout: 120_000, stdio: ['ignore', 'pipe', 'inherit'] });
    seen = JSON.parse(output);
  }, 130_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('runs without error, dialog or violation of its own policy', () => {
    expect({ ...seen.seen, requests: [] }).toEqual({ requests: [], console: [], errors: [], dialogs: [], violations: [] });
  });

  test('asks for nothing but itself', () => {
    expect(new Set(seen.seen.requests)).toEqual(new Set([pathToFileURL(file).href]));
  });

  test('hostile names make no element and no handler', () => {
    expect(seen.structure).toMatchObject({ scripts: 1, headings: 1, foreignElements: [], handlers: [], title: 'SOC 2 design evidence as of 2026-03-31' });
  });

  test('every link leads to a place in the document, and no place is given twice', () => {
    expect(seen.structure).toMatchObject({ foreignLinks: [], deadLinks: [], doubleIds: [], navigation: 14 });
  });

  test('is accessible: skip link first, labelled fields, bars with text, contrast', () => {
    expect(seen.firstFocus).toBe('skip');
    expect(seen.structure).toMatchObject({ unlabelled: 0, barsWithoutText: 0 });
    expect(seen.structure.bars).toBeGreaterThan(10);
    expect(seen.faint).toEqual([]);
  });

  test('filters show the rows that match and say how many', () => {
    expect(seen.all).toEqual({ evaluations: all.length, controls: 10, resources: ledger.resources.length, exceptions: ledger.totals.fail, said: '' });
    const receipts = ledger.resources.find(({ logicalId }) => logicalId.startsWith('ReceiptsBucket'))!;
    expect(seen.filtered.text).toMatchObject({ evaluations: all.filter(({ resource }) => resource === receipts.id).length, resources: 1, exceptions: 1 });
    expect(seen.filtered.rule).toMatchObject({ evaluations: all.filter(({ rule }) => rule === 'S3.TlsOnly').length, controls: 1 });
    expect(seen.filtered.verdict).toMatchObject({ evaluations: ledger.totals.fail, exceptions: ledger.totals.fail, controls: 3 });
    expect(seen.filtered.criterion).toMatchObject({ evaluations: ledger.criteria.find(({ id }) => id === 'CC7.2')!.counts.evaluations });
    expect(seen.filtered.severity).toMatchObject({ controls: 1, exceptions: 1 });
    expect(seen.filtered.nothing).toEqual({ evaluations: 0, controls: 0, resources: 0, exceptions: 0, said: `0 of ${all.length} evaluations, 0 of 10 controls shown` });
    expect(seen.cleared).toEqual(seen.all);
    expect(seen.expanded).toBe(0);
  });

  test('the auditor’s marks outlive the page', () => {
    expect(seen.marks).toEqual({ viewed: true, reference: 'WP-12' });
    expect(seen.unviewed.controls).toBe(9);
  });

  test('a link to a resource opens what hides it', () => {
    expect(seen.deepLinkVisible).toBe(true);
  });

  test('the page does not scroll sideways, wide or narrow', () => {
    expect(seen.wide).toEqual({ page: 1280, window: 1280 });
    expect(seen.narrow).toEqual({ page: 400, window: 400 });
    expect(seen.narrowOpen).toEqual({ page: 400, window: 400 });
  });

  test('is complete without JavaScript', () => {
    expect(seen.plain).toEqual({ filters: false, sections: true, summaries: true, rows: all.length, hidden: 0, opened: true });
  });

  test('prints everything: navigation gone, populations open, heads repeated', () => {
    expect(seen.print).toEqual({ navigation: false, rows: true, head: 'table-header-group' });
  });
});
