import { all, any, applies, not, Property, ResourceReader, rule, Truth } from './kernel';
import { looksSecret } from './shared/secret-names';

const TASK = ['AWS::ECS::TaskDefinition'];

function everyContainer(task: ResourceReader, check: (container: Property) => Truth): Truth {
  const containers = task.get(task.type === 'AWS::ECS::ExpressGatewayService' ? 'PrimaryContainer' : 'ContainerDefinitions');
  return applies(containers.isPresent(), 'the task has no container', () => containers.every(check));
}

const called = (container: Property): string => {
  const name = container.get('Name').scalar;
  return name === undefined ? 'a container' : `container ${name}`;
};

export const notPrivileged = rule({
  id: 'ECS.NotPrivileged',
  resourceTypes: [...TASK, 'AWS::ECS::DaemonTaskDefinition'],
  title: 'No container is privileged',
  severity: 'high',
  criteria: { direct: ['CC6.1'], supporting: ['CC6.3', 'CC6.8'] },
  rationale: 'A privileged container is root on its host: who breaks out of the application has the host, and all containers on it.',
  remediation: { construct: 'SecureFargateTaskDefinition', l2: 'privileged: false', cfn: 'ContainerDefinitions[].Privileged: false' },
  configRule: 'ECS_CONTAINERS_NONPRIVILEGED',
  sources: ['AWS Security Hub ECS.4'],
  check: (task) => everyContainer(task, (container) => not(container.get('Privileged').isTrue(), `${called(container)} is privileged`)),
});

const ROOT = /^(root|0)(:.*)?$/;

export const hostModeUser = rule({
  id: 'ECS.HostModeUser',
  resourceTypes: TASK,
  title: 'Containers on the host\'s network are no root by accident',
  severity: 'high',
  criteria: { direct: ['CC6.1'], supporting: ['CC6.3'] },
  rationale: 'On the host\'s network a root container can listen on and reach whatever the host can. It must be another user, or say by Privileged that it is meant to be root.',
  remediation: { l2: 'user, or networkMode: NetworkMode.AWS_VPC', cfn: 'ContainerDefinitions[].User of a non-root user, or NetworkMode: awsvpc' },
  configRule: 'ECS_TASK_DEFINITION_USER_FOR_HOST_MODE_CHECK',
  nagRules: ['ECSTaskDefinitionUserForHostMode'],
  sources: ['AWS Config, ecs-task-definition-user-for-host-mode-check', 'AWS Security Hub ECS.1'],
  check: (task) => applies(task.get('NetworkMode').is('host'), 'the containers are not on the host\'s network', () => everyContainer(task, (container) => any([
    container.get('Privileged').isTrue(),
    all(container.get('User').isPresent(), not(container.get('User').matches(ROOT, 'root'), 'the user is root')),
  ]).because(`${called(container)} runs as root on the host's network`))),
});

export const nonRootUser = rule({
  id: 'ECS.NonRootUser',
  resourceTypes: TASK,
  title: 'Containers name a user that is not root',
  severity: 'low',
  criteria: { direct: ['CC6.3'], supporting: ['CC6.8'] },
  rationale: 'Root in a container is one bug away from root on the host. Images often name their user themselves, which a template does not show.',
  remediation: { construct: 'SecureFargateTaskDefinition', l2: 'user', cfn: 'ContainerDefinitions[].User' },
  configRule: 'ECS_TASK_DEFINITION_NONROOT_USER',
  sources: ['AWS Security Hub ECS.20'],
  onByDefault: false,
  check: (task) => everyContainer(
    task, (container) => all(container.get('User').isPresent(), not(container.get('User').matches(ROOT, 'root'), `${called(container)} runs as root`)),
  ),
});

export const readonlyRoot = rule({
  id: 'ECS.ReadonlyRootFilesystem',
  resourceTypes: TASK,
  title: 'Containers cannot change their own files',
  severity: 'low',
  criteria: { direct: ['CC6.8'] },
  rationale: 'On a read-only file system malware cannot install itself. Applications that write beside their volumes need to be changed first.',
  remediation: { construct: 'SecureFargateTaskDefinition', l2: 'readonlyRootFilesystem: true', cfn: 'ContainerDefinitions[].ReadonlyRootFilesystem: true' },
  configRule: 'ECS_CONTAINERS_READONLY_ACCESS',
  sources: ['AWS Security Hub ECS.5'],
  check: (task) => everyContainer(
    task, (container) => container.get('ReadonlyRootFilesystem').isTrue().because(`${called(container)} may write to its root file system`),
  ),
});

