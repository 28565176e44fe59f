import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { claims, findings, root, synthesize, Synthesized, withoutInjectors } from './synthesize';
import { loadInputs } from '../../src/template/load';
import { undeployable } from '../constructs/deployable';

const EXAMPLE = join(root, 'examples', 'data-platform');
const README = readFileSync(join(EXAMPLE, 'README.md'), 'utf8');

/** `construct rule` of every evaluation with a verdict. */
function judged({ ledger }: Synthesized, wanted: string): string[] {
  const paths = new Map(ledger.resources.map(({ id, constructPath }) => [id, constructPath]));
  return ledger.evaluations.filter(({ verdict }) => verdict === wanted).map(({ rule, resource }) => `${paths.get(resource)} ${rule}`).sort();
}

describe('the compliant variant', () => {
  let app: Synthesized;
  beforeAll(() => {
    app = synthesize('data-platform', 'compliant');
  }, 110_000);

  test('has no finding, and upholds every claim that its constructs make', () => {
    const { code, ledger, files } = app;
    expect(findings(ledger)).toEqual([]);
    expect(code).toBe(0);
    expect(files).toEqual(['ledger.json', 'report.html']);
    expect(claims(ledger).length).toBeGreaterThan(500);
    expect(claims(ledger).filter(({ state }) => state !== 'upheld')).toEqual([]);
    expect(ledger.unclassified).toEqual([]);
    expect(ledger.totals.stacks).toBe(7);
  });

  test('is composed of the constructs that its README lists', () => {
    const listed = [...README.matchAll(/^\| `(\w+)` \|.*constructs\/[\w-]+\.md/gm)].map(([, name]) => name).sort();
    // These two are made by others only.
    const claiming = new Set(claims(app.ledger).map(({ construct }) => construct).filter((name) => !['AccessLogBucket', 'SecureLogGroup'].includes(name)));
    expect(listed).toEqual([...claiming].sort());
  });

  test('takes no exception but those that its README tells of, each with a reason', () => {
    expect(judged(app, 'waived')).toEqual([
      'Ingestion/GeocoderToken/Resource SecretsManager.Rotation',
    ]);
    const { acknowledgements, optOuts } = app.ledger;
    expect(acknowledgements.filter(({ state }) => state !== 'active')).toEqual([]);
    expect(optOuts.map(({ rule, construct, ticket }) => [rule, construct, ticket])).toEqual([['SecretsManager.Rotation', 'SecureSecret', 'DATA-12']]);
  });

  test('lets what is confidential be judged by more rules', () => {
    const rules = (path: string): string[] => judged(app, 'pass').flatMap((row) => (row.startsWith(`${path} Data.`) ? row.slice(path.length + 1) : []));
    const bucket = ['Data.AccessLogged', 'Data.CustomerKey', 'Data.Disposal', 'Data.NoCrossAccount'];
    expect(rules('Storage/Lake/Resource')).toEqual(bucket);
    expect(rules('Recovery/Copy/Resource')).toEqual(bucket);
    expect(rules('Analytics/Warehouse/Resource')).toEqual(['Data.AccessLogged', 'Data.CustomerKey', 'Data.Retained']);
    expect(rules('Serving/Catalogue/Resource')).toEqual(['Data.Retained']);
  });

  test('shows what is demanded of its accounts, and who provides the rest', () => {
    const { ledger, assembly } = app;
    expect(judged(app, 'pass').filter((row) => / (CloudTrail\.MultiRegionTrailExists|SecurityHub\.FindingsRouted)$/.test(row)).length).toBeGreaterThan(1);
    expect(ledger.inherited.map(({ rule, state, environments }) => [rule, state, environments.length])).toEqual([
      ['Config.RecorderEnabled', 'active', 2], ['GuardDuty.Enabled', 'active', 2], ['SecurityHub.Enabled', 'active', 2],
    ]);
    // An alarm tells nobody unless somebody is subscribed to its topic.
    const resources = loadInputs([assembly]).templates.flatMap((template) => [...template.resources.values()]);
    const count = (wanted: string): number => resources.filter(({ type }) => type === wanted).length;
    expect(count('AWS::SNS::Topic')).toBe(6);
    expect(count('AWS::SNS::Subscription')).toBe(6);
  });

  test('can be deployed', () => {
    expect(undeployable(loadInputs([app.assembly]))).toEqual([]);
  });
});

describe('the blueprint variant', () => {
  let app: Synthesized;
  beforeAll(() => {
    app = synthesize('data-platform', 'blueprint');
  }, 110_000);

  test('has no finding', () => {
    const { code, ledger, files } = app;
    expect(findings(ledger)).toEqual([]);
    expect(code).toBe(0);
    expect(files).toEqual(['ledger.json', 'report.html']);
    expect(judged(app, 'waived')).toEqual(['Platform/GeocoderToken/Resource SecretsManager.Rotation']);
    expect(claims(ledger).filter(({ state }) => state !== 'upheld')).toEqual([]);
  });

  test('can be deployed', () => {
    expect(undeployable(loadInputs([app.assembly]))).toEqual([]);
  });

  test('owes that to its injectors: without them it has exactly the findings that its README lists', () => {
    const { code, ledger } = synthesize('data-platform', 'blueprint', withoutInjectors);
    expect(code).toBe(1);
    const listed = README.split('\n').filter((line) => /^\| `.+` \| `\w+\.\w+` \| \w+ \|$/.test(line)).sort();
    expect(listed.length).toBeGreaterThan(20);
    expect(findings(ledger, 'Platform/')).toEqual(listed);
  }, 110_000);

  test('has a stack that knows nothing of this library', () => {
    const stacks = readdirSync(join(EXAMPLE, 'blueprint')).filter((name) => name !== 'app.ts');
    expect(stacks).toEqual(['platform-stack.ts']);
    for (const name of stacks) expect(readFileSync(join(EXAMPLE, 'blueprint', name), 'utf8')).not.toMatch(/from '(?:cdk-soc2|\.)/);
  });
});
