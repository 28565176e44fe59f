import { awsDefaults } from './aws-defaults';
import { all, any, rule, when } from './kernel';

const SERVER = ['AWS::Transfer::Server'];

export const noFtp = rule({
  id: 'Transfer.NoFtp',
  resourceTypes: SERVER,
  title: 'Server does not speak plain FTP',
  severity: 'high',
  criteria: { direct: ['CC6.7'], supporting: ['CC6.1'] },
  rationale: 'FTP sends passwords and files in the clear, to whoever listens on the path.',
  remediation: { cfn: 'Protocols: [SFTP] or [FTPS], or none' },
  configRule: 'TRANSFER_FAMILY_SERVER_NO_FTP',
  sources: ['AWS::Transfer::Server, Protocols', 'AWS Security Hub Transfer.2'],
  check: (server) => server.get('Protocols').awsDefault(awsDefaults['AWS::Transfer::Server.Protocols'])
    .every((protocol) => protocol.isNot('FTP').because('Protocols has FTP')),
});

export const securityPolicy = rule({
  id: 'Transfer.SecurityPolicy',
  resourceTypes: SERVER,
  title: 'Server offers current algorithms only',
  severity: 'medium',
  criteria: { direct: ['CC6.7'] },
  rationale: 'Policies of 2018 and 2020 keep algorithms for old clients that are no longer held to be safe. CloudFormation still takes the oldest when none is named.',
  remediation: { cfn: 'SecurityPolicyName: TransferSecurityPolicy-2024-01 or a later one' },
  sources: ['AWS Transfer Family user guide, "Security policies for AWS Transfer Family servers": update to the latest'],
  check: (server) => server.get('SecurityPolicyName').awsDefault(awsDefaults['AWS::Transfer::Server.SecurityPolicyName'])
    .matches(/-20(2[2-9]|[3-9]\d)-\d\d$/, 'a policy of 2022 or later'),
});

export const inVpc = rule({
  id: 'Transfer.InVpc',
  resourceTypes: SERVER,
  title: 'Server is behind security groups in a VPC',
  severity: 'medium',
  criteria: { direct: ['CC6.6'] },
  rationale: 'A public endpoint takes connections from any address. In a VPC, with addresses of its own if need be, security groups say whose partners may connect.',
  remediation: { cfn: 'EndpointType: VPC, EndpointDetails: { VpcId, SubnetIds, SecurityGroupIds }' },
  sources: ['AWS::Transfer::Server, EndpointType and EndpointDetails: the default security group of the VPC when none is named'],
  check: (server) => {
    const type = server.get('EndpointType').awsDefault(awsDefaults['AWS::Transfer::Server.EndpointType']);
    // The security groups of an endpoint that exists already are set there.
    return all(type.oneOf(['VPC', 'VPC_ENDPOINT']), when(type.is('VPC'), () => server.get('EndpointDetails.SecurityGroupIds').isPresent()));
  },
});

export const notPublic = rule({
  id: 'Transfer.NotPublic',
  resourceTypes: SERVER,
  title: 'Server has no public endpoint',
  severity: 'low',
  criteria: { direct: ['CC6.6'] },
  rationale: 'A public endpoint takes connections from any address. Transfer.InVpc asks for security groups too; this is for those who ask for the kind of endpoint alone.',
  remediation: { cfn: 'EndpointType: VPC' },
  sources: ['AWS::Transfer::Server, EndpointType'],
  onByDefault: false,
  check: (server) => server.get('EndpointType').awsDefault(awsDefaults['AWS::Transfer::Server.EndpointType']).isNot('PUBLIC'),
});

export const serverLogging = rule({
  id: 'Transfer.ServerLogging',
  resourceTypes: SERVER,
  title: 'Server logs logins and transfers',
  severity: 'medium',
  criteria: { direct: ['CC7.2'], supporting: ['CC7.3', 'PI1.2'] },
  rationale: 'Who logged in, failed to, and took or left which file is told by these logs only.',
  remediation: { cfn: 'StructuredLogDestinations, or LoggingRole' },
  sources: [
    'AWS::Transfer::Server, StructuredLogDestinations and LoggingRole',
    'AWS Transfer Family user guide, "Amazon CloudWatch logging for AWS Transfer Family servers"',
  ],
  check: (server) => any([server.get('StructuredLogDestinations').isPresent(), server.get('LoggingRole').isPresent()])
    .because('neither StructuredLogDestinations nor LoggingRole is set'),
});

export const connectorLogging = rule({
  id: 'Transfer.ConnectorLogging',
  resourceTypes: ['AWS::Transfer::Connector'],
  title: 'Connector logs its transfers',
  severity: 'medium',
  criteria: { direct: ['CC7.2'], supporting: ['PI1.2'] },
  rationale: 'Which file went to which partner, and which did not arrive, is told by these logs only.',
  remediation: { cfn: 'LoggingRole' },
  configRule: 'TRANSFER_CONNECTOR_LOGGING_ENABLED',
  sources: ['AWS::Transfer::Connector, LoggingRole', 'AWS Security Hub Transfer.3'],
  check: (connector) => connector.get('LoggingRole').isPresent(),
});
