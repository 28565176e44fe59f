import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
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

/**
 * Lets callers of the account use the key of their messages through SNS or SQS, as with the keys that AWS manages: who may publish or send decides.
 *
 * CDK gives the key to whom it grants the topic or the queue, and forgets it where it writes the right itself: a task of a state machine that publishes,
 * a destination of a function. Those would fail when they run.
 */
export function admitCallers(key: kms.Key, service: 'sns' | 'sqs', { account, region, urlSuffix }: Stack): void {
  key.addToResourcePolicy(new iam.PolicyStatement({
    principals: [new iam.AnyPrincipal()],
    actions: ['kms:GenerateDataKey*', 'kms:Decrypt'],
    resources: ['*'],
    conditions: { StringEquals: { 'kms:CallerAccount': account, 'kms:ViaService': `${service}.${region}.${urlSuffix}` } },
  }));
}
