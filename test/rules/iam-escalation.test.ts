import { ifProd, MACRO, P, subject } from './cases';
import { Case, fail, notApplicable, pass, unknown, verdicts } from './verdicts';
import * as rules from '../../src/rules/iam-escalation';

const document = (...Statement: unknown[]) => ({ Version: '2012-10-17', Statement });
const allow = (Action: unknown, Resource: unknown = '*', more: object = {}) => ({ Effect: 'Allow', Action, Resource, ...more });
const deny = (Action: unknown, Resource: unknown = '*', more: object = {}) => ({ ...allow(Action, Resource, more), Effect: 'Deny' });
const policy = (...statements: unknown[]) => subject('AWS::IAM::Policy')({ PolicyDocument: document(...statements) });
const inline = (...statements: unknown[]) => ({ PolicyName: 'p', PolicyDocument: document(...statements) });
const when = (key: string, value: unknown = 'x', operator = 'StringEquals') => ({ Condition: { [operator]: { [key]: value } } });
const ROLE = 'arn:aws:iam::111111111111:role/app';
const arnOf = (end: string) => ({ 'Fn::Sub': `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:${end}` });
const PASS = allow('iam:PassRole');
const LAMBDA = allow(['lambda:CreateFunction', 'lambda:InvokeFunction'], 'arn:aws:lambda:eu-west-1:111111111111:function:x');

const combination = (...actions: string[]): Case => policy(...actions.map((action) => allow(action)));

