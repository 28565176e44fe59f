import { Annotations, CfnResource, Names, Stack, Stage, Token } from 'aws-cdk-lib';
import type * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import type * as acm from 'aws-cdk-lib/aws-certificatemanager';
import type * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type * as docdb from 'aws-cdk-lib/aws-docdb';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import type * as efs from 'aws-cdk-lib/aws-efs';
import type * as elasticache from 'aws-cdk-lib/aws-elasticache';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type * as events from 'aws-cdk-lib/aws-events';
import type * as kinesis from 'aws-cdk-lib/aws-kinesis';
import type * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as msk from 'aws-cdk-lib/aws-msk';
import type * as neptune from 'aws-cdk-lib/aws-neptune';
import type * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import type * as rds from 'aws-cdk-lib/aws-rds';
import type * as redshift from 'aws-cdk-lib/aws-redshift';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct, IConstruct } from 'constructs';
import { AlarmTopic } from './alarm-topic';
import { isElsewhere } from './delivery';
import * as options from './service-alarm-options';
import { cacheNodes, distributionMetrics, FINDERS, freshnessOf, ruleMetrics } from './service-finders';
import * as alarms from './service-metrics';
import { AlarmSpec, metricsOf } from './service-metrics';
import { isOff } from '../../declarations/declare';
import { OptOut } from '../../declarations/opt-out';
import { serviceAlarmDefaults as d } from '../../defaults/service-alarms';
import { EDGE_REGION } from '../support/edge-region';
import { admitPublisher } from '../support/publishers';
import { uphold } from '../support/uphold';

/** Properties of `ServiceAlarms`. */
export interface ServiceAlarmsProps {
  /**
   * Where the alarms go.
   *
   * @default - the alarm topic that the stack shares
   */
  readonly topic?: sns.ITopic;
  /**
   * Whether the alarms tell anybody.
   *
   * @default true
   */
  readonly actionsEnabled?: boolean;
  /**
   * Claims that are given up, each with a reason.
   *
   * @default - none
   */
  readonly optOuts?: OptOut[];
}

/**
 * Alarms on resources: on what must not happen, such as errors of a function or messages that were set aside, and at thresholds that AWS recommends.
 * Thresholds that only the owner of a resource knows have to be given.
 *
 * Supports A1.1, CC7.2, CC7.3 and PI1.3. Billed: each alarm (0.10 USD a month for each of its metrics), and the shared key of alarms (1 USD a month for the
 * stack).
 */
export class ServiceAlarms extends Construct {
  /** Where the alarms go. */
  public readonly topic: sns.ITopic;
  /** The alarms made so far. */
  public readonly alarms: cloudwatch.Alarm[] = [];
  private readonly watched = new Set<IConstruct>();

  /** @throws Error when the topic is in another region. */
  constructor(scope: Construct, id: string, private readonly props: ServiceAlarmsProps = {}) {
    super(scope, id);
    this.topic = props.topic ?? AlarmTopic.shared(this);
    if (isElsewhere(this.topic, this)) this.refuse(`alarms tell topics of their own region, and ${this.topic.node.path} is in ${this.topic.env.region}`);
    admitPublisher(this.topic, 'cloudwatch.amazonaws.com');
  }

  /**
   * Watches everything in a scope that exists by now and is not watched yet, at the thresholds that AWS recommends. Call it last.
   *
   * What needs a threshold that was not given is left out, with a warning that names it. Resources in other stages, accounts and regions are left to alarms there.
   *
   * @param scope a stack, or any construct
   * @param thresholds those that only the owner of the resources knows
   */
  public watchAll(scope: IConstruct, thresholds: options.WatchAllOptions = {}): void {
    for (const resource of scope.node.findAll()) {
      if (!CfnResource.isCfnResource(resource) || this.watched.has(resource) || !this.isHere(resource)) continue;
      // An alarm that its own topic does not deliver would go the same way.
      if (resource === this.topic.node.defaultChild) continue;
      const found = FINDERS[resource.cfnResourceType]?.(resource as never, thresholds);
      if (typeof found === 'string') {
        Annotations.of(this).addWarningV2(`cdk-soc2:notWatched:${resource.node.path}`, `${resource.node.path} is not watched, for want of a threshold: give ${found}, or watch it by itself`);
      } else if (found) {
        this.watch(resource, found);
      }
    }
  }

