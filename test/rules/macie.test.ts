import { ifProd, P, subject } from './cases';
import { deployed, environmentVerdicts, HERE, OTHER_REGION } from './environment-verdicts';
import { fail, unknown } from './verdicts';
import { enabled } from '../../src/rules/macie';

const session = subject('AWS::Macie::Session');
environmentVerdicts(enabled, {
  pass: { 'on by default': session(), 'stated': session({ Status: 'ENABLED' }) },
  fail: { 'paused': session({ Status: 'PAUSED' }) },
  unknown: { 'by parameter': session({ Status: P }) },
  trap: {
    'paused in one branch': fail(session({ Status: ifProd('ENABLED', 'PAUSED') }), { message: /IsProd is false/ }),
    'not stated, where it must be': fail(session(), { options: { requireExplicit: true } }),
    'in another Region': unknown(deployed({ [HERE]: {}, [OTHER_REGION]: session() })),
  },
});
