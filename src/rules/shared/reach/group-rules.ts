import { sameExpression } from './expressions';
import { Memories } from './memory';
import { FLEET, Keys, TrafficRule } from './traffic-rule';
import { own } from '../../../template/json';
import { Resource, Unit } from '../../../template/model';
import { all, Evaluation, not, Property, ResourceReader, shortPath, Truth } from '../../kernel';

export type Direction = 'Ingress' | 'Egress';

/** The rules of a security group, in whichever of the spellings they come. `open` says why there may be more. */
export interface TrafficRules {
  readonly items: readonly TrafficRule[];
  readonly open?: string;
}

export const SECURITY_GROUP = 'AWS::EC2::SecurityGroup';

const memories = { Ingress: new Memories<TrafficRules>(), Egress: new Memories<TrafficRules>() };

/**
 * The rules that a resource states: those written in an `AWS::EC2::SecurityGroup`, those of `AWS::EC2::SecurityGroupIngress` and
 * `…Egress` resources that name the group, and such a resource by itself.
 */
export function trafficRules(resource: ResourceReader, model: Evaluation, direction: Direction): TrafficRules {
  return memories[direction].recall(resource, model, () => {
    if (resource.type === 'AWS::GameLift::Fleet') return inlineRules(resource.get('EC2InboundPermissions'), model, FLEET);
    if (resource.type !== SECURITY_GROUP) return { items: [new TrafficRule(model, 'the rule', resource.properties())] };
    const stated = inlineRules(resource.get(`SecurityGroup${direction}`), model);
    return { items: [...stated.items, ...attachedTo(resource, model, direction)], open: stated.open };
  });
}

export function inlineRules(list: Property, model: Evaluation, keys?: Keys): TrafficRules {
  list.seen();
  const { items, open } = list.list();
  return { items: items.map((item) => new TrafficRule(model, shortPath(item.path), item, keys)), open };
}

/** The rules in resources of their own that name a group of the templates, or the VPC whose default group they are for. */
export function attachedTo(owner: ResourceReader, model: Evaluation, direction: Direction): TrafficRule[] {
  return rulesApart(owner, model, direction).map((rule) => ruleAlone(rule, model));
}

/** The resources with those rules. */
export function rulesApart(owner: ResourceReader, model: Evaluation, direction: Direction): readonly ResourceReader[] {
  return apart[direction].recall(owner, model, () => {
    const type = `AWS::EC2::SecurityGroup${direction}`;
    const found = model.referrers(owner, type, 'GroupId');
    // Hardly any rule gives the name of its group.
    if (!groupNames(model.unit, type).given) return found;
    const others = owner.type === SECURITY_GROUP ? ofSameName(owner, type, model) : [];
    return [...new Set([...found, ...model.referrers(owner, type, 'GroupName'), ...others])];
  });
}

const apart = { Ingress: new Memories<readonly ResourceReader[]>(), Egress: new Memories<readonly ResourceReader[]>() };

/** The group of the templates that a rule in a resource of its own is for, which is the group that has the rule among those apart. */
export function groupOf(rule: ResourceReader, model: Evaluation): ResourceReader | undefined {
  return APART.includes(rule.type)
    ? groupsOfRules.recall(rule, model, () => groupNamed(rule.get('GroupId'), model) ?? groupNamed(rule.get('GroupName'), model) ?? ofSameName(rule, SECURITY_GROUP, model)[0])
    : undefined;
}

/** What is deployed apart does not see the rule. */
function groupNamed(place: Property, model: Evaluation): ResourceReader | undefined {
  const group = place.missing ? undefined : model.resourceNamed(place, SECURITY_GROUP);
  return group?.resource.template.unit === model.unit ? group : undefined;
}

const APART = ['AWS::EC2::SecurityGroupIngress', 'AWS::EC2::SecurityGroupEgress'];
const groupsOfRules = new Memories<ResourceReader | undefined>();

/** A name may be written out twice, with no reference from one place to the other. */
function ofSameName(one: ResourceReader, type: string, model: Evaluation): ResourceReader[] {
  const name = one.get('GroupName');
  if (name.missing) return [];
  const { texts, others } = groupNames(model.unit, type);
  return [...texts.get(String(name.scalar)) ?? [], ...others].filter((other) => model.exists(other)).map((other) => model.reader(other))
    .filter((other) => sameExpression(other.get('GroupName'), name));
}

/** The resources of a type that give a name of a group: by the text, where it is one, and those of which the name has to be worked out. */
interface GroupNames { readonly given: boolean; readonly texts: ReadonlyMap<string, readonly Resource[]>; readonly others: readonly Resource[] }

const namesByUnit = new WeakMap<Unit, Map<string, GroupNames>>();

function groupNames(unit: Unit, type: string): GroupNames {
  let types = namesByUnit.get(unit);
  if (!types) namesByUnit.set(unit, types = new Map());
  let found = types.get(type);
  if (!found) {
    const texts = new Map<string, Resource[]>();
    const others: Resource[] = [];
    for (const resource of unit.ofType(type)) {
      const name = resource.properties && own(resource.properties, 'GroupName');
      if (typeof name !== 'string') {
        if (name !== undefined) others.push(resource);
        continue;
      }
      const list = texts.get(name);
      if (list) list.push(resource);
      else texts.set(name, [resource]);
    }
    types.set(type, found = { given: texts.size + others.length > 0, texts, others });
  }
  return found;
}

/** The rules in resources of their own for a group that the templates name but do not define. */
export function attachedToStranger(group: Property, model: Evaluation, direction: Direction): TrafficRule[] {
  return model.ofType(`AWS::EC2::SecurityGroup${direction}`).filter((rule) => sameExpression(rule.get('GroupId'), group)).map((rule) => ruleAlone(rule, model));
}

function ruleAlone(rule: ResourceReader, model: Evaluation): TrafficRule {
  const { template } = rule.resource;
  return new TrafficRule(model, template === model.subject.template ? rule.logicalId : `${rule.logicalId} in ${template.path}`, rule.properties());
}

/** No rule answers yes. `says` completes the sentence that begins with the rule's name. */
export function noRule({ items, open }: TrafficRules, bad: (rule: TrafficRule) => Truth, says: (rule: TrafficRule) => string): Truth {
  const unknown = open === undefined ? Truth.YES : Truth.unknown(`the rules: ${open}`);
  if (items.length === 0) return unknown;
  const truths = items.map((rule) => {
    const found = bad(rule);
    return found.no ? Truth.YES : not(found, () => `${rule.name} ${says(rule)}`);
  });
  return all(...truths, unknown);
}
