import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { storeSecurityGroup } from './store-network';
import { Upheld } from './uphold';
import { Default } from '../../defaults/default';

/** What a database calls: S3, to load and unload data, and a directory, to let its users in. */
interface Calls {
  readonly s3ImportRole?: iam.IRole;
  readonly s3ImportBuckets?: s3.IBucket[];
  readonly s3ExportRole?: iam.IRole;
  readonly s3ExportBuckets?: s3.IBucket[];
  readonly domain?: string;
}

/**
 * The security group of a database of ours, which lets out only what the database was told to call. Undefined with a directory, which listens on many
 * ports, some of them chosen at random: CDK's own group lets everything out.
 */
export function databaseSecurityGroup(scope: Construct, id: string, vpc: ec2.IVpc, calls: Calls): ec2.SecurityGroup | undefined {
  if (calls.domain !== undefined) return undefined;
  const group = storeSecurityGroup(scope, `${id}DatabaseSecurityGroup`, vpc, `${scope.node.path}/${id}`);
  const { s3ImportRole, s3ImportBuckets = [], s3ExportRole, s3ExportBuckets = [] } = calls;
  if (s3ImportRole || s3ExportRole || s3ImportBuckets.length + s3ExportBuckets.length > 0) {
    group.addEgressRule(ec2.Peer.anyIpv4(), ec2.Port.HTTPS, 'S3, which has no addresses of its own');
  }
  return group;
}

/** What a database claims of the security group that it was not given. */
export function securityGroupClaims(d: { securityGroups: Default<unknown>; egress: Default<unknown> }, given: boolean, { domain }: Calls): Upheld[] {
  return given ? [] : [{ by: d.securityGroups }, ...domain === undefined ? [{ by: d.egress }] : []];
}
