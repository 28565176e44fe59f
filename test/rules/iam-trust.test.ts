import { ifProd, P, subject } from './cases';
import { fail, notApplicable, pass, unknown, verdicts } from './verdicts';
import * as rules from '../../src/rules/iam-trust';

const role = subject('AWS::IAM::Role');
const trust = (...Statement: unknown[]) => role({ AssumeRolePolicyDocument: { Statement } });
const assume = (Principal: unknown, more: object = {}) => ({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole', ...more });
verdicts(rules.trustNotPublic, {
  pass: {
    'a service': trust(assume({ Service: 'lambda.amazonaws.com' })),
    'an account': trust(assume({ AWS: '111111111111' })),
    'everyone of an organization': trust(assume('*', { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } })),
  },
  fail: {
    'everyone': trust(assume('*')),
    'everyone, as AWS': trust(assume({ Service: 'ec2.amazonaws.com' }), assume({ AWS: ['111111111111', '*'] })),
    'all but one': trust({ Effect: 'Allow', NotPrincipal: { AWS: '111111111111' }, Action: 'sts:AssumeRole' }),
  },
  unknown: { 'by parameter': trust(assume({ AWS: P })), 'the condition by parameter': trust(assume('*', { Condition: P })) },
  notApplicable: { 'a SAM function, whose trust policy SAM writes': subject('AWS::Serverless::Function')({ Handler: 'x' }) },
  trap: {
    'denied': pass(trust(assume({ AWS: '*' }, { Effect: 'Deny' }))),
    'of a SAM function': fail(subject('AWS::Serverless::Function')({ AssumeRolePolicyDocument: { Statement: [assume('*')] } })),
    'denied to all outside of an organization': pass(trust(assume('*'), assume('*', { Effect: 'Deny', Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } } }))),
    'any external id but one': fail(trust(assume('*', { Condition: { StringNotEquals: { 'sts:ExternalId': 'x' } } }))),
    'everyone who knows an id': pass(trust(assume({ AWS: '*' }, { Condition: { StringEquals: { 'sts:ExternalId': 'x' } } }))),
    'a condition that binds nobody': fail(trust(assume('*', { Condition: { Bool: { 'aws:SecureTransport': 'true' } } }))),
    'everyone in one branch': fail(trust(assume({ AWS: ifProd('111111111111', '*') })), { message: /IsProd is false/ }),
  },
});
verdicts(rules.trustNamed, {
  pass: { 'named': trust(assume({ Service: 'ec2.amazonaws.com' })) },
  fail: {
    'every action': trust(assume({ AWS: '111111111111' }, { Action: '*' })),
    'every action of STS': trust(assume({ AWS: '111111111111' }, { Action: ['sts:*'] })),
    'NotAction': trust({ Effect: 'Allow', Principal: { AWS: '111111111111' }, NotAction: 'sts:TagSession' }),
    'NotPrincipal': trust({ Effect: 'Allow', NotPrincipal: { AWS: '111111111111' }, Action: 'sts:AssumeRole' }),
  },
  unknown: { 'by parameter': trust(assume({ AWS: 'x' }, { Action: P })) },
  trap: { 'denied': pass(trust({ Effect: 'Deny', NotPrincipal: { AWS: '111111111111' }, Action: 'sts:*' })) },
});

