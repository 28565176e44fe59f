import { applies, rule } from './kernel';
import { notPublic } from './shared/resource-policy';

export const policyNotPublic = rule({
  id: 'CodeArtifact.PolicyNotPublic',
  resourceTypes: ['AWS::CodeArtifact::Domain', 'AWS::CodeArtifact::Repository'],
  title: 'Policy of packages allows no unbounded principal',
  severity: 'high',
  criteria: { direct: ['CC6.6'], supporting: ['CC6.1', 'CC6.8'] },
  rationale: 'A statement that allows everyone, with no condition on who calls, lets any AWS account read the packages, or publish what is then built into a release.',
  remediation: { l2: 'permissionsPolicyDocument that names its principals', cfn: 'PermissionsPolicyDocument whose Allow statements name their principals or bind aws:PrincipalOrgID' },
  sources: ['AWS CodeArtifact user guide, "Repository policies" and "Domain policies"'],
  check: (resource) => applies(resource.get('PermissionsPolicyDocument').isPresent(), 'it has no policy', () => notPublic(resource.get('PermissionsPolicyDocument'))),
});
