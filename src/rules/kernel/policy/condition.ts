import { isCallerKey, letsEveryoneMeet } from './caller-keys';
import type { Property } from '../property';
import { all, any, both, not, Truth } from '../truth';

/** One key of one operator in a `Condition`. */
export interface Clause {
  /** In lower case, without quantifier and `IfExists`: `stringlike`. */
  readonly operator: string;
  /** `ForAllValues:` is met where there is no value, `ForAnyValue:` is not. */
  readonly quantifier?: 'all' | 'any';
  readonly ifExists: boolean;
  /** Lets through what it does not name: `StringNotEquals`. */
  readonly negated: boolean;
  /** In lower case. */
  readonly key: string;
  readonly values: Property;
}

/** What is asked besides the key: the words of the operator. */
type Words = Omit<Clause, 'key' | 'values'>;

const known = new Map<string, Words>();

function wordsOf(operator: string): Words {
  let words = known.get(operator);
  if (!words) {
    if (known.size > 500) known.clear();
    const [, quantifier, name, exists] = /^(?:for(all|any)values?:)?(.*?)(ifexists)?$/.exec(operator.toLowerCase())!;
    known.set(operator, words = { operator: name, quantifier: quantifier as Words['quantifier'], ifExists: exists !== undefined, negated: name.includes('not') });
  }
  return words;
}

const NO_CONDITION = Truth.no('there is no condition');

/** The `Condition` of a statement, read once. Its clauses hold together: each of them leaves requests out. */
export class Conditions {
  readonly clauses: readonly Clause[];
  /** Why there may be more clauses than are known: under which operator, where that is known. */
  private readonly gaps: readonly { readonly words?: Words; readonly truth: () => Truth }[];

  constructor(private readonly place: Property) {
    const clauses: Clause[] = [];
    const gaps: { words?: Words; truth: () => Truth }[] = [];
    const { items, open } = place.entries();
    for (const operator of items) {
      const words = wordsOf(operator.key);
      const pairs = operator.value.entries();
      for (const { key, value } of pairs.items) clauses.push({ ...words, key: key.toLowerCase(), values: value });
      if (pairs.open !== undefined) gaps.push({ words, truth: () => operator.value.openTruth() });
    }
    if (open !== undefined) gaps.push({ truth: () => Truth.unknown(open) });
    this.clauses = clauses;
    this.gaps = gaps;
  }

  /** True when there is surely no condition. */
  get none(): boolean {
    return this.clauses.length === 0 && this.gaps.length === 0;
  }

  /** The key is compared by one of the operators with the value, and nothing else is asked: any other clause leaves requests out. */
  only(operators: readonly string[], key: string, value: string | boolean): Truth {
    const found: Truth[] = [];
    const others: Truth[] = [];
    for (const clause of this.clauses) {
      const wanted = clause.key === key.toLowerCase() && operators.some((one) => isOperator(clause, one));
      if (wanted) found.push(clause.values.some((item) => item.is(value)));
      else others.push(Truth.no(`the condition on ${clause.key} leaves requests out`));
    }
    for (const gap of this.gaps) found.push(gap.truth());
    return all(any(found, `no condition on ${key}`), ...others);
  }

  /** A clause asks for one of the keys by a value of its own, in whatever request: absent keys and negations let the rest through. */
  binds(isKey: (key: string) => boolean, letsAll: (key: string, item: Property) => Truth = isAnything, whereMissing = false): Truth {
    if (this.none) return NO_CONDITION;
    const found: Truth[] = [];
    for (const clause of this.clauses) {
      if (clause.negated || clause.operator === 'null' || !isKey(clause.key)) continue;
      const asked = whereMissing || !(clause.ifExists || clause.quantifier === 'all') ? Truth.YES : this.asksPresence(clause.key);
      found.push(both(asked, () => not(clause.values.some((item) => letsAll(clause.key, item)), 'the condition allows every value')));
    }
    for (const gap of this.gaps) if (!gap.words || !(gap.words.negated || gap.words.operator === 'null')) found.push(gap.truth());
    return any(found, 'no condition binds it');
  }

  /** `Null: { key: false }` asks that there be a value. */
  private asksPresence(key: string): Truth {
    const asked = this.clauses.filter((clause) => clause.operator === 'null' && clause.key === key);
    return any(asked.map((clause) => clause.values.some((item) => item.is('false'))), 'the condition holds where there is no value');
  }

  /** A condition binds the caller, e.g. to an account, an organization, a network or a source resource. */
  narrowed(alsoBy: readonly string[] = []): Truth {
    return this.binds((key) => isCallerKey(key) || alsoBy.includes(key), letsEveryoneMeet);
  }

  /**
   * Every clause is met by requests of strangers, so that a denial under them spares named callers only:
   * `StringNotEquals: { aws:PrincipalOrgID: … }`. A negation is met where there is no value.
   */
  meetsStrangers(): Truth {
    return this.sparesOnly(isCallerKey, letsEveryoneMeet);
  }

  /** Every clause is a negation on one of the keys, with values of its own: what is left out is only what it names. */
  sparesOnly(isKey: (key: string) => boolean, letsAll: (key: string, item: Property) => Truth = isAnything): Truth {
    return all(...this.clauses.map((clause) => {
      if (clause.operator === 'bool' && clause.ifExists && clause.key === 'aws:principalisawsservice') return clause.values.some((item) => item.is('false'));
      if (!clause.negated || !isKey(clause.key) || (clause.quantifier === 'any' && !clause.ifExists)) return Truth.no(`the condition on ${clause.key} leaves requests out`);
      return not(clause.values.some((item) => letsAll(clause.key, item)), 'the condition spares every value');
    }), ...this.gaps.map((gap) => gap.truth()));
  }

  /** Names the place as read. */
  seen(): this {
    this.place.seen();
    return this;
  }
}

function isOperator(clause: Clause, name: string): boolean {
  const words = wordsOf(name);
  return clause.operator === words.operator && clause.ifExists === words.ifExists && clause.quantifier === words.quantifier;
}

const isAnything = (_key: string, item: Property): Truth => (typeof item.scalar === 'string' ? item.seen() && Truth.of(/^[*?]+$/.test(item.scalar), 'a value of its own') : item.is('*'));
