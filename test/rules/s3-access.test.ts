import { Case, fail, pass, verdicts } from './verdicts';
import * as rules from '../../src/rules/s3-access';

const of = (type: string) => (properties?: object): Case => ({ Subject: { Type: type, Properties: properties } });
const bucket = of('AWS::S3::Bucket');
const point = of('AWS::S3::AccessPoint');
const policy = (...statements: object[]): Case => of('AWS::S3::BucketPolicy')({ Bucket: 'b', PolicyDocument: { Statement: statements } });
const allow = (more: object = {}) => ({ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111111111111:role/reader' }, Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*', ...more });
const param = { $Parameters: { P: { Type: 'String' } } };
const P = { Ref: 'P' };
const isProd = { $Parameters: { Env: { Type: 'String' } }, $Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Env' }, 'prod'] } } };
const blockAll = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true };
const blocks = (more: object = {}) => ({ PublicAccessBlockConfiguration: { ...blockAll, ...more } });

verdicts(rules.publicAccessBlock, {
  pass: { 'all four': bucket(blocks()), 'as text': bucket(blocks({ BlockPublicAcls: 'true', BlockPublicPolicy: 'True' })) },
  fail: { 'absent': bucket(), 'one is off': bucket(blocks({ RestrictPublicBuckets: false })) },
  unknown: { 'one is a parameter': { ...bucket(blocks({ IgnorePublicAcls: P })), ...param } },
  trap: {
    'three of four': fail(bucket({ PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true } }), { message: /RestrictPublicBuckets is absent/ }),
    'absent says so, and why that matters': fail(bucket(), { message: /since April 2023/ }),
    'in one branch only': fail({ ...bucket({ PublicAccessBlockConfiguration: { 'Fn::If': ['IsProd', blockAll, { Ref: 'AWS::NoValue' }] } }), ...isProd }, { message: /IsProd is false/ }),
  },
});

const settings = [rules.blockPublicAcls, rules.blockPublicPolicy, rules.ignorePublicAcls, rules.restrictPublicBuckets].map((rule) => [rule, rule.id.slice('S3.'.length)] as const);
for (const [rule, flag] of settings) {
  const only = (value: unknown) => bucket({ PublicAccessBlockConfiguration: { [flag]: value } });
  verdicts(rule, {
    pass: { 'all four': bucket(blocks()), 'the one alone, as text': only('True') },
    fail: { 'absent': bucket(), 'off': bucket(blocks({ [flag]: false })) },
    unknown: { 'a parameter': { ...only(P), ...param } },
    trap: {
      'the other three': fail(bucket(blocks({ [flag]: { Ref: 'AWS::NoValue' } }))),
      'in one branch only': fail({ ...only({ 'Fn::If': ['IsProd', true, false] }), ...isProd }, { message: /IsProd is false/ }),
    },
  });
}

verdicts(rules.noPublicReadAcl, {
  pass: { absent: bucket(), private: bucket({ AccessControl: 'Private' }) },
  fail: { everyone: bucket({ AccessControl: 'PublicRead' }) },
  unknown: { 'a parameter': { ...bucket({ AccessControl: P }), ...param } },
  notApplicable: { 'writing is another rule\'s': bucket({ AccessControl: 'PublicReadWrite' }) },
  trap: {
    'every AWS account is as good as everyone': fail(bucket({ AccessControl: 'AuthenticatedRead' })),
    'EC2 may read images': pass(bucket({ AccessControl: 'AwsExecRead' })),
    'a parameter with a default': fail({ ...bucket({ AccessControl: P }), $Parameters: { P: { Type: 'String', Default: 'PublicRead' } } }),
  },
});

verdicts(rules.noPublicWriteAcl, {
  pass: { absent: bucket(), reading: bucket({ AccessControl: 'PublicRead' }) },
  fail: { everyone: bucket({ AccessControl: 'PublicReadWrite' }) },
  unknown: { 'a parameter': { ...bucket({ AccessControl: P }), ...param } },
  trap: {
    'log delivery is not the public': pass(bucket({ AccessControl: 'LogDeliveryWrite' })),
    'in one branch only': fail({ ...bucket({ AccessControl: { 'Fn::If': ['IsProd', 'Private', 'PublicReadWrite'] } }), ...isProd }, { message: /IsProd is false/ }),
  },
});

