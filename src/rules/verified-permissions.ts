import { awsDefaults } from './aws-defaults';
import { rule } from './kernel';

const STORE = ['AWS::VerifiedPermissions::PolicyStore'];

export const strictValidation = rule({
  id: 'VerifiedPermissions.StrictValidation',
  resourceTypes: STORE,
  title: 'Policies are checked against the schema',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC6.3', 'CC8.1'] },
  rationale: 'A misspelt attribute or action makes a policy that never matches: a permission that is missing, or a denial that does nothing. The schema finds it before it is stored.',
  remediation: { cfn: 'ValidationSettings: { Mode: STRICT }, with a Schema' },
  sources: ['AWS::VerifiedPermissions::PolicyStore ValidationSettings'],
  check: (store) => store.get('ValidationSettings.Mode').is('STRICT'),
});

export const deletionProtection = rule({
  id: 'VerifiedPermissions.DeletionProtection',
  resourceTypes: STORE,
  title: 'Policy store refuses to be deleted',
  severity: 'low',
  criteria: { direct: ['A1.2'], supporting: ['CC6.3'] },
  rationale: 'Applications ask the store for every decision; deleted with its stack, it takes along the policies that applications have added to it.',
  remediation: { cfn: 'DeletionProtection: { Mode: ENABLED }' },
  sources: ['AWS::VerifiedPermissions::PolicyStore DeletionProtection: DISABLED by default'],
  check: (store) => store.get('DeletionProtection.Mode').awsDefault(awsDefaults['AWS::VerifiedPermissions::PolicyStore.DeletionProtection.Mode']).is('ENABLED'),
});
