import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { describeInjected } from './injected';
import { autoScalingGroupHardening, instanceHardening, launchTemplateHardening } from '../../src/constructs/compute/instance-hardening';
import { instanceDefaults, launchConfigurationDefaults, launchTemplateDefaults } from '../../src/defaults';
import { appWith, CONCRETE, validated } from '../constructs/harness';

const { PUBLIC, PRIVATE_ISOLATED } = ec2.SubnetType;
const instanceType = new ec2.InstanceType('t3.micro');
const machineImage = ec2.MachineImage.latestAmazonLinux2023();
const other = ec2.MachineImage.genericLinux({ 'eu-west-1': 'ami-12345678901234567' });

function vpcOf(scope: Construct): ec2.Vpc {
  const stack = Stack.of(scope);
  const subnetConfiguration = [PUBLIC, PRIVATE_ISOLATED].map((subnetType) => ({ name: subnetType, subnetType }));
  return stack.node.tryFindChild('Vpc') as ec2.Vpc | undefined ?? new ec2.Vpc(stack, 'Vpc', { natGateways: 0, restrictDefaultSecurityGroup: false, subnetConfiguration });
}

/** A group launches by a launch configuration, or by a template where the feature flag is on. */
function groupBy(flag: boolean) {
  return (scope: Construct, id: string, props: Partial<autoscaling.AutoScalingGroupProps> = {}): autoscaling.AutoScalingGroup => {
    const within = new Construct(scope, `${id}Scope`);
    within.node.setContext('@aws-cdk/aws-autoscaling:generateLaunchTemplateInsteadOfLaunchConfig', flag);
    return new autoscaling.AutoScalingGroup(within, id, { vpc: vpcOf(scope), vpcSubnets: { subnetType: PRIVATE_ISOLATED }, machineImage, instanceType, ...props });
  };
}

const makeInstance = (scope: Construct, id: string, props: Partial<ec2.InstanceProps> = {}): ec2.Instance => (
  new ec2.Instance(scope, id, { vpc: vpcOf(scope), vpcSubnets: { subnetType: PRIVATE_ISOLATED }, machineImage, instanceType, ...props }));

describeInjected<ec2.InstanceProps>({
  name: 'ec2.Instance',
  hardening: instanceHardening,
  make: makeInstance,
  defaults: { 'AWS::EC2::Instance': instanceDefaults },
  explicit: { props: { httpTokens: ec2.HttpTokens.OPTIONAL }, rule: 'EC2.ImdsV2' },
});

describeInjected<ec2.LaunchTemplateProps>({
  name: 'ec2.LaunchTemplate',
  hardening: launchTemplateHardening,
  make: (scope, id, props) => new ec2.LaunchTemplate(scope, id, { machineImage, instanceType, ...props }),
  defaults: { 'AWS::EC2::LaunchTemplate': launchTemplateDefaults },
  explicit: { props: { detailedMonitoring: false }, rule: 'EC2.DetailedMonitoring' },
});

describeInjected<autoscaling.AutoScalingGroupProps>({
  name: 'autoscaling.AutoScalingGroup with a launch configuration',
  hardening: autoScalingGroupHardening,
  make: groupBy(false),
  defaults: { 'AWS::AutoScaling::LaunchConfiguration': launchConfigurationDefaults },
  explicit: { props: { requireImdsv2: false }, rule: 'EC2.ImdsV2' },
});

describeInjected<autoscaling.AutoScalingGroupProps>({
  name: 'autoscaling.AutoScalingGroup with a launch template',
  hardening: autoScalingGroupHardening,
  make: groupBy(true),
  defaults: { 'AWS::EC2::LaunchTemplate': launchTemplateDefaults },
  explicit: { props: { instanceMonitoring: autoscaling.Monitoring.BASIC }, rule: 'EC2.DetailedMonitoring' },
});

