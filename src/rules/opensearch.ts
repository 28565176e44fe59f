import { all, any, applies, not, Property, ResourceReader, rule } from './kernel';
import { withDefault } from './shared/own-default';
import { ownKey } from './shared/own-key';

const DOMAIN = ['AWS::OpenSearchService::Domain', 'AWS::Elasticsearch::Domain'];

/** Node counts stand in `ClusterConfig`, or `ElasticsearchClusterConfig` in the older type. */
function nodes(domain: ResourceReader, name: string): Property {
  return withDefault(domain, `${domain.type === 'AWS::Elasticsearch::Domain' ? 'ElasticsearchClusterConfig' : 'ClusterConfig'}.${name}`);
}

function inVpcOptions(domain: ResourceReader) {
  return domain.get('VPCOptions.SubnetIds').isPresent();
}

export const encryptedAtRest = rule({
  id: 'OpenSearch.EncryptedAtRest',
  resourceTypes: DOMAIN,
  title: 'Search domain is encrypted at rest',
  severity: 'high',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'Indexes, logs and automated snapshots hold copies of the data that was searched; encryption keeps them unreadable without the key.',
  remediation: { construct: 'SecureSearchDomain', l2: 'encryptionAtRest: { enabled: true }', cfn: 'EncryptionAtRestOptions: { Enabled: true }' },
  configRule: 'OPENSEARCH_ENCRYPTED_AT_REST',
  nagRules: ['OpenSearchEncryptedAtRest'],
  sources: ['Amazon OpenSearch Service developer guide, "Encryption of data at rest"'],
  check: (domain) => domain.get('EncryptionAtRestOptions.Enabled').isTrue(),
});

export const customerKey = rule({
  id: 'OpenSearch.CustomerKey',
  resourceTypes: DOMAIN,
  title: 'Search domain is encrypted with a KMS key of the organization',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'A key of one\'s own has a policy, rotation and an audit trail that the organization decides. Encryption as such holds without it.',
  remediation: { construct: 'SecureSearchDomain', l2: 'encryptionAtRest: { kmsKey }', cfn: 'EncryptionAtRestOptions: { KmsKeyId }' },
  sources: ['Amazon OpenSearch Service developer guide, "Encryption of data at rest"'],
  onByDefault: false,
  check: (domain) => all(ownKey(domain.get('EncryptionAtRestOptions.KmsKeyId'), 'es'), not(domain.get('EncryptionAtRestOptions.Enabled').isFalse(), 'Enabled is false: no key is used')),
});

export const nodeToNodeEncryption = rule({
  id: 'OpenSearch.NodeToNodeEncryption',
  resourceTypes: DOMAIN,
  title: 'Traffic between nodes is encrypted',
  severity: 'high',
  criteria: { direct: ['CC6.7'], supporting: ['CC6.1'] },
  rationale: 'Nodes exchange the indexed data; without this setting it travels between them in the clear.',
  remediation: { construct: 'SecureSearchDomain', l2: 'nodeToNodeEncryption: true', cfn: 'NodeToNodeEncryptionOptions: { Enabled: true }' },
  configRule: 'OPENSEARCH_NODE_TO_NODE_ENCRYPTION_CHECK',
  nagRules: ['OpenSearchNodeToNodeEncryption'],
  sources: ['Amazon OpenSearch Service developer guide, "Node-to-node encryption"'],
  check: (domain) => domain.get('NodeToNodeEncryptionOptions.Enabled').isTrue(),
});

export const httpsRequired = rule({
  id: 'OpenSearch.HttpsRequired',
  resourceTypes: DOMAIN,
  title: 'Search domain refuses plain HTTP',
  severity: 'high',
  criteria: { direct: ['CC6.7'] },
  rationale: 'A domain answers plain HTTP too until it is told otherwise, so queries, results and passwords may travel in the clear.',
  remediation: { construct: 'SecureSearchDomain', l2: 'enforceHttps: true', cfn: 'DomainEndpointOptions: { EnforceHTTPS: true }' },
  configRule: 'OPENSEARCH_HTTPS_REQUIRED',
  sources: ['Amazon OpenSearch Service developer guide, "Infrastructure security": require HTTPS', 'AWS Security Hub Opensearch.8'],
  check: (domain) => domain.get('DomainEndpointOptions.EnforceHTTPS').isTrue(),
});

