import { awsDefaults } from './aws-defaults';
import { all, any, applies, not, Property, ResourceReader, rule, Truth } from './kernel';
import { deliversLogs } from './shared/log-delivery';
import { isNamedBy } from './shared/resource-policy';
import { currentElbPolicy, fromCertificateManager } from './shared/tls';

const BALANCER = ['AWS::ElasticLoadBalancingV2::LoadBalancer'];
const LISTENER = ['AWS::ElasticLoadBalancingV2::Listener'];
const TARGETS = ['AWS::ElasticLoadBalancingV2::TargetGroup'];

/** Some attribute of the list `LoadBalancerAttributes` has the key, and its value passes; what AWS sets otherwise is `fallback`. */
function attribute(balancer: ResourceReader, key: string, ask: (value: Property) => Truth, fallback = Truth.no(`the attribute ${key} is not set`)): Truth {
  const list = balancer.get('LoadBalancerAttributes');
  const set = list.some((item) => item.get('Key').is(key));
  if (set.no) return fallback;
  return list.some((item) => all(item.get('Key').is(key), ask(item.get('Value')))).because(`the attribute ${key} is not as it should be`);
}

const isType = (balancer: ResourceReader, ...types: string[]) =>
  balancer.get('Type').awsDefault(awsDefaults['AWS::ElasticLoadBalancingV2::LoadBalancer.Type']).oneOf(types);
const scheme = (balancer: ResourceReader) => balancer.get('Scheme').awsDefault(awsDefaults['AWS::ElasticLoadBalancingV2::LoadBalancer.Scheme']);
const internetFacing = (balancer: ResourceReader) => scheme(balancer).isNot('internal');

export const accessLogs = rule({
  id: 'ELBv2.AccessLogs',
  resourceTypes: BALANCER,
  title: 'Load balancer keeps access logs',
  severity: 'medium',
  criteria: { direct: ['CC7.2'], supporting: ['CC7.3', 'PI1.2'] },
  rationale: 'Access logs show who asked for what and from where, which is what an investigation begins with.',
  remediation: { construct: 'SecureLoadBalancer', l2: 'logAccessLogs()', cfn: 'LoadBalancerAttributes with access_logs.s3.enabled = true' },
  configRule: 'ELB_LOGGING_ENABLED',
  nagRules: ['ELBLoggingEnabled'],
  sources: ['AWS::ElasticLoadBalancingV2::LoadBalancer LoadBalancerAttribute: access_logs.s3.enabled, false by default, not for Gateway Load Balancers'],
  check: (balancer, model) => applies(not(isType(balancer, 'gateway'), 'a gateway'), 'Gateway Load Balancers have no access logs', () => any([
    attribute(balancer, 'access_logs.s3.enabled', (value) => value.isTrue()), deliversLogs(balancer, model, /ACCESS_LOGS$/),
  ]).because('access logs are not enabled')),
});

export const dropInvalidHeaders = rule({
  id: 'ELBv2.DropInvalidHeaders',
  resourceTypes: BALANCER,
  title: 'Application load balancer drops invalid headers',
  severity: 'medium',
  criteria: { direct: ['CC6.6'] },
  rationale: 'Malformed headers are how one request is smuggled in another, past the checks at the front.',
  remediation: { construct: 'SecureLoadBalancer', l2: 'dropInvalidHeaderFields: true', cfn: 'LoadBalancerAttributes with routing.http.drop_invalid_header_fields.enabled = true' },
  configRule: 'ALB_HTTP_DROP_INVALID_HEADER_ENABLED',
  nagRules: ['ALBHttpDropInvalidHeaderEnabled'],
  sources: ['AWS::ElasticLoadBalancingV2::LoadBalancer LoadBalancerAttribute: false by default, Application Load Balancers only'],
  check: (balancer) => applies(isType(balancer, 'application'), 'only application load balancers read headers',
    () => attribute(balancer, 'routing.http.drop_invalid_header_fields.enabled', (value) => value.isTrue())),
});

