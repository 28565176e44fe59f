import { all, any, Property, rule } from './kernel';
import { jsonAt } from './shared/json-text';

const HOOKS = ['AWS::CloudFormation::GuardHook', 'AWS::CloudFormation::LambdaHook'];
const TYPE_CONFIG = 'AWS::CloudFormation::HookTypeConfig';

export const hookStops = rule({
  id: 'CloudFormation.HookStops',
  resourceTypes: [...HOOKS, TYPE_CONFIG],
  title: 'Hook stops what breaks its policy',
  severity: 'low',
  criteria: { direct: ['CC8.1'], supporting: ['CC5.2'] },
  rationale: 'A hook that only warns, or is off, lets through every change that it was made to keep out.',
  remediation: { cfn: 'HookStatus: ENABLED, FailureMode: FAIL' },
  sources: [
    'AWS::CloudFormation::GuardHook and AWS::CloudFormation::LambdaHook, HookStatus and FailureMode: DISABLED and WARN by default',
    'AWS CloudFormation Hooks user guide, "Hook configuration schema syntax reference"',
  ],
  check: (hook) => {
    if (hook.type !== TYPE_CONFIG) return all(hook.get('HookStatus').is('ENABLED'), hook.get('FailureMode').is('FAIL'));
    const configuration: Property = jsonAt(hook.get('Configuration').seen(), hook).get('CloudFormationConfiguration.HookConfiguration');
    // TargetStacks is what HookInvocationStatus was called before.
    return all(
      any([configuration.get('HookInvocationStatus').is('ENABLED'), configuration.get('TargetStacks').is('ALL')]).because('the hook is not enabled'),
      configuration.get('FailureMode').is('FAIL'),
    );
  },
});

export const stackSetPermissions = rule({
  id: 'CloudFormation.StackSetPermissions',
  resourceTypes: ['AWS::CloudFormation::StackSet'],
  title: 'Stack set uses the roles that CloudFormation manages',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC6.3', 'CC8.1'] },
  rationale: 'Self-managed permissions leave an execution role with wide rights in every account. Outside of an organization there is no other way.',
  remediation: { cfn: 'PermissionModel: SERVICE_MANAGED' },
  sources: ['AWS CloudFormation user guide, "Prerequisites for using CloudFormation StackSets"'],
  onByDefault: false,
  check: (stackSet) => stackSet.get('PermissionModel').is('SERVICE_MANAGED'),
});
