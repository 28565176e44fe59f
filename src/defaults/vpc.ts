import { defaults } from './default';

const VPC = 'Amazon VPC user guide';

/** Secure defaults of a VPC. */
export const vpcDefaults = defaults({
  flowLogs: {
    value: true,
    provenBy: ['VPC.FlowLogs'],
    criteria: ['CC6.6', 'CC7.2', 'CC7.3'],
    source: `${VPC}, "Logging IP traffic using VPC Flow Logs"; CIS AWS Foundations 3.7`,
    reason: 'Tells afterwards who talked to whom.',
  },
  restrictDefaultSecurityGroup: {
    value: true,
    provenBy: ['VPC.DefaultSecurityGroupClosed'],
    criteria: ['CC6.1', 'CC6.6'],
    source: `${VPC}, "Default security groups for your VPCs"; CIS AWS Foundations 5.4`,
    reason: 'What is started without a security group gets this one, which otherwise lets its members reach one another and everything outside.',
  },
  gatewayEndpoints: {
    value: ['S3', 'DynamoDB'],
    provenBy: ['VPC.GatewayEndpoint'],
    criteria: ['CC6.6', 'CC6.7'],
    source: 'AWS PrivateLink guide, "Gateway endpoints": at no charge',
    reason: 'Traffic to both stays off the internet, and off the NAT gateways, which bill it.',
  },
  tiers: {
    value: ['public', 'private', 'isolated'],
    provenBy: [],
    criteria: [],
    source: `${VPC}, "Subnets for your VPC"`,
    reason: 'Load balancers, applications that call out, and data each have a network of their own.',
  },
  natGateways: {
    value: 0,
    provenBy: [],
    criteria: [],
    source: `${VPC}, "Pricing for NAT gateways"`,
    reason: 'Each is billed by the hour and by traffic; without one nothing inside can send data out to the internet.',
  },
});

/** Secure defaults of a subnet. */
export const subnetDefaults = defaults({
  mapPublicIpOnLaunch: {
    value: false,
    provenBy: ['VPC.SubnetNoPublicIp'],
    criteria: ['CC6.6'],
    source: `${VPC}, "Modify the IP addressing attributes of your subnet"`,
    reason: 'An instance is put on the internet by decision, not by the place where it stands.',
    cfn: { MapPublicIpOnLaunch: false },
  },
});

/** Secure defaults of a flow log. */
export const flowLogDefaults = defaults({
  trafficType: {
    value: 'ALL',
    provenBy: ['VPC.FlowLogTraffic'],
    criteria: ['CC7.2', 'CC7.3'],
    source: `${VPC}, "Logging IP traffic using VPC Flow Logs"; CIS AWS Foundations 3.7`,
    reason: 'Refused traffic shows an attack, accepted traffic what became of it.',
  },
  maxAggregationSeconds: {
    value: 60,
    provenBy: [],
    criteria: [],
    source: `${VPC}, "Flow log basics": 10 minutes by default`,
    reason: 'Short connections stay apart, and an alarm comes soon.',
    cfn: { MaxAggregationInterval: 60 },
  },
});
