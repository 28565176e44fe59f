/** Markup that is safe to write into the document. Only {@link html} and {@link trusted} make it. */
export class Html {
  constructor(readonly text: string) {}
}

/** What may stand in a `${}` of {@link html}: text and numbers are escaped, markup is kept, lists are joined, nothing writes nothing. */
export type Part = Html | string | number | undefined | false | readonly Part[];

export const EMPTY = new Html('');

const SPECIAL = /[&<>"'`]|(?![\n\t\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u;
const EVERY_SPECIAL = new RegExp(SPECIAL, 'gu');
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;', '`': '&#96;' };
const checked = new WeakSet<TemplateStringsArray>();

/** Markup in which every value is escaped, for text and for quoted attributes alike. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  if (!checked.has(strings)) refuseUnquoted(strings);
  let text = strings[0];
  for (let index = 0; index < parts.length; index++) text += written(parts[index]) + strings[index + 1];
  return new Html(text);
}

/** Our own constant text, such as the style sheet, which must not be escaped. Never give it text of a ledger. */
export function trusted(text: string): Html {
  return new Html(text);
}

/** The parts one after another, with a separator that is escaped like any text. */
export function join(parts: readonly Part[], separator: Part = ''): Html {
  const between = written(separator);
  return new Html(parts.map(written).join(between));
}

/**
 * Text for any place in the document. Characters that would be invisible or would reorder what is read
 * (controls, bidirectional overrides, lone surrogates) are named, as `\u{202e}`.
 */
export function escape(text: string): string {
  return SPECIAL.test(text) ? text.replace(EVERY_SPECIAL, (character) => ENTITIES[character] ?? named(character)) : text;
}

/** A name of many parts, which may be broken after each of them: `S3.|Block|Public|Access`. */
export function breakable(text: string): Html {
  return new Html(text.split(/(?<=[./:#])(?=[^./:#])|(?<=[a-z0-9])(?=[A-Z])/).map(escape).join('<wbr>'));
}

function named(character: string): string {
  return `\\u{${character.codePointAt(0)!.toString(16)}}`;
}

function written(part: Part): string {
  if (part instanceof Html) return part.text;
  if (typeof part === 'string') return escape(part);
  if (typeof part === 'number') return String(part);
  if (part === undefined || part === false) return '';
  return part.map(written).join('');
}

/** A value after `=` without a quote could end the attribute, so such a template does not render. */
function refuseUnquoted(strings: TemplateStringsArray): void {
  const wrong = strings.slice(0, -1).find((text) => text.endsWith('='));
  if (wrong !== undefined) throw new Error(`attribute without quotes after ${JSON.stringify(wrong.slice(-40))}`);
  checked.add(strings);
}
