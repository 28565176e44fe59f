import { ifProd, P, presence, setting, subject } from './cases';
import { fail, notApplicable, pass, unknown, verdicts } from './verdicts';
import {
  auditLogging, automatedSnapshots, customerKey, encrypted, enhancedVpcRouting, inVpc, maintenanceWindow, managedPassword, multiAz, nonDefaultPort,
  nonDefaultUsername, notPublic,
  requireTls, serverlessLogs, snapshotRetention, userActivityLogging, versionUpgrade,
} from '../../src/rules/redshift';

const cluster = subject('AWS::Redshift::Cluster');
const namespace = subject('AWS::RedshiftServerless::Namespace');
const workgroup = subject('AWS::RedshiftServerless::Workgroup');
const group = (...Parameters: unknown[]) => subject('AWS::Redshift::ClusterParameterGroup')({ Parameters });
const parameter = (ParameterName: string, ParameterValue: unknown) => ({ ParameterName, ParameterValue });

verdicts(encrypted, setting(cluster, 'Encrypted', {
  good: true,
  bad: false,
  unknown: { 'restored from a snapshot': cluster({ SnapshotIdentifier: 's' }) },
  trap: { 'restored from a snapshot, and off': fail(cluster({ SnapshotArn: 'a', Encrypted: 'false' })) },
}));
verdicts(customerKey, presence(cluster, 'KmsKeyId', {
  fail: {
    'a namespace': namespace(), 'the AWS managed key': namespace({ KmsKeyId: 'alias/aws/redshift' }), 'encryption is switched off': cluster({ KmsKeyId: 'k', Encrypted: 'false' }),
  },
  unknown: { 'by parameter': cluster({ KmsKeyId: P }) },
  trap: { 'a key of the template': pass(cluster({ KmsKeyId: { Ref: 'Key' } }, { Key: { Type: 'AWS::KMS::Key' } })) },
}));
verdicts(notPublic, setting(cluster, 'PubliclyAccessible', {
  good: false,
  bad: true,
  absent: 'pass',
  fail: { 'a public workgroup': workgroup({ PubliclyAccessible: 'true' }) },
}));
verdicts(auditLogging, presence(cluster, 'LoggingProperties.BucketName', {
  pass: { 'to CloudWatch': cluster({ LoggingProperties: { LogDestinationType: 'cloudwatch', LogExports: ['connectionlog'] } }) },
  fail: { 'to S3, without a bucket': cluster({ LoggingProperties: { LogDestinationType: 's3' } }) },
  unknown: { 'the destination by parameter': cluster({ LoggingProperties: { LogDestinationType: P } }) },
}));
verdicts(requireTls, {
  pass: {
    'true': group(parameter('require_ssl', 'true')),
    'a workgroup': workgroup({ ConfigParameters: [{ ParameterKey: 'require_ssl', ParameterValue: 'true' }] }),
  },
  fail: { 'false': group(parameter('require_ssl', 'false')), 'another parameter': group(parameter('enable_user_activity_logging', 'true')), 'none': group() },
  unknown: {
    'a cluster whose group is made elsewhere': cluster({ ClusterParameterGroupName: 'house-rules' }),
    'a cluster whose group is a parameter': cluster({ ClusterParameterGroupName: P }),
    'by parameter': group(parameter('require_ssl', P)), 'a list by parameter': subject('AWS::Redshift::ClusterParameterGroup')({ Parameters: P }),
  },
  trap: {
    'a cluster without a group: only new ones require TLS': fail(cluster(), { message: /since January 2025/ }),
    'a cluster under the default group of old': fail(cluster({ ClusterParameterGroupName: 'default.redshift-1.0' })),
    'a cluster under the default group of now': pass(cluster({ ClusterParameterGroupName: 'default.redshift-2.0' })),
    'a cluster whose group is judged': notApplicable(cluster({ ClusterParameterGroupName: { Ref: 'Group' } }, { Group: { Type: 'AWS::Redshift::ClusterParameterGroup' } })),
    'the second of two': pass(group(parameter('x', 'false'), parameter('require_ssl', true))),
    'in one branch': fail(group(parameter('require_ssl', ifProd('true', 'false'))), { message: /IsProd is false/ }),
    'the other spelling of the list does not count': fail(workgroup({ Parameters: [parameter('require_ssl', 'true')] })),
  },
});
verdicts(userActivityLogging, {
  pass: { 'true': group(parameter('enable_user_activity_logging', 'true')), 'a namespace': namespace({ LogExports: ['userlog', 'useractivitylog'] }) },
  fail: { 'a namespace, without': namespace({ LogExports: ['userlog'] }), 'false': group(parameter('enable_user_activity_logging', 'false')), 'none': group() },
  unknown: { 'by parameter': group(parameter('enable_user_activity_logging', P)) },
  trap: { 'true of another parameter': fail(group(parameter('require_ssl', 'true'))) },
});
verdicts(serverlessLogs, {
  pass: { 'both': namespace({ LogExports: ['userlog', 'connectionlog'] }) },
  fail: { 'absent': namespace(), 'one': namespace({ LogExports: ['userlog'] }), 'the other one': namespace({ LogExports: ['connectionlog'] }) },
  unknown: { 'by parameter': namespace({ LogExports: P }) },
  trap: { 'activity only': fail(namespace({ LogExports: ['useractivitylog'] })), 'one is not known': unknown(namespace({ LogExports: ['userlog', P] })) },
});
verdicts(automatedSnapshots, setting(cluster, 'AutomatedSnapshotRetentionPeriod', { good: 1, bad: 0, absent: 'pass' }));
verdicts(snapshotRetention, setting(cluster, 'AutomatedSnapshotRetentionPeriod', { good: 7, bad: 2 }));
verdicts(versionUpgrade, setting(cluster, 'AllowVersionUpgrade', { good: true, bad: false, absent: 'pass' }));
verdicts(maintenanceWindow, presence(cluster, 'PreferredMaintenanceWindow'));
verdicts(enhancedVpcRouting, setting(cluster, 'EnhancedVpcRouting', { good: true, bad: false, fail: { 'a workgroup': workgroup() } }));
verdicts(inVpc, presence(cluster, 'ClusterSubnetGroupName'));
verdicts(managedPassword, setting(cluster, 'ManageMasterPassword', {
  good: true,
  bad: false,
  pass: { 'a namespace': namespace({ ManageAdminPassword: true }) },
  trap: { 'a namespace, by the cluster\'s name': fail(namespace({ ManageMasterPassword: true })) },
}));
verdicts(nonDefaultUsername, setting(cluster, 'MasterUsername', {
  good: 'owner',
  bad: 'awsuser',
  absent: 'pass',
  fail: { 'a namespace': namespace({ AdminUsername: 'admin' }), 'a namespace, by default': namespace() },
  trap: { 'the default name of the other kind': pass(namespace({ AdminUsername: 'awsuser' })) },
}));
verdicts(nonDefaultPort, setting(cluster, 'Port', { good: 5440, bad: 5439 }));
verdicts(multiAz, setting(cluster, 'MultiAZ', { good: true, bad: false }));
