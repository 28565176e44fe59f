import { ifProd, P, setting, subject } from './cases';
import { fail, verdicts } from './verdicts';
import * as rules from '../../src/rules/arc';

const autoshift = subject('AWS::ARCZonalShift::ZonalAutoshiftConfiguration', { ResourceIdentifier: 'arn' });
const RUN = { PracticeRunConfiguration: { OutcomeAlarms: [{ Type: 'CLOUDWATCH', AlarmIdentifier: 'arn' }] } };
verdicts(rules.practiceRuns, {
  pass: { practised: autoshift({ ZonalAutoshiftStatus: 'ENABLED', ...RUN }) },
  fail: { 'absent': autoshift(), 'disabled': autoshift({ ZonalAutoshiftStatus: 'DISABLED', ...RUN }), 'no practice': autoshift({ ZonalAutoshiftStatus: 'ENABLED' }) },
  unknown: { 'a parameter': autoshift({ ZonalAutoshiftStatus: P, ...RUN }) },
  trap: { 'no alarm tells how it went': fail(autoshift({ ZonalAutoshiftStatus: 'ENABLED', PracticeRunConfiguration: { OutcomeAlarms: [] } })), 'in production only': fail(autoshift({ ZonalAutoshiftStatus: ifProd('ENABLED', 'DISABLED'), ...RUN }), { message: /IsProd is false/ }) },
});

verdicts(rules.recoveryTimeObjective, setting(subject('AWS::ARCRegionSwitch::Plan'), 'RecoveryTimeObjectiveMinutes', { good: 60, bad: 0 }));
