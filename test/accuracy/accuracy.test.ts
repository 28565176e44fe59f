import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allRules } from '../../src/rules';
import { cdkSoc2, cleanUp, folder } from '../cli/run';

const root = join(__dirname, '..', '..');
// Labelled templates that others wrote. They are kept beside the project, not in it.
const labelled = join(root, '..', 'shared', 'accuracy');
const here = existsSync(join(labelled, 'score.mjs'));
const read = (file: string) => JSON.parse(readFileSync(file, 'utf8'));

const groups = read(join(__dirname, 'groups.json')) as Record<string, string[]>;
const disputed = read(join(__dirname, 'disputed.json')) as { id: string; reason: string; source: string }[];

test('every rule that a group is mapped to exists', () => {
  const ids = new Set(allRules().map(({ id }) => id));
  expect(Object.values(groups).flat().filter((id) => !ids.has(id))).toEqual([]);
});

test('every disputed label has a reason and a source, and is disputed once', () => {
  expect(new Set(disputed.map(({ id }) => id)).size).toBe(disputed.length);
  for (const { id, reason, source } of disputed) {
    expect({ id, reason: reason.length > 40, source: source.length > 10 }).toEqual({ id, reason: true, source: true });
  }
});

if (!here) {test.skip(`labelled templates: ${labelled} does not exist`, () => undefined);} else {
  const directory = folder({});
  const score = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(labelled, 'score.mjs'), '--groups', join(__dirname, 'groups.json'), '--ledger', join(directory, 'ledger.json'),
      '--quiet', '--json', ...args], { encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    return JSON.parse(stdout.trim().split('\n').pop()!) as Record<string, number>;
  };

  beforeAll(() => {
    const { code, err } = cdkSoc2(['check', join(labelled, 'files'), '--format', 'json', '--output', directory, '--fail-on', 'none',
      '--categories', 'availability,processing-integrity,confidentiality,privacy']);
    expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' });
  }, 60_000);
  afterAll(cleanUp);

  test('verdicts agree with labelled templates', () => {
    const { coverage, precision, recall, abstained, disputed: share, unreadable } = score('--disputed', join(__dirname, 'disputed.json'));
    expect(coverage).toBeGreaterThanOrEqual(0.95);
    expect(precision).toBeGreaterThanOrEqual(0.98);
    expect(recall).toBeGreaterThanOrEqual(0.97);
    expect(abstained).toBeLessThanOrEqual(0.03);
    expect(share).toBeLessThanOrEqual(0.03);
    expect(unreadable).toBe(0);
  });

  test('no label is disputed that the verdict agrees with', () => {
    const wrong = join(directory, 'wrong.jsonl');
    score('--wrong', wrong);
    const ids = new Set(readFileSync(wrong, 'utf8').split('\n').filter(Boolean).map((line) => (JSON.parse(line) as { id: string }).id));
    expect(disputed.map(({ id }) => id).filter((id) => !ids.has(id))).toEqual([]);
  });
}
