import type { Category, Criterion, CriterionId } from './criterion';
import { AVAILABILITY } from './data/availability';
import { CONFIDENTIALITY } from './data/confidentiality';
import { GOVERNANCE } from './data/governance';
import { OPERATIONS } from './data/operations';
import { PRIVACY } from './data/privacy';
import { PROCESSING_INTEGRITY } from './data/processing-integrity';

/** All 61 criteria: security first, then availability, confidentiality, processing integrity and privacy. */
export const CRITERIA: readonly Criterion[] = [
  ...GOVERNANCE, ...OPERATIONS, ...AVAILABILITY, ...CONFIDENTIALITY, ...PROCESSING_INTEGRITY, ...PRIVACY,
];

const TITLES: Readonly<Record<Category, string>> = {
  'security': 'Security (common criteria)',
  'availability': 'Availability',
  'confidentiality': 'Confidentiality',
  'processing-integrity': 'Processing integrity',
  'privacy': 'Privacy',
};

/** The categories in the order of the catalogue. */
export const CATEGORIES: readonly Category[] = ['security', 'availability', 'confidentiality', 'processing-integrity', 'privacy'];

const POSITIONS: ReadonlyMap<string, number> = new Map(CRITERIA.map(({ id }, index) => [id, index]));

/** The category's name in a heading. */
export function categoryTitle(category: Category): string {
  return TITLES[category];
}

/** Whether the text is exactly one of the 61 ids. */
export function isCriterionId(id: string): id is CriterionId {
  return POSITIONS.has(id);
}

/**
 * The criterion with this id.
 *
 * @throws Error when there is none; the message names a near id.
 */
export function criterion(id: string): Criterion {
  return CRITERIA[position(id)];
}

/** The criteria of these categories, in the order of the catalogue. */
export function criteriaOf(categories: readonly Category[]): Criterion[] {
  return CRITERIA.filter(({ category }) => categories.includes(category));
}

/**
 * Orders ids as the catalogue does, for `ids.sort(compareCriteria)`.
 *
 * @throws Error when one of them is not a criterion.
 */
export function compareCriteria(a: string, b: string): number {
  return position(a) - position(b);
}

function position(id: string): number {
  const found = POSITIONS.get(id);
  if (found === undefined) {
    const near = nearest(id);
    const advice = near === undefined ? 'expected an id such as "CC6.1"' : `did you mean "${near}"?`;
    throw new Error(`unknown criterion ${JSON.stringify(id)}: not one of the 61 Trust Services Criteria, ${advice}`);
  }
  return found;
}

/** The id that starts most alike, then ends most alike, then has the closest number; none when not even the first letter agrees. */
function nearest(wrong: string): CriterionId | undefined {
  const text = String(wrong).trim().toUpperCase().replace(/[\s_-]+/g, '.');
  let best: { readonly id: CriterionId; readonly rank: readonly number[] } | undefined;
  for (const { id } of CRITERIA) {
    const start = alike([...text], [...id]);
    if (start === 0) continue;
    const rank = [-start, -alike([...text].reverse(), [...id].reverse()), Math.abs(lastNumber(text) - lastNumber(id))];
    if (best === undefined || precedes(rank, best.rank)) best = { id, rank };
  }
  return best?.id;
}

function alike(a: readonly string[], b: readonly string[]): number {
  const end = a.findIndex((character, index) => character !== b[index]);
  return end < 0 ? a.length : end;
}

function lastNumber(id: string): number {
  return Number(/\d+$/.exec(id)?.[0] ?? 0);
}

function precedes(a: readonly number[], b: readonly number[]): boolean {
  const index = a.findIndex((value, at) => value !== b[at]);
  return index >= 0 && a[index] < b[index];
}
