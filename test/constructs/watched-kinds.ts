import { Duration, Size, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import * as docdb from 'aws-cdk-lib/aws-docdb';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as events from 'aws-cdk-lib/aws-events';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as msk from 'aws-cdk-lib/aws-msk';
import * as neptune from 'aws-cdk-lib/aws-neptune';
import * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as redshift from 'aws-cdk-lib/aws-redshift';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { AlarmTopic, ServiceAlarms, WatchAllOptions } from '../../src/constructs';

export const vpcOf = (stack: Stack): ec2.IVpc => stack.node.tryFindChild('Vpc') as ec2.IVpc | undefined ?? new ec2.Vpc(stack, 'Vpc', { natGateways: 0 });
const machineOf = (stack: Stack): sfn.StateMachine => new sfn.StateMachine(stack, 'X', { definitionBody: sfn.DefinitionBody.fromChainable(new sfn.Pass(stack, 'Pass')) });
export const storage = Size.gibibytes(20);
const REST = { restApiName: 'orders', cloudWatchRole: false, deployOptions: { stageName: 'live' } };

/** A kind of resource: how one is made and watched, what is watched of it, and the rule that holds then, for resources of a type. */
export interface Watched {
  readonly watch: (alarms: ServiceAlarms, stack: Stack) => void;
  readonly alarms: Readonly<Record<string, number>>;
  readonly all?: WatchAllOptions;
  readonly rule?: readonly [id: string, type: string];
}

/** Metrics by name, with the threshold. The name of a calculation is its label. */
export const kinds: Record<string, Watched> = {
  'function': {
    watch: (alarms, stack) => alarms.watchFunction(new lambda.Function(stack, 'X', { runtime: lambda.Runtime.NODEJS_LATEST, handler: 'i.h', code: lambda.Code.fromInline('x') })),
    alarms: { 'Errors': 1, 'Throttles': 1, 'AsyncEventsDropped + DeadLetterErrors + DestinationDeliveryFailures': 1 },
    rule: ['Lambda.ErrorAlarm', 'AWS::Lambda::Function'],
  },
  'queue': {
    watch: (alarms, stack) => alarms.watchQueue(new sqs.Queue(stack, 'X'), { maxAge: Duration.minutes(10) }),
    alarms: { ApproximateAgeOfOldestMessage: 600 },
    all: { queueMaxAge: Duration.minutes(10) },
  },
  'dead-letter queue': {
    watch: (alarms, stack) => alarms.watchDeadLetterQueue(new sqs.Queue(stack, 'X', { redriveAllowPolicy: { redrivePermission: sqs.RedrivePermission.ALLOW_ALL } })),
    alarms: { ApproximateNumberOfMessagesVisible: 1 },
    rule: ['SQS.DeadLetterAlarm', 'AWS::SQS::Queue'],
  },
  'table': {
    watch: (alarms, stack) => alarms.watchTable(new dynamodb.TableV2(stack, 'X', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } })),
    alarms: { 'ReadThrottleEvents + WriteThrottleEvents': 1 },
    rule: ['DynamoDB.ThrottleAlarm', 'AWS::DynamoDB::GlobalTable'],
  },
  'table of the first version': {
    watch: (alarms, stack) => alarms.watchTable(new dynamodb.Table(stack, 'X', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } })),
    alarms: { 'ReadThrottleEvents + WriteThrottleEvents': 1 },
    rule: ['DynamoDB.ThrottleAlarm', 'AWS::DynamoDB::Table'],
  },
  'database instance': {
    watch: (alarms, stack) => alarms.watchDatabaseInstance(new rds.DatabaseInstance(stack, 'X', { vpc: vpcOf(stack), vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED }, engine: rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_17 }) }), { freeStorage: storage }),
    alarms: { CPUUtilization: 90, FreeStorageSpace: 20 * 2 ** 30 },
    all: { databaseFreeStorage: storage },
    rule: ['RDS.CapacityAlarms', 'AWS::RDS::DBInstance'],
  },
  'database cluster': {
    watch: (alarms, stack) => alarms.watchDatabaseCluster(new rds.DatabaseCluster(stack, 'X', { vpc: vpcOf(stack), vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED }, engine: rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_16_4 }), writer: rds.ClusterInstance.serverlessV2('Writer') })),
    alarms: { CPUUtilization: 90 },
    rule: ['RDS.CapacityAlarms', 'AWS::RDS::DBCluster'],
  },
  'cluster of DocumentDB': {
    watch: (alarms, stack) => alarms.watchDocumentCluster(new docdb.DatabaseCluster(stack, 'X', {
      vpc: vpcOf(stack), vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED }, masterUser: { username: 'orders' }, instanceType: ec2.InstanceType.of(ec2.InstanceClass.R6G, ec2.InstanceSize.LARGE),
    })),
    alarms: { CPUUtilization: 90 },
  },
  'cluster of Neptune': { watch: (alarms, stack) => alarms.watchGraphCluster(new neptune.CfnDBCluster(stack, 'X')), alarms: { CPUUtilization: 90 } },
  'cluster of Redshift': {
    watch: (alarms, stack) => alarms.watchWarehouse(new redshift.CfnCluster(stack, 'X', { clusterType: 'single-node', dbName: 'd', masterUsername: 'u', nodeType: 'ra3.large', manageMasterPassword: true })),
    alarms: { HealthStatus: 0 },
  },
  'delivery stream': {
    watch: (alarms, stack) => alarms.watchDeliveryStream(new firehose.DeliveryStream(stack, 'X', { destination: new firehose.S3Bucket(new s3.Bucket(stack, 'Bucket')) })),
    alarms: { 'DeliveryToS3.DataFreshness': 1800, 'ThrottledRecords': 1 },
  },
  'distribution': {
    watch: (alarms, stack) => alarms.watchDistribution(new cloudfront.Distribution(stack, 'X', { defaultBehavior: { origin: new HttpOrigin('example.com') } })),
    alarms: { '5xxErrorRate': 5 },
  },
  'instance': {
    watch: (alarms, stack) => alarms.watchInstance(new ec2.Instance(stack, 'X', {
      vpc: vpcOf(stack), vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED }, instanceType: new ec2.InstanceType('t4g.small'), machineImage: ec2.MachineImage.genericLinux({}, { userData: ec2.UserData.forLinux() }),
    })),
    alarms: { StatusCheckFailed: 1 },
  },
  'load balancer': {
    watch: (alarms, stack) => alarms.watchLoadBalancer(new elbv2.ApplicationLoadBalancer(stack, 'X', { vpc: vpcOf(stack) })),
    alarms: { 'errors in percent': 5 },
    rule: ['ELBv2.ErrorAlarm', 'AWS::ElasticLoadBalancingV2::LoadBalancer'],
  },
  'target group of a network load balancer': {
    watch: (alarms, stack) => {
      const group = new elbv2.NetworkTargetGroup(stack, 'X', { vpc: vpcOf(stack), port: 443 });
      new elbv2.NetworkLoadBalancer(stack, 'B', { vpc: vpcOf(stack) }).addListener('L', { port: 443, defaultTargetGroups: [group] });
      alarms.watchNetworkTargetGroup(group);
    },
    alarms: { UnHealthyHostCount: 1 },
  },
  'target group': {
    watch: (alarms, stack) => {
      const group = new elbv2.ApplicationTargetGroup(stack, 'X', { vpc: vpcOf(stack), port: 443 });
      new elbv2.ApplicationLoadBalancer(stack, 'B', { vpc: vpcOf(stack) }).addListener('L', { port: 80, defaultTargetGroups: [group] });
      alarms.watchTargetGroup(group);
    },
    alarms: { UnHealthyHostCount: 1 },
  },
  'network load balancer': {
    watch: (alarms, stack) => alarms.watchNetworkLoadBalancer(new elbv2.NetworkLoadBalancer(stack, 'X', { vpc: vpcOf(stack) })),
    alarms: { PortAllocationErrorCount: 1 },
    rule: ['ELBv2.ErrorAlarm', 'AWS::ElasticLoadBalancingV2::LoadBalancer'],
  },
  'REST API': {
    watch: (alarms, stack) => {
      const api = new apigateway.RestApi(stack, 'X', REST);
      api.root.addMethod('GET');
      alarms.watchRestApi(api);
    },
    alarms: { '5XXError': 0.05 },
    rule: ['ApiGateway.ErrorAlarm', 'AWS::ApiGateway::Stage'],
  },
  'HTTP API': {
    watch: (alarms, stack) => alarms.watchHttpApi(new apigatewayv2.HttpApi(stack, 'X')),
    alarms: { '5xx': 0.05 },
    rule: ['ApiGateway.ErrorAlarm', 'AWS::ApiGatewayV2::Stage'],
  },
  'state machine': {
    watch: (alarms, stack) => alarms.watchStateMachine(machineOf(stack)),
    alarms: { 'ExecutionsFailed + ExecutionsTimedOut': 1 },
    rule: ['StepFunctions.FailureAlarm', 'AWS::StepFunctions::StateMachine'],
  },
  'ECS service': {
    watch: (alarms, stack) => {
      const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task');
      taskDefinition.addContainer('C', { image: ecs.ContainerImage.fromRegistry('nginx') });
      alarms.watchEcsService(new ecs.FargateService(stack, 'X', { cluster: new ecs.Cluster(stack, 'Cluster', { vpc: vpcOf(stack) }), taskDefinition, minHealthyPercent: 100 }));
    },
    alarms: { CPUUtilization: 80, MemoryUtilization: 80 },
    rule: ['ECS.CapacityAlarm', 'AWS::ECS::Service'],
  },
  'data stream': {
    watch: (alarms, stack) => alarms.watchStream(new kinesis.Stream(stack, 'X'), { maxIteratorAge: Duration.minutes(1) }),
    alarms: { 'GetRecords.IteratorAgeMilliseconds': 60000 },
    all: { streamMaxIteratorAge: Duration.minutes(1) },
  },
  'search domain': {
    watch: (alarms, stack) => alarms.watchSearchDomain(new opensearch.Domain(stack, 'X', { version: opensearch.EngineVersion.OPENSEARCH_2_19 }), { freeStorage: storage }),
    alarms: {
      'ClusterStatus.red': 1, 'ClusterIndexWritesBlocked': 1, 'AutomatedSnapshotFailure': 1, 'KMSKeyError': 1, 'KMSKeyInaccessible': 1, 'FreeStorageSpace': 20480, 'CPUUtilization': 80, 'JVMMemoryPressure': 95,
    },
    all: { searchFreeStorage: storage },
  },
  'cache': {
    watch: (alarms, stack) => alarms.watchCache(new elasticache.CfnReplicationGroup(stack, 'X', { replicationGroupDescription: 'x' }), { memoryPercent: 75 }),
    alarms: { EngineCPUUtilization: 90, DatabaseMemoryUsagePercentage: 75 },
    all: { cacheMemoryPercent: 75 },
  },
  'topic': { watch: (alarms, stack) => alarms.watchTopic(new sns.Topic(stack, 'X')), alarms: { NumberOfNotificationsFailed: 1 } },
  'Kafka cluster': {
    watch: (alarms, stack) => alarms.watchKafka(new msk.CfnCluster(stack, 'X', { clusterName: 'orders', kafkaVersion: '3.8.x', numberOfBrokerNodes: 1, brokerNodeGroupInfo: { clientSubnets: ['subnet-12345678'], instanceType: 'kafka.m7g.large' } })),
    alarms: { OfflinePartitionsCount: 1, KafkaDataLogsDiskUsed: 85 },
  },
  'file system': { watch: (alarms, stack) => alarms.watchFileSystem(new efs.FileSystem(stack, 'X', { vpc: vpcOf(stack) })), alarms: { PercentIOLimit: 100, BurstCreditBalance: 0 } },
  'NAT gateway': { watch: (alarms, stack) => alarms.watchNatGateway(new ec2.CfnNatGateway(stack, 'X', { subnetId: 'subnet-12345678' })), alarms: { ErrorPortAllocation: 1 } },
  'rule': {
    watch: (alarms, stack) => alarms.watchRule(new events.Rule(stack, 'X', { schedule: events.Schedule.rate(Duration.days(1)), targets: [new SnsTopic(AlarmTopic.shared(stack))] })),
    alarms: { FailedInvocations: 1 },
  },
  'rule of another bus': {
    watch: (alarms, stack) => alarms.watchRule(new events.Rule(stack, 'X', { eventBus: new events.EventBus(stack, 'Bus'), eventPattern: { source: ['orders'] }, targets: [new SnsTopic(AlarmTopic.shared(stack))] })),
    alarms: { FailedInvocations: 1 },
  },
  'certificate': { watch: (alarms, stack) => alarms.watchCertificate(new acm.Certificate(stack, 'X', { domainName: 'example.com' })), alarms: { DaysToExpiry: 44 } },
};
