import { environmentRule, Truth } from './kernel';

export const graph = environmentRule({
  id: 'Detective.Graph',
  resourceTypes: ['AWS::Detective::Graph'],
  within: 'region',
  title: 'Detective keeps a graph of what happened, for inquiries',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC7.3'] },
  rationale: 'Logs that are tied together shorten an inquiry. It is billed by volume, and other tools may do it.',
  remediation: { l2: 'new CfnGraph(this, …)', cfn: 'an AWS::Detective::Graph' },
  sources: ['Amazon Detective user guide, "What is Amazon Detective?"'],
  onByDefault: false,
  check: () => Truth.YES,
});
