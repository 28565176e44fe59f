import { all, any, applies, not, Property, ResourceReader, rule, Truth, when } from './kernel';
import { ownKey } from './shared/own-key';

const ENDPOINT = ['AWS::SageMaker::EndpointConfig'];
const MODEL = ['AWS::SageMaker::Model'];

/**
 * Families with disks of their own, which their hardware encrypts: a `d` behind the generation, and most with accelerators.
 * (EC2 user guide, "Instance store volumes")
 */
const OWN_DISK = /^ml\.([a-z]+\d+[a-z]*d[a-z]*|g[4-9][a-z]*|p[45][a-z]*|trn\d[a-z]*)\./;

const takesNoKey = (variant: Property): Truth => any([
  variant.get('ServerlessConfig').isPresent(), variant.get('InstanceType').matches(OWN_DISK, 'an instance with a disk of its own'),
]);

export const endpointCustomerKey = rule({
  id: 'SageMaker.EndpointCustomerKey',
  resourceTypes: ENDPOINT,
  title: 'Volumes of the endpoint are encrypted with a key of the organization',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'A key of one\'s own has a policy, rotation and an audit trail of its use. Encryption as such is always on, with a key of the system.',
  remediation: { construct: 'EncryptionKey', cfn: 'KmsKeyId of an AWS::KMS::Key' },
  configRule: 'SAGEMAKER_ENDPOINT_CONFIGURATION_KMS_KEY_CONFIGURED',
  nagRules: ['SageMakerEndpointConfigurationKMSKeyConfigured'],
  sources: [
    'AWS::SageMaker::EndpointConfig, KmsKeyId: not for instances with local storage',
    'Amazon SageMaker AI developer guide, "Protect data at rest using encryption"',
  ],
  onByDefault: false,
  check: (config) => applies(
    not(config.get('ProductionVariants').some(takesNoKey), 'it takes no key'),
    'no key can be set for a serverless variant or an instance with a disk of its own',
    () => ownKey(config.get('KmsKeyId'), 'sagemaker'),
  ),
});

/** A serverless variant runs in several zones by itself. Managed scaling may go below what a variant begins with. */
function redundant(variant: Property): Truth {
  const scaling = variant.get('ManagedInstanceScaling');
  return any([
    variant.get('ServerlessConfig').isPresent(),
    all(variant.get('InitialInstanceCount').atLeast(2), when(scaling.get('Status').is('ENABLED'), () => scaling.get('MinInstanceCount').atLeast(2))),
  ]).because('a production variant has, or may be scaled in to, a single instance');
}

export const endpointRedundant = rule({
  id: 'SageMaker.EndpointRedundant',
  resourceTypes: ENDPOINT,
  title: 'Endpoint runs on two instances or more',
  severity: 'low',
  criteria: { direct: ['A1.2'], supporting: ['A1.1'] },
  rationale: 'SageMaker spreads instances over zones. With a single one, predictions stop with its zone, or while it is replaced.',
  remediation: { l2: 'instanceProductionVariants: [{ initialInstanceCount: 2 }]', cfn: 'ProductionVariants with InitialInstanceCount: 2' },
  configRule: 'SAGEMAKER_ENDPOINT_CONFIG_PROD_INSTANCE_COUNT',
  sources: ['Amazon SageMaker AI developer guide, "Best practices for deploying models": two instances or more', 'AWS Security Hub SageMaker.4'],
  check: (config) => applies(not(config.get('AsyncInferenceConfig').isPresent(), 'it is asynchronous'), 'requests of an asynchronous endpoint wait in a queue',
    () => config.get('ProductionVariants').every(redundant)),
});

const isolated = (model: ResourceReader): Truth => model.get('EnableNetworkIsolation').isTrue();

export const modelIsolated = rule({
  id: 'SageMaker.ModelIsolated',
  resourceTypes: MODEL,
  title: 'Model container has no network',
  severity: 'low',
  criteria: { direct: ['CC6.6'], supporting: ['CC6.7', 'CC6.8'] },
  rationale: 'A model and its libraries often come from elsewhere; without a network they can send nothing of what they are shown to anybody.',
  remediation: { l2: 'networkIsolation: true', cfn: 'EnableNetworkIsolation: true' },
  configRule: 'SAGEMAKER_MODEL_ISOLATION_ENABLED',
  sources: ['AWS::SageMaker::Model, EnableNetworkIsolation', 'AWS Security Hub SageMaker.5'],
  check: isolated,
});

export const modelInVpc = rule({
  id: 'SageMaker.ModelInVpc',
  resourceTypes: MODEL,
  title: 'Model container is in a VPC',
  severity: 'low',
  criteria: { direct: ['CC6.6'] },
  rationale: 'In a VPC of one\'s own, what a model reaches can be filtered and logged. A container without a network reaches nothing, so this is asked for.',
  remediation: { l2: 'vpc', cfn: 'VpcConfig: { Subnets, SecurityGroupIds }' },
  configRule: 'SAGEMAKER_MODEL_IN_VPC',
  sources: ['AWS::SageMaker::Model, VpcConfig'],
  onByDefault: false,
  check: (model) => model.get('VpcConfig.Subnets').isPresent(),
});

/** Where jobs keep their network settings and the number of their instances. */
const JOBS: Readonly<Record<string, { readonly network: string; readonly cluster: string }>> = {
  'AWS::SageMaker::DataQualityJobDefinition': { network: 'NetworkConfig', cluster: 'JobResources.ClusterConfig' },
  'AWS::SageMaker::ModelBiasJobDefinition': { network: 'NetworkConfig', cluster: 'JobResources.ClusterConfig' },
  'AWS::SageMaker::ModelExplainabilityJobDefinition': { network: 'NetworkConfig', cluster: 'JobResources.ClusterConfig' },
  'AWS::SageMaker::ModelQualityJobDefinition': { network: 'NetworkConfig', cluster: 'JobResources.ClusterConfig' },
  'AWS::SageMaker::ProcessingJob': { network: 'NetworkConfig', cluster: 'ProcessingResources.ClusterConfig' },
  'AWS::SageMaker::MonitoringSchedule': {
    network: 'MonitoringScheduleConfig.MonitoringJobDefinition.NetworkConfig',
    cluster: 'MonitoringScheduleConfig.MonitoringJobDefinition.MonitoringResources.ClusterConfig',
  },
};

export const jobTrafficEncrypted = rule({
  id: 'SageMaker.JobTrafficEncrypted',
  resourceTypes: Object.keys(JOBS),
  title: 'Instances of a job encrypt what they exchange',
  severity: 'low',
  criteria: { direct: ['CC6.7'] },
  rationale: 'The instances of a distributed job pass rows and results to one another in the clear unless they are told to encrypt.',
  remediation: { cfn: 'NetworkConfig: { EnableInterContainerTrafficEncryption: true }' },
  configRule: 'SAGEMAKER_DATA_QUALITY_JOB_ENCRYPT_IN_TRANSIT',
  sources: [
    'AWS::SageMaker::DataQualityJobDefinition NetworkConfig',
    'Amazon SageMaker AI developer guide, "Protect communications between ML compute instances in a distributed training job"',
  ],
  check: (job) => {
    const { network, cluster } = JOBS[job.type];
    return applies(job.get(`${cluster}.InstanceCount`).atLeast(2), 'it has a single instance, or its settings are in a definition of their own',
      () => job.get(`${network}.EnableInterContainerTrafficEncryption`).isTrue());
  },
});
