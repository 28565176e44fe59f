import { P, presence, setting, subject } from './cases';
import { fail, pass, unknown, verdicts } from './verdicts';
import { domainCustomerKey, domainVpcOnly } from '../../src/rules/sagemaker-domains';

const domain = subject('AWS::SageMaker::Domain', { VpcId: 'vpc-1', SubnetIds: ['subnet-1'] });

verdicts(domainVpcOnly, setting(domain, 'AppNetworkAccessType', {
  good: 'VpcOnly', bad: 'PublicInternetOnly', trap: { 'absent, though it has a VPC': fail(domain(), { message: /PublicInternetOnly/ }) },
}));
verdicts(domainCustomerKey, presence(domain, 'KmsKeyId', {
  value: 'arn:aws:kms:eu-west-1:111111111111:key/k',
  fail: { 'the key of the service': domain({ KmsKeyId: 'alias/aws/elasticfilesystem' }) },
  trap: { 'a key of the template': pass(domain({ KmsKeyId: { Ref: 'Key' } }, { Key: { Type: 'AWS::KMS::Key' } })), 'by parameter': unknown(domain({ KmsKeyId: P })) },
}));
