import { all, any, applies, Evaluation, ResourceReader, rule, Truth } from './kernel';

const POLICY = 'AWS::Organizations::Policy';
const CONTROL = ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY'];

/** Control policies of the templates deny each of the actions. What they spare, and which accounts they are for, is for a person to judge. */
function denied(model: Evaluation, actions: readonly string[]): Truth {
  const policies = model.ofType(POLICY);
  return all(...actions.map((action) => any(policies.map((policy) => policy.get('Content').policy().some('Deny', (statement) => statement.coversAction(action))), 'no policy denies it')));
}

function asControl(policy: ResourceReader, check: () => Truth): Truth {
  return applies(policy.get('Type').oneOf(CONTROL), 'it controls no access', check);
}

export const recordsGuarded = rule({
  id: 'Organizations.RecordsGuarded',
  resourceTypes: [POLICY],
  title: 'A control policy keeps records from being switched off',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC5.2', 'CC6.3', 'CC7.2'] },
  rationale: 'A denial at the organization holds for administrators of its accounts, too. It may stand in another template, or in AWS Control Tower.',
  remediation: { cfn: 'an AWS::Organizations::Policy that denies cloudtrail:StopLogging, cloudtrail:DeleteTrail and the like' },
  sources: ['AWS Organizations user guide, "Service control policy examples"'],
  onByDefault: false,
  check: (policy, model) => asControl(policy, () => denied(model, ['cloudtrail:StopLogging', 'cloudtrail:DeleteTrail'])
    .because('no control policy of the templates denies to stop and to delete trails')),
});

export const leavingDenied = rule({
  id: 'Organizations.LeavingDenied',
  resourceTypes: [POLICY],
  title: 'A control policy keeps accounts in the organization',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC5.2', 'CC6.3'] },
  rationale: 'An account that leaves takes its data out of reach of every central control. The denial may stand in another template.',
  remediation: { cfn: 'an AWS::Organizations::Policy that denies organizations:LeaveOrganization' },
  sources: ['AWS Organizations user guide, "Service control policy examples": prevent member accounts from leaving the organization'],
  onByDefault: false,
  check: (policy, model) => asControl(policy, () => denied(model, ['organizations:LeaveOrganization'])
    .because('no control policy of the templates denies to leave the organization')),
});
