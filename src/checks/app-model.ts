import { CfnResource, Stack, Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { Loader, Model, Template, Unit, userFrame } from '../template';

/** A stack of an app with what is read of it. */
interface StackEntry {
  readonly stack: Stack;
  readonly resources: Map<string, CfnResource>;
  readonly nested: Stack[];
}

/** Gives the template of a stack, or undefined when it cannot be read. A nested stack comes with its parent. */
export type AddStack = (stack: Stack, parent?: Stack) => Template | undefined;

/**
 * The construct tree, walked once. It lends the template model its names (paths, source locations, acknowledgements); what is judged is
 * always the rendered template.
 */
export class AppTree {
  private readonly stacks = new Map<string, StackEntry>();
  private readonly acknowledgements: { id: string; scope: string; reason: unknown }[] = [];
  private readonly constructs = new Map<string, IConstruct>();

  constructor(root: IConstruct) {
    this.walk(root);
  }

  private walk(construct: IConstruct): void {
    for (const entry of construct.node.metadata) {
      if (entry.type !== 'aws:cdk:acknowledged-rules' || typeof entry.data !== 'object' || entry.data === null) continue;
      for (const [id, reason] of Object.entries(entry.data)) this.acknowledgements.push({ id, scope: construct.node.path, reason });
    }
    if (Stack.isStack(construct)) {
      this.stacks.set(construct.node.path, { stack: construct, resources: new Map(), nested: [] });
      if (construct.nestedStackParent) this.stacks.get(construct.nestedStackParent.node.path)?.nested.push(construct);
    } else if (CfnResource.isCfnResource(construct)) {
      const { stack } = construct;
      this.stacks.get(stack.node.path)?.resources.set(stack.getLogicalId(construct), construct);
    }
    for (const child of construct.node.children) this.walk(child);
  }

  /** The stacks below a stage that are deployed as such, without nested ones and without other stages'. */
  stacksOf(stage: Stage): Stack[] {
    return [...this.stacks.values()].map(({ stack }) => stack).filter((stack) => !stack.nestedStackParent && Stage.of(stack) === stage);
  }

  /** Adds a stack and its nested stacks to a unit. Source files are named relative to `base`. */
  addStack(unit: Unit, path: string, base: string, add: AddStack): void {
    const entry = this.stacks.get(path);
    const template = entry && add(entry.stack);
    if (entry && template) this.fill(unit, entry, template, base, add);
  }

  private fill(unit: Unit, entry: StackEntry, template: Template, base: string, add: AddStack): void {
    for (const [logicalId, construct] of entry.resources) {
      const resource = template.resources.get(logicalId);
      if (!resource) continue;
      resource.constructPath = construct.node.path;
      resource.location = locationOf(construct, base);
      this.constructs.set(resource.id, construct);
    }
    for (const nested of entry.nested) {
      const made = nested.nestedStackResource;
      const parent = made && template.resources.get(entry.stack.getLogicalId(made));
      const child = parent && add(nested, entry.stack);
      if (!child) continue;
      unit.nest(child, parent);
      this.fill(unit, this.stacks.get(nested.node.path)!, child, base, add);
    }
  }

  /** Passes the acknowledgements on and links the model. */
  finish(loader: Loader): Model {
    for (const { id, scope, reason } of this.acknowledgements) loader.acknowledge(id, scope, reason);
    return loader.finish();
  }

  /** The construct behind a resource of the model, by its id. */
  constructOf(resourceId: string): IConstruct | undefined {
    return this.constructs.get(resourceId);
  }
}

function locationOf(construct: IConstruct, base: string): string | undefined {
  for (const entry of construct.node.metadata) {
    const location = userFrame(entry.type === 'aws:cdk:creationStack' ? entry.data : entry.trace, base);
    if (location) return location;
  }
  return undefined;
}
