import { Token } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { userPoolClientHardening } from './user-pool-client-hardening';
import { isOff } from '../../declarations/declare';
import { OptOut } from '../../declarations/opt-out';
import { userPoolClientDefaults as d } from '../../defaults/user-pool';
import { hardened } from '../support/hardening';
import { uphold } from '../support/uphold';

/** Properties of a `SecureUserPoolClient`. Those of `cognito.UserPoolClient` keep their meaning; where they are left out, the secure default stands. */
export interface SecureUserPoolClientProps extends cognito.UserPoolClientProps {
  /**
   * Claims that are given up, each with a reason.
   *
   * @default - none
   */
  readonly optOuts?: OptOut[];
}

/**
 * An application that signs users of a Cognito user pool in: by authorization code and over HTTPS, with tokens that are short-lived and can be
 * revoked, and errors that do not tell who has an account.
 *
 * Without `oAuth` it takes part in no OAuth flow at all; the L2 would turn all of them on, with https://example.com to send codes to.
 *
 * Supports CC6.1, CC6.2, CC6.3 and CC6.7. Billed: nothing.
 */
export class SecureUserPoolClient extends cognito.UserPoolClient {
  /** @throws Error when a property weakens a claim without an opt-out, e.g. the implicit grant, or when `oAuth` lacks what its grant needs: `callbackUrls`, a secret, scopes. */
  constructor(scope: Construct, id: string, props: SecureUserPoolClientProps) {
    const secure = hardened(userPoolClientHardening, scope, id, props);
    const { callbackUrls, flows, logoutUrls } = secure.oAuth ?? {};
    if ((flows?.authorizationCodeGrant || flows?.implicitCodeGrant) && callbackUrls === undefined) {
      throw new Error(`SecureUserPoolClient at ${scope.node.path}/${id}: oAuth has no callbackUrls, so that CDK would have codes sent to https://example.com; give callbackUrls`);
    }
    checkMachine(`${scope.node.path}/${id}`, secure);
    super(scope, id, secure);
    const urls = [...callbackUrls ?? [], ...logoutUrls ?? []];
    uphold(this, 'SecureUserPoolClient', props.optOuts, [{
      resource: this.node.defaultChild as cognito.CfnUserPoolClient,
      upheld: [
        { by: d.flows, weakened: Boolean(flows?.implicitCodeGrant) && !secure.disableOAuth && 'oAuth: { flows: { implicitCodeGrant: true } }' },
        ...urls.length > 0 ? [{ by: d.callbackUrls, weakened: urls.some(isPlain) && `oAuth with ${urls.find(isPlain)}` }] : [],
        { by: d.preventUserExistenceErrors, weakened: isOff(props.preventUserExistenceErrors) && 'preventUserExistenceErrors: false' },
        { by: d.enableTokenRevocation, weakened: isOff(props.enableTokenRevocation) && 'enableTokenRevocation: false' },
      ],
    }]);
  }
}

/** Refuses what CDK lets through for a client that acts for itself, and Cognito does not take. */
function checkMachine(path: string, { generateSecret, oAuth }: cognito.UserPoolClientProps): void {
  if (!oAuth?.flows?.clientCredentials) return;
  if (!generateSecret) throw new Error(`SecureUserPoolClient at ${path}: clientCredentials needs a secret to identify itself with; give generateSecret: true`);
  if (oAuth.scopes === undefined) {
    throw new Error(`SecureUserPoolClient at ${path}: clientCredentials takes scopes of a resource server only, and oAuth has none; give scopes: [OAuthScope.resourceServer(…)]`);
  }
}

/** Plain HTTP to another host than the user's own. */
function isPlain(url: string): boolean {
  return !Token.isUnresolved(url) && /^http:\/\//i.test(url) && !/^http:\/\/(localhost|127\.0\.0\.1|\[::1\])([:/]|$)/i.test(url);
}
