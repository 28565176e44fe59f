import { evaluateCondition } from './conditions';
import { resolve, splitText } from './intrinsics';
import { isObject, Json, own } from './json';
import { Parameter, Template } from './model';
import { ABSENT, Origin, Part, showPart, unknown, UnknownPart, Value } from './value';
import { World } from './world';

const LOOK_UP = /\{\{resolve:(ssm-secure|ssm|secretsmanager):/;

/** A string with dynamic references, which CloudFormation replaces at deployment (CloudFormation user guide, "Dynamic references"). */
export function dynamicText(text: string): Value {
  const parts = lookUps([text]);
  // One that is not closed, or of another service, looks nothing up: it must not count as a secret kept elsewhere.
  if (parts.length === 1 && typeof parts[0] === 'string') return unknown('a malformed dynamic reference', { piece: text });
  return parts.length === 1 ? { kind: 'unknown', part: parts[0] as UnknownPart } : { kind: 'text', parts };
}

/**
 * Finds the dynamic references in the parts of a text. One may span several: CDK joins `{{resolve:secretsmanager:`, a reference to the
 * secret and `:SecretString:password::}}`.
 */
export function lookUps(parts: readonly Part[]): Part[] {
  const found: Part[] = [];
  for (let at = 0; at < parts.length; at++) {
    let part = parts[at];
    for (let start = LOOK_UP.exec(String(part)); typeof part === 'string' && start; start = LOOK_UP.exec(part)) {
      const from = at;
      const inside: Part[] = [];
      let piece: Part | undefined = part.slice(start.index + start[0].length);
      // It ends at the next brace, in this part or a later one; nested braces are no part of a dynamic reference.
      while (piece !== undefined && (typeof piece !== 'string' || !/[{}]/.test(piece))) {
        inside.push(piece);
        piece = parts[++at];
      }
      const end = typeof piece === 'string' ? piece.search(/[{}]/) : -1;
      if (typeof piece !== 'string' || !piece.startsWith('}}', end)) return [...found, part, ...parts.slice(from + 1)];
      inside.push(piece.slice(0, end));
      if (start.index > 0) found.push(part.slice(0, start.index));
      const service = start[1] as UnknownPart['dynamic'];
      const reason = `a dynamic reference to ${service === 'secretsmanager' ? 'Secrets Manager' : 'Parameter Store'}`;
      found.push({ reason, dynamic: service, written: `${start[0]}${inside.map(showPart).join('')}}}` });
      part = piece.slice(end + 2);
    }
    if (part !== '') found.push(part);
  }
  return found;
}

/** `Ref`: a pseudo parameter, a parameter or a resource. */
export function resolveRef(argument: Json, template: Template, world: World): Value {
  if (typeof argument !== 'string') {
    const inner = resolve(argument, template, world);
    if (inner.kind !== 'known' || typeof inner.json !== 'string') return unknown('Ref is malformed: expected a name');
    return resolveRef(inner.json, template, world);
  }
  if (argument.startsWith('AWS::')) return pseudo(argument, template, world);
  const parameter = template.parameters.get(argument);
  if (parameter) return parameterValue(parameter, template, world);
  const target = template.resources.get(argument);
  if (target) return { kind: 'text', parts: [{ target }] };
  return unknown(`Ref names ${argument}, which the template does not define`, { ...fixed(`${template.path} ${argument}`, argument), dangling: 'Ref' });
}

function pseudo(name: string, template: Template, world: World): Value {
  const { account, region, stackName } = template.context;
  const known = (json: string): Value => ({ kind: 'known', json, template });
  switch (name) {
    case 'AWS::NoValue': return ABSENT;
    case 'AWS::AccountId': if (account) return known(account); break;
    case 'AWS::Region': if (region) return known(region); break;
    case 'AWS::StackName': if (stackName) return known(stackName); break;
    case 'AWS::Partition': if (region && !OTHER_PARTITIONS.test(region)) return known(region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws'); break;
    case 'AWS::URLSuffix': if (region && !OTHER_PARTITIONS.test(region)) return known(region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com'); break;
  }
  // A nested stack lies in the Region and account of its parent.
  const of = ENVIRONMENT.test(name) ? outermost(template) : template;
  const choice = { key: `${of.path} ${name}` };
  const decided = world.equalTo(choice.key);
  return decided !== undefined ? known(decided) : unknown(`${name} is known at deployment`, { parameter: name, choice, written: `\${${name}}` });
}

/** A value that deployment takes from elsewhere, the same in all places that write it so. */
function fixed(key: string, name: string): Partial<UnknownPart> {
  return { choice: { key }, written: `\${${name}}` };
}

/** Pseudo parameters that are the same for all stacks of an account and Region. */
export const ENVIRONMENT = /^AWS::(AccountId|Region|Partition|URLSuffix)$/;

/** Regions of partitions whose names do not follow from the Region's as in the public ones. */
const OTHER_PARTITIONS = /^(us|eu)-iso|^eusc-/;

function outermost(template: Template): Template {
  let at = template;
  while (at.parent) at = at.parent.template;
  return at;
}

function parameterValue(parameter: Parameter, template: Template, world: World): Value {
  const { name } = parameter;
  const origin = (note: string): Origin => ({ note, parameter: name, declared: parameter, secret: parameter.noEcho });
  const part = { parameter: name, declared: parameter, written: `\${${name}}` };
  // What a template or a person gives is the name in Parameter Store, not the value.
  if (parameter.type.startsWith('AWS::SSM::Parameter::Value<')) {
    const choice = { key: `${template.path} ${name}` };
    const decided = world.equalTo(choice.key);
    return decided === undefined ? unknown(`parameter ${name} is read from Parameter Store at deployment`, { ...part, choice })
      : ofType(parameter, decided, template, origin(`parameter ${name}`));
  }
  const given = template.given.get(name);
  if (given) return given.kind === 'known' ? ofType(parameter, given.json, given.template, { ...origin(`parameter ${name}`), ...given.origin }) : given;
  const passed = template.passed.get(name);
  if (passed) {
    const value = world.once(`passed ${template.path} ${name}`, `parameter ${name} refers to itself`, () => passedValue(parameter, passed, world));
    // What passes no value leaves the default to hold.
    if (value.kind !== 'absent') return value;
  }
  const choice = { key: `${template.path} ${name}`, allowed: parameter.allowed };
  const decided = world.equalTo(choice.key);
  if (decided !== undefined) return ofType(parameter, decided, template, origin(`parameter ${name}`));
  if (parameter.default === undefined || parameter.default === null) {
    return unknown(`parameter ${name} has no default and no value was given`, { ...part, choice });
  }
  return ofType(parameter, parameter.default, template, origin(`default of parameter ${name}`));
}

/** A value that was given for a parameter, read as the parameter's type says: a list type takes text with commas. */
function ofType(parameter: Parameter, json: Json, template: Template, origin: Origin): Value {
  if (isListType(parameter.type)) {
    if (typeof json === 'string') return { kind: 'known', json: json === '' ? [] : json.split(',').map((item) => item.trim()), template, origin };
    if (Array.isArray(json)) return { kind: 'known', json, template, origin };
  }
  if (typeof json === 'object') return unknown(`parameter ${parameter.name} has a value that is not text`, { parameter: parameter.name, declared: parameter, written: `\${${parameter.name}}` });
  return { kind: 'known', json, template, origin };
}

/** What the parent of a nested stack passes. It is as hidden as all parameters on its way are. */
function passedValue(parameter: Parameter, passed: { raw: Json; template: Template }, world: World): Value {
  if (!world.step()) return unknown('the expression is too large to work out', { present: false });
  const value = resolve(passed.raw, passed.template, world);
  const hidden = (declared: Parameter | undefined) => declared && { ...declared, noEcho: declared.noEcho && parameter.noEcho };
  if (value.kind === 'unknown') return { kind: 'unknown', part: { ...value.part, declared: hidden(value.part.declared) } };
  if (value.kind === 'text') return isListType(parameter.type) ? splitText(value.parts, ',', passed.template) : value;
  if (value.kind !== 'known') return value;
  const origin = value.origin ? { ...value.origin, declared: hidden(value.origin.declared), secret: value.origin.secret || parameter.noEcho }
    : { note: `parameter ${parameter.name}, passed by the parent stack`, secret: parameter.noEcho };
  return ofType(parameter, value.json, value.template, origin);
}

function isListType(type: string): boolean {
  return /CommaDelimitedList|List</.test(type);
}

/** `Fn::GetAtt`, in its `"Resource.Attribute"` and `[resource, attribute]` forms; outputs of a nested stack are followed into it. */
export function resolveGetAtt(argument: Json, template: Template, world: World): Value {
  const [name, attribute] = getAttArgument(argument, template, world);
  if (typeof name !== 'string') return unknown('Fn::GetAtt is malformed: expected a resource and an attribute');
  const target = template.resources.get(name);
  if (!target) {
    return unknown(`Fn::GetAtt names ${name}, which the template does not define`, {
      ...fixed(`${template.path} ${name}.${attribute ?? '?'}`, `${name}.${attribute ?? '?'}`), dangling: 'Fn::GetAtt',
    });
  }
  if (target.type === 'AWS::CloudFormation::Stack' && attribute?.startsWith('Outputs.')) {
    const nested = template.unit?.nestedUnder(target);
    return nested ? outputValue(nested, attribute.slice('Outputs.'.length), world) : unknown(`the template of the nested stack ${name} was not given`);
  }
  return { kind: 'text', parts: [{ target, attribute: attribute ?? '?' }] };
}

function getAttArgument(argument: Json, template: Template, world: World): [string?, string?] {
  if (typeof argument === 'string') {
    const dot = argument.indexOf('.');
    return dot < 0 ? [argument, undefined] : [argument.slice(0, dot), argument.slice(dot + 1)];
  }
  if (!Array.isArray(argument) || argument.length < 2) return [];
  const [name, ...rest] = argument.map((raw) => {
    const value = resolve(raw, template, world);
    return value.kind === 'known' && typeof value.json === 'string' ? value.json : undefined;
  });
  return [name, rest.includes(undefined) ? undefined : rest.join('.')];
}

function outputValue(template: Template, output: string, world: World): Value {
  const declared = own(template.outputs, output);
  if (!isObject(declared)) return unknown(`${template.path} has no output ${output}`);
  return world.once(`output ${template.path} ${output}`, `the output ${output} of ${template.path} refers to itself`, () => {
    const value = resolve(own(declared, 'Value'), template, world);
    return value.kind === 'absent' ? unknown(`the output ${output} of ${template.path} has no value`) : value;
  });
}

/** Whether an output is made in a world. */
function isOutputMade(template: Template, output: string, world: World): boolean {
  const declared = own(template.outputs, output);
  const condition = isObject(declared) ? own(declared, 'Condition') : undefined;
  return typeof condition !== 'string' || evaluateCondition(condition, template, world) !== false;
}

/** Whether two templates may be deployed to one account and Region, as far as is known. */
function mayShareEnvironment(a: Template, b: Template): boolean {
  const differ = (x: string | undefined, y: string | undefined) => x !== undefined && y !== undefined && x !== y;
  return !differ(a.context.account, b.context.account) && !differ(a.context.region, b.context.region);
}

/** `Fn::ImportValue`: the output of another template that exports the name. */
export function resolveImport(argument: Json, template: Template, world: World): Value {
  const name = resolve(argument, template, world);
  if (name.kind !== 'known' || typeof name.json !== 'string') return unknown('the name of the imported value is known at deployment');
  // Exports are per account and Region. Of several, the one deployed together with the importing template is meant.
  let found = (template.unit.model.exports.get(name.json) ?? []).filter((one) => mayShareEnvironment(one.template, template));
  if (found.length > 1 && found.some((one) => one.template.unit === template.unit)) found = found.filter((one) => one.template.unit === template.unit);
  if (found.length > 1) found = found.filter((one) => isOutputMade(one.template, one.output, world));
  if (found.length === 1) return outputValue(found[0].template, found[0].output, world);
  return unknown(found.length ? `several outputs export ${name.json}` : `imported value ${name.json} is exported by no template given`, fixed(`import ${name.json}`, `import ${name.json}`));
}

/** `Fn::GetStackOutput`: the output of a stack by name, in this or another Region or account. */
export function resolveStackOutput(argument: Json, template: Template, world: World): Value {
  if (!isObject(argument)) return unknown('Fn::GetStackOutput is malformed: expected StackName and OutputName');
  const text = (key: string): string | undefined => {
    const value = resolve(own(argument, key), template, world);
    return value.kind === 'known' && typeof value.json === 'string' ? value.json : undefined;
  };
  const stack = text('StackName');
  const output = text('OutputName');
  if (stack === undefined || output === undefined) return unknown('the stack or the output of Fn::GetStackOutput is known at deployment');
  const elsewhere = own(argument, 'Region') !== undefined;
  const region = elsewhere ? text('Region') : template.context.region;
  if (elsewhere && region === undefined) return unknown('the Region of Fn::GetStackOutput is known at deployment');
  // With a role the stack may lie in another account; without one it lies in the same.
  const account = own(argument, 'RoleArn') === undefined ? template.context.account : undefined;
  const fits = ({ context }: Template, exactly: boolean) => (['region', 'account'] as const).every((key) => {
    const wanted = key === 'region' ? region : account;
    return context[key] === wanted || (!exactly && (context[key] === undefined || wanted === undefined));
  });
  const named = (template.unit.model.stacks.get(stack) ?? []).filter((other) => fits(other, false));
  const exact = named.filter((other) => fits(other, true));
  const matching = named.length > 1 && exact.length === 1 ? exact : named;
  if (matching.length === 1) return outputValue(matching[0], output, world);
  return unknown(matching.length ? `several stacks are named ${stack}` : `the stack ${stack} is not among the templates given`, fixed(`stack ${stack} ${region ?? ''} ${output}`, `${stack}.${output}`));
}
