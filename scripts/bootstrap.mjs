// Installs the dependencies when they are missing or stale, so that `npm test` is the only command a fresh clone needs.
// Plain Node: this file runs before anything is installed.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

const lockFile = join(root, 'package-lock.json');
const modules = join(root, 'node_modules');
/** The sha256 of the package-lock.json that node_modules was last seen to match. */
const marker = join(modules, '.cdk-soc2-lock');

// jsii would fill half a screen with it on every compile; CONTRIBUTING.md says which Node versions are supported.
process.env.JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION ??= '18,20';

/** Runs a command in the repository; returns its exit code (1 when it could not start). */
export function run(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32', ...options });
  if (result.error) console.error(`${command}: ${result.error.message}`);
  return result.status ?? 1;
}

/** The path of a tool that is installed in node_modules. */
export const bin = (name) => join(modules, '.bin', name);

/** Makes node_modules match package-lock.json. */
export function ensureInstalled() {
  const hash = createHash('sha256').update(readFileSync(lockFile)).digest('hex');
  const why = reasonToInstall(hash);
  if (why) {
    console.error(`npm ci: ${why}`);
    // --include=dev: NODE_ENV=production must not leave the compiler out
    const code = run('npm', ['ci', '--no-audit', '--no-fund', '--include=dev', '--loglevel=error'], { stdio: ['ignore', 2, 2] });
    if (code !== 0) {
      console.error(`npm ci failed (exit code ${code})`);
      process.exit(code);
    }
  }
  if (why !== undefined || !markerMatches(hash)) writeFileSync(marker, hash);
}

function markerMatches(hash) {
  return existsSync(marker) && readFileSync(marker, 'utf8').trim() === hash;
}

function reasonToInstall(hash) {
  if (!existsSync(modules)) return 'node_modules is missing';
  if (markerMatches(hash)) return undefined;

  // No mark, or an older one: after a plain `npm install` the versions are right all the same.
  const installedFile = join(modules, '.package-lock.json');
  if (!existsSync(installedFile)) return 'node_modules has no record of what is installed';
  const wanted = JSON.parse(readFileSync(lockFile, 'utf8')).packages;
  const installed = JSON.parse(readFileSync(installedFile, 'utf8')).packages;
  for (const [path, { version, optional, devOptional, link }] of Object.entries(wanted)) {
    if (path === '' || link) continue;
    const found = installed[path]?.version;
    // an optional package may be for another platform
    if (found === undefined && (optional || devOptional)) continue;
    if (found !== version) return `${path} is ${found ?? 'missing'}, package-lock.json wants ${version}`;
  }
  return undefined;
}
