import { App, Stack, Token } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { CfnScalingPolicy } from 'aws-cdk-lib/aws-applicationautoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { appWith, claimsIn, CONCRETE, describeConstruct, modelOf, optionalOf } from './harness';
import { SecureCluster, SecureFargateService, SecureFargateServiceProps, SecureFargateTaskDefinition } from '../../src/constructs';
import { fargateServiceHardening } from '../../src/constructs/compute/fargate-service-hardening';
import { OptOut } from '../../src/declarations/opt-out';
import { fargateServiceDefaults } from '../../src/defaults';
import { describeInjected } from '../blueprint/injected';

const cfn = (service: ecs.FargateService): ecs.CfnService => service.node.defaultChild as ecs.CfnService;
const set = (path: string, value: unknown) => (service: ecs.FargateService) => cfn(service).addPropertyOverride(path, value);

function clusterOf(stack: Stack): SecureCluster {
  return stack.node.tryFindChild('Cluster') as SecureCluster | undefined ?? new SecureCluster(stack, 'Cluster', { vpc: new ec2.Vpc(stack, 'Vpc', { natGateways: 1 }) });
}

function taskOf(scope: Construct, id: string): SecureFargateTaskDefinition {
  const task = new SecureFargateTaskDefinition(scope, `${id}Task`);
  task.addContainer('web', { image: ecs.ContainerImage.fromRegistry('example.com/web:1.0'), portMappings: [{ containerPort: 8080 }] });
  return task;
}

const make = (scope: Construct, id: string, props: Partial<SecureFargateServiceProps> = {}): SecureFargateService => (
  new SecureFargateService(scope, id, { ...props, cluster: props.cluster ?? clusterOf(Stack.of(scope)), taskDefinition: props.taskDefinition ?? taskOf(scope, id) }));

const services = optionalOf<SecureFargateServiceProps>()([
  'optOuts', 'autoScaling', 'minTaskCount', 'maxTaskCount', 'assignPublicIp', 'vpcSubnets', 'securityGroups', 'platformVersion', 'availabilityZoneRebalancing',
  'desiredCount', 'serviceName', 'maxHealthyPercent', 'minHealthyPercent', 'healthCheckGracePeriod', 'cloudMapOptions', 'propagateTags', 'enableECSManagedTags',
  'deploymentController', 'circuitBreaker', 'deploymentAlarms', 'capacityProviderStrategies', 'enableExecuteCommand', 'serviceConnectConfiguration',
  'taskDefinitionRevision', 'volumeConfigurations', 'deploymentStrategy', 'bakeTime', 'lifecycleHooks', 'linearConfiguration', 'canaryConfiguration',
  'forceNewDeployment',
]);

const { ENABLED, DISABLED } = ecs.AvailabilityZoneRebalancing;

describeConstruct<SecureFargateServiceProps>({
  name: 'SecureFargateService',
  make,
  optional: services,
  breaks: {
    'ECS.NoPublicIp': set('NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp', 'ENABLED'),
    'Network.OwnSecurityGroup': set('NetworkConfiguration.AwsvpcConfiguration.SecurityGroups', []),
    'ECS.FargatePlatformVersion': set('PlatformVersion', '1.3.0'),
    'ECS.AutoScaling': (service: SecureFargateService) => target(service).addPropertyOverride('ResourceId', 'service/other/other'),
    'ApplicationAutoScaling.ScalingPolicy': (service: SecureFargateService) => {
      const policy = service.node.findAll().find((child): child is CfnScalingPolicy => CfnScalingPolicy.isCfnScalingPolicy(child))!;
      policy.addPropertyOverride('ScalingTargetId', 'other');
    },
    'ECS.RedundantTasks': (service: SecureFargateService) => target(service).addPropertyOverride('MinCapacity', 1),
    'ECS.CircuitBreaker': set('DeploymentConfiguration.DeploymentCircuitBreaker.Rollback', false),
    'ECS.ZoneRebalancing': set('AvailabilityZoneRebalancing', DISABLED),
  },
  weakenings: [
    { props: { assignPublicIp: true, vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC } }, says: 'assignPublicIp: true', rules: ['ECS.NoPublicIp'] },
    { props: { platformVersion: ecs.FargatePlatformVersion.VERSION1_3 }, says: 'platformVersion: 1.3.0', rules: ['ECS.FargatePlatformVersion'] },
    { props: { autoScaling: false }, says: 'autoScaling: false', rules: ['ECS.AutoScaling'] },
    { props: { minTaskCount: 1 }, says: 'minTaskCount: 1', rules: ['ECS.RedundantTasks'] },
    { props: { autoScaling: false, desiredCount: 1 }, says: 'autoScaling: false', rules: ['ECS.AutoScaling', 'ECS.RedundantTasks'] },
    { props: { circuitBreaker: { rollback: false } }, says: 'circuitBreaker: { rollback: false }', rules: ['ECS.CircuitBreaker'] },
    { props: { circuitBreaker: { enable: false } }, says: 'circuitBreaker: { enable: false }', rules: ['ECS.CircuitBreaker'] },
    { props: { availabilityZoneRebalancing: DISABLED }, says: 'availabilityZoneRebalancing: DISABLED', rules: ['ECS.ZoneRebalancing'] },
    { props: { maxHealthyPercent: 100 }, says: 'maxHealthyPercent: 100', rules: ['ECS.ZoneRebalancing'] },
  ],
  uses: (service: SecureFargateService, consumer) => void service.metricCpuUtilization().createAlarm(consumer, 'Alarm', { threshold: 90, evaluationPeriods: 3 }),
  given: (elsewhere) => ({ cluster: clusterOf(elsewhere) }),
  besides: /^S\/(Vpc|Cluster|XTask)\//,
});

