import { all, rule } from './kernel';

export const practiceRuns = rule({
  id: 'ARC.PracticeRuns',
  resourceTypes: ['AWS::ARCZonalShift::ZonalAutoshiftConfiguration'],
  title: 'Leaving a zone is practised every week',
  severity: 'low',
  criteria: { direct: ['A1.3'], supporting: ['A1.2'] },
  rationale: 'Practice runs move traffic out of a zone weekly and an alarm tells whether the application bore it, which is a test of recovery with a record.',
  remediation: { cfn: 'ZonalAutoshiftStatus: ENABLED, and PracticeRunConfiguration with OutcomeAlarms' },
  sources: ['Amazon Application Recovery Controller developer guide, "Practice runs in zonal autoshift"'],
  check: (configuration) => all(
    configuration.get('ZonalAutoshiftStatus').is('ENABLED'), configuration.get('PracticeRunConfiguration.OutcomeAlarms').count(1),
  ),
});

export const recoveryTimeObjective = rule({
  id: 'ARC.RecoveryTimeObjective',
  resourceTypes: ['AWS::ARCRegionSwitch::Plan'],
  title: 'Plan to switch Regions states its recovery time',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['A1.2', 'A1.3', 'CC7.5'] },
  rationale: 'With an objective in the plan each execution is measured against it. The objective may be written down elsewhere, and only executions show that the plan works.',
  remediation: { cfn: 'RecoveryTimeObjectiveMinutes' },
  sources: ['AWS::ARCRegionSwitch::Plan, RecoveryTimeObjectiveMinutes'],
  check: (plan) => plan.get('RecoveryTimeObjectiveMinutes').atLeast(1),
});
