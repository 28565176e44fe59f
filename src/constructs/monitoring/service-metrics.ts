import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as options from './service-alarm-options';
import { serviceAlarmDefaults as d } from '../../defaults/service-alarms';

/** An alarm, but for whom it tells. */
export interface AlarmSpec {
  readonly id: string;
  readonly says: string;
  readonly metric: cloudwatch.IMetric;
  readonly threshold: number;
  /** It rings at the threshold or below. @default - at the threshold or above */
  readonly below?: boolean;
  /** How many periods in a row ring. @default 1 */
  readonly periods?: number;
  /** @default - no data is fine: services that have nothing to tell send none */
  readonly missing?: cloudwatch.TreatMissingData;
}

/** A metric of the resource that is watched. */
export type MetricOf = (metricName: string, options: MetricChoice) => cloudwatch.Metric;

interface MetricChoice {
  readonly statistic: string;
  readonly period: Duration;
  readonly dimensions?: cloudwatch.DimensionsMap;
}

const { SUM, AVERAGE, MAXIMUM, MINIMUM } = cloudwatch.Stats;
const MINUTE = Duration.minutes(1);
const FIVE = Duration.minutes(5);

/** Metrics in a namespace with the dimensions of a resource. */
export function metricsOf(namespace: string, dimensions: cloudwatch.DimensionsMap): MetricOf {
  return (metricName, { dimensions: more, ...rest }) => new cloudwatch.Metric({ namespace, metricName, dimensionsMap: { ...dimensions, ...more }, ...rest });
}

/** The sum of metrics of which some are sent only when there is something to count. */
function total(of: MetricOf, names: readonly string[]): cloudwatch.MathExpression {
  const usingMetrics = Object.fromEntries(names.map((name, at) => [`m${at}`, of(name, { statistic: SUM, period: FIVE })]));
  return new cloudwatch.MathExpression({ expression: names.map((_, at) => `FILL(m${at}, 0)`).join(' + '), usingMetrics, period: FIVE, label: names.join(' + ') });
}

/** A load that lasts for five minutes. */
function lasting(of: MetricOf, id: string, metricName: string, threshold: number, says: string): AlarmSpec {
  return { id, says, metric: of(metricName, { statistic: AVERAGE, period: MINUTE }), threshold, periods: 5 };
}

export function functionAlarms(of: MetricOf, { errorPercent }: options.FunctionAlarmOptions): AlarmSpec[] {
  const errors = of('Errors', { statistic: SUM, period: FIVE });
  const invocations = of('Invocations', { statistic: SUM, period: FIVE });
  return [
    errorPercent === undefined
      ? { id: 'Errors', says: 'The function fails.', metric: errors, threshold: d.functionErrors.value }
      : {
        id: 'Errors',
        says: 'The function fails too often.',
        metric: new cloudwatch.MathExpression({ expression: '100 * errors / invocations', usingMetrics: { errors, invocations }, period: FIVE, label: 'errors in percent' }),
        threshold: errorPercent,
      },
    { id: 'Throttles', says: 'Invocations are turned away for want of concurrency.', metric: of('Throttles', { statistic: SUM, period: FIVE }), threshold: d.functionErrors.value },
    {
      id: 'Lost',
      says: 'Events were dropped, and neither handled nor set aside.',
      metric: total(of, ['AsyncEventsDropped', 'DeadLetterErrors', 'DestinationDeliveryFailures']),
      threshold: d.functionErrors.value,
    },
  ];
}

export function queueAlarms(of: MetricOf, { maxAge }: options.QueueAlarmOptions): AlarmSpec[] {
  return [{ id: 'Age', says: 'Messages wait too long.', metric: of('ApproximateAgeOfOldestMessage', { statistic: MAXIMUM, period: FIVE }), threshold: maxAge.toSeconds() }];
}

export function deadLetterAlarms(of: MetricOf): AlarmSpec[] {
  return [{
    id: 'DeadLetters',
    says: 'Messages were set aside: find out why, then move them back or delete them.',
    metric: of('ApproximateNumberOfMessagesVisible', { statistic: MAXIMUM, period: FIVE }),
    threshold: d.deadLetters.value,
  }];
}

export function tableAlarms(of: MetricOf): AlarmSpec[] {
  return [{ id: 'Throttles', says: 'Requests to the table are turned away.', metric: total(of, ['ReadThrottleEvents', 'WriteThrottleEvents']), threshold: d.tableThrottles.value }];
}

export function databaseAlarms(of: MetricOf, { cpuPercent, freeStorage, maxConnections }: options.DatabaseClusterAlarmOptions): AlarmSpec[] {
  return [
    lasting(of, 'Cpu', 'CPUUtilization', cpuPercent ?? d.databaseCpuPercent.value, 'The processor of the database is busy.'),
    ...freeStorage ? [{ id: 'Storage', says: 'The database runs out of storage.', metric: of('FreeStorageSpace', { statistic: MINIMUM, period: FIVE }), threshold: freeStorage.toBytes(), below: true }] : [],
    ...maxConnections === undefined ? [] : [lasting(of, 'Connections', 'DatabaseConnections', maxConnections, 'The database runs out of connections.')],
  ];
}

