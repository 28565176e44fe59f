// `npm run compile`: src/ to lib/ and .jsii.

import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bin, ensureInstalled, root, run } from './bootstrap.mjs';

export function compile() {
  const code = run(bin('jsii'), ['--silence-warnings=reserved-word']);
  if (code !== 0) return code;
  // The compiler only copies JSON that some file imports; the schema is published in any case.
  const schema = join('ledger', 'schema.json');
  if (existsSync(join(root, 'src', schema))) cpSync(join(root, 'src', schema), join(root, 'lib', schema));
  return 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  ensureInstalled();
  process.exitCode = compile();
}
