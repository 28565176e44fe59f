import { awsDefaults } from './aws-defaults';
import { all, any, applies, Property, ResourceReader, rule, Truth, when } from './kernel';
import { placesAt } from './shared/places';
import { stands } from './shared/stands';

const POLICY = ['AWS::DLM::LifecyclePolicy'];

export const enabled = rule({
  id: 'DLM.Enabled',
  resourceTypes: POLICY,
  title: 'Snapshot policy is in force',
  severity: 'low',
  criteria: { direct: ['A1.2'], supporting: ['CC7.5'] },
  rationale: 'A policy that is switched off takes no snapshots, and looks like a backup to whoever reads the list.',
  remediation: { cfn: 'State: ENABLED' },
  sources: ['Amazon Data Lifecycle Manager API reference, CreateLifecyclePolicy: State is required'],
  check: (policy) => policy.get('State').is('ENABLED'),
});

const LEAST_DAYS = 7;
const DAYS: ReadonlyMap<unknown, number> = new Map([['DAYS', 1], ['WEEKS', 7], ['MONTHS', 30], ['YEARS', 365]]);

/** A schedule keeps a number of snapshots, or each one for a time. Of a schedule that runs daily a number is as many days. */
function keepsAWeek(schedule: Property): Truth {
  const keep = schedule.get('RetainRule');
  if (keep.get('Interval').missing) return keep.get('Count').atLeast(LEAST_DAYS);
  const unit = keep.get('IntervalUnit');
  const days = DAYS.get(unit.seen().scalar);
  return days === undefined ? unit.openTruth() : keep.get('Interval').atLeast(Math.ceil(LEAST_DAYS / days));
}

/** A default policy takes snapshots of everything; it is set at the top or, in the form for modification, in the details. */
function isDefault(policy: ResourceReader): Truth {
  return any([policy.get('DefaultPolicy').isPresent(), policy.get('PolicyDetails.PolicyLanguage').is('SIMPLIFIED')]);
}

export const retention = rule({
  id: 'DLM.Retention',
  resourceTypes: POLICY,
  title: 'Snapshots are kept for a week',
  severity: 'low',
  criteria: { direct: ['A1.2'], supporting: ['CC7.5'] },
  rationale: 'Damage is often found days later. How long is enough depends on the data, and other backups may reach further, so this is asked for.',
  remediation: { cfn: 'RetainRule: { Interval: 7, IntervalUnit: DAYS } or Count: 7 in a schedule; RetainInterval: 7 of a default policy' },
  sources: ['AWS::DLM::LifecyclePolicy RetainRule', awsDefaults['AWS::DLM::LifecyclePolicy.RetainInterval'].source],
  onByDefault: false,
  check: (policy) => {
    if (isDefault(policy).yes) {
      const inside = policy.get('PolicyDetails.RetainInterval');
      return (inside.missing ? policy.get('RetainInterval') : inside).awsDefault(awsDefaults['AWS::DLM::LifecyclePolicy.RetainInterval']).atLeast(LEAST_DAYS);
    }
    return applies(policy.get('PolicyDetails.PolicyType').isNot('EVENT_BASED_POLICY'), 'it copies snapshots that others take',
      () => policy.get('PolicyDetails.Schedules').some(keepsAWeek));
  },
});

export const copiesEncrypted = rule({
  id: 'DLM.CopiesEncrypted',
  resourceTypes: POLICY,
  title: 'Snapshots are encrypted when they are copied to another Region',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'The copy of an unencrypted snapshot stays unencrypted unless the policy says otherwise. Where volumes are encrypted their copies are so anyway, so this is a second line of defence.',
  remediation: { construct: 'EncryptionKey', cfn: 'Encrypted: true in CrossRegionCopyRules, or in the EncryptionConfiguration of CrossRegionCopy' },
  sources: ['AWS::DLM::LifecyclePolicy CrossRegionCopyRule, Encrypted, and EncryptionConfiguration'],
  check: (policy) => {
    const copies = [
      ...placesAt(policy, 'PolicyDetails.Schedules[].CrossRegionCopyRules[]').map((copy) => [copy, copy.get('Encrypted')] as const),
      ...placesAt(policy, 'PolicyDetails.Actions[].CrossRegionCopy[]').map((copy) => [copy, copy.get('EncryptionConfiguration.Encrypted')] as const),
    ];
    return applies(any(copies.map(([copy]) => stands(copy)), 'nothing is copied'), 'it copies nothing to another Region',
      () => all(...copies.map(([copy, encrypted]) => when(stands(copy), () => encrypted.isTrue()))));
  },
});