  /** Watches a function: errors, throttles, and events that were lost. */
  public watchFunction(fn: lambda.IFunction, how: options.FunctionAlarmOptions = {}): void {
    this.watch(fn, alarms.functionAlarms((name, { statistic, period }) => fn.metric(name, { statistic, period }), how));
  }

  /** Watches how long messages wait in a queue. */
  public watchQueue(queue: sqs.IQueue, how: options.QueueAlarmOptions): void {
    this.watch(queue, alarms.queueAlarms(metricsOf('AWS/SQS', { QueueName: queue.queueName }), how));
  }

  /** Watches a queue for messages that failed: the first one rings. A `SecureDeadLetterQueue` has such an alarm. */
  public watchDeadLetterQueue(queue: sqs.IQueue): void {
    this.watch(queue, alarms.deadLetterAlarms(metricsOf('AWS/SQS', { QueueName: queue.queueName })));
  }

  /** Watches a table for requests that are turned away. */
  public watchTable(table: dynamodb.ITable): void {
    this.watch(table, alarms.tableAlarms(metricsOf('AWS/DynamoDB', { TableName: table.tableName })));
  }

  /** Watches the processor, the storage and, if asked for, the connections of a database instance. */
  public watchDatabaseInstance(instance: rds.IDatabaseInstance, how: options.DatabaseInstanceAlarmOptions): void {
    this.watch(instance, alarms.databaseAlarms(metricsOf('AWS/RDS', { DBInstanceIdentifier: instance.instanceIdentifier }), how));
  }

  /** Watches the processors and, if asked for, the storage and the connections of a database cluster. */
  public watchDatabaseCluster(cluster: rds.IDatabaseCluster, how: options.DatabaseClusterAlarmOptions = {}): void {
    this.watch(cluster, alarms.databaseAlarms(metricsOf('AWS/RDS', { DBClusterIdentifier: cluster.clusterIdentifier }), how));
  }

  /** Watches the processors and, if asked for, the connections of a cluster of DocumentDB. */
  public watchDocumentCluster(cluster: docdb.IDatabaseCluster, how: options.DocumentClusterAlarmOptions = {}): void {
    this.watch(cluster, alarms.databaseAlarms(metricsOf('AWS/DocDB', { DBClusterIdentifier: cluster.clusterIdentifier }), how));
  }

  /** Watches the processors of a cluster of Neptune. */
  public watchGraphCluster(cluster: neptune.CfnDBCluster, how: options.GraphClusterAlarmOptions = {}): void {
    this.watch(cluster, alarms.graphClusterAlarms(metricsOf('AWS/Neptune', { DBClusterIdentifier: cluster.ref }), how));
  }

  /** Watches whether a cluster of Redshift answers queries, e.g. `warehouse.cluster`. */
  public watchWarehouse(cluster: redshift.CfnCluster): void {
    this.watch(cluster, alarms.warehouseAlarms(metricsOf('AWS/Redshift', { ClusterIdentifier: cluster.ref })));
  }

  /** Watches the checks of an EC2 instance and of the host that it is on. */
  public watchInstance(instance: ec2.IInstance): void {
    this.watch(instance, alarms.instanceAlarms(metricsOf('AWS/EC2', { InstanceId: instance.instanceId })));
  }

  /** Watches the errors of a distribution and of its origins. CloudFront tells of them in us-east-1, so the alarms have to be there. */
  public watchDistribution(distribution: cloudfront.IDistribution, how: options.ErrorRateAlarmOptions = {}): void {
    const { region } = Stack.of(this);
    if (!hearsCloudFront(region)) this.refuse(`CloudFront tells of ${distribution.node.path} in ${EDGE_REGION} only, and the alarms are in ${region}; make ServiceAlarms there`);
    this.watch(distribution, alarms.distributionAlarms(distributionMetrics(distribution.distributionId), how));
  }

  /** Watches the errors of an application load balancer and of its targets. */
  public watchLoadBalancer(balancer: elbv2.IApplicationLoadBalancer, how: options.ErrorRateAlarmOptions = {}): void {
    this.watch(balancer, alarms.balancerAlarms((name, { statistic, period }) => balancer.metrics.custom(name, { statistic, period }), how));
  }