const GITHUB = 'token.actions.githubusercontent.com';
const web = (Condition?: unknown, Federated: unknown = `arn:aws:iam::111111111111:oidc-provider/${GITHUB}`) => ({
  Effect: 'Allow', Principal: { Federated }, Action: 'sts:AssumeRoleWithWebIdentity', ...Condition === undefined ? {} : { Condition },
});
const audience = { [`${GITHUB}:aud`]: 'sts.amazonaws.com' };
const provider = { Provider: { Type: 'AWS::IAM::OIDCProvider', Properties: {} } };
verdicts(rules.oidcSubjectBound, {
  pass: {
    'one repository': trust(web({ StringEquals: { ...audience, [`${GITHUB}:sub`]: 'repo:org/app:ref:refs/heads/main' } })),
    'two repositories': trust(web({ StringLike: { [`${GITHUB}:sub`]: ['repo:org/app:*', 'repo:org/other:*'] } })),
    'all of an owner': trust(web({ StringLike: { [`${GITHUB}:sub`]: 'repo:org/*' } })),
  },
  fail: {
    'no condition': trust(web()),
    'the audience only': trust(web({ StringEquals: audience })),
    'every subject': trust(web({ StringLike: { [`${GITHUB}:sub`]: '*' } })),
    'every repository': trust(web({ StringLike: { [`${GITHUB}:sub`]: ['repo:org/app:*', 'repo:*'] } })),
    'a provider of the template': role({ AssumeRolePolicyDocument: { Statement: [web({ StringEquals: audience }, { Ref: 'Provider' })] } }, provider),
  },
  unknown: { 'the condition by parameter': trust(web(P)), 'the subject by parameter': trust(web({ StringLike: { [`${GITHUB}:sub`]: P } })) },
  notApplicable: {
    'a service': trust(assume({ Service: 'ec2.amazonaws.com' })),
    'an identity pool': trust(web({ StringEquals: { 'cognito-identity.amazonaws.com:aud': 'p' } }, 'cognito-identity.amazonaws.com')),
  },
  trap: {
    'only if the subject is there': fail(trust(web({ StringLikeIfExists: { [`${GITHUB}:sub`]: 'repo:org/*' } }))),
    'any subject but one': fail(trust(web({ StringNotEquals: { [`${GITHUB}:sub`]: 'repo:evil/app' } }))),
    'one statement of two': fail(trust(web({ StringEquals: { [`${GITHUB}:sub`]: 'repo:org/app:ref:x' } }), web({ StringEquals: audience }))),
    'a service account of Kubernetes': pass(
      trust(
        web(
          { StringEquals: { 'oidc.eks.eu-west-1.amazonaws.com/id/X:sub': 'system:serviceaccount:app:web' } },
          'arn:aws:iam::111111111111:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/X',
        ),
      ),
    ),
    'a SAML provider': notApplicable(
      role({ AssumeRolePolicyDocument: { Statement: [web(undefined, { Ref: 'Saml' })] } }, { Saml: { Type: 'AWS::IAM::SAMLProvider' } }),
    ),
  },
});


