import { ifProd, P, setting, subject } from './cases';
import { fail, notApplicable, pass, verdicts } from './verdicts';
import * as rules from '../../src/rules/appconfig';

const profile = subject('AWS::AppConfig::ConfigurationProfile');
const VALIDATORS = [{ Type: 'JSON_SCHEMA', Content: '{}' }];
verdicts(rules.validators, {
  pass: { 'a schema': profile({ Validators: VALIDATORS }), 'a function': profile({ Type: 'AWS.Freeform', Validators: [{ Type: 'LAMBDA', Content: P }] }) },
  fail: { 'absent': profile(), 'an empty list': profile({ Validators: [] }) },
  unknown: { 'a parameter': profile({ Validators: P }), 'whether it holds flags is a parameter': profile({ Type: P }) },
  notApplicable: { 'feature flags': profile({ Type: 'AWS.AppConfig.FeatureFlags' }) },
  trap: { 'in production only': fail(profile({ Validators: ifProd(VALIDATORS) }), { message: /IsProd is false/ }), 'flags, with a validator besides': notApplicable(profile({ Type: 'AWS.AppConfig.FeatureFlags', Validators: VALIDATORS })) },
});

const environment = subject('AWS::AppConfig::Environment');
verdicts(rules.monitored, {
  pass: { 'an alarm': environment({ Monitors: [{ AlarmArn: 'arn' }] }) },
  fail: { 'absent': environment(), 'an empty list': environment({ Monitors: [] }), 'a role alone': environment({ Monitors: [{ AlarmRoleArn: 'arn' }] }) },
  unknown: { 'a parameter': environment({ Monitors: P }) },
  trap: { 'the second of two': pass(environment({ Monitors: [{ AlarmRoleArn: 'arn' }, { AlarmArn: 'arn' }] })), 'in production only': fail(environment({ Monitors: ifProd([{ AlarmArn: 'arn' }]) }), { message: /IsProd is false/ }) },
});

verdicts(rules.bakeTime, setting(subject('AWS::AppConfig::DeploymentStrategy'), 'FinalBakeTimeInMinutes', { good: 10, bad: 0 }));
