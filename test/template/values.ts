import { LoadOptions, Loader } from '../../src/template';
import { elementsOf, resolve } from '../../src/template/intrinsics';
import { Json, JsonObject } from '../../src/template/json';
import { Model, Template, TemplateContext } from '../../src/template/model';
import { parseObject, parseText } from '../../src/template/parse';
import { isReference, Part, Value } from '../../src/template/value';
import { explore, World } from '../../src/template/world';

/** A template as text, as objects by section, or as resources alone. */
export interface Given {
  readonly template?: JsonObject;
  readonly context?: TemplateContext;
  readonly options?: LoadOptions;
}

/** Loads objects as templates of one unit each, or of one unit together. */
export function modelOf(templates: Readonly<Record<string, { template: unknown; context?: TemplateContext }>>, options: LoadOptions = {}, together = true): Model {
  const loader = new Loader(options);
  let unit = loader.newUnit();
  for (const [name, { template, context }] of Object.entries(templates)) {
    const text = JSON.stringify(template);
    loader.addTemplate(name, JSON.parse(text), unit, context ?? {}, text);
    if (!together) unit = loader.newUnit();
  }
  return loader.finish();
}

/** Loads one template from text, JSON or YAML. */
export function templateOf(text: string, context: TemplateContext = {}, options: LoadOptions = {}): Template {
  const loader = new Loader(options);
  loader.addTemplate('t', parseObject(text), loader.newUnit(), context, text);
  const model = loader.finish();
  if (!model.templates[0]) throw new Error(model.inputs[0].error);
  return model.templates[0];
}

/**
 * A value in one line: JSON when known, `<Bucket.Arn>` for references, `<? reason>` for what is not known, `absent`,
 * `[a, b]` and `[a, …why there may be more]` for lists that were computed.
 */
export function show(value: Value, world: World): string {
  switch (value.kind) {
    case 'known': return Array.isArray(value.json) ? `[${elementsOf(value, world)!.items.map((item) => show(item, world)).join(', ')}]` : JSON.stringify(value.json);
    case 'absent': return 'absent';
    case 'unknown': return `${value.part.present === false ? '<?? ' : '<? '}${value.part.reason}>`;
    case 'text': return value.parts.map(showPart).join('');
    case 'list': return `[${[...value.items.map((item) => show(item, world)), ...value.rest === undefined ? [] : [`…${value.rest}`]].join(', ')}]`;
  }
}

function showPart(part: Part): string {
  if (typeof part === 'string') return part;
  return isReference(part) ? `<${part.target.logicalId}${part.attribute === undefined ? '' : `.${part.attribute}`}>` : `<? ${part.reason}>`;
}

/** The template in which values are tried: one of everything that an intrinsic may speak of. */
export const SECTIONS: JsonObject = {
  Parameters: {
    Given: { Type: 'String', Default: 'default' },
    Named: { Type: 'String', Default: 'named' },
    Open: { Type: 'String' },
    Hidden: { Type: 'String', NoEcho: true, Default: 'hunter2' },
    Store: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/the/name' },
    StoreName: { Type: 'AWS::SSM::Parameter::Name', Default: '/the/name' },
    Seven: { Type: 'Number', Default: 7 },
    List: { Type: 'CommaDelimitedList', Default: 'a, b,c' },
    Empty: { Type: 'CommaDelimitedList', Default: '' },
    OpenList: { Type: 'List<AWS::EC2::Subnet::Id>' },
  },
  Mappings: {
    Map: { 'us-east-1': { Size: 'small', Same: 'x', List: ['l', 'm'] }, 'eu-west-1': { Size: 'large', Same: 'x' }, 'named': { Size: 'mine' } },
  },
  Conditions: {
    Yes: { 'Fn::Equals': ['a', 'a'] },
    No: { 'Fn::Equals': ['a', 'b'] },
    Maybe: { 'Fn::Equals': [{ Ref: 'Open' }, 'prod'] },
    Cyclic: { 'Fn::Not': [{ Condition: 'Cyclic' }] },
  },
  Resources: {
    Bucket: { Type: 'AWS::S3::Bucket' },
    Vpc: { Type: 'AWS::EC2::VPC' },
    Inner: { Type: 'AWS::CloudFormation::Stack' },
  },
};

/** What an expression gives in each world, in the order in which worlds are tried. */
export function read(raw: Json | undefined, given: Given = {}): string[] {
  const template = templateOf(JSON.stringify({ ...SECTIONS, ...given.template }), given.context, given.options);
  return worlds(raw, template);
}

export function worlds(raw: Json | undefined, template: Template): string[] {
  const found: string[] = [];
  explore((world) => {
    found.push(show(resolve(raw, template, world), world));
    return 'go on';
  });
  return found;
}

/** What a line of YAML gives, written as the value of a key. */
export function yaml(text: string): Json {
  return (parseText(`Value: ${text}`) as JsonObject).Value;
}