verdicts(rules.noPrivilegeEscalation, {
  pass: {
    'other rights': policy(allow('s3:GetObject')), 'reading of IAM': policy(allow(['iam:Get*', 'iam:List*'])), 'on a named role': policy(allow('iam:AttachRolePolicy', ROLE)),
    'passing a named role': policy(allow('iam:PassRole', ROLE), LAMBDA), 'passing without anything to run': policy(PASS), 'a function without a role': policy(LAMBDA),
  },
  fail: {
    'rights of any role': policy(allow('iam:AttachRolePolicy')), 'by wildcard': policy(allow('iam:Create*')), 'in lower case': policy(allow('IAM:putrolepolicy')), 'all of IAM': policy(allow('iam:*')), 'everything': policy(allow('*')),
    'every user of the account': policy(allow('iam:CreateAccessKey', arnOf('user/*'))), 'all but a list': policy({ Effect: 'Allow', NotAction: 's3:*', Resource: '*' }), 'all but a resource': policy({ Effect: 'Allow', Action: 'iam:PutUserPolicy', NotResource: ROLE }),
    'a role to a function, in one statement': policy(allow(['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction'])), 'in two statements': policy(PASS, LAMBDA), 'every role by ARN': policy(allow('iam:PassRole', arnOf('role/*')), LAMBDA),
    'a role to a function that a stream calls': combination('iam:PassRole', 'lambda:CreateFunction', 'lambda:CreateEventSourceMapping'), 'to an instance': combination('iam:PassRole', 'ec2:RunInstances'), 'to a stack': combination('iam:PassRole', 'cloudformation:CreateStack'),
    'to a development endpoint': combination('iam:PassRole', 'glue:CreateDevEndpoint'), 'to a task': combination('iam:PassRole', 'ecs:RegisterTaskDefinition', 'ecs:RunTask'), 'to a build': combination('iam:PassRole', 'codebuild:CreateProject', 'codebuild:StartBuild'),
    'to a notebook': combination('iam:PassRole', 'sagemaker:CreateNotebookInstance', 'sagemaker:CreatePresignedNotebookInstanceUrl'), 'to a pipeline of data': combination('iam:PassRole', 'datapipeline:*'), 'to a state machine': combination('iam:PassRole', 'states:*'), 'to a schedule': combination('iam:PassRole', 'scheduler:CreateSchedule'),
    'in the second inline policy of a role': subject('AWS::IAM::Role')({ Policies: [inline(allow('s3:GetObject')), inline(PASS, LAMBDA)] }), 'in a permission set, as text': subject('AWS::SSO::PermissionSet')({ InlinePolicy: JSON.stringify(document(PASS, LAMBDA)) }),
    'in a SAM function': subject('AWS::Serverless::Function')({ Policies: ['AWSLambdaBasicExecutionRole', document(PASS, LAMBDA)] }),
  },
  unknown: {
    'the document by parameter': subject('AWS::IAM::Policy')({ PolicyDocument: P }), 'an effect by parameter': policy({ ...allow('iam:PutRolePolicy'), Effect: P }), 'an action by parameter': policy(allow(P)), 'the resource by parameter': policy(allow('iam:PutRolePolicy', P)),
    'a condition by parameter': policy(allow('iam:PutRolePolicy', '*', { Condition: P })), 'half of a way is not known': policy(PASS, { ...LAMBDA, Effect: P }), 'a macro': subject('AWS::IAM::Role')({ Policies: MACRO }),
  },
  notApplicable: { 'no inline policy': subject('AWS::IAM::Role')(), 'a boundary': { ...subject('AWS::IAM::ManagedPolicy')({ PolicyDocument: document(allow('*')) }), Other: { Type: 'AWS::IAM::Role', Properties: { PermissionsBoundary: { Ref: 'Subject' } } } } },
  trap: {
    'under a boundary': pass(policy(allow('iam:PutRolePolicy', '*', when('iam:PermissionsBoundary', 'arn:aws:iam::111111111111:policy/b')))),
    'under a boundary if there is one': fail(policy(allow('iam:PutRolePolicy', '*', when('iam:PermissionsBoundary', 'b', 'StringEqualsIfExists')))),
    'but not under one boundary': fail(policy(allow('iam:PutRolePolicy', '*', when('iam:PermissionsBoundary', 'b', 'StringNotEquals')))),
    'to a named service': pass(policy(allow('iam:PassRole', '*', when('iam:PassedToService', 'ecs-tasks.amazonaws.com', 'StringEqualsIfExists')), LAMBDA)),
    'to every service': fail(policy(allow('iam:PassRole', '*', when('iam:PassedToService', '*', 'StringLike')), LAMBDA)),
    'in a Region': fail(policy(allow('iam:PassRole', '*', when('aws:RequestedRegion', 'eu-west-1')), LAMBDA)),
    'denied': pass(policy(allow('*'), deny(['iam:*', 'sso:*']))), 'denied without a boundary': pass(policy(allow('iam:PutRolePolicy'), deny('iam:*', '*', when('iam:PermissionsBoundary', 'b', 'StringNotEquals')))),
    'denied in a Region': fail(policy(allow('iam:PutRolePolicy'), deny('iam:*', '*', when('aws:RequestedRegion', 'eu-west-1')))), 'denied on one role': fail(policy(allow('iam:PutRolePolicy'), deny('iam:*', ROLE))), 'denied perhaps': unknown(policy(allow('iam:PutRolePolicy'), { ...deny('iam:*'), Effect: P })),
    'the function is denied': pass(policy(PASS, LAMBDA, deny('lambda:CreateFunction'))),
    'in one branch': fail(policy(PASS, ifProd(allow('s3:*'), LAMBDA)), { message: /iam:PassRole with lambda:CreateFunction with lambda:InvokeFunction when IsProd is false/ }),
    'a boundary that is attached as well': fail({ ...subject('AWS::IAM::ManagedPolicy')({ PolicyDocument: document(allow('*')), Roles: ['r'] }), Other: { Type: 'AWS::IAM::Role', Properties: { PermissionsBoundary: { Ref: 'Subject' } } } }),
    'the message is short': fail(policy(allow('*')), { message: /: iam:CreatePolicyVersion, .*, and \d+ more$/ }),
  },
});

verdicts(rules.noTakeover, {
  pass: { 'one function': policy(allow('lambda:UpdateFunctionCode', 'arn:aws:lambda:eu-west-1:111111111111:function:x')), 'by tag': policy(allow('ssm:StartSession', '*', when('ssm:resourceTag/team', 'x'))) },
  fail: { 'every function': policy(allow('lambda:UpdateFunctionCode')), 'every function by ARN': policy(allow('lambda:Update*', 'arn:aws:lambda:*:*:function:*')), 'a shell on every instance': policy(allow('ssm:SendCommand', ['arn:aws:ssm:*::document/AWS-RunShellScript', 'arn:aws:ec2:*:*:instance/*'])), 'every build': policy(allow('codebuild:*')) },
  unknown: { 'the resource by parameter': policy(allow('ssm:SendCommand', P)) },
  notApplicable: { 'no inline policy': subject('AWS::IAM::Role')() },
  trap: { 'a build that nobody starts': pass(policy(allow('codebuild:UpdateProject'))), 'reading of functions': pass(policy(allow('lambda:Get*'))), 'denied': pass(policy(allow('ssm:*'), deny(['ssm:SendCommand', 'ssm:StartSession']))) },
});

