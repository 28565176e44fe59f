import { applies, Evaluation, Policy, Property, ResourceReader, Statement, Truth } from '../kernel';

/** What holds exactly one identity policy. */
export const POLICY_RESOURCES = [
  'AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy', 'AWS::IAM::UserPolicy', 'AWS::IAM::GroupPolicy', 'AWS::SSO::PermissionSet',
];

/** What may hold a list of inline policies. */
export const INLINE_HOLDERS = ['AWS::IAM::Role', 'AWS::IAM::User', 'AWS::IAM::Group'];

/** SAM makes a role for these, out of managed policies, policy templates and inline documents in one list. */
const SAM_HOLDERS = ['AWS::Serverless::Function', 'AWS::Serverless::StateMachine'];

/** Every type of resource that may hold an identity policy. */
export const POLICY_HOLDERS = [...POLICY_RESOURCES, ...INLINE_HOLDERS, ...SAM_HOLDERS];

/** The check holds for every identity policy that the resource holds; without one it does not apply. */
export function everyDocument(resource: ResourceReader, model: Evaluation, check: (policy: Policy) => Truth): Truth {
  if (resource.type === 'AWS::SSO::PermissionSet') return onePolicy(resource.get('InlinePolicy'), check);
  if (resource.type === 'AWS::IAM::ManagedPolicy' && isBoundary(resource, model)) return Truth.skip('it bounds the rights of others, and gives none');
  if (POLICY_RESOURCES.includes(resource.type)) return onePolicy(resource.get('PolicyDocument'), check);
  const inline = resource.get('Policies');
  return applies(inline.isPresent(), 'it holds no inline policy', () => inline.every((item) => {
    if (!SAM_HOLDERS.includes(resource.type)) return check(item.get('PolicyDocument').policy());
    // SAM's list mixes documents with names of managed policies and with policy templates.
    if (!item.isMap) return item.undecided ? item.openTruth() : Truth.YES;
    return item.get('Statement').missing ? Truth.YES : check(item.policy());
  }));
}

/** It is somebody's permissions boundary, and attached to nobody. */
function isBoundary(policy: ResourceReader, model: Evaluation): boolean {
  return ['AWS::IAM::Role', 'AWS::IAM::User'].some((type) => model.referrers(policy, type, 'PermissionsBoundary').length > 0)
    && ['Roles', 'Users', 'Groups'].every((name) => policy.get(name).isPresent().no)
    && INLINE_HOLDERS.every((type) => model.referrers(policy, type, 'ManagedPolicyArns').length === 0);
}

function onePolicy(place: Property, check: (policy: Policy) => Truth): Truth {
  return applies(place.isPresent(), 'it holds no policy document', () => check(place.policy()));
}

/** No statement that allows something answers yes, in any policy of the resource. */
export function noAllow(resource: ResourceReader, model: Evaluation, check: (statement: Statement) => Truth, message: string): Truth {
  return everyDocument(resource, model, (policy) => policy.none('Allow', check, message));
}

/** The resources that hold a policy for a role, a user or a group, by the property that names it. */
const NAMED_IN: Readonly<Record<string, readonly (readonly [type: string, property: string])[]>> = {
  'AWS::IAM::Role': [['AWS::IAM::Policy', 'Roles'], ['AWS::IAM::ManagedPolicy', 'Roles'], ['AWS::IAM::RolePolicy', 'RoleName']],
  'AWS::IAM::User': [['AWS::IAM::Policy', 'Users'], ['AWS::IAM::ManagedPolicy', 'Users'], ['AWS::IAM::UserPolicy', 'UserName']],
  'AWS::IAM::Group': [['AWS::IAM::Policy', 'Groups'], ['AWS::IAM::ManagedPolicy', 'Groups'], ['AWS::IAM::GroupPolicy', 'GroupName']],
};

/** The policies of the templates that a role, a user or a group holds together: inline, attached from either side, and of a user's groups. */
export function documentsOf(principal: ResourceReader, model: Evaluation): Policy[] {
  const inline = principal.get('Policies').list().items.map((item) => item.get('PolicyDocument').policy());
  const attached = NAMED_IN[principal.type].flatMap(([type, property]) => model.referrers(principal, type, property));
  for (const item of principal.get('ManagedPolicyArns').list().items) {
    const policy = item.target();
    if (policy?.type === 'AWS::IAM::ManagedPolicy' && !attached.includes(policy)) attached.push(policy);
  }
  const groups = principal.type === 'AWS::IAM::User' ? principal.get('Groups').list().items.flatMap((item) => item.target() ?? []) : [];
  return [
    ...inline, ...attached.map((policy) => policy.get('PolicyDocument').policy()),
    ...groups.filter((group) => group.type === 'AWS::IAM::Group').flatMap((group) => documentsOf(group, model)),
  ];
}
