import { accountChanges, CHANGED, SEEN, told } from './account-changes';
import { Default, defaults } from './default';
import type { CriterionId } from '../criteria';

const EVENTBRIDGE = 'Amazon EventBridge user guide';

/** An event of a service that somebody is told of. */
function heard(provenBy: readonly string[], criteria: readonly CriterionId[], source: string, reason: string): Default<boolean> {
  return { value: true, provenBy, criteria, source, reason };
}

/** Secure defaults of the rules that tell of what happens in an account. */
export const securityEventRuleDefaults = defaults({
  ...accountChanges,
  unauthorizedCalls: told('4.1', 'UnauthorizedCallsAlarm', SEEN, 'Each denied call is a message here, so only on request; TrailAlarms counts them.', false),
  organizationChanges: told('4.15', 'OrganizationsChangesAlarm', CHANGED, 'Only the management account sees them.', false),
  guardDutyFindings: heard(['SecurityHub.FindingsRouted'], ['CC4.2', 'CC7.3', 'CC7.4'], 'Amazon GuardDuty user guide, "Processing GuardDuty findings with Amazon EventBridge"', 'A finding that waits in a console is evaluated late or never.'),
  guardDutySeverity: {
    value: 7,
    provenBy: [],
    criteria: [],
    source: 'Amazon GuardDuty user guide, "Severity levels of GuardDuty findings": 7 and above is high or critical',
    reason: 'What is lower can wait for the next review.',
  },
  securityHubFindings: heard(['SecurityHub.FindingsRouted'], ['CC4.2', 'CC7.3', 'CC7.4'], 'AWS Security Hub user guide, "Using EventBridge for automated response and remediation"', 'A finding that waits in a console is evaluated late or never.'),
  backupFailures: heard(['Backup.FailuresNotified'], ['A1.2', 'CC7.2'], 'AWS Backup developer guide, "Monitoring AWS Backup events using Amazon EventBridge"', 'A backup that fails unnoticed is found out when it is needed.'),
  configNonCompliance: heard([], [], 'AWS Config developer guide, "Monitoring AWS Config with Amazon EventBridge"', 'A resource that no longer complies is mended before the audit.'),
  healthEvents: heard([], [], 'AWS Health user guide, "Monitoring events in AWS Health with Amazon EventBridge"', 'Maintenance and abuse reports have deadlines.'),
  changesByCloudFormation: {
    value: false,
    provenBy: [],
    criteria: [],
    source: 'AWS CloudTrail user guide, "CloudTrail record contents": sourceIPAddress of calls by AWS services',
    reason: 'What templates change was reviewed as a template; what is left are changes by hand.',
  },
  deadLetterQueue: {
    value: true,
    provenBy: ['Events.TargetDeadLetterQueue', 'Events.TargetRetries'],
    criteria: ['PI1.3'],
    source: `${EVENTBRIDGE}, "Using dead-letter queues to process undelivered events in EventBridge"`,
    reason: 'EventBridge drops an event at once when it has lost the right to its target.',
  },
});
