import { Case, fail, notApplicable, pass, verdicts } from './verdicts';
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
