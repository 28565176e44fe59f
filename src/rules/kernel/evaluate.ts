import { evaluateCondition } from '../../template/conditions';
import { Json } from '../../template/json';
import { Resource } from '../../template/model';
import { explore, TooManyDecisions, World } from '../../template/world';
import { Evaluation, Reading, RuleOptions } from './evaluation';
import { Rule } from './rule';
import { evidenceValue } from './show';
import { Truth } from './truth';

/** What a rule says of a resource, before waivers and baselines. */
export type RawVerdict = 'pass' | 'fail' | 'not-evaluated' | 'not-applicable';

export interface Evidence {
  readonly path: string;
  readonly value: Json;
  readonly note?: string;
}

export interface Result {
  readonly verdict: RawVerdict;
  /** What was found wrong, for a failure. */
  readonly message?: string;
  /** Why it could not be told or does not apply. */
  readonly reason?: string;
  /** The rule itself failed to run. */
  readonly crashed?: boolean;
  readonly evidence: readonly Evidence[];
}

const MOST_EVIDENCE = 40;

/**
 * Runs a rule on a resource in every world that the rule can tell apart. Every reachable world must pass; a failing one is named.
 * Never throws: a rule that does is reported as not evaluated, with what it threw.
 */
export function evaluate(rule: Rule, resource: Resource, options: RuleOptions = {}): Result {
  let worst: { truth: Truth; evaluation: Evaluation } | undefined;
  const readings = new Map<string, Reading>();
  try {
    explore((world) => {
      const evaluation = new Evaluation(resource.template.unit, resource, world, options);
      // Where the resource is not made, there is nothing to judge.
      if (resource.condition !== undefined && evaluateCondition(resource.condition, resource.template, world) === false) return 'go on';
      const truth = rule.check(evaluation.reader(resource), evaluation);
      for (const reading of evaluation.readings.values()) if (!readings.has(reading.path)) readings.set(reading.path, reading);
      if (!worst || rank(truth) > rank(worst.truth)) worst = { truth, evaluation };
      return truth.no ? 'stop' : 'go on';
    });
  } catch (error) {
    if (error instanceof TooManyDecisions) return { verdict: 'not-evaluated', reason: 'it depends on more undecided conditions than can be tried', evidence: [] };
    if (error instanceof RangeError) return { verdict: 'not-evaluated', reason: 'the template is nested too deeply here', evidence: [] };
    return { verdict: 'not-evaluated', crashed: true, reason: `the rule failed to run: ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`, evidence: [] };
  }
  if (!worst) return { verdict: 'not-applicable', reason: `the resource is not created: its condition ${resource.condition} is false`, evidence: [] };
  const { truth, evaluation } = worst as { truth: Truth; evaluation: Evaluation };
  if (truth.no) return { verdict: 'fail', message: truth.message + branch(evaluation.world), evidence: evidenceOf(evaluation.readings) };
  const evidence = evidenceOf(readings);
  if (truth.yes) return { verdict: 'pass', evidence };
  if (truth.skipped) return { verdict: 'not-applicable', reason: truth.message, evidence };
  return { verdict: 'not-evaluated', reason: truth.message + branch(evaluation.world), evidence };
}

function rank(truth: Truth): number {
  return truth.no ? 3 : truth.open ? 2 : truth.yes ? 1 : 0;
}

/** Names the branch of the undecided conditions that was taken: ` when IsProd is false`. */
function branch(world: World): string {
  if (!world.named.size) return '';
  return ` when ${[...world.named].map(([name, value]) => `${name} is ${value}`).join(' and ')}`;
}

function evidenceOf(readings: ReadonlyMap<string, Reading>): Evidence[] {
  const evidence: Evidence[] = [];
  for (const { path, value, note } of readings.values()) {
    if (evidence.length === MOST_EVIDENCE) break;
    const shown = evidenceValue(value, path.slice(path.lastIndexOf('.') + 1));
    evidence.push(note === undefined ? { path, value: shown } : { path, value: shown, note });
  }
  return evidence;
}
