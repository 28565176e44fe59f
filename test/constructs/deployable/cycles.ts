import { isObject, Json, own } from '../../../src/template/json';
import { Model, Resource, Template } from '../../../src/template/model';
import { parseSub } from '../../../src/template/sub';

/** What refers to what: the names that a node's deployment waits for. */
type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** References that lead nowhere or in circles: inside one template, which CloudFormation refuses, and between stacks, of which neither can be first. */
export function cycles(model: Model): string[] {
  return [...model.templates.flatMap(inTemplate), ...betweenStacks(model)];
}

function inTemplate(template: Template): string[] {
  const graph = new Map([...template.resources].map(([id, resource]) => [id, namesIn(resource)]));
  const known = (name: string): boolean => graph.has(name) || template.parameters.has(name) || name.startsWith('AWS::');
  const dangling = [...graph].flatMap(([id, names]) => [...names].filter((name) => !known(name)).map((name) => `${template.path}#${id}: refers to ${name}, which the template does not define`));
  return [...dangling, ...circles(graph).map((circle) => `${template.path}#${circle[0]}: circular dependency: ${circle.join(' → ')}`)];
}

/** Logical ids and parameters that a resource waits for. Metadata is no reason to wait. */
function namesIn({ raw }: Resource): Set<string> {
  const names = new Set<string>();
  for (const section of ['Properties', 'CreationPolicy', 'UpdatePolicy']) walk(own(raw, section), (object) => collect(object, names));
  const after = own(raw, 'DependsOn');
  for (const name of Array.isArray(after) ? after : [after]) if (typeof name === 'string') names.add(name);
  return names;
}

function collect(object: Readonly<Record<string, Json>>, names: Set<string>): void {
  if (Object.keys(object).length !== 1) return;
  const { Ref: ref, 'Fn::GetAtt': attribute, 'Fn::Sub': sub } = object;
  if (typeof ref === 'string') names.add(ref);
  if (typeof attribute === 'string') names.add(attribute.split('.')[0]);
  if (Array.isArray(attribute) && typeof attribute[0] === 'string') names.add(attribute[0]);
  const [text, variables] = Array.isArray(sub) ? sub : [sub];
  if (typeof text !== 'string') return;
  const given = isObject(variables) ? variables : {};
  for (const piece of parseSub(text)) if (typeof piece !== 'string' && !Object.hasOwn(given, piece.name)) names.add(piece.name.split('.')[0]);
}

function walk(json: Json | undefined, visit: (object: Readonly<Record<string, Json>>) => void): void {
  if (Array.isArray(json)) {
    for (const item of json) walk(item, visit);
  } else if (isObject(json)) {
    visit(json);
    for (const value of Object.values(json)) walk(value, visit);
  }
}

function betweenStacks(model: Model): string[] {
  const graph = new Map<string, Set<string>>();
  for (const template of model.templates) {
    const waits = graph.get(outermost(template).path) ?? new Set();
    graph.set(outermost(template).path, waits);
    walk(template.raw, (object) => {
      const name = object['Fn::ImportValue'];
      const exporters = typeof name === 'string' ? model.exports.get(name) ?? [] : [];
      const weak = object['Fn::GetStackOutput'];
      const producers = isObject(weak) && typeof weak.StackName === 'string' ? model.stacks.get(weak.StackName) ?? [] : [];
      for (const other of [...exporters.map((one) => one.template), ...producers]) waits.add(outermost(other).path);
    });
  }
  return circles(graph).map((circle) => `${circle[0]}: circular dependency of stacks: ${circle.join(' → ')}`);
}

function outermost(template: Template): Template {
  let at = template;
  while (at.parent) at = at.parent.template;
  return at;
}

/** Each circle once, from the node at which it was met first back to itself. */
function circles(graph: Graph): string[][] {
  const found: string[][] = [];
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (node: string): void => {
    const at = path.indexOf(node);
    if (at >= 0) {
      found.push([...path.slice(at), node]);
      return;
    }
    if (done.has(node)) return;
    path.push(node);
    for (const next of graph.get(node) ?? []) if (graph.has(next)) visit(next);
    path.pop();
    done.add(node);
  };
  for (const node of graph.keys()) visit(node);
  return found;
}
