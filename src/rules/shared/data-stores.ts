/**
 * Resources that keep data of the organization, so that somebody should know how sensitive it is. What only passes data on or is made anew from
 * it (a cache in front of a database, a search index) keeps it too. Volumes of single instances and images are left out: they hold what runs there.
 */
export const DATA_STORES: ReadonlySet<string> = new Set([
  'AWS::AmazonMQ::Broker', 'AWS::Backup::BackupVault', 'AWS::Cassandra::Table', 'AWS::Cognito::UserPool', 'AWS::DAX::Cluster', 'AWS::DSQL::Cluster',
  'AWS::DocDB::DBCluster', 'AWS::DocDBElastic::Cluster', 'AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table', 'AWS::EFS::FileSystem',
  'AWS::ElastiCache::CacheCluster', 'AWS::ElastiCache::ReplicationGroup', 'AWS::ElastiCache::ServerlessCache', 'AWS::Elasticsearch::Domain', 'AWS::FSx::FileSystem',
  'AWS::HealthLake::FHIRDatastore', 'AWS::Kendra::Index', 'AWS::Kinesis::Stream', 'AWS::Lightsail::Bucket', 'AWS::Logs::LogGroup', 'AWS::MSK::Cluster',
  'AWS::MSK::ServerlessCluster', 'AWS::MemoryDB::Cluster', 'AWS::Neptune::DBCluster', 'AWS::NeptuneGraph::Graph', 'AWS::OpenSearchServerless::Collection',
  'AWS::OpenSearchService::Domain', 'AWS::RDS::DBCluster', 'AWS::RDS::DBInstance', 'AWS::RDS::GlobalCluster', 'AWS::Redshift::Cluster',
  'AWS::RedshiftServerless::Namespace', 'AWS::S3::Bucket', 'AWS::S3Express::DirectoryBucket', 'AWS::S3Tables::TableBucket', 'AWS::S3Vectors::VectorBucket',
  'AWS::SQS::Queue', 'AWS::SecretsManager::Secret', 'AWS::Serverless::SimpleTable', 'AWS::Timestream::InfluxDBInstance', 'AWS::Timestream::Table',
]);
