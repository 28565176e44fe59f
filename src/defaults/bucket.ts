import { Defaults, defaults, SharedKey } from './default';

/** What every secure bucket has, whether it holds data or logs. */
const everyBucket = {
  blockPublicAccess: {
    value: true,
    provenBy: ['S3.PublicAccessBlock'],
    criteria: ['CC6.1', 'CC6.6', 'C1.1'],
    source: 'Amazon S3 user guide, "Blocking public access to your Amazon S3 storage"',
    reason: 'No policy and no ACL written later can open the bucket to everyone.',
    cfn: {
      'PublicAccessBlockConfiguration.BlockPublicAcls': true,
      'PublicAccessBlockConfiguration.BlockPublicPolicy': true,
      'PublicAccessBlockConfiguration.IgnorePublicAcls': true,
      'PublicAccessBlockConfiguration.RestrictPublicBuckets': true,
    },
  },
  objectOwnership: {
    value: 'BucketOwnerEnforced',
    provenBy: ['S3.OwnershipEnforced'],
    criteria: ['CC6.1', 'CC6.3'],
    source: 'Amazon S3 user guide, "Controlling ownership of objects and disabling ACLs"',
    reason: 'ACLs are off, so policies alone say who may read.',
    cfn: { 'OwnershipControls.Rules': [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
  },
  accessControl: {
    value: 'none',
    provenBy: ['S3.NoPublicReadAcl', 'S3.NoPublicWriteAcl'],
    criteria: ['CC6.1', 'CC6.6', 'C1.1'],
    source: 'Amazon S3 user guide, "Access control list (ACL) overview"',
    reason: 'No canned ACL can let the world in, whatever becomes of the other settings.',
  },
  publicReadAccess: {
    value: false,
    provenBy: ['S3.PolicyNotPublic'],
    criteria: ['CC6.1', 'CC6.3', 'CC6.6', 'C1.1'],
    source: 'Amazon S3 user guide, "Blocking public access to your Amazon S3 storage": the meaning of "public"',
    reason: 'The bucket policy names whom it lets in.',
  },
  website: {
    value: 'none',
    provenBy: ['S3.NoWebsite'],
    criteria: ['CC6.6', 'CC6.7'],
    source: 'Amazon S3 user guide, "Website endpoints"',
    reason: 'The endpoint of a website serves plain HTTP only; CloudFront in front of the bucket does it right.',
  },
  enforceSSL: {
    value: true,
    provenBy: ['S3.TlsOnly'],
    criteria: ['CC6.1', 'CC6.7'],
    source: 'Amazon S3 user guide, "Security best practices for Amazon S3"',
    reason: 'A bucket serves plain HTTP until a policy denies it.',
  },
  minimumTLSVersion: {
    value: 1.2,
    provenBy: [],
    criteria: [],
    source: 'Amazon S3 user guide, "Bucket policy examples: requiring a minimum TLS version"',
    reason: 'Versions before 1.2 are broken.',
  },
  versioned: {
    value: true,
    provenBy: ['S3.Versioning'],
    criteria: ['A1.2', 'CC7.5', 'PI1.5'],
    source: 'Amazon S3 user guide, "Retaining multiple versions of objects with S3 Versioning"',
    reason: 'An overwritten or deleted object can be restored.',
    cfn: { 'VersioningConfiguration.Status': 'Enabled' },
  },
  abortMultipartUploadDays: {
    value: 7,
    provenBy: [],
    criteria: [],
    source: 'Amazon S3 user guide, "Configuring a bucket lifecycle configuration to delete incomplete multipart uploads"',
    reason: 'Parts of uploads that never finished are billed and invisible.',
  },
  noncurrentVersionDays: {
    value: 90,
    provenBy: ['S3.Lifecycle', 'S3.NoncurrentVersionsExpire'],
    criteria: ['C1.2', 'P4.3'],
    source: 'Amazon S3 user guide, "Lifecycle and logging", noncurrent version expiration',
    reason: 'What was deleted is really gone after a time in which an error is noticed.',
    cfn: {
      'LifecycleConfiguration.Rules': [
        { Id: 'AbortIncompleteUploads', Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } },
        { Id: 'ExpireNoncurrentVersions', Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: 90 } },
      ],
    },
  },
  autoDeleteObjects: {
    value: false,
    provenBy: ['S3.NoAutoDelete'],
    criteria: ['A1.2', 'PI1.5'],
    source: 'AWS CDK API reference, aws-s3 Bucket, autoDeleteObjects',
    reason: 'A deleted stack, or a renamed construct, does not empty the bucket.',
  },
  removalPolicy: {
    value: 'RETAIN',
    provenBy: ['S3.Retained'],
    criteria: ['A1.2', 'C1.1'],
    source: 'AWS CloudFormation user guide, "DeletionPolicy attribute"',
    reason: 'A deleted stack does not take the data along.',
    cfn: { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' },
  },
} satisfies Defaults;

/** Secure defaults of a bucket that holds data. */
export const bucketDefaults = defaults({
  ...everyBucket,
  encryption: {
    value: 'aws:kms',
    provenBy: ['S3.CustomerKey', 'S3.Encryption', 'S3.KmsEncryption'],
    criteria: ['CC6.1', 'C1.1'],
    source: 'Amazon S3 user guide, "Using server-side encryption with AWS KMS keys"',
    reason: 'A key of one\'s own has a policy, rotation and an audit trail.',
    cfn: {
      'BucketEncryption.ServerSideEncryptionConfiguration': [{
        ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: new SharedKey('data') },
        BucketKeyEnabled: true,
        BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] },
      }],
    },
  },
  bucketKeyEnabled: {
    value: true,
    provenBy: [],
    criteria: [],
    source: 'Amazon S3 user guide, "Reducing the cost of SSE-KMS with Amazon S3 Bucket Keys"',
    reason: 'Cuts the requests to KMS, which are billed, by up to 99 percent.',
  },
  blockedEncryptionTypes: {
    value: 'SSE-C',
    provenBy: [],
    criteria: [],
    source: 'Amazon S3 user guide, "Blocking or unblocking SSE-C for a general purpose bucket"',
    reason: 'Objects under keys that callers bring cannot be read by anyone else, which is how ransom notes are written.',
  },
  serverAccessLogs: {
    value: true,
    provenBy: ['S3.AccessLogging', 'S3.AccessLogTargetExists'],
    criteria: ['CC7.2', 'CC7.3'],
    source: 'Amazon S3 user guide, "Logging requests with server access logging"',
    reason: 'Who read or deleted what can be told afterwards.',
  },
});

/** Secure defaults of a bucket that receives server access logs. */
export const accessLogBucketDefaults = defaults({
  ...everyBucket,
  encryption: {
    value: 'AES256',
    provenBy: ['S3.Encryption'],
    criteria: ['CC6.1', 'C1.1'],
    source: 'Amazon S3 user guide, "Enabling Amazon S3 server access logging": a destination bucket may use SSE-S3 only',
    reason: 'With a KMS key no log is delivered.',
    cfn: { 'BucketEncryption.ServerSideEncryptionConfiguration': [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
  },
  expirationDays: {
    value: 400,
    provenBy: [],
    criteria: [],
    source: 'AICPA SOC 2 guide: a type 2 period is up to twelve months',
    reason: 'A period of twelve months, and a month to look into it.',
  },
});
