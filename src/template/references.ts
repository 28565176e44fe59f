import { elementsOf, resolve } from './intrinsics';
import { isObject, Json, own } from './json';
import { Parameter, Template } from './model';
import { ABSENT, Part, unknown, UnknownPart, Value } from './value';
import { World } from './world';

const DYNAMIC = /\{\{resolve:(ssm-secure|ssm|secretsmanager):[^{}]*\}\}/;

/** A string with dynamic references, which CloudFormation replaces at deployment (CloudFormation user guide, "Dynamic references"). */
export function dynamicText(text: string): Value {
  const parts: Part[] = [];
  let rest = text;
  for (let match = DYNAMIC.exec(rest); match; match = DYNAMIC.exec(rest)) {
    if (match.index > 0) parts.push(rest.slice(0, match.index));
    const service = match[1] as UnknownPart['dynamic'];
    parts.push({ reason: `a dynamic reference to ${service === 'secretsmanager' ? 'Secrets Manager' : 'Parameter Store'}`, dynamic: service, written: match[0] });
    rest = rest.slice(match.index + match[0].length);
  }
  if (rest) parts.push(rest);
  // CDK writes `{{resolve:secretsmanager:` + a reference + `:SecretString…}}`: the pieces arrive joined around the reference.
  if (parts.length === 1 && typeof parts[0] === 'string') {
    const open = /\{\{resolve:(ssm-secure|ssm|secretsmanager):/.exec(text);
    return unknown('a dynamic reference', { dynamic: (open?.[1] ?? 'ssm') as UnknownPart['dynamic'], written: text });
  }
  return parts.length === 1 ? { kind: 'unknown', part: parts[0] as UnknownPart } : { kind: 'text', parts };
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
  return unknown(`Ref names ${argument}, which the template does not define`, { written: `\${${argument}}` });
}

function pseudo(name: string, template: Template, world: World): Value {
  const { account, region, stackName } = template.context;
  const known = (json: string): Value => ({ kind: 'known', json, template });
  switch (name) {
    case 'AWS::NoValue': return ABSENT;
    case 'AWS::AccountId': if (account) return known(account); break;
    case 'AWS::Region': if (region) return known(region); break;
    case 'AWS::StackName': if (stackName) return known(stackName); break;
    case 'AWS::Partition': if (region) return known(region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws'); break;
    case 'AWS::URLSuffix': if (region) return known(region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com'); break;
  }
  const decided = world.equalTo(`${template.path} ${name}`);
  return decided !== undefined ? known(decided) : unknown(`${name} is known at deployment`, { parameter: name, written: `\${${name}}` });
}

function parameterValue(parameter: Parameter, template: Template, world: World): Value {
  const { name } = parameter;
  const secret = parameter.noEcho;
  const given = template.given.get(name);
  if (given) {
    if (given.kind === 'known' && isListType(parameter.type) && typeof given.json === 'string') return splitList(given.json, given.template);
    if (given.kind === 'known') return { ...given, origin: given.origin ?? { note: `parameter ${name}`, parameter: name, secret } };
    return given;
  }
  const passed = template.passed.get(name);
  if (passed) {
    const value = world.step() ? resolve(passed.raw, passed.template, world) : unknown('the expression is too large to work out');
    return value.kind === 'known' && isListType(parameter.type) && typeof value.json === 'string' ? splitList(value.json, value.template) : value;
  }
  const decided = world.equalTo(`${template.path} ${name}`);
  if (decided !== undefined) return { kind: 'known', json: decided, template, origin: { note: `parameter ${name}`, parameter: name, secret } };
  const written = `\${${name}}`;
  if (parameter.type.startsWith('AWS::SSM::Parameter::')) {
    return unknown(`parameter ${name} is read from Parameter Store at deployment`, { parameter: name, written });
  }
  if (parameter.default === undefined || parameter.default === null) {
    return unknown(`parameter ${name} has no default and no value was given`, { parameter: name, written });
  }
  const note = `default of parameter ${name}`;
  if (isListType(parameter.type)) {
    if (typeof parameter.default === 'string') return splitList(parameter.default, template);
    if (Array.isArray(parameter.default)) return { kind: 'known', json: parameter.default, template, origin: { note, parameter: name, secret } };
  }
  if (typeof parameter.default === 'object') return unknown(`parameter ${name} has a default that is not text`, { parameter: name, written });
  return { kind: 'known', json: parameter.default, template, origin: { note, parameter: name, secret } };
}

function isListType(type: string): boolean {
  return type === 'CommaDelimitedList' || type.startsWith('List<');
}

function splitList(text: string, template: Template): Value {
  return { kind: 'known', json: text === '' ? [] : text.split(',').map((item) => item.trim()), template };
}

/** `Fn::GetAtt`, in its `"Resource.Attribute"` and `[resource, attribute]` forms; outputs of a nested stack are followed into it. */
export function resolveGetAtt(argument: Json, template: Template, world: World): Value {
  const [name, attribute] = getAttArgument(argument, template, world);
  if (typeof name !== 'string') return unknown('Fn::GetAtt is malformed: expected a resource and an attribute');
  const target = template.resources.get(name);
  if (!target) return unknown(`Fn::GetAtt names ${name}, which the template does not define`, { written: `\${${name}.${attribute ?? '?'}}` });
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
  const key = `output ${template.path} ${output}`;
  if (world.resolving.has(key)) return unknown(`the output ${output} of ${template.path} refers to itself`);
  world.resolving.add(key);
  const value = resolve(own(declared, 'Value'), template, world);
  world.resolving.delete(key);
  return value;
}

/** `Fn::ImportValue`: the output of another template that exports the name. */
export function resolveImport(argument: Json, template: Template, world: World): Value {
  const name = resolve(argument, template, world);
  if (name.kind !== 'known' || typeof name.json !== 'string') return unknown('the name of the imported value is known at deployment');
  const found = template.unit?.model.exports.get(name.json);
  if (found) return outputValue(found.template, found.output, world);
  return unknown(found === null ? `several templates export ${name.json}` : `imported value ${name.json} is exported by no template given`, { written: `\${import ${name.json}}` });
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
  const region = text('Region') ?? template.context.region;
  const named = template.unit?.model.stacks.get(stack) ?? [];
  const matching = named.length > 1 ? named.filter((other) => other.context.region === region) : named;
  if (matching.length === 1) return outputValue(matching[0], output, world);
  return unknown(matching.length ? `several stacks are named ${stack}` : `the stack ${stack} is not among the templates given`, { written: `\${${stack}.${output}}` });
}

/** The raw string elements of a value, for places that only need names. */
export function knownStrings(value: Value, world: World): string[] {
  return (elementsOf(value, world)?.items ?? [value]).flatMap((item) => item.kind === 'known' && typeof item.json === 'string' ? [item.json] : []);
}
