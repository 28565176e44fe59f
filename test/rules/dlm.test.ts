import { ifProd, P, setting, subject } from './cases';
import { fail, notApplicable, pass, verdicts } from './verdicts';
import { copiesEncrypted, enabled, retention } from '../../src/rules/dlm';

const policy = subject('AWS::DLM::LifecyclePolicy');
const keeps = (...rules: object[]) => policy({ PolicyDetails: { Schedules: rules.map((RetainRule) => ({ RetainRule })) } });
const byDefault = (RetainInterval?: unknown) => policy({ DefaultPolicy: 'VOLUME', RetainInterval });

verdicts(enabled, setting(policy, 'State', { good: 'ENABLED', bad: 'DISABLED' }));

verdicts(retention, {
  pass: { 'seven': keeps({ Count: 7 }), 'seven days': keeps({ Interval: '7', IntervalUnit: 'DAYS' }), 'the second schedule': keeps({ Count: 1 }, { Interval: 3, IntervalUnit: 'MONTHS' }), 'of a default policy': byDefault(14) },
  fail: { 'three': keeps({ Count: 3 }), 'six days': keeps({ Interval: 6, IntervalUnit: 'DAYS' }), 'no schedules': policy(), 'of a default policy': byDefault(2) },
  unknown: { 'a parameter': keeps({ Count: P }), 'a unit that is a parameter': keeps({ Interval: 7, IntervalUnit: P }) },
  notApplicable: { 'it copies what others take': policy({ PolicyDetails: { PolicyType: 'EVENT_BASED_POLICY', Actions: [{ Name: 'copy' }] } }) },
  trap: {
    'one week': pass(keeps({ Interval: 1, IntervalUnit: 'WEEKS' })),
    'one day': fail(keeps({ Interval: 1, IntervalUnit: 'DAYS' })),
    'a default policy keeps them for a week by default': pass(byDefault()),
    'a default policy that is set in the details': fail(policy({ PolicyDetails: { PolicyLanguage: 'SIMPLIFIED', RetainInterval: 3 } })),
    'a time at the wrong level': fail(policy({ RetainInterval: 14, PolicyDetails: { Schedules: [{ RetainRule: { Count: 1 } }] } })),
    'a policy of its own kind': notApplicable(policy({ State: 'ENABLED', PolicyDetails: { PolicyType: 'EVENT_BASED_POLICY' } })),
  },
});

const copies = (...CrossRegionCopyRules: unknown[]) => policy({ PolicyDetails: { Schedules: [{ Name: 'daily' }, { CrossRegionCopyRules }] } });
const onEvent = (EncryptionConfiguration?: object) => policy({ PolicyDetails: { PolicyType: 'EVENT_BASED_POLICY', Actions: [{ Name: 'copy', CrossRegionCopy: [{ Target: 'eu-west-1', EncryptionConfiguration }] }] } });
verdicts(copiesEncrypted, {
  pass: { 'encrypted': copies({ Encrypted: true }), 'as text': copies({ Encrypted: 'True' }), 'on an event': onEvent({ Encrypted: true }) },
  fail: { 'not encrypted': copies({ Encrypted: false }), 'not said': copies({ TargetRegion: 'eu-west-1' }), 'on an event': onEvent({ Encrypted: false }), 'on an event, not said': onEvent() },
  unknown: { 'a parameter': copies({ Encrypted: P }), 'schedules by parameter': policy({ PolicyDetails: { Schedules: P } }) },
  notApplicable: { 'no copies': keeps({ Count: 7 }), 'no details': policy(), 'an empty list': copies() },
  trap: {
    'the second of two': fail(copies({ Encrypted: true }, { Encrypted: false })),
    'a key without the switch': fail(copies({ CmkArn: 'arn:aws:kms:eu-west-1:111111111111:key/1' })),
    'in one branch': fail(copies({ Encrypted: ifProd(true, false) }), { message: /IsProd is false/ }),
  },
});
