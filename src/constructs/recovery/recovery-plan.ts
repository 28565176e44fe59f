import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { isOff } from '../../declarations/declare';
import { OptOut } from '../../declarations/opt-out';
import { planDefaults as p, vaultDefaults as d } from '../../defaults/recovery-plan';
import { EncryptionKey } from '../security/encryption-key';
import { checkPlan, LONGEST_CONTINUOUS_DAYS } from '../support/backup-plan';
import { BACKUP_TAG, BACKUP_TAG_VALUE } from '../support/backup-tag';
import { isShorter } from '../support/duration';
import { isOwnKey } from '../support/key-policy';
import { admitPublisher } from '../support/publishers';
import { uphold } from '../support/uphold';

/** Properties of a `RecoveryPlan`. */
export interface RecoveryPlanProps {
  /**
   * The key of the vault. Give it to nobody who may delete the data itself.
   *
   * @default - a key that the plans of the stack share
   */
  readonly encryptionKey?: kms.IKey;
  /**
   * The name of the vault: 2 to 50 letters, digits, hyphens and underscores.
   *
   * @default - made from the construct's path
   */
  readonly vaultName?: string;
  /**
   * How long daily backups are kept. With continuous backups, 35 days at most.
   *
   * @default Duration.days(35)
   */
  readonly dailyRetention?: Duration;
  /**
   * Whether daily backups are continuous, for types of resources that have it (RDS, Aurora, S3): these can be restored to any second.
   *
   * @default true
   */
  readonly continuousBackup?: boolean;
  /**
   * How long monthly backups are kept.
   *
   * @default Duration.days(400)
   */
  readonly monthlyRetention?: Duration;
  /**
   * When monthly backups move to cold storage, where they have to stay for 90 days. `Duration.days(0)` keeps them in warm storage.
   *
   * @default Duration.days(30)
   */
  readonly moveToColdStorageAfter?: Duration;
  /**
   * Further rules of the plan.
   *
   * @default - none
   */
  readonly rules?: backup.BackupPlanRuleProps[];
  /**
   * Where backups are copied to, by both the daily and the monthly rule: vaults in other regions or accounts.
   *
   * @default - not copied
   */
  readonly copyActions?: backup.BackupPlanCopyActionProps[];
  /**
   * The shortest time that the lock of the vault lets a backup be kept for.
   *
   * @default Duration.days(7)
   */
  readonly minRetention?: Duration;
  /**
   * The longest time that the lock of the vault lets a backup be kept for.
   *
   * @default - no limit
   */
  readonly maxRetention?: Duration;
  /**
   * Makes the lock of the vault IRREVERSIBLE after this time, at least 72 hours. Then nobody, not even the root user or AWS, can shorten
   * the retention or delete a backup, and each is billed until it expires. Without it, the lock can be removed by whoever is allowed to.
   *
   * @default - the lock is never made irreversible
   */
  readonly lockIrreversiblyAfter?: Duration;
  /**
   * Denies everybody the deletion of backups by hand.
   *
   * @default true
   */
  readonly blockRecoveryPointDeletion?: boolean;
  /**
   * Whether everything tagged `soc2:backup=true` in the account and region is backed up.
   *
   * @default true
   */
  readonly selectByTag?: boolean;
  /**
   * Further resources to back up, by ARN, resource or tag. `BackupResource.fromConstruct()` is refused: it misses tables made by `TableV2` and
   * buckets without a word.
   *
   * @default - none
   */
  readonly resources?: backup.BackupResource[];
  /**
   * Where failures are told, best an `AlarmTopic`. Not a FIFO topic: AWS Backup does not publish to those.
   *
   * @default - nobody is told
   */
  readonly notificationTopic?: sns.ITopic;
  /**
   * Claims that are given up, each with a reason.
   *
   * @default - none
   */
  readonly optOuts?: OptOut[];
}

/**
 * Backs up everything tagged `soc2:backup=true`: daily for 35 days, monthly for 400, into a locked vault under a key of its own.
 *
 * Supports A1.2, CC6.1, CC6.3, CC6.6, CC7.2, CC7.5, C1.1 and PI1.5. Restoring from it is to be tested (A1.3). Billed: the shared key of vaults (1 USD a month for the
 * stack), and backups by size.
 */
export class RecoveryPlan extends Construct {
  /** The vault. */
  public readonly vault: backup.BackupVault;
  /** The plan. */
  public readonly plan: backup.BackupPlan;
  /** The role by which AWS Backup reads and restores, S3 included. */
  public readonly role: iam.Role;

