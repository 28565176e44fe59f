import { App, CfnResource, NestedStack, Stack, StackProps, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import flags from 'aws-cdk-lib/recommended-feature-flags.json';
import { AwsSolutionsChecks, NIST80053R5Checks } from 'cdk-nag';
import type { Construct } from 'constructs';
import { undeployable } from './deployable';
import { readDeclaration } from '../../src/declarations/metadata';
import { OptOut } from '../../src/declarations/opt-out';
import { evaluate, RawVerdict, ruleById, rulesForType } from '../../src/rules';
import { loadInputs } from '../../src/template/load';
import { Model, Resource } from '../../src/template/model';

/** A property that weakens a construct, and what it weakens. */
export interface Weakening<P> {
  readonly props: Partial<P>;
  /** As the error says it. */
  readonly says: string;
  readonly rules: readonly string[];
}

/** What is to be shown of a construct. */
export interface Subject<P> {
  /** The name of its class. */
  readonly name: string;
  /** Makes one with what it cannot do without, and the properties given. */
  readonly make: (scope: Construct, id: string, props?: Partial<P>) => Construct;
  /** Every property that may be left out: the compiler tells when one is missing here. */
  readonly optional: Readonly<Record<string, undefined>>;
  /** How each claim is broken behind the construct's back, by rule. The rules are all that the construct claims. */
  readonly breaks: Readonly<Record<string, (construct: never) => void>>;
  readonly weakenings: readonly Weakening<P>[];
  /** What a stack of another team does with it: grants, events, endpoints. */
  readonly uses: (construct: never, consumer: Stack) => void;
  /** Collaborators (key, log bucket, VPC, topic) that stand in another stack. */
  readonly given?: (elsewhere: Stack) => Partial<P>;
  /** Construct paths of what `make` needs besides. */
  readonly besides?: RegExp;
  /** What cdk-nag's packs NIST 800-53 r5 and AWS Solutions still find in a stack with one of it (`<rule> <path>`), with the reason why it stays. */
  readonly nag?: Readonly<Record<string, string>>;
  /** Rules that are on by default and fail nevertheless, with the reason why they are left to the user. */
  readonly leaves?: Readonly<Record<string, string>>;
}

type OptionalKey<P> = { [K in keyof P]-?: undefined extends P[K] ? K : never }[keyof P] & string;

/** The optional properties of a struct, all of them: the compiler tells when one is missing or wrong. */
export function optionalOf<P>() {
  type Missing<K> = [OptionalKey<P>] extends [K] ? [] : [Exclude<OptionalKey<P>, K>];
  return <K extends OptionalKey<P>>(names: readonly K[], ..._: Missing<K>): Record<string, undefined> => (
    Object.fromEntries(names.map((name) => [name, undefined])));
}

export const CONCRETE: StackProps = { env: { account: '111111111111', region: 'eu-west-1' } };

// CDK's own validation costs more than a second in each process; one test of each construct turns it on.
process.env.CDK_VALIDATION = 'false';
// What CDK has deprecated is an error: users of a construct would be warned of what they did not write.
process.env.JSII_DEPRECATED = 'fail';

/** An app as the CDK CLI starts it, which leads the loader to nested templates. */
export function appWith(context: Record<string, unknown> = {}): App {
  return new App({ context: { 'aws:cdk:enable-asset-metadata': true, 'aws:cdk:enable-path-metadata': true, ...context } });
}

/** Synthesizes with CDK's own validation, its findings being errors. */
export function validated(fill: (scope: Construct) => void): void {
  process.env.CDK_VALIDATION = 'true';
  try {
    const app = appWith({ '@aws-cdk/core:validateAgainstDefaultRules': true });
    fill(new Stack(app, 'S', CONCRETE));
    app.synth();
  } finally {
    process.env.CDK_VALIDATION = 'false';
  }
}

/** The model of an app, read from its cloud assembly as the checks read it. */
export function modelOf(app: App): Model {
  return loadInputs([app.synth().directory]);
}

export interface Claimed {
  readonly resource: Resource;
  readonly rule: string;
  readonly verdict: RawVerdict;
  readonly says?: string;
}

/** Every claim in the model that a class of construct makes, with the verdict of its rule on the resource that carries it. */
export function claimsIn(model: Model, construct?: string): Claimed[] {
  return model.templates.flatMap((template) => [...template.resources.values()]).flatMap((resource) => {
    const declaration = readDeclaration(resource);
    if (!declaration || (construct !== undefined && declaration.construct !== construct)) return [];
    return declaration.claims.map(({ rule }) => ({ resource, rule, ...verdictOf(rule, resource) }));
  });
}

function failedClaims(claims: readonly Claimed[]): string[] {
  return claims.filter(({ verdict }) => verdict !== 'pass').map(({ resource, rule, verdict, says }) => `${resource.logicalId} ${rule} ${verdict}: ${says}`);
}

function verdictOf(id: string, resource: Resource): { verdict: RawVerdict; says?: string } {
  const { verdict, message, reason } = evaluate(ruleById(id), resource);
  return { verdict, says: message ?? reason };
}

/** The template of a stack without what differs between versions of CDK and machines. */
export function stable(stack: Stack): object {
  const { Resources, Outputs } = Template.fromStack(stack).toJSON();
  for (const { Metadata } of Object.values(Resources as Record<string, { Metadata?: Record<string, unknown> }>)) delete Metadata?.['aws:cdk:path'];
  return JSON.parse(JSON.stringify({ Resources, Outputs }).replace(/[0-9a-f]{64}/g, '<hash>').replace(/,?"Metadata":\{\}/g, ''));
}

/** Runs all that is to be shown of a construct. */
export function describeConstruct<P extends { readonly optOuts?: OptOut[] }>(subject: Subject<P>): void {
  const { name, make, optional, breaks, weakenings } = subject;
  const rules = Object.keys(breaks).sort();
  const inStack = (props?: Partial<P>): { app: App; stack: Stack; made: Construct } => {
    const app = appWith();
    const stack = new Stack(app, 'S');
    return { app, stack, made: make(stack, 'X', props) };
  };

  describe(name, () => {
    // The other CDK versions write other templates; what they mean is tested below.
    (process.env.CDK_SOC2_NEWEST_CDK ? test.skip : test)('snapshot', () => expect(stable(inStack().stack)).toMatchSnapshot());

    describe('claims are proven', () => {
      const contexts: Record<string, Record<string, unknown>> = { 'no feature flags': {}, 'all recommended flags': flags };
      const environments: Record<string, StackProps> = { 'any region': {}, 'a concrete environment': CONCRETE };
      const places: Record<string, (app: App, env: StackProps) => Construct> = {
        'a stack': (app, env) => new Stack(app, 'S', env),
        'a nested stack': (app, env) => new NestedStack(new Stack(app, 'S', env), 'N'),
        'a stage': (app, env) => new Stack(new Stage(app, 'P', env), 'S'),
      };
      const rows = Object.keys(contexts).flatMap((context) => Object.keys(environments)
        .flatMap((env) => Object.keys(places).map((place) => [context, env, place])));
      test.each(rows)('two of them, %s, %s, in %s', (context, env, place) => {
        const app = appWith(contexts[context]);
        const scope = places[place](app, environments[env]);
        make(scope, 'One');
        make(scope, 'Two');
        const model = modelOf(app);
        const claims = claimsIn(model);
        expect(failedClaims(claims)).toEqual([]);
        expect(undeployable(model)).toEqual([]);
        const own = claims.filter(({ resource }) => readDeclaration(resource)?.construct === name);
        expect([...new Set(own.map(({ rule }) => rule))].sort()).toEqual(rules);
      });
    });

    test.each([['no feature flags', {}], ['all recommended flags', flags]])('is used from another stack, %s', (_, context) => {
      const app = appWith(context);
      const consumer = new Stack(app, 'Consumer', CONCRETE);
      subject.uses(make(new Stack(app, 'S', CONCRETE), 'X') as never, consumer);
      const model = modelOf(app);
      expect(failedClaims(claimsIn(model))).toEqual([]);
      expect(undeployable(model)).toEqual([]);
    });

    if (subject.given) {
      test.each([['no feature flags', {}], ['all recommended flags', flags]])('takes what stands in another stack, %s', (_, context) => {
        const app = appWith(context);
        const given = subject.given!(new Stack(app, 'Elsewhere', CONCRETE));
        make(new Stack(app, 'S', CONCRETE), 'X', given);
        const model = modelOf(app);
        expect(failedClaims(claimsIn(model))).toEqual([]);
        expect(undeployable(model)).toEqual([]);
      });
    }

    test('fails no rule that is on by default', () => {
      const resources = modelOf(inStack().app).templates.flatMap((template) => [...template.resources.values()])
        .filter(({ constructPath = '' }) => !subject.besides?.test(constructPath));
      const failed = resources.flatMap((resource) => rulesForType(resource.type).filter((rule) => rule.onByDefault && evaluate(rule, resource).verdict === 'fail'));
      expect([...new Set(failed.map(({ id }) => id))].sort()).toEqual(Object.keys(subject.leaves ?? {}).sort());
    });

    test.each(Object.entries(breaks))('%s is caught when broken by an escape hatch', (rule, spoil) => {
      const { app, made } = inStack();
      spoil(made as never);
      const verdicts = claimsIn(modelOf(app), name).filter((claim) => claim.rule === rule).map(({ verdict }) => verdict);
      expect(verdicts).toContain('fail');
    });

    test('explicit undefined does not erase a default', () => {
      const { stack } = inStack(optional as unknown as Partial<P>);
      expect(stable(stack)).toEqual(stable(inStack().stack));
    });

    describe('weakening', () => {
      const rows = weakenings.map((weakening): [string, Weakening<P>] => [weakening.says, weakening]);
      test.each(rows)('fails without an opt-out: %s', (_, { props, says, rules: [rule] }) => {
        expect(() => inStack(props)).toThrow(`${name} at S/X: ${says} weakens ${rule}; leave it out, or give optOuts: [OptOut.of('${rule}', { reason: '…' })]`);
      });

      test.each(rows)('drops the claim with an opt-out: %s', (_, { props, rules: weakened }) => {
        const optOuts = weakened.map((rule) => OptOut.of(rule, { reason: 'a test', ticket: 'T-1', expires: '2030-12-31' }));
        const { app } = inStack({ ...props, optOuts });
        const model = modelOf(app);
        const claims = claimsIn(model, name);
        expect(claims.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
        expect(claims.map(({ rule }) => rule).filter((rule) => weakened.includes(rule))).toEqual([]);
        const declared = model.templates.flatMap((template) => [...template.resources.values()]).flatMap((resource) => {
          const declaration = readDeclaration(resource);
          return declaration?.construct === name ? declaration.optOuts.map((optOut) => ({ resource, optOut })) : [];
        });
        expect(declared.map(({ optOut }) => optOut).sort((a, b) => (a.rule < b.rule ? -1 : 1)))
          .toEqual([...weakened].sort().map((rule) => ({ rule, reason: 'a test', ticket: 'T-1', expires: '2030-12-31' })));
        // It was a weakening in fact: the rule fails now.
        for (const { resource, optOut } of declared) expect({ rule: optOut.rule, ...verdictOf(optOut.rule, resource) }).toMatchObject({ rule: optOut.rule, verdict: 'fail' });
      });

      test('refuses an opt-out of what it does not claim', () => {
        expect(() => inStack({ optOuts: [OptOut.of('S3.NoSuchRule', { reason: 'a test' })] } as Partial<P>)).toThrow(`${name} at S/X: cannot opt out of S3.NoSuchRule, which it does not claim`);
      });
    });

    test('satisfies CDK\'s own validation', () => {
      expect(() => validated((scope) => new CfnResource(scope, 'Bad', { type: 'AWS::S3::Bucket', properties: { NoSuchProperty: 1 } }))).toThrow();
      expect(() => validated((scope) => make(scope, 'X'))).not.toThrow();
    });

    test('leaves cdk-nag what the table says, and nothing else', () => {
      const app = appWith(flags);
      make(new Stack(app, 'S', CONCRETE), 'X');
      app.synth();
      const found = [new NIST80053R5Checks(app), new AwsSolutionsChecks(app)].flatMap((pack) => pack.validateScope(app).violations)
        .flatMap(({ ruleName, violatingResources }) => violatingResources.map(({ constructPath }) => ({ ruleName, constructPath: constructPath ?? '' })))
        .filter(({ constructPath }) => !subject.besides?.test(constructPath))
        .map(({ ruleName, constructPath }) => `${ruleName} ${constructPath}`);
      expect([...new Set(found)].sort()).toEqual(Object.keys(subject.nag ?? {}).sort());
    });
  });
}
