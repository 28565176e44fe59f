import type { AwsDefault } from '../kernel';

const read = '2026-11';
const RDS = 'Amazon RDS API reference, CreateDBInstance';
const CLUSTER = 'Amazon RDS API reference, CreateDBCluster';
const POSTGRES_TLS = 'Amazon RDS user guide, "Using SSL with a PostgreSQL DB instance": from version 15 on';
const ELASTICACHE = 'Amazon ElastiCache API reference';
const MEMORYDB = 'Amazon MemoryDB developer guide, "In-transit encryption (TLS)"';

export const database = {
  'AWS::DAX::Cluster.ClusterEndpointEncryptionType': { value: 'NONE', source: 'AWS::DAX::Cluster', read },
  'AWS::DocDB::DBCluster.BackupRetentionPeriod': { value: 1, source: 'AWS::DocDB::DBCluster', read },
  'AWS::DocDB::DBClusterParameterGroup.Parameters.tls': {
    value: 'enabled', source: 'Amazon DocumentDB developer guide, "Managing Amazon DocumentDB cluster TLS settings"', read,
  },
  'AWS::DocDB::DBInstance.CACertificateIdentifier': {
    value: 'rds-ca-rsa2048-g1', source: 'Amazon DocumentDB developer guide, "Updating your Amazon DocumentDB TLS certificates"', read,
  },
  'AWS::DynamoDB::GlobalTable.BillingMode': { value: 'PROVISIONED', source: 'AWS::DynamoDB::GlobalTable, BillingMode', read },
  'AWS::DynamoDB::Table.BillingMode': { value: 'PROVISIONED', source: 'AWS::DynamoDB::Table, BillingMode', read },
  'AWS::ElastiCache::CacheCluster.SnapshotRetentionLimit': { value: 0, source: 'AWS::ElastiCache::CacheCluster', read },
  'AWS::ElastiCache::ReplicationGroup.SnapshotRetentionLimit': { value: 0, source: 'AWS::ElastiCache::ReplicationGroup', read },
  'AWS::ElastiCache::ServerlessCache.SnapshotRetentionLimit': { value: 0, source: `${ELASTICACHE}, CreateServerlessCache` },
  'AWS::Elasticsearch::Domain.ElasticsearchClusterConfig.InstanceCount': { value: 1, source: 'AWS::Elasticsearch::Domain ElasticsearchClusterConfig', read },
  'AWS::MemoryDB::Cluster.NumReplicasPerShard': { value: 1, source: 'AWS::MemoryDB::Cluster', read },
  'AWS::MemoryDB::Cluster.TLSEnabled': { value: true, source: MEMORYDB, read },
  'AWS::MemoryDB::MultiRegionCluster.TLSEnabled': { value: true, source: MEMORYDB },
  'AWS::Neptune::DBCluster.BackupRetentionPeriod': { value: 1, source: 'AWS::Neptune::DBCluster', read },
  'AWS::Neptune::DBInstance.AutoMinorVersionUpgrade': { value: true, source: 'Amazon Neptune API reference, CreateDBInstance', read },
  'AWS::Neptune::DBInstance.PubliclyAccessible': { value: false, source: 'Amazon Neptune user guide, "Neptune public endpoints"', read },
  'AWS::NeptuneGraph::Graph.PublicConnectivity': { value: false, source: 'AWS::NeptuneGraph::Graph', read },
  'AWS::OpenSearchServerless::Collection.StandbyReplicas': { value: 'ENABLED', source: 'Amazon OpenSearch Serverless API reference, CreateCollection', read },
  'AWS::OpenSearchService::Domain.ClusterConfig.InstanceCount': { value: 1, source: 'AWS::OpenSearchService::Domain ClusterConfig', read },
  'AWS::RDS::DBCluster.AutoMinorVersionUpgrade': { value: true, source: 'AWS::RDS::DBCluster', read },
  'AWS::RDS::DBCluster.BackupRetentionPeriod': { value: 1, source: 'AWS::RDS::DBCluster', read },
  // Public in the default subnet group, which the rule asks about itself.
  'AWS::RDS::DBCluster.PubliclyAccessible': { value: false, source: `${CLUSTER}: in a subnet group of one's own`, read },
  'AWS::RDS::DBClusterParameterGroup.Parameters.rds.force_ssl': {
    value: 1, source: 'Amazon Aurora user guide, "Securing Aurora PostgreSQL data with SSL/TLS": from version 17 on', read,
  },
  'AWS::RDS::DBInstance.AutoMinorVersionUpgrade': { value: true, source: 'AWS::RDS::DBInstance', read },
  'AWS::RDS::DBInstance.BackupRetentionPeriod': { value: 1, source: 'AWS::RDS::DBInstance', read },
  'AWS::RDS::DBInstance.CACertificateIdentifier': { value: 'rds-ca-rsa2048-g1', source: 'Amazon RDS user guide, "Using SSL/TLS to encrypt a connection to a DB instance or cluster"', read },
  'AWS::RDS::DBInstance.PubliclyAccessible': { value: false, source: `${RDS}: in a subnet group of one's own, and of Aurora`, read },
  'AWS::RDS::DBParameterGroup.Parameters.rds.force_ssl': { value: 1, source: POSTGRES_TLS, read },
  'AWS::RDS::DBParameterGroup.Parameters.require_secure_transport': {
    value: 'ON', source: 'Amazon RDS user guide, "Requiring SSL/TLS for all connections to a MariaDB DB instance": from version 11.8 on', read,
  },
  'AWS::RDS::EventSubscription.Enabled': { value: true, source: 'AWS::RDS::EventSubscription', read },
  'AWS::Redshift::Cluster.AllowVersionUpgrade': { value: true, source: 'AWS::Redshift::Cluster', read },
  'AWS::Redshift::Cluster.AutomatedSnapshotRetentionPeriod': { value: 1, source: 'AWS::Redshift::Cluster', read },
  'AWS::Redshift::Cluster.Port': { value: 5439, source: 'AWS::Redshift::Cluster', read },
  'AWS::Redshift::Cluster.PubliclyAccessible': { value: false, source: 'AWS::Redshift::Cluster', read },
  'AWS::RedshiftServerless::Namespace.AdminUsername': { value: 'admin', source: 'AWS Config, redshift-serverless-default-admin-check', read },
  'AWS::RedshiftServerless::Workgroup.PubliclyAccessible': { value: false, source: 'AWS::RedshiftServerless::Workgroup', read },
  'AWS::Timestream::InfluxDBCluster.PubliclyAccessible': { value: false, source: 'AWS::Timestream::InfluxDBCluster', read },
  'AWS::Timestream::InfluxDBInstance.PubliclyAccessible': { value: false, source: 'AWS::Timestream::InfluxDBInstance', read },
} as const satisfies Readonly<Record<string, AwsDefault>>;
