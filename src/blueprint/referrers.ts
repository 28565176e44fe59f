import { CfnResource, DefaultTokenResolver, IPostProcessor, IResolvable, IResolveContext, Reference, StringConcat, Tokenization } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { bare } from './bare';

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

type Found = Map<IConstruct, Referrer[]>;

/** What was found in resources so far. Those that come later are added; what those before say later is not. */
const SO_FAR = new WeakMap<IConstruct, { readonly seen: Set<CfnResource>; readonly found: Found }>();

/** What was found when everything was there. */
const RENDERED = new WeakMap<IConstruct, { readonly size: number; readonly found: Found }>();

/** The mark of resources that are not looked at. */
const OVERLOOKED = Symbol.for('cdk-soc2.Overlooked');

/** Leaves a resource out of what refers to others. */
export function overlook(resource: CfnResource): void {
  Object.defineProperty(resource, OVERLOOKED, { value: true });
}

/** The resources of an app at one time, and what they refer to. Of resources that are not finished nothing can be told. */
export class Referrers {
  /** As far as the app is there. What is said after a resource was met is not seen. */
  static soFar({ node: { root } }: IConstruct): Referrers {
    let index = SO_FAR.get(root);
    if (!index) SO_FAR.set(root, index = { seen: new Set(), found: new Map() });
    const { seen, found } = index;
    for (const resource of resourcesBelow(root)) {
      if (seen.has(resource)) continue;
      seen.add(resource);
      look(resource, found);
    }
    return new Referrers(found);
  }

  /** When everything is there and has been said. */
  static inTheEnd({ node: { root } }: IConstruct): Referrers {
    const resources = resourcesBelow(root);
    const before = RENDERED.get(root);
    if (before?.size === resources.length) return new Referrers(before.found);
    const found: Found = new Map();
    for (const resource of resources) look(resource, found);
    RENDERED.set(root, { size: resources.length, found });
    return new Referrers(found);
  }

  private constructor(private readonly found: Found) {}

  /** The resources that refer to one, of some types and by some properties. */
  to(target: CfnResource, types: Readonly<Record<string, RegExp>>): CfnResource[] {
    const wanted = (this.found.get(target) ?? [])
      .filter(({ resource, property }) => Object.hasOwn(types, resource.cfnResourceType) && types[resource.cfnResourceType].test(property));
    return [...new Set(wanted.map(({ resource }) => resource))];
  }
}

function resourcesBelow(root: IConstruct): CfnResource[] {
  return root.node.findAll().filter((node): node is CfnResource => CfnResource.isCfnResource(node) && !(OVERLOOKED in node));
}

function look(resource: CfnResource, found: Found): void {
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
