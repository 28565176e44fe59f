import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { AlarmTopic, AuditTrail, RecoveryPlan } from 'cdk-soc2';

/** What an operator needs: who did what, who is told, and how to get data back. */
export class OperationsStack extends Stack {
  readonly alarms: AlarmTopic;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.alarms = new AlarmTopic(this, 'Alarms');
    // Payments are worth the price of data events.
    new AuditTrail(this, 'Trail', { s3DataEvents: true });
    // Selects by the tag that SecureTable and SecureDatabaseInstance carry.
    new RecoveryPlan(this, 'Recovery', { notificationTopic: this.alarms });
  }
}
