import * as sqs from 'aws-cdk-lib/aws-sqs';
import { isOwnKey } from './key-policy';
import { uphold, Upheld } from './uphold';
import { isOff } from '../../declarations/declare';
import { OptOut } from '../../declarations/opt-out';
import type { queueDefaults } from '../../defaults/queue';

/** What a queue has whether it holds messages or those that failed. */
type EveryQueue = Pick<typeof queueDefaults, 'encryption' | 'enforceSSL' | 'policy'>;

interface QueueProps extends sqs.QueueProps {
  readonly optOuts?: OptOut[];
}

const { UNENCRYPTED, KMS_MANAGED, SQS_MANAGED } = sqs.QueueEncryption;

/** Declares what a queue upholds, and its policy. */
export function upholdQueue(queue: sqs.Queue, construct: string, d: EveryQueue, props: QueueProps, secure: sqs.QueueProps, rest: readonly Upheld[]): void {
  const { encryption, encryptionMasterKey: key } = secure;
  const keyless = encryption === UNENCRYPTED || encryption === KMS_MANAGED || encryption === SQS_MANAGED;
  const policy = queue.node.tryFindChild('Policy')?.node.defaultChild as sqs.CfnQueuePolicy | undefined;
  uphold(queue, construct, props.optOuts, [
    {
      resource: queue.node.defaultChild as sqs.CfnQueue,
      upheld: [
        { by: d.encryption, rule: 'SQS.Encryption', weakened: encryption === UNENCRYPTED && 'encryption: UNENCRYPTED' },
        // Nothing here knows whose key it is when it comes from elsewhere.
        ...key && !isOwnKey(key) ? [] : [{ by: d.encryption, rule: 'SQS.CustomerKey', weakened: keyless && `encryption: ${encryption}` }],
        { by: d.enforceSSL, weakened: isOff(props.enforceSSL) && 'enforceSSL: false' },
        ...rest,
      ],
    },
    ...policy ? [{ resource: policy, upheld: [{ by: d.policy }] }] : [],
  ]);
}
