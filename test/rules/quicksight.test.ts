import { ifProd, P, subject } from './cases';
import { fail, pass, verdicts } from './verdicts';
import { dataSourceTls } from '../../src/rules/quicksight';

const source = subject('AWS::QuickSight::DataSource');
const ssl = (DisableSsl: unknown) => source({ SslProperties: { DisableSsl } });

verdicts(dataSourceTls, {
  pass: { 'not disabled': ssl(false), 'absent': source() },
  fail: { 'disabled': ssl(true) },
  unknown: { 'by parameter': ssl(P) },
  trap: { 'disabled, as a text': fail(ssl('true')), 'no properties in it': pass(source({ SslProperties: {} })), 'in one branch': fail(ssl(ifProd(false, true)), { message: /IsProd is false/ }) },
});
