import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { appWith, claimsIn, CONCRETE, describeConstruct, modelOf, optionalOf } from './harness';
import { EncryptionKey, SecureFileSystem, SecureFileSystemProps } from '../../src/constructs';
import { fileSystemHardening } from '../../src/constructs/storage/file-system-hardening';
import { OptOut } from '../../src/declarations/opt-out';
import { fileSystemDefaults, mountTargetDefaults } from '../../src/defaults';
import { describeInjected } from '../blueprint/injected';

const optional = optionalOf<SecureFileSystemProps>()([
  'securityGroup', 'vpcSubnets', 'encrypted', 'fileSystemName', 'kmsKey', 'lifecyclePolicy', 'outOfInfrequentAccessPolicy', 'transitionToArchivePolicy',
  'performanceMode', 'throughputMode', 'provisionedThroughputPerSecond', 'removalPolicy', 'enableAutomaticBackups', 'fileSystemPolicy',
  'allowAnonymousAccess', 'oneZone', 'replicationOverwriteProtection', 'replicationConfiguration', 'optOuts', 'enforceSSL', 'backup',
]);

const { PUBLIC, PRIVATE_ISOLATED, PRIVATE_WITH_EGRESS } = ec2.SubnetType;

function vpcOf(scope: Construct, ...types: ec2.SubnetType[]): ec2.Vpc {
  const stack = Stack.of(scope);
  const subnetConfiguration = (types.length > 0 ? types : [PUBLIC, PRIVATE_ISOLATED]).map((subnetType) => ({ name: subnetType, subnetType }));
  return stack.node.tryFindChild('Vpc') as ec2.Vpc | undefined
    ?? new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: types.includes(PRIVATE_WITH_EGRESS) ? 1 : 0, restrictDefaultSecurityGroup: false, subnetConfiguration });
}

const cfn = (files: SecureFileSystem): efs.CfnFileSystem => files.node.defaultChild as efs.CfnFileSystem;
const set = (path: string, value: unknown) => (files: SecureFileSystem) => cfn(files).addPropertyOverride(path, value);
const unset = (path: string) => (files: SecureFileSystem) => cfn(files).addPropertyDeletionOverride(path);
const group = (files: SecureFileSystem): ec2.CfnSecurityGroup => files.connections.securityGroups[0].node.defaultChild as ec2.CfnSecurityGroup;
const onMountTargets = (files: SecureFileSystem, path: string, value: unknown): void => {
  for (const node of files.node.findAll()) if (efs.CfnMountTarget.isCfnMountTarget(node)) node.addPropertyOverride(path, value);
};
const world = { IpProtocol: '-1', CidrIp: '0.0.0.0/0' };
const filesOf = (stack: Stack): Record<string, any> => Object.values(Template.fromStack(stack).findResources('AWS::EFS::FileSystem'))[0];
const statementsOf = (stack: Stack): Record<string, any>[] => filesOf(stack).Properties.FileSystemPolicy?.Statement ?? [];
const DENY_PLAIN = { Effect: 'Deny', Principal: { AWS: '*' }, Action: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } };

