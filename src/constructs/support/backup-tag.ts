import { TagManager } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/** The tag by which a `RecoveryPlan` finds what to back up. */
export const BACKUP_TAG = 'soc2:backup';
export const BACKUP_TAG_VALUE = 'true';

/** Tags a plain L2 for backup, unless a tag says otherwise: those that are given come last. */
export function tagForBackup(made: Construct): void {
  (TagManager.of(made) ?? TagManager.of(made.node.defaultChild))?.setTag(BACKUP_TAG, BACKUP_TAG_VALUE, 0);
}
