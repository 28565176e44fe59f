import { isObject, Json, JsonObject, kindOf, own } from './json';
import type { Value } from './value';

/** One thing that was given to be read. */
export interface Input {
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly stack?: string;
  readonly account?: string;
  readonly region?: string;
  /** Why it could not be read; the others are still evaluated. */
  readonly error?: string;
}

/** Something that bounds what the verdicts can say. */
export interface Limitation {
  readonly code: string;
  readonly text: string;
  readonly affects: readonly string[];
}

/** A suppression made with `Validations.of(scope).acknowledge()`. */
export interface Acknowledgement {
  /** `<plugin>::<rule>` */
  readonly id: string;
  /** Construct path that it was made on; empty for the App. */
  readonly scope: string;
  readonly reason?: string;
}

export interface Parameter {
  readonly name: string;
  readonly type: string;
  readonly default?: Json;
  readonly noEcho: boolean;
  readonly allowed?: readonly string[];
}

/** Where a template belongs: its stack, its environment, the tree it came from. */
export interface TemplateContext {
  readonly stackName?: string;
  /** Construct path of the stack, when it came from a CDK app. */
  readonly constructPath?: string;
  readonly account?: string;
  readonly region?: string;
}

/** A resource as declared. Its properties are raw: they are read through a world, see `intrinsics.ts`. */
export class Resource {
  readonly type: string;
  readonly condition?: string;
  /** The properties as written, or undefined when `Properties` is missing or not an object. */
  readonly properties?: JsonObject;
  constructPath?: string;
  /** `file:line:column` in the app, when the synthesizer recorded it. */
  location?: string;

  constructor(readonly template: Template, readonly logicalId: string, readonly raw: JsonObject) {
    const type = own(raw, 'Type');
    this.type = typeof type === 'string' ? type : '';
    const condition = own(raw, 'Condition');
    this.condition = typeof condition === 'string' ? condition : undefined;
    const properties = own(raw, 'Properties');
    this.properties = isObject(properties) ? properties : undefined;
    const path = isObject(raw.Metadata) ? own(raw.Metadata, 'aws:cdk:path') : undefined;
    this.constructPath = typeof path === 'string' ? path : undefined;
  }

  get id(): string {
    return `${this.template.path}#${this.logicalId}`;
  }
}

/** A template with its sections read once. */
export class Template {
  readonly resources = new Map<string, Resource>();
  /** What stands among the resources and is none, with its kind. */
  readonly ignored = new Map<string, string>();
  readonly parameters = new Map<string, Parameter>();
  readonly conditions: JsonObject;
  readonly mappings: JsonObject;
  readonly outputs: JsonObject;
  readonly metadata: JsonObject;
  /** Values given from outside, by parameter. */
  readonly given = new Map<string, Value>();
  /** Values that the parent of a nested stack passes, raw, with the template they are written in. */
  readonly passed = new Map<string, { raw: Json; template: Template }>();
  /** Conditions whose value no world changes. */
  readonly settled = new Map<string, boolean>();
  /** The `AWS::CloudFormation::Stack` that this template is nested under. */
  parent?: Resource;
  unit!: Unit;

  constructor(readonly path: string, readonly raw: JsonObject, readonly context: TemplateContext = {}) {
    this.conditions = section(raw, 'Conditions');
    this.mappings = section(raw, 'Mappings');
    this.outputs = section(raw, 'Outputs');
    this.metadata = section(raw, 'Metadata');
    const parameters = section(raw, 'Parameters');
    for (const name of Object.keys(parameters)) {
      const declared = parameters[name];
      if (isObject(declared)) this.parameters.set(name, parameterOf(name, declared));
    }
    const resources = section(raw, 'Resources');
    for (const logicalId of Object.keys(resources)) {
      const declared = resources[logicalId];
      // A macro among the resources has been noted, see `expandMacros`.
      if (logicalId === 'Fn::Transform') continue;
      if (isObject(declared)) this.resources.set(logicalId, new Resource(this, logicalId, declared));
      else this.ignored.set(logicalId, kindOf(declared));
    }
  }
}

function section(raw: JsonObject, name: string): JsonObject {
  const value = own(raw, name);
  return isObject(value) ? value : {};
}

function parameterOf(name: string, declared: JsonObject): Parameter {
  const type = own(declared, 'Type');
  const allowed = own(declared, 'AllowedValues');
  const noEcho = own(declared, 'NoEcho');
  return {
    name,
    type: typeof type === 'string' ? type : 'String',
    default: own(declared, 'Default'),
    noEcho: noEcho === true || (typeof noEcho === 'string' && noEcho.toLowerCase() === 'true'),
    // A list type restricts its elements, not the list.
    allowed: Array.isArray(allowed) && !/CommaDelimitedList|List</.test(typeof type === 'string' ? type : '') ? allowed.filter((one) => typeof one !== 'object').map(String) : undefined,
  };
}

/**
 * Templates that are deployed together and may speak of one another: one cloud assembly with its stages and nested stacks, or one
 * template of a directory. Its indexes are built once, on first use.
 */
export class Unit {
  readonly templates: Template[] = [];
  private readonly nested = new Map<Resource, Template>();
  private types?: Map<string, Resource[]>;
  private readonly referrerIndexes = new Map<string, Map<Resource, Resource[]>>();

  constructor(readonly model: Model) {}

  add(template: Template): void {
    template.unit = this;
    this.templates.push(template);
  }

  /** Links a nested template to the `AWS::CloudFormation::Stack` resource that makes it. */
  nest(template: Template, parent: Resource): void {
    template.parent = parent;
    this.nested.set(parent, template);
  }

  nestedUnder(stack: Resource): Template | undefined {
    return this.nested.get(stack);
  }

  /** All resources of a type, in template order. */
  ofType(type: string): readonly Resource[] {
    if (!this.types) {
      this.types = new Map();
      for (const template of this.templates) {
        for (const resource of template.resources.values()) {
          const list = this.types.get(resource.type);
          if (list) list.push(resource);
          else this.types.set(resource.type, [resource]);
        }
      }
    }
    return this.types.get(type) ?? NONE;
  }

  /** The resources of a type whose property may name the given resource, by an index that `build` fills once per (type, property). */
  referrers(target: Resource, key: string, build: () => Map<Resource, Resource[]>): readonly Resource[] {
    let index = this.referrerIndexes.get(key);
    if (!index) this.referrerIndexes.set(key, index = build());
    return index.get(target) ?? NONE;
  }
}

const NONE: readonly Resource[] = [];

/** All that was read, linked. */
export class Model {
  readonly units: Unit[] = [];
  readonly templates: Template[] = [];
  readonly inputs: Input[] = [];
  readonly limitations: Limitation[] = [];
  /** CDK's acknowledgements, whatever plugin they are for. */
  readonly acknowledgements: Acknowledgement[] = [];
  /** Exported outputs by name: several when a name is exported in several environments, or under different conditions. */
  readonly exports = new Map<string, { template: Template; output: string }[]>();
  /** Templates by stack name; several when one name is deployed to several environments. */
  readonly stacks = new Map<string, Template[]>();
}
