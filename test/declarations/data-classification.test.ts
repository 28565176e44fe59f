import { App, CfnResource, Stack, Stage, Tags } from 'aws-cdk-lib';
import { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import { DataClass, DataClassification } from '../../src/declarations/data-classification';

const KEY = { name: 'Id', type: 'S' as never };

function synthesized(app: App, stack: Stack): (construct: { node: { defaultChild?: unknown } }) => { tag?: string; metadata?: string } {
  const { template } = app.synth().getStackArtifact(stack.artifactId);
  return (construct) => {
    const resource = template.Resources[stack.getLogicalId(construct.node.defaultChild as CfnResource)];
    const tags = resource.Properties?.Tags as { Key: string; Value: string }[] | undefined;
    return { tag: tags?.find(({ Key }) => Key === 'soc2:data')?.Value, metadata: resource.Metadata?.['soc2:data'] };
  };
}

test('a class is inherited down the tree, and the closest one counts', () => {
  const app = new App();
  const stack = new Stack(app, 'S');
  const plain = new Bucket(stack, 'Plain');
  const people = new Table(stack, 'People', { partitionKey: KEY });
  DataClassification.of(people).set('personal');
  // The order in which they are set does not matter.
  DataClassification.of(app).set(DataClass.INTERNAL);
  expect(DataClassification.of(plain).dataClass).toBe('internal');
  const of = synthesized(app, stack);
  expect(of(plain)).toEqual({ tag: 'internal', metadata: 'internal' });
  expect(of(people)).toEqual({ tag: 'personal', metadata: 'personal' });
});

test('it reaches into Stages, and a Stage may say otherwise', () => {
  const app = new App();
  const [prod, dev] = ['Prod', 'Dev'].map((id) => new Stage(app, id));
  const [inProd, inDev] = [prod, dev].map((stage) => new Bucket(new Stack(stage, 'S'), 'Data'));
  DataClassification.of(dev).set('public');
  DataClassification.of(app).set('confidential');
  const assembly = app.synth();
  const tagsOf = (stage: string) => Object.values<any>(assembly.getNestedAssembly(`assembly-${stage}`).getStackByName(`${stage}-S`).template.Resources)[0].Properties.Tags;
  expect([tagsOf('Prod'), tagsOf('Dev')]).toEqual([[{ Key: 'soc2:data', Value: 'confidential' }], [{ Key: 'soc2:data', Value: 'public' }]]);
  expect(DataClassification.of(inProd).dataClass).toBe('confidential');
  expect(DataClassification.of(inDev).dataClass).toBe('public');
});

test('what nobody classified carries nothing, and a tag that somebody wrote is kept', () => {
  const app = new App();
  const stack = new Stack(app, 'S');
  const plain = new Bucket(stack, 'Plain');
  const written = new CfnBucket(stack, 'Written', { tags: [{ key: 'soc2:data', value: 'confidential' }] });
  const tagged = new Bucket(stack, 'Tagged');
  Tags.of(tagged).add('soc2:data', 'personal');
  DataClassification.of(tagged).set('internal');
  DataClassification.of(written).set('internal');
  const of = synthesized(app, stack);
  expect(of(plain)).toEqual({ tag: undefined, metadata: undefined });
  expect(of({ node: { defaultChild: written } }).tag).toBe('confidential');
  expect(of(tagged).tag).toBe('personal');
});

test('a second synthesis writes the same', () => {
  const app = new App();
  const stack = new Stack(app, 'S');
  new Bucket(stack, 'Data');
  DataClassification.of(stack).set('CONFIDENTIAL');
  const first = JSON.stringify(app.synth({ force: true }).getStackArtifact(stack.artifactId).template);
  expect(JSON.stringify(app.synth({ force: true }).getStackArtifact(stack.artifactId).template)).toBe(first);
  expect(first).toContain('"soc2:data"');
});

test.each([['secret', /"secret" is no data class \(classes are public, internal, confidential, personal\)/], ['confidental', /did you mean "confidential"\?/], ['', /"" is no data class/]])(
  'refuses %j', (name, message) => expect(() => DataClassification.of(new Stack(new App(), 'S')).set(name)).toThrow(message));
