import { all, any, applies, not, Property, ResourceReader, rule, Truth } from './kernel';
import { withDefault } from './shared/own-default';
import { ownKey } from './shared/own-key';

const GROUP = ['AWS::ElastiCache::ReplicationGroup'];
const CACHE = ['AWS::ElastiCache::ReplicationGroup', 'AWS::ElastiCache::CacheCluster'];

/** A member of a global datastore takes encryption, engine and shape from the primary. */
function ownSettings(group: ResourceReader, setting: Property, check: (setting: Property) => Truth): Truth {
  if (setting.missing && !group.get('GlobalReplicationGroupId').isPresent().no) return Truth.unknown('the setting is that of the global datastore it joins');
  return check(setting);
}

export const encryptedAtRest = rule({
  id: 'ElastiCache.EncryptedAtRest',
  resourceTypes: GROUP,
  title: 'Cache is encrypted at rest',
  severity: 'high',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'Caches write to disk when they synchronize, swap and back up; what they hold is often a copy of data that is encrypted elsewhere.',
  remediation: { construct: 'SecureCache', cfn: 'AtRestEncryptionEnabled: true' },
  configRule: 'ELASTICACHE_REPL_GRP_ENCRYPTED_AT_REST',
  nagRules: ['ElastiCacheRedisClusterEncryption'],
  sources: ['AWS::ElastiCache::ReplicationGroup, AtRestEncryptionEnabled: false by default'],
  check: (group) => ownSettings(group, group.get('AtRestEncryptionEnabled'), (setting) => setting.isTrue()),
});

export const encryptedInTransit = rule({
  id: 'ElastiCache.EncryptedInTransit',
  resourceTypes: GROUP,
  title: 'Cache accepts encrypted connections only',
  severity: 'high',
  criteria: { direct: ['CC6.7'] },
  rationale: 'Without TLS the cache\'s password and everything it holds travel in the clear between clients and nodes.',
  remediation: { construct: 'SecureCache', cfn: 'TransitEncryptionEnabled: true, and no TransitEncryptionMode: preferred' },
  configRule: 'ELASTICACHE_REPL_GRP_ENCRYPTED_IN_TRANSIT',
  nagRules: ['ElastiCacheRedisClusterEncryption'],
  sources: ['AWS::ElastiCache::ReplicationGroup, TransitEncryptionEnabled: false by default; TransitEncryptionMode preferred lets plain connections through'],
  check: (group) => ownSettings(group, group.get('TransitEncryptionEnabled'), (setting) => all(
    setting.isTrue(), group.get('TransitEncryptionMode').isNot('preferred').because('TransitEncryptionMode preferred lets plain connections through'))),
});

export const clusterEncryptedInTransit = rule({
  id: 'ElastiCache.ClusterEncryptedInTransit',
  resourceTypes: ['AWS::ElastiCache::CacheCluster'],
  title: 'Single cache cluster uses TLS',
  severity: 'medium',
  criteria: { direct: ['CC6.7'] },
  rationale: 'Without TLS everything the cache holds travels in the clear. Redis has it in replication groups only.',
  remediation: { cfn: 'TransitEncryptionEnabled: true (memcached), or an AWS::ElastiCache::ReplicationGroup' },
  sources: ['AWS::ElastiCache::CacheCluster, TransitEncryptionEnabled', 'Amazon ElastiCache user guide, "In-transit encryption (TLS)"'],
  check: (cluster) => applies(
    cluster.get('ReplicationGroupId').isAbsent(), 'it takes the setting from its replication group',
    () => {
      const encrypted = cluster.get('TransitEncryptionEnabled').isTrue();
      return cluster.get('Engine').is('redis').yes ? encrypted.because('Redis has TLS in a replication group only, and the cluster is in none') : encrypted;
    },
  ),
});

