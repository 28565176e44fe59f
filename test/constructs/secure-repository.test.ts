import { Duration, PropertyInjectors, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as iam from 'aws-cdk-lib/aws-iam';
import { appWith, describeConstruct, optionalOf } from './harness';
import { HardeningInjector } from '../../src/blueprint/injectors';
import { EncryptionKey, SecureRepository, SecureRepositoryProps } from '../../src/constructs';
import { repositoryHardening } from '../../src/constructs/compute/repository-hardening';
import { OptOut } from '../../src/declarations/opt-out';
import { repositoryDefaults } from '../../src/defaults';
import { describeInjected } from '../blueprint/injected';

const cfn = (repository: ecr.Repository): ecr.CfnRepository => repository.node.defaultChild as ecr.CfnRepository;

describeConstruct<SecureRepositoryProps>({
  name: 'SecureRepository',
  make: (scope, id, props) => new SecureRepository(scope, id, props),
  optional: optionalOf<SecureRepositoryProps>()([
    'optOuts', 'repositoryName', 'encryption', 'encryptionKey', 'lifecycleRules', 'lifecycleRegistryId', 'removalPolicy', 'imageScanOnPush', 'imageTagMutability',
    'imageTagMutabilityExclusionFilters', 'autoDeleteImages', 'emptyOnDelete',
  ]),
  breaks: {
    'ECR.ScanOnPush': (repository: SecureRepository) => cfn(repository).addPropertyDeletionOverride('ImageScanningConfiguration'),
    'ECR.ImmutableTags': (repository: SecureRepository) => cfn(repository).addPropertyOverride('ImageTagMutability', 'MUTABLE'),
    'ECR.KmsEncryption': (repository: SecureRepository) => cfn(repository).addPropertyOverride('EncryptionConfiguration', { EncryptionType: 'AES256' }),
    'ECR.LifecyclePolicy': (repository: SecureRepository) => cfn(repository).addPropertyDeletionOverride('LifecyclePolicy'),
  },
  weakenings: [
    { props: { imageScanOnPush: false }, says: 'imageScanOnPush: false', rules: ['ECR.ScanOnPush'] },
    { props: { imageTagMutability: ecr.TagMutability.MUTABLE }, says: 'imageTagMutability: MUTABLE', rules: ['ECR.ImmutableTags'] },
    {
      props: { imageTagMutability: ecr.TagMutability.MUTABLE_WITH_EXCLUSION, imageTagMutabilityExclusionFilters: [ecr.ImageTagMutabilityExclusionFilter.wildcard('release-*')] },
      says: 'imageTagMutability: MUTABLE_WITH_EXCLUSION',
      rules: ['ECR.ImmutableTags'],
    },
    { props: { encryption: ecr.RepositoryEncryption.AES_256 }, says: 'encryption: AES256', rules: ['ECR.KmsEncryption'] },
    { props: { lifecycleRules: [] }, says: 'lifecycleRules: []', rules: ['ECR.LifecyclePolicy'] },
  ],
  uses: (repository: SecureRepository, consumer) => void repository.grantPull(new iam.Role(consumer, 'Role', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') })),
  given: (elsewhere) => ({ encryptionKey: new EncryptionKey(elsewhere, 'Key') }),
});

describeInjected<ecr.RepositoryProps>({
  name: 'ecr.Repository',
  hardening: repositoryHardening,
  make: (scope, id, props) => new ecr.Repository(scope, id, props),
  defaults: { 'AWS::ECR::Repository': repositoryDefaults },
  explicit: { props: { imageScanOnPush: false }, rule: 'ECR.ScanOnPush' },
});

const propertiesOf = (stack: Stack): Record<string, any> => Object.values(Template.fromStack(stack).findResources('AWS::ECR::Repository'))[0].Properties;
const rulesOf = (stack: Stack): any[] => JSON.parse(propertiesOf(stack).LifecyclePolicy.LifecyclePolicyText).rules;

describe.each([
  ['SecureRepository', (stack: Stack, props?: ecr.RepositoryProps) => new SecureRepository(stack, 'X', props)],
  ['ecr.Repository under its injector', (stack: Stack, props?: ecr.RepositoryProps) => {
    PropertyInjectors.of(stack).add(new HardeningInjector(repositoryHardening));
    return new ecr.Repository(stack, 'X', props);
  }],
])('%s', (_, make: (stack: Stack, props?: ecr.RepositoryProps) => ecr.Repository) => {
  const untagged = { tagStatus: ecr.TagStatus.UNTAGGED, maxImageAge: Duration.days(1) };

  test('removes images without a tag, those of lists of images excepted, after 14 days', () => {
    const stack = new Stack(appWith(), 'S');
    make(stack);
    expect(rulesOf(stack)).toEqual([
      { rulePriority: 1, selection: { tagStatus: 'untagged', countType: 'sinceImagePushed', countNumber: 14, countUnit: 'days' }, action: { type: 'expire' } },
    ]);
  });

  test.each<[string, (stack: Stack) => void]>([
    ['are given', (stack) => void make(stack, { lifecycleRules: [untagged] })],
    ['are added', (stack) => make(stack).addLifecycleRule(untagged)],
  ])('has no rule of ours where others %s: ECR takes one rule for images without a tag', (_name, fill) => {
    const stack = new Stack(appWith(), 'S');
    fill(stack);
    expect(rulesOf(stack)).toEqual([expect.objectContaining({ selection: expect.objectContaining({ tagStatus: 'untagged', countNumber: 1 }) })]);
  });

  test('keeps the tags immutable except those that are named', () => {
    const stack = new Stack(appWith(), 'S');
    make(stack, { imageTagMutabilityExclusionFilters: [ecr.ImageTagMutabilityExclusionFilter.wildcard('cache-*')] });
    expect(propertiesOf(stack)).toMatchObject({ ImageTagMutability: 'IMMUTABLE_WITH_EXCLUSION', ImageTagMutabilityExclusionFilters: [{ ImageTagMutabilityExclusionFilterValue: 'cache-*' }] });
  });

  test.each<[string, ecr.RepositoryProps & { readonly optOuts?: OptOut[] }, string | undefined, boolean]>([
    ['the shared key', {}, 'KMS', true],
    ['the keys of ECR', { encryption: ecr.RepositoryEncryption.AES_256, optOuts: [OptOut.of('ECR.KmsEncryption', { reason: 'a test' })] }, undefined, false],
  ])('is encrypted with %s', (_name, props, type, keyed) => {
    const stack = new Stack(appWith(), 'S');
    make(stack, props);
    const { EncryptionType, KmsKey } = propertiesOf(stack).EncryptionConfiguration ?? {};
    expect({ type: EncryptionType, key: KmsKey }).toEqual({ type, key: keyed ? stack.resolve(EncryptionKey.shared(stack, 'data').keyArn) : undefined });
  });

  test('outlives its stack unless told otherwise', () => {
    const stack = new Stack(appWith(), 'S');
    make(stack);
    Template.fromStack(stack).hasResource('AWS::ECR::Repository', { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });
});