const owned = (by: unknown) => bucket({ OwnershipControls: { Rules: [{ ObjectOwnership: by }] } });

verdicts(rules.ownershipEnforced, {
  pass: { enforced: owned('BucketOwnerEnforced') },
  fail: { absent: bucket(), writer: owned('ObjectWriter') },
  unknown: { 'a parameter': { ...owned(P), ...param } },
  trap: { 'preferred leaves ACLs on': fail(owned('BucketOwnerPreferred'), { message: /ACLs may give access/ }), 'one rule, not a list': pass(bucket({ OwnershipControls: { Rules: { ObjectOwnership: 'BucketOwnerEnforced' } } })) },
});

verdicts(rules.policyNotPublic, {
  pass: { 'a role': policy(allow()), 'a service': policy(allow({ Principal: { Service: 'cloudfront.amazonaws.com' } })) },
  fail: { 'everyone': policy(allow({ Principal: '*' })), 'everyone as AWS': policy(allow({ Principal: { AWS: '*' } })), 'among others': policy(allow(), allow({ Principal: { AWS: ['111111111111', '*'] } })) },
  unknown: { 'a parameter': { ...policy(allow({ Principal: { AWS: P } })), ...param } },
  trap: {
    'everyone is denied': pass(policy(allow({ Effect: 'Deny', Principal: '*' }))),
    'bound to an organization': pass(policy(allow({ Principal: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } }))),
    'bound to a referrer, which anybody can send': fail(policy(allow({ Principal: '*', Condition: { StringLike: { 'aws:Referer': 'https://example.com/*' } } }))),
    'bound to every network': fail(policy(allow({ Principal: '*', Condition: { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } } }))),
    'all but one': fail(policy(allow({ Principal: undefined, NotPrincipal: { AWS: '111111111111' } }))),
    'one statement, not a list': fail(of('AWS::S3::BucketPolicy')({ PolicyDocument: { Statement: allow({ Principal: '*' }) } })),
    'an account whose partition is known at deployment is still not everyone': pass(policy(allow({ Principal: { AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' } } }))),
    'a role of the template': pass({ ...policy(allow({ Principal: { AWS: { 'Fn::GetAtt': ['Role', 'Arn'] } } })), Role: { Type: 'AWS::IAM::Role' } }),
    'the account by its pseudo parameter': pass(policy(allow({ Principal: { AWS: { Ref: 'AWS::AccountId' } } }))),
    'every account by a wildcard': fail(policy(allow({ Principal: { AWS: 'arn:aws:iam::*:root' } }))),
  },
});

verdicts(rules.policyNoWildcardAction, {
  pass: { 'an action': policy(allow()), 'actions by prefix': policy(allow({ Action: ['s3:Get*', 's3:List*'] })) },
  fail: { 'all of S3': policy(allow({ Action: 's3:*' })), 'all': policy(allow({ Action: ['*'] })) },
  unknown: { 'a parameter': { ...policy(allow({ Action: P })), ...param } },
  trap: { 'all are denied': pass(policy(allow({ Effect: 'Deny', Action: 's3:*' }))), 'in capitals': fail(policy(allow({ Action: 'S3:*' }))) },
});

verdicts(rules.policyNoNegation, {
  pass: { 'by name': policy(allow()) },
  fail: { 'all actions but': policy(allow({ Action: undefined, NotAction: 's3:Put*' })), 'all principals but': policy(allow({ Principal: undefined, NotPrincipal: { AWS: '111111111111' } })) },
  unknown: { 'a parameter': { ...of('AWS::S3::BucketPolicy')({ PolicyDocument: P }), ...param } },
  trap: { 'all principals but some are denied': pass(policy({ Effect: 'Deny', NotPrincipal: { AWS: '111111111111' }, NotAction: 's3:Get*', Resource: '*' })) },
});

const withPolicy = (target: unknown) => ({ ...bucket(), Policy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: target } }, Other: { Type: 'AWS::S3::Bucket' } });

verdicts(rules.hasPolicy, {
  pass: { 'by reference': withPolicy({ Ref: 'Subject' }) },
  fail: { none: bucket() },
  unknown: { 'a policy names its bucket by a parameter': { ...withPolicy(P), ...param } },
  trap: { 'the policy of another bucket': fail(withPolicy({ Ref: 'Other' })), 'by a name that both write alike': pass({ ...withPolicy({ 'Fn::Sub': '${P}-a' }), ...bucket({ BucketName: { 'Fn::Sub': '${P}-a' } }), ...param }) },
});

verdicts(rules.noWebsite, {
  pass: { 'absent': bucket(), 'set to nothing': bucket({ WebsiteConfiguration: { Ref: 'AWS::NoValue' } }) },
  fail: { 'an index': bucket({ WebsiteConfiguration: { IndexDocument: 'index.html' } }) },
  unknown: { 'a macro decides': bucket({ WebsiteConfiguration: { 'Fn::Transform': { Name: 'Site' } } }) },
  trap: { 'a redirect serves nothing': pass(bucket({ WebsiteConfiguration: { RedirectAllRequestsTo: { HostName: 'example.com' } } })) },
});

const cors = (...list: object[]) => bucket({ CorsConfiguration: { CorsRules: list } });

verdicts(rules.corsRestricted, {
  pass: { 'absent': bucket(), 'a named origin writes': cors({ AllowedOrigins: ['https://example.com'], AllowedMethods: ['PUT'] }) },
  fail: { 'any origin writes': cors({ AllowedOrigins: ['*'], AllowedMethods: ['GET', 'PUT'] }) },
  unknown: { 'a parameter': { ...cors({ AllowedOrigins: [P], AllowedMethods: ['PUT'] }), ...param } },
  trap: { 'any origin reads': pass(cors({ AllowedOrigins: ['*'], AllowedMethods: ['GET', 'HEAD'] })), 'any origin deletes, in the second rule': fail(cors({ AllowedOrigins: ['*'], AllowedMethods: ['GET'] }, { AllowedOrigins: '*', AllowedMethods: 'DELETE' })) },
});

verdicts(rules.accessPointBlock, {
  pass: { 'all four': point(blocks()) },
  fail: { 'one is off': point(blocks({ BlockPublicPolicy: false })) },
  unknown: { 'one is a parameter': { ...point(blocks({ BlockPublicPolicy: P })), ...param } },
  trap: {
    'absent: access points block by default': pass(point()),
    'a configuration that leaves some out': fail(point({ PublicAccessBlockConfiguration: { BlockPublicAcls: true } })),
    'across Regions': fail(of('AWS::S3::MultiRegionAccessPoint')(blocks({ IgnorePublicAcls: false }))),
  },
});

verdicts(rules.accessPointVpcOnly, {
  pass: { 'a VPC': point({ VpcConfiguration: { VpcId: 'vpc-12345678' } }), 'a VPC that is known at deployment': { ...point({ VpcConfiguration: { VpcId: P } }), ...param } },
  fail: { 'absent': point(), 'an access point of a directory bucket': of('AWS::S3Express::AccessPoint')() },
  unknown: { 'a macro decides': point({ VpcConfiguration: { 'Fn::Transform': { Name: 'Vpc' } } }) },
  trap: { 'in one branch only': fail({ ...point({ VpcConfiguration: { 'Fn::If': ['IsProd', { VpcId: 'vpc-12345678' }, { Ref: 'AWS::NoValue' }] } }), ...isProd }, { message: /IsProd is false/ }), 'empty': fail(point({ VpcConfiguration: {} })) },
});

const document = (principal: unknown) => ({ Policy: { Statement: [allow({ Principal: principal })] } });

verdicts(rules.accessPointPolicyNotPublic, {
  pass: { 'a role': point(document({ AWS: 'arn:aws:iam::111111111111:role/reader' })) },
  fail: { everyone: point(document('*')) },
  unknown: { 'a parameter': { ...point(document({ AWS: P })), ...param } },
  notApplicable: { 'no policy': point() },
  trap: { 'reached from a VPC only': pass(point({ ...document('*'), VpcConfiguration: { VpcId: 'vpc-12345678' } })), 'across Regions': fail(of('AWS::S3::MultiRegionAccessPointPolicy')(document('*'))) },
});
