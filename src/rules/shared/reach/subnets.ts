import { Family, isWorldwide, isWorldwideList } from './blocks';
import { Memories } from './memory';
import { all, any, both, Evaluation, Property, ResourceReader, Truth } from '../../kernel';

const SUBNET = 'AWS::EC2::Subnet';
const GATEWAY = 'AWS::EC2::InternetGateway';
export const NO_SUBNET = 'no subnet is named: the default VPC of the account counts';

const routed = new Memories<Truth>();
const reached = { IPv4: new Memories<Truth>(), IPv6: new Memories<Truth>() };
const attachments = new Memories<Truth>();

/** Whether a subnet is public: it gives out public addresses, or its route table leads to an internet gateway. */
export function isPublicSubnet(subnet: ResourceReader, model: Evaluation): Truth {
  return any([subnet.get('MapPublicIpOnLaunch').isTrue(), leadsToInternet(subnet, model)]).because(`subnet ${subnet.logicalId} is private`);
}

/** Whether one of the subnets that a list names is public. */
export function somePublic(subnets: Property, model: Evaluation): Truth {
  return subnets.some((item) => ofSubnet(item, (subnet) => isPublicSubnet(subnet, model)));
}

/** Whether one of the subnets that a list names is reached from the internet, which a public address needs to be of use. */
export function someReached(subnets: Property, model: Evaluation, family: Family): Truth {
  return subnets.some((item) => ofSubnet(item, (subnet) => reachedFromInternet(subnet, model, family)));
}

/** Asks a question of the subnet that is named here. */
export function ofSubnet(item: Property, ask: (subnet: ResourceReader) => Truth): Truth {
  const subnet = item.target();
  return subnet?.type === SUBNET ? ask(subnet) : Truth.unknown(`the subnet ${item.scalar ?? 'it names'} is not among the templates given`);
}

/** The route table of the subnet leads to an internet gateway. */
function leadsToInternet(subnet: ResourceReader, model: Evaluation): Truth {
  return routed.recall(subnet, model, () => someRoute(subnet, model, (route) => all(isWorldwideRoute(route), isInternetGateway(route.get('GatewayId')))));
}

/** The route table of the subnet leads there over a family of addresses, and the gateway is attached, so strangers come in by it. */
function reachedFromInternet(subnet: ResourceReader, model: Evaluation, family: Family): Truth {
  return reached[family].recall(subnet, model, () => someRoute(subnet, model, (route, table) => both(
    all(isWorldwideRoute(route, family), isInternetGateway(route.get('GatewayId'))), () => isAttached(route.get('GatewayId'), table, model),
  )));
}

function someRoute(subnet: ResourceReader, model: Evaluation, ask: (route: ResourceReader, table: ResourceReader) => Truth): Truth {
  const tables = model.referrers(subnet, 'AWS::EC2::SubnetRouteTableAssociation', 'SubnetId').map((association) => association.get('RouteTableId'));
  // Without an association the VPC's main route table counts: of a VPC made in a template it has no route but the local one.
  return tables.length === 0 ? mainRouteTable(subnet) : any(tables.map((place) => {
    const table = place.target();
    if (!table) return Truth.unknown('its route table is not among the templates given');
    return any(model.referrers(table, 'AWS::EC2::Route', 'RouteTableId').map((route) => ask(route, table)), 'its route table has no route');
  }));
}

function mainRouteTable(subnet: ResourceReader): Truth {
  return subnet.get('VpcId').target()?.type === 'AWS::EC2::VPC'
    ? Truth.no('no route table is associated')
    : Truth.unknown(`the main route table of the VPC of ${subnet.logicalId} is not among the templates given`);
}

/** A route for every address, or for a great part of them, in one family or either. */
export function isWorldwideRoute(route: ResourceReader, family?: Family): Truth {
  return any([
    isWorldwide(route.get('DestinationCidrBlock'), 32, family), isWorldwide(route.get('DestinationIpv6CidrBlock'), 128, family),
    isWorldwideList(route.get('DestinationPrefixListId'), family),
  ]);
}

/**
 * The gateway of a route is an internet gateway. NAT gateways, egress-only gateways and others, which strangers cannot come in by, stand in
 * properties of their own.
 */
export function isInternetGateway(gateway: Property): Truth {
  const target = gateway.target();
  return target ? Truth.of(target.type === GATEWAY, `the gateway is an ${target.type}`) : gateway.startsWith('igw-');
}

/** The gateway is attached to a VPC. Where the templates do not make both, somebody else may have attached it. */
function isAttached(place: Property, table: ResourceReader, model: Evaluation): Truth {
  const gateway = place.target();
  if (gateway?.type !== GATEWAY || table.get('VpcId').target()?.type !== 'AWS::EC2::VPC') return Truth.YES;
  return attachments.recall(gateway, model, () => any(
    model.ofType('AWS::EC2::VPCGatewayAttachment').map((attachment) => attachment.get('InternetGatewayId').names(gateway)),
    () => `${gateway.logicalId} is attached to no VPC`,
  ));
}
