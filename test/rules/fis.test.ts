import { ifProd, MACRO, P, subject } from './cases';
import { fail, pass, verdicts } from './verdicts';
import * as rules from '../../src/rules/fis';

const experiment = subject('AWS::FIS::ExperimentTemplate');
const stops = (...StopConditions: unknown[]) => experiment({ StopConditions });
const ALARM = { Source: 'aws:cloudwatch:alarm', Value: P };
verdicts(rules.stopConditions, {
  pass: { 'an alarm': stops(ALARM) },
  fail: { 'absent': experiment(), 'none': stops({ Source: 'none' }), 'an alarm without a name': stops({ Source: 'aws:cloudwatch:alarm' }) },
  unknown: { 'a parameter': experiment({ StopConditions: P }), 'the source is a parameter': stops({ Source: P, Value: 'arn' }) },
  trap: { 'one of two': pass(stops({ Source: 'none' }, ALARM)), 'in production only': fail(stops(ifProd(ALARM, { Source: 'none' })), { message: /IsProd is false/ }) },
});

const logs = (configuration: object) => experiment({ LogConfiguration: { LogSchemaVersion: 2, ...configuration } });
verdicts(rules.experimentLogging, {
  pass: { 'to CloudWatch': logs({ CloudWatchLogsConfiguration: { LogGroupArn: 'arn' } }), 'to a bucket': logs({ S3Configuration: { BucketName: 'b' } }) },
  fail: { absent: experiment(), empty: experiment({ LogConfiguration: {} }) },
  unknown: { 'a macro decides': experiment({ LogConfiguration: MACRO }) },
  trap: { 'a version is no log': fail(logs({})), 'an empty destination is none': fail(logs({ S3Configuration: {} })), 'in one branch': fail(logs({ S3Configuration: ifProd({ BucketName: 'b' }) }), { message: /IsProd is false/ }) },
});
