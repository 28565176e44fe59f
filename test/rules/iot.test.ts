import { ifProd, P, setting, subject } from './cases';
import { fail, pass, verdicts } from './verdicts';
import { authorizerSigning, logging, policyNoWildcard } from '../../src/rules/iot';

const policy = (Action: unknown, Resource: unknown, Effect: unknown = 'Allow') => subject('AWS::IoT::Policy')({
  PolicyDocument: { Statement: { Effect, Action, Resource } },
});
const CLIENT = 'arn:aws:iot:eu-west-1:111111111111:client/${iot:Connection.Thing.ThingName}';

verdicts(policyNoWildcard, {
  pass: { 'named': policy('iot:Connect', CLIENT), 'a wildcard below a name': policy('iot:Publish', ['arn:aws:iot:eu-west-1:111111111111:topic/app/*']) },
  fail: {
    'every action': policy('*', CLIENT),
    'every action of IoT': policy(['iot:Connect', 'iot:*'], CLIENT),
    'every resource': policy('iot:Connect', [CLIENT, '*']),
  },
  unknown: { 'a text by parameter': subject('AWS::IoT::Policy')({ PolicyDocument: { 'Fn::Sub': '{"Statement":{"Effect":"Allow","Action":"iot:Connect","Resource":"${P}"}}' } }), 'the resource by parameter': policy('iot:Connect', P), 'the document by parameter': subject('AWS::IoT::Policy')({ PolicyDocument: P }) },
  trap: {
    'denied': pass(policy('iot:*', '*', 'Deny')),
    'in one branch': fail(policy('iot:Connect', ifProd(CLIENT, '*')), { message: /IsProd is false/ }),
    'everything in the account': fail(policy('iot:Connect', 'arn:aws:iot:eu-west-1:111111111111:*')),
    'everything in the account, put together': fail(policy('iot:Connect', { 'Fn::Sub': 'arn:${AWS::Partition}:iot:${AWS::Region}:${AWS::AccountId}:*' })),
    'a name, put together': pass(policy('iot:Publish', { 'Fn::Sub': 'arn:${AWS::Partition}:iot:${AWS::Region}:${AWS::AccountId}:topic/app/*' })),
    'as a text': fail(subject('AWS::IoT::Policy')({ PolicyDocument: JSON.stringify({ Statement: [{ Effect: 'Allow', Action: 'iot:*', Resource: CLIENT }] }) })),
    'all actions but': fail(subject('AWS::IoT::Policy')({ PolicyDocument: { Statement: { Effect: 'Allow', NotAction: 'iot:DeleteThing', Resource: CLIENT } } })),
  },
});
verdicts(authorizerSigning, setting(subject('AWS::IoT::Authorizer'), 'SigningDisabled', { good: false, bad: true, absent: 'pass' }));
verdicts(logging, setting(subject('AWS::IoT::Logging'), 'DefaultLogLevel', { good: 'WARN', bad: 'ERROR' }));
