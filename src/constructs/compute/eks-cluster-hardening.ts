import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { CfnCluster } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { eksClusterDefaults as d } from '../../defaults/eks-cluster';
import { EncryptionKey } from '../security/encryption-key';
import { Hardening } from '../support/hardening';

const { API, AUDIT, AUTHENTICATOR, CONTROLLER_MANAGER, SCHEDULER } = eks.ClusterLoggingTypes;

/** Secure properties of an EKS cluster. */
export const eksClusterHardening: Hardening<eks.ClusterProps> = {
  injectionId: eks.Cluster.PROPERTY_INJECTION_ID,
  harden: (scope, _id, props) => {
    const vpcSubnets = props.vpcSubnets ?? privateSubnets(props.vpc);
    return {
      ...props,
      vpcSubnets,
      // CDK refuses a private endpoint where there is nothing private.
      endpointAccess: props.endpointAccess ?? (isPrivate(props.vpc, vpcSubnets) ? eks.EndpointAccess.PRIVATE : undefined),
      secretsEncryptionKey: props.secretsEncryptionKey ?? EncryptionKey.shared(scope, 'secrets'),
      clusterLogging: props.clusterLogging ?? [API, AUDIT, AUTHENTICATOR, CONTROLLER_MANAGER, SCHEDULER],
    };
  },
  complete: (made) => {
    const cfn = cfnCluster(made as eks.Cluster);
    cfn.deletionProtection ??= d.deletionProtection.value;
    cfn.zonalShiftConfig ??= { enabled: d.zonalShift.value };
  },
};

/** The L1 of a cluster, which is of the older module. */
export function cfnCluster({ node }: eks.Cluster): CfnCluster {
  return node.defaultChild as CfnCluster;
}

/** The VPC that CDK makes where none is given has private subnets. */
function privateSubnets(vpc: ec2.IVpc | undefined): ec2.SubnetSelection[] | undefined {
  if (!vpc || vpc.privateSubnets.length > 0) return [{ subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS }];
  return vpc.isolatedSubnets.length > 0 ? [{ subnetType: ec2.SubnetType.PRIVATE_ISOLATED }] : undefined;
}

function isPrivate(vpc: ec2.IVpc | undefined, placed: readonly ec2.SubnetSelection[] | undefined): boolean {
  if (!vpc) return true;
  const open = new Set(vpc.publicSubnets.map(({ subnetId }) => subnetId));
  return (placed ?? []).some((selection) => vpc.selectSubnets(selection).subnetIds.some((id) => !open.has(id)));
}
