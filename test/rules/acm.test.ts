import { ifProd, P, setting, subject } from './cases';
import { fail, pass, verdicts } from './verdicts';
import { autoRenewable, keyStrength, noWildcard, transparencyLogging } from '../../src/rules/acm';

const certificate = subject('AWS::CertificateManager::Certificate');

verdicts(noWildcard, {
  pass: { 'a host': certificate({ DomainName: 'www.example.com', SubjectAlternativeNames: ['example.com'] }) },
  fail: {
    'the name': certificate({ DomainName: '*.example.com' }),
    'an alternative': certificate({ DomainName: 'example.com', SubjectAlternativeNames: ['a.example.com', '*.example.com'] }),
  },
  unknown: { 'by parameter': certificate({ DomainName: P }) },
  trap: {
    'before a reference': fail(certificate({ DomainName: { 'Fn::Sub': '*.${P}' } })),
    'a host before a reference': pass(certificate({ DomainName: { 'Fn::Sub': 'www.${P}' } })),
    'in one branch': fail(certificate({ DomainName: ifProd('www.example.com', '*.example.com') })),
  },
});
verdicts(autoRenewable, setting(certificate, 'ValidationMethod', {
  good: 'DNS',
  bad: 'EMAIL',
  notApplicable: { 'of a private authority': certificate({ CertificateAuthorityArn: P }) },
}));
verdicts(keyStrength, setting(certificate, 'KeyAlgorithm', {
  good: 'EC_prime256v1',
  bad: 'RSA_1024',
  absent: 'pass',
  fail: { 'an authority': subject('AWS::ACMPCA::CertificateAuthority')({ KeyAlgorithm: 'RSA_1024' }) },
}));
verdicts(transparencyLogging, setting(certificate, 'CertificateTransparencyLoggingPreference', { good: 'ENABLED', bad: 'DISABLED', absent: 'pass' }));
