import { Aspects, CfnResource, PropertyInjectors, Shims, Stack, Tags } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct, IConstruct, Node } from 'constructs';
import { apply, bucketIn, propertiesOf, stackIn } from './mixed';
import { Soc2Blueprint } from '../../src/blueprint';
import { appWith, CONCRETE } from '../constructs/harness';

const denying = (stack: Stack): string[] => {
  const { Resources } = (stack.node.root as ReturnType<typeof appWith>).synth({ force: true }).getStackByName(stack.stackName).template;
  return Object.keys(Resources).filter((id) => Resources[id].Type === 'AWS::S3::BucketPolicy' && JSON.stringify(Resources[id].Properties).includes('"Deny"') && !id.startsWith('SharedAccessLogs'));
};
const policyOf = (scope: Construct, id: string, bucket: CfnResource): s3.CfnBucketPolicy => new s3.CfnBucketPolicy(scope, id, { bucket: bucket.ref, policyDocument: { Statement: [] } });

describe('who refers to a resource', () => {
  const asAspect = (stack: Stack): void => Aspects.of(stack).add(Shims.asAspect(Soc2Blueprint.mixin()));
  const underInjectors = (stack: Stack): void => {
    PropertyInjectors.of(stack).add(...Soc2Blueprint.injectors());
    asAspect(stack);
  };
  test.each<[string, typeof sns.CfnTopic | typeof s3.Bucket, before: (stack: Stack) => void, after: (stack: Stack) => void]>([
    ['L1s, as an Aspect', sns.CfnTopic, asAspect, () => {}], ['L1s, at once', sns.CfnTopic, () => {}, apply],
    ['L2s, which make a policy', s3.Bucket, asAspect, () => {}], ['L2s under the injectors', s3.Bucket, underInjectors, () => {}],
  ])('is found out in a time that grows as the app does: %s', (_, kind, before, after) => {
    const reads = (count: number): number => {
      const app = appWith();
      const stack = stackIn(app);
      before(stack);
      for (let n = 0; n < count; n++) new kind(stack, `T${n}`);
      const get = Object.getOwnPropertyDescriptor(Node.prototype, 'children')!.get!;
      const spy = jest.spyOn(Node.prototype, 'children', 'get').mockImplementation(function (this: Node) {
        return get.call(this);
      });
      after(stack);
      app.synth();
      const { length } = spy.mock.calls;
      spy.mockRestore();
      return length;
    };
    const [few, many] = [reads(20), reads(160)];
    expect(many).toBeLessThan(few * 10);
  });

  test('is looked at once for each policy, however many plain L2s there are', () => {
    const looks = (count: number): number => {
      const app = appWith();
      PropertyInjectors.of(app).add(...Soc2Blueprint.injectors());
      const stack = stackIn(app);
      for (let n = 0; n < count; n++) new s3.Bucket(stack, `B${n}`);
      const spy = jest.spyOn(s3.CfnBucketPolicy.prototype, '_toCloudFormation');
      app.synth();
      const { length } = spy.mock.calls;
      spy.mockRestore();
      return length;
    };
    expect(looks(9)).toBeLessThan(looks(3) * 4);
  });

  test('is asked for again when another Aspect has just made it', () => {
    const app = appWith();
    const stack = stackIn(app);
    for (const id of ['One', 'Two', 'Three']) new s3.CfnBucket(new Construct(stack, id), 'Bucket');
    const visit = (node: IConstruct): void => {
      if (s3.CfnBucket.isCfnBucket(node) && node.node.id === 'Bucket') policyOf(node.node.scope!, 'Policy', node);
    };
    Aspects.of(stack).add({ visit });
    Aspects.of(stack).add(Shims.asAspect(Soc2Blueprint.mixin()));
    expect(denying(stack).map((id) => id.slice(0, -8)).sort()).toEqual(['OnePolicy', 'ThreePolicy', 'TwoPolicy']);
  });

  test('is asked for again with each resource that is new, wherever its policy stands', () => {
    const stack = stackIn();
    const [buckets, policies] = ['Buckets', 'Policies'].map((id) => new Construct(stack, id));
    for (const id of ['One', 'Two', 'Three']) {
      const bucket = new s3.CfnBucket(buckets, id);
      policyOf(policies, id, bucket);
      bucket.with(Soc2Blueprint.mixin());
    }
    expect(denying(stack)).toHaveLength(3);
    expect(denying(stack).every((id) => id.startsWith('Policies'))).toBe(true);
  });

  test('is forgotten with what is taken away, also when something else takes its id', () => {
    const stack = stackIn();
    const [bucket, other] = [bucketIn(stack), new s3.CfnBucket(stack, 'Other')];
    policyOf(stack, 'P', bucket);
    apply(stack);
    expect(denying(stack).sort()).toEqual(['OtherTlsOnly', 'P']);
    stack.node.tryRemoveChild('P');
    policyOf(stack, 'P', other);
    apply(stack);
    expect(denying(stack).sort()).toEqual(['BTlsOnly', 'P']);
  });

  test('is found out anew for each synthesis, whoever has rendered something before', () => {
    const app = appWith();
    const [stack, elsewhere] = [stackIn(app), new Stack(app, 'Elsewhere', CONCRETE)];
    const [bucket, source] = [bucketIn(stack), new s3.CfnBucket(elsewhere, 'Source')];
    apply(stack);
    stack.resolve(bucket._toCloudFormation());
    source.loggingConfiguration = { destinationBucketName: bucket.ref };
    Tags.of(app).add('team', 'a');
    expect(propertiesOf(bucket)).not.toHaveProperty('BucketEncryption');
    source.loggingConfiguration = undefined;
    const { template } = app.synth({ force: true }).getStackByName('S');
    expect(template.Resources.B.Properties).toHaveProperty('BucketEncryption');
  });
});
