import { setting, subject } from './cases';
import { fail, pass, verdicts } from './verdicts';
import { dkim, receiptScan, receiptTls, tlsRequired } from '../../src/rules/ses';

const set = subject('AWS::SES::ConfigurationSet');
const receipt = subject('AWS::SES::ReceiptRule');
const identity = subject('AWS::SES::EmailIdentity');

verdicts(tlsRequired, setting(set, 'DeliveryOptions.TlsPolicy', { good: 'REQUIRE', bad: 'OPTIONAL', trap: { 'absent: when there is some': fail(set(), { message: /"?OPTIONAL/ }) } }));
verdicts(receiptScan, setting(receipt, 'Rule.ScanEnabled', { good: true, bad: false, trap: { 'at the wrong level': fail(receipt({ ScanEnabled: true })) } }));
verdicts(receiptTls, setting(receipt, 'Rule.TlsPolicy', { good: 'Require', bad: 'Optional' }));
verdicts(dkim, setting(identity, 'DkimAttributes.SigningEnabled', {
  good: true, bad: 'false', absent: 'pass', trap: { 'other attributes alone': pass(identity({ DkimSigningAttributes: { NextSigningKeyLength: 'RSA_2048_BIT' } })) },
}));
