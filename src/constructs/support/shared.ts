import { Construct } from 'constructs';

/**
 * What the constructs of a scope share: it is made when the first of them asks for it.
 *
 * @throws Error when something else has its id.
 */
export function shared<T extends Construct>(scope: Construct, id: string, kind: abstract new (...args: any[]) => T, make: () => T): T {
  const found = scope.node.tryFindChild(id);
  if (found === undefined) return make();
  if (found instanceof kind) return found;
  throw new Error(`${kind.name} at ${scope.node.path}/${id}: another construct has this id, which is that of what constructs share there; give the other one another id`);
}
