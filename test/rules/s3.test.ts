import { Case, fail, notApplicable, pass, unknown, verdicts } from './verdicts';
import * as rules from '../../src/rules/s3';

const bucket = (properties?: object, more: object = {}): Case => ({ Subject: { Type: 'AWS::S3::Bucket', Properties: properties, ...more } });
const other = (properties?: object) => ({ Other: { Type: 'AWS::S3::Bucket', Properties: properties } });
const policyOf = (statement: unknown, target: unknown = { Ref: 'Subject' }) =>
  ({ Policy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: target, PolicyDocument: { Statement: statement } } } });
const withPolicy = (statement: unknown, target?: unknown): Case => ({ ...bucket(), ...policyOf(statement, target) });
const deny = (more: object = {}) => ({ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } }, ...more });
const isProd = { $Parameters: { Env: { Type: 'String' } }, $Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Env' }, 'prod'] } } };
const param = { $Parameters: { P: { Type: 'String' } } };
const P = { Ref: 'P' };
const encrypted = (byDefault: object): object => ({ BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: byDefault }] } });
const logsTo = (name: unknown) => ({ LoggingConfiguration: { DestinationBucketName: name } });
const loggedBy = { Source: { Type: 'AWS::S3::Bucket', Properties: logsTo({ Ref: 'Subject' }) } };
const balancer = {
  Balancer: {
    Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    Properties: { LoadBalancerAttributes: [{ Key: 'access_logs.s3.enabled', Value: 'true' }, { Key: 'access_logs.s3.bucket', Value: { Ref: 'Subject' } }] },
  },
};

verdicts(rules.versioning, {
  pass: { enabled: bucket({ VersioningConfiguration: { Status: 'Enabled' } }) },
  fail: { absent: bucket(), suspended: bucket({ VersioningConfiguration: { Status: 'Suspended' } }) },
  unknown: { 'from a parameter without default': { ...bucket({ VersioningConfiguration: { Status: P } }), ...param } },
  trap: {
    'enabled in one branch only': fail({ ...bucket({ VersioningConfiguration: { 'Fn::If': ['IsProd', { Status: 'Enabled' }, { Ref: 'AWS::NoValue' }] } }), ...isProd }, { message: /when IsProd is false/ }),
    'enabled in both branches': pass({ ...bucket({ VersioningConfiguration: { Status: { 'Fn::If': ['IsProd', 'Enabled', 'Enabled'] } } }), ...isProd }),
    'a string where an object belongs': unknown(bucket({ VersioningConfiguration: 'Enabled' })),
  },
});

const external = (statement: unknown, target: unknown = 'made-elsewhere'): Case => ({ Subject: policyOf(statement, target).Policy });

verdicts(rules.tlsOnly, {
  pass: {
    'policy denies when SecureTransport is false': withPolicy(deny()),
    'the boolean is a boolean, the statements a list': withPolicy([deny({ Condition: { Bool: { 'aws:SecureTransport': false } } })]),
    'principal spelled as AWS: *': withPolicy(deny({ Principal: { AWS: ['*'] } })),
    'bucket and objects are named': withPolicy(deny({ Resource: [{ 'Fn::GetAtt': ['Subject', 'Arn'] }, { 'Fn::Sub': '${Subject.Arn}/*' }] })),
    'reading and writing are denied in two statements': withPolicy([deny({ Action: 's3:Get*' }), deny({ Action: ['s3:PutObject'] })]),
  },
  fail: {
    'no policy': bucket(),
    'policy allows only': withPolicy({ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*' }),
    'denied for one principal only': withPolicy(deny({ Principal: { AWS: 'arn:aws:iam::111111111111:root' } })),
    'denied with TLS': withPolicy(deny({ Condition: { Bool: { 'aws:SecureTransport': true } } })),
  },
  unknown: { 'policy document comes from a parameter': { ...bucket(), ...param, Policy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'Subject' }, PolicyDocument: P } } } },
  notApplicable: { 'a policy whose bucket is judged': { Subject: policyOf(deny(), { Ref: 'Other' }).Policy, ...other() } },
  trap: {
    'policy of another bucket': fail({ ...withPolicy(deny(), { Ref: 'Other' }), ...other() }, { message: /no AWS::S3::BucketPolicy/ }),
    'policy by physical name': pass({ ...withPolicy(deny(), 'my-bucket'), ...bucket({ BucketName: 'my-bucket' }) }),
    'policy and bucket name the same parameter': pass({ ...withPolicy(deny(), P), ...bucket({ BucketName: P }), ...param }),
    'policy and bucket put the name together alike': pass({ ...withPolicy(deny(), { 'Fn::Sub': '${AWS::StackName}-data' }), ...bucket({ BucketName: { 'Fn::Sub': '${AWS::StackName}-data' } }) }),
    'hidden parameters may differ': fail({
      ...withPolicy(deny(), { Ref: 'A' }), ...bucket({ BucketName: { Ref: 'B' } }), $Parameters: { A: { Type: 'String', NoEcho: true }, B: { Type: 'String', NoEcho: true } },
    }),
    'policy exists in one branch only': fail({ ...withPolicy(deny()), ...isProd, Policy: { ...policyOf(deny()).Policy, Condition: 'IsProd' } }, { message: /when IsProd is false/ }),
    'the bucket alone is named, not its objects': fail(withPolicy(deny({ Resource: { 'Fn::GetAtt': ['Subject', 'Arn'] } }))),
    'only reading is denied': fail(withPolicy(deny({ Action: 's3:GetObject' }))),
    'policy of a bucket made elsewhere denies': pass(external(deny())),
    'policy of a bucket made elsewhere does not': fail(external(deny({ Effect: 'Allow' }))),
  },
});

