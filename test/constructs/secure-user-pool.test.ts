import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as iam from 'aws-cdk-lib/aws-iam';
import { appWith, describeConstruct, optionalOf } from './harness';
import { OptOut } from '../../src';
import { SecureUserPool, SecureUserPoolProps } from '../../src/constructs';
import { userPoolHardening } from '../../src/constructs/identity/user-pool-hardening';
import { userPoolDefaults } from '../../src/defaults';
import { describeInjected } from '../blueprint/injected';

const { CfnUserPool, FeaturePlan, Mfa } = cognito;
const cfn = (pool: SecureUserPool): cognito.CfnUserPool => pool.node.defaultChild as cognito.CfnUserPool;
const set = (path: string, value: unknown) => (pool: SecureUserPool) => cfn(pool).addPropertyOverride(path, value);

describeConstruct<SecureUserPoolProps>({
  name: 'SecureUserPool',
  make: (scope, id, props) => new SecureUserPool(scope, id, props),
  optional: optionalOf<SecureUserPoolProps>()([
    'userPoolName', 'selfSignUpEnabled', 'userVerification', 'userInvitation', 'smsRole', 'smsRoleExternalId', 'snsRegion', 'enableSmsRole', 'signInAliases', 'autoVerify',
    'keepOriginal', 'standardAttributes', 'customAttributes', 'mfa', 'mfaMessage', 'mfaSecondFactor', 'passwordPolicy', 'signInPolicy', 'passkeyRelyingPartyId',
    'passkeyUserVerification', 'email', 'lambdaTriggers', 'signInCaseSensitive', 'accountRecovery', 'removalPolicy', 'deletionProtection', 'deviceTracking', 'customSenderKmsKey',
    'advancedSecurityMode', 'featurePlan', 'standardThreatProtectionMode', 'customThreatProtectionMode', 'optOuts', 'threatProtection',
  ]),
  breaks: {
    'Cognito.AdminCreatesUsers': set('AdminCreateUserConfig.AllowAdminCreateUserOnly', false),
    'Cognito.Mfa': set('MfaConfiguration', 'OFF'),
    'Cognito.MfaRequired': set('EnabledMfas', ['SMS_MFA']),
    'Cognito.PasswordPolicy': set('Policies.PasswordPolicy.RequireNumbers', false),
    'Cognito.DeletionProtection': set('DeletionProtection', 'INACTIVE'),
    'Data.Retained': (pool: SecureUserPool) => {
      set('DeletionProtection', 'INACTIVE')(pool);
      cfn(pool).applyRemovalPolicy(RemovalPolicy.DESTROY);
    },
  },
  weakenings: [
    { props: { selfSignUpEnabled: true }, says: 'selfSignUpEnabled: true', rules: ['Cognito.AdminCreatesUsers'] },
    { props: { mfa: Mfa.OFF }, says: 'mfa: OFF', rules: ['Cognito.Mfa', 'Cognito.MfaRequired'] },
    { props: { mfa: Mfa.OPTIONAL }, says: 'mfa: OPTIONAL', rules: ['Cognito.MfaRequired'] },
    { props: { mfaSecondFactor: { sms: true, otp: false } }, says: 'mfaSecondFactor: { sms: true } alone', rules: ['Cognito.MfaRequired'] },
    { props: { signInPolicy: { allowedFirstAuthFactors: { password: true, passkey: true } } }, says: 'signInPolicy without a password', rules: ['Cognito.MfaRequired'] },
    { props: { passwordPolicy: { minLength: 7 } }, says: 'passwordPolicy: { minLength: 7 }', rules: ['Cognito.PasswordPolicy'] },
    { props: { passwordPolicy: { requireSymbols: false } }, says: 'passwordPolicy: { requireSymbols: false }', rules: ['Cognito.PasswordPolicy'] },
    { props: { deletionProtection: false }, says: 'deletionProtection: false', rules: ['Cognito.DeletionProtection'] },
  ],
  uses: (pool: SecureUserPool, consumer) => {
    pool.grant(new iam.Role(consumer, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }), 'cognito-idp:AdminGetUser');
    new cognito.UserPoolClient(consumer, 'Client', { userPool: pool, disableOAuth: true });
  },
  nag: { 'AwsSolutions-COG8 S/X/Resource': 'the Plus plan is billed by user, so it is asked for: threatProtection' },
});

