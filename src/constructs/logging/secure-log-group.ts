import { Annotations, Token } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { hasRetention, logGroupHardening } from './log-group-hardening';
import { OptOut } from '../../declarations/opt-out';
import { logGroupDefaults as d } from '../../defaults/log-group';
import { hardened } from '../support/hardening';
import { isOwnKey } from '../support/key-policy';
import { uphold } from '../support/uphold';

/** Properties of a `SecureLogGroup`. */
export interface SecureLogGroupProps extends logs.LogGroupProps {
  /**
   * Claims that are given up, each with a reason.
   *
   * @default - none
   */
  readonly optOuts?: OptOut[];
}

/**
 * A CloudWatch log group that is encrypted with a customer managed key, keeps its logs for a year, and outlives its stack.
 *
 * It adds the statement to the policy of the key without which CloudWatch Logs refuses the group. A log group that outlives its stack keeps
 * its name: to deploy the stack again with a `logGroupName` of one's own, delete or import the old group first.
 *
 * Supports CC6.1, CC7.2, CC7.3 and C1.1. Billed: the shared key (1 USD a month for the stack), ingestion and storage of logs.
 */
export class SecureLogGroup extends logs.LogGroup {
  /** @throws Error when a property weakens a claim without an opt-out, e.g. a retention of less than a year. */
  constructor(scope: Construct, id: string, props: SecureLogGroupProps = {}) {
    const secure = hardened(logGroupHardening, scope, id, props);
    super(scope, id, secure);
    const key = secure.encryptionKey!;
    if (!isOwnKey(key)) {
      Annotations.of(this).addWarningV2('cdk-soc2:logGroupUnderForeignKey',
        'the policy of its key cannot be seen; it must let logs.<region>.amazonaws.com use the key, with kms:EncryptionContext:aws:logs:arn for the log groups of this account');
    }
    const retention = judge(props.retention);
    uphold(this, 'SecureLogGroup', props.optOuts, [{
      resource: this.node.defaultChild as logs.CfnLogGroup,
      upheld: [
        ...isOwnKey(key) ? [{ by: d.encryptionKey }] : [],
        ...hasRetention(props) ? [
          { by: d.retentionDays, rule: 'Logs.Retention', weakened: retention === 'for ever' && 'retention: INFINITE' },
          { by: d.retentionDays, rule: 'Logs.RetentionOneYear', weakened: retention === 'too short' && `retention: ${props.retention}` },
        ] : [],
      ],
    }]);
  }
}

function judge(retention: logs.RetentionDays | undefined): 'for ever' | 'too short' | undefined {
  if (retention === undefined || Token.isUnresolved(retention)) return undefined;
  if (retention === logs.RetentionDays.INFINITE || retention === Infinity) return 'for ever';
  return retention < d.retentionDays.value ? 'too short' : undefined;
}
