import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export const root = join(__dirname, '..', '..');

export interface Outcome { readonly code: number | null; readonly out: string; readonly err: string }

/** Runs the command as its own process, from the sources, so that a test never meets a stale build. */
export function cdkSoc2(args: readonly string[], options: { cwd?: string; env?: Record<string, string> } = {}): Outcome {
  const main = join(root, 'src', 'cli', 'main.ts');
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', join(root, 'node_modules', 'tsx', 'dist', 'loader.mjs'), main, ...args], {
    cwd: options.cwd ?? root, encoding: 'utf8', env: { ...process.env, NO_COLOR: '', FORCE_COLOR: '', SOURCE_DATE_EPOCH: '1767225600', ...options.env }, timeout: 60_000, maxBuffer: 1 << 28,
  });
  return { code: status, out: stdout, err: stderr };
}

const made: string[] = [];

/** A temporary directory with files, removed after the tests of the file. */
export function folder(files: Readonly<Record<string, unknown>>): string {
  const directory = mkdtempSync(join(tmpdir(), 'soc2-cli-'));
  made.push(directory);
  for (const [name, content] of Object.entries(files)) {
    const path = join(directory, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  }
  return directory;
}

export function cleanUp(): void {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true, force: true });
}
