import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { isOwnKey } from './key-policy';
import { uphold } from './uphold';
import { isOff } from '../../declarations/declare';
import { OptOut } from '../../declarations/opt-out';
import type { topicDefaults } from '../../defaults/topic';

interface TopicProps extends sns.TopicProps {
  readonly optOuts?: OptOut[];
}

/** Declares what a topic upholds, and its policy. */
export function upholdTopic(topic: sns.Topic, construct: string, d: typeof topicDefaults, props: TopicProps, key: kms.IKey): void {
  const policy = topic.node.tryFindChild('Policy')?.node.defaultChild as sns.CfnTopicPolicy | undefined;
  uphold(topic, construct, props.optOuts, [
    {
      resource: topic.node.defaultChild as sns.CfnTopic,
      upheld: [
        { by: d.masterKey, rule: 'SNS.Encryption' },
        // Nothing here knows whose key it is when it comes from elsewhere.
        ...isOwnKey(key) ? [{ by: d.masterKey, rule: 'SNS.CustomerKey' }] : [],
        { by: d.enforceSSL, weakened: isOff(props.enforceSSL) && 'enforceSSL: false' },
      ],
    },
    ...policy ? [{ resource: policy, upheld: [{ by: d.publishers }] }] : [],
  ]);
}
