import { DECISION_LIMIT, NESTING_LIMIT, STEP_LIMIT } from './limits';
import { unknown, Value } from './value';

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
  // Most worlds are never asked anything, so what they would remember it in is made on demand.
  private namedConditions?: Map<string, boolean>;
  private settledConditions?: Map<string, { value: boolean; open: boolean; decided: number }>;
  private open?: Set<string>;
  private atoms?: Map<string, boolean>;
  private equal?: Map<string, Map<string, boolean>>;
  private depth = 0;
  private worked?: Map<string, { value: Value; open: boolean }>;
  /** How often an answer of this world's own was used: what was worked out without one is the same in every world. */
  asked = 0;

  /** Named conditions that turned out one way here but could have turned out the other. */
  get named(): Map<string, boolean> {
    return this.namedConditions ??= new Map();
  }

  /** Conditions already worked out in this world, by template and name. */
  get conditions(): Map<string, { value: boolean; open: boolean; decided: number }> {
    return this.settledConditions ??= new Map();
  }

  /** Values that are being resolved now: meeting one again is a cycle. */
  get resolving(): Set<string> {
    return this.open ??= new Set();
  }

  /** True while nothing was asked that the template leaves open: then this world is the only one. */
  get untouched(): boolean {
    return this.taken.length === 0 && !this.namedConditions?.size && !this.open?.size;
  }

  /** Gives the full budget of steps again. */
  refuel(): void {
    this.fuel.steps = STEP_LIMIT;
  }

  /** @param fuel the steps left, shared by the worlds of one evaluation: else a hostile template could use the limit up in each of them */
  constructor(private readonly forced: readonly boolean[] = [], readonly fuel = { steps: STEP_LIMIT }) {}

  /** False when the budget of this evaluation is used up. */
  step(): boolean {
    return --this.fuel.steps > 0;
  }

  /** Begins to work out an expression inside of those that are being worked out. False when that is too much; else call {@link leave} at its end. */
  enter(): boolean {
    if (this.depth >= NESTING_LIMIT || !this.step()) return false;
    this.depth++;
    return true;
  }

  leave(): void {
    this.depth--;
  }

  /** Decides a question that the template leaves open; the same question has the same answer within a world. */
  decide(question: string): boolean {
    this.asked++;
    const before = this.atoms?.get(question);
    if (before !== undefined) return before;
    const answer = this.next();
    (this.atoms ??= new Map()).set(question, answer);
    return answer;
  }

  /** Decides whether a value that is not known (a parameter, say) equals a literal, in keeping with what was decided of it before. */
  decideEqual(subject: string, literal: string, allowed?: readonly string[]): boolean {
    this.asked++;
    let known = this.equal?.get(subject);
    if (!known) (this.equal ??= new Map()).set(subject, known = new Map());
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
    for (const [literal, answer] of this.equal?.get(subject) ?? []) {
      if (!answer) continue;
      this.asked++;
      return literal;
    }
    return undefined;
  }

  /** Works a value out once in this world; `cycle` is said when it refers to itself. */
  once(key: string, cycle: string, work: () => Value): Value {
    const before = this.worked?.get(key);
    if (before) {
      if (before.open) this.asked++;
      return before.value;
    }
    if (this.resolving.has(key)) return unknown(cycle, { present: false });
    this.resolving.add(key);
    const { asked } = this;
    const value = work();
    this.resolving.delete(key);
    (this.worked ??= new Map()).set(key, { value, open: this.asked !== asked });
    return value;
  }

  private next(): boolean {
    const at = this.taken.length;
    if (at >= DECISION_LIMIT) throw new TooManyDecisions();
    const answer = at < this.forced.length ? this.forced[at] : true;
    this.taken.push(answer);
    return answer;
  }

  /** The next world to try after this one: the last question that was answered yes is answered no. Undefined when all were tried. */
  following(): World | undefined {
    const last = this.taken.lastIndexOf(true);
    return last < 0 ? undefined : new World([...this.taken.slice(0, last), false], this.fuel);
  }
}

/** Runs a function once for each world that it can tell apart, from the first on. It must take the same path in equal worlds. */
export function explore(run: (world: World) => 'stop' | 'go on', first?: World): void {
  let world: World | undefined = first ?? new World();
  while (world && run(world) !== 'stop') world = world.following();
}
