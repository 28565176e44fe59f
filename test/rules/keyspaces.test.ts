import { ifProd, MACRO, P, setting, subject } from './cases';
import { fail, pass, verdicts } from './verdicts';
import { customerKey, pointInTimeRecovery } from '../../src/rules/keyspaces';

const table = subject('AWS::Cassandra::Table');
const encrypted = (EncryptionType: unknown, more: object = { KmsKeyIdentifier: 'arn:aws:kms:us-east-1:111111111111:key/1' }) => table({ EncryptionSpecification: { EncryptionType, ...more } });

verdicts(pointInTimeRecovery, setting(table, 'PointInTimeRecoveryEnabled', { good: true, bad: false }));

verdicts(customerKey, {
  pass: { 'a key': encrypted('CUSTOMER_MANAGED_KMS_KEY'), 'a key by parameter': encrypted('CUSTOMER_MANAGED_KMS_KEY', { KmsKeyIdentifier: P }) },
  fail: { 'absent': table(), 'that of AWS': encrypted('AWS_OWNED_KMS_KEY', {}) },
  unknown: { 'the kind by parameter': encrypted(P), 'the key by a macro': encrypted('CUSTOMER_MANAGED_KMS_KEY', { KmsKeyIdentifier: MACRO }) },
  trap: {
    'a key that is not used': fail(encrypted('AWS_OWNED_KMS_KEY')),
    'the kind without a key': fail(encrypted('CUSTOMER_MANAGED_KMS_KEY', {})),
    'in one branch': fail(encrypted(ifProd('CUSTOMER_MANAGED_KMS_KEY', 'AWS_OWNED_KMS_KEY')), { message: /IsProd is false/ }),
    'the same in both branches': pass(encrypted(ifProd('CUSTOMER_MANAGED_KMS_KEY', 'CUSTOMER_MANAGED_KMS_KEY'))),
  },
});
