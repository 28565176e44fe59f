import { isObject, Json, JsonObject, put } from '../../../template/json';
import { Part, showPart } from '../../../template/value';

/** Stands in the text for a part that deployment supplies; no JSON holds it unless somebody means to. */
const OPEN = '\uE000';
const CLOSE = '\uE001';
const HOLE = new RegExp(`${OPEN}(\\d+)${CLOSE}`);

/**
 * The object or list that a JSON text is. What the text leaves to deployment is written back as `Fn::Sub`, while the variables of IAM, such as
 * `${aws:username}`, stay text. Undefined for any other text.
 */
export function parseJsonText(parts: readonly Part[]): Json | undefined {
  // Most texts that are asked are no JSON at all, and an error is dear.
  const first = parts.find((part) => typeof part !== 'string' || part.trim() !== '');
  if (typeof first !== 'string' || !/^\s*[{[]/.test(first)) return undefined;
  try {
    const json = JSON.parse(parts.map((part, at) => (typeof part === 'string' ? part : `${OPEN}${at}${CLOSE}`)).join('')) as Json;
    return parts.length === 1 ? json : withHoles(json, parts);
  } catch {
    return undefined;
  }
}

function withHoles(json: Json, parts: readonly Part[]): Json {
  if (typeof json === 'string') return json.includes(OPEN) ? { 'Fn::Sub': filled(json, parts, (text) => text.replace(/\$\{/g, '${!')) } : json;
  if (Array.isArray(json)) return json.map((item) => withHoles(item, parts));
  if (!isObject(json)) return json;
  const result: JsonObject = {};
  for (const key of Object.keys(json)) put(result, key.includes(OPEN) ? filled(key, parts, (text) => text) : key, withHoles(json[key], parts));
  return result;
}

function filled(text: string, parts: readonly Part[], literal: (text: string) => string): string {
  return text.split(HOLE).map((piece, at) => (at % 2 === 0 ? literal(piece) : showPart(parts[Number(piece)] ?? ''))).join('');
}
