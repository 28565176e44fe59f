import * as backup from './backup';
import * as documentdb from './documentdb';
import * as dsql from './dsql';
import * as dynamodb from './dynamodb';
import * as efs from './efs';
import * as elasticache from './elasticache';
import * as fsx from './fsx';
import * as healthlake from './healthlake';
import * as kendra from './kendra';
import { all, any, applies, Evaluation, not, Property, ResourceReader, Rule, rule, Truth } from './kernel';
import * as keyspaces from './keyspaces';
import * as kinesis from './kinesis';
import * as logs from './logs';
import * as memorydb from './memorydb';
import * as mq from './mq';
import * as msk from './msk';
import * as neptune from './neptune';
import * as opensearch from './opensearch';
import * as opensearchServerless from './opensearch-serverless';
import * as rds from './rds';
import * as redshift from './redshift';
import * as s3 from './s3';
import * as secretsmanager from './secretsmanager';
import { classified as isClassified, sensitive } from './shared/data-class';
import { DATA_STORES } from './shared/data-stores';
import { Attachment } from './shared/resource-policy';
import { recordsDataEvents } from './shared/trail-events';
import * as sns from './sns';
import * as sqs from './sqs';
import * as timestream from './timestream';
import { mayBeClassified } from '../declarations/data-class';

/** What a store of one type is asked. */
type Check = (store: ResourceReader, model: Evaluation) => Truth;

/** Checks by the type of the store. */
type Checks = ReadonlyMap<string, Check>;

function typesOf(checks: Checks): string[] {
  return [...checks.keys()].sort();
}

/** The checks of rules that exist, for all of their types, and further ones. */
function checksOf(rules: readonly Rule[], more: Readonly<Record<string, Check>> = {}): Checks {
  return new Map([...rules.flatMap((one) => one.resourceTypes.map((type): [string, Check] => [type, one.check])), ...Object.entries(more)]);
}

/** A key of the organization encrypts it. */
const customerKeys = checksOf([
  backup.vaultCustomerKey, documentdb.customerKey, dsql.customerKey, dynamodb.customerKey, efs.customerKey, elasticache.customerKey, fsx.customerKey,
  healthlake.customerKey, kendra.customerKey, keyspaces.customerKey, kinesis.customerKey, logs.customerKey, memorydb.customerKey, mq.customerKey,
  msk.customerKey, neptune.customerKey, opensearch.customerKey, opensearchServerless.customerKey, rds.customerKey, redshift.customerKey, s3.customerKey,
  secretsmanager.customerKey, sns.customerKey, sqs.customerKey, timestream.customerKey,
]);

/** It deletes by itself. Where only the application can delete, a template shows nothing, and the store is not asked. */
const disposal = checksOf([dynamodb.timeToLive, logs.retention, s3.expires]);

/** Some trail of the templates records who reads and writes it. Without any trail here, another stack may hold one. */
function dataEvents(type: string): Check {
  return (_store, model) => {
    const trails = model.ofType('AWS::CloudTrail::Trail');
    return trails.length === 0 ? Truth.unknown(`no trail is among the templates given, so whether one records data events of ${type} is not known`)
      : any(trails.map((trail) => recordsDataEvents(trail, type)));
  };
}

/** Who reads and writes it is recorded. */
const accessLogged = checksOf([documentdb.logExports, neptune.auditLogs, opensearch.auditLogs, rds.logExports, redshift.auditLogging], {
  'AWS::S3::Bucket': (bucket, model) => {
    const logging = s3.accessLogging.check(bucket, model);
    return logging.yes || logging.skipped ? logging : any([logging, dataEvents('AWS::S3::Object')(bucket, model)]);
  },
  'AWS::DynamoDB::Table': dataEvents('AWS::DynamoDB::Table'),
  'AWS::DynamoDB::GlobalTable': dataEvents('AWS::DynamoDB::Table'),
  'AWS::Serverless::SimpleTable': dataEvents('AWS::DynamoDB::Table'),
});

