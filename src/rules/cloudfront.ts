import { all, any, applies, Evaluation, not, Property, ResourceReader, rule, Truth } from './kernel';
import { isReference, Reference } from '../template/value';
import { deliversLogs } from './shared/log-delivery';
import { stands } from './shared/stands';

const DISTRIBUTION = ['AWS::CloudFront::Distribution'];
/** The older kind, for Flash media, with settings of its own. */
const STREAMING = 'AWS::CloudFront::StreamingDistribution';

const config = (distribution: ResourceReader, path: string) => distribution.get(`DistributionConfig.${path}`);

/** Every cache behavior, the default one first, makes viewers use HTTPS. */
function viewersUseHttps(distribution: ResourceReader): Truth {
  const byDefault = config(distribution, 'DefaultCacheBehavior');
  const others = config(distribution, 'CacheBehaviors');
  if (byDefault.missing && others.missing) return byDefault.isPresent();
  return all(...[byDefault, others].filter((behaviors) => !behaviors.missing)
    .map((behaviors) => behaviors.every((behavior) => behavior.get('ViewerProtocolPolicy').oneOf(['https-only', 'redirect-to-https']))));
}

export const viewerHttps = rule({
  id: 'CloudFront.ViewerHttps',
  resourceTypes: DISTRIBUTION,
  title: 'Viewers use HTTPS',
  severity: 'high',
  criteria: { direct: ['CC6.7'], supporting: ['CC6.1'] },
  rationale: 'What is sent over plain HTTP, sessions and passwords included, can be read and changed on the way.',
  remediation: { construct: 'SecureDistribution', l2: 'viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS', cfn: 'ViewerProtocolPolicy: redirect-to-https in every cache behavior' },
  configRule: 'CLOUDFRONT_VIEWER_POLICY_HTTPS',
  sources: ['AWS::CloudFront::Distribution CacheBehavior, ViewerProtocolPolicy'],
  check: viewersUseHttps,
});

export const minimumTls = rule({
  id: 'CloudFront.MinimumTls',
  resourceTypes: DISTRIBUTION,
  title: 'Viewers need TLS 1.2',
  severity: 'medium',
  criteria: { direct: ['CC6.7'] },
  rationale: 'TLS 1.0 and 1.1 have known weaknesses. With the certificate of CloudFront itself they cannot be turned off.',
  remediation: {
    construct: 'SecureDistribution',
    l2: 'certificate, and minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021',
    cfn: 'ViewerCertificate: { AcmCertificateArn, SslSupportMethod: sni-only, MinimumProtocolVersion: TLSv1.2_2021 }',
  },
  configRule: 'CLOUDFRONT_SECURITY_POLICY_CHECK',
  nagRules: ['CloudFrontDistributionHttpsViewerNoOutdatedSSL'],
  sources: ['AWS::CloudFront::Distribution ViewerCertificate: with CloudFrontDefaultCertificate the policy is TLSv1, whatever MinimumProtocolVersion says'],
  check: (distribution) => {
    const certificate = config(distribution, 'ViewerCertificate');
    if (certificate.missing) return certificate.isPresent().because('there is no certificate of its own, and the one of CloudFront takes TLS 1.0');
    return all(
      not(certificate.get('CloudFrontDefaultCertificate').isTrue(), 'the certificate of CloudFront takes TLS 1.0, whatever MinimumProtocolVersion says'),
      certificate.get('MinimumProtocolVersion').matches(/^TLSv1\.[23]($|[_-])/i, 'TLSv1.2_2018 or later'),
    );
  },
});

