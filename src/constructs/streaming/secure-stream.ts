import { Token } from 'aws-cdk-lib';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import { Construct } from 'constructs';
import { streamHardening } from './stream-hardening';
import { OptOut } from '../../declarations/opt-out';
import { streamDefaults as d } from '../../defaults/stream';
import { isShorter } from '../support/duration';
import { hardened } from '../support/hardening';
import { isOwnKey } from '../support/key-policy';
import { uphold } from '../support/uphold';

/** Properties of a `SecureStream`. Those of `kinesis.Stream` keep their meaning; where they are left out, the secure default stands. */
export interface SecureStreamProps extends kinesis.StreamProps {
  /**
   * Claims that are given up, each with a reason.
   *
   * @default - none
   */
  readonly optOuts?: OptOut[];
}

const { UNENCRYPTED, MANAGED } = kinesis.StreamEncryption;

/**
 * A Kinesis data stream that is encrypted with a customer managed key, keeps records for seven days, and whose capacity follows demand.
 *
 * Supports CC6.1, A1.1, A1.2, C1.1 and PI1.3. Billed: the shared key (1 USD a month for the stack), the stream by the hour, records by size, and
 * their retention beyond a day.
 */
export class SecureStream extends kinesis.Stream {
  /** @throws Error when a property weakens a claim without an opt-out, e.g. `shardCount: 2`. */
  constructor(scope: Construct, id: string, props: SecureStreamProps = {}) {
    const secure = hardened(streamHardening, scope, id, props);
    super(scope, id, secure);
    const { encryption, encryptionKey: key, retentionPeriod } = secure;
    const provisioned = !Token.isUnresolved(secure.streamMode) && secure.streamMode !== kinesis.StreamMode.ON_DEMAND
      && (props.streamMode ? `streamMode: ${props.streamMode}` : `shardCount: ${props.shardCount}`);
    const keyless = encryption === MANAGED || encryption === UNENCRYPTED;
    uphold(this, 'SecureStream', props.optOuts, [{
      resource: this.node.defaultChild as kinesis.CfnStream,
      upheld: [
        { by: d.encryption, rule: 'Kinesis.Encryption', weakened: encryption === UNENCRYPTED && 'encryption: UNENCRYPTED' },
        // Nothing here knows whose key it is when it comes from elsewhere.
        ...key && !isOwnKey(key) ? [] : [{ by: d.encryption, rule: 'Kinesis.CustomerKey', weakened: keyless && `encryption: ${encryption === MANAGED ? 'MANAGED' : 'UNENCRYPTED'}` }],
        { by: d.retentionPeriodDays, weakened: isShorter(retentionPeriod, d.retentionPeriodDays.value) && `retentionPeriod: ${retentionPeriod?.toHumanString()}` },
        { by: d.streamMode, weakened: provisioned },
      ],
    }]);
  }
}
