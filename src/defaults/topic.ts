import { Defaults, defaults, SharedKey } from './default';

/** What every secure topic has. */
const everyTopic = {
  masterKey: {
    value: 'customer managed',
    provenBy: ['SNS.CustomerKey', 'SNS.Encryption'],
    criteria: ['CC6.1', 'C1.1'],
    source: 'Amazon SNS developer guide, "Managing Amazon SNS encryption keys and costs": the AWS managed key admits no service',
    reason: 'CloudWatch and EventBridge can publish under a key of one\'s own only.',
    cfn: { KmsMasterKeyId: new SharedKey('notifications') },
  },
  enforceSSL: {
    value: true,
    provenBy: ['SNS.TlsOnly'],
    criteria: ['CC6.1', 'CC6.7'],
    source: 'Amazon SNS developer guide, "Amazon SNS security best practices"',
    reason: 'A topic accepts messages over plain HTTP until a policy denies it.',
  },
  signatureVersion: {
    value: '2',
    provenBy: [],
    criteria: [],
    source: 'Amazon SNS developer guide, "Verifying the signatures of Amazon SNS messages": version 1 uses SHA-1',
    reason: 'Receivers verify with SHA-256 that a message is from SNS.',
    cfn: { SignatureVersion: '2' },
  },
} satisfies Defaults;

/** Secure defaults of a topic. */
export const topicDefaults = defaults({
  ...everyTopic,
  publishers: {
    value: ['cloudwatch.amazonaws.com'],
    provenBy: ['SNS.PolicyNotPublic', 'SNS.PolicyNoWildcardAction', 'SNS.PolicyNoNegation'],
    criteria: ['CC6.1', 'CC6.3'],
    source: 'Amazon SNS developer guide, "Enable compatibility between event sources from AWS services and encrypted topics"',
    reason: 'The policy that refuses plain HTTP takes the place of the one that let alarms in, and CDK adds neither to it nor to the key for an alarm.',
  },
});

/** Secure defaults of a topic that alarms are sent to. */
export const alarmTopicDefaults = defaults({
  ...everyTopic,
  publishers: {
    value: ['cloudwatch.amazonaws.com', 'events.amazonaws.com', 'budgets.amazonaws.com', 'backup.amazonaws.com', 'costalerts.amazonaws.com'],
    provenBy: ['SNS.PolicyNotPublic', 'SNS.PolicyNoWildcardAction', 'SNS.PolicyNoNegation'],
    criteria: ['CC6.1', 'CC6.3'],
    source: 'Amazon SNS developer guide, "Enable compatibility between event sources from AWS services and encrypted topics"',
    reason: 'An alarm whose service is not let in by both policies is dropped without a trace.',
  },
});