export const originTls = rule({
  id: 'CloudFront.OriginTls',
  resourceTypes: DISTRIBUTION,
  title: 'Origins are reached over TLS 1.2',
  severity: 'medium',
  criteria: { direct: ['CC6.7'] },
  rationale: 'Encryption that ends at the edge leaves the rest of the way, over the internet, in the clear.',
  remediation: {
    construct: 'SecureDistribution',
    l2: 'new HttpOrigin(domain, { protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY, originSslProtocols: [OriginSslPolicy.TLS_V1_2] })',
    cfn: 'CustomOriginConfig: { OriginProtocolPolicy: https-only, OriginSSLProtocols: [TLSv1.2] }',
  },
  configRule: 'CLOUDFRONT_NO_DEPRECATED_SSL_PROTOCOLS',
  nagRules: ['CloudFrontDistributionNoOutdatedSSL'],
  sources: ['AWS::CloudFront::Distribution CustomOriginConfig', 'RFC 8996: TLS 1.0 and 1.1 are deprecated'],
  check: (distribution) => {
    const judge = (origin: Property) => all(
      any([origin.get('OriginProtocolPolicy').is('https-only'), all(origin.get('OriginProtocolPolicy').is('match-viewer'), viewersUseHttps(distribution))])
        .because('an origin may be reached over plain HTTP'),
      origin.get('OriginSSLProtocols').count(1).because('OriginSSLProtocols is absent'),
      origin.get('OriginSSLProtocols').every((protocol) => protocol.is('TLSv1.2')),
    );
    const origins = config(distribution, 'Origins');
    const legacy = config(distribution, 'CustomOrigin');
    const custom = (origin: Property) => stands(origin.get('CustomOriginConfig'));
    return applies(any([origins.some(custom), stands(legacy)]), 'there is no custom origin', () => all(
      origins.every((origin) => any([not(custom(origin), 'a custom origin'), judge(origin.get('CustomOriginConfig'))])),
      legacy.missing ? Truth.YES : judge(legacy),
    ));
  },
});

/** An origin that is an S3 bucket, not its website. */
function isBucket(origin: Property): Truth {
  const domain = origin.get('DomainName');
  const website = any([stands(origin.get('CustomOriginConfig')), stands(origin.get('VpcOriginConfig'))]);
  const reference = Truth.of(domain.target()?.type === 'AWS::S3::Bucket', 'no bucket');
  const named = any([reference, domain.matches(/\.s3[.-]/, 'a bucket'), domain.includes('.s3.')]);
  return all(not(website, 'a custom origin'), any([stands(origin.get('S3OriginConfig')), named]));
}

/** The origin names an identity, or a control that signs requests. */
function signed(origin: Property): Truth {
  const control = origin.get('OriginAccessControlId');
  const target = control.target();
  const signs = target?.type === 'AWS::CloudFront::OriginAccessControl'
    ? not(target.get('OriginAccessControlConfig.SigningBehavior').is('never'), 'the origin access control signs nothing') : control.isPresent();
  return any([signs, origin.get('S3OriginConfig.OriginAccessIdentity').isPresent()]);
}

export const originAccess = rule({
  id: 'CloudFront.OriginAccess',
  resourceTypes: [...DISTRIBUTION, STREAMING],
  title: 'Buckets are reached through CloudFront only',
  severity: 'high',
  criteria: { direct: ['CC6.1', 'CC6.6'] },
  rationale: 'Without an access control of the origin the bucket has to be public, and whoever knows its name goes around the distribution.',
  remediation: { construct: 'SecureDistribution', l2: 'S3BucketOrigin.withOriginAccessControl()', cfn: 'OriginAccessControlId of every S3 origin' },
  configRule: 'CLOUDFRONT_S3_ORIGIN_ACCESS_CONTROL_ENABLED',
  nagRules: ['CloudFrontDistributionS3OriginAccessControl', 'CloudFrontDistributionS3OriginAccessIdentity'],
  sources: ['Amazon CloudFront developer guide, "Restrict access to an Amazon S3 origin"'],
  check: (distribution) => {
    if (distribution.type === STREAMING) return distribution.get('StreamingDistributionConfig.S3Origin.OriginAccessIdentity').isPresent();
    const origins = config(distribution, 'Origins');
    const legacy = config(distribution, 'S3Origin');
    return applies(any([origins.some(isBucket), stands(legacy)]), 'no origin is an S3 bucket', () => all(
      origins.every((origin) => any([not(isBucket(origin), 'a bucket'), signed(origin)]))
        .because('an S3 origin has neither an access control nor an access identity'),
      legacy.missing ? Truth.YES : legacy.get('OriginAccessIdentity').isPresent(),
    ));
  },
});

