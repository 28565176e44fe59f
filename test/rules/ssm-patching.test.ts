import { ifProd, P, subject } from './cases';
import { deployed, environmentVerdicts, HERE, OTHER_REGION } from './environment-verdicts';
import { fail, pass, unknown, verdicts } from './verdicts';
import { patchBaseline, scheduledPatching } from '../../src/rules/ssm-patching';

const baseline = (PatchRules: unknown, more: object = {}) => subject('AWS::SSM::PatchBaseline')({ ApprovalRules: { PatchRules }, ...more });
const approves = (ApproveAfterDays: unknown, filters: Record<string, unknown[]> = {}) => ({
  ApproveAfterDays, PatchFilterGroup: { PatchFilters: Object.entries(filters).map(([Key, Values]) => ({ Key, Values })) },
});
verdicts(patchBaseline, {
  pass: {
    'everything': baseline([approves(7)]),
    'at once': baseline([{ ApproveAfterDays: 0 }]),
    'critical ones': baseline([approves('5', { PRODUCT: ['AmazonLinux2'], CLASSIFICATION: ['Security'], SEVERITY: ['Important', 'Critical'] })]),
    'of Windows': baseline([approves(7, { MSRC_SEVERITY: ['Critical'], CLASSIFICATION: ['CriticalUpdates', 'SecurityUpdates'] })]),
    'of Ubuntu, which waits for no date': baseline([{ PatchFilterGroup: { PatchFilters: [{ Key: 'PRIORITY', Values: ['Required'] }] } }], { OperatingSystem: 'UBUNTU' }),
    'by the second rule': baseline([approves(30), approves(7, { SEVERITY: ['*'] })]),
  },
  fail: {
    'late': baseline([approves(8)]),
    'none': subject('AWS::SSM::PatchBaseline')(),
    'lists only': subject('AWS::SSM::PatchBaseline')({ ApprovedPatches: ['KB1'] }),
    'until a date': baseline([{ ApproveUntilDate: '2026-01-01' }]),
    'mild ones': baseline([approves(7, { SEVERITY: ['Low'] })]),
    'features': baseline([approves(7, { CLASSIFICATION: ['Enhancement'] })]),
    'mild ones of Debian': baseline([approves(undefined, { PRIORITY: ['Optional'] })], { OperatingSystem: 'DEBIAN' }),
    'mild ones of Windows': baseline([approves(7, { MSRC_SEVERITY: ['Low'] })]),
  },
  unknown: { 'days by parameter': baseline([approves(P)]), 'rules by parameter': baseline(P), 'what by parameter': baseline([{ ApproveAfterDays: 7, PatchFilterGroup: { PatchFilters: [{ Key: P, Values: ['x'] }] } }]) },
  trap: {
    'in one branch': fail(baseline([approves(ifProd(7, 30))]), { message: /IsProd is false/ }),
    'critical ones late, mild ones soon': fail(baseline([approves(7, { SEVERITY: ['Low'] }), approves(30, { SEVERITY: ['Critical'] })])),
    'no date on Amazon Linux': fail(baseline([{}], { OperatingSystem: 'AMAZON_LINUX_2' })),
    'days as text': pass(baseline([approves('7')])),
  },
});

const association = (Name: unknown, more: object = {}) => subject('AWS::SSM::Association')({ Name, ScheduleExpression: 'rate(7 days)', Parameters: { Operation: ['Install'] }, ...more });
const task = (TaskArn: unknown, Operation: unknown) => subject('AWS::SSM::MaintenanceWindowTask')({
  TaskArn, TaskType: 'RUN_COMMAND', TaskInvocationParameters: { MaintenanceWindowRunCommandParameters: { Parameters: { Operation } } },
});
const policy = (Type: string, ConfigurationOptionsPatchOperation: unknown) => subject('AWS::SSMQuickSetup::ConfigurationManager')({
  ConfigurationDefinitions: [{ Type, Parameters: { ConfigurationOptionsPatchOperation } }],
});
environmentVerdicts(scheduledPatching, {
  pass: {
    'an association': association('AWS-RunPatchBaseline'),
    'of patching that can be undone': association('AWS-PatchInstanceWithRollback', { Parameters: undefined }),
    'a task': task('AWS-RunPatchBaseline', ['Install']),
    'a task by ARN': task('arn:aws:ssm:eu-west-1::document/AWS-RunPatchBaselineWithHooks', ['Install']),
    'a task in the older manner': subject('AWS::SSM::MaintenanceWindowTask')({ TaskArn: 'AWS-RunPatchBaseline', TaskParameters: { Operation: { Values: ['Install'] } } }),
    'a patch policy': policy('AWSQuickSetupType-PatchPolicy', 'ScanAndInstall'),
  },
  fail: {
    'scanning only': association('AWS-RunPatchBaseline', { Parameters: { Operation: ['Scan'] } }),
    'no operation': association('AWS-RunPatchBaselineAssociation', { Parameters: undefined }),
    'once': association('AWS-RunPatchBaseline', { ScheduleExpression: undefined }),
    'a task that scans': task('AWS-RunPatchBaseline', ['Scan']),
    'a policy that scans': policy('AWSQuickSetupType-PatchPolicy', 'Scan'),
  },
  unknown: {
    'the operation by parameter': association('AWS-RunPatchBaseline', { Parameters: { Operation: [P] } }),
    'the runbook by parameter': association(P),
    'inventory': association('AWS-GatherSoftwareInventory'),
    'another task': task('AWS-RunShellScript', ['Install']),
    'another set-up': policy('AWSQuickSetupType-CFGRecording', 'ScanAndInstall'),
  },
  trap: {
    'a runbook of one\'s own with a like name': unknown(association('My-AWS-RunPatchBaselineFake'), { message: /another system/ }),
    'scanning beside installing': pass({ ...association('AWS-RunPatchBaseline', { Parameters: { Operation: ['Scan'] } }), ...{ Task: task('AWS-RunPatchBaseline', ['Install']).Subject } }),
    'in one branch': fail(association('AWS-RunPatchBaseline', { Parameters: { Operation: [ifProd('Install', 'Scan')] } }), { message: /IsProd is false/ }),
    'in another Region': unknown(deployed({ [HERE]: {}, [OTHER_REGION]: association('AWS-RunPatchBaseline') })),
  },
});