  /**
   * @throws Error when a property weakens a claim without an opt-out, when a rule and the vault contradict one another, when cold storage
   * is shorter than 90 days, or when nothing is selected.
   */
  constructor(scope: Construct, id: string, props: RecoveryPlanProps = {}) {
    super(scope, id);
    const minRetention = props.minRetention ?? Duration.days(d.minRetentionDays.value);
    const rules = rulesOf(props);
    checkPlan(this.node.path, { rules, minRetention, maxRetention: props.maxRetention, resources: props.resources ?? [], byTag: props.selectByTag ?? true });

    const key = props.encryptionKey ?? EncryptionKey.shared(this, 'backup');
    this.vault = new backup.BackupVault(this, 'Vault', {
      backupVaultName: props.vaultName,
      encryptionKey: key,
      lockConfiguration: { minRetention, maxRetention: props.maxRetention, changeableFor: props.lockIrreversiblyAfter },
      blockRecoveryPointDeletion: props.blockRecoveryPointDeletion ?? d.blockRecoveryPointDeletion.value,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.plan = new backup.BackupPlan(this, 'Plan', { backupVault: this.vault, backupPlanRules: rules.map((rule) => new backup.BackupPlanRule(rule)) });
    // CDK gives the role no right to S3, whose backups then fail.
    this.role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('backup.amazonaws.com'),
      managedPolicies: [
        'service-role/AWSBackupServiceRolePolicyForBackup', 'service-role/AWSBackupServiceRolePolicyForRestores',
        'AWSBackupServiceRolePolicyForS3Backup', 'AWSBackupServiceRolePolicyForS3Restore',
      ].map((name) => iam.ManagedPolicy.fromAwsManagedPolicyName(name)),
    });
    const tagged = props.selectByTag ?? true ? [backup.BackupResource.fromTag(BACKUP_TAG, BACKUP_TAG_VALUE)] : [];
    this.plan.addSelection('Selection', { resources: [...tagged, ...props.resources ?? []], role: this.role, disableDefaultBackupPolicy: true });
    if (props.notificationTopic) this.notify(props.notificationTopic);
    uphold(this, 'RecoveryPlan', props.optOuts, [
      {
        resource: this.vault.node.defaultChild as backup.CfnBackupVault,
        upheld: [
          // Nothing here knows whose key it is when it comes from elsewhere.
          ...isOwnKey(key) ? [{ by: d.encryptionKey }] : [],
          { by: d.minRetentionDays },
          // The lock alone keeps them too, until somebody with the right removes it.
          { by: d.blockRecoveryPointDeletion },
          ...isOff(props.blockRecoveryPointDeletion) ? [] : [{ by: d.accessPolicy }],
          ...props.notificationTopic ? [{ by: d.notificationEvents }] : [],
        ],
      },
      {
        resource: this.plan.node.defaultChild as backup.CfnBackupPlan,
        upheld: [
          { by: p.schedule },
          { by: p.dailyRetentionDays, weakened: rules.every(({ deleteAfter }) => isShorter(deleteAfter, p.dailyRetentionDays.value)) && 'dailyRetention and monthlyRetention' },
        ],
      },
    ]);
  }

  /** A vault no longer tells of backup and restore jobs that failed, only of those that ended, well or not: EventBridge tells them apart. */
  private notify(topic: sns.ITopic): void {
    if (topic.fifo) throw new Error(`RecoveryPlan at ${this.node.path}: AWS Backup does not publish to FIFO topics; give another notificationTopic`);
    for (const service of ['backup.amazonaws.com', 'events.amazonaws.com']) admitPublisher(topic, service);
    (this.vault.node.defaultChild as backup.CfnBackupVault).notifications = { backupVaultEvents: [...d.notificationEvents.value], snsTopicArn: topic.topicArn };
    const failed = ['ABORTED', 'EXPIRED', 'FAILED', 'PARTIAL'];
    new events.Rule(this, 'Failures', {
      description: `failed backup and restore jobs, for ${Stack.of(this).node.path}`,
      eventPattern: {
        source: ['aws.backup'],
        detailType: ['Backup Job State Change', 'Restore Job State Change'],
        // Restore jobs have a status, backup jobs a state.
        detail: { $or: [{ state: failed }, { status: failed }] },
      },
      // The L2 target would let EventBridge in a second time.
      targets: [{ bind: () => ({ arn: topic.topicArn }) }],
    });
  }
}

function rulesOf(props: RecoveryPlanProps): backup.BackupPlanRuleProps[] {
  const cold = props.moveToColdStorageAfter ?? Duration.days(p.moveToColdStorageAfterDays.value);
  const window = { startWindow: Duration.hours(1), completionWindow: Duration.hours(12), copyActions: props.copyActions };
  return [
    {
      ...window,
      ruleName: 'Daily',
      scheduleExpression: events.Schedule.cron({ hour: '5', minute: '0' }),
      enableContinuousBackup: props.continuousBackup ?? p.enableContinuousBackup.value,
      deleteAfter: props.dailyRetention ?? Duration.days(p.dailyRetentionDays.value),
    },
    {
      ...window,
      ruleName: 'Monthly',
      scheduleExpression: events.Schedule.cron({ day: '1', hour: '5', minute: '0' }),
      moveToColdStorageAfter: cold.isUnresolved() || cold.toDays() > 0 ? cold : undefined,
      deleteAfter: props.monthlyRetention ?? Duration.days(p.monthlyRetentionDays.value),
    },
    // CDK ends what is continuous and has no end after the longest time that there is.
    ...(props.rules ?? []).map((rule) => (
      rule.enableContinuousBackup ? { ...rule, deleteAfter: rule.deleteAfter ?? Duration.days(LONGEST_CONTINUOUS_DAYS) } : rule)),
  ];
}
