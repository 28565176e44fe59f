import { Case, fail, pass, verdicts } from './verdicts';
import * as rules from '../../src/rules/sns';

const topic = (properties?: object): Case => ({ Subject: { Type: 'AWS::SNS::Topic', Properties: properties } });
const subscription = (properties: object): Case => ({ Subject: { Type: 'AWS::SNS::Subscription', Properties: { TopicArn: 'arn:aws:sns:us-east-1:111111111111:t', ...properties } } });
const policyOf = (statement: unknown, topics: unknown = [{ Ref: 'Subject' }]) => ({ Type: 'AWS::SNS::TopicPolicy', Properties: { Topics: topics, PolicyDocument: { Statement: statement } } });
const inlineOf = (statement: unknown, target: unknown = { Ref: 'Subject' }) => ({ Type: 'AWS::SNS::TopicInlinePolicy', Properties: { TopicArn: target, PolicyDocument: { Statement: statement } } });
const policy = (...statements: object[]): Case => ({ Subject: policyOf(statements, ['arn']) });
const allow = (more: object = {}) => ({ Effect: 'Allow', Principal: { AWS: '111111111111' }, Action: 'sns:Publish', Resource: '*', ...more });
const deny = (more: object = {}) => ({ Effect: 'Deny', Principal: '*', Action: 'sns:Publish', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } }, ...more });
const param = { $Parameters: { P: { Type: 'String' } } };
const P = { Ref: 'P' };
const other = { Other: { Type: 'AWS::SNS::Topic' } };

verdicts(rules.encryption, {
  pass: { 'a key': topic({ KmsMasterKeyId: 'alias/mine' }), 'a parameter holds some key': { ...topic({ KmsMasterKeyId: P }), ...param } },
  fail: { absent: topic(), empty: topic({ KmsMasterKeyId: '' }) },
  unknown: { 'a macro decides': topic({ KmsMasterKeyId: { 'Fn::Transform': { Name: 'Key' } } }) },
  trap: { 'the AWS managed key encrypts too': pass(topic({ KmsMasterKeyId: 'alias/aws/sns' })), 'no value': fail(topic({ KmsMasterKeyId: { Ref: 'AWS::NoValue' } })) },
});

verdicts(rules.customerKey, {
  pass: { 'a key of the template': { ...topic({ KmsMasterKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } }), Key: { Type: 'AWS::KMS::Key' } } },
  fail: { absent: topic() },
  unknown: { 'a parameter': { ...topic({ KmsMasterKeyId: P }), ...param } },
  trap: { 'the AWS managed key': fail(topic({ KmsMasterKeyId: 'alias/aws/sns' })), 'the AWS managed key, in full': fail(topic({ KmsMasterKeyId: { 'Fn::Sub': 'arn:aws:kms:${AWS::Region}:${AWS::AccountId}:alias/aws/sns' } })) },
});

verdicts(rules.tlsOnly, {
  pass: { 'a policy denies': { ...topic(), Policy: policyOf(deny()) }, 'all actions': { ...topic(), Policy: policyOf([allow(), deny({ Action: 'sns:*' })]) } },
  fail: { 'no policy': topic(), 'a policy allows': { ...topic(), Policy: policyOf(allow()) } },
  unknown: { 'a parameter': { ...topic(), ...param, Policy: policyOf(P) } },
  trap: {
    'a policy of its own kind': pass({ ...topic(), Policy: inlineOf(deny()) }),
    'the policy of another topic': fail({ ...topic(), ...other, Policy: policyOf(deny(), [{ Ref: 'Other' }]) }),
    'a policy for two topics': pass({ ...topic(), ...other, Policy: policyOf(deny(), [{ Ref: 'Other' }, { Ref: 'Subject' }]) }),
    'another action is denied': fail({ ...topic(), Policy: policyOf(deny({ Action: 'sns:Subscribe' })) }),
  },
});

