import { Case, fail, pass, verdicts } from './verdicts';
import * as rules from '../../src/rules/cognito';

const of = (type: string) => (properties?: object): Case => ({ Subject: { Type: `AWS::Cognito::${type}`, Properties: properties } });
const pool = of('UserPool');
const client = of('UserPoolClient');
const identityPool = of('IdentityPool');
const param = { $Parameters: { P: { Type: 'String' } } };
const P = { Ref: 'P' };

verdicts(rules.mfa, {
  pass: { required: pool({ MfaConfiguration: 'ON' }), offered: pool({ MfaConfiguration: 'OPTIONAL' }) },
  fail: { off: pool({ MfaConfiguration: 'OFF' }) },
  unknown: { 'a parameter': { ...pool({ MfaConfiguration: P }), ...param } },
  trap: {
    'absent: off': fail(pool()),
    'YAML reads ON as true': pass(pool({ MfaConfiguration: true })),
    'YAML reads OFF as false': fail(pool({ MfaConfiguration: false })),
    'in small letters': fail(pool({ MfaConfiguration: 'off' })),
    'a parameter with a default': fail({ ...pool({ MfaConfiguration: P }), $Parameters: { P: { Type: 'String', Default: 'OFF' } } }),
  },
});

verdicts(rules.mfaRequired, {
  pass: { 'required': pool({ MfaConfiguration: 'ON', EnabledMfas: ['SOFTWARE_TOKEN_MFA'] }), 'YAML reads ON as true': pool({ MfaConfiguration: true, EnabledMfas: ['SOFTWARE_TOKEN_MFA'] }) },
  fail: { offered: pool({ MfaConfiguration: 'OPTIONAL', EnabledMfas: ['SOFTWARE_TOKEN_MFA'] }), absent: pool() },
  unknown: { 'a parameter': { ...pool({ MfaConfiguration: P, EnabledMfas: ['SOFTWARE_TOKEN_MFA'] }), ...param } },
  trap: { 'text messages only': fail(pool({ MfaConfiguration: 'ON', EnabledMfas: ['SMS_MFA'] })), 'text messages among others': pass(pool({ MfaConfiguration: 'ON', EnabledMfas: ['SMS_MFA', 'SOFTWARE_TOKEN_MFA'] })) },
});

const varied = { RequireUppercase: true, RequireLowercase: true, RequireNumbers: true, RequireSymbols: true };
const passwords = (policy: unknown) => pool({ Policies: { PasswordPolicy: policy } });

