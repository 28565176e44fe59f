import { Stack, Token } from 'aws-cdk-lib';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';
import { distributionProps, secureBehavior } from './distribution-hardening';
import { aclLogBucket, deliverEdgeLogs, deliversFrom, isWithoutAclDelivery, refusesAclDelivery } from './edge-logs';
import { WebFirewall, WebFirewallScope } from './web-firewall';
import { isOff } from '../../declarations/declare';
import { OptOut } from '../../declarations/opt-out';
import { distributionDefaults as d } from '../../defaults/distribution';
import { AccessLogBucket } from '../storage/access-log-bucket';
import { EDGE_REGION } from '../support/edge-region';
import { Hardening, hardened } from '../support/hardening';
import { uphold, Upheld } from '../support/uphold';

/** Properties of a `SecureDistribution`. Those of `cloudfront.Distribution` keep their meaning; where they are left out, the secure default stands. */
export interface SecureDistributionProps extends cloudfront.DistributionProps {
  /**
   * Claims that are given up, each with a reason.
   *
   * @default - none
   */
  readonly optOuts?: OptOut[];
  /**
   * Puts the distribution behind a firewall: that of `webAclId`, or, in a stack of us-east-1, the one that the stack shares for CloudFront.
   *
   * @default true
   */
  readonly behindFirewall?: boolean;
}

const { ALLOW_ALL } = cloudfront.ViewerProtocolPolicy;
const OLD_TLS = /^(SSLv3|TLSv1|TLSv1_2016|TLSv1\.1_2016)$/;

/**
 * A CloudFront distribution that leads viewers to HTTPS with TLS 1.2 or later, adds the headers that browsers keep to, stands behind a web firewall, and
 * keeps access logs.
 *
 * It needs a `certificate`. CloudFront's certificates and firewalls stand in us-east-1, and so does what takes its logs for delivery: a stack of
 * us-east-1 is the place for a distribution. Elsewhere give `webAclId`; the logs are then delivered by an ACL, as CloudFront did before.
 *
 * Supports CC6.1, CC6.6, CC6.7, CC7.2, CC7.3 and PI1.2. Billed: requests and traffic, storage of logs for 400 days, and, in us-east-1, the shared
 * firewall (10 USD a month, requests and logs).
 */
export class SecureDistribution extends cloudfront.Distribution {
  /**
   * @throws Error when there is no certificate, or no firewall, or a property weakens a claim, without an opt-out; or when CloudFront would not deliver
   * logs to the bucket.
   */
  constructor(scope: Construct, id: string, props: SecureDistributionProps) {
    const path = `${scope.node.path}/${id}`;
    refuseImpossible(path, scope, props);
    const secure = hardened(secureDistributionHardening, scope, id, props);
    super(scope, id, secure);
    if (!isOff(props.enableLogging) && deliversFrom(this)) {
      deliverEdgeLogs(this, {
        bucket: props.logBucket ?? AccessLogBucket.shared(this),
        prefix: props.logFilePrefix,
        cookies: props.logIncludesCookies ?? d.logIncludesCookies.value,
      });
    }
    const behaviors = [secure.defaultBehavior, ...Object.values(secure.additionalBehaviors ?? {})];
    const { minimumProtocolVersion: tls } = props;
    uphold(this, 'SecureDistribution', props.optOuts, [{
      resource: this.node.defaultChild as cloudfront.CfnDistribution,
      upheld: [
        { by: d.viewerProtocolPolicy, weakened: behaviors.some((behavior) => behavior.viewerProtocolPolicy === ALLOW_ALL) && 'viewerProtocolPolicy: ALLOW_ALL' },
        { by: d.minimumProtocolVersion, weakened: !props.certificate ? 'certificate: undefined' : tls !== undefined && OLD_TLS.test(tls) && `minimumProtocolVersion: ${tls}` },
        { by: d.enableLogging, weakened: isOff(props.enableLogging) && 'enableLogging: false' },
        { by: d.firewall, weakened: isOff(props.behindFirewall) && 'behindFirewall: false' },
        ...this.originClaims(behaviors.every((behavior) => behavior.viewerProtocolPolicy !== ALLOW_ALL)),
      ],
    }]);
  }

  /** Adds a cache behavior. It leads viewers to HTTPS, and has the security headers, unless told otherwise. */
  public addBehavior(pathPattern: string, origin: cloudfront.IOrigin, behaviorOptions: cloudfront.AddBehaviorOptions = {}): void {
    super.addBehavior(pathPattern, origin, secureBehavior(behaviorOptions));
  }

