import { ifProd, P, presence, setting, subject } from './cases';
import { fail, pass, unknown, verdicts } from './verdicts';
import { connectorLogging, inVpc, noFtp, notPublic, securityPolicy, serverLogging } from '../../src/rules/transfer';

const server = subject('AWS::Transfer::Server');
const speaks = (Protocols: unknown) => server({ Protocols });

verdicts(noFtp, {
  pass: { 'SFTP': speaks(['SFTP']), 'absent: SFTP': server(), 'FTPS and AS2': speaks(['FTPS', 'AS2']) },
  fail: { 'FTP': speaks(['FTP']), 'FTP among others': speaks(['SFTP', 'FTP']) },
  unknown: { 'by parameter': speaks(['SFTP', P]), 'all by parameter': speaks(P) },
  trap: { 'FTP in one branch': fail(speaks(['SFTP', ifProd('FTPS', 'FTP')]), { message: /IsProd is false/ }), 'as one value': fail(speaks('FTP')) },
});
verdicts(securityPolicy, setting(server, 'SecurityPolicyName', {
  good: 'TransferSecurityPolicy-2024-01',
  bad: 'TransferSecurityPolicy-2020-06',
  pass: Object.fromEntries(['2022-03', 'FIPS-2025-03', 'SshAuditCompliant-2025-02', 'Restricted-2024-06', 'AS2Restricted-2030-01'].map((name) => [name, server({ SecurityPolicyName: `TransferSecurityPolicy-${name}` })])),
  fail: Object.fromEntries(['2018-11', 'Restricted-2018-11', 'FIPS-2020-06'].map((name) => [name, server({ SecurityPolicyName: `TransferSecurityPolicy-${name}` })])),
  trap: { 'absent: CloudFormation takes the oldest': fail(server(), { message: /TransferSecurityPolicy-2018-11/ }) },
}));
const endpoint = (EndpointDetails: object, EndpointType: unknown = 'VPC') => server({ EndpointType, EndpointDetails });
const SecurityGroupIds = ['sg-1'];
verdicts(inVpc, {
  pass: { 'with security groups': endpoint({ SecurityGroupIds }), 'an endpoint that exists': endpoint({ VpcEndpointId: 'vpce-1' }, 'VPC_ENDPOINT') },
  fail: { 'absent: public': server(), 'public': server({ EndpointType: 'PUBLIC' }), 'the default security group': endpoint({ SubnetIds: ['subnet-1'] }) },
  unknown: { 'by parameter': endpoint({ SecurityGroupIds }, P) },
  trap: {
    'by parameter, without security groups': unknown(endpoint({}, P)),
    'details of a public endpoint': fail(endpoint({ SecurityGroupIds }, 'PUBLIC')),
    'with addresses of its own': pass(endpoint({ SecurityGroupIds, AddressAllocationIds: ['eipalloc-1'] })),
    'public in one branch': fail(endpoint({ SecurityGroupIds }, ifProd('VPC', 'PUBLIC')), { message: /IsProd is false/ }),
  },
});
verdicts(serverLogging, presence(server, 'StructuredLogDestinations', {
  value: ['arn:aws:logs:eu-west-1:111111111111:log-group:g:*'], pass: { 'a role': server({ LoggingRole: { 'Fn::GetAtt': ['Role', 'Arn'] } }, { Role: { Type: 'AWS::IAM::Role' } }) },
}));
verdicts(connectorLogging, presence(subject('AWS::Transfer::Connector'), 'LoggingRole'));
verdicts(notPublic, {
  pass: { 'in a VPC, without security groups': endpoint({ SubnetIds: ['subnet-1'] }), 'an endpoint that exists': endpoint({}, 'VPC_ENDPOINT') },
  fail: { 'absent: public': server(), 'public': server({ EndpointType: 'PUBLIC' }) },
  unknown: { 'by parameter': server({ EndpointType: P }) },
  trap: { 'details of a public endpoint': fail(server({ EndpointDetails: { SecurityGroupIds } })), 'public in one branch': fail(endpoint({}, ifProd('VPC', 'PUBLIC')), { message: /IsProd is false/ }) },
});
