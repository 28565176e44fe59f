import { defaults } from './default';

/** Secure defaults of a KMS key. */
export const keyDefaults = defaults({
  enableKeyRotation: {
    value: true,
    provenBy: ['KMS.KeyRotation'],
    criteria: ['CC6.1', 'C1.1'],
    source: 'AWS KMS developer guide, "Rotate AWS KMS keys"; CIS AWS Foundations 3.6',
    reason: 'Rotation bounds how much data one version of the key material protects.',
    cfn: { EnableKeyRotation: true },
  },
  rotationPeriodDays: {
    value: 365,
    provenBy: [],
    criteria: [],
    source: 'AWS KMS developer guide, "Rotate AWS KMS keys": 90 to 2560 days, 365 by default',
    reason: 'Yearly is what auditors ask for; each of the first two rotations adds to the monthly price of the key.',
    cfn: { RotationPeriodInDays: 365 },
  },
  policy: {
    value: 'the account, and services on behalf of it',
    provenBy: ['KMS.KeyPolicyNotPublic', 'KMS.FullAccessOfAccountOnly', 'KMS.KeyPolicyNoNegation'],
    criteria: ['CC6.1', 'CC6.3'],
    source: 'AWS KMS developer guide, "Default key policy"',
    reason: 'The account\'s own IAM policies decide who uses the key, and services get in by statements that name their actions.',
  },
  enabled: {
    value: true,
    provenBy: ['KMS.KeyEnabled'],
    criteria: ['A1.2', 'CC6.1'],
    source: 'AWS::KMS::Key, Enabled',
    reason: 'What a disabled key encrypts cannot be read.',
  },
  pendingWindowDays: {
    value: 30,
    provenBy: ['KMS.DeletionWindow'],
    criteria: ['A1.2', 'C1.1'],
    source: 'AWS KMS developer guide, "Deleting AWS KMS keys": 7 to 30 days',
    reason: 'The longest wait leaves the most time to notice that data still needs the key.',
    least: { 'KMS.DeletionWindow': 30 },
    cfn: { PendingWindowInDays: 30 },
  },
  removalPolicy: {
    value: 'RETAIN',
    provenBy: ['KMS.Retained'],
    criteria: ['A1.2', 'C1.1'],
    source: 'AWS CloudFormation user guide, "DeletionPolicy attribute"',
    reason: 'Without the key everything it encrypts is lost, so a deleted stack must not take it along.',
    cfn: { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' },
  },
});
