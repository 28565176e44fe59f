import { environmentRule, Truth } from './kernel';

const ANALYZER = ['AWS::AccessAnalyzer::Analyzer'];

export const externalAccess = environmentRule({
  id: 'AccessAnalyzer.ExternalAccess',
  resourceTypes: ANALYZER,
  within: 'region',
  title: 'An analyzer reports what strangers may access',
  severity: 'medium',
  criteria: { direct: ['CC6.1'], supporting: ['CC6.3', 'CC4.1'] },
  rationale: 'It reads every policy of the Region, made by template or by hand, and reports what is open to other accounts or to all. It costs nothing.',
  remediation: { l2: 'new CfnAnalyzer(this, …, { type: \'ACCOUNT\' })', cfn: 'an AWS::AccessAnalyzer::Analyzer with Type: ACCOUNT or ORGANIZATION' },
  configRule: 'IAM_EXTERNAL_ACCESS_ANALYZER_ENABLED',
  sources: ['CIS AWS Foundations 1.20', 'AWS Security Hub IAM.28'],
  // Analyzers of the other types look at unused or internal access.
  candidate: (analyzer) => analyzer.get('Type').oneOf(['ACCOUNT', 'ORGANIZATION']),
  check: () => Truth.YES,
});

export const unusedAccess = environmentRule({
  id: 'AccessAnalyzer.UnusedAccess',
  resourceTypes: ANALYZER,
  within: 'account',
  title: 'An analyzer reports access that nobody uses',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC6.2', 'CC6.3'] },
  rationale: 'Whoever reviews access needs to know which roles, keys and permissions went unused. It is billed by user and role.',
  remediation: { l2: 'new CfnAnalyzer(this, …, { type: \'ACCOUNT_UNUSED_ACCESS\' })', cfn: 'an AWS::AccessAnalyzer::Analyzer with Type: ACCOUNT_UNUSED_ACCESS' },
  sources: ['IAM user guide, "IAM Access Analyzer unused access findings"'],
  onByDefault: false,
  candidate: (analyzer) => analyzer.get('Type').oneOf(['ACCOUNT_UNUSED_ACCESS', 'ORGANIZATION_UNUSED_ACCESS']),
  check: () => Truth.YES,
});
