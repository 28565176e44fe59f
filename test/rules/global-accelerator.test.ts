import { ifProd, P, subject } from './cases';
import { fail, pass, verdicts } from './verdicts';
import { flowLogs } from '../../src/rules/global-accelerator';

const accelerator = subject('AWS::GlobalAccelerator::Accelerator', { Name: 'front' });
const logs = (FlowLogsEnabled: unknown, more: object = { FlowLogsS3Bucket: 'logs' }) => accelerator({ FlowLogsEnabled, ...more });

verdicts(flowLogs, {
  pass: { enabled: logs(true) },
  fail: { 'absent': accelerator(), 'disabled': logs(false), 'nowhere': logs(true, {}) },
  unknown: { 'a parameter': logs(P) },
  trap: { 'as text': pass(logs('true')), 'in production only': fail(logs(ifProd(true, false)), { message: /IsProd is false/ }), 'a bucket alone': fail(accelerator({ FlowLogsS3Bucket: 'logs' })) },
});
