import { defaults } from './default';

const SYNTHETICS = 'Amazon CloudWatch user guide, "Synthetic monitoring (canaries)"';

/** Secure defaults of a CloudWatch Synthetics canary. */
export const canaryDefaults = defaults({
  artifactEncryption: {
    value: 'customer managed',
    provenBy: ['Synthetics.CustomerKey'],
    criteria: ['CC6.1', 'C1.1'],
    source: `${SYNTHETICS}: encrypting canary artifacts`,
    reason: 'Screenshots and logs show what users see; a key of one\'s own says who may read them.',
  },
  schedule: {
    value: 'rate(5 minutes)',
    provenBy: ['Synthetics.Recurring'],
    criteria: ['A1.1', 'CC7.2'],
    source: 'AWS::Synthetics::Canary, Schedule: rate(0 minute) runs it once',
    reason: 'A canary that runs once tells nothing of the time after.',
  },
  artifactDays: {
    value: 400,
    provenBy: [],
    criteria: [],
    source: 'AICPA SOC 2 guide: a type 2 period is up to twelve months',
    reason: 'What it saw covers a type 2 period, and is gone after it.',
  },
  provisionedResourceCleanup: {
    value: true,
    provenBy: [],
    criteria: [],
    source: 'AWS::Synthetics::Canary, ProvisionedResourceCleanup: OFF leaves functions and layers behind',
    reason: 'Functions that nobody patches any more are not left behind.',
    cfn: { ProvisionedResourceCleanup: 'AUTOMATIC' },
  },
  alarm: {
    value: 'at the first run that fails',
    provenBy: ['CloudWatch.AlarmAction', 'CloudWatch.AlarmActionsEnabled'],
    criteria: ['CC7.2', 'CC7.3'],
    source: `${SYNTHETICS}: canaries and CloudWatch alarms`,
    reason: 'A canary that fails and tells nobody is a graph.',
  },
});
