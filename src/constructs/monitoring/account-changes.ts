/** Calls to an AWS service that change what an account is protected by. */
export interface AccountChange {
  readonly service: string;
  /** The calls that the CIS AWS Foundations Benchmark lists, in its order. */
  readonly cis: readonly string[];
  /** The filter that CIS prescribes asks for the service too. */
  readonly cisNamesService?: boolean;
  /** Further calls that do the same. */
  readonly others?: readonly string[];
}

/** The changes that CIS AWS Foundations 4.4 to 4.15 ask to be told of, and calls of later years that do the same. */
export const ACCOUNT_CHANGES = {
  iamChanges: {
    service: 'iam',
    cisNamesService: true,
    cis: [
      'DeleteGroupPolicy', 'DeleteRolePolicy', 'DeleteUserPolicy', 'PutGroupPolicy', 'PutRolePolicy', 'PutUserPolicy', 'CreatePolicy', 'DeletePolicy',
      'CreatePolicyVersion', 'DeletePolicyVersion', 'AttachRolePolicy', 'DetachRolePolicy', 'AttachUserPolicy', 'DetachUserPolicy', 'AttachGroupPolicy', 'DetachGroupPolicy',
    ],
    others: [
      'SetDefaultPolicyVersion', 'UpdateAssumeRolePolicy', 'DeleteRolePermissionsBoundary', 'DeleteUserPermissionsBoundary', 'AddUserToGroup', 'CreateUser',
      'CreateAccessKey', 'CreateLoginProfile', 'UpdateLoginProfile', 'DeactivateMFADevice', 'UpdateAccountPasswordPolicy', 'DeleteAccountPasswordPolicy',
      'CreateSAMLProvider', 'UpdateSAMLProvider', 'CreateOpenIDConnectProvider', 'UpdateOpenIDConnectProviderThumbprint',
    ],
  },
  trailChanges: {
    service: 'cloudtrail',
    cis: ['CreateTrail', 'UpdateTrail', 'DeleteTrail', 'StartLogging', 'StopLogging'],
    others: ['PutEventSelectors', 'PutInsightSelectors', 'DeleteEventDataStore', 'StopEventDataStoreIngestion'],
  },
  keyDisabling: {
    service: 'kms',
    cisNamesService: true,
    cis: ['DisableKey', 'ScheduleKeyDeletion'],
    others: ['DisableKeyRotation', 'DeleteImportedKeyMaterial'],
  },
  bucketPolicyChanges: {
    service: 's3',
    cisNamesService: true,
    cis: [
      'PutBucketAcl', 'PutBucketPolicy', 'PutBucketCors', 'PutBucketLifecycle', 'PutBucketReplication',
      'DeleteBucketPolicy', 'DeleteBucketCors', 'DeleteBucketLifecycle', 'DeleteBucketReplication',
    ],
    others: ['PutBucketPublicAccessBlock', 'DeleteBucketPublicAccessBlock', 'PutAccountPublicAccessBlock', 'DeleteAccountPublicAccessBlock', 'PutBucketOwnershipControls'],
  },
  configChanges: {
    service: 'config',
    cisNamesService: true,
    cis: ['StopConfigurationRecorder', 'DeleteDeliveryChannel', 'PutDeliveryChannel', 'PutConfigurationRecorder'],
    others: ['DeleteConfigurationRecorder', 'DeleteConfigRule', 'DeleteConformancePack'],
  },
  securityGroupChanges: {
    service: 'ec2',
    cis: [
      'AuthorizeSecurityGroupIngress', 'AuthorizeSecurityGroupEgress', 'RevokeSecurityGroupIngress', 'RevokeSecurityGroupEgress', 'CreateSecurityGroup', 'DeleteSecurityGroup',
    ],
    others: ['ModifySecurityGroupRules', 'ModifyNetworkInterfaceAttribute'],
  },
  networkAclChanges: {
    service: 'ec2',
    cis: ['CreateNetworkAcl', 'CreateNetworkAclEntry', 'DeleteNetworkAcl', 'DeleteNetworkAclEntry', 'ReplaceNetworkAclEntry', 'ReplaceNetworkAclAssociation'],
  },
  gatewayChanges: {
    service: 'ec2',
    cis: ['CreateCustomerGateway', 'DeleteCustomerGateway', 'AttachInternetGateway', 'CreateInternetGateway', 'DeleteInternetGateway', 'DetachInternetGateway'],
    others: ['CreateEgressOnlyInternetGateway', 'CreateNatGateway', 'CreateVpnConnection', 'AttachVpnGateway', 'CreateTransitGatewayVpcAttachment'],
  },
  routeTableChanges: {
    service: 'ec2',
    cisNamesService: true,
    cis: ['CreateRoute', 'CreateRouteTable', 'ReplaceRoute', 'ReplaceRouteTableAssociation', 'DeleteRouteTable', 'DeleteRoute', 'DisassociateRouteTable'],
    others: ['AssociateRouteTable'],
  },
  vpcChanges: {
    service: 'ec2',
    cis: [
      'CreateVpc', 'DeleteVpc', 'ModifyVpcAttribute', 'AcceptVpcPeeringConnection', 'CreateVpcPeeringConnection', 'DeleteVpcPeeringConnection', 'RejectVpcPeeringConnection',
      'AttachClassicLinkVpc', 'DetachClassicLinkVpc', 'DisableVpcClassicLink', 'EnableVpcClassicLink',
    ],
    others: ['ModifySubnetAttribute', 'ModifyVpcBlockPublicAccessOptions', 'CreateVpcBlockPublicAccessExclusion', 'DeleteFlowLogs'],
  },
  organizationChanges: {
    service: 'organizations',
    cisNamesService: true,
    cis: [
      'AcceptHandshake', 'AttachPolicy', 'CreateAccount', 'CreateOrganizationalUnit', 'CreatePolicy', 'DeclineHandshake', 'DeleteOrganization',
      'DeleteOrganizationalUnit', 'DeletePolicy', 'DetachPolicy', 'DisablePolicyType', 'EnablePolicyType', 'InviteAccountToOrganization', 'LeaveOrganization',
      'MoveAccount', 'RemoveAccountFromOrganization', 'UpdatePolicy', 'UpdateOrganizationalUnit',
    ],
    others: ['CloseAccount', 'RegisterDelegatedAdministrator', 'EnableAWSServiceAccess', 'DisableAWSServiceAccess'],
  },
} satisfies Record<string, AccountChange>;
