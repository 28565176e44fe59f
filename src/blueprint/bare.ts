import { CfnResource } from 'aws-cdk-lib';

/** What stands for our changes of a property among the overrides, and what of somebody else's stood there before. */
interface Mark {
  readonly text: string;
  readonly before: unknown;
}

const MARKS = new WeakMap<CfnResource, Map<string, Mark>>();

/** Puts our changes of a property, a text that stands for them, among the overrides of a resource. */
export function markOverride(resource: CfnResource, path: string, text: string): void {
  const marks = MARKS.get(resource) ?? new Map<string, Mark>();
  MARKS.set(resource, marks.set(path, { text, before: at(overridesOf(resource), path.split('.')) }));
  resource.addOverride(path, text);
}

const CONDITIONAL = new WeakSet<CfnResource>();

/** Has a resource synthesized only while something holds. */
export function synthesizeWhile(resource: CfnResource, holds: () => boolean): void {
  CONDITIONAL.add(resource);
  Object.defineProperty(resource, 'shouldSynthesize', { value: holds });
}

/** The resource as it is without our changes. */
export function bare(resource: CfnResource): CfnResource {
  const overrides = copyOf(overridesOf(resource));
  for (const [path, { text, before }] of MARKS.get(resource) ?? []) {
    const keys = path.split('.');
    const last = keys.pop()!;
    const holder = at(overrides, keys);
    if (!isPlain(holder) || holder[last] !== text) continue;
    if (before === undefined) delete holder[last];
    else holder[last] = before;
  }
  return Object.create(resource, {
    rawOverrides: { value: overrides },
    // To look at a resource asks nothing of others, which would be looked at again.
    ...CONDITIONAL.has(resource) && { shouldSynthesize: { value: () => true } },
  }) as CfnResource;
}

/** The overrides of a resource. They are not public; without them nothing would be known of what somebody else overrides. */
export function overridesOf(resource: CfnResource): Record<string, unknown> {
  return (resource as unknown as { readonly rawOverrides?: Record<string, unknown> }).rawOverrides ?? {};
}

/** An object that is no token. */
export function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

function at(overrides: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>((value, key) => (isPlain(value) ? value[key] : undefined), overrides);
}

function copyOf(object: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, isPlain(value) ? copyOf(value) : value]));
}
