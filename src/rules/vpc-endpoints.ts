import { all, any, applies, not, rule, Statement, Truth } from './kernel';

const ENDPOINT = ['AWS::EC2::VPCEndpoint'];

export const endpointServiceAcceptance = rule({
  id: 'VPC.EndpointServiceAcceptance',
  resourceTypes: ['AWS::EC2::VPCEndpointService'],
  title: 'Connections to an endpoint service are accepted by hand',
  severity: 'medium',
  criteria: { direct: ['CC6.6'], supporting: ['CC6.2'] },
  rationale: 'Without acceptance, whoever has permission connects to the service with nobody looking at the request.',
  remediation: { l2: 'acceptanceRequired: true', cfn: 'AcceptanceRequired: true' },
  sources: ['AWS::EC2::VPCEndpointService, AcceptanceRequired'],
  check: (service) => service.get('AcceptanceRequired').isTrue(),
});

export const endpointServicePrincipals = rule({
  id: 'VPC.EndpointServicePrincipals',
  resourceTypes: ['AWS::EC2::VPCEndpointServicePermissions'],
  title: 'Endpoint service is offered to named principals',
  severity: 'medium',
  criteria: { direct: ['CC6.6'], supporting: ['CC6.1', 'CC6.3'] },
  rationale: 'With an asterisk every AWS account may ask for a connection into the network behind the service.',
  remediation: { l2: 'allowedPrincipals with the accounts of the consumers', cfn: 'AllowedPrincipals with ARNs in place of *' },
  sources: ['AWS::EC2::VPCEndpointServicePermissions, AllowedPrincipals: an asterisk grants permission to all principals'],
  check: (permissions) => not(permissions.get('AllowedPrincipals').some((principal) => any([
    principal.is('*'), Truth.of(/^arn:[^:]*:iam::\*/.test(String(principal.scalar)), 'the principal is named'),
  ])), 'every AWS account may connect to the service'),
});

export const endpointPolicy = rule({
  id: 'VPC.EndpointPolicy',
  resourceTypes: ENDPOINT,
  title: 'Endpoint policy narrows what may be reached through it',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['CC6.1', 'CC6.7'] },
  rationale: 'Without a policy of its own an endpoint carries any request, also to the buckets or queues of strangers, so data can be taken out through it.',
  remediation: { l2: 'endpoint.addToPolicy()', cfn: 'PolicyDocument that names actions, resources or, in a condition, the organization' },
  sources: ['AWS::EC2::VPCEndpoint, PolicyDocument: full access by default; supported for gateway and interface endpoints only'],
  check: (endpoint) => applies(
    not(endpoint.get('VpcEndpointType').oneOf(['GatewayLoadBalancer', 'Resource', 'ServiceNetwork']), 'another kind of endpoint'),
    'endpoints of this kind have no policy',
    () => all(
      endpoint.get('PolicyDocument').isPresent().because('without a policy the endpoint gives full access'),
      endpoint.get('PolicyDocument').policy().none('Allow', allowsEverything, 'a statement allows everyone every action on every resource'),
    ),
  ),
});

function allowsEverything(statement: Statement): Truth {
  return all(
    statement.principal().everyone(), statement.anyAction(), statement.anyResource(),
    statement.property.get('Condition').isAbsent(),
  );
}

export const gatewayEndpoint = rule({
  id: 'VPC.GatewayEndpoint',
  resourceTypes: ['AWS::EC2::VPC'],
  title: 'VPC reaches S3 through an endpoint of its own',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['CC6.6', 'CC6.7'] },
  rationale: 'Through an endpoint, traffic to S3 stays off the internet and can be held to named buckets. Not every network needs S3.',
  remediation: { construct: 'SecureVpc', l2: 'vpc.addGatewayEndpoint()', cfn: 'AWS::EC2::VPCEndpoint with the ServiceName of S3 and the VPC as VpcId' },
  configRule: 'SERVICE_VPC_ENDPOINT_ENABLED',
  sources: ['AWS PrivateLink guide, "Gateway endpoints"'],
  check: (vpc, model) => any(
    model.referrers(vpc, 'AWS::EC2::VPCEndpoint', 'VpcId').map((endpoint) => endpoint.get('ServiceName').endsWith('.s3')), 'no AWS::EC2::VPCEndpoint refers to this VPC',
  ),
});
