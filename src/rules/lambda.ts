import { awsDefaults } from './aws-defaults';
import { any, applies, Evaluation, not, ResourceReader, rule, Truth } from './kernel';
import { everyMapping, MAPPINGS } from './shared/event-mapping';
import { ownKey } from './shared/own-key';

const FUNCTION = ['AWS::Lambda::Function', 'AWS::Serverless::Function'];

const isSam = (fn: ResourceReader) => fn.type === 'AWS::Serverless::Function';

export const supportedRuntime = rule({
  id: 'Lambda.SupportedRuntime',
  resourceTypes: FUNCTION,
  title: 'Runtime still gets security patches',
  severity: 'high',
  criteria: { direct: ['CC7.1'], supporting: ['CC6.8'] },
  rationale: 'A deprecated runtime gets no patches any more, so holes found in the language stay open in the function.',
  remediation: { l2: 'runtime', cfn: 'Runtime that AWS supports' },
  configRule: 'LAMBDA_FUNCTION_SETTINGS_CHECK',
  nagRules: ['LambdaLatestVersion'],
  sources: ['AWS Lambda developer guide, "Lambda runtimes": runtimes deprecated by November 2026', 'AWS Security Hub Lambda.2'],
  check: (fn) => applies(
    not(fn.get('PackageType').is('Image'), 'an image'), 'the runtime is part of the container image',
    () => not(fn.get('Runtime').matches(DEPRECATED, 'deprecated'), 'the runtime is deprecated'),
  ),
});

const DEPRECATED = new RegExp(`^(${[
  'nodejs', 'nodejs(4\\.3(-edge)?|6\\.10|8\\.10|10\\.x|12\\.x|14\\.x|16\\.x|18\\.x|20\\.x)', 'python(2\\.7|3\\.([6-9]|10))', 'ruby(2\\.5|2\\.7|3\\.2)', 'java8', 'go1\\.x',
  'dotnetcore[123]\\.[01]', 'dotnet[5-8](\\.0)?', 'provided',
].join('|')})$`);

export const tracing = rule({
  id: 'Lambda.Tracing',
  resourceTypes: FUNCTION,
  title: 'Invocations are traced',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC7.2', 'PI1.3'] },
  rationale: 'Traces show which request failed where, across services. Helpful in an incident, and no record of security events.',
  remediation: { construct: 'SecureFunction', l2: 'tracing: Tracing.ACTIVE', cfn: 'TracingConfig: { Mode: Active }' },
  configRule: 'LAMBDA_FUNCTION_XRAY_ENABLED',
  nagRules: ['LambdaTracing'],
  sources: [
    'AWS Lambda developer guide, "Visualize Lambda function invocations using AWS X-Ray": PassThrough by default',
    'AWS CDK API reference, CustomResourceProvider: its functions are started by __entrypoint__.handler',
  ],
  check: (fn) => (fn.get('Handler').seen().scalar === '__entrypoint__.handler'
    ? Truth.skip('it is CDK\'s own function, which runs only while CloudFormation deploys, and serves no request')
    : fn.get(isSam(fn) ? 'Tracing' : 'TracingConfig.Mode').is('Active')),
});

export const inVpc = rule({
  id: 'Lambda.InVpc',
  resourceTypes: FUNCTION,
  title: 'Function runs in a VPC',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC6.6'] },
  rationale: 'A VPC lets network rules bound what the function reaches. Functions that use AWS services only are no safer in one, so this is a choice.',
  remediation: { l2: 'vpc', cfn: 'VpcConfig with SubnetIds and SecurityGroupIds' },
  configRule: 'LAMBDA_INSIDE_VPC',
  nagRules: ['LambdaInsideVPC'],
  sources: ['AWS Lambda developer guide, "Giving Lambda functions access to resources in an Amazon VPC"'],
  onByDefault: false,
  check: (fn) => fn.get('VpcConfig.SubnetIds').isPresent().because('no VPC is named'),
});

export const vpcMultiAz = rule({
  id: 'Lambda.VpcMultiAZ',
  resourceTypes: FUNCTION,
  title: 'Function in a VPC has two subnets or more',
  severity: 'low',
  criteria: { direct: ['A1.2'] },
  rationale: 'With a single subnet the function cannot run while that subnet\'s zone is down.',
  remediation: { construct: 'SecureFunction', l2: 'vpcSubnets in two zones', cfn: 'VpcConfig with two or more SubnetIds' },
  configRule: 'LAMBDA_VPC_MULTI_AZ_CHECK',
  sources: ['AWS Security Hub Lambda.5'],
  check: (fn) => applies(fn.get('VpcConfig.SubnetIds').isPresent(), 'the function is in no VPC', () => fn.get('VpcConfig.SubnetIds').count(2)),
});

const NOWHERE = 'failed events have nowhere to go';

function hasDeadLetterTarget(fn: ResourceReader): Truth {
  return fn.get(isSam(fn) ? 'DeadLetterQueue.TargetArn' : 'DeadLetterConfig.TargetArn').isPresent();
}

