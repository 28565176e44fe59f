import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { cdkSoc2, cleanUp, folder } from './run';
import { digestOf } from '../../src/ledger';
import * as schema from '../../src/ledger/schema.json';

afterAll(cleanUp);

const bucket = (status: unknown, more: object = {}) => ({ Type: 'AWS::S3::Bucket', Properties: { VersioningConfiguration: { Status: status } }, ...more });
const careless = { Resources: { Data: bucket('Suspended') } };
// A type without rules: nothing can fail.
const clean = { Resources: { Handle: { Type: 'AWS::CloudFormation::WaitConditionHandle' } } };

describe('exit codes', () => {
  test.each<[string, Record<string, unknown>, string[], number]>([
    ['0 when nothing failed', { 't.json': clean }, ['t.json'], 0],
    ['1 when something did', { 't.json': careless }, ['t.json'], 1],
    ['0 when what failed lies below --fail-on', { 't.json': careless }, ['t.json', '--fail-on', 'none'], 0],
    ['2 when the path is wrong', {}, ['t.json'], 2],
    ['2 when the directory holds no template', { 'package.json': {} }, ['.'], 2],
    ['2 for an unknown option', { 't.json': clean }, ['t.json', '--nonsense'], 2],
    ['2 for an unknown severity', { 't.json': clean }, ['t.json', '--fail-on', 'huge'], 2],
    ['3 when a file could not be read', { 'broken.yaml': 'Resources: [', 't.json': clean }, ['.'], 3],
    ['0 when what could not be read is no template by any sign', { 'chart.yaml': 'a: {{ b }', 't.json': clean }, ['.'], 0],
    ['3 when the only file is no template', { 't.json': { Resources: [] } }, ['t.json'], 3],
  ])('%s', (_name, files, args, code) => {
    const outcome = cdkSoc2(['check', ...args], { cwd: folder(files) });
    expect({ code: outcome.code, err: outcome.code === code ? '' : outcome.err }).toEqual({ code, err: '' });
    // No stack trace reaches a user.
    expect(outcome.err).not.toMatch(/^\s+at /m);
  });
});

describe('messages', () => {
  test.each<[string, Record<string, unknown>, string[], RegExp]>([
    ['a missing path', {}, ['nowhere'], /^cdk-soc2: nowhere: no such file or directory$/m],
    ['Resources is a list', { 't.json': { Resources: [] } }, ['t.json'], /^cdk-soc2: t\.json: not a CloudFormation template: "Resources" is a list, expected an object$/m],
    ['a misspelt category', { 't.json': clean }, ['t.json', '--categories', 'availabilty'], /unknown category "availabilty"; did you mean "availability"\?/],
    ['a bad day', { 't.json': clean }, ['t.json', '--as-of', '2026-02-30'], /the as-of day must be YYYY-MM-DD, got "2026-02-30"/],
    ['formats without a place', { 't.json': clean }, ['t.json', '--format', 'json,html'], /several formats need --output <dir>, got json, html/],
    ['an unknown format', { 't.json': clean }, ['t.json', '--format', 'pdf'], /unknown format "pdf"; formats are text, json, md, csv, html/],
    ['parameters from nowhere', { 't.json': clean }, ['t.json', '--parameters', 'p.json'], /--parameters p\.json: no such file, nor is it Name=Value/],
    ['parameters of another shape', { 't.json': clean, 'p.json': [1] }, ['t.json', '--parameters', 'p.json'], /--parameters p\.json: expected \{"Name": "Value"\}/],
    ['a repeated key', { 't.json': '{"Resources": {"A": {"Type": "X"}, "A": {"Type": "Y"}}}' }, ['t.json'], /t\.json: .*"?A"? appears twice/],
  ])('%s', (_name, files, args, message) => {
    expect(cdkSoc2(['check', ...args], { cwd: folder(files) }).err).toMatch(message);
  });
});

