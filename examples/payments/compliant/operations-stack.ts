import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { AlarmTopic, AuditTrail, RecoveryPlan, SecurityEventRules, TrailAlarms } from 'cdk-soc2';

/** What an operator needs: who did what, who is told, and how to get data back. */
export class OperationsStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    // Payments are worth the price of data events.
    const trail = new AuditTrail(this, 'Trail', { s3DataEvents: true });
    new TrailAlarms(this, 'TrailAlarms', { logGroup: trail.logGroup! });
    // EventBridge tells of changes of IAM in us-east-1 only. The alarms on the trail, which is one of all regions, see them from here.
    new SecurityEventRules(this, 'SecurityEvents', { iamChanges: false });
    // Selects by the tag that SecureTable and SecureDatabaseInstance carry.
    new RecoveryPlan(this, 'Recovery', { notificationTopic: AlarmTopic.shared(this) });
  }
}
