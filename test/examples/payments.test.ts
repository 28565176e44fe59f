import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ledger } from '../../src/ledger';

const root = join(__dirname, '..', '..');
const directory = mkdtempSync(join(tmpdir(), 'soc2-examples-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Synthesizes a variant as its reader would, and reads the evidence that it leaves. */
function synthesize(variant: string): { code: number | null; ledger: Ledger; files: string[] } {
  const { status, stderr } = spawnSync(process.execPath, ['-r', join(root, 'test', 'checks', 'apps', 'use-newest-cdk.cjs'), '--import', 'tsx', join('examples', 'payments', variant, 'app.ts')], {
    cwd: root, encoding: 'utf8', timeout: 100_000,
    env: {
      ...process.env, NODE_ENV: '', TSX_TSCONFIG_PATH: join(root, 'tsconfig.dev.json'), CDK_VALIDATION: 'false', CDK_OUTDIR: join(directory, variant, 'cdk.out'), SOURCE_DATE_EPOCH: '1767225600',
      CDK_CONTEXT_JSON: JSON.stringify({ '@aws-cdk/core:failSynthOnValidationErrors': false }),
    },
  });
  try {
    const evidence = join(directory, variant, 'soc2.out');
    return { code: status, ledger: JSON.parse(readFileSync(join(evidence, 'ledger.json'), 'utf8')), files: readdirSync(evidence).sort() };
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${stderr}`);
  }
}

/** `construct | rule | severity` of every finding below one Stage, without the Stage's name. */
function findings(ledger: Ledger, stage: string): string[] {
  const rules = new Map(ledger.rules.map((rule) => [rule.id, rule]));
  const paths = new Map(ledger.resources.map((resource) => [resource.id, resource.constructPath ?? resource.id]));
  return ledger.evaluations.filter(({ verdict }) => verdict === 'fail')
    .map(({ rule, resource }) => ({ path: paths.get(resource)!, rule, severity: rules.get(rule)!.severity }))
    .filter(({ path }) => path.startsWith(`${stage}/`))
    .map(({ path, rule, severity }) => `| \`${path.slice(stage.length + 1)}\` | \`${rule}\` | ${severity} |`)
    .sort();
}

test('the compliant variant has no finding, and upholds every claim that its constructs make', () => {
  const { code, ledger, files } = synthesize('compliant');
  expect(ledger.evaluations.filter(({ verdict }) => verdict === 'fail')).toEqual([]);
  expect(code).toBe(0);
  expect(files).toEqual(['ledger.json', 'report.html']);
  const claims = ledger.resources.flatMap((resource) => (resource.claims ?? []).map((claim) => ({ ...claim, resource: resource.id })));
  expect(claims.length).toBeGreaterThan(40);
  expect(claims.filter(({ state }) => state !== 'upheld')).toEqual([]);
  expect(ledger.unclassified).toEqual([]);
  expect(ledger.inherited.map(({ rule, state, environments }) => [rule, state, environments.length])).toEqual([
    ['Config.RecorderEnabled', 'active', 2], ['GuardDuty.Enabled', 'active', 2], ['SecurityHub.Enabled', 'active', 2],
  ]);
  expect(ledger.evaluations.filter(({ rule }) => rule === 'CloudTrail.MultiRegionTrailExists').map(({ verdict }) => verdict)).toEqual(['pass', 'pass']);
  // Two Stages of three stacks, and a nested stack in each.
  expect(ledger.totals.stacks).toBe(6);
  expect(ledger.inputs).toHaveLength(8);
  expect(ledger.acknowledgements).toEqual([expect.objectContaining({ rule: 'Lambda.Tracing', scope: 'Production/Data', approved: false, state: 'active' }), expect.objectContaining({ scope: 'Staging/Data' })]);
}, 110_000);

// The browser package holds a build for this platform only.
(process.platform === 'linux' && process.arch === 'x64' ? test : test.skip)('its report opens in a real browser and shows every evaluation', () => {
  const { ledger } = synthesize('compliant');
  const report = join(directory, 'compliant', 'soc2.out', 'report.html');
  const seen = JSON.parse(execFileSync(process.execPath, [join(root, 'test', 'report', 'fixtures', 'open.mjs'), report], { encoding: 'utf8', timeout: 60_000 }));
  expect(seen.wrong).toEqual([]);
  expect(seen.shown).toEqual({
    title: expect.stringContaining('SOC 2 design evidence'), sideways: false, evaluations: ledger.evaluations.length,
    controls: new Set(ledger.evaluations.map(({ rule }) => rule)).size,
  });
}, 110_000);

test('the careless variant fails with exactly the findings that its README lists', () => {
  const { code, ledger } = synthesize('careless');
  expect(code).toBe(1);
  const readme = readFileSync(join(root, 'examples', 'payments', 'README.md'), 'utf8');
  const listed = readme.split('\n').filter((line) => /^\| `.+` \| `\w+\.\w+` \| \w+ \|$/.test(line)).sort();
  expect(findings(ledger, 'Staging')).toEqual(listed);
  expect(findings(ledger, 'Production')).toEqual(listed);
}, 110_000);
