import { defaults } from './default';

const GUIDE = 'Amazon S3 user guide';

/** Secure defaults of a bucket whose objects are copied to another region or account, besides those of every bucket. */
export const replicatedBucketDefaults = defaults({
  replication: {
    value: true,
    provenBy: ['S3.Replication'],
    criteria: ['A1.2', 'CC7.5', 'CC9.1'],
    source: `${GUIDE}, "Replicating objects within and across Regions"`,
    reason: 'A copy elsewhere survives the loss of the region or of the account.',
  },
  sseKmsEncryptedObjects: {
    value: true,
    provenBy: [],
    criteria: [],
    source: `${GUIDE}, "Replicating encrypted objects": objects under KMS keys are left out unless asked for`,
    reason: 'Every object is under a KMS key, so nothing would be copied without it.',
  },
  replicationTimeControl: {
    value: true,
    provenBy: [],
    criteria: [],
    source: `${GUIDE}, "Meeting compliance requirements with S3 Replication Time Control": 15 minutes for 99.9 percent of objects`,
    reason: 'How far the copy may lag behind is agreed upon, so a recovery point objective can be promised.',
  },
  metrics: {
    value: true,
    provenBy: [],
    criteria: [],
    source: `${GUIDE}, "Monitoring replication with metrics, event notifications, and statuses"`,
    reason: 'Objects that are late or were not copied show.',
  },
  deleteMarkerReplication: {
    value: true,
    provenBy: [],
    criteria: [],
    source: `${GUIDE}, "Replicating delete markers between buckets": off by default`,
    reason: 'After a failover, what was deleted does not come back; its versions stay in both buckets.',
  },
});
