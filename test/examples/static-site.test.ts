import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { claims, findings, root, synthesize, Synthesized, withoutInjectors } from './synthesize';
import { loadInputs } from '../../src/template/load';
import { undeployable } from '../constructs/deployable';

describe('the compliant variant', () => {
  let app: Synthesized;
  beforeAll(() => {
    app = synthesize('static-site', 'compliant');
  }, 110_000);

  test('has no finding and no exception, and upholds every claim that its constructs make', () => {
    const { code, ledger, files } = app;
    expect(findings(ledger)).toEqual([]);
    expect(code).toBe(0);
    expect(files).toEqual(['ledger.json', 'report.html']);
    expect(claims(ledger).length).toBeGreaterThan(40);
    expect(claims(ledger).filter(({ state }) => state !== 'upheld')).toEqual([]);
    expect([...ledger.optOuts, ...ledger.waivers, ...ledger.acknowledgements]).toEqual([]);
  });

  test('serves a bucket through a distribution with a firewall, a certificate and names', () => {
    const { ledger } = app;
    const verdicts = new Map(ledger.evaluations.filter(({ resource }) => resource.includes('#Distribution')).map(({ rule, verdict }) => [rule, verdict]));
    for (const rule of ['CloudFront.AccessLogs', 'CloudFront.MinimumTls', 'CloudFront.OriginAccess', 'CloudFront.ViewerHttps', 'CloudFront.WebAcl']) {
      expect([rule, verdicts.get(rule)]).toEqual([rule, 'pass']);
    }
    expect(ledger.resources.filter(({ type }) => type === 'AWS::Route53::RecordSet')).toHaveLength(2);
    expect(ledger.resources.filter(({ type }) => type === 'AWS::CloudWatch::Alarm')).toHaveLength(2);
  });

  test('says of every store how sensitive its data is: that of the site is for everyone, its logs are not', () => {
    const { ledger } = app;
    expect(ledger.unclassified).toEqual([]);
    expect(ledger.resources.filter(({ type }) => type === 'AWS::S3::Bucket').map(({ constructPath, data }) => [constructPath, data])).toEqual([
      ['Site/Content/Resource', 'public'], ['Site/SharedAccessLogs/Resource', 'internal'],
    ]);
  });

  test('can be deployed', () => {
    expect(undeployable(loadInputs([app.assembly]))).toEqual([]);
  });
});

describe('the blueprint variant', () => {
  let app: Synthesized;
  beforeAll(() => {
    app = synthesize('static-site', 'blueprint');
  }, 110_000);

  test('has no finding', () => {
    const { code, ledger, files } = app;
    expect(findings(ledger)).toEqual([]);
    expect(code).toBe(0);
    expect(files).toEqual(['ledger.json', 'report.html']);
  });

  test('claims nothing of its plain constructs, but of what is made beside them', () => {
    const { ledger } = app;
    expect(claims(ledger).filter(({ state }) => state !== 'upheld')).toEqual([]);
    expect([...new Set(claims(ledger).map(({ construct }) => construct))].sort()).toEqual(['AccessLogBucket', 'EncryptionKey', 'SecureLogGroup', 'WebFirewall']);
    const own = ['Site/Content/Resource', 'Site/Distribution/Resource', 'Site/Certificate/Resource'];
    expect(ledger.resources.filter(({ constructPath }) => own.includes(constructPath ?? ''))).toHaveLength(3);
    expect(claims(ledger).filter(({ path }) => own.includes(path))).toEqual([]);
  });

  test('can be deployed', () => {
    expect(undeployable(loadInputs([app.assembly]))).toEqual([]);
  });

  test('owes that to its injectors: without them it has exactly the findings that its README lists', () => {
    const { code, ledger } = synthesize('static-site', 'blueprint', withoutInjectors);
    const readme = readFileSync(join(root, 'examples', 'static-site', 'README.md'), 'utf8');
    const listed = readme.split('\n').filter((line) => /^\| `.+` \| `\w+\.\w+` \| \w+ \|$/.test(line)).sort();
    expect(code).toBe(1);
    expect(findings(ledger, 'Site/')).toEqual(listed);
    expect(readme).toContain(`without that line it has ${listed.length} findings`);
    expect(claims(ledger)).toEqual([]);
  }, 110_000);
});
