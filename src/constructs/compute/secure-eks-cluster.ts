import { Lazy, Names, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { CfnCluster } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { cfnCluster, eksClusterHardening } from './eks-cluster-hardening';
import { isOff } from '../../declarations/declare';
import { OptOut } from '../../declarations/opt-out';
import { eksClusterDefaults as d } from '../../defaults/eks-cluster';
import { SecureLogGroup } from '../logging/secure-log-group';
import { hardened } from '../support/hardening';
import { isOwnKey } from '../support/key-policy';
import { zonesOf } from '../support/store-network';
import { Upheld, uphold } from '../support/uphold';

/** Properties of a `SecureEksCluster`. Those of `eks.Cluster` keep their meaning; where they are left out, the secure default stands. `vpc` is required. */
export interface SecureEksClusterProps extends eks.ClusterProps {
  /**
   * Claims that are given up, each with a reason.
   *
   * @default - none
   */
  readonly optOuts?: OptOut[];
  /**
   * The cluster cannot be deleted until this is turned off.
   *
   * @default true
   */
  readonly deletionProtection?: boolean;
  /**
   * The traffic of the cluster can be moved out of a failing zone in one step.
   *
   * @default true
   */
  readonly zonalShift?: boolean;
  /**
   * Keeps a version of Kubernetes whose standard support has ended, at six times the price, instead of having EKS upgrade the cluster. EKS demands it of
   * a cluster that is made with such a version.
   *
   * @default false
   */
  readonly extendedSupport?: boolean;
}

const REQUIRED_LOGS = [eks.ClusterLoggingTypes.API, eks.ClusterLoggingTypes.AUDIT, eks.ClusterLoggingTypes.AUTHENTICATOR];
const EVERYWHERE = ['0.0.0.0/0', '::/0'];

/**
 * An EKS cluster whose API answers inside of its VPC only, whose secrets are encrypted with a customer managed key, which logs everything that its
 * control plane can log, and of which nobody is an administrator in secret.
 *
 * Nobody may enter it until it is said who: `mastersRole`, `grantClusterAdmin()` or `grantAccess()`. The log group has to be there before EKS makes one,
 * under the name of the cluster, so the cluster has a fixed name, made from the construct's path unless given. A change that would replace the cluster
 * therefore fails, instead of putting an empty one in its place.
 *
 * Supports CC6.1, CC6.3, CC6.6, CC7.2, CC7.3, CC8.1, A1.2 and C1.1. Billed: the control plane (about 73 USD a month), the instances that it starts in
 * Auto Mode, the shared keys of secrets and of logs (1 USD a month each for the stack), and ingestion and storage of logs.
 */
export class SecureEksCluster extends eks.Cluster {
  /** The log group of the control plane. Undefined with `clusterLogging: []`. */
  public readonly logGroup?: logs.ILogGroup;

  /** @throws Error when a property weakens a claim without an opt-out, e.g. a public endpoint, `vpc` is missing, or all its subnets are of one zone. */
  constructor(scope: Construct, id: string, props: SecureEksClusterProps) {
    if (!props.vpc) {
      throw new Error(`SecureEksCluster at ${scope.node.path}/${id}: vpc is missing, and CDK would make one without flow logs; give vpc`);
    }
    const secure = hardened(eksClusterHardening, scope, id, {
      ...props, bootstrapClusterCreatorAdminPermissions: props.bootstrapClusterCreatorAdminPermissions ?? d.bootstrapClusterCreatorAdminPermissions.value,
    });
    super(scope, id, secure);
    const cfn = cfnCluster(this);
    cfn.deletionProtection = props.deletionProtection;
    cfn.zonalShiftConfig = props.zonalShift === undefined ? undefined : { enabled: props.zonalShift };
    cfn.upgradePolicy = { supportType: props.extendedSupport ? 'EXTENDED' : d.supportType.value };
    eksClusterHardening.complete!(this, secure);
    refuseOneZone(this, props.vpc, secure.vpcSubnets);
    this.logGroup = secure.clusterLogging!.length > 0 ? this.makeLogGroup(cfn) : undefined;
    uphold(this, 'SecureEksCluster', props.optOuts, [{ resource: cfn, upheld: claims(cfn, props, secure) }]);
  }

  /** EKS would make it without retention and key. */
  private makeLogGroup(cfn: CfnCluster): logs.ILogGroup {
    const { name } = cfn;
    // EKS takes 100 letters, digits, hyphens and underscores.
    const own = Names.uniqueResourceName(this, { maxLength: 100, separator: '-' });
    // CDK gives a name when it is needed elsewhere, and none when it is not.
    if (this.stack.resolve(name) === undefined) cfn.name = Lazy.uncachedString({ produce: () => this.stack.resolve(name) ?? own });
    const group = new SecureLogGroup(this, 'Logs', { logGroupName: `/aws/eks/${cfn.name}/cluster` });
    cfn.node.addDependency(group);
    return group;
  }
}

/** EKS takes subnets of two zones or more. Those of a VPC from elsewhere may be known at deployment only. */
function refuseOneZone({ node }: Construct, vpc: ec2.IVpc, placed: readonly ec2.SubnetSelection[] = [{}]): void {
  const selected = placed.map((selection) => vpc.selectSubnets(selection));
  const zones = zonesOf(selected.flatMap(({ subnets }) => subnets));
  const known = selected.every(({ isPendingLookup, subnetIds }) => !isPendingLookup && !Token.isUnresolved(subnetIds));
  if (known && zones?.size === 1 && !Token.isUnresolved([...zones])) {
    throw new Error(`SecureEksCluster at ${node.path}: its subnets are of one zone, and EKS takes two or more; give vpcSubnets of two zones, or a vpc with maxAzs: 2`);
  }
}

function claims(cfn: CfnCluster, props: SecureEksClusterProps, secure: eks.ClusterProps): Upheld[] {
  const { secretsEncryptionKey, clusterLogging = [], bootstrapClusterCreatorAdminPermissions: creator } = secure;
  const { endpointPublicAccess, publicAccessCidrs } = cfn.resourcesVpcConfig as CfnCluster.ResourcesVpcConfigProperty;
  const open = !publicAccessCidrs?.length || publicAccessCidrs.some((cidr) => EVERYWHERE.includes(cidr));
  const silent = REQUIRED_LOGS.find((type) => !clusterLogging.includes(type));
  return [
    { by: d.endpointAccess, weakened: Boolean(endpointPublicAccess) && 'endpointAccess: public' },
    ...endpointPublicAccess ? [{ by: d.publicAccessCidrs, weakened: open && 'endpointAccess: public for every address' }] : [],
    // Nothing here knows whose key it is when it comes from elsewhere.
    ...isOwnKey(secretsEncryptionKey!) ? [{ by: d.secretsEncryptionKey }] : [],
    { by: d.clusterLogging, weakened: silent !== undefined && `clusterLogging without ${silent}` },
    { by: d.bootstrapClusterCreatorAdminPermissions, weakened: Boolean(creator) && 'bootstrapClusterCreatorAdminPermissions: true' },
    { by: d.deletionProtection, weakened: isOff(props.deletionProtection) && 'deletionProtection: false' },
    { by: d.zonalShift, weakened: isOff(props.zonalShift) && 'zonalShift: false' },
  ];
}