describe('an instance under its injector', () => {
  const harden = (props: Partial<ec2.InstanceProps>, stack = new Stack(appWith(), 'S', CONCRETE)): ec2.InstanceProps => (
    instanceHardening.harden(stack, 'X', { vpc: vpcOf(stack), machineImage, instanceType, ...props }));
  const mappingsOf = (props: Partial<ec2.InstanceProps>): unknown => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    makeInstance(stack, 'X', harden(props, stack));
    return Object.values(Template.fromStack(stack).findResources('AWS::EC2::Instance'))[0].Properties.BlockDeviceMappings;
  };

  test.each([
    ['Amazon Linux 2023', ec2.MachineImage.latestAmazonLinux2023(), '/dev/xvda'],
    ['Amazon Linux 2', ec2.MachineImage.latestAmazonLinux2(), '/dev/xvda'],
    ['Windows', ec2.MachineImage.latestWindows(ec2.WindowsVersion.WINDOWS_SERVER_2022_ENGLISH_FULL_BASE), '/dev/sda1'],
  ])('has an encrypted root of the size of its image: %s', (_, image, deviceName) => {
    expect(mappingsOf({ machineImage: image })).toEqual([{ DeviceName: deviceName, Ebs: { Encrypted: true } }]);
  });

  test('keeps the root of an image that is not known: under a wrong name it would not start', () => {
    expect(mappingsOf({ machineImage: other })).toBeUndefined();
  });

  test('has its volumes encrypted, unless they say otherwise', () => {
    const volume = ec2.BlockDeviceVolume;
    expect(mappingsOf({
      blockDevices: [
        { deviceName: '/dev/xvda', volume: volume.ebs(20, { volumeType: ec2.EbsDeviceVolumeType.GP3 }) },
        { deviceName: '/dev/sdb', volume: volume.ebs(10, { encrypted: false }) },
        { deviceName: '/dev/sdc', volume: volume.ebsFromSnapshot('snap-12345678') },
        { deviceName: '/dev/sdd', volume: volume.ephemeral(0) },
        { deviceName: '/dev/sde', volume: volume.ebs(10), mappingEnabled: false },
      ],
    })).toEqual([
      { DeviceName: '/dev/xvda', Ebs: { VolumeSize: 20, VolumeType: 'gp3', Encrypted: true } },
      { DeviceName: '/dev/sdb', Ebs: { VolumeSize: 10, Encrypted: false } },
      { DeviceName: '/dev/sdc', Ebs: { SnapshotId: 'snap-12345678', Encrypted: true } },
      { DeviceName: '/dev/sdd', VirtualName: 'ephemeral0' },
      expect.objectContaining({ DeviceName: '/dev/sde', NoDevice: {} }),
    ]);
  });

  test.each([[true], [false]])('keeps requireImdsv2: %s, beside which the L2 takes no other option', (requireImdsv2) => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    const props = harden({ requireImdsv2 }, stack);
    expect(props.httpTokens).toBeUndefined();
    expect(() => makeInstance(stack, 'X', props)).not.toThrow();
    expect(launchTemplateHardening.harden(stack, 'T', { requireImdsv2 }).httpTokens).toBeUndefined();
  });

  test('takes tokens only beside other options of the metadata service', () => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    makeInstance(stack, 'X', harden({ httpPutResponseHopLimit: 2 }, stack));
    Template.fromStack(stack).hasResourceProperties('AWS::EC2::Instance', { MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 2 } });
  });

  test('leaves a role from elsewhere alone, to which nobody here can add', () => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    const role = iam.Role.fromRoleArn(stack, 'R', 'arn:aws:iam::111111111111:role/mine');
    expect(harden({ role }, stack).ssmSessionPermissions).toBeUndefined();
    expect(harden({ instanceProfile: iam.InstanceProfile.fromInstanceProfileAttributes(stack, 'P', { instanceProfileArn: 'arn:aws:iam::111111111111:instance-profile/p', role }) }, stack).ssmSessionPermissions).toBeUndefined();
    expect(harden({ role: new iam.Role(stack, 'Own', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') }) }, stack).ssmSessionPermissions).toBe(true);
    expect(harden({ ssmSessionPermissions: false }, stack).ssmSessionPermissions).toBe(false);
  });

  test('satisfies CDK\'s own validation', () => {
    expect(() => validated((scope) => {
      const stack = Stack.of(scope);
      makeInstance(scope, 'X', harden({}, stack));
      groupBy(false)(scope, 'Y', autoScalingGroupHardening.harden(scope, 'Y', { vpc: vpcOf(scope), vpcSubnets: { subnetType: PRIVATE_ISOLATED }, machineImage, instanceType }));
    })).not.toThrow();
  });
});

describe('a launch template under its injector', () => {
  test('without an image has no volumes and no role', () => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    new ec2.LaunchTemplate(stack, 'X', launchTemplateHardening.harden(stack, 'X', {}));
    const [{ Properties: { LaunchTemplateData } }] = Object.values(Template.fromStack(stack).findResources('AWS::EC2::LaunchTemplate'));
    expect(LaunchTemplateData).toMatchObject({ MetadataOptions: { HttpTokens: 'required' }, Monitoring: { Enabled: true } });
    expect(Object.keys(LaunchTemplateData)).not.toEqual(expect.arrayContaining(['BlockDeviceMappings']));
    expect(Object.keys(LaunchTemplateData)).not.toEqual(expect.arrayContaining(['IamInstanceProfile']));
  });
});

