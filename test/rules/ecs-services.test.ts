import { ifProd, P, setting, subject } from './cases';
import { fail, notApplicable, pass, verdicts } from './verdicts';
import {
  autoScaling, capacityAlarm, circuitBreaker, containerInsights, execLogged, noPublicIp, platformVersion, redundantTasks, zoneRebalancing,
} from '../../src/rules/ecs-services';

const cluster = subject('AWS::ECS::Cluster');
const service = subject('AWS::ECS::Service');
const insights = (Value: unknown, Name = 'containerInsights') => cluster({ ClusterSettings: [{ Name, Value }] });

verdicts(containerInsights, {
  pass: { 'enabled': insights('enabled'), 'enhanced': insights('enhanced') },
  fail: { 'absent': cluster(), 'disabled': insights('disabled') },
  unknown: { 'by parameter': insights(P) },
  trap: {
    'another setting': fail(insights('enabled', 'somethingElse')),
    'in one branch': fail(insights(ifProd('enabled', 'disabled')), { message: /IsProd is false/ }),
  },
});

const exec = (ExecuteCommandConfiguration: object) => cluster({ Configuration: { ExecuteCommandConfiguration } });
const user = (EnableExecuteCommand: unknown, Cluster: unknown = { Ref: 'Subject' }) => ({
  Service: { Type: 'AWS::ECS::Service', Properties: { Cluster, EnableExecuteCommand } },
});
verdicts(execLogged, {
  pass: { 'to its own group': exec({ Logging: 'OVERRIDE' }), 'by default': exec({ KmsKeyId: 'k' }), 'by default, for a service': cluster({}, user(true)) },
  fail: { 'not': exec({ Logging: 'NONE' }) },
  unknown: { 'by parameter': exec({ Logging: P }) },
  notApplicable: {
    'nobody uses it': cluster(),
    'a service without it': cluster({}, user(false)),
    'a service of another cluster': cluster({}, user(true, 'other')),
  },
  trap: { 'not, in one branch': fail(exec({ Logging: ifProd('DEFAULT', 'NONE') }), { message: /IsProd is false/ }) },
});

const network = (AssignPublicIp: unknown, key = 'AwsvpcConfiguration') => service({ NetworkConfiguration: { [key]: { Subnets: ['s'], AssignPublicIp } } });
const ecsTarget = (AssignPublicIp: unknown) => ({ EcsParameters: { NetworkConfiguration: { AwsVpcConfiguration: { Subnets: ['s'], AssignPublicIp } } } });
const targets = (...Targets: object[]) => subject('AWS::Events::Rule')({ Targets });
verdicts(noPublicIp, {
  pass: { 'disabled': network('DISABLED'), 'absent': network({ Ref: 'AWS::NoValue' }) },
  fail: {
    'enabled': network('ENABLED'),
    'of a task set': subject('AWS::ECS::TaskSet')({ NetworkConfiguration: { AwsVpcConfiguration: { AssignPublicIp: 'ENABLED' } } }),
  },
  unknown: { 'by parameter': network(P) },
  notApplicable: { 'no interface of its own': service(), 'a rule for a function': subject('AWS::Events::Rule')({ Targets: [{ Arn: 'arn:aws:lambda:x', Id: 'a' }] }) },
  trap: {
    'a schedule': fail(subject('AWS::Scheduler::Schedule')({ Target: { EcsParameters: { NetworkConfiguration: { AwsvpcConfiguration: { AssignPublicIp: 'ENABLED' } } } } })),
    'a pipe': fail(subject('AWS::Pipes::Pipe')({ TargetParameters: { EcsTaskParameters: { NetworkConfiguration: { AwsvpcConfiguration: { AssignPublicIp: 'ENABLED' } } } } })),
    'the second target of a rule': fail(targets({ Arn: 'a', Id: 'a' }, ecsTarget('ENABLED'))),
    'a rule whose tasks are private': pass(targets({ Arn: 'a', Id: 'a' }, ecsTarget('DISABLED'))),
    'in one branch': fail(network(ifProd('DISABLED', 'ENABLED')), { message: /IsProd is false/ }),
    'the other spelling': fail(network('ENABLED', 'AwsVpcConfiguration')),
  },
});

const breaker = (Enable: unknown, Rollback: unknown, more: object = {}) => service({
  DeploymentConfiguration: { DeploymentCircuitBreaker: { Enable, Rollback } }, ...more,
});
verdicts(circuitBreaker, {
  pass: { 'both': breaker(true, 'true') },
  fail: { 'absent': service(), 'without rollback': breaker(true, false) },
  unknown: { 'by parameter': breaker(P, true) },
  notApplicable: { 'CodeDeploy deploys': service({ DeploymentController: { Type: 'CODE_DEPLOY' } }) },
  trap: { 'named as the controller that it is': pass(breaker(true, true, { DeploymentController: { Type: 'ECS' } })) },
});
const TARGET = 'AWS::ApplicationAutoScaling::ScalableTarget';
const atLeast = (MinCapacity: unknown) => ({ Target: { Type: TARGET, Properties: { MinCapacity, ResourceId: { 'Fn::Join': ['/', ['service', 'c', { 'Fn::GetAtt': ['Subject', 'Name'] }]] } } } });
verdicts(redundantTasks, setting(service, 'DesiredCount', {
  good: 2,
  bad: 1,
  pass: { 'scaled between two and ten': service({}, atLeast(2)), 'scaled up from one': service({ DesiredCount: 1 }, atLeast('2')) },
  unknown: { 'scaled from a number by parameter': service({}, atLeast(P)) },
  notApplicable: { 'a daemon': service({ SchedulingStrategy: 'DAEMON', DesiredCount: 1 }) },
  trap: {
    'scaled down to one': fail(service({}, atLeast(1))),
    'the target of another service': fail(service({}, { Target: { Type: TARGET, Properties: { MinCapacity: 2, ResourceId: 'service/c/other' } } })),
  },
}));
verdicts(platformVersion, setting(subject('AWS::ECS::Service', {
  LaunchType: 'FARGATE',
}), 'PlatformVersion', {
  good: 'LATEST',
  bad: '1.3.0',
  absent: 'pass',
  pass: { 'by number': service({ LaunchType: 'FARGATE', PlatformVersion: '1.4.0' }) },
  notApplicable: { 'on instances': service({ LaunchType: 'EC2', PlatformVersion: '1.3.0' }) },
}));