const ACCOUNT = 'arn:aws:iam::222222222222:root';
const asked = (key: string, value: unknown = 'x', operator = 'StringEquals') => ({ Condition: { [operator]: { [key]: value } } });
verdicts(rules.crossAccountTrustBound, {
  pass: {
    'an external id': trust(assume({ AWS: ACCOUNT }, asked('sts:ExternalId'))), 'the organization': trust(assume({ AWS: '222222222222' }, asked('aws:PrincipalOrgID', 'o-1'))),
    'a role of the other account': trust(assume({ AWS: 'arn:aws:iam::222222222222:role/deploy' })), 'a second factor': trust(assume({ AWS: ACCOUNT }, asked('aws:MultiFactorAuthPresent', 'true', 'Bool'))),
  },
  fail: {
    'no condition': trust(assume({ AWS: ACCOUNT })), 'by its number': trust(assume({ AWS: [{ Ref: 'AWS::AccountId' }, '222222222222'] })), 'in whatever partition': trust(assume({ AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::222222222222:root' } })),
    'a condition that binds nobody': trust(assume({ AWS: ACCOUNT }, asked('aws:RequestedRegion', 'eu-west-1'))), 'every external id': trust(assume({ AWS: ACCOUNT }, asked('sts:ExternalId', '*', 'StringLike'))),
  },
  unknown: { 'an account by parameter': trust(assume({ AWS: P })), 'the condition by parameter': trust(assume({ AWS: ACCOUNT }, { Condition: P })) },
  notApplicable: { 'a service': trust(assume({ Service: 'ec2.amazonaws.com' })), 'the stack\'s own account': trust(assume({ AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:root' } })) },
  trap: {
    'an external id if there is one': fail(trust(assume({ AWS: ACCOUNT }, asked('sts:ExternalId', 'x', 'StringEqualsIfExists')))),
    'any external id but one': fail(trust(assume({ AWS: ACCOUNT }, asked('sts:ExternalId', 'x', 'StringNotEquals')))),
    'an external id by parameter': pass(trust(assume({ AWS: ACCOUNT }, asked('sts:ExternalId', { 'Fn::Sub': 'x-${P}' })))),
    'one statement of two': fail(trust(assume({ AWS: ACCOUNT }, asked('sts:ExternalId')), assume({ AWS: ACCOUNT }))),
    'denied': notApplicable(trust(assume({ AWS: ACCOUNT }, { Effect: 'Deny' }))),
    'an account by parameter, with an external id': pass(trust(assume({ AWS: P }, asked('sts:ExternalId')))),
    'another account in one branch': fail(trust(assume({ AWS: ifProd({ Ref: 'AWS::AccountId' }, ACCOUNT) })), { message: /IsProd is false/ }),
  },
});
verdicts(rules.crossAccountTrustConditioned, {
  pass: { 'an external id': trust(assume({ AWS: 'arn:aws:iam::222222222222:role/vendor' }, asked('sts:ExternalId'))) },
  fail: { 'a role, with no condition': trust(assume({ AWS: 'arn:aws:iam::222222222222:role/vendor' })), 'an account': trust(assume({ AWS: ACCOUNT })) },
  unknown: { 'by parameter': trust(assume({ AWS: P })) },
  notApplicable: { 'a service': trust(assume({ Service: 'ec2.amazonaws.com' })) },
  trap: { 'a second factor is no external id': fail(trust(assume({ AWS: ACCOUNT }, asked('aws:MultiFactorAuthPresent', 'true', 'Bool')))), 'a role of the template': notApplicable(role({ AssumeRolePolicyDocument: { Statement: [assume({ AWS: { 'Fn::GetAtt': ['R', 'Arn'] } })] } }, { R: { Type: 'AWS::IAM::Role' } })) },
});

const POOL = 'cognito-identity.amazonaws.com';
verdicts(rules.identityPoolBound, {
  pass: { 'one pool': trust(web({ StringEquals: { [`${POOL}:aud`]: 'eu-west-1:1' } }, POOL)), 'an application of Google': trust(web({ StringEquals: { 'accounts.google.com:aud': 'x' } }, 'accounts.google.com')) },
  fail: {
    'no condition': trust(web(undefined, POOL)), 'who signed in only': trust(web({ 'ForAnyValue:StringLike': { [`${POOL}:amr`]: 'authenticated' } }, POOL)),
    'the claim of another provider': trust(web({ StringEquals: { 'accounts.google.com:aud': 'x' } }, 'graph.facebook.com')), 'every pool': trust(web({ StringLike: { [`${POOL}:aud`]: '*' } }, POOL)),
  },
  unknown: { 'the pool by parameter': trust(web({ StringEquals: { [`${POOL}:aud`]: P } }, POOL)), 'the provider by parameter': trust(web(undefined, P)) },
  notApplicable: { 'a service': trust(assume({ Service: 'ec2.amazonaws.com' })), 'GitHub': trust(web()) },
  trap: { 'if there is an audience': fail(trust(web({ StringEqualsIfExists: { [`${POOL}:aud`]: 'p' } }, POOL))), 'any pool but one': fail(trust(web({ StringNotEquals: { [`${POOL}:aud`]: 'p' } }, POOL))), 'one of two statements': fail(trust(web({ StringEquals: { [`${POOL}:aud`]: 'p' } }, POOL), web(undefined, 'www.amazon.com'))) },
});
verdicts(rules.oidcAudienceBound, {
  pass: { 'named': trust(web({ StringEquals: audience })) },
  fail: { 'the subject only': trust(web({ StringEquals: { [`${GITHUB}:sub`]: 'repo:org/app' } })), 'no condition': trust(web()) },
  unknown: { 'by parameter': trust(web(P)) },
  notApplicable: { 'a service': trust(assume({ Service: 'ec2.amazonaws.com' })), 'an identity pool': trust(web(undefined, 'cognito-identity.amazonaws.com')) },
  trap: {
    'another provider': fail(trust(web(undefined, 'arn:aws:iam::111111111111:oidc-provider/gitlab.com'))), 'GitHub by its bare name': fail(trust(web(undefined, GITHUB))),
    'any but one': fail(trust(web({ StringNotEquals: audience }))),
  },
});
verdicts(rules.serviceTrustBound, {
  pass: { 'one account': trust(assume({ Service: 'states.amazonaws.com' }, asked('aws:SourceAccount', { Ref: 'AWS::AccountId' }))), 'one source': trust(assume({ Service: ['scheduler.amazonaws.com'] }, asked('aws:SourceArn', 'arn:aws:scheduler:eu-west-1:111111111111:schedule/x', 'ArnLike'))) },
  fail: { 'no condition': trust(assume({ Service: 'states.amazonaws.com' })), 'every source': trust(assume({ Service: 'logs.amazonaws.com' }, asked('aws:SourceArn', '*', 'ArnLike'))), 'one of two services': trust(assume({ Service: ['lambda.amazonaws.com', 'codebuild.amazonaws.com'] })) },
  unknown: { 'a service by parameter': trust(assume({ Service: P })), 'the condition by parameter': trust(assume({ Service: 'states.amazonaws.com' }, { Condition: P })) },
  notApplicable: { 'a service that does not tell': trust(assume({ Service: 'ec2.amazonaws.com' })), 'an account': trust(assume({ AWS: ACCOUNT })) },
  trap: { 'in China': fail(trust(assume({ Service: 'states.amazonaws.com.cn' }))), 'if there is a source': fail(trust(assume({ Service: 'states.amazonaws.com' }, asked('aws:SourceAccount', 'x', 'StringEqualsIfExists')))) },
});
const ANYWHERE = { Service: 'rolesanywhere.amazonaws.com' };
verdicts(rules.rolesAnywhereTrustBound, {
  pass: { 'the trust anchor': trust(assume(ANYWHERE, asked('aws:SourceArn', 'arn:aws:rolesanywhere:eu-west-1:111111111111:trust-anchor/1', 'ArnEquals'))), 'the certificate': trust(assume(ANYWHERE, asked('aws:PrincipalTag/x509Subject/CN', 'host'))) },
  fail: { 'no condition': trust(assume(ANYWHERE)), 'another tag': trust(assume(ANYWHERE, asked('aws:PrincipalTag/team', 'x'))) },
  unknown: { 'the condition by parameter': trust(assume(ANYWHERE, { Condition: P })) },
  notApplicable: { 'another service': trust(assume({ Service: 'ec2.amazonaws.com' })) },
  trap: { 'every certificate': fail(trust(assume(ANYWHERE, asked('aws:PrincipalTag/x509Subject/CN', '*', 'StringLike')))), 'one statement of two': fail(trust(assume(ANYWHERE, asked('aws:PrincipalTag/x509Issuer/CN', 'ca')), assume(ANYWHERE))) },
});

describe('a wildcard in a subject', () => {
  const subjectOf = (sub: string) => trust(web({ StringLike: { [`${GITHUB}:sub`]: sub } }));
  verdicts(rules.oidcSubjectBound, {
    pass: { 'of an owner': subjectOf('repo:acme/*'), 'of a workspace': subjectOf('organization:acme:project:*') },
    fail: { 'that ends in the name of the owner': subjectOf('repo:acme*'), 'before the name of the owner': subjectOf('*:acme/app:*'), 'for the owner': subjectOf('repo:*/app:ref:refs/heads/main'), 'for one letter': subjectOf('repo:acm?/app') },
    unknown: { 'the owner by parameter': trust(web({ StringLike: { [`${GITHUB}:sub`]: { 'Fn::Sub': 'repo:${P}/app:*' } } })) },
    trap: { 'every service account of one namespace': pass(subjectOf('system:serviceaccount:app:*')), 'one account of every namespace': pass(subjectOf('system:serviceaccount:*:web')), 'every account of every namespace': fail(subjectOf('system:serviceaccount:*:*')), 'not known at all': unknown(trust(web({ StringLike: P }))) },
  });
});
