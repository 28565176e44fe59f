import { ifProd, P, subject } from './cases';
import { fail, pass, verdicts } from './verdicts';
import { kmsEncryption } from '../../src/rules/s3-express';

const bucket = subject('AWS::S3Express::DirectoryBucket');
const encrypted = (SSEAlgorithm: unknown) => bucket({ BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm, KMSMasterKeyID: 'arn' } }] } });

verdicts(kmsEncryption, {
  pass: { 'KMS': encrypted('aws:kms') },
  fail: { 'absent': bucket(), 'keys of S3': encrypted('AES256') },
  unknown: { 'by parameter': encrypted(P) },
  trap: {
    'the bucket key alone': fail(bucket({ BucketEncryption: { ServerSideEncryptionConfiguration: [{ BucketKeyEnabled: true }] } })),
    'in one branch': fail(encrypted(ifProd('aws:kms', 'AES256')), { message: /IsProd is false/ }),
    'one rule, not a list': pass(bucket({ BucketEncryption: { ServerSideEncryptionConfiguration: { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } } } })),
  },
});
