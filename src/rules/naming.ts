import { rule, Truth } from './kernel';

/** The property by which a resource can be given a physical name, for types that CloudFormation names by itself otherwise. */
const NAMES: Readonly<Record<string, string>> = {
  'AWS::ApiGateway::ApiKey': 'Name',
  'AWS::AutoScaling::AutoScalingGroup': 'AutoScalingGroupName',
  'AWS::AutoScaling::LaunchConfiguration': 'LaunchConfigurationName',
  'AWS::ElasticBeanstalk::Application': 'ApplicationName', 'AWS::ElasticBeanstalk::Environment': 'EnvironmentName', 'AWS::CodePipeline::Pipeline': 'Name',
  'AWS::CodeBuild::Project': 'Name', 'AWS::SSM::Parameter': 'Name', 'AWS::EKS::Cluster': 'Name',
  'AWS::RDS::DBParameterGroup': 'DBParameterGroupName',
  'AWS::CloudWatch::Alarm': 'AlarmName', 'AWS::CodeDeploy::Application': 'ApplicationName', 'AWS::CodeDeploy::DeploymentConfig': 'DeploymentConfigName',
  'AWS::CodeDeploy::DeploymentGroup': 'DeploymentGroupName', 'AWS::DynamoDB::Table': 'TableName', 'AWS::EC2::LaunchTemplate': 'LaunchTemplateName',
  'AWS::EC2::SecurityGroup': 'GroupName', 'AWS::ECR::Repository': 'RepositoryName', 'AWS::ECS::Cluster': 'ClusterName', 'AWS::ECS::Service': 'ServiceName',
  'AWS::ElastiCache::CacheCluster': 'ClusterName',
  'AWS::ElastiCache::ReplicationGroup': 'ReplicationGroupId',
  'AWS::ElasticLoadBalancing::LoadBalancer': 'LoadBalancerName',
  'AWS::ElasticLoadBalancingV2::LoadBalancer': 'Name', 'AWS::ElasticLoadBalancingV2::TargetGroup': 'Name', 'AWS::Elasticsearch::Domain': 'DomainName',
  'AWS::Events::Rule': 'Name',
  'AWS::IAM::Group': 'GroupName',
  'AWS::IAM::InstanceProfile': 'InstanceProfileName',
  'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
  'AWS::IAM::Role': 'RoleName', 'AWS::IAM::User': 'UserName', 'AWS::Kinesis::Stream': 'Name', 'AWS::KinesisFirehose::DeliveryStream': 'DeliveryStreamName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::OpenSearchService::Domain': 'DomainName',
  'AWS::RDS::DBCluster': 'DBClusterIdentifier',
  'AWS::RDS::DBInstance': 'DBInstanceIdentifier',
  'AWS::RDS::DBSubnetGroup': 'DBSubnetGroupName',
  'AWS::Redshift::Cluster': 'ClusterIdentifier',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::SNS::Topic': 'TopicName', 'AWS::SQS::Queue': 'QueueName', 'AWS::SecretsManager::Secret': 'Name', 'AWS::Serverless::Function': 'FunctionName',
  'AWS::StepFunctions::StateMachine': 'StateMachineName',
};

export const generatedName = rule({
  id: 'Naming.GeneratedName',
  resourceTypes: Object.keys(NAMES),
  title: 'CloudFormation names the resource',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC8.1'] },
  rationale: 'A resource with a fixed name cannot be replaced by an update, nor exist twice in an account, which turns some changes into manual work. Many names are fixed for good reasons.',
  remediation: { l2: 'no physical name', cfn: 'the resource without its name property' },
  sources: ['AWS CloudFormation user guide, "Name Type": a custom name prevents updates that replace the resource'],
  onByDefault: false,
  check: (resource) => {
    const name = resource.get(NAMES[resource.type]);
    // An empty text is written by hand too.
    return name.seen().missing ? Truth.YES : name.isPresent().open ? name.openTruth() : Truth.no(`${NAMES[resource.type]} is fixed`);
  },
});