verdicts(rules.encryption, {
  pass: {
    'keys of S3': bucket(encrypted({ SSEAlgorithm: 'AES256' })),
    'KMS': bucket(encrypted({ SSEAlgorithm: 'aws:kms' })),
    'KMS twice': bucket(encrypted({ SSEAlgorithm: 'aws:kms:dsse' })),
  },
  fail: { 'no algorithm there is': bucket(encrypted({ SSEAlgorithm: 'none' })), 'an empty list': bucket({ BucketEncryption: { ServerSideEncryptionConfiguration: [] } }) },
  unknown: { 'a parameter': { ...bucket(encrypted({ SSEAlgorithm: P })), ...param } },
  trap: {
    'absent: S3 encrypts all the same': pass(bucket()),
    'absent, where defaults do not count': fail(bucket(), { options: { requireExplicit: true } }),
    'an empty configuration, which CloudFormation refuses': fail(bucket({ BucketEncryption: {} })),
    'a key without an algorithm, which CloudFormation refuses': fail(bucket(encrypted({ KMSMasterKeyID: 'k' }))),
    'an empty list in one branch': fail({ ...bucket({ BucketEncryption: { 'Fn::If': ['IsProd', { ServerSideEncryptionConfiguration: [] }, { Ref: 'AWS::NoValue' }] } }), ...isProd }),
    'a rule for the bucket key alone': pass(bucket({ BucketEncryption: { ServerSideEncryptionConfiguration: [{ BucketKeyEnabled: true }] } })),
  },
});

verdicts(rules.kmsEncryption, {
  pass: { 'KMS without a key of one\'s own': bucket(encrypted({ SSEAlgorithm: 'aws:kms' })), 'KMS twice': bucket(encrypted({ SSEAlgorithm: 'aws:kms:dsse' })) },
  fail: { 'absent': bucket(), 'keys of S3': bucket(encrypted({ SSEAlgorithm: 'AES256' })) },
  unknown: { 'a parameter': { ...bucket(encrypted({ SSEAlgorithm: P })), ...param } },
  notApplicable: { 'another bucket logs to it': { ...bucket(), ...loggedBy }, 'a load balancer logs to it': { ...bucket(), ...balancer } },
  trap: {
    'a bucket that logs to itself': fail(bucket({ BucketName: 'me', ...logsTo('me') })),
    'KMS in one branch only': fail({ ...bucket({ BucketEncryption: { 'Fn::If': ['IsProd', { ServerSideEncryptionConfiguration: [] }, { Ref: 'AWS::NoValue' }] } }), ...isProd }),
  },
});

