import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { Hardening } from '../support/hardening';

/** Secure properties of a custom domain of REST APIs. */
export function secureDomain<P extends apigateway.DomainNameOptions>(given: P): P {
  return { ...given, securityPolicy: given.securityPolicy ?? apigateway.SecurityPolicy.TLS_1_2 };
}

/** Secure properties of a plain custom domain of REST APIs. */
export const domainNameHardening: Hardening<apigateway.DomainNameProps> = {
  injectionId: apigateway.DomainName.PROPERTY_INJECTION_ID,
  harden: (_scope, _id, props) => secureDomain(props),
};

/** Secure properties of a plain custom domain of HTTP and WebSocket APIs. */
export const httpDomainNameHardening: Hardening<apigatewayv2.DomainNameProps> = {
  injectionId: apigatewayv2.DomainName.PROPERTY_INJECTION_ID,
  harden: (_scope, _id, props) => ({ ...props, securityPolicy: props.securityPolicy ?? apigatewayv2.SecurityPolicy.TLS_1_2 }),
};
