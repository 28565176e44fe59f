import { Case, fail, pass, unknown, verdicts } from './verdicts';
import * as rules from '../../src/rules/dynamodb';

const table = (properties?: object, more: object = {}): Case => ({ Subject: { Type: 'AWS::DynamoDB::Table', Properties: properties, ...more } });
const simple = (properties?: object): Case => ({ Subject: { Type: 'AWS::Serverless::SimpleTable', Properties: properties } });
const global = (replicas: unknown, more: object = {}): Case => ({ Subject: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { Replicas: replicas, ...more } } });
const param = { $Parameters: { P: { Type: 'String' } } };
const P = { Ref: 'P' };
const isProd = { $Parameters: { Env: { Type: 'String' } }, $Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Env' }, 'prod'] } } };
const KEY = 'arn:aws:kms:us-east-1:111111111111:key/1';
const sse = (more: object = {}) => ({ SSESpecification: { SSEEnabled: true, ...more } });

verdicts(rules.kmsEncryption, {
  pass: { 'table': table(sse()), 'SAM table': simple(sse()), 'global table': global([{}], sse({ SSEType: 'KMS' })) },
  fail: { absent: table(), off: table({ SSESpecification: { SSEEnabled: false } }) },
  unknown: { 'a parameter': { ...table({ SSESpecification: { SSEEnabled: P } }), ...param } },
  trap: { 'a key that is not used': fail(table({ SSESpecification: { SSEEnabled: 'false', KMSMasterKeyId: KEY } })), 'a key of the AWS account will do': pass(table(sse({ SSEType: 'KMS' }))) },
});

verdicts(rules.customerKey, {
  pass: { 'a key': table(sse({ KMSMasterKeyId: KEY })), 'a key in every Region': global([{ SSESpecification: { KMSMasterKeyId: KEY } }], sse()) },
  fail: { 'absent': table(), 'no key': table(sse()) },
  unknown: { 'a parameter': { ...table(sse({ KMSMasterKeyId: P })), ...param } },
  trap: {
    'the AWS managed key by its alias': fail(table(sse({ KMSMasterKeyId: 'alias/aws/dynamodb' }))),
    'a key in one Region only': fail(global([{ SSESpecification: { KMSMasterKeyId: KEY } }, {}], sse())),
    'a key that is not used': fail(table({ SSESpecification: { SSEEnabled: false, KMSMasterKeyId: KEY } })),
    'a key of the template': pass({ ...table(sse({ KMSMasterKeyId: { Ref: 'Key' } })), Key: { Type: 'AWS::KMS::Key' } }),
  },
});

const pitr = (on: unknown) => ({ PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: on } });

verdicts(rules.pointInTimeRecovery, {
  pass: { 'table': table(pitr(true)), 'SAM table': simple(pitr('true')), 'every replica': global([pitr(true), pitr(true)]) },
  fail: { absent: table(), off: table(pitr(false)) },
  unknown: { 'a parameter': { ...table(pitr(P)), ...param }, 'the replicas are a parameter': { ...global(P), ...param } },
  trap: {
    'one replica without': fail(global([pitr(true), {}]), { message: /Replicas\.1/ }),
    'said of the global table, which does not count': fail(global([{}], pitr(true))),
    'no replicas': fail(global([])),
    'in one branch only': fail({ ...table(pitr({ 'Fn::If': ['IsProd', true, false] })), ...isProd }, { message: /IsProd is false/ }),
  },
});

verdicts(rules.deletionProtection, {
  pass: { 'table': table({ DeletionProtectionEnabled: true }), 'every replica': global([{ DeletionProtectionEnabled: true }]) },
  fail: { absent: table(), off: table({ DeletionProtectionEnabled: 'false' }) },
  unknown: { 'a parameter': { ...table({ DeletionProtectionEnabled: P }), ...param } },
  trap: { 'one replica without': fail(global([{ DeletionProtectionEnabled: true }, {}])) },
});

