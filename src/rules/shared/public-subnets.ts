import { all, any, Evaluation, Property, ResourceReader, Truth } from '../kernel';

/** Whether a subnet is public: it gives out public addresses, or its route table leads to an internet gateway. */
export function isPublicSubnet(subnet: ResourceReader, model: Evaluation): Truth {
  const tables = model.referrers(subnet, 'AWS::EC2::SubnetRouteTableAssociation', 'SubnetId').map((association) => association.get('RouteTableId'));
  return any([
    subnet.get('MapPublicIpOnLaunch').isTrue(),
    // Without an association the VPC's main route table counts: of a VPC made in a template it has no route but the local one.
    tables.length === 0 ? mainRouteTable(subnet) : any(tables.map((table) => leadsOut(table, model))),
  ]).because(`subnet ${subnet.logicalId} is private`);
}

/** Whether one of the subnets that a list names is public. */
export function somePublic(subnets: Property, model: Evaluation): Truth {
  return subnets.some((item) => {
    const subnet = item.target();
    if (subnet?.type !== 'AWS::EC2::Subnet') return unknownSubnet(item);
    return isPublicSubnet(subnet, model);
  });
}

function unknownSubnet(item: Property): Truth {
  return Truth.unknown(`the subnet ${item.scalar ?? 'it names'} is not among the templates given`);
}

function mainRouteTable(subnet: ResourceReader): Truth {
  return subnet.get('VpcId').target()?.type === 'AWS::EC2::VPC'
    ? Truth.no('no route table is associated')
    : Truth.unknown(`the main route table of the VPC of ${subnet.logicalId} is not among the templates given`);
}

function leadsOut(place: Property, model: Evaluation): Truth {
  const table = place.target();
  if (!table) return Truth.unknown('its route table is not among the templates given');
  return any(
    model.referrers(table, 'AWS::EC2::Route', 'RouteTableId').map((route) => all(isDefault(route), toInternetGateway(route.get('GatewayId')))),
    'its route table has no route',
  );
}

/** A route for every address, in either family. */
function isDefault(route: ResourceReader): Truth {
  return any([route.get('DestinationCidrBlock').is('0.0.0.0/0'), route.get('DestinationIpv6CidrBlock').is('::/0')]);
}

function toInternetGateway(gateway: Property): Truth {
  const target = gateway.target();
  return target ? Truth.of(target.type === 'AWS::EC2::InternetGateway', 'the route leads to another kind of gateway') : gateway.startsWith('igw-');
}
