import { App, CustomResource, PropertyInjectors, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { AwsCustomResource, AwsCustomResourcePolicy, PhysicalResourceId, Provider } from 'aws-cdk-lib/custom-resources';
import { Construct } from 'constructs';
import { appWith, claimsIn, CONCRETE, describeConstruct, modelOf, optionalOf } from './harness';
import { AWS_POLICY } from './nag-findings';
import { HardeningInjector } from '../../src/blueprint/injectors';
import { EncryptionKey, SecureDeadLetterQueue, SecureFunction, SecureFunctionProps, SecureLogGroup } from '../../src/constructs';
import { functionHardening } from '../../src/constructs/compute/function-hardening';
import { functionDefaults } from '../../src/defaults';
import { describeInjected } from '../blueprint/injected';

const required = { runtime: lambda.Runtime.NODEJS_24_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = async () => {};') };
const make = (scope: ConstructorParameters<typeof SecureFunction>[0], id: string, props: Partial<SecureFunctionProps> = {}): SecureFunction => (
  new SecureFunction(scope, id, { ...required, ...props, environment: props.environment ?? { STAGE: 'test' } }));
const cfn = (fn: lambda.Function): lambda.CfnFunction => fn.node.defaultChild as lambda.CfnFunction;

const optional = optionalOf<SecureFunctionProps>()([
  'optOuts', 'description', 'timeout', 'environment', 'functionName', 'memorySize', 'ephemeralStorageSize', 'initialPolicy', 'role', 'vpc',
  'ipv6AllowedForDualStack', 'vpcSubnets', 'securityGroups', 'allowAllOutbound', 'allowAllIpv6Outbound', 'deadLetterQueueEnabled', 'deadLetterQueue',
  'deadLetterTopic', 'tracing', 'snapStart', 'profiling', 'profilingGroup', 'insightsVersion', 'adotInstrumentation', 'paramsAndSecrets', 'layers',
  'reservedConcurrentExecutions', 'events', 'logRetention', 'logRemovalPolicy', 'logRetentionRole', 'logRetentionRetryOptions', 'currentVersionOptions',
  'filesystem', 'allowPublicSubnet', 'environmentEncryption', 'codeSigningConfig', 'architecture', 'runtimeManagementMode', 'tenancyConfig',
  'durableConfig', 'logGroup', 'logFormat', 'loggingFormat', 'recursiveLoop', 'applicationLogLevel', 'applicationLogLevelV2', 'systemLogLevel',
  'systemLogLevelV2', 'onFailure', 'onSuccess', 'maxEventAge', 'retryAttempts',
]);

describeConstruct<SecureFunctionProps>({
  name: 'SecureFunction',
  make,
  optional,
  breaks: {
    'Lambda.ManagedLogGroup': (fn: SecureFunction) => cfn(fn).addPropertyDeletionOverride('LoggingConfig.LogGroup'),
    'Lambda.StructuredLogs': (fn: SecureFunction) => cfn(fn).addPropertyOverride('LoggingConfig.LogFormat', 'Text'),
    'Lambda.Tracing': (fn: SecureFunction) => cfn(fn).addPropertyOverride('TracingConfig.Mode', 'PassThrough'),
    'Lambda.EnvironmentKey': (fn: SecureFunction) => cfn(fn).addPropertyDeletionOverride('KmsKeyArn'),
    'Lambda.DeadLetterQueue': (fn: SecureFunction) => cfn(fn).addPropertyDeletionOverride('DeadLetterConfig'),
  },
  weakenings: [
    { props: { loggingFormat: lambda.LoggingFormat.TEXT }, says: 'loggingFormat: Text', rules: ['Lambda.StructuredLogs'] },
    { props: { tracing: lambda.Tracing.PASS_THROUGH }, says: 'tracing: PassThrough', rules: ['Lambda.Tracing'] },
    { props: { tracing: lambda.Tracing.DISABLED }, says: 'tracing: Disabled', rules: ['Lambda.Tracing'] },
    { props: { deadLetterQueueEnabled: false }, says: 'deadLetterQueueEnabled: false', rules: ['Lambda.DeadLetterQueue'] },
  ],
  uses: (fn: SecureFunction, consumer) => void fn.grantInvoke(new iam.Role(consumer, 'Role', { assumedBy: new iam.ServicePrincipal('events.amazonaws.com') })),
  given: (elsewhere) => ({
    environmentEncryption: new EncryptionKey(elsewhere, 'Key'),
    logGroup: new SecureLogGroup(elsewhere, 'Logs'),
    deadLetterQueue: new SecureDeadLetterQueue(elsewhere, 'Failed'),
    vpc: new ec2.Vpc(elsewhere, 'Vpc'),
  }),
  nag: {
    'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole] S/X/ServiceRole/Resource': AWS_POLICY,
    'AwsSolutions-IAM5[Resource::*] S/X/ServiceRole/DefaultPolicy/Resource': 'the actions of X-Ray know no resources',
    'NIST.800.53.R5-IAMNoInlinePolicy S/X/ServiceRole/DefaultPolicy/Resource': 'the policy is for this role alone',
    'NIST.800.53.R5-LambdaConcurrency S/X/Resource': 'a reserve takes capacity from the other functions of the account; it is for those that are critical or greedy',
    'NIST.800.53.R5-LambdaInsideVPC S/X/Resource': 'functions that use services of AWS only are no safer in a VPC, and need endpoints there, which are billed',
  },
});

describeInjected<lambda.FunctionProps>({
  name: 'lambda.Function',
  hardening: functionHardening,
  make: (scope, id, props) => new lambda.Function(scope, id, { ...required, environment: { STAGE: 'test' }, ...props }),
  defaults: { 'AWS::Lambda::Function': functionDefaults },
  explicit: { props: { tracing: lambda.Tracing.PASS_THROUGH }, rule: 'Lambda.Tracing' },
});

/** The properties of the one resource of a type; of the one below a path where there are several. */
function only(stack: Stack, type: string, path = ''): Record<string, any> {
  const found = Object.values(Template.fromStack(stack).findResources(type)).filter(({ Metadata }) => (Metadata?.['aws:cdk:path'] ?? '').includes(path));
  expect(found).toHaveLength(1);
  return found[0].Properties;
}

const fnOf = (stack: Stack, path?: string): Record<string, any> => only(stack, 'AWS::Lambda::Function', path);
const stackIn = (app = appWith(), id = 'S'): Stack => new Stack(app, id, CONCRETE);

/** A stack whose plain functions are made secure. */
function blueprint(): Stack {
  const stack = stackIn();
  PropertyInjectors.of(stack).add(new HardeningInjector(functionHardening));
  return stack;
}

/** What the policies of the execution role allow, by resource. */
function allowed(stack: Stack): { Action: string | string[]; Resource: unknown }[] {
  return Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy')).flatMap((policy) => policy.Properties.PolicyDocument.Statement);
}

const rulesOf = (stack: Stack): string[] => claimsIn(modelOf(stack.node.root as App), 'SecureFunction').map(({ rule, verdict, says }) => (verdict === 'pass' ? rule : `${rule} ${says}`));

describe('SecureFunction', () => {
  test.each<[string, (stack: Stack) => [kms.IKey, Partial<SecureFunctionProps>]]>([
    ['queue of its own', (stack) => [EncryptionKey.shared(stack, 'messages'), {}]],
    ['queue that is given', (stack) => {
      const key = new EncryptionKey(stack, 'K');
      return [key, { deadLetterQueue: new sqs.Queue(stack, 'Q', { encryptionMasterKey: key }) }];
    }],
    ['topic that is given', (stack) => {
      const key = new EncryptionKey(stack, 'K');
      return [key, { deadLetterTopic: new sns.Topic(stack, 'T', { masterKey: key }) }];
    }],
  ])('may use the key of the %s, else what failed would be lost', (_, given) => {
    const stack = stackIn();
    const [key, props] = given(stack);
    make(stack, 'X', props);
    expect(allowed(stack)).toContainEqual(expect.objectContaining({ Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: stack.resolve(key.keyArn) }));
    expect(rulesOf(stack)).toContain('Lambda.DeadLetterQueue');
  });

  test('has no queue for failed events beside another destination for them', () => {
    const stack = stackIn();
    const onFailure = new SqsDestination(new sqs.Queue(stack, 'Q'));
    make(stack, 'X', { onFailure });
    expect(fnOf(stack).DeadLetterConfig).toBeUndefined();
    expect(rulesOf(stack)).toContain('Lambda.DeadLetterQueue');
  });

  test('has log group, key and queue made beside it, and can be asked for them', () => {
    const stack = stackIn();
    const fn = make(stack, 'X');
    expect(fn.logGroup).toBe(stack.node.findChild('XLogs'));
    expect(fn.deadLetterQueue).toBe(stack.node.findChild('XDeadLetters'));
    expect(fnOf(stack)).toMatchObject({
      KmsKeyArn: stack.resolve(EncryptionKey.shared(stack, 'data').keyArn), RecursiveLoop: 'Terminate', LoggingConfig: { LogGroup: stack.resolve(fn.logGroup.logGroupName), LogFormat: 'JSON' },
    });
    expect(fnOf(stack)).not.toHaveProperty('ReservedConcurrentExecutions');
    expect(fnOf(stack)).not.toHaveProperty('VpcConfig');
  });

  test('makes no claim of environment variables that it has not, and of a key from elsewhere', () => {
    const stack = stackIn();
    new SecureFunction(stack, 'X', required);
    make(stack, 'Y', { environmentEncryption: kms.Key.fromKeyArn(stack, 'K', 'arn:aws:kms:eu-west-1:111111111111:key/12345678-1234-1234-1234-123456789012') });
    expect(rulesOf(stack)).not.toContain('Lambda.EnvironmentKey');
  });

  test('makes no claim of a log group from elsewhere', () => {
    const stack = stackIn();
    make(stack, 'X', { logGroup: logs.LogGroup.fromLogGroupName(stack, 'L', 'theirs') });
    expect(rulesOf(stack)).not.toContain('Lambda.ManagedLogGroup');
    expect(fnOf(stack).LoggingConfig).toEqual({ LogGroup: 'theirs', LogFormat: 'JSON' });
  });

  test('takes a log group without retention for a reason only', () => {
    const stack = stackIn();
    const logGroup = new logs.LogGroup(stack, 'L', { retention: logs.RetentionDays.INFINITE });
    expect(() => make(stack, 'X', { logGroup })).toThrow('SecureFunction at S/X: logGroup without retention weakens Lambda.ManagedLogGroup');
  });

  test('in a VPC lies in several subnets and a security group of its own', () => {
    const stack = stackIn();
    const vpc = new ec2.Vpc(stack, 'Vpc');
    make(stack, 'X', { vpc });
    expect(rulesOf(stack)).toEqual(expect.arrayContaining(['Lambda.VpcMultiAZ', 'Network.OwnSecurityGroup']));
    expect(() => make(stack, 'Y', { vpc, vpcSubnets: { subnets: [vpc.privateSubnets[0]] } })).toThrow('SecureFunction at S/Y: vpcSubnets with one subnet weakens Lambda.VpcMultiAZ');
  });

  test('in a VPC from elsewhere, and in security groups that are given, makes no claim of them', () => {
    const stack = stackIn();
    const imported = ec2.Vpc.fromVpcAttributes(stack, 'V', { vpcId: 'vpc-12345678', availabilityZones: ['a', 'b'], privateSubnetIds: ['subnet-12345678', 'subnet-87654321'] });
    make(stack, 'X', { vpc: imported });
    const vpc = new ec2.Vpc(stack, 'Vpc');
    make(stack, 'Y', { vpc, securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(stack, 'G', 'sg-12345678')] });
    expect(rulesOf(stack).filter((rule) => /Vpc|Network/.test(rule))).toEqual(['Lambda.VpcMultiAZ']);
  });

  test('lets a role that was given write to the log group', () => {
    const stack = stackIn();
    const fn = make(stack, 'X', { role: new iam.Role(stack, 'R', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }) });
    expect(allowed(stack)).toContainEqual(expect.objectContaining({ Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: stack.resolve(fn.logGroup.logGroupArn) }));
  });

  test('takes a role of another stack, whose policy cannot name a queue of this one', () => {
    const app = appWith();
    const role = new iam.Role(stackIn(app, 'Elsewhere'), 'R', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    const stack = stackIn(app);
    make(stack, 'X', { role });
    expect(rulesOf(stack)).toEqual(['Lambda.EnvironmentKey', 'Lambda.ManagedLogGroup', 'Lambda.StructuredLogs', 'Lambda.Tracing']);
  });
});

describe('lambda.Function under its injector', () => {
  /** Older properties that users still have. */
  const withDeprecated = (test: () => void): void => {
    process.env.JSII_DEPRECATED = 'quiet';
    try {
      test();
    } finally {
      process.env.JSII_DEPRECATED = 'fail';
    }
  };

  test.each([
    ['logRetention', { logRetention: logs.RetentionDays.ONE_MONTH }, { LogFormat: 'JSON' }],
    ['logFormat', { logFormat: 'Text' }, { LogFormat: 'Text', LogGroup: expect.anything() }],
  ])('takes the older property %s', (_, props, LoggingConfig) => withDeprecated(() => {
    const stack = blueprint();
    new lambda.Function(stack, 'X', { ...required, ...props });
    expect(fnOf(stack, 'S/X').LoggingConfig).toEqual(LoggingConfig);
  }));

  test('covers what becomes a function in the end', () => {
    const stack = blueprint();
    new lambda.DockerImageFunction(stack, 'X', { code: lambda.DockerImageCode.fromEcr(ecr.Repository.fromRepositoryName(stack, 'R', 'theirs'), { tagOrDigest: '1.0' }) });
    expect(fnOf(stack)).toMatchObject({ PackageType: 'Image', TracingConfig: { Mode: 'Active' }, LoggingConfig: { LogFormat: 'JSON' }, DeadLetterConfig: expect.anything() });
  });

  test('gives those that answer for custom resources no queue, since CloudFormation waits for the answer', () => {
    const stack = blueprint();
    const { serviceToken } = new Provider(stack, 'Provider', { onEventHandler: lambda.Function.fromFunctionName(stack, 'F', 'theirs') });
    new CustomResource(stack, 'Custom', { serviceToken });
    new AwsCustomResource(stack, 'Call', {
      onCreate: { service: 'STS', action: 'GetCallerIdentity', physicalResourceId: PhysicalResourceId.of('x') },
      policy: AwsCustomResourcePolicy.fromSdkCalls({ resources: ['*'] }),
      installLatestAwsSdk: false,
    });
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::Lambda::Function', 2);
    template.allResourcesProperties('AWS::Lambda::Function', {
      DeadLetterConfig: Match.absent(), TracingConfig: { Mode: 'Active' }, LoggingConfig: Match.objectLike({ LogGroup: Match.anyValue() }), KmsKeyArn: Match.anyValue(),
    });
    template.resourceCountIs('AWS::SQS::Queue', 0);
  });

  test('gives a function below another construct a queue', () => {
    const stack = blueprint();
    new lambda.Function(new Construct(stack, 'C'), 'Handler', required);
    expect(fnOf(stack).DeadLetterConfig).toBeDefined();
  });

  describe('at the edge', () => {
    const version = cloudfront.LambdaEdgeEventType.ORIGIN_REQUEST;
    const forbidden = ['DeadLetterConfig', 'KmsKeyArn', 'TracingConfig', 'LoggingConfig'];

    test.each([['us-east-1'], ['eu-west-1']])('leaves a function of a stack in %s as it is', (region) => {
      const app = appWith();
      PropertyInjectors.of(app).add(new HardeningInjector(functionHardening));
      new cloudfront.experimental.EdgeFunction(new Stack(app, 'S', { env: { account: '111111111111', region } }), 'X', required);
      const resources = modelOf(app).templates.flatMap((template) => [...template.resources.values()]);
      const [edge] = resources.filter(({ type, constructPath = '' }) => type === 'AWS::Lambda::Function' && /X\/(Fn\/)?Resource$/.test(constructPath));
      expect(Object.keys(edge.properties!).filter((name) => forbidden.includes(name))).toEqual([]);
      expect(resources.filter(({ type }) => /^AWS::(SQS|KMS|Logs)::/.test(type))).toEqual([]);
    });

    test('takes back what CloudFront refuses from a plain function that a distribution takes', () => {
      const stack = new Stack(appWith(), 'S', { env: { account: '111111111111', region: 'us-east-1' } });
      PropertyInjectors.of(stack).add(new HardeningInjector(functionHardening));
      const fn = new lambda.Function(stack, 'X', required);
      new cloudfront.Distribution(stack, 'D', {
        defaultBehavior: { origin: new HttpOrigin('example.com'), edgeLambdas: [{ functionVersion: fn.currentVersion, eventType: version }] },
      });
      expect(Object.keys(fnOf(stack)).filter((name) => forbidden.includes(name))).toEqual([]);
    });

    test('leaves there what was given', () => {
      const stack = new Stack(appWith(), 'S', { env: { account: '111111111111', region: 'us-east-1' } });
      PropertyInjectors.of(stack).add(new HardeningInjector(functionHardening));
      const fn = new lambda.Function(stack, 'X', { ...required, loggingFormat: lambda.LoggingFormat.TEXT });
      new cloudfront.Distribution(stack, 'D', {
        defaultBehavior: { origin: new HttpOrigin('example.com'), edgeLambdas: [{ functionVersion: fn.currentVersion, eventType: version }] },
      });
      expect(Object.keys(fnOf(stack)).filter((name) => forbidden.includes(name))).toEqual(['LoggingConfig']);
    });
  });
});
