import { Annotations as Notes, CfnOutput, NestedStack, Stack, StackProps } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { undeployable } from './deployable';
import { appWith, claimsIn, CONCRETE, describeConstruct, modelOf, optionalOf } from './harness';
import { LOGS_UNDER_SSE_S3, NOT_REPLICATED, SHARED_LOGS } from './nag-findings';
import { OptOut } from '../../src';
import { AccessLogBucket, SecureBucket, SecureDistribution, SecureDistributionProps, WebFirewall, WebFirewallScope } from '../../src/constructs';
import { distributionHardening } from '../../src/constructs/network/distribution-hardening';
import { distributionDefaults } from '../../src/defaults';
import { describeInjected } from '../blueprint/injected';

const EDGE: StackProps = { env: { account: '111111111111', region: 'us-east-1' } };
const ACL = 'arn:aws:wafv2:us-east-1:111111111111:global/webacl/web/473e64fd-f30b-4765-81a0-62ad96dd167a';
const { ALLOW_ALL } = cloudfront.ViewerProtocolPolicy;
const LOGS_OF_CLOUDFRONT = 'it receives the logs of CloudFront, which cdk-nag does not know';

const CERTIFICATE = 'arn:aws:acm:us-east-1:111111111111:certificate/12345678-1234-1234-1234-123456789012';
const named = (scope: Construct, id: string): { certificate: acm.ICertificate; domainNames: string[] } => ({
  certificate: acm.Certificate.fromCertificateArn(scope, `${id}Certificate`, CERTIFICATE),
  domainNames: [`${id.toLowerCase()}.example.com`],
});
const api = (props: origins.HttpOriginProps = {}): cloudfront.BehaviorOptions => ({ origin: new origins.HttpOrigin('api.example.com', props) });
const set = (path: string, value: unknown) => (distribution: SecureDistribution) => (
  (distribution.node.defaultChild as cloudfront.CfnDistribution).addPropertyOverride(`DistributionConfig.${path}`, value));
const unset = (path: string) => (distribution: SecureDistribution) => (
  (distribution.node.defaultChild as cloudfront.CfnDistribution).addPropertyDeletionOverride(`DistributionConfig.${path}`));
/** A bucket to which CloudFront can deliver by an ACL. */
const withAcls = (scope: Construct, id: string, props: s3.BucketProps = {}): AccessLogBucket => new AccessLogBucket(scope, id, {
  objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_PREFERRED, optOuts: [OptOut.of('S3.OwnershipEnforced', { reason: 'a test' })], ...props,
});

