import { defaults } from './default';

const GUIDE = 'AWS Step Functions developer guide';

/** Secure defaults of a state machine. */
export const stateMachineDefaults = defaults({
  logs: {
    value: 'ALL',
    provenBy: ['StepFunctions.Logging'],
    criteria: ['CC7.2', 'CC7.3', 'PI1.3'],
    source: `${GUIDE}, "Using CloudWatch Logs to log execution history": off by default; Express workflows have no other history`,
    reason: 'Which step of which execution failed can be told afterwards.',
  },
  includeExecutionData: {
    value: false,
    provenBy: ['StepFunctions.NoExecutionData'],
    criteria: ['C1.1', 'CC6.1'],
    source: 'AWS::StepFunctions::StateMachine LoggingConfiguration, IncludeExecutionData',
    reason: 'More people read logs than the data that workflows carry.',
  },
  tracingEnabled: {
    value: true,
    provenBy: ['StepFunctions.Tracing'],
    criteria: ['CC7.2', 'PI1.3'],
    source: `${GUIDE}, "Trace Step Functions request data in AWS X-Ray": off by default`,
    reason: 'Which call to which service was slow or failed shows across services.',
    cfn: { 'TracingConfiguration.Enabled': true },
  },
  encryptionConfiguration: {
    value: 'customer managed',
    provenBy: ['StepFunctions.CustomerKey'],
    criteria: ['CC6.1', 'C1.1'],
    source: `${GUIDE}, "Data at rest encryption in Step Functions": an AWS owned key by default`,
    reason: 'Reading the inputs and outputs of executions takes the right to use the key.',
  },
  timeoutHours: {
    value: 24,
    provenBy: ['StepFunctions.CallbackTimeout'],
    criteria: ['PI1.3', 'CC7.2'],
    source: `${GUIDE}, "Using timeouts to avoid stuck Step Functions workflow executions": none by default, a year at most`,
    reason: 'An execution whose answer never comes fails and is noticed, instead of waiting for a year.',
  },
  expressTimeoutMinutes: {
    value: 5,
    provenBy: [],
    criteria: [],
    source: `${GUIDE}, "Quotas related to state machine executions": Express workflows run for five minutes at most`,
    reason: 'The definition says what happens anyway.',
  },
});
