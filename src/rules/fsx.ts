import { awsDefaults } from './aws-defaults';
import { all, any, applies, not, rule, Truth } from './kernel';
import { selectedForBackup } from './shared/backup-selection';
import { automaticFsxBackups, cannotBeBackedUp, fsxKind, fsxSetting, scratch } from './shared/fsx-backups';
import { ownKey } from './shared/own-key';

const FILE_SYSTEM = ['AWS::FSx::FileSystem'];

export const customerKey = rule({
  id: 'FSx.CustomerKey',
  resourceTypes: FILE_SYSTEM,
  title: 'File system is encrypted with a key of the organization',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'FSx always encrypts; a key of one\'s own has a policy, rotation and a deletion procedure that the organization decides, which aws/fsx has not.',
  remediation: { construct: 'EncryptionKey', l2: 'kmsKey', cfn: 'KmsKeyId' },
  sources: ['AWS::FSx::FileSystem, KmsKeyId: the key of FSx without it, and for scratch file systems always'],
  onByDefault: false,
  check: (fileSystem) => applies(not(all(fileSystem.get('FileSystemType').is('LUSTRE'), scratch(fileSystem)), 'it is a scratch file system'),
    'a scratch file system takes no key', () => ownKey(fileSystem.get('KmsKeyId'), 'fsx')),
});

export const backups = rule({
  id: 'FSx.Backups',
  resourceTypes: FILE_SYSTEM,
  title: 'File system is backed up',
  severity: 'medium',
  criteria: { direct: ['A1.2'], supporting: ['CC7.5'] },
  rationale: 'A deleted or encrypted file comes back only from a backup.',
  remediation: { construct: 'RecoveryPlan', l2: 'lustreConfiguration: { automaticBackupRetention }', cfn: 'AutomaticBackupRetentionDays of at least 1, or a backup selection' },
  configRule: 'FSX_RESOURCES_PROTECTED_BY_BACKUP_PLAN',
  sources: [
    'AWS::FSx::FileSystem, AutomaticBackupRetentionDays: 30 by default, 0 for Lustre; 0 switches automatic backups off',
    'FSx for Lustre user guide, "Working with backups": none of scratch file systems and of those that are linked to a bucket',
  ],
  check: (fileSystem, model) => applies(not(cannotBeBackedUp(fileSystem, model), 'it cannot be backed up'),
    'FSx backs up neither scratch file systems nor those that are linked to a bucket',
    () => any([automaticFsxBackups(fileSystem), selectedForBackup(fileSystem, model)])),
});

export const multiAz = rule({
  id: 'FSx.MultiAZ',
  resourceTypes: FILE_SYSTEM,
  title: 'File system has a standby in another zone',
  severity: 'low',
  criteria: { direct: ['A1.2'] },
  rationale: 'A file system of one zone stops with it. A standby about doubles the price, which is worth it in production only, so this is asked for.',
  remediation: { cfn: 'DeploymentType: MULTI_AZ_1 or MULTI_AZ_2' },
  configRule: 'FSX_WINDOWS_DEPLOYMENT_TYPE_CHECK',
  sources: ['AWS::FSx::FileSystem, DeploymentType of WindowsConfiguration (SINGLE_AZ_1 by default), OntapConfiguration and OpenZFSConfiguration'],
  onByDefault: false,
  check: (fileSystem) => applies(fileSystem.get('FileSystemType').isNot('LUSTRE'), 'Lustre knows one zone only', () => {
    const kind = fsxKind(fileSystem);
    if (kind === undefined) return Truth.unknown('which kind of file system it is, is known at deployment');
    const deployment = fsxSetting(fileSystem, kind, 'DeploymentType');
    return (kind === 'WINDOWS' ? deployment.awsDefault(awsDefaults['AWS::FSx::FileSystem.WindowsConfiguration.DeploymentType']) : deployment).startsWith('MULTI_AZ');
  }),
});

const LEVELS = ['SUCCESS_ONLY', 'FAILURE_ONLY', 'SUCCESS_AND_FAILURE'];

export const windowsAuditLog = rule({
  id: 'FSx.WindowsAuditLog',
  resourceTypes: FILE_SYSTEM,
  title: 'Windows file server logs access to files',
  severity: 'low',
  criteria: { direct: ['CC7.2'], supporting: ['CC7.3'] },
  rationale: 'Without it nobody can tell who read or deleted a file on a share.',
  remediation: { cfn: 'WindowsConfiguration.AuditLogConfiguration with FileAccessAuditLogLevel: SUCCESS_AND_FAILURE' },
  configRule: 'FSX_WINDOWS_AUDIT_LOG_CONFIGURED',
  sources: ['FSx for Windows File Server user guide, "Logging end user access with file access auditing"'],
  check: (fileSystem) => applies(fileSystem.get('FileSystemType').is('WINDOWS'), 'it is no Windows file server',
    () => fileSystem.get('WindowsConfiguration.AuditLogConfiguration.FileAccessAuditLogLevel').oneOf(LEVELS)),
});
