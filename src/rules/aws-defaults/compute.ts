import type { AwsDefault } from '../kernel';

const REBALANCING = 'AWS::ECS::Service, AvailabilityZoneRebalancing: ENABLED where a create request says nothing';
const RUNNER = 'AWS App Runner developer guide, "Enabling Private endpoints for incoming traffic" and "Enabling VPC access for outgoing traffic"';
const LIGHTSAIL = 'Amazon Lightsail user guide, "Control access to Lightsail buckets and objects": all objects are private by default';

export const compute = {
  'AWS::AppRunner::Service.NetworkConfiguration.EgressConfiguration.EgressType': { value: 'DEFAULT', source: RUNNER },
  'AWS::AppRunner::Service.NetworkConfiguration.IngressConfiguration.IsPubliclyAccessible': { value: true, source: RUNNER },
  'AWS::AppStream::Fleet.EnableDefaultInternetAccess': {
    value: false, source: 'Amazon AppStream 2.0 administration guide, "Internet access": a fleet has none unless it is enabled',
  },
  'AWS::AutoScaling::LaunchConfiguration.InstanceMonitoring': { value: true, source: 'AWS::AutoScaling::LaunchConfiguration', read: '2026-11' },
  'AWS::CodeBuild::Project.Artifacts.EncryptionDisabled': { value: false, source: 'AWS::CodeBuild::Project Artifacts', read: '2026-11' },
  'AWS::CodeBuild::Project.Environment.EnvironmentVariables.Type': {
    value: 'PLAINTEXT', source: 'AWS::CodeBuild::Project EnvironmentVariable', read: '2026-11',
  },
  'AWS::CodeBuild::Project.Environment.PrivilegedMode': { value: false, source: 'AWS::CodeBuild::Project Environment', read: '2026-11' },
  'AWS::CodeBuild::Project.LogsConfig.CloudWatchLogs.Status': {
    value: 'ENABLED', source: 'AWS::CodeBuild::Project CloudWatchLogsConfig', read: '2026-11',
  },
  'AWS::CodeBuild::Project.LogsConfig.S3Logs.EncryptionDisabled': { value: false, source: 'AWS::CodeBuild::Project S3LogsConfig', read: '2026-11' },
  'AWS::CodeBuild::Project.Visibility': { value: 'PRIVATE', source: 'AWS CodeBuild API reference, ProjectVisibility', read: '2026-11' },
  'AWS::CodeBuild::ReportGroup.ExportConfig.S3Destination.EncryptionDisabled': {
    value: false, source: 'AWS::CodeBuild::ReportGroup S3ReportExportConfig', read: '2026-11',
  },
  'AWS::CodePipeline::Pipeline.Stages.Actions.RunOrder': {
    value: 1, source: 'AWS CodePipeline user guide, "Action declaration": runOrder is 1 by default', read: '2026-11',
  },
  'AWS::EC2::Instance.InstanceType': { value: 'm1.small', source: 'AWS::EC2::Instance', read: '2026-11' },
  'AWS::EC2::Instance.MetadataOptions.HttpPutResponseHopLimit': {
    value: 1, source: 'AWS::EC2::Instance MetadataOptions; 2 where the image asks for version 2 (Amazon EC2 user guide, "Instance metadata options")', read: '2026-11',
  },
  'AWS::EC2::Instance.SourceDestCheck': { value: true, source: 'AWS::EC2::Instance', read: '2026-11' },
  'AWS::ECR::Repository.EncryptionConfiguration.EncryptionType': {
    value: 'AES256', source: 'Amazon ECR user guide, "Encryption at rest"', read: '2026-11',
  },
  'AWS::ECR::Repository.ImageTagMutability': { value: 'MUTABLE', source: 'AWS::ECR::Repository', read: '2026-11' },
  'AWS::ECS::Cluster.Configuration.ExecuteCommandConfiguration.Logging': {
    value: 'DEFAULT', source: 'AWS::ECS::Cluster ExecuteCommandConfiguration', read: '2026-11',
  },
  'AWS::ECS::Service.AvailabilityZoneRebalancing': { value: 'ENABLED', source: REBALANCING, since: '2025-09', read: '2026-11' },
  'AWS::ECS::Service.DesiredCount': { value: 1, source: 'AWS::ECS::Service', read: '2026-11' },
  'AWS::ECS::Service.PlatformVersion': { value: 'LATEST', source: 'AWS::ECS::Service', read: '2026-11' },
  'AWS::EKS::Cluster.AccessConfig.BootstrapClusterCreatorAdminPermissions': { value: true, source: 'AWS::EKS::Cluster AccessConfig', read: '2026-11' },
  'AWS::EKS::Cluster.ResourcesVpcConfig.EndpointPublicAccess': {
    value: true, source: 'Amazon EKS user guide, "Cluster API server endpoint"', read: '2026-11',
  },
  'AWS::EKS::Cluster.ResourcesVpcConfig.PublicAccessCidrs': { value: ['0.0.0.0/0'], source: 'AWS::EKS::Cluster', read: '2026-11' },
  'AWS::ImageBuilder::InfrastructureConfiguration.InstanceMetadataOptions.HttpTokens': {
    value: 'optional', source: 'AWS::ImageBuilder::InfrastructureConfiguration InstanceMetadataOptions', read: '2026-11',
  },
  'AWS::Lambda::CodeSigningConfig.CodeSigningPolicies.UntrustedArtifactOnDeployment': {
    value: 'Warn', source: 'AWS::Lambda::CodeSigningConfig', read: '2026-11',
  },
  'AWS::Lambda::EventSourceMapping.MaximumBatchingWindowInSeconds': {
    value: 0, source: 'AWS::Lambda::EventSourceMapping: 0 for Amazon SQS event sources', read: '2026-11',
  },
  'AWS::Lambda::EventSourceMapping.MaximumRecordAgeInSeconds': {
    value: -1, source: 'AWS::Lambda::EventSourceMapping: without an end', read: '2026-11',
  },
  'AWS::Lambda::EventSourceMapping.MaximumRetryAttempts': { value: -1, source: 'AWS::Lambda::EventSourceMapping: without an end', read: '2026-11' },
  'AWS::Lambda::Function.LoggingConfig.LogFormat': {
    value: 'Text', source: 'AWS Lambda developer guide, "Configuring JSON and plain text log formats"', read: '2026-11',
  },
  'AWS::Lambda::Function.Timeout': { value: 3, source: 'AWS::Lambda::Function', read: '2026-11' },
  'AWS::Lightsail::Bucket.AccessRules.AllowPublicOverrides': { value: false, source: LIGHTSAIL },
  'AWS::Lightsail::Bucket.AccessRules.GetObject': { value: 'private', source: LIGHTSAIL },
  'AWS::SQS::Queue.VisibilityTimeout': { value: 30, source: 'AWS::SQS::Queue', read: '2026-11' },
} as const satisfies Readonly<Record<string, AwsDefault>>;
