import type { Family } from './blocks';
import { anyPort, at, byEngine, Listens, on } from './ports';
import { awsDefaults } from '../../aws-defaults';
import { all, any, not, ResourceReader, Truth } from '../../kernel';

/** Where a type of resource says how it lies in the network. In paths `[]` stands for every element of a list. */
export interface Placement {
  /** The properties that name security groups. */
  readonly groups: readonly string[];
  /** What is used when none is named. @default the default group of the VPC */
  readonly without?: 'none';
  /** The properties that name subnets. */
  readonly subnets?: readonly string[];
  /** The property that names a subnet group, the type of that, and what the type calls its own name. */
  readonly subnetGroup?: { readonly name: string; readonly type: string; readonly own: string };
  readonly listens: Listens;
  /** For what does not have a group in any case: whether it then lets in everything that it listens for. */
  readonly groupless?: (resource: ResourceReader) => Truth;
  /** The property that gives it a public address: when it is true, or unless it is false. */
  readonly address?: { readonly path: string; readonly is: boolean | string } | { readonly path: string; readonly unless: boolean }
    | ((resource: ResourceReader, family: Family) => Truth);
  /** Whether it lies in a VPC at all, where not every one does. */
  readonly inVpc?: (resource: ResourceReader) => Truth;
  /** The property that names the cluster in which it is an instance: the cluster then says all this. */
  readonly cluster?: { readonly name: string; readonly type: string };
}

const POSTGRES = [/postgres/i, [5432]] as const;
const MYSQL = [/mysql|mariadb|^aurora$/i, [3306]] as const;
const RDS_PORT = at('Port', byEngine('Engine', [
  POSTGRES, MYSQL, [/oracle/i, [1521]], [/sqlserver/i, [1433]], [/db2/i, [50000]], [/neptune/i, [8182]], [/docdb/i, [27017]],
]));
/** A memory cache listens on its port and, where it serves reads apart, on the next one. */
const CACHE_PORTS = byEngine('Engine', [[/redis|valkey/i, [6379]], [/memcached/i, [11211]]]);
const SERVERLESS_CACHE_PORTS = byEngine('Engine', [[/redis|valkey/i, [6379, 6380]], [/memcached/i, [11211, 11212]]]);
const BROKER_PORTS = on(5671, 8162, 8883, 61614, 61617, 61619);
const KAFKA_PORTS = on(9092, 9094, 9096, 9098, 9194, 9196, 9198, 2181, 2182);
const FILE_PORTS = byEngine('FileSystemType', [
  [/^windows$/i, [445, 135, 5985]], [/^lustre$/i, [988, ...Array.from({ length: 6 }, (_, more) => 1018 + more)]], [/^openzfs$/i, [2049, 111]],
  [/^ontap$/i, [2049, 445, 111, 22, 443, 3260]],
]);
const PUBLIC_IF_TRUE = { path: 'PubliclyAccessible', is: true } as const;

const given = (path: string) => (resource: ResourceReader) => resource.get(path).isPresent();

