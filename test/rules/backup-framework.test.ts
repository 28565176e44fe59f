import { ifProd, MACRO, subject } from './cases';
import { deployed, environmentVerdicts, HERE, OTHER_REGION } from './environment-verdicts';
import { fail, unknown } from './verdicts';
import { auditFramework } from '../../src/rules/backup-framework';

const framework = (FrameworkControls: unknown) => subject('AWS::Backup::Framework')({ FrameworkControls });
const control = { ControlName: 'BACKUP_RESOURCES_PROTECTED_BY_BACKUP_PLAN' };
environmentVerdicts(auditFramework, {
  pass: { 'a control': framework([control]) },
  fail: { 'no control': framework([]) },
  unknown: { 'by a macro': framework(MACRO), 'a plan only': subject('AWS::Backup::BackupPlan')() },
  trap: {
    'in one branch': fail(framework([ifProd(control)]), { message: /IsProd is false/ }),
    'in another Region': unknown(deployed({ [HERE]: {}, [OTHER_REGION]: framework([control]) })),
  },
});
