import { Duration, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as backup from 'aws-cdk-lib/aws-backup';
import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { appWith, claimsIn, describeConstruct, modelOf, optionalOf, validated } from './harness';
import { AWS_POLICY } from './nag-findings';
import { AlarmTopic, RecoveryPlan, RecoveryPlanProps, SecureBucket, SecureTable } from '../../src/constructs';
import { evaluate, ruleById } from '../../src/rules';

const optional = optionalOf<RecoveryPlanProps>()([
  'encryptionKey', 'vaultName', 'dailyRetention', 'continuousBackup', 'monthlyRetention', 'moveToColdStorageAfter', 'rules', 'copyActions',
  'minRetention', 'maxRetention', 'lockIrreversiblyAfter', 'blockRecoveryPointDeletion', 'selectByTag', 'resources', 'notificationTopic', 'optOuts',
]);

const vault = (plan: RecoveryPlan): backup.CfnBackupVault => plan.vault.node.defaultChild as backup.CfnBackupVault;
const rulesOf = (plan: RecoveryPlan, value: unknown): void => (plan.plan.node.defaultChild as backup.CfnBackupPlan).addPropertyOverride('BackupPlan.BackupPlanRule', value);

describeConstruct<RecoveryPlanProps>({
  name: 'RecoveryPlan',
  uses: (plan: RecoveryPlan, consumer) => void plan.vault.grant(new iam.Role(consumer, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }), 'backup:StartBackupJob'),
  nag: Object.fromEntries([
    'AWSBackupServiceRolePolicyForS3Backup', 'AWSBackupServiceRolePolicyForS3Restore', 'service-role/AWSBackupServiceRolePolicyForBackup', 'service-role/AWSBackupServiceRolePolicyForRestores',
  ].map((name) => [`AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${name}] S/X/Role/Resource`, AWS_POLICY])),
  make: (scope, id, props) => new RecoveryPlan(scope, id, props),
  optional,
  breaks: {
    'Backup.VaultCustomerKey': (plan: RecoveryPlan) => vault(plan).addPropertyDeletionOverride('EncryptionKeyArn'),
    'Backup.VaultLock': (plan: RecoveryPlan) => vault(plan).addPropertyDeletionOverride('LockConfiguration'),
    'Backup.VaultDeniesDeletion': (plan: RecoveryPlan) => {
      vault(plan).addPropertyDeletionOverride('LockConfiguration');
      vault(plan).addPropertyOverride('AccessPolicy.Statement.0.Effect', 'Allow');
    },
    'Backup.VaultPolicyNotPublic': (plan: RecoveryPlan) => vault(plan).addPropertyOverride('AccessPolicy.Statement.0.Effect', 'Allow'),
    'Backup.PlanDaily': (plan: RecoveryPlan) => rulesOf(plan, [{ RuleName: 'Monthly', ScheduleExpression: 'cron(0 5 1 * ? *)' }]),
    'Backup.PlanRetention': (plan: RecoveryPlan) => rulesOf(plan, [{ RuleName: 'Daily', Lifecycle: { DeleteAfterDays: 7 } }]),
  },
  weakenings: [
    { props: { dailyRetention: Duration.days(34), monthlyRetention: Duration.days(34), moveToColdStorageAfter: Duration.days(0) }, says: 'dailyRetention and monthlyRetention', rules: ['Backup.PlanRetention'] },
  ],
});

