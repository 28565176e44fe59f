/* The tables of the rules' tests: what they declare when they are loaded. Nothing of the tests is run. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const quiet = (): void => undefined;
const each = () => quiet;
const anything: unknown = new Proxy(quiet, { get: () => anything, apply: () => anything });
Object.assign(globalThis, {
  describe: Object.assign((_name: string, declare: () => void) => declare(), { each }),
  test: Object.assign(quiet, { each }),
  it: Object.assign(quiet, { each }),
  expect: anything, jest: anything, beforeAll: quiet, afterAll: quiet, beforeEach: quiet, afterEach: quiet,
});

/* eslint-disable @typescript-eslint/no-require-imports */
export const { suites, survivors } = require('../test/rules/verdicts') as typeof import('../test/rules/verdicts');
const directory = join(__dirname, '..', 'test', 'rules');
const NO_TABLES = ['registry.test.ts', 'mapping.test.ts'];
for (const file of readdirSync(directory)) if (file.endsWith('.test.ts') && !NO_TABLES.includes(file)) require(join(directory, file));
/* eslint-enable @typescript-eslint/no-require-imports */
