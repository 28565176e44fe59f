import { awsDefaults } from './aws-defaults';
import { any, applies, rule } from './kernel';

export const revocation = rule({
  id: 'PrivateCA.Revocation',
  resourceTypes: ['AWS::ACMPCA::CertificateAuthority'],
  title: 'Certificate authority tells which certificates were revoked',
  severity: 'low',
  criteria: { direct: ['CC6.1'] },
  rationale: 'A revoked certificate is still accepted by whoever has no way to ask. Authorities for certificates that last a few days need no such list.',
  remediation: { cfn: 'RevocationConfiguration with CrlConfiguration or OcspConfiguration enabled' },
  sources: ['AWS Private Certificate Authority user guide, "Plan your AWS Private CA certificate revocation method"', 'AWS::ACMPCA::CertificateAuthority, UsageMode: GENERAL_PURPOSE by default'],
  check: (authority) => applies(
    authority.get('UsageMode').awsDefault(awsDefaults['AWS::ACMPCA::CertificateAuthority.UsageMode']).isNot('SHORT_LIVED_CERTIFICATE'),
    'its certificates are short-lived',
    () => any(['CrlConfiguration', 'OcspConfiguration'].map((name) => authority.get(`RevocationConfiguration.${name}.Enabled`).isTrue()))
      .because('neither a revocation list nor OCSP is enabled'),
  ),
});