export const tls12 = rule({
  id: 'OpenSearch.Tls12',
  resourceTypes: DOMAIN,
  title: 'Search domain asks for TLS 1.2 at least',
  severity: 'medium',
  criteria: { direct: ['CC6.7'] },
  rationale: 'Older TLS versions have known weaknesses, and the policy that a domain has without being told allows them.',
  remediation: { construct: 'SecureSearchDomain', l2: 'tlsSecurityPolicy: TLSSecurityPolicy.TLS_1_2_PFS', cfn: 'DomainEndpointOptions: { TLSSecurityPolicy: Policy-Min-TLS-1-2-PFS-2023-10 }' },
  configRule: 'OPENSEARCH_HTTPS_REQUIRED',
  sources: ['AWS::OpenSearchService::Domain DomainEndpointOptions, TLSSecurityPolicy', 'AWS Security Hub Opensearch.8'],
  check: (domain) => domain.get('DomainEndpointOptions.TLSSecurityPolicy').matches(/^Policy-Min-TLS-1-[23]-/, 'a policy with TLS 1.2 at least'),
});

export const inVpc = rule({
  id: 'OpenSearch.InVpc',
  resourceTypes: DOMAIN,
  title: 'Search domain lies in a VPC',
  severity: 'high',
  criteria: { direct: ['CC6.6'], supporting: ['CC6.1'] },
  rationale: 'A domain outside a VPC has an endpoint on the internet, with its access policy as the only gate.',
  remediation: { construct: 'SecureSearchDomain', l2: 'vpc', cfn: 'VPCOptions with SubnetIds' },
  configRule: 'OPENSEARCH_IN_VPC_ONLY',
  nagRules: ['OpenSearchInVPCOnly'],
  sources: ['Amazon OpenSearch Service developer guide, "Launching your domains within a VPC"'],
  check: (domain) => inVpcOptions(domain),
});

export const fineGrainedAccess = rule({
  id: 'OpenSearch.FineGrainedAccess',
  resourceTypes: DOMAIN,
  title: 'Search domain has fine-grained access control',
  severity: 'high',
  criteria: { direct: ['CC6.3'], supporting: ['CC6.1'] },
  rationale: 'Without roles inside the domain whoever may use it may read and delete every index.',
  remediation: { construct: 'SecureSearchDomain', l2: 'fineGrainedAccessControl', cfn: 'AdvancedSecurityOptions: { Enabled: true }' },
  configRule: 'OPENSEARCH_ACCESS_CONTROL_ENABLED',
  sources: ['Amazon OpenSearch Service developer guide, "Fine-grained access control"'],
  check: (domain) => all(
    domain.get('AdvancedSecurityOptions.Enabled').isTrue(),
    not(domain.get('AdvancedSecurityOptions.AnonymousAuthEnabled').isTrue(), 'anonymous access is on'),
  ),
});

export const noAnonymousPolicy = rule({
  id: 'OpenSearch.NoAnonymousPolicy',
  resourceTypes: DOMAIN,
  title: 'Access policy does not admit everyone',
  severity: 'critical',
  criteria: { direct: ['CC6.1', 'CC6.6'] },
  rationale: 'A public domain whose policy allows everyone, with no users inside, can be read and emptied by anybody on the internet.',
  remediation: { l2: 'accessPolicies with named principals', cfn: 'AccessPolicies whose Allow statements name their principals or bind them by aws:SourceIp' },
  nagRules: ['OpenSearchNoUnsignedOrAnonymousAccess'],
  sources: [
    'Amazon OpenSearch Service developer guide, "Identity and Access Management": open policies are for domains in a VPC or with fine-grained access control',
  ],
  check: (domain) => applies(domain.get('AccessPolicies').isPresent(), 'it has no access policy, so nobody is let in', () => not(
    all(
      domain.get('AccessPolicies').policy().allowsEveryone(),
      not(inVpcOptions(domain), 'it lies in a VPC'),
      not(domain.get('AdvancedSecurityOptions.Enabled').isTrue(), 'it has fine-grained access control'),
    ),
    'the access policy allows everyone, and the domain is public',
  )),
});

export const auditLogs = rule({
  id: 'OpenSearch.AuditLogs',
  resourceTypes: DOMAIN,
  title: 'Audit logs are published',
  severity: 'medium',
  criteria: { direct: ['CC7.2'], supporting: ['CC7.3'] },
  rationale: 'The audit log shows who signed in and which documents they asked for.',
  remediation: { construct: 'SecureSearchDomain', l2: 'logging: { auditLogEnabled: true }', cfn: 'LogPublishingOptions: { AUDIT_LOGS: { Enabled: true, CloudWatchLogsLogGroupArn } }' },
  configRule: 'OPENSEARCH_AUDIT_LOGGING_ENABLED',
  sources: ['Amazon OpenSearch Service developer guide, "Monitoring audit logs"'],
  check: (domain) => domain.get('LogPublishingOptions.AUDIT_LOGS.Enabled').isTrue().because('audit logs are not published'),
});