describe('text', () => {
  test('groups by resource, criteria first, why, how to mend; then the counts', () => {
    const { out } = cdkSoc2(['check', 't.json'], { cwd: folder({ 't.json': careless }) });
    expect(out).toContain('Data   AWS::S3::Bucket\n');
    expect(out).toMatch(/✗ A1\.2 PI1\.5 CC7\.5 +S3\.Versioning +medium +VersioningConfiguration\.Status is "Suspended", expected "Enabled"/);
    expect(out).toMatch(/read {2}Properties\.VersioningConfiguration\.Status = Suspended/);
    expect(out).toMatch(/mend {2}use SecureBucket, or set versioned: true/);
    expect(out).toMatch(/^1 stack, 1 resource, \d+ evaluations: \d+ pass, \d+ fail, 0 waived, \d+ not evaluated, \d+ not applicable$/m);
    expect(out).toMatch(/\d+ of 36 criteria have design evidence, \d+ lie outside infrastructure/);
    expect(out).not.toMatch(/%|compliant|certified/i);
  });

  test('says what could not be evaluated, and why', () => {
    const { out } = cdkSoc2(['check', 't.json'], { cwd: folder({ 't.json': { Parameters: { S: { Type: 'String' } }, Resources: { Data: bucket({ Ref: 'S' }) } } }) });
    expect(out).toMatch(/\? A1\.2 PI1\.5 CC7\.5 +S3\.Versioning +VersioningConfiguration\.Status: parameter S has no default and no value was given/);
  });

  test('takes colour from the environment, and has none in a pipe', () => {
    const directory = folder({ 't.json': careless });
    expect(cdkSoc2(['check', 't.json'], { cwd: directory }).out).not.toContain('\u001b[');
    expect(cdkSoc2(['check', 't.json'], { cwd: directory, env: { FORCE_COLOR: '1' } }).out).toContain('\u001b[');
    expect(cdkSoc2(['check', 't.json'], { cwd: directory, env: { FORCE_COLOR: '1', NO_COLOR: '1' } }).out).not.toContain('\u001b[');
  });

  test('a hostile template cannot drive the terminal', () => {
    const evil = '\u001b[2J\u202egnp.exe\r\n';
    const { out, err } = cdkSoc2(['check', '.'], { cwd: folder({ 't.json': { Resources: { [`A${evil}`]: bucket(evil), B: bucket('x', { Metadata: { 'aws:cdk:path': evil } }) } } }) });
    expect(out + err).not.toMatch(/\u001b|\u202e|\r/);
    expect(out).toContain('\\u{202e}');
  });
});

describe('what is read', () => {
  const parameterized = { Parameters: { S: { Type: 'String', NoEcho: true } }, Resources: { Data: bucket({ Ref: 'S' }) } };
  const verdict = (directory: string, ...args: string[]) => {
    const { out } = cdkSoc2(['check', 't.json', '--format', 'json', ...args], { cwd: directory });
    return JSON.parse(out).evaluations.find((e: any) => e.rule === 'S3.Versioning').verdict;
  };

  test('parameters come from Name=Value, from a file, from the list form, and later ones win', () => {
    const directory = folder({
      't.json': parameterized, 'p.json': { S: 'Enabled' }, 'list.json': [{ ParameterKey: 'S', ParameterValue: 'Enabled' }], 'p.yaml': 'Parameters:\n  S: Enabled\n',
    });
    expect(verdict(directory)).toBe('not-evaluated');
    expect(verdict(directory, '--parameters', 'S=Enabled')).toBe('pass');
    for (const file of ['p.json', 'list.json', 'p.yaml']) expect(verdict(directory, '--parameters', file)).toBe('pass');
    expect(verdict(directory, '--parameters', 'p.json', '--parameters', 'S=Suspended')).toBe('fail');
  });

  test('a value given on the command line does not enter the ledger when the parameter hides it', () => {
    const { out } = cdkSoc2(['check', 't.json', '--format', 'json', '--parameters', 'S=hunter2'], { cwd: folder({ 't.json': parameterized }) });
    expect(out).not.toContain('hunter2');
    expect(JSON.parse(out).run.command).toContain('--parameters \'S=…\'');
  });

  test('cdk.out is the default', () => {
    const directory = folder({
      'cdk.out/manifest.json': { version: '54.0.0', artifacts: { S: { type: 'aws:cloudformation:stack', properties: { templateFile: 'S.template.json' }, displayName: 'S' } } },
      'cdk.out/S.template.json': careless,
    });
    expect(cdkSoc2(['check'], { cwd: directory }).code).toBe(1);
    expect(cdkSoc2(['check'], { cwd: folder({}) }).err).toContain('cdk.out: no such file or directory');
  });
});

