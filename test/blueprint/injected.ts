import { App, NestedStack, PropertyInjectors, Stack, Stage } from 'aws-cdk-lib';
import flags from 'aws-cdk-lib/recommended-feature-flags.json';
import type { Construct } from 'constructs';
import { HardeningInjector } from '../../src/blueprint/injectors';
import { Hardening } from '../../src/constructs/support/hardening';
import { Default } from '../../src/defaults';
import { evaluate, ruleById } from '../../src/rules';
import { undeployable } from '../constructs/deployable';
import { appWith, CONCRETE, modelOf } from '../constructs/harness';

/** A plain L2 that an injector makes secure. */
export interface Injected<P extends object> {
  /** The class, as its users write it: `s3.Bucket`. */
  readonly name: string;
  readonly hardening: Hardening<P>;
  /** Makes a plain one, with what it cannot do without and the properties given. */
  readonly make: (scope: Construct, id: string, props?: Partial<P>) => Construct;
  /** The tables of defaults by the type of the resources that hold them. */
  readonly defaults: Readonly<Record<string, Readonly<Record<string, Default<unknown>>>>>;
  /** Rules of these defaults that an injector cannot bring about, with the reason. */
  readonly leaves?: Readonly<Record<string, string>>;
  /** Properties that say something weaker than the defaults, with the rule that fails then: what is explicit stays. */
  readonly explicit: { readonly props: Partial<P>; readonly rule: string };
}

/** Runs all that is to be shown of an injector. */
export function describeInjected<P extends object>({ name, hardening, make, defaults, leaves = {}, explicit }: Injected<P>): void {
  const injector = new HardeningInjector(hardening);

  /** The rules of the defaults that some resource of their type fails. */
  const failing = (app: App): string[] => {
    const model = modelOf(app);
    expect(undeployable(model)).toEqual([]);
    const resources = model.templates.flatMap((template) => [...template.resources.values()]);
    const failed = Object.entries(defaults).flatMap(([type, table]) => {
      const rules = [...new Set(Object.values(table).flatMap(({ provenBy }) => provenBy))];
      const subjects = resources.filter((resource) => resource.type === type);
      expect({ type, found: subjects.length > 0 }).toEqual({ type, found: true });
      return rules.filter((rule) => subjects.some((subject) => evaluate(ruleById(rule), subject).verdict === 'fail'));
    });
    return failed.sort();
  };

  const places: Record<string, (app: App) => Construct> = {
    'a stack of any region': (app) => new Stack(app, 'S'),
    'a stack of one region': (app) => new Stack(app, 'S', CONCRETE),
    'a nested stack': (app) => new NestedStack(new Stack(app, 'S'), 'N'),
    'a stage': (app) => new Stack(new Stage(app, 'P', CONCRETE), 'S'),
  };
  const contexts: Record<string, Record<string, unknown>> = { 'no feature flags': {}, 'all recommended flags': flags };
  const rows = Object.keys(places).flatMap((place) => Object.keys(contexts).map((context) => [place, context]));

  describe(`${name} under its injector`, () => {
    test.each(rows)('two of them are secure in %s, %s', (place, context) => {
      const app = appWith(contexts[context]);
      PropertyInjectors.of(app).add(injector);
      const scope = places[place](app);
      make(scope, 'One');
      make(scope, 'Two');
      expect(failing(app)).toEqual(Object.keys(leaves).sort());
    });

    test('what is explicit stays', () => {
      const app = appWith();
      PropertyInjectors.of(app).add(injector);
      make(new Stack(app, 'S'), 'X', explicit.props);
      expect(failing(app)).toContain(explicit.rule);
    });

    test('without the injector it is not secure', () => {
      const app = appWith();
      make(new Stack(app, 'S'), 'X');
      const before = app.synth().stacks[0].template;
      const after = appWith();
      PropertyInjectors.of(after).add(injector);
      make(new Stack(after, 'S'), 'X');
      expect(after.synth().stacks[0].template).not.toEqual(before);
    });
  });
}