function target(service: SecureFargateService) {
  return service.scaling!.node.findAll().map((child) => child as unknown as { cfnResourceType?: string; addPropertyOverride(path: string, value: unknown): void })
    .find(({ cfnResourceType }) => cfnResourceType === 'AWS::ApplicationAutoScaling::ScalableTarget')!;
}

describeInjected<ecs.FargateServiceProps>({
  name: 'ecs.FargateService',
  hardening: fargateServiceHardening,
  make: (scope, id, props) => new ecs.FargateService(scope, id, { cluster: clusterOf(Stack.of(scope)), taskDefinition: taskOf(scope, id), ...props }),
  defaults: { 'AWS::ECS::Service': fargateServiceDefaults },
  leaves: {
    'ECS.AutoScaling': 'there may be a reason for a fixed number of tasks',
    'ApplicationAutoScaling.ScalingPolicy': 'is about the scaling',
    'ECS.RedundantTasks': 'there may be a reason for one task, and a number in the template undoes scaling at every deployment',
  },
  explicit: { props: { assignPublicIp: true, vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC } }, rule: 'ECS.NoPublicIp' },
});

const serviceOf = (stack: Stack): Record<string, any> => Object.values(Template.fromStack(stack).findResources('AWS::ECS::Service'))[0].Properties;
const rulesOf = (stack: Stack): string[] => claimsIn(modelOf(stack.node.root as App), 'SecureFargateService').map(({ rule, verdict, says }) => (verdict === 'pass' ? rule : `${rule} ${says}`));
const optOut = (rule: string): OptOut[] => [OptOut.of(rule, { reason: 'a test' })];

function stackWith(props: Partial<SecureFargateServiceProps> = {}): Stack {
  const stack = new Stack(appWith(), 'S', CONCRETE);
  make(stack, 'X', props);
  return stack;
}

