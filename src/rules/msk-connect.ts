import { any, rule } from './kernel';

const CONNECTOR = ['AWS::KafkaConnect::Connector'];

export const encryptedInTransit = rule({
  id: 'MSKConnect.EncryptedInTransit',
  resourceTypes: CONNECTOR,
  title: 'Connector reaches the brokers over TLS',
  severity: 'high',
  criteria: { direct: ['CC6.7'] },
  rationale: 'A connector moves whole topics; without TLS they travel in the clear.',
  remediation: { cfn: 'KafkaClusterEncryptionInTransit: { EncryptionType: TLS }' },
  sources: ['AWS::KafkaConnect::Connector KafkaClusterEncryptionInTransit: PLAINTEXT or TLS', 'AWS Security Hub MSK.3'],
  check: (connector) => connector.get('KafkaClusterEncryptionInTransit.EncryptionType').is('TLS'),
});

export const logging = rule({
  id: 'MSKConnect.Logging',
  resourceTypes: CONNECTOR,
  title: 'Connector logs are delivered',
  severity: 'low',
  criteria: { direct: ['CC7.2'], supporting: ['PI1.3'] },
  rationale: 'Worker logs show which records a connector could not move; they are gone with the worker unless they are delivered.',
  remediation: { cfn: 'LogDelivery.WorkerLogDelivery with CloudWatchLogs, Firehose or S3 enabled' },
  configRule: 'MSK_CONNECT_CONNECTOR_LOGGING_ENABLED',
  sources: ['AWS::KafkaConnect::Connector WorkerLogDelivery', 'AWS Security Hub MSK.5'],
  check: (connector) => any(
    ['CloudWatchLogs', 'Firehose', 'S3'].map((name) => connector.get(`LogDelivery.WorkerLogDelivery.${name}.Enabled`).isTrue()),
  ).because('worker logs are not delivered'),
});
