import type { AwsDefault } from '../kernel';

const READ = '2026-11';
const S3_GUIDE = 'Amazon S3 user guide';
const FSX_API = 'Amazon FSx API reference';

export const storage = {
  // S3 encrypts what is put into old buckets too, so the date says nothing of when a bucket was made.
  'AWS::S3::Bucket.BucketEncryption.ServerSideEncryptionConfiguration': {
    value: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
    source: `${S3_GUIDE}, "Amazon S3 now automatically encrypts all new objects"`,
    since: '2023-01-05',
    read: READ,
  },
  'AWS::S3::Bucket.BucketEncryption.ServerSideEncryptionConfiguration.ServerSideEncryptionByDefault.SSEAlgorithm': {
    value: 'AES256', source: `${S3_GUIDE}, "Amazon S3 now automatically encrypts all new objects"`, since: '2023-01-05', read: READ,
  },
  'AWS::S3::AccessPoint.PublicAccessBlockConfiguration': {
    value: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
    source: `${S3_GUIDE}, "Managing public access to access points": all settings are on by default`,
    read: READ,
  },
  'AWS::EFS::FileSystem.BackupPolicy.Status': {
    value: 'ENABLED', source: 'Amazon EFS API reference, CreateFileSystem, Backup: true for One Zone file systems, else false', read: READ,
  },
  'AWS::EFS::AccessPoint.RootDirectory.Path': { value: '/', source: 'AWS::EFS::AccessPoint RootDirectory', read: READ },
  'AWS::FSx::FileSystem.WindowsConfiguration.AutomaticBackupRetentionDays': {
    value: 30, source: `AWS::FSx::FileSystem WindowsConfiguration; ${FSX_API}, CreateFileSystemWindowsConfiguration`, read: READ,
  },
  'AWS::FSx::FileSystem.OntapConfiguration.AutomaticBackupRetentionDays': {
    value: 30, source: `AWS::FSx::FileSystem OntapConfiguration; ${FSX_API}, CreateFileSystemOntapConfiguration`, read: READ,
  },
  'AWS::FSx::FileSystem.OpenZFSConfiguration.AutomaticBackupRetentionDays': {
    value: 30, source: `AWS::FSx::FileSystem OpenZFSConfiguration; ${FSX_API}, CreateFileSystemOpenZFSConfiguration`, read: READ,
  },
  'AWS::FSx::FileSystem.LustreConfiguration.AutomaticBackupRetentionDays': { value: 0, source: 'AWS::FSx::FileSystem LustreConfiguration', read: READ },
  'AWS::FSx::FileSystem.LustreConfiguration.DeploymentType': { value: 'SCRATCH_1', source: 'AWS::FSx::FileSystem LustreConfiguration', read: READ },
  'AWS::FSx::FileSystem.WindowsConfiguration.DeploymentType': { value: 'SINGLE_AZ_1', source: 'AWS::FSx::FileSystem WindowsConfiguration', read: READ },
  'AWS::DLM::LifecyclePolicy.RetainInterval': { value: 7, source: 'AWS::DLM::LifecyclePolicy, RetainInterval of a default policy', read: READ },
  'AWS::Backup::BackupPlan.BackupPlan.BackupPlanRule.ScheduleExpression': {
    value: 'cron(0 5 ? * * *)', source: 'AWS Backup developer guide, "Backup plan options and configuration": daily at 05:00 UTC', read: READ,
  },
  'AWS::Kinesis::Stream.RetentionPeriodHours': { value: 24, source: 'AWS::Kinesis::Stream', read: READ },
  'AWS::Kinesis::Stream.StreamModeDetails.StreamMode': { value: 'PROVISIONED', source: 'AWS::Kinesis::Stream', read: READ },
  'AWS::KinesisVideo::Stream.DataRetentionInHours': { value: 0, source: 'Amazon Kinesis Video Streams API reference, CreateStream', read: READ },
  'AWS::KinesisFirehose::DeliveryStream.DeliveryStreamType': { value: 'DirectPut', source: 'Amazon Data Firehose API reference, CreateDeliveryStream', read: READ },
  'AWS::KinesisAnalyticsV2::Application.ApplicationConfiguration.FlinkApplicationConfiguration.CheckpointConfiguration.ConfigurationType': {
    value: 'DEFAULT', source: 'Managed Service for Apache Flink developer guide, "Implement fault tolerance": checkpointing is on by default', read: READ,
  },
  'AWS::MSK::Cluster.EncryptionInfo.EncryptionInTransit.ClientBroker': { value: 'TLS', source: 'AWS::MSK::Cluster EncryptionInTransit', read: READ },
  'AWS::MSK::Cluster.EncryptionInfo.EncryptionInTransit.InCluster': { value: true, source: 'AWS::MSK::Cluster EncryptionInTransit', read: READ },
  'AWS::MSK::Cluster.BrokerNodeGroupInfo.ConnectivityInfo.PublicAccess.Type': { value: 'DISABLED', source: 'AWS::MSK::Cluster PublicAccess', read: READ },
  'AWS::DMS::ReplicationInstance.PubliclyAccessible': { value: true, source: 'AWS::DMS::ReplicationInstance', read: READ },
  'AWS::DMS::ReplicationInstance.AutoMinorVersionUpgrade': { value: true, source: 'AWS::DMS::ReplicationInstance', read: READ },
  'AWS::DMS::Endpoint.SslMode': { value: 'none', source: 'AWS::DMS::Endpoint', read: READ },
  'AWS::DMS::Endpoint.RedisSettings.SslSecurityProtocol': { value: 'ssl-encryption', source: 'AWS::DMS::Endpoint RedisSettings', read: READ },
  'AWS::DataSync::Task.Options.VerifyMode': {
    value: 'POINT_IN_TIME_CONSISTENT', source: 'AWS DataSync API reference, Options: of tasks in Basic mode', read: READ,
  },
  // Not a property of its own: the same one, of tasks in Enhanced mode.
  'AWS::DataSync::Task.Options.VerifyMode.ENHANCED': {
    value: 'ONLY_FILES_TRANSFERRED', source: 'AWS DataSync API reference, Options: of tasks in Enhanced mode', read: READ,
  },
  'AWS::RDS::DBInstance.DeletionPolicy': {
    value: 'Snapshot', source: 'CloudFormation user guide, "DeletionPolicy attribute": of an instance that belongs to no cluster', read: READ,
  },
  'AWS::RDS::DBCluster.DeletionPolicy': { value: 'Snapshot', source: 'CloudFormation user guide, "DeletionPolicy attribute"', read: READ },
} as const satisfies Readonly<Record<string, AwsDefault>>;
