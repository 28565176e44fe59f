import { rule } from './kernel';
import { ownKey } from './shared/own-key';

export const customerKey = rule({
  id: 'Kendra.CustomerKey',
  resourceTypes: ['AWS::Kendra::Index'],
  title: 'Search index is encrypted with a key of the organization',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'The index holds the text of every document in it. A key of one\'s own can be audited and withdrawn; encryption as such is always on.',
  remediation: { construct: 'EncryptionKey', cfn: 'ServerSideEncryptionConfiguration: { KmsKeyId }' },
  sources: ['Amazon Kendra developer guide, "Data encryption": a key that AWS owns by default'],
  onByDefault: false,
  check: (index) => ownKey(index.get('ServerSideEncryptionConfiguration.KmsKeyId'), 'kendra'),
});

export const qBusinessCustomerKey = rule({
  id: 'QBusiness.CustomerKey',
  resourceTypes: ['AWS::QBusiness::Application'],
  title: 'Assistant is encrypted with a key of the organization',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'It holds the text of indexed documents and of conversations. A key of one\'s own can be audited and withdrawn; encryption as such is always on.',
  remediation: { construct: 'EncryptionKey', cfn: 'EncryptionConfiguration: { KmsKeyId }' },
  sources: ['Amazon Q Business user guide, "Data encryption": a key that AWS owns by default'],
  onByDefault: false,
  check: (application) => ownKey(application.get('EncryptionConfiguration.KmsKeyId'), 'qbusiness'),
});