/** Neptune tells every five minutes. */
export function graphClusterAlarms(of: MetricOf, { cpuPercent }: options.GraphClusterAlarmOptions): AlarmSpec[] {
  const metric = of('CPUUtilization', { statistic: AVERAGE, period: FIVE });
  return [{ id: 'Cpu', says: 'The processor of the database is busy.', metric, threshold: cpuPercent ?? d.databaseCpuPercent.value }];
}

export function warehouseAlarms(of: MetricOf): AlarmSpec[] {
  return [{ id: 'Health', says: 'The warehouse answers no queries.', metric: of('HealthStatus', { statistic: MAXIMUM, period: MINUTE }), threshold: 0, below: true, periods: 5 }];
}

export function balancerAlarms(of: MetricOf, { errorPercent }: options.ErrorRateAlarmOptions): AlarmSpec[] {
  const sum = (name: string): cloudwatch.Metric => of(name, { statistic: SUM, period: FIVE });
  return [{
    id: 'Errors',
    says: 'Requests end in errors of the load balancer or of its targets.',
    // Requests without a target to go to are not counted as requests: with none left, the plain rate would have no data.
    metric: new cloudwatch.MathExpression({
      expression: '100 * (FILL(own, 0) + FILL(targets, 0)) / (FILL(requests, 0) + FILL(own, 0))',
      usingMetrics: { own: sum('HTTPCode_ELB_5XX_Count'), targets: sum('HTTPCode_Target_5XX_Count'), requests: sum('RequestCount') },
      period: FIVE,
      label: 'errors in percent',
    }),
    threshold: errorPercent ?? d.balancerErrorPercent.value,
  }];
}

export function networkBalancerAlarms(of: MetricOf): AlarmSpec[] {
  return [{ id: 'Ports', says: 'The load balancer runs out of ports: connections fail.', metric: of('PortAllocationErrorCount', { statistic: SUM, period: FIVE }), threshold: d.portErrors.value }];
}

export function targetGroupAlarms(of: MetricOf): AlarmSpec[] {
  return [{ id: 'Unhealthy', says: 'Targets stay unhealthy.', metric: of('UnHealthyHostCount', { statistic: MAXIMUM, period: MINUTE }), threshold: d.unhealthyTargets.value, periods: 5 }];
}

/** CloudFront tells percents where its rates of errors are concerned, and all of it in one region. */
export function distributionAlarms(of: MetricOf, { errorPercent }: options.ErrorRateAlarmOptions): AlarmSpec[] {
  return [lasting(of, 'Errors', '5xxErrorRate', errorPercent ?? d.distributionErrorPercent.value, 'Requests end in errors of the distribution or of its origins.')];
}

export function instanceAlarms(of: MetricOf): AlarmSpec[] {
  return [{ id: 'Status', says: 'The instance, or the host that it is on, does not pass its checks.', metric: of('StatusCheckFailed', { statistic: MAXIMUM, period: FIVE }), threshold: 1, periods: 2 }];
}

/** REST APIs and HTTP APIs spell the metric differently. */
export function apiAlarms(of: MetricOf, metricName: '5XXError' | '5xx', { errorPercent }: options.ErrorRateAlarmOptions): AlarmSpec[] {
  const percent = errorPercent ?? d.apiErrorPercent.value;
  return [{ id: 'Errors', says: 'Requests end in errors of the server.', metric: of(metricName, { statistic: AVERAGE, period: FIVE }), threshold: percent / 100 }];
}

export function stateMachineAlarms(of: MetricOf): AlarmSpec[] {
  return [{ id: 'Failures', says: 'Executions fail or time out.', metric: total(of, ['ExecutionsFailed', 'ExecutionsTimedOut']), threshold: d.failedExecutions.value }];
}

export function ecsServiceAlarms(of: MetricOf, { cpuPercent, memoryPercent }: options.EcsServiceAlarmOptions): AlarmSpec[] {
  return [
    lasting(of, 'Cpu', 'CPUUtilization', cpuPercent ?? d.containerPercent.value, 'The processors of the service are busy.'),
    lasting(of, 'Memory', 'MemoryUtilization', memoryPercent ?? d.containerPercent.value, 'The service runs out of memory.'),
  ];
}

export function streamAlarms(of: MetricOf, { maxIteratorAge }: options.StreamAlarmOptions): AlarmSpec[] {
  const metric = of('GetRecords.IteratorAgeMilliseconds', { statistic: MAXIMUM, period: FIVE });
  return [{ id: 'Age', says: 'Readers of the stream fall behind.', metric, threshold: maxIteratorAge.toMilliseconds() }];
}

/** @param freshness the metric of the age, which each kind of destination has for itself. */
export function deliveryStreamAlarms(of: MetricOf, freshness: string | undefined, { maxAge }: options.DeliveryStreamAlarmOptions): AlarmSpec[] {
  const threshold = maxAge ? maxAge.toSeconds() : d.deliveryMinutes.value * 60;
  return [
    ...freshness === undefined ? [] : [{ id: 'Age', says: 'Records do not arrive.', metric: of(freshness, { statistic: MAXIMUM, period: FIVE }), threshold }],
    { id: 'Throttles', says: 'Records are turned away: the stream is at its quota.', metric: of('ThrottledRecords', { statistic: SUM, period: FIVE }), threshold: 1 },
  ];
}

