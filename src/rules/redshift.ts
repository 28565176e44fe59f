import { awsDefaults } from './aws-defaults';
import { all, any, Evaluation, not, Property, ResourceReader, rule, Truth } from './kernel';
import { withDefault } from './shared/own-default';
import { ownKey } from './shared/own-key';

const CLUSTER = ['AWS::Redshift::Cluster'];
const PARAMETERS = 'AWS::Redshift::ClusterParameterGroup';
const WORKGROUP = 'AWS::RedshiftServerless::Workgroup';
const NAMESPACE = 'AWS::RedshiftServerless::Namespace';

export const encrypted = rule({
  id: 'Redshift.Encrypted',
  resourceTypes: CLUSTER,
  title: 'Warehouse cluster states that it is encrypted',
  severity: 'high',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'Clusters made before January 2025 are unencrypted unless it was asked for, so only a stated setting shows that the data and its snapshots are unreadable without the key.',
  remediation: { construct: 'SecureWarehouse', l2: 'encrypted: true', cfn: 'Encrypted: true' },
  configRule: 'REDSHIFT_CLUSTER_CONFIGURATION_CHECK',
  nagRules: ['RedshiftClusterEncryptionAtRest'],
  sources: ['AWS::Redshift::Cluster, Encrypted', 'Amazon Redshift management guide, "Behavior changes": default encryption of new clusters'],
  check: (cluster) => {
    const setting = cluster.get('Encrypted');
    const restored = any(['SnapshotIdentifier', 'SnapshotArn'].map((name) => cluster.get(name).isPresent()));
    return setting.missing && !restored.no ? Truth.unknown('the cluster is restored from a snapshot, whose encryption it inherits') : setting.isTrue();
  },
});

export const customerKey = rule({
  id: 'Redshift.CustomerKey',
  resourceTypes: [...CLUSTER, NAMESPACE],
  title: 'Warehouse is encrypted with a KMS key of the organization',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'A key of one\'s own has a policy, rotation and an audit trail that the organization decides; keys of the service have none.',
  remediation: { construct: 'SecureWarehouse', l2: 'encryptionKey', cfn: 'KmsKeyId' },
  configRule: 'REDSHIFT_CLUSTER_KMS_ENABLED',
  sources: ['Amazon Redshift management guide, "Amazon Redshift database encryption"'],
  onByDefault: false,
  check: (cluster) => all(ownKey(cluster.get('KmsKeyId'), 'redshift'), not(cluster.get('Encrypted').isFalse(), 'Encrypted is false: no key is used')),
});

export const notPublic = rule({
  id: 'Redshift.NotPublic',
  resourceTypes: [...CLUSTER, WORKGROUP],
  title: 'Warehouse has no public address',
  severity: 'critical',
  criteria: { direct: ['CC6.6'], supporting: ['CC6.1'] },
  rationale: 'A warehouse with a public address is one security-group rule away from the whole internet.',
  remediation: { construct: 'SecureWarehouse', l2: 'publiclyAccessible: false', cfn: 'PubliclyAccessible: false' },
  configRule: 'REDSHIFT_CLUSTER_PUBLIC_ACCESS_CHECK',
  nagRules: ['RedshiftClusterPublicAccess'],
  sources: ['AWS::Redshift::Cluster and AWS::RedshiftServerless::Workgroup, PubliclyAccessible: false by default'],
  check: (cluster) => withDefault(cluster, 'PubliclyAccessible').isFalse().because('the warehouse gets a public address'),
});

export const auditLogging = rule({
  id: 'Redshift.AuditLogging',
  resourceTypes: CLUSTER,
  title: 'Audit logs are kept',
  severity: 'medium',
  criteria: { direct: ['CC7.2'], supporting: ['CC7.3'] },
  rationale: 'The audit log shows connections, sign-ins and changes of users; without it nobody can tell who read the warehouse.',
  remediation: { construct: 'SecureWarehouse', l2: 'loggingProperties: { loggingBucket }', cfn: 'LoggingProperties with a BucketName, or LogDestinationType: cloudwatch' },
  configRule: 'REDSHIFT_AUDIT_LOGGING_ENABLED',
  nagRules: ['RedshiftClusterAuditLogging'],
  sources: ['Amazon Redshift management guide, "Database audit logging": to Amazon S3 or CloudWatch'],
  check: (cluster) => any([
    cluster.get('LoggingProperties.BucketName').isPresent(), cluster.get('LoggingProperties.LogDestinationType').matches(/^cloudwatch$/i, 'cloudwatch'),
  ]).because('audit logging is off'),
});

