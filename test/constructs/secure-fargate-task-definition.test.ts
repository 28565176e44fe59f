import { App, PropertyInjectors, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { appWith, claimsIn, CONCRETE, describeConstruct, modelOf, optionalOf } from './harness';
import { HardeningInjector } from '../../src/blueprint/injectors';
import { SecureFargateTaskDefinition, SecureFargateTaskDefinitionProps } from '../../src/constructs';
import { containerHardening } from '../../src/constructs/compute/container-hardening';
import { taskDefinitionHardening } from '../../src/constructs/compute/task-definition-hardening';
import { OptOut } from '../../src/declarations/opt-out';
import { fargateTaskDefaults } from '../../src/defaults';
import { describeInjected } from '../blueprint/injected';

const image = ecs.ContainerImage.fromRegistry('example.com/web:1.0');
const cfn = (task: ecs.TaskDefinition): ecs.CfnTaskDefinition => task.node.defaultChild as ecs.CfnTaskDefinition;
const set = (path: string, value: unknown) => (task: ecs.TaskDefinition) => cfn(task).addPropertyOverride(path, value);
const unset = (path: string) => (task: ecs.TaskDefinition) => cfn(task).addPropertyDeletionOverride(path);
const files = (transitEncryption?: string): ecs.Volume => ({ name: 'files', efsVolumeConfiguration: { fileSystemId: 'fs-12345678', transitEncryption } });

function make(scope: Construct, id: string, props?: Partial<SecureFargateTaskDefinitionProps>): SecureFargateTaskDefinition {
  const task = new SecureFargateTaskDefinition(scope, id, props);
  task.addContainer('web', { image });
  return task;
}

describeConstruct<SecureFargateTaskDefinitionProps>({
  name: 'SecureFargateTaskDefinition',
  make,
  optional: optionalOf<SecureFargateTaskDefinitionProps>()([
    'optOuts', 'cpu', 'memoryLimitMiB', 'ephemeralStorageGiB', 'runtimePlatform', 'pidMode', 'family', 'executionRole', 'taskRole', 'proxyConfiguration', 'volumes',
    'enableFaultInjection',
  ]),
  breaks: {
    'ECS.ReadonlyRootFilesystem': unset('ContainerDefinitions.0.ReadonlyRootFilesystem'),
    'ECS.NonRootUser': set('ContainerDefinitions.0.User', '0'),
    'ECS.NotPrivileged': set('ContainerDefinitions.0.Privileged', true),
    'ECS.TaskLogging': unset('ContainerDefinitions.0.LogConfiguration'),
    'ECS.AwsvpcNetworking': set('NetworkMode', 'bridge'),
    'ECS.OwnNamespaces': set('PidMode', 'host'),
    'ECS.MemoryLimit': unset('Memory'),
  },
  weakenings: [{ props: { volumes: [files('DISABLED')] }, says: 'transitEncryption: DISABLED', rules: ['ECS.EfsTransitEncryption'] }],
  uses: (task: SecureFargateTaskDefinition, consumer) => void task.grantRun(new iam.Role(consumer, 'Role', { assumedBy: new iam.ServicePrincipal('events.amazonaws.com') })),
  given: (elsewhere) => ({ taskRole: new iam.Role(elsewhere, 'Task', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') }) }),
  nag: { 'NIST.800.53.R5-IAMNoInlinePolicy S/X/ExecutionRole/DefaultPolicy/Resource': 'the policy is for this role alone' },
});

const OF_CONTAINERS = 'a matter of its containers';

describeInjected<ecs.CommonTaskDefinitionProps>({
  name: 'ecs.FargateTaskDefinition',
  hardening: taskDefinitionHardening,
  make: (scope, id, props) => {
    const task = new ecs.FargateTaskDefinition(scope, id, { volumes: [files()], ...props });
    task.addContainer('web', { image });
    return task;
  },
  defaults: { 'AWS::ECS::TaskDefinition': fargateTaskDefaults },
  leaves: { 'ECS.ReadonlyRootFilesystem': OF_CONTAINERS, 'ECS.NonRootUser': OF_CONTAINERS, 'ECS.TaskLogging': OF_CONTAINERS },
  explicit: { props: { volumes: [files('DISABLED')] }, rule: 'ECS.EfsTransitEncryption' },
});

describeInjected<ecs.ContainerDefinitionProps>({
  name: 'ecs.ContainerDefinition',
  hardening: containerHardening,
  make: (scope, id, props) => new ecs.FargateTaskDefinition(scope, id).addContainer('web', { image, ...props }),
  defaults: { 'AWS::ECS::TaskDefinition': fargateTaskDefaults },
  leaves: { 'ECS.NonRootUser': 'its image may name a user, which another one would replace, and the template does not show' },
  explicit: { props: { readonlyRootFilesystem: false }, rule: 'ECS.ReadonlyRootFilesystem' },
});

const taskOf = (stack: Stack): Record<string, any> => Object.values(Template.fromStack(stack).findResources('AWS::ECS::TaskDefinition'))[0].Properties;
const containersOf = (stack: Stack): Record<string, any>[] => taskOf(stack).ContainerDefinitions;
const optOuts = (...rules: string[]): OptOut[] => rules.map((rule) => OptOut.of(rule, { reason: 'a test' }));
const rulesOf = (stack: Stack): string[] => claimsIn(modelOf(stack.node.root as App), 'SecureFargateTaskDefinition').map(({ rule, verdict, says }) => (verdict === 'pass' ? rule : `${rule} ${says}`));
const windows = { runtimePlatform: { operatingSystemFamily: ecs.OperatingSystemFamily.WINDOWS_SERVER_2022_CORE }, cpu: 1024, memoryLimitMiB: 2048 };

describe('SecureFargateTaskDefinition', () => {
  const stackIn = (): Stack => new Stack(appWith(), 'S', CONCRETE);

  test('gives its containers one group for their logs, which does not hold them up', () => {
    const stack = stackIn();
    make(stack, 'X').addContainer('side', { image, containerName: 'helper' });
    const template = Template.fromStack(stack);
    const [group, ...others] = Object.keys(template.findResources('AWS::Logs::LogGroup'));
    expect(others).toEqual([]);
    expect(containersOf(stack).map(({ LogConfiguration }) => LogConfiguration)).toEqual(['web', 'helper'].map((prefix) => ({
      LogDriver: 'awslogs',
      Options: { 'awslogs-group': { Ref: group }, 'awslogs-stream-prefix': prefix, 'awslogs-region': 'eu-west-1', 'mode': 'non-blocking', 'max-buffer-size': '26214400b' },
    })));
  });

  test('leaves to a container what it says', () => {
    const stack = stackIn();
    const secretToken = ecs.Secret.fromSsmParameter(new ssm.StringParameter(stack, 'P', { stringValue: 'x' }));
    new SecureFargateTaskDefinition(stack, 'X').addContainer('web', { image, user: 'app', logging: ecs.LogDrivers.splunk({ url: 'https://example.com', secretToken }) });
    expect(containersOf(stack)[0]).toMatchObject({ User: 'app', ReadonlyRootFilesystem: true, LogConfiguration: { LogDriver: 'splunk' } });
    Template.fromStack(stack).resourceCountIs('AWS::Logs::LogGroup', 0);
  });

  test.each([
    ['asked for', logs.RetentionDays.ONE_WEEK, 7],
    ['not asked for, which CDK takes for for ever', undefined, 365],
    ['for ever', logs.RetentionDays.INFINITE, undefined],
  ])('has the retention of a log driver without a group that is %s', (_, logRetention, days) => {
    const stack = stackIn();
    new SecureFargateTaskDefinition(stack, 'X').addContainer('web', { image, logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'x', logRetention }) });
    expect(Object.values(Template.fromStack(stack).findResources('AWS::Logs::LogGroup')).map(({ Properties }) => Properties?.RetentionInDays)).toEqual([days]);
  });

  test.each<[string, Partial<ecs.ContainerDefinitionOptions>, string, string]>([
    ['writes to its root', { readonlyRootFilesystem: false }, 'ECS.ReadonlyRootFilesystem', 'readonlyRootFilesystem: false of container web'],
    ['is root', { user: 'root' }, 'ECS.NonRootUser', 'user: root of container web'],
    ['is root by number and group', { user: '0:1000' }, 'ECS.NonRootUser', 'user: 0:1000 of container web'],
  ])('takes a container that %s for a reason only', (_, props, rule, says) => {
    const stack = stackIn();
    expect(() => new SecureFargateTaskDefinition(stack, 'X').addContainer('web', { image, ...props }))
      .toThrow(`SecureFargateTaskDefinition at S/X: ${says} weakens ${rule}; leave it out, or give optOuts: [OptOut.of('${rule}', { reason: '…' })]`);
    new SecureFargateTaskDefinition(stack, 'Y', { optOuts: optOuts(rule) }).addContainer('web', { image, ...props });
    new SecureFargateTaskDefinition(stack, 'Z').addContainer('web', { image });
    stack.node.tryRemoveChild('X');
    const rules = rulesOf(stack);
    expect(rules.filter((one) => one.startsWith(rule))).toEqual([rule]);
  });

  test('refuses a privileged container, as Fargate does', () => {
    expect(() => make(stackIn(), 'X').addContainer('side', { image, privileged: true }))
      .toThrow('SecureFargateTaskDefinition at S/X: container side is privileged, which Fargate refuses; leave out privileged: true');
  });

  test('on Windows asks for no read-only file system, and for a user that Windows knows', () => {
    const stack = stackIn();
    make(stack, 'X', windows);
    expect(containersOf(stack)[0]).toMatchObject({ User: 'ContainerUser' });
    expect(containersOf(stack)[0]).not.toHaveProperty('ReadonlyRootFilesystem');
    expect(rulesOf(stack)).not.toContain('ECS.ReadonlyRootFilesystem');
    expect(rulesOf(stack)).toContain('ECS.NonRootUser');
  });

  test('mounts EFS over TLS, whenever the volume comes', () => {
    const stack = stackIn();
    make(stack, 'X', { volumes: [files()] }).addVolume({ ...files(), name: 'more' });
    expect(taskOf(stack).Volumes.map(({ EFSVolumeConfiguration: efs }: any) => efs.TransitEncryption)).toEqual(['ENABLED', 'ENABLED']);
    expect(rulesOf(stack)).toContain('ECS.EfsTransitEncryption');
  });

  test('takes volumes of other kinds', () => {
    const stack = stackIn();
    make(stack, 'X').addVolume({ name: 'scratch' });
    expect(taskOf(stack).Volumes).toEqual([{ Name: 'scratch' }]);
    expect(rulesOf(stack)).not.toContain('ECS.EfsTransitEncryption');
  });

  describe('with a log router, which is root and writes', () => {
    const router = { image, firelensConfig: { type: ecs.FirelensLogRouterType.FLUENTBIT } };

    test('needs reasons', () => {
      expect(() => make(stackIn(), 'X').addFirelensLogRouter('router', router)).toThrow('readonlyRootFilesystem: false of container router weakens ECS.ReadonlyRootFilesystem');
      expect(() => make(stackIn(), 'X', { optOuts: optOuts('ECS.ReadonlyRootFilesystem') }).addFirelensLogRouter('router', router)).toThrow('user: root of container router weakens ECS.NonRootUser');
    });

    test('has it logged', () => {
      const stack = stackIn();
      make(stack, 'X', { optOuts: optOuts('ECS.ReadonlyRootFilesystem', 'ECS.NonRootUser') }).addFirelensLogRouter('router', router);
      expect(containersOf(stack)[1]).toMatchObject({ User: 'root', FirelensConfiguration: { Type: 'fluentbit' }, LogConfiguration: { LogDriver: 'awslogs', Options: { mode: 'non-blocking' } } });
    });

    test('needs none when the router says that it is neither', () => {
      const stack = stackIn();
      make(stack, 'X').addFirelensLogRouter('router', { ...router, user: '1000', readonlyRootFilesystem: true });
      expect(rulesOf(stack)).toEqual(expect.arrayContaining(['ECS.NonRootUser', 'ECS.ReadonlyRootFilesystem']));
    });
  });

  test('asks for logging where the execution role stands in another stack, whose policy cannot name the group', () => {
    const app = appWith();
    const executionRole = new iam.Role(new Stack(app, 'Elsewhere', CONCRETE), 'R', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') });
    const stack = new Stack(app, 'S', CONCRETE);
    expect(() => make(stack, 'X', { executionRole }))
      .toThrow('SecureFargateTaskDefinition at S/X: container web cannot log to a group of this stack with an execution role of another stack; give logging, or leave out executionRole');
  });
});

describe('containers under their injector', () => {
  const blueprint = (): Stack => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    PropertyInjectors.of(stack).add(new HardeningInjector(containerHardening), new HardeningInjector(taskDefinitionHardening));
    return stack;
  };

  test('of a task on EC2 are read-only and logged', () => {
    const stack = blueprint();
    new ecs.Ec2TaskDefinition(stack, 'X').addContainer('web', { image, memoryLimitMiB: 128 });
    expect(containersOf(stack)[0]).toMatchObject({ ReadonlyRootFilesystem: true, LogConfiguration: { LogDriver: 'awslogs' } });
    expect(containersOf(stack)[0]).not.toHaveProperty('User');
  });

  test('keep logs for a year where they have a log driver without a group, which would keep them for ever', () => {
    const stack = blueprint();
    new ecs.FargateTaskDefinition(stack, 'X').addContainer('web', { image, logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'x' }) });
    Template.fromStack(stack).hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 365 });
  });

  test('keep the file system of a log router and of Windows as it is', () => {
    const stack = blueprint();
    new ecs.FargateTaskDefinition(stack, 'X').addFirelensLogRouter('router', { image, firelensConfig: { type: ecs.FirelensLogRouterType.FLUENTBIT } });
    const other = blueprint();
    new ecs.FargateTaskDefinition(other, 'X', windows).addContainer('web', { image });
    for (const one of [stack, other]) {
      expect(containersOf(one)[0]).not.toHaveProperty('ReadonlyRootFilesystem');
      expect(containersOf(one)[0]).toHaveProperty('LogConfiguration');
    }
  });

  test('log nowhere new where the execution role stands in another stack', () => {
    const app = appWith();
    PropertyInjectors.of(app).add(new HardeningInjector(containerHardening));
    const executionRole = new iam.Role(new Stack(app, 'Elsewhere', CONCRETE), 'R', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') });
    const stack = new Stack(app, 'S', CONCRETE);
    new ecs.FargateTaskDefinition(stack, 'X', { executionRole }).addContainer('web', { image });
    expect(containersOf(stack)[0]).not.toHaveProperty('LogConfiguration');
  });

  test('mount EFS over TLS also when the volume came later, unless it says otherwise', () => {
    const stack = blueprint();
    const task = new ecs.Ec2TaskDefinition(stack, 'X');
    task.addContainer('web', { image, memoryLimitMiB: 128 });
    task.addVolume({ name: 'scratch' });
    task.addVolume(files());
    task.addVolume({ ...files('DISABLED'), name: 'open' });
    expect(taskOf(stack).Volumes.map(({ EFSVolumeConfiguration: efs }: any) => efs?.TransitEncryption)).toEqual([undefined, 'ENABLED', 'DISABLED']);
  });
});
