import { awsDefaults } from './aws-defaults';
import { all, not, rule } from './kernel';
import { withDefault } from './shared/own-default';
import { ownKey } from './shared/own-key';

const CLUSTER = ['AWS::MemoryDB::Cluster'];

export const tlsEnabled = rule({
  id: 'MemoryDB.TlsEnabled',
  resourceTypes: [...CLUSTER, 'AWS::MemoryDB::MultiRegionCluster'],
  title: 'MemoryDB uses TLS',
  severity: 'high',
  criteria: { direct: ['CC6.7'] },
  rationale: 'Without TLS passwords and everything the database holds travel in the clear between clients and nodes.',
  remediation: { cfn: 'TLSEnabled: true' },
  sources: ['Amazon MemoryDB developer guide, "In-transit encryption (TLS)": on by default'],
  check: (cluster) => withDefault(cluster, 'TLSEnabled').isTrue(),
});

export const aclNotOpen = rule({
  id: 'MemoryDB.AclNotOpen',
  resourceTypes: CLUSTER,
  title: 'MemoryDB asks clients who they are',
  severity: 'high',
  criteria: { direct: ['CC6.1'], supporting: ['CC6.3'] },
  rationale: 'The access list named open-access lets whoever reaches the port read and change everything.',
  remediation: { cfn: 'ACLName of an AWS::MemoryDB::ACL' },
  sources: ['Amazon MemoryDB developer guide, "Authenticating users with access control lists (ACLs)": open-access'],
  check: (cluster) => {
    const acl = cluster.get('ACLName');
    return acl.target() ? acl.isPresent() : all(acl.isPresent(), acl.isNot('open-access').because('the access list is open-access'));
  },
});

export const snapshots = rule({
  id: 'MemoryDB.Snapshots',
  resourceTypes: CLUSTER,
  title: 'MemoryDB snapshots are kept',
  severity: 'medium',
  criteria: { direct: ['A1.2'], supporting: ['CC7.5'] },
  rationale: 'MemoryDB is a database of record: a deleted or corrupted cluster is rebuilt from its snapshots.',
  remediation: { cfn: 'SnapshotRetentionLimit above 0' },
  sources: ['AWS::MemoryDB::Cluster, SnapshotRetentionLimit: 0 turns snapshots off'],
  check: (cluster) => cluster.get('SnapshotRetentionLimit').atLeast(1),
});

export const replicas = rule({
  id: 'MemoryDB.Replicas',
  resourceTypes: CLUSTER,
  title: 'Each shard has a replica to fail over to',
  severity: 'medium',
  criteria: { direct: ['A1.2'], supporting: ['CC9.1'] },
  rationale: 'A shard without a replica is down until a new node has started when its only node or zone fails.',
  remediation: { cfn: 'NumReplicasPerShard of 1 or more' },
  sources: ['AWS::MemoryDB::Cluster, NumReplicasPerShard: 1 by default'],
  check: (cluster) => cluster.get('NumReplicasPerShard').awsDefault(awsDefaults['AWS::MemoryDB::Cluster.NumReplicasPerShard']).atLeast(1),
});

export const customerKey = rule({
  id: 'MemoryDB.CustomerKey',
  resourceTypes: CLUSTER,
  title: 'MemoryDB is encrypted with a KMS key of the organization',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'A key of one\'s own has a policy, rotation and an audit trail that the organization decides. Encryption as such is always on.',
  remediation: { cfn: 'KmsKeyId' },
  sources: ['Amazon MemoryDB developer guide, "At-rest encryption"'],
  onByDefault: false,
  check: (cluster) => ownKey(cluster.get('KmsKeyId'), 'memorydb'),
});

export const userAuthentication = rule({
  id: 'MemoryDB.UserAuthentication',
  resourceTypes: ['AWS::MemoryDB::User'],
  title: 'MemoryDB user needs a password or IAM',
  severity: 'high',
  criteria: { direct: ['CC6.1'] },
  rationale: 'A user without a password is open to whoever reaches the port and knows the name.',
  remediation: { cfn: 'AuthenticationMode of type iam or password' },
  sources: ['AWS::MemoryDB::User, AuthenticationMode'],
  check: (user) => not(user.get('AuthenticationMode.Type').matches(/^no-password/, 'no password'), 'the user needs no password'),
});
