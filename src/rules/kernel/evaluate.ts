import { Evaluation, Reading, RuleOptions } from './evaluation';
import { Evidence, evidenceOf, mergedEvidence } from './evidence';
import { Rule } from './rule';
import { Truth } from './truth';
import { isMade } from '../../template/conditions';
import { Resource } from '../../template/model';
import { explore, TooManyDecisions, World } from '../../template/world';

/** What a rule says of a resource, before waivers and baselines. */
export type RawVerdict = 'pass' | 'fail' | 'not-evaluated' | 'not-applicable';

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

interface Outcome { readonly truth: Truth; readonly readings: readonly Reading[]; readonly world: World }

/** The rules of one resource, run one after another. */
export class Session {
  private shared?: Evaluation;

  constructor(private readonly resource: Resource, private readonly options: RuleOptions = {}) {}

  /**
   * Runs a rule in every world that it can tell apart. Every reachable world must pass; a failing one is named.
   * Never throws: a rule that does is reported as not evaluated, with what it threw.
   */
  run(rule: Rule): Result {
    try {
      const { resource } = this;
      const first = this.shared?.world ?? new World();
      const outcome = this.runIn(first, rule);
      // Hardly any rule meets an undecided condition: then its one outcome is the result.
      if (first.taken.length === 0 || outcome?.truth.no) return resultOf(outcome ? [outcome] : [], resource);
      return resultOf([...outcome ? [outcome] : [], ...this.others(first, rule)], resource);
    } catch (error) {
      this.shared = undefined;
      return failed(error);
    }
  }

  /** The outcomes in the worlds that follow one, up to the first failure. */
  private others(first: World, rule: Rule): Outcome[] {
    const outcomes: Outcome[] = [];
    const second = first.following();
    if (!second) return outcomes;
    explore((world) => {
      const outcome = this.runIn(world, rule);
      if (outcome) outcomes.push(outcome);
      return outcome?.truth.no ? 'stop' : 'go on';
    }, second);
    return outcomes;
  }

  private runIn(world: World, rule: Rule): Outcome | undefined {
    const { resource } = this;
    const evaluation = this.shared?.world === world ? this.shared : new Evaluation(resource.template.unit, resource, world, this.options);
    evaluation.begin();
    // Each rule has the full budget, which the worlds it looks at share.
    if (this.shared) world.refuel();
    this.shared = undefined;
    // Where the resource is not made, there is nothing to judge.
    if (!isMade(resource, world)) return undefined;
    const truth = rule.check(evaluation.reader(resource), evaluation);
    // A world in which nothing was decided is the only one: the next rule may read in it too.
    if (world.untouched) this.shared = evaluation;
    return { truth, readings: evaluation.readings, world };
  }
}

/** Runs one rule on one resource. */
export function evaluate(rule: Rule, resource: Resource, options: RuleOptions = {}): Result {
  return new Session(resource, options).run(rule);
}

function failed(error: unknown): Result {
  const reason = error instanceof TooManyDecisions ? 'it depends on more undecided conditions than can be tried'
    : error instanceof RangeError ? 'the template is nested too deeply here' : undefined;
  if (reason !== undefined) return { verdict: 'not-evaluated', reason, evidence: [] };
  return { verdict: 'not-evaluated', crashed: true, reason: `the rule failed to run: ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`, evidence: [] };
}

function resultOf(outcomes: readonly Outcome[], resource: Resource): Result {
  let worst = outcomes[0];
  if (!worst) return { verdict: 'not-applicable', reason: `the resource is not created: ${notMade(resource)} is false`, evidence: [] };
  for (const outcome of outcomes) if (rank(outcome.truth) > rank(worst.truth)) worst = outcome;
  const { truth, world } = worst;
  // What a failure rests on is what its own world showed; any other verdict rests on all of them.
  const evidence = truth.no || outcomes.length === 1 ? evidenceOf(worst.readings) : mergedEvidence(outcomes.flatMap(({ readings }) => readings));
  if (truth.no) return { verdict: 'fail', message: truth.message + branch(world), evidence };
  if (truth.yes) return { verdict: 'pass', evidence };
  if (truth.skipped) return { verdict: 'not-applicable', reason: truth.message, evidence };
  return { verdict: 'not-evaluated', reason: truth.message + branch(world), evidence };
}

/** The conditions of a resource that is not made, and of the nested stacks that it is in. */
function notMade(resource: Resource): string {
  const conditions: string[] = [];
  for (let at: Resource | undefined = resource; at; at = at.template.parent) {
    if (at.condition !== undefined) conditions.push(`${at === resource ? 'its condition' : 'of its nested stack the condition'} ${at.condition}`);
  }
  return conditions.join(' or ');
}

function rank(truth: Truth): number {
  return truth.no ? 3 : truth.open ? 2 : truth.yes ? 1 : 0;
}

/** Names the branch of the undecided conditions that was taken: ` when IsProd is false`. */
function branch(world: World): string {
  if (world.untouched || !world.named.size) return '';
  return ` when ${[...world.named].map(([name, value]) => `${name} is ${value}`).join(' and ')}`;
}