/** The stores of data that have security groups, by type. */
export const DATA_STORES: Readonly<Record<string, Placement>> = {
  'AWS::RDS::DBInstance': {
    groups: ['VPCSecurityGroups', 'DBSecurityGroups'],
    subnetGroup: { name: 'DBSubnetGroupName', type: 'AWS::RDS::DBSubnetGroup', own: 'DBSubnetGroupName' },
    listens: RDS_PORT,
    address: PUBLIC_IF_TRUE,
    cluster: { name: 'DBClusterIdentifier', type: 'AWS::RDS::DBCluster' },
  },
  'AWS::RDS::DBCluster': {
    groups: ['VpcSecurityGroupIds'],
    subnetGroup: { name: 'DBSubnetGroupName', type: 'AWS::RDS::DBSubnetGroup', own: 'DBSubnetGroupName' },
    listens: RDS_PORT,
    address: PUBLIC_IF_TRUE,
  },
  'AWS::DocDB::DBCluster': {
    groups: ['VpcSecurityGroupIds'],
    subnetGroup: { name: 'DBSubnetGroupName', type: 'AWS::DocDB::DBSubnetGroup', own: 'DBSubnetGroupName' },
    listens: at('Port', on(27017)),
  },
  'AWS::DocDBElastic::Cluster': { groups: ['VpcSecurityGroupIds'], subnets: ['SubnetIds'], listens: on(27017) },
  'AWS::Neptune::DBCluster': {
    groups: ['VpcSecurityGroupIds'],
    subnetGroup: { name: 'DBSubnetGroupName', type: 'AWS::Neptune::DBSubnetGroup', own: 'DBSubnetGroupName' },
    listens: at('DBPort', at('Port', on(8182))),
  },
  'AWS::Neptune::DBInstance': {
    groups: [], listens: on(8182), address: PUBLIC_IF_TRUE, cluster: { name: 'DBClusterIdentifier', type: 'AWS::Neptune::DBCluster' },
  },
  'AWS::Redshift::Cluster': {
    groups: ['VpcSecurityGroupIds', 'ClusterSecurityGroups'],
    subnetGroup: { name: 'ClusterSubnetGroupName', type: 'AWS::Redshift::ClusterSubnetGroup', own: '' },
    listens: at('Port', on(5439)),
    address: PUBLIC_IF_TRUE,
  },
  'AWS::RedshiftServerless::Workgroup': { groups: ['SecurityGroupIds'], subnets: ['SubnetIds'], listens: at('Port', on(5439)), address: PUBLIC_IF_TRUE },
  'AWS::ElastiCache::CacheCluster': {
    groups: ['VpcSecurityGroupIds', 'CacheSecurityGroupNames'],
    subnetGroup: { name: 'CacheSubnetGroupName', type: 'AWS::ElastiCache::SubnetGroup', own: 'CacheSubnetGroupName' },
    listens: at('Port', CACHE_PORTS),
  },
  'AWS::ElastiCache::ReplicationGroup': {
    groups: ['SecurityGroupIds', 'CacheSecurityGroupNames'],
    subnetGroup: { name: 'CacheSubnetGroupName', type: 'AWS::ElastiCache::SubnetGroup', own: 'CacheSubnetGroupName' },
    listens: at('Port', on(6379)),
  },
  'AWS::ElastiCache::ServerlessCache': { groups: ['SecurityGroupIds'], subnets: ['SubnetIds'], listens: SERVERLESS_CACHE_PORTS },
  'AWS::MemoryDB::Cluster': {
    groups: ['SecurityGroupIds'],
    subnetGroup: { name: 'SubnetGroupName', type: 'AWS::MemoryDB::SubnetGroup', own: 'SubnetGroupName' },
    listens: at('Port', on(6379)),
  },
  'AWS::DAX::Cluster': {
    groups: ['SecurityGroupIds'],
    subnetGroup: { name: 'SubnetGroupName', type: 'AWS::DAX::SubnetGroup', own: 'SubnetGroupName' },
    listens: on(8111, 9111),
  },
  'AWS::OpenSearchService::Domain': {
    groups: ['VPCOptions.SecurityGroupIds'], subnets: ['VPCOptions.SubnetIds'], listens: on(443, 80), inVpc: given('VPCOptions'),
  },
  'AWS::Elasticsearch::Domain': {
    groups: ['VPCOptions.SecurityGroupIds'], subnets: ['VPCOptions.SubnetIds'], listens: on(443, 80), inVpc: given('VPCOptions'),
  },
  'AWS::MSK::Cluster': {
    groups: ['BrokerNodeGroupInfo.SecurityGroups'],
    subnets: ['BrokerNodeGroupInfo.ClientSubnets'],
    listens: KAFKA_PORTS,
    address: { path: 'BrokerNodeGroupInfo.ConnectivityInfo.PublicAccess.Type', is: 'SERVICE_PROVIDED_EIPS' },
  },
  'AWS::MSK::ServerlessCluster': { groups: ['VpcConfigs[].SecurityGroups'], subnets: ['VpcConfigs[].SubnetIds'], listens: on(9098) },
  'AWS::AmazonMQ::Broker': { groups: ['SecurityGroups'], subnets: ['SubnetIds'], listens: BROKER_PORTS, address: PUBLIC_IF_TRUE },
  'AWS::EFS::MountTarget': { groups: ['SecurityGroups'], subnets: ['SubnetId'], listens: on(2049) },
  'AWS::FSx::FileSystem': { groups: ['SecurityGroupIds'], subnets: ['SubnetIds'], listens: FILE_PORTS },
  'AWS::DMS::ReplicationInstance': {
    groups: ['VpcSecurityGroupIds'],
    subnetGroup: { name: 'ReplicationSubnetGroupIdentifier', type: 'AWS::DMS::ReplicationSubnetGroup', own: 'ReplicationSubnetGroupIdentifier' },
    listens: anyPort,
    address: { path: 'PubliclyAccessible', unless: false },
  },
  'AWS::Timestream::InfluxDBInstance': {
    groups: ['VpcSecurityGroupIds'], subnets: ['VpcSubnetIds'], listens: at('Port', on(8086)), address: PUBLIC_IF_TRUE,
  },
  'AWS::EMR::Cluster': {
    groups: ['Master', 'Slave'].flatMap((role) => [`Instances.EmrManaged${role}SecurityGroup`, `Instances.Additional${role}SecurityGroups`]),
    without: 'none',
    subnets: ['Instances.Ec2SubnetId', 'Instances.Ec2SubnetIds'],
    listens: anyPort,
  },
};

