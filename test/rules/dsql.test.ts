import { P, setting, subject } from './cases';
import { fail, pass, unknown, verdicts } from './verdicts';
import { customerKey, deletionProtection, policyNotPublic } from '../../src/rules/dsql';

const cluster = subject('AWS::DSQL::Cluster');
const key = { Key: { Type: 'AWS::KMS::Key' } };
const policy = (statement: object) => cluster({ PolicyDocument: JSON.stringify({ Statement: [{ Effect: 'Allow', Action: 'dsql:DbConnect', Resource: '*', ...statement }] }) });

verdicts(deletionProtection, setting(cluster, 'DeletionProtectionEnabled', { good: true, bad: false }));

verdicts(customerKey, {
  pass: { 'a key': cluster({ KmsEncryptionKey: 'arn:aws:kms:us-east-1:111111111111:key/1' }), 'of the template': cluster({ KmsEncryptionKey: { 'Fn::GetAtt': ['Key', 'Arn'] } }, key) },
  fail: { 'absent': cluster(), 'empty': cluster({ KmsEncryptionKey: '' }) },
  unknown: { 'by parameter': cluster({ KmsEncryptionKey: P }) },
  trap: { 'the key of AWS, by its name': fail(cluster({ KmsEncryptionKey: 'AWS_OWNED_KMS_KEY' })) },
});

verdicts(policyNotPublic, {
  pass: { 'a role': policy({ Principal: { AWS: 'arn:aws:iam::111111111111:role/app' } }) },
  fail: { 'everyone': policy({ Principal: { AWS: '*' } }) },
  unknown: { 'by parameter': cluster({ PolicyDocument: P }) },
  notApplicable: { 'none': cluster() },
  trap: {
    'everyone of an organization': pass(policy({ Principal: { AWS: '*' }, Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } })),
    'everyone is denied': pass(policy({ Effect: 'Deny', Principal: '*' })),
    'everyone, in a text with a reference': fail(cluster({
      PolicyDocument: { 'Fn::Sub': '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"dsql:DbConnect","Resource":"arn:aws:dsql:${AWS::Region}:1:cluster/c"}]}' },
    })),
    'a text that is no policy': unknown(cluster({ PolicyDocument: 'see the wiki' })),
  },
});
