import { ifProd, MACRO, P, setting, subject } from './cases';
import { Case, fail, notApplicable, pass, unknown, verdicts } from './verdicts';
import * as rules from '../../src/rules/autoscaling';

const group = (properties: object = {}): Case => ({ Subject: { Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: properties } });
const behind = (properties: object = {}) => group({
  TargetGroupARNs: ['arn:aws:elasticloadbalancing:eu-west-1:111111111111:targetgroup/web/1'],
  ...properties,
});
const param = { $Parameters: { P: { Type: 'String' } } };
const list = { $Parameters: { P: { Type: 'List<AWS::EC2::Subnet::Id>' } } };

verdicts(rules.elbHealthCheck, {
  pass: { 'ELB': behind({ HealthCheckType: 'ELB' }), 'a classic load balancer': group({ LoadBalancerNames: ['web'], HealthCheckType: 'ELB' }) },
  fail: {
    'absent': behind(),
    'EC2': behind({ HealthCheckType: 'EC2' }),
    'a traffic source': group({ TrafficSources: [{ Identifier: 'arn', Type: 'elbv2' }] }),
  },
  unknown: { 'a parameter': { ...behind({ HealthCheckType: { Ref: 'P' } }), ...param } },
  notApplicable: { 'behind nothing': group({ HealthCheckType: 'EC2' }), 'an empty list': group({ TargetGroupARNs: [] }) },
  trap: {
    'one of several': pass(behind({ HealthCheckType: 'EBS,ELB' })),
    'another that ends alike': fail(behind({ HealthCheckType: 'XELB' })),
    'a lattice service is no load balancer': notApplicable(group({ TrafficSources: [{ Identifier: 'arn', Type: 'vpc-lattice' }] })),
  },
});

verdicts(rules.multiAz, {
  pass: { 'two subnets': group({ VPCZoneIdentifier: ['subnet-1', 'subnet-2'] }), 'two zones': group({ AvailabilityZones: ['a', 'b'] }) },
  fail: { 'one subnet': group({ VPCZoneIdentifier: ['subnet-1'] }), 'none': group() },
  unknown: {
    'a list that is given at deployment': { ...group({ VPCZoneIdentifier: { Ref: 'P' } }), ...list },
    'the zones of the Region': group({ AvailabilityZones: { 'Fn::GetAZs': '' } }),
  },
  trap: {
    'the second is no value': fail(group({ VPCZoneIdentifier: ['subnet-1', { Ref: 'AWS::NoValue' }] })),
    'a parameter is one subnet': fail({ ...group({ VPCZoneIdentifier: [{ Ref: 'P' }] }), ...param }),
  },
});

verdicts(rules.launchTemplate, {
  pass: { 'a launch template': group({ LaunchTemplate: { LaunchTemplateId: 'lt-1', Version: '1' } }) },
  fail: { 'a launch configuration': group({ LaunchConfigurationName: 'web' }) },
  unknown: { 'a macro': group({ LaunchTemplate: { 'Fn::Transform': { Name: 'M' } } }) },
  trap: {
    'several types': pass(group({
      MixedInstancesPolicy: {
        LaunchTemplate: {
          LaunchTemplateSpecification: {
            LaunchTemplateId: 'lt-1',
            Version: '1',
          },
        },
      },
    })),
  },
});

verdicts(rules.scalingNotifications, {
  pass: { 'a topic': group({ NotificationConfigurations: [{ TopicARN: 'arn' }] }) },
  fail: { 'none': group(), 'an empty list': group({ NotificationConfigurations: [] }) },
  unknown: { 'a macro': group({ NotificationConfigurations: { 'Fn::Transform': { Name: 'M' } } }) },
  trap: { 'the older spelling': pass(group({ NotificationConfiguration: { TopicARN: 'arn' } })) },
});