describe('RecoveryPlan', () => {
  const made = (props: RecoveryPlanProps = {}, stack = new Stack(appWith(), 'S')): Stack => new RecoveryPlan(stack, 'X', props).node.scope as Stack;
  const only = (stack: Stack, type: string): Record<string, any> => Object.values(Template.fromStack(stack).findResources(type))[0].Properties;

  test('backs up daily for 35 days, to any second, and monthly for 400, cold after 30', () => {
    expect(only(made(), 'AWS::Backup::BackupPlan').BackupPlan.BackupPlanRule).toMatchObject([
      { RuleName: 'Daily', ScheduleExpression: 'cron(0 5 * * ? *)', EnableContinuousBackup: true, Lifecycle: { DeleteAfterDays: 35 } },
      { RuleName: 'Monthly', ScheduleExpression: 'cron(0 5 1 * ? *)', Lifecycle: { DeleteAfterDays: 400, MoveToColdStorageAfterDays: 30 } },
    ]);
  });

  test('locks the vault so that the lock can be removed, unless told otherwise', () => {
    expect(only(made(), 'AWS::Backup::BackupVault').LockConfiguration).toEqual({ MinRetentionDays: 7 });
    expect(only(made({ lockIrreversiblyAfter: Duration.days(3) }), 'AWS::Backup::BackupVault').LockConfiguration).toEqual({ MinRetentionDays: 7, ChangeableForDays: 3 });
  });

  test('denies the deletion of backups by hand, unless told otherwise', () => {
    expect(only(made(), 'AWS::Backup::BackupVault').AccessPolicy.Statement).toMatchObject([{ Effect: 'Deny', Action: ['backup:DeleteRecoveryPoint', 'backup:UpdateRecoveryPointLifecycle'] }]);
    const app = appWith();
    made({ blockRecoveryPointDeletion: false }, new Stack(app, 'S'));
    const rules = claimsIn(modelOf(app), 'RecoveryPlan').map(({ rule, verdict }) => `${rule} ${verdict}`);
    expect(rules).toContain('Backup.VaultDeniesDeletion pass');
    expect(rules.join()).not.toContain('Backup.VaultPolicyNotPublic');
  });

  test('may read and restore S3, which CDK\'s role may not', () => {
    const policies = JSON.stringify(only(made(), 'AWS::IAM::Role').ManagedPolicyArns);
    for (const name of ['service-role/AWSBackupServiceRolePolicyForBackup', 'service-role/AWSBackupServiceRolePolicyForRestores', 'AWSBackupServiceRolePolicyForS3Backup', 'AWSBackupServiceRolePolicyForS3Restore']) {
      expect(policies).toContain(`policy/${name}"`);
    }
  });

  test('selects by the tag that tables, and buckets on request, carry', () => {
    const app = appWith();
    const stack = made({}, new Stack(app, 'S'));
    new SecureTable(stack, 'Table', { partitionKey: { name: 'id', type: AttributeType.STRING } });
    new SecureBucket(stack, 'Bucket', { backup: true });
    expect(only(stack, 'AWS::Backup::BackupSelection').BackupSelection.ListOfTags).toEqual([{ ConditionKey: 'soc2:backup', ConditionType: 'STRINGEQUALS', ConditionValue: 'true' }]);
    const resources = [...modelOf(app).templates[0].resources.values()];
    const verdictOf = (type: string, rule: string): string =>
      evaluate(ruleById(rule), resources.find((one) => one.type === type && /^(Table|Bucket)/.test(one.logicalId))!).verdict;
    expect(verdictOf('AWS::DynamoDB::GlobalTable', 'Backup.StatefulResourceSelected')).toBe('pass');
    expect(verdictOf('AWS::S3::Bucket', 'Backup.BucketSelected')).toBe('pass');
  });

  test('selects what is named besides what is tagged, or instead', () => {
    const arn = 'arn:aws:dynamodb:eu-west-1:111111111111:table/t';
    const selection = (selectByTag?: boolean): object =>
      only(made({ selectByTag, resources: [backup.BackupResource.fromArn(arn)] }), 'AWS::Backup::BackupSelection').BackupSelection;
    expect(selection()).toMatchObject({ Resources: [arn], ListOfTags: [{ ConditionKey: 'soc2:backup' }] });
    expect(selection(false)).toMatchObject({ Resources: [arn] });
    expect(selection(false)).not.toHaveProperty('ListOfTags');
  });

  test.each([
    ['cold storage of less than 90 days', { monthlyRetention: Duration.days(100) },
      'rule Monthly moves backups to cold storage after 30 days and deletes them after 100; they have to stay cold for 90 days: keep them for at least 120'],
    ['a lock that outlasts a rule', { minRetention: Duration.days(36) },
      'rule Daily keeps backups for 35 days, the lock of the vault asks for at least 36, so every job would fail: lengthen the one or shorten minRetention'],
    ['a lock that ends before a rule', { maxRetention: Duration.days(365) },
      'rule Monthly keeps backups for 400 days, the lock of the vault allows at most 365, so every job would fail: shorten the one or lengthen maxRetention'],
    ['a lock that ends, and a rule that does not', { maxRetention: Duration.days(500), rules: [{ ruleName: 'Eternal' }] },
      'rule Eternal keeps backups for ever, the lock of the vault allows at most 500, so every job would fail: shorten the one or lengthen maxRetention'],
    ['continuous backups of more than 35 days', { dailyRetention: Duration.days(36) },
      'rule Daily keeps backups for 36 days; continuous backups are kept for 35 days at most: shorten it, or set continuousBackup: false'],
    ['nothing selected', { selectByTag: false }, 'it selects nothing; leave out selectByTag: false, or give resources'],
  ])('fails with %s', (_, props, message) => {
    expect(() => made(props)).toThrow(`RecoveryPlan at S/X: ${message}`);
  });

  test('fails to select by construct, which misses tables and buckets without a word', () => {
    const stack = new Stack(appWith(), 'S');
    expect(() => made({ resources: [backup.BackupResource.fromConstruct(stack)] }, stack))
      .toThrow('RecoveryPlan at S/X: BackupResource.fromConstruct() misses tables made by TableV2 and buckets without a word; tag them soc2:backup=true, or name each with fromArn()');
  });

  test.each([
    ['exactly 90 days of cold storage', { monthlyRetention: Duration.days(120) }],
    ['no cold storage', { monthlyRetention: Duration.days(40), moveToColdStorageAfter: Duration.days(0) }],
    ['a lock as long as the shortest rule', { minRetention: Duration.days(35) }],
    ['daily backups for longer, not continuous', { dailyRetention: Duration.days(60), continuousBackup: false }],
    ['a continuous rule without an end, which CDK gives it', { maxRetention: Duration.days(400), rules: [{ ruleName: 'Hourly', enableContinuousBackup: true }] }],
    ['resources only', { selectByTag: false, resources: [backup.BackupResource.fromTag('a', 'b')] }],
  ])('takes %s', (_, props) => {
    expect(() => Template.fromStack(made(props))).not.toThrow();
  });

  describe('with a topic', () => {
    const deprecated = ['BACKUP_JOB_SUCCESSFUL', 'BACKUP_JOB_FAILED', 'BACKUP_JOB_EXPIRED', 'RESTORE_JOB_SUCCESSFUL', 'RESTORE_JOB_FAILED', 'BACKUP_PLAN_CREATED', 'BACKUP_PLAN_MODIFIED'];

    test('tells of failures only, by events that are still sent, and by EventBridge where there are none', () => {
      const app = appWith();
      const stack = new Stack(app, 'S');
      made({ notificationTopic: new AlarmTopic(stack, 'T') }, stack);
      const { Notifications } = only(stack, 'AWS::Backup::BackupVault');
      expect(Notifications.BackupVaultEvents).toEqual(['COPY_JOB_FAILED', 'S3_BACKUP_OBJECT_FAILED', 'S3_RESTORE_OBJECT_FAILED']);
      for (const event of deprecated) expect(Notifications.BackupVaultEvents).not.toContain(event);
      expect(only(stack, 'AWS::Events::Rule')).toMatchObject({
        EventPattern: {
          'source': ['aws.backup'],
          'detail-type': ['Backup Job State Change', 'Restore Job State Change'],
          'detail': { $or: [{ state: ['ABORTED', 'EXPIRED', 'FAILED', 'PARTIAL'] }, { status: ['ABORTED', 'EXPIRED', 'FAILED', 'PARTIAL'] }] },
        },
        Targets: [{ Arn: { Ref: expect.stringMatching(/^T/) } }],
      });
      expect(claimsIn(modelOf(app), 'RecoveryPlan').filter(({ rule }) => rule === 'Backup.VaultNotifications').map(({ verdict }) => verdict)).toEqual(['pass']);
    });

    const publishers = (stack: Stack): string[] => Object.values(Template.fromStack(stack).findResources('AWS::SNS::TopicPolicy'))
      .flatMap((policy) => policy.Properties.PolicyDocument.Statement).map(({ Principal }) => Principal.Service).filter((service) => service === 'backup.amazonaws.com' || service === 'events.amazonaws.com');

    test('that is an AlarmTopic lets nobody in twice', () => {
      const stack = new Stack(appWith(), 'S');
      made({ notificationTopic: new AlarmTopic(stack, 'T') }, stack);
      expect(publishers(stack).sort()).toEqual(['backup.amazonaws.com', 'events.amazonaws.com']);
    });

    test('of another kind lets AWS Backup and EventBridge in, to its key too', () => {
      const stack = new Stack(appWith(), 'S');
      made({ notificationTopic: new sns.Topic(stack, 'T', { masterKey: new kms.Key(stack, 'K') }) }, stack);
      expect(publishers(stack).sort()).toEqual(['backup.amazonaws.com', 'events.amazonaws.com']);
      const key = JSON.stringify(Template.fromStack(stack).findResources('AWS::KMS::Key', { Properties: { KeyPolicy: { Statement: Match.arrayWith([Match.objectLike({ Principal: { Service: 'backup.amazonaws.com' } })]) } } }));
      expect(key).toContain('events.amazonaws.com');
    });

    test('from elsewhere says what its policy needs', () => {
      const stack = new Stack(appWith(), 'S');
      made({ notificationTopic: sns.Topic.fromTopicArn(stack, 'T', 'arn:aws:sns:eu-west-1:111111111111:theirs') }, stack);
      Annotations.fromStack(stack).hasWarning('/S/T', Match.stringLikeRegexp('must let backup.amazonaws.com do sns:Publish'));
    });

    test('that is FIFO fails', () => {
      const stack = new Stack(appWith(), 'S');
      expect(() => made({ notificationTopic: new sns.Topic(stack, 'T', { fifo: true }) }, stack)).toThrow('RecoveryPlan at S/X: AWS Backup does not publish to FIFO topics; give another notificationTopic');
    });
  });

  test('satisfies CDK\'s own validation with a topic, an irreversible lock and named resources', () => {
    expect(() => validated((scope) => new RecoveryPlan(scope, 'X', {
      notificationTopic: new AlarmTopic(scope, 'T'),
      lockIrreversiblyAfter: Duration.days(3),
      resources: [backup.BackupResource.fromArn('arn:aws:dynamodb:eu-west-1:111111111111:table/t')],
    }))).not.toThrow();
  });

  test('claims no key from elsewhere', () => {
    const app = appWith();
    const stack = new Stack(app, 'S');
    made({ encryptionKey: kms.Key.fromKeyArn(stack, 'K', 'arn:aws:kms:eu-west-1:111111111111:key/12345678-1234-1234-1234-123456789012') }, stack);
    expect(claimsIn(modelOf(app), 'RecoveryPlan').map(({ rule }) => rule)).not.toContain('Backup.VaultCustomerKey');
  });
});
