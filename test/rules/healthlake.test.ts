import { P, subject } from './cases';
import { fail, verdicts } from './verdicts';
import { customerKey } from '../../src/rules/healthlake';

const store = subject('AWS::HealthLake::FHIRDatastore');
const key = (KmsEncryptionConfig: object, others = {}) => store({ SseConfiguration: { KmsEncryptionConfig } }, others);

verdicts(customerKey, {
  pass: { 'a key of the template': key({ CmkType: 'CUSTOMER_MANAGED_KMS_KEY', KmsKeyId: { Ref: 'Key' } }, { Key: { Type: 'AWS::KMS::Key' } }) },
  fail: { 'absent': store(), 'the key of AWS': key({ CmkType: 'AWS_OWNED_KMS_KEY' }) },
  unknown: { 'by parameter': key({ CmkType: P, KmsKeyId: 'k' }) },
  trap: {
    'named, and not used': fail(key({ CmkType: 'AWS_OWNED_KMS_KEY', KmsKeyId: 'k' })),
    'used, and not named': fail(key({ CmkType: 'CUSTOMER_MANAGED_KMS_KEY' })),
  },
});
