import { tableHardening, tableV1Hardening } from '../constructs/database/table-hardening';
import { logGroupHardening } from '../constructs/logging/log-group-hardening';
import { queueHardening } from '../constructs/messaging/queue-hardening';
import { topicHardening } from '../constructs/messaging/topic-hardening';
import { keyHardening } from '../constructs/security/key-hardening';
import { bucketHardening } from '../constructs/storage/bucket-hardening';
import { Hardening } from '../constructs/support/hardening';

/** Every L2 that the blueprint makes secure, one hardening each. */
export const HARDENINGS: readonly Hardening<any>[] = [
  bucketHardening,
  keyHardening,
  logGroupHardening,
  queueHardening,
  tableHardening,
  tableV1Hardening,
  topicHardening,
];
