import { awsDefaults } from './aws-defaults';
import { all, any, applies, not, rule, Truth } from './kernel';
import { selectedForBackup } from './shared/backup-selection';
import { ownKey } from './shared/own-key';
import { deniesPlainHttp, notPublic } from './shared/resource-policy';
import { retained } from './shared/retention';

const FILE_SYSTEM = ['AWS::EFS::FileSystem'];
const ACCESS_POINT = ['AWS::EFS::AccessPoint'];

export const encryption = rule({
  id: 'EFS.Encryption',
  resourceTypes: FILE_SYSTEM,
  title: 'File system is encrypted',
  severity: 'high',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'Files must be unreadable to whoever gets at the media. Encryption cannot be turned on later.',
  remediation: { construct: 'SecureFileSystem', l2: 'encrypted: true', cfn: 'Encrypted: true' },
  configRule: 'EFS_ENCRYPTED_CHECK',
  nagRules: ['EFSEncrypted'],
  sources: ['Amazon EFS user guide, "Encrypting data at rest"', 'CIS AWS Foundations 2.4.1'],
  check: (fileSystem) => fileSystem.get('Encrypted').isTrue(),
});

export const customerKey = rule({
  id: 'EFS.CustomerKey',
  resourceTypes: FILE_SYSTEM,
  title: 'File system is encrypted with a key of the organization',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'A key of one\'s own has a policy, rotation and a deletion procedure that the organization decides; aws/elasticfilesystem has none. Encryption as such holds without it.',
  remediation: { construct: 'EncryptionKey', l2: 'kmsKey', cfn: 'KmsKeyId' },
  sources: ['AWS::EFS::FileSystem, KmsKeyId: aws/elasticfilesystem without it'],
  onByDefault: false,
  check: (fileSystem) => all(ownKey(fileSystem.get('KmsKeyId'), 'elasticfilesystem'), not(fileSystem.get('Encrypted').isFalse(), 'Encrypted is false: no key is used')),
});

const ONE_ZONE_DEFAULT = awsDefaults['AWS::EFS::FileSystem.BackupPolicy.Status'];

export const automaticBackups = rule({
  id: 'EFS.AutomaticBackups',
  resourceTypes: FILE_SYSTEM,
  title: 'File system is backed up',
  severity: 'medium',
  criteria: { direct: ['A1.2'], supporting: ['CC7.5'] },
  rationale: 'EFS keeps no versions: a deleted or encrypted file comes back only from a backup.',
  remediation: { construct: 'RecoveryPlan', l2: 'enableAutomaticBackups: true', cfn: 'BackupPolicy: { Status: ENABLED }, or a backup selection' },
  configRule: 'EFS_IN_BACKUP_PLAN',
  nagRules: ['EFSInBackupPlan'],
  sources: ['Amazon EFS user guide, "Backing up EFS file systems"', ONE_ZONE_DEFAULT.source],
  check: (fileSystem, model) => {
    const status = fileSystem.get('BackupPolicy.Status');
    return any([
      (fileSystem.get('AvailabilityZoneName').missing ? status : status.awsDefault(ONE_ZONE_DEFAULT)).is('ENABLED'),
      selectedForBackup(fileSystem, model),
    ]);
  },
});

export const policyTlsOnly = rule({
  id: 'EFS.TlsOnly',
  resourceTypes: FILE_SYSTEM,
  title: 'File system refuses clients without TLS',
  severity: 'medium',
  criteria: { direct: ['CC6.7'], supporting: ['CC6.1'] },
  rationale: 'NFS is clear text; a client uses TLS only if it mounts that way, and a policy is what makes it.',
  remediation: { construct: 'SecureFileSystem', l2: 'fileSystemPolicy', cfn: 'FileSystemPolicy that denies all actions when aws:SecureTransport is false' },
  sources: ['Amazon EFS user guide, "Using IAM to control access to file systems": enforce in-transit encryption for all clients'],
  check: (fileSystem) => {
    const policy = fileSystem.get('FileSystemPolicy');
    return all(policy.isPresent().because('FileSystemPolicy is absent: clients may connect without TLS'), deniesPlainHttp(policy, ['elasticfilesystem:ClientMount']));
  },
});

