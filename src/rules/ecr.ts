import { awsDefaults } from './aws-defaults';
import { all, any, applies, Evaluation, Property, ResourceReader, rule, Truth, wildcard } from './kernel';
import { notPublic } from './shared/resource-policy';

const REPOSITORY = ['AWS::ECR::Repository'];
/** A creation template gives its settings to the repositories that ECR makes by itself. */
const SETTINGS = [...REPOSITORY, 'AWS::ECR::RepositoryCreationTemplate'];

/** A registry scanning rule covers the repository, whatever the repository itself says. A filter without a wildcard means names that hold it. */
function registryScans(repository: ResourceReader, model: Evaluation): Truth {
  const name = repository.get('RepositoryName').scalar;
  const matches = (filter: Property): Truth => {
    const { scalar } = filter;
    if (typeof scalar !== 'string') return filter.openTruth();
    const pattern = scalar.includes('*') ? scalar : `*${scalar}*`;
    if (/^\*+$/.test(pattern)) return Truth.YES;
    return typeof name === 'string' ? Truth.of(wildcard(pattern, name), `the filter ${scalar} leaves it out`) : Truth.unknown('the name of the repository is not known');
  };
  return any(model.ofType('AWS::ECR::RegistryScanningConfiguration').map((registry) => registry.get('Rules').some((item) => all(
    item.get('ScanFrequency').oneOf(['SCAN_ON_PUSH', 'CONTINUOUS_SCAN']),
    item.get('RepositoryFilters').some((filter) => matches(filter.get('Filter'))),
  ))), 'no registry scanning rule covers it');
}

export const scanOnPush = rule({
  id: 'ECR.ScanOnPush',
  resourceTypes: REPOSITORY,
  title: 'Images are scanned when they are pushed',
  severity: 'high',
  criteria: { direct: ['CC6.8', 'CC7.1'], supporting: ['CC3.2'] },
  rationale: 'An image carries the known vulnerabilities of everything in it; a scan at the gate finds them before they run.',
  remediation: { construct: 'SecureRepository', l2: 'imageScanOnPush: true', cfn: 'ImageScanningConfiguration: { ScanOnPush: true }, or a registry scanning rule that covers it' },
  configRule: 'ECR_PRIVATE_IMAGE_SCANNING_ENABLED',
  sources: ['Amazon ECR user guide, "Scan images for software vulnerabilities in Amazon ECR"', 'AWS::ECR::Repository, ScanOnPush: false by default'],
  check: (repository, model) => any([repository.get('ImageScanningConfiguration.ScanOnPush').isTrue(), registryScans(repository, model)])
    .because('ScanOnPush is not true, and no registry scanning rule covers the repository'),
});

export const registryScanning = rule({
  id: 'ECR.EnhancedScanning',
  resourceTypes: ['AWS::ECR::RegistryScanningConfiguration'],
  title: 'Registry scans images again and again',
  severity: 'medium',
  criteria: { direct: ['CC7.1'], supporting: ['CC6.8', 'CC3.2'] },
  rationale: 'Most vulnerabilities become known after an image was pushed. Enhanced scanning looks at stored images whenever a new one is published.',
  remediation: { cfn: 'ScanType: ENHANCED with ScanFrequency: CONTINUOUS_SCAN' },
  configRule: 'INSPECTOR_ECR_SCAN_ENABLED',
  sources: ['Amazon ECR user guide, "Scan images for OS and programming language package vulnerabilities in Amazon ECR"'],
  check: (registry) => all(registry.get('ScanType').is('ENHANCED'), registry.get('Rules').some((item) => item.get('ScanFrequency').is('CONTINUOUS_SCAN'))),
});

export const immutableTags = rule({
  id: 'ECR.ImmutableTags',
  resourceTypes: SETTINGS,
  title: 'Image tags cannot be moved',
  severity: 'medium',
  criteria: { direct: ['CC8.1'], supporting: ['CC6.8'] },
  rationale: 'If a tag can be moved, what runs may differ from what was reviewed and tested under that name.',
  remediation: { construct: 'SecureRepository', l2: 'imageTagMutability: TagMutability.IMMUTABLE', cfn: 'ImageTagMutability: IMMUTABLE' },
  configRule: 'ECR_PRIVATE_TAG_IMMUTABILITY_ENABLED',
  sources: ['AWS::ECR::Repository, ImageTagMutability: MUTABLE by default', 'Amazon ECR user guide, "Preventing image tags from being overwritten in Amazon ECR"'],
  check: (repository) => repository.get('ImageTagMutability').awsDefault(awsDefaults['AWS::ECR::Repository.ImageTagMutability'])
    .oneOf(['IMMUTABLE', 'IMMUTABLE_WITH_EXCLUSION']),
});

export const kmsEncryption = rule({
  id: 'ECR.KmsEncryption',
  resourceTypes: SETTINGS,
  title: 'Repository encrypts with a KMS key',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'ECR always encrypts, with the keys of S3 unless told otherwise. With KMS each use of the key is recorded and can be refused. It cannot be changed later.',
  remediation: { construct: 'SecureRepository', l2: 'encryption: RepositoryEncryption.KMS', cfn: 'EncryptionConfiguration: { EncryptionType: KMS }' },
  configRule: 'ECR_REPOSITORY_CMK_ENCRYPTION_ENABLED',
  sources: ['Amazon ECR user guide, "Encryption at rest": AES256 by default'],
  check: (repository) => repository.get('EncryptionConfiguration.EncryptionType')
    .awsDefault(awsDefaults['AWS::ECR::Repository.EncryptionConfiguration.EncryptionType']).oneOf(['KMS', 'KMS_DSSE']),
});

const policyOf = (document: Property): Truth => applies(document.isPresent(), 'it has no policy', () => notPublic(document));

export const policyNotPublic = rule({
  id: 'ECR.PolicyNotPublic',
  resourceTypes: [...SETTINGS, 'AWS::ECR::RegistryPolicy'],
  title: 'Repository policy allows no unbounded principal',
  severity: 'critical',
  criteria: { direct: ['CC6.1', 'CC6.6'], supporting: ['CC6.3', 'CC8.1'] },
  rationale: 'A statement that allows everyone, with no condition on who calls, lets any AWS account pull, or push, what the organization runs.',
  remediation: { l2: 'grantPull(), grantPullPush()', cfn: 'RepositoryPolicyText whose Allow statements name their principals' },
  nagRules: ['ECROpenAccess'],
  sources: ['Amazon ECR user guide, "Private repository policies in Amazon ECR"'],
  check: (resource) => policyOf(resource.get({ 'AWS::ECR::RegistryPolicy': 'PolicyText', 'AWS::ECR::RepositoryCreationTemplate': 'RepositoryPolicy' }[resource.type] ?? 'RepositoryPolicyText')),
});

export const lifecyclePolicy = rule({
  id: 'ECR.LifecyclePolicy',
  resourceTypes: SETTINGS,
  title: 'Old images are removed',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC7.1', 'C1.2'] },
  rationale: 'Images that nobody uses stay deployable with all their old vulnerabilities. Housekeeping more than a control.',
  remediation: { construct: 'SecureRepository', l2: 'lifecycleRules', cfn: 'LifecyclePolicy: { LifecyclePolicyText }' },
  configRule: 'ECR_PRIVATE_LIFECYCLE_POLICY_CONFIGURED',
  sources: ['Amazon ECR user guide, "Automate the cleanup of images by using lifecycle policies in Amazon ECR"'],
  onByDefault: false,
  // A repository holds the text in an object, a creation template holds it as it is.
  check: (repository) => repository.get('LifecyclePolicy').isPresent(),
});
