import { awsDefaults } from './aws-defaults';
import { all, any, not, rule } from './kernel';

const WORKSPACE = ['AWS::WorkSpaces::Workspace'];

export const rootVolumeEncrypted = rule({
  id: 'WorkSpaces.RootVolumeEncrypted',
  resourceTypes: WORKSPACE,
  title: 'Root volume of the desktop is encrypted',
  severity: 'high',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'Caches, profiles and installed programs of a desktop hold company data too. Encryption can be chosen only when the desktop is created.',
  remediation: { cfn: 'RootVolumeEncryptionEnabled: true, with VolumeEncryptionKey' },
  configRule: 'WORKSPACES_ROOT_VOLUME_ENCRYPTION_ENABLED',
  sources: ['AWS::WorkSpaces::Workspace', 'Amazon WorkSpaces administration guide, "Encrypted WorkSpaces in WorkSpaces Personal"'],
  check: (workspace) => workspace.get('RootVolumeEncryptionEnabled').isTrue(),
});

export const userVolumeEncrypted = rule({
  id: 'WorkSpaces.UserVolumeEncrypted',
  resourceTypes: WORKSPACE,
  title: 'User volume of the desktop is encrypted',
  severity: 'high',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'The volume holds the files of the person who works on the desktop. Encryption can be chosen only when the desktop is created.',
  remediation: { cfn: 'UserVolumeEncryptionEnabled: true, with VolumeEncryptionKey' },
  configRule: 'WORKSPACES_USER_VOLUME_ENCRYPTION_ENABLED',
  sources: ['AWS::WorkSpaces::Workspace', 'Amazon WorkSpaces administration guide, "Encrypted WorkSpaces in WorkSpaces Personal"'],
  check: (workspace) => workspace.get('UserVolumeEncryptionEnabled').isTrue(),
});

export const webPortalLogging = rule({
  id: 'WorkSpacesWeb.AccessLogging',
  resourceTypes: ['AWS::WorkSpacesWeb::Portal'],
  title: 'Browser portal logs what users do',
  severity: 'low',
  criteria: { direct: ['CC7.2'], supporting: ['CC6.7'] },
  rationale: 'Portals let people at internal sites from devices that nobody manages; the log shows who opened what.',
  remediation: { cfn: 'UserAccessLoggingSettingsArn, or SessionLoggerArn' },
  sources: ['AWS::WorkSpacesWeb::Portal', 'Amazon WorkSpaces Secure Browser administration guide, "Setting up user access logging"'],
  check: (portal) => any([portal.get('UserAccessLoggingSettingsArn').isPresent(), portal.get('SessionLoggerArn').isPresent()])
    .because('neither UserAccessLoggingSettingsArn nor SessionLoggerArn is set'),
});

export const appStreamFleetInVpc = rule({
  id: 'AppStream.FleetInVpc',
  resourceTypes: ['AWS::AppStream::Fleet'],
  title: 'Streaming fleet is in a VPC, without internet access of its own',
  severity: 'medium',
  criteria: { direct: ['CC6.6'] },
  rationale: 'With default internet access every streaming instance gets a public address; in a VPC its traffic can be filtered and logged.',
  remediation: { cfn: 'VpcConfig: { SubnetIds }, and EnableDefaultInternetAccess: false or none' },
  configRule: 'APPSTREAM_FLEET_IN_VPC',
  sources: ['AWS::AppStream::Fleet', 'Amazon AppStream 2.0 administration guide, "Internet access"'],
  check: (fleet) => all(
    fleet.get('VpcConfig.SubnetIds').isPresent(),
    not(fleet.get('EnableDefaultInternetAccess').awsDefault(awsDefaults['AWS::AppStream::Fleet.EnableDefaultInternetAccess']).isTrue(),
      'EnableDefaultInternetAccess gives instances public addresses'),
  ),
});
