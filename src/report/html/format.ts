import type { Category, CriterionClass } from '../../criteria';
import type { Counts, LedgerClaim, Verdict } from '../../ledger/model';
import type { Json } from '../../template/json';

/** The verdicts as people read them: what needs attention first. */
export const VERDICT_ORDER: readonly Verdict[] = ['fail', 'not-evaluated', 'waived', 'baselined', 'pass', 'not-applicable'];

export const VERDICT_NAMES: Readonly<Record<Verdict, string>> = {
  'pass': 'Pass',
  'fail': 'Exception',
  'waived': 'Waived',
  'baselined': 'Baselined',
  'not-evaluated': 'Not evaluated',
  'not-applicable': 'Not applicable',
};

export const CLASS_NAMES: Readonly<Record<CriterionClass, string>> = {
  infrastructure: 'Infrastructure',
  partial: 'Partial',
  organizational: 'Organizational',
};

export const CATEGORY_SHORT: Readonly<Record<Category, string>> = {
  'security': 'Security',
  'availability': 'Availability',
  'confidentiality': 'Confidentiality',
  'processing-integrity': 'Processing integrity',
  'privacy': 'Privacy',
};

export const CLAIM_NAMES: Readonly<Record<LedgerClaim['state'], string>> = { 'upheld': 'Upheld', 'not-upheld': 'Not upheld', 'not-shown': 'Not shown' };

/** Longest evidence value that is printed in full. */
const LONGEST_VALUE = 1500;

/** `12,345`, the same in every locale. */
export function number(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 rule`, `2 rules`, `0 policies`. */
export function count(value: number, one: string, many = `${one}s`): string {
  return `${number(value)} ${value === 1 ? one : many}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function list(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;
}

/** `S3 Bucket` and the like stay as they are; only the first letter is raised. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The number of one verdict. */
export function countOf(counts: Counts, verdict: Verdict): number {
  switch (verdict) {
    case 'pass': return counts.pass;
    case 'fail': return counts.fail;
    case 'waived': return counts.waived;
    case 'baselined': return counts.baselined;
    case 'not-evaluated': return counts.notEvaluated;
    case 'not-applicable': return counts.notApplicable;
  }
}

/** Evaluations to which the rule applied: all but those not applicable. */
export function tested(counts: Counts): number {
  return counts.evaluations - counts.notApplicable;
}

/** Evaluations that ended in a result: passed, failed, or failed under a waiver or baseline. */
export function concluded(counts: Counts): number {
  return counts.pass + counts.fail + counts.waived + counts.baselined;
}

/** `2 exceptions, 1 waived, 22 pass`: only what is there, in the order of reading. */
export function countsText(counts: Counts, word = 'exception'): string {
  const words: Readonly<Record<Verdict, (n: number) => string>> = {
    'fail': (n) => count(n, word),
    'not-evaluated': (n) => `${number(n)} not evaluated`,
    'waived': (n) => `${number(n)} waived`,
    'baselined': (n) => `${number(n)} baselined`,
    'pass': (n) => `${number(n)} pass`,
    'not-applicable': (n) => `${number(n)} not applicable`,
  };
  const said = VERDICT_ORDER.filter((verdict) => countOf(counts, verdict) > 0).map((verdict) => words[verdict](countOf(counts, verdict)));
  return said.length > 0 ? said.join(', ') : 'no evaluations';
}

/** A result in the words of a working paper: what to see at once, and the numbers behind it. */
export interface ResultText { readonly verdict: Verdict; readonly head: string; readonly rest: string }

/**
 * The result of a rule. It never says more than was evaluated: a rule that could not be evaluated anywhere has no result,
 * and deviations under a waiver or baseline are named before it is said that there are no others.
 */
export function resultText(counts: Counts, word = 'exception'): ResultText {
  const n = tested(counts);
  if (n === 0) return { verdict: 'not-applicable', head: 'Not applicable', rest: `to any of ${count(counts.evaluations, 'resource')}.` };
  if (concluded(counts) === 0) return { verdict: 'not-evaluated', head: 'Not evaluated', rest: `No result: ${number(n)} of ${number(n)} not evaluated.` };
  const others = [
    counts.waived > 0 && `${number(counts.waived)} of ${number(n)} waived.`,
    counts.baselined > 0 && `${number(counts.baselined)} of ${number(n)} baselined.`,
    counts.notEvaluated > 0 && `${number(counts.notEvaluated)} of ${number(n)} not evaluated.`,
  ].filter(Boolean);
  if (counts.fail > 0) return { verdict: 'fail', head: `${capital(word)}${counts.fail === 1 ? '' : 's'} noted`, rest: [`${number(counts.fail)} of ${number(n)}.`, ...others].join(' ') };
  if (others.length === 0) return { verdict: 'pass', head: `No ${word}s noted`, rest: '' };
  const rest = [...others, counts.pass > 0 && `No ${word}s noted in the other ${number(counts.pass)}.`].filter(Boolean).join(' ');
  if (counts.notEvaluated > 0) return { verdict: 'not-evaluated', head: 'Partly not evaluated', rest };
  return counts.waived > 0 ? { verdict: 'waived', head: 'Waived', rest } : { verdict: 'baselined', head: 'Baselined', rest };
}

/** A value as JSON, cut with a notice when it is very long. */
export function valueText(value: Json): string {
  const text = JSON.stringify(value) ?? 'null';
  if (text.length <= LONGEST_VALUE) return text;
  return `${text.slice(0, LONGEST_VALUE)} … (cut here: ${number(text.length - LONGEST_VALUE)} more characters are in the ledger)`;
}

/** `1,024 bytes`. */
export function bytes(value: number): string {
  return count(value, 'byte');
}
