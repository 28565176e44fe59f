import { Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { SqsSendMessage } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct } from 'constructs';
import { appWith, claimsIn, describeConstruct, modelOf, optionalOf } from './harness';
import { EncryptionKey, SecureLogGroup, SecureStateMachine, SecureStateMachineProps } from '../../src/constructs';
import { stateMachineHardening } from '../../src/constructs/workflow/state-machine-hardening';
import { stateMachineDefaults } from '../../src/defaults';
import { describeInjected } from '../blueprint/injected';

const { LogLevel } = sfn;
const TYPE = 'AWS::StepFunctions::StateMachine';
const set = (path: string, value: unknown) => (machine: SecureStateMachine) => (machine.node.defaultChild as sfn.CfnStateMachine).addPropertyOverride(path, value);
const definition = (scope: Construct, id: string): sfn.DefinitionBody => sfn.DefinitionBody.fromChainable(new sfn.Pass(scope, `${id}Step`));
const make = (scope: Construct, id: string, props?: Partial<SecureStateMachineProps>): SecureStateMachine => new SecureStateMachine(scope, id, { definitionBody: definition(scope, id), ...props });

describeConstruct<SecureStateMachineProps>({
  name: 'SecureStateMachine',
  make: (scope, id, props) => new SecureStateMachine(scope, id, { ...props, definitionBody: props?.definitionBody ?? definition(scope, id) }),
  optional: optionalOf<SecureStateMachineProps>()([
    'stateMachineName', 'definition', 'definitionBody', 'definitionSubstitutions', 'role', 'timeout', 'comment', 'queryLanguage', 'stateMachineType', 'logs', 'tracingEnabled',
    'removalPolicy', 'encryptionConfiguration', 'optOuts',
  ]),
  breaks: {
    'StepFunctions.Logging': set('LoggingConfiguration.Level', 'OFF'),
    'StepFunctions.NoExecutionData': set('LoggingConfiguration.IncludeExecutionData', true),
    'StepFunctions.Tracing': set('TracingConfiguration.Enabled', false),
    'StepFunctions.CustomerKey': set('EncryptionConfiguration', { Type: 'AWS_OWNED_KEY' }),
  },
  weakenings: [
    { props: { logs: { level: LogLevel.OFF } }, says: 'logs: { level: OFF }', rules: ['StepFunctions.Logging'] },
    { props: { logs: { level: LogLevel.ERROR }, stateMachineType: sfn.StateMachineType.EXPRESS }, says: 'logs: { level: ERROR }', rules: ['StepFunctions.Logging'] },
    { props: { logs: { includeExecutionData: true } }, says: 'logs: { includeExecutionData: true }', rules: ['StepFunctions.NoExecutionData'] },
    { props: { tracingEnabled: false }, says: 'tracingEnabled: false', rules: ['StepFunctions.Tracing'] },
    {
      props: { encryptionConfiguration: new sfn.AwsOwnedEncryptionConfiguration() },
      says: 'encryptionConfiguration without a customer managed key',
      rules: ['StepFunctions.CustomerKey'],
    },
  ],
  uses: (machine: SecureStateMachine, consumer) => machine.grantStartExecution(new iam.Role(consumer, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') })),
  given: (elsewhere) => ({
    encryptionConfiguration: new sfn.CustomerManagedEncryptionConfiguration(new EncryptionKey(elsewhere, 'Key')),
    logs: { destination: new SecureLogGroup(elsewhere, 'Logs') },
  }),
  nag: {
    'AwsSolutions-IAM5[Resource::*] S/X/Role/DefaultPolicy/Resource': 'log deliveries and traces have no ARNs that a policy could name',
    'NIST.800.53.R5-IAMNoInlinePolicy S/X/Role/DefaultPolicy/Resource': 'the policy belongs to this role and to no other',
  },
});

describeInjected<sfn.StateMachineProps>({
  name: 'sfn.StateMachine',
  hardening: stateMachineHardening,
  make: (scope, id, props) => new sfn.StateMachine(scope, id, { ...props, definitionBody: definition(scope, id) }),
  defaults: { [TYPE]: stateMachineDefaults },
  explicit: { props: { tracingEnabled: false }, rule: 'StepFunctions.Tracing' },
});

/** The statements of the role that are about a key. */
const keyStatements = (stack: Stack): { Condition: Record<string, Record<string, object>> }[] => {
  const [policy] = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
  return policy.Properties.PolicyDocument.Statement.filter(({ Action }: { Action: string | string[] }) => [Action].flat().includes('kms:Decrypt'));
};

describe('SecureStateMachine', () => {
  test('its role may use the key for a machine that CloudFormation names: CDK lets it for a machine without a name', () => {
    const stack = new Stack(appWith(), 'S');
    make(stack, 'X');
    expect(keyStatements(stack).map(({ Condition }) => JSON.stringify(Condition.ArnLike?.['kms:EncryptionContext:aws:states:stateMachineArn'] ?? ''))
      .filter((arn) => arn.includes(':stateMachine:*'))).toHaveLength(1);
  });

  test('its role may use the key for the machine of its name only', () => {
    const stack = new Stack(appWith(), 'S');
    make(stack, 'X', { stateMachineName: 'orders' });
    const conditions = keyStatements(stack).map(({ Condition }) => JSON.stringify(Condition));
    expect(conditions).toHaveLength(1);
    expect(conditions[0]).toContain(':stateMachine:orders');
  });

  test('logs into a group whose name needs no room in the resource policy, and is not in the way of a later stack', () => {
    const stack = new Stack(appWith(), 'S');
    make(stack, 'X');
    Template.fromStack(stack).hasResourceProperties('AWS::Logs::LogGroup', {
      LogGroupName: { 'Fn::Join': ['', ['/aws/vendedlogs/states/S-X-', { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] }]] },
    });
  });

  test('lets CloudWatch Logs deliver what is encrypted with its key', () => {
    const stack = new Stack(appWith(), 'S');
    make(stack, 'X');
    Template.fromStack(stack).hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: { Statement: Match.arrayWith([Match.objectLike({ Principal: { Service: 'delivery.logs.amazonaws.com' } })]) },
    });
  });

  test.each<[string, Partial<SecureStateMachineProps>, number]>([
    ['a day', {}, 86_400],
    ['five minutes, which is what Express workflows have', { stateMachineType: sfn.StateMachineType.EXPRESS }, 300],
    ['what is given', { timeout: Duration.days(30) }, 2_592_000],
  ])('ends after %s', (_, props, seconds) => {
    const stack = new Stack(appWith(), 'S');
    make(stack, 'X', props);
    Template.fromStack(stack).hasResourceProperties(TYPE, { DefinitionString: Match.stringLikeRegexp(`"TimeoutSeconds":${seconds}\\b`) });
  });

  test('claims to give up waiting where a task waits', () => {
    const waiting = (scope: Construct, body?: string): string[] => {
      const task = new SqsSendMessage(scope, 'Ask', {
        queue: new sqs.Queue(scope, 'Questions'),
        integrationPattern: sfn.IntegrationPattern.WAIT_FOR_TASK_TOKEN,
        messageBody: sfn.TaskInput.fromObject({ token: sfn.JsonPath.taskToken }),
      });
      make(scope, 'X', { definitionBody: body ? sfn.DefinitionBody.fromString(body) : sfn.DefinitionBody.fromChainable(task) });
      const claims = claimsIn(modelOf(scope.node.root as never), 'SecureStateMachine').filter(({ rule }) => rule === 'StepFunctions.CallbackTimeout');
      return claims.map(({ verdict }) => verdict);
    };
    expect(waiting(new Stack(appWith(), 'S'))).toEqual(['pass']);
    // The text of a definition is not ours: the timeout is not in it.
    expect(waiting(new Stack(appWith(), 'S'), '{"States":{"Ask":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken"}}}')).toEqual([]);
  });

  test('does not claim a key that comes from elsewhere', () => {
    const stack = new Stack(appWith(), 'S');
    const key = kms.Key.fromKeyArn(stack, 'K', 'arn:aws:kms:eu-west-1:111111111111:key/12345678-1234-1234-1234-123456789012');
    const machine = make(stack, 'X', { encryptionConfiguration: new sfn.CustomerManagedEncryptionConfiguration(key) });
    const { claims } = (machine.node.defaultChild as sfn.CfnStateMachine).getMetadata('cdk-soc2');
    expect(claims.map(({ rule }: { rule: string }) => rule)).toEqual(['StepFunctions.Logging', 'StepFunctions.NoExecutionData', 'StepFunctions.Tracing']);
    expect(keyStatements(stack)).toHaveLength(2);
  });

  test('makes no log group of its own beside one that is given', () => {
    const stack = new Stack(appWith(), 'S');
    make(stack, 'X', { logs: { destination: new logs.LogGroup(stack, 'Mine'), level: LogLevel.ERROR } });
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::Logs::LogGroup', 1);
    template.hasResourceProperties(TYPE, { LoggingConfiguration: { Level: 'ERROR', IncludeExecutionData: false } });
  });
});

describe('sfn.StateMachine under its injector', () => {
  test('gets no timeout: one that has run without may need longer', () => {
    const stack = new Stack(appWith(), 'S');
    expect(stateMachineHardening.harden(stack, 'X', { definitionBody: definition(stack, 'X') }).timeout).toBeUndefined();
  });
});
