import { applies, Policy, Property, ResourceReader, Statement, Truth } from '../kernel';

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
export function everyDocument(resource: ResourceReader, check: (policy: Policy) => Truth): Truth {
  if (resource.type === 'AWS::SSO::PermissionSet') return onePolicy(resource.get('InlinePolicy'), check);
  if (POLICY_RESOURCES.includes(resource.type)) return onePolicy(resource.get('PolicyDocument'), check);
  const inline = resource.get('Policies');
  return applies(inline.isPresent(), 'it holds no inline policy', () => inline.every((item) => {
    if (!SAM_HOLDERS.includes(resource.type)) return check(item.get('PolicyDocument').policy());
    // SAM's list mixes documents with names of managed policies and with policy templates.
    if (!item.isMap) return item.undecided ? item.openTruth() : Truth.YES;
    return item.get('Statement').missing ? Truth.YES : check(item.policy());
  }));
}

function onePolicy(place: Property, check: (policy: Policy) => Truth): Truth {
  return applies(place.isPresent(), 'it holds no policy document', () => check(place.policy()));
}

/** No statement that allows something answers yes, in any policy of the resource. */
export function noAllow(resource: ResourceReader, check: (statement: Statement) => Truth, message: string): Truth {
  return everyDocument(resource, (policy) => policy.none('Allow', check, message));
}
