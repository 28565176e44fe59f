import { setting, subject } from './cases';
import { fail, verdicts } from './verdicts';
import { deletionProtection, strictValidation } from '../../src/rules/verified-permissions';

const store = subject('AWS::VerifiedPermissions::PolicyStore');

verdicts(strictValidation, setting(store, 'ValidationSettings.Mode', { good: 'STRICT', bad: 'OFF' }));
verdicts(deletionProtection, setting(store, 'DeletionProtection.Mode', {
  good: 'ENABLED', bad: 'DISABLED', trap: { 'the mode of something else': fail(store({ ValidationSettings: { Mode: 'ENABLED' } }), { message: /DISABLED/ }) },
}));
