import { defaults, SharedKey } from './default';

const GUIDE = 'AWS Secrets Manager user guide';

/** Secure defaults of a secret. */
export const secretDefaults = defaults({
  encryptionKey: {
    value: 'customer managed',
    provenBy: ['SecretsManager.CustomerKey'],
    criteria: ['CC6.1', 'C1.1'],
    source: `${GUIDE}, "Secret encryption and decryption in AWS Secrets Manager": aws/secretsmanager without it`,
    reason: 'Who may read the secret must be allowed to use the key as well, and another account can be let in.',
    cfn: { KmsKeyId: new SharedKey('secrets') },
  },
  rotation: {
    value: 'required, or a reason',
    provenBy: ['SecretsManager.Rotation'],
    criteria: ['CC6.1', 'CC6.2'],
    source: `${GUIDE}, "Rotate AWS Secrets Manager secrets"`,
    reason: 'A secret that never changes stays useful to whoever once saw it.',
  },
  removalPolicy: {
    value: 'RETAIN',
    provenBy: [],
    criteria: [],
    source: 'AWS CloudFormation user guide, "DeletionPolicy attribute"',
    reason: 'A token that somebody typed in is nowhere else.',
    cfn: { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' },
  },
});

/** Secure defaults of the schedule by which a secret is rotated. */
export const rotationDefaults = defaults({
  automaticallyAfterDays: {
    value: 30,
    provenBy: ['SecretsManager.RotationInterval'],
    criteria: ['CC6.1'],
    source: `${GUIDE}, "Rotation schedules"; AWS Security Hub SecretsManager.4: within 90 days`,
    reason: 'The interval bounds how long a stolen secret is of use.',
  },
});

/** Secure defaults of the policy of a secret. */
export const secretPolicyDefaults = defaults({
  policy: {
    value: 'names whom it lets in',
    provenBy: ['SecretsManager.PolicyNotPublic'],
    criteria: ['CC6.1', 'CC6.3'],
    source: `${GUIDE}, "Resource-based policies"`,
    reason: 'Nobody outside of the account can read the secret unless the policy names them.',
  },
  blockPublicPolicy: {
    value: true,
    provenBy: ['SecretsManager.BlocksPublicPolicy'],
    criteria: ['CC6.1', 'CC6.6'],
    source: 'AWS::SecretsManager::ResourcePolicy, BlockPublicPolicy',
    reason: 'Secrets Manager refuses a policy that a reviewer would have to notice.',
    cfn: { BlockPublicPolicy: true },
  },
});
