import { ifProd, MACRO, P, presence, subject } from './cases';
import { Case, fail, notApplicable, pass, verdicts } from './verdicts';
import * as rules from '../../src/rules/eventbridge';

const rule = subject('AWS::Events::Rule');
const bus = subject('AWS::Events::EventBus', { Name: 'orders' });
const fn = subject('AWS::Serverless::Function');
const to = (...targets: object[]) => rule({ Targets: targets });
const event = (Type: unknown, Properties: object = {}): Case => fn({ Events: { One: { Type, Properties } } });
const DLQ = { DeadLetterConfig: { Arn: 'arn:aws:sqs:eu-west-1:111111111111:failed' } };
const TARGET = { Id: 'a', Arn: 'arn' };

verdicts(rules.targetDeadLetterQueue, {
  pass: {
    'of the one target': to({ ...TARGET, ...DLQ }),
    'SAM': event('EventBridgeRule', DLQ),
    'SAM makes one': event('Schedule', { DeadLetterConfig: { Type: 'SQS' } }),
    'SAM, of a workflow': subject('AWS::Serverless::StateMachine')({ Events: { One: { Type: 'CloudWatchEvent', Properties: DLQ } } }),
  },
  fail: { 'none': to(TARGET), 'none, SAM': event('EventBridgeRule'), 'empty': to({ ...TARGET, DeadLetterConfig: { Arn: '' } }) },
  unknown: { 'the targets are a parameter': rule({ Targets: P }), 'the events are a macro': fn({ Events: MACRO }), 'the kind of the event is a parameter': event(P) },
  notApplicable: { 'no target': rule(), 'SAM without events': fn(), 'SAM with another event': event('Api') },
  trap: {
    'one of two': fail(to({ ...TARGET, ...DLQ }, TARGET)),
    'of the rule, not of the target': fail(rule({ Targets: [TARGET], ...DLQ })),
    'in one branch only': fail(to({ ...TARGET, DeadLetterConfig: ifProd(DLQ.DeadLetterConfig) }), { message: /IsProd is false/ }),
    'SAM, of one event of two': fail(fn({ Events: { One: { Type: 'EventBridgeRule', Properties: DLQ }, Two: { Type: 'Schedule' } } })),
    'SAM, a schedule of Scheduler is judged elsewhere': notApplicable(event('ScheduleV2')),
  },
});

const retries = (MaximumRetryAttempts: unknown, more: object = {}) => to({ ...TARGET, RetryPolicy: { MaximumRetryAttempts }, ...more });
verdicts(rules.targetRetries, {
  pass: { 'nothing is said': to(TARGET), 'some': retries(2), 'none, but what fails is kept': retries(0, DLQ) },
  fail: { 'none': retries(0), 'none, SAM': event('EventBridgeRule', { RetryPolicy: { MaximumRetryAttempts: 0 } }) },
  unknown: { 'a parameter': retries(P) },
  notApplicable: { 'no target': rule() },
  trap: {
    'as text': fail(retries('0')),
    'the age alone says nothing': pass(to({ ...TARGET, RetryPolicy: { MaximumEventAgeInSeconds: 60 } })),
    'one of two': fail(to(TARGET, { ...TARGET, RetryPolicy: { MaximumRetryAttempts: 0 } })),
    'a default counts for nothing when all must be said': fail(to(TARGET), { options: { requireExplicit: true } }),
  },
});

verdicts(rules.busDeadLetterQueue, {
  pass: { 'kept': bus({ KmsKeyIdentifier: 'key', ...DLQ }) },
  fail: { 'not kept': bus({ KmsKeyIdentifier: P }) },
  unknown: { 'a macro decides': bus({ KmsKeyIdentifier: 'key', DeadLetterConfig: MACRO }) },
  notApplicable: { 'the key of AWS': bus() },
  trap: { 'an empty key is none': notApplicable(bus({ KmsKeyIdentifier: '' })), 'a key in production only': fail(bus({ KmsKeyIdentifier: ifProd('key') }), { message: /IsProd is true/ }) },
});

const archived = (of: unknown, more: Case = {}) => bus({}, { Archive: { Type: 'AWS::Events::Archive', Properties: { SourceArn: of } }, ...more });
verdicts(rules.archive, {
  pass: { 'by reference': archived({ 'Fn::GetAtt': ['Subject', 'Arn'] }) },
  fail: { 'none': bus() },
  unknown: { 'a parameter names what it is of': { ...archived(P) } },
  trap: {
    'by name': pass(archived('arn:aws:events:eu-west-1:111111111111:event-bus/orders')),
    'of another bus': fail(archived({ 'Fn::GetAtt': ['Other', 'Arn'] }, { Other: { Type: 'AWS::Events::EventBus', Properties: { Name: 'other' } } })),
  },
});

verdicts(rules.eventsCustomerKey, presence(bus, 'KmsKeyIdentifier', {
  pass: { 'of an archive': subject('AWS::Events::Archive')({ KmsKeyIdentifier: P }) },
  fail: { 'none of an archive': subject('AWS::Events::Archive')() },
}));

const delivered = (Level: unknown, LogType = 'ERROR_LOGS') => bus({ LogConfig: { Level } }, {
  Source: { Type: 'AWS::Logs::DeliverySource', Properties: { Name: 'bus', LogType, ResourceArn: { 'Fn::GetAtt': ['Subject', 'Arn'] } } },
  Delivery: { Type: 'AWS::Logs::Delivery', Properties: { DeliverySourceName: { Ref: 'Source' } } },
});
verdicts(rules.busLogging, {
  pass: { 'errors': delivered('ERROR'), 'all': delivered('TRACE', 'TRACE_LOGS') },
  fail: { 'absent': bus(), 'off': delivered('OFF') },
  unknown: { 'a parameter': delivered(P) },
  trap: { 'a level that nothing carries on': fail(bus({ LogConfig: { Level: 'ERROR' } })), 'a level at the wrong place': fail(bus({ Level: 'ERROR' })) },
});

verdicts(rules.busLogsNoDetail, {
  pass: { 'not said': bus({ LogConfig: { Level: 'ERROR' } }), 'none': bus({ LogConfig: { Level: 'ERROR', IncludeDetail: 'NONE' } }) },
  fail: { 'full': bus({ LogConfig: { IncludeDetail: 'FULL' } }) },
  unknown: { 'a parameter': bus({ LogConfig: { IncludeDetail: P } }) },
  notApplicable: { 'no log': bus() },
  trap: { 'full outside of production': fail(bus({ LogConfig: { IncludeDetail: ifProd('NONE', 'FULL') } }), { message: /IsProd is false/ }) },
});
