import { Duration, PhysicalName, Stack, StackProps } from 'aws-cdk-lib';
import { BackupVault, BackupVaultEvents } from 'aws-cdk-lib/aws-backup';
import { Construct } from 'constructs';
import { AlarmTopic, EncryptionKey, SecureBucket } from 'cdk-soc2';

/** What is left when the region is lost: a copy of the lake, and of the backups. */
export class RecoveryStack extends Stack {
  readonly copy: SecureBucket;
  readonly backups: BackupVault;

  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    this.copy = new SecureBucket(this, 'Copy', {
      bucketName: PhysicalName.GENERATE_IF_NEEDED,
      lifecycleRules: [{ expiration: Duration.days(730) }],
    });
    this.backups = new BackupVault(this, 'Backups', {
      backupVaultName: 'data-platform-copies',
      encryptionKey: EncryptionKey.shared(this, 'backup'),
      blockRecoveryPointDeletion: true,
      lockConfiguration: { minRetention: Duration.days(7) },
      notificationTopic: AlarmTopic.shared(this),
      notificationEvents: [BackupVaultEvents.COPY_JOB_FAILED],
    });
  }
}