/** A load balancer has public addresses unless it is internal; which families they are of, it says apart. */
function balancerAddress(balancer: ResourceReader, family: Family): Truth {
  const scheme = balancer.get('Scheme').awsDefault(awsDefaults[balancer.type === CLASSIC ? `${CLASSIC}.Scheme` : 'AWS::ElasticLoadBalancingV2::LoadBalancer.Scheme']);
  const families = balancer.get('IpAddressType');
  return all(not(scheme.is('internal'), 'it is internal'), family === 'IPv4'
    ? not(families.is('dualstack-without-public-ipv4'), 'its addresses of IPv4 are private')
    : families.matches(/^dualstack/, 'a type with IPv6'));
}

const CLASSIC = 'AWS::ElasticLoadBalancing::LoadBalancer';

/** What else has security groups: AWS gives each of these the default group of its VPC when it names none, unless said otherwise. */
export const OTHERS: Readonly<Record<string, Placement>> = {
  'AWS::EC2::NetworkInterface': { groups: ['GroupSet'], subnets: ['SubnetId'], listens: anyPort },
  'AWS::EC2::VPCEndpoint': {
    groups: ['SecurityGroupIds'], subnets: ['SubnetIds'], listens: anyPort, inVpc: (endpoint) => endpoint.get('VpcEndpointType').is('Interface'),
  },
  'AWS::ElasticLoadBalancingV2::LoadBalancer': {
    groups: ['SecurityGroups'],
    subnets: ['Subnets', 'SubnetMappings[].SubnetId'],
    listens: anyPort,
    address: balancerAddress,
    groupless: (balancer) => balancer.get('Type').is('network'),
    // The other kinds of load balancers have no group unless they name one.
    inVpc: (balancer) => any([balancer.get('Type').isAbsent(), balancer.get('Type').is('application'), balancer.get('SecurityGroups').isPresent()]),
  },
  [CLASSIC]: { groups: ['SecurityGroups'], subnets: ['Subnets'], listens: anyPort, address: balancerAddress, inVpc: given('Subnets') },
  'AWS::ECS::Service': {
    groups: ['NetworkConfiguration.AwsvpcConfiguration.SecurityGroups'],
    subnets: ['NetworkConfiguration.AwsvpcConfiguration.Subnets'],
    listens: anyPort,
    inVpc: given('NetworkConfiguration.AwsvpcConfiguration'),
  },
  'AWS::Lambda::Function': {
    groups: ['VpcConfig.SecurityGroupIds'], without: 'none', subnets: ['VpcConfig.SubnetIds'], listens: anyPort, inVpc: given('VpcConfig.SubnetIds'),
  },
};
