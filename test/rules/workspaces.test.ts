import { ifProd, MACRO, P, presence, setting, subject } from './cases';
import { fail, pass, unknown, verdicts } from './verdicts';
import { appStreamFleetInVpc, rootVolumeEncrypted, userVolumeEncrypted, webPortalLogging } from '../../src/rules/workspaces';

const workspace = subject('AWS::WorkSpaces::Workspace', { VolumeEncryptionKey: 'alias/aws/workspaces' });

verdicts(rootVolumeEncrypted, setting(workspace, 'RootVolumeEncryptionEnabled', {
  good: true, bad: false, trap: { 'the other volume': fail(workspace({ UserVolumeEncryptionEnabled: true })) },
}));
verdicts(userVolumeEncrypted, setting(workspace, 'UserVolumeEncryptionEnabled', {
  good: true, bad: 'false', trap: { 'the other volume': fail(workspace({ RootVolumeEncryptionEnabled: true })) },
}));

const portal = subject('AWS::WorkSpacesWeb::Portal');
const logger = { Logger: { Type: 'AWS::WorkSpacesWeb::SessionLogger' } };
verdicts(webPortalLogging, presence(portal, 'UserAccessLoggingSettingsArn', {
  pass: { 'a session logger': portal({ SessionLoggerArn: { 'Fn::GetAtt': ['Logger', 'SessionLoggerArn'] } }, logger) },
  trap: {
    'a session logger that nothing names': fail(portal({}, logger)),
    'either': pass(portal({ UserAccessLoggingSettingsArn: ifProd('a'), SessionLoggerArn: ifProd({ Ref: 'AWS::NoValue' }, 'b') })),
  },
}));

const fleet = subject('AWS::AppStream::Fleet');
const VpcConfig = { SubnetIds: ['subnet-1'] };
verdicts(appStreamFleetInVpc, {
  pass: { 'in a VPC': fleet({ VpcConfig }), 'said explicitly': fleet({ VpcConfig, EnableDefaultInternetAccess: 'false' }) },
  fail: { 'without a VPC': fleet(), 'with internet access': fleet({ VpcConfig, EnableDefaultInternetAccess: true }) },
  unknown: { 'by parameter': fleet({ VpcConfig, EnableDefaultInternetAccess: P }), 'by a macro': fleet({ VpcConfig: MACRO }) },
  trap: {
    'security groups alone are no VPC': fail(fleet({ VpcConfig: { SecurityGroupIds: ['sg-1'] } })),
    'subnets that are known at deployment': pass(fleet({ VpcConfig: { SubnetIds: P } })),
    'access by parameter, without a VPC': fail(fleet({ EnableDefaultInternetAccess: P })),
    'in one branch': fail(fleet({ VpcConfig, EnableDefaultInternetAccess: ifProd(false, true) }), { message: /IsProd is false/ }),
    'a VPC by a macro within': unknown(fleet({ VpcConfig: { SubnetIds: MACRO } })),
  },
});