export const deadLetterQueue = rule({
  id: 'Lambda.DeadLetterQueue',
  resourceTypes: FUNCTION,
  title: 'Failed asynchronous invocations are kept',
  severity: 'low',
  criteria: { direct: ['PI1.3'], supporting: ['CC7.2'] },
  rationale: 'An asynchronous event that fails is dropped after its retries unless it has somewhere to go. Functions that are called synchronously do not need it.',
  remediation: {
    construct: 'SecureFunction',
    l2: 'deadLetterQueueEnabled: true, or onFailure',
    cfn: 'DeadLetterConfig: { TargetArn }, or an AWS::Lambda::EventInvokeConfig with OnFailure',
  },
  configRule: 'LAMBDA_DLQ_CHECK',
  nagRules: ['LambdaDLQ'],
  sources: ['AWS Lambda developer guide, "Capturing records of Lambda asynchronous invocations"'],
  onByDefault: false,
  check: (fn, model) => any([
    hasDeadLetterTarget(fn),
    fn.get('EventInvokeConfig.DestinationConfig.OnFailure.Destination').isPresent(),
    ...model.referrers(fn, 'AWS::Lambda::EventInvokeConfig', 'FunctionName').map((config) => config.get('DestinationConfig.OnFailure.Destination').isPresent()),
  ]).because(NOWHERE),
});

export const asyncFailureDestination = rule({
  id: 'Lambda.AsyncFailureDestination',
  resourceTypes: ['AWS::Lambda::EventInvokeConfig', 'AWS::Serverless::Function'],
  title: 'Asynchronous invocations have a destination for failures',
  severity: 'low',
  criteria: { direct: ['PI1.3'], supporting: ['CC7.2'] },
  rationale: 'An asynchronous event that fails is dropped after its retries unless it has somewhere to go. The dead-letter queue of the function is such a place, too.',
  remediation: { l2: 'onFailure', cfn: 'DestinationConfig: { OnFailure: { Destination } }, or DeadLetterConfig: { TargetArn } of the function' },
  nagRules: ['LambdaAsyncFailureDestination'],
  sources: ['AWS Lambda developer guide, "Capturing records of Lambda asynchronous invocations"'],
  check: (config, model) => {
    const destination = 'DestinationConfig.OnFailure.Destination';
    if (isSam(config)) {
      return applies(config.get('EventInvokeConfig').isPresent(), 'it does not configure asynchronous invocations',
        () => any([config.get(`EventInvokeConfig.${destination}`).isPresent(), hasDeadLetterTarget(config)]).because(NOWHERE));
    }
    const fn = ['AWS::Lambda::Function', 'AWS::Serverless::Function'].map((type) => model.resourceNamed(config.get('FunctionName'), type)).find(Boolean);
    const present = config.get(destination).isPresent();
    return fn ? any([present, hasDeadLetterTarget(fn)]).because(NOWHERE) : present;
  },
});

export const eventSourceFailureDestination = rule({
  id: 'Lambda.EventSourceFailureDestination',
  resourceTypes: MAPPINGS,
  title: 'Stream records that cannot be processed are kept',
  severity: 'medium',
  criteria: { direct: ['PI1.3'] },
  rationale: 'A batch of a stream that keeps failing is dropped when it expires; without a destination nobody learns which records were lost.',
  remediation: { l2: 'onFailure: new SqsDlq(queue)', cfn: 'DestinationConfig: { OnFailure: { Destination } }' },
  nagRules: ['LambdaEventSourceMappingDestination'],
  sources: ['AWS Lambda developer guide, "Retain discarded batch records for a DynamoDB event source" and "… a Kinesis event source"'],
  check: (mapping) => everyMapping(mapping, 'stream', (settings) => settings.get('DestinationConfig.OnFailure.Destination').isPresent()),
});

export const reservedConcurrency = rule({
  id: 'Lambda.ReservedConcurrency',
  resourceTypes: FUNCTION,
  title: 'Function has a concurrency of its own',
  severity: 'low',
  criteria: { direct: [], supporting: ['A1.1'] },
  rationale: 'A reserve keeps one function from starving the others of the account. It also takes capacity away, so it is for critical or greedy functions only.',
  remediation: { l2: 'reservedConcurrentExecutions', cfn: 'ReservedConcurrentExecutions' },
  configRule: 'LAMBDA_CONCURRENCY_CHECK',
  nagRules: ['LambdaConcurrency'],
  sources: ['AWS Lambda developer guide, "Configuring reserved concurrency for a function"'],
  onByDefault: false,
  check: (fn) => fn.get('ReservedConcurrentExecutions').isPresent(),
});

export const environmentKey = rule({
  id: 'Lambda.EnvironmentKey',
  resourceTypes: FUNCTION,
  title: 'Environment variables are encrypted with a named KMS key',
  severity: 'low',
  criteria: { direct: ['CC6.1'], supporting: ['C1.1'] },
  rationale: 'Environment variables are always encrypted; a key of one\'s own lets its policy say who may read them in the console.',
  remediation: { construct: 'SecureFunction', l2: 'environmentEncryption', cfn: 'KmsKeyArn' },
  sources: ['AWS Lambda developer guide, "Securing Lambda environment variables"'],
  onByDefault: false,
  check: (fn) => applies(fn.get('Environment.Variables').isPresent(), 'the function has no environment variables', () => ownKey(fn.get('KmsKeyArn'), 'lambda')),
});

