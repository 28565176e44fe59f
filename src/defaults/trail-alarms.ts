import { accountChanges, CHANGED, SEEN, told } from './account-changes';
import { defaults } from './default';

/** Secure defaults of the alarms on the log group of a trail. */
export const trailAlarmDefaults = defaults({
  unauthorizedCalls: told('4.1', 'UnauthorizedCallsAlarm', SEEN, 'Whoever has stolen credentials tries what they are good for, and is denied often.'),
  ...accountChanges,
  signInFailures: told('4.6', 'SignInFailuresAlarm', SEEN, 'Guessing of passwords shows as failures.'),
  organizationChanges: told('4.15', 'OrganizationsChangesAlarm', CHANGED, 'Only the management account, or a trail of the organization, records them.', false),
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