  /** What the origins given so far uphold, by their kinds. */
  private originClaims(viewersUseHttps: boolean): Upheld[] {
    const { origins } = this.stack.resolve((this.node.defaultChild as cloudfront.CfnDistribution).distributionConfig) as { origins: Origin[] };
    const functions = origins.filter(({ domainName }) => /"FunctionUrl"|\.lambda-url\./.test(JSON.stringify(domainName)));
    const buckets = origins.filter(({ s3OriginConfig, vpcOriginConfig }) => s3OriginConfig && !vpcOriginConfig);
    const custom = origins.filter(({ customOriginConfig }) => customOriginConfig);
    const open = ({ originAccessControlId, s3OriginConfig }: Origin): boolean => !originAccessControlId && !s3OriginConfig?.originAccessIdentity;
    return [
      ...custom.length > 0 ? [{ by: d.originProtocol, weakened: custom.some(({ customOriginConfig }) => isPlain(customOriginConfig!, viewersUseHttps)) && 'an origin without HTTPS and TLS 1.2' }] : [],
      ...buckets.length > 0 ? [{ by: d.originAccess, weakened: buckets.some(open) && 'an S3 origin without origin access control' }] : [],
      ...functions.length > 0 ? [{ by: d.functionUrlAccess, weakened: functions.some(open) && 'a function URL without origin access control' }] : [],
    ];
  }
}

/** An origin, as CDK renders it. */
interface Origin {
  readonly domainName: unknown;
  readonly originAccessControlId?: unknown;
  readonly s3OriginConfig?: { readonly originAccessIdentity?: unknown };
  readonly vpcOriginConfig?: unknown;
  readonly customOriginConfig?: CustomOrigin;
}

interface CustomOrigin {
  readonly originProtocolPolicy?: string;
  readonly originSslProtocols?: readonly string[];
}

function isPlain({ originProtocolPolicy: policy, originSslProtocols = [] }: CustomOrigin, viewersUseHttps: boolean): boolean {
  const https = policy === 'https-only' || (policy === 'match-viewer' && viewersUseHttps);
  return !https || originSslProtocols.length === 0 || originSslProtocols.some((protocol) => protocol !== 'TLSv1.2');
}

/** The injector for the plain L2 chooses where logs go by what it finds; here the construct does. */
const secureDistributionHardening: Hardening<SecureDistributionProps> = {
  injectionId: cloudfront.Distribution.PROPERTY_INJECTION_ID,
  harden: (scope, _id, props) => {
    const { webAclId, behindFirewall, enableLogging } = props;
    const secure = {
      ...distributionProps(props),
      webAclId: webAclId ?? (isOff(behindFirewall) ? undefined : WebFirewall.shared(scope, WebFirewallScope.CLOUDFRONT).webAclArn),
    };
    if (isOff(enableLogging)) return secure;
    return deliversFrom(scope)
      ? { ...secure, enableLogging: undefined, logBucket: undefined, logFilePrefix: undefined, logIncludesCookies: undefined }
      : { ...secure, logBucket: props.logBucket ?? aclLogBucket(scope) };
  },
};

function refuseImpossible(path: string, scope: Construct, props: SecureDistributionProps): void {
  const refuse = (why: string): never => {
    throw new Error(`SecureDistribution at ${path}: ${why}`);
  };
  const { region } = Stack.of(scope);
  const { webAclId, certificate, logBucket } = props;
  if (!certificate && !props.optOuts?.some(({ rule }) => d.minimumProtocolVersion.provenBy.some((proof) => proof === rule))) {
    refuse(`certificate is left out, and that of CloudFront takes TLS 1.0; give one of us-east-1, or optOuts: [OptOut.of('${d.minimumProtocolVersion.provenBy[0]}', { reason: '…' })]`);
  }
  if (webAclId === undefined && !isOff(props.behindFirewall) && region !== EDGE_REGION) {
    refuse('webAclId is left out, and a firewall for CloudFront stands in us-east-1; move the stack there, or give webAclId: the webAclArn of a WebFirewall of scope CLOUDFRONT in a stack there');
  }
  if (webAclId !== undefined && !Token.isUnresolved(webAclId) && webAclId.startsWith('arn:') && !webAclId.includes(':global/')) {
    refuse(`webAclId: ${webAclId} is regional; give that of a WebFirewall of scope CLOUDFRONT`);
  }
  if (isOff(props.enableLogging) || deliversFrom(scope)) return;
  if (!logBucket && isWithoutAclDelivery(region)) refuse(`CloudFront does not deliver access logs to buckets in ${region}; move the stack to us-east-1, or give logBucket: a bucket elsewhere`);
  const why = logBucket && refusesAclDelivery(logBucket);
  if (why) refuse(`outside us-east-1 CloudFront delivers access logs by an ACL, and not to ${logBucket!.node.path}, ${why}, or move the stack to us-east-1`);
}
