import { awsDefaults } from './aws-defaults';
import { all, any, applies, not, Rule, rule } from './kernel';
import { isNamedBy, noNegation, notPublic, noWildcardAction } from './shared/resource-policy';

const BUCKET = ['AWS::S3::Bucket'];
const POLICY = ['AWS::S3::BucketPolicy'];
const FLAGS = ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'];

export const publicAccessBlock = rule({
  id: 'S3.PublicAccessBlock',
  resourceTypes: BUCKET,
  title: 'Bucket blocks public access',
  severity: 'high',
  criteria: { direct: ['CC6.1', 'CC6.6'], supporting: ['C1.1'] },
  rationale: 'With all four settings on, no later policy or ACL can open the bucket to the internet by mistake.',
  remediation: { construct: 'SecureBucket', l2: 'blockPublicAccess: BlockPublicAccess.BLOCK_ALL', cfn: 'PublicAccessBlockConfiguration with all four settings true' },
  configRule: 'S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED',
  nagRules: ['S3BucketLevelPublicAccessProhibited', 'S3BucketPublicReadProhibited', 'S3BucketPublicWriteProhibited'],
  sources: [
    'Amazon S3 user guide, "Blocking public access to your Amazon S3 storage"', 'CIS AWS Foundations 2.1.4',
    'AWS announcement "Amazon S3 security best practices are enabled by default", April 2023: for new buckets only',
  ],
  // S3 blocks by default only in buckets made since April 2023. When a bucket was made, a template does not say: absent proves nothing, unlike
  // default encryption, which reached old buckets too. Within a configuration, a setting that is left out is false.
  check: (bucket) => {
    const block = bucket.get('PublicAccessBlockConfiguration');
    const blocked = all(...FLAGS.map((flag) => block.get(flag).isTrue()));
    return block.missing ? blocked.because('PublicAccessBlockConfiguration is absent: only buckets made since April 2023 then block public access') : blocked;
  },
});

/** One setting of the four by itself: for those who ask for them one by one. S3.PublicAccessBlock asks for all. */
const blockSetting = (flag: string, title: string, rationale: string): Rule => rule({
  id: `S3.${flag}`,
  resourceTypes: BUCKET,
  title,
  severity: 'low',
  criteria: { direct: [], supporting: ['CC6.1', 'CC6.6'] },
  rationale: `${rationale} S3.PublicAccessBlock asks for all four settings at once, so this is asked for.`,
  remediation: { construct: 'SecureBucket', l2: 'blockPublicAccess: BlockPublicAccess.BLOCK_ALL', cfn: `PublicAccessBlockConfiguration: { ${flag}: true }` },
  sources: ['Amazon S3 user guide, "Blocking public access to your Amazon S3 storage": block public access settings'],
  onByDefault: false,
  check: (bucket) => bucket.get(`PublicAccessBlockConfiguration.${flag}`).isTrue(),
});

export const blockPublicAcls = blockSetting('BlockPublicAcls', 'Bucket refuses public ACLs', 'A call that sets a public ACL is refused.');
export const blockPublicPolicy = blockSetting('BlockPublicPolicy', 'Bucket refuses public policies', 'A call that sets a public bucket policy is refused.');
export const ignorePublicAcls = blockSetting('IgnorePublicAcls', 'Bucket ignores public ACLs', 'Public ACLs that are there already give nobody access.');
export const restrictPublicBuckets = blockSetting(
  'RestrictPublicBuckets', 'Bucket with a public policy serves its own account only', 'A public policy that is there already lets in nobody but services and users of the account.',
);

export const noPublicReadAcl = rule({
  id: 'S3.NoPublicReadAcl',
  resourceTypes: BUCKET,
  title: 'No canned ACL lets the world read',
  severity: 'critical',
  criteria: { direct: ['CC6.1', 'CC6.6'], supporting: ['C1.1'] },
  rationale: 'PublicRead shows every object listing to the internet, AuthenticatedRead to anybody who has an AWS account.',
  remediation: { construct: 'SecureBucket', l2: 'accessControl: BucketAccessControl.PRIVATE, or none', cfn: 'no AccessControl, or Private' },
  configRule: 'S3_BUCKET_PUBLIC_READ_PROHIBITED',
  nagRules: ['S3BucketPublicReadProhibited'],
  sources: ['Amazon S3 user guide, "Access control list (ACL) overview": canned ACLs'],
  check: (bucket) => applies(bucket.get('AccessControl').isNot('PublicReadWrite'), 'PublicReadWrite is reported by S3.NoPublicWriteAcl',
    () => not(bucket.get('AccessControl').oneOf(['PublicRead', 'AuthenticatedRead']), 'the canned ACL lets everyone, or every AWS account, read')),
});

