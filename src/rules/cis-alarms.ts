import { trailAlarm } from './shared/trail-alarm';
import { apiCalls, ROOT, signIn } from './shared/trail-samples';

const TELLS_OF_CHANGES = 'Such changes are rare where templates make them, so one by hand deserves a look. Where changes are many, the alarm is noise.';

export const rootUseAlarm = trailAlarm({
  id: 'CloudWatch.RootUseAlarm',
  title: 'Somebody is told when the root user is used',
  severity: 'medium',
  criteria: { direct: ['CC7.2'], supporting: ['CC6.1', 'CC7.3'] },
  rationale: 'No policy binds the root user, and nobody needs it from day to day: any use of it is an emergency or an intrusion.',
  sources: ['CIS AWS Foundations 4.3', 'AWS Security Hub CloudWatch.1'],
  samples: [...apiCalls('ec2', ['RunInstances'], ROOT).map((one) => ({ ...one, what: 'API calls of the root user' })),
    signIn('sign-ins of the root user', 'Success', 'Yes', 'Root')],
  others: [...apiCalls('ec2', ['RunInstances']), signIn('sign-ins of others', 'Success', 'Yes')],
  global: true,
});

const DENIALS = ['AccessDenied', 'AccessDeniedException', 'Client.UnauthorizedOperation'];

export const unauthorizedCallsAlarm = trailAlarm({
  id: 'CloudWatch.UnauthorizedCallsAlarm',
  title: 'Somebody is told of API calls that are denied',
  severity: 'low',
  criteria: { direct: ['CC7.2'], supporting: ['CC7.3'] },
  rationale: 'Whoever has stolen credentials tries what they are good for, and is denied often. The threshold must leave room for everyday mistakes.',
  sources: ['CIS AWS Foundations 4.1', 'AWS Security Hub CloudWatch.2'],
  samples: DENIALS.flatMap((errorCode) => apiCalls('ec2', ['RunInstances'], { errorCode, errorMessage: 'not authorized' }).map((one) => ({ ...one, what: errorCode }))),
  others: apiCalls('ec2', ['RunInstances']),
});

export const cloudTrailChangesAlarm = trailAlarm({
  id: 'CloudWatch.CloudTrailChangesAlarm',
  title: 'Somebody is told when a trail is changed or stopped',
  severity: 'medium',
  criteria: { direct: ['CC7.2'], supporting: ['CC7.1', 'CC8.1'] },
  rationale: 'The first thing an intruder with rights does is to stop the record; the last event of it must reach somebody.',
  sources: ['CIS AWS Foundations 4.5', 'AWS Security Hub CloudWatch.5'],
  samples: apiCalls('cloudtrail', ['CreateTrail', 'UpdateTrail', 'DeleteTrail', 'StartLogging', 'StopLogging']),
});

export const signInFailuresAlarm = trailAlarm({
  id: 'CloudWatch.SignInFailuresAlarm',
  title: 'Somebody is told of failed sign-ins',
  criteria: { direct: ['CC7.2'], supporting: ['CC7.3'] },
  rationale: 'Guessing of passwords shows as failures. Where people sign in through an identity provider, they show there.',
  sources: ['CIS AWS Foundations 4.6', 'AWS Security Hub CloudWatch.6'],
  onByDefault: false,
  samples: [signIn('failed sign-ins', 'Failure', 'No')],
  others: [signIn('sign-ins without MFA', 'Success', 'No'), signIn('sign-ins', 'Success', 'Yes')],
  global: true,
});

export const signInWithoutMfaAlarm = trailAlarm({
  id: 'CloudWatch.SignInWithoutMfaAlarm',
  title: 'Somebody is told of sign-ins without a second factor',
  criteria: { direct: ['CC7.2'], supporting: ['CC6.1', 'CC7.3'] },
  rationale: 'A password alone opened the console. Where people sign in through an identity provider, its own rule on factors counts.',
  sources: ['CIS AWS Foundations 4.2', 'AWS Security Hub CloudWatch.3'],
  onByDefault: false,
  samples: [signIn('sign-ins without MFA', 'Success', 'No')],
  others: [signIn('sign-ins with MFA', 'Success', 'Yes')],
  global: true,
});

export const iamChangesAlarm = trailAlarm({
  id: 'CloudWatch.IamChangesAlarm',
  title: 'Somebody is told when IAM policies are changed',
  criteria: { direct: ['CC7.2'], supporting: ['CC6.3', 'CC7.1', 'CC8.1'] },
  rationale: `Rights are widened before they are abused. ${TELLS_OF_CHANGES}`,
  sources: ['CIS AWS Foundations 4.4', 'AWS Security Hub CloudWatch.4'],
  onByDefault: false,
  samples: apiCalls('iam', [
    'DeleteGroupPolicy', 'DeleteRolePolicy', 'DeleteUserPolicy', 'PutGroupPolicy', 'PutRolePolicy', 'PutUserPolicy', 'CreatePolicy', 'DeletePolicy',
    'CreatePolicyVersion', 'DeletePolicyVersion', 'AttachRolePolicy', 'DetachRolePolicy', 'AttachUserPolicy', 'DetachUserPolicy', 'AttachGroupPolicy', 'DetachGroupPolicy',
  ]),
  global: true,
});

export const configChangesAlarm = trailAlarm({
  id: 'CloudWatch.ConfigChangesAlarm',
  title: 'Somebody is told when AWS Config is changed or stopped',
  criteria: { direct: ['CC7.2'], supporting: ['CC7.1', 'CC8.1'] },
  rationale: `Without the recorder, changes leave no picture of before and after. ${TELLS_OF_CHANGES}`,
  sources: ['CIS AWS Foundations 4.9', 'AWS Security Hub CloudWatch.9'],
  onByDefault: false,
  samples: apiCalls('config', ['StopConfigurationRecorder', 'DeleteDeliveryChannel', 'PutDeliveryChannel', 'PutConfigurationRecorder']),
});

