import { ArnFormat } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { stateMachineDefaults as d } from '../../defaults/state-machine';
import { SecureLogGroup } from '../logging/secure-log-group';
import { EncryptionKey } from '../security/encryption-key';
import { Hardening } from '../support/hardening';
import { vendedLogGroupName } from '../support/vended-logs';

/** Secure properties of a state machine. A timeout is not among them: a workflow that has run without one may need longer. */
export const stateMachineHardening: Hardening<sfn.StateMachineProps> = {
  injectionId: sfn.StateMachine.PROPERTY_INJECTION_ID,
  harden: (scope, id, props) => {
    // The L2 warns of the old property even when it is undefined.
    const { definition, ...others } = props;
    return {
      ...others,
      ...definition !== undefined && { definition },
      logs: logsOf(scope, id, props.logs),
      tracingEnabled: props.tracingEnabled ?? d.tracingEnabled.value,
      encryptionConfiguration: props.encryptionConfiguration ?? new sfn.CustomerManagedEncryptionConfiguration(EncryptionKey.shared(scope, 'data')),
    };
  },
  complete: (made, { encryptionConfiguration }) => {
    if (encryptionConfiguration instanceof sfn.CustomerManagedEncryptionConfiguration) letUseKey(made as sfn.StateMachine, encryptionConfiguration);
  },
};

function logsOf(scope: Construct, id: string, given: sfn.LogOptions | undefined): sfn.LogOptions {
  const level = given?.level ?? sfn.LogLevel.ALL;
  return {
    level,
    includeExecutionData: given?.includeExecutionData ?? d.includeExecutionData.value,
    destination: given?.destination ?? (level === sfn.LogLevel.OFF ? undefined
      : new SecureLogGroup(scope, `${id}Logs`, { logGroupName: vendedLogGroupName(scope, id, 'states') })),
  };
}

/**
 * The L2 lets the role use the key for a machine of the name that it was given, and where there is none for a machine without a name, so that no
 * execution can begin. The ARN of the machine would be a circular dependency, as the machine waits for the policy of its role.
 */
function letUseKey(machine: sfn.StateMachine, { kmsKey }: sfn.CustomerManagedEncryptionConfiguration): void {
  const { stack } = machine;
  if (stack.resolve((machine.node.defaultChild as sfn.CfnStateMachine).stateMachineName) !== undefined) return;
  const anyMachine = stack.formatArn({ service: 'states', resource: 'stateMachine', resourceName: '*', arnFormat: ArnFormat.COLON_RESOURCE_NAME });
  machine.addToRolePolicy(new iam.PolicyStatement({
    actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    resources: [kmsKey.keyArn],
    conditions: { ArnLike: { 'kms:EncryptionContext:aws:states:stateMachineArn': anyMachine } },
  }));
}
