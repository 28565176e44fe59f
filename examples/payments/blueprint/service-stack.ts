import { NestedStack, Stack } from 'aws-cdk-lib';
import { LambdaIntegration, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { DataStack } from './data-stack';

export interface ServiceStackProps {
  readonly data: DataStack;
}

export class ServiceStack extends Stack {
  constructor(scope: Construct, id: string, { data }: ServiceStackProps) {
    super(scope, id);
    const queue = new Queue(this, 'Payments');
    const intake = paymentFunction(this, 'Intake', { QUEUE_URL: queue.queueUrl });
    queue.grantSendMessages(intake);
    const api = new RestApi(this, 'Api');
    api.root.addResource('payments').addMethod('POST', new LambdaIntegration(intake));
    new WorkersStack(this, 'Workers', data, queue);
  }
}

class WorkersStack extends NestedStack {
  constructor(scope: Construct, id: string, data: DataStack, queue: Queue) {
    super(scope, id);
    const worker = paymentFunction(this, 'Worker', { TABLE_NAME: data.payments.tableName, BUCKET_NAME: data.statements.bucketName });
    worker.addEventSource(new SqsEventSource(queue));
    data.payments.grantReadWriteData(worker);
    data.statements.grantReadWrite(worker);
  }
}

function paymentFunction(scope: Construct, id: string, environment: Record<string, string>): Function {
  return new Function(scope, id, {
    runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: Code.fromInline('exports.handler = async () => ({ statusCode: 202 });'), environment,
  });
}
