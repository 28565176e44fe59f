import { setting, subject } from './cases';
import { verdicts } from './verdicts';
import { noExternalPrincipals } from '../../src/rules/ram';

verdicts(noExternalPrincipals, setting(subject('AWS::RAM::ResourceShare'), 'AllowExternalPrincipals', { good: false, bad: true }));
