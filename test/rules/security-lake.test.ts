import { presence, setting, subject } from './cases';
import { fail, verdicts } from './verdicts';
import { customerKey, retention } from '../../src/rules/security-lake';

const lake = subject('AWS::SecurityLake::DataLake');
verdicts(customerKey, presence(lake, 'EncryptionConfiguration.KmsKeyId', {
  trap: { 'the key of S3': fail(lake({ EncryptionConfiguration: { KmsKeyId: 'S3_MANAGED_KEY' } })) },
}));
verdicts(retention, setting(lake, 'LifecycleConfiguration.Expiration.Days', { good: 365, bad: 90 }));
