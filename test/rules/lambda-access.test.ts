import { ifProd, MACRO, P, setting, subject } from './cases';
import { fail, notApplicable, pass, verdicts } from './verdicts';
import {
  invokeOnly, layerNotPublic, namedPrincipal, noEnvironmentSecrets, notPublic, permissionSource, urlCors, urlIamAuth,
} from '../../src/rules/lambda-access';

const permission = subject('AWS::Lambda::Permission', { Action: 'lambda:InvokeFunction', FunctionName: 'f' });
const role = { Role: { Type: 'AWS::IAM::Role' } };

verdicts(notPublic, {
  pass: {
    'an account': permission({ Principal: 111111111111 }),
    'a service': permission({ Principal: 'sns.amazonaws.com' }),
    'this account': permission({ Principal: { Ref: 'AWS::AccountId' } }),
    'a role': permission({ Principal: { 'Fn::GetAtt': ['Role', 'Arn'] } }, role),
  },
  fail: {
    'everyone': permission({ Principal: '*' }),
    'everyone through a URL': permission({ Principal: '*', Action: 'lambda:InvokeFunctionUrl', FunctionUrlAuthType: 'NONE' }),
  },
  unknown: { 'by parameter': permission({ Principal: P }), 'the source by a macro': permission({ Principal: '*', SourceArn: MACRO }) },
  trap: {
    'everyone of an organization': pass(permission({ Principal: '*', PrincipalOrgID: 'o-1' })),
    'everyone in one branch': fail(permission({ Principal: ifProd('111111111111', '*') }), { message: /IsProd is false/ }),
    'everyone from one account': pass(permission({ Principal: '*', SourceAccount: P })),
  },
});

verdicts(namedPrincipal, {
  pass: {
    'an account': permission({ Principal: '111111111111' }),
    'an organization': permission({ Principal: '*', PrincipalOrgID: P }),
    'this account': permission({ Principal: { Ref: 'AWS::AccountId' } }),
  },
  fail: {
    'everyone': permission({ Principal: '*' }),
    'everyone from a source': permission({ Principal: '*', SourceArn: 'arn:aws:sns:eu-west-1:111111111111:t', SourceAccount: '111111111111' }),
  },
  unknown: { 'by parameter': permission({ Principal: P }) },
  trap: { 'the organization in one branch only': fail(permission({ Principal: '*', PrincipalOrgID: ifProd('o-1') }), { message: /IsProd is false/ }) },
});

verdicts(permissionSource, {
  pass: {
    'an ARN': permission({ Principal: 'sns.amazonaws.com', SourceArn: P }),
    'an account': permission({ Principal: 's3.amazonaws.com', SourceAccount: { Ref: 'AWS::AccountId' } }),
    'an organization': permission({ Principal: 's3.amazonaws.com', PrincipalOrgID: 'o-1' }),
  },
  fail: {
    'none': permission({ Principal: 'events.amazonaws.com' }),
    'of S3, an ARN only': permission({ Principal: 's3.amazonaws.com', SourceArn: 'arn:aws:s3:::b' }),
    'any skill of Alexa': permission({ Principal: 'alexa-appkit.amazon.com' }),
  },
  unknown: {
    'the principal by parameter': permission({ Principal: P }),
    'the source by a macro': permission({ Principal: 'sns.amazonaws.com', SourceArn: MACRO }),
  },
  notApplicable: {
    'an account': permission({ Principal: '111111111111' }),
    'this account': permission({ Principal: { Ref: 'AWS::AccountId' } }),
    'a role': permission({ Principal: { 'Fn::GetAtt': ['Role', 'Arn'] } }, role),
  },
  trap: {
    'one skill of Alexa': pass(permission({ Principal: 'alexa-appkit.amazon.com', EventSourceToken: 'amzn1.ask.skill.1' })),
    'a service by its suffix': fail(permission({ Principal: { 'Fn::Sub': 'sns.amazonaws.com' } })),
    'an account whose name holds the suffix': notApplicable(permission({ Principal: 'arn:aws:iam::111111111111:role/amazonaws.com-x' })),
    'the source in one branch': fail(permission({ Principal: 'sns.amazonaws.com', SourceArn: ifProd('arn') }), { message: /IsProd is false/ }),
  },
});