verdicts(rules.policyNotPublic, {
  pass: { 'an account': policy(allow()), 'a service': policy(allow({ Principal: { Service: 's3.amazonaws.com' } })) },
  fail: { 'everyone': policy(allow({ Principal: '*' })), 'everyone as AWS, in a list': policy(allow({ Principal: { AWS: ['111111111111', '*'] } })) },
  unknown: { 'a parameter': { ...policy(allow({ Principal: { AWS: P } })), ...param } },
  trap: {
    'bound to the owner': pass(policy(allow({ Principal: { AWS: '*' }, Condition: { StringEquals: { 'AWS:SourceOwner': '111111111111' } } }))),
    'bound to a bucket': pass(policy(allow({ Principal: '*', Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::b' } } }))),
    'only with TLS, by anybody': fail(policy(allow({ Principal: '*', Condition: { Bool: { 'aws:SecureTransport': 'true' } } }))),
    'in a policy of its own kind': fail({ Subject: inlineOf(allow({ Principal: '*' }), 'arn') }),
    'every account by a wildcard': fail(policy(allow({ Principal: 'arn:aws:iam::*' }))),
  },
});

verdicts(rules.policyNoWildcardAction, {
  pass: { 'an action': policy(allow()) },
  fail: { 'all of SNS': policy(allow({ Action: 'sns:*' })), 'all': policy(allow({ Action: ['sns:Publish', '*'] })) },
  unknown: { 'a parameter': { ...policy(allow({ Action: P })), ...param } },
  trap: { 'all are denied': pass(policy(deny({ Action: '*' }))), 'in capitals': fail(policy(allow({ Action: 'SNS:*' }))) },
});

verdicts(rules.policyNoNegation, {
  pass: { 'by name': policy(allow()) },
  fail: { 'all actions but': policy(allow({ Action: undefined, NotAction: 'sns:Publish' })), 'all principals but': policy(allow({ Principal: undefined, NotPrincipal: { AWS: '111111111111' } })) },
  unknown: { 'the effect is a parameter': { ...policy(allow({ Effect: P, NotAction: 'sns:Publish' })), ...param } },
  trap: { 'all but some are denied': pass(policy(deny({ Principal: undefined, NotPrincipal: { AWS: '111111111111' } }))) },
});

verdicts(rules.subscriptionTls, {
  pass: { 'https': subscription({ Protocol: 'https' }), 'a queue': subscription({ Protocol: 'sqs' }), 'in the topic': topic({ Subscription: [{ Protocol: 'https', Endpoint: 'https://e' }] }) },
  fail: { http: subscription({ Protocol: 'http' }) },
  unknown: { 'a parameter': { ...subscription({ Protocol: P }), ...param } },
  notApplicable: { 'a topic that lists none': topic() },
  trap: { 'in the topic, the second': fail(topic({ Subscription: [{ Protocol: 'https', Endpoint: 'https://e' }, { Protocol: 'http', Endpoint: 'http://e' }] })) },
});

verdicts(rules.subscriptionDeadLetterQueue, {
  pass: { 'a queue': subscription({ Protocol: 'lambda', RedrivePolicy: { deadLetterTargetArn: 'arn' } }) },
  fail: { none: subscription({ Protocol: 'lambda' }) },
  unknown: { 'a macro decides': subscription({ Protocol: 'sqs', RedrivePolicy: { 'Fn::Transform': { Name: 'Dlq' } } }) },
  notApplicable: { 'by mail': subscription({ Protocol: 'email' }) },
  trap: { 'empty': fail(subscription({ Protocol: 'sqs', RedrivePolicy: {} })), 'as text': pass(subscription({ Protocol: 'sqs', RedrivePolicy: '{"deadLetterTargetArn":"arn"}' })) },
});

verdicts(rules.deliveryStatusLogging, {
  pass: { failures: topic({ DeliveryStatusLogging: [{ Protocol: 'sqs', FailureFeedbackRoleArn: 'arn' }] }) },
  fail: { absent: topic() },
  unknown: { 'a macro decides': topic({ DeliveryStatusLogging: [{ Protocol: 'sqs', FailureFeedbackRoleArn: { 'Fn::Transform': { Name: 'Role' } } }] }) },
  trap: { 'successes only': fail(topic({ DeliveryStatusLogging: [{ Protocol: 'sqs', SuccessFeedbackRoleArn: 'arn' }] })) },
});

const toQueue = (FifoTopic: unknown, queue: object, more: object = { Protocol: 'sqs' }): Case => ({
  ...subscription({ TopicArn: { Ref: 'Topic' }, Endpoint: { 'Fn::GetAtt': ['Queue', 'Arn'] }, ...more }),
  Topic: { Type: 'AWS::SNS::Topic', Properties: { FifoTopic } }, Queue: { Type: 'AWS::SQS::Queue', Properties: queue }, ...param,
});
verdicts(rules.fifoToFifo, {
  pass: { 'a FIFO queue': toQueue(true, { FifoQueue: true }) },
  fail: { 'a standard queue': toQueue(true, {}) },
  unknown: { 'whether the queue is one is a parameter': toQueue(true, { FifoQueue: P }), 'whether the topic is one is a parameter': toQueue(P, {}) },
  notApplicable: { 'a standard topic': toQueue(false, {}), 'a topic elsewhere': subscription({ Protocol: 'sqs', Endpoint: 'arn' }), 'a function': toQueue(true, {}, { Protocol: 'lambda' }) },
  trap: {
    'a queue elsewhere, by its name': pass(toQueue('true', {}, { Protocol: 'sqs', Endpoint: 'arn:aws:sqs:us-east-1:111111111111:jobs.fifo' })),
    'a standard queue elsewhere': fail(toQueue(true, { FifoQueue: true }, { Protocol: 'sqs', Endpoint: 'arn:aws:sqs:us-east-1:111111111111:jobs' })),
  },
});

verdicts(rules.fifoArchive, {
  pass: { 'an archive': topic({ FifoTopic: true, ArchivePolicy: { MessageRetentionPeriod: '30' } }) },
  fail: { 'none': topic({ FifoTopic: true }), 'an empty one': topic({ FifoTopic: true, ArchivePolicy: {} }) },
  unknown: { 'a parameter': { ...topic({ FifoTopic: true, ArchivePolicy: { MessageRetentionPeriod: P } }), ...param } },
  notApplicable: { 'a standard topic': topic() },
  trap: { 'for zero days': fail(topic({ FifoTopic: 'true', ArchivePolicy: { MessageRetentionPeriod: 0 } })) },
});