describeConstruct<SecureDistributionProps>({
  name: 'SecureDistribution',
  make: (scope, id, props) => {
    // The key of the bucket cannot name the distribution, which names the bucket: CDK warns of it.
    Notes.of(scope).acknowledgeWarning('@aws-cdk/aws-cloudfront-origins:wildcardKeyPolicyForOac');
    return new SecureDistribution(scope, id, {
      ...props,
      ...named(scope, id),
      defaultBehavior: props?.defaultBehavior ?? { origin: origins.S3BucketOrigin.withOriginAccessControl(new SecureBucket(scope, `${id}Site`)) },
      additionalBehaviors: props?.additionalBehaviors ?? { '/api/*': api() },
      webAclId: props?.webAclId ?? (props?.behindFirewall === false ? undefined : ACL),
    });
  },
  optional: optionalOf<SecureDistributionProps>()([
    'optOuts', 'behindFirewall', 'additionalBehaviors', 'certificate', 'comment', 'defaultRootObject', 'domainNames', 'enabled', 'enableIpv6', 'enableLogging',
    'geoRestriction', 'httpVersion', 'logBucket', 'logIncludesCookies', 'logFilePrefix', 'priceClass', 'webAclId', 'errorResponses', 'minimumProtocolVersion',
    'sslSupportMethod', 'publishAdditionalMetrics',
  ]),
  breaks: {
    'CloudFront.ViewerHttps': set('CacheBehaviors.0.ViewerProtocolPolicy', 'allow-all'),
    'CloudFront.MinimumTls': unset('ViewerCertificate'),
    'CloudFront.OriginTls': set('Origins.1.CustomOriginConfig.OriginProtocolPolicy', 'http-only'),
    'CloudFront.OriginAccess': unset('Origins.0.OriginAccessControlId'),
    'CloudFront.AccessLogs': unset('Logging'),
    'CloudFront.WebAcl': unset('WebACLId'),
  },
  weakenings: [
    { props: { defaultBehavior: { ...api(), viewerProtocolPolicy: ALLOW_ALL } }, says: 'viewerProtocolPolicy: ALLOW_ALL', rules: ['CloudFront.ViewerHttps'] },
    { props: { additionalBehaviors: { '/x': { ...api(), viewerProtocolPolicy: ALLOW_ALL } } }, says: 'viewerProtocolPolicy: ALLOW_ALL', rules: ['CloudFront.ViewerHttps'] },
    { props: { minimumProtocolVersion: cloudfront.SecurityPolicyProtocol.TLS_V1_1_2016 }, says: 'minimumProtocolVersion: TLSv1.1_2016', rules: ['CloudFront.MinimumTls'] },
    { props: { enableLogging: false }, says: 'enableLogging: false', rules: ['CloudFront.AccessLogs'] },
    { props: { behindFirewall: false }, says: 'behindFirewall: false', rules: ['CloudFront.WebAcl'] },
    {
      props: { additionalBehaviors: { '/x': api({ protocolPolicy: cloudfront.OriginProtocolPolicy.HTTP_ONLY }) } },
      says: 'an origin without HTTPS and TLS 1.2',
      rules: ['CloudFront.OriginTls'],
    },
    {
      props: { additionalBehaviors: { '/x': api({ originSslProtocols: [cloudfront.OriginSslPolicy.TLS_V1_1, cloudfront.OriginSslPolicy.TLS_V1_2] }) } },
      says: 'an origin without HTTPS and TLS 1.2',
      rules: ['CloudFront.OriginTls'],
    },
  ],
  uses: (distribution: SecureDistribution, consumer) => {
    new CfnOutput(consumer, 'Name', { value: distribution.distributionDomainName });
    distribution.grantCreateInvalidation(new iam.Role(consumer, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }));
  },
  given: (elsewhere) => ({ logBucket: withAcls(elsewhere, 'Logs') }),
  nag: {
    ...SHARED_LOGS,
    'AwsSolutions-CFR1 S/X/Resource': 'most sites are for every country; give geoRestriction where one is not',
    'AwsSolutions-S1 S/SharedEdgeLogs/Resource': LOGS_OF_CLOUDFRONT,
    'NIST.800.53.R5-S3BucketLoggingEnabled S/SharedEdgeLogs/Resource': LOGS_OF_CLOUDFRONT,
    'NIST.800.53.R5-S3BucketReplicationEnabled S/SharedEdgeLogs/Resource': NOT_REPLICATED,
    'NIST.800.53.R5-S3BucketReplicationEnabled S/XSite/Resource': NOT_REPLICATED,
    'NIST.800.53.R5-S3DefaultEncryptionKMS S/SharedEdgeLogs/Resource': LOGS_UNDER_SSE_S3,
  },
});

describeInjected<cloudfront.DistributionProps>({
  name: 'cloudfront.Distribution',
  hardening: distributionHardening,
  make: (scope, id, props) => new cloudfront.Distribution(scope, id, { ...props, defaultBehavior: api(), ...named(scope, id) }),
  defaults: { 'AWS::CloudFront::Distribution': distributionDefaults },
  leaves: { 'CloudFront.WebAcl': 'a firewall stands in us-east-1' },
  explicit: { props: { enableLogging: false }, rule: 'CloudFront.AccessLogs' },
});

describe('cloudfront.Distribution under its injector', () => {
  const hardened = (props: Partial<cloudfront.DistributionProps>, env: StackProps = EDGE): cloudfront.DistributionProps => distributionHardening.harden(new Stack(appWith(), 'S', env), 'X', { defaultBehavior: api(), ...props });

  test('is behind the firewall that the stack shares in us-east-1, unless it has one', () => {
    expect(hardened({}).webAclId).toMatch(/Token/);
    expect(hardened({ webAclId: 'arn:aws:wafv2:us-east-1:111111111111:global/webacl/x/y' }).webAclId).toBe('arn:aws:wafv2:us-east-1:111111111111:global/webacl/x/y');
    expect(hardened({}, CONCRETE).webAclId).toBeUndefined();
  });
});