export const desyncMitigation = rule({
  id: 'ELBv2.DesyncMitigation',
  resourceTypes: BALANCER,
  title: 'Application load balancer guards against request smuggling',
  severity: 'low',
  criteria: { direct: ['CC6.6'] },
  rationale: 'In monitor mode ambiguous requests are passed on, and front and back may disagree on where one ends.',
  remediation: {
    construct: 'SecureLoadBalancer',
    l2: 'desyncMitigationMode: DesyncMitigationMode.DEFENSIVE',
    cfn: 'LoadBalancerAttributes with routing.http.desync_mitigation_mode = defensive or strictest',
  },
  configRule: 'ALB_DESYNC_MODE_CHECK',
  sources: ['AWS::ElasticLoadBalancingV2::LoadBalancer LoadBalancerAttribute: defensive by default'],
  check: (balancer) => applies(isType(balancer, 'application'), 'only application load balancers read requests',
    () => attribute(balancer, 'routing.http.desync_mitigation_mode', (value) => value.oneOf(['defensive', 'strictest']), Truth.YES)),
});

export const deletionProtection = rule({
  id: 'ELBv2.DeletionProtection',
  resourceTypes: BALANCER,
  title: 'Load balancer cannot be deleted by accident',
  severity: 'low',
  criteria: { direct: ['A1.2'], supporting: ['CC8.1'] },
  rationale: 'Deleting the entry point takes the service down, and its name and addresses do not come back.',
  remediation: { construct: 'SecureLoadBalancer', l2: 'deletionProtection: true', cfn: 'LoadBalancerAttributes with deletion_protection.enabled = true' },
  configRule: 'ELB_DELETION_PROTECTION_ENABLED',
  nagRules: ['ELBDeletionProtectionEnabled'],
  sources: ['AWS::ElasticLoadBalancingV2::LoadBalancer LoadBalancerAttribute: false by default'],
  check: (balancer) => attribute(balancer, 'deletion_protection.enabled', (value) => value.isTrue()),
});

export const crossZone = rule({
  id: 'ELBv2.CrossZone',
  resourceTypes: BALANCER,
  title: 'Network load balancer spreads traffic over zones',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['A1.2'] },
  rationale: 'Without it a zone with few targets is overloaded; with it traffic between zones is billed, so teams choose.',
  remediation: { l2: 'crossZoneEnabled: true', cfn: 'LoadBalancerAttributes with load_balancing.cross_zone.enabled = true' },
  configRule: 'NLB_CROSS_ZONE_LOAD_BALANCING_ENABLED',
  sources: ['AWS::ElasticLoadBalancingV2::LoadBalancer LoadBalancerAttribute: false by default, always true for application load balancers'],
  check: (balancer) => applies(isType(balancer, 'network', 'gateway'), 'application load balancers always spread traffic',
    () => attribute(balancer, 'load_balancing.cross_zone.enabled', (value) => value.isTrue())),
});

export const multiAz = rule({
  id: 'ELBv2.MultiAz',
  resourceTypes: BALANCER,
  title: 'Load balancer stands in at least two zones',
  severity: 'medium',
  criteria: { direct: ['A1.2'] },
  rationale: 'A load balancer in one zone fails with it.',
  remediation: { construct: 'SecureLoadBalancer', l2: 'vpcSubnets in two zones or more', cfn: 'Subnets or SubnetMappings with two entries or more' },
  configRule: 'ELBV2_MULTIPLE_AZ',
  sources: ['AWS::ElasticLoadBalancingV2::LoadBalancer, Subnets'],
  check: (balancer) => any([balancer.get('Subnets').count(2), balancer.get('SubnetMappings').count(2)]).because('the load balancer has fewer than two subnets'),
});

