import { Fn, RemovalPolicy, Size, Stack, Tags } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { appWith, claimsIn, CONCRETE, describeConstruct, modelOf, optionalOf } from './harness';
import { BACKED_UP_BY_TAG } from './nag-findings';
import { EncryptionKey, SecureVolume, SecureVolumeProps } from '../../src/constructs';
import { volumeHardening } from '../../src/constructs/storage/volume-hardening';
import { volumeDefaults } from '../../src/defaults';
import { describeInjected } from '../blueprint/injected';

const optional = optionalOf<SecureVolumeProps>()([
  'volumeName', 'size', 'snapshotId', 'enableMultiAttach', 'encrypted', 'encryptionKey', 'autoEnableIo', 'volumeType', 'iops', 'removalPolicy', 'throughput',
  'volumeInitializationRate', 'optOuts', 'backup',
]);

const needed = { availabilityZone: Fn.select(0, Fn.getAzs()), size: Size.gibibytes(10) };
const cfn = (volume: SecureVolume): ec2.CfnVolume => volume.node.defaultChild as ec2.CfnVolume;
const volumeOf = (stack: Stack): Record<string, any> => Object.values(Template.fromStack(stack).findResources('AWS::EC2::Volume'))[0];

describeConstruct<SecureVolumeProps>({
  name: 'SecureVolume',
  make: (scope, id, props) => new SecureVolume(scope, id, { ...props, ...needed }),
  optional,
  breaks: {
    'EC2.VolumeEncrypted': (volume: SecureVolume) => cfn(volume).addPropertyOverride('Encrypted', false),
    'EC2.VolumeCustomerKey': (volume: SecureVolume) => cfn(volume).addPropertyDeletionOverride('KmsKeyId'),
    'Data.Retained': (volume: SecureVolume) => volume.applyRemovalPolicy(RemovalPolicy.DESTROY),
  },
  weakenings: [
    { props: { encrypted: false }, says: 'encrypted: false', rules: ['EC2.VolumeEncrypted'] },
    { props: { removalPolicy: RemovalPolicy.DESTROY }, says: 'removalPolicy: DESTROY', rules: ['Data.Retained'] },
  ],
  uses: (volume: SecureVolume, consumer) => void volume.grantAttachVolume(new iam.Role(consumer, 'Role', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') })),
  given: (elsewhere) => ({ encryptionKey: new EncryptionKey(elsewhere, 'Key') }),
  nag: { 'NIST.800.53.R5-EC2EBSInBackupPlan S/X/Resource': BACKED_UP_BY_TAG },
});

describeInjected<ec2.VolumeProps>({
  name: 'ec2.Volume',
  hardening: volumeHardening,
  make: (scope, id, props) => new ec2.Volume(scope, id, { ...needed, ...props }),
  defaults: { 'AWS::EC2::Volume': volumeDefaults },
  explicit: { props: { encrypted: false }, rule: 'EC2.VolumeEncrypted' },
});

describe('SecureVolume', () => {
  test('lets EC2 use its key, on behalf of its account only', () => {
    const stack = new Stack(appWith(), 'S', CONCRETE);
    new SecureVolume(stack, 'X', needed);
    Template.fromStack(stack).hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([Match.objectLike({
          Action: Match.arrayWith(['kms:GenerateDataKeyWithoutPlainText']),
          Condition: { StringEquals: { 'kms:CallerAccount': '111111111111', 'kms:ViaService': 'ec2.eu-west-1.amazonaws.com' } },
        })]),
      },
    });
  });

  test('leaves a snapshot when it is deleted or replaced', () => {
    const stack = new Stack(appWith(), 'S');
    new SecureVolume(stack, 'X', needed);
    expect(volumeOf(stack)).toMatchObject({ DeletionPolicy: 'Snapshot', UpdateReplacePolicy: 'Snapshot' });
  });

  test('takes the throughput and the IOPS of gp3 without being told the type', () => {
    const stack = new Stack(appWith(), 'S');
    new SecureVolume(stack, 'X', { ...needed, size: Size.gibibytes(100), iops: 4000, throughput: 250 });
    expect(volumeOf(stack).Properties).toMatchObject({ VolumeType: 'gp3', Iops: 4000, Throughput: 250 });
  });

  test('has no key without encryption', () => {
    const app = appWith();
    const stack = new Stack(app, 'S');
    expect(volumeHardening.harden(stack, 'X', { ...needed, encrypted: false }).encryptionKey).toBeUndefined();
    Template.fromStack(stack).resourceCountIs('AWS::KMS::Key', 0);
  });

  test('does not claim whose key it is when the key comes from elsewhere', () => {
    const app = appWith();
    const stack = new Stack(app, 'S');
    const encryptionKey = kms.Key.fromKeyArn(stack, 'K', 'arn:aws:kms:eu-west-1:111111111111:key/12345678-1234-1234-1234-123456789012');
    new SecureVolume(stack, 'X', { ...needed, encryptionKey });
    const rules = claimsIn(modelOf(app), 'SecureVolume').map(({ rule }) => rule);
    expect(rules).toContain('EC2.VolumeEncrypted');
    expect(rules).not.toContain('EC2.VolumeCustomerKey');
  });

  test.each([
    ['by default', undefined, true],
    ['not on request', false, false],
  ])('is tagged for backup %s', (_, backup, tagged) => {
    const stack = new Stack(appWith(), 'S');
    new SecureVolume(stack, 'X', { ...needed, backup });
    expect(JSON.stringify(volumeOf(stack).Properties.Tags).includes('soc2:backup')).toBe(tagged);
  });
});

describe('ec2.Volume under its injector', () => {
  test.each([
    ['is tagged for backup', undefined, 'true'],
    ['keeps the tag that it has', 'false', 'false'],
  ])('%s', (_, given, expected) => {
    const stack = new Stack(appWith(), 'S');
    const volume = new ec2.Volume(stack, 'X', needed);
    if (given !== undefined) Tags.of(volume).add('soc2:backup', given);
    volumeHardening.complete!(volume, needed);
    expect(volumeOf(stack).Properties.Tags).toEqual([{ Key: 'soc2:backup', Value: expected }]);
  });
});
