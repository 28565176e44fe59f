import { RemovalPolicy } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import { userPoolDefaults as d } from '../../defaults/user-pool';
import { Hardening } from '../support/hardening';

const { LITE, ESSENTIALS, PLUS } = cognito.FeaturePlan;

/** Secure properties of a user pool. */
export const userPoolHardening: Hardening<cognito.UserPoolProps> = {
  injectionId: cognito.UserPool.PROPERTY_INJECTION_ID,
  harden: (_scope, _id, props) => {
    // The L2 warns of the old property even when it is undefined.
    const { advancedSecurityMode, ...others } = props;
    const { mfaSecondFactor, passwordPolicy, signInAliases } = props;
    const featurePlan = props.featurePlan ?? (asksForPlus(props) ? PLUS : ESSENTIALS);
    // The L2 has its addresses verified by themselves where users sign in with them.
    const autoVerify = props.autoVerify ?? (signInAliases?.email || signInAliases?.phone ? undefined : { email: d.verifiedEmail.value });
    return {
      ...others,
      ...advancedSecurityMode !== undefined && { advancedSecurityMode },
      selfSignUpEnabled: props.selfSignUpEnabled ?? d.selfSignUpEnabled.value,
      // Cognito takes no required factor beside sign-in without a password.
      mfa: props.mfa ?? (isPasswordless(props) ? cognito.Mfa.OPTIONAL : cognito.Mfa.REQUIRED),
      mfaSecondFactor: mfaSecondFactor ?? { otp: true, sms: false },
      passwordPolicy: {
        ...passwordPolicy,
        minLength: passwordPolicy?.minLength ?? d.passwordMinLength.value,
        requireLowercase: passwordPolicy?.requireLowercase ?? true,
        requireUppercase: passwordPolicy?.requireUppercase ?? true,
        requireDigits: passwordPolicy?.requireDigits ?? true,
        requireSymbols: passwordPolicy?.requireSymbols ?? true,
        passwordHistorySize: passwordPolicy?.passwordHistorySize ?? (featurePlan === LITE ? undefined : d.passwordHistory.value),
      },
      featurePlan,
      // Cognito does not recover an account by the mailbox that is its second factor.
      accountRecovery: props.accountRecovery ?? (mfaSecondFactor?.email ? undefined : cognito.AccountRecovery.EMAIL_ONLY),
      autoVerify,
      // Cognito refuses it for an address that it does not verify.
      keepOriginal: props.keepOriginal ?? (autoVerify?.email ?? signInAliases?.email ? { email: d.verifiedEmail.value } : undefined),
      deletionProtection: props.deletionProtection ?? d.deletionProtection.value,
      removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN,
    };
  },
};

/** The property that asks for threat protection, which Cognito refuses in lower plans than Plus. */
export function asksForPlus({ advancedSecurityMode, customThreatProtectionMode, standardThreatProtectionMode }: cognito.UserPoolProps): string | undefined {
  const modes = { advancedSecurityMode, customThreatProtectionMode, standardThreatProtectionMode };
  return Object.entries(modes).find(([, mode]) => mode !== undefined && mode !== 'OFF')?.[0];
}

/** Users may sign in by something else than a password. */
export function isPasswordless({ signInPolicy }: cognito.UserPoolProps): boolean {
  const { emailOtp, passkey, smsOtp } = signInPolicy?.allowedFirstAuthFactors ?? {};
  return [emailOtp, passkey, smsOtp].some(Boolean);
}
