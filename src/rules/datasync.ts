import { awsDefaults } from './aws-defaults';
import { all, rule } from './kernel';

const TASK = ['AWS::DataSync::Task'];

export const logging = rule({
  id: 'DataSync.Logging',
  resourceTypes: TASK,
  title: 'Transfers are logged',
  severity: 'low',
  criteria: { direct: ['CC7.2'], supporting: ['PI1.3'] },
  rationale: 'The log tells which files were not transferred, and why.',
  remediation: { cfn: 'CloudWatchLogGroupArn, and Options: { LogLevel: BASIC or TRANSFER }' },
  configRule: 'DATASYNC_TASK_LOGGING_ENABLED',
  sources: ['AWS::DataSync::Task, CloudWatchLogGroupArn: tasks in Enhanced mode log to /aws/datasync without it', 'AWS::DataSync::Task Options, LogLevel'],
  check: (task) => {
    const level = task.get('Options.LogLevel');
    if (task.get('TaskMode').is('ENHANCED').yes) return level.isNot('OFF');
    return all(task.get('CloudWatchLogGroupArn').isPresent(), level.oneOf(['BASIC', 'TRANSFER']));
  },
});

export const verification = rule({
  id: 'DataSync.Verification',
  resourceTypes: TASK,
  title: 'Transferred data is verified',
  severity: 'low',
  criteria: { direct: ['PI1.4'], supporting: ['PI1.5'] },
  rationale: 'A comparison at the end of a transfer shows that what arrived is what was sent. DataSync does it unless it is told not to.',
  remediation: { cfn: 'Options: { VerifyMode: ONLY_FILES_TRANSFERRED or POINT_IN_TIME_CONSISTENT }, or none' },
  configRule: 'DATASYNC_TASK_DATA_VERIFICATION_ENABLED',
  sources: ['AWS DataSync API reference, Options, VerifyMode: POINT_IN_TIME_CONSISTENT by default in Basic mode, ONLY_FILES_TRANSFERRED in Enhanced mode'],
  check: (task) => {
    const mode = task.get('Options.VerifyMode');
    const enhanced = task.get('TaskMode').is('ENHANCED').yes;
    return (enhanced ? mode.awsDefault(awsDefaults['AWS::DataSync::Task.Options.VerifyMode.ENHANCED']) : mode.awsDefault(awsDefaults['AWS::DataSync::Task.Options.VerifyMode']))
      .oneOf(['ONLY_FILES_TRANSFERRED', 'POINT_IN_TIME_CONSISTENT']);
  },
});
