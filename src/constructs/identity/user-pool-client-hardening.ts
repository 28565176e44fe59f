import { Duration } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import { userPoolClientDefaults as d } from '../../defaults/user-pool';
import { Hardening } from '../support/hardening';

/** Secure properties of a client of a user pool. */
export const userPoolClientHardening: Hardening<cognito.UserPoolClientProps> = {
  injectionId: cognito.UserPoolClient.PROPERTY_INJECTION_ID,
  harden: (_scope, _id, props) => ({
    ...props,
    // Without settings the L2 turns both grants on and sends codes and tokens to https://example.com.
    disableOAuth: props.disableOAuth ?? (props.oAuth ? undefined : true),
    oAuth: props.oAuth && secureOAuth(props.oAuth),
    authFlows: props.authFlows ?? { userSrp: true },
    preventUserExistenceErrors: props.preventUserExistenceErrors ?? d.preventUserExistenceErrors.value,
    enableTokenRevocation: props.enableTokenRevocation ?? d.enableTokenRevocation.value,
    accessTokenValidity: props.accessTokenValidity ?? Duration.minutes(d.accessTokenMinutes.value),
    idTokenValidity: props.idTokenValidity ?? Duration.minutes(d.idTokenMinutes.value),
    refreshTokenValidity: props.refreshTokenValidity ?? Duration.days(d.refreshTokenDays.value),
  }),
};

function secureOAuth(oAuth: cognito.OAuthSettings): cognito.OAuthSettings {
  const flows = oAuth.flows ?? { authorizationCodeGrant: true };
  return {
    ...oAuth,
    flows,
    // Clients that act for themselves take scopes of resource servers only.
    scopes: oAuth.scopes ?? (flows.clientCredentials ? undefined : d.scopes.value.map((name) => cognito.OAuthScope.custom(name))),
  };
}
