import { awsDefaults } from './aws-defaults';
import { all, rule } from './kernel';
import { noCredentials } from './shared/environment-variables';
import { ownKey } from './shared/own-key';

const SERVICE = ['AWS::AppRunner::Service'];
const GUIDE = 'AWS App Runner developer guide';

export const notPublic = rule({
  id: 'AppRunner.NotPublic',
  resourceTypes: SERVICE,
  title: 'Service answers inside a VPC only',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC6.6'] },
  rationale: 'A service is on the internet unless it is told otherwise. Most are meant to be, so this is asked for where all of them should be internal.',
  remediation: { cfn: 'NetworkConfiguration.IngressConfiguration: { IsPubliclyAccessible: false }, and an AWS::AppRunner::VpcIngressConnection' },
  configRule: 'APPRUNNER_SERVICE_NO_PUBLIC_ACCESS',
  sources: [`${GUIDE}, "Enabling Private endpoints for incoming traffic"`],
  onByDefault: false,
  check: (service) => service.get('NetworkConfiguration.IngressConfiguration.IsPubliclyAccessible')
    .awsDefault(awsDefaults['AWS::AppRunner::Service.NetworkConfiguration.IngressConfiguration.IsPubliclyAccessible']).isFalse(),
});

export const inVpc = rule({
  id: 'AppRunner.InVpc',
  resourceTypes: SERVICE,
  title: 'Service calls others through a VPC',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC6.6'] },
  rationale: 'Through a VPC, security groups and routes bound what the service reaches. A service that calls nothing but AWS needs none.',
  remediation: { cfn: 'NetworkConfiguration.EgressConfiguration: { EgressType: VPC, VpcConnectorArn }' },
  configRule: 'APPRUNNER_SERVICE_IN_VPC',
  sources: [`${GUIDE}, "Enabling VPC access for outgoing traffic"`],
  onByDefault: false,
  check: (service) => service.get('NetworkConfiguration.EgressConfiguration.EgressType')
    .awsDefault(awsDefaults['AWS::AppRunner::Service.NetworkConfiguration.EgressConfiguration.EgressType']).is('VPC'),
});

export const observability = rule({
  id: 'AppRunner.Observability',
  resourceTypes: SERVICE,
  title: 'Requests to the service are traced',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC7.2'] },
  rationale: 'Traces show which request failed where. Helpful in an incident, and no record of security events.',
  remediation: { cfn: 'ObservabilityConfiguration: { ObservabilityEnabled: true, ObservabilityConfigurationArn }' },
  configRule: 'APPRUNNER_SERVICE_OBSERVABILITY_ENABLED',
  sources: [`${GUIDE}, "Tracing for your App Runner application with X-Ray"`],
  onByDefault: false,
  check: (service) => service.get('ObservabilityConfiguration.ObservabilityEnabled').isTrue(),
});

export const customerKey = rule({
  id: 'AppRunner.CustomerKey',
  resourceTypes: SERVICE,
  title: 'Copy of the source is encrypted with a named KMS key',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'App Runner always encrypts its copy of the source and its logs; a key of one\'s own can be withdrawn, and its use is recorded.',
  remediation: { construct: 'EncryptionKey', cfn: 'EncryptionConfiguration: { KmsKey }' },
  sources: ['AWS::AppRunner::Service, EncryptionConfiguration: an AWS managed key by default'],
  onByDefault: false,
  check: (service) => ownKey(service.get('EncryptionConfiguration.KmsKey'), 'apprunner'),
});

const VARIABLES = [
  'ImageRepository.ImageConfiguration.RuntimeEnvironmentVariables',
  'CodeRepository.CodeConfiguration.CodeConfigurationValues.RuntimeEnvironmentVariables',
];

export const noEnvironmentSecrets = rule({
  id: 'AppRunner.NoEnvironmentSecrets',
  resourceTypes: SERVICE,
  title: 'Environment variables hold no credentials',
  severity: 'high',
  criteria: { direct: ['CC6.1'] },
  rationale: 'Plain environment variables are shown in the console and in the API to whoever may describe the service.',
  remediation: { cfn: 'RuntimeEnvironmentSecrets in place of RuntimeEnvironmentVariables' },
  sources: [`${GUIDE}, "Referencing environment variables": secrets by reference to Secrets Manager or Parameter Store`],
  check: (service) => all(...VARIABLES.map((path) => noCredentials(service.get(`SourceConfiguration.${path}`)))),
});
