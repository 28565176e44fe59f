import { ifProd, MACRO, P, presence, setting, subject } from './cases';
import { fail, pass, unknown, verdicts } from './verdicts';
import {
  authentication, autoMinorVersionUpgrade, automaticFailover, backup, clusterEncryptedInTransit, customerKey, encryptedAtRest, encryptedInTransit, inVpc,
  logDelivery,
  nonDefaultPort, userAuthentication,
} from '../../src/rules/elasticache';

const group = subject('AWS::ElastiCache::ReplicationGroup', { Engine: 'redis' });
const cluster = subject('AWS::ElastiCache::CacheCluster', { Engine: 'redis' });
const memcached = subject('AWS::ElastiCache::CacheCluster', { Engine: 'memcached' });
const serverless = subject('AWS::ElastiCache::ServerlessCache', { Engine: 'valkey' });
const user = subject('AWS::ElastiCache::User');

verdicts(encryptedAtRest, setting(group, 'AtRestEncryptionEnabled', {
  good: true,
  bad: false,
  unknown: { 'it joins a global datastore': group({ GlobalReplicationGroupId: 'g' }) },
  trap: { 'it joins one, and switches it off': fail(group({ GlobalReplicationGroupId: 'g', AtRestEncryptionEnabled: false })) },
}));

verdicts(encryptedInTransit, setting(group, 'TransitEncryptionEnabled', {
  good: true,
  bad: false,
  fail: { 'plain connections are let through': group({ TransitEncryptionEnabled: true, TransitEncryptionMode: 'preferred' }) },
  unknown: { 'the mode by parameter': group({ TransitEncryptionEnabled: true, TransitEncryptionMode: P }) },
  trap: { 'required': pass(group({ TransitEncryptionEnabled: true, TransitEncryptionMode: 'required' })) },
}));

verdicts(clusterEncryptedInTransit, setting(memcached, 'TransitEncryptionEnabled', {
  good: true,
  bad: false,
  notApplicable: { 'a member of a group': memcached({ ReplicationGroupId: 'g' }) },
  trap: { 'Redis outside of a group has none': fail(cluster(), { message: /in a replication group only/ }) },
}));

verdicts(authentication, presence(group, 'UserGroupIds', {
  value: ['users'],
  pass: { 'a token': group({ AuthToken: P }), 'serverless, with users': serverless({ UserGroupId: 'users' }) },
  fail: { 'serverless, without': serverless() },
  notApplicable: { 'serverless memcached': subject('AWS::ElastiCache::ServerlessCache')({ Engine: 'memcached' }) },
}));

verdicts(userAuthentication, {
  pass: { 'passwords': user({ Passwords: ['{{resolve:secretsmanager:x}}'] }), 'IAM': user({ AuthenticationMode: { Type: 'iam' } }) },
  fail: { 'none needed': user({ NoPasswordRequired: true }), 'none needed, by mode': user({ AuthenticationMode: { Type: 'no-password-required' } }) },
  unknown: { 'by parameter': user({ NoPasswordRequired: P }), 'the mode by parameter': user({ AuthenticationMode: { Type: P } }) },
  notApplicable: { 'a user that is switched off': user({ AccessString: 'off ~keys* +get', NoPasswordRequired: true }) },
  trap: {
    'none needed in one branch': fail(user({ NoPasswordRequired: ifProd(false, true) })),
    'only begins like off': fail(user({ AccessString: 'offline ~*', NoPasswordRequired: 'true' })),
  },
});

verdicts(automaticFailover, {
  pass: { 'both': group({ AutomaticFailoverEnabled: true, MultiAZEnabled: 'true' }) },
  fail: {
    'neither': group(),
    'failover in one zone': group({ AutomaticFailoverEnabled: true }),
    'zones without failover': group({ MultiAZEnabled: true, AutomaticFailoverEnabled: false }),
  },
  unknown: { 'by parameter': group({ AutomaticFailoverEnabled: P, MultiAZEnabled: true }) },
  trap: { 'one known to be off decides': fail(group({ AutomaticFailoverEnabled: P, MultiAZEnabled: false })) },
});

verdicts(backup, setting(group, 'SnapshotRetentionLimit', {
  good: 1,
  bad: 0,
  fail: { 'serverless': serverless() },
  notApplicable: { 'memcached': memcached() },
}));

verdicts(inVpc, presence(group, 'CacheSubnetGroupName', {
  fail: { 'the default one': cluster({ CacheSubnetGroupName: 'default' }) },
  pass: { 'named by parameter': cluster({ CacheSubnetGroupName: P }), 'named by a part that is not shown': cluster({ CacheSubnetGroupName: { Ref: 'Elsewhere' } }) },
  notApplicable: { 'a member of a group': cluster({ ReplicationGroupId: 'g' }), 'it joins a global datastore': group({ GlobalReplicationGroupId: 'g' }) },
  trap: {
    'of the template': pass(cluster({ CacheSubnetGroupName: { Ref: 'Net' } }, { Net: { Type: 'AWS::ElastiCache::SubnetGroup' } })),
    'a macro': unknown(cluster({ CacheSubnetGroupName: MACRO })),
  },
}));

verdicts(autoMinorVersionUpgrade, setting(group, 'AutoMinorVersionUpgrade', {
  good: true, bad: 'false', absent: 'pass', notApplicable: { 'memcached': memcached({ AutoMinorVersionUpgrade: false }) },
}));
verdicts(logDelivery, presence(group, 'LogDeliveryConfigurations', {
  value: [{ LogType: 'slow-log' }],
  fail: { 'a cluster': cluster() },
  notApplicable: { 'memcached': memcached(), 'a member of a group': cluster({ ReplicationGroupId: 'g' }) },
}));
verdicts(nonDefaultPort, setting(group, 'Port', {
  good: 6380,
  bad: '6379',
  fail: { 'memcached, by default': memcached() },
  trap: { 'the port of the other engine': pass(memcached({ Port: 6379 })) },
}));
verdicts(customerKey, presence(group, 'KmsKeyId', {
  fail: { 'serverless': serverless(), 'the AWS managed key': group({ KmsKeyId: 'alias/aws/elasticache' }) }, unknown: { 'by parameter': serverless({ KmsKeyId: P }) },
}));
