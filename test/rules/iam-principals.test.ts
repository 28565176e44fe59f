import { ifProd, MACRO, NOTHING, P, presence, setting, subject } from './cases';
import { fail, pass, verdicts } from './verdicts';
import {
  groupHasUsers, managedPolicyAttached, noActiveAccessKey, noAdminManagedPolicy, noBroadManagedPolicy, noConsolePassword, noInlinePolicies, noUsers, oidcAudience,
  passwordReset, sessionDuration, userInGroup, userNoDirectPolicies,
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
    'to a permission set, by name': subject('AWS::SSO::PermissionSet')({ ManagedPolicies: ['AdministratorAccess'] }),
    'to a SAM function, by name': subject('AWS::Serverless::Function')({ Policies: 'AdministratorAccess' }),
    'to a SAM function, by ARN': subject('AWS::Serverless::Function')({ Policies: aws('AdministratorAccess') }),
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
    'the administrator of a duty': attached(aws('job-function/SystemAdministrator')), 'of another': attached(joined('job-function/DatabaseAdministrator')),
    'of a service': attached(aws('AmazonAPIGatewayAdministrator')), 'of the account, for a service': attached(joined('AdministratorAccess-Amplify')),
    ...Object.fromEntries(['AmazonDynamoDBFullAccess', 'PowerUserAccess', aws('PowerUserAccess'), aws('IAMFullAccess'), 'job-function/NetworkAdministrator', 'AdministratorAccess-AWSElasticBeanstalk']
      .map((name) => [`to a SAM function: ${name}`, subject('AWS::Serverless::Function')({ Policies: [name] })])),
  },
  unknown: { 'by parameter': attached(P) },
  notApplicable: { 'none': group() },
  trap: {
    'a policy of one\'s own with the name': pass(attached('arn:aws:iam::111111111111:policy/AppFullAccess')),
    'a policy that these templates leave out': pass(attached({ Ref: 'Elsewhere' })),
    'a job that administers nothing': pass(attached(aws('job-function/SupportUser'))),
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
  fail: { 'a role': role({ Policies: [{ PolicyName: 'p' }] }), 'a group': group({ Policies: [{ PolicyName: 'p' }] }),
    ...Object.fromEntries(['Policy', 'RolePolicy', 'UserPolicy', 'GroupPolicy'].map((type) => [`an inline policy of its own: ${type}`, subject(`AWS::IAM::${type}`)({ PolicyDocument: { Statement: [] } })])),
  },
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

const names = (Type: string, property: string, value: unknown = { Ref: 'Subject' }) => ({ Other: { Type, Properties: { [property]: value } } });
verdicts(noUsers, {
  pass: { 'a name only': user() },
  fail: {
    'in a group': user({ Groups: ['g'] }), 'with a password': user({ LoginProfile: { Password: P } }), 'with a key': user({}, names('AWS::IAM::AccessKey', 'UserName')),
    'with a policy': user({}, names('AWS::IAM::Policy', 'Users', [{ Ref: 'Subject' }])), 'with an inline policy': user({ Policies: [{ PolicyName: 'p' }] }),
    'with a managed policy': user({ ManagedPolicyArns: [P] }), 'with a policy of the user': user({}, names('AWS::IAM::UserPolicy', 'UserName')),
    'added to a group': user({}, names('AWS::IAM::UserToGroupAddition', 'Users', [{ Ref: 'Subject' }])), 'with a policy for users': user({}, names('AWS::IAM::ManagedPolicy', 'Users', [{ Ref: 'Subject' }])),
  },
  unknown: { 'policies by a macro': user({ Policies: MACRO }) },
  trap: { 'the key is another one\'s': pass(user({}, names('AWS::IAM::AccessKey', 'UserName', 'other'))), 'in one branch': fail(user({ Groups: ifProd(NOTHING, ['g']) }), { message: /IsProd is false/ }) },
});
