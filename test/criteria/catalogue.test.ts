import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CATEGORIES, categoryTitle, compareCriteria, CRITERIA, CRITERION_IDS, criteriaDocument, criteriaOf, criterion, Criterion, CriterionId, isCriterionId,
} from '../../src/criteria';

// Written out again, by series: the list in the sources must not be able to drift unnoticed.
const SERIES: ReadonlyArray<readonly [string, number]> = [
  ['CC1', 5], ['CC2', 3], ['CC3', 4], ['CC4', 2], ['CC5', 3], ['CC6', 8], ['CC7', 5], ['CC8', 1], ['CC9', 2],
  ['A1', 3], ['C1', 2], ['PI1', 5],
  ['P1', 1], ['P2', 1], ['P3', 2], ['P4', 3], ['P5', 2], ['P6', 7], ['P7', 1], ['P8', 1],
];
const KNOWN = SERIES.flatMap(([series, length]) => Array.from({ length }, (_, index) => `${series}.${index + 1}`));

const INFRASTRUCTURE = ['CC6.1', 'CC6.6', 'CC6.7', 'CC7.1', 'CC7.2', 'A1.2', 'PI1.5'];
const PARTIAL = [
  'CC2.1', 'CC3.2', 'CC4.1', 'CC4.2', 'CC5.2', 'CC6.2', 'CC6.3', 'CC6.8', 'CC7.3', 'CC7.4', 'CC7.5', 'CC8.1', 'CC9.1',
  'A1.1', 'A1.3', 'C1.1', 'C1.2', 'PI1.2', 'PI1.3', 'PI1.4', 'P4.2', 'P4.3',
];

const ids = (criteria: readonly Criterion[]) => criteria.map(({ id }) => id);
const texts = ({ title, shows, doesNotShow, evidenceNeeded }: Criterion) => [title, shows, doesNotShow, evidenceNeeded];

describe('the catalogue', () => {
  test('holds exactly the 61 known ids, in order', () => {
    expect(KNOWN).toHaveLength(61);
    expect(ids(CRITERIA)).toEqual(KNOWN);
    expect(CRITERION_IDS).toEqual(KNOWN);
  });

  test.each([
    ['security', 33, /^CC\d\.\d$/],
    ['availability', 3, /^A1\.\d$/],
    ['confidentiality', 2, /^C1\.\d$/],
    ['processing-integrity', 5, /^PI1\.\d$/],
    ['privacy', 18, /^P\d\.\d$/],
  ] as const)('has in %s %i criteria, with ids of that category', (category, count, pattern) => {
    const found = ids(criteriaOf([category]));
    expect(found).toHaveLength(count);
    expect(found.filter((id) => !pattern.test(id))).toEqual([]);
  });

  test('classes 7 criteria as infrastructure, 22 as partial, 32 as organizational', () => {
    const classed = (wanted: string) => ids(CRITERIA.filter((each) => each.class === wanted));
    expect(classed('infrastructure')).toEqual(INFRASTRUCTURE);
    expect(classed('partial')).toEqual(PARTIAL);
    expect(classed('organizational')).toHaveLength(32);
  });

  test('leaves to the provider a share of physical and environmental protection only', () => {
    expect(ids(CRITERIA.filter(({ responsibility }) => responsibility !== 'customer'))).toEqual(['CC6.4', 'CC6.5', 'A1.2']);
  });

  test('says that settings show nothing for organizational criteria, and for no other', () => {
    for (const each of CRITERIA) {
      expect([each.id, each.shows.startsWith('Nothing: ')]).toEqual([each.id, each.class === 'organizational']);
    }
  });

  test('says something of its own about each criterion', () => {
    for (const field of ['title', 'shows', 'doesNotShow', 'evidenceNeeded'] as const) {
      expect(new Set(CRITERIA.map((each) => each[field])).size).toBe(61);
    }
  });

  test.each(CRITERIA.map((each) => [each.id, each] as const))('%s: every text is one line that fits a table cell and promises nothing', (_id, each) => {
    for (const text of texts(each)) {
      expect(text).toMatch(/^[A-Z][^|\n<>`*]*[^|\n<>`*\s]$/);
      expect(text).not.toMatch(/complian|certified|certification|satisf/i);
    }
    for (const sentence of texts(each).slice(1)) expect(sentence).toMatch(/^[^.]+( [^.]+)*\.$/);
  });
});

