import { Case, fail, notApplicable, pass, unknown, verdicts } from './verdicts';
import * as rules from '../../src/rules/ec2';

const of = (type: string) => (properties: object = {}): Case => ({ Subject: { Type: type, Properties: properties } });
const volume = of('AWS::EC2::Volume');
const instance = of('AWS::EC2::Instance');
const configuration = of('AWS::AutoScaling::LaunchConfiguration');
const template = (data: object): Case => of('AWS::EC2::LaunchTemplate')({ LaunchTemplateData: data });
/** An instance whose launch template stands beside it. */
const launched = (data: object, own: object = {}, reference: object = { LaunchTemplateId: { Ref: 'Template' } }): Case => ({
  ...instance({ ...own, LaunchTemplate: { ...reference, Version: '1' } }),
  Template: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateName: 'web', LaunchTemplateData: data } },
});
const elsewhere = instance({ LaunchTemplate: { LaunchTemplateId: 'lt-0123456789', Version: '1' } });
const param = { $Parameters: { P: { Type: 'String' } } };
const disk = (ebs: object) => ({ DeviceName: '/dev/xvda', Ebs: ebs });
const disks = (...list: unknown[]) => ({ BlockDeviceMappings: list });

verdicts(rules.volumeEncrypted, {
  pass: { 'encrypted': volume({ Encrypted: true }), 'as text': volume({ Encrypted: 'true' }) },
  fail: { absent: volume(), false: volume({ Encrypted: 'false' }) },
  unknown: { 'a parameter': { ...volume({ Encrypted: { Ref: 'P' } }), ...param } },
  trap: {
    'a key alone: EC2 takes it for encrypted volumes only': pass(volume({ KmsKeyId: 'key' })),
    'a key that is no value': fail(volume({ KmsKeyId: { Ref: 'AWS::NoValue' } })),
    'false beside a key': fail(volume({ Encrypted: false, KmsKeyId: 'key' })),
    'from a snapshot, which may be encrypted': unknown(volume({ SnapshotId: 'snap-1' })),
    'false beside a snapshot': fail(volume({ Encrypted: false, SnapshotId: 'snap-1' })),
  },
});

verdicts(rules.volumeCustomerKey, {
  pass: { 'a key': volume({ Encrypted: true, KmsKeyId: 'key' }) },
  fail: { none: volume({ Encrypted: true }) },
  unknown: { 'a macro': volume({ KmsKeyId: { 'Fn::Transform': { Name: 'M' } } }) },
  trap: {
    'the key that AWS manages': fail(volume({ KmsKeyId: 'arn:aws:kms:eu-west-1:111111111111:alias/aws/ebs' })),
    'a key of the template': pass({ ...volume({ KmsKeyId: { Ref: 'Key' } }), Key: { Type: 'AWS::KMS::Key', Properties: {} } }),
    'no value': fail(volume({ KmsKeyId: { Ref: 'AWS::NoValue' } })),
  },
});

verdicts(rules.blockDevicesEncrypted, {
  pass: {
    'an instance': instance(disks(disk({ Encrypted: true }))),
    'a launch template': template(disks(disk({ Encrypted: 'true' }))),
    'a launch configuration': configuration(disks(disk({ Encrypted: true }))),
  },
  fail: {
    'no mapping': instance(),
    'one of two': configuration(disks(disk({ Encrypted: true }), disk({ VolumeSize: 8 }))),
    'a launch template': template(disks(disk({ Encrypted: false }))),
  },
  unknown: {
    'a parameter': { ...instance(disks(disk({ Encrypted: { Ref: 'P' } }))), ...param },
    'a launch template that is not given': elsewhere,
    'a snapshot, which may be encrypted': configuration(disks(disk({ SnapshotId: 'snap-1' }))),
  },
  trap: {
    'instance store has no volume': pass(instance(disks(disk({ Encrypted: true }), { DeviceName: '/dev/sdb', VirtualName: 'ephemeral0' }))),
    'instance store only': fail(instance(disks({ DeviceName: '/dev/sdb', VirtualName: 'ephemeral0' }))),
    'a device that is left out': pass(template(disks(disk({ Encrypted: true }), { DeviceName: '/dev/sdb', NoDevice: '' }))),
    'NoDevice false is a device': fail(configuration(disks(disk({ Encrypted: true }), { DeviceName: '/dev/sdb', NoDevice: false, Ebs: { VolumeSize: 8 } }))),
    'said in the launch template of the instance': pass(launched(disks(disk({ Encrypted: true })))),
    'said otherwise on the instance': fail(launched(disks(disk({ Encrypted: true })), disks(disk({ Encrypted: false })))),
  },
});

const tokens = (value: unknown) => ({ MetadataOptions: { HttpTokens: value } });
verdicts(rules.imdsV2, {
  pass: {
    'an instance': instance(tokens('required')),
    'a launch template': template(tokens('required')),
    'a launch configuration': configuration(tokens('required')),
  },
  fail: { 'absent': instance(), 'optional': template(tokens('optional')), 'a launch configuration': configuration() },
  unknown: { 'a parameter': { ...template(tokens({ Ref: 'P' })), ...param }, 'a launch template that is not given': elsewhere },
  trap: {
    'said in the launch template, by reference': pass(launched(tokens('required'))),
    'said in the launch template, by name': pass(launched(tokens('required'), {}, { LaunchTemplateName: 'web' })),
    'not said in the launch template': fail(launched({})),
    'the instance overrides': fail(launched(tokens('required'), tokens('optional'))),
    'the instance sets something else': pass(launched(tokens('required'), { MetadataOptions: { HttpPutResponseHopLimit: 1 } })),
    'the service is off': pass(instance({ MetadataOptions: { HttpEndpoint: 'disabled' } })),
  },
});

