import { ifProd, MACRO, P, presence, setting, subject } from './cases';
import { fail, pass, unknown, verdicts } from './verdicts';
import {
  backupRetention, caCertificateCurrent, customerKey, deletionProtection, elasticBackupRetention, logExports, multiAz, nonDefaultPort, storageEncrypted, tlsEnforced,
} from '../../src/rules/documentdb';

const cluster = subject('AWS::DocDB::DBCluster');
const elastic = subject('AWS::DocDBElastic::Cluster');
const instance = { Type: 'AWS::DocDB::DBInstance', Properties: { DBClusterIdentifier: { Ref: 'Subject' } } };

verdicts(storageEncrypted, setting(cluster, 'StorageEncrypted', {
  good: true,
  bad: false,
  unknown: { 'restored from a snapshot': cluster({ SnapshotIdentifier: 's' }) },
  trap: {
    'a global cluster': fail(subject('AWS::DocDB::GlobalCluster')()),
    'a global cluster of an encrypted one': pass(subject('AWS::DocDB::GlobalCluster')(
      { SourceDBClusterIdentifier: { Ref: 'Source' } }, { Source: { Type: 'AWS::DocDB::DBCluster', Properties: { StorageEncrypted: true } } },
    )),
    'restored from a cluster of the template': pass(
      cluster({ SourceDBClusterIdentifier: { Ref: 'Source' } }, { Source: { Type: 'AWS::DocDB::DBCluster', Properties: { StorageEncrypted: true } } }),
    ),
  },
}));

verdicts(customerKey, presence(cluster, 'KmsKeyId', {
  pass: { 'of an elastic cluster': elastic({ KmsKeyId: { Ref: 'Key' } }, { Key: { Type: 'AWS::KMS::Key' } }) },
  fail: { 'of an elastic cluster, absent': elastic(), 'encryption is switched off': cluster({ KmsKeyId: 'k', StorageEncrypted: false }), 'the AWS managed key': cluster({ KmsKeyId: 'arn:aws:kms:us-east-1:111111111111:alias/aws/rds' }) },
  unknown: { 'by parameter': elastic({ KmsKeyId: P }) },
}));

verdicts(logExports, {
  pass: { 'audit': cluster({ EnableCloudwatchLogsExports: ['audit', 'profiler'] }) },
  fail: { 'absent': cluster(), 'the profiler only': cluster({ EnableCloudwatchLogsExports: ['profiler'] }) },
  unknown: { 'by parameter': cluster({ EnableCloudwatchLogsExports: P }) },
  trap: {
    'in one branch': fail(cluster({ EnableCloudwatchLogsExports: ifProd(['audit'], []) })),
    'one of several is not known': unknown(cluster({ EnableCloudwatchLogsExports: ['profiler', P] })),
  },
});

verdicts(backupRetention, setting(cluster, 'BackupRetentionPeriod', { good: 7, bad: 6 }));

verdicts(deletionProtection, setting(cluster, 'DeletionProtection', {
  good: true, bad: false, fail: { 'a global cluster': subject('AWS::DocDB::GlobalCluster')({ DeletionProtection: 'false' }) },
}));

verdicts(caCertificateCurrent, setting(subject('AWS::DocDB::DBInstance'), 'CACertificateIdentifier', { good: 'rds-ca-rsa4096-g1', bad: 'rds-ca-2019', absent: 'pass' }));

const group = subject('AWS::DocDB::DBClusterParameterGroup', { Family: 'docdb5.0' });
verdicts(tlsEnforced, {
  pass: {
    'enabled': group({ Parameters: { tls: 'enabled' } }),
    'a version': group({ Parameters: { tls: 'tls1.2+' } }),
    'absent': group({ Parameters: { audit_logs: 'enabled' } }),
  },
  fail: { 'disabled': group({ Parameters: { tls: 'disabled' } }) },
  unknown: { 'by parameter': group({ Parameters: { tls: P } }), 'by a macro': group({ Parameters: MACRO }) },
  trap: {
    'in capitals': fail(group({ Parameters: { tls: 'Disabled' } })),
    'disabled in one branch': fail(group({ Parameters: { tls: ifProd('enabled', 'disabled') } })),
  },
});

verdicts(multiAz, {
  pass: { 'two instances': cluster({}, { A: instance, B: instance }) },
  fail: { 'one instance': cluster({}, { A: instance }) },
  unknown: { 'none among the templates': cluster() },
  trap: {
    'instances of RDS do not count': unknown(
      cluster({}, { A: { ...instance, Type: 'AWS::RDS::DBInstance' }, B: { ...instance, Type: 'AWS::RDS::DBInstance' } }),
    ),
  },
});

verdicts(elasticBackupRetention, setting(elastic, 'BackupRetentionPeriod', {
  good: 7,
  bad: 1,
  absent: 'elsewhere',
  notApplicable: { 'left to the service': elastic() },
}));

verdicts(nonDefaultPort, setting(cluster, 'Port', { good: 27018, bad: '27017' }));