/** The value of a parameter in a list of `{ParameterName, ParameterValue}` or `{ParameterKey, ParameterValue}`. */
function parameterIs(list: Property, name: string, test: (value: Property) => Truth): Truth {
  return list.some((item) => all(any([item.get('ParameterName').is(name), item.get('ParameterKey').is(name)]), test(item.get('ParameterValue'))));
}

export const requireTls = rule({
  id: 'Redshift.TlsRequired',
  resourceTypes: [PARAMETERS, WORKGROUP, ...CLUSTER],
  title: 'Warehouse refuses connections without TLS',
  severity: 'high',
  criteria: { direct: ['CC6.7'] },
  rationale: 'Clients may connect without TLS until the parameter requires it, so passwords and query results may travel in the clear.',
  remediation: { construct: 'SecureWarehouse', l2: 'parameters: { require_ssl: \'true\' }', cfn: 'Parameters (ConfigParameters) with require_ssl = true' },
  configRule: 'REDSHIFT_REQUIRE_TLS_SSL',
  nagRules: ['RedshiftRequireTlsSSL'],
  sources: [
    'Amazon Redshift management guide, "Configuring security options for connections": require_ssl',
    'Amazon Redshift management guide, "Behavior changes": new clusters have the group default.redshift-2.0 since January 2025, which requires TLS',
  ],
  check: (resource, model) => {
    if (CLUSTER.includes(resource.type)) return groupRequiresTls(resource, model);
    const parameters = resource.get(resource.type === WORKGROUP ? 'ConfigParameters' : 'Parameters');
    return parameterIs(parameters, 'require_ssl', (value) => value.isTrue()).because('require_ssl is not true');
  },
});

/** The cluster's parameter group: one of the templates is judged by itself, and nobody can change the default ones. */
function groupRequiresTls(cluster: ResourceReader, model: Evaluation): Truth {
  const name = cluster.get('ClusterParameterGroupName').seen();
  // When a cluster was made, a template does not say: absent proves nothing, as with Redshift.Encrypted.
  if (name.missing) return Truth.no('no parameter group is named: only clusters made since January 2025 then require TLS');
  if (model.ofType(PARAMETERS).some((group) => name.names(group).yes)) return Truth.skip('its parameter group is judged');
  if (name.is('default.redshift-2.0').yes) return Truth.YES;
  return name.is('default.redshift-1.0').yes ? Truth.no('the parameter group default.redshift-1.0 accepts connections without TLS')
    : Truth.unknown('the parameter group is not among the templates given');
}

export const userActivityLogging = rule({
  id: 'Redshift.UserActivityLogging',
  resourceTypes: [PARAMETERS, NAMESPACE],
  title: 'Queries are part of the audit log',
  severity: 'low',
  criteria: { direct: ['CC7.2'], supporting: ['CC7.3'] },
  rationale: 'The audit log leaves out the text of queries unless this parameter is on, and then it cannot be said what was read.',
  remediation: {
    construct: 'SecureWarehouse',
    l2: 'parameters: { enable_user_activity_logging: \'true\' }',
    cfn: 'Parameters with enable_user_activity_logging = true, or useractivitylog in the LogExports of a namespace',
  },
  nagRules: ['RedshiftClusterUserActivityLogging'],
  sources: ['Amazon Redshift management guide, "Database audit logging"'],
  check: (resource) => (resource.type === NAMESPACE
    ? resource.get('LogExports').some((log) => log.is('useractivitylog')).because('useractivitylog is not exported')
    : parameterIs(resource.get('Parameters'), 'enable_user_activity_logging', (value) => value.isTrue()).because('enable_user_activity_logging is not true')),
});

export const serverlessLogs = rule({
  id: 'Redshift.ServerlessLogs',
  resourceTypes: [NAMESPACE],
  title: 'Serverless warehouse exports its logs',
  severity: 'medium',
  criteria: { direct: ['CC7.2'], supporting: ['CC7.3'] },
  rationale: 'The logs show connections and changes of users; without them nobody can tell who read the warehouse.',
  remediation: { cfn: 'LogExports: [userlog, connectionlog, useractivitylog]' },
  configRule: 'REDSHIFT_SERVERLESS_PUBLISH_LOGS_TO_CLOUDWATCH',
  sources: ['AWS::RedshiftServerless::Namespace, LogExports'],
  check: (namespace) => all(
    ...['userlog', 'connectionlog'].map((log) => namespace.get('LogExports').some((item) => item.is(log)).because(`${log} is not exported`)),
  ),
});