export const awsvpcNetworking = rule({
  id: 'ECS.AwsvpcNetworking',
  resourceTypes: TASK,
  title: 'Task has a network interface of its own',
  severity: 'medium',
  criteria: { direct: ['CC6.6'], supporting: ['CC6.1'] },
  rationale: 'With an interface of its own a task has its own security groups; in other modes it shares those of its host.',
  remediation: { construct: 'SecureFargateTaskDefinition', l2: 'networkMode: NetworkMode.AWS_VPC', cfn: 'NetworkMode: awsvpc' },
  configRule: 'ECS_AWSVPC_NETWORKING_ENABLED',
  sources: [
    'AWS::ECS::TaskDefinition, NetworkMode: bridge by default', 'AWS Security Hub ECS.17',
    'Amazon ECS developer guide, "Amazon ECS clusters for external instances": the awsvpc network mode is not supported',
  ],
  check: (task) => {
    const platforms = task.get('RequiresCompatibilities');
    return applies(
      not(all(platforms.isPresent(), platforms.every((platform) => platform.is('EXTERNAL'))), 'for external instances'),
      'external instances know no awsvpc mode', () => task.get('NetworkMode').is('awsvpc'),
    );
  },
});

export const hostNamespaces = rule({
  id: 'ECS.OwnNamespaces',
  resourceTypes: TASK,
  title: 'Task does not share processes or memory with its host',
  severity: 'medium',
  criteria: { direct: ['CC6.1'] },
  rationale: 'In the host\'s namespaces a container sees, and can interfere with, the processes of the host and of its neighbors.',
  remediation: { construct: 'SecureFargateTaskDefinition', l2: 'pidMode: PidMode.TASK, ipcMode: IpcMode.TASK', cfn: 'no PidMode: host, no IpcMode: host' },
  configRule: 'ECS_TASK_DEFINITION_PID_MODE_CHECK',
  sources: ['AWS Security Hub ECS.3'],
  check: (task) => all(
    not(task.get('PidMode').is('host'), 'the process namespace is the host\'s'),
    not(task.get('IpcMode').is('host'), 'the memory namespace is the host\'s'),
  ),
});

export const noEnvironmentSecrets = rule({
  id: 'ECS.NoEnvironmentSecrets',
  resourceTypes: [...TASK, 'AWS::ECS::DaemonTaskDefinition', 'AWS::ECS::ExpressGatewayService'],
  title: 'Environment variables hold no credentials',
  severity: 'high',
  criteria: { direct: ['CC6.1'] },
  rationale: 'Plain environment variables are shown in the console and in the API to whoever may describe the task.',
  remediation: { l2: 'secrets: { NAME: Secret.fromSecretsManager(…) }', cfn: 'ContainerDefinitions[].Secrets in place of Environment' },
  configRule: 'ECS_NO_ENVIRONMENT_SECRETS',
  sources: ['AWS Security Hub ECS.8', 'Amazon ECS developer guide, "Pass sensitive data to an Amazon ECS container"'],
  check: (task) => everyContainer(task, (container) => container.get('Environment').every((variable) => not(
    looksSecret(variable.get('Name').scalar, variable.get('Value')), `variable ${variable.get('Name').scalar} of ${called(container)} holds a credential`))),
});

export const taskLogging = rule({
  id: 'ECS.TaskLogging',
  resourceTypes: TASK,
  title: 'Containers send their logs somewhere',
  severity: 'medium',
  criteria: { direct: ['CC7.2'] },
  rationale: 'Without a log configuration what a container says is gone with it.',
  remediation: { construct: 'SecureFargateTaskDefinition', l2: 'logging: LogDrivers.awsLogs(…)', cfn: 'ContainerDefinitions[].LogConfiguration' },
  configRule: 'ECS_TASK_DEFINITION_LOG_CONFIGURATION',
  nagRules: ['ECSTaskDefinitionContainerLogging'],
  sources: ['AWS Security Hub ECS.9'],
  check: (task) => everyContainer(task, (container) => any([
    all(container.get('LogConfiguration').isPresent(), not(container.get('LogConfiguration.LogDriver').is('none'), 'the log driver is none')),
    // A log router has its own logs; it is there for those of the others.
    container.get('FirelensConfiguration').isPresent(),
  ]).because(`${called(container)} has no log configuration`)),
});

