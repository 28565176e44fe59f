import { ifProd, P, subject } from './cases';
import { Case, fail, notApplicable, pass, unknown, verdicts } from './verdicts';
import * as rules from '../../src/rules/vpc-endpoints';

const service = subject('AWS::EC2::VPCEndpointService');
verdicts(rules.endpointServiceAcceptance, {
  pass: { required: service({ AcceptanceRequired: true }) },
  fail: { 'absent': service(), 'not required': service({ AcceptanceRequired: false }) },
  unknown: { 'a parameter': service({ AcceptanceRequired: P }) },
  trap: { 'as text': pass(service({ AcceptanceRequired: 'true' })) },
});

const permissions = subject('AWS::EC2::VPCEndpointServicePermissions');
verdicts(rules.endpointServicePrincipals, {
  pass: { 'an account': permissions({ AllowedPrincipals: ['arn:aws:iam::111111111111:root'] }), 'nobody': permissions() },
  fail: { everyone: permissions({ AllowedPrincipals: ['*'] }) },
  unknown: { 'a parameter': permissions({ AllowedPrincipals: [P] }) },
  trap: {
    'everyone beside an account': fail(permissions({ AllowedPrincipals: ['arn:aws:iam::111111111111:root', '*'] })),
    'any account': fail(permissions({ AllowedPrincipals: ['arn:aws:iam::*:root'] })),
    'an account that is known at deployment': pass(permissions({ AllowedPrincipals: [{ 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:root' }] })),
    'everyone in one branch': fail(permissions({ AllowedPrincipals: ifProd(['arn:aws:iam::111111111111:root'], ['*']) }), { message: /when IsProd is false/ }),
  },
});

const endpoint = subject('AWS::EC2::VPCEndpoint', { ServiceName: 'com.amazonaws.us-east-1.s3' });
const allow = (more: object = {}) => ({ PolicyDocument: { Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', ...more }] } });
verdicts(rules.endpointPolicy, {
  pass: { 'some actions': endpoint(allow({ Action: 's3:GetObject' })), 'some resources': endpoint(allow({ Resource: 'arn:aws:s3:::mine/*' })) },
  fail: { 'none': endpoint(), 'everything': endpoint(allow()) },
  unknown: { 'a parameter': endpoint({ PolicyDocument: P }), 'the action is a parameter': endpoint(allow({ Action: P })) },
  notApplicable: { 'an endpoint of a load balancer': endpoint({ VpcEndpointType: 'GatewayLoadBalancer' }) },
  trap: {
    'everything within the organization': pass(endpoint(allow({ Condition: { StringEquals: { 'aws:ResourceOrgID': 'o-1' } } }))),
    'everything but': fail(endpoint(allow({ Action: undefined, NotAction: 's3:DeleteBucket' }))),
    'everything is denied': pass(endpoint(allow({ Effect: 'Deny' }))),
    'an empty policy': fail(endpoint({ PolicyDocument: {} })),
    'an interface': fail(endpoint({ VpcEndpointType: 'Interface' })),
    'the kind is a parameter': unknown(endpoint({ VpcEndpointType: P })),
    'a resource has none': notApplicable(endpoint({ VpcEndpointType: 'Resource', ...allow() })),
  },
});

const vpc = subject('AWS::EC2::VPC');
const reached = (name: unknown, of: unknown = { Ref: 'Subject' }, more: object = {}): Case =>
  vpc({}, { S3: { Type: 'AWS::EC2::VPCEndpoint', ...more, Properties: { VpcId: of, ServiceName: name } } });
const joined = { 'Fn::Join': ['', ['com.amazonaws.', { Ref: 'AWS::Region' }, '.s3']] };
verdicts(rules.gatewayEndpoint, {
  pass: { S3: reached(joined) },
  fail: { 'none': vpc(), 'another service': reached('com.amazonaws.us-east-1.s3tables') },
  unknown: { 'the service is a parameter': reached(P) },
  trap: {
    'of another VPC': fail({ ...reached(joined, { Ref: 'Other' }), Other: { Type: 'AWS::EC2::VPC' } }),
    'made in one branch': fail(reached(joined, { Ref: 'Subject' }, { Condition: 'IsProd' }), { message: /when IsProd is false/ }),
  },
});
