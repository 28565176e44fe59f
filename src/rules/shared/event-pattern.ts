import { isObject, Json, JsonObject, own } from '../../template/json';
import { all, any, not, Property, Truth } from '../kernel';

/**
 * Whether an EventBridge rule's pattern takes an event. The event is an example; every field that patterns commonly ask for stands in it.
 * (Amazon EventBridge user guide, "Comparison operators for use in event patterns")
 */
export function takesEvent(pattern: Property, event: JsonObject): Truth {
  if (!pattern.isMap) return pattern.undecided ? pattern.openTruth() : Truth.no('it has no event pattern');
  const { items, open } = pattern.entries();
  return all(
    ...items.map(({ key, value }) => (key === '$or' ? value.some((one) => takesEvent(one, event)) : takesField(value, own(event, key)))),
    ...open === undefined ? [] : [Truth.unknown(open)],
  );
}

function takesField(wanted: Property, found: Json | undefined): Truth {
  const values = Array.isArray(found) ? found : [found];
  if (wanted.isMap) return any(values.map((value) => takesEvent(wanted, isObject(value) ? value : {})));
  return wanted.some((one) => any(values.map((value) => (one.isMap ? compares(one, value) : equals(one, value)))));
}

function equals(one: Property, value: Json | undefined): Truth {
  return value === undefined || value === null || typeof value === 'object' ? Truth.no('the event has no such field') : one.is(value);
}

/** One comparison: `{ prefix: … }`, `{ 'anything-but': … }` and the like. */
function compares(one: Property, value: Json | undefined): Truth {
  const { items } = one.entries();
  if (items.length !== 1) return Truth.unknown('a comparison of the event pattern cannot be read');
  const [{ key, value: operand }] = items;
  if (key === 'exists') return value === undefined ? operand.isFalse() : operand.isTrue();
  if (value === undefined || typeof value === 'object') return Truth.no('the event has no such field');
  const text = String(value);
  switch (key) {
    case 'prefix': return known(operand, (start) => text.startsWith(start));
    case 'suffix': return known(operand, (end) => text.endsWith(end));
    case 'equals-ignore-case': return known(operand, (same) => text.toLowerCase() === same.toLowerCase());
    case 'wildcard': return known(operand, (pattern) => glob(pattern, text));
    case 'anything-but': return not(operand.isMap ? compares(operand, value) : operand.some((item) => equals(item, value)), 'the event pattern leaves it out');
    case 'numeric': return numeric(operand, value);
    default: return Truth.unknown(`the comparison ${key} of the event pattern is not read here`);
  }
}

function known(operand: Property, test: (text: string) => boolean): Truth {
  const { scalar } = operand.seen();
  return scalar === undefined ? operand.openTruth() : Truth.of(test(String(scalar)), 'the event pattern asks for something else');
}

/** `[">=", 7, "<", 9]` */
function numeric(operand: Property, value: string | number | boolean): Truth {
  const terms = operand.plain();
  if (!Array.isArray(terms) || typeof value !== 'number') return terms === undefined ? operand.openTruth() : Truth.no('the event pattern asks for a number');
  for (let at = 0; at + 1 < terms.length; at += 2) {
    const [operator, limit] = [String(terms[at]), Number(terms[at + 1])];
    const holds = operator === '=' ? value === limit : operator.startsWith('>') ? value > limit || (operator === '>=' && value === limit)
      : value < limit || (operator === '<=' && value === limit);
    if (!holds) return Truth.no('the event pattern asks for another number');
  }
  return Truth.YES;
}

/** A text with `*` for any characters, compared with case. Greedy with one point of return, so it costs pattern × text at most. */
export function glob(pattern: string, text: string): boolean {
  const pieces = pattern.split('*');
  const last = pieces.length - 1;
  if (last === 0) return pattern === text;
  if (!text.startsWith(pieces[0])) return false;
  let at = pieces[0].length;
  for (const piece of pieces.slice(1, last)) {
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return text.length - at >= pieces[last].length && text.endsWith(pieces[last]);
}
