import type { AwsDefault } from '../kernel';

export const network = {
  'AWS::EC2::NetworkAclEntry.Egress': { value: false, source: 'AWS::EC2::NetworkAclEntry, Egress', read: '2026-11' },
  'AWS::EC2::Subnet.MapPublicIpOnLaunch': { value: false, source: 'AWS::EC2::Subnet, MapPublicIpOnLaunch', read: '2026-11' },
  'AWS::ElasticLoadBalancing::LoadBalancer.Scheme': { value: 'internet-facing', source: 'Elastic Load Balancing API reference, CreateLoadBalancer (2012-06-01), Scheme', read: '2026-11' },
  'AWS::EC2::TransitGateway.AutoAcceptSharedAttachments': { value: 'disable', source: 'AWS::EC2::TransitGateway, AutoAcceptSharedAttachments', read: '2026-11' },
} as const satisfies Readonly<Record<string, AwsDefault>>;
