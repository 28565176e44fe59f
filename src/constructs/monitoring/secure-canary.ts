import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as synthetics from 'aws-cdk-lib/aws-synthetics';
import { Construct } from 'constructs';
import { AlarmTopic } from './alarm-topic';
import { canaryHardening, takesKey } from './canary-hardening';
import { OptOut } from '../../declarations/opt-out';
import { canaryDefaults as d } from '../../defaults/canary';
import { hardened } from '../support/hardening';
import { isOwnKey } from '../support/key-policy';
import { admitPublisher } from '../support/publishers';
import { uphold } from '../support/uphold';

/** Properties of a `SecureCanary`. Those of `synthetics.Canary` keep their meaning; where they are left out, the secure default stands. */
export interface SecureCanaryProps extends synthetics.CanaryProps {
  /**
   * Claims that are given up, each with a reason.
   *
   * @default - none
   */
  readonly optOuts?: OptOut[];
  /**
   * Where the alarm goes when a run fails.
   *
   * @default - the alarm topic that the stack shares
   */
  readonly alarmTopic?: sns.ITopic;
}

/**
 * A canary that runs every five minutes, raises an alarm when a run fails, and keeps what it saw for 400 days in a bucket under a customer managed key.
 *
 * Supports A1.1, CC6.1, CC7.2, CC7.3 and C1.1. Billed: each run (0.0012 USD), the function that runs it, the bucket and its access logs, an alarm (0.10 USD a
 * month), and the shared keys of data and of alarms (1 USD a month each for the stack).
 */
export class SecureCanary extends synthetics.Canary {
  /** Raised when a run fails. */
  public readonly alarm: cloudwatch.Alarm;

  /** @throws Error when a property weakens a claim without an opt-out, e.g. `schedule: Schedule.once()`. */
  constructor(scope: Construct, id: string, props: SecureCanaryProps) {
    const secure = hardened(canaryHardening, scope, id, props);
    super(scope, id, secure);
    canaryHardening.complete!(this, secure);
    const topic = props.alarmTopic ?? AlarmTopic.shared(this);
    this.alarm = new cloudwatch.Alarm(this, 'Alarm', {
      alarmDescription: `A run of the canary ${this.node.path} failed: see its report.`,
      metric: this.metricFailed({ period: Duration.minutes(5), statistic: cloudwatch.Stats.SUM }),
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      // Between runs there are no data.
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
    this.alarm.addAlarmAction(new SnsAction(topic));
    admitPublisher(topic, 'cloudwatch.amazonaws.com');

    const once = /^\s*rate\(\s*0\s/.test(props.schedule?.expressionString ?? '');
    const ends = props.timeToLive !== undefined && (props.timeToLive.isUnresolved() || props.timeToLive.toSeconds() > 0);
    const key = secure.artifactS3KmsKey;
    uphold(this, 'SecureCanary', props.optOuts, [
      {
        resource: this.node.defaultChild as synthetics.CfnCanary,
        upheld: [
          // Nothing here knows whose key it is when it comes from elsewhere; and other runtimes follow the bucket, which the canary does not show.
          ...takesKey(props) && (!key || isOwnKey(key)) ? [{ by: d.artifactEncryption, weakened: !key && 'artifactS3EncryptionMode: S3_MANAGED' }] : [],
          { by: d.schedule, weakened: once ? `schedule: ${props.schedule!.expressionString}` : ends && 'timeToLive' },
        ],
      },
      { resource: this.alarm.node.defaultChild as cloudwatch.CfnAlarm, upheld: [{ by: d.alarm }] },
    ]);
  }
}
