/** The tag by which a `RecoveryPlan` finds what to back up. */
export const BACKUP_TAG = 'soc2:backup';
export const BACKUP_TAG_VALUE = 'true';
