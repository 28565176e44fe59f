import { awsDefaults } from './aws-defaults';
import { not, rule } from './kernel';

const RECEIPT = ['AWS::SES::ReceiptRule'];

export const tlsRequired = rule({
  id: 'SES.TlsRequired',
  resourceTypes: ['AWS::SES::ConfigurationSet'],
  title: 'Mail is delivered over TLS only',
  severity: 'medium',
  criteria: { direct: ['CC6.7'] },
  rationale: 'Unless TLS is required, mail goes out in plain text whenever the other side, or somebody on the path, says that it has no TLS.',
  remediation: { l2: 'tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE', cfn: 'DeliveryOptions: { TlsPolicy: REQUIRE }' },
  configRule: 'SES_SENDING_TLS_REQUIRED',
  sources: ['AWS::SES::ConfigurationSet DeliveryOptions', 'AWS Security Hub SES.3'],
  check: (set) => set.get('DeliveryOptions.TlsPolicy').awsDefault(awsDefaults['AWS::SES::ConfigurationSet.DeliveryOptions.TlsPolicy']).is('REQUIRE'),
});

export const receiptScan = rule({
  id: 'SES.ReceiptScan',
  resourceTypes: RECEIPT,
  title: 'Incoming mail is scanned for malware',
  severity: 'medium',
  criteria: { direct: ['CC6.8'] },
  rationale: 'Mail from anybody is handed to functions and buckets; the scan marks what carries viruses before they open it.',
  remediation: { l2: 'scanEnabled: true', cfn: 'Rule: { ScanEnabled: true }' },
  configRule: 'SES_MALWARE_SCANNING_ENABLED',
  sources: ['AWS::SES::ReceiptRule Rule, ScanEnabled: false by default'],
  check: (receipt) => receipt.get('Rule.ScanEnabled').awsDefault(awsDefaults['AWS::SES::ReceiptRule.Rule.ScanEnabled']).isTrue(),
});

export const receiptTls = rule({
  id: 'SES.ReceiptTls',
  resourceTypes: RECEIPT,
  title: 'Incoming mail is taken over TLS only',
  severity: 'low',
  criteria: { direct: ['CC6.7'] },
  rationale: 'Mail that arrives in plain text can be read and changed on its way. Some senders still have no TLS and would be refused, so this is asked for.',
  remediation: { l2: 'tlsPolicy: TlsPolicy.REQUIRE', cfn: 'Rule: { TlsPolicy: Require }' },
  sources: ['AWS::SES::ReceiptRule Rule, TlsPolicy: Optional by default'],
  onByDefault: false,
  check: (receipt) => receipt.get('Rule.TlsPolicy').awsDefault(awsDefaults['AWS::SES::ReceiptRule.Rule.TlsPolicy']).is('Require'),
});

export const dkim = rule({
  id: 'SES.Dkim',
  resourceTypes: ['AWS::SES::EmailIdentity'],
  title: 'Mail is signed with DKIM',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC6.7'] },
  rationale: 'The signature lets receivers tell the organization\'s mail from forgeries in its name.',
  remediation: { l2: 'dkimSigning: true, or none', cfn: 'DkimAttributes: { SigningEnabled: true }, or none' },
  sources: ['AWS::SES::EmailIdentity DkimAttributes', 'Amazon SES developer guide, "Easy DKIM in Amazon SES"'],
  check: (identity) => not(
    identity.get('DkimAttributes.SigningEnabled').awsDefault(awsDefaults['AWS::SES::EmailIdentity.DkimAttributes.SigningEnabled']).isFalse(),
    'signing is switched off',
  ),
});
