import { Token } from 'aws-cdk-lib';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { everyQueueProps } from './every-queue';
import { SecureDeadLetterQueue } from './secure-dead-letter-queue';
import { queueDefaults as d } from '../../defaults/queue';
import { Hardening } from '../support/hardening';

/** Secure properties of a queue. */
export const queueHardening: Hardening<sqs.QueueProps> = {
  injectionId: sqs.Queue.PROPERTY_INJECTION_ID,
  harden: (scope, id, props) => ({
    ...everyQueueProps(scope, props),
    deadLetterQueue: props.deadLetterQueue ?? (takesDeadLetters(id, props) ? undefined : {
      maxReceiveCount: d.maxReceiveCount.value,
      queue: new SecureDeadLetterQueue(scope, `${id}DeadLetters`, { encryptionMasterKey: props.encryptionMasterKey, fifo: isFifo(props) || undefined }),
    }),
  }),
};

/** A queue that receives dead letters needs no queue for them. A plain one shows only by its name, or by saying whose it may receive. */
function takesDeadLetters(id: string, { redriveAllowPolicy }: sqs.QueueProps): boolean {
  const asked = redriveAllowPolicy !== undefined && redriveAllowPolicy.redrivePermission !== sqs.RedrivePermission.DENY_ALL;
  return asked || /dlq|dead.?letter/i.test(id);
}

function isFifo({ fifo, queueName }: sqs.QueueProps): boolean {
  return fifo ?? (queueName !== undefined && !Token.isUnresolved(queueName) && queueName.endsWith('.fifo'));
}
