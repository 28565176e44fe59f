import { P, presence, setting, subject } from './cases';
import { fail, pass, unknown, verdicts } from './verdicts';
import { customerKey, dataProtection, deletionProtection, resourcePolicyNotPublic, retention, yearOfRetention } from '../../src/rules/logs';

const group = subject('AWS::Logs::LogGroup');

verdicts(retention, setting(group, 'RetentionInDays', {
  good: 365,
  bad: 0,
  fail: { 'a period that CloudWatch Logs refuses': group({ RetentionInDays: 8675309 }) },
}));
verdicts(yearOfRetention, setting(group, 'RetentionInDays', { good: 365, bad: 180, absent: 'pass' }));
verdicts(customerKey, presence(group, 'KmsKeyId'));
verdicts(deletionProtection, setting(group, 'DeletionProtectionEnabled', { good: true, bad: false }));
verdicts(dataProtection, presence(group, 'DataProtectionPolicy', { value: { Name: 'p' } }));

const statement = (Principal: unknown, more: object = {}) => ({
  Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal, Action: 'logs:PutLogEvents', Resource: '*', ...more }],
});
const text = (document: object) => subject('AWS::Logs::ResourcePolicy')({ PolicyDocument: JSON.stringify(document) });
const sub = (document: object) => subject('AWS::Logs::ResourcePolicy')({ PolicyDocument: { 'Fn::Sub': JSON.stringify(document) } });
const NAMED = { Service: 'es.amazonaws.com' };
verdicts(resourcePolicyNotPublic, {
  pass: {
    'a service': text(statement(NAMED)),
    'around a reference': sub(statement(NAMED, { Resource: 'arn:aws:logs:${AWS::Region}:*' })),
    'of a destination': subject('AWS::Logs::Destination')({ DestinationPolicy: JSON.stringify(statement({ AWS: '111111111111' })) }),
  },
  fail: {
    'everyone': text(statement('*')),
    'everyone, as AWS': text(statement({ AWS: ['*'] })),
    'around a reference': sub(statement('*', { Resource: '${P}' })),
    'of a destination': subject('AWS::Logs::Destination')({ DestinationPolicy: JSON.stringify(statement('*')) }),
  },
  unknown: {
    'by parameter': subject('AWS::Logs::ResourcePolicy')({ PolicyDocument: P }),
    'the principal is a reference': sub(statement({ AWS: '${P}' })),
    'no JSON': subject('AWS::Logs::ResourcePolicy')({ PolicyDocument: '{' }),
  },
  notApplicable: { 'a destination without a policy': subject('AWS::Logs::Destination')() },
  trap: {
    'everyone of this account': pass(text(statement('*', { Condition: { StringEquals: { 'aws:SourceAccount': '111111111111' } } }))),
    'everyone is denied': pass(text(statement('*', { Effect: 'Deny' }))),
    'an object in place of a text': fail(subject('AWS::Logs::ResourcePolicy')({ PolicyDocument: statement('*') })),
    'everyone in the name of a resource only': pass(text(statement(NAMED, { Resource: '"Principal":"*"' }))),
    'the account by reference': unknown(sub(statement('*', { Condition: { StringEquals: { 'aws:SourceAccount': '${P}' } } }))),
  },
});
