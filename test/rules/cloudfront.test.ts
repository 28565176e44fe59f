import { Case, fail, notApplicable, pass, unknown, verdicts } from './verdicts';
import * as rules from '../../src/rules/cloudfront';

const distribution = (DistributionConfig: object = {}): Case => ({ Subject: { Type: 'AWS::CloudFront::Distribution', Properties: { DistributionConfig } } });
const streaming = (StreamingDistributionConfig: object): Case => ({ Subject: { Type: 'AWS::CloudFront::StreamingDistribution', Properties: { StreamingDistributionConfig } } });
const param = { $Parameters: { P: { Type: 'String' } } };
const viewers = (policy: unknown, ...others: unknown[]) => ({
  DefaultCacheBehavior: { TargetOriginId: 'web', ViewerProtocolPolicy: policy },
  ...others.length > 0 && { CacheBehaviors: others.map((ViewerProtocolPolicy) => ({ PathPattern: '/x', ViewerProtocolPolicy })) },
});

verdicts(rules.viewerHttps, {
  pass: { 'https only': distribution(viewers('https-only')), 'redirects': distribution(viewers('redirect-to-https', 'https-only')) },
  fail: {
    'allows all': distribution(viewers('allow-all')),
    'one behavior of two': distribution(viewers('https-only', 'redirect-to-https', 'allow-all')),
    'nothing is set': distribution(),
  },
  unknown: { 'a parameter': { ...distribution(viewers({ Ref: 'P' })), ...param } },
  trap: {
    'a behavior without a policy': fail(distribution({ DefaultCacheBehavior: { TargetOriginId: 'web' } })),
    'only further behaviors are written': pass(distribution({ CacheBehaviors: [{ ViewerProtocolPolicy: 'https-only' }] })),
  },
});

const certificate = (ViewerCertificate: object) => distribution({ ViewerCertificate });
const own = (MinimumProtocolVersion?: unknown) => certificate({
  AcmCertificateArn: 'arn:aws:acm:us-east-1:111111111111:certificate/1',
  SslSupportMethod: 'sni-only',
  MinimumProtocolVersion,
});
verdicts(rules.minimumTls, {
  pass: Object.fromEntries(['TLSv1.2_2018', 'TLSv1.2_2019', 'TLSv1.2_2021', 'TLSv1.2_2025', 'TLSv1.3_2025'].map((version) => [version, own(version)])),
  fail: { ...Object.fromEntries(['SSLv3', 'TLSv1', 'TLSv1_2016', 'TLSv1.1_2016'].map((version) => [version, own(version)])), 'no version': own() },
  unknown: {
    'a parameter': { ...own({ Ref: 'P' }), ...param },
    'which certificate is a parameter': { ...certificate({ CloudFrontDefaultCertificate: { Ref: 'P' }, AcmCertificateArn: 'arn', MinimumProtocolVersion: 'TLSv1.2_2021' }), ...param },
  },
  trap: {
    'no certificate': fail(distribution(), { message: /takes TLS 1\.0/ }),
    'the certificate of CloudFront, whatever the version': fail(certificate({ CloudFrontDefaultCertificate: 'true', MinimumProtocolVersion: 'TLSv1.2_2021' })),
    // CloudFront refuses it, so the version is all that the template says.
    'a version, and no certificate at all': pass(certificate({ MinimumProtocolVersion: 'TLSv1.2_2021' })),
    'a certificate in IAM': pass(certificate({ IamCertificateId: { Ref: 'P' }, MinimumProtocolVersion: 'TLSv1.2_2021' })),
    'the certificate of CloudFront is refused': pass(certificate({
      CloudFrontDefaultCertificate: false,
      AcmCertificateArn: 'arn',
      MinimumProtocolVersion: 'TLSv1.2_2021',
    })),
  },
});

const custom = (OriginProtocolPolicy: unknown, OriginSSLProtocols?: unknown, more: object = {}) =>
  distribution({ Origins: [{ Id: 'web', DomainName: 'example.com', CustomOriginConfig: { OriginProtocolPolicy, OriginSSLProtocols } }], ...more });
