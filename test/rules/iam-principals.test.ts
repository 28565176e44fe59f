import { ifProd, MACRO, NOTHING, P, presence, setting, subject } from './cases';
import { fail, notApplicable, pass, verdicts } from './verdicts';
import {
  groupHasUsers, managedPolicyAttached, noActiveAccessKey, noAdminManagedPolicy, noBroadManagedPolicy, noConsolePassword, noInlinePolicies, oidcAudience,
  oidcSubjectBound,
  passwordReset, sessionDuration, trustNamed, trustNotPublic, userInGroup, userNoDirectPolicies,
} from '../../src/rules/iam-principals';

const role = subject('AWS::IAM::Role');
const user = subject('AWS::IAM::User');
const group = subject('AWS::IAM::Group');
const aws = (name: string) => `arn:aws:iam::aws:policy/${name}`;
const attached = (...ManagedPolicyArns: unknown[]) => role({ ManagedPolicyArns });
const joined = (name: string) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:iam::aws:policy/${name}`]] });

verdicts(noAdminManagedPolicy, {
  pass: {
    'another policy': attached(aws('ReadOnlyAccess')),
    'one of the template': role({ ManagedPolicyArns: [{ Ref: 'Own' }] }, { Own: { Type: 'AWS::IAM::ManagedPolicy' } }),
  },
  fail: {
    'attached': attached(aws('ReadOnlyAccess'), aws('AdministratorAccess')), 'in whatever partition': attached(joined('AdministratorAccess')),
    'to a permission set': subject('AWS::SSO::PermissionSet')({ ManagedPolicies: [aws('AdministratorAccess')] }),
    'to a SAM function, by name': subject('AWS::Serverless::Function')({ Policies: 'AdministratorAccess' }),
  },
  unknown: { 'by parameter': attached(P), 'a list by macro': role({ ManagedPolicyArns: MACRO }) },
  notApplicable: { 'none': role() },
  trap: {
    'in one branch': fail(attached(ifProd(aws('ReadOnlyAccess'), aws('AdministratorAccess'))), { message: /IsProd is false/ }),
    'a policy of one\'s own with the name': pass(attached('arn:aws:iam::111111111111:policy/AdministratorAccess')),
    'a policy that ends like it': pass(attached(aws('job-function/NotAdministratorAccess'))),
    'an inline document of a SAM function': pass(
      subject('AWS::Serverless::Function')({ Policies: [{ Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' }] }] }),
    ),
  },
});

verdicts(noBroadManagedPolicy, {
  pass: { 'reading only': attached(aws('AmazonS3ReadOnlyAccess')), 'of a service role': attached(aws('service-role/AWSLambdaBasicExecutionRole')) },
  fail: {
    'full access': attached(aws('AmazonS3FullAccess')),
    'with an underscore': attached(joined('AWSLambda_FullAccess')),
    'power user': attached(aws('PowerUserAccess')),
    'to a SAM function, by name': subject('AWS::Serverless::Function')({ Policies: ['AmazonDynamoDBFullAccess'] }),
  },
  unknown: { 'by parameter': attached(P) },
  notApplicable: { 'none': group() },
  trap: {
    'a policy of one\'s own with the name': pass(attached('arn:aws:iam::111111111111:policy/AppFullAccess')),
    'administrators are another rule\'s': pass(attached(aws('AdministratorAccess'))),
  },
});

verdicts(userNoDirectPolicies, {
  pass: { 'a user in a group': user({ Groups: ['g'] }), 'a policy of a role': subject('AWS::IAM::Policy')({ Roles: ['r'] }) },
  fail: {
    'managed': user({ ManagedPolicyArns: [aws('ReadOnlyAccess')] }),
    'inline': user({ Policies: [{ PolicyName: 'p' }] }),
    'a policy for users': subject('AWS::IAM::Policy')({ Users: [P] }),
    'a managed policy for users': subject('AWS::IAM::ManagedPolicy')({ Users: ['u'] }),
    'a user\'s policy': subject('AWS::IAM::UserPolicy')({ UserName: 'u' }),
  },
  unknown: { 'by a macro': user({ Policies: MACRO }) },
  trap: {
    'empty lists': pass(user({ Policies: [], ManagedPolicyArns: [] })),
    'in one branch': fail(subject('AWS::IAM::Policy')({ Users: ifProd(NOTHING, ['u']) }), { message: /IsProd is false/ }),
  },
});

verdicts(noInlinePolicies, {
  pass: { 'none': role() },
  fail: { 'a role': role({ Policies: [{ PolicyName: 'p' }] }), 'a group': group({ Policies: [{ PolicyName: 'p' }] }) },
  unknown: { 'by a macro': user({ Policies: MACRO }) },
  trap: { 'an empty list': pass(user({ Policies: [] })), 'in one branch': fail(role({ Policies: ifProd(NOTHING, [{ PolicyName: 'p' }]) })) },
});

const addition = (GroupName: unknown, Users: unknown) => ({ Add: { Type: 'AWS::IAM::UserToGroupAddition', Properties: { GroupName, Users } } });
verdicts(userInGroup, {
  pass: { 'named by the user': user({ Groups: ['g'] }), 'added': user({}, addition('g', [{ Ref: 'Subject' }])) },
  fail: { 'none': user(), 'another one is added': user({}, addition('g', ['other'])) },
  unknown: { 'by a macro': user({ Groups: MACRO }) },
  trap: { 'added by name': pass(user({ UserName: 'ann' }, addition('g', ['bob', 'ann']))), 'an empty list': fail(user({ Groups: [] })) },
});
verdicts(groupHasUsers, {
  pass: {
    'named by a user': group({}, { U: { Type: 'AWS::IAM::User', Properties: { Groups: [{ Ref: 'Subject' }] } } }),
    'added': group({}, addition({ Ref: 'Subject' }, ['ann'])),
  },
  fail: { 'none': group(), 'another group gets one': group({}, addition('other', ['ann'])) },
  unknown: { 'the users by a macro': group({}, addition({ Ref: 'Subject' }, MACRO)) },
  trap: { 'nobody is added': fail(group({}, addition({ Ref: 'Subject' }, []))) },
});

verdicts(noActiveAccessKey, setting(subject('AWS::IAM::AccessKey'), 'Status', { good: 'Inactive', bad: 'Active' }));
verdicts(noConsolePassword, {
  pass: { 'none': user() },
  fail: { 'one': user({ LoginProfile: { Password: P } }) },
  unknown: { 'by a macro': user({ LoginProfile: MACRO }) },
  trap: {
    'in one branch': fail(user({ LoginProfile: ifProd(NOTHING, { Password: P }) }), { message: /IsProd is false/ }),
    'in none': pass(user({ LoginProfile: NOTHING })),
  },
});
verdicts(passwordReset, setting(user, 'LoginProfile.PasswordResetRequired', {
  good: true,
  bad: false,
  absent: 'elsewhere',
  fail: { 'a password without it': user({ LoginProfile: { Password: 'x' } }) },
  notApplicable: { 'no password': user() },
  trap: { 'nothing is set in production': fail(user({ LoginProfile: { Password: 'x', PasswordResetRequired: 'false' } })) },
}));

const trust = (...Statement: unknown[]) => role({ AssumeRolePolicyDocument: { Statement } });
const assume = (Principal: unknown, more: object = {}) => ({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole', ...more });
verdicts(trustNotPublic, {
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
  trap: {
    'denied': pass(trust(assume({ AWS: '*' }, { Effect: 'Deny' }))),
    'everyone who knows an id': pass(trust(assume({ AWS: '*' }, { Condition: { StringEquals: { 'sts:ExternalId': 'x' } } }))),
    'a condition that binds nobody': fail(trust(assume('*', { Condition: { Bool: { 'aws:SecureTransport': 'true' } } }))),
    'everyone in one branch': fail(trust(assume({ AWS: ifProd('111111111111', '*') })), { message: /IsProd is false/ }),
  },
});
verdicts(trustNamed, {
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
verdicts(oidcSubjectBound, {
  pass: {
    'one repository': trust(web({ StringEquals: { ...audience, [`${GITHUB}:sub`]: 'repo:org/app:ref:refs/heads/main' } })),
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

verdicts(oidcAudience, presence(subject('AWS::IAM::OIDCProvider'), 'ClientIdList', { value: ['sts.amazonaws.com'] }));
verdicts(sessionDuration, setting(role, 'MaxSessionDuration', { good: 14400, bad: 43200, absent: 'pass' }));
verdicts(managedPolicyAttached, {
  pass: {
    'it names a role': subject('AWS::IAM::ManagedPolicy')({ Roles: ['r'] }),
    'a role names it': subject('AWS::IAM::ManagedPolicy')({}, { R: { Type: 'AWS::IAM::Role', Properties: { ManagedPolicyArns: [{ Ref: 'Subject' }] } } }),
  },
  fail: {
    'nothing': subject('AWS::IAM::ManagedPolicy')(),
    'a role names another': subject('AWS::IAM::ManagedPolicy')(
      {}, { R: { Type: 'AWS::IAM::Role', Properties: { ManagedPolicyArns: [aws('ReadOnlyAccess')] } } },
    ),
  },
  unknown: { 'by a macro': subject('AWS::IAM::ManagedPolicy')({ Roles: MACRO }) },
  trap: { 'a group in one branch': fail(subject('AWS::IAM::ManagedPolicy')({ Groups: ifProd(['g']) }), { message: /IsProd is false/ }) },
});
