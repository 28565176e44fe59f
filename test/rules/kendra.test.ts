import { P, presence, subject } from './cases';
import { pass, unknown, verdicts } from './verdicts';
import { customerKey, qBusinessCustomerKey } from '../../src/rules/kendra';

const key = { Key: { Type: 'AWS::KMS::Key' } };
const index = subject('AWS::Kendra::Index');
const application = subject('AWS::QBusiness::Application');

verdicts(customerKey, presence(index, 'ServerSideEncryptionConfiguration.KmsKeyId', {
  value: 'arn:aws:kms:eu-west-1:111111111111:key/k',
  fail: { 'the key of the service': index({ ServerSideEncryptionConfiguration: { KmsKeyId: 'alias/aws/kendra' } }) },
  trap: {
    'a key of the template': pass(index({ ServerSideEncryptionConfiguration: { KmsKeyId: { Ref: 'Key' } } }, key)),
    'by parameter': unknown(index({ ServerSideEncryptionConfiguration: { KmsKeyId: P } })),
  },
}));
verdicts(qBusinessCustomerKey, presence(application, 'EncryptionConfiguration.KmsKeyId', {
  value: 'arn:aws:kms:eu-west-1:111111111111:key/k',
  trap: {
    'a key of the template': pass(application({ EncryptionConfiguration: { KmsKeyId: { Ref: 'Key' } } }, key)),
    'by parameter': unknown(application({ EncryptionConfiguration: { KmsKeyId: P } })),
  },
}));
