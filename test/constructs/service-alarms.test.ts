import { Duration, Stack, Stage } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as events from 'aws-cdk-lib/aws-events';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { appWith, CONCRETE, describeConstruct, modelOf, optionalOf } from './harness';
import { kinds, storage, vpcOf } from './watched-kinds';
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

  // What CloudFormation refers to a rule by is <bus>|<rule>, but on the default bus.
  test.each<[string, Partial<events.CfnRuleProps>, unknown]>([
    ['on the default bus', {}, { Ref: 'R' }],
    ['on the default bus by its name', { eventBusName: 'default' }, { Ref: 'R' }],
    ['on another bus', { eventBusName: 'orders' }, { 'Fn::Select': [1, { 'Fn::Split': ['|', { Ref: 'R' }] }] }],
  ])('names a rule as its metrics do: %s', (_, props, expected) => {
    const stack = new Stack(appWith(), 'S');
    new events.CfnRule(stack, 'R', { ...props, eventPattern: { source: ['x'] }, targets: [{ id: 'T', arn: 'arn:aws:sqs:eu-west-1:111111111111:q' }] });
    new ServiceAlarms(stack, 'Alarms').watchAll(stack);
    expect(dimensions(alarmsOf(stack)[0]).RuleName).toEqual(expected);
  });

  const S3 = { bucketArn: 'arn:aws:s3:::b', roleArn: 'arn:aws:iam::111111111111:role/r' };
  test.each<[string, Partial<firehose.CfnDeliveryStreamProps>, string | undefined]>([
    ['S3', { s3DestinationConfiguration: S3 }, 'DeliveryToS3.DataFreshness'],
    ['OpenSearch', { amazonopensearchserviceDestinationConfiguration: { indexName: 'i', roleArn: S3.roleArn, s3Configuration: S3 } }, 'DeliveryToAmazonOpenSearchService.DataFreshness'],
    ['OpenSearch Serverless', { amazonOpenSearchServerlessDestinationConfiguration: { indexName: 'i', roleArn: S3.roleArn, s3Configuration: S3 } }, 'DeliveryToAmazonOpenSearchServerless.DataFreshness'],
    ['an endpoint', { httpEndpointDestinationConfiguration: { endpointConfiguration: { url: 'https://example.com' }, s3Configuration: S3 } }, 'DeliveryToHttpEndpoint.DataFreshness'],
    ['Redshift, by way of S3', { redshiftDestinationConfiguration: { clusterJdbcurl: 'j', copyCommand: { dataTableName: 't' }, roleArn: S3.roleArn, s3Configuration: S3 } }, 'DeliveryToS3.DataFreshness'],
    ['where no such metric is known', { elasticsearchDestinationConfiguration: { indexName: 'i', roleArn: S3.roleArn, s3Configuration: S3 } }, undefined],
  ])('watches a delivery stream by the metric of its destination: %s', (_, props, expected) => {
    const stack = new Stack(appWith(), 'S');
    new firehose.CfnDeliveryStream(stack, 'X', props);
    new ServiceAlarms(stack, 'Alarms').watchAll(stack);
    expect(alarmsOf(stack).map(metricOf).filter((name) => name !== 'ThrottledRecords')).toEqual(expected === undefined ? [] : [expected]);
  });

  test('takes it of an imported delivery stream that it delivers to S3', () => {
    const stack = new Stack(appWith(), 'S');
    new ServiceAlarms(stack, 'Alarms').watchDeliveryStream(firehose.DeliveryStream.fromDeliveryStreamName(stack, 'X', 'orders'), { maxAge: Duration.minutes(20) });
    expect(alarmsOf(stack)[0]).toMatchObject({ MetricName: 'DeliveryToS3.DataFreshness', Threshold: 1200, Dimensions: [{ Name: 'DeliveryStreamName', Value: 'orders' }] });
  });

  test('watches distributions in us-east-1, where CloudFront tells of them, and nowhere else', () => {
    const inRegion = (region: string): string[] => {
      const stack = new Stack(appWith(), 'S', { env: { ...CONCRETE.env, region } });
      new cloudfront.Distribution(stack, 'X', { defaultBehavior: { origin: new HttpOrigin('example.com') } });
      new ServiceAlarms(stack, 'Alarms').watchAll(stack);
      return alarmsOf(stack).map(({ Namespace, Dimensions }) => `${Namespace} ${Dimensions.map(({ Name }: Properties) => Name)}`);
    };
    expect(inRegion('us-east-1')).toEqual(['AWS/CloudFront DistributionId,Region']);
    expect(inRegion('eu-west-1')).toEqual([]);
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

    test('takes a queue that may have no dead letters for what it is', () => {
      const stack = new Stack(appWith(), 'S');
      new sqs.Queue(stack, 'Q', { redriveAllowPolicy: { redrivePermission: sqs.RedrivePermission.DENY_ALL } });
      expect(watchedIn(stack, { queueMaxAge: Duration.hours(1) })).toEqual(['ApproximateAgeOfOldestMessage']);
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
      ['a distribution outside of us-east-1', (stack) => new ServiceAlarms(stack, 'X').watchDistribution(new cloudfront.Distribution(stack, 'D', { defaultBehavior: { origin: new HttpOrigin('example.com') } })),
        'CloudFront tells of S/D in us-east-1 only, and the alarms are in eu-west-1; make ServiceAlarms there'],
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
