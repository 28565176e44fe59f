import { Annotations, CfnResource, IAspect, Stack, Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { asOfDay } from '../declarations/dates';
import { assess, runContext } from '../ledger';
import { Loader } from '../template';
import { AppTree } from './app-model';
import { findingsOf, rejects, SynthFinding } from './findings';
import { AcknowledgementPolicy, CriteriaOptions, TrustServicesCategory } from './options';

/** Properties of {@link CriteriaAspect}. */
export interface CriteriaAspectProps extends CriteriaOptions {
  /** The categories whose criteria are judged by: these and no others. At least one. */
  readonly categories: TrustServicesCategory[];
}

/**
 * Judges the resources below a scope by the criteria of some categories, as an Aspect: `Aspects.of(scope).add(new CriteriaAspect({ … }))`.
 *
 * A finding of low severity becomes a warning Annotation on the construct; any other becomes an error Annotation and rejects the synthesis.
 * An Aspect sees a construct before others have changed it, so this one does not judge while visiting: it registers a validation on each stack,
 * which CDK runs when all Aspects are done, and judges the resolved template there, with the engine of {@link Soc2Checks}.
 *
 * It sees the stacks of one Stage at a time, and nothing at all under `synth({ skipValidation: true })`: use {@link Soc2Checks} as the gate.
 */
export class CriteriaAspect implements IAspect {
  private readonly visited = new Map<Stack, Set<IConstruct>>();
  private readonly results = new Map<Stage | undefined, Map<Stack, SynthFinding[]>>();
  private readonly trees = new Map<Stage | undefined, AppTree>();
  private readonly policy: AcknowledgementPolicy;
  private readonly asOf: string;

  /**
   * @throws Error when `categories` is empty or `asOf` is not `YYYY-MM-DD`.
   */
  public constructor(private readonly props: CriteriaAspectProps) {
    if (props.categories.length === 0) throw new Error('CriteriaAspect: categories is empty; name at least one, e.g. TrustServicesCategory.SECURITY');
    this.policy = props.acknowledgements ?? AcknowledgementPolicy.HONOUR;
    this.asOf = asOfDay(props.asOf);
  }

  /** Called by CDK for each construct. */
  public visit(node: IConstruct): void {
    if (!CfnResource.isCfnResource(node)) return;
    const stack = Stack.of(node);
    let seen = this.visited.get(stack);
    if (!seen) {
      this.visited.set(stack, seen = new Set());
      stack.node.addValidation({ validate: () => this.validate(stack) });
    }
    seen.add(node);
  }

  private validate(stack: Stack): string[] {
    try {
      return this.report(stack);
    } catch (error) {
      return [`cdk-soc2: the checks could not be completed: ${error instanceof Error ? error.message : String(error)}`];
    }
  }

  private report(stack: Stack): string[] {
    const stage = Stage.of(stack);
    // Each stack takes its findings once; a stack that asks again belongs to a new synthesis.
    let found = this.results.get(stage)?.get(stack);
    if (!found) {
      this.judge(stage, stack);
      found = this.results.get(stage)?.get(stack) ?? [];
    }
    this.results.get(stage)?.delete(stack);
    const errors: string[] = [];
    for (const finding of found) {
      const construct = finding.logicalId === undefined ? stack : this.trees.get(stage)?.constructOf(finding.resource);
      const concerned = construct === stack || (construct && this.visited.get(stack)?.has(construct));
      if (!construct || !concerned || finding.acknowledged) continue;
      const text = `${finding.description} [${finding.criteria.join(' ')}] ${finding.fix ?? ''}`.trim();
      if (rejects(finding)) {
        Annotations.of(construct).addError(`${finding.rule}: ${text}`);
        errors.push(`${finding.constructPath ?? finding.logicalId ?? finding.resource}: ${finding.rule}: ${text}`);
      } else {
        Annotations.of(construct).addWarningV2(`cdk-soc2:${finding.rule}`, `${finding.rule}: ${text}`);
      }
    }
    return errors;
  }

  private judge(stage: Stage | undefined, asking: Stack): void {
    const tree = new AppTree(asking.node.root);
    const loader = new Loader();
    const unit = loader.newUnit();
    const stackOfTemplate = new Map<string, Stack>();
    const add = (stack: Stack, parent?: Stack) => {
      const template = loader.addTemplate(stack.templateFile, renderedTemplate(stack), unit, {
        account: known(stack.account), region: known(stack.region), ...!parent && { stackName: stack.stackName }, constructPath: stack.node.path,
      }, stack.templateFile);
      if (template) stackOfTemplate.set(template.path, stack);
      return template;
    };
    const stacks = stage ? tree.stacksOf(stage) : [asking];
    for (const stack of stacks) tree.addStack(unit, stack.node.path, process.cwd(), add);
    const ledger = assess(tree.finish(loader), {
      categories: this.props.categories, exactly: true, asOf: this.asOf, acknowledgements: this.policy, requireExplicit: this.props.requireExplicit,
      advisory: false, command: 'cdk synth', ...runContext(),
    });
    const results = new Map<Stack, SynthFinding[]>();
    for (const finding of findingsOf(ledger, this.policy)) {
      const stack = stackOfTemplate.get(finding.template);
      if (stack) results.set(stack, [...results.get(stack) ?? [], finding]);
    }
    // A stack without findings is noted too, so that asking for it does not judge the whole Stage again.
    for (const stack of stackOfTemplate.values()) if (!results.has(stack)) results.set(stack, []);
    this.results.set(stage, results);
    this.trees.set(stage, tree);
    const broken = ledger.inputs.find((input) => input.error);
    if (broken) throw new Error(`${broken.path} could not be read: ${broken.error}`);
  }
}

/** Judges by the Security criteria (CC1.1 to CC9.2). */
export class SecurityCriteriaAspect extends CriteriaAspect {
  public constructor(options: CriteriaOptions = {}) {
    super({ ...options, categories: [TrustServicesCategory.SECURITY] });
  }
}

/** Judges by the Availability criteria (A1.1 to A1.3) only; add {@link SecurityCriteriaAspect} for the common criteria. */
export class AvailabilityCriteriaAspect extends CriteriaAspect {
  public constructor(options: CriteriaOptions = {}) {
    super({ ...options, categories: [TrustServicesCategory.AVAILABILITY] });
  }
}

function known(text: string): string | undefined {
  return /^\$\{Token\[/.test(text) ? undefined : text;
}

/** What the stack would be written as. CDK offers no public way to render a stack before synthesis. */
function renderedTemplate(stack: Stack): Record<string, never> {
  const render = (stack as unknown as { _toCloudFormation?: () => unknown })._toCloudFormation;
  if (typeof render !== 'function') throw new Error('this version of aws-cdk-lib cannot render a stack before it is synthesized; use Soc2Checks instead');
  const text = JSON.stringify(stack.resolve(render.call(stack)));
  const template = JSON.parse(text) as Record<string, never>;
  return 'Resources' in template ? template : { ...template, Resources: {} as never };
}
