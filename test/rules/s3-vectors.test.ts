import { at, MACRO, setting, subject } from './cases';
import { fail, notApplicable, pass, unknown, verdicts } from './verdicts';
import { kmsEncryption } from '../../src/rules/s3-vectors';

const index = subject('AWS::S3Vectors::Index');

verdicts(kmsEncryption, setting(subject('AWS::S3Vectors::VectorBucket'), 'EncryptionConfiguration.SseType', {
  good: 'aws:kms',
  bad: 'AES256',
  notApplicable: { 'an index as its bucket': index() },
  trap: {
    'an index with a key of its own': pass(index(at('EncryptionConfiguration.SseType', 'aws:kms'))),
    'an index that overrides its bucket': fail(index(at('EncryptionConfiguration.SseType', 'AES256'))),
    'an index of which a macro decides': unknown(index({ EncryptionConfiguration: MACRO })),
    'an index that says nothing': notApplicable(index({ EncryptionConfiguration: {} })),
  },
}));
