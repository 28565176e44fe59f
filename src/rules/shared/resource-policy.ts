import { all, any, Evaluation, not, Property, ResourceReader, Statement, Truth } from '../kernel';

/** No statement of the policy allows everyone without a condition on who calls, unless a denial takes it back. */
export function notPublic(document: Property): Truth {
  return not(document.policy().allowsEveryone(), 'the policy allows everyone, with no condition on who calls');
}

/** No statement of the policy allows "all but" a list of actions or principals. */
export function noNegation(document: Property): Truth {
  return document.policy().none('Allow', (statement) => statement.usesNot('NotAction', 'NotPrincipal'),
    'a statement allows all but a list, with NotAction or NotPrincipal');
}

/** No statement of the policy allows every action of the service. */
export function noWildcardAction(document: Property, service: string): Truth {
  const every = `${service.toLowerCase()}:`;
  return document.policy().none('Allow', (statement) => statement.someAction((action) => isEvery(action, every)), `a statement allows every action, * or ${service}:*`);
}

/** `*`, `*:*`, or the prefix of a service and nothing but wildcards. */
function isEvery(action: string, service: string): boolean {
  if (!action.endsWith('*')) return false;
  return /^\*+(:\*+)?$/.test(action) || (action.startsWith(service) && /^\*+$/.test(action.slice(service.length)));
}

/** Where a policy names the resource it is for. */
export interface Attachment {
  readonly type: string;
  readonly property: string;
}

/** A policy of the resource, by one of the attachments, answers yes. */
export function somePolicy(resource: ResourceReader, model: Evaluation, attachments: readonly Attachment[], check: (document: Property) => Truth): Truth {
  const policies = attachments.flatMap(({ type, property }) => model.referrers(resource, type, property));
  return any(policies.map((policy) => check(policy.get('PolicyDocument'))), `no ${attachments.map(({ type }) => type).join(' or ')} refers to it`);
}

/** A resource of a type names the target. One whose name for it is known only at deployment leaves the answer open. */
export function isNamedBy(target: ResourceReader, model: Evaluation, { type, property }: Attachment): Truth {
  if (model.referrers(target, type, property).length > 0) return Truth.YES;
  const open = model.unclearReferrers(type, property).map((resource) => resource.get(property)).find((place) => place.undecided);
  return open ? open.openTruth() : Truth.no(`no ${type} refers to it`);
}

/** The policy denies everyone each of the actions when the request does not use TLS. `covers` narrows which statements count. */
export function deniesPlainHttp(document: Property, actions: readonly string[], covers: (statement: Statement) => Truth = () => Truth.YES): Truth {
  return all(...actions.map((action) => document.policy().some('Deny', (statement) => all(
    statement.principal().everyone(),
    statement.coversAction(action),
    statement.condition(['Bool', 'BoolIfExists'], 'aws:SecureTransport', false),
    covers(statement),
  )))).because('no statement denies requests when aws:SecureTransport is false');
}
