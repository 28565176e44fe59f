import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { present } from './present';
import { SecureLogGroup } from '../logging/secure-log-group';
import { EncryptionKey } from '../security/encryption-key';
import { Hardening } from '../support/hardening';

/** Secure properties of an ECS cluster. */
export const clusterHardening: Hardening<ecs.ClusterProps> = {
  injectionId: ecs.Cluster.PROPERTY_INJECTION_ID,
  harden: (scope, id, props) => {
    const given = present(props);
    // Used below, and made here, as at synthesis it would come too late for the tags of the app.
    if (!given.managedStorageConfiguration) EncryptionKey.shared(scope, 'data');
    return present({
      ...given,
      // CDK refuses both.
      containerInsightsV2: given.containerInsightsV2 ?? (given.containerInsights === undefined ? ecs.ContainerInsights.ENHANCED : undefined),
      executeCommandConfiguration: given.executeCommandConfiguration ?? logged(scope, id),
    });
  },
  complete: (made, { managedStorageConfiguration }) => {
    if (!managedStorageConfiguration) encryptFargateStorage(made as ecs.Cluster);
  },
};

function logged(scope: Construct, id: string): ecs.ExecuteCommandConfiguration {
  return {
    // A session and its log are the same words.
    kmsKey: EncryptionKey.shared(scope, 'logs'),
    logging: ecs.ExecuteCommandLogging.OVERRIDE,
    logConfiguration: { cloudWatchLogGroup: new SecureLogGroup(scope, `${id}CommandLogs`), cloudWatchEncryptionEnabled: true },
  };
}

/**
 * Puts the storage of tasks on Fargate under the shared key. The L2 is not told: it would let Fargate use the key in statements whose ids are the
 * same for every cluster, but which name the cluster, and the ids in a policy have to differ.
 */
function encryptFargateStorage(cluster: ecs.Cluster): void {
  const key = EncryptionKey.shared(cluster, 'data');
  (cluster.node.defaultChild as ecs.CfnCluster).addPropertyOverride('Configuration.ManagedStorageConfiguration.FargateEphemeralStorageKmsKeyId', key.keyId);
  admitFargate(key, cluster);
}

/** Lets Fargate use a key for the tasks of the account (Amazon ECS developer guide, "Create an encryption key for Fargate ephemeral storage"). */
function admitFargate(key: kms.IKey, { stack }: ecs.Cluster): void {
  const principals = [new iam.ServicePrincipal('fargate.amazonaws.com')];
  const forAccount = { 'kms:EncryptionContext:aws:ecs:clusterAccount': stack.account };
  key.addToResourcePolicy(new iam.PolicyStatement({
    principals, actions: ['kms:GenerateDataKeyWithoutPlaintext'], resources: ['*'], conditions: { StringEquals: forAccount },
  }));
  key.addToResourcePolicy(new iam.PolicyStatement({
    principals,
    actions: ['kms:CreateGrant'],
    resources: ['*'],
    conditions: { 'StringEquals': forAccount, 'ForAllValues:StringEquals': { 'kms:GrantOperations': ['Decrypt'] } },
  }));
}