/**
 * An origin that is the URL of a Lambda function: `<id>.lambda-url.<Region>.on.aws`. CDK splits hosts out of URLs, which are known at deployment
 * only: what such a piece is of tells the origin. A host that nobody can tell is a function's only where the templates hold such a URL.
 */
function isFunctionUrl(origin: Property, model: Evaluation): Truth {
  const domain = origin.get('DomainName');
  const whole = domain.parts.flatMap((part) => (typeof part === 'object' && !isReference(part) ? part.splitFrom ?? part : part));
  const references = whole.filter(isReference);
  if (domain.undecided && !references.length && !model.ofType('AWS::Lambda::Url').length) return Truth.no('the templates given hold no function URL');
  const named = references.length ? isOfUrl(references, whole.length > 1, domain) : all(domain.endsWith('.on.aws'), domain.includes('.lambda-url.'));
  return all(not(any([stands(origin.get('S3OriginConfig')), stands(origin.get('VpcOriginConfig'))]), 'a bucket or a private origin'), named);
}

function isOfUrl(references: readonly Reference[], mixed: boolean, domain: Property): Truth {
  const ofUrl = references.some(({ target }) => target.type === 'AWS::Lambda::Url');
  return ofUrl && mixed && domain.undecided ? domain.openTruth() : Truth.of(ofUrl, 'another kind of origin');
}

export const functionUrlAccess = rule({
  id: 'CloudFront.FunctionUrlAccess',
  resourceTypes: DISTRIBUTION,
  title: 'Function URLs are reached through CloudFront only',
  severity: 'medium',
  criteria: { direct: ['CC6.1', 'CC6.6'] },
  rationale: 'Without an access control of the origin the URL of the function has to be public, and whoever knows it goes around the distribution and its web ACL.',
  remediation: { construct: 'SecureDistribution', l2: 'FunctionUrlOrigin.withOriginAccessControl()', cfn: 'OriginAccessControlId of every origin that is a function URL, and AuthType: AWS_IAM of the URL' },
  configRule: 'CLOUDFRONT_ORIGIN_LAMBDA_URL_OAC_ENABLED',
  sources: ['Amazon CloudFront developer guide, "Restrict access to an AWS Lambda function URL origin"'],
  check: (distribution, model) => {
    const origins = config(distribution, 'Origins');
    return applies(origins.some((origin) => isFunctionUrl(origin, model)), 'no origin is a function URL', () => origins
      .every((origin) => any([not(isFunctionUrl(origin, model), 'a function URL'), signed(origin)])).because('a function URL has no access control'));
  },
});

export const cloudfrontAccessLogs = rule({
  id: 'CloudFront.AccessLogs',
  resourceTypes: [...DISTRIBUTION, STREAMING],
  title: 'Distribution keeps access logs',
  severity: 'medium',
  criteria: { direct: ['CC7.2'], supporting: ['CC7.3', 'PI1.2'] },
  rationale: 'What is answered from the cache leaves no trace behind it; the logs of the distribution are the only record of who asked for what.',
  remediation: {
    construct: 'AccessLogBucket',
    l2: 'enableLogging: true, logBucket',
    cfn: 'Logging: { Bucket }, or an AWS::Logs::Delivery of the distribution\'s ACCESS_LOGS',
  },
  configRule: 'CLOUDFRONT_ACCESSLOGS_ENABLED',
  nagRules: ['CloudFrontDistributionAccessLogging'],
  sources: ['Amazon CloudFront developer guide, "Access logs (standard logs)": legacy logs to a bucket, and logs delivered through CloudWatch'],
  check: (distribution, model) => {
    if (distribution.type === STREAMING) {
      const logging = distribution.get('StreamingDistributionConfig.Logging');
      return all(logging.get('Bucket').isPresent(), not(logging.get('Enabled').isFalse(), 'access logs are turned off')).because('access logs are not configured');
    }
    return any([config(distribution, 'Logging.Bucket').isPresent(), deliversLogs(distribution, model, /^ACCESS_LOGS$/)]).because('access logs are not configured');
  },
});

