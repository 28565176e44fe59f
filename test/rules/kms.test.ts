import { Case, fail, pass, unknown, verdicts } from './verdicts';
import * as rules from '../../src/rules/kms';

const key = (properties?: object, more: object = {}): Case => ({ Subject: { Type: 'AWS::KMS::Key', Properties: properties, ...more } });
const replica = (properties: object): Case => ({ Subject: { Type: 'AWS::KMS::ReplicaKey', Properties: properties } });
const ROOT = { AWS: 'arn:aws:iam::111111111111:root' };
const ROLE = { AWS: 'arn:aws:iam::111111111111:role/admin' };
const allow = (more: object = {}) => ({ Effect: 'Allow', Principal: ROOT, Action: 'kms:*', Resource: '*', ...more });
const policy = (...statements: object[]) => ({ KeyPolicy: { Statement: statements } });
const param = { $Parameters: { P: { Type: 'String' } } };
const P = { Ref: 'P' };

verdicts(rules.keyRotation, {
  pass: { on: key({ EnableKeyRotation: true }), text: key({ EnableKeyRotation: 'true' }) },
  fail: { absent: key(), off: key({ EnableKeyRotation: false }), text: key({ EnableKeyRotation: 'false' }) },
  unknown: { 'a parameter': { ...key({ EnableKeyRotation: P }), ...param } },
  notApplicable: { 'an asymmetric key': key({ KeySpec: 'RSA_2048' }), 'a key for codes': key({ KeySpec: 'HMAC_256' }), 'imported material': key({ Origin: 'EXTERNAL' }), 'a key for signatures': key({ KeyUsage: 'SIGN_VERIFY' }) },
  trap: {
    'symmetric, in so many words': fail(key({ KeySpec: 'SYMMETRIC_DEFAULT', Origin: 'AWS_KMS', KeyUsage: 'ENCRYPT_DECRYPT' })),
    'the kind of key is a parameter': unknown({ ...key({ KeySpec: P }), ...param }),
    'the kind of key is a parameter, and rotation is on': pass({ ...key({ KeySpec: P, EnableKeyRotation: true }), ...param }),
  },
});

verdicts(rules.keyPolicyNotPublic, {
  pass: { 'the account': key(policy(allow())), 'no policy: the account': key() },
  fail: { 'everyone': key(policy(allow({ Principal: '*' }))), 'everyone as AWS': key(policy(allow({ Principal: { AWS: ['*'] } }))) },
  unknown: { 'a parameter': { ...key({ KeyPolicy: P }), ...param } },
  trap: {
    'everyone of an account': pass(key(policy(allow({ Principal: '*', Condition: { StringEquals: { 'kms:CallerAccount': '111111111111' } } })))),
    'everyone but through a service': pass(key(policy(allow({ Principal: { AWS: '*' }, Condition: { StringEquals: { 'kms:ViaService': 'sns.us-east-1.amazonaws.com' } } })))),
    'everyone, if the account happens to be known': fail(key(policy(allow({ Principal: '*', Condition: { StringEqualsIfExists: { 'kms:CallerAccount': '111111111111' } } })))),
    'the account, put together at deployment': pass(key(policy(allow({ Principal: { AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, ':root']] } } })))),
    'a replica': fail(replica(policy(allow({ Principal: '*' })))),
    'everyone, and strangers are denied': pass(key(policy(allow({ Principal: '*' }), allow({ Effect: 'Deny', Principal: '*', Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } } })))),
    'everyone is denied': pass(key(policy(allow({ Effect: 'Deny', Principal: '*' })))),
  },
});

verdicts(rules.fullAccessOfAccountOnly, {
  pass: { 'the account': key(policy(allow())), 'an administrator with named actions': key(policy(allow(), allow({ Principal: ROLE, Action: ['kms:Create*', 'kms:Put*'] }))) },
  fail: { 'a role': key(policy(allow({ Principal: ROLE }))), 'everyone': key(policy(allow({ Principal: '*' }))), 'a service': key(policy(allow({ Principal: { Service: 'sns.amazonaws.com' } }))) },
  unknown: { 'a parameter': { ...key(policy(allow({ Principal: { AWS: P } }))), ...param } },
  trap: {
    'the account by its number': pass(key(policy(allow({ Principal: { AWS: '111111111111' } })))),
    'the account by its pseudo parameter': pass(key(policy(allow({ Principal: { AWS: { Ref: 'AWS::AccountId' } } })))),
    'the account, put together at deployment': pass(key(policy(allow({ Principal: { AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' } } })))),
    'a role, put together at deployment': fail(key(policy(allow({ Principal: { AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/admin' } } })))),
    'a role of the template': fail({ ...key(policy(allow({ Principal: { AWS: { 'Fn::GetAtt': ['Role', 'Arn'] } } }))), Role: { Type: 'AWS::IAM::Role' } }),
    'the account and a role': fail(key(policy(allow({ Principal: { AWS: [ROOT.AWS, ROLE.AWS] } })))),
    'a role is denied': pass(key(policy(allow({ Effect: 'Deny', Principal: ROLE })))),
  },
});

verdicts(rules.keyPolicyNoNegation, {
  pass: { 'by name': key(policy(allow())) },
  fail: { 'all actions but': key(policy(allow({ Action: undefined, NotAction: 'kms:Delete*' }))), 'all principals but': key(policy(allow({ Principal: undefined, NotPrincipal: ROLE }))) },
  unknown: { 'a parameter': { ...key({ KeyPolicy: P }), ...param } },
  trap: { 'all but some are denied': pass(key(policy({ Effect: 'Deny', NotPrincipal: ROLE, Action: 'kms:*', Resource: '*' }))) },
});

verdicts(rules.keyEnabled, {
  pass: { enabled: key({ Enabled: true }) },
  fail: { disabled: key({ Enabled: false }) },
  unknown: { 'a parameter': { ...key({ Enabled: P }), ...param } },
  trap: { 'absent: keys are enabled': pass(key()), 'as text': fail(key({ Enabled: 'false' })) },
});

verdicts(rules.deletionWindow, {
  pass: { 'thirty days': key({ PendingWindowInDays: 30 }) },
  fail: { 'a week': key({ PendingWindowInDays: 7 }) },
  unknown: { 'a parameter': { ...key({ PendingWindowInDays: P }), ...param } },
  trap: { 'absent: thirty days': pass(key()), 'as text': fail(key({ PendingWindowInDays: '7' })) },
});

verdicts(rules.keyRetained, {
  pass: { kept: key({}, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' }) },
  fail: { absent: key() },
  unknown: { 'a parameter': { ...key({}, { DeletionPolicy: P, UpdateReplacePolicy: 'Retain' }), ...param } },
  trap: { 'kept with the stack, not when it is replaced': fail(key({}, { DeletionPolicy: 'Retain' })) },
});

verdicts(rules.rotationPeriod, {
  pass: { 'by default': key({ EnableKeyRotation: true }), 'half a year': key({ EnableKeyRotation: true, RotationPeriodInDays: 180 }) },
  fail: { 'two years': key({ EnableKeyRotation: true, RotationPeriodInDays: 730 }) },
  unknown: { 'a parameter': { ...key({ EnableKeyRotation: true, RotationPeriodInDays: P }), ...param } },
  notApplicable: { 'not rotated': key({ RotationPeriodInDays: 730 }), 'asymmetric': key({ EnableKeyRotation: true, KeySpec: 'RSA_2048' }) },
  trap: { 'as text': fail(key({ EnableKeyRotation: 'true', RotationPeriodInDays: '2560' })) },
});
