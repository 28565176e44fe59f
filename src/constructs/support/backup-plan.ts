import { Duration } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';

/** A plan as far as it can contradict itself or its vault. */
export interface CheckedPlan {
  readonly rules: readonly backup.BackupPlanRuleProps[];
  readonly minRetention: Duration;
  readonly maxRetention?: Duration;
  readonly resources: readonly backup.BackupResource[];
  readonly byTag: boolean;
}

/** Backups have to stay in cold storage for so many days (AWS Backup developer guide, "Lifecycle"). */
const COLD_DAYS = 90;

/** Continuous backups are kept for so many days at most (AWS Backup developer guide, "Continuous backups and point-in-time recovery"). */
export const LONGEST_CONTINUOUS_DAYS = 35;

/**
 * Refuses what CDK lets through and AWS Backup rejects, or fails job by job.
 *
 * @throws Error naming the rule, the values and the mend.
 */
export function checkPlan(path: string, { rules, minRetention, maxRetention, resources, byTag }: CheckedPlan): void {
  const refuse = (why: string): never => {
    throw new Error(`RecoveryPlan at ${path}: ${why}`);
  };
  for (const rule of rules) {
    const name = `rule ${rule.ruleName ?? '(unnamed)'}`;
    const kept = days(rule.deleteAfter);
    const cold = days(rule.moveToColdStorageAfter);
    const [least, most] = [days(minRetention), days(maxRetention)];
    if (rule.enableContinuousBackup && kept !== undefined && kept > LONGEST_CONTINUOUS_DAYS) {
      refuse(`${name} keeps backups for ${kept} days; continuous backups are kept for ${LONGEST_CONTINUOUS_DAYS} days at most: shorten it, or set continuousBackup: false`);
    }
    if (cold !== undefined && kept !== undefined && kept < cold + COLD_DAYS) {
      refuse(`${name} moves backups to cold storage after ${cold} days and deletes them after ${kept}; they have to stay cold for ${COLD_DAYS} days: keep them for at least ${cold + COLD_DAYS}`);
    }
    if (kept !== undefined && least !== undefined && kept < least) {
      refuse(`${name} keeps backups for ${kept} days, the lock of the vault asks for at least ${least}, so every job would fail: lengthen the one or shorten minRetention`);
    }
    if (most !== undefined && (rule.deleteAfter === undefined || (kept !== undefined && kept > most))) {
      refuse(`${name} keeps backups ${kept === undefined ? 'for ever' : `for ${kept} days`}, the lock of the vault allows at most ${most}, so every job would fail: shorten the one or lengthen maxRetention`);
    }
  }
  if (resources.some(({ construct }) => construct !== undefined)) {
    refuse('BackupResource.fromConstruct() misses tables made by TableV2 and buckets without a word; tag them soc2:backup=true, or name each with fromArn()');
  }
  if (!byTag && resources.length === 0) refuse('it selects nothing; leave out selectByTag: false, or give resources');
}

function days(duration: Duration | undefined): number | undefined {
  return duration === undefined || duration.isUnresolved() ? undefined : duration.toDays({ integral: false });
}
