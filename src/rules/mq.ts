import { awsDefaults } from './aws-defaults';
import { all, any, ResourceReader, rule, Truth } from './kernel';
import { ownKey } from './shared/own-key';

const BROKER = ['AWS::AmazonMQ::Broker'];

export const notPublic = rule({
  id: 'AmazonMQ.NotPublic',
  resourceTypes: BROKER,
  title: 'Broker has no public address',
  severity: 'critical',
  criteria: { direct: ['CC6.6'] },
  rationale: 'A public broker and its console can be reached from the internet, with a password as the only gate.',
  remediation: { cfn: 'PubliclyAccessible: false' },
  configRule: 'MQ_NO_PUBLIC_ACCESS',
  sources: ['AWS::AmazonMQ::Broker, PubliclyAccessible: false by default'],
  check: (broker) => broker.get('PubliclyAccessible').awsDefault(awsDefaults['AWS::AmazonMQ::Broker.PubliclyAccessible']).isFalse()
    .because('the broker gets a public address'),
});

export const encryptionOptions = rule({
  id: 'AmazonMQ.EncryptionOptions',
  resourceTypes: BROKER,
  title: 'Broker says which key encrypts its messages',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC6.1', 'C1.1'] },
  rationale: 'Messages at rest are always encrypted; stating the key shows that it was a decision, and a key of one\'s own can be audited.',
  remediation: { cfn: 'EncryptionOptions: { UseAwsOwnedKey: false, KmsKeyId }' },
  sources: ['AWS::AmazonMQ::Broker EncryptionOptions: an AWS owned key by default'],
  check: (broker) => broker.get('EncryptionOptions').isPresent(),
});

export const customerKey = rule({
  id: 'AmazonMQ.CustomerKey',
  resourceTypes: BROKER,
  title: 'Broker is encrypted with a key of the organization',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'A key of one\'s own has a policy, rotation and an audit trail that the organization decides. Encryption as such is always on.',
  remediation: { cfn: 'EncryptionOptions: { UseAwsOwnedKey: false, KmsKeyId }' },
  sources: ['AWS::AmazonMQ::Broker EncryptionOptions'],
  onByDefault: false,
  check: (broker) => all(ownKey(broker.get('EncryptionOptions.KmsKeyId'), 'mq'), broker.get('EncryptionOptions.UseAwsOwnedKey').isFalse()),
});

const isRabbit = (broker: ResourceReader): Truth => broker.get('EngineType').matches(/^rabbitmq$/i, 'RabbitMQ');

export const logging = rule({
  id: 'AmazonMQ.Logging',
  resourceTypes: BROKER,
  title: 'Broker logs go to CloudWatch Logs',
  severity: 'medium',
  criteria: { direct: ['CC7.2'], supporting: ['CC7.3'] },
  rationale: 'The general log shows failures, and the audit log of ActiveMQ who changed users, queues and settings.',
  remediation: { cfn: 'Logs: { General: true, Audit: true } (RabbitMQ: General only)' },
  configRule: 'MQ_CLOUDWATCH_AUDIT_LOGGING_ENABLED',
  sources: ['AWS::AmazonMQ::Broker LogList: audit logs are not for RabbitMQ', 'AWS Security Hub MQ.2'],
  check: (broker) => all(
    broker.get('Logs.General').isTrue(),
    any([isRabbit(broker), broker.get('Logs.Audit').isTrue().because('the audit log is off')]).because('the audit log is off'),
  ),
});

export const multiAz = rule({
  id: 'AmazonMQ.MultiAZ',
  resourceTypes: BROKER,
  title: 'Broker has a standby or is a cluster',
  severity: 'medium',
  criteria: { direct: ['A1.2'], supporting: ['CC9.1'] },
  rationale: 'A single broker is down with its zone, and the messages it holds wait with it.',
  remediation: { cfn: 'DeploymentMode: ACTIVE_STANDBY_MULTI_AZ or CLUSTER_MULTI_AZ' },
  configRule: 'MQ_ACTIVE_DEPLOYMENT_MODE',
  sources: ['AWS::AmazonMQ::Broker, DeploymentMode', 'AWS Security Hub MQ.5 and MQ.6'],
  check: (broker) => broker.get('DeploymentMode').oneOf(['ACTIVE_STANDBY_MULTI_AZ', 'CLUSTER_MULTI_AZ']),
});

export const autoMinorVersionUpgrade = rule({
  id: 'AmazonMQ.AutoMinorVersionUpgrade',
  resourceTypes: BROKER,
  title: 'Minor engine versions are installed automatically',
  severity: 'low',
  criteria: { direct: ['CC7.1'] },
  rationale: 'Minor versions carry the security fixes of the broker.',
  remediation: { cfn: 'AutoMinorVersionUpgrade: true' },
  configRule: 'MQ_AUTOMATIC_MINOR_VERSION_UPGRADE_ENABLED',
  sources: ['AWS::AmazonMQ::Broker, AutoMinorVersionUpgrade: true by default', 'AWS Security Hub MQ.3'],
  check: (broker) => broker.get('AutoMinorVersionUpgrade').awsDefault(awsDefaults['AWS::AmazonMQ::Broker.AutoMinorVersionUpgrade']).isTrue(),
});