describe('criterion', () => {
  test('gives the criterion with the id', () => {
    expect(criterion('CC6.1')).toMatchObject({ id: 'CC6.1', category: 'security', class: 'infrastructure' });
    expect(ids(KNOWN.map(criterion))).toEqual(KNOWN);
  });

  test.each([
    ['CC6.9', 'CC6.8'],
    ['CC8.2', 'CC8.1'],
    ['A1.4', 'A1.3'],
    ['P1.2', 'P1.1'],
    ['PP1.5', 'PI1.5'],
    ['cc6.1', 'CC6.1'],
    [' CC6_1', 'CC6.1'],
    ['CC61', 'CC6.1'],
  ])('fails when the id is %j: names it, and suggests %s', (wrong, near) => {
    expect(() => criterion(wrong)).toThrow(
      `unknown criterion ${JSON.stringify(wrong)}: not one of the 61 Trust Services Criteria, did you mean "${near}"?`,
    );
  });

  test.each(['', 'foo', '__proto__', 'toString'])('fails when the id is %j: names it and gives an example', (wrong) => {
    expect(() => criterion(wrong)).toThrow(
      `unknown criterion ${JSON.stringify(wrong)}: not one of the 61 Trust Services Criteria, expected an id such as "CC6.1"`,
    );
  });
});

describe('isCriterionId', () => {
  test('guards a type that a wrong id does not fit (checked by the compiler)', () => {
    const right: CriterionId = 'CC6.8';
    // @ts-expect-error CC6.9 is not a criterion
    const wrong: CriterionId = 'CC6.9';
    expect([right, wrong].map(isCriterionId)).toEqual([true, false]);
  });

  test('holds for the known ids only', () => {
    expect(KNOWN.every(isCriterionId)).toBe(true);
    expect(['CC6.9', 'cc6.1', 'CC6.1 ', '', 'constructor', '__proto__'].filter(isCriterionId)).toEqual([]);
  });
});

describe('categories', () => {
  test('begin with security and follow the catalogue', () => {
    expect(CATEGORIES[0]).toBe('security');
    expect(CATEGORIES).toEqual([...new Set(CRITERIA.map(({ category }) => category))]);
  });

  test('each have their own title', () => {
    expect(CATEGORIES.map(categoryTitle)).toEqual([
      'Security (common criteria)', 'Availability', 'Confidentiality', 'Processing integrity', 'Privacy',
    ]);
  });

  test('select criteria in the order of the catalogue, whatever their own order', () => {
    expect(ids(criteriaOf(['availability', 'security', 'availability']))).toEqual(KNOWN.slice(0, 36));
    expect(criteriaOf(CATEGORIES)).toEqual(CRITERIA);
    expect(criteriaOf([])).toEqual([]);
  });
});

describe('compareCriteria', () => {
  test('sorts ids as the catalogue does', () => {
    expect([...KNOWN].reverse().sort(compareCriteria)).toEqual(KNOWN);
    expect(['P4.2', 'A1.2', 'PI1.1', 'C1.1', 'CC9.2', 'CC1.1'].sort(compareCriteria)).toEqual(['CC1.1', 'CC9.2', 'A1.2', 'C1.1', 'PI1.1', 'P4.2']);
    expect(compareCriteria('CC6.1', 'CC6.1')).toBe(0);
  });

  test('fails when an id is unknown', () => {
    expect(() => compareCriteria('CC6.1', 'CC6.9')).toThrow('unknown criterion "CC6.9"');
  });
});

describe('docs/criteria.md', () => {
  const document = criteriaDocument();

  test('is what criteriaDocument() gives; otherwise run `npm run docs`', () => {
    expect(readFileSync(join(__dirname, '..', '..', 'docs', 'criteria.md'), 'utf8')).toBe(document);
  });

  test('says on its first line that it is generated, and has one row for each criterion', () => {
    expect(document.split('\n')[0]).toContain('Generated by `npm run docs`');
    expect([...document.matchAll(/^\| ([A-Z]+\d\.\d) \|/gm)].map(([, id]) => id)).toEqual(KNOWN);
    expect(document).not.toMatch(/complian|certified|satisf/i);
  });
});
