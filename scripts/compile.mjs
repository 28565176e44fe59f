// `npm run compile`: src/ to lib/ and .jsii.

import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bin, ensureInstalled, root, run } from './bootstrap.mjs';

export function compile() {
  // A file that was moved away would stay, and stand in the way of a folder of its name.
  rmSync(join(root, 'lib'), { recursive: true, force: true });
  const code = run(bin('jsii'), ['--silence-warnings=reserved-word']);
  if (code !== 0) return code;
  // The compiler only copies JSON that some file imports; these are published in any case.
  for (const file of [join('ledger', 'schema.json'), join('rules', 'examples.json')]) {
    if (existsSync(join(root, 'src', file))) cpSync(join(root, 'src', file), join(root, 'lib', file));
  }
  withoutSourceMaps(join(root, 'lib'));
  return 0;
}

/** jsii writes the sources into every file, as a map. That is two thirds of the package, and every program that loads it would read it. */
function withoutSourceMaps(directory) {
  for (const entry of readdirSync(directory, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.js')) continue;
    const path = join(entry.parentPath ?? entry.path, entry.name);
    const text = readFileSync(path, 'utf8');
    const at = text.lastIndexOf('\n//# sourceMappingURL=data:');
    if (at >= 0) writeFileSync(path, text.slice(0, at + 1));
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  ensureInstalled();
  process.exitCode = compile();
}
