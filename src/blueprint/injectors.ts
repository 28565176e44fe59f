import { InjectionContext, IPropertyInjector } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { completeAtSynthesis } from './completion';
import { keepUsable } from './usable';
import { Hardening, isHardened } from '../constructs/support/hardening';

/** Makes the plain L2 of a hardening secure, as CDK makes it. */
export class HardeningInjector implements IPropertyInjector {
  public readonly constructUniqueId: string;

  constructor(private readonly hardening: Hardening<any>) {
    this.constructUniqueId = hardening.injectionId;
  }

  /** @throws Error when the L2, or what is made beside it, would have an id that another construct has. */
  public inject(originalProps: any, { scope, id }: InjectionContext): any {
    const owner = BESIDE.get(scope)?.get(id);
    if (owner !== undefined && scope.node.tryFindChild(id)) this.refuse(scope, id, `the blueprint has made something of this id, for ${owner}`);
    if (isHardened(scope, id)) return originalProps;
    const given = originalProps ?? {};
    const secure = this.harden(scope, id, given);
    completeAtSynthesis(scope, id, (made) => {
      this.hardening.complete?.(made, secure);
      keepUsable(made, given);
    });
    return secure;
  }

  private harden(scope: Construct, id: string, given: object): any {
    const before = new Set(scope.node.children);
    try {
      return this.hardening.harden(scope, id, given);
    } catch (error) {
      const [, taken] = /^There is already a Construct with name '([^']+)'/.exec(error instanceof Error ? error.message : '') ?? [];
      if (taken === undefined) throw error;
      return this.refuse(scope, id, `the blueprint makes ${taken} for it, an id that another construct has`);
    } finally {
      const beside = BESIDE.get(scope) ?? new Map<string, string>();
      for (const child of scope.node.children) if (!before.has(child)) beside.set(child.node.id, id);
      BESIDE.set(scope, beside);
    }
  }

  private refuse(scope: Construct, id: string, taken: string): never {
    throw new Error(`${this.constructUniqueId.replace(/^aws-cdk-lib\./, '')} at ${scope.node.path}/${id}: ${taken}; give one of the two another id`);
  }
}

/** What injectors have made beside L2s, by scope: its id, and the id of the L2. */
const BESIDE = new WeakMap<Construct, Map<string, string>>();
