import { Case, fail, notApplicable, pass, unknown, verdicts } from './verdicts';
import * as rules from '../../src/rules/backup';

const vault = (properties: object = {}): Case => ({ Subject: { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: 'v', ...properties } } });
const plan = (...list: object[]): Case => ({ Subject: { Type: 'AWS::Backup::BackupPlan', Properties: { BackupPlan: { BackupPlanName: 'p', BackupPlanRule: list } } } });
const param = { $Parameters: { P: { Type: 'String' } } };
const P = { Ref: 'P' };

verdicts(rules.vaultCustomerKey, {
  pass: { 'a key': vault({ EncryptionKeyArn: 'arn:aws:kms:us-east-1:111111111111:key/1' }), 'a key of the template': { ...vault({ EncryptionKeyArn: { 'Fn::GetAtt': ['Key', 'Arn'] } }), Key: { Type: 'AWS::KMS::Key' } } },
  fail: { absent: vault(), empty: vault({ EncryptionKeyArn: '' }) },
  unknown: { 'a macro decides': vault({ EncryptionKeyArn: { 'Fn::Transform': { Name: 'Key' } } }), 'a parameter may name any key': { ...vault({ EncryptionKeyArn: P }), ...param } },
  trap: { 'no value': fail(vault({ EncryptionKeyArn: { Ref: 'AWS::NoValue' } })), 'the AWS managed key': fail(vault({ EncryptionKeyArn: 'arn:aws:kms:us-east-1:111111111111:alias/aws/backup' }), { message: /aws\/backup/ }) },
});

verdicts(rules.vaultLock, {
  pass: { 'a week': vault({ LockConfiguration: { MinRetentionDays: 7 } }), 'as text': vault({ LockConfiguration: { MinRetentionDays: '7' } }) },
  fail: { absent: vault() },
  unknown: { 'a parameter': { ...vault({ LockConfiguration: { MinRetentionDays: P } }), ...param } },
  trap: { 'a maximum alone locks nothing': fail(vault({ LockConfiguration: { MaxRetentionDays: 365 } })) },
});

const access = (more: object = {}) => vault({ AccessPolicy: { Statement: [{ Effect: 'Deny', Principal: '*', Action: ['backup:DeleteRecoveryPoint', 'backup:UpdateRecoveryPointLifecycle'], Resource: '*', ...more }] } });

verdicts(rules.vaultDeniesDeletion, {
  pass: { 'denied': access(), 'all of it denied': access({ Action: 'backup:*' }), 'locked': vault({ LockConfiguration: { MinRetentionDays: 7 } }) },
  fail: { 'absent': vault(), 'something else is denied': access({ Action: 'backup:StartCopyJob' }) },
  unknown: { 'a parameter': { ...vault({ AccessPolicy: P }), ...param } },
  trap: { 'denied to one': fail(access({ Principal: { AWS: 'arn:aws:iam::111111111111:role/dev' } })), 'allowed to all': fail(access({ Effect: 'Allow' })) },
});

verdicts(rules.vaultPolicyNotPublic, {
  pass: { 'everyone is denied': access(), 'an account': access({ Effect: 'Allow', Principal: { AWS: '111111111111' } }) },
  fail: { everyone: access({ Effect: 'Allow', Action: 'backup:CopyIntoBackupVault' }) },
  unknown: { 'a parameter': { ...access({ Effect: 'Allow', Principal: { AWS: P } }), ...param } },
  notApplicable: { 'no policy': vault() },
  trap: {
    'everyone of an organization': pass(access({ Effect: 'Allow', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } })),
    'an air-gapped vault has a policy too': fail({ Subject: { Type: 'AWS::Backup::LogicallyAirGappedBackupVault', Properties: { AccessPolicy: { Statement: [{ Effect: 'Allow', Principal: '*', Action: 'backup:CopyFromBackupVault' }] } } } }),
  },
});

verdicts(rules.vaultNotifications, {
  pass: { 'jobs that ended': vault({ Notifications: { SNSTopicArn: 'arn', BackupVaultEvents: ['BACKUP_JOB_COMPLETED'] } }), 'copies that failed': vault({ Notifications: { SNSTopicArn: 'arn', BackupVaultEvents: ['BACKUP_JOB_STARTED', 'COPY_JOB_FAILED'] } }) },
  fail: { 'absent': vault(), 'no topic': vault({ Notifications: { BackupVaultEvents: ['BACKUP_JOB_COMPLETED'] } }) },
  unknown: { 'a macro decides': vault({ Notifications: { SNSTopicArn: { 'Fn::Transform': { Name: 'Topic' } }, BackupVaultEvents: ['BACKUP_JOB_COMPLETED'] } }) },
  trap: {
    'no events': fail(vault({ Notifications: { SNSTopicArn: 'arn', BackupVaultEvents: [] } })),
    'events that tell of no failure': fail(vault({ Notifications: { SNSTopicArn: 'arn', BackupVaultEvents: ['BACKUP_JOB_STARTED', 'RECOVERY_POINT_MODIFIED'] } }), { message: /no event that tells of a failure/ }),
    'an event that no longer comes': fail(vault({ Notifications: { SNSTopicArn: 'arn', BackupVaultEvents: ['BACKUP_JOB_FAILED'] } })),
  },
});

