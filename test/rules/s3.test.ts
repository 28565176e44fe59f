import { tlsOnly, versioning } from '../../src/rules/s3';
import { fail, pass, unknown, verdicts } from './verdicts';

const bucket = (properties?: object, more: object = {}) => ({ Subject: { Type: 'AWS::S3::Bucket', Properties: properties, ...more } });
const withPolicy = (statement: unknown, target: unknown = { Ref: 'Subject' }) => ({
  ...bucket(),
  Policy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: target, PolicyDocument: { Statement: statement } } },
});
const deny = (more: object = {}) => ({ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } }, ...more });
const isProd = { $Parameters: { Env: { Type: 'String' } }, $Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Env' }, 'prod'] } } };

verdicts(versioning, {
  pass: { 'enabled': bucket({ VersioningConfiguration: { Status: 'Enabled' } }) },
  fail: { 'absent': bucket(), 'suspended': bucket({ VersioningConfiguration: { Status: 'Suspended' } }) },
  unknown: { 'from a parameter without default': { ...bucket({ VersioningConfiguration: { Status: { Ref: 'S' } } }), $Parameters: { S: { Type: 'String' } } } },
  trap: {
    'enabled in one branch only': fail({ ...bucket({ VersioningConfiguration: { 'Fn::If': ['IsProd', { Status: 'Enabled' }, { Ref: 'AWS::NoValue' }] } }), ...isProd }, { message: /when IsProd is false/ }),
    'enabled in both branches': pass({ ...bucket({ VersioningConfiguration: { Status: { 'Fn::If': ['IsProd', 'Enabled', 'Enabled'] } } }), ...isProd }),
    'a string where an object belongs': unknown(bucket({ VersioningConfiguration: 'Enabled' })),
  },
});

verdicts(tlsOnly, {
  pass: {
    'policy denies when SecureTransport is false': withPolicy(deny()),
    'the boolean is a boolean, the statements a list': withPolicy([deny({ Condition: { Bool: { 'aws:SecureTransport': false } } })]),
    'principal spelled as AWS: *': withPolicy(deny({ Principal: { AWS: ['*'] } })),
  },
  fail: {
    'no policy': bucket(),
    'policy allows only': withPolicy({ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*' }),
    'denied for one principal only': withPolicy(deny({ Principal: { AWS: 'arn:aws:iam::111111111111:root' } })),
  },
  unknown: { 'policy document comes from a parameter': { ...withPolicy({ Ref: 'P' }), $Parameters: { P: { Type: 'String' } } } },
  trap: {
    'policy of another bucket': fail({ ...withPolicy(deny(), { Ref: 'Other' }), Other: { Type: 'AWS::S3::Bucket' } }, { message: /no AWS::S3::BucketPolicy/ }),
    'policy by physical name': pass({ ...withPolicy(deny(), 'my-bucket'), ...bucket({ BucketName: 'my-bucket' }) }),
    'policy exists in one branch only': fail({ ...withPolicy(deny()), ...isProd, Policy: { ...withPolicy(deny()).Policy, Condition: 'IsProd' } }, { message: /when IsProd is false/ }),
  },
});
