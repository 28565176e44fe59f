import { RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import { CfnScalableTarget } from 'aws-cdk-lib/aws-applicationautoscaling';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { tableDefaults as d } from '../../defaults/table';
import { EncryptionKey } from '../security/encryption-key';
import { tagForBackup } from '../support/backup-tag';
import { Hardening } from '../support/hardening';

/** Secure properties of a DynamoDB table. A table with replicas keeps the encryption that it was given: each region needs a key of its own. */
export const tableHardening: Hardening<dynamodb.TablePropsV2> = {
  injectionId: dynamodb.TableV2.PROPERTY_INJECTION_ID,
  harden: (scope, _id, props) => {
    // The L2 refuses the old and the new property side by side, and warns of the old one even when it is undefined.
    const { pointInTimeRecovery, contributorInsights, ...others } = props;
    const replicated = (props.replicas ?? []).length > 0;
    return {
      ...others,
      encryption: inAnyRegion(scope, props.encryption ?? (replicated ? undefined : dynamodb.TableEncryptionV2.customerManagedKey(EncryptionKey.shared(scope, 'data')))),
      pointInTimeRecoverySpecification: props.pointInTimeRecoverySpecification ?? recoveryOf(pointInTimeRecovery ?? d.pointInTimeRecovery.value),
      contributorInsightsSpecification: props.contributorInsightsSpecification ?? { enabled: contributorInsights ?? d.contributorInsights.value },
      deletionProtection: props.deletionProtection ?? d.deletionProtection.value,
      removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN,
    };
  },
  complete: tagForBackup,
};

/** Secure properties of a table of the first version of the L2. */
export const tableV1Hardening: Hardening<dynamodb.TableProps> = {
  injectionId: dynamodb.Table.PROPERTY_INJECTION_ID,
  harden: (scope, _id, props) => {
    const { pointInTimeRecovery, contributorInsightsEnabled, ...others } = props;
    const { CUSTOMER_MANAGED } = dynamodb.TableEncryption;
    // The L2 refuses a key of one's own beside a list of regions, were it an empty one.
    const replicated = props.replicationRegions !== undefined;
    const encryption = props.encryption ?? (replicated && !props.encryptionKey ? undefined : CUSTOMER_MANAGED);
    return {
      ...others,
      encryption,
      encryptionKey: props.encryptionKey ?? (encryption === CUSTOMER_MANAGED ? EncryptionKey.shared(scope, 'data') : undefined),
      pointInTimeRecoverySpecification: props.pointInTimeRecoverySpecification ?? recoveryOf(pointInTimeRecovery ?? d.pointInTimeRecovery.value),
      contributorInsightsSpecification: props.contributorInsightsSpecification ?? { enabled: contributorInsightsEnabled ?? d.contributorInsights.value },
      deletionProtection: props.deletionProtection ?? d.deletionProtection.value,
      removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN,
    };
  },
  complete: (made, secure) => {
    const { billingMode, readCapacity, writeCapacity } = secure;
    if (billingMode === undefined && readCapacity === undefined && writeCapacity === undefined) followDemand(made as dynamodb.Table);
    tagForBackup(made);
  },
};

/** What the L2 gives a table, and its indexes, of which nobody has said a capacity. */
const UNSAID = { readCapacityUnits: 5, writeCapacityUnits: 5 };

/**
 * Capacity on demand, for a table that would have five units for ever. Its L2 is not told, because it would then refuse to scale the capacity, and
 * indexes that have their own: whether there are any is known only now.
 */
function followDemand(table: dynamodb.Table): void {
  const cfn = table.node.defaultChild as dynamodb.CfnTable;
  if (cfn.billingMode !== undefined) return;
  const indexes: dynamodb.CfnTable.GlobalSecondaryIndexProperty[] = table.stack.resolve(cfn.globalSecondaryIndexes) ?? [];
  const planned = [cfn, ...indexes].some(({ provisionedThroughput }) => JSON.stringify(provisionedThroughput) !== JSON.stringify(UNSAID));
  const scaled = table.node.findAll().some((node) => node instanceof CfnScalableTarget);
  if (planned || scaled) return;
  cfn.billingMode = dynamodb.BillingMode.PAY_PER_REQUEST;
  cfn.provisionedThroughput = undefined;
  cfn.globalSecondaryIndexes = indexes.map((index) => ({ ...index, provisionedThroughput: undefined }));
}

function recoveryOf(enabled: boolean): dynamodb.PointInTimeRecoverySpecification {
  return { pointInTimeRecoveryEnabled: enabled, recoveryPeriodInDays: enabled ? d.recoveryPeriodDays.value : undefined };
}

/** CDK throws for a customer managed key where the region is not known, for fear of replicas; there are none there, and the key is the only one. */
function inAnyRegion(scope: Construct, encryption: dynamodb.TableEncryptionV2 | undefined): dynamodb.TableEncryptionV2 | undefined {
  const tableKey = encryption?.tableKey;
  if (tableKey && Token.isUnresolved(Stack.of(scope).region)) encryption._renderReplicaSseSpecification = () => ({ kmsMasterKeyId: tableKey.keyArn });
  return encryption;
}
