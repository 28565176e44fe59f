import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { candidates, decisionOf, frameworks, mappingPages } from '../../scripts/mapping-docs';
import { allRules } from '../../src/rules';

const root = join(__dirname, '..', '..');
const design = join(root, '..', 'shared', 'design');
const ids = new Set(allRules().map(({ id }) => id));

test('every candidate became rules that exist, or has a reason', () => {
  for (const [candidate, { rules = [], left }] of Object.entries(candidates)) {
    expect({ candidate, unknown: rules.filter((id) => !ids.has(id)), decided: rules.length > 0 !== (left !== undefined && left.length > 20) }).toEqual({ candidate, unknown: [], decided: true });
  }
});

test('every check of another tool has rules or a reason', () => {
  for (const tool of Object.keys(frameworks)) {
    for (const check of Object.keys(frameworks[tool])) {
      const { rules, left } = decisionOf(tool, check);
      expect({ check, unknown: rules.filter((id) => !ids.has(id)), said: rules.length + left.length > 0 }).toEqual({ check, unknown: [], said: true });
    }
  }
});

test('the pages are what the decisions say (npm run docs)', () => {
  for (const [name, text] of mappingPages()) expect({ name, same: readFileSync(join(root, 'docs', name), 'utf8') === text }).toEqual({ name, same: true });
});

if (!existsSync(join(design, 'mapping.json'))) {test.skip(`candidates: ${design} does not exist`, () => undefined);} else {
  const read = (name: string) => JSON.parse(readFileSync(join(design, name), 'utf8'));

  test('no candidate and no check was left out', () => {
    expect((read('mapping.json') as { id: string }[]).map(({ id }) => id).filter((id) => !(id in candidates))).toEqual([]);
    const tools = read('framework-crosswalk.json') as Record<string, Record<string, unknown>>;
    for (const tool of Object.keys(tools)) expect(Object.keys(tools[tool]).filter((check) => !(check in frameworks[tool]))).toEqual([]);
  });
}
