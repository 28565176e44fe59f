import { Token } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { deliverBalancerLogs } from './balancer-logs';
import { withPolicy } from './listener-hardening';
import { applicationLoadBalancerHardening, balancerProps } from './load-balancer-hardening';
import { WebFirewall } from './web-firewall';
import { isOff } from '../../declarations/declare';
import { OptOut } from '../../declarations/opt-out';
import { listenerDefaults, loadBalancerDefaults as d } from '../../defaults/load-balancer';
import { AccessLogBucket } from '../storage/access-log-bucket';
import { Hardening, hardened } from '../support/hardening';
import { uphold, Upheld } from '../support/uphold';

/** Properties of a `SecureLoadBalancer`. Those of `elbv2.ApplicationLoadBalancer` keep their meaning; where they are left out, the secure default stands. */
export interface SecureLoadBalancerProps extends elbv2.ApplicationLoadBalancerProps {
  /**
   * Claims that are given up, each with a reason.
   *
   * @default - none
   */
  readonly optOuts?: OptOut[];
  /**
   * Keeps access logs.
   *
   * @default true
   */
  readonly accessLogs?: boolean;
  /**
   * Keeps connection logs: handshakes, also those that failed.
   *
   * @default true
   */
  readonly connectionLogs?: boolean;
  /**
   * Where the logs go. It must be encrypted by S3 itself and stand in the same region.
   *
   * @default - the access log bucket that the stack shares
   */
  readonly logBucket?: s3.IBucket;
  /**
   * Puts the load balancer behind a firewall.
   *
   * @default - true when it faces the internet, or `firewall` is given
   */
  readonly behindFirewall?: boolean;
  /**
   * The firewall that it is behind.
   *
   * @default - the firewall that the stack shares
   */
  readonly firewall?: WebFirewall;
}

/** Properties of an HTTPS listener of a `SecureLoadBalancer`. */
export interface HttpsListenerProps extends elbv2.BaseApplicationListenerProps {
  /**
   * Claims that are given up, each with a reason.
   *
   * @default - none
   */
  readonly optOuts?: OptOut[];
  /**
   * Leads plain HTTP on port 80 to this listener, unless something else listens there.
   *
   * @default true
   */
  readonly redirectHttp?: boolean;
}

const CURRENT = /TLS13-1-[23]-|TLS-1-2-|FS-1-2-/;

/**
 * An application load balancer that is protected from deletion, drops what may smuggle requests, keeps access and connection logs, and, facing the
 * internet, stands behind a web firewall. `addHttpsListener()` adds a listener with TLS 1.2 or later, to which port 80 leads.
 *
 * Supports CC6.1, CC6.6, CC6.7, CC7.2, CC7.3, CC8.1, A1.2 and PI1.2. Billed: the load balancer (about 17 USD a month) and its traffic, storage of logs
 * for 400 days, and, facing the internet, the shared firewall (10 USD a month, requests and logs).
 */
export class SecureLoadBalancer extends elbv2.ApplicationLoadBalancer {
  /** @throws Error when a property weakens a claim without an opt-out, or when no logs would be delivered to `logBucket`. */
  constructor(scope: Construct, id: string, props: SecureLoadBalancerProps) {
    const secure = hardened(secureBalancerHardening, scope, id, props);
    super(scope, id, secure);
    const bucket = props.logBucket ?? AccessLogBucket.shared(this);
    if (props.accessLogs ?? d.accessLogs.value) this.logAccessLogs(bucket);
    if (props.connectionLogs ?? d.connectionLogs.value) this.logConnectionLogs(bucket);
    const firewalled = props.behindFirewall ?? (props.internetFacing || props.firewall !== undefined);
    if (firewalled) (props.firewall ?? WebFirewall.shared(this)).protect(this, this.loadBalancerArn);
    const resource = this.node.defaultChild as elbv2.CfnLoadBalancer;
    const subnets = this.stack.resolve(resource.subnets) as unknown;
    uphold(this, 'SecureLoadBalancer', props.optOuts, [{
      resource,
      upheld: [
        { by: d.deletionProtection, weakened: isOff(props.deletionProtection) && 'deletionProtection: false' },
        { by: d.dropInvalidHeaderFields, weakened: isOff(props.dropInvalidHeaderFields) && 'dropInvalidHeaderFields: false' },
        { by: d.desyncMitigationMode, weakened: props.desyncMitigationMode === elbv2.DesyncMitigationMode.MONITOR && 'desyncMitigationMode: MONITOR' },
        { by: d.accessLogs, weakened: isOff(props.accessLogs) && 'accessLogs: false' },
        // The subnets of a VPC from elsewhere may be known at deployment only.
        ...Array.isArray(subnets) ? [{ by: d.zones, weakened: subnets.length < 2 && 'vpcSubnets of one zone' }] : [],
        ...props.internetFacing ? [{ by: d.firewall, weakened: isOff(props.behindFirewall) && 'behindFirewall: false' }] : [],
      ],
    }]);
  }

