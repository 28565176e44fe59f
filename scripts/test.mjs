// `npm test`: everything that has to hold before a change is merged.
// `npm test -- test/rules/s3.test.ts` (any jest arguments): only jest, only that.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bin, ensureInstalled, root, run } from './bootstrap.mjs';
import { compile } from './compile.mjs';

/** The test folders whose outcome can depend on the version of the CDK. */
const CDK_TESTS = ['test/constructs', 'test/checks', 'test/examples'];

const failedSteps = [];
const skippedSteps = [];
const resultFiles = [];
const temp = mkdtempSync(join(tmpdir(), 'cdk-soc2-test-'));

/** Runs one step (a function that returns an exit code, or a text why there was nothing it could run) and says how long it took. */
function step(name, action) {
  console.log(`\n=== ${name}`);
  const start = Date.now();
  const outcome = action();
  const skipped = typeof outcome === 'string';
  if (skipped) skippedSteps.push(`${name}: ${outcome}`);
  else if (outcome !== 0) failedSteps.push(name);
  const verdict = skipped ? outcome : outcome === 0 ? 'ok' : 'FAILED';
  console.log(`=== ${name}: ${verdict} (${((Date.now() - start) / 1000).toFixed(1)} s)`);
}

function jest(args, env = {}) {
  const resultFile = join(temp, `jest-${resultFiles.length}.json`);
  resultFiles.push(resultFile);
  return run(bin('jest'), ['--ci', '--json', `--outputFile=${resultFile}`, ...args], {
    env: { ...process.env, ...env },
    // --json also prints the result on stdout; what people read is on stderr
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

const installedVersion = (dir, name) => {
  const file = join(dir, 'node_modules', name, 'package.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).version : undefined;
};

/** The folder with the newest CDK, or the reason why there is none to test with. */
function newestCdk() {
  const npm = (args, options) => spawnSync('npm', args, { cwd: root, encoding: 'utf8', shell: process.platform === 'win32', ...options });
  const patience = ['--fetch-retries=0', '--fetch-timeout=20000', '--prefer-online'];
  const wanted = {};
  for (const name of ['aws-cdk-lib', 'constructs']) {
    const view = npm(['view', name, 'version', '--loglevel=error', ...patience]);
    if (view.status !== 0) return { missing: `NOT RUN, npm could not be reached: ${(view.stderr ?? '').trim().split('\n')[0]}` };
    wanted[name] = view.stdout.trim();
  }
  if (wanted['aws-cdk-lib'] === installedVersion(root, 'aws-cdk-lib')) {
    return { missing: `nothing to do, the newest aws-cdk-lib is the installed ${wanted['aws-cdk-lib']}` };
  }

  const dir = join(root, '.cache', 'newest-cdk');
  const upToDate = () => Object.entries(wanted).every(([name, version]) => installedVersion(dir, name) === version);
  if (!upToDate()) {
    mkdirSync(dir, { recursive: true });
    writeFileSync(join(dir, 'package.json'), JSON.stringify({ private: true, dependencies: wanted }));
    const install = npm(['install', '--prefix', dir, '--no-package-lock', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'],
      { stdio: ['ignore', 'ignore', 'pipe'] });
    if (install.status !== 0 || !upToDate()) {
      return { missing: `NOT RUN, aws-cdk-lib ${wanted['aws-cdk-lib']} could not be installed: ${(install.stderr ?? '').trim().split('\n')[0]}` };
    }
  }
  return { dir, version: wanted['aws-cdk-lib'] };
}

/** Sums the jest result files; a suite that did not run at all counts as one failure. */
function total() {
  let passed = 0;
  let failed = 0;
  for (const file of resultFiles) {
    if (!existsSync(file)) {
      failed += 1; // jest itself broke
      continue;
    }
    const result = JSON.parse(readFileSync(file, 'utf8'));
    passed += result.numPassedTests;
    failed += result.numFailedTests + result.numRuntimeErrorTestSuites;
  }
  return `jest: ${passed} passed, ${failed} failed`;
}

ensureInstalled();
const args = process.argv.slice(2);
if (args.length > 0) {
  step('jest', () => jest(args));
} else {
  step('compile', compile);
  step('types', () => run(bin('tsc'), ['--noEmit', '-p', 'tsconfig.dev.json']));
  step('lint', () => run(bin('projen'), ['eslint']));
  step('jest', () => jest([]));

  const folders = CDK_TESTS.filter((folder) => existsSync(join(root, folder)));
  if (folders.length > 0) {
    step('jest with the newest CDK', () => {
      const newest = newestCdk();
      if (newest.missing) return newest.missing;
      console.log(`aws-cdk-lib ${newest.version}, for ${folders.join(' ')}`);
      return jest(folders, { CDK_SOC2_NEWEST_CDK: newest.dir });
    });
  }
}

const summary = total();
rmSync(temp, { recursive: true, force: true });
console.log('');
for (const skipped of skippedSteps) console.log(skipped);
console.log(failedSteps.length > 0 ? `failed: ${failedSteps.join(', ')}` : 'every step that ran has passed');
console.log(summary);
process.exitCode = failedSteps.length > 0 ? 1 : 0;