verdicts(rules.customerKey, {
  pass: {
    'a key by its ARN': bucket(encrypted({ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'arn:aws:kms:us-east-1:111111111111:key/1' })),
    'a key of the template': { ...bucket(encrypted({ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: { 'Fn::GetAtt': ['Key', 'Arn'] } })), Key: { Type: 'AWS::KMS::Key' } },
  },
  fail: { 'absent': bucket(), 'no key': bucket(encrypted({ SSEAlgorithm: 'aws:kms' })) },
  unknown: { 'a parameter may name any key': { ...bucket(encrypted({ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: P })), ...param } },
  trap: {
    'the AWS managed key by its alias': fail(bucket(encrypted({ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'arn:aws:kms:us-east-1:111111111111:alias/aws/s3' })), { message: /aws\/s3/ }),
    'a key beside AES256 is not used': fail(bucket(encrypted({ SSEAlgorithm: 'AES256', KMSMasterKeyID: 'alias/mine' }))),
    'a log bucket cannot': notApplicable(bucket({ AccessControl: 'LogDeliveryWrite' })),
  },
});

verdicts(rules.accessLogging, {
  pass: { 'to another bucket': { ...bucket(logsTo({ Ref: 'Other' })), ...other() }, 'to a bucket made elsewhere': bucket(logsTo('central-logs')) },
  fail: { 'absent': bucket(), 'to one that is not set': bucket({ LoggingConfiguration: { Ref: 'AWS::NoValue' } }) },
  unknown: { 'a macro decides': bucket({ 'Fn::Transform': { Name: 'Logs' } }) },
  notApplicable: {
    'another bucket logs to it': { ...bucket(), ...loggedBy },
    'a load balancer logs to it': { ...bucket(), ...balancer },
    'its ACL is that of a log bucket': bucket({ AccessControl: 'LogDeliveryWrite' }),
  },
  trap: {
    'without a destination it logs to itself': pass(bucket({ LoggingConfiguration: { LogFilePrefix: 'access/' } })),
    'a trail\'s bucket is to be logged too': fail({ ...bucket(), Trail: { Type: 'AWS::CloudTrail::Trail', Properties: { S3BucketName: { Ref: 'Subject' } } } }),
    'another bucket is the log bucket': fail({ ...bucket(), ...other(), Source: { Type: 'AWS::S3::Bucket', Properties: logsTo({ Ref: 'Other' }) } }),
    'the source of the logs exists in one branch only': fail({ ...bucket(), ...isProd, Source: { ...loggedBy.Source, Condition: 'IsProd' } }, { message: /when IsProd is false/ }),
  },
});

const letsLogsIn = { Effect: 'Allow', Principal: { Service: 'logging.s3.amazonaws.com' }, Action: 's3:PutObject', Resource: '*' };
const toOther = { ...bucket(logsTo({ Ref: 'Other' })), ...other() };

verdicts(rules.accessLogTargetExists, {
  pass: {
    'a policy lets them in': { ...toOther, ...policyOf(letsLogsIn, { Ref: 'Other' }) },
    'the ACL lets them in': { ...toOther, ...other({ AccessControl: 'LogDeliveryWrite', OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] } }) },
  },
  fail: { 'nothing lets them in': toOther, 'another service is let in': { ...toOther, ...policyOf({ ...letsLogsIn, Principal: { Service: 'delivery.logs.amazonaws.com' } }, { Ref: 'Other' }) } },
  unknown: { 'the log bucket is made elsewhere': bucket(logsTo('central-logs')), 'its name is a parameter': { ...bucket(logsTo(P)), ...param } },
  notApplicable: { 'it does not log': bucket() },
  trap: {
    'an ACL grants nothing where the owner is enforced': fail({ ...toOther, ...other({ AccessControl: 'LogDeliveryWrite', OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } }) }),
    'the log bucket by its name': pass({ ...bucket(logsTo('logs')), ...other({ BucketName: 'logs' }), ...policyOf(letsLogsIn, { Ref: 'Other' }) }),
    'default retention keeps logs out': fail({ ...toOther, ...other({ ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 1 } } } }), ...policyOf(letsLogsIn, { Ref: 'Other' }) }, { message: /retention/ }),
    'KMS keeps logs out': fail({ ...toOther, ...other(encrypted({ SSEAlgorithm: 'aws:kms' })), ...policyOf(letsLogsIn, { Ref: 'Other' }) }, { message: /KMS/ }),
    'the log bucket by a name that both take from a parameter': pass({ ...bucket(logsTo(P)), ...param, ...other({ BucketName: P }), ...policyOf(letsLogsIn, { Ref: 'Other' }) }),
    'a name that only ends alike': unknown({ ...bucket(logsTo('my-logs')), ...other({ BucketName: 'logs' }) }),
    'the bucket of that name exists in one branch only': unknown({ ...bucket(logsTo('logs')), ...isProd, Other: { ...other({ BucketName: 'logs', AccessControl: 'LogDeliveryWrite' }).Other, Condition: 'IsProd' } }, { message: /not among the templates/ }),
    'it logs to itself, unasked': fail(bucket({ LoggingConfiguration: { LogFilePrefix: 'access/' } }), { message: /log bucket Subject/ }),
    'it logs to itself, and may': pass({ ...bucket({ LoggingConfiguration: { LogFilePrefix: 'access/' } }), ...policyOf({ ...letsLogsIn, Action: ['s3:Put*'] }) }),
    'reading is let in, writing is not': fail({ ...toOther, ...policyOf({ ...letsLogsIn, Action: 's3:GetObject' }, { Ref: 'Other' }) }),
    'the service is spelled with the suffix of the partition': pass({ ...toOther, ...policyOf({ ...letsLogsIn, Principal: { Service: { 'Fn::Sub': 'logging.s3.${AWS::URLSuffix}' } } }, { Ref: 'Other' }) }),
  },
});

