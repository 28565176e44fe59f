import { awsDefaults } from './aws-defaults';
import { all, any, applies, Evaluation, not, Property, ResourceReader, rule, Truth } from './kernel';
import { INLINE_HOLDERS } from './shared/iam-documents';

/** Where managed policies are attached, by ARN; SAM takes bare names too. */
const ATTACHED: Readonly<Record<string, string>> = {
  'AWS::IAM::Role': 'ManagedPolicyArns', 'AWS::IAM::User': 'ManagedPolicyArns', 'AWS::IAM::Group': 'ManagedPolicyArns',
  'AWS::SSO::PermissionSet': 'ManagedPolicies', 'AWS::Serverless::Function': 'Policies', 'AWS::Serverless::StateMachine': 'Policies',
};

function noneAttached(resource: ResourceReader, bad: (arn: Property) => Truth, message: string): Truth {
  const attached = resource.get(ATTACHED[resource.type]);
  return applies(attached.isPresent(), 'no managed policy is attached', () => attached.every((item) => {
    // A policy of the templates, or an inline document of SAM's, is none of AWS's.
    if (item.target() || item.isMap || isDangling(item)) return Truth.YES;
    return not(bad(item), message);
  }));
}

/** It names a resource that these templates leave out, and AWS's own policies are no resources of any template. */
function isDangling({ value }: Property): boolean {
  return value.kind === 'unknown' && value.part.dangling !== undefined;
}

function isAwsPolicy(item: Property, name: string): Truth {
  return any([item.is(name), item.endsWith(`:iam::aws:policy/${name}`)]);
}

export const noAdminManagedPolicy = rule({
  id: 'IAM.NoAdminManagedPolicy',
  resourceTypes: Object.keys(ATTACHED),
  title: 'AdministratorAccess is not attached',
  severity: 'high',
  criteria: { direct: ['CC6.1', 'CC6.3'] },
  rationale: 'The managed policy AdministratorAccess makes its holder an administrator: roles and reviews have nothing left to tell apart.',
  remediation: { l2: 'managedPolicies without AdministratorAccess', cfn: 'ManagedPolicyArns without AdministratorAccess' },
  configRule: 'IAM_POLICY_BLACKLISTED_CHECK',
  nagRules: ['IAMNoManagedPolicies'],
  sources: ['AWS managed policy reference guide, "AdministratorAccess"', 'CIS AWS Foundations 1.16'],
  check: (resource) => noneAttached(resource, (item) => isAwsPolicy(item, 'AdministratorAccess'), 'AdministratorAccess is attached'),
});

export const noBroadManagedPolicy = rule({
  id: 'IAM.NoBroadManagedPolicy',
  resourceTypes: Object.keys(ATTACHED),
  title: 'No AWS managed policy with full access is attached',
  severity: 'medium',
  criteria: { direct: ['CC6.1', 'CC6.3'] },
  rationale: 'PowerUserAccess and the …FullAccess and …Administrator policies of AWS cover every resource of one or all services, and AWS widens them as services grow.',
  remediation: { l2: 'grant methods, or a ManagedPolicy of your own', cfn: 'ManagedPolicyArns with policies that name actions and resources' },
  configRule: 'IAM_POLICY_BLACKLISTED_CHECK',
  nagRules: ['IAMNoManagedPolicies'],
  sources: ['AWS managed policy reference guide, "PowerUserAccess", "IAMFullAccess", "AdministratorAccess-Amplify"', 'IAM user guide, "AWS managed policies for job functions"'],
  check: (resource) => noneAttached(resource, (item) => any([
    isAwsPolicy(item, 'PowerUserAccess'),
    all(any(['FullAccess', 'Administrator'].map((ending) => item.endsWith(ending))),
      any([item.includes(':iam::aws:policy/'), item.matches(/^(job-function\/)?\w+$/, 'a name')])),
    // Of an account, for the sake of one service.
    item.includes(':iam::aws:policy/AdministratorAccess-'), item.startsWith('AdministratorAccess-'),
  ]), 'an AWS managed policy with full access is attached'),
});

export const userNoDirectPolicies = rule({
  id: 'IAM.UserNoDirectPolicies',
  resourceTypes: ['AWS::IAM::User', 'AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::UserPolicy'],
  title: 'Rights come from groups and roles, not from the user',
  severity: 'medium',
  criteria: { direct: ['CC6.3'], supporting: ['CC6.2'] },
  rationale: 'Rights attached to a single user escape role-based reviews, and stay when the person changes duties.',
  remediation: { l2: 'group.addManagedPolicy(…), user.addToGroup(group)', cfn: 'policies on groups or roles; no Users, UserPolicy or policies of a User' },
  configRule: 'IAM_USER_NO_POLICIES_CHECK',
  nagRules: ['IAMUserNoPolicies'],
  sources: ['CIS AWS Foundations 1.15', 'AWS Security Hub IAM.2'],
  check: (resource) => {
    if (resource.type === 'AWS::IAM::UserPolicy') return not(resource.get('UserName').isPresent(), 'the policy belongs to a user');
    if (resource.type !== 'AWS::IAM::User') return resource.get('Users').isAbsent().because('the policy is attached to a user');
    return all(
      resource.get('ManagedPolicyArns').isAbsent().because('managed policies are attached to the user'),
      resource.get('Policies').isAbsent().because('the user has inline policies'),
    );
  },
});

