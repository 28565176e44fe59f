/* An app for `cdk synth`, one scenario for each thing that could turn a failing gate green. */
import { App, Aspects, Environment, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib';
import { Bucket, CfnBucket, CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { AcknowledgementPolicy, SecurityCriteriaAspect, Soc2 } from '../../../src/checks';
import { allRules, Rule, rule, ruleById, Truth } from '../../../src/rules';

const env: Environment = { account: '111111111111', region: 'eu-west-1' };

const TRAIL = 'CloudTrail.MultiRegionTrailExists';

function keepOnly(...ids: string[]): void {
  const rules = allRules() as Rule[];
  rules.splice(0, rules.length, ...rules.filter(({ id }) => ids.includes(id)));
}

function bucket(scope: Construct, id: string, versioned: boolean): Bucket {
  return new Bucket(scope, id, { versioned });
}

const app = new App();
// The scenarios are about the gate, so one rule is enough, and a scenario does not change when rules are added.
const trail = ruleById(TRAIL);
keepOnly('S3.Versioning');

const scenarios: Record<string, () => void> = {
  'clean': () => {
    bucket(new Stack(app, 'S', { env }), 'Data', true);
    Soc2.apply(app);
  },
  'careless': () => {
    bucket(new Stack(app, 'S', { env }), 'Data', false);
    Soc2.apply(app);
  },
  'one of two acknowledged': () => {
    const stack = new Stack(app, 'S', { env });
    Validations.of(bucket(stack, 'Known', false)).acknowledge({ id: 'SOC2::S3.Versioning', reason: 'rebuilt nightly' });
    bucket(stack, 'Forgotten', false);
    Soc2.apply(app);
  },
  'all acknowledged': () => {
    const stack = new Stack(app, 'S', { env });
    bucket(stack, 'Known', false);
    Validations.of(stack).acknowledge({ id: 'SOC2::S3.Versioning', reason: 'rebuilt nightly' });
    Soc2.apply(app);
  },
  'acknowledgements refused': () => {
    const stack = new Stack(app, 'S', { env });
    bucket(stack, 'Known', false);
    Validations.of(stack).acknowledge({ id: 'SOC2::S3.Versioning', reason: 'rebuilt nightly' });
    Soc2.apply(app, { acknowledgements: AcknowledgementPolicy.REFUSE });
  },
  'a rule throws': () => {
    bucket(new Stack(app, 'S', { env }), 'Data', true);
    (allRules() as Rule[]).push(broken(() => { throw new TypeError('rule bug'); }));
    Soc2.apply(app);
  },
  'the engine throws': () => {
    bucket(new Stack(app, 'S', { env }), 'Data', true);
    const bad = { ...broken(() => Truth.YES) };
    Object.defineProperty(bad, 'allCriteria', { get: () => { throw new Error('engine bug'); } });
    (allRules() as Rule[]).push(bad);
    Soc2.apply(app);
  },
  'in a stage': () => {
    bucket(new Stack(new Stage(app, 'Prod', { env }), 'S'), 'Data', false);
    bucket(new Stack(app, 'Tools', { env }), 'Data', true);
    Soc2.apply(app, { strict: process.env.STRICT === '1' });
  },
  'in a nested stack': () => {
    bucket(new NestedStack(new Stack(app, 'S', { env }), 'Nested'), 'Data', false);
    Soc2.apply(app);
  },
  'evidence in the assembly': () => {
    bucket(new Stack(app, 'S', { env }), 'Data', true);
    Soc2.apply(app, { evidenceDirectory: `${app.outdir}/evidence` });
  },
  'a trail is required': () => {
    bucket(new Stack(app, 'S', { env }), 'Data', true);
    (allRules() as Rule[]).push(trail);
    Soc2.require(app, TRAIL);
    Soc2.apply(app);
  },
  'a trail is required, as an aspect asks': () => {
    bucket(new Stack(app, 'S', { env }), 'Data', true);
    (allRules() as Rule[]).push(trail);
    Soc2.require(app, TRAIL);
    Aspects.of(app).add(new SecurityCriteriaAspect());
  },
  'a trail is required, and that is acknowledged': () => {
    const stack = new Stack(app, 'S', { env });
    bucket(stack, 'Data', true);
    (allRules() as Rule[]).push(trail);
    Soc2.require(app, TRAIL);
    Validations.of(stack).acknowledge({ id: `SOC2::${TRAIL}`, reason: 'set up next week' });
    Soc2.apply(app);
  },
  'a trail is inherited': () => {
    bucket(new Stack(new Stage(app, 'Prod', { env }), 'S'), 'Data', true);
    (allRules() as Rule[]).push(trail);
    Soc2.inherit(app, TRAIL, { providedBy: 'Landing zone', evidence: 'report' });
    Soc2.apply(app);
  },
  'an aspect': () => {
    const stack = new Stack(app, 'S', { env });
    new CfnBucketPolicy(stack, 'P', { bucket: new CfnBucket(stack, 'Data').ref, policyDocument: { Statement: [] } });
    keepOnly();
    (allRules() as Rule[]).push(broken(() => Truth.no('seen by the aspect')));
    Aspects.of(app).add(new SecurityCriteriaAspect());
  },
};

function broken(check: Rule['check']): Rule {
  return rule({
    id: 'Test.Broken', resourceTypes: ['AWS::S3::Bucket'], title: 'Broken', severity: 'medium', criteria: { direct: ['CC6.1'] }, rationale: 'A test.',
    remediation: { cfn: 'none' }, check,
  });
}

scenarios[process.env.SCENARIO ?? '']();
app.synth();
