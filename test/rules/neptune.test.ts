import { P, presence, setting, subject } from './cases';
import { fail, pass, unknown, verdicts } from './verdicts';
import {
  auditLogs, autoMinorVersionUpgrade, backupRetention, copyTagsToSnapshot, customerKey, deletionProtection, graphNotPublic, iamAuthentication, multiAz,
  notPublic, storageEncrypted,
} from '../../src/rules/neptune';

const cluster = subject('AWS::Neptune::DBCluster');
const instance = subject('AWS::Neptune::DBInstance');
const graph = subject('AWS::NeptuneGraph::Graph');
const member = (DBClusterIdentifier: unknown) => ({ Type: 'AWS::Neptune::DBInstance', Properties: { DBClusterIdentifier } });

verdicts(storageEncrypted, setting(cluster, 'StorageEncrypted', {
  good: true,
  bad: false,
  fail: { 'a global database': subject('AWS::Neptune::GlobalCluster')() },
  unknown: { 'restored from a snapshot': cluster({ SnapshotIdentifier: 's' }) },
}));
verdicts(customerKey, presence(cluster, 'KmsKeyId', {
  pass: { 'of a graph': graph({ KmsKeyIdentifier: 'arn:aws:kms:us-east-1:111111111111:key/1' }) },
  fail: { 'of a graph, by the name of the cluster': graph({ KmsKeyId: 'k' }), 'the AWS managed key': cluster({ KmsKeyId: 'alias/aws/rds' }), 'encryption is switched off': cluster({ KmsKeyId: 'k', StorageEncrypted: false }) },
  unknown: { 'by parameter': cluster({ KmsKeyId: P }) },
}));
verdicts(auditLogs, {
  pass: { 'audit': cluster({ EnableCloudwatchLogsExports: ['audit'] }) },
  fail: { 'absent': cluster(), 'slow queries only': cluster({ EnableCloudwatchLogsExports: ['slowquery'] }) },
  unknown: { 'by parameter': cluster({ EnableCloudwatchLogsExports: [P] }) },
  trap: { 'a single value for a list': pass(cluster({ EnableCloudwatchLogsExports: 'audit' })) },
});
verdicts(backupRetention, setting(cluster, 'BackupRetentionPeriod', { good: 7, bad: 1 }));
verdicts(iamAuthentication, setting(cluster, 'IamAuthEnabled', { good: true, bad: false }));
verdicts(deletionProtection, setting(cluster, 'DeletionProtection', { good: true, bad: false, fail: { 'a graph': graph(), 'a global database': subject('AWS::Neptune::GlobalCluster')() } }));
verdicts(multiAz, {
  pass: { 'two instances': cluster({}, { A: member({ Ref: 'Subject' }), B: member({ Ref: 'Subject' }) }) },
  fail: { 'one instance': cluster({}, { A: member({ Ref: 'Subject' }) }) },
  unknown: { 'none among the templates': cluster() },
  trap: {
    'one of another cluster': fail(cluster({}, { A: member({ Ref: 'Subject' }), B: member('other') })),
    'instances by parameter': unknown(cluster({}, { A: member(P) })),
  },
});
verdicts(autoMinorVersionUpgrade, setting(instance, 'AutoMinorVersionUpgrade', {
  good: true, bad: false, absent: 'pass', trap: { 'asked for what is written': fail(instance(), { options: { requireExplicit: true } }) },
}));
verdicts(copyTagsToSnapshot, setting(cluster, 'CopyTagsToSnapshot', { good: true, bad: false }));
verdicts(graphNotPublic, setting(graph, 'PublicConnectivity', { good: false, bad: true, absent: 'pass' }));
verdicts(notPublic, setting(instance, 'PubliclyAccessible', { good: false, bad: true, absent: 'pass' }));
