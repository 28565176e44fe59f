import { all, rule } from './kernel';

const TABLE = ['AWS::Cassandra::Table'];

export const pointInTimeRecovery = rule({
  id: 'Keyspaces.PointInTimeRecovery',
  resourceTypes: TABLE,
  title: 'Keyspaces table can be restored to any second',
  severity: 'medium',
  criteria: { direct: ['A1.2', 'PI1.5'], supporting: ['CC7.5'] },
  rationale: 'Continuous backups undo a faulty release or a malicious delete; without them what was overwritten is gone.',
  remediation: { cfn: 'PointInTimeRecoveryEnabled: true' },
  sources: ['AWS::Cassandra::Table, PointInTimeRecoveryEnabled: false by default'],
  check: (table) => table.get('PointInTimeRecoveryEnabled').isTrue(),
});

export const customerKey = rule({
  id: 'Keyspaces.CustomerKey',
  resourceTypes: TABLE,
  title: 'Keyspaces table is encrypted with a KMS key of the organization',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'A key of one\'s own has a policy, rotation and an audit trail that the organization decides. Encryption as such is always on.',
  remediation: { cfn: 'EncryptionSpecification: { EncryptionType: CUSTOMER_MANAGED_KMS_KEY, KmsKeyIdentifier }' },
  sources: ['AWS::Cassandra::Table EncryptionSpecification: AWS_OWNED_KMS_KEY by default'],
  onByDefault: false,
  check: (table) => all(
    table.get('EncryptionSpecification.EncryptionType').is('CUSTOMER_MANAGED_KMS_KEY'), table.get('EncryptionSpecification.KmsKeyIdentifier').isPresent(),
  ),
});
