import { Case, fail, notApplicable, pass, unknown, verdicts } from './verdicts';
import * as rules from '../../src/rules/elb';

const of = (type: string) => (properties: object = {}): Case => ({ Subject: { Type: `AWS::ElasticLoadBalancingV2::${type}`, Properties: properties } });
const balancer = of('LoadBalancer');
const listener = of('Listener');
const targets = of('TargetGroup');
const param = { $Parameters: { P: { Type: 'String' } } };
const isProd = { $Parameters: { Env: { Type: 'String' } }, $Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Env' }, 'prod'] } } };
const set = (key: string, value: unknown, more: object = {}) => balancer({
  LoadBalancerAttributes: [{ Key: 'idle_timeout.timeout_seconds', Value: '60' }, { Key: key, Value: value }],
  ...more,
});

const LOGS = 'access_logs.s3.enabled';
const delivered = (logType: string, delivery: object): Case => ({
  ...balancer({ Type: 'network' }),
  Source: { Type: 'AWS::Logs::DeliverySource', Properties: { Name: 'nlb', LogType: logType, ResourceArn: { Ref: 'Subject' } } },
  Delivery: { Type: 'AWS::Logs::Delivery', Properties: delivery },
});
verdicts(rules.accessLogs, {
  pass: { 'enabled': set(LOGS, true), 'as text': set(LOGS, 'true') },
  fail: { 'absent': balancer(), 'a bucket alone': set('access_logs.s3.bucket', 'logs'), 'disabled': set(LOGS, 'false') },
  unknown: {
    'the value is a parameter': { ...set(LOGS, { Ref: 'P' }), ...param },
    'the list is a parameter': { ...balancer({ LoadBalancerAttributes: { Ref: 'P' } }), ...param },
  },
  notApplicable: { 'a gateway': balancer({ Type: 'gateway' }) },
  trap: {
    'the attribute is there in one branch': fail(
      { ...balancer({ LoadBalancerAttributes: [{ 'Fn::If': ['IsProd', { Key: LOGS, Value: true }, { Ref: 'AWS::NoValue' }] }] }), ...isProd },
      { message: /when IsProd is false/ },
    ),
    'true of another attribute': fail(set('deletion_protection.enabled', true)),
    'through CloudWatch, by name': pass(delivered('NLB_ACCESS_LOGS', { DeliverySourceName: 'nlb' })),
    'through CloudWatch, by reference': pass(delivered('NLB_ACCESS_LOGS', { DeliverySourceName: { Ref: 'Source' } })),
    'a source that nothing carries on': fail(delivered('NLB_ACCESS_LOGS', { DeliverySourceName: 'other' })),
  },
});

const DROP = 'routing.http.drop_invalid_header_fields.enabled';
verdicts(rules.dropInvalidHeaders, {
  pass: { on: set(DROP, true, { Type: 'application' }) },
  fail: { absent: balancer({ Type: 'application' }), off: set(DROP, false), empty: balancer({ LoadBalancerAttributes: [] }) },
  unknown: { 'a parameter': { ...set(DROP, { Ref: 'P' }), ...param } },
  trap: { 'no type is application': fail(balancer()), 'a network load balancer reads no headers': notApplicable(balancer({ Type: 'network' })) },
});

const DESYNC = 'routing.http.desync_mitigation_mode';
verdicts(rules.desyncMitigation, {
  pass: { strictest: set(DESYNC, 'strictest') },
  fail: { monitor: set(DESYNC, 'monitor') },
  unknown: { 'a parameter': { ...set(DESYNC, { Ref: 'P' }), ...param } },
  trap: { 'defensive unless told': pass(balancer()), 'a network load balancer': notApplicable(set(DESYNC, 'monitor', { Type: 'network' })) },
});

const PROTECT = 'deletion_protection.enabled';
verdicts(rules.deletionProtection, {
  pass: { on: set(PROTECT, 'true') },
  fail: { absent: balancer(), off: set(PROTECT, false) },
  unknown: { 'a parameter': { ...set(PROTECT, { Ref: 'P' }), ...param } },
  trap: {
    'true of another attribute': fail(set(LOGS, true)),
    'one object, not a list': pass(balancer({ LoadBalancerAttributes: { Key: PROTECT, Value: true } })),
  },
});

const CROSS = 'load_balancing.cross_zone.enabled';
verdicts(rules.crossZone, {
  pass: { on: set(CROSS, true, { Type: 'network' }) },
  fail: { absent: balancer({ Type: 'network' }) },
  unknown: { 'a parameter': { ...set(CROSS, { Ref: 'P' }, { Type: 'network' }), ...param } },
  trap: { 'application load balancers always do': notApplicable(balancer()) },
});

verdicts(rules.multiAz, {
  pass: { 'two subnets': balancer({ Subnets: ['subnet-1', 'subnet-2'] }) },
  fail: { one: balancer({ Type: 'network', Subnets: ['subnet-1'] }), none: balancer() },
  unknown: { 'a list that is given at deployment': { ...balancer({ Subnets: { Ref: 'P' } }), $Parameters: { P: { Type: 'List<AWS::EC2::Subnet::Id>' } } } },
  trap: { mapped: pass(balancer({ SubnetMappings: [{ SubnetId: 'subnet-1' }, { SubnetId: 'subnet-2' }] })) },
});

const protectedBy = (type: string, target: unknown = { Ref: 'Subject' }): Case => ({
  ...balancer(),
  Association: { Type: type, Properties: { ResourceArn: target, WebACLArn: 'arn' } },
});
verdicts(rules.webAcl, {
  pass: { 'associated': protectedBy('AWS::WAFv2::WebACLAssociation'), 'by the classic WAF': protectedBy('AWS::WAFRegional::WebACLAssociation') },
  fail: { 'not associated': balancer() },
  unknown: {
    'the scheme is a parameter': { ...balancer({ Scheme: { Ref: 'P' } }), ...param },
    'what is associated is a parameter': { ...protectedBy('AWS::WAFv2::WebACLAssociation', { Ref: 'P' }), ...param },
  },
  notApplicable: { 'internal': balancer({ Scheme: 'internal' }), 'a network load balancer': balancer({ Type: 'network' }) },
  trap: {
    'another load balancer is': fail({
      ...protectedBy('AWS::WAFv2::WebACLAssociation', { Ref: 'Other' }),
      Other: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer' },
    }),
  },
});

verdicts(rules.internal, {
  pass: { internal: balancer({ Scheme: 'internal' }) },
  fail: { public: balancer({ Scheme: 'internet-facing' }) },
  unknown: { 'a parameter': { ...balancer({ Scheme: { Ref: 'P' } }), ...param } },
  trap: { 'public unless told': fail(balancer()), 'a gateway has no scheme': notApplicable(balancer({ Type: 'gateway' })) },
});

const redirect = (config: object = { Protocol: 'HTTPS', StatusCode: 'HTTP_301' }) => ({ DefaultActions: [{ Type: 'redirect', RedirectConfig: config }] });
const forward = { DefaultActions: [{ Type: 'forward', TargetGroupArn: 'arn' }] };
const http = (more: object = forward) => listener({ Protocol: 'HTTP', Port: 80, LoadBalancerArn: 'arn', ...more });
const withRule = (action: object): Case => ({
  ...http(redirect()),
  Rule: {
    Type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
    Properties: { ListenerArn: { Ref: 'Subject' }, Actions: [action], Priority: 1, Conditions: [] },
  },
});
verdicts(rules.httpsOnly, {
  pass: { 'HTTPS': listener({ Protocol: 'HTTPS', ...forward }), 'TLS': listener({ Protocol: 'TLS', ...forward }), 'a redirect': http(redirect()) },
  fail: { 'HTTP': http(), 'a fixed answer': http({ DefaultActions: [{ Type: 'fixed-response' }] }) },
  unknown: { 'a parameter': { ...listener({ Protocol: { Ref: 'P' }, ...forward }), ...param } },
  notApplicable: { TCP: listener({ Protocol: 'TCP', ...forward }) },
  trap: {
    'a redirect that keeps the protocol': fail(http(redirect({ Host: 'example.com', StatusCode: 'HTTP_301' }))),
    'a redirect to HTTP': fail(http(redirect({ Protocol: 'HTTP', StatusCode: 'HTTP_301' }))),
    'a redirect without a protocol of its own': pass(listener({ Port: 80, ...redirect() })),
    'a rule forwards before the redirect': fail(withRule({ Type: 'forward', TargetGroupArn: 'arn' }), { message: /Rule forwards/ }),
    'a rule redirects too': pass(withRule({ Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', StatusCode: 'HTTP_302' } })),
    'a gateway has no protocol': notApplicable({
      ...listener({ LoadBalancerArn: { Ref: 'Gateway' }, ...forward }),
      Gateway: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Type: 'gateway' } },
    }),
  },
});

const tls = (policy?: unknown) => listener({ Protocol: 'HTTPS', ...policy !== undefined && { SslPolicy: policy } });
verdicts(rules.tlsPolicy, {
  pass: {
    ...Object.fromEntries([
      'TLS13-1-2-2021-06', 'TLS13-1-3-2021-06', 'TLS13-1-2-Res-PQ-2025-09', 'TLS13-1-2-Ext0-FIPS-2023-04', 'TLS-1-2-2017-01',
      'TLS-1-2-Ext-2018-06', 'FS-1-2-Res-2020-10',
    ]
      .map((name) => [name, tls(`ELBSecurityPolicy-${name}`)])),
  },
  fail: {
    ...Object.fromEntries([
      '2016-08', 'TLS-1-0-2015-04', 'TLS-1-1-2017-01', 'FS-2018-06', 'FS-1-1-2019-08', 'TLS13-1-0-2021-06', 'TLS13-1-0-PQ-2025-09',
      'TLS13-1-1-2021-06',
    ]
      .map((name) => [name, tls(`ELBSecurityPolicy-${name}`)])),
  },
  unknown: { 'a parameter': { ...tls({ Ref: 'P' }), ...param } },
  notApplicable: { HTTP: http() },
  trap: {
    'the default is an old one': fail(tls()),
    'TLS on a network load balancer': fail(listener({ Protocol: 'TLS' })),
    'an old one on a listener for HTTP': fail(listener({ Protocol: 'HTTP', SslPolicy: 'ELBSecurityPolicy-2016-08' })),
  },
});

const certified = (...arns: unknown[]) => listener({ Protocol: 'HTTPS', Certificates: arns.map((CertificateArn) => ({ CertificateArn })) });
const ACM = 'arn:aws:acm:eu-west-1:111111111111:certificate/1';
const IAM = 'arn:aws:iam::111111111111:server-certificate/web';
verdicts(rules.acmCertificate, {
  pass: { 'by ARN': certified(ACM), 'by reference': { ...certified({ Ref: 'Cert' }), Cert: { Type: 'AWS::CertificateManager::Certificate' } } },
  fail: {
    'none': listener({ Protocol: 'TLS' }),
    'uploaded to IAM': certified(IAM),
    'made in IAM': { ...certified({ Ref: 'Cert' }), Cert: { Type: 'AWS::IAM::ServerCertificate' } },
  },
  unknown: {
    'a parameter': { ...certified({ Ref: 'P' }), ...param },
    'of a custom resource': { ...certified({ 'Fn::GetAtt': ['Cert', 'Arn'] }), Cert: { Type: 'AWS::CloudFormation::CustomResource' } },
  },
  notApplicable: { HTTP: http() },
  trap: {
    'put together': pass(certified({ 'Fn::Sub': 'arn:${AWS::Partition}:acm:${AWS::Region}:${AWS::AccountId}:certificate/1' })),
    'further certificates of a listener': fail({
      Subject: {
        Type: 'AWS::ElasticLoadBalancingV2::ListenerCertificate',
        Properties: { ListenerArn: 'arn', Certificates: [{ CertificateArn: ACM }, { CertificateArn: IAM }] },
      },
    }),
  },
});

verdicts(rules.healthCheck, {
  pass: { on: targets({ HealthCheckEnabled: true }) },
  fail: { off: targets({ HealthCheckEnabled: false }) },
  unknown: { 'a parameter': { ...targets({ HealthCheckEnabled: { Ref: 'P' } }), ...param } },
  trap: { 'on unless told': pass(targets({ TargetType: 'ip' })), 'functions': notApplicable(targets({ TargetType: 'lambda' })) },
});

verdicts(rules.targetTls, {
  pass: { HTTPS: targets({ Protocol: 'HTTPS' }) },
  fail: { HTTP: targets({ Protocol: 'HTTP' }), absent: targets() },
  unknown: { 'a parameter': { ...targets({ Protocol: { Ref: 'P' } }), ...param } },
  trap: {
    'TCP is passed on': notApplicable(targets({ Protocol: 'TCP' })),
    'functions': notApplicable(targets({ TargetType: 'lambda' })),
    'the type is a parameter': unknown({ ...targets({ TargetType: { Ref: 'P' } }), ...param }),
  },
});
