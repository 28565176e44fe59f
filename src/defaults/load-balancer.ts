import { defaults } from './default';

const ELB = 'Elastic Load Balancing user guide';

/** Secure defaults of a load balancer. */
export const loadBalancerDefaults = defaults({
  deletionProtection: {
    value: true,
    provenBy: ['ELBv2.DeletionProtection'],
    criteria: ['A1.2', 'CC8.1'],
    source: `${ELB}, "Deletion protection"`,
    reason: 'The name and the addresses of a deleted load balancer do not come back.',
  },
  dropInvalidHeaderFields: {
    value: true,
    provenBy: ['ELBv2.DropInvalidHeaders'],
    criteria: ['CC6.6'],
    source: `${ELB}, "Load balancer attributes": routing.http.drop_invalid_header_fields.enabled`,
    reason: 'Malformed headers are how one request is smuggled in another.',
  },
  desyncMitigationMode: {
    value: 'defensive',
    provenBy: ['ELBv2.DesyncMitigation'],
    criteria: ['CC6.6'],
    source: `${ELB}, "Desync mitigation mode"`,
    reason: 'Requests that front and back may read differently are not passed on over a shared connection.',
  },
  accessLogs: {
    value: true,
    provenBy: ['ELBv2.AccessLogs'],
    criteria: ['CC7.2', 'CC7.3', 'PI1.2'],
    source: `${ELB}, "Access logs for your Application Load Balancer"`,
    reason: 'Who asked for what, and from where, is what an investigation begins with.',
  },
  connectionLogs: {
    value: true,
    provenBy: [],
    criteria: [],
    source: `${ELB}, "Connection logs for your Application Load Balancer"`,
    reason: 'Failed handshakes and client certificates stand in no access log.',
  },
  zones: {
    value: 'two or more',
    provenBy: ['ELBv2.MultiAz'],
    criteria: ['A1.2'],
    source: `${ELB}, "Subnets for your load balancer"`,
    reason: 'A load balancer in one zone fails with it.',
  },
  firewall: {
    value: true,
    provenBy: ['ELBv2.WebAcl'],
    criteria: ['CC6.6'],
    source: `${ELB}, "Application Load Balancers and AWS WAF"`,
    reason: 'Known attacks are refused before they reach an application that everyone can call.',
  },
});

/** Secure defaults of a listener that ends TLS. */
export const listenerDefaults = defaults({
  protocol: {
    value: 'HTTPS',
    provenBy: ['ELBv2.HttpsOnly'],
    criteria: ['CC6.1', 'CC6.7'],
    source: `${ELB}, "Create an HTTPS listener for your Application Load Balancer"`,
    reason: 'What is sent over plain HTTP can be read and changed on the way; port 80 leads to HTTPS.',
  },
  sslPolicy: {
    value: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
    provenBy: ['ELBv2.TlsPolicy'],
    criteria: ['CC6.7'],
    source: `${ELB}, "Security policies for your Application Load Balancer": the recommended policy; CloudFormation sets one that takes TLS 1.0`,
    reason: 'TLS 1.2 and 1.3 with forward secrecy, and key exchange that holds against quantum computers where the client can.',
  },
  certificates: {
    value: 'from AWS Certificate Manager',
    provenBy: ['ELBv2.AcmCertificate'],
    criteria: ['CC6.7'],
    source: `${ELB}, "SSL certificates for your Application Load Balancer"`,
    reason: 'They are renewed by themselves, and nobody holds their keys.',
  },
});
