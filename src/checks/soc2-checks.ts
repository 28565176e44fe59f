import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { IPolicyValidationContext, IPolicyValidationPlugin, PolicyValidationPluginReport, PolicyViolation, Stack, Stage } from 'aws-cdk-lib';
import { asOfDay } from '../declarations/dates';
import { assess, Ledger, PLUGIN_NAME, runContext, toolVersion } from '../ledger';
import { FORMATS } from '../report';
import { renderText, summary } from '../report/text';
import { writeWhole } from '../report/write';
import { allRules } from '../rules';
import { Loader, Unit } from '../template';
import { AppTree } from './app-model';
import { findingsOf, rejects, SynthFinding } from './findings';
import { AcknowledgementPolicy, CriteriaOptions, EvidenceFormat, TrustServicesCategory } from './options';

/** Properties of {@link Soc2Checks}. */
export interface Soc2ChecksProps extends CriteriaOptions {
  /**
   * The categories in scope. Security is always added.
   *
   * @default - security and availability
   */
  readonly categories?: TrustServicesCategory[];
  /**
   * The directory that evidence is written to at each synthesis, relative to the working directory. It must lie outside the cloud assembly.
   *
   * @default - no evidence is written; `Soc2.apply` writes it to `soc2.out` beside the cloud assembly
   */
  readonly evidenceDirectory?: string;
  /**
   * The formats in which evidence is written.
   *
   * @default - JSON, the ledger
   */
  readonly evidenceFormats?: EvidenceFormat[];
  /**
   * Makes the app itself end with exit code 1 when a finding rejects the synthesis. `cdk synth` looks only at the findings of the stacks that it
   * selects, and stacks inside a Stage are not selected unless named: with this switch a plain `cdk synth` fails for them too. So does `cdk ls`.
   *
   * @default false
   */
  readonly strict?: boolean;
}

/**
 * Judges every template of an app against the Trust Services Criteria when it is synthesized: a CDK policy-validation plugin named `SOC2`.
 *
 * It reads the templates that CDK has written, nested stacks and Stages included, so nothing that an Aspect, a mixin or an escape hatch did
 * goes unseen. It never throws: CDK would take that for a pass.
 */
export class Soc2Checks implements IPolicyValidationPlugin {
  /** The name that acknowledgements begin with: `SOC2::S3.Versioning`. */
  public readonly name: string = PLUGIN_NAME;
  /** The version of this library. */
  public readonly version?: string = toolVersion();
  /** The ids of the rules. */
  public readonly ruleIds?: string[] = allRules().filter((rule) => rule.onByDefault).map((rule) => rule.id);
  private readonly policy: AcknowledgementPolicy;
  private readonly asOf: string;

  /**
   * @throws Error when `asOf` is not `YYYY-MM-DD`.
   */
  public constructor(private readonly props: Soc2ChecksProps = {}) {
    this.policy = props.acknowledgements ?? AcknowledgementPolicy.HONOUR;
    this.asOf = asOfDay(props.asOf);
  }

