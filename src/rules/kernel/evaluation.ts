import type { Evidence } from './evidence';
import { Property } from './property';
import { possibleReferrers, possiblyNamed, unclearReferrers } from './referrers';
import { ResourceReader } from './resource-reader';
import { any, Truth } from './truth';
import { isMade } from '../../template/conditions';
import { resolve } from '../../template/intrinsics';
import { isObject, Json, own } from '../../template/json';
import { Resource, Unit } from '../../template/model';
import { ABSENT, unknown, Value } from '../../template/value';
import { World } from '../../template/world';

/** What was read: a place and what stood there. A {@link Property} is one. */
export interface Reading {
  readonly path: string;
  readonly value: Value;
  readonly note?: string;
  /** How it stands in the ledger, once somebody has asked. */
  evidence?: readonly [Evidence];
}

/** Readings beyond this many add nothing for a reader, and a hostile template must not make the ledger grow without end. */
export const MOST_READINGS = 40;

// Types are those that rules name, so this stays small; and a text holds on to no template.
const NONE_OF = new Map<string, Reading>();

/** Options that rules may ask for. */
export interface RuleOptions {
  /** Treat a default that AWS applies as if the property were missing. @default false */
  readonly requireExplicit?: boolean;
  /** Environment rules that the templates themselves must show. */
  readonly required?: ReadonlySet<string>;
}

/**
 * How a check reads: a world, what was read in it, and the way to other resources. As long as no rule met an undecided condition, one
 * evaluation serves all rules of a resource, so that what several of them read is resolved once.
 */
export class Evaluation {
  readings: Reading[] = [];
  private own?: ResourceReader;
  private others?: Map<Resource, ResourceReader>;
  private found?: Map<string, { readers: ResourceReader[]; reading: Reading }>;

  constructor(readonly unit: Unit, readonly subject: Resource, readonly world: World, readonly options: RuleOptions) {}

  /** Starts a new record of what is read. */
  begin(): void {
    this.readings = [];
  }

  record(reading: Reading): void {
    const { readings } = this;
    if (readings.length < MOST_READINGS && !readings.includes(reading)) readings.push(reading);
  }

  /** A reader of any resource; its evidence is prefixed with the logical id unless it is the subject. */
  reader(resource: Resource): ResourceReader {
    if (resource === this.subject) return this.own ??= new ResourceReader(this, resource);
    let reader = this.others?.get(resource);
    if (!reader) (this.others ??= new Map()).set(resource, reader = new ResourceReader(this, resource));
    return reader;
  }

  /** Resources of a type that exist in this world, in the templates that are deployed together. What was searched is evidence. */
  ofType(...types: string[]): ResourceReader[] {
    const name = types.length === 1 ? types[0] : types.join(', ');
    if (types.every((type) => this.unit.ofType(type).length === 0)) return this.foundNone(name);
    return this.search(`resources of type ${name}`, () => types.flatMap((type) => this.unit.ofType(type)).filter((resource) => this.exists(resource)));
  }

  /** Resources of a type whose property names the target, by reference or by physical name. */
  referrers(target: ResourceReader, type: string, property: string): ResourceReader[] {
    if (this.unit.ofType(type).length === 0) return this.foundNone(type);
    return this.search(`${type} with ${property} = ${target.logicalId}`, () => this.naming(target, type, property), target.resource === this.subject);
  }

  /** The resource of a type that a place names, by reference or by physical name. */
  resourceNamed(place: Property, type: string): ResourceReader | undefined {
    return possiblyNamed(this.unit, place.seen().value).filter((resource) => resource.type === type && this.exists(resource))
      .map((resource) => this.reader(resource)).find((resource) => place.names(resource).yes);
  }

  /** The same for any of several types and properties, told as one search: `what` completes "resources that …". */
  referrersAmong(target: ResourceReader, places: readonly (readonly [type: string, property: string])[], what: string): ResourceReader[] {
    return this.search(`resources that ${what} ${target.logicalId}`, () => places.flatMap(([type, property]) => this.naming(target, type, property)), target.resource === this.subject);
  }

  private naming(target: ResourceReader, type: string, property: string): readonly Resource[] {
    if (this.unit.ofType(type).length === 0) return [];
    return possibleReferrers(this.unit, target.resource, type, property)
      .filter((resource) => this.exists(resource) && namedBy(this.reader(resource), property, target).yes);
  }

  /** The resources of a type of which no one can tell what the property names; the target may be it. */
  unclearReferrers(type: string, property: string): ResourceReader[] {
    return unclearReferrers(this.unit, type, property).filter((resource) => this.exists(resource)).map((resource) => this.reader(resource));
  }

  /** The templates hold no resource of the type at all: one reading says so for every subject. */
  private foundNone(type: string): ResourceReader[] {
    let reading = NONE_OF.get(type);
    if (!reading) NONE_OF.set(type, reading = { path: `resources of type ${type}`, value: { kind: 'text', parts: ['none'] } });
    this.record(reading);
    return [];
  }

  /** Searches once for all rules that ask the same; each of them has the search among its evidence. */
  private search(what: string, find: () => readonly Resource[], keep = true): ResourceReader[] {
    const before = keep ? this.found?.get(what) : undefined;
    if (before) {
      this.record(before.reading);
      return before.readers;
    }
    const resources = find();
    const names = resources.slice(0, 10).map((resource) => resource.logicalId);
    if (resources.length > names.length) names.push(`and ${resources.length - names.length} more`);
    const reading: Reading = { path: what, value: { kind: 'known', json: resources.length ? names : 'none', template: this.subject.template } };
    const readers = resources.map((resource) => this.reader(resource));
    if (keep) (this.found ??= new Map()).set(what, { readers, reading });
    this.record(reading);
    return readers;
  }

  /** Whether a resource is created in this world. */
  exists(resource: Resource): boolean {
    return isMade(resource, this.world);
  }

  /** A section of a resource other than `Properties`, such as `DeletionPolicy`. */
  section(resource: Resource, name: string): Value {
    const raw = own(resource.raw, name);
    if (raw === undefined && Object.prototype.hasOwnProperty.call(resource.raw, 'Fn::Transform')) return COMPLETED;
    return resolve(raw, resource.template, this.world);
  }

  property(resource: Resource, prefix: string): Property {
    let raw = own(resource.raw, 'Properties');
    const macro = own(resource.raw, 'Fn::Transform');
    // A macro beside the properties may add some: what is missing is not known to be absent.
    if (macro !== undefined && (isObject(raw) || raw === undefined || raw === null)) raw = { 'Fn::Transform': macro, ...raw };
    const value = raw === undefined || raw === null ? emptyProperties(resource)
      : isObject(raw) || Array.isArray(raw) ? resolve(raw as Json, resource.template, this.world) : unknown('"Properties" is not an object');
    return new Property(this, prefix, value.kind === 'absent' ? ABSENT : value);
  }
}

const COMPLETED = unknown('a macro completes this resource at deployment', { present: false });

function emptyProperties(resource: Resource): Value {
  return { kind: 'known', json: {}, template: resource.template };
}

/** Follows a property path through lists (`Tags.Key`), asking whether it names the target anywhere. */
function namedBy(reader: ResourceReader, path: string, target: ResourceReader): Truth {
  const follow = (place: Property, keys: readonly string[]): Truth => {
    if (keys.length === 0) return place.names(target);
    const child = place.list().items;
    return any(child.map((item) => follow(item.get(keys[0]), keys.slice(1))));
  };
  return follow(reader.properties(), path.split('.'));
}