export const webAcl = rule({
  id: 'ELBv2.WebAcl',
  resourceTypes: BALANCER,
  title: 'Public application load balancer is behind a web ACL',
  severity: 'medium',
  criteria: { direct: ['CC6.6'] },
  rationale: 'A web application firewall refuses known attacks before they reach an application that everyone can call.',
  remediation: { construct: 'SecureLoadBalancer', l2: 'CfnWebACLAssociation', cfn: 'AWS::WAFv2::WebACLAssociation with the load balancer as ResourceArn' },
  configRule: 'ALB_WAF_ENABLED',
  nagRules: ['ALBWAFEnabled'],
  sources: ['AWS::WAFv2::WebACLAssociation, ResourceArn'],
  check: (balancer, model) => applies(all(
    isType(balancer, 'application'), internetFacing(balancer),
  ), 'a web ACL is asked of public application load balancers', () => any(
    ['AWS::WAFv2::WebACLAssociation', 'AWS::WAFRegional::WebACLAssociation'].map((type) => isNamedBy(balancer, model, { type, property: 'ResourceArn' })),
  ).because('no web ACL is associated')),
});

export const internal = rule({
  id: 'ELBv2.Internal',
  resourceTypes: BALANCER,
  title: 'Load balancer is internal',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['CC6.6'] },
  rationale: 'For applications that serve no one outside. A public service fails it by design.',
  remediation: { l2: 'internetFacing: false', cfn: 'Scheme: internal' },
  configRule: 'ALB_INTERNAL_SCHEME_CHECK',
  sources: ['AWS::ElasticLoadBalancingV2::LoadBalancer, Scheme: internet-facing by default; none for Gateway Load Balancers'],
  check: (balancer) => applies(not(isType(balancer, 'gateway'), 'a gateway'), 'Gateway Load Balancers have no scheme',
    () => scheme(balancer).is('internal')),
});

/** Protocols that pass on what they carry, encrypted or not, or that belong to a gateway. */
const OPAQUE = ['TCP', 'UDP', 'TCP_UDP', 'QUIC', 'TCP_QUIC', 'GENEVE'];
const SECURE = ['HTTPS', 'TLS'];

const redirectsToHttps = (action: Property) => all(action.get('Type').is('redirect'), action.get('RedirectConfig.Protocol').is('HTTPS'));
const opaque = (listener: ResourceReader) => {
  const balancer = listener.get('LoadBalancerArn').target();
  return any([listener.get('Protocol').oneOf(OPAQUE), balancer?.type === BALANCER[0] ? isType(balancer, 'gateway') : Truth.no('no gateway')]);
};

export const httpsOnly = rule({
  id: 'ELBv2.HttpsOnly',
  resourceTypes: LISTENER,
  title: 'Listener speaks HTTPS or leads there',
  severity: 'high',
  criteria: { direct: ['CC6.7'], supporting: ['CC6.1'] },
  rationale: 'What is sent over plain HTTP, sessions and passwords included, can be read and changed on the way.',
  remediation: {
    construct: 'SecureLoadBalancer',
    l2: 'protocol: ApplicationProtocol.HTTPS, and addRedirect() for port 80',
    cfn: 'Protocol: HTTPS, or DefaultActions with a redirect to HTTPS only',
  },
  configRule: 'ALB_HTTP_TO_HTTPS_REDIRECTION_CHECK',
  nagRules: ['ALBHttpToHttpsRedirection'],
  sources: ['AWS::ElasticLoadBalancingV2::Listener RedirectConfig, Protocol: without it the protocol stays'],
  check: (listener, model) => applies(not(opaque(listener), 'opaque'), 'the listener passes on what it carries without reading it', () => any([
    listener.get('Protocol').oneOf(SECURE),
    all(
      listener.get('DefaultActions').some(redirectsToHttps).because('the listener answers over plain HTTP and does not redirect to HTTPS'),
      ...model.referrers(listener, 'AWS::ElasticLoadBalancingV2::ListenerRule', 'ListenerArn').map((one) =>
        not(one.get('Actions').some((action) => action.get('Type').is('forward')), `${one.logicalId} forwards plain HTTP requests`)),
    ),
  ])),
});