/** No statement lets a principal of another account in, by its name or by "everyone". */
function notCrossAccount(document: Property, own: string | undefined): Truth {
  return document.policy().none('Allow', (statement) => any([
    statement.principal().ofOtherAccount(own),
    all(statement.principal().everyone(), not(statement.narrowed(), 'a condition binds the callers')),
  ]), 'a statement allows another account');
}

/** Where a policy keeps its document under another name. */
const DOCUMENT: Readonly<Record<string, string>> = { 'AWS::Kinesis::ResourcePolicy': 'ResourcePolicy', 'AWS::SecretsManager::ResourcePolicy': 'ResourcePolicy' };

/** The documents that stand in the store itself, and those of resources that name it. */
function ownAccountOnly(places: readonly string[], attachments: readonly Attachment[] = []): Check {
  return (store, model) => {
    const attached = attachments.flatMap(({ type, property }) => model.referrers(store, type, property));
    const documents = [...places.map((path) => store.get(path)), ...attached.map((policy) => policy.get(DOCUMENT[policy.type] ?? 'PolicyDocument'))];
    return all(...documents.filter((document) => !document.missing).map((document) => notCrossAccount(document, store.resource.template.context.account)));
  };
}

/** No policy lets another account in. Without any policy, only the account itself can be. */
const crossAccount = checksOf([], {
  'AWS::Backup::BackupVault': ownAccountOnly(['AccessPolicy']),
  'AWS::DynamoDB::Table': ownAccountOnly(['ResourcePolicy.PolicyDocument', 'StreamSpecification.ResourcePolicy.PolicyDocument']),
  'AWS::EFS::FileSystem': ownAccountOnly(['FileSystemPolicy']),
  'AWS::Elasticsearch::Domain': ownAccountOnly(['AccessPolicies']),
  'AWS::Kinesis::Stream': ownAccountOnly([], [{ type: 'AWS::Kinesis::ResourcePolicy', property: 'ResourceArn' }]),
  'AWS::OpenSearchService::Domain': ownAccountOnly(['AccessPolicies']),
  'AWS::S3::Bucket': ownAccountOnly([], [{ type: 'AWS::S3::BucketPolicy', property: 'Bucket' }]),
  'AWS::SecretsManager::Secret': ownAccountOnly([], [{ type: 'AWS::SecretsManager::ResourcePolicy', property: 'SecretId' }]),
  'AWS::SQS::Queue': ownAccountOnly([], [{ type: 'AWS::SQS::QueuePolicy', property: 'Queues' }, { type: 'AWS::SQS::QueueInlinePolicy', property: 'Queue' }]),
});

/** Values are masked on their way. */
const masking = checksOf([logs.dataProtection], {
  'AWS::SNS::Topic': (topic) => topic.get('DataProtectionPolicy').isPresent(),
});

const NOT_SENSITIVE = 'its data is not classified as confidential or personal';
const SOURCE = 'tag soc2:data, see docs/data-classification.md';

/** Asks what is asked of the type elsewhere, if the store holds confidential or personal data. */
function ofSensitive(checked: Checks): Check {
  return (store, model) => applies(sensitive(store), NOT_SENSITIVE, () => checked.get(store.type)!(store, model));
}

export const classified = rule({
  id: 'Data.Classified',
  resourceTypes: [...DATA_STORES],
  title: 'Somebody said how sensitive the data is',
  severity: 'low',
  criteria: { direct: [], supporting: ['C1.1'] },
  rationale: 'What is confidential can be protected as such only where it is known. The class itself is the organization\'s judgement: a template shows that one was made.',
  remediation: { l2: 'DataClassification.of(scope).set(\'confidential\')', cfn: 'Tags: a tag soc2:data with public, internal, confidential or personal' },
  sources: [SOURCE],
  onByDefault: false,
  check: (store) => isClassified(store),
});

