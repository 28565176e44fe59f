import { AspectPriority, Aspects, IAspect, Stack } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';

type Complete = (made: Construct) => void;

/**
 * Completes what injectors have hardened. An injector sees properties only, before the construct exists; what they cannot say has to wait. An Aspect
 * that changes the tree runs before those that read it, and before anything is rendered.
 */
class Completion implements IAspect {
  private readonly waiting = new Map<IConstruct, Map<string, Complete>>();

  public add(scope: Construct, id: string, complete: Complete): void {
    const below = this.waiting.get(scope) ?? new Map();
    this.waiting.set(scope, below.set(id, complete));
  }

  public visit(node: IConstruct): void {
    const { scope, id } = node.node;
    const below = scope && this.waiting.get(scope);
    const complete = below?.get(id);
    if (!complete) return;
    below!.delete(id);
    complete(node as Construct);
  }
}

const COMPLETIONS = new WeakMap<Stack, Completion>();

/** Calls back with the construct of this id, once, when its stack is synthesized. */
export function completeAtSynthesis(scope: Construct, id: string, complete: Complete): void {
  const stack = Stack.of(scope);
  let completion = COMPLETIONS.get(stack);
  if (!completion) {
    completion = new Completion();
    COMPLETIONS.set(stack, completion);
    Aspects.of(stack).add(completion, { priority: AspectPriority.MUTATING });
  }
  completion.add(scope, id, complete);
}
