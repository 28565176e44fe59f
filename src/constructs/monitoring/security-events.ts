import { EventPattern, Match } from 'aws-cdk-lib/aws-events';
import { ACCOUNT_CHANGES, AccountChange } from './account-changes';

/** Something that EventBridge tells of, and somebody should know. */
export interface SecurityEvent {
  readonly description: string;
  readonly pattern: EventPattern;
  /** EventBridge hands it out in one region of the partition only. */
  readonly global?: boolean;
  /** It may be a call that only reads, which EventBridge leaves out unless told so. */
  readonly reads?: boolean;
}

export interface SecurityEventOptions {
  readonly guardDutySeverity: number;
  readonly changesByCloudFormation: boolean;
}

const CALL = 'AWS API Call via CloudTrail';
const SIGN_IN = 'AWS Console Sign In via CloudTrail';
const FAILED = ['ABORTED', 'EXPIRED', 'FAILED', 'PARTIAL'];

/** The events by name. The names are those of the properties that leave them out. */
export function securityEvents({ guardDutySeverity, changesByCloudFormation }: SecurityEventOptions) {
  const byHand = changesByCloudFormation ? {} : { sourceIPAddress: Match.anythingBut('cloudformation.amazonaws.com') };
  const changes = ({ service, cis, others = [] }: AccountChange, more: object = {}): EventPattern => ({
    source: [`aws.${service}`],
    detailType: [CALL],
    detail: { eventSource: [`${service}.amazonaws.com`], eventName: [...cis, ...others], ...more },
  });
  return {
    rootUse: {
      description: 'The root user signed in or called an API. Nobody needs it from day to day.',
      pattern: {
        detailType: [CALL, SIGN_IN],
        // Not what AWS does on behalf of the account.
        detail: { userIdentity: { type: ['Root'], invokedBy: Match.doesNotExist() }, eventType: Match.anythingBut('AwsServiceEvent') },
      },
      reads: true,
    },
    signInWithoutMfa: {
      description: 'An IAM user signed in to the console without a second factor.',
      pattern: {
        source: ['aws.signin'],
        detailType: [SIGN_IN],
        detail: {
          eventName: ['ConsoleLogin'],
          userIdentity: { type: ['IAMUser'] },
          additionalEventData: { MFAUsed: Match.anythingBut('Yes') },
          responseElements: { ConsoleLogin: ['Success'] },
        },
      },
    },
    unauthorizedCalls: {
      description: 'An API call was denied.',
      pattern: { detailType: [CALL], detail: { errorCode: Match.anyOf(Match.prefix('AccessDenied'), Match.suffix('UnauthorizedOperation')) } },
      reads: true,
    },
    iamChanges: { description: 'Policies, credentials or identity providers of IAM were changed.', pattern: changes(ACCOUNT_CHANGES.iamChanges, byHand), global: true },
    organizationChanges: {
      description: 'The organization, its accounts or its policies were changed.', pattern: changes(ACCOUNT_CHANGES.organizationChanges, byHand), global: true,
    },
    securityGroupChanges: { description: 'A security group was changed.', pattern: changes(ACCOUNT_CHANGES.securityGroupChanges, byHand) },
    networkAclChanges: { description: 'A network ACL was changed.', pattern: changes(ACCOUNT_CHANGES.networkAclChanges, byHand) },
    routeTableChanges: { description: 'A route table was changed.', pattern: changes(ACCOUNT_CHANGES.routeTableChanges, byHand) },
    gatewayChanges: { description: 'A gateway of a network was changed.', pattern: changes(ACCOUNT_CHANGES.gatewayChanges, byHand) },
    vpcChanges: { description: 'A VPC or a peering was changed.', pattern: changes(ACCOUNT_CHANGES.vpcChanges, byHand) },
    bucketPolicyChanges: { description: 'The policy of a bucket, or who may make it public, was changed.', pattern: changes(ACCOUNT_CHANGES.bucketPolicyChanges, byHand) },
    keyDisabling: { description: 'A key was disabled or is to be deleted. What it encrypts cannot be read any more.', pattern: changes(ACCOUNT_CHANGES.keyDisabling) },
    trailChanges: { description: 'A trail of CloudTrail was changed or stopped.', pattern: changes(ACCOUNT_CHANGES.trailChanges) },
    configChanges: { description: 'AWS Config was changed or stopped.', pattern: changes(ACCOUNT_CHANGES.configChanges) },
    guardDutyFindings: {
      description: `GuardDuty has a finding of severity ${guardDutySeverity} or more.`,
      pattern: { source: ['aws.guardduty'], detailType: ['GuardDuty Finding'], detail: { severity: Match.greaterThanOrEqual(guardDutySeverity) } },
    },
    securityHubFindings: {
      description: 'Security Hub has a new finding of severity CRITICAL or HIGH.',
      pattern: {
        source: ['aws.securityhub'],
        detailType: ['Security Hub Findings - Imported'],
        // Each update of a finding is an event, until somebody sets its workflow to NOTIFIED.
        detail: { findings: { Severity: { Label: ['CRITICAL', 'HIGH'] }, RecordState: ['ACTIVE'], Workflow: { Status: ['NEW'] } } },
      },
    },
    backupFailures: {
      description: 'A backup, restore or copy job failed.',
      pattern: {
        source: ['aws.backup'],
        detailType: ['Backup Job State Change', 'Restore Job State Change', 'Copy Job State Change'],
        // Restore jobs have a status, the others a state.
        detail: { $or: [{ state: FAILED }, { status: FAILED }] },
      },
    },
    configNonCompliance: {
      description: 'A resource no longer complies with a rule of AWS Config.',
      pattern: {
        source: ['aws.config'],
        detailType: ['Config Rules Compliance Change'],
        // What the rules of Security Hub find is a finding there.
        detail: {
          messageType: ['ComplianceChangeNotification'],
          configRuleName: Match.anythingButPrefix('securityhub-'),
          newEvaluationResult: { complianceType: ['NON_COMPLIANT'] },
        },
      },
    },
    healthEvents: {
      description: 'AWS has a problem, reports abuse, or plans a change that affects this account.',
      pattern: { source: ['aws.health'], detailType: ['AWS Health Event', 'AWS Health Abuse Event'], detail: { eventTypeCategory: ['issue', 'scheduledChange'] } },
    },
  } satisfies Record<string, SecurityEvent>;
}