export const noPublicWriteAcl = rule({
  id: 'S3.NoPublicWriteAcl',
  resourceTypes: BUCKET,
  title: 'No canned ACL lets the world write',
  severity: 'critical',
  criteria: { direct: ['CC6.1', 'CC6.6'], supporting: ['C1.1', 'PI1.5'] },
  rationale: 'PublicReadWrite lets anybody replace or delete what is stored, and store what they like at the owner\'s expense.',
  remediation: { construct: 'SecureBucket', l2: 'accessControl: BucketAccessControl.PRIVATE, or none', cfn: 'no AccessControl, or Private' },
  configRule: 'S3_BUCKET_PUBLIC_WRITE_PROHIBITED',
  nagRules: ['S3BucketPublicWriteProhibited'],
  sources: ['Amazon S3 user guide, "Access control list (ACL) overview": canned ACLs'],
  check: (bucket) => bucket.get('AccessControl').isNot('PublicReadWrite').because('the canned ACL lets everyone read and write'),
});

export const ownershipEnforced = rule({
  id: 'S3.OwnershipEnforced',
  resourceTypes: BUCKET,
  title: 'ACLs are switched off',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['CC6.3'] },
  rationale: 'With ACLs off, policies alone say who has access, so a review of them is complete. New buckets are made so, and blocked public access covers the worst, so this is asked for.',
  remediation: { construct: 'SecureBucket', l2: 'objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED', cfn: 'OwnershipControls with ObjectOwnership: BucketOwnerEnforced' },
  configRule: 'S3_BUCKET_ACL_PROHIBITED',
  sources: ['Amazon S3 user guide, "Controlling ownership of objects and disabling ACLs for your bucket"', 'Security Hub S3.12'],
  onByDefault: false,
  // The default is BucketOwnerEnforced for buckets made since April 2023 only; see S3.PublicAccessBlock.
  check: (bucket) => bucket.get('OwnershipControls.Rules').some((item) => item.get('ObjectOwnership').is('BucketOwnerEnforced'))
    .because('OwnershipControls does not say BucketOwnerEnforced: ACLs may give access'),
});

export const policyNotPublic = rule({
  id: 'S3.PolicyNotPublic',
  resourceTypes: POLICY,
  title: 'Bucket policy allows no unbounded principal',
  severity: 'critical',
  criteria: { direct: ['CC6.1', 'CC6.6'], supporting: ['CC6.3', 'C1.1'] },
  rationale: 'A statement that allows everyone, with no condition on who calls, opens the bucket to the internet.',
  remediation: { construct: 'SecureBucket', l2: 'name principals in addToResourcePolicy(), or grant to a CloudFront origin access control', cfn: 'PolicyDocument whose Allow statements name their principals' },
  configRule: 'S3_BUCKET_POLICY_GRANTEE_CHECK',
  sources: ['Amazon S3 user guide, "Blocking public access to your Amazon S3 storage": the meaning of "public"'],
  check: (policy) => notPublic(policy.get('PolicyDocument')),
});

export const policyNoWildcardAction = rule({
  id: 'S3.PolicyNoWildcardAction',
  resourceTypes: POLICY,
  title: 'Bucket policy names the actions it allows',
  severity: 'medium',
  criteria: { direct: ['CC6.3'], supporting: ['CC6.1'] },
  rationale: 's3:* holds deleting the bucket and rewriting its policy: more than any reader or writer needs.',
  remediation: { construct: 'SecureBucket', l2: 'grantRead(), grantWrite()', cfn: 'PolicyDocument whose Allow statements name actions' },
  sources: ['IAM user guide, "Security best practices in IAM": least privilege'],
  check: (policy) => noWildcardAction(policy.get('PolicyDocument'), 's3'),
});

export const policyNoNegation = rule({
  id: 'S3.PolicyNoNegation',
  resourceTypes: POLICY,
  title: 'Bucket policy allows nothing by exclusion',
  severity: 'medium',
  criteria: { direct: ['CC6.3'], supporting: ['CC6.1'] },
  rationale: 'Allow with NotAction or NotPrincipal gives all but a list, which grows with every new action and every new account.',
  remediation: { construct: 'SecureBucket', l2: 'name actions and principals in addToResourcePolicy()', cfn: 'Action and Principal instead of NotAction and NotPrincipal' },
  sources: ['IAM user guide, "AWS JSON policy elements: NotPrincipal" and "NotAction"'],
  check: (policy) => noNegation(policy.get('PolicyDocument')),
});

export const hasPolicy = rule({
  id: 'S3.HasPolicy',
  resourceTypes: BUCKET,
  title: 'Bucket has a policy',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC6.1'] },
  rationale: 'A policy of its own shows that somebody decided about access to the bucket. What it says matters more, and S3.TlsOnly reads that.',
  remediation: { construct: 'SecureBucket', l2: 'enforceSSL: true', cfn: 'an AWS::S3::BucketPolicy' },
  sources: ['Amazon S3 user guide, "Bucket policies for Amazon S3"'],
  onByDefault: false,
  check: (bucket, model) => isNamedBy(bucket, model, { type: 'AWS::S3::BucketPolicy', property: 'Bucket' }),
});

