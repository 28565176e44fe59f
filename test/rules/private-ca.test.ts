import { NOTHING, P, setting, subject } from './cases';
import { fail, notApplicable, unknown, verdicts } from './verdicts';
import { revocation } from '../../src/rules/private-ca';

const authority = subject('AWS::ACMPCA::CertificateAuthority', { Type: 'ROOT' });
const ocsp = (Enabled: unknown) => ({ OcspConfiguration: { Enabled } });
verdicts(revocation, setting(authority, 'RevocationConfiguration.CrlConfiguration.Enabled', {
  good: true, bad: false,
  pass: { 'OCSP': authority({ RevocationConfiguration: ocsp(true) }), 'either': authority({ RevocationConfiguration: { ...ocsp('true'), CrlConfiguration: { Enabled: false } } }) },
  notApplicable: { 'short-lived certificates': authority({ UsageMode: 'SHORT_LIVED_CERTIFICATE' }) },
  trap: {
    'general purpose in so many words': fail(authority({ UsageMode: 'GENERAL_PURPOSE', RevocationConfiguration: ocsp('false') })), 'the mode is not known': unknown(authority({ UsageMode: P })),
    'short-lived whatever the list': notApplicable(authority({ UsageMode: 'SHORT_LIVED_CERTIFICATE', RevocationConfiguration: NOTHING })),
  },
}));
