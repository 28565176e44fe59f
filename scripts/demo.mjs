// `npm run demo`: synthesizes the payments example in both variants, prints what is found and writes the report.

import { mkdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { bin, ensureInstalled, root, run } from './bootstrap.mjs';

ensureInstalled();
const out = join(root, 'demo.out');
rmSync(out, { recursive: true, force: true });
mkdirSync(out);
const tsx = [process.execPath, '--import', 'tsx'];

const failures = [];
for (const variant of ['careless', 'compliant']) {
  const directory = join(out, variant);
  console.log(`\n=== examples/payments, ${variant}: cdk synth '**'`);
  const code = run(bin('cdk'), ['synth', '**', '--quiet', '--no-notices', '--app', `${tsx.join(' ')} ${join('examples', 'payments', variant, 'app.ts')}`, '--output', join(directory, 'cdk.out')], {
    // CDK's report of the careless variant is long; the command below prints the same findings shorter.
    stdio: ['ignore', 'ignore', 'ignore'],
    env: { ...process.env, TSX_TSCONFIG_PATH: join(root, 'tsconfig.dev.json'), CDK_VALIDATION: 'false' },
  });
  const rejected = code !== 0;
  console.log(`cdk synth ${rejected ? `was rejected (exit code ${code})` : 'went through'}`);
  if (rejected !== (variant === 'careless')) failures.push(`${variant} was expected ${variant === 'careless' ? 'to be rejected' : 'to go through'}`);
  console.log(`\n=== cdk-soc2 check ${relative(root, join(directory, 'cdk.out'))}`);
  run(tsx[0], [...tsx.slice(1), join('src', 'cli', 'main.ts'), 'check', relative(root, join(directory, 'cdk.out'))]);
  if (run(tsx[0], [...tsx.slice(1), join('src', 'cli', 'main.ts'), 'report', relative(root, join(directory, 'cdk.out')), '--output', relative(root, directory)], { stdio: ['ignore', 'ignore', 'ignore'] }) !== 0) {
    failures.push(`the report of ${variant} was not written`);
  }
}

console.log('\nReports, each one file that opens in a browser without a network:');
for (const variant of ['careless', 'compliant']) console.log(`  ${relative(process.cwd(), join(out, variant, 'report.html'))}   (and ledger.json beside it)`);
if (failures.length) {
  console.error(`demo: ${failures.join('; ')}`);
  process.exitCode = 1;
}
