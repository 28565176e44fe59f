import { any, rule } from './kernel';

const BUCKET = ['AWS::S3::Bucket'];

export const versioning = rule({
  id: 'S3.Versioning',
  resourceTypes: BUCKET,
  title: 'Bucket keeps object versions',
  severity: 'medium',
  criteria: { direct: ['A1.2', 'PI1.5'], supporting: ['CC7.5'] },
  rationale: 'Without versions an overwritten or deleted object is gone, so data cannot be recovered after an error or an attack.',
  remediation: { construct: 'SecureBucket', l2: 'versioned: true', cfn: 'VersioningConfiguration: { Status: Enabled }' },
  configRule: 'S3_BUCKET_VERSIONING_ENABLED',
  nagRules: ['S3BucketVersioningEnabled'],
  sources: ['Amazon S3 user guide, "Retaining multiple versions of objects with S3 Versioning"'],
  check: (bucket) => bucket.get('VersioningConfiguration.Status').is('Enabled'),
});

export const tlsOnly = rule({
  id: 'S3.TlsOnly',
  resourceTypes: BUCKET,
  title: 'Bucket refuses plain HTTP',
  severity: 'high',
  criteria: { direct: ['CC6.7'], supporting: ['CC6.1'] },
  rationale: 'A bucket accepts unencrypted requests until a policy denies them, so data in transit is not shown to be protected.',
  remediation: { construct: 'SecureBucket', l2: 'enforceSSL: true', cfn: 'a bucket policy that denies s3:* when aws:SecureTransport is false' },
  configRule: 'S3_BUCKET_SSL_REQUESTS_ONLY',
  nagRules: ['S3BucketSSLRequestsOnly'],
  sources: ['Amazon S3 user guide, "Security best practices for Amazon S3"'],
  check: (bucket, model) => any(
    model.referrers(bucket, 'AWS::S3::BucketPolicy', 'Bucket').map((policy) => policy.get('PolicyDocument').policy().deniesPlainHttp(['s3:GetObject'])),
    'no AWS::S3::BucketPolicy refers to this bucket',
  ),
});
