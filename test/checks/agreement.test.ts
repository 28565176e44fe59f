import { App, Aspects, CfnResource, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib';
import { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import { AvailabilityCriteriaAspect, CriteriaAspect, SecurityCriteriaAspect, Soc2, Soc2Checks, TrustServicesCategory } from '../../src/checks';

process.env.CDK_VALIDATION = 'false';

interface Seen { rule: string; path: string; severity: string }

/** What the plugin hands to CDK, acknowledged findings left out as CDK would. */
function byPlugin(app: App, at: App | Stage = app): Seen[] {
  const checks = new Soc2Checks({ asOf: '2026-01-01' });
  const seen: Seen[] = [];
  Validations.of(at).addPlugins({
    name: 'SOC2',
    validate: (context) => {
      for (const { ruleName, severity, violatingResources } of checks.validate(context).violations) {
        for (const { constructPath } of violatingResources) seen.push({ rule: ruleName, path: constructPath ?? '', severity: severity ?? '' });
      }
      return { success: true, violations: [] };
    },
  });
  app.synth();
  return sorted(seen);
}

/** What the Aspect writes as Annotations. */
function byAspect(app: App, aspect: CriteriaAspect, at: App | Stage = app): Seen[] {
  Aspects.of(at).add(aspect);
  try {
    app.synth();
  } catch (error) {
    expect((error as Error).message).toContain('Validation failed');
  }
  const seen: Seen[] = [];
  for (const construct of app.node.findAll()) {
    for (const { type, data } of construct.node.metadata) {
      const match = /^(\w+\.\w+): /.exec(String(data));
      if (match && type === 'aws:cdk:error') seen.push({ rule: match[1], path: construct.node.path, severity: 'error' });
      if (match && type === 'aws:cdk:warning') seen.push({ rule: match[1], path: construct.node.path, severity: 'warning' });
    }
  }
  return sorted(seen);
}

const sorted = (seen: Seen[]) => seen.sort((a, b) => `${a.path} ${a.rule}`.localeCompare(`${b.path} ${b.rule}`));

function sample(): App {
  const app = new App();
  const stack = new Stack(app, 'Payments', { env: { account: '111111111111', region: 'eu-west-1' } });
  const other = new Stack(app, 'Other', { env: { account: '111111111111', region: 'eu-west-1' } });
  const shared = new Bucket(other, 'Shared', { enforceSSL: true });
  new CfnResource(stack, 'User', { type: 'AWS::SSM::Parameter', properties: { Type: 'String', Value: shared.bucketArn } });
  const plain = new CfnBucket(stack, 'Plain');
  plain.addPropertyOverride('VersioningConfiguration.Status', 'Enabled');
  new Bucket(new NestedStack(stack, 'Nested'), 'Inner');
  return app;
}

test('plugin and Aspect agree on the same app', () => {
  const plugin = byPlugin(sample());
  const aspect = byAspect(sample(), new CriteriaAspect({ categories: [TrustServicesCategory.SECURITY, TrustServicesCategory.AVAILABILITY], asOf: '2026-01-01' }));
  expect(plugin.length).toBeGreaterThan(3);
  expect(aspect).toEqual(plugin.map((one) => ({ ...one, severity: one.severity === 'fatal' ? 'error' : one.severity })));
  expect(plugin).toContainEqual({ rule: 'S3.TlsOnly', path: 'Payments/Nested/Inner/Resource', severity: 'error' });
  // The override on the L1 is seen.
  expect(plugin).not.toContainEqual(expect.objectContaining({ rule: 'S3.Versioning', path: 'Payments/Plain' }));
  // The policy of the other stack's bucket is seen where it is.
  expect(plugin).not.toContainEqual(expect.objectContaining({ rule: 'S3.TlsOnly', path: 'Other/Shared/Resource' }));
});

test('each Aspect judges by its own criteria', () => {
  const security = byAspect(sample(), new SecurityCriteriaAspect()).map(({ rule }) => rule);
  const availability = byAspect(sample(), new AvailabilityCriteriaAspect()).map(({ rule }) => rule);
  expect(security).toContain('S3.TlsOnly');
  expect(availability).toContain('S3.Versioning');
  expect(availability).not.toContain('S3.TlsOnly');
});

test('an Aspect judges what it was added to, and nothing beside it', () => {
  const app = new App();
  const stack = new Stack(app, 'S');
  const inside = new Bucket(stack, 'Inside');
  new Bucket(stack, 'Beside');
  Aspects.of(inside).add(new SecurityCriteriaAspect());
  expect(() => app.synth()).toThrow(/S\/Inside\/Resource: S3\.TlsOnly/);
  expect(() => app.synth()).not.toThrow(/Beside/);
});

test('an Aspect sees what later Aspects change', () => {
  const app = new App();
  const stack = new Stack(app, 'S');
  new Bucket(stack, 'Data');
  Aspects.of(app).add(new CriteriaAspect({ categories: [TrustServicesCategory.AVAILABILITY] }));
  Aspects.of(app).add({ visit: (node) => { if (node instanceof CfnBucket) node.addPropertyOverride('VersioningConfiguration.Status', 'Enabled'); } }, { priority: 900 });
  let message = '';
  try {
    app.synth();
  } catch (error) {
    message = (error as Error).message;
  }
  expect(message).not.toContain('S3.Versioning');
});

test('a Stage has its own scope, for the plugin and for the Aspect', () => {
  const make = () => {
    const app = new App();
    new Bucket(new Stack(app, 'Top'), 'Data');
    const stage = new Stage(app, 'Prod');
    new Bucket(new Stack(stage, 'S'), 'Data');
    return { app, stage };
  };
  const one = make();
  const plugin = byPlugin(one.app, one.stage);
  expect(plugin.map(({ path }) => path)).toContain('Prod/S/Data/Resource');
  expect(plugin.map(({ path }) => path)).not.toContain('Top/Data/Resource');
  const two = make();
  const aspect = byAspect(two.app, new CriteriaAspect({ categories: [TrustServicesCategory.SECURITY, TrustServicesCategory.AVAILABILITY] }), two.stage);
  expect(aspect.map(({ path }) => path)).toEqual(plugin.map(({ path }) => path));
});

test('acknowledgements silence an Aspect too', () => {
  const app = new App();
  const stack = new Stack(app, 'S');
  const data = new Bucket(stack, 'Data');
  Validations.of(stack).acknowledge({ id: 'SOC2::S3.Versioning', reason: 'rebuilt nightly' });
  Aspects.of(app).add(new CriteriaAspect({ categories: [TrustServicesCategory.AVAILABILITY] }));
  let message = '';
  try {
    app.synth();
  } catch (error) {
    message = (error as Error).message;
  }
  expect(message).not.toContain('S3.Versioning');
  expect(data.node.findAll().flatMap(({ node }) => node.metadata).map(({ data: text }) => String(text)).join()).not.toContain('S3.Versioning');
});

test('low severity is a warning and does not reject', () => {
  const app = new App();
  const stack = new Stack(app, 'S');
  new CfnResource(stack, 'Trail', {
    type: 'AWS::Lambda::Function', properties: { Runtime: 'nodejs22.x', Role: 'arn:aws:iam::111111111111:role/r', Code: { ZipFile: 'x' }, LoggingConfig: { LogGroup: 'g' } },
  });
  const seen = byAspect(app, new CriteriaAspect({ categories: [TrustServicesCategory.SECURITY] }));
  expect(seen).toContainEqual({ rule: 'Lambda.Tracing', path: 'S/Trail', severity: 'warning' });
});

test('applying twice to one App is refused', () => {
  const app = new App();
  Soc2.apply(app);
  expect(() => Soc2.apply(app)).toThrow('Soc2.apply was called before on this App; its findings would be reported twice');
  expect(() => Soc2.apply(new Stage(app, 'Prod'))).not.toThrow(/before/);
});

test('bad options are refused when they are given', () => {
  expect(() => new Soc2Checks({ asOf: 'soon' })).toThrow('the as-of day must be YYYY-MM-DD, got "soon"');
  expect(() => new CriteriaAspect({ categories: [] })).toThrow('categories is empty');
});