const role = subject('AWS::IAM::Role');
const named = (property: string, value: unknown, type: string, ...statements: unknown[]) => ({ Type: type, Properties: { PolicyDocument: document(...statements), [property]: value } });
const SELF = { Ref: 'Subject' };
verdicts(rules.noCombinedEscalation, {
  pass: { 'two that do not meet': role({ Policies: [inline(PASS), inline(allow('s3:*'))] }), 'a named role': role({ Policies: [inline(allow('iam:PassRole', ROLE)), inline(LAMBDA)] }) },
  fail: {
    'two inline policies': role({ Policies: [inline(PASS), inline(LAMBDA)] }),
    'an inline policy and one of its own': role({ Policies: [inline(PASS)] }, { Other: named('Roles', [SELF], 'AWS::IAM::Policy', LAMBDA) }),
    'two policies that name the role': role({}, { A: named('Roles', [SELF], 'AWS::IAM::ManagedPolicy', PASS), B: named('RoleName', SELF, 'AWS::IAM::RolePolicy', LAMBDA) }),
    'a managed policy that the role names': role({ Policies: [inline(PASS)], ManagedPolicyArns: [{ Ref: 'Other' }] }, { Other: named('Path', '/', 'AWS::IAM::ManagedPolicy', LAMBDA) }),
    'a user and the group': subject('AWS::IAM::User')({ Policies: [inline(PASS)], Groups: [{ Ref: 'G' }] }, { G: { Type: 'AWS::IAM::Group', Properties: { Policies: [inline(LAMBDA)] } } }),
    'a group': subject('AWS::IAM::Group')({ Policies: [inline(PASS), inline(LAMBDA)] }),
  },
  unknown: { 'one by parameter': role({ Policies: [inline(PASS), { PolicyName: 'x', PolicyDocument: P }] }) },
  notApplicable: { 'none': role(), 'one': role({ Policies: [inline(PASS, LAMBDA)] }) },
  trap: {
    'one policy alone is told there': pass(role({ Policies: [inline(PASS, LAMBDA), inline(allow('s3:*'))] })),
    'another role\'s policy': notApplicable(role({ Policies: [inline(PASS)] }, { R: { Type: 'AWS::IAM::Role' }, Other: named('Roles', [{ Ref: 'R' }], 'AWS::IAM::Policy', LAMBDA) })),
    'denied by the other one': pass(role({ Policies: [inline(PASS), inline(LAMBDA), inline(deny('iam:PassRole'))] })),
    'in one branch': fail(role({ Policies: [inline(PASS), ifProd(inline(allow('s3:*')), inline(LAMBDA))] }), { message: /IsProd is false/ }),
  },
});

verdicts(rules.makersBounded, {
  pass: { 'bounded': role({ Policies: [inline(allow('iam:CreateRole'))], PermissionsBoundary: 'arn:aws:iam::111111111111:policy/b' }) },
  fail: { 'not bounded': role({ Policies: [inline(allow('iam:CreateRole'))] }), 'by a policy of its own': role({}, { Other: named('Roles', [SELF], 'AWS::IAM::Policy', allow('iam:*')) }) },
  unknown: { 'the boundary by a macro': role({ Policies: [inline(allow('iam:CreateRole'))], PermissionsBoundary: MACRO }), 'perhaps it makes roles': role({ Policies: [inline(allow(P))] }) },
  notApplicable: { 'it makes none': role({ Policies: [inline(allow('s3:*'))] }), 'one role only': role({ Policies: [inline(allow('iam:PutRolePolicy', ROLE))] }) },
  trap: { 'it bounds those it makes': notApplicable(role({ Policies: [inline(allow('iam:CreateRole', '*', when('iam:PermissionsBoundary', 'b')))] })) },
});
