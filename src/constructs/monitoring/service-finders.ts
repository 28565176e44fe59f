import { CfnResource, CustomResourceProviderBase, Fn, Stack, Token } from 'aws-cdk-lib';
import type { CfnRestApi } from 'aws-cdk-lib/aws-apigateway';
import type { CfnApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { CfnService } from 'aws-cdk-lib/aws-ecs';
import type { CfnReplicationGroup } from 'aws-cdk-lib/aws-elasticache';
import type { CfnLoadBalancer, IApplicationTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { CfnRule } from 'aws-cdk-lib/aws-events';
import type { CfnDeliveryStream, CfnDeliveryStreamProps } from 'aws-cdk-lib/aws-kinesisfirehose';
import type { CfnCluster } from 'aws-cdk-lib/aws-msk';
import type { CfnDBInstance } from 'aws-cdk-lib/aws-rds';
import type { CfnTopic } from 'aws-cdk-lib/aws-sns';
import type { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { IConstruct } from 'constructs';
import type { WatchAllOptions } from './service-alarm-options';
import * as alarms from './service-metrics';
import { AlarmSpec, metricsOf } from './service-metrics';
import { SecureDeadLetterQueue } from '../messaging/secure-dead-letter-queue';

/** The alarms of a resource; the property that is needed for them; or nothing when it needs none. */
type Found = AlarmSpec[] | keyof WatchAllOptions | undefined;
type Finder = (resource: never, options: WatchAllOptions) => Found;

/** How resources are watched when all of a scope are, by type. They are found by what they are in the template, whichever construct makes them. */
export const FINDERS: Readonly<Record<string, Finder>> = {
  'AWS::ApiGateway::RestApi': ({ name }: CfnRestApi) => (name === undefined ? undefined : alarms.apiAlarms(metricsOf('AWS/ApiGateway', { ApiName: name }), '5XXError', {})),
  'AWS::ApiGatewayV2::Api': (api: CfnApi) => (api.protocolType === 'HTTP' ? alarms.apiAlarms(metricsOf('AWS/ApiGateway', { ApiId: api.ref }), '5xx', {}) : undefined),
  'AWS::CertificateManager::Certificate': ({ ref }: CfnResource) => alarms.certificateAlarms(metricsOf('AWS/CertificateManager', { CertificateArn: ref })),
  'AWS::CloudFront::Distribution': ({ ref }: CfnResource) => alarms.distributionAlarms(distributionMetrics(ref), {}),
  'AWS::DocDB::DBCluster': ({ ref }: CfnResource) => alarms.databaseAlarms(metricsOf('AWS/DocDB', { DBClusterIdentifier: ref }), {}),
  'AWS::DynamoDB::GlobalTable': ({ ref }: CfnResource) => alarms.tableAlarms(metricsOf('AWS/DynamoDB', { TableName: ref })),
  'AWS::DynamoDB::Table': ({ ref }: CfnResource) => alarms.tableAlarms(metricsOf('AWS/DynamoDB', { TableName: ref })),
  'AWS::EC2::Instance': ({ ref }: CfnResource) => alarms.instanceAlarms(metricsOf('AWS/EC2', { InstanceId: ref })),
  'AWS::EC2::NatGateway': ({ ref }: CfnResource) => alarms.natGatewayAlarms(metricsOf('AWS/NATGateway', { NatGatewayId: ref })),
  'AWS::ECS::Service': (service: CfnService) => (
    alarms.ecsServiceAlarms(metricsOf('AWS/ECS', { ServiceName: service.attrName, ClusterName: service.cluster ?? 'default' }), {})),
  'AWS::EFS::FileSystem': ({ ref }: CfnResource) => alarms.fileSystemAlarms(metricsOf('AWS/EFS', { FileSystemId: ref })),
  'AWS::ElastiCache::ReplicationGroup': (group: CfnReplicationGroup, { cacheMemoryPercent: memoryPercent }) => (
    memoryPercent === undefined ? 'cacheMemoryPercent' : alarms.cacheAlarms(metricsOf('AWS/ElastiCache', {}), cacheNodes(group), { memoryPercent })),
  'AWS::ElasticLoadBalancingV2::LoadBalancer': ({ type = 'application', attrLoadBalancerFullName: LoadBalancer }: CfnLoadBalancer) => {
    if (type === 'network') return alarms.networkBalancerAlarms(metricsOf('AWS/NetworkELB', { LoadBalancer }));
    return type === 'application' ? alarms.balancerAlarms(metricsOf('AWS/ApplicationELB', { LoadBalancer }), {}) : undefined;
  },
  'AWS::ElasticLoadBalancingV2::TargetGroup': (group: CfnResource) => {
    const { scope: l2 } = group.node;
    return isAttached(l2) ? alarms.targetGroupAlarms((name, { statistic, period }) => l2.metrics.custom(name, { statistic, period })) : undefined;
  },
  'AWS::Events::Rule': (rule: CfnRule) => (rule.targets === undefined ? undefined : alarms.ruleAlarms(ruleMetrics(rule))),
  'AWS::Kinesis::Stream': ({ ref }: CfnResource, { streamMaxIteratorAge: maxIteratorAge }) => (
    maxIteratorAge === undefined ? 'streamMaxIteratorAge' : alarms.streamAlarms(metricsOf('AWS/Kinesis', { StreamName: ref }), { maxIteratorAge })),
  'AWS::KinesisFirehose::DeliveryStream': (stream: CfnDeliveryStream) => (
    alarms.deliveryStreamAlarms(metricsOf('AWS/Firehose', { DeliveryStreamName: stream.ref }), freshnessOf(stream), {})),
  // CDK's own functions run while CloudFormation deploys, which tells of their errors.
  'AWS::Lambda::Function': ({ ref, node }: CfnResource) => (
    node.scope instanceof CustomResourceProviderBase ? undefined : alarms.functionAlarms(metricsOf('AWS/Lambda', { FunctionName: ref }), {})),
  'AWS::MSK::Cluster': (cluster: CfnCluster) => alarms.kafkaAlarms(metricsOf('AWS/Kafka', { 'Cluster Name': cluster.clusterName }), cluster.numberOfBrokerNodes),
  'AWS::Neptune::DBCluster': ({ ref }: CfnResource) => alarms.graphClusterAlarms(metricsOf('AWS/Neptune', { DBClusterIdentifier: ref }), {}),
  'AWS::OpenSearchService::Domain': (domain: CfnResource, { searchFreeStorage: freeStorage }) => (
    freeStorage === undefined ? 'searchFreeStorage' : alarms.searchDomainAlarms(metricsOf('AWS/ES', { DomainName: domain.ref, ClientId: Stack.of(domain).account }), { freeStorage })),
  'AWS::RDS::DBCluster': ({ ref }: CfnResource) => alarms.databaseAlarms(metricsOf('AWS/RDS', { DBClusterIdentifier: ref }), {}),
  'AWS::RDS::DBInstance': (instance: CfnDBInstance, { databaseFreeStorage: freeStorage }) => {
    // Its cluster is watched.
    if (instance.dbClusterIdentifier !== undefined) return undefined;
    return freeStorage === undefined ? 'databaseFreeStorage' : alarms.databaseAlarms(metricsOf('AWS/RDS', { DBInstanceIdentifier: instance.ref }), { freeStorage });
  },
  'AWS::Redshift::Cluster': ({ ref }: CfnResource) => alarms.warehouseAlarms(metricsOf('AWS/Redshift', { ClusterIdentifier: ref })),
  'AWS::SNS::Topic': (topic: CfnTopic) => alarms.topicAlarms(metricsOf('AWS/SNS', { TopicName: topic.attrTopicName })),
  'AWS::SQS::Queue': (queue: CfnQueue, { queueMaxAge: maxAge }) => {
    const of = metricsOf('AWS/SQS', { QueueName: queue.attrQueueName });
    // It has an alarm of its own.
    if (queue.node.scope instanceof SecureDeadLetterQueue) return undefined;
    if (takesDeadLetters(queue)) return alarms.deadLetterAlarms(of);
    return maxAge === undefined ? 'queueMaxAge' : alarms.queueAlarms(of, { maxAge });
  },
  'AWS::StepFunctions::StateMachine': ({ ref }: CfnResource) => alarms.stateMachineAlarms(metricsOf('AWS/States', { StateMachineArn: ref })),
};

/** The metrics of a rule name its bus too, unless it is the default one; so does what CloudFormation refers to it by: `<bus>|<rule>`. */
export function ruleMetrics({ ref, eventBusName }: CfnRule): alarms.MetricOf {
  if (eventBusName === undefined || eventBusName === 'default') return metricsOf('AWS/Events', { RuleName: ref });
  return metricsOf('AWS/Events', { EventBusName: eventBusName, RuleName: Fn.select(1, Fn.split('|', ref)) });
}

export function distributionMetrics(DistributionId: string): alarms.MetricOf {
  return metricsOf('AWS/CloudFront', { DistributionId, Region: 'Global' });
}

/** Each kind of destination has a metric of its own; what goes to Redshift waits in S3. */
const FRESHNESS: { readonly [property in keyof CfnDeliveryStreamProps]?: string } = {
  amazonOpenSearchServerlessDestinationConfiguration: 'DeliveryToAmazonOpenSearchServerless',
  amazonopensearchserviceDestinationConfiguration: 'DeliveryToAmazonOpenSearchService',
  extendedS3DestinationConfiguration: 'DeliveryToS3',
  httpEndpointDestinationConfiguration: 'DeliveryToHttpEndpoint',
  icebergDestinationConfiguration: 'DeliveryToIceberg',
  redshiftDestinationConfiguration: 'DeliveryToS3',
  s3DestinationConfiguration: 'DeliveryToS3',
  splunkDestinationConfiguration: 'DeliveryToSplunk',
};

/** The metric of the age of what has not arrived (Amazon Data Firehose developer guide, "Implement best practices with CloudWatch Alarms"). */
export function freshnessOf(stream: CfnDeliveryStream): string | undefined {
  const [, to] = Object.entries(FRESHNESS).find(([property]) => stream[property as keyof CfnDeliveryStreamProps] !== undefined) ?? [];
  return to && `${to}.DataFreshness`;
}

/** The names that ElastiCache gives the nodes of a replication group (Amazon ElastiCache user guide, "Finding a replication group's endpoints"). */
export function cacheNodes(group: CfnReplicationGroup): string[] {
  const { clusterMode, numCacheClusters, numNodeGroups = 1, replicasPerNodeGroup = 0 } = group;
  const two = (at: number, length: number): string => `${at + 1}`.padStart(length, '0');
  const nodes = Array.from({ length: numCacheClusters ?? replicasPerNodeGroup + 1 }, (_, at) => two(at, 3));
  if (numNodeGroups === 1 && clusterMode !== 'enabled') return nodes.map((node) => `${group.ref}-${node}`);
  return Array.from({ length: numNodeGroups }, (_, at) => two(at, 4)).flatMap((shard) => nodes.map((node) => `${group.ref}-${shard}-${node}`));
}

/** Some queue of its stack moves to it what failed, or it says that they may. */
function takesDeadLetters(queue: CfnQueue): boolean {
  const { stack, redriveAllowPolicy } = queue;
  if (redriveAllowPolicy !== undefined && stack.resolve(redriveAllowPolicy)?.redrivePermission !== 'denyAll') return true;
  const id = stack.getLogicalId(queue);
  return stack.node.findAll().some((other) => CfnResource.isCfnResource(other) && other.cfnResourceType === 'AWS::SQS::Queue' && other.stack === stack
    && new RegExp(`"${Token.isUnresolved(id) ? stack.resolve(id) : id}"`).test(JSON.stringify(stack.resolve((other as CfnQueue).redrivePolicy)) ?? ''));
}

/** The metrics of a target group name its load balancer, which only an L2 knows, once a listener has it. */
function isAttached(construct: IConstruct | undefined): construct is IApplicationTargetGroup {
  if (!construct || !('firstLoadBalancerFullName' in construct)) return false;
  try {
    return (construct as unknown as IApplicationTargetGroup).metrics !== undefined;
  } catch {
    return false;
  }
}