verdicts(rules.originTls, {
  pass: { 'https only': custom('https-only', ['TLSv1.2']) },
  fail: { 'http only': custom('http-only', ['TLSv1.2']), 'an old protocol': custom('https-only', ['TLSv1.2', 'TLSv1']), 'no protocols': custom('https-only') },
  unknown: {
    'a parameter': { ...custom({ Ref: 'P' }, ['TLSv1.2']), ...param },
    'the origins are a parameter': { ...distribution({ Origins: { Ref: 'P' } }), ...param },
  },
  notApplicable: { 'a bucket': distribution({ Origins: [{ Id: 'b', DomainName: 'b.s3.amazonaws.com', S3OriginConfig: {} }] }) },
  trap: {
    'as viewers, who use HTTPS': pass(custom('match-viewer', ['TLSv1.2'], viewers('redirect-to-https'))),
    'as viewers, who need not': fail(custom('match-viewer', ['TLSv1.2'], viewers('allow-all'))),
    'the second origin': fail(distribution({
      Origins: [
        { Id: 'b', S3OriginConfig: {} }, { Id: 'web', CustomOriginConfig: { OriginProtocolPolicy: 'http-only' } },
      ],
    })),
    'the older spelling': fail(distribution({ CustomOrigin: { DNSName: 'example.com', OriginProtocolPolicy: 'http-only', OriginSSLProtocols: ['TLSv1.2'] } })),
  },
});

const bucket = { Bucket: { Type: 'AWS::S3::Bucket' } };
const origin = (more: object, domain: unknown = 'b.s3.eu-west-1.amazonaws.com') => distribution({ Origins: [{ Id: 'b', DomainName: domain, ...more }] });
const controlled = (SigningBehavior: string): Case => ({
  ...origin({ OriginAccessControlId: { 'Fn::GetAtt': ['Oac', 'Id'] }, S3OriginConfig: { OriginAccessIdentity: '' } }),
  Oac: {
    Type: 'AWS::CloudFront::OriginAccessControl',
    Properties: { OriginAccessControlConfig: { Name: 'b', SigningBehavior, SigningProtocol: 'sigv4', OriginAccessControlOriginType: 's3' } },
  },
});
verdicts(rules.originAccess, {
  pass: {
    'a control': controlled('always'),
    'an identity': origin({ S3OriginConfig: { OriginAccessIdentity: 'origin-access-identity/cloudfront/E1' } }),
    'a control by id': origin({ OriginAccessControlId: 'E1' }),
  },
  fail: {
    'none': origin({}),
    'none, by reference': { ...origin({}, { 'Fn::GetAtt': ['Bucket', 'RegionalDomainName'] }), ...bucket },
    'an empty identity': origin({ S3OriginConfig: { OriginAccessIdentity: '' } }),
  },
  unknown: { 'the domain is a parameter': { ...origin({}, { Ref: 'P' }), ...param } },
  notApplicable: { 'no origin': distribution(), 'a custom origin': origin({ CustomOriginConfig: { OriginProtocolPolicy: 'https-only' } }, 'example.com') },
  trap: {
    'a control that signs nothing': fail(controlled('never')),
    'the website of a bucket has no access control': notApplicable(origin(
      { CustomOriginConfig: { OriginProtocolPolicy: 'http-only' } }, 'b.s3-website-eu-west-1.amazonaws.com',
    )),
    'the domain is put together': fail({ ...origin({}, { 'Fn::Sub': '${Bucket}.s3.amazonaws.com' }), ...bucket }),
    'one of two': fail(distribution({
      Origins: [
        { DomainName: 'a.s3.amazonaws.com', OriginAccessControlId: 'E1' }, { DomainName: 'b.s3.amazonaws.com', S3OriginConfig: {} },
      ],
    })),
    'the older spelling': fail(distribution({ S3Origin: { DNSName: 'b.s3.amazonaws.com' } })),
    'the older kind': pass(streaming({ S3Origin: { DomainName: 'b.s3.amazonaws.com', OriginAccessIdentity: 'origin-access-identity/cloudfront/E1' } })),
    'the older kind, with no identity': fail(streaming({ S3Origin: { DomainName: 'b.s3.amazonaws.com', OriginAccessIdentity: '' } })),
  },
});

