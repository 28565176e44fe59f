import { isObject, Json, JsonObject } from './json';
import { DEFAULT_LIMITS, Limits } from './limits';

/** A file that cannot be read as what it should be. The message says what was found and what was expected, without the file's name. */
export class InputError extends Error {}

/** A file that is sound, but cannot be a template or a manifest: a list, a number, a text. */
export class OtherDocument extends InputError {}

/**
 * Parses JSON or YAML text with CloudFormation's short tags, within limits.
 *
 * @throws InputError when it is neither, repeats a key, nests too deeply or is too large.
 */
export function parseText(text: string, limits: Limits = DEFAULT_LIMITS): Json {
  if (Buffer.byteLength(text) > limits.bytes) throw new InputError(`larger than ${limits.bytes} bytes`);
  const body = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  const first = body.search(/\S/);
  if (first < 0) throw new InputError('the file is empty');
  if (body[first] !== '{' && body[first] !== '[') return parseYaml(body, limits);
  let value: Json;
  try {
    value = JSON.parse(body);
  } catch (error) {
    // YAML's flow style looks like JSON too; report JSON's complaint when it is neither.
    try {
      return parseYaml(body, limits);
    } catch (second) {
      if (second instanceof InputError && /appears twice|nested deeper|alias/.test(second.message)) throw second;
      throw new InputError(`not valid JSON: ${(error as Error).message}`);
    }
  }
  const keys = measure(value, limits.depth);
  // JSON.parse silently keeps the last of two equal keys. Counting is cheap; only a file that disagrees is read slowly, to name the key.
  if (countKeys(body) !== keys) throw new InputError(duplicateKey(body));
  return value;
}

function parseYaml(text: string, limits: Limits): Json {
  if (Buffer.byteLength(text) > limits.yamlBytes) throw new InputError(`larger than ${limits.yamlBytes} bytes, which is the limit for YAML`);
  // Loaded on first use: most inputs are JSON, and start-up time is a feature.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { parseYamlText } = require('./yaml') as typeof import('./yaml');
  const value = parseYamlText(text, limits);
  measure(value, limits.depth);
  return value;
}

/** Counts the keys of all objects and refuses nesting beyond the limit. */
function measure(root: Json, depth: number): number {
  let keys = 0;
  const walk = (value: Json, level: number): void => {
    if (level > depth) throw new InputError(`nested deeper than ${depth} levels`);
    if (Array.isArray(value)) {
      for (const item of value) if (typeof item === 'object' && item !== null) walk(item, level + 1);
    } else {
      const object = value as JsonObject;
      for (const key in object) {
        keys++;
        const child = object[key];
        if (typeof child === 'object' && child !== null) walk(child, level + 1);
      }
    }
  };
  if (typeof root === 'object' && root !== null) walk(root, 1);
  return keys;
}

/** Counts strings that are followed by a colon, in text that is known to be valid JSON. */
function countKeys(text: string): number {
  let keys = 0;
  let start = text.indexOf('"');
  while (start >= 0) {
    const end = closingQuote(text, start);
    if (text.charCodeAt(afterSpace(text, end + 1)) === 58) keys++;
    start = text.indexOf('"', end + 1);
  }
  return keys;
}

function closingQuote(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (text.charCodeAt(end - 1) === 92 && escaped(text, end)) end = text.indexOf('"', end + 1);
  return end;
}

function escaped(text: string, quote: number): boolean {
  let backslashes = 0;
  for (let at = quote - 1; text.charCodeAt(at) === 92; at--) backslashes++;
  return backslashes % 2 === 1;
}

function afterSpace(text: string, from: number): number {
  let at = from;
  let code = text.charCodeAt(at);
  while (code === 32 || code === 10 || code === 13 || code === 9) code = text.charCodeAt(++at);
  return at;
}

/** Names the first key that appears twice in one object, in text that is known to be valid JSON. */
function duplicateKey(text: string): string {
  const open: Set<string>[] = [];
  let line = 1;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10) line++;
    else if (code === 123 || code === 91) open.push(new Set());
    else if (code === 125 || code === 93) open.pop();
    if (code !== 34) continue;
    const end = closingQuote(text, at);
    if (text.charCodeAt(afterSpace(text, end + 1)) === 58) {
      const key: string = JSON.parse(text.slice(at, end + 1));
      const keys = open[open.length - 1];
      if (keys.has(key)) return `line ${line}: the key ${JSON.stringify(key)} appears twice in one object`;
      keys.add(key);
    }
    at = end;
  }
  return 'a key appears twice in one object';
}

/** The root object of a template or manifest. */
export function parseObject(text: string, limits: Limits = DEFAULT_LIMITS): JsonObject {
  const value = parseText(text, limits);
  if (!isObject(value)) throw new OtherDocument(`the document is ${Array.isArray(value) ? 'a list' : value === null ? 'empty' : `a ${typeof value}`}, expected an object`);
  return value;
}
