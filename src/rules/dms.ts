import { applies, not, rule } from './kernel';

const INSTANCE = ['AWS::DMS::ReplicationInstance'];

export const notPublic = rule({
  id: 'DMS.NotPublic',
  resourceTypes: INSTANCE,
  title: 'Replication instance has no public address',
  severity: 'critical',
  criteria: { direct: ['CC6.6'], supporting: ['CC6.1'] },
  rationale: 'A replication instance can read whole databases; with a public address, which is the default, it is one security-group rule away from the internet.',
  remediation: { cfn: 'PubliclyAccessible: false' },
  configRule: 'DMS_REPLICATION_NOT_PUBLIC',
  nagRules: ['DMSReplicationNotPublic'],
  sources: ['AWS::DMS::ReplicationInstance, PubliclyAccessible: true by default', 'AWS Security Hub DMS.1'],
  check: (instance) => instance.get('PubliclyAccessible').awsDefault(true, 'AWS::DMS::ReplicationInstance').isFalse()
    .because('the replication instance gets a public address'),
});

/** Endpoints that speak over AWS's own APIs, or take TLS in their own settings. */
const WITHOUT_SSL_MODE = /^(s3|dynamodb|kinesis|opensearch|elasticsearch|kafka|redis|neptune|redshift-serverless|timestream)$/i;

export const endpointTls = rule({
  id: 'DMS.EndpointTls',
  resourceTypes: ['AWS::DMS::Endpoint'],
  title: 'Replication uses TLS to the databases',
  severity: 'high',
  criteria: { direct: ['CC6.7'] },
  rationale: 'A migration copies whole databases; without TLS the rows and the password travel in the clear.',
  remediation: { cfn: 'SslMode: require, verify-ca or verify-full' },
  configRule: 'DMS_ENDPOINT_SSL_CONFIGURED',
  sources: ['AWS::DMS::Endpoint, SslMode: none by default', 'AWS Security Hub DMS.9'],
  check: (endpoint) => applies(
    not(endpoint.get('EngineName').matches(WITHOUT_SSL_MODE, 'an engine without SslMode'), 'an engine without SslMode'),
    'endpoints of this engine have no SslMode',
    () => endpoint.get('SslMode').awsDefault('none', 'AWS::DMS::Endpoint').oneOf(['require', 'verify-ca', 'verify-full']),
  ),
});

export const streamTls = rule({
  id: 'DMS.StreamTls',
  resourceTypes: ['AWS::DMS::Endpoint'],
  title: 'Replication uses TLS to Redis and Kafka',
  severity: 'high',
  criteria: { direct: ['CC6.7'] },
  rationale: 'A migration copies whole data sets; without TLS they travel in the clear.',
  remediation: {
    cfn: 'RedisSettings: { SslSecurityProtocol: ssl-encryption }, KafkaSettings: { SecurityProtocol: ssl-encryption, ssl-authentication or sasl-ssl }',
  },
  configRule: 'DMS_REDIS_TLS_ENABLED',
  sources: ['AWS Security Hub DMS.12', 'AWS::DMS::Endpoint RedisSettings: ssl-encryption by default'],
  check: (endpoint) => {
    const engine = endpoint.get('EngineName');
    return applies(engine.matches(/^(redis|kafka)$/i, 'redis or kafka'), 'the endpoint is neither Redis nor Kafka', () => {
      const kafka = endpoint.get('KafkaSettings.SecurityProtocol');
      if (engine.matches(/^kafka$/i, 'kafka').yes) return kafka.oneOf(['ssl-encryption', 'ssl-authentication', 'sasl-ssl']);
      return endpoint.get('RedisSettings.SslSecurityProtocol').awsDefault('ssl-encryption', 'AWS::DMS::Endpoint RedisSettings').is('ssl-encryption');
    });
  },
});

export const multiAz = rule({
  id: 'DMS.MultiAZ',
  resourceTypes: INSTANCE,
  title: 'Replication has a standby in another zone',
  severity: 'low',
  criteria: { direct: ['A1.2'] },
  rationale: 'Replication that runs for long stops with its zone. A migration that is done once can be repeated.',
  remediation: { cfn: 'MultiAZ: true' },
  configRule: 'DMS_REPLICATION_INSTANCE_MULTI_AZ_ENABLED',
  sources: ['AWS::DMS::ReplicationInstance, MultiAZ'],
  onByDefault: false,
  check: (instance) => instance.get('MultiAZ').isTrue(),
});

export const autoMinorVersionUpgrade = rule({
  id: 'DMS.AutoMinorVersionUpgrade',
  resourceTypes: INSTANCE,
  title: 'Minor engine versions are installed automatically',
  severity: 'low',
  criteria: { direct: ['CC7.1'] },
  rationale: 'Minor versions carry the security fixes of the replication engine.',
  remediation: { cfn: 'AutoMinorVersionUpgrade: true' },
  configRule: 'DMS_AUTO_MINOR_VERSION_UPGRADE_CHECK',
  sources: ['AWS::DMS::ReplicationInstance, AutoMinorVersionUpgrade: true by default', 'AWS Security Hub DMS.6'],
  check: (instance) => instance.get('AutoMinorVersionUpgrade').awsDefault(true, 'AWS::DMS::ReplicationInstance').isTrue(),
});

export const customerKey = rule({
  id: 'DMS.CustomerKey',
  resourceTypes: INSTANCE,
  title: 'Replication storage is encrypted with a named KMS key',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'Storage is always encrypted; a key of one\'s own has a policy and an audit trail that the organization decides.',
  remediation: { cfn: 'KmsKeyId' },
  sources: ['AWS::DMS::ReplicationInstance, KmsKeyId: the AWS managed key by default'],
  onByDefault: false,
  check: (instance) => instance.get('KmsKeyId').isPresent(),
});
