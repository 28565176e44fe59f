import { join } from 'node:path';
import { App, CfnResource, Duration, Stack, Tags } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { AttributeType, BillingMode, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { CfnSecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Code, Function, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnDBInstance } from 'aws-cdk-lib/aws-rds';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

/** CloudFormation admits 500 resources in a stack. */
const STACK_SIZE = 500;
const MOST_OF_A_SERVICE = 25;

/**
 * An app of the given number of resources, made with L2 constructs as real apps are: the usual mix of a business application, a third of it
 * set up carelessly.
 */
export function benchApp(resources: number, directory: string): App {
  // As the command line of CDK sets it: findings are written to the report and do not throw.
  const app = new App({
    outdir: join(directory, 'cdk.out'), analyticsReporting: false, context: { '@aws-cdk/core:failSynthOnValidationErrors': false, 'aws:cdk:enable-path-metadata': true },
  });
  for (let made = 0, n = 0, group = 0; made < resources; n++) {
    const stack = new Stack(app, `Stack${n}`, { env: { account: '111111111111', region: 'eu-west-1' } });
    Tags.of(stack).add('team', 'payments');
    const room = Math.min(STACK_SIZE, resources - made);
    // Services as long as one more fits, then log groups up to the very number.
    let here = 0;
    for (; here + MOST_OF_A_SERVICE <= room; group++) {
      new Service(stack, `Service${group}`, group % 3 !== 0);
      here = countResources(stack);
    }
    for (; here < room; here++) new LogGroup(stack, `Log${here}`, { retention: RetentionDays.ONE_YEAR });
    made += here;
  }
  return app;
}

/** The number of resources in an app's templates. */
function countResources(scope: Construct): number {
  return scope.node.findAll().filter((construct) => CfnResource.isCfnResource(construct)).length;
}

/** One service of the application: about twenty resources that refer to one another. */
class Service extends Construct {
  constructor(scope: Construct, id: string, careful: boolean) {
    super(scope, id);
    const key = new Key(this, 'Key', { enableKeyRotation: careful });
    const encrypted = careful ? { encryption: QueueEncryption.KMS, encryptionMasterKey: key, enforceSSL: true } : {};
    const bucket = new Bucket(this, 'Bucket', careful
      ? { encryption: BucketEncryption.KMS, encryptionKey: key, enforceSSL: true, versioned: true, blockPublicAccess: BlockPublicAccess.BLOCK_ALL } : {});
    const dead = new Queue(this, 'Dead', { ...encrypted, retentionPeriod: Duration.days(14) });
    const queue = new Queue(this, 'Queue', { ...encrypted, deadLetterQueue: { queue: dead, maxReceiveCount: 3 } });
    const table = new Table(this, 'Table', {
      partitionKey: { name: 'id', type: AttributeType.STRING }, billingMode: BillingMode.PAY_PER_REQUEST,
      ...careful && { encryption: TableEncryption.CUSTOMER_MANAGED, encryptionKey: key, pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true } },
    });
    const secret = new Secret(this, 'Secret', careful ? { encryptionKey: key } : {});
    const topic = new Topic(this, 'Topic', careful ? { masterKey: key, enforceSSL: true } : {});
    for (const name of ['Intake', 'Worker']) {
      const handler = new Function(this, name, {
        runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline('exports.handler = async () => 1'), tracing: careful ? Tracing.ACTIVE : undefined,
        logGroup: new LogGroup(this, `${name}Log`, careful ? { retention: RetentionDays.ONE_YEAR } : {}),
        environment: { TABLE: table.tableName, QUEUE: queue.queueUrl, BUCKET: bucket.bucketName },
      });
      table.grantReadWriteData(handler);
      queue.grantSendMessages(handler);
      bucket.grantReadWrite(handler);
      secret.grantRead(handler);
      new Alarm(this, `${name}Errors`, {
        metric: handler.metricErrors(), threshold: 1, evaluationPeriods: 1, comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      }).addAlarmAction(new SnsAction(topic));
    }
    const group = new CfnSecurityGroup(this, 'Group', {
      groupDescription: 'database', vpcId: 'vpc-12345678',
      securityGroupIngress: [{ ipProtocol: 'tcp', fromPort: 5432, toPort: 5432, cidrIp: careful ? '10.0.0.0/16' : '0.0.0.0/0', description: 'workers' }],
    });
    new CfnDBInstance(this, 'Database', {
      engine: 'postgres', dbInstanceClass: 'db.t4g.medium', allocatedStorage: '100', storageEncrypted: careful, kmsKeyId: careful ? key.keyArn : undefined, multiAz: careful,
      backupRetentionPeriod: careful ? 35 : 1, deletionProtection: careful, publiclyAccessible: false, manageMasterUserPassword: true, masterUsername: 'app',
      vpcSecurityGroups: [group.attrGroupId],
    });
  }
}
