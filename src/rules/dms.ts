import { awsDefaults } from './aws-defaults';
import { all, any, applies, not, Property, ResourceReader, rule, Truth, when } from './kernel';
import { jsonAt } from './shared/json-text';
import { ownKey } from './shared/own-key';

const INSTANCE = ['AWS::DMS::ReplicationInstance'];
const SERVERLESS = 'AWS::DMS::ReplicationConfig';

export const notPublic = rule({
  id: 'DMS.NotPublic',
  resourceTypes: [...INSTANCE, 'AWS::DMS::InstanceProfile'],
  title: 'Replication instance has no public address',
  severity: 'critical',
  criteria: { direct: ['CC6.6'], supporting: ['CC6.1'] },
  rationale: 'A replication instance can read whole databases; with a public address, which is the default, it is one security-group rule away from the internet.',
  remediation: { cfn: 'PubliclyAccessible: false' },
  configRule: 'DMS_REPLICATION_NOT_PUBLIC',
  nagRules: ['DMSReplicationNotPublic'],
  sources: ['AWS::DMS::ReplicationInstance, PubliclyAccessible: true by default', 'AWS Security Hub DMS.1'],
  check: (instance) => {
    const open = instance.get('PubliclyAccessible');
    if (instance.type === 'AWS::DMS::InstanceProfile') {
      return open.seen().missing ? Truth.unknown('PubliclyAccessible is absent, and the documentation of AWS names both true and false as what that means')
        : open.isFalse().because('replication with this profile gets a public address');
    }
    return open.awsDefault(awsDefaults['AWS::DMS::ReplicationInstance.PubliclyAccessible']).isFalse().because('the replication instance gets a public address');
  },
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
    () => endpoint.get('SslMode').awsDefault(awsDefaults['AWS::DMS::Endpoint.SslMode']).oneOf(['require', 'verify-ca', 'verify-full']),
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
      return endpoint.get('RedisSettings.SslSecurityProtocol')
        .awsDefault(awsDefaults['AWS::DMS::Endpoint.RedisSettings.SslSecurityProtocol']).is('ssl-encryption');
    });
  },
});

/** A property of a replication instance, which a serverless replication holds in its compute settings. */
const ofCompute = (replication: ResourceReader, name: string) => replication.get(replication.type === SERVERLESS ? `ComputeConfig.${name}` : name);

export const multiAz = rule({
  id: 'DMS.MultiAZ',
  resourceTypes: [...INSTANCE, SERVERLESS],
  title: 'Replication has a standby in another zone',
  severity: 'low',
  criteria: { direct: ['A1.2'] },
  rationale: 'Replication that runs for long stops with its zone. A migration that is done once can be repeated.',
  remediation: { cfn: 'MultiAZ: true, of a serverless replication in ComputeConfig' },
  configRule: 'DMS_REPLICATION_INSTANCE_MULTI_AZ_ENABLED',
  sources: ['AWS::DMS::ReplicationInstance, MultiAZ', 'AWS::DMS::ReplicationConfig ComputeConfig, MultiAZ'],
  onByDefault: false,
  check: (instance) => ofCompute(instance, 'MultiAZ').isTrue(),
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
  check: (instance) => instance.get('AutoMinorVersionUpgrade').awsDefault(awsDefaults['AWS::DMS::ReplicationInstance.AutoMinorVersionUpgrade']).isTrue(),
});

export const customerKey = rule({
  id: 'DMS.CustomerKey',
  resourceTypes: [...INSTANCE, SERVERLESS],
  title: 'Replication storage is encrypted with a key of the organization',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'Storage is always encrypted; a key of one\'s own has a policy and an audit trail that the organization decides.',
  remediation: { construct: 'EncryptionKey', cfn: 'KmsKeyId, of a serverless replication in ComputeConfig' },
  sources: ['AWS::DMS::ReplicationInstance, KmsKeyId: the AWS managed key by default'],
  onByDefault: false,
  check: (instance) => ownKey(ofCompute(instance, 'KmsKeyId'), 'dms'),
});

const TASKS = ['AWS::DMS::ReplicationTask', SERVERLESS];

/** The settings of a task are a JSON text, those of a serverless replication an object or a text. */
function settingsOf(task: ResourceReader): Property {
  return jsonAt(task.get(task.type === SERVERLESS ? 'ReplicationSettings' : 'ReplicationTaskSettings'), task);
}

/** The parts of a task that read the source and write the target. */
const READS_AND_WRITES = ['SOURCE_CAPTURE', 'SOURCE_UNLOAD', 'TARGET_APPLY', 'TARGET_LOAD'];
/** Levels below the default one leave out what is wanted to follow a replication. */
const ENOUGH = ['LOGGER_SEVERITY_DEFAULT', 'LOGGER_SEVERITY_DEBUG', 'LOGGER_SEVERITY_DETAILED_DEBUG'];

export const taskLogging = rule({
  id: 'DMS.TaskLogging',
  resourceTypes: [...TASKS, 'AWS::DMS::DataMigration'],
  title: 'Replication is logged, for source and target',
  severity: 'low',
  criteria: { direct: ['CC7.2'], supporting: ['PI1.3'] },
  rationale: 'The log of a task is the only record of tables that failed and rows that were skipped.',
  remediation: { cfn: 'Logging: { EnableLogging: true } in ReplicationTaskSettings or ReplicationSettings; CloudwatchLogsEnabled: true in DataMigrationSettings' },
  configRule: 'DMS_REPLICATION_TASK_SOURCEDB_LOGGING',
  sources: ['AWS DMS user guide, "Logging task settings"', 'AWS Security Hub DMS.7 and DMS.8: LOGGER_SEVERITY_DEFAULT at least', 'AWS::DMS::DataMigration DataMigrationSettings'],
  check: (task) => {
    if (task.type === 'AWS::DMS::DataMigration') return task.get('DataMigrationSettings.CloudwatchLogsEnabled').isTrue();
    const logging = settingsOf(task).get('Logging');
    return all(
      logging.get('EnableLogging').isTrue().because('the settings do not switch logging on'),
      logging.get('LogComponents').every((part) => when(part.get('Id').oneOf(READS_AND_WRITES), () => part.get('Severity').oneOf(ENOUGH))),
    );
  },
});

/** DMS compares rows in databases that it can ask for them, and in S3. */
const NOT_VALIDATED = /^(kinesis|kafka|dynamodb|opensearch|elasticsearch|redis|neptune|docdb|mongodb)$/i;

export const taskValidation = rule({
  id: 'DMS.TaskValidation',
  resourceTypes: TASKS,
  title: 'Replicated rows are compared with the source',
  severity: 'low',
  criteria: { direct: ['PI1.3'], supporting: ['PI1.5'] },
  rationale: 'Validation shows that what arrived is what was sent. It reads both databases, which not every one of them bears, so this is asked for.',
  remediation: { cfn: 'ValidationSettings: { EnableValidation: true } in ReplicationTaskSettings or ReplicationSettings' },
  sources: ['AWS DMS user guide, "Data validation task settings": EnableValidation is false by default', 'AWS DMS user guide, "AWS DMS data validation"'],
  onByDefault: false,
  check: (task) => applies(
    not(any(['SourceEndpointArn', 'TargetEndpointArn'].map((name) => task.get(name).target()?.get('EngineName').matches(NOT_VALIDATED, 'another engine')
      ?? Truth.no('the endpoint is not among the templates given'))), 'an engine whose data DMS does not validate'),
    'one of its endpoints is of a kind that DMS does not validate',
    () => settingsOf(task).get('ValidationSettings.EnableValidation').isTrue(),
  ),
});
