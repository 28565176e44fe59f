import { all, any, not, Property, ResourceReader, rule } from './kernel';
import { noCredentials } from './shared/environment-variables';
import { placesAt } from './shared/places';

const JOB = ['AWS::Batch::JobDefinition'];

/** Where a job definition describes its containers: single-container and multi-node jobs, and tasks of ECS. */
const NODES = 'NodeProperties.NodeRangeProperties[]';
const CONTAINERS = [
  'ContainerProperties', `${NODES}.Container`, 'EcsProperties.TaskProperties[].Containers[]', `${NODES}.EcsProperties.TaskProperties[].Containers[]`,
];
/** Pods spell some settings differently. */
const PODS = ['EksProperties.PodProperties', `${NODES}.EksProperties.PodProperties`].flatMap((pod) => [`${pod}.Containers[]`, `${pod}.InitContainers[]`]);

function everySetting(job: ResourceReader, inContainer: string, inPod: string): Property[] {
  return [...CONTAINERS.map((path) => `${path}.${inContainer}`), ...PODS.map((path) => `${path}.${inPod}`)].flatMap((path) => placesAt(job, path));
}

export const notPrivileged = rule({
  id: 'Batch.NotPrivileged',
  resourceTypes: JOB,
  title: 'No job container is privileged',
  severity: 'high',
  criteria: { direct: ['CC6.1'], supporting: ['CC6.3', 'CC6.8'] },
  rationale: 'A privileged container is root on its host: who breaks out of the job has the host, and all containers on it.',
  remediation: { l2: 'privileged: false', cfn: 'ContainerProperties.Privileged: false' },
  sources: ['AWS::Batch::JobDefinition ContainerProperties, Privileged'],
  check: (job) => not(any(everySetting(job, 'Privileged', 'SecurityContext.Privileged').map((setting) => setting.isTrue())), 'a container is privileged'),
});

export const noEnvironmentSecrets = rule({
  id: 'Batch.NoEnvironmentSecrets',
  resourceTypes: JOB,
  title: 'Environment variables hold no credentials',
  severity: 'high',
  criteria: { direct: ['CC6.1'] },
  rationale: 'Plain environment variables are shown in the console and in the API to whoever may describe a job.',
  remediation: { l2: 'secrets: { NAME: Secret.fromSecretsManager(…) }', cfn: 'ContainerProperties.Secrets in place of Environment' },
  sources: ['AWS Batch user guide, "Specifying sensitive data"', 'AWS::Batch::JobDefinition Environment: not for credentials'],
  check: (job) => all(...everySetting(job, 'Environment', 'Env').map(noCredentials)),
});

export const retry = rule({
  id: 'Batch.RetryAndTimeout',
  resourceTypes: JOB,
  title: 'Job is tried again when it fails, and stopped when it hangs',
  severity: 'low',
  criteria: { direct: ['PI1.3'], supporting: ['A1.1'] },
  rationale: 'Without a retry one lost host loses the job; without a timeout a job that hangs holds its place for ever. Both may also be set when a job is submitted.',
  remediation: { l2: 'retryAttempts, timeout', cfn: 'RetryStrategy: { Attempts: 2 }, Timeout: { AttemptDurationSeconds }' },
  sources: ['AWS Batch user guide, "Automated job retries" and "Job timeouts": one attempt and no timeout by default'],
  onByDefault: false,
  check: (job) => all(
    job.get('RetryStrategy.Attempts').atLeast(2).because('a failed job is not tried again'),
    job.get('Timeout.AttemptDurationSeconds').isPresent().because('no timeout is set'),
  ),
});
