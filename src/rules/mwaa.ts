import { awsDefaults } from './aws-defaults';
import { all, rule } from './kernel';
import { ownKey } from './shared/own-key';

const ENVIRONMENT = ['AWS::MWAA::Environment'];
const LOGS = ['DagProcessingLogs', 'SchedulerLogs', 'TaskLogs', 'WebserverLogs', 'WorkerLogs'];

export const logging = rule({
  id: 'MWAA.Logging',
  resourceTypes: ENVIRONMENT,
  title: 'Every part of Airflow keeps logs',
  severity: 'low',
  criteria: { direct: ['CC7.2'], supporting: ['PI1.3'] },
  rationale: 'The logs tell which tasks ran, which failed and who used the web server. A part that is not told to log leaves nothing behind.',
  remediation: { cfn: 'LoggingConfiguration with all five logs Enabled: true' },
  sources: ['AWS::MWAA::Environment LoggingConfiguration', 'Amazon MWAA user guide, "Viewing Airflow logs in Amazon CloudWatch"'],
  check: (environment) => all(...LOGS.map((log) => environment.get(`LoggingConfiguration.${log}.Enabled`).isTrue())),
});

export const loggingInfo = rule({
  id: 'MWAA.LoggingInfo',
  resourceTypes: ENVIRONMENT,
  title: 'Every part of Airflow logs at INFO',
  severity: 'low',
  criteria: { direct: ['CC7.2'], supporting: ['PI1.3'] },
  rationale: 'At WARNING and above what went well leaves no trace. How much of that is worth its storage differs by part, so this is asked for.',
  remediation: { cfn: 'LoggingConfiguration with all five logs Enabled: true, LogLevel: INFO' },
  nagRules: ['MWAAAllLoggingInfo'],
  sources: ['AWS::MWAA::Environment ModuleLoggingConfiguration'],
  onByDefault: false,
  check: (environment) => all(...LOGS.flatMap((log) => {
    const settings = environment.get(`LoggingConfiguration.${log}`);
    return [settings.get('Enabled').isTrue(), settings.get('LogLevel').oneOf(['INFO', 'DEBUG'])];
  })),
});

export const privateWebserver = rule({
  id: 'MWAA.PrivateWebserver',
  resourceTypes: ENVIRONMENT,
  title: 'Airflow web server is reached from the VPC only',
  severity: 'medium',
  criteria: { direct: ['CC6.6'], supporting: ['CC6.1'] },
  rationale: 'The web server starts workflows and shows connections. On the internet a login to AWS is the one gate before it.',
  remediation: { cfn: 'WebserverAccessMode: PRIVATE_ONLY, or none' },
  sources: ['Amazon MWAA user guide, "Apache Airflow access modes"'],
  check: (environment) => environment.get('WebserverAccessMode').awsDefault(awsDefaults['AWS::MWAA::Environment.WebserverAccessMode']).is('PRIVATE_ONLY'),
});

export const customerKey = rule({
  id: 'MWAA.CustomerKey',
  resourceTypes: ENVIRONMENT,
  title: 'Environment is encrypted with a key of the organization',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'A key of one\'s own has a policy, rotation and an audit trail that the organization decides. Encryption as such is always on.',
  remediation: { construct: 'EncryptionKey', cfn: 'KmsKey of an AWS::KMS::Key' },
  sources: ['Amazon MWAA user guide, "Using customer managed keys for encryption"'],
  onByDefault: false,
  check: (environment) => ownKey(environment.get('KmsKey'), 'airflow'),
});