  /** Watches a network load balancer for connections that fail for want of a port. Its target groups tell the rest. */
  public watchNetworkLoadBalancer(balancer: elbv2.INetworkLoadBalancer): void {
    this.watch(balancer, alarms.networkBalancerAlarms((name, { statistic, period }) => balancer.metrics.custom(name, { statistic, period })));
  }

  /** Watches a target group for unhealthy targets. A listener must have it by now. */
  public watchTargetGroup(group: elbv2.IApplicationTargetGroup): void {
    this.watch(group, alarms.targetGroupAlarms((name, { statistic, period }) => group.metrics.custom(name, { statistic, period })));
  }

  /** Watches a target group of a network load balancer for unhealthy targets. A listener must have it by now. */
  public watchNetworkTargetGroup(group: elbv2.INetworkTargetGroup): void {
    this.watch(group, alarms.targetGroupAlarms((name, { statistic, period }) => group.metrics.custom(name, { statistic, period })));
  }

  /** Watches the errors of a REST API. */
  public watchRestApi(api: apigateway.RestApiBase, how: options.ErrorRateAlarmOptions = {}): void {
    this.watch(api, alarms.apiAlarms(metricsOf('AWS/ApiGateway', { ApiName: api.restApiName }), '5XXError', how));
  }

  /** Watches the errors of an HTTP API. */
  public watchHttpApi(api: apigatewayv2.IHttpApi, how: options.ErrorRateAlarmOptions = {}): void {
    this.watch(api, alarms.apiAlarms(metricsOf('AWS/ApiGateway', { ApiId: api.apiId }), '5xx', how));
  }

  /** Watches a state machine for executions that fail or time out. */
  public watchStateMachine(machine: sfn.IStateMachine): void {
    this.watch(machine, alarms.stateMachineAlarms(metricsOf('AWS/States', { StateMachineArn: machine.stateMachineArn })));
  }

  /** Watches the processors and the memory of an ECS service. */
  public watchEcsService(service: ecs.BaseService, how: options.EcsServiceAlarmOptions = {}): void {
    this.watch(service, alarms.ecsServiceAlarms(metricsOf('AWS/ECS', { ServiceName: service.serviceName, ClusterName: service.cluster.clusterName }), how));
  }

  /** Watches how far the readers of a data stream are behind. */
  public watchStream(stream: kinesis.IStream, how: options.StreamAlarmOptions): void {
    this.watch(stream, alarms.streamAlarms(metricsOf('AWS/Kinesis', { StreamName: stream.streamName }), how));
  }

  /** Watches what a delivery stream has not delivered, and turns away. Of an imported one it is taken that it delivers to S3. */
  public watchDeliveryStream(stream: firehose.IDeliveryStream, how: options.DeliveryStreamAlarmOptions = {}): void {
    const cfn = stream.node.defaultChild as firehose.CfnDeliveryStream | undefined;
    const freshness = cfn ? freshnessOf(cfn) : 'DeliveryToS3.DataFreshness';
    this.watch(stream, alarms.deliveryStreamAlarms(metricsOf('AWS/Firehose', { DeliveryStreamName: stream.deliveryStreamName }), freshness, how));
  }

  /** Watches the health, the storage, the load, the snapshots and the key of a search domain. */
  public watchSearchDomain(domain: opensearch.IDomain, how: options.SearchDomainAlarmOptions): void {
    this.watch(domain, alarms.searchDomainAlarms(metricsOf('AWS/ES', { DomainName: domain.domainName, ClientId: Stack.of(domain).account }), how));
  }

  /** Watches the load and the memory of each node of a cache. */
  public watchCache(group: elasticache.CfnReplicationGroup, how: options.CacheAlarmOptions): void {
    this.watch(group, alarms.cacheAlarms(metricsOf('AWS/ElastiCache', {}), cacheNodes(group), how));
  }

  /** Watches a topic for messages that could not be delivered. */
  public watchTopic(topic: sns.ITopic): void {
    this.watch(topic, alarms.topicAlarms(metricsOf('AWS/SNS', { TopicName: topic.topicName })));
  }

