import { Truth } from './truth';
import { resolve } from '../../template/intrinsics';
import { own } from '../../template/json';
import { Resource } from '../../template/model';
import { ENVIRONMENT } from '../../template/references';
import { isReference, Part, unknownIn, Value } from '../../template/value';
import { World } from '../../template/world';

/** The property that holds a resource's physical name, by type. */
export const PHYSICAL_NAME: Readonly<Record<string, string>> = {
  'AWS::S3::Bucket': 'BucketName', 'AWS::SNS::Topic': 'TopicName', 'AWS::SQS::Queue': 'QueueName', 'AWS::DynamoDB::Table': 'TableName',
  'AWS::DynamoDB::GlobalTable': 'TableName', 'AWS::Logs::LogGroup': 'LogGroupName', 'AWS::IAM::Role': 'RoleName', 'AWS::IAM::User': 'UserName',
  'AWS::IAM::Group': 'GroupName', 'AWS::Lambda::Function': 'FunctionName', 'AWS::RDS::DBInstance': 'DBInstanceIdentifier',
  'AWS::RDS::DBCluster': 'DBClusterIdentifier', 'AWS::RDS::DBSubnetGroup': 'DBSubnetGroupName', 'AWS::RDS::DBParameterGroup': 'DBParameterGroupName',
  'AWS::RDS::DBClusterParameterGroup': 'DBClusterParameterGroupName', 'AWS::ECR::Repository': 'RepositoryName', 'AWS::Backup::BackupVault': 'BackupVaultName',
  'AWS::SecretsManager::Secret': 'Name', 'AWS::Redshift::ClusterParameterGroup': 'ParameterGroupName', 'AWS::AutoScaling::LaunchConfiguration': 'LaunchConfigurationName',
  'AWS::EC2::LaunchTemplate': 'LaunchTemplateName', 'AWS::Events::EventBus': 'Name', 'AWS::Kinesis::Stream': 'Name', 'AWS::ECS::Cluster': 'ClusterName',
};

/** Whether a value names a resource: by reference, by name, or by an ARN or URL that ends in the name. */
export function nameTruth(value: Value, target: Resource, world: World): Truth {
  if (value.kind === 'text') {
    const [first, ...rest] = value.parts;
    if (rest.length === 0 && isReference(first)) return Truth.of(first.target === target, 'it names another resource');
    // An ARN that is put together around the reference still names it; a path below it (`/*`) does too.
    if (value.parts.some((part) => isReference(part) && part.target === target)) return Truth.YES;
  }
  const name = nameOf(target, world);
  if (name) {
    const text = written(value);
    if (text !== undefined && text.endsWith(name) && (text.length === name.length || /[:/]/.test(text[text.length - name.length - 1]))) return Truth.YES;
  }
  // Put together around another resource, it names that one, whatever its unknown parts are (a Region, say).
  if (value.kind === 'text' && value.parts.some(isReference)) return Truth.no('it names another resource');
  const part = value.kind === 'unknown' ? value.part : value.kind === 'text' ? unknownIn(value.parts) : undefined;
  if (part?.dangling) return Truth.no('it names something that the template does not define');
  return part ? Truth.unknown(part.reason) : Truth.no('it names something else');
}

const names = new WeakMap<Resource, { readonly name?: string }>();

/** The physical name that a resource's template gives it. Kept where every world gives the same: a rule may compare a place with each resource of a type. */
function nameOf(target: Resource, world: World): string | undefined {
  const before = names.get(target);
  if (before) return before.name;
  const property = PHYSICAL_NAME[target.type];
  const raw = property && target.properties ? own(target.properties, property) : undefined;
  const { asked } = world;
  const name = raw === undefined ? undefined : written(resolve(raw, target.template, world));
  if (world.asked === asked && world.fuel.steps > 0) names.set(target, { name });
  return name;
}

/** A text that is equal for equal values, so that two places which write the same parameter are seen to say the same; undefined when that cannot be told. */
export function written(value: Value): string | undefined {
  if (value.kind === 'known') return typeof value.json === 'string' ? value.json : undefined;
  const parts = value.kind === 'text' ? value.parts : value.kind === 'unknown' ? [value.part] : [];
  let text = '';
  for (const part of parts) {
    const piece = identity(part);
    if (piece === undefined) return undefined;
    text += piece;
  }
  return parts.length ? text : undefined;
}

/** Parameters of two templates are two, however alike they are named; the account and Region of templates deployed together are one. */
function identity(part: Part): string | undefined {
  if (typeof part === 'string') return part;
  if (isReference(part)) return `\${${part.target.id}.${part.attribute ?? ''}}`;
  if (part.choice) return `\${${ENVIRONMENT.test(part.parameter ?? '') ? part.parameter : part.choice.key}}`;
  return part.dynamic && part.written;
}