  /** Called by CDK with the written templates. */
  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const outdir = outdirOf(context);
    const violations: PolicyViolation[] = [];
    let metadata: Record<string, string> = {};
    try {
      const ledger = this.ledgerOf(context, outdir);
      const findings = findingsOf(ledger, this.policy);
      violations.push(...violationsOf(findings, outdir));
      for (const input of ledger.inputs) if (input.error) violations.push(appViolation('Input', `${input.path} could not be read: ${input.error}`));
      const written = this.writeEvidence(ledger, outdir, violations);
      const { evaluations, pass, fail } = ledger.totals;
      metadata = { evaluations: String(evaluations), pass: String(pass), fail: String(fail), ...written && { digest: ledger.digest } };
      const rejected = findings.some(rejects) || violations.some((violation) => violation.ruleName.startsWith('SOC2.'));
      if (this.props.strict && rejected) {
        process.exitCode = 1;
        // The CLI stops at the exit code and does not print CDK's report, so say here what was found.
        process.stderr.write(renderText(ledger, { notEvaluated: false }));
      }
      return { success: !rejected, violations, pluginVersion: this.version, metadata };
    } catch (error) {
      if (this.props.strict) process.exitCode = 1;
      violations.push(appViolation('Internal', `the checks could not be completed: ${error instanceof Error ? error.message : String(error)}`));
      return { success: false, violations, pluginVersion: this.version, metadata };
    }
  }

  private ledgerOf(context: IPolicyValidationContext, outdir: string): Ledger {
    const tree = new AppTree(context.appConstruct);
    const loader = new Loader();
    const units = new Map<string, Unit>();
    for (const { stackConstructPath, templatePath, accountId, region } of context.stackTemplates) {
      const directory = dirname(resolve(templatePath));
      let unit = units.get(directory);
      if (!unit) units.set(directory, unit = loader.newUnit());
      const environment = { account: accountId, region };
      const add = (stack: Stack, parent?: Stack) => {
        const path = parent ? join(directory, stack.templateFile) : resolve(templatePath);
        const stackName = parent ? undefined : stack.stackName;
        return loader.addFile(path, relative(outdir, path), unit!, { ...environment, stackName, constructPath: stack.node.path }, true);
      };
      tree.addStack(unit, stackConstructPath, process.cwd(), add);
    }
    return assess(tree.finish(loader), {
      categories: this.props.categories ?? [TrustServicesCategory.SECURITY, TrustServicesCategory.AVAILABILITY], asOf: this.asOf, advisory: false,
      acknowledgements: this.policy, requireExplicit: this.props.requireExplicit, command: 'cdk synth', ...runContext(),
    });
  }

  /** Writes the evidence, or adds a violation that says why it cannot be. */
  private writeEvidence(ledger: Ledger, outdir: string, violations: PolicyViolation[]): boolean {
    const directory = this.props.evidenceDirectory;
    if (directory === undefined) return false;
    const path = resolve(directory);
    const way = relative(outdir, path);
    if (!way.startsWith('..') && !isAbsolute(way)) {
      violations.push(appViolation('Evidence', `evidence cannot be written to ${directory}: it lies inside the cloud assembly, which plugins must not change; name a directory beside it`));
      return false;
    }
    const names: string[] = this.props.evidenceFormats ?? [EvidenceFormat.JSON];
    try {
      for (const format of FORMATS) if (names.includes(format.name)) writeWhole(join(path, format.file), format.render(ledger));
    } catch (error) {
      violations.push(appViolation('Evidence', `evidence cannot be written to ${directory}: ${(error as Error).message}`));
      return false;
    }
    process.stderr.write(`SOC2: ${summary(ledger)[0]}\nSOC2: evidence in ${relative(process.cwd(), path) || '.'}\n`);
    return true;
  }
}

/** The directory of the app's cloud assembly. */
function outdirOf(context: IPolicyValidationContext): string {
  const app: unknown = context.appConstruct;
  return resolve(Stage.isStage(app) ? app.outdir : dirname(context.templatePaths[0] ?? '.'));
}

/** One violation for each rule and message, with all its resources. */
function violationsOf(findings: readonly SynthFinding[], outdir: string): PolicyViolation[] {
  const groups = new Map<string, SynthFinding[]>();
  for (const finding of findings) {
    const key = `${finding.rule}\n${finding.severity}\n${finding.description}`;
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  return [...groups.values()].map((group) => ({
    ruleName: group[0].rule,
    description: group[0].description,
    fix: group[0].fix,
    severity: group[0].severity,
    ruleMetadata: { criteria: group[0].criteria.join(' '), severity: group[0].ledgerSeverity },
    violatingResources: group.map((finding) => ({
      resourceLogicalId: finding.logicalId,
      templatePath: join(outdir, finding.template),
      // CDK looks the path up by logical id when it is missing; given here it is right for nested stacks too.
      constructPath: finding.constructPath,
      locations: finding.location === undefined ? [] : [finding.location],
    })),
  }));
}

/** A violation of the app as a whole. Its construct path is empty: CDK drops findings that are placed on a Stage. */
function appViolation(rule: string, description: string): PolicyViolation {
  return { ruleName: `SOC2.${rule}`, description, severity: 'fatal', violatingResources: [{ constructPath: '', locations: [] }] };
}