export const authentication = rule({
  id: 'ElastiCache.Authentication',
  resourceTypes: [...GROUP, 'AWS::ElastiCache::ServerlessCache'],
  title: 'Cache asks clients who they are',
  severity: 'high',
  criteria: { direct: ['CC6.1'], supporting: ['CC6.3'] },
  rationale: 'Without a user group or a token whoever reaches the port may read and change everything in the cache.',
  remediation: { construct: 'SecureCache', cfn: 'UserGroupIds (UserGroupId), or AuthToken from Secrets Manager' },
  configRule: 'ELASTICACHE_REPL_GRP_REDIS_AUTH_ENABLED',
  nagRules: ['ElastiCacheRedisClusterRedisAuth'],
  sources: ['Amazon ElastiCache user guide, "Authentication and authorization"'],
  check: (group) => {
    if (group.type === 'AWS::ElastiCache::ServerlessCache') {
      return applies(
        not(group.get('Engine').is('memcached'), 'memcached'),
        'memcached has no users',
        () => group.get('UserGroupId').isPresent().because('no user group is named'),
      );
    }
    return ownSettings(
      group,
      group.get('UserGroupIds'),
      (users) => any([users.isPresent(), group.get('AuthToken').isPresent()]).because('neither a user group nor a token is set'),
    );
  },
});

export const userAuthentication = rule({
  id: 'ElastiCache.UserAuthentication',
  resourceTypes: ['AWS::ElastiCache::User'],
  title: 'Cache user needs a password or IAM',
  severity: 'high',
  criteria: { direct: ['CC6.1'] },
  rationale: 'A user without a password is open to whoever reaches the port and knows the name.',
  remediation: { construct: 'SecureCache', cfn: 'AuthenticationMode of type iam or password' },
  sources: ['AWS::ElastiCache::User, NoPasswordRequired and AuthenticationMode'],
  check: (user) => applies(
    // A disabled user (`off`) may go without: it is how the default user is shut out.
    not(user.get('AccessString').matches(/^\s*off\b/, 'off'), 'the user is switched off'),
    'the user is switched off',
    () => all(
      not(user.get('NoPasswordRequired').isTrue(), 'the user needs no password'),
      not(user.get('AuthenticationMode.Type').matches(/^no-password(-required)?$/, 'no password'), 'the user needs no password'),
    ),
  ),
});

export const automaticFailover = rule({
  id: 'ElastiCache.AutomaticFailover',
  resourceTypes: GROUP,
  title: 'Cache fails over to a replica in another zone',
  severity: 'medium',
  criteria: { direct: ['A1.2'], supporting: ['CC9.1'] },
  rationale: 'Without failover the cache is down, and its content lost, when one node or zone fails.',
  remediation: { construct: 'SecureCache', cfn: 'AutomaticFailoverEnabled: true and MultiAZEnabled: true, with a replica' },
  configRule: 'ELASTICACHE_REPL_GRP_AUTO_FAILOVER_ENABLED',
  nagRules: ['ElastiCacheRedisClusterMultiAZ'],
  sources: ['AWS::ElastiCache::ReplicationGroup, AutomaticFailoverEnabled: false by default; MultiAZEnabled'],
  check: (group) => all(group.get('AutomaticFailoverEnabled').isTrue(), group.get('MultiAZEnabled').isTrue()),
});

export const backup = rule({
  id: 'ElastiCache.Backup',
  resourceTypes: [...CACHE, 'AWS::ElastiCache::ServerlessCache'],
  title: 'Cache snapshots are kept',
  severity: 'low',
  criteria: { direct: ['A1.2'], supporting: ['CC7.5'] },
  rationale: 'Where the cache holds more than copies, its snapshots are the only way back. A cache that can be filled anew does not need them, so this is a choice.',
  remediation: { construct: 'SecureCache', cfn: 'SnapshotRetentionLimit above 0' },
  configRule: 'ELASTICACHE_REDIS_CLUSTER_AUTOMATIC_BACKUP_CHECK',
  nagRules: ['ElastiCacheRedisClusterAutomaticBackup'],
  sources: ['AWS::ElastiCache::ReplicationGroup, SnapshotRetentionLimit: 0 (off) by default'],
  check: (cache) => applies(
    not(cache.get('Engine').is('memcached'), 'memcached'),
    'memcached has no snapshots',
    () => withDefault(cache, 'SnapshotRetentionLimit').atLeast(1),
  ),
});

