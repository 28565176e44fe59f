import { any, applies, rule } from './kernel';

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