describe('SecureFargateService', () => {
  test('lies in private subnets, and deploys without loss of capacity', () => {
    const stack = stackWith();
    expect(serviceOf(stack)).toMatchObject({
      NetworkConfiguration: { AwsvpcConfiguration: { AssignPublicIp: 'DISABLED', Subnets: clusterOf(stack).vpc.privateSubnets.map(({ subnetId }) => stack.resolve(subnetId)) } },
      DeploymentConfiguration: { MinimumHealthyPercent: 100, MaximumPercent: 200, DeploymentCircuitBreaker: { Enable: true, Rollback: true } },
      AvailabilityZoneRebalancing: 'ENABLED',
      PlatformVersion: 'LATEST',
    });
  });

  test('scales, and says no number of tasks, which every deployment would set again', () => {
    const stack = stackWith();
    expect(serviceOf(stack)).not.toHaveProperty('DesiredCount');
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', { MinCapacity: 2, MaxCapacity: 10 });
    template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalingPolicy', {
      TargetTrackingScalingPolicyConfiguration: { PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' }, TargetValue: 70 },
    });
  });

  test('scales by more, when asked', () => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    make(stack, 'X').scaling!.scaleOnMemoryUtilization('Memory', { targetUtilizationPercent: 80 });
    Template.fromStack(stack).resourceCountIs('AWS::ApplicationAutoScaling::ScalingPolicy', 2);
  });

  test.each([
    ['both bounds', { minTaskCount: 3, maxTaskCount: 4 }, { MinCapacity: 3, MaxCapacity: 4 }],
    ['a lower bound above our upper one', { minTaskCount: 20 }, { MinCapacity: 20, MaxCapacity: 20 }],
    ['an upper bound', { maxTaskCount: 50 }, { MinCapacity: 2, MaxCapacity: 50 }],
  ])('takes %s', (_, props, bounds) => Template.fromStack(stackWith(props)).hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', bounds));

  test('has two tasks when it does not scale', () => {
    const stack = stackWith({ autoScaling: false, optOuts: optOut('ECS.AutoScaling') });
    expect(serviceOf(stack).DesiredCount).toBe(2);
    expect(rulesOf(stack)).toContain('ECS.RedundantTasks');
    Template.fromStack(stack).resourceCountIs('AWS::ApplicationAutoScaling::ScalableTarget', 0);
  });

  test('claims a number of tasks that is given', () => {
    const stack = stackWith({ desiredCount: 3 });
    expect(serviceOf(stack).DesiredCount).toBe(3);
    expect(rulesOf(stack)).toEqual(expect.arrayContaining(['ECS.RedundantTasks', 'ECS.AutoScaling']));
  });

  test.each<[string, Partial<SecureFargateServiceProps>, string]>([
    ['the bounds cross', { maxTaskCount: 1 }, 'minTaskCount: 2 is above maxTaskCount: 1; lower the one or raise the other'],
    ['a lower bound is given for a fixed number', { autoScaling: false, minTaskCount: 3 }, 'minTaskCount bounds scaling, which autoScaling: false turns off; leave out one of them, or give desiredCount'],
    ['an upper bound is given for a fixed number', { autoScaling: false, maxTaskCount: 3 }, 'maxTaskCount bounds scaling, which autoScaling: false turns off'],
    ['a bound is no number', { minTaskCount: NaN }, 'minTaskCount: NaN is no number of tasks; give a whole number'],
    ['a bound is part of a task', { maxTaskCount: 2.5 }, 'maxTaskCount: 2.5 is no number of tasks; give a whole number'],
    ['a bound is below none', { minTaskCount: -1 }, 'minTaskCount: -1 is no number of tasks; give a whole number'],
  ])('fails when %s', (_, props, message) => expect(() => stackWith(props)).toThrow(`SecureFargateService at S/X: ${message}`));

  test('takes bounds that are not known yet', () => {
    Template.fromStack(stackWith({ maxTaskCount: Token.asNumber({ Ref: 'AWS::NoValue' }) })).resourceCountIs('AWS::ApplicationAutoScaling::ScalableTarget', 1);
  });

  describe('with enableExecuteCommand', () => {
    const warned = (fill: (task: SecureFargateTaskDefinition) => void, enableExecuteCommand = true): Stack => {
      const stack = new Stack(appWith(), 'S', CONCRETE);
      const taskDefinition = new SecureFargateTaskDefinition(stack, 'T', { optOuts: optOut('ECS.ReadonlyRootFilesystem') });
      fill(taskDefinition);
      make(stack, 'X', { taskDefinition, enableExecuteCommand });
      return stack;
    };
    const container = (task: ecs.TaskDefinition, more: Partial<ecs.ContainerDefinitionOptions> = {}): ecs.ContainerDefinition => (
      task.addContainer('web', { image: ecs.ContainerImage.fromRegistry('example.com/web:1.0'), ...more }));
    const says = Match.stringLikeRegexp('enableExecuteCommand: true has no effect in web, whose files are read-only');

    test('says that commands do not run where files are read-only', () => Annotations.fromStack(warned(container)).hasWarning('/S/X', says));

    test.each<[string, (task: SecureFargateTaskDefinition) => void, boolean | undefined]>([
      ['files can be written', (task) => container(task, { readonlyRootFilesystem: false }), undefined],
      ['the agent has volumes', (task) => {
        task.addVolume({ name: 'agent' });
        container(task).addMountPoints({ sourceVolume: 'agent', containerPath: '/var/lib/amazon/ssm', readOnly: false });
      }, undefined],
      ['there are no commands', (task) => container(task), false],
    ])('says nothing where %s', (_, fill, enabled) => Annotations.fromStack(warned(fill, enabled)).hasNoWarning('/S/X', says));

    test('says nothing of tasks from elsewhere', () => {
      const stack = new Stack(appWith(), 'S', CONCRETE);
      const taskDefinition = ecs.FargateTaskDefinition.fromFargateTaskDefinitionAttributes(stack, 'T', {
        taskDefinitionArn: 'arn:aws:ecs:eu-west-1:111111111111:task-definition/web:1', taskRole: iam.Role.fromRoleArn(stack, 'R', 'arn:aws:iam::111111111111:role/r'),
      }) as ecs.TaskDefinition;
      expect(() => make(stack, 'X', { taskDefinition, enableExecuteCommand: true })).not.toThrow(/read-only|undefined/);
    });
  });

  test('completes a circuit breaker that says half', () => {
    expect(serviceOf(stackWith({ circuitBreaker: { enable: true } })).DeploymentConfiguration.DeploymentCircuitBreaker).toEqual({ Enable: true, Rollback: true });
  });

  test.each<[string, Partial<SecureFargateServiceProps>, string[], object]>([
    ['CodeDeploy', { deploymentController: { type: ecs.DeploymentControllerType.CODE_DEPLOY } }, ['ECS.CircuitBreaker', 'ECS.ZoneRebalancing'], { PlatformVersion: 'LATEST' }],
    ['another controller', { deploymentController: { type: ecs.DeploymentControllerType.EXTERNAL } },
      ['ECS.CircuitBreaker', 'ECS.FargatePlatformVersion', 'ECS.NoPublicIp', 'ECS.ZoneRebalancing', 'Network.OwnSecurityGroup'], { DeploymentController: { Type: 'EXTERNAL' } }],
    ['ECS step by step', { deploymentStrategy: ecs.DeploymentStrategy.LINEAR }, ['ECS.CircuitBreaker'], { AvailabilityZoneRebalancing: ENABLED }],
    ['ECS all at once', { deploymentStrategy: ecs.DeploymentStrategy.BLUE_GREEN }, [], { DeploymentConfiguration: { DeploymentCircuitBreaker: { Enable: true, Rollback: true } } }],
  ])('deployed by %s has and claims what that can do', (_, props, without, properties) => {
    const stack = stackWith(props);
    const usual = ['ApplicationAutoScaling.ScalingPolicy', 'ECS.AutoScaling', 'ECS.CircuitBreaker', 'ECS.FargatePlatformVersion', 'ECS.NoPublicIp', 'ECS.RedundantTasks', 'ECS.ZoneRebalancing', 'Network.OwnSecurityGroup'];
    expect(rulesOf(stack).sort()).toEqual(usual.filter((rule) => !without.includes(rule)));
    expect(serviceOf(stack)).toMatchObject(properties);
    if (without.includes('ECS.CircuitBreaker')) expect(serviceOf(stack).DeploymentConfiguration).not.toHaveProperty('DeploymentCircuitBreaker');
    if (without.includes('ECS.ZoneRebalancing')) expect(serviceOf(stack)).not.toHaveProperty('AvailabilityZoneRebalancing');
  });

  test('by capacity providers, which may be no Fargate, asks for no platform version', () => {
    const stack = stackWith({ capacityProviderStrategies: [{ capacityProvider: 'FARGATE', weight: 1 }] });
    expect(serviceOf(stack)).not.toHaveProperty('PlatformVersion');
    expect(rulesOf(stack)).not.toContain('ECS.FargatePlatformVersion');
  });

  test('that may not start more tasks than wanted asks for no rebalancing, which ECS would refuse', () => {
    const stack = stackWith({ maxHealthyPercent: 100, optOuts: optOut('ECS.ZoneRebalancing') });
    expect(serviceOf(stack)).not.toHaveProperty('AvailabilityZoneRebalancing');
    expect(serviceOf(stack).DeploymentConfiguration).toMatchObject({ MinimumHealthyPercent: 50, MaximumPercent: 100 });
  });

  test('claims rebalancing where how many tasks there may be is known at deployment only', () => {
    const stack = stackWith({ maxHealthyPercent: Token.asNumber({ Ref: 'AWS::NoValue' }) });
    expect(rulesOf(stack)).toContain('ECS.ZoneRebalancing');
  });

  test('makes no claim of security groups that are given', () => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    make(stack, 'X', { securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(stack, 'G', 'sg-12345678')] });
    expect(rulesOf(stack)).not.toContain('Network.OwnSecurityGroup');
  });
});

describe('ecs.FargateService under its injector', () => {
  const hardened = (props: Partial<ecs.FargateServiceProps>): ecs.FargateServiceProps => fargateServiceHardening.harden(new Stack(appWith(), 'S'), 'X', props as ecs.FargateServiceProps);

  test.each([[undefined], [2]])('keeps the number of tasks: %s', (desiredCount) => expect(hardened({ desiredCount }).desiredCount).toBe(desiredCount));

  test('asks for nothing that a deployment within the wanted number cannot do', () => {
    expect(hardened({ maxHealthyPercent: 100 })).toMatchObject({ minHealthyPercent: undefined, availabilityZoneRebalancing: undefined });
  });
});
