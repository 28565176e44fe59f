import { ifProd, MACRO, P, presence, subject } from './cases';
import { Case, fail, notApplicable, pass, verdicts } from './verdicts';
import * as rules from '../../src/rules/scheduler';

const schedule = subject('AWS::Scheduler::Schedule');
const to = (target: unknown) => schedule({ Target: target });
const sam = (Type: string, Properties: object = {}): Case => subject('AWS::Serverless::Function')({ Events: { Nightly: { Type, Properties } } });
const DLQ = { DeadLetterConfig: { Arn: 'arn:aws:sqs:eu-west-1:111111111111:failed' } };

verdicts(rules.scheduleDeadLetterQueue, {
  pass: { 'a queue': to({ Arn: 'arn', ...DLQ }), 'SAM': sam('ScheduleV2', DLQ), 'SAM makes one': sam('ScheduleV2', { DeadLetterConfig: { Type: 'SQS' } }) },
  fail: { 'none': to({ Arn: 'arn' }), 'none, SAM': sam('ScheduleV2') },
  unknown: { 'a macro decides': to({ DeadLetterConfig: MACRO }) },
  notApplicable: { 'SAM without events': subject('AWS::Serverless::Function')() },
  trap: {
    'at the wrong place': fail(schedule({ Target: { Arn: 'arn' }, ...DLQ })),
    'in one branch only': fail(to({ DeadLetterConfig: ifProd(DLQ.DeadLetterConfig) }), { message: /IsProd is false/ }),
    'SAM, a rule of EventBridge is judged elsewhere': notApplicable(sam('Schedule')),
  },
});

const retries = (MaximumRetryAttempts: unknown, more: object = {}) => to({ RetryPolicy: { MaximumRetryAttempts }, ...more });
verdicts(rules.scheduleRetries, {
  pass: { 'nothing is said': to({ Arn: 'arn' }), 'some': retries(1), 'none, but what fails is kept': retries(0, DLQ) },
  fail: { 'none': retries(0), 'none, SAM': sam('ScheduleV2', { RetryPolicy: { MaximumRetryAttempts: 0 } }) },
  unknown: { 'a parameter': retries(P) },
  trap: {
    'as text': fail(retries('0')),
    'a default counts for nothing when all must be said': fail(to({ Arn: 'arn' }), { options: { requireExplicit: true } }),
    'the age alone says nothing': pass(to({ RetryPolicy: { MaximumEventAgeInSeconds: 60 } })),
  },
});

verdicts(rules.scheduleCustomerKey, presence(schedule, 'KmsKeyArn'));