const nic = (...values: unknown[]) => ({ NetworkInterfaces: values.map((value) => ({ DeviceIndex: '0', AssociatePublicIpAddress: value })) });
verdicts(rules.noPublicIp, {
  pass: {
    'none asked for': instance(),
    'false': instance(nic(false)),
    'a launch template': template(nic('false')),
    'a launch configuration': configuration({ AssociatePublicIpAddress: false }),
  },
  fail: {
    'asked for': instance(nic(false, true)),
    'a launch template': template(nic(true)),
    'a launch configuration': configuration({ AssociatePublicIpAddress: true }),
  },
  unknown: { 'a parameter': { ...instance(nic({ Ref: 'P' })), ...param } },
  trap: {
    'as text': fail(instance(nic('true'))),
    'a launch configuration leaves it to the subnet': fail(configuration()),
    'asked for in the launch template of the instance': fail(launched(nic(true))),
    'no value': pass(instance(nic({ Ref: 'AWS::NoValue' }))),
  },
});

verdicts(rules.instanceProfile, {
  pass: { 'a profile': instance({ IamInstanceProfile: 'web' }) },
  fail: { none: instance() },
  unknown: { 'a launch template that is not given': elsewhere },
  trap: { 'in the launch template': pass(launched({ IamInstanceProfile: { Name: 'web' } })), 'empty': fail(instance({ IamInstanceProfile: '' })) },
});

verdicts(rules.detailedMonitoring, {
  pass: { 'on': instance({ Monitoring: true }), 'a launch template': template({ Monitoring: { Enabled: true } }) },
  fail: { 'absent': instance(), 'off': instance({ Monitoring: 'false' }), 'a launch template': template({ Monitoring: { Enabled: false } }) },
  unknown: { 'a parameter': { ...instance({ Monitoring: { Ref: 'P' } }), ...param } },
  trap: {
    'a launch configuration has it unless told': pass(configuration()),
    'a launch configuration without': fail(configuration({ InstanceMonitoring: false })),
    'spelled otherwise in the launch template of the instance': pass(launched({ Monitoring: { Enabled: true } })),
  },
});

verdicts(rules.ebsOptimized, {
  pass: { optimized: instance({ InstanceType: 'm3.xlarge', EbsOptimized: true }) },
  fail: { not: instance({ InstanceType: 'm3.xlarge' }), off: instance({ InstanceType: 'r3.2xlarge', EbsOptimized: false }) },
  unknown: { 'the type is a parameter': { ...instance({ InstanceType: { Ref: 'P' } }), ...param } },
  notApplicable: { 'a type that always is': instance({ InstanceType: 'm5.large' }), 'a type that cannot be': instance({ InstanceType: 't2.micro' }) },
  trap: {
    'no type is m1.small, which cannot be': notApplicable(instance()),
    'optimized, whatever the type': pass({ ...instance({ InstanceType: { Ref: 'P' }, EbsOptimized: true }), ...param }),
    'the type stands in the launch template': fail(launched({ InstanceType: 'i2.xlarge' })),
  },
});

verdicts(rules.terminationProtection, {
  pass: { on: instance({ DisableApiTermination: true }) },
  fail: { absent: instance(), off: instance({ DisableApiTermination: false }) },
  unknown: { 'a parameter': { ...instance({ DisableApiTermination: { Ref: 'P' } }), ...param } },
  trap: { 'in the launch template': pass(launched({ DisableApiTermination: 'true' })) },
});

verdicts(rules.inSubnet, {
  pass: { 'a subnet': instance({ SubnetId: 'subnet-12345678' }) },
  fail: { none: instance() },
  unknown: { 'a launch template that is not given': elsewhere },
  trap: {
    'on the network interface': pass(instance({ NetworkInterfaces: [{ SubnetId: 'subnet-12345678' }] })),
    'an interface that exists': pass(instance({ NetworkInterfaces: [{ NetworkInterfaceId: 'eni-12345678' }] })),
    'an interface without': fail(instance({ NetworkInterfaces: [{ DeviceIndex: '0' }] })),
  },
});

verdicts(rules.noKeyPair, {
  pass: { 'none': instance(), 'a launch configuration': configuration() },
  fail: { 'a key': instance({ KeyName: 'ops' }), 'a launch template': template({ KeyName: 'ops' }) },
  unknown: { 'a launch template that is not given': elsewhere },
  trap: {
    'a parameter is a key': fail({ ...instance({ KeyName: { Ref: 'P' } }), ...param }),
    'no value': pass(instance({ KeyName: { Ref: 'AWS::NoValue' } })),
    'in the launch template': fail(launched({ KeyName: 'ops' })),
  },
});

verdicts(rules.sourceDestCheck, {
  pass: { on: instance({ SourceDestCheck: true }) },
  fail: { off: instance({ SourceDestCheck: 'false' }) },
  unknown: { 'a parameter': { ...instance({ SourceDestCheck: { Ref: 'P' } }), ...param } },
  trap: { 'on unless told': pass(instance()), 'said or not, when it must be said': fail(instance(), { options: { requireExplicit: true } }) },
});

const account = of('AWS::EC2::SnapshotBlockPublicAccess');
verdicts(rules.snapshotsNotShared, {
  pass: { all: account({ State: 'block-all-sharing' }) },
  fail: { absent: account() },
  unknown: { 'a parameter': { ...account({ State: { Ref: 'P' } }), ...param } },
  trap: { 'new ones only': fail(account({ State: 'block-new-sharing' })) },
});