const deliver = (LogType: string): Case => ({
  ...distribution(),
  Source: {
    Type: 'AWS::Logs::DeliverySource',
    Properties: { Name: 'cdn', LogType, ResourceArn: { 'Fn::Sub': 'arn:aws:cloudfront::${AWS::AccountId}:distribution/${Subject}' } },
  },
  Delivery: { Type: 'AWS::Logs::Delivery', Properties: { DeliverySourceName: { Ref: 'Source' }, DeliveryDestinationArn: 'arn' } },
});
verdicts(rules.cloudfrontAccessLogs, {
  pass: { 'to a bucket': distribution({ Logging: { Bucket: 'logs.s3.amazonaws.com' } }), 'through CloudWatch': deliver('ACCESS_LOGS') },
  fail: { 'none': distribution(), 'no bucket': distribution({ Logging: { Prefix: 'cdn/' } }) },
  unknown: {
    'the type of log is a parameter': {
      ...deliver('X'),
      Source: { Type: 'AWS::Logs::DeliverySource', Properties: { LogType: { Ref: 'P' }, ResourceArn: { Ref: 'Subject' } } },
      ...param,
    },
  },
  trap: {
    'logs of another kind': fail(deliver('CONNECTION_LOGS')),
    'the older kind': pass(streaming({ Logging: { Bucket: 'logs.s3.amazonaws.com', Enabled: true, Prefix: '' } })),
    'the older kind, with none': fail(streaming({ Enabled: true })),
    'the older kind, turned off': fail(streaming({ Logging: { Bucket: 'logs.s3.amazonaws.com', Enabled: 'false', Prefix: '' } })),
    'a bucket that deployment supplies': pass({ ...distribution({ Logging: { Bucket: { Ref: 'P' } } }), ...param }),
  },
});

verdicts(rules.cloudfrontWebAcl, {
  pass: { 'a web ACL': distribution({ WebACLId: 'arn' }) },
  fail: { none: distribution() },
  unknown: { 'a macro': distribution({ WebACLId: { 'Fn::Transform': { Name: 'M' } } }) },
  trap: { 'empty': fail(distribution({ WebACLId: '' })), 'a parameter': pass({ ...distribution({ WebACLId: { Ref: 'P' } }), ...param }) },
});

const geo = (RestrictionType: unknown) => distribution({ Restrictions: { GeoRestriction: { RestrictionType } } });
verdicts(rules.geoRestriction, {
  pass: { 'a list': geo('whitelist') },
  fail: { absent: distribution() },
  unknown: { 'a parameter': { ...geo({ Ref: 'P' }), ...param } },
  trap: { 'a restriction that restricts nothing': fail(geo('none')) },
});

verdicts(rules.defaultRootObject, {
  pass: { set: distribution({ DefaultRootObject: 'index.html' }) },
  fail: { absent: distribution() },
  unknown: { 'a macro': distribution({ DefaultRootObject: { 'Fn::Transform': { Name: 'M' } } }) },
  trap: { empty: fail(distribution({ DefaultRootObject: '' })) },
});

const groups = (Members: object) => distribution({ OriginGroups: { Quantity: 1, Items: [{ Id: 'g', Members }] } });
verdicts(rules.originFailover, {
  pass: { 'two members': groups({ Quantity: 2, Items: [{ OriginId: 'a' }, { OriginId: 'b' }] }) },
  fail: { 'none': distribution(), 'one member': groups({ Quantity: 1, Items: [{ OriginId: 'a' }] }) },
  unknown: { 'the number is a parameter': { ...groups({ Quantity: { Ref: 'P' } }), ...param } },
  trap: { 'groups announced but not there': fail(distribution({ OriginGroups: { Quantity: 1 } })) },
});

