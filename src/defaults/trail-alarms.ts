import { Default, defaults } from './default';
import type { CriterionId } from '../criteria';

/** An alarm, by the number of the recommendation in the CIS benchmark and the rule that proves it. */
function alarm(cis: string, rule: string, criteria: readonly CriterionId[], reason: string, value = true): Default<boolean> {
  return { value, provenBy: [`CloudWatch.${rule}`], criteria, source: `CIS AWS Foundations ${cis}`, reason };
}

const SEEN: readonly CriterionId[] = ['CC7.2', 'CC7.3'];
const CHANGED: readonly CriterionId[] = ['CC7.1', 'CC7.2', 'CC8.1'];
const WAY_IN = 'A changed network may open a way in or out.';

/** Secure defaults of the alarms on the log group of a trail. */
export const trailAlarmDefaults = defaults({
  unauthorizedCalls: alarm('4.1', 'UnauthorizedCallsAlarm', SEEN, 'Whoever has stolen credentials tries what they are good for, and is denied often.'),
  signInWithoutMfa: alarm('4.2', 'SignInWithoutMfaAlarm', SEEN, 'A password alone opened the console.'),
  rootUse: alarm('4.3', 'RootUseAlarm', SEEN, 'No policy binds the root user, and nobody needs it from day to day.'),
  iamChanges: alarm('4.4', 'IamChangesAlarm', CHANGED, 'Rights are widened before they are abused.'),
  trailChanges: alarm('4.5', 'CloudTrailChangesAlarm', CHANGED, 'The first thing an intruder with rights does is to stop the record.'),
  signInFailures: alarm('4.6', 'SignInFailuresAlarm', SEEN, 'Guessing of passwords shows as failures.'),
  keyDisabling: alarm('4.7', 'KeyDisablingAlarm', ['A1.2', 'CC7.2'], 'There are some days to stop the deletion of a key.'),
  bucketPolicyChanges: alarm('4.8', 'BucketPolicyChangesAlarm', CHANGED, 'A changed policy may open a bucket or let its data go elsewhere.'),
  configChanges: alarm('4.9', 'ConfigChangesAlarm', CHANGED, 'Without the recorder, changes leave no picture of before and after.'),
  securityGroupChanges: alarm('4.10', 'SecurityGroupChangesAlarm', CHANGED, WAY_IN),
  networkAclChanges: alarm('4.11', 'NetworkAclChangesAlarm', CHANGED, WAY_IN),
  gatewayChanges: alarm('4.12', 'GatewayChangesAlarm', CHANGED, 'A new gateway opens a private network.'),
  routeTableChanges: alarm('4.13', 'RouteTableChangesAlarm', CHANGED, 'A changed route may lead data elsewhere.'),
  vpcChanges: alarm('4.14', 'VpcChangesAlarm', CHANGED, 'A peering joins networks that were apart.'),
  organizationChanges: alarm('4.15', 'OrganizationsChangesAlarm', CHANGED, 'Only the management account, or a trail of the organization, records them.', false),
  unauthorizedCallsThreshold: {
    value: 1,
    provenBy: [],
    criteria: [],
    source: 'CIS AWS Foundations 4.1',
    reason: 'It is the threshold of CIS; look at the metric for some weeks, and leave room for everyday mistakes.',
  },
  signInFailuresThreshold: {
    value: 1,
    provenBy: [],
    criteria: [],
    source: 'CIS AWS Foundations 4.6',
    reason: 'It is the threshold of CIS; people mistype, so raise it where many have passwords.',
  },
  actionsEnabled: {
    value: true,
    provenBy: ['CloudWatch.AlarmAction', 'CloudWatch.AlarmActionsEnabled'],
    criteria: ['CC7.2', 'CC7.3'],
    source: 'Amazon CloudWatch user guide, "Notifying users on alarm changes"',
    reason: 'An alarm that tells nobody changes its color in a console.',
  },
});
