import { defaults } from './default';

const ECS = 'Amazon ECS developer guide';

/** Secure defaults of a task definition for Fargate and of its containers. */
export const fargateTaskDefaults = defaults({
  readonlyRootFilesystem: {
    value: true,
    provenBy: ['ECS.ReadonlyRootFilesystem'],
    criteria: ['CC6.8'],
    source: 'AWS Security Hub ECS.5',
    reason: 'On a read-only file system malware cannot install itself.',
  },
  user: {
    value: '1000:1000',
    provenBy: ['ECS.NonRootUser'],
    criteria: ['CC6.3', 'CC6.8'],
    source: 'AWS Security Hub ECS.20',
    reason: 'Root in a container is one bug away from root on its host.',
  },
  privileged: {
    value: false,
    provenBy: ['ECS.NotPrivileged'],
    criteria: ['CC6.1', 'CC6.3', 'CC6.8'],
    source: 'AWS Security Hub ECS.4; Fargate runs no privileged containers',
    reason: 'No container has the rights of its host.',
  },
  logging: {
    value: 'awslogs, non-blocking',
    provenBy: ['ECS.TaskLogging'],
    criteria: ['CC7.2'],
    source: `${ECS}, "Send Amazon ECS logs to CloudWatch": the mode of the log driver`,
    reason: 'What a container says outlives it, and an outage of CloudWatch Logs does not stop the application.',
  },
  logBufferMebibytes: {
    value: 25,
    provenBy: [],
    criteria: [],
    source: 'AWS Containers blog, "Preventing log loss with non-blocking mode in the AWSLogs container log driver": 25 MiB lose nothing in most cases',
    reason: 'Lines are dropped only when CloudWatch Logs is away for long.',
  },
  networkMode: {
    value: 'awsvpc',
    provenBy: ['ECS.AwsvpcNetworking'],
    criteria: ['CC6.1', 'CC6.6'],
    source: 'AWS Security Hub ECS.17; Fargate knows no other mode',
    reason: 'A task has security groups of its own.',
  },
  pidMode: {
    value: 'its own',
    provenBy: ['ECS.OwnNamespaces'],
    criteria: ['CC6.1'],
    source: 'AWS Security Hub ECS.3',
    reason: 'A task does not see the processes of others.',
  },
  memoryLimit: {
    value: 'of the task',
    provenBy: ['ECS.MemoryLimit'],
    criteria: ['A1.1'],
    source: `${ECS}, "Amazon ECS task definition parameters for Fargate": required`,
    reason: 'One task cannot starve others.',
  },
  efsTransitEncryption: {
    value: 'ENABLED, on EFS volumes',
    provenBy: ['ECS.EfsTransitEncryption'],
    criteria: ['CC6.7'],
    source: 'AWS::ECS::TaskDefinition EFSVolumeConfiguration, TransitEncryption: DISABLED by default',
    reason: 'Files travel encrypted between the task and the file system.',
  },
});

/** Secure defaults of a service on Fargate. */
export const fargateServiceDefaults = defaults({
  assignPublicIp: {
    value: false,
    provenBy: ['ECS.NoPublicIp'],
    criteria: ['CC6.6'],
    source: 'AWS Security Hub ECS.2',
    reason: 'Nobody reaches a task around the load balancer.',
  },
  securityGroups: {
    value: 'its own',
    provenBy: ['Network.OwnSecurityGroup'],
    criteria: ['CC6.1', 'CC6.6'],
    source: 'Amazon VPC user guide, "Default security groups for your VPCs"',
    reason: 'What the tasks may talk to is decided for the service.',
  },
  platformVersion: {
    value: 'LATEST',
    provenBy: ['ECS.FargatePlatformVersion'],
    criteria: ['CC7.1'],
    source: 'AWS Security Hub ECS.10',
    reason: 'Platform versions carry the patches of the kernel and the container runtime.',
  },
  autoScaling: {
    value: true,
    provenBy: ['ECS.AutoScaling', 'ApplicationAutoScaling.ScalingPolicy'],
    criteria: ['A1.1'],
    source: `${ECS}, "Automatically scale your Amazon ECS service"`,
    reason: 'The number of tasks follows the load.',
  },
  minTaskCount: {
    value: 2,
    provenBy: ['ECS.RedundantTasks'],
    criteria: ['A1.2'],
    source: `${ECS}, "Best practices for Amazon ECS service parameters"; AWS::ECS::Service, DesiredCount: 1 by default, and set again by every update where it stands in the template`,
    reason: 'The service is there while one of its tasks is replaced.',
  },
  maxTaskCount: {
    value: 10,
    provenBy: [],
    criteria: [],
    source: 'Application Auto Scaling user guide, "Register a scalable target": a bound is required',
    reason: 'A flood of requests has an upper bound of cost.',
  },
  cpuPercent: {
    value: 70,
    provenBy: [],
    criteria: [],
    source: `${ECS}, "Optimizing Amazon ECS service auto scaling"`,
    reason: 'New tasks start before the others are exhausted.',
  },
  minHealthyPercent: {
    value: 100,
    provenBy: [],
    criteria: [],
    source: `${ECS}, "Best practices for Amazon ECS service parameters"; CDK sets 50`,
    reason: 'A deployment takes no capacity away.',
  },
  circuitBreaker: {
    value: 'with rollback',
    provenBy: ['ECS.CircuitBreaker'],
    criteria: ['CC8.1', 'A1.2'],
    source: `${ECS}, "How the Amazon ECS deployment circuit breaker detects failures"`,
    reason: 'A deployment whose tasks do not start is taken back.',
  },
  availabilityZoneRebalancing: {
    value: 'ENABLED',
    provenBy: ['ECS.ZoneRebalancing'],
    criteria: ['A1.2'],
    source: `${ECS}, "Balancing an Amazon ECS service across Availability Zones"`,
    reason: 'After the failure of a zone the tasks are spread over all of them again.',
  },
});
