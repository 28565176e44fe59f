import { isReference, Part } from '../../template/value';
import { all, any, Evaluation, not, Property, ResourceReader, Truth, wildcard } from '../kernel';
import { tagsOf } from './tags';

/** How the ARN of a resource goes on after account and Region, by type: the service, what stands before the name, and the property of the name. */
const ARNS: Readonly<Record<string, readonly [service: string, before: string, name?: string]>> = {
  'AWS::RDS::DBInstance': ['rds', 'db:', 'DBInstanceIdentifier'],
  'AWS::RDS::DBCluster': ['rds', 'cluster:', 'DBClusterIdentifier'],
  'AWS::DocDB::DBCluster': ['rds', 'cluster:', 'DBClusterIdentifier'],
  'AWS::Neptune::DBCluster': ['rds', 'cluster:', 'DBClusterIdentifier'],
  'AWS::DynamoDB::Table': ['dynamodb', 'table/', 'TableName'],
  'AWS::DynamoDB::GlobalTable': ['dynamodb', 'table/', 'TableName'],
  'AWS::Serverless::SimpleTable': ['dynamodb', 'table/', 'TableName'],
  'AWS::EFS::FileSystem': ['elasticfilesystem', 'file-system/'],
  'AWS::FSx::FileSystem': ['fsx', 'file-system/'],
  'AWS::EC2::Volume': ['ec2', 'volume/'],
  'AWS::Redshift::Cluster': ['redshift', 'cluster:', 'ClusterIdentifier'],
  'AWS::S3::Bucket': ['s3', '', 'BucketName'],
};

/** Stands for what only deployment will know, and matches nothing but a wildcard. */
const UNKNOWN = '\u0001';

/**
 * Some backup selection of the templates takes the resource: `(Resources or ListOfTags) and Conditions and not NotResources`,
 * where a selection that names neither takes all (AWS Backup developer guide, "Assign resources with AWS CLI"; API reference, BackupSelection).
 */
export function selectedForBackup(resource: ResourceReader, model: Evaluation): Truth {
  return any(model.ofType('AWS::Backup::BackupSelection').map((one) => takes(one.get('BackupSelection'), resource)), 'no backup selection is in the templates');
}

function takes(selection: Property, resource: ResourceReader): Truth {
  const arns = selection.get('Resources');
  const tags = selection.get('ListOfTags');
  return all(
    arns.missing && tags.missing ? Truth.YES : any([
      arns.some((item) => covers(item, resource)),
      tags.some((item) => tagged(resource, item, (tag, wanted) => equals(tag, wanted))),
    ]),
    meetsConditions(selection.get('Conditions'), resource),
    not(selection.get('NotResources').some((item) => covers(item, resource)), 'NotResources leaves it out'),
  ).because('no backup selection takes it, by ARN or by tag');
}

/** An element of `Resources` names the resource: by reference, by name or with wildcards. */
function covers(item: Property, resource: ResourceReader): Truth {
  const references = item.parts.filter(isReference);
  if (references.length) {
    item.seen();
    return Truth.of(references.some(({ target }) => target === resource.resource), 'it names another resource');
  }
  const pattern = patternOf(item.parts);
  if (pattern === undefined) return item.openTruth();
  item.seen();
  return matchesArn(pattern, resource);
}

/** The text of an ARN, with a mark where a pseudo parameter stands. Undefined when something else is not known. */
function patternOf(parts: readonly Part[]): string | undefined {
  const texts = parts.map((part) => (typeof part === 'string' ? part : !isReference(part) && part.parameter?.startsWith('AWS::') ? UNKNOWN : undefined));
  return texts.length === 0 || texts.includes(undefined) ? undefined : texts.join('');
}

