import { awsDefaults } from './aws-defaults';
import { rule } from './kernel';
import { ownKey } from './shared/own-key';

const NOTEBOOK = ['AWS::SageMaker::NotebookInstance'];
const VERSION_1 = awsDefaults['AWS::SageMaker::NotebookInstance.InstanceMetadataServiceConfiguration.MinimumInstanceMetadataServiceVersion'];

export const notebookNoDirectInternet = rule({
  id: 'SageMaker.NotebookNoDirectInternet',
  resourceTypes: NOTEBOOK,
  title: 'Notebook has no internet access of its own',
  severity: 'high',
  criteria: { direct: ['CC6.6'], supporting: ['CC6.7'] },
  rationale: 'Notebooks hold copies of data. A way out that bypasses the VPC can be neither filtered nor logged.',
  remediation: { cfn: 'DirectInternetAccess: Disabled, with SubnetId and SecurityGroupIds' },
  configRule: 'SAGEMAKER_NOTEBOOK_NO_DIRECT_INTERNET_ACCESS',
  nagRules: ['SageMakerNotebookNoDirectInternetAccess'],
  sources: ['AWS::SageMaker::NotebookInstance', 'AWS Security Hub SageMaker.1'],
  check: (notebook) => notebook.get('DirectInternetAccess').awsDefault(awsDefaults['AWS::SageMaker::NotebookInstance.DirectInternetAccess']).is('Disabled'),
});

export const notebookInVpc = rule({
  id: 'SageMaker.NotebookInVpc',
  resourceTypes: NOTEBOOK,
  title: 'Notebook is in a VPC',
  severity: 'medium',
  criteria: { direct: ['CC6.6'] },
  rationale: 'In a VPC of one\'s own, security groups, endpoints and flow logs cover what the notebook reaches.',
  remediation: { cfn: 'SubnetId and SecurityGroupIds' },
  configRule: 'SAGEMAKER_NOTEBOOK_INSTANCE_INSIDE_VPC',
  nagRules: ['SageMakerNotebookInVPC'],
  sources: ['AWS::SageMaker::NotebookInstance', 'AWS Security Hub SageMaker.2'],
  check: (notebook) => notebook.get('SubnetId').isPresent(),
});

export const notebookNoRoot = rule({
  id: 'SageMaker.NotebookNoRoot',
  resourceTypes: NOTEBOOK,
  title: 'Users of the notebook are not root',
  severity: 'medium',
  criteria: { direct: ['CC6.3'], supporting: ['CC6.8'] },
  rationale: 'Root can change every file and setting of the instance, agents that watch it included.',
  remediation: { cfn: 'RootAccess: Disabled' },
  configRule: 'SAGEMAKER_NOTEBOOK_INSTANCE_ROOT_ACCESS_CHECK',
  sources: ['AWS::SageMaker::NotebookInstance, RootAccess: Enabled by default', 'AWS Security Hub SageMaker.3'],
  check: (notebook) => notebook.get('RootAccess').awsDefault(awsDefaults['AWS::SageMaker::NotebookInstance.RootAccess']).is('Disabled'),
});

export const notebookImdsV2 = rule({
  id: 'SageMaker.NotebookImdsV2',
  resourceTypes: NOTEBOOK,
  title: 'Notebook requires version 2 of the metadata service',
  severity: 'medium',
  criteria: { direct: ['CC6.1'] },
  rationale: 'Version 1 hands the credentials of the notebook\'s role to any page or program that can be made to fetch a URL.',
  remediation: { cfn: 'InstanceMetadataServiceConfiguration: { MinimumInstanceMetadataServiceVersion: "2" }' },
  sources: ['AWS::SageMaker::NotebookInstance InstanceMetadataServiceConfiguration: version 1 by default'],
  check: (notebook) => notebook.get('InstanceMetadataServiceConfiguration.MinimumInstanceMetadataServiceVersion').awsDefault(VERSION_1).is('2'),
});

export const notebookCustomerKey = rule({
  id: 'SageMaker.NotebookCustomerKey',
  resourceTypes: NOTEBOOK,
  title: 'Volume of the notebook is encrypted with a key of the organization',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'A key of one\'s own has a policy, rotation and an audit trail of its use. Encryption as such is always on, with a key of the system.',
  remediation: { construct: 'EncryptionKey', cfn: 'KmsKeyId of an AWS::KMS::Key' },
  configRule: 'SAGEMAKER_NOTEBOOK_INSTANCE_KMS_KEY_CONFIGURED',
  nagRules: ['SageMakerNotebookInstanceKMSKeyConfigured'],
  sources: ['Amazon SageMaker AI developer guide, "Protect data at rest using encryption": volumes are encrypted with a system-managed key by default'],
  onByDefault: false,
  check: (notebook) => ownKey(notebook.get('KmsKeyId'), 'sagemaker'),
});
