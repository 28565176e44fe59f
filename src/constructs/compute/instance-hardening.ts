import { Resource } from 'aws-cdk-lib';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import { instanceDefaults as d, launchConfigurationDefaults as c } from '../../defaults/instance';
import { Hardening } from '../support/hardening';

/** Secure properties of an EC2 instance. */
export const instanceHardening: Hardening<ec2.InstanceProps> = {
  injectionId: ec2.Instance.PROPERTY_INJECTION_ID,
  harden: (_scope, _id, props) => ({
    ...props,
    // The L2 refuses requireImdsv2 beside options of the metadata service, and makes a launch template for it.
    httpTokens: props.httpTokens ?? (props.requireImdsv2 === undefined ? ec2.HttpTokens.REQUIRED : undefined),
    blockDevices: encryptedDevices(props.machineImage, props.blockDevices, (ebs: ec2.EbsDeviceProps) => new EncryptedVolume(ebs)),
    detailedMonitoring: props.detailedMonitoring ?? d.detailedMonitoring.value,
    ssmSessionPermissions: props.ssmSessionPermissions ?? sessionsFor(props.role ?? props.instanceProfile?.role),
  }),
};

/** Secure properties of a bastion. What it says of its instance is explicit there, even where nobody has said it. */
export const bastionHardening: Hardening<ec2.BastionHostLinuxProps> = {
  injectionId: ec2.BastionHostLinux.PROPERTY_INJECTION_ID,
  harden: (_scope, _id, props) => ({ ...props, requireImdsv2: props.requireImdsv2 ?? true }),
};

/** Secure properties of a launch template. It gets no role: whoever uses it may bring one, and EKS refuses a template that has one. */
export const launchTemplateHardening: Hardening<ec2.LaunchTemplateProps> = {
  injectionId: ec2.LaunchTemplate.PROPERTY_INJECTION_ID,
  harden: (_scope, _id, props) => ({
    ...props,
    httpTokens: props.httpTokens ?? (props.requireImdsv2 === undefined ? ec2.LaunchTemplateHttpTokens.REQUIRED : undefined),
    blockDevices: encryptedDevices(props.machineImage, props.blockDevices, (ebs: ec2.EbsDeviceProps) => new EncryptedVolume(ebs)),
    detailedMonitoring: props.detailedMonitoring ?? d.detailedMonitoring.value,
  }),
};

/** Secure properties of an Auto Scaling group. A launch template that it is given says the rest, and the L2 refuses to hear it twice. */
export const autoScalingGroupHardening: Hardening<autoscaling.AutoScalingGroupProps> = {
  injectionId: autoscaling.AutoScalingGroup.PROPERTY_INJECTION_ID,
  harden: (_scope, _id, props) => (props.launchTemplate ?? props.mixedInstancesPolicy ? props : {
    ...props,
    requireImdsv2: props.requireImdsv2 ?? true,
    blockDevices: encryptedDevices(props.machineImage, props.blockDevices, (ebs: autoscaling.EbsDeviceProps) => new EncryptedGroupVolume(ebs)),
    // With a feature flag the L2 takes what is left out for basic, without it EC2 takes it for detailed.
    instanceMonitoring: props.instanceMonitoring ?? autoscaling.Monitoring.DETAILED,
    ssmSessionPermissions: props.ssmSessionPermissions ?? sessionsFor(props.role),
    associatePublicIpAddress: props.associatePublicIpAddress ?? (standsInPublic(props) ? undefined : c.associatePublicIpAddress.value),
  }),
};

/** Nobody can add to the rights of a role from elsewhere, and the L2 warns of it. */
function sessionsFor(role: iam.IRole | undefined): boolean | undefined {
  return role && !Resource.isOwnedResource(role) ? undefined : d.ssmSessionPermissions.value;
}

/** Where the subnets are public, an instance may need an address to reach anything at all: then the subnet decides. */
function standsInPublic({ vpc, vpcSubnets }: autoscaling.AutoScalingGroupProps): boolean {
  return vpc.selectSubnets(vpcSubnets).hasPublic;
}

interface Device<E> {
  readonly deviceName: string;
  readonly volume: { readonly ebsDevice?: E };
}

/**
 * Volumes that say nothing of encryption are encrypted under the account's key for EBS: a key of one's own would have to admit whoever launches, such
 * as Auto Scaling, which otherwise fails without a word. Without any, the root of the image is, where its name is known.
 */
function encryptedDevices<E extends object, V>(
  image: ec2.IMachineImage | undefined, given: (Device<E> & { readonly volume: V })[] | undefined, encrypt: (ebs: E) => V,
): { deviceName: string; volume: V }[] | undefined {
  const root = rootOf(image);
  // Its size and snapshot are those of the image, which the functions of the L2 do not offer.
  if (!given) return root === undefined ? undefined : [{ deviceName: root, volume: encrypt({} as E) }];
  return given.map((device) => {
    const ebs: E & { readonly encrypted?: boolean } | undefined = device.volume.ebsDevice;
    return ebs && ebs.encrypted === undefined ? { ...device, volume: encrypt(ebs) } : device;
  });
}

class EncryptedVolume extends ec2.BlockDeviceVolume {
  constructor(ebs: ec2.EbsDeviceProps) {
    super({ ...ebs, encrypted: true });
  }
}

/** Auto Scaling has classes of its own for the same, whose type knows of encryption only where there is no snapshot. */
class EncryptedGroupVolume extends autoscaling.BlockDeviceVolume {
  constructor(ebs: autoscaling.EbsDeviceProps) {
    const encrypted: autoscaling.EbsDeviceProps & autoscaling.EbsDeviceOptions = { ...ebs, encrypted: true };
    super(encrypted);
  }
}

const AMAZON_LINUX = [ec2.AmazonLinux2023ImageSsmParameter, ec2.AmazonLinux2ImageSsmParameter, ec2.AmazonLinuxImage];

/** The name of the root device (Amazon EC2 user guide, "Device names for volumes"). Under a wrong one, an instance does not start. */
function rootOf(image: ec2.IMachineImage | undefined): string | undefined {
  if (image instanceof ecs.EcsOptimizedImage) return rootForEcs(image as unknown as EcsImage);
  if (AMAZON_LINUX.some((one) => image instanceof one)) return '/dev/xvda';
  return image instanceof ec2.WindowsImage ? '/dev/sda1' : undefined;
}

/** What an image for ECS is of, which it tells nobody but where it is looked up. */
interface EcsImage {
  readonly windowsVersion?: ecs.WindowsOptimizedVersion;
  readonly generation?: ec2.AmazonLinuxGeneration;
}

function rootForEcs({ windowsVersion, generation }: EcsImage): string | undefined {
  if (windowsVersion !== undefined) return '/dev/sda1';
  // The first Amazon Linux keeps containers on a second volume, which the root alone would leave in the clear.
  return generation === ec2.AmazonLinuxGeneration.AMAZON_LINUX ? undefined : '/dev/xvda';
}
