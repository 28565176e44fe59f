import { RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { tableDefaults as d } from '../../defaults/table';
import { EncryptionKey } from '../security/encryption-key';
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
};

/** Secure properties of a table of the first version of the L2. */
export const tableV1Hardening: Hardening<dynamodb.TableProps> = {
  injectionId: dynamodb.Table.PROPERTY_INJECTION_ID,
  harden: (scope, _id, props) => {
    const { pointInTimeRecovery, ...others } = props;
    const { CUSTOMER_MANAGED } = dynamodb.TableEncryption;
    const replicated = (props.replicationRegions ?? []).length > 0;
    const encryption = props.encryption ?? (replicated && !props.encryptionKey ? undefined : CUSTOMER_MANAGED);
    return {
      ...others,
      encryption,
      encryptionKey: props.encryptionKey ?? (encryption === CUSTOMER_MANAGED ? EncryptionKey.shared(scope, 'data') : undefined),
      pointInTimeRecoverySpecification: props.pointInTimeRecoverySpecification ?? recoveryOf(pointInTimeRecovery ?? d.pointInTimeRecovery.value),
      deletionProtection: props.deletionProtection ?? d.deletionProtection.value,
      removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN,
      // A table without a mode gets five units of capacity that do not follow demand.
      billingMode: props.billingMode ?? (props.readCapacity ?? props.writeCapacity ? undefined : dynamodb.BillingMode.PAY_PER_REQUEST),
    };
  },
};

function recoveryOf(enabled: boolean): dynamodb.PointInTimeRecoverySpecification {
  return { pointInTimeRecoveryEnabled: enabled, recoveryPeriodInDays: enabled ? d.recoveryPeriodDays.value : undefined };
}

/** CDK throws for a customer managed key where the region is not known, for fear of replicas; there are none there, and the key is the only one. */
function inAnyRegion(scope: Construct, encryption: dynamodb.TableEncryptionV2 | undefined): dynamodb.TableEncryptionV2 | undefined {
  const tableKey = encryption?.tableKey;
  if (tableKey && Token.isUnresolved(Stack.of(scope).region)) encryption._renderReplicaSseSpecification = () => ({ kmsMasterKeyId: tableKey.keyArn });
  return encryption;
}
