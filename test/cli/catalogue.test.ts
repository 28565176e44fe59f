import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cdkSoc2, root } from './run';

const version = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version;

test('--version', () => {
  expect(cdkSoc2(['--version'])).toEqual({ code: 0, out: `${version}\n`, err: '' });
  expect(cdkSoc2(['-V', 'check']).out).toBe(`${version}\n`);
});

test('--help names the commands and the exit codes; no argument shows it too', () => {
  const { code, out } = cdkSoc2(['--help']);
  expect(code).toBe(0);
  for (const text of ['check', 'report', 'rules', 'explain', 'Exit codes:']) expect(out).toContain(text);
  expect(cdkSoc2([])).toEqual({ code: 0, out, err: '' });
  for (const command of ['check', 'report', 'rules', 'explain']) expect(cdkSoc2([command, '--help'])).toMatchObject({ code: 0, out: expect.stringContaining('Usage: cdk-soc2 ' + command) });
});

test('an unknown command is an error on stderr', () => {
  expect(cdkSoc2(['chek'])).toMatchObject({ code: 2, out: '', err: expect.stringContaining("unknown command 'chek'") });
});

test('rules lists all rules, and fewer when asked', () => {
  const all = JSON.parse(cdkSoc2(['rules', '--format', 'json']).out);
  expect(all.length).toBeGreaterThanOrEqual(70);
  expect(new Set(all.flatMap((rule: any) => rule.resourceTypes)).size).toBeGreaterThanOrEqual(25);
  const some = JSON.parse(cdkSoc2(['rules', '--format', 'json', '--criterion', 'A1.2', '--type', 'AWS::S3::Bucket']).out);
  expect(some.map((rule: any) => rule.id)).toContain('S3.Versioning');
  expect(some.length).toBeLessThan(all.length);
  const environment = JSON.parse(cdkSoc2(['rules', '--format', 'json', '--scope', 'environment']).out);
  expect(new Set(environment.map((rule: any) => rule.scope))).toEqual(new Set(['account', 'region']));
  expect(environment.length + JSON.parse(cdkSoc2(['rules', '--format', 'json', '--scope', 'resource']).out).length).toBe(all.length);
  expect(cdkSoc2(['rules']).out).toMatch(/^S3\.Versioning +medium +A1\.2 PI1\.5 CC7\.5 +Bucket keeps object versions$/m);
  expect(cdkSoc2(['rules', '--format', 'md']).out).toContain('| `S3.Versioning` |');
  expect(cdkSoc2(['rules', '--criterion', 'CC6.9'])).toMatchObject({ code: 2, err: expect.stringContaining('unknown criterion "CC6.9"') });
});

test('explain tells of a rule and of a criterion', () => {
  const rule = cdkSoc2(['explain', 'S3.TlsOnly']).out;
  for (const text of ['CC6.7', 'enforceSSL: true', 'S3_BUCKET_SSL_REQUESTS_ONLY', "acknowledge({ id: 'SOC2::S3.TlsOnly'"]) expect(rule).toContain(text);
  // By its name in AWS Config, and in cdk-nag.
  for (const name of ['S3_BUCKET_SSL_REQUESTS_ONLY', 'S3BucketSSLRequestsOnly']) expect(cdkSoc2(['explain', name]).out).toContain('S3.TlsOnly  ');
  const environment = cdkSoc2(['explain', 'GuardDuty.Enabled']).out;
  for (const text of ['one verdict    for each account and region', "Soc2.inherit(app, 'GuardDuty.Enabled'"]) expect(environment).toContain(text);
  const criterion = cdkSoc2(['explain', 'A1.2']).out;
  for (const text of ['they cannot show', 'S3.Versioning  direct']) expect(criterion).toContain(text);
  expect(cdkSoc2(['explain', 'CC1.1']).out).toContain('No rule maps to it.');
  expect(cdkSoc2(['explain', 'S3.Version'])).toMatchObject({ code: 2, err: 'cdk-soc2: rule "S3.Version" does not exist; did you mean "S3.Versioning"?\n' });
});

test('a reader that stops early is no error', () => {
  const { status, stderr } = spawnSync('sh', ['-c', `${process.execPath} --import tsx src/cli/main.ts rules --format json | head -c 10`], { cwd: root, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});
