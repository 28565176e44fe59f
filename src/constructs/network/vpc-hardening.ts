import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { OwnLogGroup } from './flow-log-destination';
import { subnetDefaults, vpcDefaults as d } from '../../defaults/vpc';
import { Hardening } from '../support/hardening';

const { ALL } = ec2.FlowLogTrafficType;
const { ONE_MINUTE } = ec2.FlowLogMaxAggregationInterval;

/** Instances that translate addresses get their own public address from their subnet, and nowhere else by default. */
export function needsPublicAddresses({ natGatewayProvider: nat }: ec2.VpcProps): boolean {
  return nat instanceof ec2.NatInstanceProviderV2 || nat instanceof ec2.NatInstanceProvider;
}

/** Subnets that give out no public addresses, unless they were told to. CDK takes the setting for public subnets only. */
function withoutPublicAddresses(subnets: readonly ec2.SubnetConfiguration[]): ec2.SubnetConfiguration[] {
  return subnets.map((subnet) => (subnet.subnetType !== ec2.SubnetType.PUBLIC ? subnet : {
    ...subnet,
    mapPublicIpOnLaunch: subnet.mapPublicIpOnLaunch ?? subnetDefaults.mapPublicIpOnLaunch.value,
  }));
}

/**
 * Secure properties of a VPC. The subnets stay the same: others would take the place of those that an existing VPC has. Gateway endpoints are not
 * added either, because a second one for the same route tables fails.
 */
export const vpcHardening: Hardening<ec2.VpcProps> = {
  injectionId: ec2.Vpc.PROPERTY_INJECTION_ID,
  harden: (_scope, _id, props) => {
    const subnets = props.subnetConfiguration ?? (props.natGateways === 0 ? ec2.Vpc.DEFAULT_SUBNETS_NO_NAT : ec2.Vpc.DEFAULT_SUBNETS);
    const flowLogs = props.flowLogs ?? { all: {} };
    return {
      ...props,
      restrictDefaultSecurityGroup: props.restrictDefaultSecurityGroup ?? d.restrictDefaultSecurityGroup.value,
      subnetConfiguration: needsPublicAddresses(props) ? props.subnetConfiguration : withoutPublicAddresses(subnets),
      flowLogs: Object.fromEntries(Object.entries(flowLogs).map(([id, log]) => [id, {
        ...log,
        destination: log.destination ?? new OwnLogGroup(),
        trafficType: log.trafficType ?? ALL,
        maxAggregationInterval: log.maxAggregationInterval ?? ONE_MINUTE,
      }])),
    };
  },
};
