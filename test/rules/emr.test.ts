import { ifProd, MACRO, P, presence, subject } from './cases';
import { fail, pass, verdicts } from './verdicts';
import { authenticatedAccess, encryptedAtRest, encryptedInTransit, kerberos, logging, securityConfiguration } from '../../src/rules/emr';

const cluster = subject('AWS::EMR::Cluster');
const object = (EncryptionConfiguration: object) => subject('AWS::EMR::SecurityConfiguration')({ SecurityConfiguration: { EncryptionConfiguration } });
const text = (EncryptionConfiguration: object) => subject('AWS::EMR::SecurityConfiguration')({
  SecurityConfiguration: JSON.stringify({ EncryptionConfiguration }),
});
const sub = (EncryptionConfiguration: object) => subject('AWS::EMR::SecurityConfiguration')({
  SecurityConfiguration: { 'Fn::Sub': JSON.stringify({ EncryptionConfiguration }) },
});

verdicts(kerberos, presence(cluster, 'KerberosAttributes', { value: { Realm: 'EC2.INTERNAL' } }));
verdicts(encryptedInTransit, {
  pass: { 'on': object({ EnableInTransitEncryption: true }), 'on, as a text': text({ EnableInTransitEncryption: true }) },
  fail: { 'off': object({ EnableInTransitEncryption: false }), 'absent, in a text': text({ EnableAtRestEncryption: true }) },
  unknown: {
    'by parameter': object({ EnableInTransitEncryption: P }),
    'by parameter, in a text': sub({ EnableInTransitEncryption: '${P}' }),
    'no JSON': subject('AWS::EMR::SecurityConfiguration')({ SecurityConfiguration: 'yes' }),
  },
  trap: {
    'off in one branch': fail(object({ EnableInTransitEncryption: ifProd(true, false) }), { message: /IsProd is false/ }),
    'a text around references': pass(sub({ EnableInTransitEncryption: true, Certificate: '${P}' })),
  },
});
const both = { S3EncryptionConfiguration: { EncryptionMode: 'SSE-S3' }, LocalDiskEncryptionConfiguration: { AwsKmsKey: 'k' } };
verdicts(encryptedAtRest, {
  pass: {
    'both': object({ EnableAtRestEncryption: true, AtRestEncryptionConfiguration: both }),
    'both, as a text': text({ EnableAtRestEncryption: true, AtRestEncryptionConfiguration: both }),
  },
  fail: {
    'off': object({ EnableAtRestEncryption: false, AtRestEncryptionConfiguration: both }),
    'without disks': object({ EnableAtRestEncryption: true, AtRestEncryptionConfiguration: { S3EncryptionConfiguration: both.S3EncryptionConfiguration } }),
  },
  unknown: { 'by a macro': object({ EnableAtRestEncryption: true, AtRestEncryptionConfiguration: MACRO }) },
  trap: {
    'without S3, in a text': fail(
      text({ EnableAtRestEncryption: true, AtRestEncryptionConfiguration: { LocalDiskEncryptionConfiguration: { AwsKmsKey: 'k' } } }),
    ),
  },
});
verdicts(logging, presence(cluster, 'LogUri'));
verdicts(securityConfiguration, presence(cluster, 'SecurityConfiguration'));
verdicts(authenticatedAccess, presence(cluster, 'Instances.Ec2KeyName', { pass: { 'Kerberos': cluster({ KerberosAttributes: { Realm: 'x' } }) } }));