const keeps = (days: unknown) => ({ RuleName: 'r', Lifecycle: { DeleteAfterDays: days } });

verdicts(rules.planRetention, {
  pass: { 'five weeks': plan(keeps(35)), 'one rule of two': plan(keeps(7), keeps('365')) },
  fail: { 'a week': plan(keeps(7)), 'no rules': plan() },
  unknown: { 'a parameter': { ...plan(keeps(P)), ...param } },
  trap: { 'absent: for ever': pass(plan({ RuleName: 'r' })), 'moved to cold storage, never deleted': pass(plan({ RuleName: 'r', Lifecycle: { MoveToColdStorageAfterDays: 30 } })), '34 days': fail(plan(keeps(34))) },
});

const runs = (schedule: unknown) => ({ RuleName: 'r', ScheduleExpression: schedule });

verdicts(rules.planDaily, {
  pass: { 'every night': plan(runs('cron(0 5 * * ? *)')), 'every night, by weekday': plan(runs('cron(0 5 ? * * *)')), 'every 12 hours': plan(runs('rate(12 hours)')), 'one rule of two': plan(runs('cron(0 5 1 * ? *)'), runs('cron(0 0/6 * * ? *)')) },
  fail: { 'on Sundays': plan(runs('cron(0 5 ? * SUN *)')), 'monthly': plan(runs('cron(0 5 1 * ? *)')), 'in January': plan(runs('cron(0 5 * 1 ? *)')), 'every 2 days': plan(runs('rate(2 days)')) },
  unknown: { 'a parameter': { ...plan(runs(P)), ...param }, 'no schedule one knows': plan(runs('now and then')) },
  trap: { 'absent: every night': pass(plan({ RuleName: 'r' })), 'weekly, and continuously': pass(plan({ ...runs('cron(0 5 ? * SUN *)'), EnableContinuousBackup: true })) },
});

verdicts(rules.planCopies, {
  pass: { 'a copy': plan({ RuleName: 'r', CopyActions: [{ DestinationBackupVaultArn: 'arn' }] }) },
  fail: { none: plan({ RuleName: 'r' }) },
  unknown: { 'a macro decides': plan({ RuleName: 'r', CopyActions: { 'Fn::Transform': { Name: 'Copies' } } }) },
  trap: { 'an empty list': fail(plan({ RuleName: 'r', CopyActions: [] })) },
});

const copied = (vaultArn: unknown) => ({ RuleName: 'r', CopyActions: [{ DestinationBackupVaultArn: vaultArn }] });
const copyTo = (type: string): Case => ({ ...plan(copied({ 'Fn::GetAtt': ['Other', 'BackupVaultArn'] })), Other: { Type: type } });

verdicts(rules.planAirGappedCopy, {
  pass: { 'a copy to such a vault': copyTo('AWS::Backup::LogicallyAirGappedBackupVault'), 'straight to such a vault': plan({ RuleName: 'r', TargetLogicallyAirGappedBackupVaultArn: 'arn' }) },
  fail: { 'no copies': plan({ RuleName: 'r' }), 'a copy to an ordinary vault': copyTo('AWS::Backup::BackupVault') },
  unknown: { 'a vault that is made elsewhere': plan(copied('arn:aws:backup:eu-west-1:222222222222:backup-vault:central')), 'a parameter': { ...plan(copied(P)), ...param } },
  trap: {
    'the vault is there, nothing is copied to it': fail({ ...plan({ RuleName: 'r' }), Other: { Type: 'AWS::Backup::LogicallyAirGappedBackupVault' } }),
    'one rule of two': pass({ ...copyTo('AWS::Backup::LogicallyAirGappedBackupVault'), ...plan({ RuleName: 'a' }, copied({ 'Fn::GetAtt': ['Other', 'BackupVaultArn'] })) }),
  },
});

const testing = { Testing: { Type: 'AWS::Backup::RestoreTestingPlan' } };

verdicts(rules.restoreTested, {
  pass: { 'something is restored': { ...plan(), ...testing, Restore: { Type: 'AWS::Backup::RestoreTestingSelection' } } },
  fail: { 'nothing is restored': { ...plan(), ...testing } },
  unknown: { 'tests may be planned elsewhere': plan() },
  trap: { 'a selection without a plan': unknown({ ...plan(), Restore: { Type: 'AWS::Backup::RestoreTestingSelection' } }) },
});

