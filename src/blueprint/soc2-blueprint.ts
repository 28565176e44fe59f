import { IPropertyInjector } from 'aws-cdk-lib';
import { HARDENINGS } from './hardenings';
import { HardeningInjector } from './injectors';

/**
 * The secure defaults of this library for constructs that are not of this library: plain L2s, by property injectors.
 *
 * What a property says explicitly stays as it is. Nothing that the blueprint sets is a claim: what the templates hold is found out by the checks.
 */
export class Soc2Blueprint {
  /**
   * Property injectors that make plain L2s secure: `PropertyInjectors.of(app).add(...Soc2Blueprint.injectors())`.
   *
   * They hold for L2s made after that, below that scope, also for those that other constructs make. CDK asks one injector for each class, the nearest
   * one: an injector of one's own for the same class takes the place of ours, and can call it.
   */
  public static injectors(): IPropertyInjector[] {
    return HARDENINGS.map((hardening) => new HardeningInjector(hardening));
  }

  private constructor() {}
}