export const errorLogs = rule({
  id: 'OpenSearch.ErrorLogs',
  resourceTypes: DOMAIN,
  title: 'Error logs are published',
  severity: 'low',
  criteria: { direct: ['CC7.2'] },
  rationale: 'Errors and warnings of the engine exist only while they are published.',
  remediation: { construct: 'SecureSearchDomain', l2: 'logging: { appLogEnabled: true }', cfn: 'LogPublishingOptions: { ES_APPLICATION_LOGS: { Enabled: true, CloudWatchLogsLogGroupArn } }' },
  configRule: 'OPENSEARCH_LOGS_TO_CLOUDWATCH',
  nagRules: ['OpenSearchErrorLogsToCloudWatch'],
  sources: ['Amazon OpenSearch Service developer guide, "Monitoring logs with CloudWatch Logs"'],
  check: (domain) => domain.get('LogPublishingOptions.ES_APPLICATION_LOGS.Enabled').isTrue().because('error logs are not published'),
});

export const slowLogs = rule({
  id: 'OpenSearch.SlowLogs',
  resourceTypes: DOMAIN,
  title: 'Slow logs are published',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC7.2', 'A1.1'] },
  rationale: 'Slow logs help to tune searches; they are hardly a safeguard.',
  remediation: { construct: 'SecureSearchDomain', l2: 'logging: { slowSearchLogEnabled: true, slowIndexLogEnabled: true }', cfn: 'LogPublishingOptions: SEARCH_SLOW_LOGS and INDEX_SLOW_LOGS' },
  nagRules: ['OpenSearchSlowLogsToCloudWatch'],
  sources: ['Amazon OpenSearch Service developer guide, "Monitoring logs with CloudWatch Logs"'],
  onByDefault: false,
  check: (domain) => all(
    ...['SEARCH_SLOW_LOGS', 'INDEX_SLOW_LOGS'].map((log) => domain.get(`LogPublishingOptions.${log}.Enabled`).isTrue().because(`${log} are not published`)),
  ),
});

export const multiAz = rule({
  id: 'OpenSearch.MultiAZ',
  resourceTypes: DOMAIN,
  title: 'Data nodes are spread over zones',
  severity: 'medium',
  criteria: { direct: ['A1.2'], supporting: ['CC9.1'] },
  rationale: 'With all nodes in one zone the domain is down, and unreplicated data lost, with the zone.',
  remediation: {
    construct: 'SecureSearchDomain',
    l2: 'zoneAwareness: { availabilityZoneCount: 3 }, capacity: { dataNodes: 3 }',
    cfn: 'ZoneAwarenessEnabled: true and InstanceCount of 2 or more',
  },
  configRule: 'OPENSEARCH_DATA_NODE_FAULT_TOLERANCE',
  nagRules: ['OpenSearchZoneAwareness'],
  sources: ['Amazon OpenSearch Service developer guide, "Configuring a multi-AZ domain"'],
  check: (domain) => any([
    all(nodes(domain, 'ZoneAwarenessEnabled').isTrue(), nodes(domain, 'InstanceCount').atLeast(2)),
    nodes(domain, 'MultiAZWithStandbyEnabled').isTrue(),
  ]).because('the data nodes are not spread over zones'),
});

export const dedicatedMasters = rule({
  id: 'OpenSearch.DedicatedMasters',
  resourceTypes: DOMAIN,
  title: 'Three dedicated nodes manage the cluster',
  severity: 'low',
  criteria: { direct: ['A1.2'] },
  rationale: 'Dedicated managers keep a large domain stable under load. Small domains do without, so this is a choice.',
  remediation: { construct: 'SecureSearchDomain', l2: 'capacity: { masterNodes: 3 }', cfn: 'DedicatedMasterEnabled: true and DedicatedMasterCount: 3' },
  configRule: 'OPENSEARCH_PRIMARY_NODE_FAULT_TOLERANCE',
  nagRules: ['OpenSearchDedicatedMasterNode'],
  sources: ['Amazon OpenSearch Service developer guide, "Dedicated master nodes"'],
  onByDefault: false,
  check: (domain) => all(nodes(domain, 'DedicatedMasterEnabled').isTrue(), nodes(domain, 'DedicatedMasterCount').atLeast(3)),
});

export const autoSoftwareUpdate = rule({
  id: 'OpenSearch.AutoSoftwareUpdate',
  resourceTypes: ['AWS::OpenSearchService::Domain'],
  title: 'Service software is updated automatically',
  severity: 'low',
  criteria: { direct: ['CC7.1'] },
  rationale: 'Service software updates carry security fixes; automatic ones come in the off-peak window instead of when AWS forces them.',
  remediation: { construct: 'SecureSearchDomain', l2: 'enableAutoSoftwareUpdate: true', cfn: 'SoftwareUpdateOptions: { AutoSoftwareUpdateEnabled: true }' },
  configRule: 'OPENSEARCH_UPDATE_CHECK',
  sources: ['Amazon OpenSearch Service developer guide, "Service software updates"'],
  onByDefault: false,
  check: (domain) => domain.get('SoftwareUpdateOptions.AutoSoftwareUpdateEnabled').isTrue(),
});