const table = (properties?: object): Case => ({ Subject: { Type: 'AWS::DynamoDB::Table', Properties: properties } });
const tags = (value: unknown = 'daily') => ({ Tags: [{ Key: 'backup', Value: value }] });
const selection = (properties: object) => ({ Selection: { Type: 'AWS::Backup::BackupSelection', Properties: { BackupPlanId: 'plan', BackupSelection: { SelectionName: 's', ...properties } } } });
const takes = (...resources: unknown[]) => selection({ Resources: resources });
const byTag = (key = 'backup', value: unknown = 'daily') => ({ ListOfTags: [{ ConditionType: 'STRINGEQUALS', ConditionKey: key, ConditionValue: value }] });
const conditions = (operator: string, value: unknown = 'daily', key = 'aws:ResourceTag/backup') => ({ Conditions: { [operator]: [{ ConditionKey: key, ConditionValue: value }] } });
const otherTable = { Other: { Type: 'AWS::DynamoDB::Table' } };
const ARN = { 'Fn::GetAtt': ['Subject', 'Arn'] };
const arnOf = (name: string) => `arn:aws:dynamodb:us-east-1:111111111111:table/${name}`;
const instance = (properties: object = {}): Case => ({ Subject: { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'postgres', ...properties } } });
const volume = (properties: object = {}): Case => ({ Subject: { Type: 'AWS::EC2::Volume', Properties: { Size: 10, ...properties } } });
const snapshots = (details: object, more: object = {}) => ({ Snapshots: { Type: 'AWS::DLM::LifecyclePolicy', Properties: { State: 'ENABLED', PolicyDetails: details, ...more } } });

