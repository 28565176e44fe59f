import { attachedTo, attachedToStranger, Direction, inlineRules, SECURITY_GROUP, trafficRules, TrafficRules } from './group-rules';
import { CLASSIC, TrafficRule } from './traffic-rule';
import { Evaluation, Property, ResourceReader, Truth } from '../../kernel';

/** A security group as something uses it. */
export interface UsedGroup {
  readonly name: string;
  /** It is the default group of its VPC. */
  readonly isDefault: Truth;
  rules(direction: Direction): TrafficRules;
}

const VPC = 'AWS::EC2::VPC';

/** The rules of a group from before VPCs: where its list stands, and the resources that add to it. */
const CLASSIC_GROUPS: Readonly<Record<string, { readonly list?: string; readonly more: string; readonly by: string }>> = {
  'AWS::RDS::DBSecurityGroup': { list: 'DBSecurityGroupIngress', more: 'AWS::RDS::DBSecurityGroupIngress', by: 'DBSecurityGroupName' },
  'AWS::Redshift::ClusterSecurityGroup': { more: 'AWS::Redshift::ClusterSecurityGroupIngress', by: 'ClusterSecurityGroupName' },
  // Its rules name groups of EC2 only, never addresses.
  'AWS::ElastiCache::SecurityGroup': { more: 'AWS::ElastiCache::SecurityGroupIngress', by: 'CacheSecurityGroupName' },
};

/** The security group that is named here. */
export function groupAt(place: Property, model: Evaluation): UsedGroup {
  const target = place.target();
  if (target?.type === SECURITY_GROUP) {
    return { name: target.logicalId, isDefault: Truth.no('it is a group of its own'), rules: (direction) => trafficRules(target, model, direction) };
  }
  if (target?.type === VPC && place.attribute === 'DefaultSecurityGroup') return defaultGroup(target, model);
  if (target && CLASSIC_GROUPS[target.type]) return classicGroup(target, model);
  const reason = `the security group ${place.scalar ?? 'it names'} is not among the templates given`;
  return {
    name: 'the group', isDefault: Truth.unknown(reason),
    rules: (direction) => ({ items: attachedToStranger(place, model, direction), open: reason }),
  };
}

/** The default group of a VPC. Its own rules let in its members only and let out everything (Amazon VPC user guide, "Default security groups for your VPCs"). */
export function defaultGroup(vpc: ResourceReader | undefined, model: Evaluation): UsedGroup {
  return {
    name: 'the default security group', isDefault: Truth.YES,
    rules: (direction) => (vpc ? { items: attachedTo(vpc, model, direction) } : { items: [], open: 'the default security group of a VPC that is not among the templates given' }),
  };
}

function classicGroup(group: ResourceReader, model: Evaluation): UsedGroup {
  const { list, more, by } = CLASSIC_GROUPS[group.type];
  const rules = (): TrafficRules => {
    const own = list === undefined ? { items: [] } : inlineRules(group.get(list), model, CLASSIC);
    const others = model.referrers(group, more, by).map((rule) => new TrafficRule(model, rule.logicalId, rule.properties(), CLASSIC));
    return { ...own, items: [...own.items, ...others] };
  };
  return { name: group.logicalId, isDefault: Truth.no('it is a group of its own'), rules: (direction) => (direction === 'Ingress' ? rules() : { items: [] }) };
}
