import { Stage, Validations } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { evidenceBeside } from './evidence-directory';
import { Soc2Checks, Soc2ChecksProps } from './soc2-checks';
import { declareEnvironment } from '../declarations/declare-environment';
import { ruleById } from '../rules';

/** Who provides a control, and where that is shown. */
export interface InheritedControlProps {
  /** Who provides it, e.g. `Landing zone, account 111111111111`. Must not be blank. */
  readonly providedBy: string;
  /**
   * Where that is shown: the SOC 2 report of the provider, a ticket, a document.
   *
   * @default - none is named
   */
  readonly evidence?: string;
}

function environmentRuleNamed(id: string, what: string): string {
  const found = ruleById(id);
  if (found.scope === 'resource') throw new Error(`${id} cannot be ${what}: it judges resources, not an account and region`);
  return id;
}

const APPLIED = Symbol.for('cdk-soc2.applied');

/** The one-liner: `Soc2.apply(app)`. */
export class Soc2 {
  /**
   * Registers {@link Soc2Checks} on an App or a Stage, and writes evidence to `soc2.out` beside the cloud assembly unless told otherwise. In unit
   * tests, where the assembly is temporary, nothing is written.
   *
   * @param scope the App, or the Stage whose stacks are to be judged
   * @throws Error when it was applied before to the same App or Stage, or the scope lies in none.
   */
  public static apply(scope: Construct, props: Soc2ChecksProps = {}): Soc2Checks {
    const stage = Stage.isStage(scope) ? scope : Stage.of(scope);
    if (!stage) throw new Error(`Soc2.apply needs an App or a Stage, got ${scope.node.path || 'a construct outside any'}`);
    const marked = stage as unknown as Record<symbol, boolean | undefined>;
    if (marked[APPLIED]) throw new Error(`Soc2.apply was called before on ${stage.node.path || 'this App'}; its findings would be reported twice`);
    marked[APPLIED] = true;
    const checks = new Soc2Checks({
      categories: props.categories, acknowledgements: props.acknowledgements, asOf: props.asOf, requireExplicit: props.requireExplicit, strict: props.strict,
      evidenceFormats: props.evidenceFormats, evidenceDirectory: props.evidenceDirectory ?? evidenceBeside((stage.node.root as Stage).outdir),
    });
    Validations.of(stage).addPlugins(checks);
    return checks;
  }

  /**
   * Declares that another system provides a control of the account and region, such as the organization's landing zone. The report lists it with its
   * source; it is not evaluated, and never a pass.
   *
   * @param scope the App, Stage or Stack whose environments it is provided for. Stages must have been made before.
   * @param rule a rule about accounts and regions; `cdk-soc2 rules --scope environment` lists them
   * @throws Error when there is no such rule, or it judges resources.
   */
  public static inherit(scope: Construct, rule: string, props: InheritedControlProps): void {
    if (props.providedBy.trim() === '') throw new Error(`${rule} cannot be inherited: 'providedBy' must say who provides it, got a blank text`);
    declareEnvironment(scope, { inherited: [{ rule: environmentRuleNamed(rule, 'inherited'), providedBy: props.providedBy, ...props.evidence !== undefined && { evidence: props.evidence } }] });
  }

  /**
   * Demands that the stacks themselves show a control of the account and region. Without it, a control that they do not hold is not evaluated.
   *
   * @param scope the App, Stage or Stack whose environments it is demanded of. Stages must have been made before.
   * @param rules rules about accounts and regions; `cdk-soc2 rules --scope environment` lists them
   * @throws Error when there is no such rule, or it judges resources.
   */
  public static require(scope: Construct, ...rules: string[]): void {
    declareEnvironment(scope, { required: rules.map((rule) => environmentRuleNamed(rule, 'required')) });
  }

  private constructor() {}
}
