import { isObject, Json, own } from '../../template/json';
import { isReference, Part, showPart } from '../../template/value';
import { Property, Truth } from '../kernel';
import { glob } from './event-pattern';

/** Whether an event is taken: yes, no, or not known. */
type Test = (event: Json) => boolean | undefined;

/**
 * Whether the JSON pattern of a metric filter takes an event. Patterns for plain text or for columns are for logs of another kind.
 * (Amazon CloudWatch Logs user guide, "Filter pattern syntax for metric filters …": JSON log events)
 */
export function filterTakes(pattern: Property, event: Json): Truth {
  pattern.seen();
  const [first] = pattern.parts;
  if (first === undefined) return Truth.no('it has no filter pattern');
  if (typeof first !== 'string') return pattern.openTruth();
  if (!first.trim().startsWith('{')) return Truth.no('its pattern is not for JSON');
  const test = new Parser(pattern.parts.map(written).join('')).parse();
  const taken = test?.(event);
  return taken === undefined ? Truth.unknown('the filter pattern cannot be evaluated here') : Truth.of(taken, 'the filter pattern leaves it out');
}

/** A resource of the templates is none that an example names; what else deployment supplies may be anything. */
function written(part: Part): string {
  return typeof part === 'object' && isReference(part) ? `resource/${part.target.logicalId}` : showPart(part);
}

const TOKEN = /\s*(&&|\|\||!=|<=|>=|[=<>(){}]|"(?:[^"\\]|\\.)*"|%[^%]*%|[^\s&|!=<>(){}"]+)/y;
const COMPARISONS = new Set(['=', '!=', '<', '>', '<=', '>=']);

/** `{ ($.a = x) && (($.b != "y*") || ($.c NOT EXISTS)) }`, by recursive descent. */
class Parser {
  private readonly tokens: string[] = [];
  private at = 0;

  constructor(text: string) {
    TOKEN.lastIndex = 0;
    for (let found = TOKEN.exec(text); found; found = TOKEN.exec(text)) this.tokens.push(found[1]);
  }

  parse(): Test | undefined {
    if (!this.take('{')) return undefined;
    const test = this.either();
    return test && this.take('}') && this.at === this.tokens.length ? test : undefined;
  }

  private take(token: string): boolean {
    if (this.tokens[this.at]?.toUpperCase() !== token) return false;
    this.at++;
    return true;
  }

  private either(): Test | undefined {
    return this.chain('||', () => this.both(), (values) => (values.includes(true) ? true : values.includes(undefined) ? undefined : false));
  }

  private both(): Test | undefined {
    return this.chain('&&', () => this.term(), (values) => (values.includes(false) ? false : values.includes(undefined) ? undefined : true));
  }

  private chain(operator: string, operand: () => Test | undefined, join: (values: (boolean | undefined)[]) => boolean | undefined): Test | undefined {
    const tests: Test[] = [];
    do {
      const test = operand();
      if (!test) return undefined;
      tests.push(test);
    } while (this.take(operator));
    return (event) => join(tests.map((test) => test(event)));
  }

  private term(): Test | undefined {
    if (this.take('(')) {
      const test = this.either();
      return test && this.take(')') ? test : undefined;
    }
    const selector = this.tokens[this.at++];
    if (!selector?.startsWith('$.')) return undefined;
    if (this.take('EXISTS')) return (event) => valueAt(event, selector) !== undefined;
    if (this.take('NOT')) return this.take('EXISTS') ? (event) => valueAt(event, selector) === undefined : undefined;
    if (this.take('IS')) return this.is(selector);
    const operator = this.tokens[this.at++];
    const wanted = this.tokens[this.at++];
    return COMPARISONS.has(operator) && wanted !== undefined ? (event) => compare(valueAt(event, selector), operator, wanted) : undefined;
  }

  private is(selector: string): Test | undefined {
    const negative = this.take('NOT');
    const word = ['NULL', 'TRUE', 'FALSE'].find((one) => this.take(one));
    if (word === undefined) return undefined;
    const wanted = word === 'NULL' ? null : word === 'TRUE';
    return (event) => (valueAt(event, selector) === wanted) !== negative;
  }
}

function valueAt(event: Json, selector: string): Json | undefined {
  let at: Json | undefined = event;
  for (const key of selector.split('.').slice(1)) at = isObject(at) ? own(at, key) : undefined;
  return at;
}

/** What a comparison gives where the field is missing is not documented but for equality. */
function compare(value: Json | undefined, operator: string, wanted: string): boolean | undefined {
  if (wanted.startsWith('%') || wanted.includes('${')) return undefined;
  const text = wanted.startsWith('"') ? wanted.slice(1, -1).replace(/\\(.)/g, '$1') : wanted;
  if (value === undefined || value === null || typeof value === 'object') return operator === '=' ? false : undefined;
  if (operator === '=') return glob(text, String(value));
  if (operator === '!=') return !glob(text, String(value));
  const [left, right] = [Number(value), Number(text)];
  if (Number.isNaN(left) || Number.isNaN(right)) return undefined;
  return operator.startsWith('<') ? left < right || (operator === '<=' && left === right) : left > right || (operator === '>=' && left === right);
}
