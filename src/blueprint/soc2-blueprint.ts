import { IPropertyInjector } from 'aws-cdk-lib';
import { IMixin } from 'constructs';
import { HARDENINGS } from './hardenings';
import { HardeningInjector } from './injectors';
import { Soc2Mixin } from './mixin';

/** What the mixin leaves alone. */
export interface Soc2MixinOptions {
  /**
   * The resources are deployed already: leaves alone what CloudFormation could change by replacing them only, what would delete data, and what would
   * shut out clients.
   *
   * @default false
   */
  readonly deployed?: boolean;
}

/**
 * The secure defaults of this library for constructs that are not of this library: plain L2s by property injectors, L1s and imported templates by a mixin.
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

  /**
   * A mixin that fills the secure defaults into L1s, be they written as such, made by an L2 or imported with `CfnInclude`, where their template says
   * nothing: `Mixins.of(scope).apply(Soc2Blueprint.mixin())` for what is there, `Aspects.of(app).add(Shims.asAspect(Soc2Blueprint.mixin()))` for all
   * that will be.
   *
   * A bucket, topic or queue gets a policy that refuses plain HTTP, a bucket logs access to the access log bucket that the stack shares, and what
   * takes a key gets one that the stack shares. Constructs of this library are left alone.
   *
   * CloudFormation replaces what is deployed already, with an empty one, when it is told to encrypt these otherwise: volumes, file systems, RDS instances,
   * ElastiCache replication groups, MSK clusters, OpenSearch domains, ECR repositories, backup vaults. Log groups lose what is older than a year, ECR
   * repositories untagged images. `deployed: true` leaves those alone; docs/blueprint.md lists them all.
   *
   * @param options what to leave alone
   */
  public static mixin(options: Soc2MixinOptions = {}): IMixin {
    return new Soc2Mixin(options);
  }

  private constructor() {}
}
