import { RemovalPolicy, Tags } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { tableHardening } from './table-hardening';
import { isOff } from '../../declarations/declare';
import { OptOut } from '../../declarations/opt-out';
import { tableDefaults as d } from '../../defaults/table';
import { BACKUP_TAG, BACKUP_TAG_VALUE } from '../support/backup-tag';
import { hardened } from '../support/hardening';
import { isOwnKey } from '../support/key-policy';
import { uphold } from '../support/uphold';

/** Properties of a `SecureTable`. */
export interface SecureTableProps extends dynamodb.TablePropsV2 {
  /**
   * Claims that are given up, each with a reason.
   *
   * @default - none
   */
  readonly optOuts?: OptOut[];
  /**
   * Tags the table `soc2:backup=true`, so that a `RecoveryPlan` backs it up.
   *
   * @default true
   */
  readonly backup?: boolean;
}

/**
 * A DynamoDB table that is encrypted with a customer managed key, can be restored to any second of 35 days, and is protected from deletion.
 *
 * With `replicas`, give `encryption: TableEncryptionV2.customerManagedKey(key, { region: keyArn })`: each region needs a key of its own.
 *
 * Supports CC6.1, CC7.5, A1.1, A1.2, C1.1 and PI1.5. Billed: the shared key (1 USD a month for the stack), point-in-time recovery by size, contributor
 * insights by events; leave the latter out with `contributorInsightsSpecification: { enabled: false }`.
 */
export class SecureTable extends dynamodb.TableV2 {
  /** @throws Error when a property weakens a claim without an opt-out, or when replicas are given without keys for their regions. */
  constructor(scope: Construct, id: string, props: SecureTableProps) {
    const replicas = props.replicas ?? [];
    if (replicas.length > 0 && !props.encryption) {
      throw new Error(`SecureTable at ${scope.node.path}/${id}: replicas need a key in each region; give encryption: TableEncryptionV2.customerManagedKey(key, { '${replicas[0].region}': keyArn })`);
    }
    const secure = hardened(tableHardening, scope, id, props);
    super(scope, id, secure);
    const [encryption, recovery] = [secure.encryption!, secure.pointInTimeRecoverySpecification!];
    if (props.backup ?? d.backup.value) Tags.of(this).add(BACKUP_TAG, BACKUP_TAG_VALUE);
    const unprotected = isOff(props.deletionProtection) || replicas.some((replica) => isOff(replica.deletionProtection));
    const unrecoverable = isOff(recovery.pointInTimeRecoveryEnabled)
      || replicas.some((replica) => isOff(replica.pointInTimeRecoverySpecification?.pointInTimeRecoveryEnabled ?? replica.pointInTimeRecovery));
    const key = encryption.tableKey;
    uphold(this, 'SecureTable', props.optOuts, [{
      resource: this.node.defaultChild as dynamodb.CfnGlobalTable,
      upheld: [
        { by: d.encryption, rule: 'DynamoDB.KmsEncryption', weakened: encryption.type === dynamodb.TableEncryption.DEFAULT && 'encryption: dynamoOwnedKey()' },
        // Nothing here knows whose key it is when it comes from elsewhere.
        ...key && !isOwnKey(key) ? [] : [{ by: d.encryption, rule: 'DynamoDB.CustomerKey', weakened: !key && 'encryption without a customer managed key' }],
        { by: d.pointInTimeRecovery, weakened: unrecoverable && 'pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: false }' },
        { by: d.deletionProtection, weakened: unprotected && 'deletionProtection: false' },
        { by: d.removalPolicy, weakened: unprotected && props.removalPolicy === RemovalPolicy.DESTROY && 'removalPolicy: DESTROY' },
        { by: d.billing, weakened: isFixed(props.billing) && 'billing with a fixed read capacity' },
      ],
    }]);
  }
}

function isFixed(billing: dynamodb.Billing | undefined): boolean {
  return billing?.mode === dynamodb.BillingMode.PROVISIONED && billing._renderReadCapacity()?.readCapacityAutoScalingSettings === undefined;
}
