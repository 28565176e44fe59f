import { defaults, SharedKey } from './default';

const LAMBDA = 'AWS Lambda developer guide';

/** Secure defaults of a function. */
export const functionDefaults = defaults({
  logGroup: {
    value: 'its own',
    provenBy: ['Lambda.ManagedLogGroup'],
    criteria: ['CC7.2', 'C1.2'],
    source: `${LAMBDA}, "Sending Lambda function logs to CloudWatch Logs": a group of its own, else Lambda makes one that keeps logs for ever`,
    reason: 'Logs are under a key, kept for a year, and then gone.',
  },
  loggingFormat: {
    value: 'JSON',
    provenBy: ['Lambda.StructuredLogs'],
    criteria: ['CC7.2'],
    source: `${LAMBDA}, "Configuring JSON and plain text log formats": plain text by default`,
    reason: 'Lines with fields can be searched and counted.',
    cfn: { 'LoggingConfig.LogFormat': 'JSON' },
  },
  tracing: {
    value: 'Active',
    provenBy: ['Lambda.Tracing'],
    criteria: ['CC7.2', 'PI1.3'],
    source: `${LAMBDA}, "Visualize Lambda function invocations using AWS X-Ray": PassThrough by default`,
    reason: 'Traces show which request failed where.',
  },
  environmentEncryption: {
    value: 'customer managed',
    provenBy: ['Lambda.EnvironmentKey'],
    criteria: ['CC6.1', 'C1.1'],
    source: `${LAMBDA}, "Securing Lambda environment variables"`,
    reason: 'The policy of a key of one\'s own says who may read environment variables.',
    cfn: { KmsKeyArn: new SharedKey('data') },
  },
  deadLetterQueue: {
    value: true,
    provenBy: ['Lambda.DeadLetterQueue'],
    criteria: ['PI1.3', 'CC7.2'],
    source: `${LAMBDA}, "Capturing records of Lambda asynchronous invocations"`,
    reason: 'An event that fails is kept and raises an alarm, instead of being dropped after two retries.',
  },
  recursiveLoop: {
    value: 'Terminate',
    provenBy: [],
    criteria: [],
    source: `${LAMBDA}, "Use Lambda recursive loop detection to prevent infinite loops"`,
    reason: 'A function that calls itself by way of a queue or a bucket is stopped before it costs a fortune.',
    cfn: { RecursiveLoop: 'Terminate' },
  },
  vpcSubnets: {
    value: 'two or more, in a VPC',
    provenBy: ['Lambda.VpcMultiAZ'],
    criteria: ['A1.2'],
    source: 'AWS Security Hub Lambda.5',
    reason: 'A function in a VPC outlives the failure of a zone.',
  },
  securityGroups: {
    value: 'its own, in a VPC',
    provenBy: ['Network.OwnSecurityGroup'],
    criteria: ['CC6.1', 'CC6.6'],
    source: 'Amazon VPC user guide, "Default security groups for your VPCs"',
    reason: 'What the function may talk to is decided for the function.',
  },
});
