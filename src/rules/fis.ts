import { all, any, rule } from './kernel';

const EXPERIMENT = ['AWS::FIS::ExperimentTemplate'];

export const stopConditions = rule({
  id: 'FIS.StopConditions',
  resourceTypes: EXPERIMENT,
  title: 'An alarm stops the experiment',
  severity: 'low',
  criteria: { direct: [], supporting: ['A1.3', 'A1.2'] },
  rationale: 'An experiment breaks things on purpose; without a stop condition a test of recovery turns into the outage it was to prevent.',
  remediation: { l2: 'CfnExperimentTemplate', cfn: 'StopConditions: [{ Source: aws:cloudwatch:alarm, Value }]' },
  sources: ['AWS Fault Injection Service user guide, "Stop conditions for AWS FIS"'],
  check: (experiment) => experiment.get('StopConditions')
    .some((condition) => all(condition.get('Source').is('aws:cloudwatch:alarm'), condition.get('Value').isPresent())).because('no alarm stops the experiment'),
});

export const experimentLogging = rule({
  id: 'FIS.Logging',
  resourceTypes: EXPERIMENT,
  title: 'Experiment is logged',
  severity: 'low',
  criteria: { direct: [], supporting: ['A1.3', 'CC7.2'] },
  rationale: 'The log is the record of what was broken when: evidence that recovery was tested, and an answer to who caused an alarm.',
  remediation: { l2: 'CfnExperimentTemplate', cfn: 'LogConfiguration with CloudWatchLogsConfiguration or S3Configuration' },
  configRule: 'FIS_EXPERIMENT_TEMPLATE_LOG_CONFIGURATION_EXISTS',
  sources: ['AWS Fault Injection Service user guide, "Experiment logging for AWS FIS"'],
  check: (experiment) => any([
    experiment.get('LogConfiguration.CloudWatchLogsConfiguration').isPresent(), experiment.get('LogConfiguration.S3Configuration').isPresent(),
  ]).because('the experiment writes no log'),
});
