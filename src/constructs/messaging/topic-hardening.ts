import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { topicDefaults as d } from '../../defaults/topic';
import { EncryptionKey } from '../security/encryption-key';
import { Hardening } from '../support/hardening';
import { admitPublishersAndSenders } from '../support/message-senders';
import { admitPublisher } from '../support/publishers';

/** Secure properties of a topic whose key is the one that the stack shares for a domain. */
export function secureTopicProps(scope: Construct, domain: string, props: sns.TopicProps): sns.TopicProps {
  return {
    ...props,
    masterKey: props.masterKey ?? sharedKey(scope, domain),
    enforceSSL: props.enforceSSL ?? d.enforceSSL.value,
    signatureVersion: props.signatureVersion ?? d.signatureVersion.value,
  };
}

function sharedKey(scope: Construct, domain: string): EncryptionKey {
  const key = EncryptionKey.shared(scope, domain);
  admitPublishersAndSenders(key, 'sns');
  return key;
}

/**
 * Secure properties of a topic. Its key is not that of queues: under a feature flag CDK names the topic in the key of a queue that subscribes, and under
 * one key that would be a circular dependency.
 */
export const topicHardening: Hardening<sns.TopicProps> = {
  injectionId: sns.Topic.PROPERTY_INJECTION_ID,
  harden: (scope, _id, props) => secureTopicProps(scope, 'notifications', props),
  complete: (topic) => {
    for (const service of d.publishers.value) admitPublisher(topic as sns.Topic, service);
  },
};
