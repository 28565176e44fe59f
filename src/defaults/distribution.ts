import { defaults } from './default';

const CLOUDFRONT = 'Amazon CloudFront developer guide';

/** Secure defaults of a CloudFront distribution. */
export const distributionDefaults = defaults({
  viewerProtocolPolicy: {
    value: 'redirect-to-https',
    provenBy: ['CloudFront.ViewerHttps'],
    criteria: ['CC6.1', 'CC6.7'],
    source: `${CLOUDFRONT}, "Require HTTPS for communication between viewers and CloudFront"`,
    reason: 'What is sent over plain HTTP, sessions and passwords included, can be read and changed on the way.',
  },
  minimumProtocolVersion: {
    value: 'TLSv1.2_2025',
    provenBy: ['CloudFront.MinimumTls'],
    criteria: ['CC6.7'],
    source: `${CLOUDFRONT}, "Supported protocols and ciphers between viewers and CloudFront"`,
    reason: 'Versions before TLS 1.2 are broken; it takes a certificate of one\'s own, because that of CloudFront takes TLS 1.0, whatever is said.',
  },
  originProtocol: {
    value: 'HTTPS with TLS 1.2',
    provenBy: ['CloudFront.OriginTls'],
    criteria: ['CC6.7'],
    source: `${CLOUDFRONT}, "Require HTTPS for communication between CloudFront and your custom origin"`,
    reason: 'Encryption that ends at the edge leaves the rest of the way in the clear.',
  },
  originAccess: {
    value: 'origin access control',
    provenBy: ['CloudFront.OriginAccess'],
    criteria: ['CC6.1', 'CC6.6'],
    source: `${CLOUDFRONT}, "Restrict access to an Amazon S3 origin"`,
    reason: 'Nobody goes around the distribution to the bucket behind it.',
  },
  functionUrlAccess: {
    value: 'origin access control',
    provenBy: ['CloudFront.FunctionUrlAccess'],
    criteria: ['CC6.1', 'CC6.6'],
    source: `${CLOUDFRONT}, "Restrict access to an AWS Lambda function URL origin"`,
    reason: 'Nobody goes around the distribution to the function behind it.',
  },
  enableLogging: {
    value: true,
    provenBy: ['CloudFront.AccessLogs'],
    criteria: ['CC7.2', 'CC7.3', 'PI1.2'],
    source: `${CLOUDFRONT}, "Access logs (standard logs)"`,
    reason: 'What is answered from the cache leaves no other trace.',
  },
  firewall: {
    value: true,
    provenBy: ['CloudFront.WebAcl'],
    criteria: ['CC6.6'],
    source: `${CLOUDFRONT}, "Use AWS WAF protections"`,
    reason: 'Known attacks are refused before they reach an application that everyone can call.',
  },
  responseHeadersPolicy: {
    value: 'SecurityHeadersPolicy',
    provenBy: [],
    criteria: [],
    source: `${CLOUDFRONT}, "Use managed response headers policies"`,
    reason: 'Browsers then stay with HTTPS, frame the site nowhere else, and guess no types.',
  },
  logIncludesCookies: {
    value: false,
    provenBy: [],
    criteria: [],
    source: `${CLOUDFRONT}, "Log file fields": cs(Cookie)`,
    reason: 'Whoever reads the logs could take over sessions.',
  },
});
