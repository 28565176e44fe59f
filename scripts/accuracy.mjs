// `npm run accuracy`: scores the verdicts against labelled templates that others wrote, when those lie beside the project. They are not part of it.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled, root, run } from './bootstrap.mjs';
import { compile } from './compile.mjs';

const labelled = join(root, '..', 'shared', 'accuracy');
if (!existsSync(join(labelled, 'score.mjs'))) {
  console.log(`accuracy: skipped, ${labelled} does not exist (labelled templates are kept beside the project, not in it)`);
} else {
  ensureInstalled();
  process.exitCode = compile() || run(process.execPath, [join(labelled, 'score.mjs'), '--groups', join('test', 'accuracy', 'groups.json'), '--disputed',
    join('test', 'accuracy', 'disputed.json'), '--run', `${process.execPath} ${join('lib', 'cli', 'main.js')}`, ...process.argv.slice(2)]);
}
