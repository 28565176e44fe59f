import { awsDefaults } from '../aws-defaults';
import { all, any, Evaluation, Property, ResourceReader, Truth } from '../kernel';

/** The property that holds the settings of a file system, by its type. */
const SETTINGS = { WINDOWS: 'WindowsConfiguration', ONTAP: 'OntapConfiguration', OPENZFS: 'OpenZFSConfiguration', LUSTRE: 'LustreConfiguration' } as const;

type Kind = keyof typeof SETTINGS;

/** The kind of a file system; undefined where it is known at deployment only. */
export function fsxKind(fileSystem: ResourceReader): Kind | undefined {
  const type = fileSystem.get('FileSystemType').seen();
  return (Object.keys(SETTINGS) as Kind[]).find((kind) => type.scalar === kind);
}

/** A setting of a file system, in the configuration of its kind. */
export function fsxSetting(fileSystem: ResourceReader, kind: Kind, name: string): Property {
  return fileSystem.get(`${SETTINGS[kind]}.${name}`);
}

/** FSx takes a backup of the file system every day and keeps it. */
export function automaticFsxBackups(fileSystem: ResourceReader): Truth {
  const kind = fsxKind(fileSystem);
  if (kind === undefined) return Truth.unknown('which kind of file system it is, is known at deployment');
  return fsxSetting(fileSystem, kind, 'AutomaticBackupRetentionDays').awsDefault(awsDefaults[`AWS::FSx::FileSystem.${SETTINGS[kind]}.AutomaticBackupRetentionDays`]).atLeast(1);
}

/** FSx backs up neither scratch file systems nor those that are linked to a bucket (FSx for Lustre user guide, "Working with backups"). */
export function cannotBeBackedUp(fileSystem: ResourceReader, model: Evaluation): Truth {
  return all(fileSystem.get('FileSystemType').is('LUSTRE'), any([
    scratch(fileSystem),
    fsxSetting(fileSystem, 'LUSTRE', 'ImportPath').isPresent(),
    Truth.of(model.referrers(fileSystem, 'AWS::FSx::DataRepositoryAssociation', 'FileSystemId').length > 0, 'it is linked to no bucket'),
  ]));
}

/** A scratch file system holds data for the length of a computation. */
export function scratch(fileSystem: ResourceReader): Truth {
  return fsxSetting(fileSystem, 'LUSTRE', 'DeploymentType').awsDefault(awsDefaults['AWS::FSx::FileSystem.LustreConfiguration.DeploymentType']).startsWith('SCRATCH');
}
