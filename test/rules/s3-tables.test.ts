import { P, setting, subject } from './cases';
import { fail, pass, verdicts } from './verdicts';
import { kmsEncryption, policyNotPublic } from '../../src/rules/s3-tables';

verdicts(kmsEncryption, setting(subject('AWS::S3Tables::TableBucket'), 'EncryptionConfiguration.SSEAlgorithm', { good: 'aws:kms', bad: 'AES256' }));

const document = (more: object = {}) => ({ Statement: [{ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111111111111:role/reader' }, Action: 's3tables:GetTableData', Resource: '*', ...more }] });
const policy = (ResourcePolicy: unknown, type = 'AWS::S3Tables::TableBucketPolicy') => subject(type)({ ResourcePolicy });

verdicts(policyNotPublic, {
  pass: { 'a role': policy(document()), 'an organization': policy(document({ Principal: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } })) },
  fail: { 'everyone': policy(document({ Principal: '*' })), 'everyone, of one table': policy(document({ Principal: { AWS: '*' } }), 'AWS::S3Tables::TablePolicy') },
  unknown: { 'by parameter': policy(P), 'a principal by parameter': policy(document({ Principal: { AWS: P } })) },
  trap: {
    'everyone, as a JSON text': fail(policy(JSON.stringify(document({ Principal: '*' })))),
    'everyone is denied': pass(policy(document({ Effect: 'Deny', Principal: '*' }))),
    'all but one': fail(policy(document({ Principal: undefined, NotPrincipal: { AWS: '111111111111' } }))),
  },
});