export const codeSigning = rule({
  id: 'Lambda.CodeSigning',
  resourceTypes: FUNCTION,
  title: 'Function takes signed code only',
  severity: 'low',
  criteria: { direct: ['CC6.8'], supporting: ['CC8.1'] },
  rationale: 'With signing, code that did not come through the build cannot be deployed. It needs a signing profile and a build that signs, which few have.',
  remediation: { l2: 'codeSigningConfig', cfn: 'CodeSigningConfigArn' },
  sources: ['AWS Lambda developer guide, "Using code signing to verify code integrity with Lambda"'],
  onByDefault: false,
  check: (fn) => applies(
    not(fn.get('PackageType').is('Image'), 'an image'), 'images cannot be signed this way', () => fn.get('CodeSigningConfigArn').isPresent(),
  ),
});

export const codeSigningEnforced = rule({
  id: 'Lambda.CodeSigningEnforced',
  resourceTypes: ['AWS::Lambda::CodeSigningConfig'],
  title: 'Unsigned code is refused, not just reported',
  severity: 'medium',
  criteria: { direct: ['CC6.8'], supporting: ['CC8.1'] },
  rationale: 'With Warn, unsigned code is deployed all the same, and only a metric says so.',
  remediation: {
    l2: 'untrustedArtifactOnDeployment: UntrustedArtifactOnDeployment.ENFORCE',
    cfn: 'CodeSigningPolicies: { UntrustedArtifactOnDeployment: Enforce }',
  },
  sources: ['AWS::Lambda::CodeSigningConfig CodeSigningPolicies: Warn by default'],
  check: (config) => config.get('CodeSigningPolicies.UntrustedArtifactOnDeployment')
    .awsDefault(awsDefaults['AWS::Lambda::CodeSigningConfig.CodeSigningPolicies.UntrustedArtifactOnDeployment']).is('Enforce'),
});

export const managedLogGroup = rule({
  id: 'Lambda.ManagedLogGroup',
  resourceTypes: FUNCTION,
  title: 'Function logs to a declared log group with retention',
  severity: 'low',
  criteria: { direct: ['CC7.2'], supporting: ['C1.2'] },
  rationale: 'The log group that Lambda makes by itself keeps everything for ever, under no key, and is in no template.',
  remediation: { construct: 'SecureLogGroup', l2: 'logGroup', cfn: 'LoggingConfig: { LogGroup } of an AWS::Logs::LogGroup with RetentionInDays' },
  sources: ['AWS Lambda developer guide, "Sending Lambda function logs to CloudWatch Logs"'],
  onByDefault: false,
  check: (fn, model) => {
    const named = fn.get('LoggingConfig.LogGroup');
    const group = named.target() ?? (named.missing ? implicitGroup(fn, model) : model.ofType('AWS::Logs::LogGroup').find((one) => named.names(one).yes));
    if (group) return group.get('RetentionInDays').isPresent();
    // CDK's logRetention sets the period of the log group that Lambda makes.
    const set = named.missing ? model.referrers(fn, 'Custom::LogRetention', 'LogGroupName') : [];
    if (set.length > 0) return any(set.map((one) => one.get('RetentionInDays').isPresent()));
    return named.missing ? Truth.no('no log group is declared for the function') : Truth.unknown('its log group is not among the templates given');
  },
});

/** A log group by the name that Lambda would give it: `/aws/lambda/` and the function's name. */
function implicitGroup(fn: ResourceReader, model: Evaluation): ResourceReader | undefined {
  return model.referrers(fn, 'AWS::Logs::LogGroup', 'LogGroupName').find((group) => group.get('LogGroupName').startsWith('/aws/lambda/').yes);
}

export const roleNotShared = rule({
  id: 'Lambda.RoleNotShared',
  resourceTypes: ['AWS::IAM::Role'],
  title: 'Execution role is of one function',
  severity: 'low',
  criteria: { direct: [], supporting: ['CC6.3'] },
  rationale: 'A shared role has the rights of all functions that use it. Functions of one purpose may well share one.',
  remediation: { l2: 'a Role per Function, as CDK makes by default', cfn: 'an AWS::IAM::Role for each AWS::Lambda::Function' },
  sources: ['AWS Lambda developer guide, "Defining Lambda function permissions with an execution role"'],
  onByDefault: false,
  // Asked of the role, so that a thousand functions with one role cost a thousand readings and not a million.
  check: (role, model) => {
    const functions = FUNCTION.flatMap((type) => model.referrers(role, type, 'Role'));
    return applies(Truth.of(functions.length > 0, 'no function'), 'no function has the role', () => {
      if (functions.length > 1) return Truth.no(`${functions.length} functions have the role`);
      const doubtful = model.ofType(...FUNCTION).map((fn) => fn.get('Role')).find((place) => place.undecided && place.isPresent().open);
      return doubtful ? doubtful.openTruth() : Truth.YES;
    });
  },
});
