import { Duration, Stack } from 'aws-cdk-lib';
import { LambdaIntegration } from 'aws-cdk-lib/aws-apigateway';
import { Code, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { DataStack } from './data-stack';
import { WorkersStack } from './workers-stack';
import { OptOut, SecureFunction, SecureQueue, SecureRestApi, ServiceAlarms } from 'cdk-soc2';

export interface ServiceStackProps {
  readonly data: DataStack;
}

/** The API takes payments and puts them into a queue; workers in a nested stack book them. */
export class ServiceStack extends Stack {
  constructor(scope: Construct, id: string, { data }: ServiceStackProps) {
    super(scope, id);
    const queue = new SecureQueue(this, 'Payments', { visibilityTimeout: Duration.minutes(3) });
    const intake = new SecureFunction(this, 'Intake', {
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: Code.fromInline('exports.handler = async () => ({ statusCode: 202 });'),
      environment: { QUEUE_URL: queue.queueUrl },
      deadLetterQueueEnabled: false,
      optOuts: [OptOut.of('Lambda.DeadLetterQueue', { reason: 'the API waits for the answer, and its caller sees the error' })],
    });
    queue.grantSendMessages(intake);
    // Callers sign their requests with IAM credentials; a web firewall stands in front.
    const api = new SecureRestApi(this, 'Api', { deployOptions: { throttlingRateLimit: 100, throttlingBurstLimit: 200 } });
    api.root.addResource('payments').addMethod('POST', new LambdaIntegration(intake));
    new WorkersStack(this, 'Workers', { data, queue });
    // Nested stacks included.
    new ServiceAlarms(this, 'Watch').watchAll(this, { queueMaxAge: Duration.minutes(15) });
  }
}
