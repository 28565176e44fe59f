import { Counts, Verdict } from './model';

const FIELD: Readonly<Record<Verdict, keyof Counts>> = {
  'pass': 'pass', 'fail': 'fail', 'waived': 'waived', 'baselined': 'baselined', 'not-evaluated': 'notEvaluated', 'not-applicable': 'notApplicable',
};

/** A counter of verdicts. */
export class Tally {
  evaluations = 0;
  pass = 0;
  fail = 0;
  waived = 0;
  baselined = 0;
  notEvaluated = 0;
  notApplicable = 0;

  add(verdict: Verdict): void {
    this.evaluations++;
    this[FIELD[verdict]]++;
  }

  merge(other: Counts): void {
    for (const field of ['evaluations', ...Object.values(FIELD)] as (keyof Counts)[]) this[field] += other[field];
  }

  counts(): Counts {
    const { evaluations, pass, fail, waived, baselined, notEvaluated, notApplicable } = this;
    return { evaluations, pass, fail, waived, baselined, notEvaluated, notApplicable };
  }
}

/** The identity every ledger must hold: evaluations = pass + fail + waived + baselined + not evaluated + not applicable. */
export function reconciles(counts: Counts): boolean {
  return counts.evaluations === counts.pass + counts.fail + counts.waived + counts.baselined + counts.notEvaluated + counts.notApplicable;
}
