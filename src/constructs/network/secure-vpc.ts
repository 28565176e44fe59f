import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { GivenBucket } from './flow-log-destination';
import { needsPublicAddresses, vpcHardening } from './vpc-hardening';
import { isOff } from '../../declarations/declare';
import { OptOut } from '../../declarations/opt-out';
import { flowLogDefaults, subnetDefaults, vpcDefaults as d } from '../../defaults/vpc';
import { hardened } from '../support/hardening';
import { uphold, Upholding } from '../support/uphold';

/** Properties of a `SecureVpc`. Those of `ec2.Vpc` keep their meaning; where they are left out, the secure default stands. */
export interface SecureVpcProps extends ec2.VpcProps {
  /**
   * Claims that are given up, each with a reason.
   *
   * @default - none
   */
  readonly optOuts?: OptOut[];
  /**
   * Where the flow logs go that have no destination of their own: cheaper than a log group for a busy network, and not for alarms.
   *
   * @default - a `SecureLogGroup` for each
   */
  readonly flowLogBucket?: s3.IBucket;
  /**
   * Services that are reached without the internet, each by an interface endpoint in every zone. Billed: about 7.30 USD a month for each service and
   * zone, and traffic.
   *
   * @default - none
   */
  readonly interfaceEndpoints?: ec2.InterfaceVpcEndpointAwsService[];
}

const { S3, DYNAMODB } = ec2.GatewayVpcEndpointAwsService;
const { PUBLIC, PRIVATE_WITH_EGRESS, PRIVATE_ISOLATED } = ec2.SubnetType;

/**
 * A VPC with public, private and isolated subnets that give out no public addresses, a closed default security group, a log of all traffic, and
 * endpoints for S3 and DynamoDB.
 *
 * Nothing inside reaches the internet unless `natGateways` says so, because each is billed by the hour and by traffic: the addresses of the private
 * tier are kept free, and its subnets are made as soon as there is a NAT gateway.
 *
 * Supports CC6.1, CC6.6, CC6.7, CC7.2 and CC7.3. Billed: ingestion and storage of flow logs, and the shared key of logs (1 USD a month for the stack);
 * NAT gateways (about 33 USD a month each, and traffic) and interface endpoints on request only.
 */
export class SecureVpc extends ec2.Vpc {
  /** @throws Error when a property weakens a claim without an opt-out, e.g. `restrictDefaultSecurityGroup: false`. */
  constructor(scope: Construct, id: string, props: SecureVpcProps = {}) {
    const given = withDestination({
      ...props,
      natGateways: props.natGateways ?? (asksForNat(props) ? undefined : d.natGateways.value),
      subnetConfiguration: props.subnetConfiguration ?? tiers(props),
      gatewayEndpoints: props.gatewayEndpoints ?? { S3: { service: S3 }, DynamoDb: { service: DYNAMODB } },
    }, props.flowLogBucket);
    const secure = hardened(vpcHardening, scope, id, given);
    super(scope, id, secure);
    for (const service of props.interfaceEndpoints ?? []) this.addInterfaceEndpoint(service.shortName, { service });
    const toS3 = Object.values(given.gatewayEndpoints!).some(({ service }) => service.name.endsWith('.s3'));
    uphold(this, 'SecureVpc', props.optOuts, [
      {
        resource: this.node.defaultChild as ec2.CfnVPC,
        upheld: [
          { by: d.flowLogs, weakened: Object.keys(secure.flowLogs!).length === 0 && 'flowLogs: {}' },
          { by: d.restrictDefaultSecurityGroup, weakened: isOff(props.restrictDefaultSecurityGroup) && 'restrictDefaultSecurityGroup: false' },
          { by: d.gatewayEndpoints, weakened: !toS3 && 'gatewayEndpoints without S3' },
        ],
      },
      ...this.flowLogClaims(secure),
      ...this.publicSubnetClaims(secure),
    ]);
  }

