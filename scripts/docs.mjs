// `npm run docs`: writes the pages that are generated from the code. Tests fail when they differ from what this would write.

import { spawnSync } from 'node:child_process';
import { ensureInstalled, root } from './bootstrap.mjs';

ensureInstalled();
process.exitCode = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/generate-docs.ts'], { cwd: root, stdio: 'inherit' }).status ?? 1;
