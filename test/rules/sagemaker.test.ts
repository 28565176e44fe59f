import { P, presence, setting, subject } from './cases';
import { fail, pass, unknown, verdicts } from './verdicts';
import { notebookCustomerKey, notebookImdsV2, notebookInVpc, notebookNoDirectInternet, notebookNoRoot } from '../../src/rules/sagemaker';

const notebook = subject('AWS::SageMaker::NotebookInstance');

verdicts(notebookNoDirectInternet, setting(notebook, 'DirectInternetAccess', {
  good: 'Disabled', bad: 'Enabled', trap: { 'a VPC does not take it away': fail(notebook({ SubnetId: 'subnet-1' }), { message: /Enabled/ }) },
}));
verdicts(notebookInVpc, presence(notebook, 'SubnetId', {
  value: 'subnet-1', trap: { 'security groups alone': fail(notebook({ SecurityGroupIds: ['sg-1'] })), 'a subnet that is known at deployment': pass(notebook({ SubnetId: P })) },
}));
verdicts(notebookNoRoot, setting(notebook, 'RootAccess', { good: 'Disabled', bad: 'Enabled' }));
verdicts(notebookImdsV2, setting(notebook, 'InstanceMetadataServiceConfiguration.MinimumInstanceMetadataServiceVersion', {
  good: '2', bad: '1', trap: { 'as a number': pass(notebook({ InstanceMetadataServiceConfiguration: { MinimumInstanceMetadataServiceVersion: 2 } })) },
}));
verdicts(notebookCustomerKey, presence(notebook, 'KmsKeyId', {
  value: 'arn:aws:kms:eu-west-1:111111111111:key/k',
  trap: { 'a key of the template': pass(notebook({ KmsKeyId: { Ref: 'Key' } }, { Key: { Type: 'AWS::KMS::Key' } })), 'by parameter': unknown(notebook({ KmsKeyId: P })) },
}));
