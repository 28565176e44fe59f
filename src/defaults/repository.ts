import { defaults, SharedKey } from './default';

const ECR = 'Amazon ECR user guide';

const UNTAGGED_DAYS = 14;
const EXPIRE_UNTAGGED = {
  rulePriority: 1,
  selection: { tagStatus: 'untagged', countType: 'sinceImagePushed', countNumber: UNTAGGED_DAYS, countUnit: 'days' },
  action: { type: 'expire' },
};

/** Secure defaults of a repository of container images. */
export const repositoryDefaults = defaults({
  imageScanOnPush: {
    value: true,
    provenBy: ['ECR.ScanOnPush'],
    criteria: ['CC6.8', 'CC7.1', 'CC3.2'],
    source: `${ECR}, "Scan images for software vulnerabilities in Amazon ECR": off by default`,
    reason: 'Known vulnerabilities in an image are found before it runs.',
    cfn: { 'ImageScanningConfiguration.ScanOnPush': true },
  },
  imageTagMutability: {
    value: 'IMMUTABLE',
    provenBy: ['ECR.ImmutableTags'],
    criteria: ['CC8.1', 'CC6.8'],
    source: `${ECR}, "Preventing image tags from being overwritten in Amazon ECR": MUTABLE by default`,
    reason: 'What runs under a tag is what was reviewed and tested under it.',
    cfn: { ImageTagMutability: 'IMMUTABLE' },
  },
  encryption: {
    value: 'KMS',
    provenBy: ['ECR.KmsEncryption'],
    criteria: ['CC6.1', 'C1.1'],
    source: `${ECR}, "Encryption at rest": AES256 by default, and never changed later`,
    reason: 'Each use of a key of one\'s own is recorded and can be refused.',
    cfn: { 'EncryptionConfiguration.EncryptionType': 'KMS', 'EncryptionConfiguration.KmsKey': new SharedKey('data') },
  },
  untaggedImageDays: {
    value: UNTAGGED_DAYS,
    provenBy: ['ECR.LifecyclePolicy'],
    criteria: ['CC7.1', 'C1.2'],
    source: `${ECR}, "Automate the cleanup of images by using lifecycle policies in Amazon ECR"`,
    reason: 'Images that nobody can name any more are gone with all their old vulnerabilities.',
    cfn: { 'LifecyclePolicy.LifecyclePolicyText': JSON.stringify({ rules: [EXPIRE_UNTAGGED] }) },
  },
  removalPolicy: {
    value: 'RETAIN',
    provenBy: [],
    criteria: [],
    source: 'AWS CloudFormation user guide, "DeletionPolicy attribute"',
    reason: 'A deleted stack does not take along the images that others still run.',
    cfn: { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' },
  },
});