export const efsTransitEncryption = rule({
  id: 'ECS.EfsTransitEncryption',
  resourceTypes: TASK,
  title: 'EFS volumes are mounted over TLS',
  severity: 'medium',
  criteria: { direct: ['CC6.7'] },
  rationale: 'Files travel in the clear between the task and the file system unless the volume asks for TLS.',
  remediation: { construct: 'SecureFargateTaskDefinition', l2: 'efsVolumeConfiguration: { transitEncryption: \'ENABLED\' }', cfn: 'Volumes[].EFSVolumeConfiguration.TransitEncryption: ENABLED' },
  configRule: 'ECS_TASK_DEFINITION_EFS_ENCRYPTION_ENABLED',
  sources: ['AWS::ECS::TaskDefinition EFSVolumeConfiguration, TransitEncryption: DISABLED by default'],
  check: (task) => {
    const mounts = (volume: Property) => any([volume.get('EFSVolumeConfiguration').isPresent(), volume.get('EfsVolumeConfiguration').isPresent()]);
    return applies(task.get('Volumes').some(mounts), 'the task has no EFS volume', () => task.get('Volumes').every((volume) => any([
      not(mounts(volume), 'an EFS volume'),
      volume.get('EFSVolumeConfiguration.TransitEncryption').is('ENABLED'),
      volume.get('EfsVolumeConfiguration.TransitEncryption').is('ENABLED'),
    ]).because('an EFS volume is mounted without TLS')));
  },
});

export const imagePinned = rule({
  id: 'ECS.ImagePinned',
  resourceTypes: TASK,
  title: 'Images are named by a version',
  severity: 'low',
  criteria: { direct: ['CC8.1'], supporting: ['CC6.8'] },
  rationale: 'With the tag latest, or none, what runs changes without a change of the template. Many teams pin in the pipeline instead.',
  remediation: { l2: 'ContainerImage.fromEcrRepository(repository, version)', cfn: 'ContainerDefinitions[].Image with a digest or a tag other than latest' },
  sources: ['Amazon ECS developer guide, "Best practices for Amazon ECS container images"'],
  onByDefault: false,
  check: (task) => everyContainer(task, (container) => all(
    not(container.get('Image').endsWith(':latest'), `the image of ${called(container)} is the latest one`),
    hasVersion(container.get('Image')).because(`the image of ${called(container)} has no tag`),
  )),
});

/** A tag or digest stands behind the last slash: a colon before it belongs to the port of a registry. */
function hasVersion(image: Property): Truth {
  const { parts } = image.seen();
  const last = parts[parts.length - 1];
  if (typeof last !== 'string') return image.missing ? Truth.no('there is no image') : image.openTruth();
  const slash = last.lastIndexOf('/');
  if (/[:@]/.test(last.slice(slash + 1))) return Truth.YES;
  return slash >= 0 || parts.length === 1 ? Truth.no('it has no tag') : image.openTruth();
}

export const memoryLimit = rule({
  id: 'ECS.MemoryLimit',
  resourceTypes: TASK,
  title: 'Memory of the task is limited',
  severity: 'low',
  criteria: { direct: [], supporting: ['A1.1'] },
  rationale: 'A limit keeps one container from starving its neighbors. Fargate asks for one anyway.',
  remediation: { construct: 'SecureFargateTaskDefinition', l2: 'memoryLimitMiB', cfn: 'Memory of the task, or ContainerDefinitions[].Memory' },
  configRule: 'ECS_TASK_DEFINITION_MEMORY_HARD_LIMIT',
  sources: ['AWS Config, ecs-task-definition-memory-hard-limit'],
  onByDefault: false,
  check: (task) => any([task.get('Memory').isPresent(), everyContainer(task, (container) => container.get('Memory').isPresent())])
    .because('no memory limit is set'),
});
