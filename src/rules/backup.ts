import { awsDefaults } from './aws-defaults';
import { all, any, applies, Evaluation, not, Property, ResourceReader, rule, Truth } from './kernel';
import { hasTag, selectedForBackup } from './shared/backup-selection';
import { automaticFsxBackups, cannotBeBackedUp } from './shared/fsx-backups';
import { ownKey } from './shared/own-key';
import { notPublic } from './shared/resource-policy';

const VAULT = ['AWS::Backup::BackupVault'];
const AIR_GAPPED = 'AWS::Backup::LogicallyAirGappedBackupVault';
const PLAN = ['AWS::Backup::BackupPlan'];
const GUIDE = 'AWS Backup developer guide';

export const vaultCustomerKey = rule({
  id: 'Backup.VaultCustomerKey',
  resourceTypes: VAULT,
  title: 'Backup vault is encrypted with a key of the organization',
  severity: 'medium',
  criteria: { direct: ['CC6.1'], supporting: ['A1.2', 'C1.1'] },
  rationale: 'Backups hold what the databases hold. Under a key of its own a vault survives the loss of the databases\' keys, and recovery points can be copied to another account.',
  remediation: { construct: 'RecoveryPlan', l2: 'encryptionKey', cfn: 'EncryptionKeyArn' },
  configRule: 'BACKUP_RECOVERY_POINT_ENCRYPTED',
  sources: [`${GUIDE}, "Encryption for backups in AWS Backup"`],
  check: (vault) => ownKey(vault.get('EncryptionKeyArn'), 'backup'),
});

export const vaultLock = rule({
  id: 'Backup.VaultLock',
  resourceTypes: VAULT,
  title: 'Backup vault is locked',
  severity: 'medium',
  criteria: { direct: ['A1.2', 'PI1.5'], supporting: ['CC7.5'] },
  rationale: 'An intruder who may administer the account deletes the backups first. A lock keeps recovery points for a minimum time against everybody.',
  remediation: { construct: 'RecoveryPlan', l2: 'lockConfiguration', cfn: 'LockConfiguration: { MinRetentionDays }' },
  sources: [`${GUIDE}, "AWS Backup Vault Lock"`],
  check: (vault) => vault.get('LockConfiguration.MinRetentionDays').atLeast(1),
});

export const vaultDeniesDeletion = rule({
  id: 'Backup.VaultDeniesDeletion',
  resourceTypes: VAULT,
  title: 'Recovery points cannot be deleted by hand',
  severity: 'medium',
  criteria: { direct: ['A1.2'], supporting: ['PI1.5'] },
  rationale: 'A recovery point that anybody with rights to AWS Backup can delete is no defence against a mistake or an extortioner.',
  remediation: { construct: 'RecoveryPlan', l2: 'blockRecoveryPointDeletion: true', cfn: 'AccessPolicy that denies backup:DeleteRecoveryPoint, or LockConfiguration' },
  configRule: 'BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED',
  sources: [`${GUIDE}, "Access policies for backup vaults"`],
  check: (vault) => any([
    vault.get('LockConfiguration.MinRetentionDays').atLeast(1),
    vault.get('AccessPolicy').policy().some('Deny', (statement) => all(statement.principal().everyone(), statement.coversAction('backup:DeleteRecoveryPoint'))),
  ]).because('neither LockConfiguration nor a Deny in AccessPolicy keeps recovery points'),
});

export const vaultPolicyNotPublic = rule({
  id: 'Backup.VaultPolicyNotPublic',
  resourceTypes: [...VAULT, AIR_GAPPED],
  title: 'Backup vault\'s policy allows no unbounded principal',
  severity: 'high',
  criteria: { direct: ['CC6.1', 'CC6.6'], supporting: ['CC6.3'] },
  rationale: 'A statement that allows everyone, with no condition on who calls, lets other accounts reach the backups or fill the vault.',
  remediation: { construct: 'RecoveryPlan', l2: 'accessPolicy that names its principals', cfn: 'AccessPolicy whose Allow statements name their principals or bind aws:PrincipalOrgID' },
  sources: [`${GUIDE}, "Access policies for backup vaults"`],
  check: (vault) => applies(vault.get('AccessPolicy').isPresent(), 'it has no policy', () => notPublic(vault.get('AccessPolicy'))),
});