export const automatedSnapshots = rule({
  id: 'Redshift.AutomatedSnapshots',
  resourceTypes: CLUSTER,
  title: 'Automated snapshots are on',
  severity: 'high',
  criteria: { direct: ['A1.2'], supporting: ['CC7.5'] },
  rationale: 'Automated snapshots are what a lost or corrupted warehouse is rebuilt from.',
  remediation: { construct: 'SecureWarehouse', cfn: 'AutomatedSnapshotRetentionPeriod above 0' },
  configRule: 'REDSHIFT_BACKUP_ENABLED',
  nagRules: ['RedshiftBackupEnabled'],
  sources: ['AWS::Redshift::Cluster, AutomatedSnapshotRetentionPeriod: default 1, 0 turns snapshots off'],
  check: (cluster) => withDefault(cluster, 'AutomatedSnapshotRetentionPeriod').atLeast(1),
});

export const snapshotRetention = rule({
  id: 'Redshift.SnapshotRetention',
  resourceTypes: CLUSTER,
  title: 'Automated snapshots are kept for a week or more',
  severity: 'medium',
  criteria: { direct: ['A1.2'], supporting: ['CC7.5'] },
  rationale: 'Damage is often noticed days later; a snapshot of yesterday then holds the damage too.',
  remediation: { construct: 'SecureWarehouse', cfn: 'AutomatedSnapshotRetentionPeriod of 7 or more' },
  configRule: 'REDSHIFT_BACKUP_ENABLED',
  sources: ['AWS Security Hub Redshift.3: at least 7 days'],
  check: (cluster) => withDefault(cluster, 'AutomatedSnapshotRetentionPeriod').atLeast(7),
});

export const versionUpgrade = rule({
  id: 'Redshift.VersionUpgrade',
  resourceTypes: CLUSTER,
  title: 'Engine upgrades are installed automatically',
  severity: 'medium',
  criteria: { direct: ['CC7.1'] },
  rationale: 'Engine upgrades carry security fixes; holding them back keeps known holes open.',
  remediation: { construct: 'SecureWarehouse', cfn: 'AllowVersionUpgrade: true' },
  configRule: 'REDSHIFT_CLUSTER_MAINTENANCESETTINGS_CHECK',
  nagRules: ['RedshiftClusterVersionUpgrade', 'RedshiftClusterMaintenanceSettings'],
  sources: ['AWS::Redshift::Cluster, AllowVersionUpgrade: true by default'],
  check: (cluster) => cluster.get('AllowVersionUpgrade').awsDefault(awsDefaults['AWS::Redshift::Cluster.AllowVersionUpgrade']).isTrue(),
});

export const maintenanceWindow = rule({
  id: 'Redshift.MaintenanceWindow',
  resourceTypes: CLUSTER,
  title: 'Maintenance has a window that was chosen',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC7.1', 'CC8.1'] },
  rationale: 'With a chosen window people know when patches restart the cluster; AWS picks a random one otherwise, which still gets the patches in.',
  remediation: { cfn: 'PreferredMaintenanceWindow' },
  configRule: 'REDSHIFT_CLUSTER_MAINTENANCESETTINGS_CHECK',
  nagRules: ['RedshiftClusterMaintenanceSettings'],
  sources: ['AWS::Redshift::Cluster, PreferredMaintenanceWindow: a random one by default'],
  onByDefault: false,
  check: (cluster) => cluster.get('PreferredMaintenanceWindow').isPresent(),
});

export const enhancedVpcRouting = rule({
  id: 'Redshift.EnhancedVpcRouting',
  resourceTypes: [...CLUSTER, WORKGROUP],
  title: 'COPY and UNLOAD traffic stays in the VPC',
  severity: 'medium',
  criteria: { direct: ['CC6.6'], supporting: ['CC6.7'] },
  rationale: 'Bulk copies of data out of the warehouse pass the network controls of the VPC only with this routing.',
  remediation: { construct: 'SecureWarehouse', l2: 'enhancedVpcRouting: true', cfn: 'EnhancedVpcRouting: true' },
  configRule: 'REDSHIFT_ENHANCED_VPC_ROUTING_ENABLED',
  nagRules: ['RedshiftEnhancedVPCRoutingEnabled'],
  sources: ['Amazon Redshift management guide, "Controlling network traffic with Redshift enhanced VPC routing": off by default'],
  check: (cluster) => cluster.get('EnhancedVpcRouting').isTrue(),
});

