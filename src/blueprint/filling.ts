import { CfnResource, Lazy, Stack, Token } from 'aws-cdk-lib';
import { bare, isPlain, markOverride, overridesOf } from './bare';
import { Referrers } from './referrers';
import { isObject, Json, JsonObject, own } from '../template/json';

/** What the template says at a path of a resource, or above it by an intrinsic or a list: `undefined` where it says nothing. */
export type Said = (path: string) => Json | undefined;

/** Something is filled or changed only while this holds for what the template says, of the resource and elsewhere. */
export type Holds = (said: Said, others: () => Referrers) => boolean;

/** What the template says of a resource so far, and where there is room for a default. */
export interface Look {
  readonly said: Said;
  readonly isOpen: (path: string) => boolean;
}

type Keys = readonly string[];

interface Change {
  readonly keys: Keys;
  readonly holds: Holds;
  /** The new value by the one that is said; undefined where nothing is said. */
  readonly to: (value: Json | undefined, said: Said, others: () => Referrers) => unknown;
}

const FILLINGS = new WeakMap<CfnResource, Filling>();

/** True for the path of an attribute of the resource; all other paths are those of properties. */
export function isAttribute(path: string): boolean {
  return path === 'DeletionPolicy' || path === 'UpdateReplacePolicy';
}

/**
 * Fills what the template leaves out of a resource. What is left out is decided when the resource is rendered, so that what somebody says later, in a
 * property or by an override, still goes first.
 */
export class Filling {
  /** The filling of a resource; each has one. */
  static of(resource: CfnResource): Filling {
    let filling = FILLINGS.get(resource);
    if (!filling) FILLINGS.set(resource, filling = new Filling(resource));
    return filling;
  }

  /** What is to be done to a property, by its path. */
  private readonly changes = new Map<string, Change[]>();
  private rendering?: { readonly json: JsonObject; readonly asked: Set<string>; others?: Referrers };

  private constructor(private readonly resource: CfnResource) {}

  /** What the template says so far. Of a resource that is not finished nothing can be told. */
  look(): Look {
    let json: JsonObject = {};
    try {
      json = this.render();
    } catch {
      // A required property is still to come. If it never does, synthesis fails.
    }
    const overrides = overridesOf(this.resource);
    return {
      said: (path) => saidAt(json, keysOf(path)),
      isOpen: (path) => saidAt(json, keysOf(path)) === undefined && !isDeleted(overrides, keysOf(path)),
    };
  }

  /** Fills a path with a value, which may hold tokens, where the template leaves it out. */
  fill(path: string, value: unknown, holds: Holds = () => true): void {
    this.change({ keys: keysOf(path), holds, to: (said) => (said === undefined ? value : said) });
  }

  /** Changes what the template says at a path, by what it says elsewhere. */
  amend(path: string, to: (value: Json, said: Said, others: () => Referrers) => unknown): void {
    this.change({ keys: keysOf(path), holds: () => true, to: (value, said, others) => (value === undefined ? undefined : to(value, said, others)) });
  }

  private change(change: Change): void {
    const top = topOf(change.keys);
    const changes = this.changes.get(top);
    if (changes) {
      changes.push(change);
      return;
    }
    this.changes.set(top, [change]);
    // As text, because an override below an object that is a token would be lost in the token.
    markOverride(this.resource, top, Token.asString(Lazy.uncachedAny({ produce: ({ preparing }) => this.changed(top, preparing) })));
  }

  /** A property as the template says it, with our changes. */
  private changed(top: string, preparing: boolean): unknown {
    // All properties of one rendering are asked for in turn, and one that is asked for again begins another.
    if (!this.rendering || this.rendering.asked.has(top)) this.rendering = { json: this.render(), asked: new Set() };
    const { rendering } = this;
    const { json, asked } = rendering;
    asked.add(top);
    const others = (): Referrers => rendering.others ??= Referrers.inTheEnd(this.resource, preparing);
    const said: Said = (path) => saidAt(json, keysOf(path));
    const at = top.split('.');
    return this.changes.get(top)!.reduce<unknown>((value, { keys, holds, to }) => {
      const below = keys.slice(at.length);
      return reaches(json, keys) && holds(said, others) ? withChange(value, below, (old) => to(old, said, others)) : value;
    }, valueAt(json, at));
  }

  private render(): JsonObject {
    const { Resources } = Stack.of(this.resource).resolve(bare(this.resource)._toCloudFormation()) as { Resources?: Record<string, JsonObject> };
    return Object.values(Resources ?? {})[0] ?? {};
  }
}

function keysOf(path: string): Keys {
  return isAttribute(path) ? [path] : ['Properties', ...path.split('.')];
}

/** The override that carries the changes: a whole property, as CDK merges overrides below it into whatever stands there. */
function topOf(keys: Keys): string {
  return keys.slice(0, 2).join('.');
}

function valueAt(json: Json | undefined, keys: Keys): Json | undefined {
  return keys.reduce<Json | undefined>((at, key) => (isObject(at) ? own(at, key) : undefined), json);
}

/** What stands at a path, or what above it is no plain object: an intrinsic or a list there says something of the path that is not ours to change. */
function saidAt(json: Json | undefined, [key, ...rest]: Keys): Json | undefined {
  if (key === undefined || json === undefined || !isPlainJson(json)) return json;
  return saidAt(own(json, key), rest);
}

function reaches(json: Json | undefined, [key, ...rest]: Keys): boolean {
  return key === undefined || json === undefined || (isPlainJson(json) && reaches(own(json, key), rest));
}

function isPlainJson(json: Json): json is JsonObject {
  return isObject(json) && !Object.keys(json).some((name) => name === 'Ref' || name.startsWith('Fn::'));
}

/** An override takes away the property, or something of it: what it takes away would come back with ours. */
function isDeleted(overrides: Record<string, unknown>, keys: Keys): boolean {
  let at: unknown = overrides;
  for (const key of topOf(keys).split('.')) {
    if (!isPlain(at) || !Object.hasOwn(at, key)) return false;
    at = at[key];
  }
  return takesAway(at);
}

function takesAway(override: unknown): boolean {
  return override === undefined || (isPlain(override) && Object.values(override).some(takesAway));
}

function withChange(value: unknown, [key, ...rest]: Keys, to: (value: Json | undefined) => unknown): unknown {
  if (key === undefined) return to(value as Json | undefined);
  const object = value as Record<string, unknown> | undefined;
  const inner = withChange(object?.[key], rest, to);
  return inner === undefined ? object : { ...object, [key]: inner };
}