const rolled = (MaximumPercent: unknown, more: object = {}) => service({ DeploymentConfiguration: { MaximumPercent }, ...more });
const ENABLED = { AvailabilityZoneRebalancing: 'ENABLED' };
const spread = (Field = 'attribute:ecs.availability-zone') => ({ Type: 'spread', Field });
verdicts(zoneRebalancing, setting(service, 'AvailabilityZoneRebalancing', {
  good: 'ENABLED',
  bad: 'DISABLED',
  absent: 'pass',
  pass: {
    'a task more': rolled(101),
    'a task more, and said': rolled(200, ENABLED),
    'spread over zones first': service({ PlacementStrategies: [spread(), { Type: 'binpack', Field: 'MEMORY' }] }),
    'another constraint': service({ PlacementConstraints: [{ Type: 'distinctInstance' }, { Type: 'memberOf', Expression: 'attribute:ecs.os-type == linux' }] }),
    'a target group': service({ LoadBalancers: [{ TargetGroupArn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/a/b', ContainerName: 'a', ContainerPort: 80 }] }),
    'said, with a percentage that ECS checks at deployment': rolled(P, ENABLED),
  },
  fail: {
    'no task more': rolled(100),
    'no task more, as text': rolled('100'),
    'refused': rolled(100, ENABLED),
    'packed': service({ PlacementStrategies: [{ Type: 'binpack', Field: 'MEMORY' }] }),
    'at random, then over zones': service({ PlacementStrategies: [{ Type: 'random' }, spread()] }),
    'spread over instances': service({ PlacementStrategies: [spread('instanceId')] }),
    'tied to a zone': service({ PlacementConstraints: [{ Type: 'memberOf', Expression: 'attribute:ecs.availability-zone == eu-west-1a' }] }),
    'behind a Classic Load Balancer': service({ LoadBalancers: [{ LoadBalancerName: 'classic', ContainerName: 'a', ContainerPort: 80 }] }),
  },
  unknown: { 'a percentage by parameter': rolled(P), 'where it runs is known at deployment': rolled(100, { LaunchType: P }) },
  notApplicable: { 'a daemon': service({ SchedulingStrategy: 'DAEMON' }), 'outside of AWS': service({ LaunchType: 'EXTERNAL' }) },
  trap: {
    'absent, where it must be said': fail(service(), { options: { requireExplicit: true } }),
    'no task more, in one branch': fail(rolled(ifProd(200, 100)), { message: /IsProd is false/ }),
  },
}));

const scaled = (ResourceId: unknown) => ({ Target: { Type: 'AWS::ApplicationAutoScaling::ScalableTarget', Properties: { ResourceId } } });
const idOf = (of: string) => ({ 'Fn::Sub': `service/\${Cluster}/\${${of}.Name}` });
const others = { Other: { Type: 'AWS::ECS::Service' }, Cluster: { Type: 'AWS::ECS::Cluster' } };
verdicts(autoScaling, {
  pass: { 'a target': service({}, { ...others, ...scaled(idOf('Subject')) }) },
  fail: { 'none': service() },
  unknown: { 'whether it is a daemon is known at deployment': service({ SchedulingStrategy: P }) },
  notApplicable: { 'a daemon': service({ SchedulingStrategy: 'DAEMON' }) },
  trap: {
    'the target of another service of the cluster': fail(service({}, { ...others, ...scaled(idOf('Other')) })),
    'in production only': fail(service({}, { ...others, Target: { ...scaled(idOf('Subject')).Target, Condition: 'IsProd' } }), { message: /IsProd is false/ }),
    'a daemon in one branch': notApplicable(service({ SchedulingStrategy: ifProd('DAEMON', 'DAEMON') })),
  },
});

const alarm = (MetricName: unknown, of = 'Subject') => ({
  Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { MetricName, Dimensions: [{ Name: 'ClusterName', Value: { Ref: 'Cluster' } }, { Name: 'ServiceName', Value: { 'Fn::GetAtt': [of, 'Name'] } }] } },
});
verdicts(capacityAlarm, {
  pass: { 'processors': service({}, { ...others, ...alarm('CPUUtilization') }), 'memory': service({}, { ...others, ...alarm('MemoryUtilization') }) },
  fail: { 'none': service() },
  unknown: { 'the metric by parameter': service({}, { ...others, ...alarm(P) }) },
  trap: { 'of another service of the cluster': fail(service({}, { ...others, ...alarm('CPUUtilization', 'Other') })), 'another metric': fail(service({}, { ...others, ...alarm('Errors') })) },
});
