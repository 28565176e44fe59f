import { all, any, applies, not, ResourceReader, rule, Truth } from './kernel';

const GROUP = 'AWS::CodeDeploy::DeploymentGroup';
/** SAM makes a deployment group for a function that states a preference, with rollback on. */
const GROUPS = [GROUP, 'AWS::Serverless::Function'];
const GUIDE = 'AWS CodeDeploy user guide';

/** Asks a deployment group, or the preference of SAM's function. */
function deployment(resource: ResourceReader, ofGroup: () => Truth, ofPreference: () => Truth): Truth {
  if (resource.type === GROUP) return ofGroup();
  const preference = resource.get('DeploymentPreference');
  return applies(all(preference.isPresent(), not(preference.get('Enabled').isFalse(), 'off')), 'CodeDeploy does not deploy the function', ofPreference);
}

export const autoRollback = rule({
  id: 'CodeDeploy.AutoRollback',
  resourceTypes: [GROUP],
  title: 'A failed deployment is rolled back',
  severity: 'low',
  criteria: { direct: ['CC8.1'], supporting: ['A1.2'] },
  rationale: 'A deployment that fails half-way leaves a system that nobody tested; a rollback brings back the one that worked, at any hour.',
  remediation: { l2: 'autoRollback: { failedDeployment: true }', cfn: 'AutoRollbackConfiguration: { Enabled: true, Events: [DEPLOYMENT_FAILURE] }' },
  configRule: 'CODEDEPLOY_DEPLOYMENT_GROUP_AUTO_ROLLBACK_ENABLED',
  sources: [`${GUIDE}, "Redeploy and roll back a deployment with CodeDeploy"`],
  check: (group) => all(
    group.get('AutoRollbackConfiguration.Enabled').isTrue(),
    group.get('AutoRollbackConfiguration.Events').some((event) => event.is('DEPLOYMENT_FAILURE')),
  ),
});

export const alarms = rule({
  id: 'CodeDeploy.Alarms',
  resourceTypes: GROUPS,
  title: 'Alarms stop a bad deployment',
  severity: 'low',
  criteria: { direct: ['CC8.1'], supporting: ['CC7.2'] },
  rationale: 'A new version that starts but misbehaves fails no deployment; an alarm stops it. Pipelines with tests of their own after a deployment do as much.',
  remediation: { l2: 'alarms', cfn: 'AlarmConfiguration: { Enabled: true, Alarms: [{ Name }] }' },
  configRule: 'CODEDEPLOY_AUTO_ROLLBACK_MONITOR_ENABLED',
  sources: [`${GUIDE}, "Monitoring deployments with CloudWatch alarms in CodeDeploy"`, 'AWS SAM developer guide, DeploymentPreference'],
  onByDefault: false,
  check: (resource) => deployment(
    resource,
    () => all(resource.get('AlarmConfiguration.Enabled').isTrue(), resource.get('AlarmConfiguration.Alarms').count(1)),
    () => resource.get('DeploymentPreference.Alarms').isPresent(),
  ),
});

const CONFIG = 'AWS::CodeDeploy::DeploymentConfig';

/** The configuration of the group moves to the new version step by step. Without a name, servers are deployed one at a time; the others all at once. */
function stepwise(group: ResourceReader): Truth {
  const name = group.get('DeploymentConfigName');
  const config = name.target();
  if (config?.type === CONFIG) {
    return all(
      not(config.get('TrafficRoutingConfig.Type').is('AllAtOnce'), 'traffic shifts all at once'),
      not(config.get('MinimumHealthyHosts.Value').is(0), 'no host has to stay healthy'),
    );
  }
  if (!name.missing) return not(name.endsWith('AllAtOnce'), 'everything is deployed at once');
  const application = group.get('ApplicationName').target();
  if (!group.get('ECSServices').missing) return Truth.no('no configuration is named, and services of ECS are then deployed all at once');
  if (application?.type !== 'AWS::CodeDeploy::Application') return Truth.unknown('no configuration is named, and the application is not among the templates given');
  const platform = application.get('ComputePlatform');
  return any([platform.isAbsent(), platform.is('Server')]).because('no configuration is named, and functions and services are then deployed all at once');
}

export const gradual = rule({
  id: 'CodeDeploy.Gradual',
  resourceTypes: GROUPS,
  title: 'A new version is rolled out step by step',
  severity: 'low',
  criteria: { direct: ['CC8.1'], supporting: ['A1.2'] },
  rationale: 'With everything replaced at once, an error hits everybody before anyone has seen it. Systems without users at the time may well be replaced in one go.',
  remediation: { l2: 'deploymentConfig: LambdaDeploymentConfig.CANARY_10PERCENT_5MINUTES', cfn: 'DeploymentConfigName of a canary, linear, half or one-at-a-time configuration' },
  configRule: 'CODEDEPLOY_LAMBDA_ALLATONCE_TRAFFIC_SHIFT_DISABLED',
  sources: [`${GUIDE}, "Working with deployment configurations in CodeDeploy"`, 'AWS SAM developer guide, DeploymentPreference: Type'],
  onByDefault: false,
  check: (resource) => deployment(resource, () => stepwise(resource), () => not(resource.get('DeploymentPreference.Type').endsWith('AllAtOnce'), 'traffic shifts all at once')),
});
