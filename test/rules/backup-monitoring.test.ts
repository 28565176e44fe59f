import { P, caseOf, ifProd } from './cases';
import { Case, fail, pass, verdicts } from './verdicts';
import { failuresNotified } from '../../src/rules/backup-monitoring';

const plan = (others: Case = {}): Case => caseOf({ Subject: { Type: 'AWS::Backup::BackupPlan', Properties: { BackupPlan: { BackupPlanRule: [] } } }, ...others });
const pattern = (more: object = {}) => ({ 'source': ['aws.backup'], 'detail-type': ['Backup Job State Change'], 'detail': { state: ['FAILED'] }, ...more });
const eventRule = (EventPattern: unknown, more: object = {}) => plan({ Failures: { Type: 'AWS::Events::Rule', Properties: { EventPattern, Targets: [{ Id: 't', Arn: 'arn' }], ...more } } });
const alarm = (more: object = {}) => plan({ Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { Namespace: 'AWS/Backup', MetricName: 'NumberOfBackupJobsFailed', AlarmActions: ['arn'], ...more } } });
const vault = (...BackupVaultEvents: string[]) => plan({ Vault: { Type: 'AWS::Backup::BackupVault', Properties: { Notifications: { SNSTopicArn: 'arn', BackupVaultEvents } } } });

verdicts(failuresNotified, {
  pass: {
    'a rule': eventRule(pattern()),
    'a rule for all events': eventRule({ source: ['aws.backup'] }),
    'a rule of alternatives': eventRule(pattern({ detail: { $or: [{ state: ['EXPIRED', 'FAILED'] }, { status: ['FAILED'] }] } })),
    'an alarm': alarm(),
    'a vault': vault('BACKUP_JOB_COMPLETED'),
  },
  fail: {
    'nothing': plan(),
    'a rule for another service': eventRule(pattern({ source: ['aws.rds'] })),
    'a rule for success': eventRule(pattern({ detail: { state: ['COMPLETED'] } })),
    'a rule for copies': eventRule(pattern({ 'detail-type': ['Copy Job State Change'] })),
    'an alarm on another metric': alarm({ MetricName: 'NumberOfBackupJobsCompleted' }),
    'a vault that tells of the start': vault('BACKUP_JOB_STARTED'),
  },
  unknown: { 'a rule by parameter': eventRule(P), 'the state of the rule is a parameter': eventRule(pattern(), { State: P }) },
  trap: {
    'a rule that is switched off': fail(eventRule(pattern(), { State: 'DISABLED' })),
    'a rule that tells nobody': fail(eventRule(pattern(), { Targets: [] })),
    'a rule for anything but success': pass(eventRule(pattern({ detail: { state: [{ 'anything-but': ['COMPLETED', 'RUNNING'] }] } }))),
    'a rule as a JSON text': pass(eventRule(JSON.stringify(pattern()))),
    'alternatives of success': fail(eventRule(pattern({ detail: { $or: [{ state: ['COMPLETED'] }, { status: ['COMPLETED'] }] } }))),
    'an alarm that acts not': fail(alarm({ ActionsEnabled: 'false' })),
    'an alarm that tells nobody': fail(alarm({ AlarmActions: undefined })),
    'switched off in one branch': fail(eventRule(pattern(), { State: ifProd('ENABLED', 'DISABLED') }), { message: /IsProd is false/ }),
  },
});
