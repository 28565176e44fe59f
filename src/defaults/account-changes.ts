import { Default, Defaults } from './default';
import type { CriterionId } from '../criteria';

/** Something in an account that somebody is told of, by the number of the recommendation in the CIS benchmark and the rule that proves it. */
export function told(cis: string, rule: string, criteria: readonly CriterionId[], reason: string, value = true): Default<boolean> {
  return { value, provenBy: [`CloudWatch.${rule}`], criteria, source: `CIS AWS Foundations ${cis}`, reason };
}

export const SEEN: readonly CriterionId[] = ['CC7.2', 'CC7.3'];
export const CHANGED: readonly CriterionId[] = ['CC7.1', 'CC7.2', 'CC8.1'];
const WAY_IN = 'A changed network may open a way in or out.';

/** What somebody is told of, whether by events or by filters on the log of a trail. */
export const accountChanges = {
  signInWithoutMfa: told('4.2', 'SignInWithoutMfaAlarm', SEEN, 'A password alone opened the console.'),
  rootUse: told('4.3', 'RootUseAlarm', SEEN, 'No policy binds the root user, and nobody needs it from day to day.'),
  iamChanges: told('4.4', 'IamChangesAlarm', CHANGED, 'Rights are widened before they are abused.'),
  trailChanges: told('4.5', 'CloudTrailChangesAlarm', CHANGED, 'The first thing an intruder with rights does is to stop the record.'),
  keyDisabling: told('4.7', 'KeyDisablingAlarm', ['A1.2', 'CC7.2'], 'There are some days to stop the deletion of a key.'),
  bucketPolicyChanges: told('4.8', 'BucketPolicyChangesAlarm', CHANGED, 'A changed policy may open a bucket or let its data go elsewhere.'),
  configChanges: told('4.9', 'ConfigChangesAlarm', CHANGED, 'Without the recorder, changes leave no picture of before and after.'),
  securityGroupChanges: told('4.10', 'SecurityGroupChangesAlarm', CHANGED, WAY_IN),
  networkAclChanges: told('4.11', 'NetworkAclChangesAlarm', CHANGED, WAY_IN),
  gatewayChanges: told('4.12', 'GatewayChangesAlarm', CHANGED, 'A new gateway opens a private network.'),
  routeTableChanges: told('4.13', 'RouteTableChangesAlarm', CHANGED, 'A changed route may lead data elsewhere.'),
  vpcChanges: told('4.14', 'VpcChangesAlarm', CHANGED, 'A peering joins networks that were apart.'),
} satisfies Defaults;