export const inVpc = rule({
  id: 'Redshift.InVpc',
  resourceTypes: CLUSTER,
  title: 'Cluster names its subnets',
  severity: 'medium',
  criteria: { direct: ['CC6.6'] },
  rationale: 'Without a subnet group the cluster lands in the default VPC, whose subnets are public.',
  remediation: { construct: 'SecureWarehouse', l2: 'subnetGroup', cfn: 'ClusterSubnetGroupName' },
  nagRules: ['RedshiftClusterInVPC'],
  sources: ['AWS::Redshift::Cluster, ClusterSubnetGroupName'],
  check: (cluster) => cluster.get('ClusterSubnetGroupName').isPresent(),
});

export const managedPassword = rule({
  id: 'Redshift.ManagedPassword',
  resourceTypes: [...CLUSTER, NAMESPACE],
  title: 'Administrator password is kept by Secrets Manager',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['CC6.2'] },
  rationale: 'A password that Secrets Manager makes and rotates is known to nobody. A hidden parameter keeps it out of the template, but somebody typed it and nobody rotates it.',
  remediation: { construct: 'SecureWarehouse', l2: 'masterUser without a masterPassword', cfn: 'ManageMasterPassword (ManageAdminPassword): true' },
  sources: ['Amazon Redshift management guide, "Managing Amazon Redshift admin passwords using AWS Secrets Manager"'],
  onByDefault: false,
  check: (cluster) => cluster.get(cluster.type === NAMESPACE ? 'ManageAdminPassword' : 'ManageMasterPassword').isTrue(),
});

export const nonDefaultUsername = rule({
  id: 'Redshift.NonDefaultUsername',
  resourceTypes: [...CLUSTER, NAMESPACE],
  title: 'Administrator does not bear the default name',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC6.1'] },
  rationale: 'Guessing a password needs a user name, and the default name saves the guess. Weak next to network and password controls.',
  remediation: { construct: 'SecureWarehouse', l2: 'masterUser: { masterUsername }', cfn: 'MasterUsername other than awsuser, AdminUsername other than admin' },
  configRule: 'REDSHIFT_DEFAULT_ADMIN_CHECK',
  nagRules: ['RedshiftClusterNonDefaultUsername'],
  sources: ['AWS Config, redshift-default-admin-check: awsuser', 'AWS Config, redshift-serverless-default-admin-check: admin'],
  onByDefault: false,
  check: (warehouse) => (warehouse.type === NAMESPACE
    ? warehouse.get('AdminUsername').awsDefault(awsDefaults['AWS::RedshiftServerless::Namespace.AdminUsername']).isNot('admin')
    : warehouse.get('MasterUsername').isNot('awsuser')),
});

export const nonDefaultPort = rule({
  id: 'Redshift.NonDefaultPort',
  resourceTypes: CLUSTER,
  title: 'Cluster does not listen on port 5439',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC6.6'] },
  rationale: 'Another port hides a cluster from careless scans only; whoever can reach it finds it. Network rules are the control.',
  remediation: { l2: 'port', cfn: 'Port other than the usual one' },
  nagRules: ['RedshiftClusterNonDefaultPort'],
  sources: ['AWS::Redshift::Cluster, Port: 5439 by default'],
  onByDefault: false,
  check: (cluster) => cluster.get('Port').awsDefault(awsDefaults['AWS::Redshift::Cluster.Port']).isNot(5439),
});

export const multiAz = rule({
  id: 'Redshift.MultiAZ',
  resourceTypes: CLUSTER,
  title: 'Cluster spans two zones',
  severity: 'low',
  criteria: { direct: ['A1.2'], supporting: ['CC9.1'] },
  rationale: 'A cluster in one zone is down with the zone. Only RA3 nodes can span two, and many warehouses may wait for a restore, so this is a choice.',
  remediation: { construct: 'SecureWarehouse', l2: 'multiAz: true', cfn: 'MultiAZ: true' },
  configRule: 'REDSHIFT_CLUSTER_MULTI_AZ_ENABLED',
  sources: ['AWS::Redshift::Cluster, MultiAZ: false by default'],
  onByDefault: false,
  check: (cluster) => cluster.get('MultiAZ').isTrue(),
});
