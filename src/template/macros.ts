import { intrinsicOf, macroName } from './intrinsics';
import { isObject, Json, JsonObject, own, put } from './json';
import { Limits } from './limits';
import { InputError } from './parse';

/** Transforms that this tool understands; any other may change a template beyond what can be told before deployment. */
const UNDERSTOOD = new Set(['AWS::LanguageExtensions', 'AWS::Serverless-2016-10-31', 'AWS::CodeDeployBlueGreen', 'AWS::SecretsManager-2020-07-23', 'AWS::SecretsManager-2024-09-16']);

/** The transforms that a template declares at its root. */
export function transformsOf(raw: JsonObject): string[] {
  const declared = own(raw, 'Transform');
  return (Array.isArray(declared) ? declared : declared === undefined ? [] : [declared])
    .map((entry) => (isObject(entry) ? own(entry, 'Name') : entry))
    .filter((name): name is string => typeof name === 'string');
}

/** Transforms whose effect is not known here. */
export function opaqueTransforms(raw: JsonObject): string[] {
  return transformsOf(raw).filter((name) => !UNDERSTOOD.has(name));
}

/** Carries out the parts of `AWS::LanguageExtensions` and SAM that shape the template as a whole. `given` are values of parameters. */
export function expandMacros(raw: JsonObject, limits: Limits, notes: string[], given: Readonly<Record<string, string>> = {}): JsonObject {
  const transforms = transformsOf(raw);
  let result = raw;
  if (transforms.includes('AWS::LanguageExtensions') && JSON.stringify(raw).includes('"Fn::ForEach::')) {
    result = new ForEach(raw, limits, notes, given).expand(raw) as JsonObject;
  }
  for (const place of [result, own(result, 'Resources')]) {
    const macro = isObject(place) ? own(place, 'Fn::Transform') : undefined;
    if (macro !== undefined) notes.push(`the macro ${macroName(macro)} adds to the template at deployment; what it adds is not in the population`);
  }
  if (transforms.includes('AWS::Serverless-2016-10-31') && isObject(own(result, 'Globals'))) result = applyGlobals(result);
  return result;
}

const SAM_GLOBALS: Readonly<Record<string, string>> = {
  Function: 'AWS::Serverless::Function', Api: 'AWS::Serverless::Api', HttpApi: 'AWS::Serverless::HttpApi', SimpleTable: 'AWS::Serverless::SimpleTable',
  StateMachine: 'AWS::Serverless::StateMachine', LayerVersion: 'AWS::Serverless::LayerVersion', CapacityProvider: 'AWS::Serverless::CapacityProvider',
};

/** SAM's `Globals`: objects merge, lists join, a resource's own scalar wins (SAM developer guide, "Globals section"). */
function applyGlobals(raw: JsonObject): JsonObject {
  const globals = raw.Globals as JsonObject;
  const resources = own(raw, 'Resources');
  if (!isObject(resources)) return raw;
  const byType = new Map<string, JsonObject>();
  for (const section of Object.keys(globals)) {
    const shared = globals[section];
    if (SAM_GLOBALS[section] && isObject(shared)) byType.set(SAM_GLOBALS[section], shared);
  }
  const merged: JsonObject = {};
  for (const id of Object.keys(resources)) {
    const resource = resources[id];
    const shared = isObject(resource) && typeof resource.Type === 'string' ? byType.get(resource.Type) : undefined;
    put(merged, id, shared && isObject(resource) ? { ...resource, Properties: mergeGlobals(shared, own(resource, 'Properties') ?? {}) } : resource);
  }
  return { ...raw, Resources: merged };
}

function mergeGlobals(shared: Json, local: Json): Json {
  if (Array.isArray(shared) && Array.isArray(local)) return [...shared, ...local];
  // SAM takes a function for what it gives, a plain value.
  if (!isObject(shared) || !isObject(local) || intrinsicOf(shared) !== undefined || intrinsicOf(local) !== undefined) return local;
  const result: JsonObject = {};
  for (const key of Object.keys(shared)) put(result, key, shared[key]);
  for (const key of Object.keys(local)) {
    const before = own(result, key);
    put(result, key, before === undefined ? local[key] : mergeGlobals(before, local[key]));
  }
  return result;
}

