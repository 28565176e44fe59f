import { bucketDefaults } from './bucket';
import { cacheDefaults } from './cache';
import { canaryDefaults } from './canary';
import { databaseDefaults } from './database';
import { databaseClusterDefaults, globalDatabaseDefaults } from './database-cluster';
import { Defaults } from './default';
import { documentClusterDefaults } from './document-cluster';
import { ecsClusterDefaults } from './ecs-cluster';
import { eksClusterDefaults } from './eks-cluster';
import { fileSystemDefaults } from './file-system';
import { functionDefaults } from './function';
import { instanceDefaults, launchConfigurationDefaults, launchTemplateDefaults } from './instance';
import { kafkaDefaults } from './kafka';
import { keyDefaults } from './key';
import { logGroupDefaults } from './log-group';
import { queueDefaults } from './queue';
import { vaultDefaults } from './recovery-plan';
import { repositoryDefaults } from './repository';
import { searchDomainDefaults } from './search-domain';
import { secretDefaults, secretPolicyDefaults } from './secret';
import { stateMachineDefaults } from './state-machine';
import { streamDefaults } from './stream';
import { tableDefaults } from './table';
import { topicDefaults } from './topic';
import { trailDefaults } from './trail';
import { userPoolClientDefaults, userPoolDefaults } from './user-pool';
import { volumeDefaults } from './volume';
import { flowLogDefaults, subnetDefaults } from './vpc';
import { warehouseDefaults } from './warehouse';

/** What the template says at a path of a resource: `undefined` where it says nothing. */
export type Said = (path: string) => unknown;

/** How the defaults of a kind of resource are filled in where a template leaves them out. Defaults are named as in the table. */
export interface TypeDefaults {
  readonly table: Defaults;
  /** Defaults that hold only for some resources of the type: others would be refused, or contradict what is said. */
  readonly only?: Readonly<Record<string, (said: Said) => boolean>>;
  /** Defaults each of whose paths says something of its own. Any other one is left alone when one of its paths is said. */
  readonly each?: readonly string[];
  /** Defaults that can be changed by replacing the resource only: an empty one takes the place of what is deployed. */
  readonly replaces?: readonly string[];
  /** Defaults that delete data of what is deployed. */
  readonly deletes?: readonly string[];
  /** Defaults that shut out clients who are let in by what is deployed. */
  readonly refuses?: readonly string[];
}

const without = (...paths: readonly string[]) => (said: Said): boolean => paths.every((path) => said(path) === undefined);
const isNot = (path: string, off: unknown) => (said: Said): boolean => String(said(path)).toLowerCase() !== String(off);
const both = (one: (said: Said) => boolean, other: (said: Said) => boolean) => (said: Said): boolean => one(said) && other(said);
const oneOf = (path: string, ...values: readonly unknown[]) => (said: Said): boolean => values.includes(said(path));

const isSymmetric = both(oneOf('KeySpec', 'SYMMETRIC_DEFAULT', undefined), oneOf('KeyUsage', 'ENCRYPT_DECRYPT', undefined));

/** Settings of an instance that has none of another: a cluster, a source that it replicates. */
const isOwn = without('DBClusterIdentifier', 'SourceDBInstanceIdentifier', 'SourceDBClusterIdentifier');
const isNew = both(isOwn, without('DBSnapshotIdentifier', 'DBClusterSnapshotIdentifier'));
const engine = (names: RegExp) => (said: Said): boolean => names.test(String(said('Engine')));

/** A replica of another region, which gets these settings from there. */
const isPrimary = without('GlobalReplicationGroupId');

