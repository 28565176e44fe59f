import { ifProd, P, setting, subject } from './cases';
import { fail, pass, verdicts } from './verdicts';
import { logging, verification } from '../../src/rules/datasync';

const task = subject('AWS::DataSync::Task');
const enhanced = subject('AWS::DataSync::Task', { TaskMode: 'ENHANCED' });
const logged = (LogLevel: unknown) => task({ CloudWatchLogGroupArn: 'arn', Options: { LogLevel } });

verdicts(logging, {
  pass: { errors: logged('BASIC'), files: logged('TRANSFER') },
  fail: { 'absent': task(), 'off': logged('OFF'), 'a group alone': task({ CloudWatchLogGroupArn: 'arn' }) },
  unknown: { 'by parameter': logged(P) },
  trap: {
    'a level without a group': fail(task({ Options: { LogLevel: 'BASIC' } })),
    'Enhanced mode logs unasked': pass(enhanced()),
    'Enhanced mode, off': fail(enhanced({ CloudWatchLogGroupArn: 'arn', Options: { LogLevel: 'OFF' } })),
    'off in one branch': fail(logged(ifProd('BASIC', 'OFF')), { message: /IsProd is false/ }),
  },
});

verdicts(verification, setting(task, 'Options.VerifyMode', {
  good: 'ONLY_FILES_TRANSFERRED',
  bad: 'NONE',
  absent: 'pass',
  pass: { 'everything': task({ Options: { VerifyMode: 'POINT_IN_TIME_CONSISTENT' } }), 'Enhanced mode does it unasked': enhanced() },
  fail: { 'Enhanced mode, none': enhanced({ Options: { VerifyMode: 'NONE' } }) },
  trap: { 'absent, where defaults do not count': fail(task(), { options: { requireExplicit: true } }) },
}));