  /**
   * Adds a gateway endpoint.
   *
   * @throws Error when there is one for the service already: the route tables hold one route to a service.
   */
  public addGatewayEndpoint(id: string, options: ec2.GatewayVpcEndpointOptions): ec2.GatewayVpcEndpoint {
    if (this.gatewaysTo(options.service.name).length > 0 && !options.subnets) {
      throw new Error(`SecureVpc at ${this.node.path}: addGatewayEndpoint('${id}') is the second for its service, and route tables hold one route to it; leave it out, or give gatewayEndpoints`);
    }
    return super.addGatewayEndpoint(id, options);
  }

  /** Adds an interface endpoint. For a service that has a gateway as well, EC2 gives out private names only once the gateway is there. */
  public addInterfaceEndpoint(id: string, options: ec2.InterfaceVpcEndpointOptions): ec2.InterfaceVpcEndpoint {
    const endpoint = super.addInterfaceEndpoint(id, options);
    endpoint.node.addDependency(...this.gatewaysTo(options.service.name));
    return endpoint;
  }

  private gatewaysTo(service: string): ec2.GatewayVpcEndpoint[] {
    // One name of a service holds the region of the stack, another what stands for it.
    const name = (of: string): string | undefined => /[^.]*$/.exec(JSON.stringify(this.stack.resolve(of)).replace(/["\]}]+$/, ''))?.[0];
    return this.node.children.filter((child): child is ec2.GatewayVpcEndpoint => child instanceof ec2.GatewayVpcEndpoint
      && name((child.node.defaultChild as ec2.CfnVPCEndpoint).serviceName!) === name(service));
  }

  private flowLogClaims({ flowLogs = {} }: ec2.VpcProps): Upholding[] {
    return Object.entries(flowLogs).map(([id, { trafficType }]) => ({
      resource: this.node.findChild(id).node.findAll().find((child): child is ec2.CfnFlowLog => ec2.CfnFlowLog.isCfnFlowLog(child))!,
      upheld: [{ by: flowLogDefaults.trafficType, weakened: trafficType === ec2.FlowLogTrafficType.ACCEPT && 'trafficType: ACCEPT' }],
    }));
  }

  private publicSubnetClaims(secure: ec2.VpcProps): Upholding[] {
    const says = needsPublicAddresses(secure) ? 'natGatewayProvider of instances, which get their addresses by' : 'subnetConfiguration with';
    return this.publicSubnets.map((subnet) => {
      const resource = subnet.node.findChild('Subnet') as ec2.CfnSubnet;
      return { resource, upheld: [{ by: subnetDefaults.mapPublicIpOnLaunch, weakened: resource.mapPublicIpOnLaunch === true && `${says} mapPublicIpOnLaunch: true` }] };
    });
  }
}

function asksForNat({ natGatewayProvider, subnetConfiguration = [] }: ec2.VpcProps): boolean {
  return natGatewayProvider !== undefined || subnetConfiguration.some(({ subnetType, reserved }) => /private/i.test(subnetType) && !reserved);
}

/** Three tiers. Without NAT gateways the private one is kept free, so that the addresses of the others stay when there are some later. */
function tiers(props: ec2.VpcProps): ec2.SubnetConfiguration[] {
  const nat = props.natGateways === undefined ? asksForNat(props) : props.natGateways > 0;
  return [
    { name: 'Public', subnetType: PUBLIC },
    { name: 'Private', subnetType: PRIVATE_WITH_EGRESS, reserved: !nat },
    { name: 'Isolated', subnetType: PRIVATE_ISOLATED },
  ];
}

function withDestination(props: ec2.VpcProps, bucket: s3.IBucket | undefined): ec2.VpcProps {
  if (!bucket) return props;
  const logs = Object.entries(props.flowLogs ?? { all: {} });
  return { ...props, flowLogs: Object.fromEntries(logs.map(([id, log]) => [id, { ...log, destination: log.destination ?? new GivenBucket(bucket) }])) };
}
