import { Case, fail, notApplicable, pass, verdicts } from './verdicts';
import * as rules from '../../src/rules/sqs';

const queue = (properties?: object): Case => ({ Subject: { Type: 'AWS::SQS::Queue', Properties: properties } });
const policyOf = (statement: unknown, queues: unknown = [{ Ref: 'Subject' }]) => ({ Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: queues, PolicyDocument: { Statement: statement } } });
const inlineOf = (statement: unknown, target: unknown = { Ref: 'Subject' }) => ({ Type: 'AWS::SQS::QueueInlinePolicy', Properties: { Queue: target, PolicyDocument: { Statement: statement } } });
const policy = (...statements: object[]): Case => ({ Subject: policyOf(statements, ['url']) });
const allow = (more: object = {}) => ({ Effect: 'Allow', Principal: { AWS: '111111111111' }, Action: 'sqs:SendMessage', Resource: '*', ...more });
const deny = (more: object = {}) => ({ Effect: 'Deny', Principal: '*', Action: 'sqs:*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } }, ...more });
const param = { $Parameters: { P: { Type: 'String' } } };
const P = { Ref: 'P' };
const other = { Other: { Type: 'AWS::SQS::Queue' } };
const ARN = { 'Fn::GetAtt': ['Subject', 'Arn'] };

verdicts(rules.encryption, {
  pass: { 'a key': queue({ KmsMasterKeyId: 'alias/mine' }), 'the keys of SQS': queue({ SqsManagedSseEnabled: true }), 'a parameter holds some key': { ...queue({ KmsMasterKeyId: P }), ...param } },
  fail: { off: queue({ SqsManagedSseEnabled: false }) },
  unknown: { 'a parameter': { ...queue({ SqsManagedSseEnabled: P }), ...param } },
  trap: {
    'absent: only new queues are encrypted': fail(queue(), { message: /since October 2022/ }),
    'the keys of SQS are off, a key of KMS is on': pass(queue({ SqsManagedSseEnabled: 'false', KmsMasterKeyId: 'alias/aws/sqs' })),
    'an empty key': fail(queue({ KmsMasterKeyId: '' })),
  },
});

verdicts(rules.customerKey, {
  pass: { 'a key of the template': { ...queue({ KmsMasterKeyId: { Ref: 'Key' } }), Key: { Type: 'AWS::KMS::Key' } } },
  fail: { 'absent': queue(), 'the keys of SQS': queue({ SqsManagedSseEnabled: true }) },
  unknown: { 'a parameter': { ...queue({ KmsMasterKeyId: P }), ...param } },
  trap: { 'the AWS managed key': fail(queue({ KmsMasterKeyId: 'alias/aws/sqs' })) },
});

verdicts(rules.tlsOnly, {
  pass: { 'a policy denies': { ...queue(), Policy: policyOf(deny()) }, 'by name': { ...queue({ QueueName: 'jobs' }), Policy: policyOf(deny(), ['https://sqs.us-east-1.amazonaws.com/111111111111/jobs']) } },
  fail: { 'no policy': queue(), 'a policy allows': { ...queue(), Policy: policyOf(allow()) } },
  unknown: { 'a parameter': { ...queue(), ...param, Policy: policyOf(P) } },
  trap: {
    'a policy of its own kind': pass({ ...queue(), Policy: inlineOf(deny()) }),
    'the policy of another queue': fail({ ...queue(), ...other, Policy: policyOf(deny(), [{ Ref: 'Other' }]) }),
    'receiving stays open': fail({ ...queue(), Policy: policyOf(deny({ Action: 'sqs:SendMessage' })) }),
  },
});

verdicts(rules.policyNotPublic, {
  pass: { 'an account': policy(allow()) },
  fail: { 'everyone': policy(allow({ Principal: '*' })), 'everyone as AWS': policy(allow({ Principal: { AWS: '*' } })) },
  unknown: { 'a parameter': { ...policy(allow({ Principal: { AWS: P } })), ...param } },
  trap: {
    'bound to a topic': pass(policy(allow({ Principal: '*', Condition: { ArnEquals: { 'aws:SourceArn': 'arn:aws:sns:us-east-1:111111111111:t' } } }))),
    'bound to a topic that is known at deployment': pass({ ...policy(allow({ Principal: '*', Condition: { ArnEquals: { 'aws:SourceArn': { Ref: 'Topic' } } } })), Topic: { Type: 'AWS::SNS::Topic' } }),
    'bound to any topic': fail(policy(allow({ Principal: '*', Condition: { ArnLike: { 'aws:SourceArn': '*' } } }))),
    'in a policy of its own kind': fail({ Subject: inlineOf(allow({ Principal: '*' }), 'url') }),
  },
});

verdicts(rules.policyNoWildcardAction, {
  pass: { 'an action': policy(allow()) },
  fail: { 'all of SQS': policy(allow({ Action: 'sqs:*' })), 'all': policy(allow({ Action: ['sqs:SendMessage', '*'] })) },
  unknown: { 'a parameter': { ...policy(allow({ Action: P })), ...param } },
  trap: { 'all are denied': pass(policy(deny())), 'in capitals': fail(policy(allow({ Action: 'SQS:*' }))) },
});

verdicts(rules.policyNoNegation, {
  pass: { 'by name': policy(allow()) },
  fail: { 'all actions but': policy(allow({ Action: undefined, NotAction: 'sqs:DeleteQueue' })), 'all principals but': policy(allow({ Principal: undefined, NotPrincipal: { AWS: '111111111111' } })) },
  unknown: { 'the effect is a parameter': { ...policy(allow({ Effect: P, NotAction: 'sqs:DeleteQueue' })), ...param } },
  trap: { 'all but some are denied': pass(policy(deny({ Principal: undefined, NotPrincipal: { AWS: '111111111111' } }))) },
});

const sendsTo = (target: unknown) => ({ RedrivePolicy: { deadLetterTargetArn: target, maxReceiveCount: 3 } });
const source = { Source: { Type: 'AWS::SQS::Queue', Properties: sendsTo(ARN) } };
const sender = (type: string, properties: object) => ({ Sender: { Type: type, Properties: properties } });

verdicts(rules.deadLetterQueue, {
  pass: { 'a queue': { ...queue(sendsTo({ 'Fn::GetAtt': ['Other', 'Arn'] })), ...other }, 'as text': queue({ RedrivePolicy: '{"deadLetterTargetArn":"arn"}' }) },
  fail: { none: queue() },
  unknown: { 'a macro decides': queue({ RedrivePolicy: { 'Fn::Transform': { Name: 'Dlq' } } }) },
  notApplicable: {
    'another queue sends to it': { ...queue(), ...source },
    'a function sends to it': { ...queue(), ...sender('AWS::Lambda::Function', { DeadLetterConfig: { TargetArn: ARN } }) },
    'a rule sends to it': { ...queue(), ...sender('AWS::Events::Rule', { Targets: [{ Arn: 'a' }, { Arn: 'b', DeadLetterConfig: { Arn: ARN } }] }) },
    'a subscription sends to it': { ...queue(), ...sender('AWS::SNS::Subscription', { RedrivePolicy: { deadLetterTargetArn: ARN } }) },
    'it says so itself': queue({ RedriveAllowPolicy: { redrivePermission: 'allowAll' } }),
  },
  trap: {
    'it may not be one': fail(queue({ RedriveAllowPolicy: { redrivePermission: 'denyAll' } })),
    'another queue is one': fail({ ...queue(), ...other, Source: { Type: 'AWS::SQS::Queue', Properties: sendsTo({ 'Fn::GetAtt': ['Other', 'Arn'] }) } }),
    'by its name': notApplicable({ ...queue({ QueueName: 'failed' }), Source: { Type: 'AWS::SQS::Queue', Properties: sendsTo('arn:aws:sqs:us-east-1:111111111111:failed') } }),
  },
});

const alarm = (properties: object) => ({ Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { MetricName: 'ApproximateNumberOfMessagesVisible', ...properties } } });
const dimension = (of: string) => [{ Name: 'QueueName', Value: { 'Fn::GetAtt': [of, 'QueueName'] } }];
const lambda = sender('AWS::Lambda::Function', { DeadLetterConfig: { TargetArn: ARN } });

verdicts(rules.deadLetterAlarm, {
  pass: {
    'an alarm': { ...queue(), ...source, ...alarm({ Dimensions: dimension('Subject') }) },
    'on the age of messages': { ...queue(), ...source, ...alarm({ MetricName: 'ApproximateAgeOfOldestMessage', Dimensions: dimension('Subject') }) },
    'a rule of IoT sends to it': { ...queue(), ...sender('AWS::IoT::TopicRule', { TopicRulePayload: { ErrorAction: { Sqs: { QueueUrl: { Ref: 'Subject' } } } } }), ...alarm({ Dimensions: dimension('Subject') }) },
  },
  fail: { none: { ...queue(), ...source } },
  unknown: { 'whether it is one is a parameter': { ...queue({ RedriveAllowPolicy: { redrivePermission: P } }), ...param } },
  notApplicable: { 'no dead-letter queue': queue() },
  trap: {
    'an alarm on the source': fail({ ...queue(), ...source, ...alarm({ Dimensions: dimension('Source') }) }),
    'an alarm that calculates': pass({ ...queue(), ...source, ...alarm({ MetricName: undefined, Metrics: [{ MetricStat: { Metric: { MetricName: 'ApproximateNumberOfMessagesVisible', Dimensions: dimension('Subject') } } }] }) }),
    'messages that SQS moves are not counted as sent': fail({ ...queue(), ...source, ...alarm({ MetricName: 'NumberOfMessagesSent', Dimensions: dimension('Subject') }) }),
    'those that Lambda sends are': pass({ ...queue(), ...lambda, ...alarm({ MetricName: 'NumberOfMessagesSent', Dimensions: dimension('Subject') }) }),
    'queues elsewhere may move messages to it': fail({ ...queue({ RedriveAllowPolicy: { redrivePermission: 'allowAll' } }), ...alarm({ MetricName: 'NumberOfMessagesSent', Dimensions: dimension('Subject') }) }),
  },
});

const moving = (own: object, of: object = {}) => ({ ...queue(own), Source: { Type: 'AWS::SQS::Queue', Properties: { ...sendsTo(ARN), ...of } }, ...param });
verdicts(rules.deadLetterRetention, {
  pass: {
    'longer': moving({ MessageRetentionPeriod: 1209600 }), 'longer than a short one': moving({}, { MessageRetentionPeriod: '3600' }),
    'the default of both': moving({}), 'the same': moving({ MessageRetentionPeriod: 86400 }, { MessageRetentionPeriod: '86400' }),
  },
  fail: { 'shorter': moving({ MessageRetentionPeriod: 3600 }), 'the default of a source that keeps them for long': moving({}, { MessageRetentionPeriod: 1209600 }) },
  unknown: { 'a parameter': moving({ MessageRetentionPeriod: P }), 'that of the source is a parameter': moving({ MessageRetentionPeriod: 86400 }, { MessageRetentionPeriod: P }) },
  notApplicable: { 'no dead-letter queue': queue(), 'a function sends to it': { ...queue(), ...lambda } },
  trap: {
    'the longest there is': pass(moving({ MessageRetentionPeriod: '1209600' }, { MessageRetentionPeriod: 1209600 })),
    'of FIFO queues the age begins anew': notApplicable(moving({ FifoQueue: 'true' }, { FifoQueue: true })),
    'shorter by a second than the default': fail(moving({ MessageRetentionPeriod: 345599 })),
    'longer than one source of two': fail({ ...moving({ MessageRetentionPeriod: 400000 }), More: { Type: 'AWS::SQS::Queue', Properties: { ...sendsTo(ARN), MessageRetentionPeriod: 500000 } } }, { message: /More/ }),
    'as text, by number': fail(moving({ MessageRetentionPeriod: '90000' }, { MessageRetentionPeriod: '100000' })),
  },
});

const received = (maxReceiveCount: unknown) => ({ ...queue({ RedrivePolicy: { deadLetterTargetArn: 'arn', maxReceiveCount } }), ...param });
verdicts(rules.retriedBeforeDeadLetter, {
  pass: { 'some': received(5), 'as text': received('3') },
  fail: { 'once': received(1), 'not said': received(undefined) },
  unknown: { 'a parameter': received(P) },
  notApplicable: { 'sets nothing aside': queue() },
  trap: { 'once, as text': fail(received('1')), 'ten is no one': pass(received('10')) },
});
