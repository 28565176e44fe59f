import { isObject, Json, own } from '../template/json';
import type { Resource } from '../template/model';
import { nearest } from '../template/text';

/** How sensitive the data of a store is, the least sensitive first. */
export const DATA_CLASSES = ['public', 'internal', 'confidential', 'personal'] as const;

export type DataClassName = typeof DATA_CLASSES[number];

/** The tag, and the key under a resource's `Metadata`, that says how sensitive the data of a resource is. */
export const DATA_CLASS_KEY = 'soc2:data';

/** Classes that ask for more than a store holds by default. */
export const SENSITIVE: readonly DataClassName[] = ['confidential', 'personal'];

/** False when the template writes no class of the resource: neither in its metadata nor in its tags, nor anything that may turn out to be one. */
export function mayBeClassified({ raw }: Resource): boolean {
  if (isObject(raw.Metadata) && own(raw.Metadata, DATA_CLASS_KEY) !== undefined) return true;
  const properties = own(raw, 'Properties');
  return own(raw, 'Fn::Transform') !== undefined || (isObject(properties) && Object.keys(properties).some((name) => name.startsWith('Fn::') || (TAGS.test(name) && holdsClass(properties[name]))));
}

/** Tags, or a table's replicas, which hold theirs. */
const TAGS = /Tags$|^Replicas$/;

function holdsClass(json: Json): boolean {
  if (Array.isArray(json)) return json.some(holdsClass);
  if (!isObject(json)) return json === DATA_CLASS_KEY;
  // A function may give anything.
  return Object.keys(json).some((key) => key === DATA_CLASS_KEY || key === 'Ref' || key.startsWith('Fn::') || (key !== 'Value' && holdsClass(json[key])));
}

/** The class with a name, whatever its case. Undefined when there is none: a tag may come from anywhere. */
export function dataClassNamed(text: string): DataClassName | undefined {
  const name = text.trim().toLowerCase();
  return DATA_CLASSES.find((one) => one === name);
}

/** What to say of a name that is no class. */
export function notADataClass(text: string): string {
  const near = nearest(text.toLowerCase(), DATA_CLASSES);
  return `${JSON.stringify(text)} is no data class${near ? `; did you mean "${near}"?` : ''} (classes are ${DATA_CLASSES.join(', ')})`;
}