export const keyDisablingAlarm = trailAlarm({
  id: 'CloudWatch.KeyDisablingAlarm',
  title: 'Somebody is told when a key is disabled or set to be deleted',
  criteria: { direct: ['CC7.2'], supporting: ['A1.2'] },
  rationale: 'Data under a deleted key is lost for good, and there are some days to stop it. Keys of templates are seldom deleted by hand.',
  sources: ['CIS AWS Foundations 4.7', 'AWS Security Hub CloudWatch.7'],
  onByDefault: false,
  samples: apiCalls('kms', ['DisableKey', 'ScheduleKeyDeletion']),
});

export const bucketPolicyChangesAlarm = trailAlarm({
  id: 'CloudWatch.BucketPolicyChangesAlarm',
  title: 'Somebody is told when policies of buckets are changed',
  criteria: { direct: ['CC7.2'], supporting: ['CC7.1', 'CC8.1'] },
  rationale: `A changed policy may open a bucket or let its data go elsewhere. ${TELLS_OF_CHANGES}`,
  sources: ['CIS AWS Foundations 4.8', 'AWS Security Hub CloudWatch.8'],
  onByDefault: false,
  samples: apiCalls('s3', [
    'PutBucketAcl', 'PutBucketPolicy', 'PutBucketCors', 'PutBucketLifecycle', 'PutBucketReplication',
    'DeleteBucketPolicy', 'DeleteBucketCors', 'DeleteBucketLifecycle', 'DeleteBucketReplication',
  ]),
});

/** Alarms on changes of the network: one list of calls to EC2 each. */
function networkAlarm(id: string, what: string, cis: string, hub: string, names: readonly string[]) {
  return trailAlarm({
    id,
    title: `Somebody is told when ${what} are changed`,
    criteria: { direct: ['CC7.2'], supporting: ['CC6.6', 'CC7.1', 'CC8.1'] },
    rationale: `A changed network may open a way in or out. ${TELLS_OF_CHANGES}`,
    sources: [`CIS AWS Foundations ${cis}`, `AWS Security Hub ${hub}`],
    onByDefault: false,
    samples: apiCalls('ec2', names),
  });
}

export const securityGroupChangesAlarm = networkAlarm('CloudWatch.SecurityGroupChangesAlarm', 'security groups', '4.10', 'CloudWatch.10', [
  'AuthorizeSecurityGroupIngress', 'AuthorizeSecurityGroupEgress', 'RevokeSecurityGroupIngress', 'RevokeSecurityGroupEgress', 'CreateSecurityGroup', 'DeleteSecurityGroup',
]);

export const networkAclChangesAlarm = networkAlarm('CloudWatch.NetworkAclChangesAlarm', 'network ACLs', '4.11', 'CloudWatch.11', [
  'CreateNetworkAcl', 'CreateNetworkAclEntry', 'DeleteNetworkAcl', 'DeleteNetworkAclEntry', 'ReplaceNetworkAclEntry', 'ReplaceNetworkAclAssociation',
]);

export const gatewayChangesAlarm = networkAlarm('CloudWatch.GatewayChangesAlarm', 'network gateways', '4.12', 'CloudWatch.12', [
  'CreateCustomerGateway', 'DeleteCustomerGateway', 'AttachInternetGateway', 'CreateInternetGateway', 'DeleteInternetGateway', 'DetachInternetGateway',
]);

export const routeTableChangesAlarm = networkAlarm('CloudWatch.RouteTableChangesAlarm', 'route tables', '4.13', 'CloudWatch.13', [
  'CreateRoute', 'CreateRouteTable', 'ReplaceRoute', 'ReplaceRouteTableAssociation', 'DeleteRouteTable', 'DeleteRoute', 'DisassociateRouteTable',
]);

// CIS also lists the calls of ClassicLink, which AWS has retired.
export const vpcChangesAlarm = networkAlarm('CloudWatch.VpcChangesAlarm', 'VPCs', '4.14', 'CloudWatch.14', [
  'CreateVpc', 'DeleteVpc', 'ModifyVpcAttribute', 'AcceptVpcPeeringConnection', 'CreateVpcPeeringConnection', 'DeleteVpcPeeringConnection', 'RejectVpcPeeringConnection',
]);

export const organizationsChangesAlarm = trailAlarm({
  id: 'CloudWatch.OrganizationsChangesAlarm',
  title: 'Somebody is told when the organization is changed',
  criteria: { direct: ['CC7.2'], supporting: ['CC7.1', 'CC8.1'] },
  rationale: 'Guardrails of all accounts hang on the organization. Only its management account sees these events, so others need no such alarm.',
  sources: ['CIS AWS Foundations 4.15'],
  onByDefault: false,
  samples: apiCalls('organizations', [
    'AcceptHandshake', 'AttachPolicy', 'CreateAccount', 'CreateOrganizationalUnit', 'CreatePolicy', 'DeclineHandshake', 'DeleteOrganization',
    'DeleteOrganizationalUnit', 'DeletePolicy', 'DetachPolicy', 'DisablePolicyType', 'EnablePolicyType', 'InviteAccountToOrganization', 'LeaveOrganization',
    'MoveAccount', 'RemoveAccountFromOrganization', 'UpdatePolicy', 'UpdateOrganizationalUnit',
  ]),
  global: true,
});
