import { all, any, Evaluation, Property, ResourceReader, Truth } from '../../../src/rules/kernel';

const ROLE = 'AWS::IAM::Role';

/** Policies of AWS that hold nothing of what is asked here: logs, metrics and network interfaces of functions. */
const HARMLESS = /policy\/service-role\/AWSLambda(Basic|VPCAccess)ExecutionRole$|policy\/(CloudWatchLambda\w+|AWSXRay\w+)$/;

function roleAt(place: Property): ResourceReader | undefined {
  const role = place.target();
  return role?.type === ROLE ? role : undefined;
}

/** The role that a place names, when the templates hold it, can be assumed by the service. */
export function roleTrusts(place: Property, service: string): Truth {
  const role = roleAt(place);
  return role ? role.get('AssumeRolePolicyDocument').policy().some('Allow', (statement) => statement.principal().kind('Service', (item) => item.is(service)))
    .because(`${service} cannot assume its role ${role.logicalId}`) : Truth.YES;
}

/** The policies of the role allow the actions on the target; on anything where none is given. */
export function roleAllows(place: Property, model: Evaluation, actions: readonly string[], target?: ResourceReader): Truth {
  const role = roleAt(place);
  if (!role) return Truth.YES;
  const managed = role.get('ManagedPolicyArns').list().items;
  const documents = [
    ...role.get('Policies').list().items.map((policy) => policy.get('PolicyDocument')),
    ...['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'].flatMap((type) => model.referrers(role, type, 'Roles')).map((policy) => policy.get('PolicyDocument')),
    ...model.referrers(role, 'AWS::IAM::RolePolicy', 'RoleName').map((policy) => policy.get('PolicyDocument')),
    ...managed.map((policy) => policy.target()).filter((policy) => policy !== undefined).map((policy) => policy.get('PolicyDocument')),
  ];
  const unseen = managed.filter((policy) => !policy.target() && !HARMLESS.test(policy.parts.map((part) => (typeof part === 'string' ? part : '')).join('')));
  return all(...actions.map((action) => any([
    ...documents.map((document) => document.policy().some('Allow', (statement) => all(
      statement.coversAction(action),
      target ? any([statement.anyResource(), statement.property.get('Resource').names(target)]) : Truth.YES,
    ))),
    ...unseen.map(() => Truth.unknown('a managed policy of AWS may allow it')),
  ]).because(`its role ${role.logicalId} is not allowed to do ${action}${target ? ` on ${target.logicalId}` : ''}`)));
}
