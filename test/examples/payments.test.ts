import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { claims, findings, root, synthesize, Synthesized, withoutInjectors } from './synthesize';
import { loadInputs } from '../../src/template/load';
import { undeployable } from '../constructs/deployable';

const README = readFileSync(join(root, 'examples', 'payments', 'README.md'), 'utf8');
const STAGES = ['Staging/', 'Production/'];

describe('the compliant variant', () => {
  let app: Synthesized;
  beforeAll(() => {
    app = synthesize('payments', 'compliant');
  }, 110_000);

  test('has no finding, and upholds every claim that its constructs make', () => {
    const { code, ledger, files } = app;
    expect(findings(ledger)).toEqual([]);
    expect(code).toBe(0);
    expect(files).toEqual(['ledger.json', 'report.html']);
    expect(claims(ledger).length).toBeGreaterThan(500);
    expect(claims(ledger).filter(({ state }) => state !== 'upheld')).toEqual([]);
    expect(ledger.unclassified).toEqual([]);
    // Two Stages of three stacks, and a nested stack in each.
    expect(ledger.totals.stacks).toBe(6);
    expect(ledger.inputs).toHaveLength(8);
  });

  test('shows what is demanded of its accounts, and who provides the rest', () => {
    const { ledger, assembly } = app;
    for (const rule of ['CloudTrail.MultiRegionTrailExists', 'CloudWatch.RootUseAlarm', 'SecurityHub.FindingsRouted']) {
      expect(ledger.evaluations.filter((evaluation) => evaluation.rule === rule)).toEqual([expect.objectContaining({ verdict: 'pass' }), expect.objectContaining({ verdict: 'pass' })]);
    }
    expect(ledger.inherited.map(({ rule, state, environments }) => [rule, state, environments.length])).toEqual([
      ['Config.RecorderEnabled', 'active', 2], ['GuardDuty.Enabled', 'active', 2], ['SecurityHub.Enabled', 'active', 2],
    ]);
    // An alarm tells nobody unless somebody is subscribed to its topic.
    const resources = loadInputs([assembly]).templates.flatMap((template) => [...template.resources.values()]);
    const count = (wanted: string): number => resources.filter(({ type }) => type === wanted).length;
    expect(count('AWS::SNS::Topic')).toBe(6);
    expect(count('AWS::SNS::Subscription')).toBe(6);
  });

  test('takes no exception but the opt-outs of its functions, each with a reason', () => {
    const { acknowledgements, waivers, optOuts } = app.ledger;
    expect([...acknowledgements, ...waivers]).toEqual([]);
    expect(optOuts.map(({ rule, construct }) => [rule, construct])).toEqual(Array(4).fill(['Lambda.DeadLetterQueue', 'SecureFunction']));
    expect(new Set(optOuts.map(({ reason }) => reason)).size).toBe(2);
  });

  test('can be deployed', () => {
    expect(undeployable(loadInputs([app.assembly]))).toEqual([]);
  });

  // The browser package holds a build for this platform only.
  (process.platform === 'linux' && process.arch === 'x64' ? test : test.skip)('has a report that opens in a real browser and shows every evaluation', () => {
    const { ledger, evidence } = app;
    const seen = JSON.parse(execFileSync(process.execPath, [join(root, 'test', 'report', 'fixtures', 'open.mjs'), join(evidence, 'report.html')], { encoding: 'utf8', timeout: 60_000 }));
    expect(seen.wrong).toEqual([]);
    // Those of advisory rules, which are counted apart, have a section of their own.
    const advisory = new Set(ledger.rules.filter((rule) => rule.advisory).map(({ id }) => id));
    const main = ledger.evaluations.filter(({ rule }) => !advisory.has(rule));
    expect(main.length).toBeGreaterThan(1000);
    expect(seen.shown).toEqual({
      title: expect.stringContaining('SOC 2 design evidence'), sideways: false, evaluations: main.length, controls: new Set(main.map(({ rule }) => rule)).size,
    });
  }, 70_000);
});

describe('the blueprint variant', () => {
  let app: Synthesized;
  beforeAll(() => {
    app = synthesize('payments', 'blueprint');
  }, 110_000);

  test('has no finding', () => {
    const { code, ledger, files } = app;
    expect(findings(ledger)).toEqual([]);
    expect(code).toBe(0);
    expect(files).toEqual(['ledger.json']);
    // Two Stages of two stacks, and a nested stack in each.
    expect(ledger.inputs).toHaveLength(6);
  });

  test('claims nothing of its own constructs, but of what is made beside them', () => {
    const { ledger } = app;
    expect(claims(ledger).filter(({ state }) => state !== 'upheld')).toEqual([]);
    expect([...new Set(claims(ledger).map(({ construct }) => construct))].sort()).toEqual([
      'AccessLogBucket', 'AlarmTopic', 'EncryptionKey', 'SecureDeadLetterQueue', 'SecureLogGroup', 'WebFirewall',
    ]);
    const own = /^(Staging|Production)\/(Data\/(Network|Payments|Ledger|Statements)|Service\/(Payments|Intake|Api|Workers\/Worker))\/(DeploymentStage\.prod\/)?Resource$/;
    expect(ledger.resources.filter(({ constructPath }) => own.test(constructPath ?? '')).length).toBe(18);
    expect(claims(ledger).filter(({ path }) => own.test(path))).toEqual([]);
  });

  test('can be deployed', () => {
    expect(undeployable(loadInputs([app.assembly]))).toEqual([]);
  });

  test('owes that to its injectors: without them it has the findings that its README counts', () => {
    const { code, ledger } = synthesize('payments', 'blueprint', withoutInjectors);
    const counted = Number(/without that line it has (\d+) findings/.exec(README.replace(/\s+/g, ' '))?.[1]);
    expect(code).toBe(1);
    expect(claims(ledger)).toEqual([]);
    for (const stage of STAGES) expect(findings(ledger, stage)).toHaveLength(counted);
    const types = new Map(ledger.resources.map(({ id, type }) => [id, type]));
    const found = new Set(ledger.evaluations.filter(({ verdict }) => verdict === 'fail').map(({ resource }) => types.get(resource)));
    expect([...found].sort()).toEqual([
      'AWS::ApiGateway::Method', 'AWS::ApiGateway::Stage', 'AWS::DynamoDB::Table', 'AWS::EC2::Subnet', 'AWS::EC2::VPC', 'AWS::Lambda::Function', 'AWS::RDS::DBInstance',
      'AWS::S3::Bucket', 'AWS::SQS::Queue',
    ]);
  }, 110_000);
});

test('the careless variant fails with exactly the findings that its README lists', () => {
  const { code, ledger } = synthesize('payments', 'careless');
  expect(code).toBe(1);
  const listed = README.split('\n').filter((line) => /^\| `.+` \| `\w+\.\w+` \| \w+ \|$/.test(line)).sort();
  for (const stage of STAGES) expect(findings(ledger, stage)).toEqual(listed);
}, 110_000);
