import { RemovalPolicy } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { SecureUserPoolClient } from './secure-user-pool-client';
import { asksForPlus, isPasswordless, userPoolHardening } from './user-pool-hardening';
import { isOff } from '../../declarations/declare';
import { OptOut } from '../../declarations/opt-out';
import { userPoolDefaults as d } from '../../defaults/user-pool';
import { hardened } from '../support/hardening';
import { uphold, Upheld } from '../support/uphold';

/** Properties of a `SecureUserPool`. Those of `cognito.UserPool` keep their meaning; where they are left out, the secure default stands. */
export interface SecureUserPoolProps extends cognito.UserPoolProps {
  /**
   * Claims that are given up, each with a reason.
   *
   * @default - none
   */
  readonly optOuts?: OptOut[];
  /**
   * Blocks leaked passwords and suspicious sign-ins. It needs the Plus plan, which is billed by user from the first one on.
   *
   * @default false
   */
  readonly threatProtection?: boolean;
}

/**
 * A Cognito user pool in which administrators create the users, who sign in with a long password and a one-time password of an app, and recover
 * their accounts by a verified email address; it is kept when its stack is deleted.
 *
 * `addClient()` makes a `SecureUserPoolClient`.
 *
 * Supports CC6.1, CC6.2, A1.2 and C1.1, and CC7.2 with `threatProtection`. Billed: the Essentials plan by user who signs in, from the 10,001st of
 * a month on; with `threatProtection` the Plus plan, from the first on.
 */
export class SecureUserPool extends cognito.UserPool {
  /** @throws Error when a property weakens a claim without an opt-out, e.g. `mfa: Mfa.OFF`, or when Cognito would refuse it: `threatProtection` in another plan than Plus, no second factor at all. */
  constructor(scope: Construct, id: string, props: SecureUserPoolProps = {}) {
    const secure = hardened(userPoolHardening, scope, id, props.threatProtection ? protectedProps(props) : props);
    checkPool(`${scope.node.path}/${id}`, props, secure);
    super(scope, id, secure);
    uphold(this, 'SecureUserPool', props.optOuts, [{ resource: this.node.defaultChild as cognito.CfnUserPool, upheld: claimsOf(props, secure) }]);
  }

  /**
   * Makes a `SecureUserPoolClient` of this pool. To weaken one, make it yourself, with `optOuts`.
   *
   * @param id the id of the client below the pool
   * @param options as for any client
   * @throws Error when an option weakens a claim, or `oAuth` has no `callbackUrls`.
   */
  public addClient(id: string, options: cognito.UserPoolClientOptions = {}): cognito.UserPoolClient {
    return new SecureUserPoolClient(this, id, { ...options, userPool: this });
  }
}

/** Refuses what CDK lets through and Cognito does not take. */
function checkPool(path: string, props: SecureUserPoolProps, { featurePlan, mfa, mfaSecondFactor }: cognito.UserPoolProps): void {
  const asking = props.threatProtection ? 'threatProtection' : asksForPlus(props);
  if (asking && featurePlan !== cognito.FeaturePlan.PLUS) {
    throw new Error(`SecureUserPool at ${path}: ${asking} needs the Plus plan, got featurePlan: ${featurePlan}; leave out one of them`);
  }
  if (mfa !== cognito.Mfa.OFF && !Object.values(mfaSecondFactor!).some(Boolean)) {
    throw new Error(`SecureUserPool at ${path}: mfaSecondFactor turns every factor off, so that nobody can sign in with two; give mfaSecondFactor: { otp: true, sms: false }, or leave it out`);
  }
}

function protectedProps(props: SecureUserPoolProps): SecureUserPoolProps {
  return {
    ...props,
    standardThreatProtectionMode: props.standardThreatProtectionMode ?? cognito.StandardThreatProtectionMode.FULL_FUNCTION,
    customThreatProtectionMode: props.customThreatProtectionMode ?? cognito.CustomThreatProtectionMode.FULL_FUNCTION,
  };
}

function claimsOf(props: SecureUserPoolProps, secure: cognito.UserPoolProps): Upheld[] {
  const { mfa, standardThreatProtectionMode: mode } = secure;
  const factor = secure.mfaSecondFactor!;
  const off = mfa === cognito.Mfa.OFF && 'mfa: OFF';
  const optional = mfa === cognito.Mfa.OPTIONAL && (props.mfa === undefined && isPasswordless(props) ? 'signInPolicy without a password' : 'mfa: OPTIONAL');
  const removed = props.removalPolicy === RemovalPolicy.DESTROY && isOff(props.deletionProtection);
  return [
    { by: d.selfSignUpEnabled, weakened: Boolean(props.selfSignUpEnabled) && 'selfSignUpEnabled: true' },
    { by: d.mfa, rule: 'Cognito.Mfa', weakened: off },
    { by: d.mfa, rule: 'Cognito.MfaRequired', weakened: off || optional || (!factor.otp && !factor.email && 'mfaSecondFactor: { sms: true } alone') },
    { by: d.passwordMinLength, weakened: weakPassword(secure.passwordPolicy!) },
    { by: d.deletionProtection, weakened: isOff(props.deletionProtection) && 'deletionProtection: false' },
    { by: d.removalPolicy, weakened: removed && 'removalPolicy: DESTROY' },
    ...props.threatProtection ? [{ by: d.threatProtection, weakened: mode !== 'ENFORCED' && `standardThreatProtectionMode: ${mode}` }] : [],
  ];
}

/** What its rule takes: 15 characters of any kind, or 8 of all four kinds. */
function weakPassword({ minLength, requireLowercase, requireUppercase, requireDigits, requireSymbols }: cognito.PasswordPolicy): string | false {
  if (minLength! >= 15) return false;
  if (minLength! < d.passwordMinLength.least['Cognito.PasswordPolicy']) return `passwordPolicy: { minLength: ${minLength} }`;
  const missing = Object.entries({ requireLowercase, requireUppercase, requireDigits, requireSymbols }).find(([, required]) => isOff(required));
  return missing ? `passwordPolicy: { ${missing[0]}: false }` : false;
}
