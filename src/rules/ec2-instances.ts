import { awsDefaults } from './aws-defaults';
import { all, any, applies, Evaluation, not, Property, ResourceReader, rule, Truth } from './kernel';
import { selectedForBackup } from './shared/backup-selection';
import { LAUNCHED, launchSetting } from './shared/launch';
import { lookup } from './shared/plaintext-secret';
import { ACCESS_KEY } from './shared/secret-names';
import { isReference } from '../template/value';

const INSTANCE = ['AWS::EC2::Instance'];

export const metadataHopLimit = rule({
  id: 'EC2.MetadataHopLimit',
  resourceTypes: LAUNCHED,
  title: 'Metadata tokens go no further than a container',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['CC6.1'] },
  rationale: 'With a high limit the answer passes proxies and networks on the instance, to who should not have its credentials. Containers need two hops, everything else one.',
  remediation: { l2: 'httpPutResponseHopLimit: 1', cfn: 'MetadataOptions: { HttpPutResponseHopLimit: 1 }, or 2 for hosts of containers' },
  configRule: 'EC2_TOKEN_HOP_LIMIT_CHECK',
  sources: ['Amazon EC2 user guide, "Configure the Instance Metadata Service options"', 'AWS Security Hub AutoScaling.4'],
  check: (resource, model) => launchSetting(resource, model, 'MetadataOptions.HttpPutResponseHopLimit',
    (limit) => limit.awsDefault(awsDefaults['AWS::EC2::Instance.MetadataOptions.HttpPutResponseHopLimit']).atMost(2)),
});

/** Credentials as they stand in scripts: AWS access keys, private keys, and words assigned to a variable whose name says what they are. */
const CREDENTIALS = [
  ACCESS_KEY,
  /secret_?access_?key["' \t]*[=: \t]["' \t]*[A-Za-z\d+/]{40}(?![A-Za-z\d+/])/i,
  /-----BEGIN ([A-Z]+ )*PRIVATE KEY-----/,
  /^[ \t]*(export[ \t]+|set[ \t]+)?[A-Za-z_]*(PASSWORD|PASSWD|SECRET_?KEY|SECRET_ACCESS_KEY|API_?KEY|AUTH_?TOKEN|ACCESS_?TOKEN|CLIENT_?SECRET)=["']?(?!https?:|arn:)[^\s"'$`<>{}()/]{6,}["']?[ \t]*$/im,
];

function holdsCredential(text: string): boolean {
  // As EC2 takes it, or as a template writes it by mistake.
  return [text, Buffer.from(text, 'base64').toString('utf8')].some((one) => CREDENTIALS.some((pattern) => pattern.test(one)));
}

function userDataKept(data: Property, model: Evaluation): Truth {
  return applies(Truth.of(!data.missing, 'none'), 'the instance has no user data', () => {
    const parts = data.plainParts;
    const texts = parts.filter((part): part is string => typeof part === 'string');
    // What is a credential must not be repeated as evidence.
    if (texts.length > 0) model.record({ path: data.path, value: { kind: 'text', parts: [`(${texts.join('').length} characters)`] } });
    if (texts.some(holdsCredential)) return Truth.no('the user data holds a credential');
    // Names and attributes of resources, the Region and the account are none.
    return parts.every((part) => typeof part === 'string' || isReference(part) || part.parameter?.startsWith('AWS::')) && texts.length > 0 ? Truth.YES : data.openTruth();
  });
}

export const userDataSecrets = rule({
  id: 'EC2.NoUserDataSecrets',
  resourceTypes: LAUNCHED,
  title: 'User data holds no credentials',
  severity: 'high',
  criteria: { direct: ['CC6.1'] },
  rationale: 'Whoever may describe the instance reads its user data, and so does every process on it, for as long as it runs.',
  remediation: { l2: 'secret.grantRead(role), and read it in the script', cfn: 'UserData that reads a secret with the role of the instance' },
  sources: ['Amazon EC2 user guide, "Run commands when you launch an EC2 instance with user data input": not for sensitive data', 'CIS AWS Compute Services Benchmark 2.13'],
  check: (resource, model) => launchSetting(resource, model, 'UserData', (data) => userDataKept(data, model)),
});

const AUTHENTICATION = 'AWS::CloudFormation::Authentication';

export const metadataSecrets = rule({
  id: 'EC2.NoMetadataSecrets',
  resourceTypes: [...LAUNCHED, 'AWS::AutoScaling::AutoScalingGroup'],
  title: 'Metadata of the resource holds no credentials',
  severity: 'high',
  criteria: { direct: ['CC6.1'] },
  rationale: 'Whoever may describe a stack reads the metadata of its resources, where even a NoEcho parameter is shown in the clear.',
  remediation: { l2: 'InitSource.fromS3Object(), whose download uses the role', cfn: `${AUTHENTICATION} with roleName, in place of password or secretKey` },
  sources: ['CloudFormation template reference, "AWS::CloudFormation::Authentication"', 'CloudFormation user guide, "Parameters": NoEcho masks nothing in metadata'],
  check: (resource) => {
    const authentication = resource.attribute('Metadata').get(AUTHENTICATION);
    return applies(authentication.isPresent(), 'cfn-init signs in nowhere', () => {
      const { items, open } = authentication.entries();
      return all(
        ...items.flatMap(({ key, value }) => ['password', 'secretKey'].map((name) => not(value.get(name).isPresent(), `${key} holds a ${name}`))),
        ...open === undefined ? [] : [Truth.unknown(open)],
      );
    });
  },
});

/** Comes from Parameter Store, from a resource that builds images, or from whatever a lookup at deployment answers. */
function lookedUp(image: Property): Truth {
  if (lookup(image) === 'ssm' || image.parts.some((part) => typeof part === 'object' && !isReference(part) && part.declared?.type.startsWith('AWS::SSM::Parameter::Value<'))) {
    return image.seen() && Truth.YES;
  }
  const target = image.target();
  if (target) return Truth.of(/^AWS::ImageBuilder::|^Custom::|^AWS::CloudFormation::CustomResource$/.test(target.type), `the image is named by ${target.type}`);
  // AWS resolves this text itself (Amazon EC2 user guide, "Reference AMIs using Systems Manager parameters").
  if (image.scalar === undefined) return image.missing ? Truth.no('no image is named') : image.openTruth();
  return image.startsWith('resolve:ssm:').because('the id of the image is written out');
}

export const imageLookedUp = rule({
  id: 'EC2.ImageLookedUp',
  resourceTypes: LAUNCHED,
  title: 'Image is looked up, not written out',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['CC6.8', 'CC7.1', 'CC8.1'] },
  rationale: 'An id in a template says neither whose image it is nor how old; a parameter of AWS or of the organization names the current one that was approved. A pinned id has its merits too.',
  remediation: { l2: 'machineImage: MachineImage.latestAmazonLinux2023()', cfn: 'ImageId: {{resolve:ssm:…}}, or a parameter of type AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>' },
  configRule: 'APPROVED_AMIS_BY_ID',
  sources: ['Amazon EC2 user guide, "Reference the latest AMIs using Systems Manager public parameters"'],
  check: (resource, model) => launchSetting(resource, model, 'ImageId', lookedUp),
});