describe('json', () => {
  test('is a ledger by its own schema, named as its input was', () => {
    const directory = folder({ 'a/t.yaml': 'Resources:\n  Data:\n    Type: AWS::S3::Bucket\n', 'a/notes.json': { hello: 'world' } });
    const outcome = cdkSoc2(['check', 'a', '--format', 'json', '--output', 'out', '--categories', 'security,availability,processing-integrity,confidentiality,privacy'], { cwd: directory });
    expect(outcome.err).toContain('wrote out/ledger.json');
    const ledger = JSON.parse(readFileSync(join(directory, 'out', 'ledger.json'), 'utf8'));
    const validate = new Ajv({ strict: false }).compile(schema);
    validate(ledger);
    expect(validate.errors ?? []).toEqual([]);
    expect(ledger.criteria).toHaveLength(61);
    expect(ledger.inputs.map((input: any) => input.path)).toEqual(['t.yaml']);
    expect(ledger.resources[0].id).toBe('t.yaml#Data');
    expect(readdirSync(join(directory, 'out'))).toEqual(['ledger.json']);
  });

  test('the same input gives the same bytes', () => {
    const directory = folder({ 't.json': careless });
    const once = () => cdkSoc2(['check', 't.json', '--format', 'json', '--as-of', '2026-05-01'], { cwd: directory }).out;
    expect(once()).toBe(once());
    const day = (env: Record<string, string>) => JSON.parse(cdkSoc2(['check', 't.json', '--format', 'json'], { cwd: directory, env }).out).run.asOf;
    expect(day({ SOURCE_DATE_EPOCH: '1767225600' })).toBe('2026-01-01');
    expect(cdkSoc2(['check', 't.json'], { cwd: directory, env: { SOURCE_DATE_EPOCH: 'soon' } })).toMatchObject({ code: 2, err: expect.stringContaining('SOURCE_DATE_EPOCH must be a number of seconds, got "soon"') });
  });
});

test('csv guards against formulas and holds every evaluation', () => {
  const { out } = cdkSoc2(['check', 't.json', '--format', 'csv'], { cwd: folder({ 't.json': { Resources: { Data: bucket('=HYPERLINK("http://x")', { Metadata: { 'aws:cdk:path': '=cmd|calc' } }) } } }) });
  expect(out.startsWith('\ufeffrule,title,severity')).toBe(true);
  expect(out).toContain("'=cmd|calc");
  expect(out).not.toMatch(/(^|,)=/m);
  expect(out.trim().split('\r\n').length).toBeGreaterThan(2);
});

test('markdown cannot be broken out of', () => {
  const { out } = cdkSoc2(['check', 't.json', '--format', 'md'], { cwd: folder({ 't.json': { Resources: { Data: bucket('x', { Metadata: { 'aws:cdk:path': '`|<script>alert(1)</script>' } }) } } }) });
  expect(out).toContain('## Exceptions');
  expect(out).not.toContain('<script>');
});

describe('report', () => {
  test('writes the page and the ledger, and renders a ledger again to the same bytes', () => {
    const directory = folder({ 't.json': careless });
    const outcome = cdkSoc2(['report', 't.json', '--output', 'one'], { cwd: directory });
    expect(outcome).toMatchObject({ code: 0, out: expect.stringContaining('1 stack, 1 resource') });
    expect(readdirSync(join(directory, 'one')).sort()).toEqual(['ledger.json', 'report.html']);
    expect(cdkSoc2(['report', 'one/ledger.json', '--output', 'two', '--format', 'html,json,csv,md,text'], { cwd: directory }).code).toBe(0);
    for (const file of ['ledger.json', 'report.html']) expect(readFileSync(join(directory, 'two', file), 'utf8')).toBe(readFileSync(join(directory, 'one', file), 'utf8'));
  });

  test('a ledger of an earlier minor version of the schema is read', () => {
    const { digest: _, environments: __, unclassified: ___, ...earlier } = JSON.parse(cdkSoc2(['check', 't.json', '--format', 'json'], { cwd: folder({ 't.json': careless }) }).out);
    const old = { ...earlier, schemaVersion: '1.0.0', evaluations: earlier.evaluations.filter((e: any) => !e.resource.startsWith('aws://')) };
    const directory = folder({ 'ledger.json': { ...old, digest: digestOf(old) } });
    expect(cdkSoc2(['report', 'ledger.json', '--output', 'out', '--format', 'html,json,csv,md,text'], { cwd: directory })).toMatchObject({ code: 0 });
    // As it was: its digest is over what it holds.
    expect(JSON.parse(readFileSync(join(directory, 'out', 'ledger.json'), 'utf8'))).toEqual({ ...old, digest: digestOf(old) });
  });

  test('refuses a ledger that was changed, and one of another schema', () => {
    const directory = folder({ 't.json': careless });
    const { out } = cdkSoc2(['check', 't.json', '--format', 'json'], { cwd: directory });
    const changed = folder({ 'ledger.json': out.replace('"fail"', '"pass"'), 'future.json': out.replace('"schemaVersion":"1.', '"schemaVersion":"9.') });
    expect(cdkSoc2(['report', 'ledger.json', '--output', 'out'], { cwd: changed })).toMatchObject({ code: 3, err: expect.stringContaining('its digest does not verify') });
    expect(cdkSoc2(['report', 'future.json', '--output', 'out'], { cwd: changed })).toMatchObject({ code: 2, err: expect.stringContaining('a ledger of schema 9.') });
    expect(existsSync(join(changed, 'out'))).toBe(false);
  });

  test('needs to be told where to write', () => {
    expect(cdkSoc2(['report', 'x']).code).toBe(2);
  });

  test('says so when it cannot write', () => {
    const directory = folder({ 't.json': careless, 'taken': 'a file' });
    expect(cdkSoc2(['report', 't.json', '--output', 'taken'], { cwd: directory })).toMatchObject({ code: 2, err: expect.stringMatching(/taken.+cannot be written/) });
  });
});

