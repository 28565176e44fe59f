import { all, applies, not, rule } from './kernel';

const KEY = ['AWS::KMS::Key'];

export const keyRotation = rule({
  id: 'KMS.KeyRotation',
  resourceTypes: KEY,
  title: 'Key material is rotated yearly',
  severity: 'high',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'A key that is never rotated protects ever more data, so that one leak of its material exposes all of it.',
  remediation: { construct: 'EncryptionKey', l2: 'enableKeyRotation: true', cfn: 'EnableKeyRotation: true' },
  configRule: 'CMK_BACKING_KEY_ROTATION_ENABLED',
  nagRules: ['KMSBackingKeyRotationEnabled'],
  sources: ['AWS KMS developer guide, "Rotate AWS KMS keys": automatic rotation is for symmetric encryption keys with key material from AWS KMS', 'CIS AWS Foundations 3.6'],
  check: (key) => applies(
    all(key.get('KeySpec').awsDefault('SYMMETRIC_DEFAULT', 'AWS::KMS::Key').is('SYMMETRIC_DEFAULT'),
      key.get('Origin').awsDefault('AWS_KMS', 'AWS::KMS::Key').is('AWS_KMS')),
    'automatic rotation exists only for symmetric keys with key material from AWS KMS',
    () => key.get('EnableKeyRotation').isTrue(),
  ),
});

export const keyPolicyNotPublic = rule({
  id: 'KMS.KeyPolicyNotPublic',
  resourceTypes: KEY,
  title: 'Key policy allows no unbounded principal',
  severity: 'critical',
  criteria: { direct: ['CC6.1', 'CC6.3'], supporting: ['C1.1'] },
  rationale: 'Whoever may use a key can read what it protects; a wildcard principal without a narrowing condition means any AWS account.',
  remediation: { construct: 'EncryptionKey', l2: 'name principals in addToResourcePolicy(), or bind them with aws:PrincipalOrgID or kms:CallerAccount', cfn: 'a KeyPolicy whose Allow statements name their principals' },
  sources: ['AWS KMS developer guide, "Key policies in AWS KMS"'],
  check: (key) => not(key.get('KeyPolicy').policy().allowsEveryone(), 'the key policy allows everyone, with no condition on who calls'),
});
