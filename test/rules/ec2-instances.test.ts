import { caseOf, ifProd, MACRO, NOTHING, P, setting, subject } from './cases';
import { Case, fail, judge, pass, verdicts } from './verdicts';
import { backupPlan, imageLookedUp, metadataHopLimit, metadataSecrets, ssmManaged, userDataSecrets } from '../../src/rules/ec2-instances';

const instance = subject('AWS::EC2::Instance');
const configuration = subject('AWS::AutoScaling::LaunchConfiguration');
const template = (LaunchTemplateData: object): Case => subject('AWS::EC2::LaunchTemplate')({ LaunchTemplateData });
const launched = (LaunchTemplateData: object, own: object = {}): Case => instance({ ...own, LaunchTemplate: { LaunchTemplateId: { Ref: 'Template' }, Version: '1' } }, {
  Template: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData } },
});
const elsewhere = instance({ LaunchTemplate: { LaunchTemplateId: 'lt-0123456789', Version: '1' } });

const hops = (HttpPutResponseHopLimit: unknown) => ({ MetadataOptions: { HttpPutResponseHopLimit } });
verdicts(metadataHopLimit, setting(instance, 'MetadataOptions.HttpPutResponseHopLimit', {
  good: 2,
  bad: 3,
  absent: 'pass',
  fail: { 'a launch template': template(hops(64)), 'a launch configuration': configuration(hops('5')) },
  unknown: { 'a launch template that is not given': elsewhere },
  trap: { 'in the launch template of the instance': fail(launched(hops(3))), 'the instance overrides': pass(launched(hops(3), hops(1))) },
}));

const script = (text: unknown) => instance({ UserData: { 'Fn::Base64': text } });
verdicts(userDataSecrets, {
  pass: { 'a script': script('#!/bin/bash\nyum update -y\nexport STAGE=prod\n'), 'in base64': instance({ UserData: Buffer.from('#!/bin/bash\necho hello').toString('base64') }) },
  fail: {
    'an access key': script('#!/bin/bash\naws configure set aws_access_key_id AKIAABCDEFGHIJKLMNOP'),
    'a secret key with slashes': script('export AWS_SECRET_ACCESS_KEY=abcdefghij/KLMNOPQRST/0123456789+abcdefg\n'),
    'one in a file of credentials': script({ 'Fn::Sub': '[default]\naws_secret_access_key = abcdefghij/KLMNOPQRST/0123456789+abcdefg\nregion = ${AWS::Region}\n' }),
    'a private key, in a launch template': template({ UserData: Buffer.from('-----BEGIN RSA PRIVATE KEY-----\nMIIE').toString('base64') }),
    'a password, in a launch configuration': configuration({ UserData: { 'Fn::Base64': '#!/bin/bash\nexport DB_PASSWORD="hunter2hunter2"\n./start' } }),
    'text that is no base64': instance({ UserData: '#!/bin/bash\nDB_PASSWORD=hunter2hunter2\n' }),
  },
  unknown: { 'it is made of a parameter': script({ 'Fn::Sub': 'export DB_PASSWORD=${P}' }), 'a launch template that is not given': elsewhere },
  notApplicable: { 'none': instance() },
  trap: {
    'read when it starts': pass(script('export DB_PASSWORD=$(aws secretsmanager get-secret-value --secret-id db)\n')),
    'where the secret lies': pass(script('DB_PASSWORD=/run/secrets/db\nAPI_KEY=arn:aws:secretsmanager:eu-west-1:111111111111:secret:db\n')),
    'the name of a secret key': pass(script('export AWS_SECRET_ACCESS_KEY=/run/secrets/key\necho aws_secret_access_key\n')),
    'a name that only ends alike': pass(script('NO_PASSWORD_AUTH=yes-please\n')),
    'beside the Region': fail(instance({ UserData: { 'Fn::Sub': 'DB_PASSWORD=hunter2hunter2\nexport REGION=${AWS::Region}' } })),
    'the Region and the name of a bucket are none': pass(instance({ UserData: { 'Fn::Sub': 'export REGION=${AWS::Region} BUCKET=${Bucket}' } }, { Bucket: { Type: 'AWS::S3::Bucket' } })),
    'in the launch template of the instance': fail(launched({ UserData: { 'Fn::Base64': 'DB_PASSWORD=hunter2hunter2' } })),
    'in one branch': fail(script(ifProd('true', 'DB_PASSWORD=hunter2hunter2')), { message: /IsProd is false/ }),
  },
});

