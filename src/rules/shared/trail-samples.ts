import { JsonObject } from '../../template/json';

/** An event as CloudTrail records it, and what EventBridge says of it. */
export interface Sample {
  /** What happens, for a message. */
  readonly what: string;
  readonly record: JsonObject;
  readonly source: string;
  readonly detailType: string;
}

/** Somebody with a role calls the API, from a command line. Patterns may leave out services, the console or single roles: this is none of them. */
const CALL: JsonObject = {
  eventVersion: '1.11',
  userIdentity: {
    type: 'AssumedRole', principalId: 'AROAEXAMPLE:somebody', arn: 'arn:aws:sts::111111111111:assumed-role/Example/somebody', accountId: '111111111111',
    sessionContext: {
      sessionIssuer: { type: 'Role', principalId: 'AROAEXAMPLE', arn: 'arn:aws:iam::111111111111:role/Example', accountId: '111111111111', userName: 'Example' },
      attributes: { mfaAuthenticated: 'false' },
    },
  },
  sourceIPAddress: '203.0.113.7', userAgent: 'aws-cli/2.0', awsRegion: 'us-east-1', eventType: 'AwsApiCall', eventCategory: 'Management', managementEvent: true,
  readOnly: false, recipientAccountId: '111111111111',
};

/** Calls of one service, by their names. */
export function apiCalls(service: string, names: readonly string[], more: JsonObject = {}): Sample[] {
  return names.map((eventName) => ({
    what: eventName, record: { ...CALL, eventSource: `${service}.amazonaws.com`, eventName, ...more }, source: `aws.${service}`, detailType: 'AWS API Call via CloudTrail',
  }));
}

/** A user with a password signs in to the console, or tries to. */
export function signIn(what: string, outcome: 'Success' | 'Failure', mfa: 'Yes' | 'No', type = 'IAMUser'): Sample {
  const failed = outcome === 'Failure' && { errorMessage: 'Failed authentication' };
  return {
    what, source: 'aws.signin', detailType: 'AWS Console Sign In via CloudTrail',
    record: {
      ...CALL, ...failed,
      userIdentity: {
        type, principalId: 'AIDAEXAMPLE', arn: `arn:aws:iam::111111111111:${type === 'Root' ? 'root' : 'user/somebody'}`, accountId: '111111111111', userName: 'somebody',
      },
      userAgent: 'Mozilla/5.0', eventSource: 'signin.amazonaws.com', eventName: 'ConsoleLogin', eventType: 'AwsConsoleSignIn',
      responseElements: { ConsoleLogin: outcome }, additionalEventData: { MFAUsed: mfa, MobileVersion: 'No', LoginTo: 'https://console.aws.amazon.com/' },
    },
  };
}

/** The root user, of whom CloudTrail says no more. */
export const ROOT: JsonObject = {
  userIdentity: { type: 'Root', principalId: '111111111111', arn: 'arn:aws:iam::111111111111:root', accountId: '111111111111' },
};
