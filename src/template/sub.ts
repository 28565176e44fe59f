/** A `${Name}` in the text of a `Fn::Sub`. */
export interface SubVariable { readonly name: string }

const cache = new Map<string, readonly (string | SubVariable)[]>();
const CACHE_LIMIT = 5000;
const LONGEST = 2000;

/** Splits the text of a `Fn::Sub` into literal pieces and variables; `${!Literal}` stands for `${Literal}`. */
export function parseSub(text: string): readonly (string | SubVariable)[] {
  const before = cache.get(text);
  if (before) return before;
  const pieces: (string | SubVariable)[] = [];
  let from = 0;
  for (;;) {
    const open = text.indexOf('${', from);
    const close = open < 0 ? -1 : text.indexOf('}', open);
    if (close < 0) break;
    if (open > from) pieces.push(text.slice(from, open));
    const inside = text.slice(open + 2, close);
    pieces.push(inside.startsWith('!') ? `\${${inside.slice(1)}}` : { name: inside.trim() });
    from = close + 1;
  }
  if (from < text.length) pieces.push(text.slice(from));
  if (text.length <= LONGEST) {
    if (cache.size >= CACHE_LIMIT) cache.clear();
    cache.set(text, pieces);
  }
  return pieces;
}
