import { Token } from 'aws-cdk-lib';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { queueHardening } from './queue-hardening';
import { OptOut } from '../../declarations/opt-out';
import { queueDefaults as d } from '../../defaults/queue';
import { hardened } from '../support/hardening';
import { upholdQueue } from '../support/queue-claims';

/** Properties of a `SecureQueue`. Those of `sqs.Queue` keep their meaning; where they are left out, the secure default stands. */
export interface SecureQueueProps extends sqs.QueueProps {
  /**
   * Claims that are given up, each with a reason.
   *
   * @default - none
   */
  readonly optOuts?: OptOut[];
}

/**
 * An SQS queue that is encrypted with a customer managed key, refuses plain HTTP, and sets messages aside that failed three times.
 *
 * Unless given, the queue for those is a `SecureDeadLetterQueue` beside it, which raises an alarm at the first message.
 *
 * Supports CC6.1, CC6.3, CC6.7, C1.1 and PI1.3. Billed: the shared keys of messages and of alarms (1 USD a month each for the stack), an
 * alarm (0.10 USD a month), and requests.
 */
export class SecureQueue extends sqs.Queue {
  /** @throws Error when a property weakens a claim without an opt-out, e.g. `enforceSSL: false`. */
  constructor(scope: Construct, id: string, props: SecureQueueProps = {}) {
    const secure = hardened(queueHardening, scope, id, props);
    super(scope, id, secure);
    const { deadLetterQueue: letters } = secure;
    upholdQueue(this, 'SecureQueue', d, props, secure, letters ? [
      { by: d.deadLetterQueue },
      { by: d.maxReceiveCount, weakened: !Token.isUnresolved(letters.maxReceiveCount) && letters.maxReceiveCount < 2 && `deadLetterQueue: { maxReceiveCount: ${letters.maxReceiveCount} }` },
    ] : []);
  }
}