/** Events that tell of a failure. Those of a job that has ended come whether it failed or not; `BACKUP_JOB_FAILED` and `RESTORE_JOB_FAILED` no longer come. */
const FAILURES = ['BACKUP_JOB_COMPLETED', 'RESTORE_JOB_COMPLETED', 'COPY_JOB_FAILED', 'S3_BACKUP_OBJECT_FAILED', 'S3_RESTORE_OBJECT_FAILED'];

/** The vault tells a topic of jobs that failed. */
export function tellsOfFailures(vault: ResourceReader): Truth {
  return all(
    vault.get('Notifications.SNSTopicArn').isPresent(),
    vault.get('Notifications.BackupVaultEvents').some((event) => event.oneOf(FAILURES)).because('BackupVaultEvents names no event that tells of a failure'),
  );
}

export const vaultNotifications = rule({
  id: 'Backup.VaultNotifications',
  resourceTypes: [...VAULT, AIR_GAPPED],
  title: 'Backup vault reports jobs that fail',
  severity: 'low',
  criteria: { direct: [], supporting: ['A1.2', 'CC7.2'] },
  rationale: 'A backup that fails unseen is found out when it is needed. An EventBridge rule can report the same, so this is asked for.',
  remediation: { construct: 'RecoveryPlan', l2: 'notificationTopic', cfn: 'Notifications: { SNSTopicArn, BackupVaultEvents }' },
  sources: [`${GUIDE}, "Using Amazon SNS to track AWS Backup events"`, `${GUIDE}, API reference, PutBackupVaultNotifications: events that are no longer sent`],
  onByDefault: false,
  check: (vault) => tellsOfFailures(vault),
});

const LEAST_DAYS = 35;
const rulesOf = (plan: ResourceReader): Property => plan.get('BackupPlan.BackupPlanRule');

export const planRetention = rule({
  id: 'Backup.PlanRetention',
  resourceTypes: PLAN,
  title: `Backup plan keeps recovery points for ${LEAST_DAYS} days`,
  severity: 'medium',
  criteria: { direct: ['A1.2'], supporting: ['CC7.5'] },
  rationale: 'Damage is often found weeks later; a plan that keeps backups for days only has none left from before it.',
  remediation: { construct: 'RecoveryPlan', l2: 'BackupPlan.dailyMonthly1YearRetention()', cfn: `a rule with Lifecycle: { DeleteAfterDays: ${LEAST_DAYS} } or more` },
  configRule: 'BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK',
  sources: [`${GUIDE}, "Backup plan options and configuration": without DeleteAfterDays recovery points do not expire`],
  check: (plan) => rulesOf(plan).some((item) => {
    const days = item.get('Lifecycle.DeleteAfterDays');
    return any([days.isAbsent(), days.atLeast(LEAST_DAYS)]);
  }).because(`no rule of the plan keeps recovery points for ${LEAST_DAYS} days or more`),
});

const DEFAULT_SCHEDULE = awsDefaults['AWS::Backup::BackupPlan.BackupPlan.BackupPlanRule.ScheduleExpression'];
const ANY_DAY = /^(\*|\?|1-31|1\/1|\*\/1)$/;
const ANY_MONTH = /^(\*|1-12|1\/1|\*\/1)$/;
const ANY_WEEKDAY = /^(\*|\?|1-7|SUN-SAT|1\/1|\*\/1)$/i;

/** A cron expression that names no day, month or weekday fires every day; a rate tells its interval. */
function daily(schedule: Property): Truth {
  const { scalar } = schedule;
  if (typeof scalar !== 'string') return schedule.is(DEFAULT_SCHEDULE.value);
  schedule.seen();
  const [, count, unit] = /^rate\(\s*(\d+)\s+(minutes?|hours?|days?)\s*\)$/.exec(scalar) ?? [];
  if (count !== undefined) return Truth.of(Number(count) <= (unit.startsWith('day') ? 1 : unit.startsWith('hour') ? 24 : 1440), `it runs every ${count} ${unit}`);
  const fields = /^cron\((.*)\)$/.exec(scalar)?.[1].trim().split(/\s+/);
  if (fields?.length !== 6) return Truth.unknown(`the schedule ${scalar} is not understood`);
  return Truth.of(ANY_DAY.test(fields[2]) && ANY_MONTH.test(fields[3]) && ANY_WEEKDAY.test(fields[4]), `it runs on some days only: ${scalar}`);
}

