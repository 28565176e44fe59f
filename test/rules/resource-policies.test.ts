import { at, ifProd, P, subject } from './cases';
import { fail, pass, Table, unknown, verdicts } from './verdicts';
import * as rules from '../../src/rules/resource-policies';

const ALLOW = { Effect: 'Allow', Principal: '*', Action: 'x:Read', Resource: '*' };
const ORG = { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } };
const NAMED = { AWS: 'arn:aws:iam::111111111111:role/reader' };
const document = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });

/** Every type that holds such a policy, at the place where it holds it. */
function publicPolicy(...places: [type: string, path: string][]): Table {
  const at0 = (statement: object) => policy(places[0], document(statement));
  const policy = ([type, path]: [string, string], value: unknown) => subject(type)(at(path, value));
  const [first] = places;
  return {
    pass: Object.fromEntries(places.map((place) => [`a role: ${place[0]}`, policy(place, document({ ...ALLOW, Principal: NAMED }))])),
    fail: { ...Object.fromEntries(places.map((place) => [`everyone: ${place[0]}`, policy(place, document({ ...ALLOW, Principal: NAMED }, ALLOW))])), 'as text': policy(first, JSON.stringify(document(ALLOW))) },
    unknown: { 'by parameter': policy(first, P), 'a principal by parameter': at0({ ...ALLOW, Principal: { AWS: P } }) },
    notApplicable: { 'no policy': subject(first[0])() },
    trap: {
      'everyone of an organization': pass(at0({ ...ALLOW, ...ORG })), 'everyone is denied': pass(at0({ ...ALLOW, Effect: 'Deny' })), 'in text with a reference': pass(policy(first, { 'Fn::Sub': JSON.stringify(document({ ...ALLOW, Principal: { AWS: 'arn:aws:iam::${AWS::AccountId}:root' } })) })),
      'denied to all outside of an organization': pass(policy(first, document(ALLOW, { ...ALLOW, Effect: 'Deny', Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } } }))),
      'everyone in one branch': fail(at0({ ...ALLOW, Principal: ifProd(NAMED, '*') }), { message: /IsProd is false/ }),
      'a condition that binds nobody': fail(at0({ ...ALLOW, Condition: { Bool: { 'aws:SecureTransport': 'true' } } })),
    },
  };
}

verdicts(rules.eventSchemas, publicPolicy(['AWS::EventSchemas::RegistryPolicy', 'Policy']));
verdicts(rules.kinesis, publicPolicy(['AWS::Kinesis::ResourcePolicy', 'ResourcePolicy']));
verdicts(rules.s3Vectors, publicPolicy(['AWS::S3Vectors::VectorBucketPolicy', 'Policy']));
verdicts(rules.s3Express, publicPolicy(['AWS::S3Express::BucketPolicy', 'PolicyDocument'], ['AWS::S3Express::AccessPoint', 'Policy']));
verdicts(rules.s3ObjectLambda, publicPolicy(['AWS::S3ObjectLambda::AccessPointPolicy', 'PolicyDocument']));
verdicts(rules.s3Outposts, publicPolicy(['AWS::S3Outposts::BucketPolicy', 'PolicyDocument'], ['AWS::S3Outposts::AccessPoint', 'Policy']));
verdicts(rules.lattice, publicPolicy(['AWS::VpcLattice::ResourcePolicy', 'Policy']));
verdicts(rules.mediaStore, publicPolicy(['AWS::MediaStore::Container', 'Policy']));
verdicts(rules.ingestion, publicPolicy(['AWS::OSIS::Pipeline', 'ResourcePolicy.Policy']));
verdicts(rules.sink, publicPolicy(['AWS::Oam::Sink', 'Policy']));
verdicts(rules.tracing, publicPolicy(['AWS::XRay::ResourcePolicy', 'PolicyDocument']));
verdicts(rules.redshiftNamespace, publicPolicy(['AWS::Redshift::Cluster', 'NamespaceResourcePolicy'], ['AWS::RedshiftServerless::Namespace', 'NamespaceResourcePolicy']));
verdicts(rules.prometheus, publicPolicy(['AWS::APS::ResourcePolicy', 'PolicyDocument']));
verdicts(rules.lex, publicPolicy(['AWS::Lex::ResourcePolicy', 'Policy']));
verdicts(rules.agentCore, publicPolicy(['AWS::BedrockAgentCore::ResourcePolicy', 'Policy']));
verdicts(rules.organization, publicPolicy(['AWS::Organizations::ResourcePolicy', 'Content']));

const bus = subject('AWS::Events::EventBusPolicy', { StatementId: 'x', EventBusName: 'bus' });
const older = (Principal: unknown, more: object = {}) => bus({ Principal, Action: 'events:PutEvents', ...more });
verdicts(rules.eventBusPolicy, {
  pass: {
    'an account': bus({ Statement: { ...ALLOW, Principal: { AWS: '111111111111' } } }), 'everyone of an organization': bus({ Statement: { ...ALLOW, ...ORG } }), 'an account, the older way': older('111111111111'),
    'an organization, the older way': older('*', { Condition: { Type: 'StringEquals', Key: 'aws:PrincipalOrgID', Value: 'o-1' } }), 'on the bus itself': subject('AWS::Events::EventBus')({ Policy: document({ ...ALLOW, Principal: NAMED }) }),
  },
  fail: { 'everyone': bus({ Statement: ALLOW }), 'as text': bus({ Statement: JSON.stringify(ALLOW) }), 'everyone, the older way': older('*'), 'on the bus itself': subject('AWS::Events::EventBus')({ Policy: document(ALLOW) }) },
  unknown: { 'a statement by parameter': bus({ Statement: P }), 'a principal by parameter': older(P), 'a condition by parameter': bus({ Statement: { ...ALLOW, Condition: P } }) },
  notApplicable: { 'a bus without a policy': subject('AWS::Events::EventBus')({ Name: 'bus' }) },
  trap: {
    'everyone is denied': pass(bus({ Statement: { ...ALLOW, Effect: 'Deny' } })), 'every organization, the older way': fail(older('*', { Condition: { Type: 'StringLike', Key: 'aws:PrincipalOrgID', Value: '*' } })),
    'another key, the older way': fail(older('*', { Condition: { Type: 'StringEquals', Key: 'events:source', Value: 'x' } })), 'in one branch': fail(bus({ Statement: { ...ALLOW, Principal: ifProd(NAMED, '*') } }), { message: /IsProd is false/ }),
    'an organization by parameter': unknown(older('*', { Condition: { Type: 'StringEquals', Key: 'aws:PrincipalOrgID', Value: P } })),
  },
});
