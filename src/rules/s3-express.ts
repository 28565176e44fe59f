import { rule } from './kernel';

export const kmsEncryption = rule({
  id: 'S3Express.KmsEncryption',
  resourceTypes: ['AWS::S3Express::DirectoryBucket'],
  title: 'Directory bucket encrypts with a KMS key',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'With KMS every decryption is a call that a key policy can refuse and CloudTrail records. A directory bucket always encrypts, and takes one key of the organization for all its life, so this is asked for.',
  remediation: { construct: 'EncryptionKey', cfn: 'BucketEncryption with SSEAlgorithm aws:kms and KMSMasterKeyID' },
  sources: ['Amazon S3 user guide, "Setting and monitoring default encryption for directory buckets": AES256 by default, aws/s3 is not supported'],
  onByDefault: false,
  check: (bucket) => bucket.get('BucketEncryption.ServerSideEncryptionConfiguration').some((item) => item.get('ServerSideEncryptionByDefault.SSEAlgorithm').is('aws:kms')),
});
