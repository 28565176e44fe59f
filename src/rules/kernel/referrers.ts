import { PHYSICAL_NAME, written } from './names';
import { intrinsicOf, resolve } from '../../template/intrinsics';
import { isObject, Json, own } from '../../template/json';
import { STEP_LIMIT } from '../../template/limits';
import { Resource, Template, Unit } from '../../template/model';
import { isReference, Value } from '../../template/value';
import { explore, TooManyDecisions, World } from '../../template/world';

/** Stands in the index for the resources whose property is too intricate to work out: they may name anything. */
const ANYTHING = {} as Resource;
const MOST_UNCLEAR = 1000;

/**
 * The resources of a type whose property may name the target, whatever the conditions turn out to be. The index over a (type, property)
 * is built once per unit, so a rule that asks it for every bucket costs one pass over the policies.
 */
export function possibleReferrers(unit: Unit, target: Resource, type: string, property: string): readonly Resource[] {
  const key = `${type}.${property}`;
  const build = () => new Index(unit).of(type, property.split('.'));
  const named = unit.referrers(target, key, build);
  const any = unit.referrers(ANYTHING, key, build);
  if (any.length > MOST_UNCLEAR) throw new TooManyDecisions();
  return any.length === 0 ? named : [...new Set([...named, ...any])];
}

/**
 * The resources of a type of which no one can tell what the property names: a parameter, say. They are looked for once per unit, and mostly
 * there are none.
 */
export function unclearReferrers(unit: Unit, type: string, property: string): readonly Resource[] {
  return unit.referrers(ANYTHING, `${type}.${property} unclear`, () => {
    const fuel = { steps: STEP_LIMIT * 10 };
    const found = unit.ofType(type).filter((resource) => {
      let unclear = false;
      const raw = property.split('.').reduce<Json | undefined>((at, key) => (isObject(at) ? own(at, key) : undefined), resource.properties);
      const seen = raw === undefined || typeof raw === 'string' || inEveryWorld(raw, resource.template, fuel, (value) => { unclear ||= value.kind === 'unknown' && !value.part.dangling; });
      return unclear || !seen;
    });
    return new Map([[ANYTHING, found]]);
  });
}

/**
 * The resources that a value may name: those it refers to, and those whose physical name it is or ends in. Costs no more where there are many
 * resources, unlike asking each of them.
 */
export function possiblyNamed(unit: Unit, value: Value): readonly Resource[] {
  const references = value.kind === 'text' ? value.parts.filter(isReference).map(({ target }) => target) : [];
  const text = written(value);
  return text === undefined ? references : [...references, ...byName(unit, text)];
}

class Index {
  private found = new Set<Resource>();
  private readonly fuel = { steps: STEP_LIMIT * 10 };

  constructor(private readonly unit: Unit) {}

  of(type: string, keys: readonly string[]): Map<Resource, Resource[]> {
    const index = new Map<Resource, Resource[]>();
    for (const resource of this.unit.ofType(type)) {
      this.found = new Set();
      this.collect(resource.properties ?? {}, keys, resource.template);
      for (const one of this.found) {
        const list = index.get(one);
        if (list) list.push(resource);
        else index.set(one, [resource]);
      }
    }
    return index;
  }

  private collect(raw: Json | undefined, keys: readonly string[], template: Template): void {
    if (raw === undefined || raw === null) return;
    if (Array.isArray(raw)) {
      for (const item of raw) this.collect(item, keys, template);
      return;
    }
    if (isObject(raw)) {
      const name = intrinsicOf(raw);
      const branches = name === 'Fn::If' ? raw[name] : undefined;
      if (Array.isArray(branches)) {
        for (const branch of branches.slice(1)) this.collect(branch, keys, template);
        return;
      }
      if (name === undefined) {
        if (keys.length > 0) this.collect(own(raw, keys[0]), keys.slice(1), template);
        return;
      }
    }
    if (!inEveryWorld(raw, template, this.fuel, (value) => this.note(value, keys))) this.found.add(ANYTHING);
  }

  private note(value: Value, keys: readonly string[]): void {
    if (value.kind === 'list') {
      for (const item of value.items) this.note(item, keys);
    } else if (value.kind === 'known' && typeof value.json === 'object') {
      this.collect(value.json, keys, value.template);
    } else {
      if (value.kind === 'text') for (const part of value.parts) if (isReference(part)) this.found.add(part.target);
      const text = written(value);
      if (text !== undefined) for (const named of byName(this.unit, text)) this.found.add(named);
    }
  }
}

/** Looks at a value in every world; false when there are too many. */
function inEveryWorld(raw: Json, template: Template, fuel: { steps: number }, look: (value: Value) => void): boolean {
  try {
    explore((world) => {
      look(resolve(raw, template, world));
      return 'go on';
    }, new World([], fuel));
    return fuel.steps > 0;
  } catch (error) {
    if (error instanceof TooManyDecisions || error instanceof RangeError) return false;
    throw error;
  }
}

const nameIndexes = new WeakMap<Unit, Map<string, Resource[]>>();

/** Names are unique in an account; more of one name than conditions or Regions could explain are not followed. */
const MOST_OF_ONE_NAME = 100;

/** Resources whose template gives them this physical name, or one that an ARN or URL ends in. A name may hold slashes itself: `/aws/lambda/f`. */
function byName(unit: Unit, text: string): readonly Resource[] {
  let index = nameIndexes.get(unit);
  if (!index) nameIndexes.set(unit, index = indexNames(unit));
  const found = [...index.get(text) ?? []];
  let at = text.length;
  for (let segments = 0; segments < MOST_SEGMENTS; segments++) {
    at = Math.max(text.lastIndexOf(':', at - 1), text.lastIndexOf('/', at - 1));
    if (at < 0) break;
    const named = index.get(text.slice(at + 1));
    if (named) found.push(...named);
    if (at === 0) break;
  }
  return found;
}

const MOST_SEGMENTS = 32;

function indexNames(unit: Unit): Map<string, Resource[]> {
  const index = new Map<string, Resource[]>();
  const fuel = { steps: STEP_LIMIT * 10 };
  for (const [type, property] of Object.entries(PHYSICAL_NAME)) {
    for (const resource of unit.ofType(type)) {
      const raw = resource.properties && own(resource.properties, property);
      if (raw === undefined) continue;
      inEveryWorld(raw, resource.template, fuel, (value) => {
        const name = written(value);
        if (name === undefined) return;
        const list = index.get(name);
        if (!list) index.set(name, [resource]);
        else if (list.length < MOST_OF_ONE_NAME && !list.includes(resource)) list.push(resource);
      });
    }
  }
  return index;
}