/** Resources that are an inline policy each, whose document goes into the role, user or group. */
const INLINE = ['AWS::IAM::Policy', 'AWS::IAM::RolePolicy', 'AWS::IAM::UserPolicy', 'AWS::IAM::GroupPolicy'];

export const noInlinePolicies = rule({
  id: 'IAM.NoInlinePolicies',
  resourceTypes: [...INLINE_HOLDERS, ...INLINE],
  title: 'Rights are managed policies, not inline ones',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC6.3'] },
  rationale: 'Managed policies can be versioned, reused and reviewed in one place. Inline ones live and die with their role, which suits roles of a single purpose: CDK makes them so.',
  remediation: { l2: 'managedPolicies', cfn: 'AWS::IAM::ManagedPolicy in place of Policies' },
  configRule: 'IAM_NO_INLINE_POLICY_CHECK',
  nagRules: ['IAMNoInlinePolicy'],
  sources: ['IAM user guide, "Choose between managed policies and inline policies"', 'AWS::IAM::Policy: an inline policy that is embedded in its holder'],
  onByDefault: false,
  check: (resource) => (INLINE.includes(resource.type)
    ? not(resource.get('PolicyDocument').isPresent(), 'it is an inline policy') : resource.get('Policies').isAbsent().because('it has inline policies')),
});

export const userInGroup = rule({
  id: 'IAM.UserInGroup',
  resourceTypes: ['AWS::IAM::User'],
  title: 'User belongs to a group',
  severity: 'low',
  criteria: { direct: ['CC6.3'] },
  rationale: 'Groups are what access is granted to and reviewed by; a user outside of them is reviewed by nobody.',
  remediation: { l2: 'user.addToGroup(group)', cfn: 'Groups, or an AWS::IAM::UserToGroupAddition' },
  configRule: 'IAM_USER_GROUP_MEMBERSHIP_CHECK',
  nagRules: ['IAMUserGroupMembership'],
  sources: ['AWS Config, iam-user-group-membership-check'],
  check: (user, model) => any([
    user.get('Groups').isPresent(), Truth.of(model.referrers(user, 'AWS::IAM::UserToGroupAddition', 'Users').length > 0, 'no addition to a group'),
  ]).because('the user belongs to no group'),
});

export const groupHasUsers = rule({
  id: 'IAM.GroupHasUsers',
  resourceTypes: ['AWS::IAM::Group'],
  title: 'Group has a user',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC6.2'] },
  rationale: 'A group without members is access waiting for somebody. Members are usually added outside of templates, so this says little.',
  remediation: { l2: 'group.addUser(user)', cfn: 'an AWS::IAM::UserToGroupAddition, or Groups of an AWS::IAM::User' },
  configRule: 'IAM_GROUP_HAS_USERS_CHECK',
  nagRules: ['IAMGroupHasUsers'],
  sources: ['AWS Config, iam-group-has-users-check'],
  onByDefault: false,
  check: (group, model) => {
    const additions = model.referrers(group, 'AWS::IAM::UserToGroupAddition', 'GroupName');
    return any([
      Truth.of(model.referrers(group, 'AWS::IAM::User', 'Groups').length > 0, 'no user names the group'),
      ...additions.map((addition) => addition.get('Users').isPresent()),
    ]).because('the group has no user');
  },
});

export const noActiveAccessKey = rule({
  id: 'IAM.NoActiveAccessKey',
  resourceTypes: ['AWS::IAM::AccessKey'],
  title: 'No long-lived access key is made',
  severity: 'medium',
  criteria: { direct: ['CC6.1'], supporting: ['CC6.2'] },
  rationale: 'Access keys work until somebody deletes them, from anywhere; roles give out credentials that end by themselves.',
  remediation: { l2: 'a Role, or IAM Roles Anywhere, in place of an AccessKey', cfn: 'no AWS::IAM::AccessKey, or Status: Inactive' },
  configRule: 'ACCESS_KEYS_ROTATED',
  sources: ['IAM user guide, "Security best practices in IAM": temporary credentials', 'AWS::IAM::AccessKey, Status: active by default'],
  check: (key) => key.get('Status').awsDefault(awsDefaults['AWS::IAM::AccessKey.Status']).is('Inactive')
    .because('the template makes an active access key'),
});