verdicts(rules.statefulResourceSelected, {
  pass: {
    'by reference': { ...table(), ...takes(ARN) },
    'everything': { ...table(), ...takes('*') },
    'all of the service': { ...table(), ...takes('arn:aws:dynamodb:*') },
    'all tables': { ...table(), ...takes('arn:aws:dynamodb:*:*:table/*') },
    'all databases': { ...instance(), ...takes('arn:aws:rds:*:*:db:*') },
    'by name': { ...table({ TableName: 'orders' }), ...takes({ 'Fn::Sub': 'arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/orders' }) },
    'by the start of its name': { ...table({ TableName: 'prod-orders' }), ...takes('arn:aws:dynamodb:*:*:table/prod-*') },
    'by tag': { ...table(tags()), ...selection(byTag()) },
    'by the condition of a tag': { ...table(tags()), ...selection(conditions('StringEquals')) },
    'the second selection': { ...table(tags()), ...takes('arn:aws:rds:*'), More: selection(byTag()).Selection },
  },
  fail: {
    'another table': { ...table(), ...otherTable, ...takes({ 'Fn::GetAtt': ['Other', 'Arn'] }) },
    'another service': { ...table(), ...takes('arn:aws:rds:*:*:db:*') },
    'another name': { ...table({ TableName: 'orders' }), ...takes(arnOf('users')) },
    'another value of the tag': { ...table(tags('never')), ...selection(byTag()) },
    'no tags': { ...table(), ...selection(byTag()) },
  },
  unknown: {
    'no plan at all': table(),
    'a plan without selections': { ...table(), Plan: { Type: 'AWS::Backup::BackupPlan' } },
    'the tag is a parameter': { ...table(tags(P)), ...selection(byTag()), ...param },
    'the selection asks for a parameter': { ...table(tags()), ...selection(byTag('backup', P)), ...param },
    'the resources are a parameter': { ...table(), ...takes(P), ...param },
    'whether its name fits is known at deployment': { ...table(), ...takes('arn:aws:dynamodb:*:*:table/prod-*') },
    'whether it is of that account is known at deployment': { ...table({ TableName: 'orders-1' }), ...takes('arn:aws:dynamodb:us-east-1:111111111111:table/orders-*') },
  },
  notApplicable: {
    'a member of a cluster': { ...instance({ DBClusterIdentifier: 'c' }), ...takes('arn:aws:s3:::*') },
    'a replica': { ...instance({ SourceDBInstanceIdentifier: 'primary' }), ...takes('arn:aws:s3:::*') },
  },
  trap: {
    'a name that CloudFormation gives is not that one': fail({ ...table(), ...takes(arnOf('orders')) }),
    'left out by NotResources': fail({ ...table(), ...selection({ Resources: ['*'], NotResources: [ARN] }) }),
    'left out with its kind': fail({ ...table(), ...selection({ Resources: ['*'], NotResources: ['arn:aws:dynamodb:*:*:table/*'] }) }),
    'Resources or ListOfTags': pass({ ...table(tags()), ...selection({ Resources: ['arn:aws:rds:*'], ...byTag() }) }),
    'Resources and Conditions': fail({ ...table(), ...selection({ Resources: ['*'], ...conditions('StringEquals') }) }),
    'nothing named: everything': pass({ ...table(), ...selection({ IamRoleArn: 'arn' }) }),
    'conditions alone narrow everything': fail({ ...table(tags('never')), ...selection(conditions('StringEquals')) }),
    'all conditions must hold': fail({ ...table(tags()), ...selection({ Conditions: { StringEquals: [{ ConditionKey: 'aws:ResourceTag/backup', ConditionValue: 'daily' }, { ConditionKey: 'aws:ResourceTag/stage', ConditionValue: 'prod' }] } }) }),
    'a tag that is like it': pass({ ...table(tags('daily-35')), ...selection(conditions('StringLike', 'daily*')) }),
    'a tag that it must not have': fail({ ...table(tags('never')), ...selection({ Resources: ['*'], ...conditions('StringNotEquals', 'never') }) }),
    'a tag that it must not be like': fail({ ...table(tags('never-ever')), ...selection({ Resources: ['*'], ...conditions('StringNotLike', 'never*') }) }),
    'the tags of a global table are those of its replicas': pass({ Subject: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { Replicas: [{ Region: 'us-east-1', ...tags() }] } }, ...selection(byTag()) }),
    'tags as a map': pass({ ...table({ Tags: { backup: 'daily' } }), ...selection(byTag()) }),
    'a cluster is no instance': fail({ Subject: { Type: 'AWS::DocDB::DBCluster' }, ...takes('arn:aws:rds:*:*:db:*') }),
    'a cluster of any engine': pass({ Subject: { Type: 'AWS::Neptune::DBCluster' }, ...takes('arn:aws:rds:*:*:cluster:*') }),
    'FSx backs itself up': pass({ Subject: { Type: 'AWS::FSx::FileSystem', Properties: { FileSystemType: 'WINDOWS' } }, ...takes('arn:aws:s3:::*') }),
    'FSx does not for Lustre': fail({ Subject: { Type: 'AWS::FSx::FileSystem', Properties: { FileSystemType: 'LUSTRE', LustreConfiguration: { DeploymentType: 'PERSISTENT_2' } } }, ...takes('arn:aws:s3:::*') }),
    'a scratch file system': notApplicable({ Subject: { Type: 'AWS::FSx::FileSystem', Properties: { FileSystemType: 'LUSTRE' } }, ...takes('arn:aws:s3:::*') }),
    'EFS backs itself up': pass({ Subject: { Type: 'AWS::EFS::FileSystem', Properties: { BackupPolicy: { Status: 'ENABLED' } } } }),
    'a volume by its snapshots': pass({ ...volume(tags()), ...snapshots({ TargetTags: [{ Key: 'backup', Value: 'daily' }] }) }),
    'snapshots of other volumes': unknown({ ...volume(), ...snapshots({ TargetTags: [{ Key: 'backup', Value: 'daily' }] }) }),
    'snapshots that are switched off': unknown({ ...volume(tags()), ...snapshots({ TargetTags: [{ Key: 'backup', Value: 'daily' }] }, { State: 'DISABLED' }) }),
    'snapshots of all volumes': pass({ ...volume(), ...snapshots({}, { DefaultPolicy: 'VOLUME' }) }),
    'the selection exists in one branch only': fail({
      ...table(),
      Selection: { ...takes('*').Selection, Condition: 'IsProd' },
      More: takes('arn:aws:rds:*').Selection,
      $Parameters: { Env: { Type: 'String' } },
      $Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Env' }, 'prod'] } },
    }, { message: /IsProd is false/ }),
    'a replica of a cluster elsewhere': notApplicable({ Subject: { Type: 'AWS::RDS::DBCluster', Properties: { ReplicationSourceIdentifier: 'arn' } }, ...takes('arn:aws:s3:::*') }),
  },
});

const bucket = (properties?: object): Case => ({ Subject: { Type: 'AWS::S3::Bucket', Properties: properties } });

verdicts(rules.bucketSelected, {
  pass: { 'by reference': { ...bucket(), ...takes(ARN) }, 'all buckets': { ...bucket(), ...takes('arn:aws:s3:::*') } },
  fail: { 'another kind': { ...bucket(), ...takes('arn:aws:rds:*') } },
  unknown: { 'no plan at all': bucket() },
  trap: { 'by the start of its name': pass({ ...bucket({ BucketName: 'prod-data' }), ...takes('arn:aws:s3:::prod-*') }), 'another bucket\'s name': fail({ ...bucket({ BucketName: 'data' }), ...takes('arn:aws:s3:::prod-*') }) },
});