export const inVpc = rule({
  id: 'ElastiCache.InVpc',
  resourceTypes: CACHE,
  title: 'Cache names its subnets',
  severity: 'medium',
  criteria: { direct: ['CC6.6'] },
  rationale: 'Without a subnet group the cache lands in the default VPC, whose subnets are public.',
  remediation: { construct: 'SecureCache', cfn: 'CacheSubnetGroupName' },
  configRule: 'ELASTICACHE_SUBNET_GROUP_CHECK',
  nagRules: ['ElastiCacheClusterInVPC'],
  sources: ['AWS::ElastiCache::CacheCluster, CacheSubnetGroupName', 'AWS Security Hub ElastiCache.7'],
  check: (cache) => {
    const name = cache.get('CacheSubnetGroupName');
    const inherited = any([cache.get('ReplicationGroupId').isPresent(), cache.get('GlobalReplicationGroupId').isPresent()]);
    return applies(name.missing ? not(inherited, 'it joins a group') : Truth.YES, 'the subnets are those of the group it joins', () =>
      all(name.isPresent(), Truth.of(name.scalar !== 'default', 'it uses the default subnet group')));
  },
});

export const autoMinorVersionUpgrade = rule({
  id: 'ElastiCache.AutoMinorVersionUpgrade',
  resourceTypes: CACHE,
  title: 'Minor engine versions are installed automatically',
  severity: 'low',
  criteria: { direct: ['CC7.1'] },
  rationale: 'Minor versions carry the security fixes of the engine.',
  remediation: { construct: 'SecureCache', cfn: 'AutoMinorVersionUpgrade: true' },
  configRule: 'ELASTICACHE_AUTO_MINOR_VERSION_UPGRADE_CHECK',
  sources: ['Amazon ElastiCache API reference, CreateReplicationGroup: AutoMinorVersionUpgrade', 'AWS Security Hub ElastiCache.2'],
  check: (cache) => applies(
    not(cache.get('Engine').is('memcached'), 'memcached'),
    'memcached is not upgraded by itself',
    () => not(cache.get('AutoMinorVersionUpgrade').isFalse(), 'AutoMinorVersionUpgrade is false'),
  ),
});

export const logDelivery = rule({
  id: 'ElastiCache.LogDelivery',
  resourceTypes: CACHE,
  title: 'Engine or slow logs are delivered',
  severity: 'low',
  criteria: { direct: ['CC7.2'] },
  rationale: 'Engine and slow logs show failovers and abuse that metrics do not; they exist only while they are delivered somewhere.',
  remediation: { construct: 'SecureCache', cfn: 'LogDeliveryConfigurations' },
  sources: ['Amazon ElastiCache user guide, "Log delivery"'],
  onByDefault: false,
  check: (cache) => applies(
    all(cache.get('ReplicationGroupId').isAbsent(), not(cache.get('Engine').is('memcached'), 'memcached')),
    'memcached delivers no logs, and a member of a replication group has those of the group',
    () => cache.get('LogDeliveryConfigurations').count(1).because('no log is delivered'),
  ),
});

export const nonDefaultPort = rule({
  id: 'ElastiCache.NonDefaultPort',
  resourceTypes: CACHE,
  title: 'Cache does not listen on its engine\'s usual port',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC6.6'] },
  rationale: 'Another port hides a cache from careless scans only; whoever can reach it finds it. Network rules are the control.',
  remediation: { cfn: 'Port other than the usual one' },
  nagRules: ['ElastiCacheClusterNonDefaultPort'],
  sources: ['AWS::ElastiCache::CacheCluster, Port: 6379 (Redis, Valkey) and 11211 (memcached) by default'],
  onByDefault: false,
  check: (cache) => {
    const usual = cache.get('Engine').is('memcached').yes ? 11211 : 6379;
    const port = cache.get('Port');
    return all(port.isPresent().because(`Port is absent: the usual ${usual}`), port.isNot(usual));
  },
});

export const customerKey = rule({
  id: 'ElastiCache.CustomerKey',
  resourceTypes: [...GROUP, 'AWS::ElastiCache::ServerlessCache'],
  title: 'Cache is encrypted with a KMS key of the organization',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'A key of one\'s own has a policy, rotation and an audit trail that the organization decides. Encryption as such holds without it.',
  remediation: { construct: 'SecureCache', cfn: 'KmsKeyId' },
  sources: ['Amazon ElastiCache user guide, "At-rest encryption"'],
  onByDefault: false,
  check: (cache) => ownKey(cache.get('KmsKeyId'), 'elasticache'),
});
