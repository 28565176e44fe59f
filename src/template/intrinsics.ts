import { cidrBlocks } from './cidr';
import { evaluateCondition } from './conditions';
import { canonical, isObject, Json, JsonObject, own, put } from './json';
import { PART_LIMIT, TEXT_LIMIT } from './limits';
import { Template } from './model';
import { dynamicText, lookUps, resolveGetAtt, resolveImport, resolveRef, resolveStackOutput } from './references';
import { parseSub } from './sub';
import { ABSENT, isReference, madeOf, Origin, Part, unknown, Value } from './value';
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
  if (!world.enter()) return unknown('the expression is too large to work out', { present: false });
  const value = resolveIntrinsic(name, raw[name], template, world);
  world.leave();
  return value;
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
    default: return unknown(`${name} is not a function this tool evaluates`, { present: false });
  }
}

/** The name of the macro in a `Fn::Transform`. */
export function macroName(argument: Json): string {
  const name = isObject(argument) ? own(argument, 'Name') : argument;
  return typeof name === 'string' ? name : 'in Fn::Transform';
}

function badShape(name: string, expected: string): Value {
  return unknown(`${name} is malformed: expected ${expected}`, { present: false });
}

function resolveIf(argument: Json, template: Template, world: World): Value {
  if (!Array.isArray(argument) || argument.length !== 3 || typeof argument[0] !== 'string') return badShape('Fn::If', '[condition, value, value]');
  if (!Object.prototype.hasOwnProperty.call(template.conditions, argument[0])) return unknown(`the condition ${argument[0]} is not defined`, { present: false });
  const holds = evaluateCondition(argument[0], template, world);
  if (holds === undefined) return unknown(`the condition ${argument[0]} cannot be worked out: it refers to itself or to one that is not defined, or it is too large`, { present: false });
  return resolve(argument[holds ? 1 : 2], template, world);
}

