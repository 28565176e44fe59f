import { Annotations, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sns from 'aws-cdk-lib/aws-sns';
import { admitService } from './key-policy';

/**
 * EventBridge sets no condition keys where it publishes: any condition shuts it out, of the topic ("Using resource-based policies for Amazon
 * EventBridge", Amazon SNS permissions) and of the key ("Managing Amazon SNS encryption keys and costs").
 */
const WITHOUT_CONDITIONS = ['events.amazonaws.com'];

const ADMITTED = new WeakMap<sns.ITopic, Set<string>>();

/**
 * Lets a service publish to a topic on behalf of the topic's account, by one statement each in the policies of the topic and of its key. Warns where one
 * cannot be seen.
 */
export function admitPublisher(topic: sns.ITopic, service: string): void {
  const admitted = ADMITTED.get(topic) ?? new Set();
  if (admitted.has(service)) return;
  ADMITTED.set(topic, admitted.add(service));
  const account = WITHOUT_CONDITIONS.includes(service) ? undefined : Stack.of(topic).account;
  const toTopic = topic.addToResourcePolicy(new iam.PolicyStatement({
    principals: [new iam.ServicePrincipal(service)],
    actions: ['sns:Publish'],
    resources: [topic.topicArn],
    conditions: account === undefined ? undefined : { StringEquals: { 'aws:SourceAccount': account } },
  })).statementAdded;
  const key = topic.masterKey;
  const toKey = !key || admitService(key, { service, actions: ['kms:Decrypt', 'kms:GenerateDataKey*'], sourceAccount: account });
  if (!toTopic) warn(topic, 'topic', `${service} do sns:Publish`);
  if (!toKey) warn(topic, 'key', `${service} do kms:Decrypt and kms:GenerateDataKey*`);
}

function warn(topic: sns.ITopic, what: string, must: string): void {
  Annotations.of(topic).addWarningV2(`cdk-soc2:publisherOfForeign${what[0].toUpperCase()}${what.slice(1)}`,
    `the policy of the ${what} cannot be seen; it must let ${must}, or messages are dropped without a trace`);
}
