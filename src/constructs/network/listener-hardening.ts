import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Hardening } from '../support/hardening';

const { TLS13_12_RES_PQ } = elbv2.SslPolicy;

/** The ports that CDK takes for HTTPS where no protocol is said. */
const HTTPS_PORTS = [443, 8443];

/** A listener with a security policy, where it ends TLS. Without one CloudFormation sets a policy that takes TLS 1.0, as CDK does without a feature flag. */
export function withPolicy<P extends elbv2.BaseApplicationListenerProps>(props: P): P {
  const { protocol, port } = props;
  const https = protocol === undefined ? port !== undefined && HTTPS_PORTS.includes(port) : protocol === elbv2.ApplicationProtocol.HTTPS;
  return { ...props, sslPolicy: props.sslPolicy ?? (https ? TLS13_12_RES_PQ : undefined) };
}

/** Secure properties of a listener of an application load balancer. */
export const applicationListenerHardening: Hardening<elbv2.ApplicationListenerProps> = {
  injectionId: elbv2.ApplicationListener.PROPERTY_INJECTION_ID,
  harden: (_scope, _id, props) => withPolicy(props),
};

/** Secure properties of a listener of a network load balancer, which ends TLS when it has certificates. */
export const networkListenerHardening: Hardening<elbv2.NetworkListenerProps> = {
  injectionId: elbv2.NetworkListener.PROPERTY_INJECTION_ID,
  harden: (_scope, _id, props) => {
    const tls = props.protocol === undefined ? (props.certificates ?? []).length > 0 : props.protocol === elbv2.Protocol.TLS;
    return { ...props, sslPolicy: props.sslPolicy ?? (tls ? TLS13_12_RES_PQ : undefined) };
  },
};
