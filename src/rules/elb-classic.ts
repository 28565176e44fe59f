import { all, any, applies, not, Property, ResourceReader, rule, Truth, when } from './kernel';
import { currentElbPolicy, fromCertificateManager } from './shared/tls';

const BALANCER = ['AWS::ElasticLoadBalancing::LoadBalancer'];

const secure = (listener: Property) => listener.get('Protocol').matches(/^(https|ssl)$/i, 'HTTPS or SSL');

/** The check of every listener that ends TLS, where there is one. */
function tlsListeners(balancer: ResourceReader, check: (listener: Property) => Truth): Truth {
  const listeners = balancer.get('Listeners');
  return applies(listeners.some(secure), 'no listener ends TLS', () => listeners.every((listener) => when(secure(listener), () => check(listener))));
}

export const classicAccessLogs = rule({
  id: 'ELB.AccessLogs',
  resourceTypes: BALANCER,
  title: 'Classic load balancer keeps access logs',
  severity: 'medium',
  criteria: { direct: ['CC7.2'], supporting: ['CC7.3'] },
  rationale: 'Access logs show who asked for what and from where, which is what an investigation begins with.',
  remediation: { construct: 'AccessLogBucket', l2: 'accessLoggingPolicy: { enabled: true, s3BucketName }', cfn: 'AccessLoggingPolicy: { Enabled: true }' },
  configRule: 'ELB_LOGGING_ENABLED',
  nagRules: ['ELBLoggingEnabled'],
  sources: ['AWS::ElasticLoadBalancing::LoadBalancer AccessLoggingPolicy'],
  check: (balancer) => balancer.get('AccessLoggingPolicy.Enabled').isTrue(),
});

export const classicHttpsOnly = rule({
  id: 'ELB.HttpsOnly',
  resourceTypes: BALANCER,
  title: 'Classic load balancer listens for HTTPS and SSL only',
  severity: 'high',
  criteria: { direct: ['CC6.7'], supporting: ['CC6.1'] },
  rationale: 'What is sent over plain HTTP or TCP can be read and changed on the way; a classic load balancer cannot redirect.',
  remediation: { l2: 'listeners: [{ externalProtocol: LoadBalancingProtocol.HTTPS }]', cfn: 'Listeners with Protocol HTTPS or SSL' },
  configRule: 'ELB_TLS_HTTPS_LISTENERS_ONLY',
  nagRules: ['ELBTlsHttpsListenersOnly', 'CLBNoInboundHttpHttps'],
  sources: ['AWS::ElasticLoadBalancing::LoadBalancer Listeners, Protocol'],
  check: (balancer) => balancer.get('Listeners').every(secure),
});

/** The policy of the load balancer with the listener's name for it: a predefined one by reference, or protocols one by one. */
function currentPolicy(balancer: ResourceReader, name: Property): Truth {
  const { scalar } = name;
  if (scalar === undefined) return name.openTruth();
  return any([
    currentElbPolicy(name),
    balancer.get('Policies').some((policy) => all(
      policy.get('PolicyName').is(scalar), policy.get('PolicyType').is('SSLNegotiationPolicyType'),
      currentAttributes(policy.get('Attributes')),
    )),
  ]);
}

const OLD_PROTOCOLS = ['Protocol-SSLv2', 'Protocol-SSLv3', 'Protocol-TLSv1', 'Protocol-TLSv1.1'];

function currentAttributes(attributes: Property): Truth {
  const set = (attribute: Property, name: string) => all(attribute.get('Name').is(name), attribute.get('Value').isTrue());
  return any([
    attributes.some((attribute) => all(attribute.get('Name').is('Reference-Security-Policy'), currentElbPolicy(attribute.get('Value')))),
    all(attributes.some((attribute) => set(attribute, 'Protocol-TLSv1.2')),
      not(attributes.some((attribute) => any(OLD_PROTOCOLS.map((name) => set(attribute, name)))), 'an old protocol is on')),
  ]);
}

