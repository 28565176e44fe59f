import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { isOff } from '../../declarations/declare';
import { OptOut } from '../../declarations/opt-out';
import { topicDefaults as d } from '../../defaults/topic';
import { EncryptionKey } from '../security/encryption-key';
import { isOwnKey } from '../support/key-policy';
import { admitPublisher } from '../support/publishers';
import { uphold } from '../support/uphold';

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
  private readonly key: kms.IKey;
  private readonly admitted = new Set<string>();

  /** @throws Error when a property weakens a claim without an opt-out, e.g. `enforceSSL: false`. */
  constructor(scope: Construct, id: string, props: AlarmTopicProps = {}) {
    const key = props.masterKey ?? EncryptionKey.shared(scope, 'alarms');
    super(scope, id, {
      ...props,
      masterKey: key,
      enforceSSL: props.enforceSSL ?? d.enforceSSL.value,
      signatureVersion: props.signatureVersion ?? d.signatureVersion.value,
    });
    this.key = key;
    for (const service of props.publishers ?? d.publishers.value) this.admit(service);
    const policy = this.policyResource();
    uphold(this, 'AlarmTopic', props.optOuts, [
      {
        resource: this.node.defaultChild as sns.CfnTopic,
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

  /**
   * Lets an AWS service publish, on behalf of this account.
   *
   * @param service the service principal, e.g. `cloudtrail.amazonaws.com`
   */
  public admit(service: string): void {
    if (this.admitted.has(service)) return;
    this.admitted.add(service);
    admitPublisher(this, service, this.key);
  }

  private policyResource(): sns.CfnTopicPolicy | undefined {
    return this.node.tryFindChild('Policy')?.node.defaultChild as sns.CfnTopicPolicy | undefined;
  }
}
