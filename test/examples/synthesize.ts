import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ledger, LedgerClaim } from '../../src/ledger';

export const root = join(__dirname, '..', '..');

export interface Synthesized {
  /** The exit code of the app's process. */
  readonly code: number | null;
  readonly ledger: Ledger;
  /** Names of the evidence files, sorted. */
  readonly files: string[];
  /** The directory that these files are in; like the assembly it is gone after the tests of the file. */
  readonly evidence: string;
  /** The directory of the cloud assembly. */
  readonly assembly: string;
}

/** A preload under which an app is synthesized as if it had added no property injectors. */
export const withoutInjectors = join(__dirname, 'without-injectors.cjs');

const directories: string[] = [];
afterAll(() => directories.forEach((directory) => rmSync(directory, { recursive: true, force: true })));

/**
 * Synthesizes examples/<example>/<variant>/app.ts in a process of its own, as its reader would, and reads the evidence that it leaves.
 *
 * @param preload absolute path of a module that the process loads before the app
 */
export function synthesize(example: string, variant: string, preload?: string): Synthesized {
  const directory = mkdtempSync(join(tmpdir(), 'soc2-examples-'));
  directories.push(directory);
  const assembly = join(directory, 'cdk.out');
  const evidence = join(directory, 'soc2.out');
  const preloads = [join(root, 'test', 'checks', 'apps', 'use-newest-cdk.cjs'), ...(preload ? [preload] : [])].flatMap((path) => ['-r', path]);
  const { status, stderr } = spawnSync(process.execPath, [...preloads, '--import', 'tsx', join('examples', example, variant, 'app.ts')], {
    cwd: root, encoding: 'utf8', timeout: 100_000,
    env: {
      ...process.env, NODE_ENV: '', TSX_TSCONFIG_PATH: join(root, 'tsconfig.dev.json'), CDK_VALIDATION: 'false', CDK_OUTDIR: assembly, SOURCE_DATE_EPOCH: '1767225600',
      // The CDK command line asks for the metadata, too.
      CDK_CONTEXT_JSON: JSON.stringify({ '@aws-cdk/core:failSynthOnValidationErrors': false, 'aws:cdk:enable-asset-metadata': true, 'aws:cdk:enable-path-metadata': true }),
    },
  });
  try {
    refuseLookups(assembly);
    return { code: status, ledger: JSON.parse(readFileSync(join(evidence, 'ledger.json'), 'utf8')), files: readdirSync(evidence).sort(), evidence, assembly };
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${stderr}`);
  }
}

/** Lookups need an account, which the reader of an example has not. */
function refuseLookups(assembly: string): void {
  const manifest = JSON.parse(readFileSync(join(assembly, 'manifest.json'), 'utf8')) as { missing?: unknown[]; artifacts?: Record<string, { type: string; properties: { directoryName: string } }> };
  if (manifest.missing?.length) throw new Error(`${assembly} looks something up: ${JSON.stringify(manifest.missing)}`);
  for (const { type, properties } of Object.values(manifest.artifacts ?? {})) if (type === 'cdk:cloud-assembly') refuseLookups(join(assembly, properties.directoryName));
}

/** `construct | rule | severity` of every finding below `above`, as a row of a README's table. */
export function findings(ledger: Ledger, above = ''): string[] {
  const rules = new Map(ledger.rules.map((rule) => [rule.id, rule]));
  const paths = new Map(ledger.resources.map((resource) => [resource.id, resource.constructPath ?? resource.id]));
  return ledger.evaluations.filter(({ verdict }) => verdict === 'fail')
    .map(({ rule, resource }) => ({ path: paths.get(resource)!, rule, severity: rules.get(rule)!.severity }))
    .filter(({ path }) => path.startsWith(above))
    .map(({ path, rule, severity }) => `| \`${path.slice(above.length)}\` | \`${rule}\` | ${severity} |`)
    .sort();
}

/** Every claim in the ledger, with the construct that it is of. */
export function claims(ledger: Ledger): (LedgerClaim & { readonly path: string })[] {
  return ledger.resources.flatMap(({ claims: made = [], constructPath, id }) => made.map((claim) => ({ ...claim, path: constructPath ?? id })));
}
