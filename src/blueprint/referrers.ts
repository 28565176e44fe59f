import { CfnResource, DefaultTokenResolver, IPostProcessor, IResolvable, IResolveContext, Reference, StringConcat, Tokenization } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { bare } from './bare';
import { Tree } from './tree';

/** A resource that refers to another one, and by which property: `bucket`, `loggingconfiguration.destinationbucketname`. */
interface Referrer {
  readonly resource: CfnResource;
  readonly property: string;
}

/** Notes what the tokens of a resource refer to, wherever that stands: rendered it would be a parameter or an import. */
class Recorder extends DefaultTokenResolver {
  constructor(private readonly note: (target: IConstruct, path: readonly string[]) => void) {
    super(new StringConcat());
  }

  public resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): any {
    if (Reference.isReference(token)) this.note(token.target, context.documentPath);
    return super.resolveToken(token, context, postProcessor);
  }
}

/** What was found in the resources of a tree so far. */
interface Index {
  readonly generation: number;
  /** How many resources of a type were looked at. */
  readonly looked: Map<string, number>;
  readonly found: Map<IConstruct, Referrer[]>;
}

/** What was found in resources so far. Those that come later are added; what those before say later is not. */
const SO_FAR = new WeakMap<Tree, Index>();

/** What is found while CDK renders an app, for whom so far, and whether it is only preparing. */
interface Rendering {
  readonly index: Index;
  readonly asked: Set<IConstruct>;
  readonly preparing?: boolean;
}

const RENDERINGS = new WeakMap<Tree, Rendering>();

/** The resources of an app at one time, and what they refer to. Of resources that are not finished nothing can be told. */
export class Referrers {
  /**
   * As far as the app is there. What is said after a resource was met is not seen.
   *
   * @param asker who asks for one resource after the other, each once while nothing but them changes
   */
  static soFar(resource: IConstruct, asker: object): Referrers {
    const tree = Tree.around(resource);
    tree.refreshFor(resource, asker);
    const index = current(tree, SO_FAR.get(tree));
    SO_FAR.set(tree, index);
    return new Referrers(tree, index);
  }

  /**
   * When everything is there and has been said: while CDK renders all resources, once to prepare and once to write them. What they refer to is found out
   * when it prepares.
   *
   * @param preparing what the resource is rendered for, if that is known
   */
  static inTheEnd(resource: IConstruct, preparing?: boolean): Referrers {
    const tree = Tree.around(resource);
    let rendering = RENDERINGS.get(tree);
    const isNext = preparing !== undefined && preparing !== rendering?.preparing;
    // Who asks again may be rendered again.
    if (!rendering || isNext || rendering.asked.has(resource)) {
      tree.refresh();
      const before = isNext && preparing ? undefined : rendering?.index;
      RENDERINGS.set(tree, rendering = { index: current(tree, before), asked: new Set(), preparing: preparing ?? rendering?.preparing });
    }
    rendering.asked.add(resource);
    return new Referrers(tree, rendering.index);
  }

  private constructor(private readonly tree: Tree, private readonly index: Index) {}

  /** The resources that refer to one, of some types and by some properties. */
  to(target: CfnResource, types: Readonly<Record<string, RegExp>>): CfnResource[] {
    for (const type of Object.keys(types)) this.lookAt(type);
    const wanted = (this.index.found.get(target) ?? [])
      .filter(({ resource, property }) => Object.hasOwn(types, resource.cfnResourceType) && types[resource.cfnResourceType].test(property));
    return [...new Set(wanted.map(({ resource }) => resource))];
  }

  private lookAt(type: string): void {
    const { looked, found } = this.index;
    const resources = this.tree.ofType(type);
    for (let at = looked.get(type) ?? 0; at < resources.length; at++) {
      // Before it is looked at: what produces a value of it may ask for others, too.
      looked.set(type, at + 1);
      look(resources[at], found);
    }
  }
}

/** The index, if it is of the tree as it is. */
function current({ generation }: Tree, index: Index | undefined): Index {
  return index?.generation === generation ? index : { generation, looked: new Map(), found: new Map() };
}

function look(resource: CfnResource, found: Index['found']): void {
  const note = (target: IConstruct, path: readonly string[]): void => {
    const list = found.get(target) ?? [];
    list.push({ resource, property: path.slice(path.indexOf('Properties') + 1).join('.').toLowerCase() });
    found.set(target, list);
  };
  try {
    Tokenization.resolve(bare(resource)._toCloudFormation(), { scope: resource, resolver: new Recorder(note), preparing: false });
  } catch {
    // A required property is still to come.
  }
}
