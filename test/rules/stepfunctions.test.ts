import { ifProd, P, setting, subject } from './cases';
import { fail, notApplicable, pass, unknown, verdicts } from './verdicts';
import { customerKey, logging, noExecutionData, tracing } from '../../src/rules/stepfunctions';

const machine = subject('AWS::StepFunctions::StateMachine');
const sam = subject('AWS::Serverless::StateMachine');
const to = [{ CloudWatchLogsLogGroup: { LogGroupArn: P } }];
const logs = (Level: unknown, more: object = {}, Destinations: unknown = to) => machine({ LoggingConfiguration: { Level, Destinations }, ...more });
const express = { StateMachineType: 'EXPRESS' };

verdicts(logging, {
  pass: {
    'all': logs('ALL'),
    'errors of a standard workflow': logs('ERROR'),
    'all of an express one': logs('ALL', express),
    'SAM': sam({ Logging: { Level: 'ALL', Destinations: to }, Type: 'EXPRESS' }),
  },
  fail: { 'absent': machine(), 'off': logs('OFF'), 'errors of an express workflow': logs('ERROR', express), 'nowhere': logs('ALL', {}, []) },
  unknown: { 'by parameter': logs(P), 'errors, the type by parameter': logs('ERROR', { StateMachineType: P }) },
  trap: {
    'SAM, by the other name': fail(sam({ LoggingConfiguration: { Level: 'ALL', Destinations: to } })),
    'SAM, errors of an express workflow': fail(sam({ Logging: { Level: 'ERROR', Destinations: to }, Type: 'EXPRESS' })),
    'SAM, errors of a standard one': pass(sam({ Logging: { Level: 'ERROR', Destinations: to } })),
    'off in one branch': fail(logs(ifProd('ALL', 'OFF')), { message: /IsProd is false/ }),
    'a level, without a destination': fail(machine({ LoggingConfiguration: { Level: 'ALL' } })),
    'destinations by parameter': unknown(logs('ALL', {}, P)),
  },
});
verdicts(tracing, setting(machine, 'TracingConfiguration.Enabled', {
  good: true,
  bad: false,
  pass: { 'SAM': sam({ Tracing: { Enabled: true } }) },
  trap: { 'SAM, by the other name': fail(sam({ TracingConfiguration: { Enabled: true } })) },
}));
const key = (Type: unknown, KmsKeyId?: unknown) => machine({ EncryptionConfiguration: { Type, KmsKeyId } });
verdicts(customerKey, {
  pass: { 'named': key('CUSTOMER_MANAGED_KMS_KEY', 'k') },
  fail: { 'absent': machine(), 'of AWS': key('AWS_OWNED_KEY'), 'no key': key('CUSTOMER_MANAGED_KMS_KEY') },
  unknown: { 'by parameter': key(P, 'k') },
  trap: { 'named, and not used': fail(key('AWS_OWNED_KEY', 'k')) },
});

verdicts(noExecutionData, {
  pass: { 'not said': logs('ALL'), 'left out': logs('ERROR', {}) },
  fail: { 'included': machine({ LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: true } }), 'SAM': sam({ Logging: { Level: 'ALL', IncludeExecutionData: true } }) },
  unknown: { 'by parameter': machine({ LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: P } }) },
  notApplicable: { 'no log': machine(), 'off': machine({ LoggingConfiguration: { Level: 'OFF', IncludeExecutionData: true } }) },
  trap: {
    'as text': fail(machine({ LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: 'true' } })),
    'as text, not': pass(machine({ LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: 'false' } })),
    'SAM, by the other name': notApplicable(sam({ LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: true } })),
  },
});
