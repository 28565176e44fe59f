import { defaults, SharedKey } from './default';
import { inRecoveryPlan } from './store';

/** Secure defaults of an EBS volume. */
export const volumeDefaults = defaults({
  encrypted: {
    value: true,
    provenBy: ['EC2.VolumeEncrypted'],
    criteria: ['CC6.1', 'C1.1'],
    source: 'Amazon EBS user guide, "Amazon EBS encryption": off, unless it is on by default in the account',
    reason: 'The volume and its snapshots cannot be read by whoever gets at the storage, and it cannot be turned on later.',
    cfn: { Encrypted: true },
  },
  encryptionKey: {
    value: 'customer managed',
    provenBy: ['EC2.VolumeCustomerKey'],
    criteria: ['CC6.1', 'C1.1'],
    source: 'Amazon EBS user guide, "How Amazon EBS encryption works": aws/ebs without a key; snapshots under it cannot be shared with another account',
    reason: 'A key of one\'s own has a policy, rotation and an audit trail.',
    cfn: { KmsKeyId: new SharedKey('data') },
  },
  volumeType: {
    value: 'gp3',
    provenBy: [],
    criteria: [],
    source: 'Amazon EBS user guide, "General Purpose SSD volumes"',
    reason: 'Costs a fifth less than gp2, and its performance does not depend on its size.',
    cfn: { VolumeType: 'gp3' },
  },
  removalPolicy: {
    value: 'SNAPSHOT',
    provenBy: ['Data.Retained'],
    criteria: ['A1.2', 'C1.1'],
    source: 'AWS CloudFormation user guide, "DeletionPolicy attribute"',
    reason: 'A deleted stack, or a change that replaces the volume, leaves a snapshot of the data.',
    cfn: { DeletionPolicy: 'Snapshot', UpdateReplacePolicy: 'Snapshot' },
  },
  backup: inRecoveryPlan,
});