export const planDaily = rule({
  id: 'Backup.PlanDaily',
  resourceTypes: PLAN,
  title: 'Backup plan runs every day',
  severity: 'medium',
  criteria: { direct: ['A1.2'], supporting: ['CC7.5'] },
  rationale: 'The time between two backups is what a loss costs at most; more than a day needs a reason.',
  remediation: { construct: 'RecoveryPlan', l2: 'BackupPlanRule.daily()', cfn: 'a rule with ScheduleExpression: cron(0 5 * * ? *)' },
  configRule: 'BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK',
  sources: [DEFAULT_SCHEDULE.source],
  check: (plan) => rulesOf(plan).some((item) => any([
    item.get('EnableContinuousBackup').isTrue(),
    daily(item.get('ScheduleExpression').awsDefault(DEFAULT_SCHEDULE)),
  ])).because('no rule of the plan runs every day'),
});

export const planCopies = rule({
  id: 'Backup.PlanCopies',
  resourceTypes: PLAN,
  title: 'Backup plan copies recovery points to another vault',
  severity: 'low',
  criteria: { direct: ['A1.2'], supporting: ['CC7.5', 'CC9.1'] },
  rationale: 'A copy in another Region or account survives the loss of the first. It costs storage and transfer, so this is asked for.',
  remediation: { construct: 'RecoveryPlan', l2: 'copyActions', cfn: 'CopyActions of a rule' },
  sources: [`${GUIDE}, "Creating backup copies across AWS Regions"`],
  onByDefault: false,
  check: (plan) => rulesOf(plan).some((item) => item.get('CopyActions').isPresent()).because('no rule of the plan copies recovery points'),
});

/** The place names a vault that is cut off from the account. What a vault that is made elsewhere is, its ARN does not say. */
function airGapped(vault: Property): Truth {
  const target = vault.target();
  if (target) return Truth.of(target.type === AIR_GAPPED, 'the copy goes to an ordinary vault');
  return vault.missing ? Truth.no('the copy names no vault') : Truth.unknown('whether the vault of the copy is air-gapped is not in the templates given');
}

export const planAirGappedCopy = rule({
  id: 'Backup.PlanAirGappedCopy',
  resourceTypes: PLAN,
  title: 'Backup plan copies recovery points to an air-gapped vault',
  severity: 'low',
  criteria: { direct: [], supporting: ['A1.2', 'CC7.5', 'CC9.1'] },
  rationale: 'A logically air-gapped vault is always locked and is kept by AWS outside the account, so recovery points survive the takeover of the whole account. It costs a second copy, so this is asked for.',
  remediation: { construct: 'RecoveryPlan', l2: 'copyActions', cfn: 'TargetLogicallyAirGappedBackupVaultArn, or CopyActions to an AWS::Backup::LogicallyAirGappedBackupVault' },
  sources: [`${GUIDE}, "Logically air-gapped vault"`],
  onByDefault: false,
  check: (plan) => rulesOf(plan).some((item) => any([
    item.get('TargetLogicallyAirGappedBackupVaultArn').isPresent(),
    item.get('CopyActions').some((copy) => airGapped(copy.get('DestinationBackupVaultArn'))),
  ])).because('no rule of the plan copies recovery points to a logically air-gapped vault'),
});

export const restoreTested = rule({
  id: 'Backup.RestoreTested',
  resourceTypes: PLAN,
  title: 'Restores are tested',
  severity: 'medium',
  criteria: { direct: ['A1.3'], supporting: ['A1.2', 'CC7.5'] },
  rationale: 'Only a restore shows that a backup is good. A testing plan performs restores on a schedule and keeps the results.',
  remediation: { construct: 'RecoveryPlan', l2: 'CfnRestoreTestingPlan, CfnRestoreTestingSelection', cfn: 'an AWS::Backup::RestoreTestingPlan with an AWS::Backup::RestoreTestingSelection' },
  sources: [`${GUIDE}, "Restore testing"`],
  check: (_plan, model) => {
    if (model.ofType('AWS::Backup::RestoreTestingPlan').length === 0) return Truth.unknown('no restore testing plan is in the templates: tests may be planned elsewhere, or done by hand');
    return Truth.of(model.ofType('AWS::Backup::RestoreTestingSelection').length > 0, 'the restore testing plan selects nothing');
  },
});

const STATEFUL = [
  'AWS::RDS::DBInstance', 'AWS::RDS::DBCluster', 'AWS::DocDB::DBCluster', 'AWS::Neptune::DBCluster', 'AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable',
  'AWS::EFS::FileSystem', 'AWS::FSx::FileSystem', 'AWS::EC2::Volume', 'AWS::Redshift::Cluster',
];

