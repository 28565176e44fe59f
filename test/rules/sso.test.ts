import { P, setting, subject } from './cases';
import { fail, pass, verdicts } from './verdicts';
import * as rules from '../../src/rules/sso';

const set = subject('AWS::SSO::PermissionSet');
const ADMIN = ['arn:aws:iam::aws:policy/AdministratorAccess'];

verdicts(rules.sessionDuration, {
  pass: { 'by default': set(), 'a working day': set({ SessionDuration: 'PT8H' }), 'minutes': set({ SessionDuration: 'PT480M' }), 'administrators for an hour': set({ SessionDuration: 'PT1H', ManagedPolicies: ADMIN }), 'administrators by default': set({ ManagedPolicies: ADMIN }) },
  fail: { 'half a day': set({ SessionDuration: 'PT12H' }), 'a minute more': set({ SessionDuration: 'PT8H1M' }), 'a day': set({ SessionDuration: 'P1D' }), 'administrators for two hours': set({ SessionDuration: 'PT2H', ManagedPolicies: ADMIN }) },
  unknown: { 'by parameter': set({ SessionDuration: P }), 'no duration': set({ SessionDuration: '8 hours' }) },
  trap: {
    'half an hour in minutes': pass(set({ SessionDuration: 'PT30M', ManagedPolicies: ADMIN })),
    'readers for a working day': pass(set({ SessionDuration: 'PT8H', ManagedPolicies: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] })),
    'a default that does not count': fail(set(), { options: { requireExplicit: true } }),
  },
});
verdicts(rules.assignedToGroups, setting(subject('AWS::SSO::Assignment'), 'PrincipalType', { good: 'GROUP', bad: 'USER', absent: 'pass' }));