export const noWebsite = rule({
  id: 'S3.NoWebsite',
  resourceTypes: BUCKET,
  title: 'Bucket serves no website of its own',
  severity: 'medium',
  criteria: { direct: ['CC6.6', 'CC6.7'] },
  rationale: 'The website endpoint of a bucket speaks HTTP only and needs public objects. CloudFront in front of a private bucket does neither.',
  remediation: { construct: 'SecureBucket', l2: 'a CloudFront Distribution with S3BucketOrigin.withOriginAccessControl()', cfn: 'no WebsiteConfiguration' },
  nagRules: ['S3WebBucketOAIAccess'],
  sources: ['Amazon S3 user guide, "Website endpoints"'],
  check: (bucket) => any([
    bucket.get('WebsiteConfiguration').isAbsent(),
    // A redirect serves no object.
    bucket.get('WebsiteConfiguration.RedirectAllRequestsTo').isPresent(),
  ]).because('WebsiteConfiguration serves objects over plain HTTP'),
});

export const corsRestricted = rule({
  id: 'S3.CorsRestricted',
  resourceTypes: BUCKET,
  title: 'No web page of any origin may write',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC6.6'] },
  rationale: 'A CORS rule for every origin lets scripts of any site use a visitor\'s access to change objects. CORS gives no access by itself, hence the low severity.',
  remediation: { construct: 'SecureBucket', l2: 'cors with named allowedOrigins', cfn: 'CorsConfiguration whose AllowedOrigins are named where AllowedMethods write' },
  sources: ['Amazon S3 user guide, "Using cross-origin resource sharing (CORS)"'],
  check: (bucket) => bucket.get('CorsConfiguration.CorsRules').every((item) => not(all(
    item.get('AllowedOrigins').some((origin) => any([origin.is('*'), origin.is('http://*'), origin.is('https://*')])),
    item.get('AllowedMethods').some((method) => method.oneOf(['PUT', 'POST', 'DELETE'])),
  ), 'a CORS rule lets every origin write')),
});

/** An access point blocks unless its configuration says otherwise, and the settings cannot change later. */
const ACCESS_POINT_DEFAULT = awsDefaults['AWS::S3::AccessPoint.PublicAccessBlockConfiguration'];

export const accessPointBlock = rule({
  id: 'S3.AccessPointPublicAccessBlock',
  resourceTypes: ['AWS::S3::AccessPoint', 'AWS::S3::MultiRegionAccessPoint'],
  title: 'Access point blocks public access',
  severity: 'high',
  criteria: { direct: ['CC6.1', 'CC6.6'], supporting: ['C1.1'] },
  rationale: 'An access point has settings of its own, so it can be open where its bucket is not looked at; they cannot be changed once it exists.',
  remediation: { cfn: 'PublicAccessBlockConfiguration with all four settings true, or none' },
  configRule: 'S3_ACCESS_POINT_PUBLIC_ACCESS_BLOCKS',
  sources: [ACCESS_POINT_DEFAULT.source],
  check: (point) => {
    const block = point.get('PublicAccessBlockConfiguration').awsDefault(ACCESS_POINT_DEFAULT).seen();
    return all(...FLAGS.map((flag) => block.get(flag).isTrue()));
  },
});

export const accessPointVpcOnly = rule({
  id: 'S3.AccessPointVpcOnly',
  resourceTypes: ['AWS::S3::AccessPoint', 'AWS::S3Express::AccessPoint'],
  title: 'Access point is reached from a VPC only',
  severity: 'low',
  criteria: { direct: ['CC6.6'], supporting: ['CC6.7'] },
  rationale: 'A VPC origin keeps stolen credentials from being used from elsewhere. Many access points serve other accounts or services, so this is asked for.',
  remediation: { cfn: 'VpcConfiguration: { VpcId }' },
  configRule: 'S3_ACCESS_POINT_IN_VPC_ONLY',
  sources: ['Amazon S3 user guide, "Creating access points restricted to a virtual private cloud"'],
  onByDefault: false,
  check: (point) => point.get('VpcConfiguration.VpcId').isPresent().because('VpcConfiguration is absent: the access point takes requests from the internet'),
});

export const accessPointPolicyNotPublic = rule({
  id: 'S3.AccessPointPolicyNotPublic',
  resourceTypes: ['AWS::S3::AccessPoint', 'AWS::S3::MultiRegionAccessPointPolicy'],
  title: 'Access point policy allows no unbounded principal',
  severity: 'high',
  criteria: { direct: ['CC6.1', 'CC6.6'], supporting: ['CC6.3'] },
  rationale: 'The policy of an access point reaches the objects of its bucket, so a wildcard principal in it is one in the bucket.',
  remediation: { cfn: 'Policy whose Allow statements name their principals, or VpcConfiguration' },
  sources: ['Amazon S3 user guide, "Configuring IAM policies for using access points"', 'Amazon S3 user guide, "Managing public access to access points": with a VPC origin never public'],
  check: (point) => applies(point.get('Policy').isPresent(), 'it has no policy', () => any([
    notPublic(point.get('Policy')),
    point.get('VpcConfiguration.VpcId').isPresent(),
  ]).because('the policy allows everyone, with no condition on who calls')),
});
