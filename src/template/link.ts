import { resolve } from './intrinsics';
import { isObject, Json, own } from './json';
import { STEP_LIMIT } from './limits';
import { Model, Template } from './model';
import { unknown } from './value';
import { explore, TooManyDecisions, World } from './world';

/** Fills what crosses templates: parameters of nested stacks, exports, stacks by name. */
export function link(model: Model): void {
  for (const unit of model.units) for (const template of unit.templates) linkNested(model, template);
  for (const template of model.templates) {
    const { stackName } = template.context;
    if (stackName && !template.parent) {
      const list = model.stacks.get(stackName);
      if (list) list.push(template);
      else model.stacks.set(stackName, [template]);
    }
    const fuel = { steps: STEP_LIMIT };
    for (const output of Object.keys(template.outputs)) {
      const declared = template.outputs[output];
      const exported = isObject(declared) ? own(declared, 'Export') : undefined;
      const raw = isObject(exported) ? own(exported, 'Name') : undefined;
      if (raw === undefined) continue;
      for (const name of namesOf(raw, template, fuel)) {
        const list = model.exports.get(name);
        if (list) list.push({ template, output });
        else model.exports.set(name, [{ template, output }]);
      }
    }
  }
}

/** The names that an export has in one world or another. A name that is too intricate to work out exports nothing that is known. */
function namesOf(raw: Json, template: Template, fuel: { steps: number }): Set<string> {
  const names = new Set<string>();
  try {
    explore((world) => {
      const name = resolve(raw, template, world);
      if (name.kind === 'known' && typeof name.json === 'string') names.add(name.json);
      return 'go on';
    }, new World([], fuel));
  } catch (error) {
    if (!(error instanceof TooManyDecisions || error instanceof RangeError)) throw error;
  }
  return names;
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
    const properties = resource.properties ?? {};
    const passed = own(properties, 'Parameters');
    const parameters = isObject(passed) ? passed : {};
    // Where a function or a macro makes the parameters, the defaults must not be taken for what holds.
    const opaque = [resource.raw, properties, parameters].some((place) => Object.keys(place).some((key) => key.startsWith('Fn::')));
    for (const parameter of nested.parameters.values()) {
      const { name } = parameter;
      const raw = own(parameters, name);
      // Only the parent gives values to a nested stack.
      nested.given.delete(name);
      if (raw === undefined && !opaque) continue;
      // Resolved on use, in the world of that moment: the parent may pass a conditional value.
      if (raw !== undefined) nested.passed.set(name, { raw, template });
      else nested.given.set(name, unknown(`what is passed for parameter ${name} is decided at deployment`, { parameter: name, declared: parameter, written: `\${${name}}` }));
    }
  }
}
