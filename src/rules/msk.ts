import { awsDefaults } from './aws-defaults';
import { all, any, not, rule } from './kernel';
import { ownKey } from './shared/own-key';

const CLUSTER = ['AWS::MSK::Cluster'];

export const encryptedInTransit = rule({
  id: 'MSK.EncryptedInTransit',
  resourceTypes: CLUSTER,
  title: 'Clients reach brokers over TLS only',
  severity: 'high',
  criteria: { direct: ['CC6.7'] },
  rationale: 'Where plaintext is allowed, messages and credentials of some clients travel in the clear.',
  remediation: { construct: 'SecureKafka', l2: 'encryptionInTransit: { clientBroker: ClientBrokerEncryption.TLS }', cfn: 'EncryptionInfo.EncryptionInTransit.ClientBroker: TLS' },
  nagRules: ['MSKClientToBrokerTLS'],
  sources: ['AWS::MSK::Cluster EncryptionInTransit, ClientBroker: TLS by default'],
  check: (cluster) => cluster.get('EncryptionInfo.EncryptionInTransit.ClientBroker')
    .awsDefault(awsDefaults['AWS::MSK::Cluster.EncryptionInfo.EncryptionInTransit.ClientBroker']).is('TLS'),
});

export const encryptedInCluster = rule({
  id: 'MSK.EncryptedInCluster',
  resourceTypes: CLUSTER,
  title: 'Traffic between brokers is encrypted',
  severity: 'high',
  criteria: { direct: ['CC6.7'] },
  rationale: 'Brokers replicate all messages among one another; without TLS they travel in the clear.',
  remediation: { construct: 'SecureKafka', l2: 'encryptionInTransit: { enableInCluster: true }', cfn: 'EncryptionInfo.EncryptionInTransit.InCluster: true' },
  configRule: 'MSK_IN_CLUSTER_NODE_REQUIRE_TLS',
  nagRules: ['MSKBrokerToBrokerTLS'],
  sources: ['AWS::MSK::Cluster EncryptionInTransit, InCluster: true by default', 'AWS Security Hub MSK.1'],
  check: (cluster) => cluster.get('EncryptionInfo.EncryptionInTransit.InCluster')
    .awsDefault(awsDefaults['AWS::MSK::Cluster.EncryptionInfo.EncryptionInTransit.InCluster']).isTrue(),
});

export const customerKey = rule({
  id: 'MSK.CustomerKey',
  resourceTypes: CLUSTER,
  title: 'Broker volumes are encrypted with a key of the organization',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'Volumes are always encrypted; a key of one\'s own has a policy, rotation and an audit trail that the organization decides.',
  remediation: { construct: 'SecureKafka', l2: 'ebsStorageInfo: { encryptionKey }', cfn: 'EncryptionInfo.EncryptionAtRest.DataVolumeKMSKeyId' },
  sources: ['Amazon MSK developer guide, "Amazon MSK encryption"'],
  onByDefault: false,
  check: (cluster) => ownKey(cluster.get('EncryptionInfo.EncryptionAtRest.DataVolumeKMSKeyId'), 'kafka'),
});

export const notPublic = rule({
  id: 'MSK.NotPublic',
  resourceTypes: CLUSTER,
  title: 'Brokers have no public address',
  severity: 'critical',
  criteria: { direct: ['CC6.6'] },
  rationale: 'Public brokers can be reached from the internet, with their authentication as the only gate.',
  remediation: { construct: 'SecureKafka', cfn: 'BrokerNodeGroupInfo.ConnectivityInfo.PublicAccess.Type: DISABLED' },
  configRule: 'MSK_CLUSTER_PUBLIC_ACCESS_DISABLED',
  sources: ['AWS::MSK::Cluster PublicAccess, Type: DISABLED by default', 'AWS Security Hub MSK.4'],
  check: (cluster) => cluster.get('BrokerNodeGroupInfo.ConnectivityInfo.PublicAccess.Type')
    .awsDefault(awsDefaults['AWS::MSK::Cluster.BrokerNodeGroupInfo.ConnectivityInfo.PublicAccess.Type']).is('DISABLED').because('the brokers get public addresses'),
});

export const authentication = rule({
  id: 'MSK.Authentication',
  resourceTypes: CLUSTER,
  title: 'Brokers ask clients who they are',
  severity: 'high',
  criteria: { direct: ['CC6.1'] },
  rationale: 'Without authentication whoever reaches the brokers may read and write every topic.',
  remediation: {
    construct: 'SecureKafka',
    l2: 'clientAuthentication: ClientAuthentication.sasl({ iam: true })',
    cfn: 'ClientAuthentication with Sasl.Iam, Sasl.Scram or Tls, and Unauthenticated.Enabled: false',
  },
  configRule: 'MSK_UNRESTRICTED_ACCESS_CHECK',
  sources: ['AWS::MSK::Cluster ClientAuthentication', 'AWS Security Hub MSK.6'],
  check: (cluster) => all(
    any(['Sasl.Iam.Enabled', 'Sasl.Scram.Enabled', 'Tls.Enabled'].map((path) => cluster.get(`ClientAuthentication.${path}`).isTrue())
      // The list of authorities is there without a switch in older templates.
      .concat(cluster.get('ClientAuthentication.Tls.CertificateAuthorityArnList').count(1))).because('no way to authenticate is on'),
    not(cluster.get('ClientAuthentication.Unauthenticated.Enabled').isTrue(), 'unauthenticated access is on'),
  ),
});

export const brokerLogging = rule({
  id: 'MSK.BrokerLogging',
  resourceTypes: CLUSTER,
  title: 'Broker logs are delivered',
  severity: 'medium',
  criteria: { direct: ['CC7.2'] },
  rationale: 'Broker logs show failures and refused clients; they are gone with the broker unless they are delivered.',
  remediation: { construct: 'SecureKafka', l2: 'logging', cfn: 'LoggingInfo.BrokerLogs with CloudWatchLogs, Firehose or S3 enabled' },
  nagRules: ['MSKBrokerLogging'],
  sources: ['AWS::MSK::Cluster BrokerLogs'],
  check: (cluster) => any(
    ['CloudWatchLogs', 'Firehose', 'S3'].map((name) => cluster.get(`LoggingInfo.BrokerLogs.${name}.Enabled`).isTrue()),
  ).because('broker logs are not delivered'),
});

export const enhancedMonitoring = rule({
  id: 'MSK.EnhancedMonitoring',
  resourceTypes: CLUSTER,
  title: 'Metrics are kept by broker',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC7.2', 'A1.1'] },
  rationale: 'Finer metrics show which broker or topic is overloaded. They are billed, and no safeguard in themselves.',
  remediation: { construct: 'SecureKafka', l2: 'monitoring: { clusterMonitoringLevel }', cfn: 'EnhancedMonitoring: PER_BROKER or finer' },
  configRule: 'MSK_ENHANCED_MONITORING_ENABLED',
  sources: ['AWS::MSK::Cluster, EnhancedMonitoring: DEFAULT by default', 'AWS Security Hub MSK.2'],
  onByDefault: false,
  check: (cluster) => cluster.get('EnhancedMonitoring').oneOf(['PER_BROKER', 'PER_TOPIC_PER_BROKER', 'PER_TOPIC_PER_PARTITION']),
});
