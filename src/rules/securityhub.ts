import { awsDefaults } from './aws-defaults';
import { all, any, environmentRule, not, Truth } from './kernel';
import { API_CALLS, calls } from './shared/custom-resource';
import { takesEvent } from './shared/event-pattern';
import { jsonAt } from './shared/json-text';

const HUB = 'AWS::SecurityHub::Hub';

export const enabled = environmentRule({
  id: 'SecurityHub.Enabled',
  resourceTypes: [HUB, 'AWS::SecurityHub::HubV2', ...API_CALLS],
  within: 'region',
  title: 'Security Hub gathers findings of the account and Region',
  severity: 'medium',
  criteria: { direct: ['CC4.1', 'CC7.1'], supporting: ['CC4.2', 'CC6.8', 'CC7.2'] },
  rationale: 'One place for the findings of all detectors, and for checks of how the account is set up, is what a reviewer can work through.',
  remediation: { l2: 'new CfnHub(this, …)', cfn: 'an AWS::SecurityHub::Hub or AWS::SecurityHub::HubV2' },
  configRule: 'SECURITYHUB_ENABLED',
  sources: ['CIS AWS Foundations 4.16', 'AWS Security Hub user guide, "Enabling Security Hub CSPM"'],
  candidate: (resource) => (API_CALLS.includes(resource.type) ? calls(resource, 'SecurityHub', 'enableSecurityHub(V2)?') : Truth.YES),
  check: () => Truth.YES,
});

export const standards = environmentRule({
  id: 'SecurityHub.Standards',
  resourceTypes: [HUB, 'AWS::SecurityHub::Standard'],
  within: 'region',
  title: 'Security Hub checks the account against a standard',
  severity: 'medium',
  criteria: { direct: ['CC4.1'], supporting: ['CC7.1'] },
  rationale: 'Without a standard Security Hub only collects what others find, and evaluates nothing itself.',
  remediation: { l2: 'enableDefaultStandards: true', cfn: 'EnableDefaultStandards: true, or an AWS::SecurityHub::Standard' },
  sources: ['AWS::SecurityHub::Hub, EnableDefaultStandards: true by default', 'AWS Security Hub user guide, "Enabling security standards"'],
  check: (resource) => (resource.type === HUB
    ? resource.get('EnableDefaultStandards').awsDefault(awsDefaults['AWS::SecurityHub::Hub.EnableDefaultStandards']).isTrue()
    : resource.get('StandardsArn').isPresent()),
});

export const findingAggregator = environmentRule({
  id: 'SecurityHub.FindingAggregator',
  resourceTypes: ['AWS::SecurityHub::FindingAggregator', 'AWS::SecurityHub::AggregatorV2'],
  within: 'account',
  title: 'Findings of all Regions come together in one',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC4.1', 'CC4.2'] },
  rationale: 'Nobody looks at every Region every day. In an organization the account that administers Security Hub does it for all.',
  remediation: { l2: 'new CfnFindingAggregator(…)', cfn: 'an AWS::SecurityHub::FindingAggregator with RegionLinkingMode: ALL_REGIONS' },
  sources: ['AWS Security Hub user guide, "Understanding cross-Region aggregation in Security Hub CSPM"'],
  onByDefault: false,
  check: (one) => one.get('RegionLinkingMode').oneOf(['ALL_REGIONS', 'ALL_REGIONS_EXCEPT_SPECIFIED', 'SPECIFIED_REGIONS']),
});

/** Findings that somebody must see, as they reach EventBridge. */
const SEVERE = ['HIGH', 'CRITICAL'].map((label) => ({
  'source': 'aws.securityhub',
  'detail-type': 'Security Hub Findings - Imported',
  'detail': {
    findings: [{
      Severity: { Label: label, Normalized: label === 'HIGH' ? 70 : 90 }, RecordState: 'ACTIVE', WorkflowState: 'NEW', Workflow: { Status: 'NEW' },
      Compliance: { Status: 'FAILED' }, ProductName: 'Security Hub',
    }],
  },
}));
const THREATS = [7, 8, 9].map((severity) => ({
  'source': 'aws.guardduty',
  'detail-type': 'GuardDuty Finding',
  'detail': { severity, schemaVersion: '2.0', type: 'UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS', service: { archived: false } },
}));

export const findingsRouted = environmentRule({
  id: 'SecurityHub.FindingsRouted',
  resourceTypes: ['AWS::Events::Rule'],
  within: 'region',
  title: 'Severe findings are sent on to somebody',
  severity: 'medium',
  criteria: { direct: ['CC7.3'], supporting: ['CC4.2', 'CC7.4'] },
  rationale: 'A finding that waits in a console until somebody looks there is evaluated late or never.',
  remediation: {
    construct: 'SecurityEventRules', l2: 'new Rule({ eventPattern: { source: [\'aws.guardduty\'], … }, targets })', cfn: 'an AWS::Events::Rule for aws.guardduty or aws.securityhub with Targets',
  },
  sources: [
    'Amazon GuardDuty user guide, "Processing GuardDuty findings with Amazon EventBridge": severity 7 and above is high',
    'AWS Security Hub user guide, "Using EventBridge for automated response and remediation"',
  ],
  candidate: (resource) => jsonAt(resource.get('EventPattern'), resource).get('source')
    .some((source) => source.oneOf(['aws.guardduty', 'aws.securityhub']), 'its pattern names no source'),
  check: (resource) => {
    const pattern = jsonAt(resource.get('EventPattern'), resource);
    return all(
      any([SEVERE, THREATS].map((events) => all(...events.map((event) => takesEvent(pattern, event))))).because('its pattern leaves out severe findings'),
      resource.get('Targets').count(1).because('it has no target'),
      not(resource.get('State').is('DISABLED'), 'it is switched off'),
    );
  },
});
