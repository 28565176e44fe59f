import { cidrBlocks } from './cidr';
import { evaluateCondition } from './conditions';
import { canonical, isObject, Json, JsonObject, own } from './json';
import { TEXT_LIMIT } from './limits';
import { Template } from './model';
import { dynamicText, resolveGetAtt, resolveImport, resolveRef, resolveStackOutput } from './references';
import { parseSub } from './sub';
import { ABSENT, isReference, Part, unknown, Value } from './value';
import { World } from './world';

/** The name of the intrinsic function that an object is, if it is one. */
export function intrinsicOf(object: JsonObject): string | undefined {
  let found: string | undefined;
  for (const key in object) {
    if (found !== undefined) return undefined;
    found = key;
  }
  if (found === undefined) return undefined;
  return found === 'Ref' || found.startsWith('Fn::') ? found : undefined;
}

/**
 * What a raw value is in one world: intrinsics resolved as far as the model knows, children of containers left raw.
 * Never throws for what a template may hold; what cannot be told is `unknown` with a reason.
 */
export function resolve(raw: Json | undefined, template: Template, world: World): Value {
  if (raw === undefined || raw === null) return ABSENT;
  if (typeof raw !== 'object') {
    if (typeof raw === 'string' && raw.includes('{{resolve:')) return dynamicText(raw);
    return { kind: 'known', json: raw, template };
  }
  if (Array.isArray(raw)) return { kind: 'known', json: raw, template };
  const name = intrinsicOf(raw);
  if (name === undefined) return { kind: 'known', json: raw, template };
  if (!world.step()) return unknown('the expression is too large to work out');
  return resolveIntrinsic(name, raw[name], template, world);
}

function resolveIntrinsic(name: string, argument: Json, template: Template, world: World): Value {
  switch (name) {
    case 'Ref': return resolveRef(argument, template, world);
    case 'Fn::GetAtt': return resolveGetAtt(argument, template, world);
    case 'Fn::If': return resolveIf(argument, template, world);
    case 'Fn::Sub': return resolveSub(argument, template, world);
    case 'Fn::Join': return resolveJoin(argument, template, world);
    case 'Fn::Select': return resolveSelect(argument, template, world);
    case 'Fn::Split': return resolveSplit(argument, template, world);
    case 'Fn::FindInMap': return resolveFindInMap(argument, template, world);
    case 'Fn::ImportValue': return resolveImport(argument, template, world);
    case 'Fn::GetStackOutput': return resolveStackOutput(argument, template, world);
    case 'Fn::Base64': return resolveBase64(argument, template, world);
    case 'Fn::Cidr': return resolveCidr(argument, template, world);
    case 'Fn::Length': return resolveLength(argument, template, world);
    case 'Fn::ToJsonString': return resolveToJsonString(argument, template, world);
    case 'Fn::GetAZs': return { kind: 'list', items: [], rest: 'the Availability Zones of the Region are known at deployment' };
    case 'Fn::Transform': return unknown(`the macro ${macroName(argument)} decides it at deployment`, { present: false });
    default: return unknown(`${name} is not a function this tool evaluates`);
  }
}

/** The name of the macro in a `Fn::Transform`. */
export function macroName(argument: Json): string {
  const name = isObject(argument) ? own(argument, 'Name') : argument;
  return typeof name === 'string' ? name : 'in Fn::Transform';
}

function badShape(name: string, expected: string): Value {
  return unknown(`${name} is malformed: expected ${expected}`);
}

function resolveIf(argument: Json, template: Template, world: World): Value {
  if (!Array.isArray(argument) || argument.length !== 3 || typeof argument[0] !== 'string') return badShape('Fn::If', '[condition, value, value]');
  if (!Object.prototype.hasOwnProperty.call(template.conditions, argument[0])) return unknown(`the condition ${argument[0]} is not defined`);
  const holds = evaluateCondition(argument[0], template, world);
  if (holds === undefined) return unknown(`the condition ${argument[0]} refers to itself or to one that is not defined`);
  return resolve(argument[holds ? 1 : 2], template, world);
}

/** The parts that a scalar or text value gives to a longer text. */
function partsOf(value: Value): readonly Part[] {
  switch (value.kind) {
    case 'known':
      if (typeof value.json === 'object') return [{ reason: 'an object or a list stands where text was expected' }];
      return value.origin?.secret ? [{ reason: `the value of ${value.origin.note} is not shown`, parameter: value.origin.parameter, written: '***' }] : [String(value.json)];
    case 'text': return value.parts;
    case 'unknown': return [value.part];
    case 'list': return [{ reason: 'a list stands where text was expected' }];
    case 'absent': return [];
  }
}

