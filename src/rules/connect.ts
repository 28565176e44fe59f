import { rule } from './kernel';

export const contactFlowLogs = rule({
  id: 'Connect.ContactFlowLogs',
  resourceTypes: ['AWS::Connect::Instance'],
  title: 'Contact flows are logged',
  severity: 'low',
  criteria: { direct: ['CC7.2'], supporting: ['CC7.3'] },
  rationale: 'The log shows what a caller was led through and where a flow failed; without it misuse and faults are heard of from callers only.',
  remediation: { cfn: 'Attributes: { ContactflowLogs: true }' },
  configRule: 'CONNECT_INSTANCE_LOGGING_ENABLED',
  sources: ['AWS::Connect::Instance Attributes', 'Amazon Connect administrator guide, "Enable flow logs"', 'AWS Security Hub Connect.2'],
  check: (instance) => instance.get('Attributes.ContactflowLogs').isTrue(),
});