export const cloudfrontWebAcl = rule({
  id: 'CloudFront.WebAcl',
  resourceTypes: DISTRIBUTION,
  title: 'Distribution is behind a web ACL',
  severity: 'medium',
  criteria: { direct: ['CC6.6'] },
  rationale: 'A web application firewall refuses known attacks before they reach an application that everyone can call.',
  remediation: { construct: 'SecureDistribution', l2: 'webAclId', cfn: 'WebACLId' },
  configRule: 'CLOUDFRONT_ASSOCIATED_WITH_WAF',
  nagRules: ['CloudFrontDistributionWAFIntegration'],
  sources: ['AWS::CloudFront::Distribution DistributionConfig, WebACLId'],
  check: (distribution) => config(distribution, 'WebACLId').isPresent(),
});

export const geoRestriction = rule({
  id: 'CloudFront.GeoRestriction',
  resourceTypes: DISTRIBUTION,
  title: 'Distribution is limited to countries',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['CC6.6'] },
  rationale: 'Where a service is committed to some countries only, the others are needless exposure. Most services are for everyone.',
  remediation: { l2: 'geoRestriction', cfn: 'Restrictions: { GeoRestriction: { RestrictionType: whitelist, Locations } }' },
  nagRules: ['CloudFrontDistributionGeoRestrictions'],
  sources: ['AWS::CloudFront::Distribution GeoRestriction'],
  check: (distribution) => config(distribution, 'Restrictions.GeoRestriction.RestrictionType').oneOf(['whitelist', 'blacklist']),
});

export const defaultRootObject = rule({
  id: 'CloudFront.DefaultRootObject',
  resourceTypes: DISTRIBUTION,
  title: 'Distribution has a default root object',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['CC6.6'] },
  rationale: 'A request for the root of a bucket that may be listed returns its contents. APIs have no such object, so this is off by default.',
  remediation: { l2: 'defaultRootObject', cfn: 'DefaultRootObject' },
  configRule: 'CLOUDFRONT_DEFAULT_ROOT_OBJECT_CONFIGURED',
  sources: ['Amazon CloudFront developer guide, "Specify a default root object"'],
  check: (distribution) => config(distribution, 'DefaultRootObject').isPresent(),
});

export const originFailover = rule({
  id: 'CloudFront.OriginFailover',
  resourceTypes: DISTRIBUTION,
  title: 'Distribution has a second origin to turn to',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['A1.2'] },
  rationale: 'With one origin the distribution fails with it. Only critical sites need two, so this is off by default.',
  remediation: { l2: 'OriginGroup', cfn: 'OriginGroups with two members' },
  configRule: 'CLOUDFRONT_ORIGIN_FAILOVER_ENABLED',
  sources: ['AWS::CloudFront::Distribution OriginGroups: a group has two members'],
  check: (distribution) => config(distribution, 'OriginGroups.Items')
    .some((group) => any([group.get('Members.Items').count(2), group.get('Members.Quantity').atLeast(2)])),
});

export const strictTransport = rule({
  id: 'CloudFront.StrictTransport',
  resourceTypes: ['AWS::CloudFront::ResponseHeadersPolicy'],
  title: 'Browsers are told to use HTTPS only',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['CC6.7'] },
  rationale: 'The header keeps browsers from plain HTTP, before any redirect. Policies that serve other ends, such as CORS, need not hold it.',
  remediation: { l2: 'securityHeadersBehavior: { strictTransportSecurity }', cfn: 'SecurityHeadersConfig: { StrictTransportSecurity }' },
  sources: ['AWS::CloudFront::ResponseHeadersPolicy StrictTransportSecurity'],
  check: (policy) => policy.get('ResponseHeadersPolicyConfig.SecurityHeadersConfig.StrictTransportSecurity.AccessControlMaxAgeSec').atLeast(1),
});
