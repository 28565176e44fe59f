import { rule } from './kernel';
import { tagged } from './shared/tags';

/** What a register of assets lists first. */
const ASSETS = [
  'AWS::S3::Bucket', 'AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable', 'AWS::Serverless::SimpleTable', 'AWS::RDS::DBInstance', 'AWS::RDS::DBCluster', 'AWS::EFS::FileSystem',
  'AWS::FSx::FileSystem', 'AWS::Redshift::Cluster', 'AWS::OpenSearchService::Domain', 'AWS::ElastiCache::ReplicationGroup', 'AWS::Lambda::Function', 'AWS::Serverless::Function',
  'AWS::EC2::Instance', 'AWS::ECS::Service', 'AWS::EKS::Cluster', 'AWS::ECR::Repository', 'AWS::SQS::Queue', 'AWS::SNS::Topic', 'AWS::Kinesis::Stream',
  'AWS::StepFunctions::StateMachine', 'AWS::Serverless::StateMachine', 'AWS::SecretsManager::Secret', 'AWS::Cognito::UserPool',
];

/** Keys by which organizations name who answers for a resource: `owner`, `acme:team`, `Service-Owner`, `CostCenterOwner`. */
const OWNER = /^(.*[:/_-])?((service|data|system|app(lication)?|business|technical|product|resource)?[-_ ]?owner|(owner|owning)?[-_ ]?(team|squad)|contact|maintainer)([-_ ]?(name|e?mail|id))?$/i;

export const owner = rule({
  id: 'Tags.Owner',
  resourceTypes: ASSETS,
  title: 'Resource says who answers for it',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC2.1', 'CC6.1'] },
  rationale: 'An asset register with owners starts from tags. Each organization names its tags otherwise, and tags may be given to the stack at deployment, which templates do not show; so this is asked for.',
  remediation: { l2: 'Tags.of(app).add(\'owner\', …)', cfn: 'a tag whose key is owner, team or contact' },
  configRule: 'REQUIRED_TAGS',
  sources: ['AWS whitepaper "Best Practices for Tagging AWS Resources": technical tags and the owner of a resource'],
  onByDefault: false,
  check: (resource) => tagged(resource, OWNER, (value) => value.isPresent()).because('no tag of the template names an owner, a team or a contact'),
});
