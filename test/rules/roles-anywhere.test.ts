import { MACRO, P, presence, setting, subject } from './cases';
import { fail, pass, verdicts } from './verdicts';
import * as rules from '../../src/rules/roles-anywhere';

const profile = subject('AWS::RolesAnywhere::Profile');
verdicts(rules.sessionDuration, setting(profile, 'DurationSeconds', { good: 3600, bad: 43200, absent: 'pass', trap: { 'shorter': pass(profile({ DurationSeconds: 900 })), 'a second more': fail(profile({ DurationSeconds: 3601 })) } }));
verdicts(rules.sessionPolicy, presence(profile, 'SessionPolicy', {
  value: '{"Statement":[]}', pass: { 'a managed policy': profile({ ManagedPolicyArns: [P] }) },
  trap: { 'an empty list of managed policies': fail(profile({ ManagedPolicyArns: [] })), 'either may do': pass(profile({ ManagedPolicyArns: MACRO, SessionPolicy: '{}' })) },
}));
