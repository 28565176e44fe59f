import { awsDefaults } from './aws-defaults';
import { all, any, applies, not, ResourceReader, rule } from './kernel';

const MACHINE = ['AWS::StepFunctions::StateMachine', 'AWS::Serverless::StateMachine'];
const isSam = (machine: ResourceReader) => machine.type === 'AWS::Serverless::StateMachine';

export const logging = rule({
  id: 'StepFunctions.Logging',
  resourceTypes: MACHINE,
  title: 'Workflow executions are logged',
  severity: 'medium',
  criteria: { direct: ['CC7.2', 'PI1.3'], supporting: ['CC7.3'] },
  rationale: 'The log shows which step of which execution failed. The history of an express workflow exists in the log only.',
  remediation: { construct: 'SecureStateMachine', l2: 'logs: { destination, level: LogLevel.ALL }', cfn: 'LoggingConfiguration: { Level: ALL, Destinations }' },
  configRule: 'STEP_FUNCTIONS_STATE_MACHINE_LOGGING_ENABLED',
  nagRules: ['StepFunctionStateMachineAllLogsToCloudWatch'],
  sources: ['AWS::StepFunctions::StateMachine LoggingConfiguration, Level: OFF by default', 'AWS Security Hub StepFunctions.1'],
  check: (machine) => {
    const config = machine.get(isSam(machine) ? 'Logging' : 'LoggingConfiguration');
    const express = machine.get(isSam(machine) ? 'Type' : 'StateMachineType').is('EXPRESS');
    const level = config.get('Level').awsDefault(awsDefaults['AWS::StepFunctions::StateMachine.LoggingConfiguration.Level']);
    return all(
      any(
        [level.is('ALL'), all(not(express, 'express workflows need ALL'), level.oneOf(['ERROR', 'FATAL']))],
      ).because('executions are not logged, or not all of an express workflow'),
      config.get('Destinations').count(1).because('the log has no destination'),
    );
  },
});

export const noExecutionData = rule({
  id: 'StepFunctions.NoExecutionData',
  resourceTypes: MACHINE,
  title: 'Inputs and outputs of steps are not copied to logs',
  severity: 'low',
  onByDefault: false,
  criteria: { direct: [], supporting: ['C1.1', 'CC6.1'] },
  rationale: 'Execution data puts whole payloads into a log that more people read than the data itself. Workflows without confidential data may log it.',
  remediation: { construct: 'SecureStateMachine', l2: 'logs: { includeExecutionData: false }', cfn: 'LoggingConfiguration: { IncludeExecutionData: false }, or none' },
  sources: ['AWS::StepFunctions::StateMachine LoggingConfiguration, IncludeExecutionData'],
  check: (machine) => {
    const config = machine.get(isSam(machine) ? 'Logging' : 'LoggingConfiguration');
    const level = config.get('Level').awsDefault(awsDefaults['AWS::StepFunctions::StateMachine.LoggingConfiguration.Level']);
    return applies(level.isNot('OFF'), 'executions are not logged',
      () => not(config.get('IncludeExecutionData').isTrue(), 'the log holds what goes into steps and comes out of them'));
  },
});

export const tracing = rule({
  id: 'StepFunctions.Tracing',
  resourceTypes: MACHINE,
  title: 'Workflow executions are traced',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC7.2', 'PI1.3'] },
  rationale: 'Traces show which request failed where, across services. Helpful in an incident, and no record of security events.',
  remediation: { construct: 'SecureStateMachine', l2: 'tracingEnabled: true', cfn: 'TracingConfiguration: { Enabled: true }' },
  nagRules: ['StepFunctionStateMachineXray'],
  sources: ['AWS::StepFunctions::StateMachine TracingConfiguration'],
  check: (machine) => machine.get(isSam(machine) ? 'Tracing.Enabled' : 'TracingConfiguration.Enabled').isTrue(),
});

export const customerKey = rule({
  id: 'StepFunctions.CustomerKey',
  resourceTypes: ['AWS::StepFunctions::StateMachine', 'AWS::StepFunctions::Activity'],
  title: 'Execution data is encrypted with a named KMS key',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'Execution data is always encrypted; a key of one\'s own says who may read the payloads in the console.',
  remediation: { construct: 'SecureStateMachine', l2: 'encryptionConfiguration', cfn: 'EncryptionConfiguration: { Type: CUSTOMER_MANAGED_KMS_KEY, KmsKeyId }' },
  sources: ['AWS::StepFunctions::StateMachine EncryptionConfiguration'],
  onByDefault: false,
  check: (machine) => all(
    machine.get('EncryptionConfiguration.Type').is('CUSTOMER_MANAGED_KMS_KEY'), machine.get('EncryptionConfiguration.KmsKeyId').isPresent(),
  ),
});