/** About what a value takes in memory, beside its text. */
const VALUE_BYTES = 16;

/** `Fn::ForEach::Name: [identifier, collection, body]` (CloudFormation user guide, "Fn::ForEach"). */
class ForEach {
  private made = 0;
  private size = 0;

  constructor(
    private readonly template: JsonObject, private readonly limits: Limits, private readonly notes: string[],
    private readonly given: Readonly<Record<string, string>>,
  ) {}

  expand(value: Json): Json {
    if (Array.isArray(value)) return value.map((item) => this.expand(item));
    if (!isObject(value)) return value;
    const result: JsonObject = {};
    for (const key of Object.keys(value)) {
      if (key.startsWith('Fn::ForEach::')) this.loop(key, value[key], result);
      else put(result, key, this.expand(value[key]));
    }
    return result;
  }

  private loop(key: string, argument: Json, into: JsonObject): void {
    const [identifier, collection, body] = Array.isArray(argument) ? argument : [];
    const values = this.collection(collection);
    if (typeof identifier !== 'string' || !isObject(body) || !values) {
      this.notes.push(`${key} could not be expanded: ${values ? 'expected [identifier, collection, object]' : 'its collection is known at deployment'}`);
      put(into, key, argument);
      return;
    }
    for (const value of values) {
      for (const name of Object.keys(body)) {
        if (++this.made > this.limits.expansions) throw new InputError(`Fn::ForEach makes more than ${this.limits.expansions} entries`);
        const one: JsonObject = {};
        put(one, this.substitute(name, identifier, value), this.replace(body[name], identifier, value));
        const expanded = this.expand(one) as JsonObject;
        for (const made of Object.keys(expanded)) put(into, made, expanded[made]);
      }
    }
  }

  private collection(raw: Json | undefined): string[] | undefined {
    if (Array.isArray(raw)) return raw.every((item) => typeof item !== 'object') ? raw.map(String) : undefined;
    const name = isObject(raw) ? own(raw, 'Ref') : undefined;
    const parameters = own(this.template, 'Parameters');
    const parameter = isObject(parameters) && typeof name === 'string' ? own(parameters, name) : undefined;
    // What is given for such a parameter is a name in Parameter Store, not the list.
    const type = isObject(parameter) ? own(parameter, 'Type') : undefined;
    if (typeof name !== 'string' || !isObject(parameter) || (typeof type === 'string' && type.startsWith('AWS::SSM::'))) return undefined;
    const given = Object.prototype.hasOwnProperty.call(this.given, name) ? this.given[name] : undefined;
    const list = given ?? own(parameter, 'Default');
    if (given === undefined && list !== undefined) {
      const note = `the resources that Fn::ForEach makes are those for the default of parameter ${name}`;
      if (!this.notes.includes(note)) this.notes.push(note);
    }
    return typeof list === 'string' ? list.split(',').map((item) => item.trim()) : undefined;
  }

  private replace(value: Json, identifier: string, by: string): Json {
    this.charge(VALUE_BYTES);
    if (typeof value === 'string') return this.substitute(value, identifier, by);
    if (Array.isArray(value)) return value.map((item) => this.replace(item, identifier, by));
    if (!isObject(value)) return value;
    if (value.Ref === identifier && Object.keys(value).length === 1) return by;
    const result: JsonObject = {};
    for (const key of Object.keys(value)) put(result, this.substitute(key, identifier, by), this.replace(value[key], identifier, by));
    return result;
  }

  private charge(bytes: number): void {
    this.size += bytes;
    if (this.size > this.limits.bytes) throw new InputError(`Fn::ForEach makes more than ${this.limits.bytes} bytes`);
  }

  /** `${X}` gives the value as it is, `&{X}` gives its letters and digits, fit for a logical id. */
  private substitute(text: string, identifier: string, by: string): string {
    const plain = text.split(`\${${identifier}}`);
    const pieces = plain.map((piece) => piece.split(`&{${identifier}}`));
    const places = pieces.reduce((sum, { length }) => sum + length, -1);
    this.charge(text.length + places * by.length);
    if (places === 0) return text;
    const letters = by.replace(/[^A-Za-z0-9]/g, '');
    return pieces.map((piece) => piece.join(letters)).join(by);
  }
}
