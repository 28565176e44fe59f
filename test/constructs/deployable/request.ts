import { all, any, both, Evaluation, not, Property, ResourceReader, Statement, Truth } from '../../../src/rules/kernel';
import { written } from '../../../src/rules/kernel/names';
import type { Clause } from '../../../src/rules/kernel/policy/condition';
import { overlaps, wildcard } from '../../../src/rules/kernel/policy/wildcard';
import { Resource } from '../../../src/template/model';

/** What a service asks of a resource, as the policy of the resource sees it. */
export interface Request {
  /** Its principal; several where it comes by any of them. */
  readonly service: string | readonly string[];
  readonly actions: readonly string[];
  /** The condition keys that come with it, in lower case, by the texts that each is: one value, written in several ways. */
  readonly keys: Readonly<Record<string, readonly string[]>>;
  /** The resource, as the statement may write it. Left out where every statement is about the one resource, as in key policies. */
  readonly on?: readonly string[];
}

/** The document lets the service do all of it. */
export function admits(document: Property, request: Request): Truth {
  return all(...request.actions.map((action) => document.policy().some('Allow', (statement) => both(isPrincipal(statement, request), () => all(
    statement.coversAction(action), isOn(statement, request), ...statement.conditions().clauses.map((clause) => isMet(clause, request)),
  )))));
}

export function servicesOf({ service }: Request): string {
  return typeof service === 'string' ? service : service.join(' or ');
}

function isPrincipal(statement: Statement, { service }: Request): Truth {
  const { property } = statement.principal();
  const everyone = property.isMap ? property.get('AWS').some((item) => item.is('*')) : property.is('*');
  return any([everyone, property.isMap ? property.get('Service').some((item) => isText(item, typeof service === 'string' ? [service] : service, false)) : Truth.no('it names no service')]);
}

function isOn(statement: Statement, { on }: Request): Truth {
  return on === undefined ? Truth.YES : statement.property.get('Resource').some((item) => isText(item, on, true));
}

function isMet({ operator, quantifier, ifExists, negated, key, values }: Clause, { keys }: Request): Truth {
  const sent = Object.hasOwn(keys, key) ? keys[key] : undefined;
  if (operator === 'null') return values.some((item) => item.is(sent === undefined ? 'true' : 'false'));
  if (key === 'aws:securetransport' || key === 'aws:principalisawsservice') return values.some((item) => item.is('true'));
  if (sent === undefined) return Truth.of(negated || ifExists || quantifier === 'all', `the condition on ${key} leaves the service out, which sends no such key`);
  const found = values.some((item) => isText(item, sent, /like|arn/.test(operator)));
  return negated ? not(found, `the condition on ${key} leaves it out`) : found;
}

/** What stands here is one of the texts, or a pattern that one of them matches. */
export function isText(place: Property, texts: readonly string[], patterns: boolean): Truth {
  const wanted = normal(written(place.seen().value));
  if (wanted === undefined) return place.undecided ? place.openTruth() : Truth.unknown(`${place.path} is known at deployment`);
  const found = texts.map((text) => normal(text)!);
  if (found.some((text) => (patterns ? wildcard(wanted, text) : wanted.toLowerCase() === text.toLowerCase()))) return Truth.YES;
  // A stack of any region may stand in the one that another names.
  const maybe = found.some((text) => overlaps(anywhere(patterns ? wanted : plain(wanted)), anywhere(plain(text))));
  return maybe ? Truth.unknown('the account or the region is known at deployment') : Truth.no(`${place.path} is ${wanted}, expected ${texts.join(' or ')}`);
}

/** There are other partitions; none is tested here. */
function normal(text: string | undefined): string | undefined {
  return text?.replaceAll('${AWS::Partition}', 'aws').replaceAll('${AWS::URLSuffix}', 'amazonaws.com');
}

function plain(text: string): string {
  return text.replace(/[*?]/g, '_');
}

function anywhere(text: string): string {
  return text.replace(/\$\{AWS::\w+\}/g, '*').toLowerCase();
}

/** The account and the region of a resource, as texts. */
export function placeOf({ template }: Resource): { account: string; region: string } {
  return { account: template.context.account ?? '${AWS::AccountId}', region: template.context.region ?? '${AWS::Region}' };
}

/** A resource as a template may write it: its attributes, and the ARN made of a name. */
export function textsOf(reader: ResourceReader, attributes: readonly (string | undefined)[], arn?: (name: string) => string, nameProperty?: string): string[] {
  const { id } = reader.resource;
  const name = nameProperty === undefined ? undefined : written(reader.get(nameProperty).value);
  return [
    ...attributes.map((attribute) => `\${${id}.${attribute ?? ''}}`),
    ...arn ? [arn(`\${${id}.}`), ...name === undefined ? [] : [arn(name)]] : [],
  ];
}

/** The KMS key that a place names, when the templates hold it. */
export function keyAt(place: Property, model: Evaluation): ResourceReader | undefined {
  for (const type of ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey']) {
    const key = model.resourceNamed(place, type);
    if (key) return key;
  }
  const alias = place.target();
  return alias?.type === 'AWS::KMS::Alias' ? keyAt(alias.get('TargetKeyId'), model) : undefined;
}

/** The key that a place names lets a service use it. Keys that the templates do not hold cannot be seen; those of AWS let no service in. */
export function keyAdmits(place: Property, model: Evaluation, request: Request, what: string): Truth {
  if (place.missing) return Truth.YES;
  if (typeof place.scalar === 'string' && /(^|:)alias\/aws\//.test(place.scalar)) return Truth.no(`${what} is under ${place.scalar}, which lets no service in: ${servicesOf(request)} needs a key of one's own`);
  const key = keyAt(place, model);
  return key ? admits(key.get('KeyPolicy'), request).because(`${what} is under the key ${key.logicalId}, whose policy does not let ${servicesOf(request)} do ${request.actions.join(', ')}`) : Truth.YES;
}