verdicts(rules.tableRetained, {
  pass: { 'kept': table({}, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' }), 'it refuses': table({ DeletionProtectionEnabled: true }) },
  fail: { absent: table(), deleted: table({}, { DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' }) },
  unknown: { 'a parameter': { ...table({}, { DeletionPolicy: P, UpdateReplacePolicy: 'Retain' }), ...param } },
  trap: { 'kept with the stack, not when it is replaced': fail(table({}, { DeletionPolicy: 'Retain' })) },
});

const target = (dimension: string, resource: unknown = { 'Fn::Sub': 'table/${Subject}' }) =>
  ({ [dimension]: { Type: 'AWS::ApplicationAutoScaling::ScalableTarget', Properties: { ResourceId: resource, ScalableDimension: `dynamodb:table:${dimension}` } } });
const both = (resource?: unknown) => ({ ...target('ReadCapacityUnits', resource), ...target('WriteCapacityUnits', resource) });
const scaled = { WriteProvisionedThroughputSettings: { WriteCapacityAutoScalingSettings: { MinCapacity: 1 } } };

verdicts(rules.scalesWithDemand, {
  pass: { 'on demand': table({ BillingMode: 'PAY_PER_REQUEST' }), 'scaled': { ...table(), ...both() } },
  fail: { 'fixed': table({ BillingMode: 'PROVISIONED' }), 'a mode there is not': table({ BillingMode: 'INVALID' }), 'global, fixed': global([{}]) },
  unknown: { 'a parameter': { ...table({ BillingMode: P }), ...param } },
  trap: {
    'absent: fixed': fail(table()),
    'reads are scaled, writes are not': fail({ ...table(), ...target('ReadCapacityUnits') }, { message: /WriteCapacityUnits/ }),
    'writes are scaled, reads are not': fail({ ...table(), ...target('WriteCapacityUnits') }, { message: /ReadCapacityUnits/ }),
    'another table is scaled': fail({ ...table(), Other: { Type: 'AWS::DynamoDB::Table' }, ...both({ 'Fn::Sub': 'table/${Other}' }) }),
    'by the name of the table': pass({ ...table({ TableName: 'orders' }), ...both('table/orders') }),
    'global, scaled': pass(global([{ ReadProvisionedThroughputSettings: { ReadCapacityAutoScalingSettings: { MinCapacity: 1 } } }], scaled)),
    'global, reads of a replica are fixed': fail(global([{ ReadProvisionedThroughputSettings: { ReadCapacityUnits: 5 } }], scaled)),
  },
});

verdicts(rules.timeToLive, {
  pass: { on: table({ TimeToLiveSpecification: { AttributeName: 'until', Enabled: true } }) },
  fail: { absent: table(), off: table({ TimeToLiveSpecification: { AttributeName: 'until', Enabled: false } }) },
  unknown: { 'a parameter': { ...table({ TimeToLiveSpecification: { Enabled: P } }), ...param } },
  trap: { 'an attribute alone': fail(table({ TimeToLiveSpecification: { AttributeName: 'until' } })) },
});

const policy = (principal: unknown, more: object = {}) => ({ ResourcePolicy: { PolicyDocument: { Statement: [{ Effect: 'Allow', Principal: principal, Action: 'dynamodb:GetItem', ...more }] } } });

verdicts(rules.policyNotPublic, {
  pass: { 'a role': table(policy({ AWS: 'arn:aws:iam::111111111111:role/reader' })) },
  fail: { everyone: table(policy('*')) },
  unknown: { 'a parameter': { ...table(policy({ AWS: P })), ...param }, 'the replicas are a parameter': { ...global(P), ...param } },
  notApplicable: { 'no policy': table(), 'no replica has one': global([{}]) },
  trap: {
    'the policy of the stream': fail(table({ ...policy({ AWS: '111111111111' }), StreamSpecification: policy('*') })),
    'the policy of a replica, another one is not known': fail({ ...global([policy({ AWS: '*' }), P]), ...param }),
    'the policy of a replica': fail(global([{}, policy({ AWS: '*' })])),
    'everyone of an organization': pass(table(policy('*', { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } }))),
    'the whole policy is a parameter': unknown({ ...table({ ResourcePolicy: { PolicyDocument: P } }), ...param }),
  },
});

const alarm = (MetricName: unknown, value: unknown = { Ref: 'Subject' }) =>
  ({ Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { MetricName, Dimensions: [{ Name: 'TableName', Value: value }] } } });
const query = (MetricName: string) => ({ MetricStat: { Metric: { MetricName, Dimensions: [{ Name: 'TableName', Value: { Ref: 'Subject' } }] } } });

verdicts(rules.throttleAlarm, {
  pass: {
    'on throttled reads': { ...table(), ...alarm('ReadThrottleEvents') },
    'as CDK writes it': { ...table(), Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { Metrics: [{ Expression: 'a + b' }, query('ThrottledRequests')] } } },
  },
  fail: { 'none': table(), 'on capacity': { ...table(), ...alarm('ConsumedReadCapacityUnits') } },
  unknown: { 'the metric is a parameter': { ...table(), ...alarm(P), ...param } },
  trap: {
    'on another table': fail({ ...table(), Other: { Type: 'AWS::DynamoDB::Table' }, ...alarm('ReadThrottleEvents', { Ref: 'Other' }) }),
    'by the name of the table': pass({ ...global([{}], { TableName: 'orders' }), ...alarm('WriteThrottleEvents', 'orders') }),
    'on two metrics, neither of them throttles': fail({ ...table(), Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { Metrics: [query('SystemErrors'), query('UserErrors')] } } }),
  },
});
