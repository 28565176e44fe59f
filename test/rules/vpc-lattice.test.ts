import { ifProd, P, subject } from './cases';
import { Case, fail, pass, verdicts } from './verdicts';
import * as rules from '../../src/rules/vpc-lattice';

const service = subject('AWS::VpcLattice::Service');
const network = subject('AWS::VpcLattice::ServiceNetwork');
const IAM = { AuthType: 'AWS_IAM' };
const joined = (of: unknown, to: unknown): Case => ({ Join: { Type: 'AWS::VpcLattice::ServiceNetworkServiceAssociation', Properties: { ServiceIdentifier: of, ServiceNetworkIdentifier: to } } });
const other = (type: string, properties: object) => ({ Other: { Type: `AWS::VpcLattice::${type}`, Properties: properties } });
const [SELF, OTHER] = [{ Ref: 'Subject' }, { 'Fn::GetAtt': ['Other', 'Arn'] }];

verdicts(rules.latticeAuth, {
  pass: { 'a service': service(IAM), 'a network': network(IAM) },
  fail: { 'absent': service(), 'none': network({ AuthType: 'NONE' }), 'nor its network': service({}, { ...joined(SELF, OTHER), ...other('ServiceNetwork', {}) }) },
  unknown: { 'a parameter': service({ AuthType: P }), 'its network is elsewhere': service({}, joined(SELF, 'sn-1')) },
  trap: {
    'its network asks': pass(service({}, { ...joined(SELF, OTHER), ...other('ServiceNetwork', IAM) })),
    'its services ask': pass(network({}, { ...joined(OTHER, SELF), ...other('Service', IAM) })),
    'a network of other services asks': fail(service({}, { ...joined('svc-1', OTHER), ...other('ServiceNetwork', IAM) })),
    'in production only': fail(service({ AuthType: ifProd('AWS_IAM', 'NONE') }), { message: /IsProd is false/ }),
    'one network of two': fail(service({}, {
      ...joined(SELF, OTHER), ...other('ServiceNetwork', IAM),
      Join2: { Type: 'AWS::VpcLattice::ServiceNetworkServiceAssociation', Properties: { ServiceIdentifier: SELF, ServiceNetworkIdentifier: { Ref: 'Third' } } },
      Third: { Type: 'AWS::VpcLattice::ServiceNetwork', Properties: {} },
    })),
  },
});

const policy = (...statements: object[]) => subject('AWS::VpcLattice::AuthPolicy')({ Policy: { Statement: statements }, ResourceIdentifier: 'svc-1' });
const allow = (more: object = {}) => ({ Effect: 'Allow', Principal: '*', Action: 'vpc-lattice-svcs:Invoke', Resource: '*', ...more });
verdicts(rules.latticePolicyNotOpen, {
  pass: { 'a role': policy(allow({ Principal: { AWS: 'arn:aws:iam::111111111111:role/caller' } })), 'an organization': policy(allow({ Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } })) },
  fail: { 'everyone': policy(allow()), 'everyone as AWS': policy(allow({ Principal: { AWS: '*' } })) },
  unknown: { 'a parameter': policy(allow({ Principal: { AWS: P } })), 'the condition is a parameter': policy(allow({ Condition: P })) },
  trap: {
    'from one VPC': pass(policy(allow({ Condition: { StringEquals: { 'vpc-lattice-svcs:SourceVpc': 'vpc-1' } } }))),
    'who is authenticated': pass(policy(allow({ Condition: { StringNotEqualsIgnoreCase: { 'aws:PrincipalType': 'anonymous' } } }))),
    'a condition on what is asked binds nobody': fail(policy(allow({ Condition: { StringEquals: { 'vpc-lattice-svcs:RequestMethod': 'GET' } } }))),
    'everyone is denied': pass(policy(allow({ Effect: 'Deny' }))),
    'one statement of two': fail(policy(allow({ Principal: { AWS: '111111111111' } }), allow())),
  },
});

const logged = (of: unknown, more: Case = {}) => network({}, { Logs: { Type: 'AWS::VpcLattice::AccessLogSubscription', Properties: { ResourceIdentifier: of, DestinationArn: 'arn' } }, ...more });
verdicts(rules.latticeAccessLogs, {
  pass: { 'by id': logged(SELF), 'by ARN': logged({ 'Fn::GetAtt': ['Subject', 'Arn'] }) },
  fail: { none: network() },
  unknown: { 'whether there is a destination is a macro': network({}, { Logs: { Type: 'AWS::VpcLattice::AccessLogSubscription', Properties: { ResourceIdentifier: SELF, DestinationArn: { 'Fn::Transform': { Name: 'M' } } } } }) },
  trap: { 'of another network': fail(logged({ Ref: 'Other' }, other('ServiceNetwork', {}))) },
});
