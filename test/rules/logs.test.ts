import { ifProd, P, presence, setting, subject } from './cases';
import { fail, pass, unknown, verdicts } from './verdicts';
import { customerKey, dataProtection, deletionProtection, resourcePolicyNotPublic, retained, retention, yearOfRetention } from '../../src/rules/logs';

const group = subject('AWS::Logs::LogGroup');

const custom = subject('Custom::LogRetention', { LogGroupName: '/aws/lambda/f' });
const delivery = { 'of class DELIVERY': group({ LogGroupClass: 'DELIVERY', RetentionInDays: 1 }) };
verdicts(retention, presence(group, 'RetentionInDays', {
  value: 365,
  pass: {
    'of a group that a service makes': custom({ RetentionInDays: 30 }), 'of another class': group({ LogGroupClass: 'INFREQUENT_ACCESS', RetentionInDays: 30 }),
    'as text': group({ RetentionInDays: '365' }), 'by parameter': group({ RetentionInDays: P }), 'by a name that is not there': group({ RetentionInDays: { Ref: 'Elsewhere' } }),
  },
  fail: {
    'a period that CloudWatch Logs refuses': group({ RetentionInDays: 8675309 }), 'none of a group that a service makes': custom(), 'zero': group({ RetentionInDays: 0 }),
    'a parameter whose default is refused': { ...group({ RetentionInDays: P }), $Parameters: { P: { Type: 'Number', Default: 0 } } },
  },
  unknown: { 'of a group that a service makes, by parameter': custom({ RetentionInDays: P }) },
  notApplicable: delivery,
  trap: { 'zero in one branch': fail(group({ RetentionInDays: ifProd(365, 0) }), { message: /IsProd is false/ }) },
}));
verdicts(yearOfRetention, setting(group, 'RetentionInDays', {
  good: 365, bad: 180, absent: 'pass', fail: { 'of a group that a service makes': custom({ RetentionInDays: 30 }) }, notApplicable: delivery,
}));
verdicts(customerKey, presence(group, 'KmsKeyId'));
verdicts(deletionProtection, setting(group, 'DeletionProtectionEnabled', { good: true, bad: false }));
const account = (PolicyType: unknown, PolicyDocument: unknown = '{}', more: object = {}) => ({ Policy: { Type: 'AWS::Logs::AccountPolicy', Properties: { PolicyType, PolicyDocument }, ...more } });
verdicts(dataProtection, presence(group, 'DataProtectionPolicy', {
  value: { Name: 'p' },
  pass: { 'by a policy of the account': group({}, account('DATA_PROTECTION_POLICY')) },
  fail: { 'a policy of the account for something else': group({}, account('SUBSCRIPTION_FILTER_POLICY')), 'an empty policy of the account': group({}, account('DATA_PROTECTION_POLICY', '')) },
  unknown: { 'the kind of policy by parameter': group({}, account(P)) },
  trap: { 'a policy of the account in production only': fail(group({}, account('DATA_PROTECTION_POLICY', '{}', { Condition: 'IsProd' })), { message: /IsProd is false/ }) },
}));

const attributes = (DeletionPolicy?: unknown, UpdateReplacePolicy?: unknown) => ({ ...group(), Subject: { Type: 'AWS::Logs::LogGroup', DeletionPolicy, UpdateReplacePolicy } });
verdicts(retained, {
  pass: { 'both': attributes('Retain', 'Retain'), 'but on creation': attributes('RetainExceptOnCreate', 'Retain') },
  fail: { 'neither': attributes(), 'deleted': attributes('Delete', 'Retain'), 'replaced': attributes('Retain', 'Delete') },
  unknown: { 'by parameter': attributes(P, 'Retain') },
  trap: { 'deletion only': fail(attributes('Retain')), 'in one branch': fail(attributes(ifProd('Retain', 'Delete'), 'Retain')), 'by property': fail(group({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' })) },
});

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
