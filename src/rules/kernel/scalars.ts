import { isObject, Json } from '../../template/json';

/** Equal as CloudFormation compares: `true`, `"true"` and `"True"` are one, and so are `7` and `"7"`. */
export function equal(scalar: string | number | boolean, expected: string | number | boolean): boolean {
  if (typeof expected === 'boolean') return String(scalar).toLowerCase() === String(expected);
  if (typeof expected === 'number') return isNumeric(scalar) && Number(scalar) === expected;
  return String(scalar) === expected;
}

/** A number, or a text that is one. */
export function isNumeric(scalar: string | number | boolean): boolean {
  // `1e999` is a number to JSON, yet infinite.
  return typeof scalar !== 'boolean' && Number.isFinite(Number(scalar)) && (typeof scalar === 'number' || /^\s*[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d+)?\s*$/i.test(scalar));
}

/** Nothing is in it. */
export function isEmpty(json: Json): boolean {
  return json === '' || (Array.isArray(json) && json.length === 0) || (isObject(json) && Object.keys(json).length === 0);
}