const signingIn = (Metadata: unknown, Type = 'AWS::EC2::Instance') => caseOf({ Subject: { Type, Metadata: { 'AWS::CloudFormation::Authentication': Metadata }, Properties: {} } });
verdicts(metadataSecrets, {
  pass: { 'by role': signingIn({ build: { type: 'S3', roleName: P, buckets: ['b'] } }) },
  fail: {
    'a password': signingIn({ build: { type: 'basic', username: 'u', password: 'x' } }), 'a secret key': signingIn({ build: { type: 'S3', accessKeyId: P, secretKey: P } }),
    'of a launch configuration': signingIn({ build: { password: P } }, 'AWS::AutoScaling::LaunchConfiguration'), 'of a group': signingIn({ build: { password: P } }, 'AWS::AutoScaling::AutoScalingGroup'),
  },
  unknown: { 'by a macro': signingIn(MACRO), 'a password by a macro': signingIn({ build: MACRO }) },
  notApplicable: { 'none': instance(), 'other metadata': caseOf({ Subject: { Type: 'AWS::EC2::Instance', Metadata: { password: 'x' }, Properties: {} } }) },
  trap: {
    'the second of two': fail(signingIn({ a: { roleName: 'r' }, b: { password: 'x' } })), 'none in the end': pass(signingIn({ a: { roleName: 'r', password: NOTHING } })),
    'in one branch': fail(signingIn({ a: { password: ifProd(NOTHING, 'x') } }), { message: /IsProd is false/ }),
  },
});

test('the metadata that was found is not repeated', () => {
  expect(JSON.stringify(judge(metadataSecrets, signingIn({ build: { password: 'hunter2hunter2' } })))).not.toContain('hunter2');
});

test('the credential that was found is not repeated', () => {
  const result = judge(userDataSecrets, script('DB_PASSWORD=hunter2hunter2'));
  expect(result.verdict).toBe('fail');
  expect(JSON.stringify(result)).not.toContain('hunter2');
  expect(JSON.stringify(result)).not.toContain(Buffer.from('hunter2hunter2').toString('base64').slice(4, 12));
});

