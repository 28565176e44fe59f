import { Annotations, Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { SecureDeadLetterQueue } from './secure-dead-letter-queue';
import { EncryptionKey } from '../security/encryption-key';
import { Hardening } from '../support/hardening';
import { admitService } from '../support/key-policy';

const EVENTS = 'events.amazonaws.com';

/** Secure properties of an event bus. Its logs need more than the bus, and are left to `SecureEventBus`. */
export const eventBusHardening: Hardening<events.EventBusProps> = {
  injectionId: events.EventBus.PROPERTY_INJECTION_ID,
  harden: (scope, id, props) => ({
    ...props,
    kmsKey: props.kmsKey ?? EncryptionKey.shared(scope, 'data'),
    // Not under the key of the bus: what cannot be processed for want of that key could not be set aside either.
    deadLetterQueue: props.deadLetterQueue ?? new SecureDeadLetterQueue(scope, `${id}DeadLetters`),
  }),
  complete: (made, { deadLetterQueue, kmsKey }) => {
    const bus = made as events.EventBus;
    // The L2 lets EventBridge do it with an encryption context only, and DescribeKey has none.
    if (kmsKey) admitService(kmsKey, { service: EVENTS, actions: ['kms:DescribeKey'] });
    if (deadLetterQueue) admitBus(bus, deadLetterQueue);
  },
};

/** Lets a bus set events aside in a queue, by the policies of the queue and of its key. Warns where one cannot be seen. */
function admitBus(bus: events.EventBus, queue: sqs.IQueue): void {
  // By name: the bus refers to the queue, which may stand in another stack.
  const { name } = bus.node.defaultChild as events.CfnEventBus;
  const busArn = bus.stack.formatArn({ service: 'events', resource: 'event-bus', resourceName: name });
  const toQueue = queue.addToResourcePolicy(new iam.PolicyStatement({
    principals: [new iam.ServicePrincipal(EVENTS)],
    actions: ['sqs:SendMessage'],
    resources: [queue.queueArn],
    conditions: { ArnEquals: { 'aws:SourceArn': busArn } },
  })).statementAdded;
  const key = queue.encryptionMasterKey;
  const toKey = !key || admitService(key, { service: EVENTS, actions: ['kms:Decrypt', 'kms:GenerateDataKey'], sourceAccount: Stack.of(bus).account });
  if (!toQueue || !toKey) {
    Annotations.of(bus).addWarningV2('cdk-soc2:eventBusWithForeignDeadLetterQueue',
      'the policy of its dead-letter queue, or of the key of that, cannot be seen; they must let events.amazonaws.com do sqs:SendMessage, kms:Decrypt and kms:GenerateDataKey, or events are lost');
  }
}
