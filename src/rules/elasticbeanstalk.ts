import { all, any, Evaluation, not, Property, ResourceReader, rule, Truth } from './kernel';
import { looksSecret } from './shared/secret-names';

const ENVIRONMENT = ['AWS::ElasticBeanstalk::Environment'];
const TEMPLATE = 'AWS::ElasticBeanstalk::ConfigurationTemplate';
const OPTIONS = 'AWS Elastic Beanstalk developer guide, "General options for all environments"';
const BUNDLE = 'AWS Elastic Beanstalk developer guide, "Configuration options": what a source bundle sets in .ebextensions is not in the template';

/**
 * An option of the environment, which it sets itself or takes from a saved configuration (AWS Elastic Beanstalk developer guide,
 * "Precedence"). No answer but yes is certain: the source bundle may set what neither does. To say it in the template is the better record.
 */
function option(environment: ResourceReader, model: Evaluation, namespace: string, name: string, ask: (value: Property) => Truth): Truth {
  const chosen = (setting: Property): Truth => all(setting.get('Namespace').is(namespace), setting.get('OptionName').is(name));
  const settings = environment.get('OptionSettings');
  const own = settings.some((setting) => all(chosen(setting), ask(setting.get('Value'))), `${name} is not set`);
  const saved = environment.get('TemplateName');
  if (own.yes || saved.missing || settings.some(chosen).yes) return own;
  const template = saved.target() ?? (saved.undecided ? undefined : model.ofType(TEMPLATE).find((one) => saved.names(one).yes));
  if (template?.type !== TEMPLATE) return any([own, Truth.unknown('the saved configuration of the environment is not among the templates given')]);
  return any([own, template.get('OptionSettings').some((setting) => all(chosen(setting), ask(setting.get('Value'))), `${name} is not set`)]);
}

const isOn = (value: Property): Truth => value.isTrue();

export const managedUpdates = rule({
  id: 'ElasticBeanstalk.ManagedUpdates',
  resourceTypes: ENVIRONMENT,
  title: 'Platform of the environment is patched by AWS',
  severity: 'medium',
  criteria: { direct: ['CC7.1'], supporting: ['CC6.8'] },
  rationale: 'Managed updates bring patches of the operating system and the runtime every week; without them somebody has to think of it.',
  remediation: { cfn: 'OptionSettings: ManagedActionsEnabled: true of aws:elasticbeanstalk:managedactions, and UpdateLevel of …:managedactions:platformupdate' },
  configRule: 'ELASTIC_BEANSTALK_MANAGED_UPDATES_ENABLED',
  nagRules: ['ElasticBeanstalkManagedUpdatesEnabled'],
  sources: [`${OPTIONS}: ManagedActionsEnabled is false by default, and needs an UpdateLevel`, BUNDLE, 'AWS Security Hub ElasticBeanstalk.2'],
  check: (environment, model) => all(
    option(environment, model, 'aws:elasticbeanstalk:managedactions', 'ManagedActionsEnabled', isOn).because('managed platform updates are not on'),
    option(environment, model, 'aws:elasticbeanstalk:managedactions:platformupdate', 'UpdateLevel', (level) => level.oneOf(['patch', 'minor']))
      .because('no level of updates is chosen'),
  ),
});

export const enhancedHealth = rule({
  id: 'ElasticBeanstalk.EnhancedHealth',
  resourceTypes: ENVIRONMENT,
  title: 'Health of the environment is reported in detail',
  severity: 'low',
  criteria: { direct: ['CC7.2'], supporting: ['A1.1'] },
  rationale: 'Enhanced health reporting watches the application and the system of every instance; the basic one asks only whether a load balancer gets an answer.',
  remediation: { cfn: 'OptionSettings: SystemType: enhanced of aws:elasticbeanstalk:healthreporting:system' },
  configRule: 'BEANSTALK_ENHANCED_HEALTH_REPORTING_ENABLED',
  nagRules: ['ElasticBeanstalkEnhancedHealthReportingEnabled'],
  sources: [`${OPTIONS}: SystemType is basic by default`, BUNDLE, 'AWS Security Hub ElasticBeanstalk.1'],
  check: (environment, model) => option(environment, model, 'aws:elasticbeanstalk:healthreporting:system', 'SystemType', (type) => type.is('enhanced'))
    .because('enhanced health reporting is not on'),
});

export const logs = rule({
  id: 'ElasticBeanstalk.Logs',
  resourceTypes: ENVIRONMENT,
  title: 'Logs outlive the instances that write them',
  severity: 'medium',
  criteria: { direct: ['CC7.2'], supporting: ['CC7.3'] },
  rationale: 'Instances come and go with the load, and their logs go with them unless they are streamed or copied in time.',
  remediation: { cfn: 'OptionSettings: StreamLogs: true of aws:elasticbeanstalk:cloudwatch:logs, or LogPublicationControl: true of aws:elasticbeanstalk:hostmanager' },
  configRule: 'ELASTIC_BEANSTALK_LOGS_TO_CLOUDWATCH',
  nagRules: ['ElasticBeanstalkEC2InstanceLogsToS3'],
  sources: [`${OPTIONS}: StreamLogs and LogPublicationControl are false by default`, BUNDLE, 'AWS Security Hub ElasticBeanstalk.3'],
  check: (environment, model) => any([
    option(environment, model, 'aws:elasticbeanstalk:cloudwatch:logs', 'StreamLogs', isOn),
    option(environment, model, 'aws:elasticbeanstalk:hostmanager', 'LogPublicationControl', isOn),
  ]).because('logs go neither to CloudWatch nor to S3'),
});

export const inVpc = rule({
  id: 'ElasticBeanstalk.InVpc',
  resourceTypes: ENVIRONMENT,
  title: 'Environment names its VPC',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC6.6'] },
  rationale: 'An environment that names no VPC is put into the default one, whose subnets are public.',
  remediation: { cfn: 'OptionSettings: VPCId and Subnets of aws:ec2:vpc' },
  nagRules: ['ElasticBeanstalkVPCSpecified'],
  sources: [`${OPTIONS}: VPCId, none by default`, BUNDLE],
  check: (environment, model) => option(environment, model, 'aws:ec2:vpc', 'VPCId', (id) => id.isPresent()).because('no VPC is named'),
});

/** Where options hold the variables of the application and the password of its database. */
const SECRET_SPACES = ['aws:elasticbeanstalk:application:environment', 'aws:rds:dbinstance'];

export const noEnvironmentSecrets = rule({
  id: 'ElasticBeanstalk.NoEnvironmentSecrets',
  resourceTypes: [...ENVIRONMENT, TEMPLATE],
  title: 'Options hold no credentials',
  severity: 'high',
  criteria: { direct: ['CC6.1'] },
  rationale: 'Environment properties and the password of the database stand in the template, and whoever may describe the environment reads the former.',
  remediation: { cfn: 'aws:elasticbeanstalk:application:environmentsecrets with the ARN of a secret, or {{resolve:secretsmanager:…}}' },
  sources: ['AWS Elastic Beanstalk developer guide, "Using secrets and parameters from Secrets Manager and Parameter Store"', OPTIONS],
  // Only names are evidence: it must not repeat what should not have been written down.
  check: (resource) => resource.get('OptionSettings').every((setting) => {
    const name = setting.get('OptionName').seen().scalar;
    return not(all(setting.get('Namespace').oneOf(SECRET_SPACES), looksSecret(name, setting.get('Value'))), `option ${String(name ?? '')} holds a credential`);
  }),
});
