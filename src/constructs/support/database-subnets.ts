import * as ec2 from 'aws-cdk-lib/aws-ec2';

/** The subnets for data: isolated ones, else private ones. Undefined in a VPC that has public subnets only. */
export function privateSubnets(vpc: ec2.IVpc): ec2.SubnetSelection | undefined {
  if (vpc.isolatedSubnets.length > 0) return { subnetType: ec2.SubnetType.PRIVATE_ISOLATED };
  return vpc.privateSubnets.length > 0 ? { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS } : undefined;
}

/**
 * The subnets of a database. A plain one stays where CDK puts it, which is in private subnets if there are any: RDS refuses to take subnets out of a
 * group while a database is in them.
 */
export function dataSubnets(vpc: ec2.IVpc, plain: boolean): ec2.SubnetSelection | undefined {
  return plain && vpc.privateSubnets.length > 0 ? undefined : privateSubnets(vpc);
}

/** @throws Error when the VPC has public subnets only. */
export function requirePrivateSubnets(construct: string, path: string, vpc: ec2.IVpc, instead = 'vpcSubnets or subnetGroup'): void {
  if (privateSubnets(vpc)) return;
  throw new Error(`${construct} at ${path}: the VPC has neither isolated nor private subnets; add some, or give ${instead}`);
}
