import { all, rule } from './kernel';

const LAKE = ['AWS::SecurityLake::DataLake'];

export const customerKey = rule({
  id: 'SecurityLake.CustomerKey',
  resourceTypes: LAKE,
  title: 'Security Lake is encrypted with a named KMS key',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC6.1', 'CC7.2'] },
  rationale: 'The lake is always encrypted; a key of one\'s own adds a policy and an audit trail of who read it.',
  remediation: { l2: 'encryptionConfiguration: { kmsKeyId: key.keyId }', cfn: 'EncryptionConfiguration: { KmsKeyId }' },
  sources: ['Amazon Security Lake user guide, "Encryption at rest": with S3_MANAGED_KEY unless a key is named'],
  onByDefault: false,
  check: (lake) => {
    const key = lake.get('EncryptionConfiguration.KmsKeyId');
    return all(key.isPresent(), key.isNot('S3_MANAGED_KEY'));
  },
});

export const retention = rule({
  id: 'SecurityLake.Retention',
  resourceTypes: LAKE,
  title: 'Security Lake says for how long it keeps events, a year at least',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC7.2', 'CC7.3'] },
  rationale: 'A year covers the period of a type 2 report. Without a period events are kept for ever, which is no loss but for its price.',
  remediation: { l2: 'lifecycleConfiguration: { expiration: { days: 365 } }', cfn: 'LifecycleConfiguration: { Expiration: { Days: 365 } }' },
  sources: ['Amazon Security Lake user guide, "Lifecycle management in Security Lake"'],
  onByDefault: false,
  check: (lake) => lake.get('LifecycleConfiguration.Expiration.Days').atLeast(365),
});