function matchesArn(pattern: string, resource: ResourceReader): Truth {
  const [service, before, nameProperty] = ARNS[resource.type] ?? [];
  if (service === undefined || before === undefined) return Truth.unknown(`how AWS Backup names ${resource.type} is not known here`);
  const given = nameProperty === undefined ? undefined : resource.get(nameProperty);
  const name = given?.scalar === undefined ? undefined : String(given.scalar);
  const place = resource.type === 'AWS::S3::Bucket' ? '::' : `${UNKNOWN}:${UNKNOWN}:`;
  const arn = `arn:${UNKNOWN}:${service}:${place}${before}${name ?? UNKNOWN}`;
  const { text, elsewhere } = anywhere(pattern, resource);
  if (wildcard(text, arn)) return elsewhere ? Truth.unknown('its account and Region are known at deployment') : Truth.YES;
  // A name that CloudFormation or a parameter gives may still fit a pattern, and a parameter's may be the one that is written.
  const open = given !== undefined && given.undecided;
  const at = before === '' ? text.lastIndexOf(':') + 1 : text.indexOf(`:${before}`) + before.length + 1;
  const kind = at > before.length ? `${text.slice(0, at)}*` : text;
  return name === undefined && (open || text.includes('*', at)) && wildcard(kind, arn) ? Truth.unknown('its name is known at deployment') : Truth.no('its ARN does not match');
}

/** Partition, Region and account match any; `elsewhere` says that they are written out and may not be those of the stack. */
function anywhere(pattern: string, resource: ResourceReader): { text: string; elsewhere: boolean } {
  const segments = pattern.split(':');
  if (segments[0] !== 'arn' || segments.length < 6) return { text: pattern.replace(/^arn:[^:*]+:/, 'arn:*:'), elsewhere: false };
  const { region, account } = resource.resource.template.context;
  const written = (segment: string, own: string | undefined): boolean => segment !== '' && segment !== UNKNOWN && !segment.includes('*') && segment !== own;
  const elsewhere = written(segments[3], region) || written(segments[4], account);
  segments[1] = '*';
  segments[3] = '*';
  segments[4] = '*';
  return { text: segments.join(':'), elsewhere };
}

type Compare = (tag: Property, wanted: Property) => Truth;

const equals: Compare = (tag, wanted) => (wanted.scalar === undefined ? wanted.openTruth() : tag.is(String(wanted.scalar)));

const like: Compare = (tag, wanted) => {
  if (wanted.scalar === undefined) return wanted.openTruth();
  if (tag.missing) return tag.is(String(wanted.scalar));
  if (tag.scalar === undefined) return tag.openTruth();
  return Truth.of(wildcard(String(wanted.scalar), String(tag.scalar)), `the tag is ${String(tag.scalar)}`);
};

/** All conditions hold. The operators compare a tag, which the key names after `aws:ResourceTag/`. */
function meetsConditions(conditions: Property, resource: ResourceReader): Truth {
  const each = (operator: string, compare: Compare): Truth => conditions.get(operator).every((item) => tagged(resource, item, compare));
  const none = (operator: string, compare: Compare): Truth => conditions.get(operator).every((item) => not(tagged(resource, item, compare), 'a condition leaves it out'));
  return all(each('StringEquals', equals), each('StringLike', like), none('StringNotEquals', equals), none('StringNotLike', like));
}

/** The resource has the tag that a condition names, with a value that compares. */
function tagged(resource: ResourceReader, condition: Property, compare: Compare): Truth {
  const key = condition.get('ConditionKey');
  if (typeof key.scalar !== 'string') return key.openTruth();
  return hasTag(resource, key.scalar.replace(/^aws:ResourceTag\//, ''), (tag) => compare(tag, condition.get('ConditionValue')));
}

/** The resource has a tag of that very key whose value answers yes. */
export function hasTag(resource: ResourceReader, key: string, check: (value: Property) => Truth): Truth {
  return any(tagsOf(resource).map((tags) => (tags.isMap ? check(tags.get(key)) : tags.some((tag) => all(tag.get('Key').is(key), check(tag.get('Value')))))), 'it has no tags');
}
