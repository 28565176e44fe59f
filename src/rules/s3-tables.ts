import { rule } from './kernel';
import { notPublic } from './shared/resource-policy';

export const kmsEncryption = rule({
  id: 'S3Tables.KmsEncryption',
  resourceTypes: ['AWS::S3Tables::TableBucket'],
  title: 'Table bucket encrypts with a KMS key',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'With KMS every decryption is a call that a key policy can refuse and CloudTrail records. Tables are always encrypted, so this is asked for.',
  remediation: { construct: 'EncryptionKey', cfn: 'EncryptionConfiguration: { SSEAlgorithm: aws:kms, KMSKeyArn }' },
  sources: ['Amazon S3 user guide, "Using server-side encryption with AWS KMS keys in table buckets": AES256 by default'],
  onByDefault: false,
  check: (bucket) => bucket.get('EncryptionConfiguration.SSEAlgorithm').is('aws:kms'),
});

export const policyNotPublic = rule({
  id: 'S3Tables.PolicyNotPublic',
  resourceTypes: ['AWS::S3Tables::TableBucketPolicy', 'AWS::S3Tables::TablePolicy'],
  title: 'Policy of tables allows no unbounded principal',
  severity: 'medium',
  criteria: { direct: ['CC6.1'], supporting: ['CC6.3', 'CC6.6'] },
  rationale: 'A statement that allows everyone, with no condition on who calls, gives more than was meant, and a review of access cannot tell whom. S3 never makes tables public, which bounds the damage.',
  remediation: { cfn: 'ResourcePolicy whose Allow statements name their principals' },
  sources: ['Amazon S3 user guide, "Resource-based policies for S3 Tables"', 'Amazon S3 user guide, "Access management for S3 Tables": tables are private and never public'],
  check: (policy) => notPublic(policy.get('ResourcePolicy')),
});
