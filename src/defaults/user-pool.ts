import { defaults } from './default';

const GUIDE = 'Amazon Cognito developer guide';

/** Secure defaults of a user pool. */
export const userPoolDefaults = defaults({
  selfSignUpEnabled: {
    value: false,
    provenBy: ['Cognito.AdminCreatesUsers'],
    criteria: ['CC6.2'],
    source: 'AWS::Cognito::UserPool AdminCreateUserConfig: users may sign up by default',
    reason: 'Accounts are given by somebody who is entitled to.',
    cfn: { 'AdminCreateUserConfig.AllowAdminCreateUserOnly': true },
  },
  mfa: {
    value: 'REQUIRED',
    provenBy: ['Cognito.Mfa', 'Cognito.MfaRequired'],
    criteria: ['CC6.1', 'CC6.2'],
    source: `${GUIDE}, "Adding MFA to a user pool": off by default`,
    reason: 'A stolen or guessed password does not open an account.',
  },
  mfaSecondFactor: {
    value: 'one-time passwords of an app',
    provenBy: ['Cognito.MfaRequired'],
    criteria: ['CC6.1', 'CC6.2'],
    source: 'NIST SP 800-63B 5.1.3.3: text messages are a restricted factor',
    reason: 'Text messages can be diverted, and messages by email go to the mailbox that also recovers the account.',
  },
  passwordMinLength: {
    value: 14,
    provenBy: ['Cognito.PasswordPolicy'],
    criteria: ['CC6.1', 'CC6.2'],
    source: 'CIS AWS Foundations Benchmark 5.0, 1.7: at least 14',
    reason: 'Length is what makes guessing hard.',
    // With all four kinds of characters.
    least: { 'Cognito.PasswordPolicy': 8 },
    cfn: { 'Policies.PasswordPolicy.MinimumLength': 14 },
  },
  passwordRequires: {
    value: ['lowercase', 'uppercase', 'digits', 'symbols'],
    provenBy: ['Cognito.PasswordPolicy'],
    criteria: ['CC6.1', 'CC6.2'],
    source: `${GUIDE}, "Adding user pool password requirements"`,
    reason: 'Passwords of fewer than 15 characters have to make up for it by variety.',
    cfn: {
      'Policies.PasswordPolicy.RequireLowercase': true,
      'Policies.PasswordPolicy.RequireNumbers': true,
      'Policies.PasswordPolicy.RequireSymbols': true,
      'Policies.PasswordPolicy.RequireUppercase': true,
    },
  },
  passwordHistory: {
    value: 24,
    provenBy: [],
    criteria: [],
    source: 'CIS AWS Foundations Benchmark 5.0, 1.8: 24; Amazon Cognito API reference, PasswordPolicyType: in the Essentials plan and above',
    reason: 'A password that has leaked does not come back.',
  },
  featurePlan: {
    value: 'ESSENTIALS',
    provenBy: [],
    criteria: [],
    source: 'Amazon Cognito API reference, CreateUserPool, UserPoolTier: ESSENTIALS by default',
    reason: 'The password history needs it, and a pool that says so does not depend on what AWS takes for granted.',
  },
  accountRecovery: {
    value: 'EMAIL_ONLY',
    provenBy: [],
    criteria: [],
    source: 'NIST SP 800-63B 5.1.3.3: text messages are a restricted factor',
    reason: 'Whoever diverts text messages cannot set a new password.',
  },
  verifiedEmail: {
    value: true,
    provenBy: [],
    criteria: [],
    source: `${GUIDE}, "Verifying updates to email addresses and phone numbers"`,
    reason: 'Recovery goes to a verified address only, and a changed one counts once it is verified.',
  },
  deletionProtection: {
    value: true,
    provenBy: ['Cognito.DeletionProtection'],
    criteria: ['A1.2', 'CC6.2'],
    source: 'Amazon Cognito API reference, CreateUserPool, DeletionProtection: INACTIVE by default',
    reason: 'A user pool cannot be backed up: deleted, all accounts in it are gone.',
    cfn: { DeletionProtection: 'ACTIVE' },
  },
  removalPolicy: {
    value: 'RETAIN',
    provenBy: ['Data.Retained'],
    criteria: ['A1.2', 'C1.1'],
    source: 'AWS CloudFormation user guide, "DeletionPolicy attribute"',
    reason: 'A deleted stack does not take the accounts along.',
    cfn: { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' },
  },
  threatProtection: {
    value: 'on request',
    provenBy: ['Cognito.ThreatProtection'],
    criteria: ['CC6.1', 'CC7.2'],
    source: `${GUIDE}, "Advanced security with threat protection": in the Plus plan`,
    reason: 'Leaked passwords and unusual sign-ins are blocked; the plan is billed by user, so it is asked for.',
  },
});

/** Secure defaults of a client of a user pool. */
export const userPoolClientDefaults = defaults({
  flows: {
    value: 'authorization code',
    provenBy: ['Cognito.NoImplicitFlow'],
    criteria: ['CC6.1', 'CC6.7'],
    source: 'RFC 9700, "Best Current Practice for OAuth 2.0 Security", 2.1.2',
    reason: 'The implicit grant puts tokens into addresses, which end up in histories and logs.',
  },
  callbackUrls: {
    value: 'https',
    provenBy: ['Cognito.CallbacksEncrypted'],
    criteria: ['CC6.1', 'CC6.7'],
    source: 'AWS::Cognito::UserPoolClient, CallbackURLs',
    reason: 'Codes and tokens go to these addresses; over plain HTTP anybody on the path has them.',
  },
  preventUserExistenceErrors: {
    value: true,
    provenBy: ['Cognito.HidesUserExistence'],
    criteria: ['CC6.1'],
    source: `${GUIDE}, "Managing user existence error responses": LEGACY by default`,
    reason: 'Errors do not tell who has an account.',
    cfn: { PreventUserExistenceErrors: 'ENABLED' },
  },
  enableTokenRevocation: {
    value: true,
    provenBy: ['Cognito.TokenRevocation'],
    criteria: ['CC6.1', 'CC6.2', 'CC6.3'],
    source: `${GUIDE}, "Ending user sessions with token revocation"`,
    reason: 'When access is withdrawn, tokens that were given out stop being renewed.',
    cfn: { EnableTokenRevocation: true },
  },
  accessTokenMinutes: {
    value: 15,
    provenBy: [],
    criteria: [],
    source: `${GUIDE}, "Understanding user pool JSON web tokens": 5 minutes to a day, an hour by default`,
    reason: 'Who verifies a token by its signature takes it until it expires, even a revoked one.',
  },
  idTokenMinutes: {
    value: 15,
    provenBy: [],
    criteria: [],
    source: `${GUIDE}, "Understanding user pool JSON web tokens": 5 minutes to a day, an hour by default`,
    reason: 'What it says of a user is out of date sooner or later.',
  },
  refreshTokenDays: {
    value: 1,
    provenBy: [],
    criteria: [],
    source: 'NIST SP 800-63B-4, AAL2: reauthentication once in 24 hours; 30 days by default',
    reason: 'Users sign in once a day, with the second factor.',
  },
  authFlows: {
    value: 'SRP',
    provenBy: [],
    criteria: [],
    source: `${GUIDE}, "Authentication with Amazon Cognito user pools": custom challenges are on by default`,
    reason: 'Passwords are not sent in clear text, and custom challenges, which go without the second factor, are for those who write them.',
  },
  scopes: {
    value: ['openid', 'email', 'profile'],
    provenBy: [],
    criteria: [],
    source: `${GUIDE}, "Scopes, M2M, and resource servers": aws.cognito.signin.user.admin lets a token change its user`,
    reason: 'A token that is stolen from an application cannot change the account.',
  },
});
