import { defaults, SharedKey } from './default';
import { inRecoveryPlan } from './store';

/** Secure defaults of a DynamoDB table. */
export const tableDefaults = defaults({
  encryption: {
    value: 'customer managed',
    provenBy: ['DynamoDB.CustomerKey', 'DynamoDB.KmsEncryption'],
    criteria: ['CC6.1', 'C1.1'],
    source: 'Amazon DynamoDB developer guide, "DynamoDB encryption at rest": AWS owned key by default',
    reason: 'A key of one\'s own has a policy, rotation and an audit trail.',
    cfn: { 'SSESpecification.SSEEnabled': true, 'SSESpecification.SSEType': 'KMS', 'SSESpecification.KMSMasterKeyId': new SharedKey('data') },
  },
  pointInTimeRecovery: {
    value: true,
    provenBy: ['DynamoDB.PointInTimeRecovery'],
    criteria: ['A1.2', 'CC7.5', 'PI1.5'],
    source: 'Amazon DynamoDB developer guide, "Point-in-time recovery for DynamoDB": off by default',
    reason: 'A table can be restored to any second of the period.',
    cfn: { 'PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled': true },
  },
  recoveryPeriodDays: {
    value: 35,
    provenBy: [],
    criteria: [],
    source: 'Amazon DynamoDB developer guide, "Point-in-time recovery for DynamoDB": 1 to 35 days',
    reason: 'Damage is often noticed weeks later.',
    cfn: { 'PointInTimeRecoverySpecification.RecoveryPeriodInDays': 35 },
  },
  deletionProtection: {
    value: true,
    provenBy: ['DynamoDB.DeletionProtection'],
    criteria: ['A1.2', 'C1.1'],
    source: 'Amazon DynamoDB developer guide, "Using deletion protection to protect your table"',
    reason: 'Deleting the table becomes a step of its own.',
    cfn: { DeletionProtectionEnabled: true },
  },
  contributorInsights: {
    value: true,
    provenBy: [],
    criteria: [],
    source: 'Amazon DynamoDB developer guide, "CloudWatch Contributor Insights for DynamoDB"',
    reason: 'Shows which keys are used most and throttled most.',
    cfn: { 'ContributorInsightsSpecification.Enabled': true },
  },
  removalPolicy: {
    value: 'RETAIN',
    provenBy: ['DynamoDB.Retained'],
    criteria: ['A1.2', 'C1.1'],
    source: 'AWS CloudFormation user guide, "DeletionPolicy attribute"',
    reason: 'A deleted stack does not take the data along.',
    cfn: { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' },
  },
  billing: {
    value: 'PAY_PER_REQUEST',
    provenBy: ['DynamoDB.ScalesWithDemand'],
    criteria: ['A1.1'],
    source: 'Amazon DynamoDB developer guide, "DynamoDB throughput capacity"',
    reason: 'Capacity follows demand without a plan for it.',
    cfn: { BillingMode: 'PAY_PER_REQUEST' },
  },
  backup: inRecoveryPlan,
});
