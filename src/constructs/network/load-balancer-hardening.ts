import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { BalancerLog, deliverBalancerLogs, saysWhetherToLog } from './balancer-logs';
import { WebFirewall } from './web-firewall';
import { loadBalancerDefaults as d } from '../../defaults/load-balancer';
import { AccessLogBucket } from '../storage/access-log-bucket';
import { Hardening } from '../support/hardening';
import { isAssociated } from '../support/web-acl-association';

/** Secure properties of an application load balancer. */
export function balancerProps(props: elbv2.ApplicationLoadBalancerProps): elbv2.ApplicationLoadBalancerProps {
  return {
    ...props,
    deletionProtection: props.deletionProtection ?? d.deletionProtection.value,
    dropInvalidHeaderFields: props.dropInvalidHeaderFields ?? d.dropInvalidHeaderFields.value,
    desyncMitigationMode: props.desyncMitigationMode ?? elbv2.DesyncMitigationMode.DEFENSIVE,
  };
}

/** Logs to the bucket that the stack shares, unless told otherwise. */
function logToShared(balancer: elbv2.BaseLoadBalancer, kinds: readonly BalancerLog[]): void {
  const logs = kinds.filter((log) => !saysWhetherToLog(balancer, log));
  if (logs.length > 0) deliverBalancerLogs(balancer, logs, { bucket: AccessLogBucket.shared(balancer) });
}

/** Puts the firewall that the stack shares before a load balancer that faces the internet and has none. */
function guard(balancer: elbv2.ApplicationLoadBalancer, { internetFacing }: elbv2.ApplicationLoadBalancerProps): void {
  if (!internetFacing || isAssociated(balancer.node.defaultChild as elbv2.CfnLoadBalancer)) return;
  WebFirewall.shared(balancer).protect(balancer, balancer.loadBalancerArn);
}

/** Secure properties of a plain application load balancer. */
export const applicationLoadBalancerHardening: Hardening<elbv2.ApplicationLoadBalancerProps> = {
  injectionId: elbv2.ApplicationLoadBalancer.PROPERTY_INJECTION_ID,
  harden: (scope, _id, props) => {
    // Made now: at synthesis, when it is used, it would be too late for its tags.
    AccessLogBucket.shared(scope);
    return balancerProps(props);
  },
  complete: (made, secure) => {
    const balancer = made as elbv2.ApplicationLoadBalancer;
    logToShared(balancer, ['access_logs', 'connection_logs']);
    guard(balancer, secure);
  },
};

/** Secure properties of a plain network load balancer. It keeps access logs of TLS listeners only. */
export const networkLoadBalancerHardening: Hardening<elbv2.NetworkLoadBalancerProps> = {
  injectionId: elbv2.NetworkLoadBalancer.PROPERTY_INJECTION_ID,
  harden: (scope, _id, props) => {
    AccessLogBucket.shared(scope);
    return { ...props, deletionProtection: props.deletionProtection ?? d.deletionProtection.value };
  },
  complete: (balancer) => logToShared(balancer as elbv2.NetworkLoadBalancer, ['access_logs']),
};
