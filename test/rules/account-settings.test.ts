import { caseOf, ifProd, MACRO, P } from './cases';
import { deployed, environmentVerdicts, HERE, OTHER_ACCOUNT, OTHER_REGION } from './environment-verdicts';
import { Case, fail, pass, unknown } from './verdicts';
import { documentSharingBlocked, ebsEncryptionByDefault, passwordPolicy, s3PublicAccessBlock, snapshotSharingBlocked } from '../../src/rules/account-settings';

/** As CDK writes it: `Create` is JSON text. */
const call = (service: unknown, action: string, parameters: object = {}, more: object = {}): Case => caseOf({
  Call: { Type: 'Custom::AWS', Properties: { ServiceToken: 'arn', Create: JSON.stringify({ service, action, parameters, physicalResourceId: { id: 'x' }, ...more }) } },
});
const custom = (Properties: object, more: object = {}): Case => caseOf({ Call: { Type: 'AWS::CloudFormation::CustomResource', Properties, ...more } });
const one = (Type: string, Properties: object, more: object = {}): Case => caseOf({ Setting: { Type, Properties, ...more } });

const on = call('EC2', 'enableEbsEncryptionByDefault');
const text = JSON.stringify({ service: 'EC2', action: 'enableEbsEncryptionByDefault' });
environmentVerdicts(ebsEncryptionByDefault, {
  pass: {
    'by an API call': on,
    'of the SDK that is new': call('@aws-sdk/client-ec2', 'EnableEbsEncryptionByDefaultCommand'),
    'under the generic type, as an object': custom({ Create: { service: 'ec2', action: 'EnableEbsEncryptionByDefault' } }),
    'on update, which CDK takes for creation': custom({ Update: text }),
    'around a reference': custom({ Create: { 'Fn::Join': ['', ['{"service":"EC2","action":"enableEbsEncryptionByDefault","parameters":{"DryRun":"', P, '"}}']] } }),
    'in the Region, by name': call('EC2', 'enableEbsEncryptionByDefault', {}, { region: 'eu-west-1' }),
    'in the Region, by reference': custom({ Create: { 'Fn::Sub': '{"service":"EC2","action":"enableEbsEncryptionByDefault","region":"${AWS::Region}"}' } }),
    'twice': { ...on, Other: { Type: 'Custom::AWS', Properties: { Create: JSON.stringify({ service: 'EC2', action: 'disableEbsEncryptionByDefault' }) } } },
  },
  fail: { 'it is switched off': call('EC2', 'disableEbsEncryptionByDefault') },
  unknown: {
    'the call by parameter': custom({ Create: P }),
    'another call': call('EC2', 'enableSnapshotBlockPublicAccess'),
    'the same name in another service': call('RDS', 'enableEbsEncryptionByDefault'),
    'a custom resource of one\'s own': custom({ ServiceToken: 'arn', EncryptVolumes: true }),
    'in production only': custom({ Create: text }, { Condition: 'IsProd' }),
    'another Region': call('EC2', 'enableEbsEncryptionByDefault', {}, { region: 'us-east-1' }),
    'the Region by parameter': custom({ Create: { 'Fn::Join': ['', ['{"service":"EC2","action":"enableEbsEncryptionByDefault","region":"', P, '"}']] } }),
    'a Region, in a stack without': deployed({ 'aws://unknown-account/unknown-region': call('EC2', 'enableEbsEncryptionByDefault', {}, { region: 'us-east-1' }) }),
  },
  trap: {
    'undone on deletion': pass(custom({ Create: text, Delete: JSON.stringify({ service: 'EC2', action: 'disableEbsEncryptionByDefault' }) })),
    'called on deletion only': unknown(custom({ Delete: text }), { message: /another system/ }),
    'a template of another Region': unknown(deployed({ [HERE]: {}, [OTHER_REGION]: on }), { message: /another system/ }),
    'a template of another account': unknown(deployed({ [HERE]: {}, [OTHER_ACCOUNT]: on })),
    'a longer name of an action': unknown(call('EC2', 'enableEbsEncryptionByDefaultLater')),
  },
});

const snapshots = (State: unknown) => one('AWS::EC2::SnapshotBlockPublicAccess', { State });
environmentVerdicts(snapshotSharingBlocked, {
  pass: { 'all sharing': snapshots('block-all-sharing'), 'by an API call': call('EC2', 'enableSnapshotBlockPublicAccess', { State: 'block-all-sharing' }) },
  fail: {
    'new sharing only': snapshots('block-new-sharing'),
    'switched off by a call': call('EC2', 'disableSnapshotBlockPublicAccess', { State: 'block-all-sharing' }),
    'new sharing only, by a call': call('EC2', 'enableSnapshotBlockPublicAccess', { State: 'block-new-sharing' }),
  },
  unknown: { 'by parameter': snapshots(P), 'another call': on },
  trap: {
    'in one branch': fail(snapshots(ifProd('block-all-sharing', 'block-new-sharing')), { message: /IsProd is false/ }),
    'another Region': unknown(deployed({ [HERE]: {}, [OTHER_REGION]: snapshots('block-all-sharing') })),
    'right here, wrong elsewhere': pass(deployed({ [HERE]: snapshots('block-all-sharing'), [OTHER_REGION]: snapshots('block-new-sharing') })),
  },
});

