import { Ledger, LedgerEnvironment, LedgerResource } from '../ledger';
import { AcknowledgementPolicy } from './options';
import { criteriaOfRule, MEND_CLAIM, mend, messageOf, select, severityOf, telling } from '../report/findings';
import { printable } from '../report/printable';
import { Severity } from '../rules/kernel';

/** CDK's words for severities. Only these, in lower case: with any other word, one acknowledgement would turn the whole report green. */
export type CdkSeverity = 'fatal' | 'error' | 'warning';

/** Something that a synthesis should hear of. */
export interface SynthFinding {
  readonly rule: string;
  readonly severity: CdkSeverity;
  /** What was found, in one sentence. */
  readonly description: string;
  readonly fix?: string;
  /** The resource in the ledger. */
  readonly resource: string;
  readonly template: string;
  /** Absent for a finding about an account and region. */
  readonly logicalId?: string;
  readonly constructPath?: string;
  /** The property path that CDK finds mutation traces by, with dots. */
  readonly location?: string;
  readonly criteria: readonly string[];
  readonly ledgerSeverity: Severity;
  /** An acknowledgement of CDK's covers it: CDK will suppress it. */
  readonly acknowledged: boolean;
}

/** The severity that CDK sees. Fatal findings cannot be acknowledged. */
export function cdkSeverity(severity: Severity, policy: AcknowledgementPolicy): CdkSeverity {
  if (severity === 'low') return 'warning';
  return severity === 'critical' || policy === AcknowledgementPolicy.REFUSE ? 'fatal' : 'error';
}

/** The findings of a ledger: failures, those that an acknowledgement covers, and rules that could not be run. */
export function findingsOf(ledger: Ledger, policy: AcknowledgementPolicy): SynthFinding[] {
  const environments = new Map(ledger.environments.map((one) => [one.id, one]));
  const chosen = select(ledger, ({ verdict, waiver, crashed }) => verdict === 'fail' || (verdict === 'waived' && waiver?.startsWith('ack:') === true) || crashed === true);
  return chosen.map((finding): SynthFinding => {
    const { evaluation, rule, resource, brokenClaim } = finding;
    const ledgerSeverity = severityOf(finding);
    return {
      rule: rule.id,
      severity: evaluation.crashed ? 'error' : cdkSeverity(ledgerSeverity, policy),
      description: printable(evaluation.crashed ? `${rule.title}: ${evaluation.reason}` : `${rule.title}: ${messageOf(finding)}`),
      fix: evaluation.crashed ? 'report this with the template: a rule must give a verdict on any template' : brokenClaim ? MEND_CLAIM : mend(rule),
      resource: resource.id, ...placeOf(resource, environments.get(resource.id)),
      location: telling(evaluation).find(({ path }) => path.startsWith('Properties.'))?.path,
      criteria: criteriaOfRule(rule), ledgerSeverity,
      acknowledged: evaluation.verdict === 'waived',
    };
  });
}

/** What concerns an account and region is said of the first stack that is deployed there. */
function placeOf(resource: LedgerResource, environment: LedgerEnvironment | undefined): Pick<SynthFinding, 'template' | 'logicalId' | 'constructPath'> {
  const { template, logicalId, constructPath } = resource;
  return environment ? { template: environment.templates[0], constructPath: environment.stack } : { template, logicalId, constructPath };
}

/** True when a synthesis must be rejected. */
export function rejects(finding: SynthFinding): boolean {
  return !finding.acknowledged && finding.severity !== 'warning';
}
