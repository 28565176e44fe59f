import { setting, subject } from './cases';
import { fail, verdicts } from './verdicts';
import { contactFlowLogs } from '../../src/rules/connect';

const instance = subject('AWS::Connect::Instance');

verdicts(contactFlowLogs, setting(instance, 'Attributes.ContactflowLogs', {
  good: true, bad: false, trap: { 'another attribute': fail(instance({ Attributes: { ContactLens: true } })) },
}));
