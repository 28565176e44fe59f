// `npm run mutation`: turns the answers inside of every rule round, one question at a time, and tells which of these mutants no test notices.
// `npm run mutation -- S3.` looks at the rules whose id begins so, and lists what survives.

import { spawnSync } from 'node:child_process';
import { ensureInstalled, root } from './bootstrap.mjs';

ensureInstalled();
process.exitCode = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/mutate-rules.ts', ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' }).status ?? 1;
