import { awsDefaults } from './aws-defaults';
import { any, applies, not, rule } from './kernel';

const CERTIFICATE = ['AWS::CertificateManager::Certificate'];

export const noWildcard = rule({
  id: 'CertificateManager.NoWildcard',
  resourceTypes: CERTIFICATE,
  title: 'Certificate names its hosts',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC6.7'] },
  rationale: 'Whoever has the key of a wildcard certificate can pose as any host of the domain. Keys of ACM do not leave AWS, so the risk is small.',
  remediation: { l2: 'domainName and subjectAlternativeNames without *', cfn: 'DomainName and SubjectAlternativeNames without *' },
  sources: ['AWS Certificate Manager user guide, "Wildcard names"'],
  onByDefault: false,
  check: (certificate) => not(any([
    certificate.get('DomainName').startsWith('*'), certificate.get('SubjectAlternativeNames').some((name) => name.startsWith('*')),
  ]), 'a name of the certificate is a wildcard'),
});

export const autoRenewable = rule({
  id: 'CertificateManager.DnsValidation',
  resourceTypes: CERTIFICATE,
  title: 'Certificate renews without a person',
  severity: 'medium',
  criteria: { direct: ['CC6.7'], supporting: ['A1.2'] },
  rationale: 'A certificate that is validated by e-mail expires when nobody answers, and with it the service.',
  remediation: { l2: 'validation: CertificateValidation.fromDns(zone)', cfn: 'ValidationMethod: DNS' },
  configRule: 'ACM_CERTIFICATE_EXPIRATION_CHECK',
  sources: ['AWS::CertificateManager::Certificate, ValidationMethod: EMAIL by default'],
  check: (certificate) => applies(
    certificate.get('CertificateAuthorityArn').isAbsent(), 'a private authority signs without validation',
    () => certificate.get('ValidationMethod').awsDefault(awsDefaults['AWS::CertificateManager::Certificate.ValidationMethod']).oneOf(['DNS', 'HTTP']),
  ),
});

export const keyStrength = rule({
  id: 'CertificateManager.KeyStrength',
  resourceTypes: [...CERTIFICATE, 'AWS::ACMPCA::CertificateAuthority'],
  title: 'Keys are strong enough',
  severity: 'medium',
  criteria: { direct: ['CC6.7'] },
  rationale: 'RSA keys below 2048 bits can be broken, and with them everything that was sent.',
  remediation: { l2: 'keyAlgorithm: KeyAlgorithm.EC_PRIME256V1', cfn: 'KeyAlgorithm of RSA_2048 or stronger, or an elliptic curve' },
  configRule: 'ACM_CERTIFICATE_RSA_CHECK',
  sources: ['AWS::CertificateManager::Certificate, KeyAlgorithm: RSA_2048 by default', 'NIST SP 800-57 part 1'],
  check: (certificate) => not(
    certificate.get('KeyAlgorithm').awsDefault(awsDefaults['AWS::CertificateManager::Certificate.KeyAlgorithm']).matches(/^RSA_1024$/, 'RSA_1024'),
    'the key is an RSA key of 1024 bits',
  ),
});

export const transparencyLogging = rule({
  id: 'CertificateManager.TransparencyLogging',
  resourceTypes: CERTIFICATE,
  title: 'Certificate is published in transparency logs',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC6.7'] },
  rationale: 'Transparency logs let the owner of a domain see certificates that somebody else got for it; browsers distrust those that are not listed.',
  remediation: { l2: 'transparencyLoggingEnabled: true', cfn: 'CertificateTransparencyLoggingPreference: ENABLED' },
  configRule: 'ACM_CERTIFICATE_TRANSPARENT_LOGGING_ENABLED',
  sources: ['AWS::CertificateManager::Certificate, CertificateTransparencyLoggingPreference: enabled by default'],
  check: (certificate) => certificate.get('CertificateTransparencyLoggingPreference')
    .awsDefault(awsDefaults['AWS::CertificateManager::Certificate.CertificateTransparencyLoggingPreference']).is('ENABLED'),
});
