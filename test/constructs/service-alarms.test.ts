import { Duration, Size, Stack, Stage } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as events from 'aws-cdk-lib/aws-events';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as msk from 'aws-cdk-lib/aws-msk';
import * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { appWith, CONCRETE, describeConstruct, modelOf, optionalOf } from './harness';
import { AlarmTopic, SecureDeadLetterQueue, SecureQueue, SecureTopic, ServiceAlarms, ServiceAlarmsProps, WatchAllOptions } from '../../src/constructs';
import { evaluate, ruleById } from '../../src/rules';

const cfn = ({ alarms: [alarm] }: ServiceAlarms): cloudwatch.CfnAlarm => alarm.node.defaultChild as cloudwatch.CfnAlarm;

describeConstruct<ServiceAlarmsProps>({
  name: 'ServiceAlarms',
  make: (scope, id, props) => {
    const alarms = new ServiceAlarms(scope, id, props);
    alarms.watchTopic(AlarmTopic.shared(scope));
    return alarms;
  },
  optional: optionalOf<ServiceAlarmsProps>()(['topic', 'actionsEnabled', 'optOuts']),
  breaks: {
    'CloudWatch.AlarmAction': (construct: ServiceAlarms) => cfn(construct).addPropertyDeletionOverride('AlarmActions'),
    'CloudWatch.AlarmActionsEnabled': (construct: ServiceAlarms) => cfn(construct).addPropertyOverride('ActionsEnabled', false),
  },
  weakenings: [{ props: { actionsEnabled: false }, says: 'actionsEnabled: false', rules: ['CloudWatch.AlarmActionsEnabled'] }],
  uses: (construct: ServiceAlarms, consumer) => {
    new cloudwatch.CompositeAlarm(consumer, 'Any', { alarmRule: cloudwatch.AlarmRule.anyOf(...construct.alarms) });
  },
  given: (elsewhere) => ({ topic: new AlarmTopic(elsewhere, 'Alarms') }),
});

const vpcOf = (stack: Stack): ec2.IVpc => stack.node.tryFindChild('Vpc') as ec2.IVpc | undefined ?? new ec2.Vpc(stack, 'Vpc', { natGateways: 0 });
const machineOf = (stack: Stack): sfn.StateMachine => new sfn.StateMachine(stack, 'X', { definitionBody: sfn.DefinitionBody.fromChainable(new sfn.Pass(stack, 'Pass')) });
const storage = Size.gibibytes(20);
const REST = { restApiName: 'orders', cloudWatchRole: false, deployOptions: { stageName: 'live' } };

/** A kind of resource: how one is made and watched, what is watched of it, and the rule that holds then, for resources of a type. */
interface Watched {
  readonly watch: (alarms: ServiceAlarms, stack: Stack) => void;
  readonly alarms: Readonly<Record<string, number>>;
  readonly all?: WatchAllOptions;
  readonly rule?: readonly [id: string, type: string];
}

