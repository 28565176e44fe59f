import { PropertyInjectors, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import { appWith, CONCRETE } from './harness';
import { HardeningInjector } from '../../src/blueprint/injectors';
import { autoScalingGroupHardening, bastionHardening, instanceHardening } from '../../src/constructs/compute/instance-hardening';
import { instanceDefaults } from '../../src/defaults';
import { describeInjected } from '../blueprint/injected';

const vpcOf = (scope: Construct): ec2.Vpc => (
  Stack.of(scope).node.tryFindChild('Vpc') as ec2.Vpc | undefined ?? new ec2.Vpc(Stack.of(scope), 'Vpc', { natGateways: 1, restrictDefaultSecurityGroup: false }));

describeInjected<ec2.BastionHostLinuxProps>({
  name: 'ec2.BastionHostLinux',
  hardening: bastionHardening,
  make: (scope, id, props) => new ec2.BastionHostLinux(scope, id, { vpc: vpcOf(scope), ...props }),
  defaults: { 'AWS::EC2::Instance': { httpTokens: instanceDefaults.httpTokens } },
  explicit: { props: { requireImdsv2: false }, rule: 'EC2.ImdsV2' },
});

test('a bastion has what instances have, too', () => {
  const stack = new Stack(appWith(), 'S', CONCRETE);
  PropertyInjectors.of(stack).add(new HardeningInjector(bastionHardening), new HardeningInjector(instanceHardening));
  new ec2.BastionHostLinux(stack, 'X', { vpc: vpcOf(stack) });
  Template.fromStack(stack).hasResourceProperties('AWS::EC2::Instance', { BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { Encrypted: true } }], Monitoring: true });
});

test.each([
  ['Linux', ecs.EcsOptimizedImage.amazonLinux2023(), '/dev/xvda'],
  ['the older Linux', ecs.EcsOptimizedImage.amazonLinux2(), '/dev/xvda'],
  ['Windows', ecs.EcsOptimizedImage.windows(ecs.WindowsOptimizedVersion.SERVER_2022), '/dev/sda1'],
])('the capacity of an ECS cluster has an encrypted root: %s', (_, machineImage, DeviceName) => {
  const stack = new Stack(appWith(), 'S', CONCRETE);
  PropertyInjectors.of(stack).add(new HardeningInjector(autoScalingGroupHardening));
  new ecs.Cluster(stack, 'Cluster', { vpc: vpcOf(stack) }).addCapacity('Capacity', { instanceType: new ec2.InstanceType('t3.small'), machineImage });
  Template.fromStack(stack).hasResourceProperties('AWS::AutoScaling::LaunchConfiguration', { BlockDeviceMappings: [{ DeviceName, Ebs: { Encrypted: true } }], MetadataOptions: Match.objectLike({ HttpTokens: 'required' }) });
});

test('the first Amazon Linux for ECS, which has a second volume for containers, is left as it is', () => {
  const stack = new Stack(appWith(), 'S', CONCRETE);
  const props = { vpc: vpcOf(stack), instanceType: new ec2.InstanceType('t3.small'), machineImage: ecs.EcsOptimizedImage.amazonLinux() };
  expect(autoScalingGroupHardening.harden(stack, 'X', props).blockDevices).toBeUndefined();
});
