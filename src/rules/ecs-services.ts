import { awsDefaults } from './aws-defaults';
import { all, any, applies, not, Property, ResourceReader, rule, Truth } from './kernel';
import { watched } from './shared/alarm';
import { placesAt } from './shared/places';
import { stands } from './shared/stands';

const SERVICE = ['AWS::ECS::Service'];
const CLUSTER = ['AWS::ECS::Cluster'];

export const containerInsights = rule({
  id: 'ECS.ContainerInsights',
  resourceTypes: CLUSTER,
  title: 'Cluster records how its tasks are doing',
  severity: 'low',
  criteria: { direct: ['CC7.2'], supporting: ['A1.1'] },
  rationale: 'Container Insights shows restarts and exhaustion of tasks, which the metrics of the service do not.',
  remediation: { construct: 'SecureCluster', l2: 'containerInsightsV2: ContainerInsights.ENHANCED', cfn: 'ClusterSettings: [{ Name: containerInsights, Value: enabled }]' },
  configRule: 'ECS_CONTAINER_INSIGHTS_ENABLED',
  nagRules: ['ECSClusterCloudWatchContainerInsights'],
  sources: ['AWS Security Hub ECS.12'],
  check: (cluster) => cluster.get('ClusterSettings')
    .some((setting) => all(setting.get('Name').is('containerInsights'), setting.get('Value').oneOf(['enabled', 'enhanced'])))
    .because('Container Insights is off'),
});

export const execLogged = rule({
  id: 'ECS.ExecLogged',
  resourceTypes: CLUSTER,
  title: 'Commands that people run in containers are logged',
  severity: 'medium',
  criteria: { direct: ['CC6.1'], supporting: ['CC7.2'] },
  rationale: 'ECS Exec gives a shell in a running container; without a log nobody knows what was done there.',
  remediation: {
    construct: 'SecureCluster',
    l2: 'executeCommandConfiguration: { logging: ExecuteCommandLogging.OVERRIDE, … }',
    cfn: 'Configuration.ExecuteCommandConfiguration with Logging: DEFAULT or OVERRIDE',
  },
  sources: ['Amazon ECS developer guide, "Monitor Amazon ECS containers with ECS Exec"'],
  check: (cluster, model) => applies(
    any([
      cluster.get('Configuration.ExecuteCommandConfiguration').isPresent(),
      ...model.referrers(cluster, 'AWS::ECS::Service', 'Cluster').map((service) => service.get('EnableExecuteCommand').isTrue()),
    ]),
    'no service of the cluster has ECS Exec',
    () => not(
      cluster.get('Configuration.ExecuteCommandConfiguration.Logging')
        .awsDefault(awsDefaults['AWS::ECS::Cluster.Configuration.ExecuteCommandConfiguration.Logging']).is('NONE'),
      'commands are not logged',
    ),
  ),
});

/** Where a resource that runs tasks describes their network. Two spellings are in use. */
const NETWORKS: Readonly<Record<string, readonly string[]>> = {
  'AWS::ECS::Service': ['NetworkConfiguration.AwsvpcConfiguration', 'NetworkConfiguration.AwsVpcConfiguration'],
  'AWS::ECS::TaskSet': ['NetworkConfiguration.AwsVpcConfiguration', 'NetworkConfiguration.AwsvpcConfiguration'],
  'AWS::Events::Rule': ['Targets[].EcsParameters.NetworkConfiguration.AwsVpcConfiguration'],
  'AWS::Scheduler::Schedule': ['Target.EcsParameters.NetworkConfiguration.AwsvpcConfiguration'],
  'AWS::Pipes::Pipe': ['TargetParameters.EcsTaskParameters.NetworkConfiguration.AwsvpcConfiguration'],
};

function networksOf(resource: ResourceReader): Property[] {
  return NETWORKS[resource.type].flatMap((path) => placesAt(resource, path));
}

export const noPublicIp = rule({
  id: 'ECS.NoPublicIp',
  resourceTypes: Object.keys(NETWORKS),
  title: 'Tasks get no public address',
  severity: 'high',
  criteria: { direct: ['CC6.6'] },
  rationale: 'A task with a public address can be reached around the load balancer and its rules.',
  remediation: { construct: 'SecureFargateService', l2: 'assignPublicIp: false', cfn: 'NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp: DISABLED' },
  sources: ['AWS::ECS::Service AwsVpcConfiguration, AssignPublicIp: DISABLED by default', 'AWS Security Hub ECS.2'],
  check: (resource) => applies(any(networksOf(resource).map(stands)), 'it runs no tasks with a network interface of their own',
    () => not(any(networksOf(resource).map((network) => network.get('AssignPublicIp').is('ENABLED'))), 'tasks get public addresses')),
});

