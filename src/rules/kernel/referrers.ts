import { elementsOf, intrinsicOf, resolve } from '../../template/intrinsics';
import { isObject, Json, JsonObject, own } from '../../template/json';
import { Resource, Template, Unit } from '../../template/model';
import { isReference } from '../../template/value';
import { TooManyDecisions, World } from '../../template/world';
import { PHYSICAL_NAME, written } from './names';

/**
 * The resources of a type whose property may name the target, whatever the conditions turn out to be. The index over a (type, property)
 * is built once per unit, so a rule that asks it for every bucket costs one pass over the policies.
 */
export function possibleReferrers(unit: Unit, target: Resource, type: string, property: string): readonly Resource[] {
  return unit.referrers(target, `${type}.${property}`, () => {
    const index = new Map<Resource, Resource[]>();
    const keys = property.split('.');
    for (const resource of unit.ofType(type)) {
      const found = new Set<Resource>();
      collect(resource.properties ?? {}, keys, resource.template, unit, found);
      for (const one of found) {
        const list = index.get(one);
        if (list) list.push(resource);
        else index.set(one, [resource]);
      }
    }
    return index;
  });
}

function collect(raw: Json | undefined, keys: readonly string[], template: Template, unit: Unit, found: Set<Resource>): void {
  if (raw === undefined || raw === null) return;
  if (isObject(raw)) {
    const name = intrinsicOf(raw);
    const branches = name === 'Fn::If' ? raw[name] : undefined;
    if (Array.isArray(branches)) {
      for (const branch of branches.slice(1)) collect(branch, keys, template, unit, found);
      return;
    }
    if (name === undefined && keys.length > 0) {
      collect(own(raw, keys[0]), keys.slice(1), template, unit, found);
      return;
    }
  }
  if (Array.isArray(raw)) {
    for (const item of raw) collect(item, keys, template, unit, found);
    return;
  }
  const world = new World();
  try {
    const value = resolve(raw, template, world);
    for (const item of value.kind === 'unknown' ? [value] : elementsOf(value, world)?.items ?? [value]) {
      if (item.kind === 'text') for (const part of item.parts) if (isReference(part)) found.add(part.target);
      const text = written(item);
      if (text !== undefined) for (const named of byName(unit, text, item.kind === 'known' ? undefined : template)) found.add(named);
    }
  } catch (error) {
    if (!(error instanceof TooManyDecisions)) throw error;
  }
}

const nameIndexes = new WeakMap<Unit, Map<string, Resource[]>>();

/** A name that is not known may differ between templates, however alike they write it. */
const nameKey = (text: string, template?: Template): string => (template ? `${template.path}\n${text}` : text);

/** Resources whose template gives them this physical name; an ARN or URL is looked up by its last segment. */
function byName(unit: Unit, text: string, template?: Template): readonly Resource[] {
  let index = nameIndexes.get(unit);
  if (!index) nameIndexes.set(unit, index = indexNames(unit));
  return index.get(nameKey(text, template)) ?? index.get(nameKey(text.slice(lastSeparator(text) + 1), template)) ?? [];
}

/** The last `:` or `/` outside of a placeholder: `arn:aws:s3:::${AWS::StackName}-logs` ends in a name that holds colons. */
function lastSeparator(text: string): number {
  const masked = text.replace(/\$\{[^}]*\}/g, (placeholder) => '_'.repeat(placeholder.length));
  return Math.max(masked.lastIndexOf(':'), masked.lastIndexOf('/'));
}

function indexNames(unit: Unit): Map<string, Resource[]> {
  const index = new Map<string, Resource[]>();
  for (const [type, property] of Object.entries(PHYSICAL_NAME)) {
    for (const resource of unit.ofType(type)) {
      const raw = resource.properties && own(resource.properties as JsonObject, property);
      if (raw === undefined) continue;
      try {
        const value = resolve(raw, resource.template, new World());
        const name = written(value);
        if (name === undefined) continue;
        const key = nameKey(name, value.kind === 'known' ? undefined : resource.template);
        index.set(key, [...index.get(key) ?? [], resource]);
      } catch (error) {
        if (!(error instanceof TooManyDecisions)) throw error;
      }
    }
  }
  return index;
}
