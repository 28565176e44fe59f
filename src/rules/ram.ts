import { awsDefaults } from './aws-defaults';
import { rule } from './kernel';

export const noExternalPrincipals = rule({
  id: 'RAM.NoExternalPrincipals',
  resourceTypes: ['AWS::RAM::ResourceShare'],
  title: 'Resources are shared inside of the organization only',
  severity: 'medium',
  criteria: { direct: ['CC6.6'], supporting: ['CC6.1', 'CC6.7'] },
  rationale: 'A share that admits principals from outside can be given to any account by whoever may change it, and no policy of the resource says so.',
  remediation: { l2: 'allowExternalPrincipals: false', cfn: 'AllowExternalPrincipals: false' },
  sources: ['AWS::RAM::ResourceShare, AllowExternalPrincipals: true by default'],
  check: (share) => share.get('AllowExternalPrincipals').awsDefault(awsDefaults['AWS::RAM::ResourceShare.AllowExternalPrincipals']).isFalse()
    .because('principals outside of the organization may be added to the share'),
});