export const tlsPolicy = rule({
  id: 'ELBv2.TlsPolicy',
  resourceTypes: LISTENER,
  title: 'Listener takes TLS 1.2 and later',
  severity: 'medium',
  criteria: { direct: ['CC6.7'] },
  rationale: 'TLS 1.0 and 1.1 have known weaknesses. CloudFormation still gives a listener a policy that takes them when none is named.',
  remediation: { construct: 'SecureLoadBalancer', l2: 'sslPolicy: SslPolicy.RECOMMENDED_TLS', cfn: 'SslPolicy: ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09' },
  configRule: 'ELBV2_PREDEFINED_SECURITY_POLICY_SSL_CHECK',
  sources: ['Elastic Load Balancing user guide, "Security policies": ELBSecurityPolicy-2016-08 by default except in the console'],
  check: (listener) => applies(any([listener.get('Protocol').oneOf(SECURE), listener.get('SslPolicy').isPresent()]), 'the listener does not end TLS',
    () => currentElbPolicy(listener.get('SslPolicy').awsDefault(awsDefaults['AWS::ElasticLoadBalancingV2::Listener.SslPolicy']))),
});

export const acmCertificate = rule({
  id: 'ELBv2.AcmCertificate',
  resourceTypes: [...LISTENER, 'AWS::ElasticLoadBalancingV2::ListenerCertificate'],
  title: 'Certificates come from AWS Certificate Manager',
  severity: 'low',
  criteria: { direct: ['CC6.7'] },
  rationale: 'Certificates that are uploaded to IAM are not renewed by anyone but by hand, and their keys have been in somebody\'s hands.',
  remediation: { construct: 'SecureLoadBalancer', l2: 'certificates from Certificate', cfn: 'Certificates with the ARN of an AWS::CertificateManager::Certificate' },
  configRule: 'ELBV2_ACM_CERTIFICATE_REQUIRED',
  nagRules: ['ELBv2ACMCertificateRequired'],
  sources: ['AWS::ElasticLoadBalancingV2::Listener, Certificates: required for HTTPS and TLS'],
  check: (resource) => {
    const certificates = resource.get('Certificates');
    const ask = () => all(
      certificates.count(1).because('the listener has no certificate'),
      certificates.every((one) => fromCertificateManager(one.get('CertificateArn'))),
    );
    return resource.type === LISTENER[0] ? applies(resource.get('Protocol').oneOf(SECURE), 'the listener does not end TLS', ask) : ask();
  },
});

export const healthCheck = rule({
  id: 'ELBv2.HealthCheck',
  resourceTypes: TARGETS,
  title: 'Targets are checked for health',
  severity: 'low',
  criteria: { direct: ['A1.2'], supporting: ['CC7.2'] },
  rationale: 'Without checks requests keep going to targets that fail.',
  remediation: { l2: 'healthCheck: { enabled: true }', cfn: 'HealthCheckEnabled: true' },
  sources: ['AWS::ElasticLoadBalancingV2::TargetGroup, HealthCheckEnabled: always on but for Lambda functions'],
  check: (targets) => applies(targets.get('TargetType').awsDefault(awsDefaults['AWS::ElasticLoadBalancingV2::TargetGroup.TargetType']).isNot('lambda'),
    'Lambda functions need no checks',
    () => targets.get('HealthCheckEnabled').awsDefault(awsDefaults['AWS::ElasticLoadBalancingV2::TargetGroup.HealthCheckEnabled']).isTrue()),
});

export const targetTls = rule({
  id: 'ELBv2.TargetTls',
  resourceTypes: TARGETS,
  title: 'Targets are reached over TLS',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['CC6.7'] },
  rationale: 'Encryption up to the target is asked for confidential traffic. Many end it at the load balancer, inside their network.',
  remediation: { l2: 'protocol: ApplicationProtocol.HTTPS', cfn: 'Protocol: HTTPS or TLS' },
  configRule: 'ELBV2_TARGETGROUP_PROTOCOL_ENCRYPTED',
  sources: ['AWS::ElasticLoadBalancingV2::TargetGroup, Protocol'],
  check: (targets) => applies(all(
    targets.get('TargetType').isNot('lambda'), not(targets.get('Protocol').oneOf(OPAQUE), 'opaque'),
  ), 'the targets are reached as the listener is, or are functions',
  () => targets.get('Protocol').oneOf(SECURE)),
});
