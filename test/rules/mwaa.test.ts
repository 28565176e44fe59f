import { ifProd, P, presence, setting, subject } from './cases';
import { fail, pass, unknown, verdicts } from './verdicts';
import { customerKey, logging, loggingInfo, privateWebserver } from '../../src/rules/mwaa';

const environment = subject('AWS::MWAA::Environment');
const LOGS = ['DagProcessingLogs', 'SchedulerLogs', 'TaskLogs', 'WebserverLogs', 'WorkerLogs'];
const logs = (more: object = {}, each: object = { Enabled: true, LogLevel: 'INFO' }) =>
  environment({ LoggingConfiguration: { ...Object.fromEntries(LOGS.map((log) => [log, each])), ...more } });

verdicts(logging, {
  pass: { 'all': logs(), 'at any level': logs({}, { Enabled: 'true', LogLevel: 'ERROR' }) },
  fail: { 'absent': environment(), ...Object.fromEntries(LOGS.map((log) => [`without ${log}`, logs({ [log]: { Enabled: false } })])) },
  unknown: { 'by parameter': logs({ TaskLogs: { Enabled: P } }) },
  trap: {
    'one is left out': fail(logs({ WorkerLogs: undefined })),
    'a level alone switches nothing on': fail(logs({ WorkerLogs: { LogLevel: 'INFO' } })),
    'in one branch': fail(logs({ WorkerLogs: ifProd({ Enabled: true }) }), { message: /IsProd is false/ }),
  },
});
verdicts(loggingInfo, {
  pass: { 'all': logs(), 'in more detail': logs({}, { Enabled: true, LogLevel: 'DEBUG' }) },
  fail: { 'absent': environment(), 'warnings only': logs({ SchedulerLogs: { Enabled: true, LogLevel: 'WARNING' } }) },
  unknown: { 'by parameter': logs({ TaskLogs: { Enabled: true, LogLevel: P } }) },
  trap: { 'at INFO, and off': fail(logs({ TaskLogs: { Enabled: false, LogLevel: 'INFO' } })), 'no level': fail(logs({ TaskLogs: { Enabled: true } })) },
});
verdicts(privateWebserver, setting(environment, 'WebserverAccessMode', {
  good: 'PRIVATE_ONLY', bad: 'PUBLIC_ONLY', absent: 'pass', fail: { 'both': environment({ WebserverAccessMode: 'PUBLIC_AND_PRIVATE' }) },
}));
verdicts(customerKey, presence(environment, 'KmsKey', {
  value: 'arn:aws:kms:eu-west-1:111111111111:key/k',
  fail: { 'the key of the service': environment({ KmsKey: 'alias/aws/airflow' }) },
  trap: {
    'a key of the template': pass(environment({ KmsKey: { 'Fn::GetAtt': ['Key', 'Arn'] } }, { Key: { Type: 'AWS::KMS::Key' } })),
    'by parameter': unknown(environment({ KmsKey: P })),
  },
}));