export function searchDomainAlarms(of: MetricOf, { freeStorage }: options.SearchDomainAlarmOptions): AlarmSpec[] {
  const max = (name: string): cloudwatch.Metric => of(name, { statistic: MAXIMUM, period: MINUTE });
  const is = (id: string, name: string, says: string): AlarmSpec => ({ id, says, metric: max(name), threshold: 1 });
  return [
    is('Red', 'ClusterStatus.red', 'Shards of the domain are not allocated to any node: data cannot be reached.'),
    is('Blocked', 'ClusterIndexWritesBlocked', 'The domain takes no writes, for want of storage or memory.'),
    is('Snapshots', 'AutomatedSnapshotFailure', 'The automated snapshot of the domain failed.'),
    is('Key', 'KMSKeyError', 'The key of the domain is disabled: it can be used no more.'),
    is('KeyInaccessible', 'KMSKeyInaccessible', 'The key of the domain is gone, and with it the data.'),
    { id: 'Storage', says: 'A node runs out of storage.', metric: of('FreeStorageSpace', { statistic: MINIMUM, period: MINUTE }), threshold: freeStorage.toMebibytes(), below: true },
    { id: 'Cpu', says: 'The processors of the domain are busy.', metric: of('CPUUtilization', { statistic: AVERAGE, period: Duration.minutes(15) }), threshold: d.searchCpuPercent.value, periods: 3 },
    { id: 'Memory', says: 'A node runs out of memory.', metric: of('JVMMemoryPressure', { statistic: MAXIMUM, period: MINUTE }), threshold: d.searchMemoryPercent.value, periods: 3 },
  ];
}

export function cacheAlarms(of: MetricOf, nodes: readonly string[], { memoryPercent }: options.CacheAlarmOptions): AlarmSpec[] {
  return nodes.flatMap((CacheClusterId, at) => {
    const ofNode: MetricOf = (name, rest) => of(name, { ...rest, dimensions: { CacheClusterId } });
    return [
      lasting(ofNode, `Cpu${at + 1}`, 'EngineCPUUtilization', d.cacheCpuPercent.value, 'A node of the cache is busy.'),
      lasting(ofNode, `Memory${at + 1}`, 'DatabaseMemoryUsagePercentage', memoryPercent, 'A node of the cache runs out of memory.'),
    ];
  });
}

export function topicAlarms(of: MetricOf): AlarmSpec[] {
  return [{ id: 'Failures', says: 'Messages of the topic could not be delivered.', metric: of('NumberOfNotificationsFailed', { statistic: SUM, period: FIVE }), threshold: 1 }];
}

export function kafkaAlarms(of: MetricOf, brokers: number): AlarmSpec[] {
  return [
    { id: 'Offline', says: 'Partitions of the cluster are offline.', metric: of('OfflinePartitionsCount', { statistic: MAXIMUM, period: FIVE }), threshold: 1 },
    ...Array.from({ length: brokers }, (_, at): AlarmSpec => ({
      id: `Disk${at + 1}`,
      says: `Broker ${at + 1} runs out of storage.`,
      metric: of('KafkaDataLogsDiskUsed', { statistic: MAXIMUM, period: FIVE, dimensions: { 'Broker ID': `${at + 1}` } }),
      threshold: d.brokerDiskPercent.value,
    })),
  ];
}

export function fileSystemAlarms(of: MetricOf): AlarmSpec[] {
  return [
    { id: 'Limit', says: 'The file system is at its limit of operations.', metric: of('PercentIOLimit', { statistic: AVERAGE, period: MINUTE }), threshold: d.fileSystemPercent.value, periods: 15 },
    { id: 'Credits', says: 'The file system has used up its burst credits.', metric: of('BurstCreditBalance', { statistic: AVERAGE, period: MINUTE }), threshold: 0, below: true, periods: 15 },
  ];
}

export function natGatewayAlarms(of: MetricOf): AlarmSpec[] {
  return [{ id: 'Ports', says: 'The NAT gateway runs out of ports: connections fail.', metric: of('ErrorPortAllocation', { statistic: SUM, period: FIVE }), threshold: d.portErrors.value }];
}

export function ruleAlarms(of: MetricOf): AlarmSpec[] {
  return [{ id: 'Failures', says: 'Events could not be delivered to a target of the rule.', metric: of('FailedInvocations', { statistic: SUM, period: FIVE }), threshold: 1 }];
}

export function certificateAlarms(of: MetricOf): AlarmSpec[] {
  return [{
    id: 'Expiry',
    says: 'The certificate expires soon.',
    metric: of('DaysToExpiry', { statistic: MINIMUM, period: Duration.days(1) }),
    threshold: d.certificateDays.value,
    below: true,
    // ACM sends nothing of an expired certificate: the alarm must not end then.
    missing: cloudwatch.TreatMissingData.IGNORE,
  }];
}