export const classicTlsPolicy = rule({
  id: 'ELB.TlsPolicy',
  resourceTypes: BALANCER,
  title: 'Classic load balancer takes TLS 1.2 and later',
  severity: 'medium',
  criteria: { direct: ['CC6.7'] },
  rationale: 'TLS 1.0 and 1.1 have known weaknesses, and the policy that applies when none is named takes them.',
  remediation: {
    l2: 'policyNames of the listener',
    cfn: 'PolicyNames of the listener, and Policies with Reference-Security-Policy = ELBSecurityPolicy-TLS-1-2-2017-01',
  },
  configRule: 'ELB_PREDEFINED_SECURITY_POLICY_SSL_CHECK',
  sources: ['User guide for Classic Load Balancers, "Predefined SSL security policies": ELBSecurityPolicy-2016-08 by default'],
  check: (balancer) => tlsListeners(balancer, (listener) => listener.get('PolicyNames').some((name) => currentPolicy(balancer, name))
    .because('a listener uses a policy older than TLS 1.2, or names none')),
});

export const classicAcmCertificate = rule({
  id: 'ELB.AcmCertificate',
  resourceTypes: BALANCER,
  title: 'Certificates come from AWS Certificate Manager',
  severity: 'low',
  criteria: { direct: ['CC6.7'] },
  rationale: 'Certificates that are uploaded to IAM are not renewed by anyone but by hand, and their keys have been in somebody\'s hands.',
  remediation: { l2: 'sslCertificateArn', cfn: 'SSLCertificateId with the ARN of an AWS::CertificateManager::Certificate' },
  configRule: 'ELB_ACM_CERTIFICATE_REQUIRED',
  nagRules: ['ELBACMCertificateRequired'],
  sources: ['AWS::ElasticLoadBalancing::LoadBalancer Listeners, SSLCertificateId'],
  check: (balancer) => tlsListeners(balancer, (listener) => fromCertificateManager(listener.get('SSLCertificateId'))),
});

export const classicCrossZone = rule({
  id: 'ELB.CrossZone',
  resourceTypes: BALANCER,
  title: 'Classic load balancer spreads traffic over zones',
  severity: 'low',
  criteria: { direct: ['A1.2'] },
  rationale: 'Without it the instances of a small zone get the same share of traffic as those of a large one, and fail first.',
  remediation: { l2: 'crossZone: true', cfn: 'CrossZone: true' },
  configRule: 'ELB_CROSS_ZONE_LOAD_BALANCING_ENABLED',
  nagRules: ['ELBCrossZoneLoadBalancingEnabled'],
  sources: ['AWS::ElasticLoadBalancing::LoadBalancer, CrossZone: false by default'],
  check: (balancer) => balancer.get('CrossZone').isTrue(),
});

export const classicInternal = rule({
  id: 'ELB.Internal',
  resourceTypes: BALANCER,
  title: 'Classic load balancer is internal',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['CC6.6'] },
  rationale: 'For applications that serve no one outside. A public service fails it by design.',
  remediation: { l2: 'internetFacing: false', cfn: 'Scheme: internal' },
  sources: ['AWS::ElasticLoadBalancing::LoadBalancer, Scheme: a public DNS name by default'],
  check: (balancer) => balancer.get('Scheme').is('internal'),
});

export const classicConnectionDraining = rule({
  id: 'ELB.ConnectionDraining',
  resourceTypes: BALANCER,
  title: 'Classic load balancer lets requests finish',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['A1.2'] },
  rationale: 'Requests under way are cut off when an instance is taken out. It is a matter of comfort more than of control.',
  remediation: { cfn: 'ConnectionDrainingPolicy: { Enabled: true }' },
  nagRules: ['CLBConnectionDraining'],
  sources: ['AWS::ElasticLoadBalancing::LoadBalancer ConnectionDrainingPolicy'],
  check: (balancer) => balancer.get('ConnectionDrainingPolicy.Enabled').isTrue(),
});
