import { InjectionContext, IPropertyInjector } from 'aws-cdk-lib';
import { completeAtSynthesis } from './completion';
import { Hardening, isHardened } from '../constructs/support/hardening';

/** Makes the plain L2 of a hardening secure, as CDK makes it. */
export class HardeningInjector implements IPropertyInjector {
  public readonly constructUniqueId: string;

  constructor(private readonly hardening: Hardening<any>) {
    this.constructUniqueId = hardening.injectionId;
  }

  public inject(originalProps: any, { scope, id }: InjectionContext): any {
    if (isHardened(scope, id)) return originalProps;
    const { harden, complete } = this.hardening;
    const secure = harden(scope, id, originalProps ?? {});
    if (complete) completeAtSynthesis(scope, id, (made) => complete(made, secure));
    return secure;
  }
}
