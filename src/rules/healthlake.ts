import { awsDefaults } from './aws-defaults';
import { all, rule } from './kernel';
import { ownKey } from './shared/own-key';

const OWNED_BY_AWS = awsDefaults['AWS::HealthLake::FHIRDatastore.SseConfiguration.KmsEncryptionConfig.CmkType'];

export const customerKey = rule({
  id: 'HealthLake.CustomerKey',
  resourceTypes: ['AWS::HealthLake::FHIRDatastore'],
  title: 'Health records are encrypted with a key of the organization',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'A key of one\'s own has a policy, rotation and an audit trail of its use. Encryption as such is always on, with a key that AWS owns.',
  remediation: { construct: 'EncryptionKey', cfn: 'SseConfiguration.KmsEncryptionConfig: { CmkType: CUSTOMER_MANAGED_KMS_KEY, KmsKeyId }' },
  sources: ['AWS HealthLake API reference, KmsEncryptionConfig'],
  onByDefault: false,
  check: (store) => all(
    store.get('SseConfiguration.KmsEncryptionConfig.CmkType').awsDefault(OWNED_BY_AWS).is('CUSTOMER_MANAGED_KMS_KEY'),
    ownKey(store.get('SseConfiguration.KmsEncryptionConfig.KmsKeyId'), 'healthlake'),
  ),
});
