import { Defaults, defaults } from './default';

const EC2 = 'Amazon EC2 user guide';

/** What holds however an instance is launched. */
const everyLaunch = {
  httpTokens: {
    value: 'required',
    provenBy: ['EC2.ImdsV2'],
    criteria: ['CC6.1', 'CC6.6'],
    source: `${EC2}, "Configure the Instance Metadata Service options"; CIS AWS Foundations 5.6`,
    reason: 'A request that an application is tricked into cannot fetch the credentials of the instance.',
  },
  blockDevices: {
    value: 'encrypted',
    provenBy: ['EC2.BlockDevicesEncrypted'],
    criteria: ['CC6.1', 'C1.1'],
    source: `${EC2}, "Block device mappings"; Amazon EBS user guide, "Amazon EBS encryption": as the image is, unless it is said or on by default in the account`,
    reason: 'The root volume of an image of AWS is not encrypted by itself.',
  },
  detailedMonitoring: {
    value: true,
    provenBy: ['EC2.DetailedMonitoring'],
    criteria: ['CC7.2', 'A1.1'],
    source: `${EC2}, "Manage detailed monitoring for your EC2 instances": billed for each metric`,
    reason: 'Metrics each minute instead of every five show trouble, and a need to scale, sooner.',
  },
} satisfies Defaults;

/** Secure defaults of an EC2 instance. */
export const instanceDefaults = defaults({
  httpTokens: { ...everyLaunch.httpTokens, cfn: { 'MetadataOptions.HttpTokens': 'required' } },
  // Which device is the root depends on the image.
  blockDevices: everyLaunch.blockDevices,
  detailedMonitoring: { ...everyLaunch.detailedMonitoring, cfn: { Monitoring: true } },
  ssmSessionPermissions: {
    value: true,
    provenBy: ['EC2.SsmManaged'],
    criteria: ['CC3.2', 'CC6.8', 'CC7.1'],
    source: 'AWS Systems Manager user guide, "Configure instance permissions required for Systems Manager"',
    reason: 'It can be patched and looked into, and entered by identities that are logged, without keys and open ports.',
  },
});

/** Secure defaults of a launch template. */
export const launchTemplateDefaults = defaults({
  httpTokens: { ...everyLaunch.httpTokens, cfn: { 'LaunchTemplateData.MetadataOptions.HttpTokens': 'required' } },
  blockDevices: everyLaunch.blockDevices,
  detailedMonitoring: { ...everyLaunch.detailedMonitoring, cfn: { 'LaunchTemplateData.Monitoring.Enabled': true } },
});

/** Secure defaults of a launch configuration, which CDK makes for an Auto Scaling group unless a feature flag is on. */
export const launchConfigurationDefaults = defaults({
  httpTokens: { ...everyLaunch.httpTokens, cfn: { 'MetadataOptions.HttpTokens': 'required' } },
  blockDevices: everyLaunch.blockDevices,
  detailedMonitoring: { ...everyLaunch.detailedMonitoring, cfn: { InstanceMonitoring: true } },
  // In a public subnet an instance may need an address to reach anything, so this depends on more than the launch configuration.
  associatePublicIpAddress: {
    value: false,
    provenBy: ['EC2.NoPublicIp'],
    criteria: ['CC6.6'],
    source: 'AWS::AutoScaling::LaunchConfiguration, AssociatePublicIpAddress: as the subnet says, if it is left out',
    reason: 'Nothing on the internet can reach the instances by an address of their own.',
  },
});