  /** Keeps access logs in a bucket, in place of the one that received them. */
  public logAccessLogs(bucket: s3.IBucket, prefix?: string): void {
    deliverBalancerLogs(this, ['access_logs'], { bucket, prefix });
  }

  /** Keeps connection logs in a bucket, in place of the one that received them. */
  public logConnectionLogs(bucket: s3.IBucket, prefix?: string): void {
    deliverBalancerLogs(this, ['connection_logs'], { bucket, prefix });
  }

  /** Adds a listener. One that speaks HTTPS takes TLS 1.2 and later unless `sslPolicy` says otherwise. */
  public addListener(id: string, props: elbv2.BaseApplicationListenerProps): elbv2.ApplicationListener {
    return super.addListener(id, withPolicy(props));
  }

  /**
   * Adds a listener that speaks HTTPS on port 443, to which port 80 leads.
   *
   * @throws Error when there is no certificate, when it is not for HTTPS, or when a property weakens a claim without an opt-out.
   */
  public addHttpsListener(id: string, props: HttpsListenerProps): elbv2.ApplicationListener {
    const { optOuts, redirectHttp, certificates = [], ...rest } = props;
    const refuse = (why: string): never => {
      throw new Error(`SecureLoadBalancer at ${this.node.path}: addHttpsListener('${id}') ${why}`);
    };
    if (certificates.length === 0) refuse('needs a certificate; give certificates: [new Certificate(…)]');
    if (props.protocol === elbv2.ApplicationProtocol.HTTP) refuse('is not for protocol: HTTP; leave it out, or use addListener()');
    const port = props.port ?? 443;
    const listener = this.addListener(id, { ...rest, certificates, port, protocol: elbv2.ApplicationProtocol.HTTPS });
    const { sslPolicy } = props;
    uphold(listener, 'SecureLoadBalancer', optOuts, [{
      resource: listener.node.defaultChild as elbv2.CfnListener,
      upheld: [
        { by: listenerDefaults.protocol },
        { by: listenerDefaults.sslPolicy, weakened: sslPolicy !== undefined && !Token.isUnresolved(sslPolicy) && !CURRENT.test(sslPolicy) && `sslPolicy: ${sslPolicy}` },
        ...certificateClaims(certificates),
      ],
    }]);
    if ((redirectHttp ?? true) && !this.listeners.some((other) => other.port === 80)) this.redirectTo(port, props.open);
    return listener;
  }

  private redirectTo(port: number, open: boolean | undefined): void {
    const redirect = this.addRedirect({ targetPort: port, open });
    uphold(redirect, 'SecureLoadBalancer', undefined, [{
      resource: redirect.node.defaultChild as elbv2.CfnListener,
      upheld: [{ by: listenerDefaults.protocol }],
    }]);
  }
}

/** The injector for the plain L2 makes a log bucket, which here may be given. */
const secureBalancerHardening: Hardening<elbv2.ApplicationLoadBalancerProps> = {
  injectionId: applicationLoadBalancerHardening.injectionId,
  harden: (_scope, _id, props) => balancerProps(props),
};

/** Of certificates that are known by reference only, nobody here knows whose they are. */
function certificateClaims(certificates: readonly elbv2.IListenerCertificate[]): Upheld[] {
  const uploaded = certificates.some(({ certificateArn }) => !Token.isUnresolved(certificateArn) && !/:acm(-pca)?:/.test(certificateArn));
  const known = certificates.every((one) => one instanceof acm.Certificate || one instanceof acm.PrivateCertificate || !Token.isUnresolved(one.certificateArn));
  return known || uploaded ? [{ by: listenerDefaults.certificates, weakened: uploaded && 'certificates that are not in AWS Certificate Manager' }] : [];
}