const headers = (age: unknown): Case => ({
  Subject: {
    Type: 'AWS::CloudFront::ResponseHeadersPolicy',
    Properties: { ResponseHeadersPolicyConfig: { SecurityHeadersConfig: { StrictTransportSecurity: { AccessControlMaxAgeSec: age, Override: true } } } },
  },
});
verdicts(rules.strictTransport, {
  pass: { 'a year': headers(31536000) },
  fail: { absent: { Subject: { Type: 'AWS::CloudFront::ResponseHeadersPolicy', Properties: { ResponseHeadersPolicyConfig: { Name: 'cors' } } } } },
  unknown: { 'a parameter': { ...headers({ Ref: 'P' }), ...param } },
  trap: { 'no time at all takes it back': fail(headers(0)), 'a list where a number belongs': unknown(headers([1])) },
});

const URL_HOST = 'abc.lambda-url.eu-west-1.on.aws';
const CUSTOM = { CustomOriginConfig: { OriginProtocolPolicy: 'https-only' } };
const url = { Url: { Type: 'AWS::Lambda::Url', Properties: { AuthType: 'AWS_IAM' } } };
/** How CDK takes the host out of a URL. */
const split = (text: unknown) => ({ 'Fn::Select': [2, { 'Fn::Split': ['/', text] }] });
const ofUrl = split({ 'Fn::GetAtt': ['Url', 'FunctionUrl'] });
const signing = (SigningBehavior: string): Case => ({
  ...origin({ ...CUSTOM, OriginAccessControlId: { Ref: 'Control' } }, URL_HOST),
  Control: { Type: 'AWS::CloudFront::OriginAccessControl', Properties: { OriginAccessControlConfig: { OriginAccessControlOriginType: 'lambda', SigningBehavior } } },
});
verdicts(rules.functionUrlAccess, {
  pass: {
    'a control': signing('always'),
    'a control by id': origin({ ...CUSTOM, OriginAccessControlId: 'E1' }, URL_HOST),
    'a control, as CDK writes it': { ...origin({ ...CUSTOM, OriginAccessControlId: 'E1' }, ofUrl), ...url },
  },
  fail: {
    'none': origin(CUSTOM, URL_HOST), 'none, the host by reference': { ...origin(CUSTOM, { 'Fn::GetAtt': ['Url', 'FunctionUrl'] }), ...url },
    'none, as CDK writes it': { ...origin(CUSTOM, ofUrl), ...url },
  },
  unknown: {
    'the host is a parameter': { ...origin(CUSTOM, { Ref: 'P' }), ...param, ...url },
    'the host may be of the URL or beside it': { ...origin(CUSTOM, split({ 'Fn::Sub': '${Url.FunctionUrl}/example.com' })), ...url },
  },
  notApplicable: {
    'no origin': distribution(),
    'a bucket': origin({ S3OriginConfig: {} }, 'b.s3.amazonaws.com'),
    'another host': origin(CUSTOM, 'example.com'),
    'a parameter, and no function URL in the templates': { ...origin(CUSTOM, { Ref: 'P' }), ...param },
  },
  trap: {
    'a control that signs nothing': fail(signing('never')),
    'one of two': fail(distribution({ Origins: [{ DomainName: URL_HOST, ...CUSTOM, OriginAccessControlId: 'E1' }, { DomainName: `x${URL_HOST}`, ...CUSTOM }] })),
    'the Region is known at deployment': fail(origin(CUSTOM, { 'Fn::Sub': 'abc.lambda-url.${AWS::Region}.on.aws' })),
    'a host split out of the URL of a REST API': notApplicable({
      ...origin(CUSTOM, split({ 'Fn::Sub': 'https://${Api}.execute-api.${AWS::Region}.${AWS::URLSuffix}/prod/' })), ...url, Api: { Type: 'AWS::ApiGateway::RestApi' },
    }),
    'a REST API beside a function URL': notApplicable({
      ...origin(CUSTOM, { 'Fn::Sub': '${Api}.execute-api.${AWS::Region}.amazonaws.com' }), ...url, Api: { Type: 'AWS::ApiGateway::RestApi' },
    }),
  },
});