export const customerKey = rule({
  id: 'Data.CustomerKey',
  resourceTypes: typesOf(customerKeys),
  title: 'Confidential or personal data is encrypted with a key of the organization',
  severity: 'medium',
  criteria: { direct: ['C1.1'], supporting: ['CC6.1'] },
  rationale: 'With a key of one\'s own the organization decides who may read the data at all, sees each use of the key, and can make every copy unreadable.',
  remediation: { construct: 'EncryptionKey', l2: 'encryptionKey (its name differs from service to service)', cfn: 'the key property of the resource, with an AWS::KMS::Key' },
  sources: [SOURCE, 'AWS KMS developer guide, "AWS KMS keys": customer managed keys'],
  concerns: mayBeClassified,
  check: ofSensitive(customerKeys),
});

export const disposed = rule({
  id: 'Data.Disposal',
  resourceTypes: typesOf(disposal),
  title: 'Confidential or personal data is deleted after a set time',
  severity: 'medium',
  criteria: { direct: ['C1.2'], supporting: ['P4.2', 'P4.3'] },
  rationale: 'Retention and disposal are promised to customers; where the store deletes by itself, nobody has to remember. Whether the time is the promised one, people must compare.',
  remediation: { l2: 'lifecycleRules with expiration, timeToLiveAttribute, retention', cfn: 'LifecycleConfiguration with an expiration, TimeToLiveSpecification, RetentionInDays' },
  sources: [SOURCE, 'Amazon S3 user guide, "Managing the lifecycle of objects"', 'Amazon DynamoDB developer guide, "Using time to live (TTL) in DynamoDB"'],
  concerns: mayBeClassified,
  check: ofSensitive(disposal),
});

export const logged = rule({
  id: 'Data.AccessLogged',
  resourceTypes: typesOf(accessLogged),
  title: 'Access to confidential or personal data is logged',
  severity: 'medium',
  criteria: { direct: ['CC7.2'], supporting: ['C1.1'] },
  rationale: 'Without a record of who read what, neither a leak nor its extent can be found out afterwards.',
  remediation: { l2: 'serverAccessLogsBucket, cloudwatchLogsExports, a Trail with data events', cfn: 'LoggingConfiguration, EnableCloudwatchLogsExports, or EventSelectors of an AWS::CloudTrail::Trail' },
  sources: [SOURCE, 'AWS CloudTrail user guide, "Logging data events"'],
  concerns: mayBeClassified,
  check: ofSensitive(accessLogged),
});

export const noCrossAccount = rule({
  id: 'Data.NoCrossAccount',
  resourceTypes: typesOf(crossAccount),
  title: 'No other account can reach confidential or personal data',
  severity: 'high',
  criteria: { direct: ['C1.1'], supporting: ['CC6.1', 'CC6.3'] },
  rationale: 'What another account may read leaves the access reviews, logs and retention of this one.',
  remediation: { l2: 'grant to principals of the same account', cfn: 'a resource policy that names principals of the account, or binds them with aws:PrincipalAccount' },
  sources: [SOURCE, 'IAM user guide, "Cross account resource access in IAM"'],
  concerns: mayBeClassified,
  check: ofSensitive(crossAccount),
});

export const masked = rule({
  id: 'Data.Masking',
  resourceTypes: typesOf(masking),
  title: 'Sensitive values are masked where confidential or personal data is logged or sent',
  severity: 'medium',
  criteria: { direct: ['C1.1'], supporting: ['CC6.1', 'CC6.7'] },
  rationale: 'Logs and messages are read by many more people and systems than the store that the data comes from.',
  remediation: { l2: 'dataProtectionPolicy', cfn: 'DataProtectionPolicy' },
  sources: [SOURCE, 'Amazon CloudWatch Logs user guide, "Help protect sensitive log data with masking"'],
  concerns: mayBeClassified,
  check: ofSensitive(masking),
});