/** Metrics by name, with the threshold. The name of a calculation is its label. */
const kinds: Record<string, Watched> = {
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

type Properties = Record<string, any>;

function alarmsOf(stack: Stack): Properties[] {
  return Object.values(Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm')).map(({ Properties: properties }) => properties);
}

/** The name of a metric, or the label of a calculation. */
function metricOf({ MetricName, Metrics }: Properties): string {
  return MetricName ?? Metrics.find(({ Label }: Properties) => Label).Label;
}

describe('ServiceAlarms', () => {
  describe.each(Object.entries(kinds))('watches a %s', (_, { watch, alarms, all, rule }) => {
    test('for what is told, at these thresholds, and tells the topic', () => {
      const stack = new Stack(appWith(), 'S');
      watch(new ServiceAlarms(stack, 'Alarms'), stack);
      const made = alarmsOf(stack);
      expect(Object.fromEntries(made.map((one) => [metricOf(one), one.Threshold]))).toEqual(alarms);
      expect(made).toHaveLength(Object.keys(alarms).length);
      for (const one of made) expect(one).toMatchObject({ AlarmActions: [stack.resolve(AlarmTopic.shared(stack).topicArn)], AlarmDescription: expect.stringMatching(/^S\/\w+: [A-Z].*\.$/) });
    });

    test('when all are watched', () => {
      const byItself = new Stack(appWith(), 'S');
      watch(new ServiceAlarms(byItself, 'Alarms'), byItself);
      const app = appWith();
      const stack = new Stack(app, 'S');
      const unused = new ServiceAlarms(stack, 'Unused');
      watch(unused, stack);
      for (const alarm of unused.alarms) unused.node.tryRemoveChild(alarm.node.id);
      const one = new ServiceAlarms(stack, 'Alarms');
      one.watchAll(stack.node.findChild('X'), all);
      const plain = (made: Properties[]): string[] => made.map(({ Tags: _tags, ...properties }) => JSON.stringify(properties)).sort();
      expect(plain(alarmsOf(stack))).toEqual(plain(alarmsOf(byItself)));
    });

    if (!rule) return;
    test(`so that ${rule[0]} holds`, () => {
      const verdict = (watched: boolean): string[] => {
        const app = appWith();
        const stack = new Stack(app, 'S');
        const one = new ServiceAlarms(stack, 'Alarms');
        watch(one, stack);
        if (!watched) for (const alarm of one.alarms) one.node.tryRemoveChild(alarm.node.id);
        const resources = modelOf(app).templates.flatMap((template) => [...template.resources.values()]).filter(({ type }) => type === rule[1]);
        expect(resources.length).toBeGreaterThan(0);
        return resources.map((resource) => evaluate(ruleById(rule[0]), resource).verdict);
      };
      expect(new Set(verdict(true))).toEqual(new Set(['pass']));
      expect(new Set(verdict(false))).toEqual(new Set(['fail']));
    });
  });

  const dimensions = (one: Properties): Record<string, unknown> => Object.fromEntries(one.Dimensions.map(({ Name, Value }: Properties) => [Name, Value]));

  test('leaves the function that CDK runs at deployment, and the topic that its alarms go to', () => {
    const stack = new Stack(appWith(), 'S');
    const one = new ServiceAlarms(stack, 'Alarms');
    new ec2.Vpc(stack, 'Vpc', { restrictDefaultSecurityGroup: true, natGateways: 0 });
    new SecureTopic(stack, 'Other');
    one.watchAll(stack);
    expect(alarmsOf(stack).map((alarm) => alarm.AlarmDescription.split(':')[0])).toEqual(['S/Other']);
  });

  test('takes thresholds of one\'s own', () => {
    const stack = new Stack(appWith(), 'S');
    const one = new ServiceAlarms(stack, 'Alarms');
    const fn = (id: string) => new lambda.Function(stack, id, { runtime: lambda.Runtime.NODEJS_LATEST, handler: 'i.h', code: lambda.Code.fromInline('x') });
    one.watchFunction(fn('F'), { errorPercent: 2 });
    one.watchHttpApi(new apigatewayv2.HttpApi(stack, 'Api'), { errorPercent: 1 });
    one.watchLoadBalancer(new elbv2.ApplicationLoadBalancer(stack, 'B', { vpc: vpcOf(stack) }), { errorPercent: 3 });
    one.watchDatabaseCluster(rds.DatabaseCluster.fromDatabaseClusterAttributes(stack, 'D', { clusterIdentifier: 'orders' }), { cpuPercent: 70, freeStorage: storage, maxConnections: 200 });
    const made = alarmsOf(stack);
    expect(made.filter((item) => metricOf(item) === 'errors in percent').map(({ Threshold }) => Threshold).sort()).toEqual([2, 3]);
    expect(Object.fromEntries(made.map((item) => [metricOf(item), item.Threshold]))).toMatchObject({ '5xx': 0.01, 'CPUUtilization': 70, 'FreeStorageSpace': 20 * 2 ** 30, 'DatabaseConnections': 200 });
    // A rate, not a number: of the invocations.
    expect(made.flatMap(({ Metrics = [] }) => Metrics.map(({ Expression }: Properties) => Expression))).toContain('100 * errors / invocations');
  });

  test('counts errors of a load balancer that has no target left, of which it counts no request', () => {
    const stack = new Stack(appWith(), 'S');
    new ServiceAlarms(stack, 'Alarms').watchLoadBalancer(new elbv2.ApplicationLoadBalancer(stack, 'B', { vpc: vpcOf(stack) }));
    expect(alarmsOf(stack)[0].Metrics.map(({ Expression }: Properties) => Expression)).toContain('100 * (FILL(own, 0) + FILL(targets, 0)) / (FILL(requests, 0) + FILL(own, 0))');
  });

  test.each([
    ['storage that runs out', 'FreeStorageSpace', 'LessThanOrEqualToThreshold', 'notBreaching'],
    ['a load that lasts', 'CPUUtilization', 'GreaterThanOrEqualToThreshold', 'notBreaching'],
  ])('rings at %s', (_, name, ComparisonOperator, TreatMissingData) => {
    const stack = new Stack(appWith(), 'S');
    kinds['database instance'].watch(new ServiceAlarms(stack, 'Alarms'), stack);
    expect(alarmsOf(stack).find(({ MetricName }) => MetricName === name)).toMatchObject({ ComparisonOperator, TreatMissingData });
  });

  test('goes on ringing when a certificate has expired, of which ACM sends nothing any more', () => {
    const stack = new Stack(appWith(), 'S');
    kinds.certificate.watch(new ServiceAlarms(stack, 'Alarms'), stack);
    expect(alarmsOf(stack)[0]).toMatchObject({ TreatMissingData: 'ignore', ComparisonOperator: 'LessThanOrEqualToThreshold' });
  });

  test('watches an alias, not its function', () => {
    const stack = new Stack(appWith(), 'S');
    const fn = new lambda.Function(stack, 'F', { runtime: lambda.Runtime.NODEJS_LATEST, handler: 'i.h', code: lambda.Code.fromInline('x') });
    new ServiceAlarms(stack, 'Alarms').watchFunction(fn.addAlias('live'));
    expect(dimensions(alarmsOf(stack)[0])).toMatchObject({ Resource: { 'Fn::Join': ['', [expect.anything(), ':live']] } });
  });

  test.each([
    ['one of its own bus', (bus: events.EventBus) => bus, true],
    ['one of the default bus', () => undefined, false],
  ])('names the bus of a rule: %s', (_, busOf, named) => {
    const stack = new Stack(appWith(), 'S');
    new ServiceAlarms(stack, 'Alarms').watchRule(new events.Rule(stack, 'R', { eventBus: busOf(new events.EventBus(stack, 'Bus')), eventPattern: { source: ['x'] } }));
    expect(Object.keys(dimensions(alarmsOf(stack)[0]))).toEqual(named ? ['EventBusName', 'RuleName'] : ['RuleName']);
  });

  test.each<[string, Partial<elasticache.CfnReplicationGroupProps>, string[]]>([
    ['one node', {}, ['001']],
    ['nodes without shards', { numCacheClusters: 3 }, ['001', '002', '003']],
    ['one shard', { numNodeGroups: 1, replicasPerNodeGroup: 1 }, ['001', '002']],
    ['one shard of a cluster', { clusterMode: 'enabled', numNodeGroups: 1, replicasPerNodeGroup: 1 }, ['0001-001', '0001-002']],
    ['several shards', { numNodeGroups: 2, replicasPerNodeGroup: 1 }, ['0001-001', '0001-002', '0002-001', '0002-002']],
  ])('names the nodes of a cache: %s', (_, props, expected) => {
    const stack = new Stack(appWith(), 'S');
    new ServiceAlarms(stack, 'Alarms').watchCache(new elasticache.CfnReplicationGroup(stack, 'C', { replicationGroupDescription: 'c', ...props }), { memoryPercent: 80 });
    const nodes = alarmsOf(stack).map((one) => JSON.stringify(dimensions(one).CacheClusterId));
    expect([...new Set(nodes)]).toEqual(expected.map((node) => JSON.stringify({ 'Fn::Join': ['', [{ Ref: 'C' }, `-${node}`]] })));
  });

  describe('watching all', () => {
    const watchedIn = (stack: Stack, thresholds?: WatchAllOptions): string[] => {
      new ServiceAlarms(stack, 'Alarms').watchAll(stack, thresholds);
      return alarmsOf(stack).map(metricOf);
    };

    test.each<[string, WatchAllOptions, string, (stack: Stack) => void]>([
      ['queueMaxAge', { queueMaxAge: Duration.hours(1) }, 'ApproximateAgeOfOldestMessage', (stack) => new sqs.Queue(stack, 'X')],
      ['streamMaxIteratorAge', { streamMaxIteratorAge: Duration.hours(1) }, 'GetRecords.IteratorAgeMilliseconds', (stack) => new kinesis.Stream(stack, 'X')],
      ['searchFreeStorage', { searchFreeStorage: storage }, 'ClusterStatus.red', (stack) => new opensearch.Domain(stack, 'X', { version: opensearch.EngineVersion.OPENSEARCH_2_19 })],
      ['cacheMemoryPercent', { cacheMemoryPercent: 80 }, 'EngineCPUUtilization', (stack) => new elasticache.CfnReplicationGroup(stack, 'X', { replicationGroupDescription: 'x' })],
      ['databaseFreeStorage', { databaseFreeStorage: storage }, 'FreeStorageSpace', (stack) => new rds.CfnDBInstance(stack, 'X', { engine: 'postgres' })],
    ])('warns of what needs %s, and watches it once it is given', (property, thresholds, metric, make) => {
      const stack = new Stack(appWith(), 'S');
      make(stack);
      expect(watchedIn(stack)).not.toContain(metric);
      Annotations.fromStack(stack).hasWarning('/S/Alarms', Match.stringLikeRegexp(`S/X(/Resource)? is not watched, for want of a threshold: give ${property}`));
      const other = new Stack(appWith(), 'S');
      make(other);
      expect(watchedIn(other, thresholds)).toContain(metric);
      Annotations.fromStack(other).hasNoWarning('*', Match.anyValue());
    });

    test('leaves what is watched already', () => {
      const stack = new Stack(appWith(), 'S');
      const one = new ServiceAlarms(stack, 'Alarms');
      one.watchQueue(new sqs.Queue(stack, 'Q'), { maxAge: Duration.minutes(1) });
      one.watchAll(stack, { queueMaxAge: Duration.hours(1) });
      one.watchAll(stack, { queueMaxAge: Duration.hours(1) });
      expect(alarmsOf(stack).filter(({ MetricName }) => MetricName === 'ApproximateAgeOfOldestMessage').map(({ Threshold }) => Threshold)).toEqual([60]);
    });

    test('leaves a SecureDeadLetterQueue, which has an alarm', () => {
      const stack = new Stack(appWith(), 'S');
      new SecureQueue(stack, 'Q');
      new SecureDeadLetterQueue(stack, 'D');
      const waiting = watchedIn(stack, { queueMaxAge: Duration.hours(1) });
      expect(waiting.filter((name) => name === 'ApproximateNumberOfMessagesVisible')).toHaveLength(2);
      expect(waiting.filter((name) => name === 'ApproximateAgeOfOldestMessage')).toHaveLength(1);
    });

    test('knows a queue for dead letters by the queue that has it', () => {
      const stack = new Stack(appWith(), 'S');
      new sqs.Queue(stack, 'Q', { deadLetterQueue: { maxReceiveCount: 3, queue: new sqs.Queue(stack, 'Failed') } });
      expect(watchedIn(stack, { queueMaxAge: Duration.hours(1) }).sort()).toEqual(['ApproximateAgeOfOldestMessage', 'ApproximateNumberOfMessagesVisible']);
    });

    test.each<[string, (stack: Stack) => void]>([
      ['instances of a cluster, which is', (stack) => new rds.CfnDBInstance(stack, 'X', { engine: 'aurora-postgresql', dbClusterIdentifier: 'orders' })],
      ['target groups without a load balancer', (stack) => new elbv2.ApplicationTargetGroup(stack, 'X', { vpc: vpcOf(stack), port: 443, targetType: elbv2.TargetType.IP })],
      ['target groups of no L2', (stack) => new elbv2.CfnTargetGroup(stack, 'X')],
      ['gateway load balancers', (stack) => new elbv2.CfnLoadBalancer(stack, 'X', { type: 'gateway' })],
      ['WebSocket APIs', (stack) => new apigatewayv2.CfnApi(stack, 'X', { protocolType: 'WEBSOCKET', name: 'x' })],
      ['REST APIs whose name stands in their definition', (stack) => new apigateway.CfnRestApi(stack, 'X', { body: {} })],
      ['rules without targets', (stack) => new events.CfnRule(stack, 'X', { eventPattern: { source: ['x'] } })],
      ['what has no alarms here', (stack) => new ecs.CfnCluster(stack, 'X')],
    ])('leaves %s', (_, make) => {
      const stack = new Stack(appWith(), 'S');
      make(stack);
      expect(watchedIn(stack)).toEqual([]);
      Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
    });

    test('leaves other stages and regions to alarms there, and reaches other stacks of its own', () => {
      const app = appWith();
      const stack = new Stack(app, 'S', CONCRETE);
      const others = [new Stack(app, 'There', { env: { ...CONCRETE.env, region: 'us-east-1' } }), new Stack(new Stage(app, 'Prod'), 'S', CONCRETE), new Stack(app, 'Next', CONCRETE)];
      for (const other of others) new sns.Topic(other, 'X');
      new ServiceAlarms(stack, 'Alarms').watchAll(app);
      expect(alarmsOf(stack).map(({ AlarmDescription }) => AlarmDescription.split(':')[0]).sort()).toEqual(['Next/X']);
    });
  });

  describe('refuses', () => {
    const elsewhere = (stack: Stack): Stack => new Stack(stack.node.root as never, 'Elsewhere', { env: { ...CONCRETE.env, region: 'us-east-1' } });
    test.each<[string, (stack: Stack) => void, string]>([
      ['a topic of another region', (stack) => new ServiceAlarms(stack, 'X', { topic: new sns.Topic(elsewhere(stack), 'T') }), 'alarms tell topics of their own region, and Elsewhere/T is in us-east-1'],
      ['a resource of another region', (stack) => new ServiceAlarms(stack, 'X').watchTopic(new sns.Topic(elsewhere(stack), 'T')), 'alarms watch metrics of their own region, and Elsewhere/T is in us-east-1'],
      ['to watch twice', (stack) => {
        const [one, topic] = [new ServiceAlarms(stack, 'X'), new sns.Topic(stack, 'T')];
        one.watchTopic(topic);
        one.watchTopic(topic);
      }, 'S/T is watched already'],
      ['a threshold that always rings', (stack) => new ServiceAlarms(stack, 'X').watchHttpApi(new apigatewayv2.HttpApi(stack, 'A'), { errorPercent: 0 }), 'the threshold of S/A is a positive number, got 0'],
      ['a threshold that is no number', (stack) => new ServiceAlarms(stack, 'X').watchCache(new elasticache.CfnReplicationGroup(stack, 'C', { replicationGroupDescription: 'c' }), { memoryPercent: NaN }), 'the threshold of S/C is a positive number, got NaN'],
    ])('%s', (_, make, says) => {
      expect(() => make(new Stack(appWith(), 'S', CONCRETE))).toThrow(`ServiceAlarms at S/X: ${says}`);
    });
  });

  test('lets its alarms into a topic of another kind', () => {
    const stack = new Stack(appWith(), 'S');
    new ServiceAlarms(stack, 'X', { topic: new SecureTopic(stack, 'T', { publishers: [] }) });
    for (const type of ['AWS::SNS::TopicPolicy', 'AWS::KMS::Key']) expect(JSON.stringify(Template.fromStack(stack).findResources(type))).toContain('cloudwatch.amazonaws.com');
  });
});