const image = (ImageId: unknown, others: Case = {}) => instance({ ImageId }, others);
const AMI = { $Parameters: { Ami: { Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>', Default: '/aws/service/ami' }, P: { Type: 'String' } } };
verdicts(imageLookedUp, {
  pass: {
    'a dynamic reference': image('{{resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64}}'),
    'a parameter of that type': { ...image({ Ref: 'Ami' }), ...AMI },
    'as EC2 looks it up itself': template({ ImageId: 'resolve:ssm:/golden' }),
    'built here': image({ 'Fn::GetAtt': ['Image', 'ImageId'] }, { Image: { Type: 'AWS::ImageBuilder::Image' } }),
  },
  fail: { 'written out': image('ami-0123456789'), 'in a launch configuration': configuration({ ImageId: 'ami-0123456789' }), 'none': instance() },
  unknown: { 'a parameter': image(P), 'a launch template that is not given': elsewhere },
  trap: {
    'the default of a parameter': fail({ ...image({ Ref: 'P' }), $Parameters: { P: { Type: 'AWS::EC2::Image::Id', Default: 'ami-0123456789' } } }),
    'in one branch': fail(image(ifProd('{{resolve:ssm:/golden}}', 'ami-0123456789')), { message: /IsProd is false/ }),
    'in the launch template of the instance': fail(launched({ ImageId: 'ami-0123456789' })),
  },
});

const CORE = { 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/AmazonSSMManagedInstanceCore' };
const roleWith = (properties: object, more: Case = {}): Case => ({
  Profile: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [{ Ref: 'Role' }] } }, Role: { Type: 'AWS::IAM::Role', Properties: properties }, ...more,
});
const withRole = (properties: object, more: Case = {}) => instance({ IamInstanceProfile: { Ref: 'Profile' } }, roleWith(properties, more));
const allow = (Action: string) => ({ Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });
const policy = (document: object, role = 'Role') => ({ Policy: { Type: 'AWS::IAM::Policy', Properties: { PolicyDocument: document, Roles: [{ Ref: role }] } } });
verdicts(ssmManaged, {
  pass: {
    'a policy of AWS': withRole({ ManagedPolicyArns: [CORE] }),
    'inline': withRole({ Policies: [{ PolicyDocument: allow('ssm:*') }] }),
    'a policy of the template': withRole({}, policy(allow('ssm:UpdateInstanceInformation'))),
    'through a launch template': {
      ...launched({ IamInstanceProfile: { Arn: { 'Fn::GetAtt': ['Profile', 'Arn'] } } }), ...roleWith({ ManagedPolicyArns: [CORE] }),
    },
  },
  fail: { 'no role': instance(), 'another policy': withRole({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess'] }), 'none': withRole({}) },
  unknown: { 'a profile elsewhere': instance({ IamInstanceProfile: 'web' }), 'the policy by parameter': withRole({ ManagedPolicyArns: [P] }) },
  trap: {
    'a policy for another role': fail(withRole({}, { ...policy(allow('ssm:*'), 'Other'), Other: { Type: 'AWS::IAM::Role' } })),
    'a managed policy of the template': pass(withRole({ ManagedPolicyArns: [{ Ref: 'Own' }] }, { Own: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: allow('ssm:*') } } })),
    'reading parameters is not enough': fail(withRole({ Policies: [{ PolicyDocument: allow('ssm:GetParameter') }] })),
    'in one branch': fail(withRole({ ManagedPolicyArns: [ifProd(CORE)] }), { message: /IsProd is false/ }),
  },
});

const selection = (BackupSelection: object) => ({ Selection: { Type: 'AWS::Backup::BackupSelection', Properties: { BackupSelection } } });
const tagged = { Tags: [{ Key: 'backup', Value: 'daily' }] };
const daily = { ConditionType: 'STRINGEQUALS', ConditionKey: 'backup', ConditionValue: 'daily' };
const byTag = (ConditionValue: unknown) => selection({ ListOfTags: [{ ...daily, ConditionValue }] });
const arnOf = (id: string) => ({ 'Fn::Sub': `arn:\${AWS::Partition}:ec2:\${AWS::Region}:\${AWS::AccountId}:instance/\${${id}}` });
verdicts(backupPlan, {
  pass: { 'by tag': instance(tagged, byTag('daily')), 'by reference': instance({}, selection({ Resources: [arnOf('Subject')] })) },
  fail: { 'none': instance(), 'another tag': instance(tagged, byTag('weekly')) },
  unknown: { 'the tag by parameter': instance(tagged, byTag(P)) },
  trap: {
    'another instance': fail(instance({}, { ...selection({ Resources: [arnOf('Other')] }), Other: { Type: 'AWS::EC2::Instance' } })),
    'left out by name': fail(instance(tagged, selection({ ListOfTags: [daily], NotResources: [arnOf('Subject')] }))),
    'a selection in production only': fail(instance(tagged, { Selection: { ...byTag('daily').Selection, Condition: 'IsProd' } }), { message: /IsProd is false/ }),
  },
});
