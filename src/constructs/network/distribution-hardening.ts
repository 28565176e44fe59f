import { Stack } from 'aws-cdk-lib';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { aclLogBucket, deliverEdgeLogs, deliversFrom, isWithoutAclDelivery } from './edge-logs';
import { WebFirewall, WebFirewallScope } from './web-firewall';
import { isOff } from '../../declarations/declare';
import { distributionDefaults as d } from '../../defaults/distribution';
import { AccessLogBucket } from '../storage/access-log-bucket';
import { EDGE_REGION } from '../support/edge-region';
import { Hardening } from '../support/hardening';

/** A cache behavior that leads viewers to HTTPS, and whose responses have the headers that browsers keep to. */
export function secureBehavior<B extends cloudfront.AddBehaviorOptions>(behavior: B): B {
  return {
    ...behavior,
    viewerProtocolPolicy: behavior.viewerProtocolPolicy ?? cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
    responseHeadersPolicy: behavior.responseHeadersPolicy ?? cloudfront.ResponseHeadersPolicy.SECURITY_HEADERS,
  };
}

/** Secure properties of a distribution, except where its logs go. */
export function distributionProps(props: cloudfront.DistributionProps): cloudfront.DistributionProps {
  const { additionalBehaviors: others, certificate } = props;
  return {
    ...props,
    defaultBehavior: secureBehavior(props.defaultBehavior),
    additionalBehaviors: others && Object.fromEntries(Object.entries(others).map(([path, behavior]) => [path, secureBehavior(behavior)])),
    minimumProtocolVersion: props.minimumProtocolVersion ?? (certificate && cloudfront.SecurityPolicyProtocol.TLS_V1_2_2025),
  };
}

/** True when a plain distribution says nothing of logs, and they can be delivered without an ACL. */
function leavesLogsToDelivery(stack: Stack, { enableLogging, logBucket }: cloudfront.DistributionProps): boolean {
  return enableLogging === undefined && logBucket === undefined && deliversFrom(stack);
}

/**
 * Secure properties of a plain distribution. It gets a firewall in us-east-1 only, where those of CloudFront stand, and no certificate, which is for
 * names that nobody here knows.
 */
export const distributionHardening: Hardening<cloudfront.DistributionProps> = {
  injectionId: cloudfront.Distribution.PROPERTY_INJECTION_ID,
  harden: (scope, _id, props) => {
    const stack = Stack.of(scope);
    const webAclId = props.webAclId ?? (stack.region === EDGE_REGION ? WebFirewall.shared(scope, WebFirewallScope.CLOUDFRONT).webAclArn : undefined);
    const secure = { ...distributionProps(props), webAclId };
    if (isOff(props.enableLogging)) return secure;
    if (leavesLogsToDelivery(stack, props)) {
      // Made now: at synthesis, when it is used, it would be too late for its tags.
      AccessLogBucket.shared(scope);
      return secure;
    }
    return { ...secure, logBucket: props.logBucket ?? (isWithoutAclDelivery(stack.region) ? undefined : aclLogBucket(scope)) };
  },
  complete: (distribution, secure) => {
    if (!leavesLogsToDelivery(Stack.of(distribution), secure)) return;
    const cookies = secure.logIncludesCookies ?? d.logIncludesCookies.value;
    deliverEdgeLogs(distribution as cloudfront.Distribution, { bucket: AccessLogBucket.shared(distribution), prefix: secure.logFilePrefix, cookies });
  },
};