describe('SecureDistribution', () => {
  const made = (props: Partial<SecureDistributionProps> = {}, env: StackProps = EDGE, app = appWith()): { stack: Stack; distribution: SecureDistribution } => {
    const stack = new Stack(app, 'S', env);
    return { stack, distribution: new SecureDistribution(stack, 'X', { defaultBehavior: api(), ...named(stack, 'X'), ...props }) };
  };
  const config = (stack: Stack): Record<string, any> => Object.values(Template.fromStack(stack).findResources('AWS::CloudFront::Distribution'))[0].Properties.DistributionConfig;

  describe('in us-east-1', () => {
    test('holds what it claims, and can be deployed, also twice and in a nested stack', () => {
      const app = appWith();
      const { stack } = made({}, EDGE, app);
      for (const scope of [stack, new NestedStack(stack, 'N')]) {
        new SecureDistribution(scope, 'Other', { defaultBehavior: api(), ...named(scope, 'Other') });
      }
      const model = modelOf(app);
      expect(undeployable(model)).toEqual([]);
      const claims = claimsIn(model);
      expect(claims.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
      expect([...new Set(claims.filter(({ resource }) => resource.type === 'AWS::CloudFront::Distribution').map(({ rule }) => rule))].sort())
        .toEqual(['CloudFront.AccessLogs', 'CloudFront.MinimumTls', 'CloudFront.OriginTls', 'CloudFront.ViewerHttps', 'CloudFront.WebAcl']);
      Template.fromStack(stack).resourceCountIs('AWS::WAFv2::WebACL', 1);
      Template.fromStack(stack).resourceCountIs('AWS::S3::Bucket', 1);
    });

    test('delivers its logs without an ACL, by a policy for this account, for which the delivery waits', () => {
      const { stack } = made();
      const template = Template.fromStack(stack);
      expect(config(stack).Logging).toBeUndefined();
      template.hasResourceProperties('AWS::S3::Bucket', { OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } });
      const [[bucket]] = Object.entries(template.findResources('AWS::S3::Bucket'));
      const [[distribution]] = Object.entries(template.findResources('AWS::CloudFront::Distribution'));
      const name = { 'Fn::Join': ['', [{ Ref: distribution }, '-access-logs']] };
      template.hasResourceProperties('AWS::Logs::DeliverySource', {
        Name: name,
        LogType: 'ACCESS_LOGS',
        ResourceArn: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':cloudfront::111111111111:distribution/', { Ref: distribution }]] },
      });
      template.hasResourceProperties('AWS::Logs::DeliveryDestination', { Name: name, DestinationResourceArn: { 'Fn::GetAtt': [bucket, 'Arn'] } });
      template.hasResource('AWS::Logs::Delivery', {
        DependsOn: [Match.stringLikeRegexp('^SharedAccessLogsPolicy')],
        Properties: {
          DeliverySourceName: { Ref: Match.stringLikeRegexp('LogSource') },
          DeliveryDestinationArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('LogDestination'), 'Arn'] },
        },
      });
      template.hasResourceProperties('AWS::S3::BucketPolicy', {
        PolicyDocument: {
          Statement: Match.arrayWith([Match.objectLike({
            Effect: 'Allow',
            Principal: { Service: 'delivery.logs.amazonaws.com' },
            Action: 's3:PutObject',
            Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': [bucket, 'Arn'] }, '/AWSLogs/111111111111/*']] },
            Condition: {
              StringEquals: { 'aws:SourceAccount': '111111111111', 's3:x-amz-acl': 'bucket-owner-full-control' },
              ArnLike: { 'aws:SourceArn': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':logs:us-east-1:111111111111:*']] } },
            },
          })]),
        },
      });
    });

    test('leaves cookies out of the logs unless told to', () => {
      const fields = (props: Partial<SecureDistributionProps>): string[] => Object.values(Template.fromStack(made(props).stack).findResources('AWS::Logs::Delivery'))[0].Properties.RecordFields;
      expect(fields({})).not.toContain('cs(Cookie)');
      expect(fields({})).toEqual(expect.arrayContaining(['date', 'time', 'c-ip', 'cs-method', 'cs(Host)', 'cs-uri-stem', 'sc-status']));
      expect(fields({ logIncludesCookies: true })).toContain('cs(Cookie)');
    });

    test('delivers to a bucket that is given, under a key and below a prefix', () => {
      const stack = new Stack(appWith(), 'S', EDGE);
      new SecureDistribution(stack, 'X', { defaultBehavior: api(), ...named(stack, 'X'), logBucket: new SecureBucket(stack, 'B'), logFilePrefix: 'web', enableLogging: true });
      const template = Template.fromStack(stack);
      expect(config(stack).Logging).toBeUndefined();
      template.hasResourceProperties('AWS::Logs::DeliveryDestination', { DestinationResourceArn: { 'Fn::Join': ['', [{ 'Fn::GetAtt': [Match.stringLikeRegexp('^B'), 'Arn'] }, '/web']] } });
      expect(JSON.stringify(template.findResources('AWS::S3::BucketPolicy'))).toContain('/web/AWSLogs/111111111111/*');
      template.hasResourceProperties('AWS::KMS::Key', { KeyPolicy: { Statement: Match.arrayWith([Match.objectLike({ Principal: { Service: 'delivery.logs.amazonaws.com' } })]) } });
      Annotations.fromStack(stack).hasNoWarning('/S/X', Match.anyValue());
    });

    test('delivers where the policy admits it, whether or not the prefix ends in a slash, as it had to before', () => {
      const template = Template.fromStack(made({ logFilePrefix: 'web/' }).stack);
      template.hasResourceProperties('AWS::Logs::DeliveryDestination', { DestinationResourceArn: { 'Fn::Join': ['', [Match.anyValue(), '/web']] } });
      expect(JSON.stringify(template.findResources('AWS::S3::BucketPolicy'))).toContain('"/web/AWSLogs/111111111111/*"');
    });

    test('warns of a log bucket whose policy cannot be seen', () => {
      const stack = new Stack(appWith(), 'S', EDGE);
      new SecureDistribution(stack, 'X', { defaultBehavior: api(), ...named(stack, 'X'), logBucket: s3.Bucket.fromBucketName(stack, 'B', 'logs-of-all') });
      Annotations.fromStack(stack).hasWarning('/S/X', Match.stringLikeRegexp('must let delivery.logs.amazonaws.com put objects'));
    });

    test('keeps no logs with an opt-out', () => {
      const { stack } = made({ enableLogging: false, optOuts: [OptOut.of('CloudFront.AccessLogs', { reason: 'a test' })] });
      Template.fromStack(stack).resourceCountIs('AWS::Logs::Delivery', 0);
    });

    test('is behind a firewall that the stack shares for CloudFront', () => {
      const { stack } = made();
      Template.fromStack(stack).hasResourceProperties('AWS::WAFv2::WebACL', { Scope: 'CLOUDFRONT' });
      expect(config(stack).WebACLId).toEqual(stack.resolve(WebFirewall.shared(stack, WebFirewallScope.CLOUDFRONT).webAclArn));
      expect(WebFirewall.shared(stack)).not.toBe(WebFirewall.shared(stack, WebFirewallScope.CLOUDFRONT));
    });

    test('is behind the firewall that is given', () => {
      const { stack } = made({ webAclId: ACL });
      expect(config(stack).WebACLId).toBe(ACL);
      Template.fromStack(stack).resourceCountIs('AWS::WAFv2::WebACL', 0);
    });
  });

  describe('elsewhere', () => {
    test.each<[string, StackProps]>([['in another region', CONCRETE], ['in any region', {}]])('%s has its logs delivered by an ACL, to a bucket that takes ACLs, which says why', (_, env) => {
      const app = appWith();
      const { stack } = made({ webAclId: ACL, logFilePrefix: 'web' }, env, app);
      new SecureDistribution(stack, 'Other', { defaultBehavior: api(), ...named(stack, 'Other'), webAclId: ACL });
      const template = Template.fromStack(stack);
      const [[bucket]] = Object.entries(template.findResources('AWS::S3::Bucket', { Properties: { OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] } } }));
      expect(config(stack).Logging).toEqual({ Bucket: { 'Fn::GetAtt': [bucket, 'RegionalDomainName'] }, Prefix: 'web' });
      template.resourceCountIs('AWS::S3::Bucket', 1);
      template.resourceCountIs('AWS::Logs::Delivery', 0);
      template.hasResource('AWS::S3::Bucket', { Metadata: { 'cdk-soc2': Match.objectLike({ optOuts: [Match.objectLike({ rule: 'S3.OwnershipEnforced', reason: Match.stringLikeRegexp('ACL only') })] }) } });
      expect(undeployable(modelOf(app))).toEqual([]);
    });

    test.each<[string, (stack: Stack) => s3.IBucket, string]>([
      ['whose ACLs are disabled', (stack) => new AccessLogBucket(stack, 'B'), 'whose ACLs are disabled; give one with objectOwnership: BUCKET_OWNER_PREFERRED'],
      ['that says nothing of ACLs', (stack) => new s3.Bucket(stack, 'B'), 'whose ACLs are disabled'],
      ['under a key', (stack) => new s3.Bucket(stack, 'B', { objectOwnership: s3.ObjectOwnership.OBJECT_WRITER, encryption: s3.BucketEncryption.KMS }), 'which is encrypted by KMS; give one with S3_MANAGED encryption'],
    ])('refuses a log bucket %s', (_, bucket, why) => {
      const stack = new Stack(appWith(), 'S', CONCRETE);
      expect(() => new SecureDistribution(stack, 'X', { defaultBehavior: api(), ...named(stack, 'X'), webAclId: ACL, logBucket: bucket(stack) }))
        .toThrow(`SecureDistribution at S/X: outside us-east-1 CloudFront delivers access logs by an ACL, and not to S/B, ${why}`);
    });

    test('takes a log bucket from elsewhere', () => {
      const stack = new Stack(appWith(), 'S', CONCRETE);
      new SecureDistribution(stack, 'X', { defaultBehavior: api(), ...named(stack, 'X'), webAclId: ACL, logBucket: s3.Bucket.fromBucketName(stack, 'B', 'logs-of-all') });
      expect(JSON.stringify(config(stack).Logging.Bucket)).toContain('logs-of-all.s3.');
    });

    test('refuses regions to which CloudFront does not deliver', () => {
      expect(() => made({ webAclId: ACL }, { env: { account: '111111111111', region: 'eu-south-2' } }))
        .toThrow('SecureDistribution at S/X: CloudFront does not deliver access logs to buckets in eu-south-2; move the stack to us-east-1, or give logBucket: a bucket elsewhere');
    });

    test('asks for a firewall', () => {
      expect(() => made({}, CONCRETE)).toThrow('SecureDistribution at S/X: webAclId is left out, and a firewall for CloudFront stands in us-east-1; move the stack there, or give webAclId');
    });
  });

  test('refuses a regional firewall', () => {
    expect(() => made({ webAclId: ACL.replace(':global/', ':regional/') })).toThrow(/SecureDistribution at S\/X: webAclId: arn:.* is regional; give that of a WebFirewall of scope CLOUDFRONT/);
  });

  test('asks for a certificate, or for the reason why there is none', () => {
    expect(() => made({ certificate: undefined, domainNames: undefined }))
      .toThrow('SecureDistribution at S/X: certificate is left out, and that of CloudFront takes TLS 1.0; give one of us-east-1, or optOuts: [OptOut.of(\'CloudFront.MinimumTls\', { reason: \'…\' })]');
    const app = appWith();
    const { stack } = made({ certificate: undefined, domainNames: undefined, optOuts: [OptOut.of('CloudFront.MinimumTls', { reason: 'has no name yet' })] }, EDGE, app);
    expect(config(stack).ViewerCertificate).toBeUndefined();
    expect(claimsIn(modelOf(app), 'SecureDistribution').map(({ rule }) => rule)).not.toContain('CloudFront.MinimumTls');
  });

  test('takes TLS 1.2 and later, and adds security headers to every behavior, also to those added later', () => {
    const { stack, distribution } = made({ additionalBehaviors: { '/a': api() } });
    distribution.addBehavior('/b', new origins.HttpOrigin('other.example.com'));
    const { ViewerCertificate, DefaultCacheBehavior, CacheBehaviors } = config(stack);
    expect(ViewerCertificate.MinimumProtocolVersion).toBe('TLSv1.2_2025');
    const behaviors = [DefaultCacheBehavior, ...CacheBehaviors];
    expect(behaviors.map(({ ViewerProtocolPolicy, ResponseHeadersPolicyId }) => [ViewerProtocolPolicy, ResponseHeadersPolicyId]))
      .toEqual(Array(3).fill(['redirect-to-https', '67f7725c-6f97-4210-82d7-5512b31e9d03']));
  });

  test('keeps what behaviors say', () => {
    const responseHeadersPolicy = cloudfront.ResponseHeadersPolicy.CORS_ALLOW_ALL_ORIGINS_AND_SECURITY_HEADERS;
    const { stack } = made({ defaultBehavior: { ...api(), viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.HTTPS_ONLY, responseHeadersPolicy } });
    expect(config(stack).DefaultCacheBehavior).toMatchObject({ ViewerProtocolPolicy: 'https-only', ResponseHeadersPolicyId: responseHeadersPolicy.responseHeadersPolicyId });
  });

  describe('claims of its origins', () => {
    const rulesOf = (origin: (stack: Stack) => cloudfront.IOrigin, optOuts?: OptOut[]): string[] => {
      const app = appWith();
      const stack = new Stack(app, 'S', EDGE);
      new SecureDistribution(stack, 'X', { defaultBehavior: { origin: origin(stack) }, ...named(stack, 'X'), optOuts });
      const claims = claimsIn(modelOf(app), 'SecureDistribution').filter(({ rule }) => /Origin|FunctionUrl/.test(rule));
      expect(claims.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
      return claims.map(({ rule }) => rule);
    };
    const fn = (stack: Stack): lambda.FunctionUrl => new lambda.Function(stack, 'F', {
      code: lambda.Code.fromInline('exports.handler = async () => {}'), handler: 'index.handler', runtime: lambda.Runtime.NODEJS_22_X,
    }).addFunctionUrl({ authType: lambda.FunctionUrlAuthType.AWS_IAM });

    test.each<[string, (stack: Stack) => cloudfront.IOrigin, string[]]>([
      ['a bucket', (stack) => origins.S3BucketOrigin.withOriginAccessControl(new SecureBucket(stack, 'B')), ['CloudFront.OriginAccess']],
      ['a server', () => new origins.HttpOrigin('api.example.com'), ['CloudFront.OriginTls']],
      ['a server, as viewers come', () => new origins.HttpOrigin('api.example.com', { protocolPolicy: cloudfront.OriginProtocolPolicy.MATCH_VIEWER }), ['CloudFront.OriginTls']],
      ['a function', (stack) => origins.FunctionUrlOrigin.withOriginAccessControl(fn(stack)), ['CloudFront.FunctionUrlAccess', 'CloudFront.OriginTls']],
    ])('%s', (_, origin, rules) => expect(rulesOf(origin)).toEqual(rules));

    test.each<[string, (stack: Stack) => cloudfront.IOrigin, string]>([
      ['an S3 origin without origin access control', (stack) => origins.S3BucketOrigin.withBucketDefaults(new SecureBucket(stack, 'B')), 'CloudFront.OriginAccess'],
      ['a function URL without origin access control', (stack) => new origins.FunctionUrlOrigin(fn(stack)), 'CloudFront.FunctionUrlAccess'],
      ['an origin without HTTPS and TLS 1.2', (stack) => new origins.S3StaticWebsiteOrigin(new s3.Bucket(stack, 'B', { websiteIndexDocument: 'index.html' })), 'CloudFront.OriginTls'],
    ])('%s asks for a reason', (says, origin, rule) => {
      expect(() => rulesOf(origin)).toThrow(`SecureDistribution at S/X: ${says} weakens ${rule}; leave it out`);
      expect(rulesOf(origin, [OptOut.of(rule, { reason: 'a test' })])).not.toContain(rule);
    });
  });
});

describe('cloudfront.Distribution under its injector', () => {
  const hardened = (props: Partial<cloudfront.DistributionProps>, env: StackProps): { stack: Stack; given: cloudfront.DistributionProps } => {
    const stack = new Stack(appWith(), 'S', env);
    return { stack, given: distributionHardening.harden(stack, 'X', { defaultBehavior: api(), ...props }) };
  };

  test('has its logs delivered in us-east-1', () => {
    const { stack, given } = hardened({ logIncludesCookies: true, logFilePrefix: 'web' }, EDGE);
    const plain = new cloudfront.Distribution(stack, 'X', given);
    distributionHardening.complete!(plain, given);
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::Logs::Delivery', { RecordFields: Match.arrayWith(['cs(Cookie)']) });
    expect(JSON.stringify(template.findResources('AWS::Logs::DeliveryDestination'))).toContain('/web');
  });

  test.each<[string, (stack: Stack) => Partial<cloudfront.DistributionProps>]>([
    ['not to', () => ({ enableLogging: false })],
    ['where', (stack) => ({ logBucket: withAcls(stack, 'B') })],
    ['to by the older way', () => ({ enableLogging: true })],
  ])('logs as told in us-east-1: %s', (_, props) => {
    const { stack } = hardened({}, EDGE);
    const given = distributionHardening.harden(stack, 'X', { defaultBehavior: api(), ...props(stack) });
    const plain = new cloudfront.Distribution(stack, 'X', given);
    distributionHardening.complete!(plain, given);
    Template.fromStack(stack).resourceCountIs('AWS::Logs::Delivery', 0);
  });

  test('is not told to log where CloudFront cannot deliver', () => {
    expect(hardened({}, { env: { region: 'eu-south-2' } }).given.logBucket).toBeUndefined();
  });

  test('gets no policy for TLS that CloudFront would ignore', () => {
    expect(hardened({}, EDGE).given.minimumProtocolVersion).toBeUndefined();
  });
});
