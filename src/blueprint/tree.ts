import { CfnResource } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** How many children a construct had, and the last of them. */
interface Children {
  readonly count: number;
  readonly last?: IConstruct;
}

const TREES = new WeakMap<IConstruct, Tree>();

/** The mark of resources that are not looked at. */
const OVERLOOKED = Symbol.for('cdk-soc2.Overlooked');

/** Leaves a resource out of what refers to others. */
export function overlook(resource: CfnResource): void {
  Object.defineProperty(resource, OVERLOOKED, { value: true });
}

/** The resources of an app by type, as they were at the last refresh: to collect them for each resource that asks would take minutes in a large app. */
export class Tree {
  /** The tree that a construct is in. */
  static around({ node: { root } }: IConstruct): Tree {
    let tree = TREES.get(root);
    if (!tree) TREES.set(root, tree = new Tree(root));
    return tree;
  }

  /** Changes when constructs are found to be taken away. */
  public generation = 0;

  private readonly known = new Map<IConstruct, Children>();
  private readonly byType = new Map<string, CfnResource[]>();
  private asked = new WeakMap<object, Set<IConstruct>>();

  private constructor(private readonly root: IConstruct) {
    this.add(root);
  }

  ofType(type: string): readonly CfnResource[] {
    return this.byType.get(type) ?? [];
  }

  /** Takes in what has come since, wherever it is. */
  refresh(): void {
    this.asked = new WeakMap();
    this.update(this.known.keys());
  }

  /**
   * Takes in what has come since, for one of many resources that somebody asks for in turn. The first one has all of the app gone through, as has one that is
   * new or asked for again; the others what is in the scopes that they are in.
   */
  refreshFor(resource: IConstruct, asker: object): void {
    let asked = this.asked.get(asker);
    if (!asked || asked.has(resource) || !this.known.has(resource)) {
      this.update(this.known.keys());
      this.asked.set(asker, asked = new Set());
    } else {
      this.update(resource.node.scopes);
    }
    asked.add(resource);
  }

  private update(constructs: Iterable<IConstruct>): void {
    for (const construct of constructs) {
      const { count, last } = this.known.get(construct)!;
      const { children } = construct.node;
      const isLonger = children[count - 1] === last;
      if (isLonger && children.length === count) continue;
      const added = isLonger ? children.slice(count) : children.filter((child) => !this.known.has(child));
      if (count + added.length !== children.length) {
        this.startAgain();
        return;
      }
      this.note(construct, children);
      for (const child of added) this.add(child);
    }
  }

  private startAgain(): void {
    this.generation++;
    this.known.clear();
    this.byType.clear();
    this.add(this.root);
  }

  private add(construct: IConstruct): void {
    const { children } = construct.node;
    this.note(construct, children);
    if (CfnResource.isCfnResource(construct) && !(OVERLOOKED in construct)) {
      const { cfnResourceType: type } = construct;
      const resources = this.byType.get(type);
      if (resources) resources.push(construct);
      else this.byType.set(type, [construct]);
    }
    for (const child of children) this.add(child);
  }

  private note(construct: IConstruct, children: readonly IConstruct[]): void {
    this.known.set(construct, { count: children.length, last: children[children.length - 1] });
  }
}
