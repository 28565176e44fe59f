import { at, ifProd, MACRO, P, subject } from './cases';
import { Case, fail, notApplicable, pass, unknown, verdicts } from './verdicts';
import { backups, customerKey, multiAz, windowsAuditLog } from '../../src/rules/fsx';

const of = (kind: unknown) => subject('AWS::FSx::FileSystem', { FileSystemType: kind });
const [windows, ontap, zfs, lustre] = ['WINDOWS', 'ONTAP', 'OPENZFS', 'LUSTRE'].map(of);
const persistent = (more: object = {}, others: Case = {}) => lustre({ LustreConfiguration: { DeploymentType: 'PERSISTENT_2', ...more } }, others);
const key = { Key: { Type: 'AWS::KMS::Key' } };
const selection = (...resources: unknown[]): Case => ({ Selection: { Type: 'AWS::Backup::BackupSelection', Properties: { BackupSelection: { Resources: resources } } } });

verdicts(customerKey, {
  pass: { 'a key of the template': ontap({ KmsKeyId: { Ref: 'Key' } }, key) },
  fail: { 'absent': windows(), 'absent, of lasting storage': persistent() },
  unknown: { 'a parameter may name any key': zfs({ KmsKeyId: P }) },
  notApplicable: { 'scratch storage': lustre({ LustreConfiguration: { DeploymentType: 'SCRATCH_2' } }) },
  trap: {
    'the AWS managed key': fail(windows({ KmsKeyId: 'alias/aws/fsx' })),
    'scratch storage by default': notApplicable(lustre()),
    'the settings of another kind': fail(windows({ LustreConfiguration: { DeploymentType: 'SCRATCH_2' } })),
  },
});

verdicts(backups, {
  pass: {
    'by default': windows(),
    'by default, of ONTAP': ontap(),
    'by default, of OpenZFS': zfs(),
    'Lustre, for a week': persistent({ AutomaticBackupRetentionDays: '7' }),
    'by a selection': persistent({}, selection({ 'Fn::Sub': 'arn:aws:fsx:${AWS::Region}:${AWS::AccountId}:file-system/${Subject}' })),
  },
  fail: { 'switched off': windows({ WindowsConfiguration: { AutomaticBackupRetentionDays: 0 } }), 'Lustre, by default': persistent(), 'a selection of something else': persistent({}, selection('arn:aws:rds:*')) },
  unknown: { 'a parameter': ontap({ OntapConfiguration: { AutomaticBackupRetentionDays: P } }), 'some kind': of(P)() },
  notApplicable: { 'scratch storage': lustre(), 'linked to a bucket': persistent({ ImportPath: 's3://data' }) },
  trap: {
    'by default, where defaults do not count': fail(windows(), { options: { requireExplicit: true } }),
    'the settings of another kind': pass(windows(at('OntapConfiguration.AutomaticBackupRetentionDays', 0))),
    'linked to a bucket by an association': notApplicable(persistent({}, { Link: { Type: 'AWS::FSx::DataRepositoryAssociation', Properties: { FileSystemId: { Ref: 'Subject' } } } })),
    'another one is linked': fail(persistent({}, { Other: persistent().Subject, Link: { Type: 'AWS::FSx::DataRepositoryAssociation', Properties: { FileSystemId: { Ref: 'Other' } } } })),
    'switched off in one branch': fail(zfs({ OpenZFSConfiguration: { AutomaticBackupRetentionDays: ifProd(30, 0) } }), { message: /IsProd is false/ }),
    'switched off, and selected': pass(windows({ WindowsConfiguration: { AutomaticBackupRetentionDays: 0 } }, selection('*'))),
  },
});

verdicts(multiAz, {
  pass: { 'two zones': windows({ WindowsConfiguration: { DeploymentType: 'MULTI_AZ_1' } }), 'two zones, of the second generation': ontap({ OntapConfiguration: { DeploymentType: 'MULTI_AZ_2' } }) },
  fail: { 'one zone': zfs({ OpenZFSConfiguration: { DeploymentType: 'SINGLE_AZ_HA_2' } }), 'not said': ontap() },
  unknown: { 'a parameter': zfs({ OpenZFSConfiguration: { DeploymentType: P } }), 'some kind': of(P)() },
  notApplicable: { 'Lustre': persistent() },
  trap: { 'absent: one zone': fail(windows(), { message: /SINGLE_AZ_1/ }), 'the settings of another kind': fail(windows({ OntapConfiguration: { DeploymentType: 'MULTI_AZ_1' } })) },
});

const audited = (level: unknown, share: unknown = 'DISABLED') => windows({ WindowsConfiguration: { AuditLogConfiguration: { FileAccessAuditLogLevel: level, FileShareAccessAuditLogLevel: share } } });

verdicts(windowsAuditLog, {
  pass: { 'all': audited('SUCCESS_AND_FAILURE'), 'what was refused': audited('FAILURE_ONLY') },
  fail: { absent: windows(), off: audited('DISABLED') },
  unknown: { 'a parameter': audited(P), 'a macro decides': windows({ WindowsConfiguration: MACRO }) },
  notApplicable: { 'another kind': ontap() },
  trap: { 'shares only, not files': fail(audited('DISABLED', 'SUCCESS_AND_FAILURE')), 'which kind it is, is not known': unknown(of(P)()) },
});
