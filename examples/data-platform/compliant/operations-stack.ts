import { Duration, Stack, StackProps } from 'aws-cdk-lib';
import { IBackupVault } from 'aws-cdk-lib/aws-backup';
import { Construct } from 'constructs';
import { AlarmTopic, AuditTrail, RecoveryPlan, SecurityEventRules, TrailAlarms } from 'cdk-soc2';

export interface OperationsStackProps extends StackProps {
  readonly copies: IBackupVault;
}

/** Who did what in the account, who is told, and how to get data back. */
export class OperationsStack extends Stack {
  constructor(scope: Construct, id: string, { copies, ...props }: OperationsStackProps) {
    super(scope, id, props);
    // The lake is worth the price of data events.
    const trail = new AuditTrail(this, 'Trail', { s3DataEvents: true });
    new TrailAlarms(this, 'TrailAlarms', { logGroup: trail.logGroup! });
    // Changes of IAM are heard in us-east-1 only; the alarms above see all regions.
    new SecurityEventRules(this, 'Events', { iamChanges: false });
    new RecoveryPlan(this, 'Plan', {
      notificationTopic: AlarmTopic.shared(this),
      copyActions: [{ destinationBackupVault: copies, deleteAfter: Duration.days(35) }],
    });
  }
}
