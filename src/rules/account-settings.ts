import { all, environmentRule, Property, Truth } from './kernel';
import { API_CALLS, callParameter, calls } from './shared/custom-resource';

export const ebsEncryptionByDefault = environmentRule({
  id: 'Account.EbsEncryptionByDefault',
  resourceTypes: API_CALLS,
  within: 'region',
  title: 'New EBS volumes are encrypted by default',
  severity: 'medium',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'The setting encrypts every new volume of the Region, also those that are made by hand or by another service.',
  remediation: {
    l2: 'new AwsCustomResource(…, { onCreate: { service: \'EC2\', action: \'enableEbsEncryptionByDefault\', … } })',
    cfn: 'no resource type exists; a custom resource that calls ec2:EnableEbsEncryptionByDefault',
  },
  configRule: 'EC2_EBS_ENCRYPTION_BY_DEFAULT',
  sources: ['CIS AWS Foundations 5.1.1', 'AWS Security Hub EC2.7'],
  candidate: (resource) => calls(resource, 'EC2', '(enable|disable)EbsEncryptionByDefault'),
  check: (resource) => calls(resource, 'EC2', 'enableEbsEncryptionByDefault').because('the call switches it off'),
});

const BLOCK = 'AWS::EC2::SnapshotBlockPublicAccess';

export const snapshotSharingBlocked = environmentRule({
  id: 'Account.SnapshotSharingBlocked',
  resourceTypes: [BLOCK, ...API_CALLS],
  within: 'region',
  title: 'Snapshots of the Region cannot be shared with everyone',
  severity: 'medium',
  criteria: { direct: ['CC6.6'], supporting: ['CC6.1'] },
  rationale: 'A snapshot that is shared publicly discloses a whole disk. The setting holds for every snapshot, whoever makes it.',
  remediation: { l2: 'new CfnSnapshotBlockPublicAccess(this, …, { state: \'block-all-sharing\' })', cfn: 'an AWS::EC2::SnapshotBlockPublicAccess with State: block-all-sharing' },
  configRule: 'EBS_SNAPSHOT_BLOCK_PUBLIC_ACCESS',
  sources: ['Amazon EBS user guide, "Block public access for snapshots"'],
  candidate: (resource) => (resource.type === BLOCK ? Truth.YES : calls(resource, 'EC2', '(enable|disable)SnapshotBlockPublicAccess')),
  check: (resource) => (resource.type === BLOCK ? resource.get('State').is('block-all-sharing') : all(
    calls(resource, 'EC2', 'enableSnapshotBlockPublicAccess'), callParameter(resource, 'State').is('block-all-sharing'),
  )),
});

const FLAGS = ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'];

export const s3PublicAccessBlock = environmentRule({
  id: 'Account.S3PublicAccessBlock',
  resourceTypes: API_CALLS,
  within: 'account',
  title: 'No bucket of the account can be made public',
  severity: 'medium',
  criteria: { direct: ['CC6.1', 'CC6.6'], supporting: ['C1.1'] },
  rationale: 'The setting of the account outranks every bucket, policy and access point, also those that no template knows.',
  remediation: {
    l2: 'new AwsCustomResource(…, { onCreate: { service: \'S3Control\', action: \'putPublicAccessBlock\', … } })',
    cfn: 'no resource type exists; a custom resource that calls s3control:PutPublicAccessBlock with all four settings true',
  },
  configRule: 'S3_ACCOUNT_LEVEL_PUBLIC_ACCESS_BLOCKS_PERIODIC',
  sources: ['CIS AWS Foundations 2.1.4', 'AWS Security Hub S3.1'],
  candidate: (resource) => calls(resource, 's3-?control', '(put|delete)PublicAccessBlock', 'account'),
  check: (resource) => all(
    calls(resource, 's3-?control', 'putPublicAccessBlock', 'account'),
    ...FLAGS.map((flag) => callParameter(resource, `PublicAccessBlockConfiguration.${flag}`).isTrue()),
  ),
});

/** CIS AWS Foundations 1.8 and 1.9; IAM remembers 24 passwords at most. */
const PASSWORDS = { MinimumPasswordLength: 14, PasswordReusePrevention: 24 };

export const passwordPolicy = environmentRule({
  id: 'Account.PasswordPolicy',
  resourceTypes: API_CALLS,
  within: 'account',
  title: 'Passwords of IAM users are long and not used again',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['CC6.2'] },
  rationale: 'The policy binds every IAM user with a password. Where people sign in through an identity provider it binds nobody, but costs nothing.',
  remediation: {
    l2: 'new AwsCustomResource(…, { onCreate: { service: \'IAM\', action: \'updateAccountPasswordPolicy\', … } })',
    cfn: 'no resource type exists; a custom resource that calls iam:UpdateAccountPasswordPolicy with MinimumPasswordLength: 14 and PasswordReusePrevention: 24',
  },
  configRule: 'IAM_PASSWORD_POLICY',
  sources: ['CIS AWS Foundations 1.8 and 1.9', 'AWS Security Hub IAM.15 and IAM.16'],
  candidate: (resource) => calls(resource, 'IAM', '(update|delete)AccountPasswordPolicy', 'account'),
  check: (resource) => all(
    calls(resource, 'IAM', 'updateAccountPasswordPolicy', 'account'),
    ...Object.entries(PASSWORDS).map(([name, least]) => callParameter(resource, name).atLeast(least)),
  ),
});

const SETTING = 'AWS::SSM::ServiceSetting';
const SHARING = /(^|servicesetting)\/ssm\/documents\/console\/public-sharing-permission$/;

export const documentSharingBlocked = environmentRule({
  id: 'Account.DocumentSharingBlocked',
  resourceTypes: [SETTING, ...API_CALLS],
  within: 'region',
  title: 'Systems Manager documents cannot be shared with everyone',
  severity: 'low',
  criteria: { direct: ['CC6.6'] },
  rationale: 'Runbooks name hosts, accounts and steps that help an intruder, and sometimes hold what they should not. Public sharing is allowed by default.',
  remediation: {
    l2: 'new CfnServiceSetting(this, …, { settingId, settingValue: \'Disable\' })',
    cfn: 'an AWS::SSM::ServiceSetting with SettingId: /ssm/documents/console/public-sharing-permission and SettingValue: Disable',
  },
  configRule: 'SSM_AUTOMATION_BLOCK_PUBLIC_SHARING',
  sources: ['AWS Systems Manager user guide, "Best practices for shared SSM documents": block public sharing', 'AWS Security Hub SSM.7'],
  candidate: (resource) => (resource.type === SETTING ? isSharing(resource.get('SettingId')) : all(
    calls(resource, 'SSM', 'updateServiceSetting'), isSharing(callParameter(resource, 'SettingId')),
  )),
  check: (resource) => (resource.type === SETTING ? resource.get('SettingValue') : callParameter(resource, 'SettingValue')).is('Disable'),
});

function isSharing(id: Property): Truth {
  return id.matches(SHARING, 'the setting of public sharing');
}