verdicts(rules.passwordPolicy, {
  pass: { varied: passwords({ MinimumLength: 8, ...varied }), long: passwords({ MinimumLength: 16 }) },
  fail: { 'short': passwords({ MinimumLength: 6, ...varied }), 'no symbols': passwords({ MinimumLength: 12, ...varied, RequireSymbols: false }) },
  unknown: { 'a parameter': { ...passwords({ MinimumLength: P, ...varied }), ...param } },
  trap: {
    'absent: Cognito sets one': pass(pool()),
    'other policies alone': pass(pool({ Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD'] } } })),
    'what a policy leaves out is off': fail(passwords({ MinimumLength: 10, RequireUppercase: true })),
    'as text': pass(passwords({ MinimumLength: '8', RequireUppercase: 'true', RequireLowercase: 'true', RequireNumbers: 'true', RequireSymbols: 'true' })),
  },
});

verdicts(rules.threatProtection, {
  pass: { enforced: pool({ UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' } }) },
  fail: { absent: pool() },
  unknown: { 'a parameter': { ...pool({ UserPoolAddOns: { AdvancedSecurityMode: P } }), ...param } },
  trap: { 'only watched': fail(pool({ UserPoolAddOns: { AdvancedSecurityMode: 'AUDIT' } })) },
});

verdicts(rules.deletionProtection, {
  pass: { on: pool({ DeletionProtection: 'ACTIVE' }) },
  fail: { off: pool({ DeletionProtection: 'INACTIVE' }) },
  unknown: { 'a parameter': { ...pool({ DeletionProtection: P }), ...param } },
  trap: { 'absent: off': fail(pool(), { message: /"INACTIVE"/ }) },
});

verdicts(rules.adminCreatesUsers, {
  pass: { administrators: pool({ AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } }) },
  fail: { everybody: pool({ AdminCreateUserConfig: { AllowAdminCreateUserOnly: false } }) },
  unknown: { 'a parameter': { ...pool({ AdminCreateUserConfig: { AllowAdminCreateUserOnly: P } }), ...param } },
  trap: { 'absent: everybody': fail(pool()), 'as text': pass(pool({ AdminCreateUserConfig: { AllowAdminCreateUserOnly: 'true' } })) },
});

verdicts(rules.noUnauthenticatedIdentities, {
  pass: { none: identityPool({ AllowUnauthenticatedIdentities: false }), text: identityPool({ AllowUnauthenticatedIdentities: 'false' }) },
  fail: { allowed: identityPool({ AllowUnauthenticatedIdentities: true }), text: identityPool({ AllowUnauthenticatedIdentities: 'true' }) },
  unknown: { 'a parameter': { ...identityPool({ AllowUnauthenticatedIdentities: P }), ...param } },
  trap: { 'a parameter with a default': fail({ ...identityPool({ AllowUnauthenticatedIdentities: P }), $Parameters: { P: { Type: 'String', Default: 'true' } } }) },
});

verdicts(rules.noClassicFlow, {
  pass: { off: identityPool({ AllowClassicFlow: false }) },
  fail: { on: identityPool({ AllowClassicFlow: true }) },
  unknown: { 'a parameter': { ...identityPool({ AllowClassicFlow: P }), ...param } },
  trap: { 'absent: off': pass(identityPool()), 'as text': fail(identityPool({ AllowClassicFlow: 'true' })) },
});

verdicts(rules.hidesUserExistence, {
  pass: { hidden: client({ PreventUserExistenceErrors: 'ENABLED' }) },
  fail: { shown: client({ PreventUserExistenceErrors: 'LEGACY' }) },
  unknown: { 'a parameter': { ...client({ PreventUserExistenceErrors: P }), ...param } },
  trap: { 'absent: shown': fail(client(), { message: /"LEGACY"/ }) },
});

verdicts(rules.tokenRevocation, {
  pass: { on: client({ EnableTokenRevocation: true }) },
  fail: { off: client({ EnableTokenRevocation: false }) },
  unknown: { 'a parameter': { ...client({ EnableTokenRevocation: P }), ...param } },
  trap: { 'absent: on': pass(client()), 'as text': fail(client({ EnableTokenRevocation: 'false' })) },
});

verdicts(rules.noImplicitFlow, {
  pass: { 'codes': client({ AllowedOAuthFlows: ['code'] }), 'no flows': client() },
  fail: { tokens: client({ AllowedOAuthFlows: ['implicit'] }) },
  unknown: { 'a parameter': { ...client({ AllowedOAuthFlows: [P] }), ...param } },
  trap: { 'both, as CDK has it': fail(client({ AllowedOAuthFlows: ['implicit', 'code'] })) },
});

verdicts(rules.callbacksEncrypted, {
  pass: { 'https': client({ CallbackURLs: ['https://example.com/in'], LogoutURLs: ['https://example.com/out'] }), 'an app': client({ CallbackURLs: ['myapp://in'] }) },
  fail: { http: client({ CallbackURLs: ['http://example.com/in'] }) },
  unknown: { 'a parameter': { ...client({ CallbackURLs: [P] }), ...param } },
  notApplicable: { 'no callback': client() },
  trap: {
    'one\'s own machine': pass(client({ CallbackURLs: ['http://localhost:3000/in', 'http://127.0.0.1/in'] })),
    'a host that begins like one\'s own machine': fail(client({ CallbackURLs: ['http://localhost.example.com/in'] })),
    'signing out': fail(client({ CallbackURLs: ['https://example.com'], LogoutURLs: ['https://example.com', 'http://example.com'] })),
    'a domain that is known at deployment': fail({ ...client({ CallbackURLs: [{ 'Fn::Sub': 'http://${P}/in' }] }), ...param }),
    'a domain that is known at deployment, over https': pass({ ...client({ CallbackURLs: [{ 'Fn::Sub': 'https://${P}/in' }] }), ...param }),
  },
});

const delivery = (source: unknown, target: unknown = { Ref: 'Subject' }) => ({ Delivery: { Type: 'AWS::Cognito::LogDeliveryConfiguration', Properties: { UserPoolId: target, LogConfigurations: [{ EventSource: source, LogLevel: 'INFO' }] } } });

verdicts(rules.activityLogs, {
  pass: { exported: { ...pool(), ...delivery('userAuthEvents') } },
  fail: { none: pool() },
  unknown: { 'a parameter': { ...pool(), ...delivery(P), ...param } },
  trap: { 'of another pool': fail({ ...pool(), ...delivery('userAuthEvents', { Ref: 'Other' }), Other: { Type: 'AWS::Cognito::UserPool' } }), 'failed messages only': fail({ ...pool(), ...delivery('userNotification') }) },
});
