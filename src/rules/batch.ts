import { any, not, rule } from './kernel';
import { placesAt } from './shared/places';

const JOB = ['AWS::Batch::JobDefinition'];
/** Where a job definition describes its containers: single-container, multi-node, ECS and EKS jobs. */
const PRIVILEGED = [
  'ContainerProperties.Privileged', 'NodeProperties.NodeRangeProperties[].Container.Privileged', 'EcsProperties.TaskProperties[].Containers[].Privileged',
  'EksProperties.PodProperties.Containers[].SecurityContext.Privileged',
];

export const notPrivileged = rule({
  id: 'Batch.NotPrivileged',
  resourceTypes: JOB,
  title: 'No job container is privileged',
  severity: 'high',
  criteria: { direct: ['CC6.1'], supporting: ['CC6.3', 'CC6.8'] },
  rationale: 'A privileged container is root on its host: who breaks out of the job has the host, and all containers on it.',
  remediation: { l2: 'privileged: false', cfn: 'ContainerProperties.Privileged: false' },
  sources: ['AWS::Batch::JobDefinition ContainerProperties, Privileged'],
  check: (job) => not(any(PRIVILEGED.flatMap((path) => placesAt(job, path)).map((setting) => setting.isTrue())), 'a container is privileged'),
});