const MANAGED_BY = ['AmazonSSMManagedInstanceCore', 'AmazonSSMManagedEC2InstanceDefaultPolicy', 'AmazonEC2RoleforSSM'];
const IDENTITY_POLICIES = [['AWS::IAM::Policy', 'Roles'], ['AWS::IAM::ManagedPolicy', 'Roles'], ['AWS::IAM::RolePolicy', 'RoleName']] as const;

const allowsAgent = (document: Property): Truth => document.policy().some('Allow', (statement) => statement.coversAction('ssm:UpdateInstanceInformation'));

/** The role has what the agent of Systems Manager needs, by a policy of AWS or by one of its own. */
function managed(role: ResourceReader, model: Evaluation): Truth {
  return any([
    role.get('ManagedPolicyArns').some((policy) => {
      const target = policy.target();
      return target ? allowsAgent(target.get('PolicyDocument')) : any(MANAGED_BY.map((name) => policy.endsWith(`/${name}`)));
    }),
    role.get('Policies').some((policy) => allowsAgent(policy.get('PolicyDocument'))),
    ...IDENTITY_POLICIES.flatMap(([type, property]) => model.referrers(role, type, property)).map((policy) => allowsAgent(policy.get('PolicyDocument'))),
  ]).because('the role of the instance lacks the rights of Systems Manager');
}

export const ssmManaged = rule({
  id: 'EC2.SsmManaged',
  resourceTypes: INSTANCE,
  title: 'Systems Manager can manage the instance',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: ['CC7.1'], supporting: ['CC6.8', 'CC3.2'] },
  rationale: 'Patching, inventory and sessions without keys need the agent\'s rights. An account may give them to every instance by default, which no template shows.',
  remediation: { l2: 'ssmSessionPermissions: true', cfn: 'IamInstanceProfile whose role has AmazonSSMManagedInstanceCore' },
  configRule: 'EC2_INSTANCE_MANAGED_BY_SSM',
  sources: ['AWS Systems Manager user guide, "Configure instance permissions required for Systems Manager": a role, or Default Host Management Configuration'],
  check: (instance, model) => launchSetting(instance, model, 'IamInstanceProfile', (named) => {
    if (named.missing) return named.isPresent().because('the instance has no role');
    const profile = (named.isMap ? ['Arn', 'Name'] : ['']).map((key) => named.get(key).target()).find((target) => target !== undefined);
    const role = profile?.get('Roles').list().items[0]?.target();
    return role?.type === 'AWS::IAM::Role' ? managed(role, model) : Truth.unknown('the role of the instance is not among the templates given');
  }),
});

export const backupPlan = rule({
  id: 'EC2.InstanceInBackupPlan',
  resourceTypes: INSTANCE,
  title: 'A backup plan takes the instance',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: ['A1.2'], supporting: ['CC7.5'] },
  rationale: 'What an instance keeps on its volumes is lost with it unless it is backed up. Instances that keep nothing are better replaced.',
  remediation: { construct: 'RecoveryPlan', cfn: 'an AWS::Backup::BackupSelection that takes the instance, by ARN or by tag' },
  configRule: 'EC2_RESOURCES_PROTECTED_BY_BACKUP_PLAN',
  sources: ['AWS Backup developer guide, "Assigning resources to a backup plan"', 'AWS Security Hub EC2.28'],
  check: (instance, model) => selectedForBackup(instance, model),
});
