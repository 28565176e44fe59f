import { Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import { admitService } from './key-policy';

/**
 * The services that send to queues by themselves: SNS to subscribers, and what it could not deliver; EventBridge to targets, and what they did not
 * take. CDK lets them use the key of a queue for the first of each two only, so that the second is lost without a trace.
 */
const SENDERS = ['sns.amazonaws.com', 'events.amazonaws.com'];

/** Lets them use a key on behalf of a stack's account ("Amazon SQS developer guide", "Configure KMS permissions for AWS services"). */
export function admitSenders(key: kms.IKeyRef, { account }: Stack): void {
  for (const service of SENDERS) admitService(key, { service, actions: ['kms:GenerateDataKey', 'kms:Decrypt'], sourceAccount: account });
}