export const circuitBreaker = rule({
  id: 'ECS.CircuitBreaker',
  resourceTypes: SERVICE,
  title: 'A failed deployment is rolled back',
  severity: 'low',
  criteria: { direct: ['CC8.1'], supporting: ['A1.2'] },
  rationale: 'The circuit breaker takes a deployment back whose tasks do not start. Pipelines with their own checks do as much.',
  remediation: { construct: 'SecureFargateService', l2: 'circuitBreaker: { rollback: true }', cfn: 'DeploymentConfiguration.DeploymentCircuitBreaker: { Enable: true, Rollback: true }' },
  sources: ['Amazon ECS developer guide, "How the Amazon ECS deployment circuit breaker detects failures"'],
  onByDefault: false,
  check: (service) => applies(
    any([service.get('DeploymentController.Type').isAbsent(), service.get('DeploymentController.Type').is('ECS')]),
    'another controller deploys the service',
    () => all(...['Enable', 'Rollback'].map((name) => service.get(`DeploymentConfiguration.DeploymentCircuitBreaker.${name}`).isTrue())),
  ),
});

export const redundantTasks = rule({
  id: 'ECS.RedundantTasks',
  resourceTypes: SERVICE,
  title: 'Service runs two tasks or more',
  severity: 'low',
  criteria: { direct: ['A1.2'] },
  rationale: 'With one task the service is down while it is replaced.',
  remediation: { construct: 'SecureFargateService', l2: 'desiredCount: 2, or autoScaleTaskCount({ minCapacity: 2 })', cfn: 'DesiredCount of 2 or more, or MinCapacity of 2 or more in its scalable target' },
  sources: [
    'AWS::ECS::Service, DesiredCount: 1 by default',
    'Application Auto Scaling user guide, "Register a scalable target": capacity below the minimum is raised to it',
  ],
  onByDefault: false,
  check: (service, model) => applies(
    not(service.get('SchedulingStrategy').is('DAEMON'), 'a daemon'), 'a daemon runs once on every instance',
    () => any([
      service.get('DesiredCount').awsDefault(awsDefaults['AWS::ECS::Service.DesiredCount']).atLeast(2),
      ...model.referrers(service, 'AWS::ApplicationAutoScaling::ScalableTarget', 'ResourceId').map((target) => target.get('MinCapacity').atLeast(2)),
    ]),
  ),
});

export const platformVersion = rule({
  id: 'ECS.FargatePlatformVersion',
  resourceTypes: [...SERVICE, 'AWS::ECS::TaskSet'],
  title: 'Fargate service runs on the current platform version',
  severity: 'low',
  criteria: { direct: ['CC7.1'] },
  rationale: 'Platform versions carry the patches of the kernel and the container runtime.',
  remediation: { construct: 'SecureFargateService', l2: 'platformVersion: FargatePlatformVersion.LATEST', cfn: 'PlatformVersion: LATEST' },
  configRule: 'ECS_FARGATE_LATEST_PLATFORM_VERSION',
  sources: ['AWS Security Hub ECS.10: 1.4.0 on Linux, 1.0.0 on Windows', 'AWS::ECS::Service, PlatformVersion: LATEST by default'],
  check: (service) => applies(
    service.get('LaunchType').is('FARGATE'), 'it does not run on Fargate',
    () => service.get('PlatformVersion').awsDefault(awsDefaults['AWS::ECS::Service.PlatformVersion']).oneOf(['LATEST', '1.4.0', '1.0.0']),
  ),
});

const ZONE = 'attribute:ecs.availability-zone';