describe('controls of accounts and regions', () => {
  const flags = (...more: string[]) => cdkSoc2(['check', 't.json', ...more], { cwd: folder({ 't.json': clean }) });
  const json = (...more: string[]) => JSON.parse(flags('--format', 'json', ...more).out);

  test('what the templates do not show is said in one line, and fails nothing', () => {
    const { code, out } = flags();
    expect(code).toBe(0);
    expect(out).toMatch(/^\? aws:\/\/unknown-account\/unknown-region: \d+ controls of the account and region not shown by these templates \(.*, and \d+ more\)$/m);
  });

  test('--require makes it fail, and stands in the command that makes the ledger again', () => {
    const { code, out } = flags('--require', 'GuardDuty.Enabled,CloudTrail.MultiRegionTrailExists');
    expect(code).toBe(1);
    expect(out).toMatch(/✗ .*GuardDuty\.Enabled +high +it is required/);
    expect(json('--require', 'GuardDuty.Enabled').run.command).toContain('--require GuardDuty.Enabled');
  });

  test('--inherit lists who provides it', () => {
    const ledger = json('--inherit', 'GuardDuty.Enabled=Landing zone | report of 2026');
    expect(ledger.inherited).toEqual([{ rule: 'GuardDuty.Enabled', providedBy: 'Landing zone', evidence: 'report of 2026', environments: ['aws://unknown-account/unknown-region'], state: 'active' }]);
    expect(ledger.evaluations.find((e: any) => e.rule === 'GuardDuty.Enabled')).toMatchObject({ verdict: 'not-evaluated', reason: 'inherited: Landing zone provides it, evidence report of 2026' });
    expect(flags('--inherit', 'GuardDuty.Enabled=Landing zone').out).toContain('1 of them inherited, as declared');
  });

  test.each<[string, string[], RegExp]>([
    ['a rule about resources', ['--require', 'S3.Versioning'], /S3\.Versioning judges resources, not an account and region/],
    ['a misspelt rule', ['--inherit', 'GuardDuty.Enable=x'], /rule "GuardDuty\.Enable" does not exist; did you mean "GuardDuty\.Enabled"\?/],
    ['nobody', ['--inherit', 'GuardDuty.Enabled='], /--inherit: expected "<rule>=<who provides it> \| <evidence>", got "GuardDuty\.Enabled="/],
  ])('%s is refused', (_name, more, message) => expect(flags(...more)).toMatchObject({ code: 2, err: expect.stringMatching(message) }));
});

describe('data classes', () => {
  const store = (tags?: object[]) => ({ Type: 'AWS::S3::Bucket', Properties: { Tags: tags } });
  const templates = { 't.json': { Resources: { Personal: store([{ Key: 'soc2:data', Value: 'personal' }]), Other: store(), Queue: { Type: 'AWS::SQS::Queue' } } } };

  test('stores of confidential data are asked for more, and those without a class are listed', () => {
    const { out } = cdkSoc2(['check', 't.json', '--format', 'json', '--fail-on', 'none'], { cwd: folder(templates) });
    const ledger = JSON.parse(out);
    expect(ledger.unclassified).toEqual(['t.json#Other', 't.json#Queue']);
    expect(ledger.resources.map((r: any) => [r.logicalId, r.data])).toEqual([['Other', undefined], ['Personal', 'personal'], ['Queue', undefined]]);
    const asked = ledger.evaluations.filter((e: any) => e.rule === 'Data.CustomerKey');
    expect(asked.map((e: any) => [e.resource, e.verdict])).toEqual([['t.json#Personal', 'fail']]);
  });

  test('the text says how many are left, once somebody has begun', () => {
    expect(cdkSoc2(['check', 't.json', '--fail-on', 'none'], { cwd: folder(templates) }).out).toContain('2 data stores without a class (tag soc2:data), listed in the ledger');
    expect(cdkSoc2(['check', 't.json', '--fail-on', 'none'], { cwd: folder({ 't.json': { Resources: { Other: store() } } }) }).out).not.toContain('without a class');
  });
});