/** Where the templates hold no selection, an organization's backup policy or another repository may: nobody can tell from here. */
function selectedOrElsewhere(resource: ResourceReader, model: Evaluation): Truth {
  if (model.ofType('AWS::Backup::BackupSelection').length > 0) return selectedForBackup(resource, model).because('no backup selection takes it, by ARN or by tag');
  return Truth.unknown(model.ofType(...PLAN).length > 0
    ? 'the backup plan in the templates selects nothing: its selections may be made elsewhere'
    : 'no backup plan is in the templates: an organization\'s backup policy may cover it');
}

/** What backs a resource up by other means than a selection: EFS's own plan, FSx's automatic backups, or a snapshot lifecycle policy for volumes. */
function backedUpOtherwise(resource: ResourceReader, model: Evaluation): Truth {
  if (resource.type === 'AWS::EFS::FileSystem') return resource.get('BackupPolicy.Status').is('ENABLED');
  if (resource.type === 'AWS::FSx::FileSystem') return automaticFsxBackups(resource);
  if (resource.type !== 'AWS::EC2::Volume') return Truth.no('it is not');
  return any(model.ofType('AWS::DLM::LifecyclePolicy').map((policy) => all(
    policy.get('State').is('ENABLED'),
    any([
      policy.get('DefaultPolicy').is('VOLUME'),
      policy.get('PolicyDetails.TargetTags').some((tag) => {
        const key = tag.get('Key');
        const value = tag.get('Value');
        if (key.scalar === undefined || value.scalar === undefined) return key.openTruth();
        return hasTag(resource, String(key.scalar), (own) => own.is(String(value.scalar)));
      }),
    ]),
  )));
}

/** A member of a cluster is saved with it, and a replica is a copy already, as is a scratch file system. */
function isCopy(resource: ResourceReader, model: Evaluation): Truth {
  if (resource.type === 'AWS::FSx::FileSystem') return cannotBeBackedUp(resource, model);
  if (resource.type === 'AWS::EC2::Volume' || !resource.type.startsWith('AWS::RDS::')) return Truth.no('it is not');
  return any(['DBClusterIdentifier', 'SourceDBInstanceIdentifier', 'ReplicationSourceIdentifier'].map((name) => resource.get(name).isPresent()));
}

export const statefulResourceSelected = rule({
  id: 'Backup.StatefulResourceSelected',
  resourceTypes: STATEFUL,
  title: 'Data store is in a backup plan',
  severity: 'medium',
  criteria: { direct: ['A1.2'], supporting: ['CC7.5', 'CC9.1'] },
  rationale: 'A plan protects what it selects. A data store that no selection takes, for want of a tag or an ARN, is missing when everything else is restored.',
  remediation: { construct: 'RecoveryPlan', l2: 'BackupPlan.addSelection(), or the tag that a selection asks for', cfn: 'an AWS::Backup::BackupSelection that takes it by ARN or tag' },
  nagRules: ['RDSInBackupPlan', 'EC2EBSInBackupPlan', 'DynamoDBInBackupPlan', 'EFSInBackupPlan'],
  sources: [`${GUIDE}, "Assign resources with AWS CLI": how Resources, ListOfTags, Conditions and NotResources combine`],
  check: (resource, model) => applies(not(isCopy(resource, model), 'it is a copy'), 'it is a member of a cluster, a replica or a scratch file system: the original is saved',
    () => any([backedUpOtherwise(resource, model), selectedOrElsewhere(resource, model)])),
});

export const bucketSelected = rule({
  id: 'Backup.BucketSelected',
  resourceTypes: ['AWS::S3::Bucket'],
  title: 'Bucket is in a backup plan',
  severity: 'low',
  criteria: { direct: ['A1.2'], supporting: ['CC7.5'] },
  rationale: 'A backup in a locked vault survives who may delete every version of an object. For most buckets versions, Object Lock or replication do, so this is asked for.',
  remediation: { construct: 'RecoveryPlan', l2: 'BackupPlan.addSelection()', cfn: 'an AWS::Backup::BackupSelection that takes it by ARN or tag' },
  configRule: 'S3_RESOURCES_PROTECTED_BY_BACKUP_PLAN',
  sources: [`${GUIDE}, "Amazon S3 backups"`],
  onByDefault: false,
  check: (bucket, model) => selectedOrElsewhere(bucket, model),
});
