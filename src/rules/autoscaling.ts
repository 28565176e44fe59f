import { all, any, applies, not, Property, ResourceReader, rule, Truth } from './kernel';
import { sameAs } from './shared/same';
import { isReference, Part } from '../template/value';

const GROUP = ['AWS::AutoScaling::AutoScalingGroup'];

export const elbHealthCheck = rule({
  id: 'AutoScaling.ElbHealthCheck',
  resourceTypes: GROUP,
  title: 'Group behind a load balancer replaces what the load balancer finds unhealthy',
  severity: 'low',
  criteria: { direct: ['A1.2'], supporting: ['CC7.2'] },
  rationale: 'With EC2 checks alone, an instance whose application has died but which still runs is never replaced.',
  remediation: { l2: 'healthChecks: HealthChecks.withAdditionalChecks({ additionalTypes: [AdditionalHealthCheckType.ELB] })', cfn: 'HealthCheckType: ELB' },
  configRule: 'AUTOSCALING_GROUP_ELB_HEALTHCHECK_REQUIRED',
  nagRules: ['AutoScalingGroupELBHealthCheckRequired'],
  sources: ['AWS::AutoScaling::AutoScalingGroup, HealthCheckType: a comma-separated list; EC2 cannot be disabled'],
  check: (group) => applies(
    any([...['LoadBalancerNames', 'TargetGroupARNs'].map((list) => group.get(list).isPresent()),
      group.get('TrafficSources').some((source) => source.get('Type').oneOf(['elb', 'elbv2']), 'no traffic source is a load balancer')]),
    'the group is behind no load balancer',
    () => group.get('HealthCheckType').matches(/(^|,)\s*ELB\s*(,|$)/i, 'ELB'),
  ),
});

export const multiAz = rule({
  id: 'AutoScaling.MultiAz',
  resourceTypes: GROUP,
  title: 'Group spans at least two zones',
  severity: 'medium',
  criteria: { direct: ['A1.2'] },
  rationale: 'A group in one zone fails with it.',
  remediation: { l2: 'vpcSubnets in two zones or more', cfn: 'VPCZoneIdentifier with two subnets or more' },
  configRule: 'AUTOSCALING_MULTIPLE_AZ',
  sources: ['AWS::AutoScaling::AutoScalingGroup, VPCZoneIdentifier'],
  check: (group) => any([group.get('VPCZoneIdentifier').count(2), group.get('AvailabilityZones').count(2)]).because('the group is in one zone'),
});

export const launchTemplate = rule({
  id: 'AutoScaling.LaunchTemplate',
  resourceTypes: GROUP,
  title: 'Group uses a launch template',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['CC6.1', 'CC7.1'] },
  rationale: 'Launch configurations get no new features and cannot be versioned. What they set is judged by itself, so this is off by default.',
  remediation: { l2: 'launchTemplate', cfn: 'LaunchTemplate or MixedInstancesPolicy' },
  configRule: 'AUTOSCALING_LAUNCH_TEMPLATE',
  sources: ['Amazon EC2 Auto Scaling user guide, "Auto Scaling launch configurations"'],
  check: (group) => any([
    group.get('LaunchTemplate').isPresent(), group.get('MixedInstancesPolicy.LaunchTemplate').isPresent(),
  ]).because('the group uses no launch template'),
});

export const scalingNotifications = rule({
  id: 'AutoScaling.ScalingNotifications',
  resourceTypes: GROUP,
  title: 'Launches and terminations are notified',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['A1.1', 'CC7.2'] },
  rationale: 'Notices of failed launches show that capacity is at its limit. Alarms on metrics show the same, so this is off by default.',
  remediation: { construct: 'AlarmTopic', l2: 'notifications', cfn: 'NotificationConfigurations' },
  nagRules: ['AutoScalingGroupScalingNotifications'],
  sources: ['AWS::AutoScaling::AutoScalingGroup, NotificationConfigurations'],
  check: (group) => any([
    group.get('NotificationConfigurations').count(1), group.get('NotificationConfiguration').isPresent(),
  ]).because('no notification is configured'),
});

export const scalingPolicy = rule({
  id: 'AutoScaling.ScalingPolicy',
  resourceTypes: GROUP,
  title: 'Size of the group follows the load',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: ['A1.1'] },
  rationale: 'A group of a fixed size is either too large or, on a bad day, too small. Groups that only replace what fails are meant to be fixed.',
  remediation: { l2: 'scaleOnCpuUtilization()', cfn: 'MaxSize above MinSize, and an AWS::AutoScaling::ScalingPolicy or AWS::AutoScaling::ScheduledAction for the group' },
  sources: ['Amazon EC2 Auto Scaling user guide, "Choose your scaling method"', 'Amazon ECS developer guide, "Amazon ECS cluster auto scaling"'],
  check: (group, model) => all(sizeVaries(group), any([
    ...['AWS::AutoScaling::ScalingPolicy', 'AWS::AutoScaling::ScheduledAction'].map((type) =>
      Truth.of(model.referrers(group, type, 'AutoScalingGroupName').length > 0, 'no policy or scheduled action is for the group')),
    ...model.referrers(group, 'AWS::ECS::CapacityProvider', 'AutoScalingGroupProvider.AutoScalingGroupArn')
      .map((provider) => provider.get('AutoScalingGroupProvider.ManagedScaling.Status').is('ENABLED')),
  ]).because('no scaling policy, scheduled action or capacity provider sets the size of the group')),
});

