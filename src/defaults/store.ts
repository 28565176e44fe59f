import { Default } from './default';

/** Backed up by whatever plan selects by the tag. */
export const inRecoveryPlan: Default<boolean> = {
  value: true,
  provenBy: [],
  criteria: [],
  source: 'AWS Backup developer guide, "Assigning resources to a backup plan"',
  reason: 'A plan finds what to back up by the tag soc2:backup=true.',
};

/** A security group that lets nobody in at first. */
export const closedSecurityGroup: Default<string> = {
  value: 'one of its own, closed',
  provenBy: ['Network.DataStoreGroupsClosed', 'Network.OwnSecurityGroup'],
  criteria: ['CC6.1', 'CC6.6'],
  source: 'Amazon VPC user guide, "Default security groups for your VPCs"',
  reason: 'Who may connect is named, one by one.',
};

/** Subnets of a relational database. */
export const closedDatabaseSubnets: Default<string> = {
  value: 'isolated, else private',
  provenBy: ['RDS.NotInPublicSubnet'],
  criteria: ['CC6.1', 'CC6.6'],
  source: 'Amazon VPC user guide, "Subnet types"',
  reason: 'A loosened security group alone does not open the database.',
};

/** What a database may call. */
export const closedDatabaseEgress: Default<string> = {
  value: 'none, but HTTPS where it loads from S3 or unloads to it',
  provenBy: ['Network.DataStoreEgress'],
  criteria: ['CC6.6', 'CC6.7'],
  source: 'AWS::EC2::SecurityGroup, SecurityGroupEgress: all outbound traffic by default',
  reason: 'A database answers and hardly ever calls, so a way out serves only who wants to carry data away.',
};
