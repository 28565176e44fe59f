import { awsDefaults } from './aws-defaults';
import { all, any, applies, not, Property, rule, Truth } from './kernel';
import { launchSetting as setting, LAUNCH_CONFIGURATION as CONFIGURATION, LAUNCHED } from './shared/launch';
import { ownKey } from './shared/own-key';

const INSTANCE = ['AWS::EC2::Instance'];
const VOLUME = ['AWS::EC2::Volume'];

/** A volume is encrypted by its own setting, by a key, which EC2 takes for encrypted volumes only, or as its snapshot is. */
function encrypted(volume: Property): Truth {
  const flag = volume.get('Encrypted');
  if (!flag.missing) return flag.isTrue();
  const key = volume.get('KmsKeyId').isPresent();
  const source = any([volume.get('SnapshotId').isPresent(), volume.get('SourceVolumeId').isPresent()]);
  return key.no && source.yes ? Truth.unknown('the volume is encrypted if its source is, which is not in the templates') : any([
    key, flag.isTrue(),
  ]).because('Encrypted is not set');
}

/** Instance store devices and devices that are left out have no volume. */
function mappingEncrypted(mapping: Property): Truth {
  const left = mapping.get('NoDevice');
  // Written as an empty object or text, or as true.
  if (!left.missing && !left.isFalse().yes) return Truth.YES;
  return mapping.get('VirtualName').startsWith('ephemeral').yes ? Truth.YES : encrypted(mapping.get('Ebs'));
}

export const volumeEncrypted = rule({
  id: 'EC2.VolumeEncrypted',
  resourceTypes: VOLUME,
  title: 'Volume is encrypted',
  severity: 'high',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'Encryption keeps the data of a volume and of its snapshots from whoever gets at the storage without the key.',
  remediation: { construct: 'SecureVolume', l2: 'encrypted: true', cfn: 'Encrypted: true' },
  configRule: 'ENCRYPTED_VOLUMES',
  nagRules: ['EC2EBSVolumeEncrypted'],
  sources: ['AWS::EC2::Volume: with KmsKeyId the encrypted state must be true; a volume from an encrypted snapshot is encrypted', 'CIS AWS Foundations 2.2.1'],
  check: (volume) => encrypted(volume.properties()),
});

export const volumeCustomerKey = rule({
  id: 'EC2.VolumeCustomerKey',
  resourceTypes: VOLUME,
  title: 'Volume is encrypted with a customer managed key',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['CC6.1', 'C1.1'] },
  rationale: 'With a key of one\'s own, access to data can be limited and withdrawn by key policy. AWS\'s own key encrypts as well, so this is off by default.',
  remediation: { construct: 'SecureVolume', l2: 'encryptionKey', cfn: 'KmsKeyId' },
  sources: ['AWS::EC2::Volume, KmsKeyId', 'AWS KMS developer guide, "AWS managed keys": alias/aws/ebs'],
  check: (volume) => ownKey(volume.get('KmsKeyId'), 'ebs'),
});

export const blockDevicesEncrypted = rule({
  id: 'EC2.BlockDevicesEncrypted',
  resourceTypes: LAUNCHED,
  title: 'Volumes of launched instances are encrypted',
  severity: 'high',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'Without a mapping that says so, root and data volumes are as the image is, which is not encrypted unless the account\'s default says otherwise.',
  remediation: {
    l2: 'blockDevices: [{ deviceName, volume: BlockDeviceVolume.ebs(size, { encrypted: true }) }]',
    cfn: 'BlockDeviceMappings with Ebs: { Encrypted: true } for every volume',
  },
  configRule: 'EC2_LAUNCH_TEMPLATES_EBS_VOLUME_ENCRYPTED',
  nagRules: ['EC2EBSVolumeEncrypted'],
  sources: ['Amazon EBS user guide, "Amazon EBS encryption"', 'AWS::AutoScaling::LaunchConfiguration BlockDevice, Encrypted'],
  check: (resource, model) => setting(resource, model, 'BlockDeviceMappings', (mappings) => all(
    mappings.some((mapping) => mapping.get('Ebs').isPresent()).because('no block device mapping encrypts the volumes of the image'),
    mappings.every(mappingEncrypted),
  )),
});

