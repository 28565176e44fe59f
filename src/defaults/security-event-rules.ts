import { Default, defaults } from './default';
import type { CriterionId } from '../criteria';

const EVENTBRIDGE = 'Amazon EventBridge user guide';
const CIS = 'CIS AWS Foundations';

/** An event that somebody is told of, unless it is left out. */
function told(rule: string | undefined, criteria: readonly CriterionId[], source: string, reason: string): Default<boolean> {
  return { value: true, provenBy: rule === undefined ? [] : [rule], criteria, source, reason };
}

const change = (rule: string, source: string, reason: string) => told(`CloudWatch.${rule}`, ['CC7.1', 'CC7.2', 'CC8.1'], `${CIS} ${source}`, reason);

/** Secure defaults of the rules that tell of what happens in an account. */
export const securityEventRuleDefaults = defaults({
  rootUse: told('CloudWatch.RootUseAlarm', ['CC7.2', 'CC7.3'], `${CIS} 4.3`, 'No policy binds the root user, and nobody needs it from day to day.'),
  signInWithoutMfa: told('CloudWatch.SignInWithoutMfaAlarm', ['CC7.2', 'CC7.3'], `${CIS} 4.2`, 'A password alone opened the console.'),
  unauthorizedCalls: {
    value: false,
    provenBy: ['CloudWatch.UnauthorizedCallsAlarm'],
    criteria: ['CC7.2', 'CC7.3'],
    source: `${CIS} 4.1`,
    reason: 'Each denied call is a message here, so only on request; TrailAlarms counts them.',
  },
  iamChanges: change('IamChangesAlarm', '4.4', 'Rights are widened before they are abused.'),
  organizationChanges: {
    value: false,
    provenBy: ['CloudWatch.OrganizationsChangesAlarm'],
    criteria: ['CC7.1', 'CC7.2', 'CC8.1'],
    source: `${CIS} 4.15`,
    reason: 'Only the management account sees them.',
  },
  securityGroupChanges: change('SecurityGroupChangesAlarm', '4.10', 'A changed network may open a way in or out.'),
  networkAclChanges: change('NetworkAclChangesAlarm', '4.11', 'A changed network may open a way in or out.'),
  routeTableChanges: change('RouteTableChangesAlarm', '4.13', 'A changed route may lead data elsewhere.'),
  gatewayChanges: change('GatewayChangesAlarm', '4.12', 'A new gateway opens a private network.'),
  vpcChanges: change('VpcChangesAlarm', '4.14', 'A peering joins networks that were apart.'),
  bucketPolicyChanges: change('BucketPolicyChangesAlarm', '4.8', 'A changed policy may open a bucket or let its data go elsewhere.'),
  keyDisabling: told('CloudWatch.KeyDisablingAlarm', ['A1.2', 'CC7.2'], `${CIS} 4.7`, 'There are some days to stop the deletion of a key.'),
  trailChanges: change('CloudTrailChangesAlarm', '4.5', 'The first thing an intruder with rights does is to stop the record.'),
  configChanges: change('ConfigChangesAlarm', '4.9', 'Without the recorder, changes leave no picture of before and after.'),
  guardDutyFindings: told('SecurityHub.FindingsRouted', ['CC4.2', 'CC7.3', 'CC7.4'], 'Amazon GuardDuty user guide, "Processing GuardDuty findings with Amazon EventBridge"', 'A finding that waits in a console is evaluated late or never.'),
  guardDutySeverity: {
    value: 7,
    provenBy: [],
    criteria: [],
    source: 'Amazon GuardDuty user guide, "Severity levels of GuardDuty findings": 7 and above is high or critical',
    reason: 'What is lower can wait for the next review.',
  },
  securityHubFindings: told('SecurityHub.FindingsRouted', ['CC4.2', 'CC7.3', 'CC7.4'], 'AWS Security Hub user guide, "Using EventBridge for automated response and remediation"', 'A finding that waits in a console is evaluated late or never.'),
  backupFailures: told('Backup.FailuresNotified', ['A1.2', 'CC7.2'], 'AWS Backup developer guide, "Monitoring AWS Backup events using Amazon EventBridge"', 'A backup that fails unnoticed is found out when it is needed.'),
  configNonCompliance: told(undefined, [], 'AWS Config developer guide, "Monitoring AWS Config with Amazon EventBridge"', 'A resource that no longer complies is mended before the audit.'),
  healthEvents: told(undefined, [], 'AWS Health user guide, "Monitoring events in AWS Health with Amazon EventBridge"', 'Maintenance and abuse reports have deadlines.'),
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
