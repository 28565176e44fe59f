import { Resource } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import { mayName } from './own-stack';
import { SecureDeadLetterQueue } from '../messaging/secure-dead-letter-queue';
import { Hardening } from '../support/hardening';

/**
 * Secure properties of an event source: where a stream drops records, the failures are kept. Without a limit of retries or of age Lambda keeps trying until a
 * record expires, which it tells no queue; a limit is left to whoever knows whether order or progress matters.
 */
export const eventSourceMappingHardening: Hardening<lambda.EventSourceMappingProps> = {
  injectionId: lambda.EventSourceMapping.PROPERTY_INJECTION_ID,
  harden: (scope, id, props) => ({
    ...props,
    onFailure: props.onFailure ?? (drops(props) && maySend(props.target, scope) ? new SqsDlq(new SecureDeadLetterQueue(scope, `${id}Failures`)) : undefined),
  }),
};

/** Of queues and brokers, which take back what failed, Lambda knows no such limit, except for Kafka, whose records it keeps elsewhere. */
function drops({ retryAttempts, maxRecordAge, kafkaTopic }: lambda.EventSourceMappingProps): boolean {
  return kafkaTopic === undefined && (retryAttempts !== undefined || maxRecordAge !== undefined);
}

/** Lambda refuses a queue that the role of the function may not send to. */
function maySend({ role }: lambda.IFunction, scope: Construct): boolean {
  return role !== undefined && Resource.isOwnedResource(role) && mayName(role, scope);
}