const blocks = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true };
const block = (PublicAccessBlockConfiguration: object, service = 'S3Control') => call(service, 'putPublicAccessBlock', { AccountId: '1', PublicAccessBlockConfiguration });
environmentVerdicts(s3PublicAccessBlock, {
  pass: {
    'all four': block(blocks),
    'of the new SDK': call('@aws-sdk/client-s3-control', 'PutPublicAccessBlockCommand', { PublicAccessBlockConfiguration: blocks }),
    'in another Region of the account': deployed({ [HERE]: {}, [OTHER_REGION]: block(blocks) }),
    'by a call to another Region': call('S3Control', 'putPublicAccessBlock', { PublicAccessBlockConfiguration: blocks }, { region: 'us-east-1' }),
  },
  fail: {
    ...Object.fromEntries(Object.keys(blocks).map((name) => [`${name} is off`, block({ ...blocks, [name]: false })])),
    'one is left out': block({ BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true }),
    'it is deleted': call('S3Control', 'deletePublicAccessBlock', { PublicAccessBlockConfiguration: blocks }),
  },
  unknown: {
    'one by parameter': custom({ Create: { service: 'S3Control', action: 'putPublicAccessBlock', parameters: { PublicAccessBlockConfiguration: { ...blocks, BlockPublicAcls: P } } } }),
    'of one bucket': block(blocks, 'S3'),
    'another account': deployed({ [HERE]: {}, [OTHER_ACCOUNT]: block(blocks) }),
  },
  trap: { 'false as text': fail(block({ ...blocks, IgnorePublicAcls: 'false' })), 'true as text': pass(block({ ...blocks, IgnorePublicAcls: 'True' })) },
});

const policy = (parameters: object) => call('IAM', 'updateAccountPasswordPolicy', parameters);
environmentVerdicts(passwordPolicy, {
  pass: {
    'long and remembered': policy({ MinimumPasswordLength: 14, PasswordReusePrevention: 24 }),
    'in another Region of the account': deployed({ [HERE]: {}, [OTHER_REGION]: policy({ MinimumPasswordLength: '16', PasswordReusePrevention: '24' }) }),
  },
  fail: {
    'short': policy({ MinimumPasswordLength: 13, PasswordReusePrevention: 24 }),
    'soon forgotten': policy({ MinimumPasswordLength: 14, PasswordReusePrevention: 5 }),
    'not remembered': policy({ MinimumPasswordLength: 14 }),
    'deleted': call('IAM', 'deleteAccountPasswordPolicy', { MinimumPasswordLength: 14, PasswordReusePrevention: 24 }),
  },
  unknown: {
    'by parameter': custom({ Create: { service: 'IAM', action: 'updateAccountPasswordPolicy', parameters: { MinimumPasswordLength: P, PasswordReusePrevention: 24 } } }),
    'another account': deployed({ [HERE]: {}, [OTHER_ACCOUNT]: policy({ MinimumPasswordLength: 14, PasswordReusePrevention: 24 }) }),
  },
  trap: { 'the policy of a user pool': unknown(call('CognitoIdentityServiceProvider', 'updateUserPool', { MinimumPasswordLength: 14, PasswordReusePrevention: 24 })) },
});

const SHARING = '/ssm/documents/console/public-sharing-permission';
const setting = (SettingId: unknown, SettingValue: unknown) => one('AWS::SSM::ServiceSetting', { SettingId, SettingValue });
environmentVerdicts(documentSharingBlocked, {
  pass: {
    'blocked': setting(SHARING, 'Disable'),
    'by ARN': setting(`arn:aws:ssm:eu-west-1:111111111111:servicesetting${SHARING}`, 'Disable'),
    'by an API call': call('SSM', 'updateServiceSetting', { SettingId: SHARING, SettingValue: 'Disable' }),
  },
  fail: { 'allowed': setting(SHARING, 'Enable'), 'allowed by a call': call('SSM', 'updateServiceSetting', { SettingId: SHARING, SettingValue: 'Enable' }) },
  unknown: { 'which setting by parameter': setting(P, 'Disable'), 'the value by parameter': setting(SHARING, P), 'by a macro': setting(SHARING, MACRO) },
  trap: {
    'another setting': unknown(setting('/ssm/parameter-store/high-throughput-enabled', 'Disable'), { message: /another system/ }),
    'another setting by a call': unknown(call('SSM', 'updateServiceSetting', { SettingId: '/ssm/managed-instance/activation-tier', SettingValue: 'Disable' }), { message: /another system/ }),
    'in one branch': fail(setting(SHARING, ifProd('Disable', 'Enable')), { message: /IsProd is false/ }),
    'another Region': unknown(deployed({ [HERE]: {}, [OTHER_REGION]: setting(SHARING, 'Disable') })),
  },
});
