import { applies, rule, Truth } from './kernel';

export const kmsEncryption = rule({
  id: 'S3Vectors.KmsEncryption',
  resourceTypes: ['AWS::S3Vectors::VectorBucket', 'AWS::S3Vectors::Index'],
  title: 'Vectors are encrypted with a KMS key',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'Vectors can give away what they were made of. They are always encrypted; a KMS key adds a policy and a record of its use, so this is asked for.',
  remediation: { construct: 'EncryptionKey', cfn: 'EncryptionConfiguration: { SseType: aws:kms, KmsKeyArn }' },
  sources: ['AWS::S3Vectors::VectorBucket EncryptionConfiguration: AES256 by default', 'AWS::S3Vectors::Index: that of its bucket by default'],
  onByDefault: false,
  check: (store) => {
    const encryption = store.get('EncryptionConfiguration');
    const encrypted = (): Truth => encryption.get('SseType').is('aws:kms');
    return store.type === 'AWS::S3Vectors::Index' ? applies(encryption.isPresent(), 'it is encrypted as its bucket is', encrypted) : encrypted();
  },
});
