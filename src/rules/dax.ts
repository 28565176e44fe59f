import { awsDefaults } from './aws-defaults';
import { rule } from './kernel';

const CLUSTER = ['AWS::DAX::Cluster'];

export const encryption = rule({
  id: 'DAX.Encryption',
  resourceTypes: CLUSTER,
  title: 'DAX cluster encrypts what it caches',
  severity: 'high',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'A cache holds copies of the table\'s items; unencrypted ones undo the encryption of the table. It cannot be turned on later.',
  remediation: { cfn: 'SSESpecification: { SSEEnabled: true }' },
  configRule: 'DAX_ENCRYPTION_ENABLED',
  nagRules: ['DAXEncrypted'],
  sources: ['Amazon DynamoDB developer guide, "DAX encryption at rest": off unless asked for'],
  check: (cluster) => cluster.get('SSESpecification.SSEEnabled').isTrue(),
});

export const tlsEndpoint = rule({
  id: 'DAX.TlsEndpoint',
  resourceTypes: CLUSTER,
  title: 'DAX endpoint speaks TLS',
  severity: 'high',
  criteria: { direct: ['CC6.7'], supporting: ['CC6.1'] },
  rationale: 'Items and credentials travel between application and cache; without TLS anybody on the path reads them.',
  remediation: { cfn: 'ClusterEndpointEncryptionType: TLS' },
  configRule: 'DAX_TLS_ENDPOINT_ENCRYPTION',
  sources: ['AWS::DAX::Cluster, ClusterEndpointEncryptionType: NONE by default'],
  check: (cluster) => cluster.get('ClusterEndpointEncryptionType').awsDefault(awsDefaults['AWS::DAX::Cluster.ClusterEndpointEncryptionType']).is('TLS'),
});

export const severalNodes = rule({
  id: 'DAX.SeveralNodes',
  resourceTypes: CLUSTER,
  title: 'DAX cluster survives the loss of a node',
  severity: 'low',
  criteria: { direct: ['A1.2'] },
  rationale: 'With one node its failure sends all traffic to the table at once. AWS advises three nodes for production; a cache is not the data, so this is weak.',
  remediation: { cfn: 'ReplicationFactor: 3' },
  sources: ['Amazon DynamoDB developer guide, "DAX cluster components": nodes'],
  onByDefault: false,
  check: (cluster) => cluster.get('ReplicationFactor').atLeast(3),
});
