import { defaults, SharedKey } from './default';
import { closedSecurityGroup } from './store';

const ELASTICACHE = 'Amazon ElastiCache user guide';

/** Secure defaults of an ElastiCache replication group. */
export const cacheDefaults = defaults({
  atRestEncryption: {
    value: true,
    provenBy: ['ElastiCache.EncryptedAtRest'],
    criteria: ['CC6.1', 'C1.1'],
    source: `${ELASTICACHE}, "At-rest encryption in ElastiCache": cannot be turned on later`,
    reason: 'What a cache writes to disk is a copy of data that is encrypted elsewhere.',
    cfn: { AtRestEncryptionEnabled: true },
  },
  encryptionKey: {
    value: 'customer managed',
    provenBy: ['ElastiCache.CustomerKey'],
    criteria: ['CC6.1', 'C1.1'],
    source: `${ELASTICACHE}, "Using customer managed keys from AWS KMS": a key that the service owns by default`,
    reason: 'A key of one\'s own has a policy, rotation and an audit trail.',
    cfn: { KmsKeyId: new SharedKey('data') },
  },
  transitEncryption: {
    value: 'required',
    provenBy: ['ElastiCache.EncryptedInTransit'],
    criteria: ['CC6.7'],
    source: `${ELASTICACHE}, "ElastiCache in-transit encryption (TLS)": mode preferred lets plain connections through`,
    reason: 'Requests, and the tokens that clients sign in with, do not travel in the clear.',
    cfn: { TransitEncryptionEnabled: true },
  },
  userGroup: {
    value: 'one user, who signs in with IAM',
    provenBy: ['ElastiCache.Authentication'],
    criteria: ['CC6.1', 'CC6.3'],
    source: `${ELASTICACHE}, "Role-Based Access Control (RBAC)"`,
    reason: 'Reaching the port is not enough, and there is no default user that knows no password.',
  },
  multiAz: {
    value: true,
    provenBy: ['ElastiCache.AutomaticFailover'],
    criteria: ['A1.2', 'CC9.1'],
    source: `${ELASTICACHE}, "Minimizing downtime in ElastiCache by using Multi-AZ"`,
    reason: 'A replica in another zone takes over when a node or a zone fails.',
  },
  snapshotRetentionDays: {
    value: 35,
    provenBy: ['ElastiCache.Backup'],
    criteria: ['A1.2', 'CC7.5'],
    source: `${ELASTICACHE}, "Scheduling automatic backups": none by default, 35 days at most`,
    reason: 'Damage is often noticed weeks later.',
    least: { 'ElastiCache.Backup': 1 },
    cfn: { SnapshotRetentionLimit: 35 },
  },
  autoMinorVersionUpgrade: {
    value: true,
    provenBy: ['ElastiCache.AutoMinorVersionUpgrade'],
    criteria: ['CC7.1'],
    source: 'AWS::ElastiCache::ReplicationGroup, AutoMinorVersionUpgrade; AWS Security Hub ElastiCache.2',
    reason: 'Security fixes of the engine arrive without somebody having to notice them.',
    cfn: { AutoMinorVersionUpgrade: true },
  },
  subnetGroup: {
    value: 'one of its own',
    provenBy: ['ElastiCache.InVpc'],
    criteria: ['CC6.6'],
    source: 'AWS Security Hub ElastiCache.7: the default group holds the public subnets of the default VPC',
    reason: 'Somebody decided where the cache lies.',
  },
  vpcSubnets: {
    value: 'isolated, else private',
    provenBy: ['Network.DataStorePrivateSubnet'],
    criteria: ['CC6.1', 'CC6.6'],
    source: 'Amazon VPC user guide, "Subnet types"',
    reason: 'A loosened security group alone does not open the cache.',
  },
  securityGroups: closedSecurityGroup,
  egress: {
    value: 'none',
    provenBy: ['Network.DataStoreEgress'],
    criteria: ['CC6.6', 'CC6.7'],
    source: 'AWS::EC2::SecurityGroup, SecurityGroupEgress: all outbound traffic by default',
    reason: 'A cache calls nobody, so a way out serves only who wants to carry data away.',
  },
  logDelivery: {
    value: 'engine and slow logs',
    provenBy: ['ElastiCache.LogDelivery'],
    criteria: ['CC7.2'],
    source: `${ELASTICACHE}, "Log delivery"`,
    reason: 'Logs show failovers and abuse that metrics do not, and exist only while they are delivered somewhere.',
  },
  removalPolicy: {
    value: 'SNAPSHOT',
    provenBy: [],
    criteria: [],
    source: 'AWS CloudFormation user guide, "DeletionPolicy attribute"',
    reason: 'A removed or replaced cache leaves a last snapshot.',
    cfn: { DeletionPolicy: 'Snapshot', UpdateReplacePolicy: 'Snapshot' },
  },
});

/** Secure defaults of a user of a cache. */
export const cacheUserDefaults = defaults({
  authentication: {
    value: 'iam',
    provenBy: ['ElastiCache.UserAuthentication'],
    criteria: ['CC6.1'],
    source: `${ELASTICACHE}, "Authenticating with IAM": tokens of 15 minutes, Valkey 7.2 or later`,
    reason: 'There is no password to keep, rotate or lose; access ends with the role.',
  },
  accessString: {
    value: 'on ~* &* +@all -@dangerous +info',
    provenBy: [],
    criteria: [],
    source: `${ELASTICACHE}, "Specifying permissions using an access string"`,
    reason: 'All keys and channels, but no command that empties, lists or blocks the whole cache.',
  },
});
