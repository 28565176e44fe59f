import { awsDefaults } from './aws-defaults';
import { all, any, applies, not, Property, rule, Truth } from './kernel';

const POOL = ['AWS::Cognito::UserPool'];
const CLIENT = ['AWS::Cognito::UserPoolClient'];
const IDENTITY_POOL = ['AWS::Cognito::IdentityPool'];

export const mfa = rule({
  id: 'Cognito.Mfa',
  resourceTypes: POOL,
  title: 'User pool offers a second factor',
  severity: 'high',
  criteria: { direct: ['CC6.1'], supporting: ['CC6.2'] },
  rationale: 'A stolen or guessed password opens an account unless a second factor stands behind it.',
  remediation: { construct: 'SecureUserPool', l2: 'mfa: Mfa.REQUIRED', cfn: 'MfaConfiguration: "ON" or OPTIONAL' },
  configRule: 'COGNITO_USER_POOL_MFA_ENABLED',
  nagRules: ['CognitoUserPoolMFA'],
  sources: ['Amazon Cognito developer guide, "Adding MFA to a user pool"', 'AWS::Cognito::UserPool, MfaConfiguration: OFF by default'],
  // YAML 1.1 reads an unquoted ON as true.
  check: (pool) => {
    const setting = pool.get('MfaConfiguration').awsDefault(awsDefaults['AWS::Cognito::UserPool.MfaConfiguration']);
    return any([setting.oneOf(['ON', 'OPTIONAL']), setting.isTrue()]).because('MfaConfiguration is neither ON nor OPTIONAL');
  },
});

export const mfaRequired = rule({
  id: 'Cognito.MfaRequired',
  resourceTypes: POOL,
  title: 'User pool requires a second factor, other than text messages',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['CC6.2'] },
  rationale: 'An optional factor protects only those who choose it, and text messages can be diverted. Pools for the public often cannot require more, so this is asked for.',
  remediation: { construct: 'SecureUserPool', l2: 'mfa: Mfa.REQUIRED, mfaSecondFactor: { otp: true, sms: false }', cfn: 'MfaConfiguration: "ON", EnabledMfas: [SOFTWARE_TOKEN_MFA]' },
  sources: ['Amazon Cognito developer guide, "Adding MFA to a user pool"', 'NIST SP 800-63B 5.1.3.3'],
  onByDefault: false,
  check: (pool) => all(
    any([pool.get('MfaConfiguration').is('ON'), pool.get('MfaConfiguration').isTrue()]).because('MfaConfiguration is not ON'),
    pool.get('EnabledMfas').some((factor) => factor.isNot('SMS_MFA'), 'EnabledMfas names no factor but text messages'),
  ),
});

const PASSWORD_POLICY = awsDefaults['AWS::Cognito::UserPool.Policies.PasswordPolicy'];

export const passwordPolicy = rule({
  id: 'Cognito.PasswordPolicy',
  resourceTypes: POOL,
  title: 'User pool wants passwords that are hard to guess',
  severity: 'medium',
  criteria: { direct: ['CC6.1'], supporting: ['CC6.2'] },
  rationale: 'Short passwords of one kind of character are guessed from lists. Length or variety makes up for either.',
  remediation: { construct: 'SecureUserPool', l2: 'passwordPolicy', cfn: 'Policies.PasswordPolicy with MinimumLength 8 and all four Require… true, or MinimumLength 15' },
  configRule: 'COGNITO_USER_POOL_PASSWORD_POLICY_CHECK',
  nagRules: ['CognitoUserPoolStrongPasswordPolicy'],
  sources: [PASSWORD_POLICY.source, 'NIST SP 800-63B-4 3.1.1: 15 characters where the password is the only factor'],
  check: (pool) => {
    const policy = pool.get('Policies.PasswordPolicy').awsDefault(PASSWORD_POLICY).seen();
    return any([
      policy.get('MinimumLength').atLeast(15),
      all(policy.get('MinimumLength').atLeast(8), ...['RequireUppercase', 'RequireLowercase', 'RequireNumbers', 'RequireSymbols'].map((name) => policy.get(name).isTrue())),
    ]).because('the password policy asks neither for 15 characters nor for 8 with letters of both cases, numbers and symbols');
  },
});

