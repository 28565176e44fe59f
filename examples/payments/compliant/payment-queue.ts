import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { ITopic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

/** A queue whose poisoned messages are kept and noticed. */
export function paymentQueue(scope: Construct, id: string, { key, alarms }: { key: IKey; alarms: ITopic }): Queue {
  const common = { encryption: QueueEncryption.KMS, encryptionMasterKey: key, dataKeyReuse: Duration.minutes(5), enforceSSL: true };
  const dead = new Queue(scope, `${id}Dead`, { ...common, retentionPeriod: Duration.days(14) });
  dead.metricApproximateNumberOfMessagesVisible().createAlarm(scope, `${id}DeadAlarm`, {
    threshold: 0, evaluationPeriods: 1, comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD, alarmDescription: 'A payment could not be booked.',
  }).addAlarmAction(new SnsAction(alarms));
  return new Queue(scope, id, { ...common, visibilityTimeout: Duration.minutes(3), deadLetterQueue: { queue: dead, maxReceiveCount: 3 } });
}
