import { Stage, Validations } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { evidenceBeside } from './evidence-directory';
import { Soc2Checks, Soc2ChecksProps } from './soc2-checks';

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

  private constructor() {}
}
