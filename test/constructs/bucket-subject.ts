import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { AccessLogBucket } from '../../src/constructs';

/*
 * What buckets of all classes have in common, to be broken and weakened.
 */

/** Every optional property of a bucket. */
export const bucketProps = [
  'encryption', 'encryptionKey', 'blockedEncryptionTypes', 'enforceSSL', 'bucketKeyEnabled', 'bucketName', 'bucketNamePrefix', 'bucketNamespace',
  'removalPolicy', 'autoDeleteObjects', 'versioned', 'objectLockEnabled', 'abacStatus', 'objectLockDefaultRetention', 'eventBridgeEnabled',
  'lifecycleRules', 'transitionDefaultMinimumObjectSize', 'websiteIndexDocument', 'websiteErrorDocument', 'websiteRedirect', 'websiteRoutingRules',
  'accessControl', 'publicReadAccess', 'blockPublicAccess', 'metrics', 'cors', 'serverAccessLogsBucket', 'serverAccessLogsPrefix',
  'targetObjectKeyFormat', 'inventories', 'objectOwnership', 'transferAcceleration', 'notificationsHandlerRole',
  'notificationsSkipDestinationValidation', 'intelligentTieringConfigurations', 'minimumTLSVersion', 'replicationRole', 'replicationRules',
] as const;

const cfn = (bucket: s3.Bucket): s3.CfnBucket => bucket.node.defaultChild as s3.CfnBucket;
const policy = (bucket: s3.Bucket): s3.CfnBucketPolicy => bucket.policy!.node.defaultChild as s3.CfnBucketPolicy;
/** Writes a property behind the back of the construct. */
export const set = (path: string, value: unknown) => (bucket: s3.Bucket) => cfn(bucket).addPropertyOverride(path, value);
/** Takes a property away behind the back of the construct. */
export const unset = (path: string) => (bucket: s3.Bucket) => cfn(bucket).addPropertyDeletionOverride(path);

/** How the claims of every bucket are broken. */
export const breaks = {
  'S3.PublicAccessBlock': set('PublicAccessBlockConfiguration.BlockPublicPolicy', false),
  'S3.OwnershipEnforced': unset('OwnershipControls'),
  'S3.NoPublicReadAcl': set('AccessControl', 'PublicRead'),
  'S3.NoPublicWriteAcl': set('AccessControl', 'PublicReadWrite'),
  'S3.PolicyNotPublic': (bucket: s3.Bucket) => policy(bucket).addPropertyOverride('PolicyDocument.Statement.0', { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*', Condition: {} }),
  'S3.NoWebsite': set('WebsiteConfiguration', { IndexDocument: 'index.html' }),
  'S3.TlsOnly': (bucket: s3.Bucket) => policy(bucket).addPropertyOverride('PolicyDocument.Statement.0.Condition.Bool', { 'aws:SecureTransport': 'true' }),
  'S3.Versioning': set('VersioningConfiguration.Status', 'Suspended'),
  'S3.Lifecycle': unset('LifecycleConfiguration'),
  'S3.NoncurrentVersionsExpire': set('LifecycleConfiguration.Rules.1.Status', 'Disabled'),
  'S3.NoAutoDelete': (bucket: s3.Bucket) => {
    bucket.applyRemovalPolicy(RemovalPolicy.DESTROY);
    bucket.with(new s3.mixins.BucketAutoDeleteObjects());
  },
  'S3.Retained': (bucket: s3.Bucket) => bucket.applyRemovalPolicy(RemovalPolicy.DESTROY),
  'S3.Encryption': set('BucketEncryption.ServerSideEncryptionConfiguration.0.ServerSideEncryptionByDefault.SSEAlgorithm', 'none'),
};

/** What weakens every bucket. */
export const weakenings = [
  { props: { versioned: false }, says: 'versioned: false', rules: ['S3.Versioning'] },
  { props: { enforceSSL: false }, says: 'enforceSSL: false', rules: ['S3.TlsOnly'] },
  { props: { blockPublicAccess: s3.BlockPublicAccess.BLOCK_ACLS_ONLY }, says: 'blockPublicAccess', rules: ['S3.PublicAccessBlock'] },
  { props: { objectOwnership: s3.ObjectOwnership.OBJECT_WRITER }, says: 'objectOwnership: ObjectWriter', rules: ['S3.OwnershipEnforced'] },
  { props: { websiteIndexDocument: 'index.html' }, says: 'websiteIndexDocument', rules: ['S3.NoWebsite'] },
  { props: { removalPolicy: RemovalPolicy.DESTROY }, says: 'removalPolicy: DESTROY', rules: ['S3.Retained'] },
  { props: { removalPolicy: RemovalPolicy.DESTROY, autoDeleteObjects: true }, says: 'autoDeleteObjects: true', rules: ['S3.NoAutoDelete', 'S3.Retained'] },
  { props: { lifecycleRules: [{ noncurrentVersionExpiration: Duration.days(5), enabled: false }] }, says: 'lifecycleRules without an enabled noncurrentVersionExpiration', rules: ['S3.NoncurrentVersionsExpire'] },
  {
    props: { publicReadAccess: true, blockPublicAccess: new s3.BlockPublicAccess({ blockPublicPolicy: false, restrictPublicBuckets: false }) },
    says: 'blockPublicAccess',
    rules: ['S3.PublicAccessBlock', 'S3.PolicyNotPublic'],
  },
  {
    props: { objectOwnership: s3.ObjectOwnership.OBJECT_WRITER, accessControl: s3.BucketAccessControl.PUBLIC_READ_WRITE },
    says: 'objectOwnership: ObjectWriter',
    rules: ['S3.OwnershipEnforced', 'S3.NoPublicWriteAcl'],
  },
  {
    props: { objectOwnership: s3.ObjectOwnership.OBJECT_WRITER, accessControl: s3.BucketAccessControl.PUBLIC_READ },
    says: 'objectOwnership: ObjectWriter',
    rules: ['S3.OwnershipEnforced', 'S3.NoPublicReadAcl'],
  },
];

/** How the claims of a bucket that holds data are broken. */
export const dataBreaks = {
  ...breaks,
  'S3.KmsEncryption': set('BucketEncryption.ServerSideEncryptionConfiguration.0.ServerSideEncryptionByDefault', { SSEAlgorithm: 'AES256' }),
  'S3.CustomerKey': unset('BucketEncryption.ServerSideEncryptionConfiguration.0.ServerSideEncryptionByDefault.KMSMasterKeyID'),
  'S3.AccessLogging': unset('LoggingConfiguration'),
  'S3.AccessLogTargetExists': (bucket: s3.Bucket) => policy(AccessLogBucket.shared(bucket)).addPropertyOverride('PolicyDocument.Statement.2.Effect', 'Deny'),
};

/** What weakens a bucket that holds data. */
export const dataWeakenings = [
  ...weakenings,
  { props: { encryption: s3.BucketEncryption.S3_MANAGED }, says: 'encryption: S3_MANAGED', rules: ['S3.KmsEncryption', 'S3.CustomerKey'] },
  { props: { encryption: s3.BucketEncryption.KMS_MANAGED }, says: 'encryption: KMS_MANAGED', rules: ['S3.CustomerKey'] },
];
