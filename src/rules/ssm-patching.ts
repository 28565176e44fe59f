import { all, any, environmentRule, Property, ResourceReader, rule, Truth } from './kernel';

/** How patches are named that matter most, by the key of a filter. A filter by anything else, such as the product, does not leave them out. */
const MOST_SEVERE: Readonly<Record<string, readonly string[]>> = {
  SEVERITY: ['*', 'Critical'],
  MSRC_SEVERITY: ['*', 'Critical'],
  PRIORITY: ['*', 'Required', 'Important'],
  CLASSIFICATION: ['*', 'Security', 'SecurityUpdates', 'CriticalUpdates'],
};

/** Their packages carry no date, so that approval waits for none. */
const WITHOUT_DATES = ['UBUNTU', 'DEBIAN', 'RASPBIAN'];

export const patchBaseline = rule({
  id: 'SSM.PatchBaseline',
  resourceTypes: ['AWS::SSM::PatchBaseline'],
  title: 'Critical patches are approved within a week, by themselves',
  severity: 'low',
  criteria: { direct: ['CC7.1'], supporting: ['CC6.8'] },
  rationale: 'Attacks follow the publication of a patch within days; one that waits for somebody to approve it is late.',
  remediation: { l2: 'new CfnPatchBaseline(…, { approvalRules })', cfn: 'ApprovalRules with ApproveAfterDays of 7 or less for critical security patches' },
  configRule: 'EC2_MANAGEDINSTANCE_PATCH_COMPLIANCE_STATUS_CHECK',
  sources: ['AWS Systems Manager user guide, "Predefined and custom patch baselines": those of AWS approve after 7 days', 'AWS::SSM::PatchBaseline Rule'],
  check: (baseline) => baseline.get('ApprovalRules.PatchRules').some((one) => all(
    one.get('PatchFilterGroup.PatchFilters').every(takesSevere),
    any([baseline.get('OperatingSystem').oneOf(WITHOUT_DATES), one.get('ApproveAfterDays').atMost(7)]),
  )).because('no rule approves critical patches within 7 days'),
});

function takesSevere(filter: Property): Truth {
  const key = filter.get('Key');
  if (key.scalar === undefined) return key.openTruth();
  const wanted = MOST_SEVERE[String(key.scalar)];
  return wanted === undefined ? Truth.YES : filter.get('Values').some((value) => value.oneOf(wanted));
}

const ASSOCIATION = 'AWS::SSM::Association';
const TASK = 'AWS::SSM::MaintenanceWindowTask';
/** Runbooks of AWS that install patches; the first family does so when asked to, and only looks otherwise. */
const BASELINE = /AWS-RunPatchBaseline(Association|WithHooks)?$/;
const INSTALLS = /AWS-(PatchInstanceWithRollback|PatchAsgInstance|InstallWindowsUpdates)$/;

export const scheduledPatching = environmentRule({
  id: 'SSM.ScheduledPatching',
  resourceTypes: [ASSOCIATION, TASK, 'AWS::SSMQuickSetup::ConfigurationManager'],
  within: 'region',
  title: 'Patches are installed on a schedule',
  severity: 'low',
  criteria: { direct: ['CC7.1'], supporting: ['CC6.8'] },
  rationale: 'A scan says which patches are missing; hosts that live long stay open until something installs them.',
  remediation: { l2: 'new CfnAssociation(…)', cfn: 'an AWS::SSM::Association for AWS-RunPatchBaseline with a ScheduleExpression and Operation: [Install]' },
  configRule: 'EC2_MANAGEDINSTANCE_ASSOCIATION_COMPLIANCE_STATUS_CHECK',
  sources: ['AWS Systems Manager user guide, "SSM Command documents for patching managed nodes"', 'AWS Security Hub SSM.2'],
  candidate: (resource) => {
    const name = runbook(resource);
    if (name) return any([name.matches(BASELINE, 'a runbook that patches'), name.matches(INSTALLS, 'a runbook that patches')]);
    return resource.get('ConfigurationDefinitions').some((one) => one.get('Type').is('AWSQuickSetupType-PatchPolicy'));
  },
  check: (resource) => {
    const name = runbook(resource);
    if (!name) {
      return resource.get('ConfigurationDefinitions').some((one) => one.get('Parameters.ConfigurationOptionsPatchOperation').is('ScanAndInstall'))
        .because('the patch policy only scans');
    }
    return all(
      any([name.matches(INSTALLS, 'a runbook that installs'), ...operations(resource).map((place) => place.some((value) => value.is('Install')))])
        .because('the runbook only scans'),
      // A task runs when its maintenance window does.
      resource.type === TASK ? Truth.YES : resource.get('ScheduleExpression').isPresent(),
    );
  },
});

function runbook(resource: ResourceReader): Property | undefined {
  return resource.type === ASSOCIATION ? resource.get('Name') : resource.type === TASK ? resource.get('TaskArn') : undefined;
}

function operations(resource: ResourceReader): Property[] {
  return resource.type === ASSOCIATION ? [resource.get('Parameters.Operation')] : [
    resource.get('TaskInvocationParameters.MaintenanceWindowRunCommandParameters.Parameters.Operation'), resource.get('TaskParameters.Operation.Values'),
  ];
}
