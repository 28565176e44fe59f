/** Any JSON value, as a template holds it before intrinsics are resolved. */
export type Json = null | boolean | number | string | Json[] | JsonObject;

/** A JSON object. Read it with {@link own}: a template may hold keys such as `__proto__` or `constructor`. */
export interface JsonObject { [key: string]: Json }

/** True for a plain JSON object (not a list, not null). */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads an own key; inherited names (`toString`, `__proto__`) read as absent. */
export function own(object: JsonObject, key: string): Json | undefined {
  return Object.prototype.hasOwnProperty.call(object, key) ? object[key] : undefined;
}

/** Sets a key without ever touching a prototype. */
export function put(object: JsonObject, key: string, value: Json): void {
  if (key === '__proto__') {
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    object[key] = value;
  }
}

/** JSON text with sorted keys: equal values give equal text, whatever order they were written in. */
export function canonical(value: unknown, indent?: number): string {
  return JSON.stringify(sorted(value), undefined, indent);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const result: JsonObject = {};
  for (const key of Object.keys(value).sort()) put(result, key, sorted(value[key]) as Json);
  return result;
}

/** The name of a value's kind, for error messages. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
