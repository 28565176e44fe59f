import { defaults } from './default';

const RECOMMENDED = 'Amazon CloudWatch user guide, "Best practice alarm recommendations for AWS services"';

/** Thresholds of the alarms that watch resources: nothing that must not happen, or what AWS recommends. What only its owner knows has no default. */
export const serviceAlarmDefaults = defaults({
  functionErrors: {
    value: 1,
    provenBy: ['Lambda.ErrorAlarm'],
    criteria: ['A1.1', 'CC7.2', 'PI1.3'],
    source: RECOMMENDED,
    reason: 'Errors, throttles and lost events of a function are told before its users tell.',
  },
  deadLetters: {
    value: 1,
    provenBy: ['SQS.DeadLetterAlarm'],
    criteria: ['CC7.2', 'CC7.3', 'PI1.3'],
    source: 'Amazon SQS developer guide, "Creating alarms for dead-letter queues using Amazon CloudWatch"',
    reason: 'What was set aside and nobody knows of expires.',
  },
  tableThrottles: {
    value: 1,
    provenBy: ['DynamoDB.ThrottleAlarm'],
    criteria: ['A1.1', 'CC7.2', 'PI1.3'],
    source: RECOMMENDED,
    reason: 'Throttled requests are how a table says that its capacity or its keys do not suffice.',
  },
  databaseCpuPercent: {
    value: 90,
    provenBy: ['RDS.CapacityAlarms'],
    criteria: ['A1.1', 'CC7.2'],
    source: RECOMMENDED,
    reason: 'Five minutes at this load are no passing peak.',
  },
  balancerErrorPercent: {
    value: 5,
    provenBy: ['ELBv2.ErrorAlarm'],
    criteria: ['A1.1', 'CC7.2'],
    source: `${RECOMMENDED}: the rate for APIs`,
    reason: 'Errors as a part of all requests ring at any load; single ones do not.',
  },
  unhealthyTargets: {
    value: 1,
    provenBy: ['ELBv2.ErrorAlarm'],
    criteria: ['A1.1', 'CC7.2'],
    source: 'Elastic Load Balancing user guide, "CloudWatch metrics for your Application Load Balancer"',
    reason: 'A target that stays unhealthy for several minutes is no deployment.',
  },
  portErrors: {
    value: 1,
    provenBy: ['ELBv2.ErrorAlarm'],
    criteria: ['A1.1', 'CC7.2'],
    source: 'Elastic Load Balancing user guide, "CloudWatch metrics for your Network Load Balancer": a value other than zero means dropped connections',
    reason: 'Connections that find no port fail.',
  },
  distributionErrorPercent: {
    value: 5,
    provenBy: [],
    criteria: [],
    source: `${RECOMMENDED}: 5xxErrorRate 5.0`,
    reason: 'Errors as a part of all requests ring at any load; single ones do not.',
  },
  apiErrorPercent: {
    value: 5,
    provenBy: ['ApiGateway.ErrorAlarm'],
    criteria: ['CC7.2', 'PI1.3'],
    source: `${RECOMMENDED}: 5XXError 0.05`,
    reason: 'Errors as a part of all requests ring at any load; single ones do not.',
  },
  failedExecutions: {
    value: 1,
    provenBy: ['StepFunctions.FailureAlarm'],
    criteria: ['CC7.2', 'PI1.3'],
    source: 'AWS Step Functions developer guide, "Monitoring Step Functions metrics using Amazon CloudWatch"',
    reason: 'An execution that fails or times out stops work in the middle.',
  },
  containerPercent: {
    value: 80,
    provenBy: ['ECS.CapacityAlarm'],
    criteria: ['A1.1', 'CC7.2'],
    source: RECOMMENDED,
    reason: 'Processors or memory that fill up announce an outage.',
  },
  deliveryMinutes: {
    value: 30,
    provenBy: [],
    criteria: [],
    source: 'Amazon Data Firehose developer guide, "Implement best practices with CloudWatch Alarms": beyond the buffering limit, 15 minutes at most',
    reason: 'What waits for twice the longest buffering is not on its way.',
  },
  searchCpuPercent: { value: 80, provenBy: [], criteria: [], source: RECOMMENDED, reason: 'A domain needs room for queries that come at once.' },
  searchMemoryPercent: { value: 95, provenBy: [], criteria: [], source: RECOMMENDED, reason: 'A node without memory leaves its cluster.' },
  cacheCpuPercent: { value: 90, provenBy: [], criteria: [], source: RECOMMENDED, reason: 'The engine has one thread, which is then busy all the time.' },
  brokerDiskPercent: { value: 85, provenBy: [], criteria: [], source: 'Amazon MSK developer guide, "Best practices": monitor disk space', reason: 'A broker with a full disk stops.' },
  fileSystemPercent: { value: 100, provenBy: [], criteria: [], source: RECOMMENDED, reason: 'At its limit a file system makes all clients wait.' },
  certificateDays: { value: 44, provenBy: [], criteria: [], source: RECOMMENDED, reason: 'A certificate that AWS renews by itself is renewed earlier; this one was not.' },
  alarm: {
    value: 'tells somebody',
    provenBy: ['CloudWatch.AlarmAction', 'CloudWatch.AlarmActionsEnabled'],
    criteria: ['CC7.2', 'CC7.3'],
    source: 'Amazon CloudWatch user guide, "Notifying users on alarm changes"',
    reason: 'An alarm that tells nobody changes its color in a console.',
  },
});
