import type { AwsDefault } from '../kernel';

export const iam = {
  'AWS::ACMPCA::CertificateAuthority.UsageMode': { value: 'GENERAL_PURPOSE', source: 'AWS::ACMPCA::CertificateAuthority, UsageMode', read: '2026-11' },
  'AWS::IAM::AccessKey.Status': { value: 'Active', source: 'IAM API reference, CreateAccessKey', read: '2026-11' },
  'AWS::IAM::Role.MaxSessionDuration': { value: 3600, source: 'AWS::IAM::Role, MaxSessionDuration', read: '2026-11' },
  'AWS::KMS::Key.Enabled': { value: true, source: 'AWS::KMS::Key, Enabled', read: '2026-11' },
  'AWS::KMS::Key.KeySpec': { value: 'SYMMETRIC_DEFAULT', source: 'AWS::KMS::Key, KeySpec', read: '2026-11' },
  'AWS::KMS::Key.Origin': { value: 'AWS_KMS', source: 'AWS::KMS::Key, Origin', read: '2026-11' },
  'AWS::KMS::Key.PendingWindowInDays': { value: 30, source: 'AWS::KMS::Key, PendingWindowInDays', read: '2026-11' },
  'AWS::KMS::Key.RotationPeriodInDays': { value: 365, source: 'AWS::KMS::Key, RotationPeriodInDays', read: '2026-11' },
  'AWS::RAM::ResourceShare.AllowExternalPrincipals': { value: true, source: 'AWS::RAM::ResourceShare, AllowExternalPrincipals', read: '2026-11' },
  'AWS::RolesAnywhere::Profile.DurationSeconds': { value: 3600, source: 'IAM Roles Anywhere API reference, CreateProfile', read: '2026-11' },
  'AWS::SSO::PermissionSet.SessionDuration': { value: 'PT1H', source: 'IAM Identity Center user guide, "Set session duration for AWS accounts"', read: '2026-11' },
} as const satisfies Readonly<Record<string, AwsDefault>>;