/** Joins parts, merging neighbours that are known. A fully known text becomes a known string. */
export function textOf(parts: readonly Part[], template: Template, origin?: { note: string }): Value {
  const merged: Part[] = [];
  let length = 0;
  for (const part of parts) {
    if (typeof part === 'string') {
      length += part.length;
      const last = merged.length - 1;
      if (typeof merged[last] === 'string') merged[last] = (merged[last] as string) + part;
      else merged.push(part);
    } else {
      merged.push(part);
    }
    if (length + merged.length > TEXT_LIMIT) return unknown(`the text is longer than ${TEXT_LIMIT} characters`);
  }
  if (merged.length === 0) return { kind: 'known', json: '', template };
  if (merged.length === 1) {
    const only = merged[0];
    if (typeof only === 'string') return only.includes('{{resolve:') ? dynamicText(only) : { kind: 'known', json: only, template, origin };
    if (!isReference(only)) return { kind: 'unknown', part: only };
  }
  return { kind: 'text', parts: merged };
}

function resolveSub(argument: Json, template: Template, world: World): Value {
  const [text, variables] = Array.isArray(argument) ? argument : [argument, {}];
  if (typeof text !== 'string') return badShape('Fn::Sub', 'a string, or [string, variables]');
  const own_ = isObject(variables) ? variables : {};
  const parts: Part[] = [];
  for (const piece of parseSub(text)) {
    if (typeof piece === 'string') {
      parts.push(piece);
      continue;
    }
    const given = own(own_, piece.name);
    const value = given !== undefined ? resolve(given, template, world)
      : piece.name.includes('.') ? resolveGetAtt(piece.name, template, world) : resolveRef(piece.name, template, world);
    parts.push(...partsOf(value));
    if (parts.length > TEXT_LIMIT) return unknown('the text has too many parts');
  }
  return textOf(parts, template);
}

/** The elements of a list value: known ones, and why there may be more. Undefined when it is no list. */
export function elementsOf(value: Value, world: World): { items: Value[]; rest?: string } | undefined {
  if (value.kind === 'list') return { items: [...value.items], rest: value.rest };
  if (value.kind === 'known' && Array.isArray(value.json)) {
    const { template } = value;
    return { items: value.json.map((item) => resolve(item, template, world)).filter((item) => item.kind !== 'absent') };
  }
  if (value.kind === 'unknown') return { items: [], rest: value.part.reason };
  return undefined;
}

function resolveJoin(argument: Json, template: Template, world: World): Value {
  if (!Array.isArray(argument) || argument.length !== 2 || typeof argument[0] !== 'string') return badShape('Fn::Join', '[delimiter, list]');
  const list = resolve(argument[1], template, world);
  if (list.kind === 'unknown') return list;
  const elements = elementsOf(list, world);
  if (!elements) return badShape('Fn::Join', 'a list to join');
  const parts: Part[] = [];
  elements.items.forEach((item, at) => {
    if (at > 0) parts.push(argument[0] as string);
    if (parts.length <= TEXT_LIMIT) parts.push(...partsOf(item));
  });
  if (elements.rest) parts.push({ reason: elements.rest });
  return textOf(parts, template);
}

function resolveSelect(argument: Json, template: Template, world: World): Value {
  if (!Array.isArray(argument) || argument.length !== 2) return badShape('Fn::Select', '[index, list]');
  const position = resolve(argument[0], template, world);
  const list = resolve(argument[1], template, world);
  if (position.kind === 'unknown') return position;
  const index = position.kind === 'known' && typeof position.json !== 'object' ? Number(position.json) : NaN;
  if (!Number.isInteger(index) || index < 0) return badShape('Fn::Select', 'a whole number as the index');
  const elements = elementsOf(list, world);
  if (!elements) return badShape('Fn::Select', 'a list to select from');
  if (index < elements.items.length) return elements.items[index];
  return unknown(elements.rest ?? `Fn::Select asks for element ${index} of a list of ${elements.items.length}`);
}

function resolveSplit(argument: Json, template: Template, world: World): Value {
  if (!Array.isArray(argument) || argument.length !== 2 || typeof argument[0] !== 'string' || argument[0] === '') return badShape('Fn::Split', '[delimiter, text]');
  const delimiter = argument[0];
  const source = resolve(argument[1], template, world);
  if (source.kind === 'absent') return source;
  const parts = partsOf(source);
  const items: Value[] = [];
  let open = '';
  for (const part of parts) {
    if (typeof part !== 'string') {
      // What the unknown part holds may contain the delimiter, so nothing from here on has a certain place.
      return { kind: 'list', items, rest: isReference(part) ? `it is split out of ${part.target.logicalId}, known at deployment` : part.reason };
    }
    const pieces = (open + part).split(delimiter);
    open = pieces.pop() ?? '';
    for (const json of pieces) items.push({ kind: 'known', json, template });
  }
  items.push({ kind: 'known', json: open, template });
  return { kind: 'list', items };
}

