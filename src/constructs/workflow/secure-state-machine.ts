import { Duration } from 'aws-cdk-lib';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { stateMachineHardening } from './state-machine-hardening';
import { isOff } from '../../declarations/declare';
import { OptOut } from '../../declarations/opt-out';
import { stateMachineDefaults as d } from '../../defaults/state-machine';
import { hardened } from '../support/hardening';
import { isOwnKey } from '../support/key-policy';
import { uphold, Upheld } from '../support/uphold';

/** Properties of a `SecureStateMachine`. Those of `sfn.StateMachine` keep their meaning; where they are left out, the secure default stands. */
export interface SecureStateMachineProps extends sfn.StateMachineProps {
  /**
   * Claims that are given up, each with a reason.
   *
   * @default - none
   */
  readonly optOuts?: OptOut[];
}

/**
 * A Step Functions state machine whose executions are logged without the data they carry, traced, encrypted with a customer managed key, and end
 * after a day unless told otherwise.
 *
 * Retries and catches are up to the definition: a rule asks for them.
 *
 * Supports CC6.1, CC7.2, CC7.3, C1.1 and PI1.3. Billed: the shared keys of data and of logs (1 USD a month each for the stack), ingestion and
 * storage of logs, traces, and requests to KMS.
 */
export class SecureStateMachine extends sfn.StateMachine {
  /** @throws Error when a property weakens a claim without an opt-out, e.g. `logs: { level: LogLevel.OFF }`. */
  constructor(scope: Construct, id: string, props: SecureStateMachineProps) {
    const secure = hardened(stateMachineHardening, scope, id, props);
    const express = props.stateMachineType === sfn.StateMachineType.EXPRESS;
    const timeout = props.timeout ?? (express ? Duration.minutes(d.expressTimeoutMinutes.value) : Duration.hours(d.timeoutHours.value));
    super(scope, id, { ...secure, timeout });
    stateMachineHardening.complete!(this, secure);
    const resource = this.node.defaultChild as sfn.CfnStateMachine;
    const definition = JSON.stringify(this.stack.resolve(resource.definitionString) ?? '');
    uphold(this, 'SecureStateMachine', props.optOuts, [{ resource, upheld: claimsOf(secure, express, definition) }]);
  }
}

function claimsOf(secure: sfn.StateMachineProps, express: boolean, definition: string): Upheld[] {
  const { definitionBody, encryptionConfiguration, logs, tracingEnabled } = secure;
  const level = logs!.level!;
  const silent = level === sfn.LogLevel.OFF || (express && level !== sfn.LogLevel.ALL);
  const key = encryptionConfiguration instanceof sfn.CustomerManagedEncryptionConfiguration ? encryptionConfiguration.kmsKey : undefined;
  return [
    { by: d.logs, weakened: silent && `logs: { level: ${level} }` },
    // Without logs there is nothing that could hold data.
    ...level === sfn.LogLevel.OFF ? [] : [{ by: d.includeExecutionData, weakened: Boolean(logs!.includeExecutionData) && 'logs: { includeExecutionData: true }' }],
    { by: d.tracingEnabled, weakened: isOff(tracingEnabled) && 'tracingEnabled: false' },
    // Nothing here knows whose key it is when it comes from elsewhere.
    ...key && !isOwnKey(key) ? [] : [{ by: d.encryptionConfiguration, weakened: !key && 'encryptionConfiguration without a customer managed key' }],
    // The L2 writes the timeout into definitions that are made of states, and their tasks are the only ones that can be looked at.
    ...definitionBody instanceof sfn.ChainDefinitionBody && definition.includes('.waitForTaskToken') ? [{ by: d.timeoutHours }] : [],
  ];
}