verdicts(rules.objectLock, {
  pass: { on: bucket({ ObjectLockEnabled: true }), text: bucket({ ObjectLockEnabled: 'true' }) },
  fail: { absent: bucket(), off: bucket({ ObjectLockEnabled: false }) },
  unknown: { 'a parameter': { ...bucket({ ObjectLockEnabled: P }), ...param } },
  notApplicable: { 'server access logs could not be delivered': { ...bucket(), ...loggedBy } },
  trap: { 'a configuration without the switch': fail(bucket({ ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' } })) },
});

const locked = (retention: unknown) => bucket({ ObjectLockEnabled: true, ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: retention } } });

verdicts(rules.defaultRetention, {
  pass: { 'for a year': locked({ Mode: 'COMPLIANCE', Years: 1 }), 'for days, as text': locked({ Mode: 'GOVERNANCE', Days: '30' }) },
  fail: { 'a lock without a rule': bucket({ ObjectLockEnabled: true }), 'a rule without a period': locked({ Mode: 'GOVERNANCE' }) },
  unknown: { 'a parameter': { ...locked({ Mode: 'GOVERNANCE', Days: P }), ...param } },
  notApplicable: { 'no lock': bucket() },
  trap: { 'a period without a mode': fail(locked({ Days: 30 }), { message: /no default retention/ }), 'a rule where the lock is off': notApplicable(bucket({ ObjectLockEnabled: 'false', ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 1 } } } })) },
});

const replicates = (...list: object[]) => bucket({ ReplicationConfiguration: { Role: 'arn', Rules: list } });

verdicts(rules.replication, {
  pass: { 'an enabled rule': replicates({ Status: 'Enabled' }), 'a rule that leaves out its status': replicates({ Destination: {} }) },
  fail: { 'absent': bucket(), 'no rules': replicates() },
  unknown: { 'a parameter': { ...replicates({ Status: P }), ...param } },
  trap: { 'a rule that is disabled': fail(replicates({ Status: 'Disabled' })), 'one of two is disabled': pass(replicates({ Status: 'Disabled' }, { Status: 'Enabled' })) },
});

const keeps = (...list: object[]) => bucket({ VersioningConfiguration: { Status: 'Enabled' }, LifecycleConfiguration: { Rules: list } });

verdicts(rules.lifecycle, {
  pass: { 'a rule': keeps({ Status: 'Enabled', ExpirationInDays: 30 }) },
  fail: { 'absent': bucket(), 'no rules': keeps() },
  unknown: { 'a parameter': { ...keeps({ Status: P }), ...param } },
  trap: { 'the rule is disabled': fail(keeps({ Status: 'Disabled', ExpirationInDays: 30 })) },
});

