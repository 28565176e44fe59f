import { Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import { admitCallers, admitService } from './key-policy';

/**
 * The services that send to queues by themselves: SNS to subscribers, and what it could not deliver; EventBridge to targets, and what they did not
 * take. CDK lets them use the key of a queue for the first of each two only, so that the second is lost without a trace.
 */
const SENDERS = ['sns.amazonaws.com', 'events.amazonaws.com'];

/** Lets them use a key on behalf of a stack's account ("Amazon SQS developer guide", "Configure KMS permissions for AWS services"). */
export function admitSenders(key: kms.IKeyRef, { account }: Stack): void {
  for (const service of SENDERS) admitService(key, { service, actions: ['kms:GenerateDataKey', 'kms:Decrypt'], sourceAccount: account });
}

/**
 * Lets callers of the account use the key of their messages through SNS or SQS: who may publish or send decides.
 *
 * CDK gives the key to whom it grants the topic or the queue, and forgets it where it writes the right itself: a task of a state machine that publishes,
 * a destination of a function. Those would fail when they run.
 */
export function admitPublishersAndSenders(key: kms.Key, service: 'sns' | 'sqs'): void {
  admitCallers(key, service, ['kms:GenerateDataKey*', 'kms:Decrypt']);
}
