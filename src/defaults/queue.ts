import { Defaults, defaults, SharedKey } from './default';

const SQS = 'Amazon SQS developer guide';

/** What every secure queue has, whether it holds messages or those that failed. */
const everyQueue = {
  encryption: {
    value: 'customer managed',
    provenBy: ['SQS.CustomerKey', 'SQS.Encryption'],
    criteria: ['CC6.1', 'C1.1'],
    source: `${SQS}, "Amazon SQS Key management": the AWS managed key admits no other service`,
    reason: 'Services such as EventBridge and SNS can send under a key of one\'s own only.',
    cfn: { KmsMasterKeyId: new SharedKey('messages') },
  },
  dataKeyReuseMinutes: {
    value: 5,
    provenBy: [],
    criteria: [],
    source: `${SQS}, "Understanding the data key reuse period": 1 minute to 24 hours, 5 minutes by default`,
    reason: 'A revoked key stops working within minutes, and requests to KMS stay few.',
    cfn: { KmsDataKeyReusePeriodSeconds: 300 },
  },
  enforceSSL: {
    value: true,
    provenBy: ['SQS.TlsOnly'],
    criteria: ['CC6.1', 'CC6.7'],
    source: `${SQS}, "Amazon SQS security best practices": enforce encryption of data in transit`,
    reason: 'A queue accepts requests over plain HTTP until a policy denies it.',
  },
  policy: {
    value: 'names whom it lets in',
    provenBy: ['SQS.PolicyNotPublic', 'SQS.PolicyNoWildcardAction', 'SQS.PolicyNoNegation'],
    criteria: ['CC6.1', 'CC6.3'],
    source: `${SQS}, "Amazon SQS security best practices": make sure that queues are not publicly accessible`,
    reason: 'Nobody outside of the account can put messages into the queue or take them out.',
  },
} satisfies Defaults;

/** Secure defaults of a queue. */
export const queueDefaults = defaults({
  ...everyQueue,
  deadLetterQueue: {
    value: true,
    provenBy: ['SQS.DeadLetterQueue'],
    criteria: ['PI1.3'],
    source: `${SQS}, "Using dead-letter queues in Amazon SQS"`,
    reason: 'A message that cannot be handled is set aside and can be looked at, instead of blocking others until it expires.',
  },
  maxReceiveCount: {
    value: 3,
    provenBy: ['SQS.RetriedBeforeDeadLetter'],
    criteria: ['PI1.3'],
    source: `${SQS}, "Using dead-letter queues in Amazon SQS": high enough for retries`,
    reason: 'Passing errors heal on a retry; lasting ones are set aside soon.',
  },
});

/** Secure defaults of a queue that receives what other queues, functions and rules could not deliver. */
export const deadLetterQueueDefaults = defaults({
  ...everyQueue,
  retentionPeriodDays: {
    value: 14,
    provenBy: [],
    criteria: [],
    source: `${SQS}, "Amazon SQS message quotas": 14 days at most; a message keeps its age when it is set aside`,
    reason: 'Leaves the most time to look into what failed.',
    cfn: { MessageRetentionPeriod: 1_209_600 },
  },
  alarm: {
    value: true,
    provenBy: ['SQS.DeadLetterAlarm'],
    criteria: ['CC7.2', 'CC7.3', 'PI1.3'],
    source: `${SQS}, "Creating alarms for dead-letter queues using Amazon CloudWatch"`,
    reason: 'What was set aside and nobody knows of is lost after two weeks.',
  },
});