function resolveFindInMap(argument: Json, template: Template, world: World): Value {
  if (!Array.isArray(argument) || argument.length < 3) return badShape('Fn::FindInMap', '[map, key, key]');
  const [name, first, second] = argument.slice(0, 3).map((raw) => resolve(raw, template, world));
  const fallback = isObject(argument[3]) && Object.prototype.hasOwnProperty.call(argument[3], 'DefaultValue') ? argument[3].DefaultValue : undefined;
  const mapName = keyOf(name);
  if (mapName === undefined) return unknown('the mapping is chosen at deployment');
  const map = own(template.mappings, mapName);
  if (!isObject(map)) return fallback !== undefined ? resolve(fallback, template, world) : unknown(`the mapping ${mapName} is not defined`);
  const top = keyOf(first);
  const rows = top === undefined ? Object.keys(map).map((key) => map[key]) : [own(map, top)];
  const low = keyOf(second);
  const cells: (Json | undefined)[] = [];
  for (const row of rows) {
    if (!isObject(row)) cells.push(undefined);
    else if (low === undefined) cells.push(...Object.keys(row).map((key) => row[key]));
    else cells.push(own(row, low));
  }
  if (top !== undefined && low !== undefined) {
    const cell = cells[0];
    if (cell !== undefined) return resolve(cell, template, world);
    return fallback !== undefined ? resolve(fallback, template, world) : unknown(`the mapping ${mapName} has no entry ${top}.${low}`);
  }
  // The key is chosen at deployment; when every entry says the same, that does not matter.
  const distinct = new Set(cells.map((cell) => canonical(cell ?? null)));
  if (distinct.size === 1 && cells[0] !== undefined && fallback === undefined) return resolve(cells[0], template, world);
  const chosen = first.kind === 'unknown' ? first.part : second.kind === 'unknown' ? second.part : undefined;
  return unknown(`the entry of the mapping ${mapName} is chosen at deployment${chosen?.parameter ? ` by ${chosen.parameter}` : ''}`);
}

function keyOf(value: Value): string | undefined {
  return value.kind === 'known' && typeof value.json !== 'object' ? String(value.json) : undefined;
}

function resolveBase64(argument: Json, template: Template, world: World): Value {
  const value = resolve(argument, template, world);
  if (value.kind !== 'known' || typeof value.json === 'object') return value.kind === 'unknown' ? value : unknown('Base64 of a text that is known at deployment');
  return { kind: 'known', json: Buffer.from(String(value.json)).toString('base64'), template, origin: value.origin };
}

function resolveCidr(argument: Json, template: Template, world: World): Value {
  if (!Array.isArray(argument) || argument.length < 2) return badShape('Fn::Cidr', '[block, count, bits]');
  const [block, count, bits] = argument.map((raw) => keyOf(resolve(raw, template, world)));
  if (block === undefined || count === undefined) return { kind: 'list', items: [], rest: 'the block that is divided is known at deployment' };
  const blocks = cidrBlocks(block, Number(count), bits === undefined ? 8 : Number(bits));
  if (!blocks) return badShape('Fn::Cidr', 'an address block that holds so many smaller ones');
  return { kind: 'list', items: blocks.map((json) => ({ kind: 'known', json, template })) };
}

function resolveLength(argument: Json, template: Template, world: World): Value {
  const elements = elementsOf(resolve(argument, template, world), world);
  if (!elements) return badShape('Fn::Length', 'a list');
  return elements.rest ? unknown(elements.rest) : { kind: 'known', json: elements.items.length, template };
}

function resolveToJsonString(argument: Json, template: Template, world: World): Value {
  const plain = plainOf(resolve(argument, template, world), world);
  return plain === undefined ? unknown('the JSON text holds values known at deployment') : { kind: 'known', json: JSON.stringify(plain), template };
}

/** A value with all intrinsics below it resolved, when all of it is known. */
export function plainOf(value: Value, world: World): Json | undefined {
  if (value.kind === 'list') {
    const items = value.items.map((item) => plainOf(item, world));
    return value.rest || items.includes(undefined) ? undefined : items as Json[];
  }
  if (value.kind !== 'known') return undefined;
  if (typeof value.json !== 'object' || value.json === null) return value.json;
  const { template } = value;
  if (Array.isArray(value.json)) {
    const items = elementsOf(value, world)!.items.map((item) => plainOf(item, world));
    return items.includes(undefined) ? undefined : items as Json[];
  }
  const result: JsonObject = {};
  for (const key of Object.keys(value.json)) {
    const child = resolve(value.json[key], template, world);
    if (child.kind === 'absent') continue;
    const plain = plainOf(child, world);
    if (plain === undefined) return undefined;
    Object.defineProperty(result, key, { value: plain, enumerable: true, configurable: true, writable: true });
  }
  return result;
}
