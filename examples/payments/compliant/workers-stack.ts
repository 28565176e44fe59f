import { Duration, NestedStack } from 'aws-cdk-lib';
import { Port } from 'aws-cdk-lib/aws-ec2';
import { Code, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import { DataStack } from './data-stack';
import { OptOut, SecureFunction, SecureQueue } from 'cdk-soc2';

export interface WorkersStackProps {
  readonly data: DataStack;
  readonly queue: SecureQueue;
}

/** Books payments: reads the queue, writes the table, the ledger and the statements. */
export class WorkersStack extends NestedStack {
  constructor(scope: Construct, id: string, { data, queue }: WorkersStackProps) {
    super(scope, id);
    const worker = new SecureFunction(this, 'Worker', {
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: Code.fromInline('exports.handler = async () => ({ batchItemFailures: [] });'),
      timeout: Duration.seconds(30),
      environment: { TABLE_NAME: data.payments.tableName, BUCKET_NAME: data.statements.bucketName, LEDGER_HOST: data.ledger.dbInstanceEndpointAddress },
      vpc: data.vpc,
      allowAllOutbound: false,
      deadLetterQueueEnabled: false,
      optOuts: [OptOut.of('Lambda.DeadLetterQueue', { reason: 'the queue that it reads keeps what it could not book' })],
    });
    worker.addEventSource(new SqsEventSource(queue, { reportBatchItemFailures: true }));
    data.payments.grantReadWriteData(worker);
    data.statements.grantPut(worker);
    // It signs in with its role: there is no password to keep.
    data.ledger.grantConnect(worker, 'worker');
    worker.connections.allowToDefaultPort(data.ledger, 'the ledger');
    worker.connections.allowToAnyIpv4(Port.HTTPS, 'the table and the bucket, by the endpoints of the network');
  }
}
