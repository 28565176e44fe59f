import { DECISION_LIMIT, STEP_LIMIT } from './limits';

/** Thrown inside the engine only, and caught there: more undecided conditions were read than can be tried one by one. */
export class TooManyDecisions extends Error {}

/**
 * One consistent way in which a template's undecided conditions may turn out.
 *
 * A rule is run in a world, meets an undecided condition, and the world answers `true` and notes the question; the explorer then runs
 * the rule again with `false`. So a rule never sees a conditional value, and combinations that exclude one another (`Env == prod`
 * and `Env == dev`) are never tried.
 */
export class World {
  /** The decisions taken, in order. */
  readonly taken: boolean[] = [];
  /** Named conditions that turned out one way here but could have turned out the other. */
  readonly named = new Map<string, boolean>();
  /** Conditions already worked out in this world, by template and name. */
  readonly conditions = new Map<string, { value: boolean; open: boolean }>();
  /** Values that are being resolved now: meeting one again is a cycle. */
  readonly resolving = new Set<string>();
  private readonly atoms = new Map<string, boolean>();
  private readonly equal = new Map<string, Map<string, boolean>>();
  private steps = STEP_LIMIT;

  /** True while nothing was asked that the template leaves open: then this world is the only one. */
  get untouched(): boolean {
    return this.taken.length === 0 && this.named.size === 0 && this.resolving.size === 0;
  }

  /** Gives the full budget of steps again. */
  refuel(): void {
    this.steps = STEP_LIMIT;
  }

  constructor(private readonly forced: readonly boolean[] = []) {}

  /** False when the budget of this evaluation is used up. */
  step(): boolean {
    return --this.steps > 0;
  }

  /** Decides a question that the template leaves open; the same question has the same answer within a world. */
  decide(question: string): boolean {
    const before = this.atoms.get(question);
    if (before !== undefined) return before;
    const answer = this.next();
    this.atoms.set(question, answer);
    return answer;
  }

  /** Decides whether a value that is not known (a parameter, say) equals a literal, in keeping with what was decided of it before. */
  decideEqual(subject: string, literal: string, allowed?: readonly string[]): boolean {
    let known = this.equal.get(subject);
    if (!known) this.equal.set(subject, known = new Map());
    const before = known.get(literal);
    if (before !== undefined) return before;
    if (allowed && !allowed.includes(literal)) return false;
    for (const answer of known.values()) if (answer) return false;
    const answer = allowed?.every((other) => other === literal || known.get(other) === false) || this.next();
    known.set(literal, answer);
    return answer;
  }

  /** The literal that a value was decided to equal in this world. */
  equalTo(subject: string): string | undefined {
    for (const [literal, answer] of this.equal.get(subject) ?? []) if (answer) return literal;
    return undefined;
  }

  private next(): boolean {
    const at = this.taken.length;
    if (at >= DECISION_LIMIT) throw new TooManyDecisions();
    const answer = at < this.forced.length ? this.forced[at] : true;
    this.taken.push(answer);
    return answer;
  }
}

/**
 * Runs a function once for each world it can tell apart. The function must take the same path in equal worlds.
 *
 * @param first a world to begin with in which nothing was decided yet
 */
export function explore(run: (world: World) => 'stop' | 'go on', first = new World()): void {
  let world: World | undefined = first;
  while (world) {
    if (run(world) === 'stop') return;
    const last: number = world.taken.lastIndexOf(true);
    world = last < 0 ? undefined : new World([...world.taken.slice(0, last), false]);
  }
}