export const policyNotPublic = rule({
  id: 'EFS.PolicyNotPublic',
  resourceTypes: FILE_SYSTEM,
  title: 'File system policy is not public',
  severity: 'high',
  criteria: { direct: ['CC6.1', 'CC6.6'], supporting: ['CC6.3'] },
  rationale: 'A statement that allows everyone, unless bound to mount targets or callers, opens the files to other accounts.',
  remediation: { construct: 'SecureFileSystem', l2: 'allowAnonymousAccess: false', cfn: 'FileSystemPolicy whose Allow statements name principals or require elasticfilesystem:AccessedViaMountTarget' },
  sources: ['Amazon EFS user guide, "Blocking public access to EFS file systems": the meaning of "public"'],
  check: (fileSystem) => applies(fileSystem.get('FileSystemPolicy').isPresent(), 'it has no policy, and mount targets are reached from their network only',
    () => notPublic(fileSystem.get('FileSystemPolicy')).because('the policy allows everyone, with no condition on who calls or from where')),
});

export const regional = rule({
  id: 'EFS.Regional',
  resourceTypes: FILE_SYSTEM,
  title: 'File system is kept in several Availability Zones',
  severity: 'low',
  criteria: { direct: ['A1.2'] },
  rationale: 'A One Zone file system is gone with its Availability Zone.',
  remediation: { construct: 'SecureFileSystem', l2: 'oneZone: false', cfn: 'no AvailabilityZoneName' },
  sources: ['Amazon EFS user guide, "EFS file system types"'],
  check: (fileSystem) => fileSystem.get('AvailabilityZoneName').isAbsent().because('AvailabilityZoneName keeps the file system in one Availability Zone'),
});

export const fileSystemRetained = rule({
  id: 'EFS.Retained',
  resourceTypes: FILE_SYSTEM,
  title: 'File system outlives its stack',
  severity: 'medium',
  criteria: { direct: ['A1.2'], supporting: ['C1.1'] },
  rationale: 'CloudFormation deletes a file system with its stack, or when a change replaces it, unless it is told to keep it.',
  remediation: { construct: 'SecureFileSystem', l2: 'removalPolicy: RemovalPolicy.RETAIN', cfn: 'DeletionPolicy and UpdateReplacePolicy: Retain' },
  sources: ['CloudFormation user guide, "DeletionPolicy attribute"'],
  check: (fileSystem) => retained(fileSystem),
});

export const accessPointUser = rule({
  id: 'EFS.AccessPointUser',
  resourceTypes: ACCESS_POINT,
  title: 'Access point decides who the user is',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['CC6.3'] },
  rationale: 'Without it a client says itself which user it is, root included.',
  remediation: { l2: 'posixUser', cfn: 'PosixUser: { Uid, Gid }' },
  configRule: 'EFS_ACCESS_POINT_ENFORCE_USER_IDENTITY',
  sources: ['Amazon EFS user guide, "Working with access points": enforcing a user identity', 'Security Hub EFS.4'],
  check: (point) => all(point.get('PosixUser.Uid').isPresent(), point.get('PosixUser.Gid').isPresent()),
});

export const accessPointRoot = rule({
  id: 'EFS.AccessPointRoot',
  resourceTypes: ACCESS_POINT,
  title: 'Access point shows a directory, not the file system',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['CC6.3'] },
  rationale: 'An access point on the root shows its clients the files of all others.',
  remediation: { l2: 'path', cfn: 'RootDirectory: { Path }' },
  configRule: 'EFS_ACCESS_POINT_ENFORCE_ROOT_DIRECTORY',
  sources: ['Amazon EFS user guide, "Working with access points": enforcing a root directory; / by default', 'Security Hub EFS.3'],
  check: (point) => point.get('RootDirectory.Path').awsDefault(awsDefaults['AWS::EFS::AccessPoint.RootDirectory.Path']).isNot('/'),
});

export const mountTargetPrivate = rule({
  id: 'EFS.MountTargetPrivate',
  resourceTypes: ['AWS::EFS::MountTarget'],
  title: 'Mount target is in a subnet that gives out no public addresses',
  severity: 'low',
  criteria: { direct: ['CC6.6'] },
  rationale: 'File storage belongs in a subnet that faces no internet. A mount target has no public address itself, so this is about tidy tiers.',
  remediation: { construct: 'SecureFileSystem', l2: 'vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED }', cfn: 'SubnetId of a subnet without MapPublicIpOnLaunch' },
  configRule: 'EFS_MOUNT_TARGET_PUBLIC_ACCESSIBLE',
  sources: ['Security Hub EFS.6'],
  check: (target) => {
    const subnet = target.get('SubnetId').target();
    return subnet ? subnet.get('MapPublicIpOnLaunch').isNot(true) : Truth.unknown('the subnet is not among the templates given');
  },
});