/** The parts that a scalar or text value gives to a longer text. */
function partsOf(value: Value): readonly Part[] {
  switch (value.kind) {
    case 'known':
      if (typeof value.json === 'object') return [{ reason: 'an object or a list stands where text was expected' }];
      return value.origin?.secret ? [{ reason: `the value of ${value.origin.note} is not shown`, parameter: value.origin.parameter, declared: value.origin.declared, written: '***' }] : [String(value.json)];
    case 'text': return value.parts;
    case 'unknown': return [value.part.piece ?? value.part];
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
  if (merged.length > 1 && merged.some((part) => typeof part === 'string' && part.includes('{{resolve:'))) {
    const found = lookUps(merged);
    const only = found[0];
    return found.length === 1 && typeof only === 'object' && !isReference(only) ? { kind: 'unknown', part: only } : { kind: 'text', parts: found };
  }
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
  // A variable that is used twice, in a text that is a variable used twice, would otherwise take twice as long at each step.
  const known = new Map<string, readonly Part[]>();
  for (const piece of parseSub(text)) {
    if (typeof piece === 'string') {
      parts.push(piece);
      continue;
    }
    let found = known.get(piece.name);
    if (!found) {
      const given = own(own_, piece.name);
      const value = given !== undefined ? resolve(given, template, world)
        : piece.name.includes('.') ? resolveGetAtt(piece.name, template, world) : resolveRef(piece.name, template, world);
      known.set(piece.name, found = partsOf(value));
    }
    for (const part of found) parts.push(part);
    if (parts.length > PART_LIMIT) return unknown(TOO_MANY_PARTS);
  }
  return textOf(parts, template);
}

const TOO_MANY_PARTS = `the text has more than ${PART_LIMIT} parts`;

/** The elements of a list value: known ones, and why there may be more. Undefined when it is no list. */
export function elementsOf(value: Value, world: World): { items: Value[]; rest?: string; restFrom?: readonly Part[] } | undefined {
  if (value.kind === 'list') return { items: [...value.items], rest: value.rest, restFrom: value.restFrom };
  if (value.kind === 'known' && Array.isArray(value.json)) {
    const { template, origin } = value;
    const items = value.json.map((item) => resolve(item, template, world)).filter((item) => item.kind !== 'absent');
    // The elements of a hidden parameter are hidden too.
    return { items: origin ? items.map((item) => withOrigin(item, origin)) : items };
  }
  if (value.kind === 'unknown') return { items: [], rest: value.part.reason };
  return undefined;
}

/** A known value that comes from where the list or object comes from that it was taken out of. */
export function withOrigin(value: Value, origin: Origin): Value {
  return value.kind === 'known' && !value.origin ? { ...value, origin } : value;
}

function resolveJoin(argument: Json, template: Template, world: World): Value {
  if (!Array.isArray(argument) || argument.length !== 2 || typeof argument[0] !== 'string') return badShape('Fn::Join', '[delimiter, list]');
  const list = resolve(argument[1], template, world);
  if (list.kind === 'unknown') return madeOf(list.part);
  if (list.kind === 'text') return unknown(LIST_AT_DEPLOYMENT);
  const elements = elementsOf(list, world);
  if (!elements) return badShape('Fn::Join', 'a list to join');
  const parts: Part[] = [];
  for (const [at, item] of elements.items.entries()) {
    if (at > 0) parts.push(argument[0]);
    for (const part of partsOf(item)) parts.push(part);
    if (parts.length > PART_LIMIT * 2) return unknown(TOO_MANY_PARTS);
  }
  if (elements.rest) parts.push({ reason: elements.rest });
  return textOf(parts, template);
}

/** `Fn::GetAtt` may give a list, of which only the name is known. */
const LIST_AT_DEPLOYMENT = 'the list is known at deployment';

function resolveSelect(argument: Json, template: Template, world: World): Value {
  if (!Array.isArray(argument) || argument.length !== 2) return badShape('Fn::Select', '[index, list]');
  const position = resolve(argument[0], template, world);
  const list = resolve(argument[1], template, world);
  if (position.kind === 'unknown') return madeOf(position.part, { present: false });
  if (position.kind === 'text') return unknown('the index of Fn::Select is known at deployment', { present: false });
  const index = position.kind === 'known' && /^\s*\d+\s*$/.test(String(keyOf(position))) ? Number(keyOf(position)) : NaN;
  if (!Number.isInteger(index)) return badShape('Fn::Select', 'a whole number as the index');
  if (list.kind === 'text') return unknown(LIST_AT_DEPLOYMENT);
  const elements = elementsOf(list, world);
  if (!elements) return badShape('Fn::Select', 'a list to select from');
  if (index < elements.items.length) return elements.items[index];
  return unknown(elements.rest ?? `Fn::Select asks for element ${index} of a list of ${elements.items.length}`, elements.restFrom && { splitFrom: elements.restFrom });
}

function resolveSplit(argument: Json, template: Template, world: World): Value {
  if (!Array.isArray(argument) || argument.length !== 2 || typeof argument[0] !== 'string' || argument[0] === '') return badShape('Fn::Split', '[delimiter, text]');
  const source = resolve(argument[1], template, world);
  if (source.kind === 'absent') return source;
  return splitText(partsOf(source), argument[0], template);
}

/** Splits a text as far as its parts are known. */
export function splitText(parts: readonly Part[], delimiter: string, template: Template): Value {
  const items: Value[] = [];
  let open: Part[] = [];
  for (const [position, part] of parts.entries()) {
    if (typeof part === 'string') {
      const pieces = part.split(delimiter);
      for (const [at, piece] of pieces.entries()) {
        if (at > 0) {
          items.push(textOf(open, template));
          open = [];
        }
        if (piece !== '') open.push(piece);
      }
    } else if (isReference(part) && NEVER_IN_NAMES.test(delimiter)) {
      open.push(part);
    } else {
      // What the part holds may contain the delimiter, so nothing from here on has a certain place.
      const rest = isReference(part) ? `it is split out of ${part.target.logicalId}, known at deployment` : part.reason;
      const restFrom = [...open, ...parts.slice(position)];
      // A piece of a piece is one of the whole. Only where it stands alone, or texts of pieces of texts would grow without end.
      return { kind: 'list', items, rest, restFrom: restFrom.length === 1 && !isReference(part) ? part.splitFrom ?? restFrom : restFrom };
    }
  }
  items.push(textOf(open, template));
  return { kind: 'list', items };
}

/** Delimiters that do not occur in the id, name, ARN or URL of a resource. CDK joins lists with `||` for an export. */
const NEVER_IN_NAMES = /^[,;|\s]+$/;

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
    if (isObject(cell)) return world.once(`map ${template.path} ${JSON.stringify([mapName, top, low])}`, 'the mapping refers to itself', () => resolve(cell, template, world));
    if (cell !== undefined) return resolve(cell, template, world);
    return fallback !== undefined ? resolve(fallback, template, world) : unknown(`the mapping ${mapName} has no entry ${top}.${low}`);
  }
  // The key is chosen at deployment; when every entry says the same, that does not matter.
  if (fallback === undefined && cells[0] !== undefined && allEqual(cells)) return resolve(cells[0], template, world);
  const chosen = first.kind === 'unknown' ? first.part : second.kind === 'unknown' ? second.part : undefined;
  const reason = `the entry of the mapping ${mapName} is chosen at deployment${chosen?.parameter ? ` by ${chosen.parameter}` : ''}`;
  return fallback !== undefined && resolve(fallback, template, world).kind === 'absent' ? unknown(reason, { present: false }) : unknown(reason);
}

