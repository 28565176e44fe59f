import { isObject, own } from './json';
import { resolve } from './intrinsics';
import { Model, Template } from './model';
import { World } from './world';

/** Fills what crosses templates: exports, stacks by name, parameters of nested stacks. */
export function link(model: Model): void {
  for (const template of model.templates) {
    const { stackName } = template.context;
    if (stackName && !template.parent) model.stacks.set(stackName, [...model.stacks.get(stackName) ?? [], template]);
    for (const output of Object.keys(template.outputs)) {
      const declared = template.outputs[output];
      const exported = isObject(declared) ? own(declared, 'Export') : undefined;
      const raw = isObject(exported) ? own(exported, 'Name') : undefined;
      if (raw === undefined) continue;
      const name = resolve(raw, template, new World());
      if (name.kind !== 'known' || typeof name.json !== 'string') continue;
      model.exports.set(name.json, model.exports.has(name.json) ? ambiguous(model, name.json, template, output) : { template, output });
    }
  }
  for (const unit of model.units) for (const template of unit.templates) linkNested(model, template);
}

/** Stages of one app export equal names into different environments: an import then means the one of its own environment, which is not told apart here. */
function ambiguous(model: Model, name: string, template: Template, output: string): { template: Template; output: string } | null {
  const before = model.exports.get(name);
  return before && before.template === template && before.output === output ? before : null;
}

/** Parameters of a nested template are what its parent passes. */
function linkNested(model: Model, template: Template): void {
  for (const resource of template.resources.values()) {
    if (resource.type !== 'AWS::CloudFormation::Stack') continue;
    const nested = template.unit.nestedUnder(resource);
    if (!nested) {
      model.limitations.push({ code: 'nested-stack', text: `the template of the nested stack ${resource.logicalId} was not given, so its resources are not in the population`, affects: [template.path] });
      continue;
    }
    const parameters = resource.properties && own(resource.properties, 'Parameters');
    if (!isObject(parameters)) continue;
    for (const name of Object.keys(parameters)) {
      if (!nested.parameters.has(name) || nested.given.has(name)) continue;
      // Resolved on use, in the world of that moment: the parent may pass a conditional value.
      const raw = parameters[name];
      nested.passed.set(name, { raw, template });
    }
  }
}