/** What keeps tasks from being moved between zones: where it stands, ECS takes silence for DISABLED, and refuses ENABLED. */
function obstacles(service: ResourceReader): { met: Truth; what: string }[] {
  const first = service.get('PlacementStrategies.0');
  const spread = all(first.get('Type').is('spread'), first.get('Field').is(ZONE));
  return [
    { met: service.get('DeploymentConfiguration.MaximumPercent').atMost(100), what: 'MaximumPercent is 100 or less, so that no task may be started before another is stopped' },
    { met: all(first.isPresent(), not(spread, 'spread over zones')), what: 'the first placement strategy is not to spread over zones' },
    { met: service.get('PlacementConstraints').some((one) => one.get('Expression').includes(ZONE)), what: 'a placement constraint names zones' },
    { met: service.get('LoadBalancers').some((one) => one.get('LoadBalancerName').isPresent()), what: 'a Classic Load Balancer leads to it' },
  ];
}

export const zoneRebalancing = rule({
  id: 'ECS.ZoneRebalancing',
  resourceTypes: SERVICE,
  title: 'Tasks are spread over the zones again after a failure',
  severity: 'low',
  criteria: { direct: [], supporting: ['A1.2'] },
  rationale: 'After the failure of a zone all tasks may sit in the others; without rebalancing they stay there until the next deployment.',
  remediation: {
    construct: 'SecureFargateService', l2: 'availabilityZoneRebalancing: AvailabilityZoneRebalancing.ENABLED',
    cfn: 'AvailabilityZoneRebalancing: ENABLED, and DeploymentConfiguration.MaximumPercent above 100',
  },
  sources: [
    'Amazon ECS developer guide, "Balancing an Amazon ECS service across Availability Zones": for replica services that may start a task more than wanted, without '
      + 'a Classic Load Balancer, constraints on zones, or a first placement strategy other than to spread over zones',
    'AWS::ECS::Service, AvailabilityZoneRebalancing: ENABLED by default in a new service that can be balanced, else DISABLED',
  ],
  onByDefault: false,
  check: (service) => applies(
    not(service.get('SchedulingStrategy').is('DAEMON'), 'a daemon'), 'a daemon runs once on every instance',
    () => applies(not(service.get('LaunchType').is('EXTERNAL'), 'it runs on machines of one\'s own'), 'machines of one\'s own stand in no zone', () => {
      const said = service.get('AvailabilityZoneRebalancing');
      const enabled = said.awsDefault(awsDefaults['AWS::ECS::Service.AvailabilityZoneRebalancing']).is('ENABLED');
      // A service whose ENABLED is refused is never there: what deployment supplies need not be known.
      const telling = obstacles(service).filter(({ met }) => met.yes || said.missing);
      return all(enabled, ...telling.map(({ met, what }) => not(met, what)));
    }),
  ),
});

export const autoScaling = rule({
  id: 'ECS.AutoScaling',
  resourceTypes: SERVICE,
  title: 'Number of tasks follows the load',
  severity: 'low',
  criteria: { direct: ['A1.1'] },
  rationale: 'A service of a fixed size is either too large or, on a bad day, too small. Some services have no load to follow.',
  remediation: { construct: 'SecureFargateService', l2: 'autoScaleTaskCount()', cfn: 'an AWS::ApplicationAutoScaling::ScalableTarget whose ResourceId names the service, with a policy' },
  sources: ['Amazon ECS developer guide, "Automatically scale your Amazon ECS service"'],
  onByDefault: false,
  check: (service, model) => applies(
    not(service.get('SchedulingStrategy').is('DAEMON'), 'a daemon'), 'a daemon runs once on every instance',
    () => Truth.of(
      model.referrers(service, 'AWS::ApplicationAutoScaling::ScalableTarget', 'ResourceId').length > 0,
      'no AWS::ApplicationAutoScaling::ScalableTarget names the service',
    ),
  ),
});

export const capacityAlarm = rule({
  id: 'ECS.CapacityAlarm',
  resourceTypes: SERVICE,
  title: 'An alarm watches the load of the service',
  severity: 'low',
  criteria: { direct: ['A1.1'], supporting: ['CC7.2'] },
  rationale: 'Processors or memory that fill up announce an outage. Alarms on what users see may serve better, so this is asked for.',
  remediation: {
    construct: 'ServiceAlarms', l2: 'metricCpuUtilization().createAlarm()',
    cfn: 'an AWS::CloudWatch::Alarm on CPUUtilization or MemoryUtilization whose dimension ServiceName names the service',
  },
  sources: ['Amazon ECS developer guide, "Amazon ECS CloudWatch metrics"'],
  onByDefault: false,
  check: (service, model) => watched(service, model, /^(CPUUtilization|MemoryUtilization|RunningTaskCount)$/),
});