function allEqual([first, ...others]: readonly (Json | undefined)[]): boolean {
  if (typeof first !== 'object') return others.every((other) => other === first);
  const text = canonical(first);
  return others.every((other) => typeof other === 'object' && canonical(other) === text);
}

function keyOf(value: Value): string | undefined {
  return value.kind === 'known' && typeof value.json !== 'object' ? String(value.json) : undefined;
}

function resolveBase64(argument: Json, template: Template, world: World): Value {
  const value = resolve(argument, template, world);
  if (value.kind === 'unknown') return madeOf(value.part, { written: undefined });
  if (value.kind === 'text') return unknown('Base64 of a text that is known at deployment', { encodes: value.parts });
  if (value.kind !== 'known' || typeof value.json === 'object') return unknown('Base64 of a text that is known at deployment');
  return { kind: 'known', json: Buffer.from(String(value.json)).toString('base64'), template, origin: value.origin };
}

function resolveCidr(argument: Json, template: Template, world: World): Value {
  if (!Array.isArray(argument) || argument.length < 2) return badShape('Fn::Cidr', '[block, count, bits]');
  const [block, count, bits] = argument.map((raw) => keyOf(resolve(raw, template, world)));
  if (block === undefined || count === undefined || (bits === undefined && argument.length > 2)) return { kind: 'list', items: [], rest: 'the block that is divided is known at deployment' };
  const blocks = cidrBlocks(block, Number(count), bits === undefined ? 8 : Number(bits));
  if (!blocks) return badShape('Fn::Cidr', 'an address block that holds so many smaller ones');
  return { kind: 'list', items: blocks.map((json) => ({ kind: 'known', json, template })) };
}

function resolveLength(argument: Json, template: Template, world: World): Value {
  const list = resolve(argument, template, world);
  if (list.kind === 'text') return unknown(LIST_AT_DEPLOYMENT);
  const elements = elementsOf(list, world);
  if (!elements) return badShape('Fn::Length', 'a list');
  return elements.rest ? unknown(elements.rest) : { kind: 'known', json: elements.items.length, template };
}

function resolveToJsonString(argument: Json, template: Template, world: World): Value {
  const plain = plainOf(resolve(argument, template, world), world, false);
  return plain === undefined ? unknown('the JSON text holds values known at deployment') : { kind: 'known', json: JSON.stringify(plain), template };
}

/** A value with all intrinsics below it resolved, when all of it is known. Without `secrets`, a hidden one counts as not known. */
export function plainOf(value: Value, world: World, secrets = true): Json | undefined {
  if (value.kind === 'list') {
    const items = value.items.map((item) => plainOf(item, world, secrets));
    return value.rest || items.includes(undefined) ? undefined : items as Json[];
  }
  if (value.kind !== 'known' || (value.origin?.secret && !secrets)) return undefined;
  if (typeof value.json !== 'object' || value.json === null) return value.json;
  const { template } = value;
  if (Array.isArray(value.json)) {
    const items = elementsOf(value, world)!.items.map((item) => plainOf(item, world, secrets));
    return items.includes(undefined) ? undefined : items as Json[];
  }
  const result: JsonObject = {};
  for (const key of Object.keys(value.json)) {
    const child = resolve(value.json[key], template, world);
    if (child.kind === 'absent') continue;
    const plain = plainOf(child, world, secrets);
    if (plain === undefined) return undefined;
    put(result, key, plain);
  }
  return result;
}
