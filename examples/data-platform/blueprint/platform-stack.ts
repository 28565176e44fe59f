import { Duration, Stack, StackProps, Validations } from 'aws-cdk-lib';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Port, Vpc } from 'aws-cdk-lib/aws-ec2';
import { FileSystem } from 'aws-cdk-lib/aws-efs';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { SfnStateMachine } from 'aws-cdk-lib/aws-events-targets';
import { Stream } from 'aws-cdk-lib/aws-kinesis';
import { DeliveryStream, KinesisStreamSource, LambdaFunctionProcessor, S3Bucket } from 'aws-cdk-lib/aws-kinesisfirehose';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Domain, EngineVersion } from 'aws-cdk-lib/aws-opensearchservice';
import { AuroraPostgresEngineVersion, ClusterInstance, DatabaseCluster, DatabaseClusterEngine } from 'aws-cdk-lib/aws-rds';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct } from 'constructs';

/** The platform in plain L2 constructs: nothing in this file is of cdk-soc2. */
export class PlatformStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    const vpc = new Vpc(this, 'Vpc');

    const token = new Secret(this, 'GeocoderToken');
    // Who rotates a secret, and how, only those know who use it.
    Validations.of(token).acknowledge({ id: 'SOC2::SecretsManager.Rotation', reason: 'the provider of the geocoder hands it out, and a new one each quarter' });
    const transform = new Function(this, 'Transform', {
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: Code.fromInline('exports.handler = async ({ records }) => ({ records: records.map(({ recordId, data }) => ({ recordId, data, result: "Ok" })) });'),
      timeout: Duration.minutes(1),
      environment: { TOKEN_ARN: token.secretArn },
    });
    token.grantRead(transform);
    new DeliveryStream(this, 'ToLake', {
      source: new KinesisStreamSource(new Stream(this, 'Events')),
      destination: new S3Bucket(new Bucket(this, 'Lake'), { processors: [new LambdaFunctionProcessor(transform)] }),
    });

    const catalogue = new DatabaseCluster(this, 'Catalogue', {
      vpc,
      engine: DatabaseClusterEngine.auroraPostgres({ version: AuroraPostgresEngineVersion.VER_17_5 }),
      writer: ClusterInstance.serverlessV2('Writer'),
      // The blueprint leaves the password of a cluster alone: one that is deployed would get another.
      manageMasterUserPassword: true,
    });
    const search = new Domain(this, 'Search', { vpc, version: EngineVersion.OPENSEARCH_2_19 });
    const models = new FileSystem(this, 'Models', { vpc });
    const publisher = new Function(this, 'Publisher', {
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: Code.fromInline('exports.handler = async () => ({ batchItemFailures: [] });'),
      vpc,
      environment: { SEARCH: search.domainEndpoint, CATALOGUE: catalogue.clusterEndpoint.hostname },
    });
    publisher.addEventSource(new SqsEventSource(new Queue(this, 'Changes'), { reportBatchItemFailures: true }));
    for (const store of [catalogue, models]) store.connections.allowDefaultPortFrom(publisher);
    search.connections.allowFrom(publisher, Port.HTTPS);
    search.grantReadWrite(publisher);
    models.grantRootAccess(publisher);

    const nightly = new StateMachine(this, 'Nightly', { definitionBody: DefinitionBody.fromChainable(new LambdaInvoke(this, 'Summarize', { lambdaFunction: publisher })) });
    new Rule(this, 'EachNight', { schedule: Schedule.cron({ hour: '2', minute: '0' }), targets: [new SfnStateMachine(nightly)] });
    const onCall = new Topic(this, 'OnCall');
    onCall.addSubscription(new EmailSubscription('data-on-call@example.com'));
    nightly.metricFailed().createAlarm(this, 'NotSummarized', { threshold: 1, evaluationPeriods: 1 }).addAlarmAction(new SnsAction(onCall));
  }

  /** Named here, so that no lookup in the account is needed. */
  get availabilityZones(): string[] {
    return ['a', 'b', 'c'].map((zone) => `${this.region}${zone}`);
  }
}
