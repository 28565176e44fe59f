import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { everyQueueProps } from './every-queue';
import { OptOut } from '../../declarations/opt-out';
import { deadLetterQueueDefaults as d } from '../../defaults/queue';
import { AlarmTopic } from '../monitoring/alarm-topic';
import { Hardening, hardened } from '../support/hardening';
import { admitSenders } from '../support/message-senders';
import { admitPublisher } from '../support/publishers';
import { upholdQueue } from '../support/queue-claims';

/** Properties of a `SecureDeadLetterQueue`. Those of `sqs.Queue` keep their meaning; where they are left out, the secure default stands. */
export interface SecureDeadLetterQueueProps extends sqs.QueueProps {
  /**
   * Claims that are given up, each with a reason.
   *
   * @default - none
   */
  readonly optOuts?: OptOut[];
  /**
   * Where the alarm goes when a message has been set aside.
   *
   * @default - the alarm topic that the stack shares
   */
  readonly alarmTopic?: sns.ITopic;
}

/**
 * A queue for messages that others could not handle or deliver: encrypted with a customer managed key, refuses plain HTTP, keeps messages for 14
 * days, and raises an alarm at the first one.
 *
 * Supports CC6.1, CC6.3, CC6.7, CC7.2, CC7.3, C1.1 and PI1.3. Billed: the shared keys of messages and of alarms (1 USD a month each for the
 * stack), an alarm (0.10 USD a month), and requests.
 */
export class SecureDeadLetterQueue extends sqs.Queue {
  /** Raised while messages wait in the queue. */
  public readonly alarm: cloudwatch.Alarm;

  /** @throws Error when a property weakens a claim without an opt-out, e.g. `enforceSSL: false`. */
  constructor(scope: Construct, id: string, props: SecureDeadLetterQueueProps = {}) {
    const secure = hardened(deadLetterHardening, scope, id, props);
    super(scope, id, secure);
    if (secure.encryptionMasterKey) admitSenders(secure.encryptionMasterKey, this.stack);
    this.alarm = new cloudwatch.Alarm(this, 'Alarm', {
      alarmDescription: `Messages were set aside in ${this.node.path}: find out why, then move them back or delete them.`,
      metric: this.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(5), statistic: cloudwatch.Stats.MAXIMUM }),
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      // SQS sends no metrics of a queue without traffic.
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
    const topic = props.alarmTopic ?? AlarmTopic.shared(this);
    this.alarm.addAlarmAction(new SnsAction(topic));
    admitPublisher(topic, 'cloudwatch.amazonaws.com');
    upholdQueue(this, 'SecureDeadLetterQueue', d, props, secure, [{ by: d.alarm }]);
  }
}

/** No injector has these properties: a plain queue does not say what it is for. */
const deadLetterHardening: Hardening<sqs.QueueProps> = {
  injectionId: sqs.Queue.PROPERTY_INJECTION_ID,
  harden: (scope, _id, props) => ({
    ...everyQueueProps(scope, props),
    retentionPeriod: props.retentionPeriod ?? Duration.days(d.retentionPeriodDays.value),
    // What AWS does anyway. Said, it shows in the template what the queue is for.
    redriveAllowPolicy: props.redriveAllowPolicy ?? { redrivePermission: sqs.RedrivePermission.ALLOW_ALL },
  }),
};
