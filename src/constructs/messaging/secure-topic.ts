import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { topicHardening } from './topic-hardening';
import { OptOut } from '../../declarations/opt-out';
import { topicDefaults as d } from '../../defaults/topic';
import { hardened } from '../support/hardening';
import { admitPublisher } from '../support/publishers';
import { upholdTopic } from '../support/topic-claims';

/** Properties of a `SecureTopic`. Those of `sns.Topic` keep their meaning; where they are left out, the secure default stands. */
export interface SecureTopicProps extends sns.TopicProps {
  /**
   * Claims that are given up, each with a reason.
   *
   * @default - none
   */
  readonly optOuts?: OptOut[];
  /**
   * The service principals of AWS that may publish on behalf of this account. CDK lets in by itself those of S3 notifications and of EventBridge
   * targets.
   *
   * @default - CloudWatch, for alarms
   */
  readonly publishers?: string[];
}

/**
 * An SNS topic that is encrypted with a customer managed key and refuses plain HTTP. For alarms and events of AWS take `AlarmTopic`.
 *
 * Supports CC6.1, CC6.3, CC6.7 and C1.1. Billed: the shared key of notifications (1 USD a month for the stack), and messages.
 */
export class SecureTopic extends sns.Topic {
  /** @throws Error when a property weakens a claim without an opt-out, e.g. `enforceSSL: false`. */
  constructor(scope: Construct, id: string, props: SecureTopicProps = {}) {
    const secure = hardened(topicHardening, scope, id, props);
    super(scope, id, secure);
    for (const service of props.publishers ?? d.publishers.value) this.admit(service);
    upholdTopic(this, 'SecureTopic', d, props, secure.masterKey!);
  }

  /**
   * Lets an AWS service publish, by the policies of the topic and of its key.
   *
   * @param service the service principal, e.g. `events.amazonaws.com`
   */
  public admit(service: string): void {
    admitPublisher(this, service);
  }
}
