import { awsDefaults } from './aws-defaults';
import { rule } from './kernel';
import { ownKey } from './shared/own-key';

const DOMAIN = ['AWS::SageMaker::Domain'];

export const domainVpcOnly = rule({
  id: 'SageMaker.DomainVpcOnly',
  resourceTypes: DOMAIN,
  title: 'Studio reaches out through the VPC only',
  severity: 'medium',
  criteria: { direct: ['CC6.6'], supporting: ['CC6.7'] },
  rationale: 'By default Studio has internet access through a network of AWS, where nobody can filter or log what leaves.',
  remediation: { cfn: 'AppNetworkAccessType: VpcOnly' },
  configRule: 'SAGEMAKER_DOMAIN_IN_VPC',
  sources: ['AWS::SageMaker::Domain, AppNetworkAccessType: PublicInternetOnly by default'],
  check: (domain) => domain.get('AppNetworkAccessType').awsDefault(awsDefaults['AWS::SageMaker::Domain.AppNetworkAccessType']).is('VpcOnly'),
});

export const domainCustomerKey = rule({
  id: 'SageMaker.DomainCustomerKey',
  resourceTypes: DOMAIN,
  title: 'Home directories of Studio are encrypted with a key of the organization',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'A key of one\'s own has a policy, rotation and an audit trail of its use. Encryption as such is always on, with a key that AWS manages.',
  remediation: { construct: 'EncryptionKey', cfn: 'KmsKeyId of an AWS::KMS::Key' },
  sources: ['AWS::SageMaker::Domain, KmsKeyId'],
  onByDefault: false,
  check: (domain) => ownKey(domain.get('KmsKeyId'), 'elasticfilesystem'),
});