describeInjected<cognito.UserPoolProps>({
  name: 'cognito.UserPool',
  hardening: userPoolHardening,
  make: (scope, id, props) => new cognito.UserPool(scope, id, props),
  defaults: { 'AWS::Cognito::UserPool': userPoolDefaults },
  leaves: { 'Cognito.ThreatProtection': 'the Plus plan is billed by user, so it is asked for' },
  explicit: { props: { mfa: Mfa.OFF }, rule: 'Cognito.Mfa' },
});

describe('SecureUserPool', () => {
  const template = (props: SecureUserPoolProps = {}): Template => {
    const stack = new Stack(appWith(), 'S');
    new SecureUserPool(stack, 'X', props);
    return Template.fromStack(stack);
  };
  const has = (props: SecureUserPoolProps, wanted: object): void => template(props).hasResourceProperties(CfnUserPool.CFN_RESOURCE_TYPE_NAME, wanted);

  test('can be removed with its stack when two reasons say so', () => {
    const optOuts = ['Cognito.DeletionProtection', 'Data.Retained'].map((rule) => OptOut.of(rule, { reason: 'a test' }));
    expect(() => template({ deletionProtection: false, removalPolicy: RemovalPolicy.DESTROY, optOuts: [optOuts[0]] })).toThrow('removalPolicy: DESTROY weakens Data.Retained');
    template({ deletionProtection: false, removalPolicy: RemovalPolicy.DESTROY, optOuts }).hasResource(CfnUserPool.CFN_RESOURCE_TYPE_NAME, { DeletionPolicy: 'Delete' });
    // Deletion protection alone keeps it.
    template({ removalPolicy: RemovalPolicy.DESTROY }).hasResource(CfnUserPool.CFN_RESOURCE_TYPE_NAME, { DeletionPolicy: 'Delete', Properties: { DeletionProtection: 'ACTIVE' } });
  });

  test('remembers no passwords in the Lite plan, which refuses it', () => {
    has({ featurePlan: FeaturePlan.LITE }, { UserPoolTier: 'LITE', Policies: { PasswordPolicy: { MinimumLength: 14, PasswordHistorySize: Match.absent() } } });
    has({}, { UserPoolTier: 'ESSENTIALS', Policies: { PasswordPolicy: { PasswordHistorySize: 24 } } });
  });

  test.each<[string, cognito.PasswordPolicy]>([
    ['15 characters of any kind', { minLength: 15, requireSymbols: false }],
    ['8 of all four', { minLength: 8 }],
  ])('takes %s as a password', (_, passwordPolicy) => {
    expect(() => template({ passwordPolicy })).not.toThrow();
  });

  test('blocks suspicious sign-ins when asked to, in the Plus plan', () => {
    has({ threatProtection: true }, {
      UserPoolTier: 'PLUS',
      UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED', AdvancedSecurityAdditionalFlows: { CustomAuthMode: 'ENFORCED' } },
    });
    const stack = new Stack(appWith(), 'S');
    const pool = new SecureUserPool(stack, 'X', { threatProtection: true });
    expect(cfn(pool).getMetadata('cdk-soc2').claims).toContainEqual({ rule: 'Cognito.ThreatProtection', criteria: ['CC6.1', 'CC7.2'] });
    expect(() => template({ threatProtection: true, featurePlan: FeaturePlan.ESSENTIALS }))
      .toThrow('SecureUserPool at S/X: threatProtection needs the Plus plan, got featurePlan: ESSENTIALS; leave out one of them');
    expect(() => template({ threatProtection: true, standardThreatProtectionMode: cognito.StandardThreatProtectionMode.AUDIT_ONLY }))
      .toThrow('standardThreatProtectionMode: AUDIT weakens Cognito.ThreatProtection');
  });

  test.each<[string, SecureUserPoolProps]>([
    ['standardThreatProtectionMode', { standardThreatProtectionMode: cognito.StandardThreatProtectionMode.FULL_FUNCTION }],
    ['customThreatProtectionMode', { customThreatProtectionMode: cognito.CustomThreatProtectionMode.AUDIT_ONLY }],
    ['advancedSecurityMode', { advancedSecurityMode: 'ENFORCED' } as SecureUserPoolProps],
  ])('is in the Plus plan when %s asks for what Cognito refuses in another', (property, props) => {
    expect(userPoolHardening.harden(new Stack(appWith(), 'S'), 'X', props).featurePlan).toBe('PLUS');
    expect(() => template({ ...props, featurePlan: FeaturePlan.ESSENTIALS })).toThrow(`SecureUserPool at S/X: ${property} needs the Plus plan, got featurePlan: ESSENTIALS; leave out one of them`);
  });

  test('is in no dearer plan when threat protection is off', () => {
    has({ standardThreatProtectionMode: cognito.StandardThreatProtectionMode.NO_ENFORCEMENT }, { UserPoolTier: 'ESSENTIALS' });
  });

  test('refuses to ask for a second factor that there is none of, as Cognito does', () => {
    expect(() => template({ mfaSecondFactor: { otp: false, sms: false } })).toThrow('SecureUserPool at S/X: mfaSecondFactor turns every factor off');
    const optOuts = ['Cognito.Mfa', 'Cognito.MfaRequired'].map((rule) => OptOut.of(rule, { reason: 'a test' }));
    expect(() => template({ mfa: cognito.Mfa.OFF, mfaSecondFactor: { otp: false, sms: false }, optOuts })).not.toThrow();
  });

  test('is not recovered by the mailbox that is the second factor, which Cognito refuses', () => {
    has({}, { AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }] } });
    const email = cognito.UserPoolEmail.withSES({ fromEmail: 'no-reply@example.com', sesRegion: 'eu-west-1' });
    has({ email, mfaSecondFactor: { otp: true, sms: false, email: true } }, { AccountRecoverySetting: { RecoveryMechanisms: Match.arrayWith([{ Name: 'verified_phone_number', Priority: 1 }]) } });
  });

  test.each<[string, SecureUserPoolProps, unknown, unknown]>([
    ['without names to sign in with', {}, ['email'], ['email']],
    ['of users with an email address', { signInAliases: { email: true } }, ['email'], ['email']],
    ['of users with a phone', { signInAliases: { phone: true } }, ['phone_number'], undefined],
    ['that verifies phones', { autoVerify: { phone: true } }, ['phone_number'], undefined],
    ['that verifies none', { autoVerify: { email: false } }, [], undefined],
  ])('%s, keeps what it has verified until the new one is', (_, props, verified, kept) => {
    has(props, {
      AutoVerifiedAttributes: verified,
      UserAttributeUpdateSettings: kept ? { AttributesRequireVerificationBeforeUpdate: kept } : Match.absent(),
    });
  });

  test('has secure clients', () => {
    const stack = new Stack(appWith(), 'S');
    const pool = new SecureUserPool(stack, 'X');
    const client = pool.addClient('Web', { oAuth: { callbackUrls: ['https://example.org/signed-in'] } });
    expect(client.node.path).toBe('S/X/Web');
    expect(() => pool.addClient('Old', { enableTokenRevocation: false })).toThrow('SecureUserPoolClient at S/X/Old: enableTokenRevocation: false weakens Cognito.TokenRevocation');
    expect(pool.addClient('Machine').oAuthFlows).toBeDefined();
    Template.fromStack(stack).hasResourceProperties('AWS::Cognito::UserPoolClient', { AllowedOAuthFlows: ['code'], UserPoolId: stack.resolve(pool.userPoolId) });
  });
});