export const threatProtection = rule({
  id: 'Cognito.ThreatProtection',
  resourceTypes: POOL,
  title: 'User pool reacts to suspicious sign-ins',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['CC7.2'] },
  rationale: 'Threat protection blocks leaked passwords and unusual sign-ins. It costs per user, so this is asked for.',
  remediation: { construct: 'SecureUserPool', l2: 'standardThreatProtectionMode: StandardThreatProtectionMode.FULL_FUNCTION', cfn: 'UserPoolAddOns: { AdvancedSecurityMode: ENFORCED }' },
  configRule: 'COGNITO_USER_POOL_ADVANCED_SECURITY_ENABLED',
  nagRules: ['CognitoUserPoolPlusTier'],
  sources: ['Amazon Cognito developer guide, "Advanced security with threat protection"'],
  onByDefault: false,
  check: (pool) => pool.get('UserPoolAddOns.AdvancedSecurityMode').is('ENFORCED'),
});

export const deletionProtection = rule({
  id: 'Cognito.DeletionProtection',
  resourceTypes: POOL,
  title: 'User pool refuses to be deleted',
  severity: 'medium',
  criteria: { direct: ['A1.2'], supporting: ['CC6.2'] },
  rationale: 'A user pool cannot be backed up: deleted with its stack, every account and password in it is gone.',
  remediation: { construct: 'SecureUserPool', l2: 'deletionProtection: true', cfn: 'DeletionProtection: ACTIVE' },
  configRule: 'COGNITO_USER_POOL_DELETION_PROTECTION_ENABLED',
  sources: ['AWS::Cognito::UserPool, DeletionProtection', 'Amazon Cognito API reference, CreateUserPool: INACTIVE by default'],
  check: (pool) => pool.get('DeletionProtection').awsDefault(awsDefaults['AWS::Cognito::UserPool.DeletionProtection']).is('ACTIVE'),
});

export const adminCreatesUsers = rule({
  id: 'Cognito.AdminCreatesUsers',
  resourceTypes: POOL,
  title: 'Only administrators create users',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC6.2'] },
  rationale: 'In a pool for staff, accounts are given by somebody who is entitled to. Pools for customers let them sign up, so this is asked for.',
  remediation: { construct: 'SecureUserPool', l2: 'selfSignUpEnabled: false', cfn: 'AdminCreateUserConfig: { AllowAdminCreateUserOnly: true }' },
  sources: ['AWS::Cognito::UserPool AdminCreateUserConfig: users may sign up by default'],
  onByDefault: false,
  check: (pool) => pool.get('AdminCreateUserConfig.AllowAdminCreateUserOnly').isTrue(),
});

export const noUnauthenticatedIdentities = rule({
  id: 'Cognito.NoUnauthenticatedIdentities',
  resourceTypes: IDENTITY_POOL,
  title: 'Identity pool gives nothing to strangers',
  severity: 'high',
  criteria: { direct: ['CC6.1'], supporting: ['CC6.2', 'CC6.6'] },
  rationale: 'With unauthenticated identities anybody on the internet gets AWS credentials, if only with the rights of a guest role.',
  remediation: { l2: 'allowUnauthenticatedIdentities: false', cfn: 'AllowUnauthenticatedIdentities: false' },
  configRule: 'COGNITO_IDENTITY_POOL_UNAUTH_ACCESS_CHECK',
  nagRules: ['CognitoUserPoolNoUnauthenticatedLogins'],
  sources: ['AWS::Cognito::IdentityPool, AllowUnauthenticatedIdentities: required'],
  check: (pool) => pool.get('AllowUnauthenticatedIdentities').isFalse(),
});

export const noClassicFlow = rule({
  id: 'Cognito.NoClassicFlow',
  resourceTypes: IDENTITY_POOL,
  title: 'Identity pool uses the enhanced flow only',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC6.1', 'CC6.3'] },
  rationale: 'In the classic flow the client chooses the role and escapes the session policy that limits guests.',
  remediation: { cfn: 'no AllowClassicFlow' },
  sources: ['Amazon Cognito developer guide, "Identity pools authentication flow"'],
  check: (pool) => pool.get('AllowClassicFlow').awsDefault(awsDefaults['AWS::Cognito::IdentityPool.AllowClassicFlow']).isNot(true),
});

