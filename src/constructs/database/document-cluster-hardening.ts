import { Duration, RemovalPolicy, Token } from 'aws-cdk-lib';
import * as docdb from 'aws-cdk-lib/aws-docdb';
import * as rds from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';
import { isOff } from '../../declarations/declare';
import { OptOut } from '../../declarations/opt-out';
import { documentClusterDefaults as d, documentParameterDefaults as p } from '../../defaults/document-cluster';
import { EncryptionKey } from '../security/encryption-key';
import { tagForBackup } from '../support/backup-tag';
import { identifierOf, makeLogGroups } from '../support/database-logs';
import { dataSubnets } from '../support/database-subnets';
import { Hardening, isHardened } from '../support/hardening';
import { storeSecurityGroup } from '../support/store-network';

/**
 * Secure properties of a DocumentDB cluster, which is encrypted in any case. The key, identifier, master user and security group of a plain one stay:
 * CloudFormation replaces a cluster for the first three, it may be deployed already, and stacks that were deployed before may import the last.
 */
export const documentClusterHardening: Hardening<docdb.DatabaseClusterProps> = {
  injectionId: docdb.DatabaseCluster.PROPERTY_INJECTION_ID,
  harden: (scope, id, props) => {
    const plain = !isHardened(scope, id);
    return {
      ...props,
      ...plain ? {} : ofNew(scope, id, props),
      vpcSubnets: props.vpcSubnets ?? dataSubnets(props.vpc, plain),
      instances: props.instances ?? d.instances.value,
      backup: props.backup ?? { retention: Duration.days(d.backupRetentionDays.value) },
      deletionProtection: props.deletionProtection ?? d.deletionProtection.value,
      exportAuditLogsToCloudWatch: props.exportAuditLogsToCloudWatch ?? d.exportAuditLogs.value,
      copyTagsToSnapshot: props.copyTagsToSnapshot ?? d.copyTagsToSnapshot.value,
      parameterGroup: props.parameterGroup ?? parametersOf(scope, id, props.engineVersion),
    };
  },
  complete: (made, secure) => {
    tagForBackup(made);
    // An explicit retention has made CDK add a function that sets it, and refers to the groups itself.
    if (secure.dbClusterName !== undefined && secure.cloudWatchLogsRetention === undefined) exportDocumentLogs(made as docdb.DatabaseCluster, secure);
  },
};

/** What replaces a cluster that is deployed, or takes its instances down for a while. */
function ofNew(scope: Construct, id: string, props: docdb.DatabaseClusterProps): Partial<docdb.DatabaseClusterProps> {
  const { masterUser } = props;
  const kmsKey = props.kmsKey ?? (isOff(props.storageEncrypted) ? undefined : EncryptionKey.shared(scope, 'data'));
  const managed = props.manageMasterUserPassword ?? !bringsPassword(masterUser);
  return {
    kmsKey,
    storageEncrypted: props.storageEncrypted ?? d.storageEncrypted.value,
    manageMasterUserPassword: managed,
    masterUserSecretKmsKey: props.masterUserSecretKmsKey ?? (managed ? masterUser.kmsKey ?? kmsKey : undefined),
    masterUser: { ...masterUser, kmsKey: masterUser.kmsKey ?? kmsKey },
    securityGroup: props.securityGroup ?? storeSecurityGroup(scope, `${id}DatabaseSecurityGroup`, props.vpc, `${scope.node.path}/${id}`),
    caCertificate: props.caCertificate ?? rds.CaCertificate.RDS_CA_RSA2048_G1,
    removalPolicy: props.removalPolicy ?? RemovalPolicy.SNAPSHOT,
  };
}

/** A login that holds a password, or asks CDK to generate one: then DocumentDB cannot manage it. */
function bringsPassword({ password, excludeCharacters, secretName }: docdb.Login): boolean {
  return [password, excludeCharacters, secretName].some((one) => one !== undefined);
}

/** Makes the log groups of a cluster, and fixes its identifier for them. */
export function exportDocumentLogs(made: docdb.DatabaseCluster, props: docdb.DatabaseClusterProps, optOuts?: readonly OptOut[]): void {
  const exported = [...props.exportAuditLogsToCloudWatch ? ['audit'] : [], ...props.exportProfilerLogsToCloudWatch ? ['profiler'] : []];
  if (exported.length === 0) return;
  const resource = made.node.defaultChild as docdb.CfnDBCluster;
  const identifier = props.dbClusterName ?? identifierOf(made);
  if (props.dbClusterName === undefined) resource.dbClusterIdentifier = identifier;
  makeLogGroups(made, resource, { folder: '/aws/docdb', identifier, exported, retention: props.cloudWatchLogsRetention, optOuts });
}

/** The parameters without which the audit log stays empty. Of a cluster without a version nobody knows the family that they would be of. */
function parametersOf(scope: Construct, id: string, version: string | undefined): docdb.ClusterParameterGroup | undefined {
  if (version === undefined || Token.isUnresolved(version)) return undefined;
  const [major, minor] = version.split('.');
  return new docdb.ClusterParameterGroup(scope, `${id}Parameters`, {
    family: `docdb${major}.${minor}`, parameters: { tls: p.tls.value, audit_logs: p.auditLogs.value },
  });
}
