import { App, CfnOutput, Fn, PhysicalName, PropertyInjectors, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { appWith, claimsIn, CONCRETE, describeConstruct, modelOf, optionalOf } from './harness';
import { AWS_POLICY } from './nag-findings';
import { HardeningInjector } from '../../src/blueprint/injectors';
import { EncryptionKey, SecureEksCluster, SecureEksClusterProps } from '../../src/constructs';
import { cfnCluster, eksClusterHardening } from '../../src/constructs/compute/eks-cluster-hardening';
import { OptOut } from '../../src/declarations/opt-out';
import { eksClusterDefaults } from '../../src/defaults';
import { describeInjected } from '../blueprint/injected';

const version = eks.KubernetesVersion.V1_36;
const set = (path: string, value: unknown) => (cluster: eks.Cluster) => cfnCluster(cluster).addPropertyOverride(path, value);
const unset = (path: string) => (cluster: eks.Cluster) => cfnCluster(cluster).addPropertyDeletionOverride(path);

function vpcOf(stack: Stack): ec2.Vpc {
  return stack.node.tryFindChild('Vpc') as ec2.Vpc | undefined ?? new ec2.Vpc(stack, 'Vpc', { natGateways: 1 });
}

const { PUBLIC, PUBLIC_AND_PRIVATE } = eks.EndpointAccess;
const { API, AUDIT, AUTHENTICATOR } = eks.ClusterLoggingTypes;

describeConstruct<SecureEksClusterProps>({
  name: 'SecureEksCluster',
  make: (scope, id, props = {}) => new SecureEksCluster(scope, id, { version, ...props, vpc: props.vpc ?? vpcOf(Stack.of(scope)) }),
  optional: optionalOf<SecureEksClusterProps>()([
    'optOuts', 'deletionProtection', 'zonalShift', 'extendedSupport', 'vpc', 'vpcSubnets', 'role', 'clusterName', 'securityGroup', 'mastersRole',
    'coreDnsComputeType', 'endpointAccess', 'prune', 'secretsEncryptionKey', 'ipFamily', 'serviceIpv4Cidr', 'albController', 'clusterLogging', 'tags',
    'kubectlProviderOptions', 'remoteNodeNetworks', 'remotePodNetworks', 'controlPlaneScalingTier', 'removalPolicy', 'compute', 'defaultCapacity',
    'defaultCapacityInstance', 'defaultCapacityType', 'bootstrapClusterCreatorAdminPermissions', 'bootstrapSelfManagedAddons', 'outputConfigCommand',
  ]),
  breaks: {
    'EKS.EndpointNotPublic': set('ResourcesVpcConfig.EndpointPublicAccess', true),
    'EKS.SecretsEncrypted': unset('EncryptionConfig'),
    'EKS.ControlPlaneLogging': set('Logging.ClusterLogging.EnabledTypes', [{ Type: 'audit' }]),
    'EKS.AccessEntries': set('AccessConfig.BootstrapClusterCreatorAdminPermissions', true),
    'EKS.DeletionProtection': unset('DeletionProtection'),
    'EKS.ZonalShift': unset('ZonalShiftConfig'),
  },
  weakenings: [
    { props: { endpointAccess: PUBLIC_AND_PRIVATE.onlyFrom('203.0.113.0/24') }, says: 'endpointAccess: public', rules: ['EKS.EndpointNotPublic'] },
    { props: { endpointAccess: PUBLIC }, says: 'endpointAccess: public', rules: ['EKS.EndpointNotPublic', 'EKS.PublicAccessCidrs'] },
    { props: { clusterLogging: [API, AUDIT] }, says: 'clusterLogging without authenticator', rules: ['EKS.ControlPlaneLogging'] },
    { props: { clusterLogging: [] }, says: 'clusterLogging without api', rules: ['EKS.ControlPlaneLogging'] },
    { props: { bootstrapClusterCreatorAdminPermissions: true }, says: 'bootstrapClusterCreatorAdminPermissions: true', rules: ['EKS.AccessEntries'] },
    { props: { deletionProtection: false }, says: 'deletionProtection: false', rules: ['EKS.DeletionProtection'] },
    { props: { zonalShift: false }, says: 'zonalShift: false', rules: ['EKS.ZonalShift'] },
  ],
  uses: (cluster: SecureEksCluster, consumer) => cluster.grantAccess('Team', new iam.Role(consumer, 'Role', { assumedBy: new iam.AccountRootPrincipal() }).roleArn, [
    eks.AccessPolicy.fromAccessPolicyName('AmazonEKSViewPolicy', { accessScopeType: eks.AccessScopeType.CLUSTER }),
  ]),
  given: (elsewhere) => ({ vpc: vpcOf(elsewhere), secretsEncryptionKey: new EncryptionKey(elsewhere, 'Key') }),
  nag: Object.fromEntries([
    ['AmazonEKSBlockStoragePolicy', 'Role'], ['AmazonEKSClusterPolicy', 'Role'], ['AmazonEKSComputePolicy', 'Role'], ['AmazonEKSLoadBalancingPolicy', 'Role'],
    ['AmazonEKSNetworkingPolicy', 'Role'], ['AmazonEC2ContainerRegistryReadOnly', 'XnodePoolRole'], ['AmazonEKSWorkerNodePolicy', 'XnodePoolRole'],
  ].map(([policy, role]) => [`AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${policy}] S/X/${role}/Resource`, AWS_POLICY])),
  besides: /^S\/Vpc\//,
});

describeInjected<eks.ClusterProps>({
  name: 'eks.Cluster',
  hardening: eksClusterHardening,
  make: (scope, id, props) => new eks.Cluster(scope, id, { version, vpc: vpcOf(Stack.of(scope)), ...props }),
  defaults: { 'AWS::EKS::Cluster': eksClusterDefaults },
  leaves: { 'EKS.AccessEntries': 'another value puts another cluster in the place of one that is there, and may lock everybody out' },
  explicit: { props: { endpointAccess: PUBLIC_AND_PRIVATE }, rule: 'EKS.EndpointNotPublic' },
});

const clusterIn = (stack: Stack): Record<string, any> => Object.values(Template.fromStack(stack).findResources('AWS::EKS::Cluster'))[0];
const propertiesOf = (stack: Stack): Record<string, any> => clusterIn(stack).Properties;
const rulesOf = (stack: Stack): string[] => claimsIn(modelOf(stack.node.root as App), 'SecureEksCluster').map(({ rule, verdict, says }) => (verdict === 'pass' ? rule : `${rule} ${says}`));
const idsOf = (stack: Stack, subnets: ec2.ISubnet[]): unknown[] => subnets.map(({ subnetId }) => stack.resolve(subnetId));

describe('SecureEksCluster', () => {
  const stackWith = (props: Partial<SecureEksClusterProps> = {}, id = 'X'): Stack => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    new SecureEksCluster(stack, id, { version, vpc: vpcOf(stack), ...props });
    return stack;
  };

  test('fails without a VPC, which CDK would make with NAT gateways', () => {
    expect(() => new SecureEksCluster(new Stack(appWith(), 'S'), 'X', { version })).toThrow('SecureEksCluster at S/X: vpc is missing, and CDK would make one without flow logs; give vpc');
  });

  test.each([
    ['a name of its own', { clusterName: 'orders' }, 'orders'],
    ['a name that is made for it', {}, 'S-X-B855E411'],
  ])('has its log group before EKS makes it, under %s', (_, props, name) => {
    const stack = stackWith(props);
    const groups = Template.fromStack(stack).findResources('AWS::Logs::LogGroup');
    expect(Object.values(groups).map(({ Properties: { LogGroupName, RetentionInDays, KmsKeyId } }) => ({ LogGroupName, RetentionInDays, KmsKeyId })))
      .toEqual([{ LogGroupName: `/aws/eks/${name}/cluster`, RetentionInDays: 365, KmsKeyId: stack.resolve(EncryptionKey.shared(stack, 'logs').keyArn) }]);
    expect(propertiesOf(stack).Name).toBe(name);
    expect(clusterIn(stack).DependsOn).toEqual(expect.arrayContaining(Object.keys(groups)));
  });

  test('has its log group under the name that CDK gives it where another account or region needs one', () => {
    const app = appWith();
    const made = (id: string): [Stack, SecureEksCluster] => {
      const stack = new Stack(app, id, CONCRETE);
      return [stack, new SecureEksCluster(stack, 'X', { version, vpc: vpcOf(stack), clusterName: PhysicalName.GENERATE_IF_NEEDED })];
    };
    const [alone] = made('Alone');
    const [named, cluster] = made('Named');
    new CfnOutput(new Stack(app, 'Elsewhere', { env: { account: '222222222222', region: 'eu-west-1' } }), 'Name', { value: cluster.clusterName });
    for (const stack of [alone, named]) {
      const { Name } = propertiesOf(stack);
      expect(Name).toMatch(stack === alone ? /^Alone-X-[0-9A-F]{8}$/ : /^named/);
      Template.fromStack(stack).hasResourceProperties('AWS::Logs::LogGroup', { LogGroupName: `/aws/eks/${Name}/cluster` });
    }
  });

  test('fails in one zone, which EKS refuses', () => {
    const message = 'SecureEksCluster at S/X: its subnets are of one zone, and EKS takes two or more; give vpcSubnets of two zones, or a vpc with maxAzs: 2';
    const stack = new Stack(appWith(), 'S', CONCRETE);
    expect(() => new SecureEksCluster(stack, 'X', { version, vpc: new ec2.Vpc(stack, 'One', { maxAzs: 1 }) })).toThrow(message);
    expect(() => stackWith({ vpcSubnets: [{ availabilityZones: ['dummy1a'] }] })).toThrow(message);
    expect(() => stackWith({ vpcSubnets: [{ availabilityZones: ['dummy1a'] }, { availabilityZones: ['dummy1b'] }] })).not.toThrow();
  });

  test('takes subnets that were imported without their zones, as the L2 does', () => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-12345678', availabilityZones: ['eu-west-1a', 'eu-west-1b'] });
    const subnetIds = ['subnet-12345678', 'subnet-87654321'];
    new SecureEksCluster(stack, 'X', { version, vpc, vpcSubnets: [{ subnets: subnetIds.map((id) => ec2.Subnet.fromSubnetId(stack, id, id)) }] });
    Template.fromStack(stack).hasResourceProperties('AWS::EKS::Cluster', { ResourcesVpcConfig: { SubnetIds: subnetIds } });
  });

  test('takes subnets that are known at deployment only', () => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    const list = (name: string): string[] => Fn.split(',', Fn.importValue(name));
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-12345678', availabilityZones: list('Zones'), privateSubnetIds: list('Subnets') });
    expect(() => new SecureEksCluster(stack, 'X', { version, vpc })).not.toThrow();
  });

  test('has a name that EKS takes, however long its path', () => {
    const { Name } = propertiesOf(stackWith({}, 'x_'.repeat(100)));
    expect(Name).toMatch(/^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$/);
  });

  test('has neither log group nor name of its own without logs', () => {
    const stack = stackWith({ clusterLogging: [], optOuts: [OptOut.of('EKS.ControlPlaneLogging', { reason: 'a test' })] });
    expect(propertiesOf(stack)).not.toHaveProperty('Name');
    Template.fromStack(stack).resourceCountIs('AWS::Logs::LogGroup', 0);
  });

  test('claims logs as soon as the three that matter are on', () => {
    expect(rulesOf(stackWith({ clusterLogging: [API, AUDIT, AUTHENTICATOR] }))).toContain('EKS.ControlPlaneLogging');
  });

  test('is upgraded when its version goes out of support, unless support is paid for', () => {
    expect(propertiesOf(stackWith()).UpgradePolicy).toEqual({ SupportType: 'STANDARD' });
    expect(propertiesOf(stackWith({ extendedSupport: true })).UpgradePolicy).toEqual({ SupportType: 'EXTENDED' });
  });

  test('makes administrators of those that are named, and of nobody else', () => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    new SecureEksCluster(stack, 'X', { version, vpc: vpcOf(stack), mastersRole: new iam.Role(stack, 'Admins', { assumedBy: new iam.AccountRootPrincipal() }) });
    expect(propertiesOf(stack).AccessConfig).toEqual({ AuthenticationMode: 'API', BootstrapClusterCreatorAdminPermissions: false });
    Template.fromStack(stack).resourceCountIs('AWS::EKS::AccessEntry', 1);
  });

  test('claims the addresses that a public endpoint answers', () => {
    const optOuts = [OptOut.of('EKS.EndpointNotPublic', { reason: 'a test' })];
    expect(rulesOf(stackWith({ endpointAccess: PUBLIC_AND_PRIVATE.onlyFrom('203.0.113.0/24'), optOuts }))).toContain('EKS.PublicAccessCidrs');
    expect(() => stackWith({ endpointAccess: PUBLIC_AND_PRIVATE.onlyFrom('0.0.0.0/0'), optOuts })).toThrow('SecureEksCluster at S/X: endpointAccess: public for every address weakens EKS.PublicAccessCidrs');
  });

  test('makes no claim of a key from elsewhere', () => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    const secretsEncryptionKey = kms.Key.fromKeyArn(stack, 'K', 'arn:aws:kms:eu-west-1:111111111111:key/12345678-1234-1234-1234-123456789012');
    new SecureEksCluster(stack, 'X', { version, vpc: vpcOf(stack), secretsEncryptionKey });
    expect(rulesOf(stack)).not.toContain('EKS.SecretsEncrypted');
  });

  test('is encrypted with the key of secrets, which is for nothing else', () => {
    const stack = stackWith();
    expect(propertiesOf(stack).EncryptionConfig).toEqual([{ Resources: ['secrets'], Provider: { KeyArn: stack.resolve(EncryptionKey.shared(stack, 'secrets').keyArn) } }]);
  });
});

