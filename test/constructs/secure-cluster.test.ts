import { App, PropertyInjectors, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { appWith, claimsIn, CONCRETE, describeConstruct, modelOf, optionalOf } from './harness';
import { HardeningInjector } from '../../src/blueprint/injectors';
import { EncryptionKey, SecureCluster, SecureClusterProps, SecureLogGroup } from '../../src/constructs';
import { clusterHardening } from '../../src/constructs/compute/cluster-hardening';
import { ecsClusterDefaults } from '../../src/defaults';
import { describeInjected } from '../blueprint/injected';

const cfn = (cluster: ecs.Cluster): ecs.CfnCluster => cluster.node.defaultChild as ecs.CfnCluster;

function vpcOf(stack: Stack): ec2.Vpc {
  return stack.node.tryFindChild('Vpc') as ec2.Vpc | undefined ?? new ec2.Vpc(stack, 'Vpc', { natGateways: 1 });
}

describeConstruct<SecureClusterProps>({
  name: 'SecureCluster',
  make: (scope, id, props = {}) => new SecureCluster(scope, id, { ...props, vpc: props.vpc ?? vpcOf(Stack.of(scope)) }),
  optional: optionalOf<SecureClusterProps>()([
    'optOuts', 'clusterName', 'vpc', 'defaultCloudMapNamespace', 'capacity', 'enableFargateCapacityProviders', 'containerInsights', 'containerInsightsV2',
    'executeCommandConfiguration', 'managedStorageConfiguration',
  ]),
  breaks: {
    'ECS.ContainerInsights': (cluster: SecureCluster) => cfn(cluster).addPropertyOverride('ClusterSettings', []),
    'ECS.ExecLogged': (cluster: SecureCluster) => cfn(cluster).addPropertyOverride('Configuration.ExecuteCommandConfiguration.Logging', 'NONE'),
  },
  weakenings: [
    { props: { containerInsightsV2: ecs.ContainerInsights.DISABLED }, says: 'containerInsightsV2: disabled', rules: ['ECS.ContainerInsights'] },
    { props: { executeCommandConfiguration: { logging: ecs.ExecuteCommandLogging.NONE } }, says: 'executeCommandConfiguration: { logging: NONE }', rules: ['ECS.ExecLogged'] },
  ],
  uses: (cluster: SecureCluster, consumer) => {
    const taskDefinition = new ecs.FargateTaskDefinition(consumer, 'Task');
    taskDefinition.addContainer('web', { image: ecs.ContainerImage.fromRegistry('example.com/web:1.0') });
    new ecs.FargateService(consumer, 'Service', { cluster, taskDefinition, enableExecuteCommand: true, circuitBreaker: {}, minHealthyPercent: 100 });
  },
  given: (elsewhere) => ({
    vpc: vpcOf(elsewhere),
    executeCommandConfiguration: {
      kmsKey: new EncryptionKey(elsewhere, 'Key'),
      logging: ecs.ExecuteCommandLogging.OVERRIDE,
      logConfiguration: { cloudWatchLogGroup: new SecureLogGroup(elsewhere, 'Logs'), cloudWatchEncryptionEnabled: true },
    },
  }),
  besides: /^S\/Vpc\//,
});

describeInjected<ecs.ClusterProps>({
  name: 'ecs.Cluster',
  hardening: clusterHardening,
  make: (scope, id, props) => new ecs.Cluster(scope, id, { vpc: vpcOf(Stack.of(scope)), ...props }),
  defaults: { 'AWS::ECS::Cluster': ecsClusterDefaults },
  explicit: { props: { containerInsightsV2: ecs.ContainerInsights.DISABLED }, rule: 'ECS.ContainerInsights' },
});

const only = (stack: Stack, type: string): Record<string, any> => Object.values(Template.fromStack(stack).findResources(type))[0].Properties;
const statementsOf = (stack: Stack, service: string): any[] => Object.values(Template.fromStack(stack).findResources('AWS::KMS::Key'))
  .flatMap((key) => key.Properties.KeyPolicy.Statement).filter(({ Principal }) => JSON.stringify(Principal).includes(service));

describe('SecureCluster', () => {
  const stackWith = (props: Partial<SecureClusterProps> = {}): Stack => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    new SecureCluster(stack, 'X', { vpc: vpcOf(stack), ...props });
    return stack;
  };

  test('fails without a VPC, which CDK would make with NAT gateways', () => {
    expect(() => new SecureCluster(new Stack(appWith(), 'S'), 'X', {})).toThrow('SecureCluster at S/X: vpc is missing, and CDK would make one without flow logs; give vpc');
  });

  test('logs commands, encrypted, to a group that CloudWatch Logs may encrypt', () => {
    const stack = stackWith();
    const key = stack.resolve(EncryptionKey.shared(stack, 'logs').keyArn);
    const [group] = Object.keys(Template.fromStack(stack).findResources('AWS::Logs::LogGroup', { Properties: { KmsKeyId: key, RetentionInDays: 365 } }));
    expect(only(stack, 'AWS::ECS::Cluster').Configuration.ExecuteCommandConfiguration).toEqual({
      KmsKeyId: key, Logging: 'OVERRIDE', LogConfiguration: { CloudWatchEncryptionEnabled: true, CloudWatchLogGroupName: { Ref: group } },
    });
    expect(statementsOf(stack, 'logs.eu-west-1')).toHaveLength(1);
  });

  test('lets Fargate use the key for its storage, for this account', () => {
    const stack = stackWith();
    expect(only(stack, 'AWS::ECS::Cluster').Configuration.ManagedStorageConfiguration).toEqual({ FargateEphemeralStorageKmsKeyId: stack.resolve(EncryptionKey.shared(stack, 'data').keyId) });
    const account = { 'kms:EncryptionContext:aws:ecs:clusterAccount': '111111111111' };
    expect(statementsOf(stack, 'fargate.')).toEqual([
      expect.objectContaining({ Action: 'kms:GenerateDataKeyWithoutPlaintext', Condition: { StringEquals: account } }),
      expect.objectContaining({ Action: 'kms:CreateGrant', Condition: { 'StringEquals': account, 'ForAllValues:StringEquals': { 'kms:GrantOperations': ['Decrypt'] } } }),
    ]);
  });

  test('says so once for two clusters with names, whose statements CDK gives the same id', () => {
    const stack = stackWith({ clusterName: 'a' });
    new SecureCluster(stack, 'Y', { vpc: vpcOf(stack), clusterName: 'b' });
    expect(statementsOf(stack, 'fargate.')).toHaveLength(2);
    expect(statementsOf(stack, 'fargate.').filter(({ Sid }) => Sid !== undefined)).toEqual([]);
  });

  test('takes another key for the storage, which CDK opens to Fargate', () => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    const key = new EncryptionKey(stack, 'K');
    new SecureCluster(stack, 'X', { vpc: vpcOf(stack), managedStorageConfiguration: { fargateEphemeralStorageKmsKey: key } });
    expect(only(stack, 'AWS::ECS::Cluster').Configuration.ManagedStorageConfiguration).toEqual({ FargateEphemeralStorageKmsKeyId: stack.resolve(key.keyId) });
    Template.fromStack(stack).resourceCountIs('AWS::KMS::Key', 2);
  });

  test('lets the tasks of a service with commands write their log and use its key', () => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    const cluster = new SecureCluster(stack, 'X', { vpc: vpcOf(stack) });
    const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task');
    taskDefinition.addContainer('web', { image: ecs.ContainerImage.fromRegistry('example.com/web:1.0') });
    new ecs.FargateService(stack, 'Service', { cluster, taskDefinition, enableExecuteCommand: true, circuitBreaker: {}, minHealthyPercent: 100 });
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: stack.resolve(EncryptionKey.shared(stack, 'logs').keyArn) }),
          Match.objectLike({ Action: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'] }),
        ]),
      },
    });
  });

  test.each([
    ['claims the older property for insights', { containerInsights: true }, [{ Name: 'containerInsights', Value: 'enabled' }], undefined],
    ['asks for a reason to turn it off', { containerInsights: false }, [], 'SecureCluster at S/X: containerInsights: false weakens ECS.ContainerInsights'],
  ])('%s', (_, props, settings, message) => {
    process.env.JSII_DEPRECATED = 'quiet';
    try {
      if (message) {
        expect(() => stackWith(props)).toThrow(message);
        return;
      }
      const stack = stackWith(props);
      expect(only(stack, 'AWS::ECS::Cluster').ClusterSettings).toEqual(settings);
      expect(claimsIn(modelOf(stack.node.root as App), 'SecureCluster').map(({ rule, verdict }) => `${rule} ${verdict}`)).toEqual(['ECS.ContainerInsights pass', 'ECS.ExecLogged pass']);
    } finally {
      process.env.JSII_DEPRECATED = 'fail';
    }
  });
});

describe('ecs.Cluster under its injector', () => {
  const stackWith = (props: ecs.ClusterProps): Stack => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    PropertyInjectors.of(stack).add(new HardeningInjector(clusterHardening));
    new ecs.Cluster(stack, 'X', { vpc: vpcOf(stack), ...props });
    return stack;
  };

  test('keeps the storage of tasks on Fargate under a key that Fargate may use', () => {
    const stack = stackWith({});
    expect(only(stack, 'AWS::ECS::Cluster').Configuration.ManagedStorageConfiguration).toEqual({ FargateEphemeralStorageKmsKeyId: expect.anything() });
    expect(statementsOf(stack, 'fargate.')).toHaveLength(2);
  });

  test('takes the older property for insights, which CDK refuses beside the newer one', () => {
    process.env.JSII_DEPRECATED = 'quiet';
    try {
      expect(only(stackWith({ containerInsights: true }), 'AWS::ECS::Cluster').ClusterSettings).toEqual([{ Name: 'containerInsights', Value: 'enabled' }]);
    } finally {
      process.env.JSII_DEPRECATED = 'fail';
    }
  });
});
