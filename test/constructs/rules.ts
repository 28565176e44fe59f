import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Rule } from '../../src/rules/kernel';

const DIRECTORY = join(__dirname, '..', '..', 'src', 'rules');

/** All rules by id, read from the files of src/rules, whether or not the registry lists them yet. */
export const RULES: ReadonlyMap<string, Rule> = new Map(readdirSync(DIRECTORY)
  .filter((name) => /^(?!index\.|registry\.).*\.ts$/.test(name))
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  .flatMap((name) => Object.values(require(join(DIRECTORY, name)) as Record<string, unknown>))
  .filter((value): value is Rule => typeof value === 'object' && value !== null && 'resourceTypes' in value && 'check' in value)
  .map((rule) => [rule.id, rule]));
