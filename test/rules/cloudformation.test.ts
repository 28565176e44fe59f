import { ifProd, P, setting, subject } from './cases';
import { fail, pass, verdicts } from './verdicts';
import { hookStops, stackSetPermissions } from '../../src/rules/cloudformation';

const guard = (HookStatus: unknown, FailureMode: unknown) => subject('AWS::CloudFormation::GuardHook')({ HookStatus, FailureMode });
const config = (HookConfiguration: object) => subject('AWS::CloudFormation::HookTypeConfig')({ Configuration: JSON.stringify({ CloudFormationConfiguration: { HookConfiguration } }) });

verdicts(hookStops, {
  pass: {
    'on': guard('ENABLED', 'FAIL'),
    'of a function': subject('AWS::CloudFormation::LambdaHook')({ HookStatus: 'ENABLED', FailureMode: 'FAIL' }),
    'of a type': config({ HookInvocationStatus: 'ENABLED', FailureMode: 'FAIL' }),
  },
  fail: { 'off': guard('DISABLED', 'FAIL'), 'it warns': guard('ENABLED', 'WARN'), 'absent': subject('AWS::CloudFormation::LambdaHook')(), 'a type that warns': config({ HookInvocationStatus: 'ENABLED', FailureMode: 'WARN' }) },
  unknown: { 'by parameter': guard(P, 'FAIL'), 'the configuration by parameter': subject('AWS::CloudFormation::HookTypeConfig')({ Configuration: P }) },
  trap: {
    'by the older name': pass(config({ TargetStacks: 'ALL', FailureMode: 'FAIL' })),
    'for no stack': fail(config({ TargetStacks: 'NONE', FailureMode: 'FAIL' })),
    'in one branch': fail(guard('ENABLED', ifProd('FAIL', 'WARN')), { message: /IsProd is false/ }),
  },
});
verdicts(stackSetPermissions, setting(subject('AWS::CloudFormation::StackSet'), 'PermissionModel', { good: 'SERVICE_MANAGED', bad: 'SELF_MANAGED' }));
