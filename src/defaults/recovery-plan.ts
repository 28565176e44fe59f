import { defaults, SharedKey } from './default';

const GUIDE = 'AWS Backup developer guide';

/** Secure defaults of a backup vault. */
export const vaultDefaults = defaults({
  encryptionKey: {
    value: 'customer managed',
    provenBy: ['Backup.VaultCustomerKey'],
    criteria: ['CC6.1', 'A1.2', 'C1.1'],
    source: `${GUIDE}, "Encryption for backups in AWS Backup"`,
    reason: 'Backups under an AWS managed key cannot be copied to another account.',
    cfn: { EncryptionKeyArn: new SharedKey('backup') },
  },
  minRetentionDays: {
    value: 7,
    provenBy: ['Backup.VaultLock'],
    criteria: ['A1.2', 'CC7.5', 'PI1.5'],
    source: `${GUIDE}, "AWS Backup Vault Lock", governance mode`,
    reason: 'No backup job, and nobody without a right of its own, ends a backup earlier.',
    least: { 'Backup.VaultLock': 1 },
  },
  blockRecoveryPointDeletion: {
    value: true,
    provenBy: ['Backup.VaultDeniesDeletion'],
    criteria: ['A1.2', 'PI1.5'],
    source: `${GUIDE}, "Access policies for backup vaults"`,
    reason: 'Backups expire, and nobody deletes them by hand.',
    cfn: {
      AccessPolicy: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Deny', Principal: { AWS: '*' }, Action: ['backup:DeleteRecoveryPoint', 'backup:UpdateRecoveryPointLifecycle'], Resource: '*' }],
      },
    },
  },
  accessPolicy: {
    value: 'denies only',
    provenBy: ['Backup.VaultPolicyNotPublic'],
    criteria: ['CC6.1', 'CC6.3', 'CC6.6'],
    source: `${GUIDE}, "Access policies for backup vaults"`,
    reason: 'Nobody outside the account is let in.',
  },
  notificationEvents: {
    value: ['COPY_JOB_FAILED', 'S3_BACKUP_OBJECT_FAILED', 'S3_RESTORE_OBJECT_FAILED'],
    provenBy: ['Backup.VaultNotifications'],
    criteria: ['A1.2', 'CC7.2'],
    source: `${GUIDE}, API reference, PutBackupVaultNotifications: BACKUP_JOB_FAILED and RESTORE_JOB_FAILED are no longer sent`,
    reason: 'A backup that fails unnoticed is found out when it is needed; backup and restore jobs are told by EventBridge.',
  },
  removalPolicy: {
    value: 'RETAIN',
    provenBy: [],
    criteria: [],
    source: 'AWS CloudFormation user guide, "DeletionPolicy attribute"',
    reason: 'A vault that holds backups cannot be deleted anyway.',
    cfn: { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' },
  },
});

/** Secure defaults of a backup plan. */
export const planDefaults = defaults({
  schedule: {
    value: 'cron(0 5 * * ? *)',
    provenBy: ['Backup.PlanDaily'],
    criteria: ['A1.2', 'CC7.5'],
    source: `${GUIDE}, "Backup plan options and configuration"`,
    reason: 'No more than a day is lost.',
  },
  dailyRetentionDays: {
    value: 35,
    provenBy: ['Backup.PlanRetention'],
    criteria: ['A1.2', 'CC7.5'],
    source: `${GUIDE}, "Continuous backups and point-in-time recovery": 35 days at most`,
    reason: 'Damage is often noticed weeks later.',
    least: { 'Backup.PlanRetention': 35 },
  },
  enableContinuousBackup: {
    value: true,
    provenBy: [],
    criteria: [],
    source: `${GUIDE}, "Continuous backups and point-in-time recovery"`,
    reason: 'Databases and buckets can be restored to any second, not to the last night only.',
  },
  monthlyRetentionDays: {
    value: 400,
    provenBy: [],
    criteria: [],
    source: 'AICPA SOC 2 guide: a type 2 period is up to twelve months',
    reason: 'One backup of each month of the period, and a month to look into it.',
  },
  moveToColdStorageAfterDays: {
    value: 30,
    provenBy: [],
    criteria: [],
    source: `${GUIDE}, "Lifecycle": cold for at least 90 days`,
    reason: 'Cold storage costs a fifth; types of resources that have none ignore the setting.',
  },
});