export const imdsV2 = rule({
  id: 'EC2.ImdsV2',
  resourceTypes: LAUNCHED,
  title: 'Instance metadata is given for session tokens only',
  severity: 'high',
  criteria: { direct: ['CC6.1'], supporting: ['CC6.6'] },
  rationale: 'With version 1 of the metadata service, a request forged through a flaw in the application returns the credentials of the instance.',
  remediation: { l2: 'requireImdsv2: true', cfn: 'MetadataOptions: { HttpTokens: required }' },
  configRule: 'EC2_IMDSV2_CHECK',
  nagRules: ['EC2IMDSv2Enabled'],
  sources: ['Amazon EC2 user guide, "Configure the Instance Metadata Service options"', 'CIS AWS Foundations 5.6'],
  check: (resource, model) => any([
    setting(resource, model, 'MetadataOptions.HttpTokens', (tokens) => tokens.is('required')),
    setting(resource, model, 'MetadataOptions.HttpEndpoint', (endpoint) => endpoint.is('disabled')),
  ]).because('MetadataOptions.HttpTokens is not "required"'),
});

export const noPublicIp = rule({
  id: 'EC2.NoPublicIp',
  resourceTypes: LAUNCHED,
  title: 'Instances ask for no public address',
  severity: 'high',
  criteria: { direct: ['CC6.6'] },
  rationale: 'An instance with a public address stands on the boundary itself, with its security group as the only protection.',
  remediation: {
    l2: 'associatePublicIpAddress: false',
    cfn: 'NetworkInterfaces without AssociatePublicIpAddress: true; AssociatePublicIpAddress: false in a launch configuration',
  },
  configRule: 'EC2_INSTANCE_NO_PUBLIC_IP',
  nagRules: ['EC2InstanceNoPublicIp', 'AutoScalingLaunchConfigPublicIpDisabled'],
  sources: ['AWS::EC2::Instance NetworkInterface', 'AWS::AutoScaling::LaunchConfiguration: without AssociatePublicIpAddress the subnet decides'],
  check: (resource, model) => (resource.type === CONFIGURATION
    ? resource.get('AssociatePublicIpAddress').isFalse()
    : setting(resource, model, 'NetworkInterfaces', (interfaces) => interfaces.every((one) =>
      not(one.get('AssociatePublicIpAddress').isTrue(), 'a network interface asks for a public address')))),
});

export const instanceProfile = rule({
  id: 'EC2.InstanceProfile',
  resourceTypes: INSTANCE,
  title: 'Instance has a role',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['CC6.3'] },
  rationale: 'Software on an instance without a role needs stored keys to call AWS; a role gives it credentials that expire.',
  remediation: { l2: 'role', cfn: 'IamInstanceProfile' },
  configRule: 'EC2_INSTANCE_PROFILE_ATTACHED',
  nagRules: ['EC2InstanceProfileAttached'],
  sources: ['Amazon EC2 user guide, "IAM roles for Amazon EC2"'],
  check: (instance, model) => setting(instance, model, 'IamInstanceProfile', (profile) => profile.isPresent()),
});

export const detailedMonitoring = rule({
  id: 'EC2.DetailedMonitoring',
  resourceTypes: LAUNCHED,
  title: 'Detailed monitoring is on',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['CC7.2', 'A1.1'] },
  rationale: 'Metrics each minute instead of every five show trouble sooner, at a price; alarms work with either, so this is off by default.',
  remediation: { l2: 'detailedMonitoring: true', cfn: 'Monitoring: true' },
  configRule: 'EC2_INSTANCE_DETAILED_MONITORING_ENABLED',
  nagRules: ['EC2InstanceDetailedMonitoringEnabled'],
  sources: ['Amazon EC2 user guide, "Manage detailed monitoring"', 'AWS::AutoScaling::LaunchConfiguration, InstanceMonitoring: the default is true'],
  check: (resource, model) => (resource.type === CONFIGURATION
    ? resource.get('InstanceMonitoring').awsDefault(awsDefaults['AWS::AutoScaling::LaunchConfiguration.InstanceMonitoring']).isTrue()
    : setting(resource, model, 'Monitoring', (monitoring) => monitoring.isTrue(), 'Monitoring.Enabled')),
});

/** Types that can be optimized but are not by themselves. All later ones always are; smaller ones of the time never. */
const OPTIMIZABLE = [
  'c1.xlarge', 'c3.xlarge', 'c3.2xlarge', 'c3.4xlarge', 'g2.2xlarge', 'i2.xlarge', 'i2.2xlarge', 'i2.4xlarge', 'm1.large', 'm1.xlarge',
  'm2.2xlarge', 'm2.4xlarge', 'm3.xlarge', 'm3.2xlarge', 'r3.xlarge', 'r3.2xlarge', 'r3.4xlarge',
];

