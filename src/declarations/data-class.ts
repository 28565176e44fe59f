import { nearest } from '../template/text';

/** How sensitive the data of a store is, the least sensitive first. */
export const DATA_CLASSES = ['public', 'internal', 'confidential', 'personal'] as const;

export type DataClassName = typeof DATA_CLASSES[number];

/** The tag, and the key under a resource's `Metadata`, that says how sensitive the data of a resource is. */
export const DATA_CLASS_KEY = 'soc2:data';

/** Classes that ask for more than a store holds by default. */
export const SENSITIVE: readonly DataClassName[] = ['confidential', 'personal'];

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