verdicts(rules.noncurrentExpiration, {
  pass: { 'a rule': keeps({ Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: 30 } }) },
  fail: { 'no rules': keeps(), 'a rule for current versions': keeps({ Status: 'Enabled', ExpirationInDays: 30 }) },
  unknown: { 'a parameter': { ...keeps({ Status: P, NoncurrentVersionExpirationInDays: 3 }), ...param } },
  notApplicable: { 'no versions': bucket() },
  trap: {
    'the older property': pass(keeps({ Status: 'Enabled', NoncurrentVersionExpirationInDays: 30 })),
    'the rule is disabled': fail(keeps({ Status: 'Disabled', NoncurrentVersionExpirationInDays: 30 })),
  },
});

const lifecycleOf = (list: object[]) => bucket({ LifecycleConfiguration: { Rules: list } });
const expires = { Status: 'Enabled', ExpirationInDays: 365 };

verdicts(rules.expires, {
  pass: { 'after days': lifecycleOf([expires]), 'on a date': lifecycleOf([{ Status: 'Enabled', ExpirationDate: '2030-01-01T00:00:00Z' }]) },
  fail: { 'no rule': bucket(), 'a rule that moves': lifecycleOf([{ Status: 'Enabled', Transitions: [{ StorageClass: 'GLACIER', TransitionInDays: 30 }] }]) },
  unknown: { 'the period is a parameter': { ...lifecycleOf([{ Status: 'Enabled', ExpirationInDays: P }]), ...param } },
  trap: {
    'the rule is disabled': fail(lifecycleOf([{ ...expires, Status: 'Disabled' }])),
    'only old versions expire': fail(lifecycleOf([{ Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: 3 } }])),
    'one of two rules expires': pass(lifecycleOf([{ Status: 'Disabled', ExpirationInDays: 3 }, expires])),
  },
});

const custom = (configuration: object, target: unknown = { Ref: 'Subject' }) => ({ Notifier: { Type: 'Custom::S3BucketNotifications', Properties: { BucketName: target, NotificationConfiguration: configuration } } });

verdicts(rules.eventNotifications, {
  pass: {
    'a queue': bucket({ NotificationConfiguration: { QueueConfigurations: [{ Event: 's3:ObjectCreated:*', Queue: 'arn' }] } }),
    'EventBridge': bucket({ NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } } }),
  },
  fail: { 'absent': bucket(), 'empty lists': bucket({ NotificationConfiguration: { TopicConfigurations: [] } }) },
  unknown: { 'a macro decides': bucket({ NotificationConfiguration: { 'Fn::Transform': { Name: 'Events' } } }) },
  trap: {
    'EventBridge by default': pass(bucket({ NotificationConfiguration: { EventBridgeConfiguration: {} } })),
    'EventBridge is switched off': fail(bucket({ NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: 'false' } } })),
    'as CDK does it': pass({ ...bucket(), ...custom({ LambdaFunctionConfigurations: [{ LambdaFunctionArn: 'arn' }] }) }),
    'CDK does it for another bucket': fail({ ...bucket(), ...other(), ...custom({ EventBridgeConfiguration: {} }, { Ref: 'Other' }) }),
  },
});

const emptied = (name: unknown) => ({ Cleaner: { Type: 'Custom::S3AutoDeleteObjects', Properties: { BucketName: name } } });

verdicts(rules.noAutoDelete, {
  pass: { 'nothing empties it': bucket() },
  fail: { 'a custom resource empties it': { ...bucket(), ...emptied({ Ref: 'Subject' }) } },
  unknown: { 'a parameter names what is emptied': { ...bucket(), ...emptied(P), ...param } },
  trap: {
    'another bucket is emptied': pass({ ...bucket(), ...other(), ...emptied({ Ref: 'Other' }) }),
    'by its name': fail({ ...bucket({ BucketName: 'data' }), ...emptied('data') }),
  },
});

verdicts(rules.bucketRetained, {
  pass: { kept: bucket({}, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' }) },
  fail: { absent: bucket(), deleted: bucket({}, { DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' }) },
  unknown: { 'a parameter': { ...bucket({}, { DeletionPolicy: P, UpdateReplacePolicy: 'Retain' }), ...param } },
  trap: {
    'kept with the stack, not when it is replaced': fail(bucket({}, { DeletionPolicy: 'Retain' }), { message: /UpdateReplacePolicy/ }),
    'kept except when its creation fails': pass(bucket({}, { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' })),
  },
});
