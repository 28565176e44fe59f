import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { OptOut } from '../../declarations/opt-out';
import { alarmTopicDefaults as d } from '../../defaults/topic';
import { secureTopicProps } from '../messaging/topic-hardening';
import { Hardening, hardened } from '../support/hardening';
import { outermostStack } from '../support/outermost-stack';
import { admitPublisher } from '../support/publishers';
import { shared } from '../support/shared';
import { upholdTopic } from '../support/topic-claims';

/** Properties of an `AlarmTopic`. */
export interface AlarmTopicProps extends sns.TopicProps {
  /**
   * Claims that are given up, each with a reason.
   *
   * @default - none
   */
  readonly optOuts?: OptOut[];
  /**
   * The service principals that may publish.
   *
   * @default - those of CloudWatch, EventBridge, AWS Budgets, AWS Backup and AWS Cost Anomaly Detection
   */
  readonly publishers?: string[];
}

/**
 * An SNS topic for alarms: encrypted with a customer managed key, refuses plain HTTP, and lets in the AWS services that raise alarms.
 *
 * CDK adds nothing to the key of a topic for an alarm action, so that the alarm is never delivered and nobody is told. Here the policies of
 * both the topic and the key let the services in: on behalf of this account only, except EventBridge, which cannot be bound to an account.
 * The shared key of alarms is therefore used for nothing else.
 *
 * Supports CC6.1, CC6.3, CC6.7 and C1.1, and CC7.2, CC7.3 and CC7.4 once somebody is subscribed. Billed: the shared key (1 USD a month for
 * the stack), and messages.
 */
export class AlarmTopic extends sns.Topic {
  /**
   * The topic to which the constructs of a stack send alarms unless told otherwise. Nested stacks use that of their outermost stack.
   *
   * Somebody has to be subscribed: `AlarmTopic.shared(this).addSubscription(new EmailSubscription('ops@example.com'))`.
   *
   * @param scope a construct in the stack
   */
  public static shared(scope: Construct): AlarmTopic {
    const stack = outermostStack(scope);
    const id = 'SharedAlarms';
    return shared(stack, id, AlarmTopic, () => new AlarmTopic(stack, id));
  }

  /** @throws Error when a property weakens a claim without an opt-out, e.g. `enforceSSL: false`. */
  constructor(scope: Construct, id: string, props: AlarmTopicProps = {}) {
    const secure = hardened(alarmTopicHardening, scope, id, props);
    super(scope, id, secure);
    for (const service of props.publishers ?? d.publishers.value) this.admit(service);
    upholdTopic(this, 'AlarmTopic', d, props, secure.masterKey!);
  }

  /**
   * Lets an AWS service publish, on behalf of this account.
   *
   * @param service the service principal, e.g. `cloudtrail.amazonaws.com`
   */
  public admit(service: string): void {
    admitPublisher(this, service);
  }
}

/** No injector has this key: a plain topic says nowhere that it is for alarms. */
const alarmTopicHardening: Hardening<sns.TopicProps> = {
  injectionId: sns.Topic.PROPERTY_INJECTION_ID,
  harden: (scope, _id, props) => secureTopicProps(scope, 'alarms', props),
};
