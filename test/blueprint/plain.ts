import { Duration, SecretValue, Size } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import * as cloudtrail from 'aws-cdk-lib/aws-cloudtrail';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as codebuild from 'aws-cdk-lib/aws-codebuild';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as elb from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { SqsDestination } from 'aws-cdk-lib/aws-s3-notifications';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';

/** Plain L2s as teams write them, by what they are about. Each makes what it needs. */
export const PLAIN: Readonly<Record<string, (scope: Construct) => void>> = {
  storage: (scope) => {
    const logBucket = new s3.Bucket(scope, 'Logs');
    const bucket = new s3.Bucket(scope, 'Data', { serverAccessLogsBucket: logBucket });
    bucket.addEventNotification(s3.EventType.OBJECT_CREATED, new SqsDestination(new sqs.Queue(scope, 'Created')));
    new kms.Key(scope, 'Key');
    new kms.Key(scope, 'Signing', { keySpec: kms.KeySpec.RSA_2048, keyUsage: kms.KeyUsage.SIGN_VERIFY });
    new secretsmanager.Secret(scope, 'Secret');
    new ecr.Repository(scope, 'Repository');
  },
  tables: (scope) => {
    const partitionKey = { name: 'id', type: dynamodb.AttributeType.STRING };
    new dynamodb.Table(scope, 'Table', { partitionKey });
    new dynamodb.TableV2(scope, 'TableV2', { partitionKey });
  },
  messaging: (scope) => {
    const queue = new sqs.Queue(scope, 'Queue');
    const topic = new sns.Topic(scope, 'Topic');
    new cloudwatch.Alarm(scope, 'Alarm', { metric: queue.metricApproximateAgeOfOldestMessage(), threshold: 60, evaluationPeriods: 1 }).addAlarmAction(new SnsAction(topic));
    new events.Rule(scope, 'ToQueue', { schedule: events.Schedule.rate(Duration.days(1)), targets: [new targets.SqsQueue(queue)] });
    new events.Rule(scope, 'ToTopic', { schedule: events.Schedule.rate(Duration.days(1)), targets: [new targets.SnsTopic(topic)] });
    new events.EventBus(scope, 'Bus');
    new kinesis.Stream(scope, 'Stream');
  },
  subscriptions: (scope) => {
    new sns.Topic(scope, 'Topic').addSubscription(new SqsSubscription(new sqs.Queue(scope, 'Queue')));
  },
  trail: (scope) => {
    new cloudtrail.Trail(scope, 'Trail', { sendToCloudWatchLogs: true });
  },
  functions: (scope) => {
    const code = lambda.Code.fromInline('exports.handler = async () => 1;');
    const fn = new lambda.Function(scope, 'Function', { runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code, environment: { A: 'b' } });
    fn.addEventSource(new SqsEventSource(new sqs.Queue(scope, 'Jobs')));
    new events.Rule(scope, 'ToFunction', { schedule: events.Schedule.rate(Duration.days(1)), targets: [new targets.LambdaFunction(fn)] });
    new sfn.StateMachine(scope, 'Machine', { definitionBody: sfn.DefinitionBody.fromChainable(new sfn.Pass(scope, 'Pass')) });
    new apigateway.LambdaRestApi(scope, 'Rest', { handler: fn });
    new apigatewayv2.HttpApi(scope, 'Http', { defaultIntegration: new HttpLambdaIntegration('Integration', fn) });
    new logs.LogGroup(scope, 'Group');
  },
  delivery: (scope) => {
    new firehose.DeliveryStream(scope, 'Delivery', { destination: new firehose.S3Bucket(new s3.Bucket(scope, 'Delivered')) });
    new cloudfront.Distribution(scope, 'Site', {
      defaultBehavior: { origin: S3BucketOrigin.withOriginAccessControl(new s3.Bucket(scope, 'SiteContent')) },
      domainNames: ['example.com'],
      certificate: acm.Certificate.fromCertificateArn(scope, 'Certificate', 'arn:aws:acm:us-east-1:111111111111:certificate/12345678-1234-1234-1234-123456789012'),
    });
    new codebuild.Project(scope, 'Build', { buildSpec: codebuild.BuildSpec.fromObject({ version: '0.2' }) });
  },
  identity: (scope) => {
    new cognito.UserPool(scope, 'Users').addClient('Client');
  },
  network: (scope) => {
    const vpc = new ec2.Vpc(scope, 'Vpc');
    const machine = { instanceType: ec2.InstanceType.of(ec2.InstanceClass.T3, ec2.InstanceSize.SMALL), machineImage: ec2.MachineImage.latestAmazonLinux2023() };
    new ec2.Instance(scope, 'Instance', { vpc, ...machine });
    new autoscaling.AutoScalingGroup(scope, 'Group', { vpc, ...machine });
    new ec2.Volume(scope, 'Volume', { availabilityZone: 'eu-west-1a', size: Size.gibibytes(8) });
    new efs.FileSystem(scope, 'Files', { vpc });
    const cluster = new ecs.Cluster(scope, 'Cluster', { vpc });
    const taskDefinition = new ecs.FargateTaskDefinition(scope, 'Task');
    taskDefinition.addContainer('app', { image: ecs.ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:1.27'), portMappings: [{ containerPort: 80 }] });
    const service = new ecs.FargateService(scope, 'Service', { cluster, taskDefinition });
    const balancer = new elb.ApplicationLoadBalancer(scope, 'Balancer', { vpc, internetFacing: true });
    balancer.addListener('Http', { port: 80 }).addTargets('Service', { port: 80, targets: [service] });
    new elb.NetworkLoadBalancer(scope, 'Network', { vpc });
  },
  databases: (scope) => {
    const vpc = new ec2.Vpc(scope, 'Vpc', { subnetConfiguration: [{ name: 'isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
      { name: 'public', subnetType: ec2.SubnetType.PUBLIC }, { name: 'private', subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS }] });
    new rds.DatabaseInstance(scope, 'Database', { vpc, engine: rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_17 }) });
    new rds.DatabaseCluster(scope, 'Aurora', {
      vpc, engine: rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_16_6 }), writer: rds.ClusterInstance.serverlessV2('Writer'),
    });
    new opensearch.Domain(scope, 'Search', { version: opensearch.EngineVersion.OPENSEARCH_2_19, vpc });
    new secretsmanager.Secret(scope, 'Token', { secretStringValue: SecretValue.unsafePlainText('x') });
  },
};
