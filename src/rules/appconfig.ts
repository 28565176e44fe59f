import { applies, rule } from './kernel';

export const validators = rule({
  id: 'AppConfig.Validators',
  resourceTypes: ['AWS::AppConfig::ConfigurationProfile'],
  title: 'Configuration is validated before it is rolled out',
  severity: 'low',
  criteria: { direct: ['CC8.1'], supporting: ['PI1.2'] },
  rationale: 'A configuration is a change like code is. A validator tests each version before any host gets it, and refuses what would break them.',
  remediation: { l2: 'validators: [JsonSchemaValidator.fromFile(…)]', cfn: 'Validators with a JSON_SCHEMA or a LAMBDA' },
  configRule: 'APPCONFIG_CONFIGURATION_PROFILE_VALIDATORS_NOT_EMPTY',
  sources: ['AWS AppConfig user guide, "Understanding validators"', 'AWS::AppConfig::ConfigurationProfile, Type: feature flags have a schema of their own'],
  check: (profile) => applies(profile.get('Type').isNot('AWS.AppConfig.FeatureFlags'), 'AppConfig checks feature flags by a schema of its own',
    () => profile.get('Validators').count(1)),
});

export const monitored = rule({
  id: 'AppConfig.EnvironmentMonitored',
  resourceTypes: ['AWS::AppConfig::Environment'],
  title: 'Configuration is rolled back on an alarm',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['CC8.1', 'A1.2'] },
  rationale: 'An alarm of the environment stops a bad configuration on its way and brings the old one back. Test environments need none.',
  remediation: { l2: 'monitors: [Monitor.fromCloudWatchAlarm(alarm)]', cfn: 'Monitors with AlarmArn' },
  sources: ['AWS AppConfig user guide, "Monitoring deployments for automatic rollback"'],
  check: (environment) => environment.get('Monitors').some((monitor) => monitor.get('AlarmArn').isPresent()),
});

export const bakeTime = rule({
  id: 'AppConfig.BakeTime',
  resourceTypes: ['AWS::AppConfig::DeploymentStrategy'],
  title: 'Rollout is watched after its last step',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['CC8.1'] },
  rationale: 'Faults show after the last host has the configuration; alarms can bring the old one back only as long as the rollout is not complete.',
  remediation: { l2: 'RolloutStrategy.linear({ finalBakeTime })', cfn: 'FinalBakeTimeInMinutes above 0' },
  configRule: 'APPCONFIG_DEPLOYMENT_STRATEGY_MINIMUM_FINAL_BAKE_TIME',
  sources: ['AWS::AppConfig::DeploymentStrategy, FinalBakeTimeInMinutes'],
  check: (strategy) => strategy.get('FinalBakeTimeInMinutes').atLeast(1),
});
