import { ArnFormat, Duration, Stack, StackProps } from 'aws-cdk-lib';
import { BackupResource } from 'aws-cdk-lib/aws-backup';
import { IVpc, Port } from 'aws-cdk-lib/aws-ec2';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { SfnStateMachine, SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { DefinitionBody, Fail } from 'aws-cdk-lib/aws-stepfunctions';
import { CallAwsService } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct } from 'constructs';
import { AlarmTopic, RecoveryPlan, SecureDeadLetterQueue, SecureStateMachine, SecureWarehouse } from 'cdk-soc2';

export interface AnalyticsStackProps extends StackProps {
  readonly vpc: IVpc;
  readonly lake: IBucket;
}

/** The warehouse, which takes in each night what came to the lake. */
export class AnalyticsStack extends Stack {
  readonly warehouse: SecureWarehouse;

  constructor(scope: Construct, id: string, { vpc, lake, ...props }: AnalyticsStackProps) {
    super(scope, id, props);
    const reader = new Role(this, 'LakeReader', { assumedBy: new ServicePrincipal('redshift.amazonaws.com') });
    lake.grantRead(reader, 'events/*');
    this.warehouse = new SecureWarehouse(this, 'Warehouse', { vpc, nodeType: 'ra3.large', databaseName: 'platform', roles: [reader], backup: false });
    // Its subnets have no route out, but for the endpoint of S3.
    this.warehouse.connections.allowToAnyIpv4(Port.HTTPS, 'COPY from the lake');

    const { ref: cluster } = this.warehouse.cluster;
    const clusterArn = this.formatArn({ service: 'redshift', resource: 'cluster', resourceName: cluster, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
    // A plan of its own: AWS Backup copies no warehouse to another region. There, the copy of the lake fills a new one.
    new RecoveryPlan(this, 'Plan', { selectByTag: false, resources: [BackupResource.fromArn(clusterArn)], notificationTopic: AlarmTopic.shared(this) });

    const load = new CallAwsService(this, 'Load', {
      service: 'redshiftdata',
      action: 'executeStatement',
      iamAction: 'redshift-data:ExecuteStatement',
      iamResources: [clusterArn],
      // A procedure of the warehouse copies what it has not taken in yet.
      parameters: { ClusterIdentifier: cluster, Database: 'platform', WithEvent: true, Sql: `CALL take_in('s3://${lake.bucketName}/events/', '${reader.roleArn}')` },
    });
    load.addRetry({ maxAttempts: 3 });
    load.addCatch(new Fail(this, 'NotLoaded'));
    const nightly = new SecureStateMachine(this, 'Nightly', { definitionBody: DefinitionBody.fromChainable(load), timeout: Duration.hours(1) });
    this.warehouse.grantConnect(nightly);

    const deadLetterQueue = new SecureDeadLetterQueue(this, 'Undelivered');
    new Rule(this, 'EachNight', {
      schedule: Schedule.cron({ hour: '2', minute: '0' }),
      targets: [new SfnStateMachine(nightly, { deadLetterQueue })],
    });
    // The state machine has ended long before the procedure has.
    new Rule(this, 'LoadFailed', {
      eventPattern: { source: ['aws.redshift-data'], detailType: ['Redshift Data Statement Status Change'], detail: { state: ['FAILED', 'ABORTED'] } },
      targets: [new SnsTopic(AlarmTopic.shared(this), { deadLetterQueue })],
    });
  }
}