describeConstruct<SecureFileSystemProps>({
  name: 'SecureFileSystem',
  make: (scope, id, props) => new SecureFileSystem(scope, id, { vpc: vpcOf(scope), ...props }),
  optional,
  besides: /^S\/Vpc/,
  breaks: {
    'EFS.Encryption': set('Encrypted', false),
    'EFS.CustomerKey': unset('KmsKeyId'),
    'EFS.AutomaticBackups': unset('BackupPolicy'),
    'Backup.StatefulResourceSelected': (files: SecureFileSystem) => {
      unset('BackupPolicy')(files);
      new backup.CfnBackupSelection(files.stack, 'Others', { backupPlanId: 'plan', backupSelection: { iamRoleArn: 'arn:aws:iam::111111111111:role/r', selectionName: 'others', resources: ['arn:aws:dynamodb:*:*:table/*'] } });
    },
    'EFS.TlsOnly': set('FileSystemPolicy.Statement.0.Condition', { Bool: { 'aws:SecureTransport': 'true' } }),
    'EFS.PolicyNotPublic': set('FileSystemPolicy.Statement.1', { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'elasticfilesystem:ClientMount' }),
    'EFS.Regional': set('AvailabilityZoneName', 'eu-west-1a'),
    'EFS.Retained': (files: SecureFileSystem) => files.applyRemovalPolicy(RemovalPolicy.DESTROY),
    'EFS.MountTargetPrivate': (files: SecureFileSystem) => {
      for (const subnet of vpcOf(files).isolatedSubnets) (subnet.node.defaultChild as ec2.CfnSubnet).addPropertyOverride('MapPublicIpOnLaunch', true);
    },
    'Network.DataStoreGroupsClosed': (files: SecureFileSystem) => group(files).addPropertyOverride('SecurityGroupIngress', [world]),
    'Network.DataStoreEgress': (files: SecureFileSystem) => group(files).addPropertyOverride('SecurityGroupEgress', [world]),
    'Network.OwnSecurityGroup': (files: SecureFileSystem) => onMountTargets(files, 'SecurityGroups', [vpcOf(files).vpcDefaultSecurityGroup]),
  },
  weakenings: [
    { props: { encrypted: false }, says: 'encrypted: false', rules: ['EFS.Encryption'] },
    { props: { enableAutomaticBackups: false }, says: 'enableAutomaticBackups: false', rules: ['EFS.AutomaticBackups'] },
    { props: { enforceSSL: false, allowAnonymousAccess: true }, says: 'enforceSSL: false', rules: ['EFS.TlsOnly'] },
    { props: { oneZone: true }, says: 'oneZone: true', rules: ['EFS.Regional'] },
    { props: { removalPolicy: RemovalPolicy.DESTROY }, says: 'removalPolicy: DESTROY', rules: ['EFS.Retained'] },
    { props: { vpcSubnets: { subnetType: PUBLIC, subnetFilters: [ec2.SubnetFilter.containsIpAddresses(['10.0.0.1'])] } }, says: 'vpcSubnets with public subnets', rules: ['EFS.MountTargetPrivate'] },
  ],
  uses: (files: SecureFileSystem, consumer) => {
    files.grantReadWrite(new iam.Role(consumer, 'Role', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') }));
    new ec2.Connections({ securityGroups: [new ec2.SecurityGroup(consumer, 'Clients', { vpc: vpcOf(files), allowAllOutbound: false })] }).allowToDefaultPort(files);
  },
  given: (elsewhere) => ({ vpc: vpcOf(elsewhere), kmsKey: new EncryptionKey(elsewhere, 'Key') }),
  nag: { 'NIST.800.53.R5-EFSInBackupPlan S/X/Resource': 'EFS backs it up itself (BackupPolicy), which cdk-nag does not count; see EFS.AutomaticBackups' },
});

describeInjected<efs.FileSystemProps>({
  name: 'efs.FileSystem',
  hardening: fileSystemHardening,
  make: (scope, id, props) => new efs.FileSystem(scope, id, { vpc: vpcOf(scope), ...props }),
  defaults: { 'AWS::EFS::FileSystem': fileSystemDefaults, 'AWS::EFS::MountTarget': mountTargetDefaults },
  explicit: { props: { encrypted: false }, rule: 'EFS.Encryption' },
});

describe('SecureFileSystem', () => {
  const made = (props: Partial<SecureFileSystemProps> = {}, context: Record<string, unknown> = {}): Stack => {
    const stack = new Stack(appWith(context), 'S', CONCRETE);
    new SecureFileSystem(stack, 'X', { vpc: vpcOf(stack), ...props });
    return stack;
  };

  test.each([[{}], [{ '@aws-cdk/aws-efs:denyAnonymousAccess': true }]])('has a policy that allows nobody by itself, so that reading does not become writing, with %j', (context) => {
    const stack = new Stack(appWith(context), 'S', CONCRETE);
    const files = new SecureFileSystem(stack, 'X', { vpc: vpcOf(stack) });
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') });
    files.grantRead(role);
    expect(statementsOf(stack)).toEqual([DENY_PLAIN]);
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: [Match.objectLike({ Effect: 'Allow', Action: 'elasticfilesystem:ClientMount' })] },
    });
  });

  test('lets in anonymous clients on request, by mount targets and over TLS only', () => {
    expect(statementsOf(made({ allowAnonymousAccess: true }))).toEqual([
      expect.objectContaining({ Effect: 'Allow', Principal: { AWS: '*' }, Condition: { Bool: { 'elasticfilesystem:AccessedViaMountTarget': 'true' } } }),
      DENY_PLAIN,
    ]);
  });

  test('denies anonymous clients when that is said explicitly, as it does by default', () => {
    expect(statementsOf(made({ allowAnonymousAccess: false }))).toEqual([DENY_PLAIN]);
  });

  test('adds to a policy that is given that clients need TLS, and nothing else', () => {
    const statements = [new iam.PolicyStatement({ principals: [new iam.AccountPrincipal('111111111111')], actions: ['elasticfilesystem:ClientMount'] })];
    const found = statementsOf(made({ fileSystemPolicy: new iam.PolicyDocument({ statements }) }, { '@aws-cdk/aws-efs:denyAnonymousAccess': true }));
    expect(found).toEqual([expect.objectContaining({ Effect: 'Allow', Action: 'elasticfilesystem:ClientMount' }), DENY_PLAIN]);
  });

  test('fails without TLS where clients need IAM, which needs TLS', () => {
    const optOuts = [OptOut.of('EFS.TlsOnly', { reason: 'a test' })];
    expect(() => made({ enforceSSL: false, optOuts })).toThrow('SecureFileSystem at S/X: enforceSSL: false lets in clients that cannot say who they are; leave it out, or give allowAnonymousAccess: true as well');
    expect(() => made({ enforceSSL: false, optOuts, fileSystemPolicy: new iam.PolicyDocument() })).not.toThrow();
    expect(statementsOf(made({ enforceSSL: false, optOuts, allowAnonymousAccess: true })).map(({ Effect }) => Effect)).toEqual(['Allow']);
  });

  test.each([
    ['isolated subnets first', [PUBLIC, PRIVATE_WITH_EGRESS, PRIVATE_ISOLATED], /Isolated/],
    ['private subnets else', [PUBLIC, PRIVATE_WITH_EGRESS], /Private/],
  ])('has one mount target a zone, in %s', (_, types, expected) => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    new SecureFileSystem(stack, 'X', { vpc: vpcOf(stack, ...types) });
    const subnets = Object.values(Template.fromStack(stack).findResources('AWS::EFS::MountTarget')).map(({ Properties }) => Properties.SubnetId.Ref);
    expect(subnets).toHaveLength(2);
    for (const subnet of subnets) expect(subnet).toMatch(expected);
  });

  test('has one mount target a zone where the VPC has several isolated subnets in each', () => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    const subnetConfiguration = ['a', 'b'].map((name) => ({ name, subnetType: PRIVATE_ISOLATED }));
    new SecureFileSystem(stack, 'X', { vpc: new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, subnetConfiguration }) });
    Template.fromStack(stack).resourceCountIs('AWS::EFS::MountTarget', 2);
  });

  test('fails in a VPC with public subnets only', () => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    expect(() => new SecureFileSystem(stack, 'X', { vpc: vpcOf(stack, PUBLIC) }))
      .toThrow('SecureFileSystem at S/X: the VPC has neither isolated nor private subnets; add some, or give vpcSubnets');
  });

  test('does not claim what comes from elsewhere', () => {
    const app = appWith();
    const stack = new Stack(app, 'S', CONCRETE);
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'V', { vpcId: 'vpc-12345678', availabilityZones: ['eu-west-1a'], isolatedSubnetIds: ['subnet-12345678'] });
    const kmsKey = kms.Key.fromKeyArn(stack, 'K', 'arn:aws:kms:eu-west-1:111111111111:key/12345678-1234-1234-1234-123456789012');
    const securityGroup = ec2.SecurityGroup.fromSecurityGroupId(stack, 'G', 'sg-12345678');
    new SecureFileSystem(stack, 'X', { vpc, kmsKey, securityGroup });
    const claims = claimsIn(modelOf(app), 'SecureFileSystem');
    expect(claims.map(({ rule }) => rule)).toEqual([
      'Backup.StatefulResourceSelected', 'EFS.AutomaticBackups', 'EFS.Encryption', 'EFS.PolicyNotPublic', 'EFS.Regional', 'EFS.Retained', 'EFS.TlsOnly',
    ]);
    expect(claims.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
  });

  test.each([
    ['of EFS by default', {}, true, false],
    ['of a plan instead', { backup: true }, false, true],
    ['of both on request', { backup: true, enableAutomaticBackups: true }, true, true],
  ])('has the backups %s', (_, props, automatic, tagged) => {
    const app = appWith();
    const stack = new Stack(app, 'S', CONCRETE);
    new SecureFileSystem(stack, 'X', { vpc: vpcOf(stack), ...props });
    const { BackupPolicy, FileSystemTags } = filesOf(stack).Properties;
    expect([BackupPolicy?.Status === 'ENABLED', JSON.stringify(FileSystemTags).includes('soc2:backup')]).toEqual([automatic, tagged]);
    expect(claimsIn(modelOf(app), 'SecureFileSystem').some(({ rule }) => rule === 'EFS.AutomaticBackups')).toBe(automatic);
  });

  describe('with a copy', () => {
    const key = (stack: Stack, region: string): kms.IKey => kms.Key.fromKeyArn(stack, 'K', `arn:aws:kms:${region}:111111111111:key/12345678-1234-1234-1234-123456789012`);

    test('is replicated under the key of the other region', () => {
      const stack = new Stack(appWith(), 'S', CONCRETE);
      new SecureFileSystem(stack, 'X', { vpc: vpcOf(stack), replicationConfiguration: efs.ReplicationConfiguration.regionalFileSystem('eu-central-1', key(stack, 'eu-central-1')) });
      expect(filesOf(stack).Properties.ReplicationConfiguration.Destinations).toEqual([{ Region: 'eu-central-1', KmsKeyId: expect.stringContaining('kms:eu-central-1') }]);
    });

    test.each([
      ['another region', 'eu-central-1', 'eu-west-1', 'the key of replicationConfiguration is in the region eu-west-1; it must be in eu-central-1, where the copy is'],
      ['the region of the stack', undefined, 'eu-central-1', 'the key of replicationConfiguration is in the region eu-central-1; it must be in eu-west-1, where the copy is'],
    ])('in %s fails with a key that is not there', (_, to, of, message) => {
      const stack = new Stack(appWith(), 'S', CONCRETE);
      const replicationConfiguration = efs.ReplicationConfiguration.regionalFileSystem(to, key(stack, of));
      expect(() => new SecureFileSystem(stack, 'X', { vpc: vpcOf(stack), replicationConfiguration })).toThrow(`SecureFileSystem at S/X: ${message}`);
    });

    test('takes a file system that is open for it, and fails with one that is not', () => {
      const stack = new Stack(appWith(), 'S', CONCRETE);
      const vpc = vpcOf(stack);
      const open = new SecureFileSystem(stack, 'Open', { vpc, replicationOverwriteProtection: efs.ReplicationOverwriteProtection.DISABLED });
      const shut = new SecureFileSystem(stack, 'Shut', { vpc });
      new SecureFileSystem(stack, 'X', { vpc, replicationConfiguration: efs.ReplicationConfiguration.existingFileSystem(open) });
      for (const target of [shut, shut.node.defaultChild as efs.CfnFileSystem]) {
        expect(() => new SecureFileSystem(stack, 'Y', { vpc, replicationConfiguration: efs.ReplicationConfiguration.existingFileSystem(target) }))
          .toThrow('which is protected from that; give it replicationOverwriteProtection: DISABLED');
      }
    });
  });
});

describe('efs.FileSystem under its injector', () => {
  test('lets in anonymous clients that were asked for, over TLS', () => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    const secure = fileSystemHardening.harden(stack, 'X', { vpc: vpcOf(stack), allowAnonymousAccess: true });
    fileSystemHardening.complete!(new efs.FileSystem(stack, 'X', secure), secure);
    expect(statementsOf(stack).map(({ Effect }) => Effect)).toEqual(['Allow', 'Deny']);
  });

  test('keeps the subnets that CDK chooses in a VPC that has no others', () => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    expect(fileSystemHardening.harden(stack, 'X', { vpc: vpcOf(stack, PUBLIC) }).vpcSubnets).toBeUndefined();
  });
});
