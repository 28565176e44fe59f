import { Annotations, Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { admitService } from '../support/key-policy';

/** Lets a service put messages into a queue on behalf of the queue's account, by one statement each in the policies of the queue and of its key. */
export function admitToQueue(queue: sqs.IQueue, service: string): void {
  const { account } = Stack.of(queue);
  const toQueue = queue.addToResourcePolicy(new iam.PolicyStatement({
    principals: [new iam.ServicePrincipal(service)],
    actions: ['sqs:SendMessage'],
    resources: [queue.queueArn],
    conditions: { StringEquals: { 'aws:SourceAccount': account } },
  })).statementAdded;
  const key = queue.encryptionMasterKey;
  const toKey = !key || admitService(key, { service, actions: ['kms:Decrypt', 'kms:GenerateDataKey*'], sourceAccount: account });
  if (toQueue && toKey) return;
  Annotations.of(queue).addWarningV2('cdk-soc2:senderOfForeignQueue',
    `the policy of the queue or of its key cannot be seen; they must let ${service} do sqs:SendMessage, kms:Decrypt and kms:GenerateDataKey*, or messages are lost`);
}

/** True where a resource is known to be in another region than a construct. */
export function isElsewhere(resource: { readonly env: { readonly region: string } }, construct: Construct): boolean {
  const { region } = Stack.of(construct);
  return !Token.isUnresolved(region) && !Token.isUnresolved(resource.env.region) && resource.env.region !== region;
}
