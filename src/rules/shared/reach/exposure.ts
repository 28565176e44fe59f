import { FAMILIES, Family } from './blocks';
import { TrafficRules } from './group-rules';
import { Memories } from './memory';
import { anyPort, opensPort, Ports } from './ports';
import { Position, positionsOf } from './position';
import { NO_SUBNET, somePublic, someReached } from './subnets';
import type { TrafficRule } from './traffic-rule';
import { defaultGroup, groupAt, UsedGroup } from './used-groups';
import { all, any, both, Evaluation, not, ResourceReader, Truth } from '../../kernel';

/** The groups that a resource uses. `open` says why there may be more. */
export interface UsedGroups { readonly items: readonly UsedGroup[]; readonly open?: string }

const groups = new Memories<UsedGroups>();

/** The security groups that a resource uses there: those that it names, or else the default one of its VPC, where AWS then takes that. */
function usedGroups(position: Position, model: Evaluation): UsedGroups {
  return groups.recall(position, model, () => {
    const items: UsedGroup[] = [];
    let open = position.groupsOpen;
    for (const place of position.groups) {
      const list = place.seen().list();
      items.push(...list.items.map((item) => groupAt(item, model)));
      open ??= list.open;
    }
    if (items.length === 0 && open === undefined && position.withDefaultGroup) items.push(defaultGroup(vpcOf(position), model));
    return { items, open };
  });
}

function vpcOf({ subject, subnets }: Position): ResourceReader | undefined {
  const subnet = subnets[0]?.list().items[0]?.target();
  const vpc = (subnet ?? subject).get('VpcId').target();
  return vpc?.type === 'AWS::EC2::VPC' ? vpc : undefined;
}

/** No security group of the resource lets the internet in on one of its ports. */
export function groupsClosed(resource: ResourceReader, model: Evaluation): Truth {
  return all(...positionsOf(resource, model).map((position) => closedAt(position, model, position.ports ?? anyPort(resource))));
}

function closedAt(position: Position, model: Evaluation, ports: Ports, family?: Family): Truth {
  const { items, open } = usedGroups(position, model);
  return all(
    ...items.flatMap((group) => {
      const { items: rules, open: more } = group.rules('Ingress');
      return [
        ...rules.map((rule) => not(
          both(family === undefined ? rule.worldwide() : rule.worldwideOver(family), () => opensPort(rule, ports, position.subject)),
          () => `${nameIn(group, rule)} lets the internet reach ${rule.opens}`,
        )),
        ...more === undefined ? [] : [Truth.unknown(more)],
      ];
    }),
    ...open === undefined ? [] : [Truth.unknown(open)],
    ...items.length === 0 && open === undefined && position.groupless && ports.numbers.length
      ? [not(position.groupless, () => `without a security group the internet reaches port ${ports.numbers.join(' and ')}`)] : [],
  );
}

/** A rule that stands in the group has its name in its own. */
function nameIn(group: UsedGroup, rule: TrafficRule): string {
  return rule.name.startsWith(`${group.name}.`) ? rule.name : `${group.name}: ${rule.name}`;
}

/** The internet cannot reach a port of the resource: over each family of addresses no group lets it in, or there is no public address, or no route. */
export function outOfReach(resource: ResourceReader, model: Evaluation, ports?: Ports): Truth {
  return all(...positionsOf(resource, model).flatMap((position) => {
    const asked = ports ?? position.ports ?? anyPort(resource);
    // Most groups are closed to both.
    const closed = closedAt(position, model, asked);
    return closed.yes ? closed : FAMILIES.map((family) => outOfReachOver(family, position, model, asked));
  }));
}

function outOfReachOver(family: Family, position: Position, model: Evaluation, ports: Ports): Truth {
  const closed = closedAt(position, model, ports, family);
  if (closed.yes) return closed;
  const subnets = position.subnets.map((place) => someReached(place, model, family));
  return any([
    closed,
    not(position.address(family), family === 'IPv4' ? 'it has a public address' : 'it has an IPv6 address'),
    not(subnets.length ? any(subnets) : Truth.unknown(position.subnetsOpen ?? NO_SUBNET), 'a route leads from the internet to its subnet'),
  ]);
}

/** A subnet of the resource is public. */
export function inPublicSubnet(resource: ResourceReader, model: Evaluation): Truth {
  return any(positionsOf(resource, model).map(({ subnets, subnetsOpen }) =>
    (subnets.length ? any(subnets.map((place) => somePublic(place, model))) : Truth.unknown(subnetsOpen ?? NO_SUBNET))));
}

/** A security group of the resource answers yes. */
function someGroup(resource: ResourceReader, model: Evaluation, ask: (group: UsedGroup) => Truth): Truth {
  return any(positionsOf(resource, model).flatMap((position) => {
    const { items, open } = usedGroups(position, model);
    return [...items.map(ask), ...open === undefined ? [] : [Truth.unknown(open)]];
  }), 'it has no security group');
}

/** A security group of the resource is the default one of its VPC. */
export function usesDefaultGroup(resource: ResourceReader, model: Evaluation): Truth {
  return someGroup(resource, model, (group) => group.isDefault);
}

/** Some security group of the resource lets everything out. */
export function letsEverythingOut(resource: ResourceReader, model: Evaluation): Truth {
  return someGroup(resource, model, (group) => (group.isDefault.yes ? group.isDefault : everythingOut(group.rules('Egress'))));
}

/** Where a group has no rule for outbound traffic, AWS adds one that allows all of it (AWS::EC2::SecurityGroup, SecurityGroupEgress). */
function everythingOut({ items, open }: TrafficRules): Truth {
  if (items.length === 0 && open === undefined) return Truth.YES;
  return any([...items.map((rule) => all(rule.worldwide(), rule.coversAll())), ...open === undefined ? [] : [Truth.unknown(open)]]);
}