function sizeVaries(group: ResourceReader): Truth {
  const least = group.get('MinSize').seen();
  if (least.scalar === undefined) return least.missing ? Truth.no('MinSize is absent') : least.openTruth();
  return group.get('MaxSize').atLeast(Number(least.scalar) + 1).because('MaxSize is not above MinSize');
}

export const instanceLifetime = rule({
  id: 'AutoScaling.InstanceLifetime',
  resourceTypes: GROUP,
  title: 'Instances are replaced from time to time',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['CC7.1', 'CC6.8'] },
  rationale: 'A patched image reaches only instances that are new. Deployments and instance refreshes replace them as well, so this is asked for.',
  remediation: { l2: 'maxInstanceLifetime', cfn: 'MaxInstanceLifetime of 86400 seconds or more' },
  sources: ['AWS::AutoScaling::AutoScalingGroup, MaxInstanceLifetime: none by default, 0 for none, else a day at least'],
  check: (group) => group.get('MaxInstanceLifetime').atLeast(86400),
});

export const instanceTypes = rule({
  id: 'AutoScaling.InstanceTypes',
  resourceTypes: GROUP,
  title: 'Group may use several instance types',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['A1.2'] },
  rationale: 'When a zone has run out of one type, a group that may use others still grows. It matters for Spot Instances and for large groups.',
  remediation: { l2: 'mixedInstancesPolicy: { launchTemplateOverrides }', cfn: 'MixedInstancesPolicy.LaunchTemplate.Overrides with two types or more, or with InstanceRequirements' },
  configRule: 'AUTOSCALING_MULTIPLE_INSTANCE_TYPES',
  sources: ['Amazon EC2 Auto Scaling user guide, "Auto Scaling groups with multiple instance types and purchase options"', 'AWS Security Hub AutoScaling.6'],
  check: (group) => {
    const overrides = group.get('MixedInstancesPolicy.LaunchTemplate.Overrides');
    return any([overrides.count(2), overrides.some((override) => override.get('InstanceRequirements').isPresent())])
      .because('the group uses one instance type');
  },
});

export const scalableTargetPolicy = rule({
  id: 'ApplicationAutoScaling.ScalingPolicy',
  resourceTypes: ['AWS::ApplicationAutoScaling::ScalableTarget'],
  title: 'Something scales the target',
  severity: 'low',
  criteria: { direct: ['A1.1'] },
  rationale: 'A scalable target alone is only a pair of limits: without a policy or a schedule, or while scaling is suspended, the size never changes.',
  remediation: { l2: 'scaleOnCpuUtilization(), scaleOnUtilization(), scaleToTrackMetric()', cfn: 'an AWS::ApplicationAutoScaling::ScalingPolicy for the target, or ScheduledActions' },
  sources: ['Application Auto Scaling user guide, "What is Application Auto Scaling?"', 'AWS::ApplicationAutoScaling::ScalableTarget SuspendedState'],
  check: (target, model) => any([
    all(
      any([
        Truth.of(model.referrers(target, 'AWS::ApplicationAutoScaling::ScalingPolicy', 'ScalingTargetId').length > 0, 'no policy names the target'),
        ...model.ofType('AWS::ApplicationAutoScaling::ScalingPolicy').map((policy) => all(...SAME.map((key) => sameText(policy.get(key), target.get(key))))),
      ]),
      not(target.get('SuspendedState.DynamicScalingOutSuspended').isTrue(), 'scaling out by policy is suspended'),
    ),
    all(target.get('ScheduledActions').count(1), not(target.get('SuspendedState.ScheduledScalingSuspended').isTrue(), 'scaling by schedule is suspended')),
  ]).because('no policy or schedule scales the target, or it is suspended'),
});

/** What a policy names a target by, where it does not refer to it. */
const SAME = ['ServiceNamespace', 'ScalableDimension', 'ResourceId'];

/** Two texts that are put together alike, `service/${Cluster}/${Service.Name}`, are one, whatever they turn out to be. */
function sameText(place: Property, other: Property): Truth {
  const pieces = place.seen().parts.map(identity);
  const same = pieces.length > 0 && pieces.length === other.parts.length && other.parts.every((part, at) => pieces[at] !== '' && identity(part) === pieces[at]);
  return same ? Truth.YES : sameAs(place, other);
}

function identity(part: Part): string {
  if (typeof part === 'string') return part;
  return isReference(part) ? `\${${part.target.id}.${part.attribute ?? ''}}` : part.choice?.key ?? '';
}
