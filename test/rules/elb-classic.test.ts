import { Case, fail, notApplicable, pass, unknown, verdicts } from './verdicts';
import * as rules from '../../src/rules/elb-classic';

const balancer = (properties: object = {}): Case => ({ Subject: { Type: 'AWS::ElasticLoadBalancing::LoadBalancer', Properties: properties } });
const listening = (...listeners: object[]) => balancer({ Listeners: listeners });
const param = { $Parameters: { P: { Type: 'String' } } };

verdicts(rules.classicAccessLogs, {
  pass: { on: balancer({ AccessLoggingPolicy: { Enabled: true } }) },
  fail: { absent: balancer(), off: balancer({ AccessLoggingPolicy: { Enabled: 'false', S3BucketName: 'logs' } }) },
  unknown: { 'a parameter': { ...balancer({ AccessLoggingPolicy: { Enabled: { Ref: 'P' } } }), ...param } },
  trap: { 'a bucket alone': fail(balancer({ AccessLoggingPolicy: { S3BucketName: 'logs' } })) },
});

verdicts(rules.classicHttpsOnly, {
  pass: { 'HTTPS and SSL': listening({ Protocol: 'HTTPS' }, { Protocol: 'SSL' }) },
  fail: { 'HTTP beside HTTPS': listening({ Protocol: 'HTTPS' }, { Protocol: 'HTTP' }), 'TCP': listening({ Protocol: 'TCP' }) },
  unknown: { 'a parameter': { ...listening({ Protocol: { Ref: 'P' } }), ...param } },
  trap: {
    'in lower case': pass(listening({ Protocol: 'https' })),
    'the protocol of the instances is another matter': pass(listening({ Protocol: 'HTTPS', InstanceProtocol: 'HTTP' })),
  },
});

const policy = (attributes: object[], name = 'tls', type = 'SSLNegotiationPolicyType') => ({ PolicyName: name, PolicyType: type, Attributes: attributes });
const reference = (value: unknown) => [{ Name: 'Reference-Security-Policy', Value: value }];
const negotiating = (policies: object[], ...names: unknown[]) => balancer({ Policies: policies, Listeners: [{ Protocol: 'HTTPS', PolicyNames: names }] });
const GOOD = reference('ELBSecurityPolicy-TLS-1-2-2017-01');
verdicts(rules.classicTlsPolicy, {
  pass: {
    'by reference': negotiating([policy(GOOD)], 'tls'),
    'on SSL': balancer({ Policies: [policy(GOOD)], Listeners: [{ Protocol: 'SSL', PolicyNames: ['tls'] }] }),
  },
  fail: { 'none': negotiating([]), 'an old one': negotiating([policy(reference('ELBSecurityPolicy-2016-08'))], 'tls') },
  unknown: {
    'a parameter': { ...negotiating([policy(reference({ Ref: 'P' }))], 'tls'), ...param },
    'the name is a parameter': { ...negotiating([policy(GOOD)], { Ref: 'P' }), ...param },
  },
  notApplicable: { 'no TLS': listening({ Protocol: 'HTTP' }) },
  trap: {
    'a good policy that no listener names': fail(negotiating([policy(GOOD)])),
    'a policy of another kind': fail(negotiating([policy(GOOD, 'tls', 'LBCookieStickinessPolicyType')], 'tls')),
    'one of two listeners': fail(balancer({ Policies: [policy(GOOD)], Listeners: [{ Protocol: 'HTTPS', PolicyNames: ['tls'] }, { Protocol: 'SSL' }] })),
    'protocols one by one': pass(negotiating([policy([{ Name: 'Protocol-TLSv1.2', Value: 'true' }, { Name: 'Protocol-TLSv1', Value: 'false' }])], 'tls')),
    'protocols one by one, an old one among them': fail(negotiating(
      [policy([{ Name: 'Protocol-TLSv1.2', Value: true }, { Name: 'Protocol-TLSv1.1', Value: true }])], 'tls',
    )),
    'a predefined one by its name': pass(negotiating([], 'ELBSecurityPolicy-TLS-1-2-2017-01')),
  },
});

const certified = (arn: unknown) => listening({ Protocol: 'HTTP' }, { Protocol: 'SSL', SSLCertificateId: arn });
verdicts(rules.classicAcmCertificate, {
  pass: {
    'by ARN': certified('arn:aws:acm:eu-west-1:111111111111:certificate/1'),
    'by reference': { ...certified({ Ref: 'Cert' }), Cert: { Type: 'AWS::CertificateManager::Certificate' } },
  },
  fail: { 'uploaded to IAM': certified('arn:aws:iam::111111111111:server-certificate/web'), 'none': listening({ Protocol: 'HTTPS' }) },
  unknown: { 'a parameter': { ...certified({ Ref: 'P' }), ...param } },
  trap: { 'no listener ends TLS': notApplicable(listening({ Protocol: 'HTTP' })), 'a macro': unknown(certified({ 'Fn::Transform': { Name: 'M' } })) },
});

verdicts(rules.classicCrossZone, {
  pass: { on: balancer({ CrossZone: true }) },
  fail: { absent: balancer(), off: balancer({ CrossZone: false }) },
  unknown: { 'a parameter': { ...balancer({ CrossZone: { Ref: 'P' } }), ...param } },
  trap: { 'as text': pass(balancer({ CrossZone: 'true' })) },
});

verdicts(rules.classicInternal, {
  pass: { internal: balancer({ Scheme: 'internal' }) },
  fail: { public: balancer({ Scheme: 'internet-facing' }) },
  unknown: { 'a parameter': { ...balancer({ Scheme: { Ref: 'P' } }), ...param } },
  trap: { 'public unless told': fail(balancer()) },
});

verdicts(rules.classicConnectionDraining, {
  pass: { on: balancer({ ConnectionDrainingPolicy: { Enabled: true } }) },
  fail: { absent: balancer() },
  unknown: { 'a parameter': { ...balancer({ ConnectionDrainingPolicy: { Enabled: { Ref: 'P' } } }), ...param } },
  trap: { 'a timeout alone': fail(balancer({ ConnectionDrainingPolicy: { Timeout: 60 } })) },
});