describe('eks.Cluster under its injector', () => {
  const blueprint = (): Stack => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    PropertyInjectors.of(stack).add(new HardeningInjector(eksClusterHardening));
    return stack;
  };

  const layers = {
    private: { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS }, isolated: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED }, public: { subnetType: ec2.SubnetType.PUBLIC },
  };

  test.each<[string, (keyof typeof layers)[], keyof ec2.IVpc]>([
    ['private', ['public', 'private'], 'privateSubnets'],
    ['isolated', ['public', 'isolated'], 'isolatedSubnets'],
  ])('lies in %s subnets, and answers there', (_, names, subnets) => {
    const stack = blueprint();
    const vpc = new ec2.Vpc(stack, 'Vpc', { subnetConfiguration: names.map((name) => ({ name, ...layers[name] })) });
    new eks.Cluster(stack, 'X', { version, vpc });
    expect(propertiesOf(stack).ResourcesVpcConfig).toMatchObject({ EndpointPublicAccess: false, EndpointPrivateAccess: true, SubnetIds: idsOf(stack, vpc[subnets] as ec2.ISubnet[]) });
  });

  test.each<[string, (keyof typeof layers)[]]>([
    ['a VPC with public subnets only', ['public']],
    ['a VPC with others', ['public', 'private']],
  ])('stays as it is in the public subnets of %s, where CDK refuses a private endpoint', (_, names) => {
    const stack = blueprint();
    const vpc = new ec2.Vpc(stack, 'Vpc', { subnetConfiguration: names.map((name) => ({ name, ...layers[name] })) });
    new eks.Cluster(stack, 'X', { version, vpc, vpcSubnets: [layers.public] });
    expect(propertiesOf(stack).ResourcesVpcConfig).toMatchObject({ EndpointPublicAccess: true, SubnetIds: idsOf(stack, vpc.publicSubnets) });
  });

  test('has the VPC that CDK makes for it', () => {
    const stack = blueprint();
    const { vpc } = new eks.Cluster(stack, 'X', { version });
    expect(propertiesOf(stack).ResourcesVpcConfig).toMatchObject({ EndpointPublicAccess: false, SubnetIds: idsOf(stack, vpc.privateSubnets) });
  });

  test('keeps its name and its way of upgrading', () => {
    const stack = blueprint();
    new eks.Cluster(stack, 'X', { version, vpc: vpcOf(stack) });
    expect(propertiesOf(stack)).not.toHaveProperty('Name');
    expect(propertiesOf(stack)).not.toHaveProperty('UpgradePolicy');
    expect(propertiesOf(stack)).toMatchObject({ DeletionProtection: true, ZonalShiftConfig: { Enabled: true } });
  });

  test('keeps what its L1 says', () => {
    const stack = blueprint();
    const cfn = cfnCluster(new eks.Cluster(stack, 'X', { version, vpc: vpcOf(stack) }));
    cfn.deletionProtection = false;
    cfn.zonalShiftConfig = { enabled: false };
    expect(propertiesOf(stack)).toMatchObject({ DeletionProtection: false, ZonalShiftConfig: { Enabled: false } });
  });

  test('covers clusters on Fargate', () => {
    const stack = blueprint();
    new eks.FargateCluster(stack, 'X', { version, vpc: vpcOf(stack), coreDnsComputeType: eks.CoreDnsComputeType.EC2 });
    expect(propertiesOf(stack)).toMatchObject({ ResourcesVpcConfig: { EndpointPublicAccess: false }, EncryptionConfig: [expect.anything()] });
  });
});