describe('an Auto Scaling group under its injector', () => {
  test('leaves to a launch template what that says', () => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    const launchTemplate = new ec2.LaunchTemplate(stack, 'T', { machineImage, instanceType });
    const [plain, mixed] = [{ vpc: vpcOf(stack), launchTemplate }, { vpc: vpcOf(stack), mixedInstancesPolicy: { launchTemplate } }];
    for (const props of [plain, mixed]) expect(autoScalingGroupHardening.harden(stack, 'X', props)).toEqual(props);
  });

  test.each([
    ['private ones', { subnetType: PRIVATE_ISOLATED }, undefined, false],
    ['public ones, where they may need one', { subnetType: PUBLIC }, undefined, undefined],
    ['public ones on request', { subnetType: PUBLIC }, true, true],
  ])('decides of public addresses in subnets: %s', (_, vpcSubnets, given, expected) => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    const props = { vpc: vpcOf(stack), vpcSubnets, machineImage, instanceType, associatePublicIpAddress: given };
    expect(autoScalingGroupHardening.harden(stack, 'X', props).associatePublicIpAddress).toBe(expected);
  });

  test('has its volumes encrypted, unless they say otherwise', () => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    const blockDevices = [10, 20].map((size) => ({ deviceName: `/dev/sd${size}`, volume: autoscaling.BlockDeviceVolume.ebs(size, size === 20 ? { encrypted: false } : {}) }));
    groupBy(false)(stack, 'X', autoScalingGroupHardening.harden(stack, 'X', { vpc: vpcOf(stack), vpcSubnets: { subnetType: PRIVATE_ISOLATED }, machineImage, instanceType, blockDevices }));
    const [{ Properties }] = Object.values(Template.fromStack(stack).findResources('AWS::AutoScaling::LaunchConfiguration'));
    expect(Properties.BlockDeviceMappings).toMatchObject([{ Ebs: { VolumeSize: 10, Encrypted: true } }, { Ebs: { VolumeSize: 20, Encrypted: false } }]);
  });

  test('lets Systems Manager in with its own role', () => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    groupBy(false)(stack, 'X', autoScalingGroupHardening.harden(stack, 'X', { vpc: vpcOf(stack), vpcSubnets: { subnetType: PRIVATE_ISOLATED }, machineImage, instanceType }));
    expect(JSON.stringify(Template.fromStack(stack).findResources('AWS::IAM::Role'))).toContain('AmazonSSMManagedInstanceCore');
  });
});
