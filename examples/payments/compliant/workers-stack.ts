import { NestedStack } from 'aws-cdk-lib';
import { Port, SubnetType } from 'aws-cdk-lib/aws-ec2';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { ITopic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { DataStack } from './data-stack';
import { paymentFunction } from './payment-function';

export interface WorkersStackProps {
  readonly data: DataStack;
  readonly key: IKey;
  readonly queue: Queue;
  readonly alarms: ITopic;
}

/** Books payments: reads the queue, writes the table, the ledger and the statements. */
export class WorkersStack extends NestedStack {
  constructor(scope: Construct, id: string, { data, key, queue, alarms }: WorkersStackProps) {
    super(scope, id);
    const worker = paymentFunction(this, 'Worker', {
      key, alarms, vpc: data.vpc, vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED }, allowAllOutbound: false,
      environment: { TABLE_NAME: data.payments.tableName, BUCKET_NAME: data.statements.bucketName },
    });
    worker.addEventSource(new SqsEventSource(queue, { reportBatchItemFailures: true }));
    data.payments.grantReadWriteData(worker);
    data.statements.grantPut(worker);
    worker.connections.allowTo(data.ledger, Port.tcp(5432), 'the ledger');
  }
}
