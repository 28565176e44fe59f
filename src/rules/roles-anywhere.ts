import { awsDefaults } from './aws-defaults';
import { any, rule } from './kernel';

const PROFILE = ['AWS::RolesAnywhere::Profile'];

export const sessionDuration = rule({
  id: 'RolesAnywhere.SessionDuration',
  resourceTypes: PROFILE,
  title: 'Sessions from certificates end within an hour',
  severity: 'low',
  criteria: { direct: ['CC6.1'] },
  rationale: 'A certificate can be revoked, a session that it was exchanged for cannot; the helper of AWS fetches the next one by itself.',
  remediation: { cfn: 'DurationSeconds of 3600 at most, or none' },
  sources: ['IAM Roles Anywhere API reference, CreateProfile: 3600 by default, 43200 at most'],
  check: (profile) => profile.get('DurationSeconds').awsDefault(awsDefaults['AWS::RolesAnywhere::Profile.DurationSeconds']).atMost(3600),
});

export const sessionPolicy = rule({
  id: 'RolesAnywhere.SessionPolicy',
  resourceTypes: PROFILE,
  title: 'Profile bounds what sessions may do',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC6.1', 'CC6.3'] },
  rationale: 'A session policy keeps what a machine outside of AWS may do below what its role allows. A role of its own, with few rights, does the same.',
  remediation: { cfn: 'SessionPolicy, or ManagedPolicyArns' },
  sources: ['AWS::RolesAnywhere::Profile, SessionPolicy and ManagedPolicyArns'],
  onByDefault: false,
  check: (profile) => any([profile.get('SessionPolicy').isPresent(), profile.get('ManagedPolicyArns').isPresent()]).because('neither SessionPolicy nor ManagedPolicyArns is set'),
});
