import { awsDefaults } from './aws-defaults';
import { environmentRule } from './kernel';

export const enabled = environmentRule({
  id: 'Macie.Enabled',
  resourceTypes: ['AWS::Macie::Session'],
  within: 'region',
  title: 'Macie looks for personal data in buckets',
  severity: 'low',
  criteria: { direct: ['C1.1'], supporting: ['CC3.2'] },
  rationale: 'Macie finds confidential data where nobody expected it. It is billed by volume, and of use only where buckets hold what people write.',
  remediation: { l2: 'new CfnSession(this, …)', cfn: 'an AWS::Macie::Session with Status: ENABLED' },
  configRule: 'MACIE_STATUS_CHECK',
  sources: ['AWS Security Hub Macie.1', 'AWS::Macie::Session, Status: ENABLED by default'],
  onByDefault: false,
  check: (session) => session.get('Status').awsDefault(awsDefaults['AWS::Macie::Session.Status']).is('ENABLED'),
});