/** The secure defaults by the type of the resources that they are filled into. */
export const DEFAULTS_BY_TYPE: Readonly<Record<string, TypeDefaults>> = {
  'AWS::AutoScaling::LaunchConfiguration': { table: launchConfigurationDefaults, replaces: ['detailedMonitoring', 'httpTokens'] },
  'AWS::Backup::BackupVault': { table: vaultDefaults, replaces: ['encryptionKey'] },
  'AWS::CloudTrail::Trail': { table: trailDefaults },
  'AWS::Cognito::UserPool': { table: userPoolDefaults, each: ['passwordRequires'], refuses: ['selfSignUpEnabled'] },
  'AWS::Cognito::UserPoolClient': { table: userPoolClientDefaults },
  'AWS::DocDB::DBCluster': { table: documentClusterDefaults },
  'AWS::DynamoDB::Table': {
    table: tableDefaults,
    only: {
      // Other accounts do not get in by the key.
      encryption: without('ResourcePolicy'),
      recoveryPeriodDays: isNot('PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled', false),
      billing: without('ProvisionedThroughput'),
    },
  },
  'AWS::EC2::FlowLog': { table: flowLogDefaults, replaces: ['maxAggregationSeconds'] },
  'AWS::EC2::Instance': { table: instanceDefaults, refuses: ['httpTokens'] },
  'AWS::EC2::LaunchTemplate': { table: launchTemplateDefaults, refuses: ['httpTokens'] },
  'AWS::EC2::Subnet': { table: subnetDefaults },
  'AWS::EC2::Volume': {
    table: volumeDefaults,
    only: { encryptionKey: isNot('Encrypted', false), volumeType: without('Iops', 'Throughput', 'SnapshotId') },
    replaces: ['encrypted', 'encryptionKey'],
  },
  'AWS::ECR::Repository': { table: repositoryDefaults, replaces: ['encryption'], deletes: ['untaggedImageDays'], refuses: ['imageTagMutability'] },
  'AWS::ECS::Cluster': { table: ecsClusterDefaults },
  'AWS::EFS::FileSystem': { table: fileSystemDefaults, only: { kmsKey: isNot('Encrypted', false) }, replaces: ['encrypted', 'kmsKey'] },
  'AWS::EKS::Cluster': { table: eksClusterDefaults, refuses: ['endpointAccess'] },
  'AWS::ElastiCache::ReplicationGroup': {
    table: cacheDefaults,
    only: {
      atRestEncryption: isPrimary,
      encryptionKey: both(isPrimary, isNot('AtRestEncryptionEnabled', false)),
      transitEncryption: isPrimary,
    },
    replaces: ['atRestEncryption', 'encryptionKey', 'transitEncryption'],
  },
  'AWS::KMS::Key': { table: keyDefaults, only: { enableKeyRotation: isSymmetric, rotationPeriodDays: both(isSymmetric, isNot('EnableKeyRotation', false)) } },
  'AWS::Kinesis::Stream': { table: streamDefaults },
  'AWS::Lambda::Function': { table: functionDefaults, only: { environmentEncryption: (said) => said('Environment') !== undefined } },
  'AWS::Logs::LogGroup': { table: logGroupDefaults, only: { retentionDays: isNot('LogGroupClass', 'delivery') }, deletes: ['retentionDays'] },
  'AWS::MSK::Cluster': { table: kafkaDefaults, replaces: ['encryptionKey', 'inCluster'], refuses: ['authentication', 'clientBroker'] },
  'AWS::OpenSearchService::Domain': {
    table: searchDomainDefaults,
    only: { encryptionKey: isNot('EncryptionAtRestOptions.Enabled', false) },
    replaces: ['encryptionAtRest', 'encryptionKey', 'nodeToNodeEncryption'],
    refuses: ['enforceHttps', 'tlsSecurityPolicy'],
  },
  'AWS::RDS::DBCluster': { table: databaseClusterDefaults, only: { iamAuthentication: isNot('EngineMode', 'serverless') } },
  'AWS::RDS::DBInstance': {
    table: databaseDefaults,
    only: {
      storageEncrypted: both(isNew, without('KmsKeyId')),
      storageEncryptionKey: both(isNew, isNot('StorageEncrypted', false)),
      multiAz: both(both(isOwn, without('AvailabilityZone')), engine(/^(mysql|mariadb|postgres|oracle|db2|sqlserver-(se|ee))/)),
      backupRetentionDays: isOwn,
      deleteAutomatedBackups: isOwn,
      copyTagsToSnapshot: isOwn,
      deletionProtection: without('DBClusterIdentifier'),
      removalPolicy: isOwn,
      iamAuthentication: both(isOwn, engine(/^(mysql|postgres)/)),
      manageMasterUserPassword: both(isNew, without('MasterUserPassword')),
    },
    replaces: ['storageEncrypted', 'storageEncryptionKey'],
    refuses: ['manageMasterUserPassword', 'publiclyAccessible'],
  },
  'AWS::RDS::GlobalCluster': { table: globalDatabaseDefaults },
  'AWS::Redshift::Cluster': {
    table: warehouseDefaults,
    only: { encryptionKey: isNot('Encrypted', false) },
    refuses: ['enhancedVpcRouting', 'publiclyAccessible'],
  },
  'AWS::S3::Bucket': {
    table: bucketDefaults,
    each: ['blockPublicAccess'],
    only: {
      // S3 refuses to disable the ACLs of a bucket that is given one.
      objectOwnership: oneOf('AccessControl', 'Private', undefined),
      // A bucket that kept versions keeps them: somebody may rely on the old ones.
      noncurrentVersionDays: without('VersioningConfiguration', 'LifecycleConfiguration'),
    },
    refuses: ['blockPublicAccess', 'objectOwnership'],
  },
  'AWS::SNS::Topic': { table: topicDefaults },
  'AWS::SQS::Queue': { table: queueDefaults, only: { encryption: without('SqsManagedSseEnabled'), dataKeyReuseMinutes: without('SqsManagedSseEnabled') } },
  'AWS::SecretsManager::ResourcePolicy': { table: secretPolicyDefaults },
  'AWS::SecretsManager::Secret': { table: secretDefaults },
  'AWS::StepFunctions::StateMachine': { table: stateMachineDefaults },
  'AWS::Synthetics::Canary': { table: canaryDefaults },
};