const sized = subject('AWS::AutoScaling::AutoScalingGroup', { MinSize: '1', MaxSize: '4' });
const scaling = (of: unknown = { Ref: 'Subject' }, Type = 'AWS::AutoScaling::ScalingPolicy') => ({ Policy: { Type, Properties: { AutoScalingGroupName: of } } });
const provider = (Status: unknown) => ({ Provider: { Type: 'AWS::ECS::CapacityProvider', Properties: { AutoScalingGroupProvider: { AutoScalingGroupArn: { Ref: 'Subject' }, ManagedScaling: { Status } } } } });
verdicts(rules.scalingPolicy, {
  pass: {
    'a policy': sized({}, scaling()),
    'a schedule': sized({}, scaling({ Ref: 'Subject' }, 'AWS::AutoScaling::ScheduledAction')),
    'ECS sets the size': sized({}, provider('ENABLED')),
  },
  fail: { 'none': sized(), 'a fixed size': sized({ MaxSize: 1 }, scaling()), 'sizes are absent': group(), 'ECS does not set the size': sized({}, provider('DISABLED')) },
  unknown: { 'the size by parameter': sized({ MaxSize: P }, scaling()), 'the least size by parameter': sized({ MinSize: P }, scaling()) },
  trap: {
    'the policy of another group': fail(sized({}, { ...scaling({ Ref: 'Other' }), Other: { Type: 'AWS::AutoScaling::AutoScalingGroup' } })),
    '10 is above 9, as text': pass(sized({ MinSize: '9', MaxSize: '10' }, scaling())),
    'a policy in production only': fail(sized({}, { Policy: { ...scaling().Policy, Condition: 'IsProd' } }), { message: /IsProd is false/ }),
  },
});

verdicts(rules.instanceLifetime, setting(sized, 'MaxInstanceLifetime', { good: 604800, bad: 0 }));

const overrides = (...Overrides: unknown[]) => sized({ MixedInstancesPolicy: { LaunchTemplate: { Overrides } } });
verdicts(rules.instanceTypes, {
  pass: { 'two types': overrides({ InstanceType: 'm5.large' }, { InstanceType: 'm6i.large' }), 'by requirements': overrides({ InstanceRequirements: { VCpuCount: { Min: 2 } } }) },
  fail: { 'none': sized(), 'one type': overrides({ InstanceType: 'm5.large' }) },
  unknown: { 'by a macro': sized({ MixedInstancesPolicy: { LaunchTemplate: { Overrides: MACRO } } }) },
  trap: { 'the second in one branch': fail(overrides({ InstanceType: 'm5.large' }, ifProd({ InstanceType: 'm6i.large' })), { message: /IsProd is false/ }) },
});

const ID = { 'Fn::Sub': 'service/${Cluster}/${Service.Name}' };
const named = { ServiceNamespace: 'ecs', ScalableDimension: 'ecs:service:DesiredCount', ResourceId: ID };
const target = subject('AWS::ApplicationAutoScaling::ScalableTarget', named);
const policy = (Properties: object) => ({ Policy: { Type: 'AWS::ApplicationAutoScaling::ScalingPolicy', Properties }, Cluster: { Type: 'AWS::ECS::Cluster' }, Service: { Type: 'AWS::ECS::Service' } });
const refers = policy({ ScalingTargetId: { Ref: 'Subject' } });
verdicts(rules.scalableTargetPolicy, {
  pass: { 'a policy': target({}, refers), 'a schedule': target({ ScheduledActions: [{ Schedule: 'cron(0 8 * * ? *)' }] }), 'a policy that names it': target({}, policy(named)) },
  fail: {
    'none': target(),
    'scaling out is suspended': target({ SuspendedState: { DynamicScalingOutSuspended: 'true' } }, refers),
    'an empty schedule': target({ ScheduledActions: [] }),
  },
  unknown: { 'suspended by parameter': target({ SuspendedState: { DynamicScalingOutSuspended: P } }, refers) },
  trap: {
    'the policy of another target': fail(target({}, { ...policy({ ScalingTargetId: { Ref: 'Other' } }), Other: { Type: 'AWS::ApplicationAutoScaling::ScalableTarget' } })),
    'a policy for another dimension': fail(target({}, policy({ ...named, ScalableDimension: 'ecs:service:Other' }))),
    'a policy that names a service known at deployment': unknown(target({}, policy({ ...named, ResourceId: P }))),
    'a schedule, though policies are suspended': pass(target({ SuspendedState: { DynamicScalingOutSuspended: true }, ScheduledActions: [{ Schedule: 'cron(0 8 * * ? *)' }] })),
    'the schedule is suspended': fail(target({ SuspendedState: { ScheduledScalingSuspended: true }, ScheduledActions: [{ Schedule: 'cron(0 8 * * ? *)' }] })),
    'scaling in may be suspended': pass(target({ SuspendedState: { DynamicScalingInSuspended: true } }, refers)),
  },
});
