import { ifProd, P, subject } from './cases';
import { fail, verdicts } from './verdicts';
import { assessed } from '../../src/rules/resilience-hub';

const app = subject('AWS::ResilienceHub::App', { Name: 'orders', ResiliencyPolicyArn: 'arn' });
verdicts(assessed, {
  pass: { daily: app({ AppAssessmentSchedule: 'Daily' }) },
  fail: { 'absent': app(), 'disabled': app({ AppAssessmentSchedule: 'Disabled' }), 'no policy': subject('AWS::ResilienceHub::App')({ AppAssessmentSchedule: 'Daily' }) },
  unknown: { 'a parameter': app({ AppAssessmentSchedule: P }) },
  trap: { 'in production only': fail(app({ AppAssessmentSchedule: ifProd('Daily', 'Disabled') }), { message: /IsProd is false/ }) },
});
