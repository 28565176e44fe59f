import { Duration, Token } from 'aws-cdk-lib';
import * as docdb from 'aws-cdk-lib/aws-docdb';
import { Construct } from 'constructs';
import { documentClusterDefaults as d, documentParameterDefaults as p } from '../../defaults/database-cluster';
import { tagForBackup } from '../support/backup-tag';
import { makeLogGroups } from '../support/database-logs';
import { dataSubnets } from '../support/database-subnets';
import { Hardening } from '../support/hardening';

/**
 * Secure properties of a plain DocumentDB cluster, which is encrypted in any case. Its key, identifier and master user stay: CloudFormation replaces a
 * cluster for them, and it may be deployed already.
 */
export const documentClusterHardening: Hardening<docdb.DatabaseClusterProps> = {
  injectionId: docdb.DatabaseCluster.PROPERTY_INJECTION_ID,
  harden: (scope, id, props) => ({
    ...props,
    vpcSubnets: props.vpcSubnets ?? dataSubnets(props.vpc, true),
    instances: props.instances ?? d.instances.value,
    backup: props.backup ?? { retention: Duration.days(d.backupRetentionDays.value) },
    deletionProtection: props.deletionProtection ?? d.deletionProtection.value,
    exportAuditLogsToCloudWatch: props.exportAuditLogsToCloudWatch ?? d.exportAuditLogs.value,
    copyTagsToSnapshot: props.copyTagsToSnapshot ?? d.copyTagsToSnapshot.value,
    parameterGroup: props.parameterGroup ?? parametersOf(scope, id, props.engineVersion),
  }),
  complete: (made, secure) => {
    tagForBackup(made);
    const { dbClusterName: identifier, exportAuditLogsToCloudWatch: exported } = secure;
    // An explicit retention has made CDK add a function that sets it, and refers to the group itself.
    if (identifier === undefined || !exported || secure.cloudWatchLogsRetention !== undefined) return;
    makeLogGroups(made, made.node.defaultChild as docdb.CfnDBCluster, { folder: '/aws/docdb', identifier, exported: ['audit'] });
  },
};

/** The parameters without which the audit log stays empty. Of a cluster without a version nobody knows the family that they would be of. */
function parametersOf(scope: Construct, id: string, version: string | undefined): docdb.ClusterParameterGroup | undefined {
  if (version === undefined || Token.isUnresolved(version)) return undefined;
  const [major, minor] = version.split('.');
  return new docdb.ClusterParameterGroup(scope, `${id}Parameters`, {
    family: `docdb${major}.${minor}`, parameters: { tls: p.tls.value, audit_logs: p.auditLogs.value },
  });
}
