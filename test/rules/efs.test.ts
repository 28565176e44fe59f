import { Case, fail, pass, verdicts } from './verdicts';
import * as rules from '../../src/rules/efs';

const fileSystem = (properties?: object, more: object = {}): Case => ({ Subject: { Type: 'AWS::EFS::FileSystem', Properties: properties, ...more } });
const accessPoint = (properties?: object): Case => ({ Subject: { Type: 'AWS::EFS::AccessPoint', Properties: properties } });
const param = { $Parameters: { P: { Type: 'String' } } };
const P = { Ref: 'P' };
const selection = (properties: object) => ({ Selection: { Type: 'AWS::Backup::BackupSelection', Properties: { BackupPlanId: 'plan', BackupSelection: properties } } });

verdicts(rules.encryption, {
  pass: { on: fileSystem({ Encrypted: true }), text: fileSystem({ Encrypted: 'true' }) },
  fail: { absent: fileSystem(), off: fileSystem({ Encrypted: false }), text: fileSystem({ Encrypted: 'false' }) },
  unknown: { 'a parameter': { ...fileSystem({ Encrypted: P }), ...param } },
  trap: { 'a key alone': fail(fileSystem({ KmsKeyId: 'alias/mine' })) },
});

verdicts(rules.customerKey, {
  pass: { 'a key of the template': { ...fileSystem({ KmsKeyId: { Ref: 'Key' } }), Key: { Type: 'AWS::KMS::Key' } } },
  fail: { 'absent': fileSystem({ Encrypted: true }), 'encryption is switched off': fileSystem({ Encrypted: 'false', KmsKeyId: 'k' }) },
  unknown: { 'a parameter': { ...fileSystem({ KmsKeyId: P }), ...param } },
  trap: { 'the AWS managed key': fail(fileSystem({ KmsKeyId: 'alias/aws/elasticfilesystem' })) },
});

verdicts(rules.automaticBackups, {
  pass: { on: fileSystem({ BackupPolicy: { Status: 'ENABLED' } }), selected: { ...fileSystem(), ...selection({ Resources: [{ 'Fn::GetAtt': ['Subject', 'Arn'] }] }) } },
  fail: { absent: fileSystem(), off: fileSystem({ BackupPolicy: { Status: 'DISABLED' } }) },
  unknown: { 'a parameter': { ...fileSystem({ BackupPolicy: { Status: P } }), ...param } },
  trap: {
    'one zone: on by default': pass(fileSystem({ AvailabilityZoneName: 'us-east-1a' })),
    'one zone, off': fail(fileSystem({ AvailabilityZoneName: 'us-east-1a', BackupPolicy: { Status: 'DISABLED' } })),
    'selected by the tags of a file system': pass({
      ...fileSystem({ FileSystemTags: [{ Key: 'backup', Value: 'daily' }] }), ...selection({ ListOfTags: [{ ConditionType: 'STRINGEQUALS', ConditionKey: 'backup', ConditionValue: 'daily' }] }),
    }),
    'something else is selected': fail({ ...fileSystem(), ...selection({ Resources: ['arn:aws:dynamodb:*:*:table/*'] }) }),
  },
});

const policy = (...statements: object[]) => fileSystem({ FileSystemPolicy: { Statement: statements } });
const deny = (more: object = {}) => ({ Effect: 'Deny', Principal: { AWS: '*' }, Action: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } }, ...more });
const allow = (more: object = {}) => ({ Effect: 'Allow', Principal: { AWS: '*' }, Action: ['elasticfilesystem:ClientMount'], ...more });

verdicts(rules.policyTlsOnly, {
  pass: { denied: policy(allow(), deny()) },
  fail: { 'no policy': fileSystem(), 'only allowed': policy(allow()) },
  unknown: { 'a parameter': { ...fileSystem({ FileSystemPolicy: P }), ...param } },
  trap: { 'allowed with TLS, which leaves the default': fail(policy(allow({ Condition: { Bool: { 'aws:SecureTransport': 'true' } } }))), 'writing alone is denied': fail(policy(deny({ Action: 'elasticfilesystem:ClientWrite' }))) },
});

verdicts(rules.policyNotPublic, {
  pass: { 'a role': policy(allow({ Principal: { AWS: 'arn:aws:iam::111111111111:role/app' } })) },
  fail: { everyone: policy(allow()) },
  unknown: { 'a parameter': { ...policy(allow({ Principal: { AWS: P } })), ...param } },
  notApplicable: { 'no policy: who reaches a mount target': fileSystem() },
  trap: {
    'through mount targets, as CDK has it': pass(policy(allow({ Condition: { Bool: { 'elasticfilesystem:AccessedViaMountTarget': 'true' } } }))),
    'with TLS, by anybody': fail(policy(allow({ Condition: { Bool: { 'aws:SecureTransport': 'true' } } }))),
    'everyone is denied': pass(policy(deny())),
  },
});

verdicts(rules.regional, {
  pass: { 'absent': fileSystem(), 'set to nothing': fileSystem({ AvailabilityZoneName: { Ref: 'AWS::NoValue' } }) },
  fail: { 'one zone': fileSystem({ AvailabilityZoneName: 'us-east-1a' }) },
  unknown: { 'a macro decides': fileSystem({ AvailabilityZoneName: { 'Fn::Transform': { Name: 'Zone' } } }) },
  trap: { 'some zone, known at deployment': fail(fileSystem({ AvailabilityZoneName: { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] } })) },
});

verdicts(rules.fileSystemRetained, {
  pass: { kept: fileSystem({}, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' }) },
  fail: { absent: fileSystem() },
  unknown: { 'a parameter': { ...fileSystem({}, { DeletionPolicy: 'Retain', UpdateReplacePolicy: P }), ...param } },
  trap: { 'kept when it is replaced, not with the stack': fail(fileSystem({}, { UpdateReplacePolicy: 'Retain' })) },
});

verdicts(rules.accessPointUser, {
  pass: { 'a user': accessPoint({ PosixUser: { Uid: '1000', Gid: '1000' } }) },
  fail: { absent: accessPoint() },
  unknown: { 'a macro decides': accessPoint({ PosixUser: { 'Fn::Transform': { Name: 'User' } } }) },
  trap: { 'a user without a group': fail(accessPoint({ PosixUser: { Uid: '1000' } })) },
});

verdicts(rules.accessPointRoot, {
  pass: { 'a directory': accessPoint({ RootDirectory: { Path: '/app' } }) },
  fail: { root: accessPoint({ RootDirectory: { Path: '/' } }) },
  unknown: { 'a parameter': { ...accessPoint({ RootDirectory: { Path: P } }), ...param } },
  trap: { 'absent: root': fail(accessPoint()), 'put together': pass({ ...accessPoint({ RootDirectory: { Path: { 'Fn::Sub': '/apps/${P}' } } }), ...param }) },
});

const mounted = (subnet: object): Case => ({ Subject: { Type: 'AWS::EFS::MountTarget', Properties: { SubnetId: { Ref: 'Subnet' } } }, Subnet: { Type: 'AWS::EC2::Subnet', Properties: subnet } });

verdicts(rules.mountTargetPrivate, {
  pass: { private: mounted({ MapPublicIpOnLaunch: false }), absent: mounted({}) },
  fail: { public: mounted({ MapPublicIpOnLaunch: true }) },
  unknown: { 'a subnet made elsewhere': { Subject: { Type: 'AWS::EFS::MountTarget', Properties: { SubnetId: 'subnet-12345678' } } } },
  trap: { 'public as text': fail(mounted({ MapPublicIpOnLaunch: 'true' })) },
});
