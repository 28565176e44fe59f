import { Resource } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { privateSubnets } from './database-subnets';
import { Upheld } from './uphold';
import { Default } from '../../defaults/default';

/** Where a store of data lies. */
export interface StoreNetwork {
  readonly vpc: ec2.IVpc;
  readonly vpcSubnets?: ec2.SubnetSelection;
  readonly securityGroups?: ec2.ISecurityGroup[];
}

/** The defaults that say where a store lies. */
export interface StoreNetworkDefaults {
  readonly vpcSubnets: Default<unknown>;
  readonly securityGroups: Default<unknown>;
  readonly egress: Default<unknown>;
}

/**
 * The subnets of a store: those given, else the isolated ones, else the private ones.
 *
 * @throws Error when nothing was given and the VPC has public subnets only.
 */
export function storeSubnets(construct: string, scope: Construct, { vpc, vpcSubnets }: StoreNetwork): ec2.SelectedSubnets {
  const selection = vpcSubnets ?? privateSubnets(vpc);
  if (!selection) throw new Error(`${construct} at ${scope.node.path}: the VPC has neither isolated nor private subnets; add some, or give vpcSubnets`);
  return vpc.selectSubnets(selection);
}

/** One subnet in each zone, in at most so many: services that place their nodes by zone refuse two in one. */
export function oneInEachZone(subnets: readonly ec2.ISubnet[], most: number): ec2.ISubnet[] {
  const found = new Map<string, ec2.ISubnet>();
  for (const subnet of subnets) if (!found.has(subnet.availabilityZone)) found.set(subnet.availabilityZone, subnet);
  return [...found.values()].slice(0, most);
}

/** The zones of subnets. Undefined where one was imported without its zone, of which CDK refuses to tell. */
export function zonesOf(subnets: readonly ec2.ISubnet[]): ReadonlySet<string> | undefined {
  try {
    return new Set(subnets.map(({ availabilityZone }) => availabilityZone));
  } catch {
    return undefined;
  }
}

/** A store answers; it hardly ever calls out. */
export function storeSecurityGroup(scope: Construct, id: string, vpc: ec2.IVpc, what: string): ec2.SecurityGroup {
  return new ec2.SecurityGroup(scope, id, { vpc, description: `who may reach ${what}`, allowAllOutbound: false });
}

/** What a store claims of where it lies. Subnets of a VPC and groups from elsewhere cannot be seen. */
export function networkClaims(d: StoreNetworkDefaults, { vpc, vpcSubnets, securityGroups }: StoreNetwork): Upheld[] {
  return [
    ...Resource.isOwnedResource(vpc) ? [{ by: d.vpcSubnets, weakened: vpcSubnets !== undefined && vpc.selectSubnets(vpcSubnets).hasPublic && 'vpcSubnets with public subnets' }] : [],
    ...securityGroups ? [] : [{ by: d.securityGroups }, { by: d.egress }],
  ];
}
