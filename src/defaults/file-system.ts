import { defaults, SharedKey } from './default';

const EFS = 'Amazon EFS user guide';

/** Secure defaults of an EFS file system. */
export const fileSystemDefaults = defaults({
  encrypted: {
    value: true,
    provenBy: ['EFS.Encryption'],
    criteria: ['CC6.1', 'C1.1'],
    source: `${EFS}, "Encrypting data at rest": off by default, except in the console`,
    reason: 'It cannot be turned on later.',
    cfn: { Encrypted: true },
  },
  kmsKey: {
    value: 'customer managed',
    provenBy: ['EFS.CustomerKey'],
    criteria: ['CC6.1', 'C1.1'],
    source: `${EFS}, "Encrypting data at rest": aws/elasticfilesystem without a key`,
    reason: 'A key of one\'s own has a policy, rotation and an audit trail.',
    cfn: { KmsKeyId: new SharedKey('data') },
  },
  enableAutomaticBackups: {
    value: true,
    provenBy: ['EFS.AutomaticBackups', 'Backup.StatefulResourceSelected'],
    criteria: ['A1.2', 'CC7.5'],
    source: `${EFS}, "Backing up EFS file systems": daily, kept for 35 days`,
    reason: 'EFS keeps no versions: a deleted file comes back only from a backup.',
    cfn: { 'BackupPolicy.Status': 'ENABLED' },
  },
  enforceSSL: {
    value: true,
    provenBy: ['EFS.TlsOnly'],
    criteria: ['CC6.1', 'CC6.7'],
    source: `${EFS}, "Using IAM to control access to file systems": enforce in-transit encryption for all clients`,
    reason: 'NFS is clear text, and clients use TLS only if they mount that way.',
  },
  allowAnonymousAccess: {
    value: false,
    provenBy: ['EFS.PolicyNotPublic'],
    criteria: ['CC6.1', 'CC6.3', 'CC6.6'],
    source: `${EFS}, "Using IAM to control access to file systems": without a policy whoever reaches a mount target may do everything`,
    reason: 'Clients mount as a role that was granted it, and no other account can.',
  },
  oneZone: {
    value: false,
    provenBy: ['EFS.Regional'],
    criteria: ['A1.2'],
    source: `${EFS}, "EFS file system types"`,
    reason: 'The files are kept in several Availability Zones, and survive the loss of one.',
  },
  lifecyclePolicy: {
    value: 'AFTER_30_DAYS',
    provenBy: [],
    criteria: [],
    source: `${EFS}, "Managing storage lifecycle"`,
    reason: 'Files that nobody reads move to cheaper storage.',
    cfn: { LifecyclePolicies: [{ TransitionToIA: 'AFTER_30_DAYS' }] },
  },
  removalPolicy: {
    value: 'RETAIN',
    provenBy: ['EFS.Retained'],
    criteria: ['A1.2', 'C1.1'],
    source: 'AWS CloudFormation user guide, "DeletionPolicy attribute"',
    reason: 'A deleted stack does not take the data along.',
    cfn: { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' },
  },
});

/** Secure defaults of a mount target of a file system. */
export const mountTargetDefaults = defaults({
  vpcSubnets: {
    value: 'isolated, else private',
    provenBy: ['EFS.MountTargetPrivate'],
    criteria: ['CC6.6'],
    source: 'AWS Security Hub EFS.6: mount targets in subnets that give out no public addresses',
    reason: 'File storage lies in the subnets that face no internet.',
  },
  securityGroup: {
    value: 'its own, without rules',
    provenBy: ['Network.DataStoreGroupsClosed', 'Network.OwnSecurityGroup'],
    criteria: ['CC6.1', 'CC6.6'],
    source: 'Amazon VPC user guide, "Security group rules"',
    reason: 'Only what connections.allowDefaultPortFrom() names can reach it.',
  },
  allowAllOutbound: {
    value: false,
    provenBy: ['Network.DataStoreEgress'],
    criteria: ['CC6.6', 'CC6.7'],
    source: 'AWS::EC2::SecurityGroup, SecurityGroupEgress: all outbound traffic without a rule',
    reason: 'A mount target answers and never calls.',
  },
});
