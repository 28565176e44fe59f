// `npm run bench [-- --json] [-- --sizes 1000,5000]`: our work beside cdk-nag's and a bare JSON.parse, in one process for each size.

import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { ensureInstalled, root } from './bootstrap.mjs';

ensureInstalled();
const { values } = parseArgs({ options: { json: { type: 'boolean' }, sizes: { type: 'string', default: '1000,5000,10000' } } });
const sizes = values.sizes.split(',').map(Number);
if (sizes.some((size) => !Number.isInteger(size) || size < 1)) {
  console.error(`bench: --sizes wants whole numbers such as 1000,5000, got ${values.sizes}`);
  process.exit(2);
}

const runs = [];
for (const size of sizes) {
  console.error(`measuring ${size} resources …`);
  const { status, stdout } = spawnSync(process.execPath, ['--import', 'tsx', 'bench/measure.ts', String(size)], { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  if (status !== 0) process.exit(1);
  runs.push(JSON.parse(stdout.trim().split('\n').at(-1)));
}

const cell = (text, width) => String(text).padStart(width);
console.log('resources  evaluations  JSON.parse     engine   × parse     plugin    cdk-nag  plugin/nag   memory');
for (const { resources, evaluations, parseMs, engineMs, pluginMs, nagMs, rssMb } of runs) {
  console.log([cell(resources, 9), cell(evaluations, 11), cell(`${parseMs} ms`, 10), cell(`${engineMs} ms`, 9), cell((engineMs / parseMs).toFixed(1), 8), cell(`${pluginMs} ms`, 9),
    cell(`${nagMs} ms`, 9), cell((pluginMs / nagMs).toFixed(2), 10), cell(`${rssMb} MB`, 7)].join('  '));
}
console.log('medians of 3 rounds; engine: load, evaluate, ledger in memory; plugin: all that registering us adds to a synth, evidence file included;');
console.log('cdk-nag: its NIST 800-53 r5 pack on the same app; memory: peak above that of the synth itself');
if (values.json) console.log(JSON.stringify({ runs: runs.map(({ evaluations, ...run }) => run) }));
