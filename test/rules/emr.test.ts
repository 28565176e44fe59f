import { ifProd, MACRO, P, presence, subject } from './cases';
import { Case, fail, pass, unknown, verdicts } from './verdicts';
import { authenticatedAccess, encryptedAtRest, encryptedInTransit, kerberos, logging, notInPublicSubnet, securityConfiguration } from '../../src/rules/emr';

const cluster = subject('AWS::EMR::Cluster');
const object = (EncryptionConfiguration: object) => subject('AWS::EMR::SecurityConfiguration')({ SecurityConfiguration: { EncryptionConfiguration } });
const text = (EncryptionConfiguration: object) => subject('AWS::EMR::SecurityConfiguration')({
  SecurityConfiguration: JSON.stringify({ EncryptionConfiguration }),
});
const sub = (EncryptionConfiguration: object) => subject('AWS::EMR::SecurityConfiguration')({
  SecurityConfiguration: { 'Fn::Sub': JSON.stringify({ EncryptionConfiguration }) },
});

/** A security configuration beside a cluster. */
const beside = (SecurityConfiguration: unknown): Case => ({ Config: { Type: 'AWS::EMR::SecurityConfiguration', Properties: { Name: 'mine', SecurityConfiguration } } });
const runtimeRoles = (on: unknown) => ({ AuthorizationConfiguration: { IAMConfiguration: { EnableApplicationScopedIAMRole: on } } });
const REF = { Ref: 'Config' };

verdicts(kerberos, {
  pass: {
    'Kerberos': cluster({ KerberosAttributes: { Realm: 'EC2.INTERNAL' } }),
    'runtime roles': cluster({ SecurityConfiguration: REF }, beside(runtimeRoles(true))),
    'runtime roles, by name and as a text': cluster({ SecurityConfiguration: 'mine' }, beside(JSON.stringify(runtimeRoles(true)))),
  },
  fail: { 'neither': cluster(), 'without runtime roles': cluster({ SecurityConfiguration: REF }, beside({ EncryptionConfiguration: {} })) },
  unknown: { 'a configuration elsewhere': cluster({ SecurityConfiguration: 'theirs' }), 'runtime roles by parameter': cluster({ SecurityConfiguration: REF }, beside(runtimeRoles(P))) },
  trap: {
    'runtime roles of a configuration that nothing names': fail(cluster({}, beside(runtimeRoles(true)))),
    'runtime roles are off': fail(cluster({ SecurityConfiguration: REF }, beside(runtimeRoles(false)))),
    'Kerberos in one branch': fail(cluster({ KerberosAttributes: ifProd({ Realm: 'x' }) }), { message: /IsProd is false/ }),
  },
});
verdicts(encryptedInTransit, {
  pass: { 'on': object({ EnableInTransitEncryption: true }), 'on, as a text': text({ EnableInTransitEncryption: true }) },
  fail: { 'off': object({ EnableInTransitEncryption: false }), 'absent, in a text': text({ EnableAtRestEncryption: true }) },
  unknown: {
    'by parameter': object({ EnableInTransitEncryption: P }),
    'by parameter, in a text': sub({ EnableInTransitEncryption: '${P}' }),
    'no JSON': subject('AWS::EMR::SecurityConfiguration')({ SecurityConfiguration: 'yes' }),
    'a cluster with a configuration elsewhere': cluster({ SecurityConfiguration: 'theirs' }),
  },
  notApplicable: { 'a cluster with a configuration of the template': cluster({ SecurityConfiguration: REF }, beside({ EncryptionConfiguration: {} })) },
  trap: {
    'off in one branch': fail(object({ EnableInTransitEncryption: ifProd(true, false) }), { message: /IsProd is false/ }),
    'a cluster without a configuration': fail(cluster(), { message: /no security configuration/ }),
    'a cluster without one, beside one': fail(cluster({}, beside({ EncryptionConfiguration: { EnableInTransitEncryption: true } }))),
    'a cluster with one in one branch': fail(cluster({ SecurityConfiguration: ifProd(REF) }, beside({})), { message: /IsProd is false/ }),
    'at the top of the settings': fail(subject('AWS::EMR::SecurityConfiguration')({ SecurityConfiguration: { EnableInTransitEncryption: true } })),
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
  notApplicable: { 'a cluster with a configuration of the template, by name': cluster({ SecurityConfiguration: 'mine' }, beside({})) },
  trap: {
    'a cluster without a configuration': fail(cluster(), { message: /no security configuration/ }),
    'a cluster with a configuration elsewhere': unknown(cluster({ SecurityConfiguration: P })),
    'settings, and off': fail(text({ EnableAtRestEncryption: 'false', AtRestEncryptionConfiguration: both })),
    'without S3, in a text': fail(
      text({ EnableAtRestEncryption: true, AtRestEncryptionConfiguration: { LocalDiskEncryptionConfiguration: { AwsKmsKey: 'k' } } }),
    ),
  },
});
verdicts(logging, presence(cluster, 'LogUri'));
verdicts(securityConfiguration, presence(cluster, 'SecurityConfiguration'));
verdicts(authenticatedAccess, presence(cluster, 'Instances.Ec2KeyName', { pass: { 'Kerberos': cluster({ KerberosAttributes: { Realm: 'x' } }) } }));

const vpc = { Vpc: { Type: 'AWS::EC2::VPC' } };
const subnet = (name: string, properties: object = {}): Case => ({ [name]: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' }, ...properties } } });
const inside = { ...vpc, ...subnet('Inner'), ...subnet('Outer', { MapPublicIpOnLaunch: true }) };
const [INNER, OUTER] = [{ Ref: 'Inner' }, { Ref: 'Outer' }];
const launched = (Instances: object) => cluster({ Instances }, inside);
verdicts(notInPublicSubnet, {
  pass: { 'private': launched({ Ec2SubnetId: INNER }), 'private, for a fleet': launched({ Ec2SubnetIds: [INNER] }) },
  fail: { 'public': launched({ Ec2SubnetId: OUTER }), 'one of two is public': launched({ Ec2SubnetIds: [INNER, OUTER] }), 'none is named': launched({ Ec2KeyName: 'k' }), 'an empty list': launched({ Ec2SubnetIds: [] }) },
  unknown: { 'a subnet elsewhere': launched({ Ec2SubnetId: 'subnet-1' }), 'by parameter': launched({ Ec2SubnetIds: P }) },
  trap: {
    'public in one branch': fail(launched({ Ec2SubnetId: ifProd(INNER, OUTER) }), { message: /IsProd is false/ }),
    'named in one branch': fail(launched({ Ec2SubnetId: ifProd(INNER) }), { message: /IsProd is false/ }),
    'one is public, the other elsewhere': fail(launched({ Ec2SubnetIds: ['subnet-1', OUTER] })),
    'a public subnet that nothing names': pass(launched({ Ec2SubnetId: INNER })),
  },
});
