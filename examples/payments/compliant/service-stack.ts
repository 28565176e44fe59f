import { Stack } from 'aws-cdk-lib';
import { AccessLogFormat, AuthorizationType, LambdaIntegration, LogGroupLogDestination, MethodLoggingLevel, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { ITopic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { DataStack } from './data-stack';
import { Firewall } from './firewall';
import { paymentFunction } from './payment-function';
import { paymentQueue } from './payment-queue';
import { WorkersStack } from './workers-stack';
import { EncryptionKey, SecureLogGroup } from 'cdk-soc2';

export interface ServiceStackProps {
  readonly data: DataStack;
  readonly alarms: ITopic;
}

/** The API takes payments and puts them into a queue; workers in a nested stack book them. */
export class ServiceStack extends Stack {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, { data, alarms }: ServiceStackProps) {
    super(scope, id);
    const key = new EncryptionKey(this, 'Key', { description: 'payments in flight' });
    this.queue = paymentQueue(this, 'Payments', { key, alarms });
    const intake = paymentFunction(this, 'Intake', { key, alarms, environment: { QUEUE_URL: this.queue.queueUrl } });
    this.queue.grantSendMessages(intake);
    const api = new RestApi(this, 'Api', {
      deployOptions: {
        accessLogDestination: new LogGroupLogDestination(new SecureLogGroup(this, 'AccessLog')),
        accessLogFormat: AccessLogFormat.jsonWithStandardFields(),
        loggingLevel: MethodLoggingLevel.ERROR,
        metricsEnabled: true,
        tracingEnabled: true,
        throttlingRateLimit: 100,
        throttlingBurstLimit: 200,
      },
      defaultMethodOptions: { authorizationType: AuthorizationType.IAM },
    });
    api.root.addResource('payments').addMethod('POST', new LambdaIntegration(intake), {
      requestValidatorOptions: { validateRequestBody: true, validateRequestParameters: true },
    });
    new Firewall(this, 'Firewall', api.deploymentStage);
    new WorkersStack(this, 'Workers', { data, key, queue: this.queue, alarms });
  }
}
