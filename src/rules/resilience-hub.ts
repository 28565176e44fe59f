import { all, rule } from './kernel';

export const assessed = rule({
  id: 'ResilienceHub.Assessed',
  resourceTypes: ['AWS::ResilienceHub::App'],
  title: 'Application is assessed daily against its recovery objectives',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['A1.2', 'A1.3', 'CC9.1'] },
  rationale: 'A policy states how long an outage and how much lost data is borne; assessments show drift from it. Other ways to assess recovery serve as well.',
  remediation: { cfn: 'ResiliencyPolicyArn, and AppAssessmentSchedule: Daily' },
  sources: ['AWS::ResilienceHub::App, AppAssessmentSchedule: Daily or Disabled'],
  check: (app) => all(app.get('ResiliencyPolicyArn').isPresent(), app.get('AppAssessmentSchedule').is('Daily')),
});