export const hidesUserExistence = rule({
  id: 'Cognito.HidesUserExistence',
  resourceTypes: CLIENT,
  title: 'Errors do not tell who has an account',
  severity: 'low',
  criteria: { direct: ['CC6.1'] },
  rationale: 'An error that tells an unknown user from a wrong password hands out a list of accounts to try.',
  remediation: { construct: 'SecureUserPoolClient', l2: 'preventUserExistenceErrors: true', cfn: 'PreventUserExistenceErrors: ENABLED' },
  sources: ['AWS::Cognito::UserPoolClient, PreventUserExistenceErrors: LEGACY by default'],
  check: (client) => client.get('PreventUserExistenceErrors').awsDefault(awsDefaults['AWS::Cognito::UserPoolClient.PreventUserExistenceErrors']).is('ENABLED'),
});

export const tokenRevocation = rule({
  id: 'Cognito.TokenRevocation',
  resourceTypes: CLIENT,
  title: 'Tokens can be revoked',
  severity: 'medium',
  criteria: { direct: ['CC6.1'], supporting: ['CC6.2', 'CC6.3'] },
  rationale: 'When access is withdrawn, tokens that were given out must stop working.',
  remediation: { construct: 'SecureUserPoolClient', l2: 'enableTokenRevocation: true', cfn: 'EnableTokenRevocation: true, or none' },
  sources: ['AWS::Cognito::UserPoolClient, EnableTokenRevocation: on by default'],
  check: (client) => client.get('EnableTokenRevocation').awsDefault(awsDefaults['AWS::Cognito::UserPoolClient.EnableTokenRevocation']).isTrue(),
});

export const noImplicitFlow = rule({
  id: 'Cognito.NoImplicitFlow',
  resourceTypes: CLIENT,
  title: 'Tokens do not travel in URLs',
  severity: 'medium',
  criteria: { direct: ['CC6.1'], supporting: ['CC6.7'] },
  rationale: 'The implicit grant puts tokens into the address bar, from where they get into histories, logs and referrers.',
  remediation: { construct: 'SecureUserPoolClient', l2: 'oAuth: { flows: { authorizationCodeGrant: true } }', cfn: 'AllowedOAuthFlows: [code]' },
  sources: ['RFC 9700, "Best Current Practice for OAuth 2.0 Security", 2.1.2'],
  check: (client) => client.get('AllowedOAuthFlows').every((flow) => flow.isNot('implicit')).because('AllowedOAuthFlows has the implicit grant'),
});

const LOCAL = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])([:/]|$)/i;

/** Plain HTTP to another host than the user's own. Schemes of mobile apps pass. */
const encrypted = (url: Property): Truth => any([not(url.startsWith('http://'), 'plain HTTP'), url.value.kind === 'text' ? Truth.no('another host') : url.matches(LOCAL, 'localhost')])
  .because('tokens are sent to a URL over plain HTTP');

export const callbacksEncrypted = rule({
  id: 'Cognito.CallbacksEncrypted',
  resourceTypes: CLIENT,
  title: 'Sign-in returns over HTTPS',
  severity: 'medium',
  criteria: { direct: ['CC6.7'], supporting: ['CC6.1'] },
  rationale: 'The callback carries codes and tokens; over plain HTTP anybody on the path has them.',
  remediation: { construct: 'SecureUserPoolClient', l2: 'oAuth: { callbackUrls }', cfn: 'CallbackURLs and LogoutURLs with https' },
  sources: ['AWS::Cognito::UserPoolClient, CallbackURLs'],
  check: (client) => applies(any([client.get('CallbackURLs').isPresent(), client.get('LogoutURLs').isPresent()]), 'it has no callback',
    () => all(client.get('CallbackURLs').every(encrypted), client.get('LogoutURLs').every(encrypted))),
});

export const activityLogs = rule({
  id: 'Cognito.ActivityLogs',
  resourceTypes: POOL,
  title: 'User pool exports its activity log',
  severity: 'low',
  criteria: { direct: ['CC7.2'] },
  rationale: 'The log of sign-ins and risks shows attacks on accounts. It needs the plan with threat protection, so this is asked for.',
  remediation: { cfn: 'an AWS::Cognito::LogDeliveryConfiguration with EventSource userAuthEvents' },
  sources: ['Amazon Cognito developer guide, "Exporting logs from Amazon Cognito user pools"'],
  onByDefault: false,
  check: (pool, model) => any(
    model.referrers(pool, 'AWS::Cognito::LogDeliveryConfiguration', 'UserPoolId').map((delivery) => delivery.get('LogConfigurations').some((item) => item.get('EventSource').is('userAuthEvents'))),
    'no AWS::Cognito::LogDeliveryConfiguration exports its activity',
  ),
});
