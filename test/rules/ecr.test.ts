import { Case, fail, pass, unknown, verdicts } from './verdicts';
import * as rules from '../../src/rules/ecr';

const repository = (properties?: object): Case => ({ Subject: { Type: 'AWS::ECR::Repository', Properties: properties } });
const template = (properties: object): Case => ({ Subject: { Type: 'AWS::ECR::RepositoryCreationTemplate', Properties: { Prefix: 'ROOT', AppliedFor: ['PULL_THROUGH_CACHE'], ...properties } } });
const registry = (frequency: unknown, filter: unknown, type = 'BASIC') => ({
  Type: 'AWS::ECR::RegistryScanningConfiguration',
  Properties: { ScanType: type, Rules: [{ ScanFrequency: frequency, RepositoryFilters: [{ Filter: filter, FilterType: 'WILDCARD' }] }] },
});
const param = { $Parameters: { P: { Type: 'String' } } };
const P = { Ref: 'P' };

verdicts(rules.scanOnPush, {
  pass: { 'on push': repository({ ImageScanningConfiguration: { ScanOnPush: true } }), 'by the registry': { ...repository(), Registry: registry('SCAN_ON_PUSH', '*') } },
  fail: { absent: repository(), off: repository({ ImageScanningConfiguration: { ScanOnPush: 'false' } }) },
  unknown: { 'a parameter': { ...repository({ ImageScanningConfiguration: { ScanOnPush: P } }), ...param }, 'whether its name fits is known at deployment': { ...repository(), Registry: registry('SCAN_ON_PUSH', 'prod') } },
  trap: {
    'the registry scans by hand': fail({ ...repository(), Registry: registry('MANUAL', '*') }),
    'the registry scans names that hold a word': pass({ ...repository({ RepositoryName: 'my-prod-app' }), Registry: registry('CONTINUOUS_SCAN', 'prod') }),
    'the registry scans other names': fail({ ...repository({ RepositoryName: 'app' }), Registry: registry('CONTINUOUS_SCAN', 'prod*') }),
    'the filter is a parameter': unknown({ ...repository({ RepositoryName: 'app' }), Registry: registry('SCAN_ON_PUSH', P), ...param }),
  },
});

verdicts(rules.registryScanning, {
  pass: { enhanced: { Subject: registry('CONTINUOUS_SCAN', '*', 'ENHANCED') } },
  fail: { 'basic': { Subject: registry('SCAN_ON_PUSH', '*') }, 'enhanced, once': { Subject: registry('SCAN_ON_PUSH', '*', 'ENHANCED') } },
  unknown: { 'a parameter': { Subject: registry(P, '*', 'ENHANCED'), ...param } },
  trap: { 'enhanced without rules': fail({ Subject: { Type: 'AWS::ECR::RegistryScanningConfiguration', Properties: { ScanType: 'ENHANCED', Rules: [] } } }) },
});

verdicts(rules.immutableTags, {
  pass: { 'immutable': repository({ ImageTagMutability: 'IMMUTABLE' }), 'for repositories to come': template({ ImageTagMutability: 'IMMUTABLE' }) },
  fail: { mutable: repository({ ImageTagMutability: 'MUTABLE' }) },
  unknown: { 'a parameter': { ...repository({ ImageTagMutability: P }), ...param } },
  trap: {
    'absent: mutable': fail(repository(), { message: /"MUTABLE"/ }),
    'mutable but for some': fail(repository({ ImageTagMutability: 'MUTABLE_WITH_EXCLUSION' })),
    'immutable but for some': pass(repository({ ImageTagMutability: 'IMMUTABLE_WITH_EXCLUSION' })),
  },
});

verdicts(rules.kmsEncryption, {
  pass: { 'KMS': repository({ EncryptionConfiguration: { EncryptionType: 'KMS' } }), 'KMS twice': repository({ EncryptionConfiguration: { EncryptionType: 'KMS_DSSE' } }) },
  fail: { 'the keys of S3': repository({ EncryptionConfiguration: { EncryptionType: 'AES256' } }) },
  unknown: { 'a parameter': { ...repository({ EncryptionConfiguration: { EncryptionType: P } }), ...param } },
  trap: { 'absent: the keys of S3': fail(repository(), { message: /"AES256"/ }), 'for repositories to come': fail(template({})) },
});

const document = (principal: unknown, more: object = {}) => ({ Statement: [{ Effect: 'Allow', Principal: principal, Action: 'ecr:BatchGetImage', ...more }] });

verdicts(rules.policyNotPublic, {
  pass: { 'an account': repository({ RepositoryPolicyText: document({ AWS: '111111111111' }) }) },
  fail: { 'everyone': repository({ RepositoryPolicyText: document('*') }), 'everyone may use the registry': { Subject: { Type: 'AWS::ECR::RegistryPolicy', Properties: { PolicyText: document({ AWS: '*' }) } } } },
  unknown: { 'a parameter': { ...repository({ RepositoryPolicyText: document({ AWS: P }) }), ...param } },
  notApplicable: { 'no policy': repository() },
  trap: {
    'everyone of an organization': pass(repository({ RepositoryPolicyText: document('*', { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } }) })),
    'everyone is denied': pass(repository({ RepositoryPolicyText: document('*', { Effect: 'Deny' }) })),
    'a creation template holds text': fail(template({ RepositoryPolicy: '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"ecr:BatchGetImage"}]}' })),
  },
});

verdicts(rules.lifecyclePolicy, {
  pass: { 'in a repository': repository({ LifecyclePolicy: { LifecyclePolicyText: '{"rules":[]}' } }), 'in a creation template': template({ LifecyclePolicy: '{"rules":[]}' }) },
  fail: { absent: repository() },
  unknown: { 'a macro decides': repository({ LifecyclePolicy: { 'Fn::Transform': { Name: 'Rules' } } }) },
  trap: { empty: fail(repository({ LifecyclePolicy: {} })) },
});
