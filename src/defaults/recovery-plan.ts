import { defaults } from './default';

const GUIDE = 'AWS Backup developer guide';

/** Secure defaults of a backup vault. */
export const vaultDefaults = defaults({
  encryptionKey: {
    value: 'customer managed',
    provenBy: ['Backup.VaultCustomerKey'],
    criteria: ['CC6.1'],
    source: `${GUIDE}, "Encryption for backups in AWS Backup"`,
    reason: 'Backups under an AWS managed key cannot be copied to another account.',
  },
  minRetentionDays: {
    value: 7,
    provenBy: ['Backup.VaultLock'],
    criteria: ['A1.2'],
    source: `${GUIDE}, "AWS Backup Vault Lock", governance mode`,
    reason: 'No backup job, and nobody without a right of its own, ends a backup earlier.',
  },
  blockRecoveryPointDeletion: {
    value: true,
    provenBy: ['Backup.VaultDenyDelete'],
    criteria: ['A1.2'],
    source: `${GUIDE}, "Vault access policies"`,
    reason: 'Backups expire, and nobody deletes them by hand.',
  },
  notificationEvents: {
    value: ['BACKUP_JOB_COMPLETED'],
    provenBy: ['Backup.VaultNotifications'],
    criteria: ['A1.2', 'CC7.2'],
    source: `${GUIDE}, "Notification options with AWS Backup": events of failed backup and restore jobs are no longer sent`,
    reason: 'A backup that fails unnoticed is found out when it is needed.',
  },
  removalPolicy: {
    value: 'RETAIN',
    provenBy: [],
    criteria: [],
    source: 'AWS CloudFormation user guide, "DeletionPolicy attribute"',
    reason: 'A vault that holds backups cannot be deleted anyway.',
  },
});

/** Secure defaults of a backup plan. */
export const planDefaults = defaults({
  dailyRetentionDays: {
    value: 35,
    provenBy: ['Backup.PlanRetention'],
    criteria: ['A1.2', 'CC7.5'],
    source: `${GUIDE}, "Continuous backups and point-in-time recovery": 35 days at most`,
    reason: 'Damage is often noticed weeks later.',
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