verdicts(invokeOnly, setting(subject('AWS::Lambda::Permission', {
  Principal: 'sns.amazonaws.com',
}), 'Action', {
  good: 'lambda:InvokeFunction',
  bad: 'lambda:*',
  fail: { 'reading of the code': permission({ Action: 'lambda:GetFunction' }) },
  pass: { 'through a URL': permission({ Action: 'lambda:InvokeFunctionUrl' }) },
}));

const url = subject('AWS::Lambda::Url');
const sam = subject('AWS::Serverless::Function');
verdicts(urlIamAuth, setting(url, 'AuthType', {
  good: 'AWS_IAM',
  bad: 'NONE',
  fail: { 'SAM': sam({ FunctionUrlConfig: { AuthType: 'NONE' } }) },
  notApplicable: { 'SAM without a URL': sam() },
  trap: { 'SAM': pass(sam({ FunctionUrlConfig: { AuthType: 'AWS_IAM' } })) },
}));
verdicts(urlCors, {
  pass: { 'named': url({ Cors: { AllowOrigins: ['https://example.com'] } }), 'none': url() },
  fail: { 'every origin': url({ Cors: { AllowOrigins: ['https://example.com', '*'] } }) },
  unknown: { 'by parameter': url({ Cors: { AllowOrigins: [P] } }) },
  notApplicable: { 'SAM without a URL': sam() },
  trap: { 'SAM': fail(sam({ FunctionUrlConfig: { AuthType: 'NONE', Cors: { AllowOrigins: '*' } } })) },
});

const layer = subject('AWS::Lambda::LayerVersionPermission');
verdicts(layerNotPublic, setting(layer, 'Principal', {
  good: '111111111111',
  bad: '*',
  absent: 'elsewhere',
  trap: {
    'everyone of an organization': pass(layer({ Principal: '*', OrganizationId: 'o-1' })),
    'this account': pass(layer({ Principal: { Ref: 'AWS::AccountId' } })),
  },
}));

const env = (Variables: unknown) => subject('AWS::Lambda::Function')({ Environment: { Variables } });
verdicts(noEnvironmentSecrets, {
  pass: {
    'settings': env({ STAGE: 'prod', TABLE: { Ref: 'P' } }),
    'the ARN of a secret': env({ DB_PASSWORD: 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:x', SECRET_NAME: 'db' }),
  },
  fail: {
    'a password': env({ DB_PASSWORD: 'hunter2hunter2' }),
    'in camel case': env({ apiKey: 'x', clientSecret: 'abcdef' }),
    'an access key under another name': env({ NOTE: 'AKIAABCDEFGHIJKLMNOP' }),
    'SAM': sam({ Environment: { Variables: { API_KEY: 'abcdef' } } }),
  },
  unknown: { 'variables by parameter': env(P), 'completed by a macro': env({ STAGE: 'prod', ...MACRO }) },
  notApplicable: { 'none': subject('AWS::Lambda::Function')() },
  trap: {
    'known at deployment': pass(env({ DB_PASSWORD: P })),
    'a default of a parameter': fail({ ...env({ DB_PASSWORD: { Ref: 'D' } }), $Parameters: { D: { Type: 'String', Default: 'hunter2hunter2' } } }),
    'a switch about passwords': pass(env({ REQUIRE_PASSWORD: 'true', TOKEN_TTL: '3600', PASSWORD_POLICY: 'strong' })),
    'in one branch': fail(env({ TOKEN: ifProd({ Ref: 'P' }, 'abcdef') }), { message: /IsProd is false/ }),
    'looked up': pass(env({ DB_PASSWORD: '{{resolve:secretsmanager:db}}' })),
  },
});
