import { resolve } from './intrinsics';
import { canonical, isObject, Json, JsonObject, own } from './json';
import { Resource, Template } from './model';
import { showPart, unknownIn, Value } from './value';
import { World } from './world';

interface Outcome { readonly value: boolean; readonly open: boolean }

interface Named extends Outcome { readonly decided: number }

/**
 * Whether a named condition holds in a world. What the template leaves open, the world decides.
 * Undefined when the condition is cyclic or refers to one that is not defined: then nobody can tell, and CloudFormation refuses the template.
 */
export function evaluateCondition(name: string, template: Template, world: World): boolean | undefined {
  const settled = template.settled.get(name);
  if (settled !== undefined) return settled;
  const outcome = named(name, template, world);
  if (!outcome) return undefined;
  if (outcome.open) world.named.set(name, outcome.value);
  else if (outcome.decided === 0) template.settled.set(name, outcome.value);
  return outcome.value;
}

/**
 * Whether a resource is made in a world: its own condition holds, and so do those of the nested stacks that it is in. A condition that
 * nobody can tell (cyclic, not defined) is tried both ways.
 */
export function isMade(resource: Resource, world: World): boolean {
  for (let at: Resource | undefined = resource; at; at = at.template.parent) {
    const { condition, template } = at;
    if (condition === undefined) continue;
    const holds = evaluateCondition(condition, template, world) ?? guess(condition, template, world);
    if (!holds) return false;
  }
  return true;
}

function guess(condition: string, template: Template, world: World): boolean {
  const answer = world.decide(`${template.path} condition ${condition}`);
  world.named.set(condition, answer);
  return answer;
}

/**
 * A condition by its name, worked out once in a world. `decided` tells how many decisions that took: one that took any is worked out anew
 * in each world, though it comes out the same, as a world that left them out would give their answers to other questions.
 */
function named(name: string, template: Template, world: World): Named | undefined {
  const key = `${template.path}\n${name}`;
  const before = world.conditions.get(key);
  if (before) {
    if (before.open) world.asked++;
    return before;
  }
  const raw = own(template.conditions, name);
  if (raw === undefined || world.resolving.has(`condition ${key}`)) return undefined;
  world.resolving.add(`condition ${key}`);
  const decisions = world.taken.length;
  const outcome = evaluate(raw, template, world);
  world.resolving.delete(`condition ${key}`);
  if (!outcome) return undefined;
  const made = { ...outcome, decided: world.taken.length - decisions };
  world.conditions.set(key, made);
  return made;
}

function evaluate(raw: Json, template: Template, world: World): Outcome | undefined {
  if (typeof raw === 'boolean') return { value: raw, open: false };
  if (raw === 'true' || raw === 'false') return { value: raw === 'true', open: false };
  if (!isObject(raw) || !world.enter()) return undefined;
  const outcome = evaluateFunction(raw, template, world);
  world.leave();
  return outcome;
}

function evaluateFunction(raw: JsonObject, template: Template, world: World): Outcome | undefined {
  const [name, more] = Object.keys(raw);
  if (more !== undefined) return undefined;
  const argument = raw[name];
  switch (name) {
    case 'Condition': return typeof argument === 'string' ? named(argument, template, world) : undefined;
    case 'Fn::Not': {
      const inner = Array.isArray(argument) && argument.length === 1 ? evaluate(argument[0], template, world) : undefined;
      return inner && { value: !inner.value, open: inner.open };
    }
    case 'Fn::And': return combine(argument, template, world, false);
    case 'Fn::Or': return combine(argument, template, world, true);
    case 'Fn::Equals': return Array.isArray(argument) && argument.length === 2 ? equals(argument, template, world) : undefined;
    // A macro or a function of later invention: nobody can tell before deployment, so both ways are tried.
    default: return { value: world.decide(`${template.path} ${canonical(raw)}`), open: true };
  }
}

/** `decisive` ends it: true for Or, false for And. A decisive member that is not open settles the whole. */
function combine(argument: Json, template: Template, world: World, decisive: boolean): Outcome | undefined {
  if (!Array.isArray(argument)) return undefined;
  const outcomes: Outcome[] = [];
  for (const member of argument) {
    const outcome = evaluate(member, template, world);
    if (!outcome) return undefined;
    if (outcome.value === decisive && !outcome.open) return outcome;
    outcomes.push(outcome);
  }
  return { value: outcomes.some((outcome) => outcome.value === decisive) ? decisive : !decisive, open: outcomes.some((outcome) => outcome.open) };
}

function equals([left, right]: Json[], template: Template, world: World): Outcome {
  const { asked } = world;
  const a = resolve(left, template, world);
  const b = resolve(right, template, world);
  const x = literalOf(a);
  const y = literalOf(b);
  // A parameter that this world decided on reads as known, yet another world decides otherwise.
  if (x !== undefined && y !== undefined) return { value: x === y, open: world.asked !== asked };
  const subject = x === undefined ? a : b;
  const literal = x ?? y;
  if (literal !== undefined && subject.kind === 'unknown' && subject.part.choice) {
    return { value: world.decideEqual(subject.part.choice.key, literal, subject.part.choice.allowed), open: true };
  }
  const sides = [describe(a, left), describe(b, right)].sort();
  if (sides[0] === sides[1]) return { value: true, open: world.asked !== asked };
  return { value: world.decide(`${template.path} ${sides.join(' == ')}`), open: true };
}

function literalOf(value: Value): string | undefined {
  return value.kind === 'known' && typeof value.json !== 'object' ? String(value.json) : undefined;
}

/** Equal texts for equal values. Parts that are not known look alike without being it, so such a value goes by how it is written. */
function describe(value: Value, raw: Json): string {
  if (value.kind === 'text' && !unknownIn(value.parts)) return value.parts.map(showPart).join('');
  return canonical(value.kind === 'known' && typeof value.json !== 'object' ? value.json : raw);
}
