import { awsDefaults } from './aws-defaults';
import { any, rule } from './kernel';

const KEPT_BY_EMR = awsDefaults['AWS::EMRServerless::Application.MonitoringConfiguration.ManagedPersistenceMonitoringConfiguration.Enabled'];

export const logging = rule({
  id: 'EMRServerless.Logging',
  resourceTypes: ['AWS::EMRServerless::Application'],
  title: 'Logs of jobs are kept',
  severity: 'low',
  criteria: { direct: ['CC7.2'], supporting: ['PI1.3'] },
  rationale: 'Workers are gone when a job ends; what they logged is all that tells what a job did and why it failed.',
  remediation: { cfn: 'MonitoringConfiguration.CloudWatchLoggingConfiguration: { Enabled: true }, or S3MonitoringConfiguration: { LogUri }' },
  sources: ['AWS::EMRServerless::Application MonitoringConfiguration', 'Amazon EMR Serverless user guide, "Storing logs": EMR keeps them by default, for 30 days'],
  check: (application) => any([
    application.get('MonitoringConfiguration.CloudWatchLoggingConfiguration.Enabled').isTrue(),
    application.get('MonitoringConfiguration.S3MonitoringConfiguration.LogUri').isPresent(),
    application.get('MonitoringConfiguration.ManagedPersistenceMonitoringConfiguration.Enabled').awsDefault(KEPT_BY_EMR).isTrue(),
  ]).because('EMR is told not to keep logs, and neither CloudWatch nor S3 gets them'),
});
