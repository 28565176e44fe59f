import { environmentRule } from './kernel';

export const auditFramework = environmentRule({
  id: 'Backup.AuditFramework',
  resourceTypes: ['AWS::Backup::Framework'],
  within: 'region',
  title: 'A framework of AWS Backup Audit Manager evaluates backups',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC4.1', 'A1.2'] },
  rationale: 'It shows day by day whether resources are in plans and plans are kept. The plans themselves are what protects data.',
  remediation: { l2: 'new CfnFramework(…)', cfn: 'an AWS::Backup::Framework with FrameworkControls' },
  sources: ['AWS Backup developer guide, "AWS Backup Audit Manager"'],
  onByDefault: false,
  check: (framework) => framework.get('FrameworkControls').count(1),
});