export const ebsOptimized = rule({
  id: 'EC2.EbsOptimized',
  resourceTypes: INSTANCE,
  title: 'Instance has bandwidth of its own for its volumes',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['A1.1'] },
  rationale: 'On types of previous generations, traffic to volumes competes with the network unless they are optimized. Current types always are.',
  remediation: { l2: 'ebsOptimized: true', cfn: 'EbsOptimized: true' },
  configRule: 'EBS_OPTIMIZED_INSTANCE',
  nagRules: ['EC2EBSOptimizedInstance'],
  sources: ['Amazon EC2 user guide, "Amazon EBS-optimized instance types"', 'AWS::EC2::Instance, InstanceType: the default is m1.small'],
  check: (instance, model) => applies(
    setting(instance, model, 'InstanceType', (type) => type.awsDefault(awsDefaults['AWS::EC2::Instance.InstanceType']).oneOf(OPTIMIZABLE)),
    'instances of this type are always optimized, or cannot be',
    () => setting(instance, model, 'EbsOptimized', (optimized) => optimized.isTrue()),
  ),
});

export const terminationProtection = rule({
  id: 'EC2.TerminationProtection',
  resourceTypes: INSTANCE,
  title: 'Instance cannot be terminated by accident',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['A1.2', 'CC8.1'] },
  rationale: 'It guards an instance that holds state against a slip; instances that can be replaced at will do not need it.',
  remediation: { l2: 'disableApiTermination: true', cfn: 'DisableApiTermination: true' },
  nagRules: ['EC2InstanceTerminationProtection'],
  sources: ['AWS::EC2::Instance, DisableApiTermination: the default is false'],
  check: (instance, model) => setting(instance, model, 'DisableApiTermination', (protection) => protection.isTrue()),
});

export const inSubnet = rule({
  id: 'EC2.InSubnet',
  resourceTypes: INSTANCE,
  title: 'Instance names its subnet',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['CC6.6'] },
  rationale: 'An instance that names no subnet is put into the default VPC, whose subnets are public.',
  remediation: { l2: 'vpc, vpcSubnets', cfn: 'SubnetId' },
  configRule: 'INSTANCES_IN_VPC',
  nagRules: ['EC2InstancesInVPC'],
  sources: ['AWS::EC2::Instance, SubnetId'],
  check: (instance, model) => any([
    instance.get('SubnetId').isPresent(),
    setting(
      instance, model, 'NetworkInterfaces',
      (interfaces) => interfaces.some((one) => any([one.get('SubnetId').isPresent(), one.get('NetworkInterfaceId').isPresent()])),
    ),
  ]).because('the instance names no subnet'),
});

export const noKeyPair = rule({
  id: 'EC2.NoKeyPair',
  resourceTypes: LAUNCHED,
  title: 'Instances have no SSH key pair',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['CC6.1', 'CC6.2'] },
  rationale: 'A key pair is a credential that many may hold and nobody withdraws; Session Manager ties access to identities. Some systems need one.',
  remediation: { l2: 'ssmSessionPermissions: true, no keyPair', cfn: 'no KeyName' },
  configRule: 'EC2_NO_AMAZON_KEY_PAIR',
  sources: ['AWS Systems Manager user guide, "AWS Systems Manager Session Manager"'],
  check: (resource, model) => setting(resource, model, 'KeyName', (key) => key.isAbsent()),
});

export const sourceDestCheck = rule({
  id: 'EC2.SourceDestCheck',
  resourceTypes: INSTANCE,
  title: 'Instance takes only traffic that is for it',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['CC6.6'] },
  rationale: 'Without the check an instance can pass on the traffic of others. Network appliances and NAT instances have to, so this is off by default.',
  remediation: { l2: 'sourceDestCheck: true', cfn: 'SourceDestCheck: true' },
  configRule: 'EC2_ENIS_SOURCE_DESTINATION_CHECK_ENABLED',
  sources: ['AWS::EC2::Instance, SourceDestCheck: the default is true'],
  check: (instance) => instance.get('SourceDestCheck').awsDefault(awsDefaults['AWS::EC2::Instance.SourceDestCheck']).isTrue(),
});

export const snapshotsNotShared = rule({
  id: 'EC2.SnapshotsNotShared',
  resourceTypes: ['AWS::EC2::SnapshotBlockPublicAccess'],
  title: 'Snapshots cannot be shared with everyone',
  severity: 'medium',
  criteria: { direct: ['CC6.6'], supporting: ['CC6.1'] },
  rationale: 'A snapshot that is shared publicly discloses a whole disk; blocking all sharing ends what is shared already.',
  remediation: { cfn: 'State: block-all-sharing' },
  configRule: 'EBS_SNAPSHOT_BLOCK_PUBLIC_ACCESS',
  sources: ['Amazon EBS user guide, "Block public access for snapshots"'],
  check: (account) => account.get('State').is('block-all-sharing'),
});
