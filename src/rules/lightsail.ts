import { awsDefaults } from './aws-defaults';
import { all, rule } from './kernel';

const BUCKET = ['AWS::Lightsail::Bucket'];

export const bucketPrivate = rule({
  id: 'Lightsail.BucketPrivate',
  resourceTypes: BUCKET,
  title: 'Bucket and its objects are private',
  severity: 'high',
  criteria: { direct: ['CC6.6'], supporting: ['CC6.1', 'C1.1'] },
  rationale: 'In a public bucket, or one that lets single objects be made public, anybody can read what is stored, now or after one mistake.',
  remediation: { cfn: 'AccessRules: { GetObject: private, AllowPublicOverrides: false }' },
  configRule: 'LIGHTSAIL_BUCKET_ALLOW_PUBLIC_OVERRIDES_DISABLED',
  sources: ['Amazon Lightsail user guide, "Control access to Lightsail buckets and objects"', 'AWS::Lightsail::Bucket AccessRules'],
  check: (bucket) => all(
    bucket.get('AccessRules.GetObject').awsDefault(awsDefaults['AWS::Lightsail::Bucket.AccessRules.GetObject']).is('private'),
    bucket.get('AccessRules.AllowPublicOverrides').awsDefault(awsDefaults['AWS::Lightsail::Bucket.AccessRules.AllowPublicOverrides']).isFalse(),
  ),
});

export const bucketVersioning = rule({
  id: 'Lightsail.BucketVersioning',
  resourceTypes: BUCKET,
  title: 'Bucket keeps earlier versions of objects',
  severity: 'low',
  criteria: { direct: ['A1.2'], supporting: ['PI1.5', 'CC7.5'] },
  rationale: 'What was overwritten or deleted by mistake, or by an intruder, can be restored from a version only.',
  remediation: { cfn: 'ObjectVersioning: true' },
  configRule: 'LIGHTSAIL_BUCKET_OBJECT_VERSIONING_ENABLED',
  sources: ['Amazon Lightsail user guide, "Enable and suspend object versioning in a Lightsail bucket": off by default'],
  check: (bucket) => bucket.get('ObjectVersioning').isTrue(),
});