export const noUsers = rule({
  id: 'IAM.NoUsers',
  resourceTypes: ['AWS::IAM::User'],
  title: 'No IAM user is made that can sign in or do anything',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['CC6.2'] },
  rationale: 'People who come through the identity provider leave with it, and workloads have roles; an IAM user has to be remembered. Some senders of mail and old tools know nothing else.',
  remediation: { l2: 'a Role, or IAM Identity Center, in place of a User', cfn: 'AWS::IAM::Role in place of AWS::IAM::User' },
  sources: ['IAM user guide, "Security best practices in IAM": federation for human users, roles for workloads'],
  onByDefault: false,
  check: (user, model) => not(any([
    ...['LoginProfile', 'Policies', 'ManagedPolicyArns', 'Groups'].map((name) => user.get(name).isPresent()),
    ...ACTIVE.map(([type, property]) => Truth.of(model.referrers(user, type, property).length > 0, `no ${type} names it`)),
  ]), 'the template makes an IAM user who can sign in or act'),
});

const ACTIVE = [
  ['AWS::IAM::AccessKey', 'UserName'], ['AWS::IAM::Policy', 'Users'], ['AWS::IAM::ManagedPolicy', 'Users'], ['AWS::IAM::UserPolicy', 'UserName'],
  ['AWS::IAM::UserToGroupAddition', 'Users'],
] as const;

export const noConsolePassword = rule({
  id: 'IAM.NoConsolePassword',
  resourceTypes: ['AWS::IAM::User'],
  title: 'User has no console password',
  severity: 'medium',
  criteria: { direct: ['CC6.1'], supporting: ['CC6.2'] },
  rationale: 'CloudFormation cannot attach a second factor, so a password made in a template is all that guards the console; people should come through the identity provider.',
  remediation: { l2: 'IAM Identity Center in place of User({ password })', cfn: 'no LoginProfile' },
  configRule: 'MFA_ENABLED_FOR_IAM_CONSOLE_ACCESS',
  sources: ['IAM user guide, "Security best practices in IAM": federation for human users'],
  check: (user) => user.get('LoginProfile').isAbsent().because('the user has a console password'),
});

export const passwordReset = rule({
  id: 'IAM.PasswordReset',
  resourceTypes: ['AWS::IAM::User'],
  title: 'First sign-in changes the password',
  severity: 'medium',
  criteria: { direct: ['CC6.1'], supporting: ['CC6.2'] },
  rationale: 'Whoever set the first password knows it; a change at the first sign-in leaves it to its owner alone.',
  remediation: { l2: 'passwordResetRequired: true', cfn: 'LoginProfile: { PasswordResetRequired: true }' },
  sources: ['AWS::IAM::User LoginProfile, PasswordResetRequired'],
  check: (user) => applies(
    user.get('LoginProfile').isPresent(), 'the user has no console password', () => user.get('LoginProfile.PasswordResetRequired').isTrue(),
  ),
});

export const oidcAudience = rule({
  id: 'IAM.OidcAudience',
  resourceTypes: ['AWS::IAM::OIDCProvider'],
  title: 'OpenID Connect provider names its audience',
  severity: 'medium',
  criteria: { direct: ['CC6.1'] },
  rationale: 'The audience says which application a token was made for; without it a token for another one is accepted too.',
  remediation: { l2: 'clientIds: [\'sts.amazonaws.com\']', cfn: 'ClientIdList' },
  configRule: 'IAM_OIDC_PROVIDER_CLIENT_ID_LIST_CHECK',
  sources: ['AWS::IAM::OIDCProvider, ClientIdList'],
  check: (provider) => provider.get('ClientIdList').count(1).because('no audience is named'),
});

export const sessionDuration = rule({
  id: 'IAM.SessionDuration',
  resourceTypes: ['AWS::IAM::Role'],
  title: 'Sessions of the role end within four hours',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC6.1'] },
  rationale: 'A stolen session lives as long as the role allows. Right for roles that people take, and in the way of long jobs.',
  remediation: { l2: 'maxSessionDuration: Duration.hours(4)', cfn: 'MaxSessionDuration of 14400 at most' },
  sources: ['AWS::IAM::Role, MaxSessionDuration: one hour by default'],
  onByDefault: false,
  check: (role) => role.get('MaxSessionDuration').awsDefault(awsDefaults['AWS::IAM::Role.MaxSessionDuration']).atMost(14400),
});

/** The roles, users and groups that hold a customer managed policy, in either direction. */
function holders(policy: ResourceReader, model: Evaluation): Truth {
  return any([
    ...['Roles', 'Users', 'Groups'].map((name) => policy.get(name).isPresent()),
    Truth.of(INLINE_HOLDERS.some((type) => model.referrers(policy, type, 'ManagedPolicyArns').length > 0), 'nothing names it'),
  ]);
}

export const managedPolicyAttached = rule({
  id: 'IAM.ManagedPolicyAttached',
  resourceTypes: ['AWS::IAM::ManagedPolicy'],
  title: 'Customer managed policy is attached to something',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC6.3'] },
  rationale: 'A policy that nothing uses is access waiting for somebody, and one more thing to review. It may be attached from elsewhere.',
  remediation: { l2: 'roles, users or groups', cfn: 'Roles, Users or Groups, or ManagedPolicyArns of a role' },
  configRule: 'IAM_POLICY_IN_USE',
  sources: ['AWS Config, iam-policy-in-use'],
  onByDefault: false,
  check: (policy, model) => holders(policy, model).because('the policy is attached to nothing'),
});
