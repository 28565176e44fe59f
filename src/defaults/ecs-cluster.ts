import { defaults } from './default';

const ECS = 'Amazon ECS developer guide';

/** Secure defaults of an ECS cluster. */
export const ecsClusterDefaults = defaults({
  containerInsights: {
    value: 'enhanced',
    provenBy: ['ECS.ContainerInsights'],
    criteria: ['CC7.2', 'A1.1'],
    source: `${ECS}, "Monitor Amazon ECS containers using Container Insights with enhanced observability"`,
    reason: 'Restarts and exhaustion of tasks are seen, which the metrics of a service do not show.',
    cfn: { ClusterSettings: [{ Name: 'containerInsights', Value: 'enhanced' }] },
  },
  executeCommandLogging: {
    value: 'OVERRIDE',
    provenBy: ['ECS.ExecLogged'],
    criteria: ['CC6.1', 'CC7.2'],
    source: `${ECS}, "Monitor Amazon ECS containers with ECS Exec"`,
    reason: 'What people do in a running container is written to a log group of the cluster.',
  },
  executeCommandKey: {
    value: 'customer managed',
    provenBy: [],
    criteria: [],
    source: `${ECS}, "Monitor Amazon ECS containers with ECS Exec": encryption of the session with a key of one's own`,
    reason: 'Who may open a shell is also said by the policy of a key.',
  },
  fargateStorageKey: {
    value: 'customer managed',
    provenBy: [],
    criteria: [],
    source: `${ECS}, "Customer managed keys for AWS Fargate ephemeral storage for Amazon ECS"`,
    reason: 'Tasks on Fargate keep images and files under a key of one\'s own.',
  },
});
