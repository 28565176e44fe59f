import { ACCOUNT_CHANGES, AccountChange } from './account-changes';

/** What a filter on the events of a trail counts. */
export interface TrailFilter {
  readonly description: string;
  readonly pattern: string;
}

const called = (names: readonly string[]): string => names.map((name) => `($.eventName=${name})`).join(' || ');

function changed({ service, cis, cisNamesService }: AccountChange): string {
  return cisNamesService ? `{($.eventSource=${service}.amazonaws.com) && (${called(cis)})}` : `{${called(cis)}}`;
}

/**
 * The filters that CIS AWS Foundations prescribes, to the letter: controls of Security Hub compare them as texts and fail any that differs. The names are
 * those of the properties that leave them out.
 */
export const TRAIL_FILTERS = {
  unauthorizedCalls: { description: 'API calls were denied.', pattern: '{($.errorCode="*UnauthorizedOperation") || ($.errorCode="AccessDenied*")}' },
  signInWithoutMfa: {
    description: 'An IAM user signed in to the console without a second factor.',
    pattern: '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") && ($.userIdentity.type = "IAMUser") && ($.responseElements.ConsoleLogin = "Success") }',
  },
  rootUse: {
    description: 'The root user signed in or called an API. Nobody needs it from day to day.',
    pattern: '{$.userIdentity.type="Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType !="AwsServiceEvent"}',
  },
  iamChanges: { description: 'Policies of IAM were changed.', pattern: changed(ACCOUNT_CHANGES.iamChanges) },
  trailChanges: { description: 'A trail of CloudTrail was changed or stopped.', pattern: changed(ACCOUNT_CHANGES.trailChanges) },
  signInFailures: { description: 'Sign-ins to the console failed.', pattern: '{($.eventName=ConsoleLogin) && ($.errorMessage="Failed authentication")}' },
  keyDisabling: { description: 'A key was disabled or is to be deleted. What it encrypts cannot be read any more.', pattern: changed(ACCOUNT_CHANGES.keyDisabling) },
  bucketPolicyChanges: { description: 'The policy of a bucket was changed.', pattern: changed(ACCOUNT_CHANGES.bucketPolicyChanges) },
  configChanges: { description: 'AWS Config was changed or stopped.', pattern: changed(ACCOUNT_CHANGES.configChanges) },
  securityGroupChanges: { description: 'A security group was changed.', pattern: changed(ACCOUNT_CHANGES.securityGroupChanges) },
  networkAclChanges: { description: 'A network ACL was changed.', pattern: changed(ACCOUNT_CHANGES.networkAclChanges) },
  gatewayChanges: { description: 'A gateway of a network was changed.', pattern: changed(ACCOUNT_CHANGES.gatewayChanges) },
  routeTableChanges: { description: 'A route table was changed.', pattern: changed(ACCOUNT_CHANGES.routeTableChanges) },
  vpcChanges: { description: 'A VPC or a peering was changed.', pattern: changed(ACCOUNT_CHANGES.vpcChanges) },
  organizationChanges: { description: 'The organization, its accounts or its policies were changed.', pattern: changed(ACCOUNT_CHANGES.organizationChanges) },
} satisfies Record<string, TrailFilter>;
