import { defaults } from './default';

const GUIDE = 'Amazon EventBridge user guide';

/** Secure defaults of an event bus. */
export const eventBusDefaults = defaults({
  kmsKey: {
    value: 'customer managed',
    provenBy: ['Events.CustomerKey'],
    criteria: ['CC6.1', 'C1.1'],
    source: `${GUIDE}, "Encrypting EventBridge event buses with AWS KMS keys": an AWS owned key by default`,
    reason: 'A key of one\'s own has a policy, rotation and an audit trail.',
  },
  deadLetterQueue: {
    value: true,
    provenBy: ['Events.BusDeadLetterQueue'],
    criteria: ['PI1.3'],
    source: `${GUIDE}, "Using dead-letter queues to capture encrypted event errors in EventBridge"`,
    reason: 'Events are kept while the key of the bus cannot be used, in a queue under another key.',
  },
  logLevel: {
    value: 'ERROR',
    provenBy: ['Events.BusLogging'],
    criteria: ['CC7.2', 'PI1.3'],
    source: `${GUIDE}, "Configuring logs for Amazon EventBridge event buses": off by default`,
    reason: 'Which event could not be processed, and why, can be told afterwards.',
  },
  includeDetail: {
    value: 'NONE',
    provenBy: ['Events.NoDetailInLogs'],
    criteria: ['C1.1', 'CC6.1'],
    source: `${GUIDE}, "Configuring logs for Amazon EventBridge event buses": including detail data`,
    reason: 'More people read logs than the events themselves.',
  },
  archive: {
    value: 'on request',
    provenBy: ['Events.Archive'],
    criteria: ['PI1.3', 'A1.2'],
    source: `${GUIDE}, "Archiving and replaying events": billed by size`,
    reason: 'After a fault in a consumer, events can be processed again.',
  },
  archiveKey: {
    value: 'customer managed, its own',
    provenBy: ['Events.CustomerKey'],
    criteria: ['CC6.1', 'C1.1'],
    source: `${GUIDE}, "Encrypting EventBridge archives with AWS KMS keys"`,
    reason: 'The policy of the key of an archive names the bus, which refers to its key: one for both would be a circular dependency.',
  },
});