  /** Watches the partitions and the storage of the brokers of a Kafka cluster. */
  public watchKafka(cluster: msk.CfnCluster): void {
    this.watch(cluster, alarms.kafkaAlarms(metricsOf('AWS/Kafka', { 'Cluster Name': cluster.clusterName }), cluster.numberOfBrokerNodes));
  }

  /** Watches the operations and the burst credits of a file system. */
  public watchFileSystem(fileSystem: efs.IFileSystem): void {
    this.watch(fileSystem, alarms.fileSystemAlarms(metricsOf('AWS/EFS', { FileSystemId: fileSystem.fileSystemId })));
  }

  /** Watches a NAT gateway for connections that fail for want of a port. */
  public watchNatGateway(gateway: ec2.CfnNatGateway): void {
    this.watch(gateway, alarms.natGatewayAlarms(metricsOf('AWS/NATGateway', { NatGatewayId: gateway.ref })));
  }

  /** Watches a rule for events that could not be delivered. */
  public watchRule(rule: events.Rule): void {
    this.watch(rule, alarms.ruleAlarms(ruleMetrics(rule.node.defaultChild as events.CfnRule)));
  }

  /** Watches a certificate that expires. One that AWS renews by itself is renewed before. */
  public watchCertificate(certificate: acm.ICertificate): void {
    this.watch(certificate, alarms.certificateAlarms(metricsOf('AWS/CertificateManager', { CertificateArn: certificate.certificateArn })));
  }

  private watch(construct: IConstruct & { readonly env?: { readonly region: string } }, specs: readonly AlarmSpec[]): void {
    const resource = construct.node.defaultChild ?? construct;
    if (this.watched.has(resource)) this.refuse(`${construct.node.path} is watched already`);
    if (construct.env && isElsewhere({ env: construct.env }, this)) this.refuse(`alarms watch metrics of their own region, and ${construct.node.path} is in ${construct.env.region}`);
    this.watched.add(resource);
    const { scope: owner } = construct.node;
    const { path } = (owner?.node.defaultChild === construct ? owner : construct).node;
    for (const spec of specs) this.ring(`${Names.uniqueResourceName(construct, { maxLength: 200 })}${spec.id}`, path, spec);
  }

  private ring(id: string, path: string, { says, metric, threshold, below, periods, missing }: AlarmSpec): void {
    const { GREATER_THAN_OR_EQUAL_TO_THRESHOLD, LESS_THAN_OR_EQUAL_TO_THRESHOLD } = cloudwatch.ComparisonOperator;
    if (!Token.isUnresolved(threshold) && !(below ? threshold >= 0 : threshold > 0)) this.refuse(`the threshold of ${path} is a positive number, got ${threshold}`);
    const alarm = new cloudwatch.Alarm(this, id, {
      alarmDescription: `${path}: ${says}`,
      metric,
      threshold,
      evaluationPeriods: periods ?? 1,
      comparisonOperator: below ? LESS_THAN_OR_EQUAL_TO_THRESHOLD : GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: missing ?? cloudwatch.TreatMissingData.NOT_BREACHING,
      actionsEnabled: this.props.actionsEnabled ?? true,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
    this.alarms.push(alarm);
    uphold(this, 'ServiceAlarms', this.props.optOuts, [{
      resource: alarm.node.defaultChild as cloudwatch.CfnAlarm,
      upheld: [
        { by: d.alarm, rule: 'CloudWatch.AlarmAction' },
        { by: d.alarm, rule: 'CloudWatch.AlarmActionsEnabled', weakened: isOff(this.props.actionsEnabled) && 'actionsEnabled: false' },
      ],
    }]);
  }

  /** Metrics are of the account and region of the resource, but for those of CloudFront. */
  private isHere(resource: CfnResource): boolean {
    const [own, other] = [Stack.of(this), Stack.of(resource)];
    return Stage.of(resource) === Stage.of(this) && own.account === other.account && own.region === other.region
      && (resource.cfnResourceType !== 'AWS::CloudFront::Distribution' || hearsCloudFront(own.region));
  }

  private refuse(why: string): never {
    throw new Error(`ServiceAlarms at ${this.node.path}: ${why}`);
  }
}

function hearsCloudFront(region: string): boolean {
  return Token.isUnresolved(region) || region === EDGE_REGION;
}
